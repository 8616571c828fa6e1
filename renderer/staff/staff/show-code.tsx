import { useMutation, useQuery } from '@apollo/client/react';
import { Button, Divider, Modal, Stack, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Ceremony, checkNumber } from '../../../shared/vault/ceremony.ts';
import { offerToAskForCode, type WantedCeremony } from '../../parts/camera/code-asking.ts';
import { FormEnd } from '../../parts/fields/form-end.tsx';
import { TimeCodeField } from '../../parts/fields/time-code-field.tsx';
import { quietly } from '../../parts/quietly.ts';
import { ErrorNotice, Loading } from '../../parts/states.tsx';
import { FirstFactor } from './first-factor.tsx';
import { PasskeyStep } from './passkey-step.tsx';
import { askPasskey, ownSecondFactor, showSecondFactor } from './staff-documents.ts';

interface Asking {
  readonly wanted: WantedCeremony;
  answer(isShown: boolean): void;
}

/** Asks for the second factor whenever a ceremony needs it, over whatever dialog it began in. */
export function ShowCode() {
  const { t } = useTranslation();
  const [asking, setAsking] = useState<Asking | null>(null);
  useEffect(() => {
    offerToAskForCode((wanted) => new Promise((answer) => setAsking({ wanted, answer })));
    return () => offerToAskForCode(undefined);
  }, []);
  const done = (isShown: boolean): void => {
    asking?.answer(isShown);
    setAsking(null);
  };
  return (
    <Modal
      opened={asking !== null}
      onClose={() => done(false)}
      title={t('secondFactor.ceremony')}
      zIndex={400}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      {asking ? <ShowWays wanted={asking.wanted} onDone={done} /> : null}
    </Modal>
  );
}

interface ShowProps {
  readonly wanted: WantedCeremony;
  readonly onDone: (isShown: boolean) => void;
}

/** By a key, by a code, or by either, as the person has them here; who has none sets one up. */
function ShowWays({ wanted, onDone }: ShowProps) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(ownSecondFactor, { fetchPolicy: 'no-cache' });
  const [ask, asking] = useMutation(askPasskey);
  const [ticket, setTicket] = useState<string | null>(null);
  const begin = async (): Promise<void> => {
    // The refusal is shown below.
    const asked = await ask({ variables: { ceremony: wanted.ceremony } }).catch(() => undefined);
    setTicket(asked?.data?.askPasskey ?? null);
  };
  if (error) return <ErrorNotice error={error} />;
  if (!data) return <Loading rows={2} />;
  const { hasTimeCode, passkeys } = data.secondFactor;
  if (!hasTimeCode && passkeys.length === 0)
    return (
      <FirstFactor wanted={wanted} onShown={() => onDone(true)} onKey={() => quietly(refetch())} onClose={() => onDone(false)} />
    );
  return (
    <Stack gap="md">
      <Text size="sm">{t('secondFactor.ceremonyExplained', { act: t(`ceremony.${wanted.act as Ceremony['act']}`) })}</Text>
      {ticket ? (
        <PasskeyStep
          ticket={ticket}
          checkNumber={checkNumber(wanted.ceremony)}
          onDone={() => onDone(true)}
          onGiveUp={() => setTicket(null)}
        />
      ) : (
        <>
          {passkeys.length > 0 ? (
            <Button
              leftSection={<IconKey size={16} aria-hidden />}
              onClick={() => void begin()}
              loading={asking.loading}
              data-autofocus
            >
              {t('passkey.use')}
            </Button>
          ) : null}
          {asking.error ? <ErrorNotice error={asking.error} /> : null}
          {passkeys.length > 0 && hasTimeCode ? <Divider label={t('passkey.or')} /> : null}
          {hasTimeCode ? <ShowCodeForm wanted={wanted} isFirst={passkeys.length === 0} onDone={onDone} /> : null}
        </>
      )}
    </Stack>
  );
}

function ShowCodeForm({ wanted, isFirst, onDone }: ShowProps & { isFirst: boolean }) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const [show, { loading, error }] = useMutation(showSecondFactor);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    event.stopPropagation();
    // The refusal is shown below.
    const shown = await show({ variables: { code, ceremony: wanted.ceremony } }).catch(() => undefined);
    if (shown) onDone(true);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TimeCodeField value={code} onChange={setCode} autoFocus={isFirst} />
        <FormEnd error={error} onClose={() => onDone(false)}>
          <Button type="submit" loading={loading} disabled={code.trim() === ''}>
            {t('secondFactor.show')}
          </Button>
        </FormEnd>
      </Stack>
    </form>
  );
}
