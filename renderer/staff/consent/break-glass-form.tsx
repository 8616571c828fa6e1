import { useMutation } from '@apollo/client/react';
import { Alert, Button, MultiSelect, Select, Stack, Text, Textarea } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CATEGORIES } from '../../../shared/consent/category.ts';
import { SAID_REASONS } from '../../../shared/consent/glass-details.ts';
import type { Category, GlassReason } from '../../generated/graphql.ts';
import { FormEnd } from '../../parts/fields/form-end.tsx';
import { ErrorNotice } from '../../parts/states.tsx';
import { breakGlass } from './glass-documents.ts';

const REASONS = SAID_REASONS.map((reason) => reason.toUpperCase().replaceAll('-', '_') as GlassReason);
const EVERY_CATEGORY = CATEGORIES.map((category) => category.toUpperCase() as Category);
/** What an emergency needs first; the rest is chosen. */
const FIRST_ASKED: readonly Category[] = ['IDENTITY', 'CLINICAL', 'MEDICATION', 'EMERGENCY'];

export interface BreakGlassProps {
  readonly patient: string;
  /** The clinic that keeps the records, when it is another one. */
  readonly custodian: string | undefined;
  readonly onBroken: () => void;
  readonly onClose: () => void;
}

/** The reason, in whose name, and what is asked of another clinic. */
export function BreakGlassForm({ patient, custodian, onBroken, onClose }: BreakGlassProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState<string | null>(null);
  const [words, setWords] = useState('');
  const [categories, setCategories] = useState<readonly string[]>(FIRST_ASKED);
  const [send, { loading, error }] = useMutation(breakGlass);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const asked = custodian === undefined ? [] : (categories as Category[]);
    const input = { patient, reason: reason as GlassReason, words, categories: asked };
    // The refusal is shown below.
    const done = await send({ variables: { input } }).catch(() => undefined);
    if (!done) return;
    onClose();
    onBroken();
  };

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} title={t('glass.whatHappens')}>
          {t('glass.explained')}
        </Alert>
        <Select
          label={t('glass.reason')}
          data={REASONS.map((value) => ({ value, label: t(`glass.reasons.${value}`) }))}
          value={reason}
          onChange={setReason}
          data-autofocus
          required
        />
        <Textarea
          label={t('glass.words')}
          description={t('glass.wordsHint')}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          maxLength={500}
          autosize
          minRows={2}
          required
        />
        {custodian === undefined ? null : (
          <MultiSelect
            label={t('glass.asked', { clinic: custodian })}
            description={t('glass.askedHint', { clinic: custodian })}
            data={EVERY_CATEGORY.map((value) => ({ value, label: t(`category.${value}`) }))}
            value={[...categories]}
            onChange={setCategories}
          />
        )}
        {error ? <ErrorNotice error={error} /> : null}
        <Text size="xs" c="dimmed">
          {t('glass.anHour')}
        </Text>
        <FormEnd onClose={onClose}>
          <Button
            type="submit"
            color="red"
            loading={loading}
            disabled={!reason || words.trim() === '' || (custodian !== undefined && categories.length === 0)}
          >
            {t('glass.action')}
          </Button>
        </FormEnd>
      </Stack>
    </form>
  );
}
