import { useMutation } from '@apollo/client/react';
import { Button, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormEnd } from '../../parts/fields/form-end.tsx';
import { roles } from '../ledger/roles.ts';
import { NewPassphraseFields, noPassphrase } from '../start/new-passphrase.tsx';
import { enrolStaff } from './staff-documents.ts';

/** Gives a new colleague a key, a passphrase on this desk, and a place in the ledger. */
export function EnrolStaff({ onClose, onEnrolled }: { onClose: () => void; onEnrolled: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [role, setRole] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState(noPassphrase);
  const [enrol, { loading, error }] = useMutation(enrolStaff);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!role) return;
    // The refusal is shown below.
    const done = await enrol({ variables: { input: { name, role, passphrase: passphrase.first } } }).catch(() => undefined);
    if (!done) return;
    onEnrolled();
    onClose();
  };

  return (
    <Modal opened onClose={onClose} title={t('staff.enrol')} closeButtonProps={{ 'aria-label': t('actions.close') }}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text size="sm">{t('staff.enrolExplained')}</Text>
          <TextInput
            label={t('staff.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
            required
          />
          <Select
            label={t('staff.role')}
            data={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
            value={role}
            onChange={setRole}
            required
          />
          <NewPassphraseFields value={passphrase} onChange={setPassphrase} words={[name]} />
          <FormEnd error={error} onClose={onClose}>
            <Button type="submit" loading={loading} disabled={!role || name.trim() === '' || !passphrase.good}>
              {t('staff.enrolAction')}
            </Button>
          </FormEnd>
        </Stack>
      </form>
    </Modal>
  );
}
