/** An administrator gives the clinic new keys at one desk while another one, which hears of it later, has signed with the old ones. */
import '../support/quick-passphrases.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../server/workstation/demo/desk.ts';
import { verifyReplica } from '../../server/workstation/verify/verify-replica.ts';
import { ClinicBench, type Desk, PASSPHRASE } from './further-device-bench.ts';

interface Keys {
  readonly signingKey: string;
  readonly encryptionKey: string;
  readonly earlier: number;
  readonly waiting: readonly unknown[];
}

const keysAt = async (desk: Desk): Promise<Keys> =>
  (await desk.ask<{ clinicKeys: Keys }>('{ clinicKeys { signingKey encryptionKey earlier waiting { who type } } }')).clinicKeys;

let bench: ClinicBench;
let first: Desk;
let second: Desk;
beforeAll(async () => {
  bench = await ClinicBench.open();
  first = bench.first;
  second = await bench.desk('second', 'Bo Lindqvist', 'administrator');
}, 120_000);
afterAll(() => bench.close());

test('what the other desk signed with the old key comes in once, and a device that it let in gets the new ones', async () => {
  const before = await keysAt(second);
  const third = await bench.machine('third');
  await third.service.entrance.joinClinic(await second.invite(), 'Chidi Okafor', PASSPHRASE);
  await until('the request is at the second desk', async () => (await second.waiting()).length > 0);
  let patient = '';
  await bench.apart(async () => {
    await second.admit('Chidi Okafor', 'clinician');
    patient = await second.register('Quillfeather', 'Marisol');
    await second.service.close();
    await first.ask('mutation Roll($passphrase: String!) { rollClinicKeys(passphrase: $passphrase) { signingKey } }', {
      passphrase: PASSPHRASE,
    });
  });
  await first.service.syncOnce();
  const rolled = await keysAt(first);
  expect(rolled.signingKey).not.toBe(before.signingKey);
  await second.start();
  await until('the third is let in', async () => third.service.signedIn);
  await until('nothing waits', async () => (await keysAt(second)).waiting.length === 0);
  for (const desk of [second, third])
    expect(await keysAt(desk)).toMatchObject({ signingKey: rolled.signingKey, encryptionKey: rolled.encryptionKey });
  // What was in the same queue went on without it.
  await until('the patient is everywhere', async () => {
    const found = await Promise.all([first, third].map((desk) => desk.find('quillf')));
    return found.every(([id]) => id === patient);
  });
  expect(await second.find('quillf')).toEqual([patient]);
  for (const { service } of [first, second, third]) {
    await service.syncOnce();
    expect((await verifyReplica(service.installation)).faults).toEqual([]);
  }
}, 240_000);

test('every desk signs with the new key from then on', async () => {
  const fourth = await bench.machine('fourth');
  await fourth.service.entrance.joinClinic(await second.invite(), 'Dana Whitfield', PASSPHRASE);
  await second.admit('Dana Whitfield', 'nurse');
  await until('the fourth is let in', async () => fourth.service.signedIn);
  expect((await keysAt(fourth)).signingKey).toBe((await keysAt(first)).signingKey);
}, 120_000);
