import { useMutation, useQuery } from '@apollo/client/react';
import { Alert, Badge, Button, Code, Group, Modal, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconRouter } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../../shared/access/permissions.ts';
import type { ReadingGatewaysQuery } from '../../generated/graphql.ts';
import { FormEnd } from '../../parts/fields/form-end.tsx';
import { quietly } from '../../parts/quietly.ts';
import { RowTable } from '../../parts/row-table.tsx';
import { ErrorNotice } from '../../parts/states.tsx';
import { useRefusalWords } from '../../parts/words/refusal-words.ts';
import { problemError } from '../../parts/words/service-error.ts';
import { useFormat } from '../../parts/words/use-format.ts';
import {
  enrolReadingGateway,
  monitoringDesk,
  readingGateways,
  revokeReadingGateway,
  setReadingFolder,
} from './gateway-documents.ts';

/** The desk looks into the folder each minute. */
const LOOK_AGAIN_MS = 30_000;

type Gateway = ReadingGatewaysQuery['readingGateways'][number];

/** Which programs beside devices may bring readings, and the folder in which they leave them. */
export function GatewaysSection() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(readingGateways, { fetchPolicy: 'cache-and-network', pollInterval: LOOK_AGAIN_MS });
  const desk = useQuery(monitoringDesk).data?.workstation;
  const [enrolling, setEnrolling] = useState(false);
  const [shutting, setShutting] = useState<Gateway | null>(null);
  const decides = mayDo(desk?.signedIn?.role ?? '', 'staff.write');
  if (error) return <ErrorNotice error={error} onRetry={() => quietly(refetch())} />;
  if (!data || (data.readingGateways.length === 0 && !decides)) return null;
  return (
    <Stack gap="sm" component="section" aria-label={t('gateways.title')}>
      <Group justify="space-between">
        <Title order={2}>{t('gateways.title')}</Title>
        {decides ? (
          <Button variant="default" leftSection={<IconRouter size={16} aria-hidden />} onClick={() => setEnrolling(true)}>
            {t('gateways.enrol')}
          </Button>
        ) : null}
      </Group>
      {data.readingGateways.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('gateways.none')}
        </Text>
      ) : (
        <GatewayTable gateways={data.readingGateways} decides={decides} onShutOut={setShutting} />
      )}
      {data.readingGateways.length > 0 ? (
        <Folder
          key={data.readingFolder?.path ?? ''}
          folder={data.readingFolder}
          decides={decides}
          onSet={() => quietly(refetch())}
        />
      ) : null}
      {enrolling ? <Enrol chain={desk?.clinic?.chain ?? ''} onClose={() => setEnrolling(false)} /> : null}
      {shutting ? <ShutOut gateway={shutting} onClose={() => setShutting(null)} /> : null}
    </Stack>
  );
}

interface GatewayTableProps {
  readonly gateways: readonly Gateway[];
  /** Whether who is signed in may shut one out. */
  readonly decides: boolean;
  readonly onShutOut: (gateway: Gateway) => void;
}

function GatewayTable({ gateways, decides, onShutOut }: GatewayTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <RowTable
      label={t('gateways.title')}
      rows={gateways}
      rowKey={({ key }) => key}
      columns={[
        { key: 'name', label: t('gateways.name'), cell: ({ name }) => name },
        { key: 'key', label: t('gateways.key'), cell: ({ key }) => <Code>{key.slice(0, 16)}</Code> },
        {
          key: 'by',
          label: t('gateways.by'),
          cell: ({ enrolledBy, enrolledAt }) => `${enrolledBy}, ${format.moment(enrolledAt)}`,
        },
        {
          key: 'newest',
          label: t('gateways.newest'),
          cell: ({ newestAt }) => (newestAt === null ? t('gateways.nothingYet') : format.moment(newestAt)),
        },
        {
          key: 'state',
          label: t('gateways.state'),
          cell: (gateway) => {
            if (gateway.revokedAt !== null)
              return <Badge color="gray">{t('gateways.revoked', { name: gateway.revokedBy })}</Badge>;
            if (!decides) return <Badge color="lagoon">{t('gateways.enrolled')}</Badge>;
            return (
              <Button size="compact-sm" variant="subtle" color="red" onClick={() => onShutOut(gateway)}>
                {t('gateways.revoke')}
              </Button>
            );
          },
        },
      ]}
    />
  );
}

