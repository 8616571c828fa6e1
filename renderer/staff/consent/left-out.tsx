import { useQuery } from '@apollo/client/react';
import { Fieldset, MultiSelect, SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LABELS } from '../../../shared/consent/security-label.ts';
import type { ConsentExceptionInput, ExceptionKind } from '../../generated/graphql.ts';
import { quietly } from '../../parts/quietly.ts';
import { ErrorNotice } from '../../parts/states.tsx';
import { consentExceptions } from './consent-documents.ts';

interface LeftOutProps {
  readonly patient: string;
  readonly value: readonly ConsentExceptionInput[];
  readonly onChange: (value: readonly ConsentExceptionInput[]) => void;
}

/** What stays closed inside the categories: by security label, by who wrote, by visit. Nothing is chosen beforehand. */
export function LeftOut({ patient, value, onChange }: LeftOutProps) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(consentExceptions, { variables: { patient }, fetchPolicy: 'no-cache' });
  const offered = data?.consentExceptions ?? [];
  const choices: Readonly<Record<ExceptionKind, ReadonlyArray<{ value: string; label: string }>>> = {
    LABEL: LABELS.map((label) => ({ value: label, label: `${t(`label.${label}`)} (${label})` })),
    AUTHOR: offered.filter(({ kind }) => kind === 'AUTHOR').map((each) => ({ value: each.value, label: each.name })),
    ENCOUNTER: offered.filter(({ kind }) => kind === 'ENCOUNTER').map((each) => ({ value: each.value, label: each.name })),
  };
  const field = (kind: ExceptionKind) => (
    <MultiSelect
      label={t(`consent.except.${kind}`)}
      data={[...choices[kind]]}
      value={value.filter((each) => each.kind === kind).map((each) => each.value)}
      onChange={(chosen) =>
        onChange([...value.filter((each) => each.kind !== kind), ...chosen.map((each) => ({ kind, value: each }))])
      }
      nothingFoundMessage={t('consent.nothingToLeaveOut')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('actions.clear') }}
    />
  );
  return (
    <Fieldset legend={t('consent.leftOut')} variant="unstyled" fz="sm" styles={{ legend: { fontWeight: 600, padding: 0 } }}>
      <Text size="sm" c="dimmed" mb="xs">
        {t('consent.leftOutHint')}
      </Text>
      {error ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
      <SimpleGrid cols={3} spacing="xs">
        {field('LABEL')}
        {field('AUTHOR')}
        {field('ENCOUNTER')}
      </SimpleGrid>
    </Fieldset>
  );
}
