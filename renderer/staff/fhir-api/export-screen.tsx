import { useMutation, useQuery } from '@apollo/client/react';
import { Alert, Button, Code, Group, List, Paper, PasswordInput, Progress, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconFileExport, IconShieldCheck } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExportRecordsMutation } from '../../generated/graphql.ts';
import { PathField } from '../../parts/fields/path-field.tsx';
import { PatientPicker } from '../../parts/fields/patient-picker.tsx';
import { useAnnounce } from '../../parts/focus/use-announce.ts';
import { Page } from '../../parts/page.tsx';
import { quietly } from '../../parts/quietly.ts';
import { useSignedIn } from '../../parts/signed-in.ts';
import { ErrorNotice } from '../../parts/states.tsx';
import { refusalOf } from '../../parts/words/service-error.ts';
import { useFormat } from '../../parts/words/use-format.ts';
import { cancelExport, exportProgress, exportRecords } from './program-documents.ts';

type Written = ExportRecordsMutation['exportRecords'];

/** Writes one patient's records, or everybody's, into a folder, with a signed manifest. */
export function ExportScreen() {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const isAdministrator = useSignedIn()?.role === 'administrator';
  const [of, setOf] = useState<'patient' | 'clinic'>('patient');
  const [patient, setPatient] = useState<string | null>(null);
  const [folder, setFolder] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [write, { data, loading, error }] = useMutation(exportRecords);
  const isReady = folder.trim() !== '' && passphrase !== '' && (of === 'clinic' || patient !== null);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const variables = { folder: folder.trim(), patient: of === 'patient' ? patient : null, passphrase };
    // The refusal is shown below.
    const done = await write({ variables }).catch(() => undefined);
    setPassphrase('');
    if (done?.data) announce(t('exports.done'));
  };

  return (
    <Page title={t('screens.export')} note={t('exports.note')}>
      <Paper withBorder p="md" maw={720}>
        <form onSubmit={submit}>
          <Stack gap="md">
            {isAdministrator ? (
              <SegmentedControl
                aria-label={t('exports.of')}
                value={of}
                onChange={(value) => setOf(value === 'clinic' ? 'clinic' : 'patient')}
                data={[
                  { value: 'patient', label: t('exports.patient') },
                  { value: 'clinic', label: t('exports.clinic') },
                ]}
              />
            ) : null}
            {of === 'patient' ? (
              <PatientPicker label={t('exports.whose')} value={patient} onChange={setPatient} />
            ) : (
              <Text size="sm">{t('exports.everybody')}</Text>
            )}
            <PathField label={t('exports.folder')} value={folder} folders onChange={setFolder} />
            <Alert color="orange" icon={<IconAlertTriangle aria-hidden />}>
              {t('exports.plain')}
            </Alert>
            <PasswordInput
              label={t('exports.passphrase')}
              value={passphrase}
              onChange={(event) => setPassphrase(event.currentTarget.value)}
              required
            />
            {error ? <Ended error={error} /> : null}
            <Group>
              <Button type="submit" leftSection={<IconFileExport size={16} aria-hidden />} loading={loading} disabled={!isReady}>
                {t('exports.write')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Paper>
      {loading ? <Underway /> : null}
      {data && !loading ? <Done written={data.exportRecords} /> : null}
    </Page>
  );
}

const LOOK_AGAIN_MS = 400;

/** How far it has come, and the way to end it. */
function Underway() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useQuery(exportProgress, { pollInterval: LOOK_AGAIN_MS, fetchPolicy: 'network-only' });
  const [cancel, { loading }] = useMutation(cancelExport);
  const { patients = 0, patientsOf = 0, resources = 0, resourcesOf = 0, bytes = 0 } = data?.exportProgress ?? {};
  const isWriting = resourcesOf > 0;
  const share = isWriting ? resources / resourcesOf : patients / Math.max(1, patientsOf);
  const words = isWriting
    ? t('exports.writing', { done: format.number(resources), all: format.number(resourcesOf), size: format.bytes(bytes) })
    : t('exports.looking', { done: format.number(patients), all: format.number(patientsOf) });
  return (
    <Paper withBorder p="md" maw={720}>
      <Stack gap="xs">
        <Text size="sm">{words}</Text>
        <Progress value={100 * share} aria-label={words} />
        <Group>
          <Button variant="default" size="compact-sm" loading={loading} onClick={() => quietly(cancel())}>
            {t('exports.cancel')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}

/** What was cancelled went as it was asked; anything else is a refusal. */
function Ended({ error }: { error: unknown }) {
  const { t } = useTranslation();
  if (refusalOf(error).code !== 'export.cancelled') return <ErrorNotice error={error} />;
  return (
    <Text size="sm" role="status">
      {t('exports.cancelled')}
    </Text>
  );
}

function Done({ written: { path, files, resources, bytes, missing } }: { written: Written }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Alert color="lagoon" role="status" icon={<IconShieldCheck aria-hidden />} title={t('exports.done')} maw={720}>
      <Stack gap="xs">
        <Text size="sm">
          {t('exports.holds', { count: files, resources: format.number(resources), size: format.bytes(bytes) })}
        </Text>
        <Code style={{ overflowWrap: 'anywhere' }}>{path}</Code>
        {missing.length > 0 ? (
          <>
            <Text size="sm">{t('exports.missing', { count: missing.length })}</Text>
            <List size="sm">
              {missing.slice(0, 20).map((name) => (
                <List.Item key={name}>{name}</List.Item>
              ))}
            </List>
          </>
        ) : null}
        <Text size="sm">{t('exports.verify')}</Text>
        <Code style={{ overflowWrap: 'anywhere' }}>careledger verify {path}/manifest.json</Code>
      </Stack>
    </Alert>
  );
}