interface FolderProps {
  readonly folder: ReadingGatewaysQuery['readingFolder'];
  readonly decides: boolean;
  readonly onSet: () => void;
}

function Folder({ folder, decides, onSet }: FolderProps) {
  const { t } = useTranslation();
  const [path, setPath] = useState(folder?.path ?? '');
  const [set, { error, loading }] = useMutation(setReadingFolder, { onCompleted: onSet });
  // A refusal is shown below.
  const save = (to: string | null): void => void set({ variables: { path: to } }).catch(() => undefined);
  return (
    <Stack gap="xs">
      <form
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          save(path.trim());
        }}
      >
        <Group align="end">
          <TextInput
            label={t('gateways.folder')}
            description={t('gateways.folderHint')}
            value={path}
            onChange={(event) => setPath(event.currentTarget.value)}
            readOnly={!decides}
            required
            flex={1}
          />
          {decides ? (
            <Button type="submit" variant="default" loading={loading} disabled={path.trim() === (folder?.path ?? '')}>
              {t('gateways.watch')}
            </Button>
          ) : null}
          {decides && folder ? (
            <Button variant="subtle" loading={loading} onClick={() => save(null)}>
              {t('gateways.leave')}
            </Button>
          ) : null}
        </Group>
      </form>
      {error ? <ErrorNotice error={error} /> : null}
      {folder ? <FolderState folder={folder} /> : null}
    </Stack>
  );
}

/** How the newest look went; what the folder lacks stands apart from what was wrong with a batch. */
function FolderState({ folder }: { folder: NonNullable<ReadingGatewaysQuery['readingFolder']> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useRefusalWords();
  const { lookedAt, taken, refused, folderProblem, batchProblem } = folder;
  return (
    <Stack gap="xs" role="status">
      {folderProblem ? (
        <Alert color="red" title={t('gateways.folderFails')}>
          {words(problemError(folderProblem))}
        </Alert>
      ) : null}
      <Text size="sm" c="dimmed">
        {lookedAt === null ? t('gateways.notLooked') : t('gateways.looked', { time: format.time(lookedAt), taken, refused })}
      </Text>
      {batchProblem ? (
        <Text size="sm" c="red">
          {t('gateways.batchRefused', { why: words(problemError(batchProblem)) })}
        </Text>
      ) : null}
    </Stack>
  );
}

function Enrol({ chain, onClose }: { chain: string; onClose: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [key, setKey] = useState('');
  const [enrol, { error, loading }] = useMutation(enrolReadingGateway, { refetchQueries: [readingGateways] });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    // A refusal is shown below.
    if (await enrol({ variables: { name, key } }).catch(() => undefined)) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t('gateways.enrol')} size="lg" closeButtonProps={{ 'aria-label': t('actions.close') }}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="md">
          <Text size="sm">{t('gateways.enrolExplained')}</Text>
          <Code
            block
            style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
          >{`careledger gateway init --data gateway --clinic ${chain}`}</Code>
          <TextInput
            label={t('gateways.name')}
            description={t('gateways.nameHint')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={120}
            required
            data-autofocus
          />
          <TextInput
            label={t('gateways.key')}
            description={t('gateways.keyHint')}
            value={key}
            onChange={(event) => setKey(event.currentTarget.value)}
            spellCheck={false}
            required
          />
          {error ? <ErrorNotice error={error} /> : null}
          <Group justify="flex-end">
            <Button type="submit" loading={loading}>
              {t('gateways.enrol')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function ShutOut({ gateway, onClose }: { gateway: Gateway; onClose: () => void }) {
  const { t } = useTranslation();
  const [revoke, { error, loading }] = useMutation(revokeReadingGateway, { refetchQueries: [readingGateways] });
  const act = async (): Promise<void> => {
    // A refusal is shown below.
    if (await revoke({ variables: { key: gateway.key } }).catch(() => undefined)) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t('gateways.revoke')} closeButtonProps={{ 'aria-label': t('actions.close') }}>
      <Stack gap="md">
        <Text size="sm">{t('gateways.revokeExplained', { name: gateway.name })}</Text>
        <FormEnd error={error} onClose={onClose}>
          <Button color="red" loading={loading} onClick={() => void act()}>
            {t('gateways.revoke')}
          </Button>
        </FormEnd>
      </Stack>
    </Modal>
  );
}
