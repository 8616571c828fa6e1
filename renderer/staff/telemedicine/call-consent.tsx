import { useMutation, useQuery } from '@apollo/client/react';
import { Alert, Button, Group, Radio, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsentWay } from '../../generated/graphql.ts';
import { ErrorNotice, Loading } from '../../parts/states.tsx';
import { refusalOf } from '../../parts/words/service-error.ts';
import { useFormat } from '../../parts/words/use-format.ts';
import { recordTeleConsent, teleConsentOf } from './call-documents.ts';

const ways: readonly ConsentWay[] = ['SPOKEN', 'WRITTEN', 'GUARDIAN'];
/** The chart opens beside this. */
const LOOK_AGAIN_MS = 400;

/** The patient's consent to be treated this way: what the chart says of it or, before the first visit, the question. */
export function CallConsent({ patient, onConsent }: { patient: string; onConsent: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useQuery(teleConsentOf, { variables: { patient }, fetchPolicy: 'network-only' });
  const [record, recording] = useMutation(recordTeleConsent);
  const [way, setWay] = useState<ConsentWay | null>(null);
  const consent = data?.teleConsent;
  const isOpening = error !== undefined && refusalOf(error).code === 'access.chart-not-open';
  const done = useRef(onConsent);
  done.current = onConsent;

  useEffect(() => {
    if (!isOpening) return;
    const timer = setInterval(() => void refetch().catch(() => undefined), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isOpening, refetch]);
  useEffect(() => {
    if (consent?.holds) done.current();
  }, [consent]);

  const answer = async (given: boolean): Promise<void> => {
    if (!way) return;
    await record({ variables: { patient, given, way } }).catch(() => undefined);
    await refetch().catch(() => undefined);
  };

  if (isOpening || (!data && !error)) return <Loading rows={3} />;
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch().catch(() => undefined)} />;
  return (
    <Stack gap="sm">
      {consent && !consent.holds ? (
        <Alert color="orange">
          {t(consent.given ? 'call.consentOld' : 'call.consentRefused', { date: format.moment(consent.at), name: consent.by })}
        </Alert>
      ) : null}
      <Text fw={600}>{t('call.consentQuestion')}</Text>
      <Text size="sm">{t('call.consentText')}</Text>
      <Radio.Group label={t('call.consentWay')} value={way ?? ''} onChange={(value) => setWay(value as ConsentWay)}>
        <Stack gap={6} mt={6}>
          {ways.map((each) => (
            <Radio key={each} value={each} label={t(`call.way.${each}`)} />
          ))}
        </Stack>
      </Radio.Group>
      {recording.error ? <ErrorNotice error={recording.error} /> : null}
      <Group gap="xs">
        <Button disabled={!way} loading={recording.loading} onClick={() => void answer(true)}>
          {t('call.consentYes')}
        </Button>
        <Button variant="default" disabled={!way || recording.loading} onClick={() => void answer(false)}>
          {t('call.consentNo')}
        </Button>
      </Group>
    </Stack>
  );
}
