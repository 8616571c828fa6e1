import { useQuery } from '@apollo/client/react';
import { Badge, Group, Paper, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { IconSignature } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsultFactsFragment } from '../../generated/graphql.ts';
import { ErrorNotice, Loading } from '../../parts/states.tsx';
import { useFormat } from '../../parts/use-format.ts';
import { consultPicture } from './consult-documents.ts';
import styles from './video-visit.module.css';

/** A question as both clinics see it: words, chosen parts, pictures, and the signed answer. */
export function ConsultView({ consult }: { consult: ConsultFactsFragment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { question, parts, pictures, answer } = consult;
  return (
    <Stack gap="sm">
      <Text style={{ whiteSpace: 'pre-wrap' }}>{question}</Text>
      {pictures.length > 0 ? (
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {pictures.map(({ name, type }, index) => (
            <ConsultImage key={name} consult={consult.id} index={index} name={name} type={type} />
          ))}
        </SimpleGrid>
      ) : null}
      {parts.length > 0 ? <Parts parts={parts} /> : null}
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
    </Stack>
  );
}

function Parts({ parts }: Pick<ConsultFactsFragment, 'parts'>) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Table.ScrollContainer minWidth={360} maxHeight={260}>
      <Table aria-label={t('consult.parts')} stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('consult.partWhen')}</Table.Th>
            <Table.Th>{t('consult.partWhat')}</Table.Th>
            <Table.Th>{t('consult.partValue')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {parts.map(({ section, title, date, value }) => (
            <Table.Tr key={`${section} ${title} ${date} ${value}`}>
              <Table.Td>{date ? format.recorded(date) : '–'}</Table.Td>
              <Table.Td>{title}</Table.Td>
              <Table.Td>{value || '–'}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
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
  const { data, error } = useQuery(consultPicture, { variables: { consult, index }, fetchPolicy: 'no-cache' });
  const [address, setAddress] = useState('');
  useEffect(() => {
    if (!data) return;
    const bytes = Uint8Array.from(atob(data.consultPicture), (character) => character.charCodeAt(0));
    const made = URL.createObjectURL(new Blob([bytes], { type }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [data, type]);
  if (error) return <ErrorNotice error={error} />;
  if (!address) return <Loading rows={4} />;
  return (
    <figure className={styles.figure}>
      <img src={address} alt={name} />
      <figcaption>{name}</figcaption>
    </figure>
  );
}
