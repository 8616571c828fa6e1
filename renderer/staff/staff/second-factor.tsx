import { useMutation } from '@apollo/client/react';
import { Button, Code, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { QrCode } from '../../parts/qr-code.tsx';
import { ErrorNotice } from '../../parts/states.tsx';
import { TimeCodeField } from '../../parts/time-code-field.tsx';
import { useAnnounce } from '../../parts/use-announce.ts';
import { enrolSecondFactor, offerSecondFactor, removeSecondFactor } from './staff-documents.ts';

interface SecondFactorProps {
  readonly me: { readonly hasSecondFactor: boolean };
  readonly onClose: () => void;
}

/** Sets one's own time code up on this desk, or removes it. */
export function SecondFactor({ me, onClose }: SecondFactorProps) {
  const { t } = useTranslation();
  const [wasThere] = useState(me.hasSecondFactor);
  return (
    <Modal opened onClose={onClose} title={t('secondFactor.own')} closeButtonProps={{ 'aria-label': t('actions.close') }}>
      {wasThere ? <Remove onClose={onClose} /> : <SetUp onClose={onClose} />}
    </Modal>
  );
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
        <Text size="sm">{t('secondFactor.lost')}</Text>
        <Passphrase value={passphrase} onChange={setPassphrase} />
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

function Remove({ onClose }: { onClose: () => void }) {
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
      isReady={passphrase !== '' && code.trim() !== ''}
      loading={loading}
      error={error}
      onClose={onClose}
      onSubmit={submit}
    >
      <Text size="sm">{t('secondFactor.there')}</Text>
      <Passphrase value={passphrase} onChange={setPassphrase} />
      <TimeCodeField value={code} onChange={setCode} />
    </Steps>
  );
}

function Passphrase({ value, onChange }: { value: string; onChange: (passphrase: string) => void }) {
  const { t } = useTranslation();
  return (
    <PasswordInput
      label={t('passphrase.yours')}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      autoComplete="current-password"
      data-autofocus
      required
    />
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
  const { t } = useTranslation();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void onSubmit();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {children}
        {error ? <ErrorNotice error={error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('actions.cancel')}
          </Button>
          <Button type="submit" loading={loading} disabled={!isReady}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
