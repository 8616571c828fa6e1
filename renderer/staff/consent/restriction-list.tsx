import { useApolloClient, useQuery } from '@apollo/client/react';
import { Alert, Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconEye, IconEyeOff, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Label } from '../../../shared/consent/security-label.ts';
import type { Role } from '../../../shared/ledger/rows.ts';
import type { RestrictionPartsFragment } from '../../generated/graphql.ts';
import { PassphraseDialog } from '../../parts/fields/passphrase-dialog.tsx';
import { ProgressBadge } from '../../parts/progress-badge.tsx';
import { quietly } from '../../parts/quietly.ts';
import { Empty, ErrorNotice, Loading } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { colleagues, liftRestriction, restrictionsOf } from './consent-documents.ts';
import { NewRestriction } from './new-restriction.tsx';

/** What a patient has kept from people of this clinic; lifting one takes one step, like recording it. */
export function RestrictionList({ patient }: { patient: string }) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const [adding, setAdding] = useState(false);
  const [lifting, setLifting] = useState<string | null>(null);
  const { data, error, refetch } = useQuery(restrictionsOf, { variables: { patient }, fetchPolicy: 'no-cache' });
  const people = useQuery(colleagues);
  const names = new Map(people.data?.staffMembers.map(({ id, name }) => [id, name]));
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
      {t('restriction.new')}
    </Button>
  );
  return (
    <Stack gap="xs" component="section">
      <Group justify="space-between">
        <Title order={2}>{t('restriction.title')}</Title>
        {data && data.restrictions.length > 0 ? add : null}
      </Group>
      {error ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
      {!data && !error ? <Loading rows={3} /> : null}
      {data?.restrictions.map((restriction) => (
        <RestrictionCard key={restriction.id} restriction={restriction} names={names} onLift={() => setLifting(restriction.id)} />
      ))}
      {data?.restrictions.length === 0 ? (
        <Empty icon={<IconEyeOff aria-hidden />} title={t('restriction.none')} text={t('restriction.noneHint')}>
          {add}
        </Empty>
      ) : null}
      {adding ? (
        <NewRestriction
          patient={patient}
          people={people.data?.staffMembers ?? []}
          onClose={() => setAdding(false)}
          onRecorded={() => quietly(refetch())}
        />
      ) : null}
      {lifting ? (
        <PassphraseDialog
          opened
          title={t('restriction.lift')}
          action={t('restriction.liftAction')}
          onClose={() => setLifting(null)}
          onConfirm={async (passphrase) => {
            await client.mutate({ mutation: liftRestriction, variables: { patient, id: lifting, passphrase } });
            await refetch();
          }}
        >
          <Alert icon={<IconEye aria-hidden />}>{t('restriction.liftMeans')}</Alert>
        </PassphraseDialog>
      ) : null}
    </Stack>
  );
}

interface CardProps {
  readonly restriction: RestrictionPartsFragment;
  readonly names: ReadonlyMap<string, string>;
  readonly onLift: () => void;
}

function RestrictionCard({ restriction, names, onLift }: CardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { people, roles, categories, labels, recordedBy, recordedAt, verification, liftedAt, progress } = restriction;
  const from = [
    ...people.map((id) => names.get(id) ?? id.slice(0, 8)),
    ...roles.map((role) => t(`restriction.all.${role as Role}`)),
  ];
  const what = [
    ...categories.map((category) => t(`category.${category}`)),
    ...labels.map((label) => t('restriction.marked', { label: t(`label.${label as Label}`) })),
  ];
  return (
    <Paper withBorder p="md" component="article">
      <Group justify="space-between" align="flex-start">
        <Stack gap={4}>
          <Group gap="xs">
            <Badge color={liftedAt === null ? 'blue' : 'gray'}>
              {t(liftedAt === null ? 'restriction.inForce' : 'restriction.lifted')}
            </Badge>
            <ProgressBadge reached={progress} />
          </Group>
          <Text>{t('restriction.line', { what: format.list(what), from: format.list(from) })}</Text>
          <Text size="sm" c="dimmed">
            {t('consent.recorded', { by: recordedBy, at: format.moment(recordedAt), how: verification })}
            {liftedAt === null ? '' : ` · ${t('restriction.liftedAt', { at: format.moment(liftedAt) })}`}
          </Text>
        </Stack>
        {liftedAt === null ? (
          <Button variant="default" onClick={onLift}>
            {t('restriction.liftAction')}
          </Button>
        ) : null}
      </Group>
    </Paper>
  );
}
