import { useMutation, useQuery } from '@apollo/client/react';
import { Button, Code, Group, NumberInput, Paper, Stack, Text, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { quietly } from '../../parts/quietly.ts';
import { ErrorNotice, Loading } from '../../parts/states.tsx';
import { problemError } from '../../parts/words/service-error.ts';
import { NetworkSwitch } from './network-switch.tsx';
import { fhirFacade, serveFhir } from './program-documents.ts';

/** A port that nothing else is known to use. */
const PORT = 7460;

/** Whether this computer answers programs; an administrator decides. */
export function FacadeSwitch() {
  const { t } = useTranslation();
  const [port, setPort] = useState<number | string>(PORT);
  const { data, error, refetch } = useQuery(fhirFacade, { fetchPolicy: 'cache-and-network', pollInterval: 5_000 });
  const [serve, serving] = useMutation(serveFhir, { refetchQueries: [fhirFacade] });
  if (error) return <ErrorNotice error={error} onRetry={() => quietly(refetch())} />;
  if (!data) return <Loading rows={2} />;
  const { fhirFacade: facade, workstation } = data;
  const isOn = facade.port !== null;
  const isAdministrator = workstation.signedIn?.role === 'administrator';
  // A refusal is shown below.
  const choose = (to: number | null): void => void serve({ variables: { port: to } }).catch(() => undefined);
  const begin = (event: FormEvent): void => {
    event.preventDefault();
    choose(Number(port));
  };
  return (
    <Paper withBorder p="md" component="section" aria-label={t('programs.facade')}>
      <Stack gap="sm" align="flex-start">
        <Title order={2}>{t('programs.facade')}</Title>
        <Text size="sm">{t('programs.facadeExplained')}</Text>
        <Text fw={600} role="status">
          {isOn ? t('programs.on') : t('programs.off')} {facade.address === null ? null : <Code>{facade.address}</Code>}
        </Text>
        {facade.problem ? <ErrorNotice error={problemError(facade.problem)} /> : null}
        {!isAdministrator ? (
          <Text size="sm" c="dimmed">
            {t('programs.administrator')}
          </Text>
        ) : isOn ? (
          <Button variant="default" loading={serving.loading} onClick={() => choose(null)}>
            {t('programs.switchOff')}
          </Button>
        ) : (
          <form onSubmit={begin}>
            <Group align="end">
              <NumberInput
                label={t('programs.port')}
                value={port}
                onChange={setPort}
                min={1024}
                max={65_535}
                hideControls
                required
              />
              <Button type="submit" loading={serving.loading}>
                {t('programs.switchOn')}
              </Button>
            </Group>
          </form>
        )}
        {serving.error ? <ErrorNotice error={serving.error} /> : null}
        {isOn ? <NetworkSwitch facade={facade} isAdministrator={isAdministrator} /> : null}
      </Stack>
    </Paper>
  );
}
