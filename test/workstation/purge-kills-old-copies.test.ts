/** What a withdrawal leaves on the disk of who could read. */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { KeyStore } from '../../server/vault/key-store.ts';
import { until } from '../../server/workstation/demo/desk.ts';
import { fromHex } from '../../shared/encoding/bytes.ts';
import { ask, foundAt, PASSPHRASE, sharedPatient, type TwoClinics, twoClinics } from './two-clinics.ts';

let clinics: TwoClinics;

beforeAll(async () => {
  clinics = await twoClinics();
}, 90_000);

afterAll(() => clinics?.close());

describe('a withdrawn consent', () => {
  test('leaves no key and no document, and older copies of the key file stay shut', async () => {
    const { harbour, mountain, root } = clinics;
    const { consent } = await sharedPatient(clinics, 'Okafor');
    const [slot] = await mountain.service.entrance.slots();
    const before = mountain.keychain.held;
    const copy = join(root, 'copy');
    await cp(mountain.folder, copy, { recursive: true, filter: (path) => !path.endsWith('lock') });
    await ask(
      harbour,
      'mutation Withdraw($id: ID!, $passphrase: String!) { withdrawConsent(id: $id, passphrase: $passphrase) { state } }',
      { id: consent, passphrase: PASSPHRASE },
    );
    await until('the patient leaves', async () => (await foundAt(mountain, 'okafor')) === 0);
    await until(
      'the keychain forgets the old secret',
      async () => mountain.keychain.held?.length === 32 && mountain.keychain.held !== before,
    );

    const held = mountain.keychain.held as Uint8Array;
    const stolen = await KeyStore.open(join(copy, 'keys.db'));
    await expect(stolen.unlock(fromHex(slot?.id ?? ''), PASSPHRASE, [held])).rejects.toThrow(/keychain/i);
    await stolen.close();
    await mountain.service.entrance.unlock(slot?.id ?? '', PASSPHRASE);
    expect(mountain.service.signedIn?.name).toBe('Ana Ferreira');
  }, 90_000);
});
