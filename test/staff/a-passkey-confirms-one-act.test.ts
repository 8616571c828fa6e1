import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { isSharedKey } from '../../server/sync/clinic-mail/clinic-mail.ts';
import { hashParts } from '../../server/vault/hash-parts.ts';
import { openKeyDatabase } from '../../server/vault/key-store.store.ts';
import { KeyStore } from '../../server/vault/key-store.ts';
import { readPasskeys, writePasskey } from '../../server/vault/passkey.store.ts';
import type { PasskeyTask } from '../../server/vault/passkey-request.ts';
import { randomBytes } from '../../server/vault/primitives.ts';
import type { UnlockedKeyStore } from '../../server/vault/unlocked-key-store.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { CEREMONIES, type Ceremony, ceremonyParts, checkNumber } from '../../shared/vault/ceremony.ts';
import { SoftPasskey } from '../support/soft-passkey.ts';

const folder = mkdtempSync(join(tmpdir(), 'passkey-'));
const path = join(folder, 'keys.db');
const PASSPHRASE = 'tandem walrus orchid flute';
const ORIGIN = 'http://localhost:40123';
const REVOKE: Ceremony = { act: 'revoke-device', about: ['aa'.repeat(32)] };
let store: KeyStore;
let ada: UnlockedKeyStore;
let key: SoftPasskey;

const refusal = (act: Promise<unknown>): Promise<{ code: string; details: Record<string, string> } | 'taken'> =>
  act.then(
    () => 'taken' as const,
    (error: { code: string; details: Record<string, string> }) => error,
  );
const code = async (act: Promise<unknown>): Promise<string> => {
  const refused = await refusal(act);
  return refused === 'taken' ? refused : refused.code;
};
const challengeOf = ({ options }: PasskeyTask): string => (options as { challenge: string }).challenge;

async function add(to: UnlockedKeyStore, name: string, made = new SoftPasskey()): Promise<SoftPasskey> {
  const { requests } = to.secondFactor;
  const task = await requests.take(to.secondFactor.askNewKey({ name, person: 'Ada' }), ORIGIN);
  await requests.answer(task.answerTo, ORIGIN, made.made({ challenge: challengeOf(task), origin: ORIGIN }));
  return made;
}

/** The ceremony is refused, and a key is asked for it. */
async function asked(ceremony = REVOKE, of = ada): Promise<PasskeyTask & { ticket: string }> {
  const refused = await refusal(of.secondFactor.requireShown(ceremony));
  if (refused === 'taken' || refused.code !== 'vault.code-needed') throw new Error('was not refused for want of a proof');
  const ticket = of.secondFactor.askKey(refused.details.ceremony as string);
  return { ticket, ...(await of.secondFactor.requests.take(ticket, ORIGIN)) };
}

const answer = (task: PasskeyTask, response: object, origin = ORIGIN): Promise<void> =>
  ada.secondFactor.requests.answer(task.answerTo, origin, response);
const right = (task: PasskeyTask) => ({ challenge: challengeOf(task), origin: ORIGIN });

beforeAll(async () => {
  store = await KeyStore.open(path);
  ada = await store.create({ label: 'Ada', passphrase: PASSPHRASE }, []);
});
beforeEach(async () => {
  // What the test before has confirmed and not used.
  await ada.secondFactor.requireShown(REVOKE).catch(() => undefined);
  for (const { id } of await ada.secondFactor.passkeys.list()) await ada.secondFactor.passkeys.remove(id);
  key = await add(ada, 'blue key');
});
afterAll(async () => {
  vi.useRealTimers();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a key confirms the act that it was asked for, once, and no other', async () => {
  const task = await asked();
  expect(task).toMatchObject({ kind: 'confirm', act: 'revoke-device' });
  expect(task.options).toMatchObject({ rpId: 'localhost', userVerification: 'required', allowCredentials: [{ id: key.id }] });
  await answer(task, key.signed(right(task)));
  await ada.secondFactor.requests.done(task.ticket);
  expect(await ada.secondFactor.requireShown(REVOKE)).toBe('passkey');
  expect(await code(ada.secondFactor.requireShown(REVOKE))).toBe('vault.code-needed');

  const again = await asked();
  await answer(again, key.signed(right(again)));
  expect(await code(ada.secondFactor.requireShown({ ...REVOKE, about: ['bb'.repeat(32)] }))).toBe('vault.code-needed');
  expect(await code(ada.secondFactor.requireShown(REVOKE))).toBe('vault.code-needed');
});

