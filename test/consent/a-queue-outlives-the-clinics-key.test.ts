/** Another desk gives the clinic a new signing key while consents wait here that were attested with the one before. */
import { beforeEach, expect, test } from 'vitest';
import { unsettledBlocks } from '../../server/sync/clinic-writes.store.ts';
import { readAside } from '../../server/sync/own-acts/aside.store.ts';
import { waitingForSignature } from '../../server/sync/own-acts/sign-anew.ts';
import { sign, verifySignature } from '../../server/vault/primitives.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { openBlock } from '../../shared/ledger/block.ts';
import { deviceMessage } from '../../shared/ledger/enrolment-rules.ts';
import { clinicKeysMessage } from '../../shared/ledger/rotation-rules.ts';
import {
  act,
  admissionOf,
  agreementKeyFor,
  bytesFor,
  foundClinic,
  signingKeyFor,
  type TestClinic,
  TestDevice,
} from '../support/ledger-builder.ts';
import { type BenchClinic, PASSPHRASE } from './bench-clinic.ts';
import { RegionBench } from './region-bench.ts';

let bench: RegionBench;
let a: BenchClinic;
let b: BenchClinic;
let patient: string;
const newKey = signingKeyFor('A clinic 2');
const newEncryption = agreementKeyFor('A encryption 2');

/** The act by which a clinic gets `newKey` and `newEncryption`. */
function newKeys(clinic: TestClinic) {
  const keys = {
    previousClinicKey: clinic.clinicKey.publicKey,
    previousEncryptionKey: agreementKeyFor(`${clinic.label} encryption`).publicKey,
    clinicKey: newKey.publicKey,
    encryptionKey: newEncryption.publicKey,
  };
  const message = clinicKeysMessage(clinic.chain, keys);
  const body = { ...keys, clinicSignature: sign(clinic.clinicKey, message), proof: sign(newKey, message) };
  return act(clinic, 'clinic.rotated', body, { signer: clinic.administrator });
}

/** The second desk of A makes the change and brings it to the ledger first. */
async function rollElsewhere(): Promise<void> {
  const { clinic } = a;
  const device = signingKeyFor('A second desk');
  const enrolled = { device: device.publicKey, encryptionKey: bytesFor('A second desk agreement') };
  const clinicSignature = sign(clinic.clinicKey, deviceMessage(clinic.chain, enrolled));
  const letIn = act(
    clinic,
    'device.enrolled',
    { ...enrolled, kind: 'workstation', clinicSignature },
    { signer: clinic.administrator },
  );
  const rolled = newKeys(clinic);
  await a.context.gateway.commit({ events: [letIn] });
  await bench.carry();
  await a.share({ patient, recipient: b.id, categories: ['clinical'] });
  await bench.append(new TestDevice(clinic.chain, device, bytesFor('A second desk epoch', 8)).write(rolled));
}

/** The new keys as the other desk's mail brings them. */
const bringKeys = () =>
  a.context.keyStore.putKeys([
    { kind: 'clinic-signing', id: newKey.publicKey.slice(0, 16), epoch: 1, value: bytesFor('A clinic 2') },
    { kind: 'clinic-encryption', id: newEncryption.publicKey.slice(0, 16), epoch: 1, value: bytesFor('A encryption 2') },
  ]);

const grants = async (clinic: BenchClinic) => (await clinic.context.gateway.stateList('grant/')).length;
const waitingTypes = async () =>
  (await unsettledBlocks(a.database.read)).flatMap(({ bytes }) => openBlock(bytes).block.events.length);

beforeEach(async () => {
  const founded = await RegionBench.found(['A', 'B']);
  bench = founded.bench;
  [a, b] = founded.clinics as [BenchClinic, BenchClinic];
  patient = await a.register('Canarybird');
  await a.write(patient, 'clinical', 'clinicalword');
  await bench.sync();
});

