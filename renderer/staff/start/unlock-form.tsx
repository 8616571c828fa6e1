import { useMutation } from '@apollo/client/react';
import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { IconLockOpen } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkstationPartsFragment } from '../../generated/graphql.ts';
import { OwnPassphrase } from '../../parts/fields/own-passphrase.tsx';
import { ErrorNotice } from '../../parts/states.tsx';
import { roleWord } from '../ledger/roles.ts';
import { unlock } from './workstation.ts';

interface UnlockFormProps {
  readonly explanation: string;
  /** What the button says that does it. */
  readonly action: string;
  readonly people: WorkstationPartsFragment['staff'];
  /** Where there is a way back, and what it does. */
  readonly onCancel?: () => void;
}

/** Who you are and your passphrase. The service waits longer after each wrong one and says how long. */
export function UnlockForm({ explanation, action, people, onCancel }: UnlockFormProps) {
  const { t } = useTranslation();
  const only = people.length === 1 ? people[0] : undefined;
  const [person, setPerson] = useState<string | null>(only?.id ?? null);
  const [typed, setTyped] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [open, { loading, error }] = useMutation(unlock);

  /** Who types enough of their name to be the only one, and goes on with Tab, is chosen. */
  const chooseTyped = (): void => {
    const words = typed.trim().toLowerCase();
    const [named, another] = words === '' ? [] : people.filter(({ name }) => name.toLowerCase().includes(words));
    if (!person && named && !another) setPerson(named.id);
  };

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!person) return;
    setPassphrase('');
    // The refusal is shown below; when it succeeds, that person's desk takes the place of this page.
    open({ variables: { staff: person, passphrase } }).catch(() => undefined);
  };

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm">{explanation}</Text>
        <Select
          label={t('unlock.who')}
          placeholder={t('unlock.choose')}
          data={people.map(({ id, name, role }) => ({
            value: id,
            label: [name, role ? roleWord(t, role) : ''].filter(Boolean).join(' · '),
          }))}
          value={person}
          onChange={setPerson}
          allowDeselect={false}
          searchable
          selectFirstOptionOnChange
          searchValue={typed}
          onSearchChange={setTyped}
          onBlur={chooseTyped}
          nothingFoundMessage={t('unlock.nobody')}
          // The first that is to be said: who it is, where that is a question. The list waits for a key or a click.
          {...(only ? {} : { 'data-autofocus': true, autoFocus: true, openOnFocus: false })}
          required
        />
        <OwnPassphrase value={passphrase} onChange={setPassphrase} autoFocus={only !== undefined} />
        {error ? <ErrorNotice error={error} /> : null}
        <Group justify="flex-end" grow={!onCancel}>
          {onCancel ? (
            <Button variant="default" onClick={onCancel}>
              {t('actions.cancel')}
            </Button>
          ) : null}
          <Button
            type="submit"
            loading={loading}
            disabled={!person || passphrase === ''}
            leftSection={<IconLockOpen size={16} aria-hidden />}
          >
            {action}
          </Button>
        </Group>
        {loading ? (
          <Text size="sm" c="dimmed" role="status">
            {t('unlock.opening')}
          </Text>
        ) : null}
      </Stack>
    </form>
  );
}
