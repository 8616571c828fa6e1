import { useQuery } from '@apollo/client/react';
import { Badge, Group, Stack, Tabs, Text } from '@mantine/core';
import { IconLockExclamation, IconUserOff } from '@tabler/icons-react';
import { type ComponentType, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/gql.ts';
import { Page } from '../../parts/page.tsx';
import { quietly } from '../../parts/quietly.ts';
import { Empty, ErrorNotice, Loading } from '../../parts/states.tsx';
import { bornWords, genderWord, identifierWord } from '../../parts/words/person-words.ts';
import { useFormat } from '../../parts/words/use-format.ts';

const patientSheet = graphql(`
  query PatientSheet($patient: ID!) {
    patient(id: $patient) {
      id
      name
      birthDate
      gender
      deceased
      deceasedAt
      phone
      city
      custodianName
      shared
      identifiers {
        system
        value
        type
      }
    }
  }
`);

/** A part that another domain puts into the sheet; only those that the role may ask for are given. */
interface SheetPanel {
  readonly key: 'CONSENT' | 'CARD' | 'PAYMENTS' | 'ACCESS';
  readonly panel: ComponentType<{ patient: string }>;
}

/** A patient for those who read no charts: who they are, where to write to, and what the role works with. Nothing clinical is asked. */
export function PatientSheet({ patient, panels }: { patient: string; panels: readonly SheetPanel[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useQuery(patientSheet, { variables: { patient } });
  if (error) return <ErrorNotice error={error} onRetry={() => quietly(refetch())} />;
  if (!data) return <Loading rows={6} />;
  const person = data.patient;
  if (!person)
    return (
      <Page title={t('sheet.title')}>
        <Empty icon={<IconUserOff aria-hidden />} title={t('sheet.gone')} text={t('sheet.goneHint')} />
      </Page>
    );
  const facts = [
    [t('patients.birthDate'), bornWords(format, person)],
    [t('patients.died'), person.deceasedAt ? format.recorded(person.deceasedAt) : null],
    [t('patients.gender'), genderWord(t, person.gender)],
    [t('patients.phone'), person.phone],
    [t('patients.city'), person.city],
    ...person.identifiers.map(({ type, value }) => [identifierWord(t, type), value] as const),
  ] as const;
  const known = facts.filter((fact): fact is readonly [string, string] => Boolean(fact[1]));
  const [first] = panels;
  return (
    <Page
      title={person.name}
      note={
        <Group gap="xs">
          {person.deceased ? <Badge color="gray">{t('patients.deceased')}</Badge> : null}
          {person.shared ? <Badge color="violet">{t('patients.sharedBy', { clinic: person.custodianName })}</Badge> : null}
          <IconLockExclamation size={14} aria-hidden />
          {t('sheet.noChart')}
        </Group>
      }
    >
      <Group component="dl" gap="xl" m={0} align="flex-start">
        {known.map(([label, value]) => (
          <Stack key={`${label} ${value}`} gap={0}>
            <Text component="dt" size="xs" c="dimmed">
              {label}
            </Text>
            <Text component="dd" m={0} size="sm">
              {value}
            </Text>
          </Stack>
        ))}
      </Group>
      {first ? (
        <Tabs defaultValue={first.key} keepMounted={false}>
          <Tabs.List aria-label={t('chart.parts')}>
            {panels.map(({ key }) => (
              <Tabs.Tab key={key} value={key}>
                {t(`section.${key}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Suspense fallback={<Loading />}>
            {panels.map(({ key, panel: Panel }) => (
              <Tabs.Panel key={key} value={key} pt="md">
                <Panel patient={patient} />
              </Tabs.Panel>
            ))}
          </Suspense>
        </Tabs>
      ) : null}
    </Page>
  );
}
