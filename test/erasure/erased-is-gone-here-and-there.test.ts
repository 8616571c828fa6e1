/** Two clinics of one region; what one erases goes from its own disk and from the disk of who could read it. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { mergePatients } from '../../server/records/merge-patients.ts';
import { checkpointAfterErasure } from '../../server/storage/database.ts';
import { documentsOf } from '../../server/sync/clinic.store.ts';
import { addClinicDocuments, addFetchedDocuments } from '../../server/sync/transfer.store.ts';
import { sha256, verifySignature } from '../../server/vault/primitives.ts';
import { openDocument } from '../../server/vault/sealing.ts';
import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { verifyCertificate } from '../../shared/erasure/certificate.ts';
import { commitmentInput } from '../../shared/vault/document.ts';
import { type BenchClinic, PASSPHRASE } from '../consent/bench-clinic.ts';
import { RegionBench } from '../consent/region-bench.ts';
import { act, clinicWitness, hash, policyActOf, signingKeyFor } from '../support/ledger-builder.ts';

let bench: RegionBench;
let a: BenchClinic;
let b: BenchClinic;
let patient: string;

beforeEach(async () => {
  const found = await RegionBench.found(['A', 'B']);
  bench = found.bench;
  [a, b] = found.clinics as [BenchClinic, BenchClinic];
  patient = await a.register('Adebayo');
  await a.write(patient, 'clinical', 'glucose');
  await a.write(patient, 'sensitive', 'confided');
  await a.share({ patient, recipient: b.id, categories: ['clinical'] });
  await bench.sync();
  await a.vault.erasures.setRetention('NONE', 0, PASSPHRASE);
});

const everything = { categories: [], ground: 'objection' as const };
const titles = async (clinic: BenchClinic) =>
  (await clinic.vault.patients.find('', 50, undefined)).patients.map((hit) => hit.patient.summary.fullName);

/** Every file of a clinic, once all that was deleted has left the disk. */
async function bytesOf(clinic: BenchClinic): Promise<Buffer> {
  await checkpointAfterErasure(clinic.database);
  const files = readdirSync(clinic.folder, { recursive: true, encoding: 'utf8' }).map((name) => join(clinic.folder, name));
  return Buffer.concat(files.filter((path) => statSync(path).isFile()).map((path) => readFileSync(path)));
}

/** What a thief would look for: sealed bytes and wraps, as they lie on the disk. */
async function sealedOf(clinic: BenchClinic, handles: readonly string[]): Promise<Buffer[]> {
  const documents = (await Promise.all(handles.map((handle) => documentsOf(clinic.database.read, fromHex(handle))))).flat();
  expect(documents.length).toBeGreaterThan(0);
  return documents.flatMap(({ sealed, wrap }) => [sealed.subarray(0, 48), wrap]).map((bytes) => Buffer.from(bytes));
}

