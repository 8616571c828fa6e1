import { useMutation } from '@apollo/client/react';
import { Badge, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwnSecondFactorQuery } from '../../generated/graphql.ts';
import { OwnPassphrase } from '../../parts/fields/own-passphrase.tsx';
import { useAnnounce } from '../../parts/focus/use-announce.ts';
import { ErrorNotice } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { PasskeyStep } from './passkey-step.tsx';
import { addPasskey, ownSecondFactor, removePasskey } from './staff-documents.ts';

type Passkey = OwnSecondFactorQuery['secondFactor']['passkeys'][number];

/** One's own keys on this desk: each can be removed. */
export function PasskeyList({ passkeys, onRemove }: { passkeys: readonly Passkey[]; onRemove: (key: Passkey) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (passkeys.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('passkey.noneYet')}
      </Text>
    );
  return (
    <Stack gap="xs" component="ul" m={0} p={0} aria-label={t('passkey.yours')}>
      {passkeys.map((key) => (
        <Group key={key.id} component="li" justify="space-between" wrap="nowrap" style={{ listStyle: 'none' }}>
          <div>
            <Group gap="xs">
              <Text size="sm" fw={600}>
                {key.name}
              </Text>
              {key.isSynchronised ? <Badge variant="light">{t('passkey.synchronised')}</Badge> : null}
            </Group>
            <Text size="xs" c="dimmed">
              {t('passkey.added', { day: format.day(key.added) })}
              {' · '}
              {key.lastUsed === null ? t('passkey.neverUsed') : t('passkey.lastUsed', { moment: format.moment(key.lastUsed) })}
            </Text>
          </div>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t('passkey.removeNamed', { name: key.name })}
            onClick={() => onRemove(key)}
          >
            {t('secondFactor.remove')}
          </Button>
        </Group>
      ))}
    </Stack>
  );
}

/** Passphrase and a name, then the page on which the key is made. */
export function AddPasskey({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const [passphrase, setPassphrase] = useState('');
  const [name, setName] = useState('');
  const [add, { data, loading, error, reset }] = useMutation(addPasskey);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    // The refusal is shown below.
    await add({ variables: { passphrase, name: name.trim() } }).catch(() => undefined);
    setPassphrase('');
  };
  const added = (): void => {
    announce(t('passkey.isAdded'));
    onBack();
  };
  if (data) return <PasskeyStep ticket={data.addPasskey} onDone={added} onGiveUp={reset} />;
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm">{t('passkey.addExplained')}</Text>
        <TextInput
          label={t('passkey.name')}
          description={t('passkey.nameHint')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={60}
          data-autofocus
          required
        />
        <OwnPassphrase value={passphrase} onChange={setPassphrase} />
        {error ? <ErrorNotice error={error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onBack}>
            {t('passkey.back')}
          </Button>
          <Button type="submit" loading={loading} disabled={name.trim() === '' || passphrase === ''}>
            {t('passkey.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function RemovePasskey({ passkey, onBack }: { passkey: Passkey; onBack: () => void }) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const [passphrase, setPassphrase] = useState('');
  const [remove, { loading, error }] = useMutation(removePasskey, { refetchQueries: [ownSecondFactor] });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    // The refusal is shown below.
    const done = await remove({ variables: { passphrase, passkey: passkey.id } }).catch(() => undefined);
    if (!done) return;
    announce(t('passkey.isRemoved'));
    onBack();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm">{t('passkey.removeExplained', { name: passkey.name })}</Text>
        <OwnPassphrase value={passphrase} onChange={setPassphrase} autoFocus />
        {error ? <ErrorNotice error={error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onBack}>
            {t('passkey.back')}
          </Button>
          <Button type="submit" color="red" loading={loading} disabled={passphrase === ''}>
            {t('secondFactor.remove')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
