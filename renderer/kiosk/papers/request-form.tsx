/** Something for the clinic's privacy officer: one reason out of a few, words of one's own where there is a keyboard, and what becomes of it. */
import { useMutation } from '@apollo/client/react';
import { Button, Group, Radio, Stack, Text, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/kiosk/gql.ts';
import type { RequestSubject } from '../../generated/kiosk/graphql.ts';
import { DecidingButton } from '../deciding-button.tsx';
import { KioskPage, Refused, ScreenTitle, Waiting } from '../kiosk-parts.tsx';

export const sendMyRequest = graphql(`
  mutation SendMyRequest($about: RequestSubject!, $words: String!, $entry: ID, $record: ID) {
    sendRequest(about: $about, words: $words, entry: $entry, record: $record) {
      id
    }
  }
`);

const REASONS = {
  ACCESS: ['unknown', 'absent', 'refused', 'other'],
  CORRECTION: ['person', 'finding', 'medicine', 'other'],
  ERASURE: ['part', 'everything', 'other'],
  DISAGREEMENT: ['finding', 'remark', 'other'],
} as const;
const MOST = 1_000;

/** What is said in words; a copy of everything is asked for with one press (`copy-request.tsx`). */
export type WrittenSubject = Exclude<RequestSubject, 'COPY' | 'OTHER'>;

interface RequestFormProps {
  readonly about: WrittenSubject;
  /** Of the reading that was not right. */
  readonly entry?: string | undefined;
  /** Beside which a statement is to stand. */
  readonly record?: string | undefined;
  /** What it is about, as the list showed it. */
  readonly children?: ReactNode;
  readonly onSent: () => void;
  readonly onKeep: () => void;
}

export function RequestForm({ about, entry, record, children, onSent, onKeep }: RequestFormProps) {
  const { t } = useTranslation('kiosk');
  const [reason, setReason] = useState<string | undefined>();
  const [words, setWords] = useState('');
  const [missing, setMissing] = useState(false);
  const [send, { error, loading }] = useMutation(sendMyRequest);
  if (loading) return <Waiting />;
  const choose = (label: string): void => {
    setReason(label);
    setMissing(false);
  };
  const submit = (): void => {
    setMissing(reason === undefined);
    if (reason === undefined) return;
    const said = [reason, words.trim()].filter(Boolean).join('\n');
    send({ variables: { about, words: said, entry: entry ?? null, record: record ?? null } }).then(onSent, () => undefined);
  };
  return (
    <KioskPage>
      <ScreenTitle>{t(`requests.title.${about}`)}</ScreenTitle>
      {children}
      <Text>{t('requests.explain')}</Text>
      {about === 'ERASURE' ? <Text>{t('requests.kept')}</Text> : null}
      {record ? <Text>{t('requests.beside')}</Text> : null}
      <Stack gap="sm" role="radiogroup" aria-label={t('requests.why')}>
        {REASONS[about].map((name) => {
          const label = t(`requests.reasons.${name}`);
          return (
            // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child.
            <label key={name} className="kiosk-choice">
              <Radio name="reason" checked={reason === label} onChange={() => choose(label)} aria-label={label} />
              <Text component="span">{label}</Text>
            </label>
          );
        })}
      </Stack>
      <Textarea
        size="xl"
        label={t('requests.words')}
        value={words}
        maxLength={MOST}
        rows={4}
        autoComplete="off"
        spellCheck={false}
        onChange={({ currentTarget }) => setWords(currentTarget.value)}
      />
      {missing ? (
        <Text role="alert" fw={700} c="var(--mantine-color-error)">
          {t('requests.missing')}
        </Text>
      ) : null}
      {error ? <Refused error={error} /> : null}
      <Group>
        <DecidingButton onPress={submit}>{t('requests.send')}</DecidingButton>
        <Button onClick={onKeep}>{t('consents.notNow')}</Button>
      </Group>
    </KioskPage>
  );
}
