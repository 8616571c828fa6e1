import { useMutation } from '@apollo/client/react';
import { Button, SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClinicKind } from '../../generated/graphql.ts';
import { ErrorNotice } from '../../parts/states.tsx';
import { KeychainNote } from './keychain-note.tsx';
import { NewPassphraseFields, noPassphrase } from './new-passphrase.tsx';
import { createClinic } from './workstation.ts';

/** The same, and the clinic joins the region of an invitation as soon as it is there. */
export const CreateInRegion = ({ keychain }: { keychain: boolean }) => <CreateClinic keychain={keychain} inRegion />;

/** Makes a clinic with its keys and its first administrator. */
export function CreateClinic({ keychain, inRegion = false }: { keychain: boolean; inRegion?: boolean }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [kind, setKind] = useState<ClinicKind>('CLINIC');
  const [administrator, setAdministrator] = useState('');
  const [invitation, setInvitation] = useState('');
  const [passphrase, setPassphrase] = useState(noPassphrase);
  const [create, { loading, error }] = useMutation(createClinic);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    // The refusal is shown below.
    const region = inRegion ? { invitation: invitation.trim() } : {};
    create({ variables: { input: { name, kind, administrator, passphrase: passphrase.first, ...region } } }).catch(
      () => undefined,
    );
  };

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Kind value={kind} onChange={setKind} />
        <TextInput
          label={t('firstRun.create.name')}
          description={t('firstRun.create.nameHint')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={200}
          autoFocus
          required
        />
        <TextInput
          label={t('firstRun.create.administrator')}
          value={administrator}
          onChange={(event) => setAdministrator(event.currentTarget.value)}
          maxLength={200}
          required
        />
        {inRegion ? (
          <Textarea
            label={t('firstRun.region.invitation')}
            description={t('firstRun.region.invitationHint')}
            value={invitation}
            onChange={(event) => setInvitation(event.currentTarget.value)}
            minRows={3}
            autosize
            spellCheck={false}
            required
          />
        ) : null}
        <NewPassphraseFields value={passphrase} onChange={setPassphrase} words={[name, administrator]} />
        <KeychainNote keychain={keychain} />
        {error ? <ErrorNotice error={error} /> : null}
        <Button
          type="submit"
          loading={loading}
          disabled={!passphrase.good || [name, administrator, inRegion ? invitation : name].some((text) => text.trim() === '')}
        >
          {t('firstRun.create.action')}
        </Button>
      </Stack>
    </form>
  );
}

function Kind({ value, onChange }: { value: ClinicKind; onChange: (kind: ClinicKind) => void }) {
  const { t } = useTranslation();
  return (
    <div>
      <Text size="sm" fw={600} mb={4} id="clinic-kind">
        {t('firstRun.create.kind')}
      </Text>
      <SegmentedControl
        aria-labelledby="clinic-kind"
        value={value}
        onChange={onChange}
        data={[
          { value: 'CLINIC', label: t('clinicKind.CLINIC') },
          { value: 'RESEARCH', label: t('clinicKind.RESEARCH') },
        ]}
      />
    </div>
  );
}