test('an emergency asks for it as well, each time', async () => {
  const glass: Ceremony = { act: 'break-glass', about: ['cc'.repeat(16), 'life-threat', 'Unconscious after a fall'] };
  const task = await asked(glass);
  await answer(task, key.signed(right(task)));
  expect(await ada.secondFactor.requireShown(glass)).toBe('passkey');
  expect(await code(ada.secondFactor.requireShown(glass))).toBe('vault.code-needed');
  // Nor does it pass without one.
  for (const { id } of await ada.secondFactor.passkeys.list()) await ada.secondFactor.passkeys.remove(id);
  expect(await refusal(ada.secondFactor.requireShown(glass))).toMatchObject({
    code: 'vault.second-factor-needed',
    details: { act: 'break-glass' },
  });
});

test.each<[string, (task: PasskeyTask, other: PasskeyTask) => object]>([
  ['to another challenge', (_, other) => key.signed(right(other))],
  ['from another origin of this computer', (task) => key.signed({ ...right(task), origin: 'http://localhost:40124' })],
  ['from a site of the web', (task) => key.signed({ ...right(task), origin: 'https://localhost.example' })],
  ['for another party', (task) => key.signed({ ...right(task), rpId: 'example.org' })],
  ['of a key that did not check who held it', (task) => key.signed({ ...right(task), verified: false })],
  ['of a key that nobody added', (task) => new SoftPasskey().signed(right(task))],
  [
    'signed by another key under this one’s name',
    (task) => ({ ...new SoftPasskey().signed(right(task)), id: key.id, rawId: key.id }),
  ],
  ['that makes a key instead of confirming', (task) => key.made(right(task))],
  ['that is none', () => ({})],
])('an answer %s confirms nothing, and the request is over', async (_, forged) => {
  const before = await asked();
  const task = await asked();
  expect(await code(answer(task, forged(task, before)))).toBe('vault.passkey-refused');
  expect(await code(answer(task, key.signed(right(task))))).toBe('vault.passkey-ended');
  expect(await code(ada.secondFactor.requests.done(task.ticket))).toBe('vault.passkey-refused');
  expect(await code(ada.secondFactor.requireShown(REVOKE))).toBe('vault.code-needed');
});

test('an answer is taken once, also when it comes twice at the same time', async () => {
  const task = await asked();
  const response = key.signed(right(task));
  const both = await Promise.all([code(answer(task, response)), code(answer(task, response))]);
  expect(both.sort()).toEqual(['taken', 'vault.passkey-ended']);
  expect(await ada.secondFactor.requireShown(REVOKE)).toBe('passkey');
  const next = await asked();
  expect(await code(answer(next, response))).toBe('vault.passkey-refused');
});

test('a count that goes back or stands still is a copy of the key, also after a new start', async () => {
  const seen = key.counter;
  for (const counter of [seen - 1, 0]) {
    key.counter = counter;
    const task = await asked();
    expect(await code(answer(task, key.signed(right(task))))).toBe('vault.passkey-copied');
  }
  key.counter = 100;
  const task = await asked();
  await answer(task, key.signed(right(task)));
  const again = await KeyStore.open(path);
  const restarted = await again.unlock(ada.staff, PASSPHRASE, []);
  key.counter = 100;
  const after = await asked(REVOKE, restarted);
  expect(await code(restarted.secondFactor.requests.answer(after.answerTo, ORIGIN, key.signed(right(after))))).toBe(
    'vault.passkey-copied',
  );
  await again.close();
});

test('a ticket lets one page in, from one place, and one thing is asked at a time', async () => {
  const first = await asked();
  const { requests } = ada.secondFactor;
  expect(await code(requests.take(first.ticket, ORIGIN))).toBe('vault.passkey-ended');
  expect(await code(answer(first, key.signed(right(first)), 'http://localhost:1'))).toBe('vault.passkey-ended');
  const waiting = code(requests.done(first.ticket));
  const second = await asked();
  expect(await waiting).toBe('vault.passkey-ended');
  expect(await code(answer(first, key.signed(right(first))))).toBe('vault.passkey-ended');
  await answer(second, key.signed(right(second)));
  expect(() => ada.secondFactor.askKey('00'.repeat(32))).toThrow(expect.objectContaining({ code: 'vault.ceremony-unknown' }));
});