test('they are attested anew by whoever recorded them, once, and the recipient opens what was sealed before', async () => {
  await rollElsewhere();
  await expect(bench.carry()).rejects.toMatchObject({ code: 'test.signature-invalid' });
  const epoch = toHex(a.ledger.next.epoch);
  a.nextEpoch = bytesFor('A next epoch', 8);
  expect(await a.ledger.setAside(verifySignature)).toBe(2);
  expect(toHex(a.ledger.next.epoch)).not.toBe(epoch);
  // All else goes on without them: the folder of the Consent, the record itself.
  expect((await waitingTypes()).length).toBeGreaterThan(0);
  await bench.carry();
  expect(await grants(b)).toBe(0);
  expect((await waitingForSignature(a.context)).map(({ type }) => type)).toEqual(['consent.granted', 'consent.granted']);

  // Without the new key nothing is signed; with it, all of it.
  await a.vault.consents.refresh();
  expect(await readAside(a.database.read)).toHaveLength(2);
  await bringKeys();
  await bench.sync();
  await bench.sync();
  expect(await readAside(a.database.read)).toEqual([]);
  expect(await grants(b)).toBe(2);
  expect(await b.read(patient)).toEqual(['Test Canarybird', 'clinicalword']);
  expect(await a.ledger.setAside(verifySignature)).toBe(0);
}, 120_000);

test('a consent that was withdrawn in the same queue stays withdrawn', async () => {
  await rollElsewhere();
  const [consent] = await a.vault.consents.list(patient);
  await a.vault.consents.withdraw(consent?.record.id ?? '', PASSPHRASE);
  a.nextEpoch = bytesFor('A next epoch', 8);
  expect(await a.ledger.setAside(verifySignature)).toBe(4);
  await bringKeys();
  await bench.carry();
  await a.vault.consents.refresh();
  await a.vault.staff.refreshKeys();
  await bench.sync();
  expect(await readAside(a.database.read)).toEqual([]);
  expect(await grants(b)).toBe(2);
  expect(b.vault.patients.get(patient)).toBeUndefined();
  await expect(b.read(patient)).rejects.toThrow();
}, 120_000);

test('an act that the ledger has by then is not written twice', async () => {
  await rollElsewhere();
  a.nextEpoch = bytesFor('A next epoch', 8);
  await a.ledger.setAside(verifySignature);
  const aside = await readAside(a.database.read);
  await bringKeys();
  await bench.sync();
  // As after a crash between the commit and its end aside: the acts lie there again.
  await a.database.write(async (transaction) => {
    for (const { event, signature } of aside)
      await transaction.run('INSERT INTO aside_act (event, signature, stale) VALUES (?, ?, 1)', [event, signature]);
  });
  await bench.sync();
  expect(await readAside(a.database.read)).toEqual([]);
  expect(await grants(a)).toBe(2);
}, 120_000);

test('acts whose signatures hold stay where they are', async () => {
  await a.share({ patient, recipient: b.id, categories: ['clinical'] });
  const before = toHex(a.ledger.next.epoch);
  expect(await a.ledger.setAside(verifySignature)).toBe(0);
  expect(toHex(a.ledger.next.epoch)).toBe(before);
  await bench.sync();
  expect(await b.read(patient)).toContain('clinicalword');
}, 120_000);

test('an admission whose approver has a new key by then is given up, what stands behind it goes on, and it is approved anew', async () => {
  const joiner = foundClinic('Joiner');
  const admit = (approver: TestClinic) => {
    const body = admissionOf(bench.region.region, joiner, [a.clinic, approver]);
    return a.context.gateway.commit({ events: [act(a.clinic, 'chain.admitted', body, { signer: a.clinic.administrator })] });
  };
  const joined = async () => (await b.context.gateway.state([`chain/${joiner.id}`]))[0] !== undefined;
  await admit(b.clinic);
  await a.write(patient, 'clinical', 'writtenbehind');
  await bench.append(b.clinic.desk.write(newKeys(b.clinic)));
  await expect(bench.carry()).rejects.toMatchObject({ code: 'test.signature-invalid' });
  a.nextEpoch = bytesFor('A next epoch', 8);
  expect(await a.ledger.setAside(verifySignature)).toBe(1);
  expect(await readAside(a.database.read)).toEqual([]);
  await bench.carry();
  expect([await unsettledBlocks(a.database.read), await joined()]).toEqual([[], false]);
  await admit({ ...b.clinic, clinicKey: newKey });
  await bench.carry();
  expect(await joined()).toBe(true);
});
