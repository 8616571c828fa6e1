import { useApolloClient, useQuery } from '@apollo/client/react';
import { Badge, Button, Group, NumberInput, Paper, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type GuardianAges, USUAL_AGES } from '../../../shared/care-card/age-rules.ts';
import { isRepresentative } from '../../../shared/care-card/guardian-text.ts';
import type { GuardianPartsFragment } from '../../generated/graphql.ts';
import { PassphraseDialog } from '../../parts/fields/passphrase-dialog.tsx';
import { ExactText } from '../../parts/paper/exact-text.tsx';
import { quietly } from '../../parts/quietly.ts';
import { ErrorNotice, Loading } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { cardDesk } from './card-documents.ts';
import { endGuardian, guardiansOf, setGuardianAges } from './guardian-documents.ts';
import { NameGuardian } from './name-guardian.tsx';

/** Who acts for this patient and for whom they act; naming somebody, and ending it in as many steps. */
export function GuardiansSection({ patient }: { patient: string }) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const [naming, setNaming] = useState(false);
  const [ending, setEnding] = useState<GuardianPartsFragment | null>(null);
  const { data, error, refetch } = useQuery(guardiansOf, { variables: { patient }, fetchPolicy: 'network-only' });
  if (error) return <ErrorNotice error={error} onRetry={() => quietly(refetch())} />;
  if (!data) return <Loading rows={2} />;
  const { guardians, wards, guardianAges } = data;
  const hasDied = data.patient?.deceased ?? false;
  return (
    <Stack gap="md" component="section" aria-label={t('guardians.title')}>
      <Group justify="space-between">
        <Title order={2}>{t('guardians.title')}</Title>
        <Button variant="default" onClick={() => setNaming(true)}>
          {t(hasDied ? 'guardians.nameRepresentative' : 'guardians.name')}
        </Button>
      </Group>
      {hasDied ? <Text size="sm">{t('guardians.died')}</Text> : null}
      {guardians.length === 0 && wards.length === 0 ? <Text size="sm">{t('guardians.none')}</Text> : null}
      {guardians.map((each) => (
        <OneGuardian key={each.guardian} each={each} line="guardians.actsFor" onEnd={() => setEnding(each)} />
      ))}
      {wards.map((each) => (
        <OneGuardian key={each.patient} each={each} line="guardians.actsForThem" onEnd={() => setEnding(each)} />
      ))}
      <Ages now={guardianAges} onChanged={refetch} />
      {naming ? (
        <NameGuardian patient={patient} hasDied={hasDied} onClose={() => setNaming(false)} onNamed={() => quietly(refetch())} />
      ) : null}
      <PassphraseDialog
        opened={ending !== null}
        title={t('guardians.end')}
        action={t('guardians.endAction')}
        danger
        onClose={() => setEnding(null)}
        onConfirm={async (passphrase) => {
          if (!ending) return;
          const variables = { patient: ending.patient, guardian: ending.guardian, passphrase };
          await client.mutate({ mutation: endGuardian, variables });
          await refetch();
        }}
      >
        <Text size="sm">{t('guardians.endExplained')}</Text>
      </PassphraseDialog>
    </Stack>
  );
}

/** From which ages on people decide for themselves here; an administrator changes them. */
function Ages({ now, onChanged }: { now: GuardianAges; onChanged: () => Promise<unknown> }) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const role = useQuery(cardDesk).data?.workstation.signedIn?.role ?? '';
  const [ages, setAges] = useState<GuardianAges | null>(null);
  const { majority, privateFrom } = ages ?? USUAL_AGES;
  return (
    <>
      <Group gap="xs">
        <Text size="sm" c="dimmed">
          {t('guardians.majority', { count: now.majority })} {t('guardians.privateFrom', { count: now.privateFrom })}
        </Text>
        {role === 'administrator' ? (
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => setAges({ majority: now.majority, privateFrom: now.privateFrom })}
          >
            {t('guardians.changeMajority')}
          </Button>
        ) : null}
      </Group>
      <PassphraseDialog
        opened={ages !== null}
        title={t('guardians.changeMajority')}
        action={t('guardians.majorityAction')}
        onClose={() => setAges(null)}
        onConfirm={async (passphrase) => {
          await client.mutate({ mutation: setGuardianAges, variables: { majority, privateFrom, passphrase } });
          await onChanged();
        }}
      >
        <Text size="sm">{t('guardians.majorityExplained')}</Text>
        <NumberInput
          data-autofocus
          label={t('guardians.majorityYears')}
          min={12}
          max={25}
          value={majority}
          onChange={(value) => setAges({ majority: Number(value), privateFrom })}
        />
        <NumberInput
          label={t('guardians.privateYears')}
          min={10}
          max={majority}
          value={privateFrom}
          onChange={(value) => setAges({ majority, privateFrom: Number(value) })}
        />
      </PassphraseDialog>
    </>
  );
}

const COLOURS = { IN_FORCE: 'green', EXPIRED: 'gray', ENDED: 'gray' } as const;

interface OneGuardianProps {
  readonly each: GuardianPartsFragment;
  readonly line: 'guardians.actsFor' | 'guardians.actsForThem';
  readonly onEnd: () => void;
}

function OneGuardian({ each, line, onEnd }: OneGuardianProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [isRead, setRead] = useState(false);
  const { guardianName, patientName, relationship, state, mayConsent, mayComplain, starts, ends, endedAt } = each;
  const may = [
    t('guardians.may.read'),
    ...(mayConsent ? [t(isRepresentative(relationship) ? 'guardians.may.endConsent' : 'guardians.may.consent')] : []),
    ...(mayComplain ? [t('guardians.may.complain')] : []),
  ];
  const until = ends === null || ends === undefined ? t('guardians.openEnd') : t('guardians.until', { at: format.day(ends) });
  return (
    <Paper withBorder p="md" component="article">
      <Group justify="space-between">
        <Stack gap={4}>
          <Group gap="xs">
            <Text fw={600}>{t(line, { guardian: guardianName, patient: patientName })}</Text>
            <Badge color={COLOURS[state]}>{t(`guardians.states.${state}`)}</Badge>
          </Group>
          <Text size="sm">
            {t(`guardians.relationships.${relationship as 'MTH'}`)} · {format.list(may)}
          </Text>
          <Text size="sm" c="dimmed">
            {t('guardians.since', { at: format.day(starts) })} ·{' '}
            {endedAt === null || endedAt === undefined ? until : t('guardians.endedAt', { at: format.day(endedAt) })} ·{' '}
            {each.signedByPatient ? t('guardians.byPatient') : t('guardians.onEvidence', { evidence: each.evidence })}
          </Text>
        </Stack>
        <Group gap="xs">
          <Button variant="subtle" aria-expanded={isRead} onClick={() => setRead(!isRead)}>
            {t('guardians.signedText')}
          </Button>
          {state === 'IN_FORCE' ? (
            <Button variant="subtle" color="red" onClick={onEnd}>
              {t('guardians.end')}
            </Button>
          ) : null}
        </Group>
      </Group>
      {isRead ? <ExactText label={t('guardians.signedText')} text={each.text} /> : null}
    </Paper>
  );
}
