import { useQuery } from '@apollo/client/react';
import { Alert, Badge, Code, DataList, Drawer, Group, List, Stack, Table, Text, Title } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconClock, IconSignature } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BlockPartsFragment } from '../../generated/graphql.ts';
import { ExactText } from '../../parts/paper/exact-text.tsx';
import { ProgressSteps } from '../../parts/progress-badge.tsx';
import { quietly } from '../../parts/quietly.ts';
import { ErrorNotice, Loading } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { eventWord } from './act-words.ts';
import { inclusionOf } from './ledger-documents.ts';

/** One block: who sealed it, what is in it, and the proof that it stands in the ledger. */
export function BlockDrawer({ block, onClose }: { block: BlockPartsFragment | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Drawer
      opened={block !== null}
      onClose={onClose}
      position="right"
      size={680}
      title={block?.position == null ? t('ledger.pendingBlock') : t('ledger.block', { position: block.position })}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      {block ? <BlockView block={block} /> : null}
    </Drawer>
  );
}

function BlockView({ block }: { block: BlockPartsFragment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('ledger.clinic'), block.clinic],
    [t('ledger.time'), format.moment(block.time)],
    [t('ledger.hash'), <Code key="hash">{block.hash}</Code>],
    [t('ledger.device'), <Code key="device">{block.device}</Code>],
    [t('ledger.chain'), <Code key="chain">{block.chain}</Code>],
    [t('ledger.height'), t('ledger.heightOf', { height: format.number(block.height), epoch: block.epoch })],
    [t('ledger.bytes'), format.bytes(block.bytes)],
    [t('ledger.signatures'), block.audited ? t('ledger.audited') : t('ledger.notAudited')],
  ];
  return (
    <Stack gap="md">
      <ProgressSteps reached={block.progress} />
      <DataList labelWidth="190px" gap={4}>
        {facts.map(([label, value]) => (
          <DataList.Item key={label}>
            <DataList.ItemLabel>{label}</DataList.ItemLabel>
            <DataList.ItemValue style={{ overflowWrap: 'anywhere' }}>{value}</DataList.ItemValue>
          </DataList.Item>
        ))}
      </DataList>
      <Events events={block.events} />
      {block.position === null ? (
        <Alert color="orange" icon={<IconClock aria-hidden />} title={t('ledger.noProofYet')}>
          {t('ledger.noProofYetHint')}
        </Alert>
      ) : (
        <Proof position={block.position} />
      )}
    </Stack>
  );
}

function Events({ events }: Pick<BlockPartsFragment, 'events'>) {
  const { t } = useTranslation();
  return (
    <div>
      <Title order={2} mb={4}>
        {t('ledger.eventsOf', { count: events.length })}
      </Title>
      <Table withTableBorder layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('ledger.type')}</Table.Th>
            <Table.Th scope="col">{t('ledger.handle')}</Table.Th>
            <Table.Th scope="col">{t('ledger.author')}</Table.Th>
            <Table.Th scope="col">{t('ledger.verdict')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {events.map((event, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a block's events never move
            <Table.Tr key={index}>
              <Table.Td>
                {eventWord(t, event.type)}{' '}
                {event.personal ? (
                  <Badge color="lagoon" size="sm" leftSection={<IconSignature size={12} aria-hidden />}>
                    {t('ledger.personal')}
                  </Badge>
                ) : null}
              </Table.Td>
              <Table.Td>{event.handle === '' ? '–' : <Code>{event.handle.slice(0, 12)}</Code>}</Table.Td>
              <Table.Td>
                <Code>{event.author.slice(0, 12)}</Code>
              </Table.Td>
              <Table.Td>
                {event.verdict === '' ? t('ledger.notJudged') : event.verdict}
                {event.reason ? ` (${event.reason})` : ''}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function Proof({ position }: { position: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useQuery(inclusionOf, { variables: { position }, fetchPolicy: 'network-only' });
  if (error) return <ErrorNotice error={error} onRetry={() => quietly(refetch())} />;
  if (!data) return <Loading rows={5} />;
  const { valid, size, leaf, root, nodes, checkpoint } = data.inclusion;
  return (
    <Stack gap="sm">
      <Alert
        color={valid ? 'green' : 'red'}
        icon={valid ? <IconCircleCheck aria-hidden /> : <IconCircleX aria-hidden />}
        title={valid ? t('ledger.proofHolds', { size: format.number(size) }) : t('ledger.proofFails')}
      >
        {valid ? t('ledger.proofHoldsExplained') : t('ledger.proofFailsExplained')}
      </Alert>
      <Group gap="xs" align="baseline">
        <Text size="sm" fw={600}>
          {t('ledger.leaf')}
        </Text>
        <Code>{leaf}</Code>
      </Group>
      <div>
        <Text size="sm" fw={600}>
          {t('ledger.nodes', { count: nodes.length })}
        </Text>
        <List type="ordered" size="sm">
          {nodes.map((node) => (
            <List.Item key={node}>
              <Code>{node}</Code>
            </List.Item>
          ))}
        </List>
      </div>
      <Group gap="xs" align="baseline">
        <Text size="sm" fw={600}>
          {t('ledger.root')}
        </Text>
        <Code>{root}</Code>
      </Group>
      <ExactText label={t('ledger.checkpoint')} text={checkpoint} />
    </Stack>
  );
}
