/** My papers: a summary to read and print, and everything in one file to take along. */
import { useQuery } from '@apollo/client/react';
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/kiosk/gql.ts';
import type { MyPapersQuery } from '../../generated/kiosk/graphql.ts';
import { useFormat } from '../../parts/words/use-format.ts';
import { KioskPage, ScreenTitle, Unanswered } from '../kiosk-parts.tsx';
import { CopyRequest } from './copy-request.tsx';
import { ProofPaper } from './proof-paper.tsx';
import { PrintPage, useTakeHome } from './take-home.tsx';

const myPapers = graphql(`
  query MyPapers {
    me {
      name
      birthDate
      clinic
      asOf
      mayComplain
      actedForBy
    }
    papers {
      summary {
        name
        leftOut
        lines {
          record
          text
          date
          disagreements {
            words
            date
          }
        }
      }
      export
      exportLeftOut
      internationalSummary
      certificates {
        erasedAt
        json
      }
    }
  }
`);

export type Certificate = MyPapersQuery['papers']['certificates'][number];
export type PaperLine = MyPapersQuery['papers']['summary'][number]['lines'][number];

interface PapersProps {
  readonly onCertificate: (certificate: Certificate) => void;
  readonly onRequests: () => void;
  readonly onLinks: () => void;
  /** Something was asked of the clinic. */
  readonly onAsked: () => void;
  /** Carers and guardians: of who is checked in, not of somebody for whom they act. */
  readonly onActing: () => void;
  readonly onDisagree: (line: PaperLine) => void;
}

const FHIR_JSON = 'application/fhir+json';

export function Papers({ onCertificate, onRequests, onLinks, onAsked, onActing, onDisagree }: PapersProps) {
  const { t, i18n } = useTranslation('kiosk');
  const format = useFormat();
  const { save } = useTakeHome();
  const asked = useQuery(myPapers);
  if (asked.error || !asked.data) return <Unanswered asked={asked} />;
  const { me, papers } = asked.data;
  const section = (name: string): string =>
    i18n.exists(`papers.sections.${name}`, { ns: 'kiosk' })
      ? t(`papers.sections.${name}` as 'papers.sections.other')
      : t('papers.sections.other');
  return (
    <KioskPage>
      <ScreenTitle>{t(me.actedForBy == null ? 'home.papers' : 'acting.home.papers')}</ScreenTitle>
      <Group className="kiosk-unprinted">
        <Button onClick={onRequests}>{t('requests.mine')}</Button>
        <Button onClick={onLinks}>{t('links.title')}</Button>
        {me.actedForBy == null ? <Button onClick={onActing}>{t('acting.title')}</Button> : null}
        {papers.certificates.map((each) => (
          <Button key={each.json} onClick={() => onCertificate(each)}>
            {t('proof.erasureOf', { day: format.day(each.erasedAt) })}
          </Button>
        ))}
        <PrintPage />
      </Group>
      {save ? (
        <Stack gap="sm" className="kiosk-unprinted">
          <Group>
            <Button onClick={() => save('patient-summary.json', papers.internationalSummary, FHIR_JSON)}>
              {t('papers.international')}
            </Button>
            <Button onClick={() => save('health-records.json', papers.export, FHIR_JSON)}>{t('papers.export')}</Button>
          </Group>
          <Text>{t('papers.exportExplain')}</Text>
          {papers.exportLeftOut > 0 ? (
            <CopyRequest mayAsk={me.mayComplain} onAsked={onAsked}>
              {t('papers.leftOut', { number: format.number(papers.exportLeftOut) })}
            </CopyRequest>
          ) : null}
        </Stack>
      ) : (
        <CopyRequest mayAsk={me.mayComplain} onAsked={onAsked}>
          {t('papers.fileAtDesk')}
        </CopyRequest>
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
      <Text>{t('home.asOf', { time: format.moment(me.asOf) })}</Text>
      {papers.summary.length === 0 ? <Text>{t('papers.none')}</Text> : null}
      {papers.summary.map(({ name, lines, leftOut }) => (
        <section key={name}>
          <Title order={2}>{section(name)}</Title>
          <ul>
            {lines.map((line) => (
              <li key={line.record}>
                <OneLine line={line} />
                {me.mayComplain ? (
                  <Button
                    variant="subtle"
                    className="kiosk-unprinted"
                    aria-label={`${t('papers.disagree')}: ${line.text}`}
                    onClick={() => onDisagree(line)}
                  >
                    {t('papers.disagree')}
                  </Button>
                ) : null}
              </li>
            ))}
          </ul>
          {leftOut > 0 ? <Text>{t('papers.older', { number: format.number(leftOut) })}</Text> : null}
        </section>
      ))}
    </KioskPage>
  );
}

export function ErasureCertificate({ certificate }: { certificate: Certificate }) {
  const { t } = useTranslation('kiosk');
  const format = useFormat();
  return (
    <ProofPaper kind="erasure" json={certificate.json}>
      <Text size="lg">{t('proof.erasedOn', { day: format.day(certificate.erasedAt) })}</Text>
    </ProofPaper>
  );
}

/** A line of the summary, and what the patient says against it. */
export function OneLine({ line: { text, date, disagreements } }: { line: PaperLine }) {
  const { t } = useTranslation('kiosk');
  const format = useFormat();
  return (
    <>
      <bdi>{text}</bdi> <bdi>{format.recorded(date)}</bdi>
      {disagreements.map((said) => (
        <Text key={`${said.date} ${said.words}`} style={{ whiteSpace: 'pre-line' }} dir="auto">
          {t('papers.saidAgainst', { words: said.words })}
        </Text>
      ))}
    </>
  );
}
