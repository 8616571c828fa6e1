import { useMutation, useQuery } from '@apollo/client/react';
import { Button, Code, Group, Modal, Stack, Text, Title } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwnSecondFactorQuery } from '../../generated/graphql.ts';
import { FormEnd } from '../../parts/form-end.tsx';
import { OwnPassphrase } from '../../parts/own-passphrase.tsx';
import { QrCode } from '../../parts/qr-code.tsx';
import { quietly } from '../../parts/quietly.ts';
import { ErrorNotice, Loading } from '../../parts/states.tsx';
import { TimeCodeField } from '../../parts/time-code-field.tsx';
import { useAnnounce } from '../../parts/use-announce.ts';
import { AddPasskey, PasskeyList, RemovePasskey } from './passkeys.tsx';
import { enrolSecondFactor, offerSecondFactor, ownSecondFactor, removeSecondFactor } from './staff-documents.ts';

type Own = OwnSecondFactorQuery['secondFactor'];
type Passkey = Own['passkeys'][number];

type View = 'list' | 'time-code' | 'add' | { readonly removed: Passkey };

/** One's own second factor on this desk: keys and passkeys, and the time code. */
export function SecondFactor({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [view, setView] = useState<View>('list');
  const { data, error, refetch } = useQuery(ownSecondFactor, { fetchPolicy: 'cache-and-network' });
  const back = (): void => {
    setView('list');
    quietly(refetch());
  };
  return (
    <Modal opened onClose={onClose} title={t('secondFactor.own')} closeButtonProps={{ 'aria-label': t('actions.close') }}>
      {error ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
      {!data && !error ? <Loading rows={3} /> : null}
      {data && view === 'list' ? <Overview {...data.secondFactor} onView={setView} /> : null}
      {data && view === 'time-code' ? <TimeCode {...data.secondFactor} onBack={back} /> : null}
      {view === 'add' ? <AddPasskey onBack={back} /> : null}
      {typeof view === 'object' ? <RemovePasskey passkey={view.removed} onBack={back} /> : null}
    </Modal>
  );
}

function Overview({ hasTimeCode, passkeys, onView }: Own & { onView: (view: View) => void }) {
  const { t } = useTranslation();
  return (
    <Stack gap="lg">
      <Text size="sm">{t('secondFactor.why')}</Text>
      <Stack gap="sm" component="section" aria-label={t('passkey.title')}>
        <Title order={3}>{t('passkey.title')}</Title>
        <Text size="sm">{t('passkey.explained')}</Text>
        <PasskeyList passkeys={passkeys} onRemove={(removed) => onView({ removed })} />
        <Group>
          <Button leftSection={<IconKey size={16} aria-hidden />} onClick={() => onView('add')}>
            {t('passkey.add')}
          </Button>
        </Group>
      </Stack>
      <Stack gap="sm" component="section" aria-label={t('secondFactor.timeCodeTitle')}>
        <Title order={3}>{t('secondFactor.timeCodeTitle')}</Title>
        <Text size="sm">{hasTimeCode ? t('secondFactor.there') : t('secondFactor.explained')}</Text>
        <Group>
          <Button variant="default" onClick={() => onView('time-code')}>
            {hasTimeCode ? t('secondFactor.removeCode') : t('secondFactor.setUp')}
          </Button>
        </Group>
      </Stack>
      <Text size="sm" c="dimmed">
        {t('secondFactor.lost')}
      </Text>
    </Stack>
  );
}

function TimeCode({ hasTimeCode, passkeys, onBack }: Own & { onBack: () => void }) {
  const [wasThere] = useState(hasTimeCode);
  return wasThere ? <Remove hasKey={passkeys.length > 0} onClose={onBack} /> : <SetUp onClose={onBack} />;
}

function SetUp({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const [passphrase, setPassphrase] = useState('');
  const [code, setCode] = useState('');
  const [offer, offering] = useMutation(offerSecondFactor);
  const [enrol, enrolling] = useMutation(enrolSecondFactor);
  const offered = offering.data?.offerSecondFactor;

  // The refusals of both are shown below.
  const begin = async (): Promise<void> => {
    await offer({ variables: { passphrase } }).catch(() => undefined);
    setPassphrase('');
  };
  const confirm = async (): Promise<void> => {
    const done = await enrol({ variables: { code } }).catch(() => undefined);
    if (!done) return;
    announce(t('secondFactor.enrolled'));
    onClose();
  };

  if (!offered)
    return (
      <Steps
        action={t('secondFactor.begin')}
        isReady={passphrase !== ''}
        loading={offering.loading}
        error={offering.error}
        onClose={onClose}
        onSubmit={begin}
      >
        <Text size="sm">{t('secondFactor.explained')}</Text>
        <OwnPassphrase value={passphrase} onChange={setPassphrase} autoFocus />
      </Steps>
    );
  return (
    <Steps
      action={t('secondFactor.confirm')}
      isReady={code.trim() !== ''}
      loading={enrolling.loading}
      error={enrolling.error}
      onClose={onClose}
      onSubmit={confirm}
    >
      <Text size="sm">{t('secondFactor.scan')}</Text>
      <Group justify="center">
        <QrCode text={offered.uri} label={t('secondFactor.qr')} />
      </Group>
      <Text size="sm">
        {t('secondFactor.byHand')} <Code>{offered.secret.replace(/(.{4})(?=.)/g, '$1 ')}</Code>
      </Text>
      <TimeCodeField value={code} onChange={setCode} />
    </Steps>
  );
}

function Remove({ hasKey, onClose }: { hasKey: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const [passphrase, setPassphrase] = useState('');
  const [code, setCode] = useState('');
  const [remove, { loading, error }] = useMutation(removeSecondFactor);
  const submit = async (): Promise<void> => {
    // The refusal is shown below.
    const done = await remove({ variables: { passphrase, code } }).catch(() => undefined);
    if (!done) return;
    announce(t('secondFactor.removed'));
    onClose();
  };
  return (
    <Steps
      action={t('secondFactor.remove')}
      isReady={passphrase !== '' && (hasKey || code.trim() !== '')}
      loading={loading}
      error={error}
      onClose={onClose}
      onSubmit={submit}
    >
      <Text size="sm">{hasKey ? t('secondFactor.removeByKey') : t('secondFactor.there')}</Text>
      <OwnPassphrase value={passphrase} onChange={setPassphrase} autoFocus />
      {hasKey ? null : <TimeCodeField value={code} onChange={setCode} />}
    </Steps>
  );
}

interface StepsProps {
  readonly action: string;
  readonly isReady: boolean;
  readonly loading: boolean;
  readonly error: unknown;
  readonly children: ReactNode;
  onClose(): void;
  onSubmit(): Promise<void>;
}

function Steps({ action, isReady, loading, error, children, onClose, onSubmit }: StepsProps) {
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void onSubmit();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {children}
        <FormEnd error={error} onClose={onClose}>
          <Button type="submit" loading={loading} disabled={!isReady}>
            {action}
          </Button>
        </FormEnd>
      </Stack>
    </form>
  );
}
