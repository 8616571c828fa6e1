/** The clinics' encryption keys roll by themselves: what is on its way still opens, and what is old opens to nobody any more. */
import { expect, test } from 'vitest';
import { encryptionKeysOf } from '../../server/sync/clinic-mail/clinic-key-book.ts';
import { EARLIER_KEY_KEPT, rollEncryptionKey } from '../../server/sync/clinic-mail/roll-clinic-keys.ts';
import { personalAct } from '../../server/sync/vault-context/personal-act.ts';
import { clinicEncryptionKeys } from '../../server/vault/clinic-keys.ts';
import { sign } from '../../server/vault/primitives.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { deviceEnrolledBody, deviceMessage, deviceRevokedBody } from '../../shared/ledger/enrolment-rules.ts';
import { chainRow, deviceRow } from '../../shared/ledger/rows.ts';
import { deviceKey } from '../../shared/ledger/rules.ts';
import { decodeMessage } from '../../shared/vault/message.ts';
import { agreementKeyFor, signingKeyFor } from '../support/ledger-builder.ts';
import { byKey } from '../support/second-factor.ts';
import { type BenchClinic, PASSPHRASE } from './bench-clinic.ts';
import { RegionBench } from './region-bench.ts';

const DAY = 86_400_000;

async function two() {
  const { bench, clinics } = await RegionBench.found(['A', 'B']);
  const [a, b] = clinics as [BenchClinic, BenchClinic];
  const patient = await a.register('Canarybird');
  await a.write(patient, 'clinical', 'clinicalword');
  await bench.sync();
  /** Some days pass, with a look at the keys on each desk every day. */
  const pass = async (days: number): Promise<void> => {
    for (let day = 0; day < days; day++) {
      bench.time += DAY;
      for (const { vault } of [a, b]) await vault.staff.refreshKeys();
      await bench.carry();
    }
  };
  return { bench, a, b, patient, pass };
}

const keyOf = async (clinic: BenchClinic, of: BenchClinic) => {
  const [row] = await clinic.context.gateway.state([`chain/${of.id}`]);
  return toHex(decode(chainRow, row as Uint8Array).encryptionKey);
};
const roll = ({ vault, context }: BenchClinic) => byKey(context.keyStore, () => vault.staff.rollClinicKeys(PASSPHRASE));
const encryptionKeys = async ({ context }: BenchClinic) => (await context.keyStore.getAll('clinic-encryption')).length;

test('a week passes and the key is another one, without anybody’s doing; within the week nothing happens', async () => {
  const { a, b, pass } = await two();
  const first = await keyOf(b, a);
  await pass(6);
  expect(await keyOf(b, a)).toBe(first);
  await pass(3);
  const second = await keyOf(b, a);
  expect(second).not.toBe(first);
  await pass(5);
  expect(await keyOf(b, a)).toBe(second);
  await pass(4);
  expect([first, second]).not.toContain(await keyOf(b, a));
  expect(await a.vault.staff.clinicKeys()).toMatchObject({ encryptionKey: await keyOf(b, a), earlier: 2, signingSince: null });
});

test('what was sealed before both sides rolled opens after it, and what comes later goes to the new key by the new key', async () => {
  const { bench, a, b, patient, pass } = await two();
  await a.share({ patient, recipient: b.id, categories: ['clinical'] });
  await bench.carry();
  // It lies in B's inbox, unopened, while both keys change twice.
  await pass(17);
  await bench.sync();
  expect(await b.read(patient)).toEqual(['Test Canarybird', 'clinicalword']);
  // The access line goes back by B's new key to A's.
  await bench.carry();
  const line = bench.messages.findLast(({ kind }) => kind === 'access-entry');
  expect(toHex(decodeMessage(line?.body as Uint8Array).recipientKey)).toBe(await keyOf(b, a));
  await bench.sync();
  expect((await a.vault.access.linesOf(patient)).some(({ chain }) => chain === b.id)).toBe(true);
});

test('a message to a new key that another desk has made waits for that key', async () => {
  const { bench, a, b, patient } = await two();
  await roll(b);
  await bench.carry();
  const made = (await b.context.keyStore.getAll('clinic-encryption')).at(-1)!;
  await b.context.keyStore.destroyKeys('clinic-encryption', [made.id]);
  await a.share({ patient, recipient: b.id, categories: ['clinical'] });
  await bench.sync();
  expect(b.vault.patients.get(patient)).toBeUndefined();
  await b.context.keyStore.putKeys([made]);
  await bench.sync();
  expect(await b.read(patient)).toContain('clinicalword');
});

