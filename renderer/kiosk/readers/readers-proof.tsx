/** "How do I know this is complete?": what this kiosk counted and compared, and what of it does not agree. */
import { useQuery } from '@apollo/client/react';
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/kiosk/gql.ts';
import type { ReadingsProofNowQuery } from '../../generated/kiosk/graphql.ts';
import { useFormat } from '../../parts/words/use-format.ts';
import { CardList, KioskPage, ScreenTitle, Unanswered } from '../kiosk-parts.tsx';
import { AccessReceipt } from '../papers/proof-paper.tsx';

const readingsProofNow = graphql(`
  query ReadingsProofNow {
    readingsProof {
      verdict
      provedUntil
      proved
      unproved
      logs {
        clinic
        computer
        standing
        entries
        counted
        missing {
          from
          to
        }
        altered {
          number
          at
        }
      }
    }
  }
`);

type Proof = ReadingsProofNowQuery['readingsProof'];
const COLORS = { HOLDS: 'green', WAITS: 'gray', BROKEN: 'red' } as const;

interface ReadersProofProps {
  /** Whether the counters are to be taken home, with what proves them. */
  readonly asReceipt: boolean;
  readonly onReceipt: () => void;
}

export function ReadersProof({ asReceipt, onReceipt }: ReadersProofProps) {
  const { t } = useTranslation('kiosk');
  const asked = useQuery(readingsProofNow);
  if (asked.error || !asked.data) return <Unanswered asked={asked} />;
  const { readingsProof } = asked.data;
  if (asReceipt)
    return (
      <AccessReceipt>
        <Counters proof={readingsProof} />
      </AccessReceipt>
    );
  return (
    <KioskPage>
      <ScreenTitle>{t('readers.how')}</ScreenTitle>
      <Counters proof={readingsProof} />
      {readingsProof.proved > 0 ? (
        <Group>
          <Button onClick={onReceipt}>{t('readers.proof.take')}</Button>
        </Group>
      ) : null}
    </KioskPage>
  );
}

/** What was counted and compared, by computer. */
function Counters({ proof: { verdict, provedUntil, proved, unproved, logs } }: { proof: Proof }) {
  const { t } = useTranslation('kiosk');
  const format = useFormat();
  return (
    <>
      <Alert color={COLORS[verdict]} role="status">
        <Stack gap="xs">
          <Text size="xl" fw={700}>
            {t(`readers.proof.${verdict}`)}
          </Text>
          {provedUntil == null ? null : <Text size="lg">{t('readers.proof.until', { time: format.moment(provedUntil) })}</Text>}
          <Text size="lg">{t('readers.proof.proved', { number: format.number(proved) })}</Text>
          {unproved > 0 ? <Text size="lg">{t('readers.proof.unproved', { number: format.number(unproved) })}</Text> : null}
          {verdict === 'BROKEN' ? <Text fw={600}>{t('readers.proof.ask')}</Text> : null}
        </Stack>
      </Alert>
      <Text>{t('readers.proof.explain')}</Text>
      <CardList items={logs} keyOf={({ computer }) => computer}>
        {(log) => <OneComputer log={log} />}
      </CardList>
      <Text>{t('readers.proof.limit')}</Text>
    </>
  );
}

function OneComputer({ log }: { log: Proof['logs'][number] }) {
  const { t } = useTranslation('kiosk');
  const format = useFormat();
  const { clinic, computer, standing, entries, counted, missing, altered } = log;
  return (
    <Stack gap={4}>
      <Text size="lg" fw={700}>
        {t('readers.proof.computer', { computer, clinic })}
      </Text>
      <Text>{t('readers.proof.entries', { number: format.number(entries) })}</Text>
      <Text>{t('readers.proof.counted', { number: format.number(counted) })}</Text>
      <Text>{t(`readers.proof.standing.${standing}`)}</Text>
      {missing.map(({ from, to }) => (
        <Text key={from} fw={700}>
          {t('readers.proof.missing', { from: format.number(from), to: format.number(to) })}
        </Text>
      ))}
      {altered.map(({ number, at }) => (
        <Text key={`${number} ${at}`} fw={700}>
          {t('readers.proof.altered', { number: format.number(number), time: format.moment(at) })}
        </Text>
      ))}
    </Stack>
  );
}