describe('an erased patient', () => {
  test('leaves no document, no wrap, no key, no row and no name at the clinic that kept the records', async () => {
    const { handles } = a.vault.patients.known(patient);
    const all = Object.values(handles);
    const sealed = await sealedOf(a, all);
    const before = await bytesOf(a);
    expect(sealed.every((bytes) => before.includes(bytes))).toBe(true);

    const erasure = await a.vault.erasures.erase({ patient, ...everything }, PASSPHRASE);

    expect(erasure.state).toBe('ERASED');
    expect(await titles(a)).toEqual([]);
    expect(() => a.vault.patients.known(patient)).toThrow(/no such patient/);
    expect(await a.context.keyStore.getKeys('compartment', all.map(fromHex))).toEqual([]);
    const after = await bytesOf(a);
    expect(sealed.filter((bytes) => after.includes(bytes))).toEqual([]);
    expect(
      await a.database.read.all('SELECT kind FROM vault_row WHERE kind IN (?, ?, ?, ?)', ['patient', 'entry', 'source', 'draft']),
    ).toEqual([]);
  });

  test('goes from the clinic that could read, which says so on the ledger', async () => {
    const { clinical, identity } = b.vault.patients.known(patient).handles as Record<string, string>;
    const sealed = await sealedOf(b, [clinical!, identity!]);
    expect(await b.read(patient)).toEqual(['Test Adebayo', 'glucose']);

    const { record } = await a.vault.erasures.erase({ patient, ...everything }, PASSPHRASE);
    await bench.sync();

    expect(await titles(b)).toEqual([]);
    const after = await bytesOf(b);
    expect(sealed.filter((bytes) => after.includes(bytes))).toEqual([]);
    expect(await b.context.keyStore.getKeys('compartment', [fromHex(clinical!), fromHex(identity!)])).toEqual([]);
    await bench.sync();
    const standing = await a.vault.erasures.find(record.id);
    expect(standing.state).toBe('CONFIRMED');
    expect(standing.confirmations.map(({ party, clinic, at }) => [party, clinic, at])).toEqual([
      ['DESK', '', bench.time],
      ['HUB', '', bench.time],
      ['CLINIC', 'Clinic B', bench.time],
    ]);
  });

  test('comes back from no hub that kept an older copy, at either clinic', async () => {
    const { clinical } = a.vault.patients.known(patient).handles as Record<string, string>;
    const handle = fromHex(clinical!);
    const kept = (await documentsOf(a.database.read, handle)).map((each) => ({ ...each, handle: Buffer.from(handle) }));
    expect(kept.length).toBeGreaterThan(0);
    await a.vault.erasures.erase({ patient, ...everything }, PASSPHRASE);
    await bench.sync();
    for (const { database } of [a, b]) {
      await database.write(async (transaction) => {
        await addClinicDocuments(transaction, kept, 1);
        await addFetchedDocuments(transaction, kept, handle, 1);
      });
      expect(await documentsOf(database.read, handle)).toEqual([]);
    }
  });

  test('can no longer be confirmed against the ledger by who knows the plaintext', async () => {
    const { clinical } = a.vault.patients.known(patient).handles;
    const [document] = await documentsOf(a.database.read, fromHex(clinical!));
    const [entry] = (await a.vault.records.entries(a.vault.patients.known(patient))).filter(
      ({ category }) => category === 'clinical',
    );
    await a.context.keyStore.loadCompartmentKeys([fromHex(clinical!)]);
    const place = { handle: fromHex(clinical!), recordId: fromHex(entry!.record), version: 1 };
    const { salt, content } = openDocument(
      { ...place, sealed: document!.sealed, wrap: document!.wrap },
      a.context.keyStore.compartmentKeys,
    );
    const commitment = sha256(commitmentInput(salt, sha256(content)));
    const blocks = await a.database.read.all<{ bytes: Buffer }>('SELECT bytes FROM block');
    expect(blocks.some(({ bytes }) => bytes.includes(Buffer.from(commitment)))).toBe(true);

    await a.vault.erasures.erase({ patient, ...everything }, PASSPHRASE);
    await bench.sync();

    // The ledger still says the commitment; what would open it is nowhere: not bare, not sealed, not as a hash of the content.
    for (const clinic of bench.clinics) {
      const bytes = await bytesOf(clinic);
      expect(bytes.includes(Buffer.from(commitment))).toBe(true);
      for (const secret of [salt, sha256(content), document!.sealed, document!.wrap])
        expect(bytes.includes(Buffer.from(secret))).toBe(false);
    }
  });

  test('is refused by nobody’s rule twice: asked again, there is nothing there', async () => {
    await a.vault.erasures.erase({ patient, ...everything }, PASSPHRASE);
    await expect(a.vault.erasures.erase({ patient, ...everything }, PASSPHRASE)).rejects.toMatchObject({
      code: 'patients.unknown',
    });
    expect(await a.vault.erasures.list()).toHaveLength(1);
  });

  test('stays while the passphrase is wrong', async () => {
    await expect(a.vault.erasures.erase({ patient, ...everything }, 'wrong and long enough')).rejects.toMatchObject({
      code: 'vault.passphrase-wrong',
    });
    expect(await a.read(patient)).toEqual(expect.arrayContaining(['confided', 'glucose']));
  });
});

