import { useMutation } from '@apollo/client/react';
import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormEnd } from '../../parts/fields/form-end.tsx';
import { OwnPassphrase } from '../../parts/fields/own-passphrase.tsx';
import { TimeCodeField } from '../../parts/fields/time-code-field.tsx';
import { useAnnounce } from '../../parts/focus/use-announce.ts';
import { QrCode } from '../../parts/paper/qr-code.tsx';
import { enrolSecondFactor, offerSecondFactor, ownSecondFactor, removeSecondFactor } from './staff-documents.ts';

interface SetUpProps {
  /** The ceremony (its hash) that led here: the first code counts for it. */
  readonly ceremony?: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Passphrase, QR code, and a first code that shows it was read. */
export function SetUpTimeCode({ ceremony, onDone, onClose }: SetUpProps) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const [passphrase, setPassphrase] = useState('');
  const [code, setCode] = useState('');
  const [offer, offering] = useMutation(offerSecondFactor);
  const [enrol, enrolling] = useMutation(enrolSecondFactor, { refetchQueries: [ownSecondFactor] });
  const offered = offering.data?.offerSecondFactor;

  // The refusals of both are shown below.
  const begin = async (): Promise<void> => {
    await offer({ variables: { passphrase } }).catch(() => undefined);
    setPassphrase('');
  };
  const confirm = async (): Promise<void> => {
    const done = await enrol({ variables: { code, ceremony: ceremony ?? null } }).catch(() => undefined);
    if (!done) return;
    announce(t('secondFactor.enrolled'));
    onDone();
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

/** The second factor is asked for once more. */
export function RemoveTimeCode({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const [passphrase, setPassphrase] = useState('');
  const [remove, { loading, error }] = useMutation(removeSecondFactor, { refetchQueries: [ownSecondFactor] });
  const submit = async (): Promise<void> => {
    // The refusal is shown below.
    const done = await remove({ variables: { passphrase } }).catch(() => undefined);
    if (!done) return;
    announce(t('secondFactor.removed'));
    onClose();
  };
  return (
    <Steps
      action={t('secondFactor.remove')}
      isReady={passphrase !== ''}
      loading={loading}
      error={error}
      onClose={onClose}
      onSubmit={submit}
    >
      <Text size="sm">{t('secondFactor.removeExplained')}</Text>
      <OwnPassphrase value={passphrase} onChange={setPassphrase} autoFocus />
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
    // The form that led here is its parent in React's tree.
    event.stopPropagation();
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
