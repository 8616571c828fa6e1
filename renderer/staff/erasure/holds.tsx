import { useApolloClient } from '@apollo/client/react';
import { Button, Group, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HoldPartsFragment, RetentionGround } from '../../generated/graphql.ts';
import { PassphraseDialog } from '../../parts/fields/passphrase-dialog.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { liftHold, placeHold } from './erasure-documents.ts';

const grounds: readonly RetentionGround[] = ['LEGAL_CLAIM', 'LEGAL_OBLIGATION', 'PUBLIC_HEALTH', 'ARCHIVE_OR_RESEARCH'];

interface HoldsProps {
  readonly patient: string;
  readonly holds: readonly HoldPartsFragment[];
  readonly onChanged: () => void;
}

/** Why a patient's records are kept though the rule would let them go: who named it and when; naming one, and lifting it. */
export function Holds({ patient, holds, onChanged }: HoldsProps) {
  const { t } = useTranslation();
  const [isPlacing, setPlacing] = useState(false);
  const [lifting, setLifting] = useState<HoldPartsFragment | null>(null);
  return (
    <Stack gap="xs" component="section" aria-label={t('erasure.hold.title')}>
      <Group justify="space-between">
        <Title order={3}>{t('erasure.hold.title')}</Title>
        <Button variant="default" leftSection={<IconLock size={16} aria-hidden />} onClick={() => setPlacing(true)}>
          {t('erasure.hold.place')}
        </Button>
      </Group>
      {holds.length === 0 ? <Text size="sm">{t('erasure.hold.none')}</Text> : null}
      {holds.map((hold) => (
        <HoldLine key={hold.id} hold={hold} onLift={() => setLifting(hold)} />
      ))}
      {isPlacing ? <PlaceHold patient={patient} onClose={() => setPlacing(false)} onPlaced={onChanged} /> : null}
      {lifting ? <LiftHold hold={lifting} onClose={() => setLifting(null)} onLifted={onChanged} /> : null}
    </Stack>
  );
}

function HoldLine({ hold, onLift }: { hold: HoldPartsFragment; onLift: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { ground, article, reason, placedBy: by, placedAt, liftedBy, liftedAt } = hold;
  const at = format.moment(placedAt);
  return (
    <Group justify="space-between" wrap="nowrap">
      <div>
        <Text size="sm" td={liftedBy === null ? undefined : 'line-through'}>
          {t(`erasure.retained.${ground}`, { article, basis: reason })}
        </Text>
        <Text size="sm" c="dimmed">
          {liftedBy === null || liftedAt === null
            ? t('erasure.hold.standing', { by, at })
            : t('erasure.hold.ended', { by, at, liftedBy, liftedAt: format.moment(liftedAt) })}
        </Text>
      </div>
      {liftedBy === null ? (
        <Button variant="subtle" aria-label={t('erasure.hold.liftOf', { reason })} onClick={onLift}>
          {t('erasure.hold.lift')}
        </Button>
      ) : null}
    </Group>
  );
}

function PlaceHold({ patient, onClose, onPlaced }: { patient: string; onClose: () => void; onPlaced: () => void }) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const [ground, setGround] = useState<RetentionGround | null>(null);
  const [reason, setReason] = useState('');
  return (
    <PassphraseDialog
      opened
      title={t('erasure.hold.place')}
      action={t('erasure.hold.placeAction')}
      onClose={onClose}
      onConfirm={async (passphrase) => {
        if (!ground) throw new Error(t('erasure.hold.groundMissing'));
        await client.mutate({ mutation: placeHold, variables: { patient, ground, reason, passphrase } });
        onPlaced();
      }}
    >
      <Text size="sm">{t('erasure.hold.explained')}</Text>
      <Select
        data-autofocus
        label={t('erasure.hold.groundLabel')}
        data={grounds.map((value) => ({ value, label: t(`erasure.hold.ground.${value}`) }))}
        value={ground}
        onChange={setGround}
        allowDeselect={false}
        required
      />
      <TextInput
        label={t('erasure.hold.reason')}
        description={t('erasure.hold.reasonHint')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={200}
        required
      />
    </PassphraseDialog>
  );
}

interface LiftHoldProps {
  readonly hold: HoldPartsFragment;
  readonly onClose: () => void;
  readonly onLifted: () => void;
}

function LiftHold({ hold: { id, reason }, onClose, onLifted }: LiftHoldProps) {
  const { t } = useTranslation();
  const client = useApolloClient();
  return (
    <PassphraseDialog
      opened
      title={t('erasure.hold.liftOf', { reason })}
      action={t('erasure.hold.lift')}
      danger
      onClose={onClose}
      onConfirm={async (passphrase) => {
        await client.mutate({ mutation: liftHold, variables: { id, passphrase } });
        onLifted();
      }}
    >
      <Text size="sm">{t('erasure.hold.liftExplained')}</Text>
    </PassphraseDialog>
  );
}