test('what was asked is forgotten after three minutes, what was confirmed after two', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  try {
    const late = await asked();
    vi.advanceTimersByTime(180_001);
    expect(await code(answer(late, key.signed(right(late))))).toBe('vault.passkey-ended');
    const task = await asked();
    await answer(task, key.signed(right(task)));
    vi.advanceTimersByTime(120_001);
    expect(await code(ada.secondFactor.requireShown(REVOKE))).toBe('vault.code-needed');
  } finally {
    vi.useRealTimers();
  }
});

test('several keys have names, and one that is removed confirms nothing', async () => {
  const second = await add(ada, 'this laptop');
  expect((await ada.secondFactor.passkeys.list()).map(({ name }) => name)).toEqual(['blue key', 'this laptop']);
  await expect(ada.secondFactor.passkeys.refuseNew('blue key')).rejects.toMatchObject({ code: 'vault.passkey-name' });
  const [blue] = await ada.secondFactor.passkeys.list();
  await ada.secondFactor.passkeys.remove(blue!.id);
  const task = await asked();
  expect(await code(answer(task, key.signed(right(task))))).toBe('vault.passkey-refused');
  const once = await asked();
  await answer(once, second.signed(right(once)));
  expect(await ada.secondFactor.requireShown(REVOKE)).toBe('passkey');
  expect(await ada.secondFactor.passkeys.list()).toEqual([expect.objectContaining({ lastUsed: expect.any(Number) })]);
});

test('a key belongs to its person on this desk alone, goes with the slot, and along with a new key of that person', async () => {
  const bob = await ada.addSlot({ label: 'Bob', passphrase: 'other walrus orchid flute' });
  const theirs = await store.unlock(bob, 'other walrus orchid flute', []);
  expect(await theirs.secondFactor.isEnrolled()).toBe(false);
  await add(theirs, 'green key', key);
  // The same key in two hands: what it signs for one desk's person is not for the other, whose challenge names another staff id.
  const mine = await asked();
  const his = await asked(REVOKE, theirs);
  expect(challengeOf(mine)).not.toBe(challengeOf(his));
  expect(await code(answer(mine, key.signed(right(his))))).toBe('vault.passkey-refused');

  const database = await openKeyDatabase(path);
  const [row] = await readPasskeys(database.read, ada.staff);
  await database.write((transaction) => writePasskey(transaction, { ...row!, staff: bob }));
  expect(await code(theirs.secondFactor.passkeys.list())).toBe('vault.second-factor-damaged');
  expect((await ada.secondFactor.holders()).length).toBe(2);
  await ada.removeSlot(bob);
  expect((await ada.secondFactor.holders()).map(toHex)).toEqual([toHex(ada.staff)]);
  expect(readFileSync(path).includes('blue key')).toBe(false);
  for await (const page of ada.everyKey())
    expect(page.filter(isSharedKey).some(({ value }) => Buffer.from(value).includes(key.id))).toBe(false);
  await database.close();

  const seed = randomBytes(32);
  const next = await ada.addSlot({ label: 'Ada', passphrase: PASSPHRASE, signingSeed: seed });
  await ada.secondFactor.carryTo(next, seed);
  const renewed = await store.unlock(next, PASSPHRASE, []);
  const task = await asked(REVOKE, renewed);
  await renewed.secondFactor.requests.answer(task.answerTo, ORIGIN, key.signed(right(task)));
  expect(await renewed.secondFactor.requireShown(REVOKE)).toBe('passkey');
  await ada.removeSlot(next);
});

test('no two acts have one hash', () => {
  const act = fc.record({ act: fc.constantFrom(...CEREMONIES), about: fc.array(fc.string({ maxLength: 4 }), { maxLength: 4 }) });
  const hash = (ceremony: Ceremony): string => toHex(hashParts(...ceremonyParts(ceremony)));
  fc.assert(
    fc.property(act, act, (a, b) => {
      expect(hash(a) === hash(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
    }),
    {
      numRuns: 100,
      examples: [
        [
          { act: 'revoke-staff', about: ['a', 'b'] },
          { act: 'revoke-staff', about: ['ab'] },
        ],
      ],
    },
  );
  expect(checkNumber('ab12cd34ef')).toBe('AB12-CD34');
});
