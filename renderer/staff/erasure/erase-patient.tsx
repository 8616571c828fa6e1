import { useApolloClient, useQuery } from '@apollo/client/react';
import { Alert, Button, List, Paper, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconEraser, IconInfoCircle, IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErasureGround, ErasurePlanQuery } from '../../generated/graphql.ts';
import { PassphraseDialog } from '../../parts/fields/passphrase-dialog.tsx';
import { quietly } from '../../parts/quietly.ts';
import { ErrorNotice, Loading } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { erase, erasurePlan } from './erasure-documents.ts';
import { categoryWord } from './erasure-words.ts';
import { Holds } from './holds.tsx';
import { RetainedList } from './retained-list.tsx';

const grounds: readonly ErasureGround[] = [
  'OBJECTION',
  'CONSENT_WITHDRAWN',
  'NO_LONGER_NECESSARY',
  'UNLAWFUL_PROCESSING',
  'LEGAL_OBLIGATION',
  'CHILD_SERVICE',
];

/** What goes, what stays, who is told, what forbids it; then the act, with the name typed and the passphrase. */
export function ErasePatient({ patient, onDone }: { patient: string; onDone: () => void }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const { data, error, refetch } = useQuery(erasurePlan, { variables: { patient }, fetchPolicy: 'no-cache' });
  if (error) return <ErrorNotice error={error} onRetry={() => quietly(refetch())} />;
  if (!data) return <Loading rows={4} />;
  const plan = data.erasurePlan;
  const refused = plan.retained.length > 0;
  return (
    <Paper withBorder p="md" component="section">
      <Stack gap="md">
        <Title order={2}>{t('erasure.of', { name: plan.name })}</Title>
        <WhatHappens plan={plan} />
        <Holds patient={patient} holds={data.holds} onChanged={() => quietly(refetch())} />
        <Button
          color="red"
          variant={refused ? 'default' : 'filled'}
          leftSection={<IconEraser size={16} aria-hidden />}
          disabled={!plan.retentionSet}
          onClick={() => setAsking(true)}
          style={{ alignSelf: 'flex-start' }}
        >
          {refused ? t('erasure.recordRefusal') : t('erasure.begin')}
        </Button>
        {plan.retentionSet ? null : <Text size="sm">{t('erasure.retentionUnset')}</Text>}
      </Stack>
      {asking ? <Confirm patient={patient} plan={plan} onClose={() => setAsking(false)} onDone={onDone} /> : null}
    </Paper>
  );
}

type Plan = ErasurePlanQuery['erasurePlan'];

function WhatHappens({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <Alert color="red" icon={<IconEraser aria-hidden />} title={t('erasure.goes')}>
        <List size="sm">
          {plan.compartments.map(({ handle, category, documents }) => (
            <List.Item key={handle}>
              {t('erasure.compartment', { category: categoryWord(t, category), count: documents })}
            </List.Item>
          ))}
          <List.Item>{t('erasure.goesRest')}</List.Item>
        </List>
      </Alert>
      <Alert color="lagoon" icon={<IconInfoCircle aria-hidden />} title={t('erasure.staysAndTold')}>
        <List size="sm">
          <List.Item>{t('erasure.stays')}</List.Item>
          <List.Item>{t('erasure.staysAccess')}</List.Item>
          <List.Item>{t('erasure.told', { count: plan.desks })}</List.Item>
          {plan.clinics.length > 0 ? (
            <List.Item>{t('erasure.toldClinics', { clinics: format.list(plan.clinics) })}</List.Item>
          ) : null}
        </List>
      </Alert>
      {plan.retained.length > 0 ? (
        <Alert color="orange" icon={<IconLock aria-hidden />} title={t('erasure.retainedTitle')}>
          <RetainedList retained={plan.retained} />
        </Alert>
      ) : null}
    </>
  );
}

interface ConfirmProps {
  readonly patient: string;
  readonly plan: Plan;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Why, which nothing is proposed for, the name once more, and the passphrase. */
function Confirm({ patient, plan, onClose, onDone }: ConfirmProps) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const [ground, setGround] = useState<ErasureGround | null>(null);
  const [typed, setTyped] = useState('');
  return (
    <PassphraseDialog
      opened
      title={t('erasure.of', { name: plan.name })}
      action={t(plan.retained.length > 0 ? 'erasure.recordRefusal' : 'erasure.begin')}
      danger
      onClose={onClose}
      onConfirm={async (passphrase) => {
        if (!ground) throw new Error(t('erasure.groundMissing'));
        if (typed.trim() !== plan.name) throw new Error(t('erasure.nameDiffers'));
        await client.mutate({ mutation: erase, variables: { input: { patient, ground }, passphrase } });
        onDone();
      }}
    >
      <Select
        data-autofocus
        label={t('erasure.groundLabel')}
        data={grounds.map((value) => ({ value, label: t(`erasure.ground.${value}`) }))}
        value={ground}
        onChange={setGround}
        allowDeselect={false}
        required
      />
      <TextInput
        label={t('erasure.typeName', { name: plan.name })}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
      />
    </PassphraseDialog>
  );
}
