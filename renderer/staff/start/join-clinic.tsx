import { useMutation } from '@apollo/client/react';
import { Button, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../parts/states.tsx';
import { KeychainNote } from './keychain-note.tsx';
import { NewPassphraseFields, noPassphrase } from './new-passphrase.tsx';
import { joinClinic } from './workstation.ts';

/** This computer becomes a further device of a clinic that invited it. */
export function JoinClinic({ keychain }: { keychain: boolean }) {
  const { t } = useTranslation();
  const [invitation, setInvitation] = useState('');
  const [staffName, setStaffName] = useState('');
  const [passphrase, setPassphrase] = useState(noPassphrase);
  const [join, { loading, error }] = useMutation(joinClinic);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    // The refusal is shown below.
    join({ variables: { invitation: invitation.trim(), staffName, passphrase: passphrase.first } }).catch(() => undefined);
  };

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm">{t('firstRun.join.regionHint')}</Text>
        <Textarea
          label={t('firstRun.join.invitation')}
          description={t('firstRun.join.invitationHint')}
          value={invitation}
          onChange={(event) => setInvitation(event.currentTarget.value)}
          minRows={3}
          autosize
          spellCheck={false}
          autoFocus
          required
        />
        <TextInput
          label={t('firstRun.join.staffName')}
          value={staffName}
          onChange={(event) => setStaffName(event.currentTarget.value)}
          required
        />
        <NewPassphraseFields value={passphrase} onChange={setPassphrase} words={[staffName]} />
        <KeychainNote keychain={keychain} />
        {error ? <ErrorNotice error={error} /> : null}
        <Button
          type="submit"
          loading={loading}
          disabled={!passphrase.good || invitation.trim() === '' || staffName.trim() === ''}
        >
          {t('firstRun.join.action')}
        </Button>
      </Stack>
    </form>
  );
}
