import { useQuery } from '@apollo/client/react';
import { Alert, Badge, Group, List, Paper, Stack, Text, Title } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { LABELS } from '../../../shared/consent/security-label.ts';
import { graphql } from '../../generated/gql.ts';
import type { ForeignConsentsQuery } from '../../generated/graphql.ts';
import { quietly } from '../../parts/quietly.ts';
import { ErrorNotice } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';

const foreignConsents = graphql(`
  query ForeignConsents($patient: ID!) {
    foreignConsents(patient: $patient) {
      record
      title
      date
      active
      permitsOtherwise
      notEnforced
      fault
      rules {
        depth
        permits
        readers
        purposes
        categories
        labels
        starts
        ends
        emergencyOnly
        alsoNames
      }
    }
  }
`);

const LIMITS = ['verbs', 'authors', 'encounters', 'codes', 'records', 'dataPeriod', 'actor', 'class'] as const;

type Foreign = ForeignConsentsQuery['foreignConsents'][number];

/** Consents that other systems wrote: what they say, and that nothing here follows from them by itself. */
export function ForeignConsents({ patient }: { patient: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(foreignConsents, { variables: { patient } });
  if (error) return <ErrorNotice error={error} onRetry={() => quietly(refetch())} />;
  if (!data || data.foreignConsents.length === 0) return null;
  return (
    <Stack gap="sm" component="section" aria-label={t('foreign.title')}>
      <Title order={2}>{t('foreign.title')}</Title>
      <Alert icon={<IconInfoCircle aria-hidden />} title={t('foreign.governsNothing')}>
        {t('foreign.why')}
      </Alert>
      {data.foreignConsents.map((consent) => (
        <ForeignCard key={consent.record} consent={consent} />
      ))}
    </Stack>
  );
}

function ForeignCard({ consent }: { consent: Foreign }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { title, date, active, permitsOtherwise, rules, notEnforced, fault } = consent;
  return (
    <Paper withBorder p="md" component="article">
      <Stack gap={6}>
        <Group gap="xs">
          <Title order={3}>{title}</Title>
          <Badge color={active ? 'blue' : 'gray'}>{t(active ? 'foreign.active' : 'foreign.inactive')}</Badge>
          <Text size="sm" c="dimmed">
            {format.recorded(date)}
          </Text>
        </Group>
        {fault ? <Text size="sm">{t('foreign.fault', { why: fault })}</Text> : null}
        {fault ? null : (
          <List size="sm">
            {rules.map((rule, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rules have no names and never change
              <List.Item key={at} ml={rule.depth * 20}>
                <Rule rule={rule} />
              </List.Item>
            ))}
            <List.Item>{t(permitsOtherwise ? 'foreign.otherwisePermits' : 'foreign.otherwiseForbids')}</List.Item>
          </List>
        )}
        {notEnforced.length > 0 ? (
          <Text size="sm" c="dimmed">
            {t('foreign.notEnforced', { what: notEnforced.join(', ') })}
          </Text>
        ) : null}
      </Stack>
    </Paper>
  );
}

const labelWord = (t: TFunction, code: string): string => {
  const label = LABELS.find((known) => known === code);
  return label ? `${t(`label.${label}`)} (${code})` : code;
};

/** What a rule names beside who, what and when; an element of FHIR that there is no word for by its own name. */
const limitWord = (t: TFunction, name: string): string => {
  const known = LIMITS.find((each) => each === name);
  return known ? t(`foreign.limits.${known}`) : name;
};

function Rule({ rule }: { rule: Foreign['rules'][number] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { depth, permits, readers, purposes, categories, labels, starts, ends, emergencyOnly, alsoNames } = rule;
  const parts = [
    readers ? format.list(readers) : t('foreign.everybody'),
    categories ? format.list(categories.map((category) => t(`category.${category}`))) : t('foreign.everything'),
    ...(labels ? [t('foreign.labels', { labels: format.list(labels.map((label) => labelWord(t, label))) })] : []),
    ...(purposes ? [format.list(purposes.map((purpose) => t(`purpose.${purpose}`)))] : []),
    ...(starts ? [t('foreign.from', { day: format.day(starts) })] : []),
    ...(ends ? [t('foreign.until', { day: format.day(ends) })] : []),
    ...(emergencyOnly ? [t('foreign.emergencyOnly')] : []),
    ...(alsoNames.length > 0
      ? [t('foreign.alsoNames', { names: format.list(alsoNames.map((name) => limitWord(t, name))) })]
      : []),
  ].join(' · ');
  const word = depth === 0 ? (permits ? 'permits' : 'forbids') : permits ? 'exceptPermits' : 'exceptForbids';
  return (
    <>
      <strong>{t(`foreign.${word}`)}</strong> {parts}
    </>
  );
}