describe('one erased category', () => {
  test('goes; the patient and the rest stay and can be written to again', async () => {
    const erasure = await a.vault.erasures.erase({ patient, categories: ['clinical'], ground: 'consent-withdrawn' }, PASSPHRASE);
    // For the patient's card, which lives on: signed by who may erase, and anew when somebody confirms.
    const certified = async () => {
      const [kept] = await a.vault.erasures.certificatesOf(patient);
      return verifyCertificate(hash, verifySignature, kept?.json ?? '').statement.confirmations.filter(({ at }) => at > 0).length;
    };
    const before = await certified();
    await bench.sync();
    expect(await certified()).toBeGreaterThan(before);
    expect(erasure.record.compartments.map(({ category }) => category)).toEqual(['clinical']);
    await bench.sync();
    expect(await a.read(patient)).toEqual(['Consent to share with Clinic B', 'Test Adebayo', 'confided']);
    expect(await b.read(patient)).toEqual(['Test Adebayo']);
    await a.write(patient, 'clinical', 'anew');
    expect(await a.read(patient)).toContain('anew');
    const handles = a.vault.patients.known(patient).handles;
    expect(toHex(fromHex(handles.clinical!))).not.toBe(erasure.record.compartments[0]!.handle);
  });

  test('is not the identity: nobody could say whose the rest is', async () => {
    await expect(
      a.vault.erasures.erase({ patient, categories: ['identity'], ground: 'objection' }, PASSPHRASE),
    ).rejects.toMatchObject({
      code: 'erasure.identity-alone',
    });
  });
});

describe('what is retained', () => {
  test('is refused by name, recorded, and erased once the reason has ended', async () => {
    await a.vault.erasures.setRetention('DE', 0, PASSPHRASE);
    const refused = await a.vault.erasures.erase({ patient, ...everything }, PASSPHRASE);
    expect(refused.state).toBe('REFUSED');
    expect(refused.record.retained).toMatchObject([{ ground: 'legal-obligation', basis: '§ 630f (3) BGB' }]);
    expect(await a.read(patient)).toContain('glucose');
    bench.time = refused.record.retained[0]!.until!;
    expect((await a.vault.erasures.erase({ patient, ...everything }, PASSPHRASE)).state).toBe('ERASED');
    expect((await a.vault.erasures.list()).map(({ state }) => state)).toEqual(['ERASED', 'REFUSED']);
  });

  test('waits for a hold to be lifted, and there is no way round', async () => {
    const hold = await a.vault.erasures.placeHold(patient, 'legal-claim', 'Claim 17/2026 at the regional court', PASSPHRASE);
    const refused = await a.vault.erasures.erase({ patient, ...everything }, PASSPHRASE);
    expect(refused.record.retained).toEqual([{ ground: 'legal-claim', basis: 'Claim 17/2026 at the regional court' }]);
    await expect(a.vault.erasures.liftHold(hold.id, 'wrong and long enough')).rejects.toMatchObject({
      code: 'vault.passphrase-wrong',
    });
    expect((await a.vault.erasures.erase({ patient, ...everything }, PASSPHRASE)).state).toBe('REFUSED');
    await a.vault.erasures.liftHold(hold.id, PASSPHRASE);
    expect((await a.vault.erasures.erase({ patient, ...everything }, PASSPHRASE)).state).toBe('ERASED');
  });

  test('waits for a hold on whoever is the same person, whichever of their charts it was placed on', async () => {
    const [held, other] = [await a.register('Okonkwo'), await a.register('Okonkwo-Bell')];
    await a.vault.charts.open(other, 'TREAT');
    await mergePatients(a.vault, other, held, 'One passport');
    const hold = await a.vault.erasures.placeHold(held, 'legal-claim', 'Claim 18/2026', PASSPHRASE);
    expect((await a.vault.erasures.holds(other)).map(({ id }) => id)).toEqual([hold.id]);
    expect((await a.vault.erasures.erase({ patient: other, ...everything }, PASSPHRASE)).state).toBe('REFUSED');
    await a.vault.erasures.liftHold(hold.id, PASSPHRASE);
    expect((await a.vault.erasures.erase({ patient: other, ...everything }, PASSPHRASE)).state).toBe('ERASED');
  });

  test('is not guessed: without a chosen rule nothing is erased', async () => {
    await expect(b.vault.erasures.setRetention('XX', 0, PASSPHRASE)).rejects.toMatchObject({
      code: 'erasure.jurisdiction-unknown',
    });
    const own = await b.register('Brandt');
    await expect(b.vault.erasures.erase({ patient: own, ...everything }, PASSPHRASE)).rejects.toMatchObject({
      code: 'erasure.retention-unset',
    });
  });
});

