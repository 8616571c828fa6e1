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

/** From the service to Electron's main process. `secret` in base64. */
export type KeychainRequest =
  | { readonly kind: 'keychain'; readonly id: number; readonly action: 'get' }
  | { readonly kind: 'keychain'; readonly id: number; readonly action: 'set'; readonly secret: string };

/** And back: the same id; `secret` is absent when there is none yet, `error` present when it failed. */
export interface KeychainAnswer {
  readonly kind: 'keychain';
  readonly id: number;
  readonly secret?: string;
  readonly error?: string;
}

/** The end of a channel to Electron's main process: `process.parentPort` fits, and so does Node's `MessagePort`. */
export interface MessageChannelEnd {
  postMessage(message: KeychainRequest): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
}

/** Main answers at once or shows the system's own prompt to unlock the keychain: give a person time to answer it. */
const PATIENCE = 120_000;

/** Asks Electron's main process. @param available what main said of the keychain when it started the service. */
export function messagePortKeychain(port: MessageChannelEnd, available: boolean, patience = PATIENCE): Keychain {
  if (!available) return noKeychain;
  const waiting = new Map<number, (answer: KeychainAnswer) => void>();
  let lastId = 0;
  port.on('message', (message) => {
    const answer = answerOf(message);
    if (answer === undefined) return;
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  const ask = (request: (id: number) => KeychainRequest): Promise<string | undefined> => {
    const id = ++lastId;
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        waiting.delete(id);
        reject(refused('it did not answer'));
      }, patience);
      waiting.set(id, ({ secret, error }) => {
        clearTimeout(late);
        if (error === undefined) resolve(secret);
        else reject(refused(error));
      });
      port.postMessage(request(id));
    });
  };
  return {
    available: true,
    get: async () => {
      const secret = await ask((id) => ({ kind: 'keychain', id, action: 'get' }));
      return secret === undefined ? undefined : fromBase64(secret);
    },
    set: async (bytes) => {
      await ask((id) => ({ kind: 'keychain', id, action: 'set', secret: toBase64(bytes) }));
    },
  };
}

/** Electron wraps what it delivers to a utility process as `{data}`; Node does not. */
function answerOf(message: unknown): KeychainAnswer | undefined {
  const inner = isRecord(message) && isRecord(message.data) ? message.data : message;
  if (!isRecord(inner) || inner.kind !== 'keychain' || typeof inner.id !== 'number') return undefined;
  const { id, secret, error } = inner;
  if (secret !== undefined && typeof secret !== 'string') return { kind: 'keychain', id, error: 'its answer makes no sense' };
  return {
    kind: 'keychain',
    id,
    ...(secret === undefined ? {} : { secret }),
    ...(error === undefined ? {} : { error: String(error) }),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function refused(why: string): Failure {
  return new Failure(
    'identity.keychain-refused',
    `The keychain of this computer cannot be used: ${why}. Unlock it in the operating system and try again.`,
    {
      retry: true,
    },
  );
}