test('who made the clinic’s signing key and kept it is shut out at once, and the next encryption key follows when a signing key is here', async () => {
  const { bench, a, b } = await two();
  const thief = { device: signingKeyFor('A thief').publicKey, encryptionKey: agreementKeyFor('A thief').publicKey };
  const clinicSignature = sign(a.clinic.clinicKey, deviceMessage(a.clinic.chain, thief));
  const enrolled = { ...thief, kind: 'workstation' as const, clinicSignature };
  await a.context.gateway.commit({
    events: [personalAct(a.context, { type: 'device.enrolled', codec: deviceEnrolledBody, body: enrolled })],
  });
  await roll(a);
  await bench.carry();
  // As if the thief had made it: this desk was never sent the key.
  const kept = (await a.context.keyStore.getAll('clinic-signing')).at(-1)!;
  await a.context.keyStore.destroyKeys('clinic-signing', [kept.id]);
  const known = await keyOf(b, a);
  const revoked = personalAct(a.context, { type: 'device.revoked', codec: deviceRevokedBody, body: { device: thief.device } });
  await rollEncryptionKey(a.context, { events: [revoked] });
  await a.vault.staff.refreshKeys();
  await bench.carry();
  const [row] = await b.context.gateway.state([deviceKey(toHex(thief.device))]);
  expect(decode(deviceRow, row as Uint8Array).revoked).toBe(true);
  expect(await keyOf(b, a)).toBe(known);
  await a.context.keyStore.putKeys([kept]);
  await a.vault.staff.refreshKeys();
  await bench.carry();
  const next = await keyOf(b, a);
  expect(next).not.toBe(known);
  await a.vault.staff.refreshKeys();
  await bench.carry();
  expect(await keyOf(b, a)).toBe(next);
});

test('a key that no quorum has witnessed yet is not sealed to', async () => {
  const { bench, a, b, pass } = await two();
  await pass(9);
  const witnessed = await encryptionKeysOf(a.context.reader, b.id);
  await roll(b);
  bench.isWitnessing = false;
  await bench.carry();
  const then = await encryptionKeysOf(a.context.reader, b.id);
  expect(then?.inForce).toEqual(witnessed?.inForce);
  expect(then?.all[0]).not.toEqual(witnessed?.inForce);
  bench.isWitnessing = true;
  await a.register('Laterbird');
  await bench.carry();
  expect((await encryptionKeysOf(a.context.reader, b.id))?.inForce).toEqual(then?.all[0]);
});

test('an earlier key is destroyed some weeks later, in older copies too, and what was sealed to it opens no more', async () => {
  const { bench, a, b, patient, pass } = await two();
  await a.share({ patient, recipient: b.id, categories: ['clinical'] });
  await bench.carry();
  let renewed = 0;
  b.context.hooks.keysDestroyed = async () => {
    renewed += 1;
  };
  const founding = agreementKeyFor('B encryption').publicKey;
  await pass(EARLIER_KEY_KEPT / DAY);
  expect((await clinicEncryptionKeys(b.context.keyStore))(founding)).toBeDefined();
  expect(renewed).toBe(0);
  await pass(10);
  expect((await clinicEncryptionKeys(b.context.keyStore))(founding)).toBeUndefined();
  expect(renewed).toBeGreaterThan(0);
  // Never more than the weeks of the period, with the one in force and the one that may just have been made.
  expect(await encryptionKeys(b)).toBeLessThanOrEqual(EARLIER_KEY_KEPT / DAY / 7 + 2);
  await bench.sync();
  expect(b.vault.patients.get(patient)).toBeUndefined();
});

test('a clock that was far ahead when a key was made does not keep that key', async () => {
  const { bench, a, b, pass } = await two();
  bench.time += 400 * DAY;
  await a.vault.staff.refreshKeys();
  await bench.carry();
  const fromTheFuture = await keyOf(b, a);
  bench.time -= 392 * DAY;
  await pass(1);
  expect(await keyOf(b, a)).not.toBe(fromTheFuture);
});

test('an administrator’s new signing key signs from its place on, and the earlier one is destroyed once that is witnessed', async () => {
  const { bench, a, b, patient } = await two();
  const before = await a.vault.staff.clinicKeys();
  await expect(a.vault.staff.rollClinicKeys('not the passphrase')).rejects.toMatchObject({ code: 'vault.passphrase-wrong' });
  const after = await roll(a);
  expect(after.signingKey).not.toBe(before.signingKey);
  expect(after.signingSince).toBe(bench.time);
  // In the queue behind the change, signed with the new key already.
  await a.share({ patient, recipient: b.id, categories: ['clinical'] });
  expect(await a.context.keyStore.getAll('clinic-signing')).toHaveLength(2);
  await bench.sync();
  expect(await b.read(patient)).toContain('clinicalword');
  await a.vault.staff.refreshKeys();
  expect(await a.context.keyStore.getAll('clinic-signing')).toHaveLength(1);
  await a.share({ patient, recipient: b.id, categories: ['sensitive'] });
  await bench.sync();
  expect(await b.read(patient)).toContain('clinicalword');
});
