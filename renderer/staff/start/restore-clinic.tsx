import { useMutation } from '@apollo/client/react';
import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFilePicker } from '../../parts/fields/file-picker.ts';
import { ErrorNotice } from '../../parts/states.tsx';
import { KeychainNote } from './keychain-note.tsx';
import { NewPassphraseFields, noPassphrase } from './new-passphrase.tsx';
import { restoreBackup } from './workstation.ts';

/** This computer takes the place of one that was lost: a backup, and enough recovery sheets. */
export function RestoreClinic({ keychain }: { keychain: boolean }) {
  const { t } = useTranslation();
  const picker = useFilePicker();
  const [folder, setFolder] = useState('');
  const [shares, setShares] = useState(['', '', '']);
  const [name, setName] = useState('');
  const [passphrase, setPassphrase] = useState(noPassphrase);
  const [restore, { loading, error }] = useMutation(restoreBackup, { fetchPolicy: 'no-cache' });

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const brought = shares.filter((share) => share.trim() !== '');
    // The refusal is shown below.
    restore({ variables: { folder: folder.trim(), shares: brought, name, passphrase: passphrase.first } }).catch(() => undefined);
  };
  const choose = async (): Promise<void> => {
    const [path] = (await picker?.choose(true)) ?? [];
    if (path) setFolder(path);
  };

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm">{t('firstRun.restore.hint')}</Text>
        <Group align="flex-end">
          <TextInput
            label={t('firstRun.restore.folder')}
            description={t('firstRun.restore.folderHint')}
            value={folder}
            onChange={(event) => setFolder(event.currentTarget.value)}
            style={{ flexGrow: 1 }}
            spellCheck={false}
            autoFocus
            required
          />
          {picker ? (
            <Button variant="default" onClick={() => void choose()}>
              {t('firstRun.restore.choose')}
            </Button>
          ) : null}
        </Group>
        <Sheets shares={shares} onChange={setShares} />
        <TextInput
          label={t('firstRun.restore.name')}
          description={t('firstRun.restore.nameHint')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          required
        />
        <NewPassphraseFields value={passphrase} onChange={setPassphrase} words={[name]} />
        <KeychainNote keychain={keychain} />
        {error ? <ErrorNotice error={error} /> : null}
        <Button type="submit" loading={loading} disabled={!passphrase.good || folder.trim() === '' || name.trim() === ''}>
          {t('firstRun.restore.action')}
        </Button>
      </Stack>
    </form>
  );
}

/** What stands on each recovery sheet; as many places as one needs. */
function Sheets({ shares, onChange }: { shares: readonly string[]; onChange: (shares: string[]) => void }) {
  const { t } = useTranslation();
  return (
    <>
      {shares.map((share, at) => (
        <Textarea
          // biome-ignore lint/suspicious/noArrayIndexKey: a place for a sheet, which keeps its place
          key={at}
          label={t('firstRun.restore.share', { number: at + 1 })}
          description={at === 0 ? t('firstRun.restore.shareHint') : undefined}
          value={share}
          onChange={(event) => {
            const { value } = event.currentTarget;
            onChange(shares.with(at, value));
          }}
          autosize
          minRows={2}
          maxRows={9}
          spellCheck={false}
          autoComplete="off"
        />
      ))}
      <Group>
        <Button variant="subtle" size="compact-sm" onClick={() => onChange([...shares, ''])}>
          {t('firstRun.restore.another')}
        </Button>
      </Group>
    </>
  );
}
