/**
 * The operating system's keychain as the services see it. It is Electron's main process that can ask it; the services run
 * elsewhere and ask that process. Where there is no keychain, or one with a fixed password (Linux `basic_text`), the port
 * says so and never pretends.
 */
import { fromBase64, toBase64 } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';

/** One secret of an installation. `set` resolves when the keychain has it for good. */
export interface Keychain {
  /** False: nothing is ever kept; the screens say so aloud. */
  readonly available: boolean;
  get(): Promise<Uint8Array | undefined>;
  set(secret: Uint8Array): Promise<void>;
}

/** For kiosks in a browser host, servers, and desktops without a keychain. */
export const noKeychain: Keychain = {
  available: false,
  get: async () => undefined,
  set: async () => {
    throw new Failure('identity.no-keychain', 'This computer has no keychain, so nothing was kept in it.');
  },
};

/** From the service to Electron's main process; `value` in base64. The other side is electron/service-messages.ts. */
export type KeychainRequest =
  | { readonly kind: 'keychain'; readonly id: number; readonly action: 'get' }
  | { readonly kind: 'keychain'; readonly id: number; readonly action: 'set'; readonly value: string };

/** And back, with the same id: no keychain; what it holds (null: nothing yet); or why it did not do what it was asked. */
interface KeychainAnswer {
  readonly kind: 'keychain';
  readonly id: number;
  readonly available: boolean;
  readonly value?: string | null;
  readonly failure?: { readonly code: string; readonly message: string; readonly retry: boolean };
}

/** The end of a channel to Electron's main process. */
interface MessageChannelEnd {
  postMessage(message: KeychainRequest): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
}

/** Main answers at once or shows the system's own prompt to unlock the keychain: give a person time to answer it. */
const PATIENCE = 120_000;

/** Asks Electron's main process whether there is a keychain, and from then on for the secret in it. */
export async function messagePortKeychain(port: MessageChannelEnd, patience = PATIENCE): Promise<Keychain> {
  const waiting = new Map<number, (answer: KeychainAnswer) => void>();
  let lastId = 0;
  port.on('message', (message) => {
    if (!isAnswer(message)) return;
    waiting.get(message.id)?.(message);
    waiting.delete(message.id);
  });
  const ask = (request: (id: number) => KeychainRequest): Promise<KeychainAnswer> => {
    const id = ++lastId;
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        waiting.delete(id);
        reject(
          new Failure(
            'identity.keychain-silent',
            'The keychain of this computer did not answer. Unlock it and start Careledger again.',
            { retry: true },
          ),
        );
      }, patience);
      waiting.set(id, (answer) => {
        clearTimeout(late);
        if (answer.failure) reject(new Failure(answer.failure.code, answer.failure.message, { retry: answer.failure.retry }));
        else resolve(answer);
      });
      port.postMessage(request(id));
    });
  };
  const first = await ask((id) => ({ kind: 'keychain', id, action: 'get' }));
  if (!first.available) return noKeychain;
  return {
    available: true,
    get: async () => {
      const { value } = await ask((id) => ({ kind: 'keychain', id, action: 'get' }));
      return value ? fromBase64(value) : undefined;
    },
    set: async (secret) => {
      await ask((id) => ({ kind: 'keychain', id, action: 'set', value: toBase64(secret) }));
    },
  };
}

function isAnswer(message: unknown): message is KeychainAnswer {
  const answer = message as Partial<KeychainAnswer> | null;
  return answer?.kind === 'keychain' && typeof answer.id === 'number' && typeof answer.available === 'boolean';
}
