/**
 * The second factor of everybody in tests: one key in software, added when a ceremony first needs one and used at each that follows. It is
 * the same key wherever it is asked, so that nothing has to be kept over a restart.
 */
import type { PasskeyTask } from '../../server/vault/passkey-request.ts';
import type { UnlockedKeyStore } from '../../server/vault/unlocked-key-store.ts';
import { ask } from '../../server/workstation/commands/command.ts';
import type { Desk } from '../../server/workstation/demo/desk.ts';
import type { DeviceService } from '../../server/workstation/device/device-service.ts';
import { asFailure, Failure } from '../../shared/outcome/failure.ts';
import { SoftPasskey } from './soft-passkey.ts';

/** The way to a key at one desk. */
interface KeyDoor {
  /** These give a ticket. */
  add(name: string): Promise<string>;
  confirm(ceremony: string): Promise<string>;
  task(ticket: string): Promise<PasskeyTask & { readonly origin: string }>;
  answer(answer: { answerTo: string; origin: string; response: object }): Promise<void>;
}

interface KeyDesk {
  /** Asks the vault's schema. @throws {Failure} with the details of the refusal. */
  vault<Data>(query: string, variables: Record<string, unknown>): Promise<Data>;
  /** Gives its port. */
  openPasskeyPage(): Promise<number>;
  readonly passphrase: string;
}

const key = new SoftPasskey(new Uint8Array(32).fill(7));
const NAME = 'key of the tests';

/** Does what may be a ceremony, with the key when it is asked for. */
async function withKey<T>(door: KeyDoor, act: () => Promise<T>): Promise<T> {
  for (let tries = 0; tries < 3; tries += 1) {
    try {
      return await act();
    } catch (error) {
      const { code, details } = asFailure(error);
      if (code === 'vault.second-factor-needed') await use(door, await door.add(NAME));
      else if (code === 'vault.code-needed') await use(door, await door.confirm(String(details.ceremony)));
      else throw error;
    }
  }
  return act();
}

async function use(door: KeyDoor, ticket: string): Promise<void> {
  const { answerTo, kind, options, origin } = await door.task(ticket);
  const asked = { challenge: (options as { challenge: string }).challenge, origin };
  await door.answer({ answerTo, origin, response: kind === 'add' ? key.made(asked) : key.signed(asked) });
}

/** In the process that holds the keys. */
export function byKey<T>({ secondFactor }: UnlockedKeyStore, act: () => Promise<T>): Promise<T> {
  const { requests } = secondFactor;
  const origin = 'http://localhost:40123';
  const door: KeyDoor = {
    add: async (name) => secondFactor.askNewKey({ name, person: 'Somebody' }),
    confirm: async (ceremony) => secondFactor.askKey(ceremony),
    task: async (ticket) => ({ ...(await requests.take(ticket, origin)), origin }),
    answer: ({ answerTo, response }) => requests.answer(answerTo, origin, response),
  };
  return withKey(door, act);
}

/** At a workstation in this process, by the page that it opens for a key. */
export const byKeyOf = <T>(service: DeviceService, passphrase: string, act: () => Promise<T>): Promise<T> =>
  byPage(
    { vault: (query, variables) => ask(service, query, variables), openPasskeyPage: () => service.openPasskeyPage(), passphrase },
    act,
  );

/** At a workstation that is a process of its own. */
export const byKeyAt = <T>(desk: Desk, passphrase: string, act: () => Promise<T>): Promise<T> =>
  byPage(
    {
      vault: (query, variables) => desk.ask(query, variables),
      openPasskeyPage: async () =>
        (await desk.device<{ openPasskeyPage: number }>('mutation { openPasskeyPage }')).openPasskeyPage,
      passphrase,
    },
    act,
  );

function byPage<T>(desk: KeyDesk, act: () => Promise<T>): Promise<T> {
  const post = async <Answer>(origin: string, path: string, body: object): Promise<Answer> => {
    const answer = await fetch(`${origin}/${path}`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const said = (await answer.json()) as Answer & { readonly code: string; readonly message: string };
    if (!answer.ok) throw new Failure(said.code, said.message);
    return said;
  };
  const door: KeyDoor = {
    add: async (name) => {
      const query = 'mutation ($passphrase: String!, $name: String!) { addPasskey(passphrase: $passphrase, name: $name) }';
      return (await desk.vault<{ addPasskey: string }>(query, { passphrase: desk.passphrase, name })).addPasskey;
    },
    confirm: async (ceremony) => {
      const query = 'mutation ($ceremony: ID!) { askPasskey(ceremony: $ceremony) }';
      return (await desk.vault<{ askPasskey: string }>(query, { ceremony })).askPasskey;
    },
    task: async (ticket) => {
      const origin = `http://localhost:${await desk.openPasskeyPage()}`;
      return { ...(await post<PasskeyTask>(origin, 'task', { ticket })), origin };
    },
    answer: ({ origin, ...answer }) => post(origin, 'answer', answer),
  };
  return withKey(door, act);
}
