import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openKeyDatabase, readSlot, writeSlot } from '../../server/vault/key-store.store.ts';
import { KeyStore } from '../../server/vault/key-store.ts';
import {
  newSigningKey,
  randomBytes,
  sealingKeyBytes,
  sign,
  signingKeyFromSeed,
  verifySignature,
} from '../../server/vault/primitives.ts';
import { delayAfter, waitBefore } from '../../server/vault/slots.ts';
import type { UnlockedKeyStore } from '../../server/vault/unlocked-key-store.ts';
import { utf8 } from '../../shared/encoding/bytes.ts';
import { decodeSlot, encodeSlot } from '../../shared/vault/slot.ts';

// Each passphrase costs what it must, about 0.4 s: the tests share one store where they can.
const folder = mkdtempSync(join(tmpdir(), 'key-store-'));
const secret = randomBytes(32);
const passphrase = 'tandem walrus orchid flute';
const file = (name: string): string => join(folder, name, 'keys.db');
const handles = Array.from({ length: 3_000 }, () => randomBytes(16));
const compartments = handles.map((handle) => ({ handle, epoch: 1, key: randomBytes(32) }));
const grant = { kind: 'grant' as const, id: randomBytes(16), epoch: 0, value: randomBytes(120) };
const clinicSeed = newSigningKey().seed;
let time = 1_800_000_000_000;
let ada: Uint8Array;
let adaSeed: Uint8Array;

