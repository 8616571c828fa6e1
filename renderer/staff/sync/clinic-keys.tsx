import { useMutation, useQuery } from '@apollo/client/react';
import { Alert, Button, Code, DataList, Group, Modal, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClinicKeysQuery } from '../../generated/graphql.ts';
import { PassphraseDialog } from '../../parts/fields/passphrase-dialog.tsx';
import { useAnnounce } from '../../parts/focus/use-announce.ts';
import { quietly } from '../../parts/quietly.ts';
import { ErrorNotice, Loading } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { clinicKeys, discardWaitingActs, rollClinicKeys } from './region-documents.ts';

/** The clinic's own keys as the ledger names them, and new ones in their place. */
export function ClinicKeys() {
  const { t } = useTranslation();
  const format = useFormat();
  const [rolling, setRolling] = useState(false);
  const { data, error, refetch } = useQuery(clinicKeys);
  const keys = data?.clinicKeys;
  const since = (time: number | null): string =>
    time === null ? t('clinicKeys.founding') : t('clinicKeys.since', { when: format.day(time) });
  return (
    <section aria-label={t('clinicKeys.title')}>
      <Group justify="space-between" mb="xs">
        <Title order={2}>{t('clinicKeys.title')}</Title>
        <Button
          variant="default"
          leftSection={<IconKey size={16} aria-hidden />}
          disabled={!keys || keys.rollsAt === null}
          onClick={() => setRolling(true)}
        >
          {t('clinicKeys.roll')}
        </Button>
      </Group>
      <Text size="sm" c="dimmed" mb="sm">
        {t('clinicKeys.explained')}
      </Text>
      {error ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
      {!keys && !error ? <Loading rows={3} /> : null}
      {keys ? (
        <DataList labelWidth="220px" gap={4}>
          <Key label={t('clinicKeys.signing')} id={keys.signingKey} words={since(keys.signingSince)} />
          <Key label={t('clinicKeys.encryption')} id={keys.encryptionKey} words={since(keys.encryptionSince)} />
          {keys.rollsAt === null ? null : (
            <DataList.Item>
              <DataList.ItemLabel>{t('clinicKeys.next')}</DataList.ItemLabel>
              <DataList.ItemValue>{format.ago(keys.rollsAt)}</DataList.ItemValue>
            </DataList.Item>
          )}
          {keys.earlier === 0 ? null : (
            <DataList.Item>
              <DataList.ItemLabel>{t('clinicKeys.earlier')}</DataList.ItemLabel>
              <DataList.ItemValue>{t('clinicKeys.earlierKept', { count: keys.earlier, days: keys.keptDays })}</DataList.ItemValue>
            </DataList.Item>
          )}
        </DataList>
      ) : null}
      {keys && keys.waiting.length > 0 ? <WaitingActs acts={keys.waiting} onDiscarded={() => quietly(refetch())} /> : null}
      {rolling ? <RollClinicKeys onClose={() => setRolling(false)} onRolled={() => quietly(refetch())} /> : null}
    </section>
  );
}

function Key({ label, id, words }: { label: string; id: string; words: string }) {
  return (
    <DataList.Item>
      <DataList.ItemLabel>{label}</DataList.ItemLabel>
      <DataList.ItemValue>
        <Group gap="xs">
          <Code>{id.slice(0, 16)}</Code>
          {words}
        </Group>
      </DataList.ItemValue>
    </DataList.Item>
  );
}

/** Acts that the region takes only after who signed them has signed them again, and the way to give them up. */
function WaitingActs({ acts, onDiscarded }: { acts: ClinicKeysQuery['clinicKeys']['waiting']; onDiscarded: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [confirming, setConfirming] = useState(false);
  const [discard, { loading, error }] = useMutation(discardWaitingActs);
  const confirm = async (): Promise<void> => {
    // The refusal is shown below.
    if (!(await discard().catch(() => undefined))) return;
    setConfirming(false);
    onDiscarded();
  };
  const people = format.list([...new Set(acts.map(({ who }) => who))]);
  return (
    <Alert
      color="orange"
      mt="sm"
      icon={<IconAlertTriangle aria-hidden />}
      title={t('clinicKeys.waiting', { count: acts.length })}
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t('clinicKeys.waitingExplained', { people })}</Text>
        <Button size="compact-sm" variant="default" onClick={() => setConfirming(true)}>
          {t('clinicKeys.discard')}
        </Button>
      </Stack>
      {confirming ? (
        <Modal
          opened
          onClose={() => setConfirming(false)}
          title={t('clinicKeys.discard')}
          closeButtonProps={{ 'aria-label': t('actions.close') }}
        >
          <Stack gap="md">
            <Text size="sm">{t('clinicKeys.discardExplained')}</Text>
            {error ? <ErrorNotice error={error} /> : null}
            <Group justify="flex-end">
              <Button variant="default" onClick={() => setConfirming(false)} data-autofocus>
                {t('actions.cancel')}
              </Button>
              <Button color="red" loading={loading} onClick={() => void confirm()}>
                {t('clinicKeys.discard')}
              </Button>
            </Group>
          </Stack>
        </Modal>
      ) : null}
    </Alert>
  );
}

/** What it means and what is to be done after it, before an administrator does it. */
function RollClinicKeys({ onClose, onRolled }: { onClose: () => void; onRolled: () => void }) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const [roll] = useMutation(rollClinicKeys);
  const confirm = async (passphrase: string): Promise<void> => {
    await roll({ variables: { passphrase } });
    announce(t('clinicKeys.rolled'));
    onRolled();
  };
  return (
    <PassphraseDialog
      opened
      title={t('clinicKeys.rollTitle')}
      action={t('clinicKeys.roll')}
      onClose={onClose}
      onConfirm={confirm}
    >
      <Text size="sm">{t('clinicKeys.rollExplained')}</Text>
      <Text size="sm" fw={600}>
        {t('clinicKeys.rollBackup')}
      </Text>
    </PassphraseDialog>
  );
}
