/** Whether programs on other computers of the clinic are answered here, what they have to trust, and who of them has asked. */
import { useMutation } from '@apollo/client/react';
import { Badge, Button, Code, Divider, Group, List, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FacadePartsFragment } from '../../generated/graphql.ts';
import { download } from '../../parts/fields/download.ts';
import { RowTable } from '../../parts/row-table.tsx';
import { ErrorNotice } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { fhirFacade, serveFhir } from './program-documents.ts';

/** Each network of this computer, at a port that nothing else is known to use. */
const LISTEN = '0.0.0.0:7461';

interface NetworkProps {
  readonly facade: FacadePartsFragment;
  readonly isAdministrator: boolean;
}

export function NetworkSwitch({ facade, isAdministrator }: NetworkProps) {
  const { t } = useTranslation();
  const [serve, { loading, error }] = useMutation(serveFhir, { refetchQueries: [fhirFacade] });
  const { port, network } = facade;
  // A refusal is shown below.
  const shutOut = (): void => void serve({ variables: { port, network: null } }).catch(() => undefined);
  return (
    <Stack gap="sm" align="flex-start" w="100%">
      <Divider w="100%" />
      <Title order={3}>{t('programs.network')}</Title>
      <Text size="sm">{t('programs.networkExplained')}</Text>
      <Text fw={600} role="status">
        {network === null
          ? t('programs.networkOff')
          : t(network.addresses.length > 0 ? 'programs.networkOn' : 'programs.networkWaiting')}
      </Text>
      {network ? <Standing network={network} /> : null}
      {!isAdministrator ? null : network ? (
        <Button variant="default" loading={loading} onClick={shutOut}>
          {t('programs.networkSwitchOff')}
        </Button>
      ) : (
        <LetIn
          loading={loading}
          onLetIn={async (chosen) => (await serve({ variables: { port, network: chosen } }).catch(() => undefined)) !== undefined}
        />
      )}
      {error ? <ErrorNotice error={error} /> : null}
      {network ? <Callers callers={facade.callers} /> : null}
    </Stack>
  );
}

function Standing({ network }: { network: NonNullable<FacadePartsFragment['network']> }) {
  const { t } = useTranslation();
  return (
    <>
      <List size="sm">
        {network.addresses.map((address) => (
          <List.Item key={address}>
            <Code>{address}</Code>
          </List.Item>
        ))}
      </List>
      <div>
        <Text size="sm" fw={600}>
          {t('programs.authority')}
        </Text>
        <Text size="sm">{t('programs.authorityExplained')}</Text>
        <Code style={{ overflowWrap: 'anywhere' }}>{network.fingerprint.match(/.{4}/g)?.join(' ')}</Code>
      </div>
      <Button
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden />}
        onClick={() => download('region-authority.crt', network.authority, 'application/x-pem-file')}
      >
        {t('programs.authoritySave')}
      </Button>
    </>
  );
}

interface Chosen {
  readonly listen: string;
  readonly names: string[];
  readonly passphrase: string;
}

function LetIn({ loading, onLetIn }: { loading: boolean; onLetIn: (chosen: Chosen) => Promise<boolean> }) {
  const { t } = useTranslation();
  const [listen, setListen] = useState(LISTEN);
  const [names, setNames] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    await onLetIn({ listen, names: names.split(/[\s,]+/).filter((name) => name !== ''), passphrase });
    setPassphrase('');
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label={t('programs.listen')}
          description={t('programs.listenHint')}
          value={listen}
          onChange={(event) => setListen(event.currentTarget.value)}
          spellCheck={false}
          required
        />
        <TextInput
          label={t('programs.names')}
          description={t('programs.namesHint')}
          value={names}
          onChange={(event) => setNames(event.currentTarget.value)}
          spellCheck={false}
        />
        <PasswordInput
          label={t('programs.passphrase')}
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
          required
        />
        <Group>
          <Button type="submit" loading={loading} disabled={passphrase === ''}>
            {t('programs.networkSwitchOn')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Callers({ callers }: { callers: FacadePartsFragment['callers'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (callers.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('programs.callersNone')}
      </Text>
    );
  return (
    <RowTable
      label={t('programs.callers')}
      rows={callers}
      rowKey={({ address, program }) => `${address} ${program}`}
      columns={[
        { key: 'at', label: t('programs.lastAsked'), width: 180, cell: ({ at }) => format.moment(at) },
        { key: 'address', label: t('programs.caller'), cell: ({ address }) => address },
        { key: 'program', label: t('programs.name'), cell: ({ program }) => program || t('programs.callerUnknown') },
        {
          key: 'outcome',
          label: t('programs.outcome'),
          width: 140,
          cell: ({ refused }) => (
            <Badge color={refused ? 'red' : 'green'}>{t(refused ? 'programs.wasRefused' : 'programs.answered')}</Badge>
          ),
        },
      ]}
    />
  );
}
