import { useQuery } from '@apollo/client/react';
import { Paper, Stack, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Role } from '../../../shared/ledger/rows.ts';
import type { WhoCouldOpenQuery } from '../../generated/graphql.ts';
import { quietly } from '../../parts/quietly.ts';
import { ErrorNotice, Loading } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { whoCouldOpen } from './consent-documents.ts';

type Reader = WhoCouldOpenQuery['whoCouldOpen'][number];
type Opening = Reader['opens'][number];

/** Everybody who could open this patient's records today, what of them, for what, and by what right. */
export function WhoCouldOpen({ patient }: { patient: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(whoCouldOpen, { variables: { patient }, fetchPolicy: 'no-cache' });
  const readers = data?.whoCouldOpen;
  const people = readers?.reduce((sum, { count }) => sum + count, 0) ?? 0;
  return (
    <Stack gap="xs" component="section">
      <Title order={2}>{t('readers.title')}</Title>
      <Text size="sm" c="dimmed">
        {t('readers.note')}
      </Text>
      {error ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
      {!readers && !error ? <Loading rows={4} /> : null}
      {readers ? (
        <Paper withBorder>
          <Table.ScrollContainer minWidth={640}>
            <Table verticalSpacing="xs">
              <Table.Caption>{t('readers.count', { count: people })}</Table.Caption>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('readers.who')}</Table.Th>
                  <Table.Th>{t('readers.what')}</Table.Th>
                  <Table.Th>{t('readers.why')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {readers.map((reader) => (
                  <ReaderRow key={`${reader.clinicName} ${reader.name} ${reader.role}`} reader={reader} />
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Paper>
      ) : null}
    </Stack>
  );
}

function ReaderRow({ reader }: { reader: Reader }) {
  const { t } = useTranslation();
  const role = t(`role.${reader.role as Role}`);
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500} style={{ verticalAlign: 'top' }}>
        {reader.name ?? t('readers.others', { count: reader.count, role })}
        <Text size="xs" c="dimmed">
          {reader.name === null ? reader.clinicName : `${role} · ${reader.clinicName}`}
        </Text>
      </Table.Th>
      <Table.Td style={{ verticalAlign: 'top' }}>
        {alike(reader.opens).map((opens) => (
          <OpeningLine key={opens.map(({ purpose }) => purpose).join()} opens={opens} />
        ))}
      </Table.Td>
      <Table.Td style={{ verticalAlign: 'top' }}>
        {[...new Set(reader.opens.map(({ reason }) => reason))].map((reason) => (
          <Text key={reason} size="sm">
            {t(`readers.reason.${reason as 'custody' | 'consent'}`)}
          </Text>
        ))}
      </Table.Td>
    </Table.Tr>
  );
}

/** What is the same for several purposes is said once. */
function alike(opens: readonly Opening[]): Opening[][] {
  return [...Map.groupBy(opens, ({ categories, partial }) => `${categories.join()} ${partial}`).values()];
}

function OpeningLine({ opens }: { opens: readonly Opening[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [first] = opens;
  if (!first) return null;
  const categories = format.list(first.categories.map((category) => t(`category.${category}`)));
  const purposes = format.list(opens.map(({ purpose }) => t(`purpose.${purpose}`)));
  return (
    <Text size="sm">
      {t('readers.opening', { categories, purposes })}
      {first.partial ? ` ${t('readers.partial')}` : ''}
    </Text>
  );
}