test('the records of another clinic are not ours to erase', async () => {
  await b.vault.erasures.setRetention('NONE', 0, PASSPHRASE);
  await expect(b.vault.erasures.erase({ patient, ...everything }, PASSPHRASE)).rejects.toMatchObject({
    code: 'erasure.not-the-custodian',
  });
});

describe('the certificate', () => {
  test('says what went and who has confirmed, and is judged with nothing but itself', async () => {
    const { record } = await a.vault.erasures.erase({ patient, ...everything }, PASSPHRASE);
    const early = verifyCertificate(hash, verifySignature, await a.vault.erasures.certificate(record.id));
    expect(early.statement.confirmations.map(({ party, at }) => [party, at])).toEqual([
      ['DESK', bench.time],
      ['HUB', 0],
      ['CLINIC', 0],
    ]);
    await bench.sync();
    await bench.sync();
    const json = await a.vault.erasures.certificate(record.id);
    const { statement, clinic, foundingKey, hub } = verifyCertificate(hash, verifySignature, json);
    expect(statement.confirmations.every(({ at }) => at > 0)).toBe(true);
    expect([clinic.statement.name, foundingKey, hub?.compartments.length]).toEqual([
      'Clinic A',
      true,
      record.compartments.length,
    ]);
    expect(statement.lastBackupDies).toBe(record.at + 35 * 86_400_000);
    expect(json.includes('Adebayo')).toBe(false);

    const certificate = JSON.parse(json) as { statement: string };
    const bytes = Buffer.from(certificate.statement, 'base64');
    for (let at = 0; at < bytes.length; at += 17) {
      const altered = Buffer.from(bytes);
      altered[at] = altered[at]! ^ 1;
      const forged = JSON.stringify({ ...certificate, statement: altered.toString('base64') });
      expect(() => verifyCertificate(hash, verifySignature, forged)).toThrow();
    }
  });

  test('holds after the hub has got a new key, under that key alone and only with the acts that gave it', async () => {
    const newHub = signingKeyFor('the new hub');
    const { region } = bench.region;
    const witnesses = [a, b].map(({ clinic }) => clinicWitness(clinic));
    const policy = { sequence: 1, rules: 1, hubKey: newHub.publicKey, witnesses };
    const body = policyActOf(region, policy, [a.clinic, b.clinic], { hubKey: newHub });
    await a.context.gateway.commit({ events: [act(a.clinic, 'hub.rotated', body, { signer: a.clinic.administrator })] });
    await bench.carry();
    bench.hubKey = newHub;
    const { record } = await a.vault.erasures.erase({ patient, ...everything }, PASSPHRASE);
    await bench.sync();
    await bench.sync();
    const json = await a.vault.erasures.certificate(record.id);
    expect(verifyCertificate(hash, verifySignature, json).hub?.compartments).toHaveLength(record.compartments.length);

    const { policies, ...without } = JSON.parse(json) as { policies: Array<{ body: string }> };
    expect(policies).toHaveLength(1);
    const refuses = (certificate: object, code: string) =>
      expect(() => verifyCertificate(hash, verifySignature, JSON.stringify(certificate))).toThrow(
        expect.objectContaining({ code }),
      );
    refuses(without, 'erasure.hub-statement-forged');
    const body64 = Buffer.from(policies[0]?.body ?? '', 'base64');
    body64[body64.length - 1] = body64[body64.length - 1]! ^ 1;
    refuses({ ...without, policies: [{ ...policies[0], body: body64.toString('base64') }] }, 'ledger.policy-unproven');
  });
});
