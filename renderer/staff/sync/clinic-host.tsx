/** The clinic's own network: which computer serves it while the hub is away, switching this one on, and saying where another one is. */
import { useMutation, useQuery } from '@apollo/client/react';
import { Alert, Button, Group, List, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconDeviceDesktopOff } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/gql.ts';
import type { SyncPartsFragment } from '../../generated/graphql.ts';
import { ErrorNotice } from '../../parts/states.tsx';
import { problemError } from '../../parts/words/service-error.ts';
import { useFormat } from '../../parts/words/use-format.ts';

const serveClinic = graphql(`
  mutation ServeClinic($listen: String) {
    serveClinic(listen: $listen) {
      ...SyncParts
    }
  }
`);

const followClinicHost = graphql(`
  mutation FollowClinicHost($address: String) {
    followClinicHost(address: $address) {
      ...SyncParts
    }
  }
`);

const whoDecides = graphql(`
  query WhoDecidesOnTheClinicHost {
    workstation {
      signedIn {
        role
      }
    }
  }
`);

/** Each network of this computer, at a port that nothing else is known to use. */
const LISTEN = '0.0.0.0:7450';

export function ClinicHost({ sync }: { sync: SyncPartsFragment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useQuery(whoDecides);
  const host = sync.clinicHost;
  if (!host) return null;
  const isAdministrator = data?.workstation.signedIn?.role === 'administrator';
  return (
    <Paper withBorder p="md" component="section" aria-label={t('clinicHost.title')}>
      <Stack gap="sm">
        <Title order={2}>{t('clinicHost.title')}</Title>
        <Text size="sm">{t('clinicHost.explained')}</Text>
        <Text fw={600} role="status">
          {t(`clinicHost.role.${host.role}`)}
        </Text>
        {host.addresses.length > 0 ? (
          <List size="sm">
            {host.addresses.map((address) => (
              <List.Item key={address}>{address.replace('https://', '')}</List.Item>
            ))}
          </List>
        ) : null}
        {host.role === 'FOLLOWING' ? (
          <Text size="sm">
            {host.connected
              ? t('clinicHost.connected')
              : t('clinicHost.notConnected', {
                  since: host.lastContact === null ? t('sync.never') : format.ago(host.lastContact),
                })}
          </Text>
        ) : null}
        {host.problem ? <ErrorNotice error={problemError(host.problem)} /> : null}
        {isAdministrator ? (
          <Choice key={host.role} role={host.role} />
        ) : (
          <Alert color="gray" icon={<IconDeviceDesktopOff aria-hidden />}>
            {t('clinicHost.administrator')}
          </Alert>
        )}
      </Stack>
    </Paper>
  );
}

function Choice({ role }: { role: 'NONE' | 'SERVING' | 'FOLLOWING' }) {
  const { t } = useTranslation();
  const [listen, setListen] = useState(LISTEN);
  const [address, setAddress] = useState('');
  const [serve, serving] = useMutation(serveClinic);
  const [follow, following] = useMutation(followClinicHost);
  const refused = serving.error ?? following.error;
  // A refusal is shown below.
  const begin = (event: FormEvent): void => {
    event.preventDefault();
    serve({ variables: { listen: listen.trim() } }).catch(() => undefined);
  };
  const goTo = (event: FormEvent): void => {
    event.preventDefault();
    follow({ variables: { address: address.trim() } }).catch(() => undefined);
  };
  const leave = (): void => {
    (role === 'SERVING' ? serve({ variables: { listen: null } }) : follow({ variables: { address: null } })).catch(
      () => undefined,
    );
  };
  return (
    <Stack gap="sm">
      {role === 'NONE' ? (
        <>
          <form onSubmit={begin}>
            <Group align="end">
              <TextInput
                label={t('clinicHost.listen')}
                description={t('clinicHost.listenExplained')}
                value={listen}
                onChange={(event) => setListen(event.currentTarget.value)}
                required
              />
              <Button type="submit" loading={serving.loading}>
                {t('clinicHost.serve')}
              </Button>
            </Group>
          </form>
          <form onSubmit={goTo}>
            <Group align="end">
              <TextInput
                label={t('clinicHost.address')}
                description={t('clinicHost.addressExplained')}
                placeholder="192.168.1.20:7450"
                value={address}
                onChange={(event) => setAddress(event.currentTarget.value)}
                required
              />
              <Button type="submit" variant="default" loading={following.loading} disabled={address.trim() === ''}>
                {t('clinicHost.follow')}
              </Button>
            </Group>
          </form>
        </>
      ) : (
        <Group>
          <Button variant="default" loading={serving.loading || following.loading} onClick={leave}>
            {t(`clinicHost.leave.${role}`)}
          </Button>
        </Group>
      )}
      {refused ? <ErrorNotice error={refused} /> : null}
    </Stack>
  );
}
