/** My papers: a summary to read and print, and everything in one file to take along. */
import { useQuery } from '@apollo/client/react';
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { graphql } from '../generated/kiosk/gql.ts';
import { download } from '../parts/download.ts';
import { useFormat } from '../parts/use-format.ts';
import { KioskPage, ScreenTitle, Unanswered } from './kiosk-parts.tsx';

const myPapers = graphql(`
  query MyPapers {
    me {
      name
      birthDate
      clinic
    }
    papers {
      summary {
        name
        lines {
          text
          date
        }
      }
      export
      internationalSummary
    }
  }
`);

/** @param inShell the shell lets nothing be printed or saved by a page; in a browser the browser does it. */
export function Papers({ inShell, onRequests }: { inShell: boolean; onRequests: () => void }) {
  const { t, i18n } = useTranslation('kiosk');
  const format = useFormat();
  const asked = useQuery(myPapers);
  if (asked.error || !asked.data) return <Unanswered asked={asked} />;
  const { me, papers } = asked.data;
  const section = (name: string): string =>
    i18n.exists(`papers.sections.${name}`, { ns: 'kiosk' })
      ? t(`papers.sections.${name}` as 'papers.sections.other')
      : t('papers.sections.other');
  return (
    <KioskPage>
      <ScreenTitle>{t('papers.summary')}</ScreenTitle>
      <Group className="kiosk-unprinted">
        <Button onClick={onRequests}>{t('requests.mine')}</Button>
      </Group>
      {inShell ? null : (
        <Stack gap="sm" className="kiosk-unprinted">
          <Group>
            <Button onClick={() => window.print()}>{t('papers.print')}</Button>
            <Button onClick={() => download('patient-summary.json', papers.internationalSummary, 'application/fhir+json')}>
              {t('papers.international')}
            </Button>
            <Button onClick={() => download('health-records.json', papers.export, 'application/fhir+json')}>
              {t('papers.export')}
            </Button>
          </Group>
          <Text>{t('papers.exportExplain')}</Text>
        </Stack>
      )}
      <Text size="lg" fw={700}>
        <bdi>{me.name}</bdi>
      </Text>
      <Text>
        <bdi>{format.recorded(me.birthDate)}</bdi>
      </Text>
      <Text>
        <bdi>{me.clinic}</bdi>
      </Text>
      {papers.summary.length === 0 ? <Text>{t('papers.none')}</Text> : null}
      {papers.summary.map(({ name, lines }) => (
        <section key={name}>
          <Title order={2}>{section(name)}</Title>
          <ul>
            {lines.map(({ text, date }) => (
              <li key={`${text} ${date}`}>
                <bdi>{text}</bdi> <bdi>{format.recorded(date)}</bdi>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </KioskPage>
  );
}
