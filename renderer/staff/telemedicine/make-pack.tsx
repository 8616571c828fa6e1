import { useApolloClient } from '@apollo/client/react';
import { Alert, Button, CopyButton, Group, Modal, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MakeCasePackMutation } from '../../generated/graphql.ts';
import { DraftNotice } from '../../parts/drafts/draft-notice.tsx';
import { PassphraseDialog } from '../../parts/fields/passphrase-dialog.tsx';
import { useChartTitle } from '../../parts/paper/chart-title.ts';
import { CaseFields, caseInput } from './case-fields.tsx';
import { makeCasePack } from './consult-documents.ts';
import { useCaseDraft } from './use-case-draft.ts';
import styles from './video-visit.module.css';

const HOURS = ['24', '72', '168'] as const;

interface MakePackProps {
  readonly patient: string;
  readonly onClose: () => void;
  readonly onMade: () => void;
}

/** A case for somebody outside; link and code are shown once, to be sent by two ways. */
export function MakePack({ patient, onClose, onMade }: MakePackProps) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const { draft, choice, changeCase } = useCaseDraft(patient, 'OPINION');
  const recipient = draft.form.to;
  const [hours, setHours] = useState<string>(HOURS[1]);
  const isMade = useRef(false);
  const [sentTo, setSentTo] = useState('');
  const [made, setMade] = useState<MakeCasePackMutation['makeCasePack'] | null>(null);
  if (made) return <Made made={made} recipient={sentTo} onClose={onClose} />;
  if (!draft.ready) return null;
  return (
    <PassphraseDialog
      isKept
      opened
      title={t('opinion.make')}
      action={t('opinion.seal')}
      size="xl"
      onClose={() => {
        // The code has to be seen first.
        if (!isMade.current) onClose();
      }}
      onConfirm={async (passphrase) => {
        const input = { patient, recipient, hours: Number(hours), ...caseInput(choice) };
        const { data } = await client.mutate({ mutation: makeCasePack, variables: { input, passphrase } });
        isMade.current = true;
        setSentTo(recipient);
        await draft.discard().catch(() => undefined);
        setMade(data?.makeCasePack ?? null);
        onMade();
      }}
    >
      <DraftNotice {...draft} />
      <TextInput
        label={t('opinion.recipient')}
        description={t('opinion.recipientHint')}
        value={recipient}
        onChange={(event) => draft.change({ to: event.currentTarget.value })}
        required
        data-autofocus
      />
      <Stack gap={4}>
        <Text size="sm" fw={600}>
          {t('opinion.hours')}
        </Text>
        <SegmentedControl
          aria-label={t('opinion.hours')}
          value={hours}
          onChange={setHours}
          data={HOURS.map((value) => ({ value, label: t(`opinion.hoursOf.${value}`) }))}
        />
      </Stack>
      <CaseFields value={choice} onChange={changeCase} />
    </PassphraseDialog>
  );
}

/** As a code is said on the telephone. */
const inFours = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1 ');

interface MadeProps {
  readonly made: MakeCasePackMutation['makeCasePack'];
  readonly recipient: string;
  readonly onClose: () => void;
}

function Made({ made, recipient, onClose }: MadeProps) {
  const { t } = useTranslation();
  const titled = useChartTitle();
  return (
    <Modal
      opened
      onClose={onClose}
      title={titled(t('opinion.ready'))}
      size="lg"
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      <Stack gap="md">
        <Alert color="orange">{t('opinion.twoWays')}</Alert>
        <div>
          <Text size="sm" fw={600}>
            {t('opinion.link', { recipient })}
          </Text>
          <Text size="xs" ff="monospace" className={styles.link} data-testid="pack-link">
            {made.url}
          </Text>
        </div>
        <Group gap="xs">
          <CopyButton value={made.url}>
            {({ copied, copy }) => (
              <Button variant="default" leftSection={<IconCopy size={16} aria-hidden />} onClick={copy}>
                {t(copied ? 'call.copied' : 'call.copyLink')}
              </Button>
            )}
          </CopyButton>
        </Group>
        <div>
          <Text size="sm" fw={600}>
            {t('opinion.codeToSay')}
          </Text>
          <Text size="xl" fw={700} ff="monospace" data-testid="pack-code">
            {inFours(made.code)}
          </Text>
        </div>
        <Group justify="flex-end">
          <Button onClick={onClose}>{t('opinion.told')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
