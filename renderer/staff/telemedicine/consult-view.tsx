import { useQuery } from '@apollo/client/react';
import { Badge, Group, Paper, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { IconSignature } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsultFactsFragment } from '../../generated/graphql.ts';
import { quietly } from '../../parts/quietly.ts';
import { ErrorNotice, Loading } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { consultPicture } from './consult-documents.ts';
import styles from './video-visit.module.css';

/** A question as both clinics see it: its words, the signed answer as soon as there is one, pictures, chosen parts. */
export function ConsultView({ consult }: { consult: ConsultFactsFragment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { question, parts, pictures, answer } = consult;
  return (
    <Stack gap="sm">
      <Text style={{ whiteSpace: 'pre-wrap' }}>{question}</Text>
      {answer ? (
        <Paper withBorder p="sm" component="section" aria-label={t('consult.answer')}>
          <Group gap="xs" mb={4}>
            <Title order={3}>{t('consult.answer')}</Title>
            <Badge color="lagoon" leftSection={<IconSignature size={13} aria-hidden />}>
              {t('note.signedBy', { name: answer.by })}
            </Badge>
            <Text size="xs" c="dimmed">
              {format.moment(answer.at)}
            </Text>
          </Group>
          <Text style={{ whiteSpace: 'pre-wrap' }}>{answer.text}</Text>
        </Paper>
      ) : null}
      {pictures.length > 0 ? (
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {pictures.map(({ name, type }, index) => (
            <ConsultImage key={name} consult={consult.id} index={index} name={name} type={type} />
          ))}
        </SimpleGrid>
      ) : null}
      {parts.length > 0 ? <Parts parts={parts} /> : null}
    </Stack>
  );
}

/** What went along, section by section; a column of values only where something has one. */
function Parts({ parts }: Pick<ConsultFactsFragment, 'parts'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const hasValues = parts.some(({ value }) => value !== '');
  return (
    <Table.ScrollContainer minWidth={360} maxHeight={420}>
      <Table aria-label={t('consult.parts')} stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={180} scope="col">
              {t('consult.partWhen')}
            </Table.Th>
            <Table.Th scope="col">{t('consult.partWhat')}</Table.Th>
            {hasValues ? <Table.Th scope="col">{t('consult.partValue')}</Table.Th> : null}
          </Table.Tr>
        </Table.Thead>
        {Object.entries(Object.groupBy(parts, ({ section }) => section)).map(([section, own = []]) => (
          <Table.Tbody key={section}>
            <Table.Tr>
              <Table.Th colSpan={hasValues ? 3 : 2} scope="rowgroup" className={styles.part}>
                {t(`consult.section.${section as 'problem'}`)} <Text span>{format.number(own.length)}</Text>
              </Table.Th>
            </Table.Tr>
            {own.map(({ title, date, value }) => (
              <Table.Tr key={`${title} ${date} ${value}`}>
                <Table.Td>{date ? format.recorded(date) : '–'}</Table.Td>
                <Table.Td>{title}</Table.Td>
                {hasValues ? <Table.Td>{t(`state.${value as 'active'}`, { defaultValue: value || '–' })}</Table.Td> : null}
              </Table.Tr>
            ))}
          </Table.Tbody>
        ))}
      </Table>
    </Table.ScrollContainer>
  );
}

interface ConsultImageProps {
  readonly consult: string;
  readonly index: number;
  readonly name: string;
  readonly type: string;
}

/** Shown from the page's memory alone. */
function ConsultImage({ consult, index, name, type }: ConsultImageProps) {
  const { data, error, refetch } = useQuery(consultPicture, { variables: { consult, index }, fetchPolicy: 'no-cache' });
  const [address, setAddress] = useState('');
  useEffect(() => {
    if (!data) return;
    const bytes = Uint8Array.from(atob(data.consultPicture), (character) => character.charCodeAt(0));
    const made = URL.createObjectURL(new Blob([bytes], { type }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [data, type]);
  if (error) return <ErrorNotice error={error} onRetry={() => quietly(refetch())} />;
  if (!address) return <Loading rows={4} />;
  return (
    <figure className={styles.figure}>
      <img src={address} alt={name} />
      <figcaption>{name}</figcaption>
    </figure>
  );
}
