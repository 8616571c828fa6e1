import { useMutation, useQuery } from '@apollo/client/react';
import { Alert, Button, Group, NumberInput, Paper, Select, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconFileExport, IconFileImport } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PathField } from '../../parts/fields/path-field.tsx';
import { ErrorNotice } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { exportBundle, importBundle, regionMembers } from './region-documents.ts';

/** Syncing by a file on a stick, for computers that reach no hub. */
export function Bundles({ replicaSize }: { replicaSize: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Paper withBorder p="md" component="section" aria-label={t('bundles.title')}>
      <Stack gap="sm">
        <Title order={2}>{t('bundles.title')}</Title>
        <Text size="sm">{t('bundles.explained')}</Text>
        <Text size="sm" fw={600}>
          {t('bundles.here', { count: replicaSize, size: format.number(replicaSize) })}
        </Text>
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
          <ExportForm />
          <ImportForm />
        </SimpleGrid>
      </Stack>
    </Paper>
  );
}

function ExportForm() {
  const { t } = useTranslation();
  const format = useFormat();
  const [folder, setFolder] = useState('');
  const [after, setAfter] = useState<number | string>(0);
  const [clinic, setClinic] = useState<string | null>(null);
  const { data: members } = useQuery(regionMembers);
  const [write, { data, loading, error }] = useMutation(exportBundle);
  const clinics = (members?.clinics ?? []).map(({ chain, name, own }) => ({ value: own ? '' : chain, label: name }));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const variables = { folder: folder.trim(), after: Number(after), clinic: clinic || null };
    // The refusal is shown below.
    write({ variables }).catch(() => undefined);
  };
  const written = data?.exportBundle;
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Title order={3}>{t('bundles.export')}</Title>
        <Select label={t('bundles.for')} data={clinics} value={clinic ?? ''} onChange={setClinic} allowDeselect={false} />
        <NumberInput
          label={t('bundles.after')}
          description={t('bundles.afterHint')}
          value={after}
          onChange={setAfter}
          min={0}
          allowDecimal={false}
          required
        />
        <PathField label={t('bundles.folder')} value={folder} folders onChange={setFolder} />
        {error ? <ErrorNotice error={error} /> : null}
        <Group>
          <Button
            type="submit"
            leftSection={<IconFileExport size={16} aria-hidden />}
            loading={loading}
            disabled={folder.trim() === '' || after === ''}
          >
            {t('bundles.write')}
          </Button>
        </Group>
        {written ? (
          <Alert color="lagoon" role="status" title={t('bundles.written')}>
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {written.path}
            </Text>
            <Text size="sm">
              {t('bundles.holds', { from: format.number(written.from), size: format.number(written.size) })}
              {written.pending + written.documents > 0 ? ` ${t('bundles.carries', { count: written.pending })}` : ''}
            </Text>
          </Alert>
        ) : null}
      </Stack>
    </form>
  );
}

function ImportForm() {
  const { t } = useTranslation();
  const format = useFormat();
  const [path, setPath] = useState('');
  const [read, { data, loading, error }] = useMutation(importBundle);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    // The refusal is shown below.
    read({ variables: { path: path.trim() } }).catch(() => undefined);
  };
  const brought = data?.importBundle;
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Title order={3}>{t('bundles.import')}</Title>
        <Text size="sm">{t('bundles.importExplained')}</Text>
        <PathField label={t('bundles.file')} value={path} folders={false} onChange={setPath} />
        {error ? <ErrorNotice error={error} /> : null}
        <Group>
          <Button
            type="submit"
            leftSection={<IconFileImport size={16} aria-hidden />}
            loading={loading}
            disabled={path.trim() === ''}
          >
            {t('bundles.read')}
          </Button>
        </Group>
        {brought ? (
          <Alert color="lagoon" role="status" title={t('bundles.taken')}>
            <Text size="sm">{t('bundles.brought', { count: brought.blocks, size: format.number(brought.size) })}</Text>
            {brought.carried > 0 ? <Text size="sm">{t('bundles.carried', { count: brought.carried })}</Text> : null}
          </Alert>
        ) : null}
      </Stack>
    </form>
  );
}
