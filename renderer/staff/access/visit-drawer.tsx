import { Alert, Drawer, Stack, Table, Text } from '@mantine/core';
import { IconUrgent } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useChartTitle } from '../../parts/paper/chart-title.ts';
import { useFormat } from '../../parts/words/use-format.ts';
import { roleWord } from '../ledger/roles.ts';
import type { ShownVisit } from './access-documents.ts';
import { actionWord, categoryWords, processWord } from './access-words.ts';
import { ComplaintSection } from './complaint-section.tsx';
import { ReceiptSection } from './receipt-section.tsx';

interface VisitDrawerProps {
  readonly patient: string;
  readonly visit: ShownVisit | null;
  readonly onClose: () => void;
}

/** One visit, line by line: what was done, what could be seen, and under which number the ledger counts it. */
export function VisitDrawer({ patient, visit, onClose }: VisitDrawerProps) {
  const { t } = useTranslation();
  const titled = useChartTitle();
  return (
    <Drawer
      opened={visit !== null}
      onClose={onClose}
      position="right"
      size={640}
      title={titled(visit?.who ?? '')}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      {visit ? <VisitView key={visit.id} patient={patient} visit={visit} /> : null}
    </Drawer>
  );
}

function VisitView({ patient, visit }: { patient: string; visit: ShownVisit }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { who, role, clinic, own, byProgram, process, recipient, brokeGlass, purpose, categories, lines } = visit;
  return (
    <Stack gap="md">
      {brokeGlass ? (
        <Alert color="orange" icon={<IconUrgent aria-hidden />} title={t('access.brokeGlass')}>
          {t('access.brokeGlassExplained')}
        </Alert>
      ) : null}
      <Text>
        {byProgram
          ? t('access.programSentence', { process: processWord(t, process), who, role: roleWord(t, role), clinic })
          : t('access.personSentence', { who, role: roleWord(t, role), clinic, purpose: t(`purpose.${purpose}`) })}
      </Text>
      {recipient === null || recipient === undefined ? null : <Text>{t('access.givenTo', { clinic: recipient })}</Text>}
      {categories.length === 0 ? null : (
        <Text size="sm" c="dimmed">
          {t('access.couldSee', { categories: categoryWords(t, format, categories) })}
        </Text>
      )}
      <Table aria-label={t('access.linesOf', { who })}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('access.at')}</Table.Th>
            <Table.Th scope="col">{t('access.action')}</Table.Th>
            <Table.Th scope="col">{t('access.number')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map(({ id, at, action, detail, sequence, device }) => (
            <Table.Tr key={id}>
              <Table.Td>{format.moment(at)}</Table.Td>
              <Table.Td>
                {actionWord(t, action)}
                {detail === '' ? null : (
                  <Text size="sm" c="dimmed">
                    {detail}
                  </Text>
                )}
              </Table.Td>
              <Table.Td>
                <Text size="sm" title={device}>
                  {t('access.numberOn', { number: sequence, device: device.slice(0, 8) })}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <ComplaintSection patient={patient} lines={lines} />
      {own ? <ReceiptSection patient={patient} lines={lines.map(({ id }) => id)} /> : null}
    </Stack>
  );
}