function everyByte(name: string): Buffer {
  const files = readdirSync(join(folder, name), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Buffer.concat(files.map((entry) => readFileSync(join(entry.parentPath, entry.name))));
}

function codeOf(act: Promise<unknown>): Promise<string> {
  return act.then(
    () => 'no failure',
    (error: { code?: string }) => error.code ?? String(error),
  );
}

async function withStore<T>(name: string, act: (store: KeyStore) => Promise<T>): Promise<T> {
  const store = await KeyStore.open(file(name), () => time);
  try {
    return await act(store);
  } finally {
    await store.close();
  }
}

const copy = (name: string): string => {
  cpSync(join(folder, 'first'), join(folder, name), { recursive: true });
  return name;
};

beforeAll(async () => {
  await withStore('first', async (store) => {
    adaSeed = newSigningKey().seed;
    const unlocked = await store.create({ label: 'Ada Lindqvist', passphrase, signingSeed: adaSeed }, [secret]);
    ada = unlocked.staff;
    await unlocked.putCompartmentKeys(compartments);
    await unlocked.putKeys([
      grant,
      { kind: 'clinic-signing', id: new Uint8Array(0), epoch: 0, value: clinicSeed },
      { kind: 'clinic-encryption', id: new Uint8Array(0), epoch: 7, value: randomBytes(32) },
      { kind: 'clinic-encryption', id: new Uint8Array(0), epoch: 8, value: randomBytes(32) },
    ]);
    unlocked.lock();
  });
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('at rest', () => {
  test('no key, seed, passphrase or name can be found in its files', () => {
    const bytes = everyByte('first');
    const hidden = [
      ...compartments.map(({ key }) => key),
      grant.value,
      clinicSeed,
      adaSeed,
      secret,
      utf8(passphrase),
      utf8('Lindqvist'),
    ];
    for (const one of hidden) expect(bytes.includes(Buffer.from(one))).toBe(false);
  });

  test('who has passphrase but not the keychain gets nothing, and is told what is missing', async () => {
    await withStore(copy('no keychain'), async (store) => {
      expect(await codeOf(store.unlock(ada, passphrase, []))).toBe('vault.keychain-missing');
      expect(await codeOf(store.unlock(ada, passphrase, [randomBytes(32)]))).toBe('vault.keychain-missing');
      expect(await codeOf(store.slots([]))).toBe('vault.keychain-missing');
    });
  });

  test('a header that asks for less work is refused before a single guess', async () => {
    const name = copy('lowered');
    const database = await openKeyDatabase(file(name));
    const row = await readSlot(database.read, ada);
    const slot = decodeSlot(row?.slot as Uint8Array);
    for (const cost of [
      { logN: 16, r: 8, p: 1 },
      { logN: 17, r: 4, p: 1 },
      { logN: 17, r: 8, p: 0 },
      { logN: 30, r: 8, p: 1 },
    ]) {
      const lowered = encodeSlot({ ...slot, header: { ...slot.header, cost } });
      await database.write((transaction) => writeSlot(transaction, { staff: ada, label: new Uint8Array(0), slot: lowered }));
      await withStore(name, async (store) =>
        expect(await codeOf(store.unlock(ada, passphrase, [secret]))).toBe('vault.scrypt-floor'),
      );
    }
    await database.close();
  });

  test('a slot altered anywhere does not open', async () => {
    const name = copy('altered');
    const database = await openKeyDatabase(file(name));
    const { slot } = (await readSlot(database.read, ada)) as { slot: Uint8Array };
    for (let at = 0; at < slot.length; at++) {
      const altered = new Uint8Array(slot);
      altered[at] = (altered[at] as number) ^ 1;
      await database.write((transaction) => writeSlot(transaction, { staff: ada, label: new Uint8Array(0), slot: altered }));
      const code = await withStore(name, (store) => codeOf(store.unlock(ada, passphrase, [secret])));
      expect([
        'vault.slot-damaged',
        'vault.unknown-suite',
        'vault.scrypt-floor',
        'encoding.malformed',
        'vault.passphrase-wrong',
      ]).toContain(code);
    }
    await database.close();
  });
});

describe('a wrong passphrase', () => {
  test('is counted before its verdict, across a crash, and makes the next try wait ever longer', async () => {
    const name = copy('guessed');
    const guess = (store: KeyStore): Promise<string> => codeOf(store.unlock(ada, 'not the passphrase', [secret]));
    await withStore(name, async (store) => {
      expect(await guess(store)).toBe('vault.passphrase-wrong');
      expect(await guess(store)).toBe('vault.passphrase-wrong');
    });
    // The machine dies while the third guess is being worked on: the copy is what the disk holds at that moment.
    await withStore(name, async (store) => {
      const third = guess(store);
      await expect.poll(async () => (await store.slots([secret]))[0]?.wait).toBe(1_000);
      cpSync(join(folder, name), join(folder, 'after the crash'), { recursive: true });
      await third;
    });
    await withStore('after the crash', async (store) => {
      expect(await codeOf(store.unlock(ada, passphrase, [secret]))).toBe('vault.unlock-delayed');
      time += 1_000;
      expect(await guess(store)).toBe('vault.passphrase-wrong');
      time += 1_999;
      expect(await codeOf(store.unlock(ada, passphrase, [secret]))).toBe('vault.unlock-delayed');
      time += 1;
      (await store.unlock(ada, passphrase, [secret])).lock();
      expect((await store.slots([secret]))[0]?.wait).toBe(0);
    });
  });

  test('the delay doubles up to a quarter of an hour, and a clock set back does not lengthen it', () => {
    expect([0, 1, 2, 3, 4, 5, 12, 13, 100, 1e6].map(delayAfter)).toEqual([0, 0, 0, 1e3, 2e3, 4e3, 512e3, 9e5, 9e5, 9e5]);
    expect(waitBefore(1_000, 5_000, 5)).toBe(4_000);
    expect(waitBefore(1_000, 5_000_000, 5)).toBe(4_000);
    expect(waitBefore(6_000, 5_000, 5)).toBe(0);
  });

  test('of nobody who may sign in here is another answer', async () => {
    await withStore('first', async (store) =>
      expect(await codeOf(store.unlock(randomBytes(32), passphrase, [secret]))).toBe('vault.no-such-slot'),
    );
  });
});

describe('unlocked', () => {
  let store: KeyStore;
  let unlocked: UnlockedKeyStore;
  beforeAll(async () => {
    store = await KeyStore.open(file(copy('unlocked')), () => time);
    unlocked = await store.unlock(ada, passphrase, [secret]);
  });
  afterAll(() => store.close());

  test('it gives back every key, thousands at a time, and the person signs', async () => {
    expect(unlocked.compartmentKeys(handles[0] as Uint8Array, 1)).toBeUndefined();
    await unlocked.loadCompartmentKeys(handles);
    for (const { handle, epoch, key } of compartments) {
      const held = unlocked.compartmentKeys(handle, epoch);
      expect(held && Buffer.from(sealingKeyBytes(held)).equals(key)).toBe(true);
    }
    expect(await unlocked.getKey('grant', grant.id)).toEqual(grant.value);
    expect(await unlocked.getKey('clinic-signing')).toEqual(clinicSeed);
    expect((await unlocked.getKeys('clinic-encryption')).map(({ epoch }) => epoch)).toEqual([7, 8]);
    expect(await unlocked.getKey('directory')).toBeUndefined();
    expect(verifySignature(ada, utf8('note'), sign(unlocked.signingKey, utf8('note')))).toBe(true);
    expect(unlocked.staff).toEqual(signingKeyFromSeed(adaSeed).publicKey);
  });

  test('a new epoch becomes the one to seal under, and the old one still opens', async () => {
    const handle = handles[1] as Uint8Array;
    await unlocked.putCompartmentKeys([{ handle, epoch: 2, key: randomBytes(32) }]);
    expect(unlocked.currentCompartmentKey(handle)?.epoch).toBe(2);
    expect(unlocked.compartmentKeys(handle, 1)).toBeDefined();
    const there = await unlocked.epochsOf('compartment', [handle, handles[2] as Uint8Array, randomBytes(16)]);
    const named = [handle, handles[2] as Uint8Array].map((id) => Buffer.from(id).toString('hex'));
    expect([...there].sort()).toEqual([[named[0], [1, 2]] as const, [named[1], [1]] as const].sort());
    expect(unlocked.currentCompartmentKey(randomBytes(16))).toBeUndefined();
  });

  test('who creates a second store in the same file, or removes the last person, is refused', async () => {
    expect(await codeOf(store.create({ label: 'Eve', passphrase }, [secret]))).toBe('vault.key-store-exists');
    expect(await codeOf(unlocked.removeSlot(ada))).toBe('vault.last-slot');
    expect(await codeOf(unlocked.removeSlot(randomBytes(32)))).toBe('vault.no-such-slot');
    expect((await store.slots([secret])).map(({ label }) => label)).toEqual(['Ada Lindqvist']);
  });

  test('another person is let in, changes the passphrase, opens the same keys, and can be put out again', async () => {
    const boris = await unlocked.addSlot({ label: 'Boris', passphrase: 'gravel lantern quince' });
    const theirs = await store.unlock(boris, 'gravel lantern quince', [secret]);
    expect(await theirs.getKey('clinic-signing')).toEqual(clinicSeed);
    expect(theirs.staff).not.toEqual(ada);
    expect(await codeOf(theirs.changePassphrase('wrong', 'copper meadow violin'))).toBe('vault.passphrase-wrong');
    await theirs.changePassphrase('gravel lantern quince', 'copper meadow violin');
    expect(await codeOf(store.unlock(boris, 'gravel lantern quince', [secret]))).toBe('vault.passphrase-wrong');
    (await store.unlock(boris, 'copper meadow violin', [secret])).lock();
    expect((await store.slots([secret])).map(({ label }) => label).sort()).toEqual(['Ada Lindqvist', 'Boris']);
    await unlocked.removeSlot(boris);
    expect(await codeOf(store.unlock(boris, 'copper meadow violin', [secret]))).toBe('vault.no-such-slot');
  });

  test('destroyed keys are gone from memory and from every byte on disk', async () => {
    const [, , gone] = compartments;
    const { handle } = gone as { handle: Uint8Array };
    expect(everyByte('unlocked').includes(Buffer.from(handle))).toBe(true);
    expect(await unlocked.destroyCompartmentKeys([handle])).toBe(1);
    await unlocked.loadCompartmentKeys([handle]);
    expect(unlocked.compartmentKeys(handle, 1)).toBeUndefined();
    expect(everyByte('unlocked').includes(Buffer.from(handle))).toBe(false);
  });

  test('a key moved to another name in the file does not open', async () => {
    const database = await openKeyDatabase(file('unlocked'));
    await database.writeOnce("UPDATE key_entry SET id = ? WHERE kind = 'grant'", [new Uint8Array(16)]);
    await database.close();
    expect(await codeOf(unlocked.getKey('grant', new Uint8Array(16)))).toBe('vault.key-store-damaged');
    // That there is one is said without opening it.
    expect([...(await unlocked.epochsOf('grant', [new Uint8Array(16)])).keys()]).toEqual(['00'.repeat(16)]);
    await unlocked.destroyKeys('grant', [new Uint8Array(16)]);
  });

  test('its key seals no more than random nonces bear, until it is replaced', async () => {
    const database = await openKeyDatabase(file('unlocked'));
    await database.writeOnce('UPDATE key_store SET uses = ?', [2 ** 32 - 1]);
    await unlocked.putKeys([grant]);
    expect(await codeOf(unlocked.putKeys([grant]))).toBe('vault.key-worn');
    await unlocked.destroyKeys('grant', [grant.id]);
    await database.close();
  });

  test('once the keychain secret is replaced, a copy from before opens with neither old file nor new secret, and nobody is asked', async () => {
    cpSync(join(folder, 'unlocked'), join(folder, 'stolen'), { recursive: true });
    const next = randomBytes(32);
    await unlocked.replaceSecret(next);
    expect(await unlocked.getKey('clinic-signing')).toEqual(clinicSeed);
    await unlocked.putKeys([grant]);
    // Between the file and the keychain lies a moment at which the keychain has both.
    const again = await store.unlock(ada, passphrase, [secret, next]);
    expect(await again.getKey('clinic-signing')).toEqual(clinicSeed);
    await again.loadCompartmentKeys(handles.slice(3, 6));
    expect(again.currentCompartmentKey(handles[4] as Uint8Array)).toBeDefined();
    expect(await codeOf(store.unlock(ada, passphrase, [secret]))).toBe('vault.keychain-missing');
    await withStore('stolen', async (old) =>
      expect(await codeOf(old.unlock(ada, passphrase, [next]))).toBe('vault.keychain-missing'),
    );
  });

  test('which keys the other desks have not been told stays known until they were, whatever ends in between', async () => {
    const [told, destroyed] = [randomBytes(16), randomBytes(16)];
    const entries = [told, destroyed].map((id) => ({ kind: 'compartment' as const, id, epoch: 3, value: randomBytes(32) }));
    const name = copy('untold');
    await withStore(name, async (own) => {
      const first = await own.unlock(ada, passphrase, [secret]);
      first.toTell = (put) => put.filter(({ kind }) => kind === 'compartment');
      await first.putKeys([...entries, grant]);
    });
    await withStore(name, async (own) => {
      const later = await own.unlock(ada, passphrase, [secret]);
      expect((await later.untold()).map(({ value }) => value)).toEqual(expect.arrayContaining(entries.map(({ value }) => value)));
      expect(await later.untold()).toHaveLength(2);
      await later.destroyKeys('compartment', [destroyed]);
      expect(await later.untold()).toHaveLength(1);
      await later.told(await later.untold());
      expect(await later.untold()).toEqual([]);
      expect(await later.getKey('compartment', told, 3)).toEqual(entries[0]?.value);
    });
  });

  test('lock drops everything', async () => {
    await unlocked.loadCompartmentKeys(handles.slice(0, 2));
    unlocked.lock();
    expect(unlocked.compartmentKeys(handles[0] as Uint8Array, 1)).toBeUndefined();
    expect(() => unlocked.signingKey).toThrow(expect.objectContaining({ code: 'vault.locked' }));
    expect(() => unlocked.deviceTierKey()).toThrow(expect.objectContaining({ code: 'vault.locked' }));
    for (const act of [
      () => unlocked.getKey('clinic-signing'),
      () => unlocked.putKeys([grant]),
      () => unlocked.loadCompartmentKeys([randomBytes(16)]),
      () => unlocked.confirm(passphrase),
      () => unlocked.addSlot({ label: 'Eve', passphrase }),
      () => unlocked.replaceSecret(randomBytes(32)),
    ]) {
      expect(await codeOf(act())).toBe('vault.locked');
    }
  });
});

describe('a machine without a keychain', () => {
  test('is told so in its slots, opens by passphrase alone, and can put a keychain around later', async () => {
    await withStore('bare', async (store) => {
      const unlocked = await store.create({ label: 'Ada', passphrase }, []);
      await unlocked.putKeys([grant]);
      expect(await store.slots([])).toMatchObject([{ label: 'Ada', keychain: false }]);
      await unlocked.replaceSecret(secret);
      expect(await store.slots([secret])).toMatchObject([{ label: 'Ada', keychain: true }]);
      expect(await codeOf(store.unlock(unlocked.staff, passphrase, []))).toBe('vault.keychain-missing');
      const again = await store.unlock(unlocked.staff, passphrase, [secret]);
      expect(await again.getKey('grant', grant.id)).toEqual(grant.value);
    });
    expect(everyByte('bare').includes(Buffer.from(grant.value))).toBe(false);
  });
});
