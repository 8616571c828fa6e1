import { useMutation } from '@apollo/client/react';
import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkstationPartsFragment } from '../../generated/graphql.ts';
import { OwnPassphrase } from '../../parts/own-passphrase.tsx';
import { ErrorNotice } from '../../parts/states.tsx';
import { unlock } from './workstation.ts';

/** Another person takes the desk over, by name and passphrase; a wrong one leaves it as it is. */
export function TakeOver({ workstation, onClose }: { workstation: WorkstationPartsFragment; onClose: () => void }) {
  const { t } = useTranslation();
  const others = workstation.staff.filter(({ id }) => id !== workstation.signedIn?.id);
  const [person, setPerson] = useState<string | null>(others.length === 1 ? (others[0]?.id ?? null) : null);
  const [passphrase, setPassphrase] = useState('');
  const [open, { loading, error }] = useMutation(unlock);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!person) return;
    setPassphrase('');
    // The refusal is shown below; when it succeeds, the desk of that person takes the place of this one.
    open({ variables: { staff: person, passphrase } }).catch(() => undefined);
  };
  return (
    <Modal opened onClose={onClose} title={t('shell.takeOver')} closeButtonProps={{ 'aria-label': t('actions.close') }}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text size="sm">{t('shell.takeOverExplained')}</Text>
          <Select
            label={t('unlock.who')}
            placeholder={t('unlock.choose')}
            data={others.map(({ id, name, role }) => ({ value: id, label: [name, role].filter(Boolean).join(' · ') }))}
            value={person}
            onChange={setPerson}
            allowDeselect={false}
            required
          />
          <OwnPassphrase value={passphrase} onChange={setPassphrase} autoFocus />
          {error ? <ErrorNotice error={error} /> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('actions.cancel')}
            </Button>
            <Button type="submit" loading={loading} disabled={!person || passphrase === ''}>
              {t('unlock.action')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
