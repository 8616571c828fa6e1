import { Alert, Button, Stack, Text } from '@mantine/core';
import {
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser';
import { IconCircleCheck, IconKey } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Ceremony, checkNumber } from '../../shared/vault/ceremony.ts';
import { DoorPage } from '../parts/door-page.tsx';
import { ErrorNotice, Loading } from '../parts/states.tsx';
import { ServiceError } from '../parts/words/service-error.ts';

/** As `PasskeyTask` of server/vault/passkey-request.ts. */
interface Task {
  readonly answerTo: string;
  readonly kind: 'add' | 'confirm';
  readonly act: Ceremony['act'];
  readonly ceremony: string;
  readonly options: object;
}

/** What the ticket asks of a key, and how far it has got: `over` for good, `ready` once more after somebody stopped it in the browser. */
function useTask(ticket: string) {
  const [task, setTask] = useState<Task | null>(null);
  const [state, setState] = useState<'ready' | 'asking' | 'done' | 'over'>('ready');
  const [error, setError] = useState<Error | null>(null);
  const fetched = useRef(false);

  useEffect(() => {
    // A ticket is taken once.
    if (fetched.current) return;
    fetched.current = true;
    ask<Task>('/task', { ticket }).then(setTask, (refusal: Error) => {
      setError(refusal);
      setState('over');
    });
  }, [ticket]);

  const answer = async ({ kind, options, answerTo }: Task): Promise<void> => {
    setState('asking');
    setError(null);
    try {
      const response = await (kind === 'add'
        ? startRegistration({ optionsJSON: options as PublicKeyCredentialCreationOptionsJSON })
        : startAuthentication({ optionsJSON: options as PublicKeyCredentialRequestOptionsJSON })
      ).catch((cause: unknown) => {
        throw new KeyNotUsed(cause);
      });
      await ask('/answer', { answerTo, response });
      setState('done');
    } catch (refusal) {
      setError(refusal as Error);
      // Whoever stopped it in the browser may try again; an answer that was refused is over.
      setState(refusal instanceof KeyNotUsed ? 'ready' : 'over');
    }
  };

  return { task, state, error, use: () => void (task && answer(task)) };
}

/** The one page on which a browser asks a key, for one thing; afterwards the workstation goes on. */
export function PasskeyPage({ ticket }: { ticket: string }) {
  const { t } = useTranslation();
  const { task, state, error, use } = useTask(ticket);
  return (
    <DoorPage title={t('passkey.page')}>
      {!task && !error ? <Loading rows={2} /> : null}
      {task && state !== 'done' ? (
        <Stack gap="xs">
          <Text>{t(task.kind === 'add' ? 'passkey.makesNew' : `ceremony.${task.act}`)}</Text>
          {task.kind === 'confirm' ? <Text size="sm">{t('passkey.compare', { number: checkNumber(task.ceremony) })}</Text> : null}
        </Stack>
      ) : null}
      {error ? (
        error instanceof KeyNotUsed ? (
          <Alert color="orange">{t(error.words)}</Alert>
        ) : (
          <ErrorNotice error={error} />
        )
      ) : null}
      {task && (state === 'ready' || state === 'asking') ? (
        <Button leftSection={<IconKey size={16} aria-hidden />} loading={state === 'asking'} onClick={use} autoFocus>
          {t('passkey.use')}
        </Button>
      ) : null}
      {state === 'done' ? (
        <Alert color="green" icon={<IconCircleCheck aria-hidden />} role="status">
          {t('passkey.pageDone')}
        </Alert>
      ) : null}
    </DoorPage>
  );
}

/** By the names of WebAuthn, section 5.1. */
const REASONS: Readonly<Record<string, 'passkey.already' | 'passkey.cannot'>> = {
  InvalidStateError: 'passkey.already',
  NotSupportedError: 'passkey.cannot',
  ConstraintError: 'passkey.cannot',
};

/** The browser gave no answer of a key. */
class KeyNotUsed extends Error {
  /** Which sentence says why. */
  readonly words: 'passkey.already' | 'passkey.cannot' | 'passkey.stopped';

  constructor(cause: unknown) {
    super('no key was used', { cause });
    const name = cause instanceof Error ? cause.name : '';
    this.words = REASONS[name] ?? 'passkey.stopped';
  }
}

async function ask<Answer>(path: string, body: object): Promise<Answer> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as Answer & { code: string; message: string };
  if (!response.ok) throw new ServiceError(answer.code, answer.message);
  return answer;
}
