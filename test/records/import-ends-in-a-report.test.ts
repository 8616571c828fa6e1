import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { OpenVault } from '../../server/graphql/domains.ts';
import { CLINIC_DIRECTORY } from '../../server/sync/vault-context/vault-context.ts';
import { utf8 } from '../../shared/encoding/bytes.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';
import { bundle, folderOf, ndjsonByType, patient, samples, weight } from '../support/fhir-files.ts';
import { hasSharedData, sharedPath } from '../support/shared-data.ts';

async function imported({ request }: OpenVault, ...paths: string[]) {
  const { id } = await request.imports.startPaths(paths);
  const job = await request.imports.settled(id);
  const report = {
    refused: await request.imports.refused(id, 5_000),
    missing: await request.imports.missingReferences(id, 5_000),
  };
  return { ...job, ...report };
}

/** Everything in every chart, the clinic's directory included. */
async function everything({ request }: OpenVault) {
  const { patients } = await request.patients.find('', 200, undefined);
  const owners = [...patients.map(({ patient: each }) => each), request.patients.get(CLINIC_DIRECTORY) as never];
  return (await Promise.all(owners.map((owner) => request.records.entries(owner)))).flat();
}

describe('what goes in comes out', () => {
  test('sample patients go in, each with a chart of their own, and their exact text comes out', async () => {
    const vault = await (await ClinicDesk.open()).unlock();
    const resources = samples(4);
    const job = await imported(vault, folderOf(ndjsonByType(resources)));
    expect(job).toMatchObject({ state: 'DONE', accepted: resources.length, alreadyPresent: 0, refusedCount: 0, patients: 4 });
    expect(job.missing).toEqual([]);
    const { request } = vault;
    const texts = new Set<string>();
    for (const { patient: owner } of (await request.patients.find('', 20, undefined)).patients) {
      for (const entry of await request.records.entries(owner)) {
        const [newest] = await request.records.versions(owner, entry);
        texts.add(Buffer.from(newest?.content ?? []).toString());
      }
    }
    const written = resources.filter(({ patientId }) => patientId !== '').map(({ text }) => text);
    expect(written.filter((text) => !texts.has(text))).toEqual([]);
  });

  test('decimals keep the digits they were written with', async () => {
    const vault = await (await ClinicDesk.open()).unlock();
    const text = weight('w1', 'Patient/p1', '71.500');
    await imported(vault, folderOf({ 'all.ndjson': `${patient('p1')}\n${text}\n` }));
    const entry = (await everything(vault)).find(({ fhirId }) => fhirId === 'w1');
    expect(entry?.value).toMatchObject({ number: '71.500', unit: 'kg' });
  });

  test('a medicine that is a reference alone is called as its Medication, of the same file or of one before', async () => {
    const vault = await (await ClinicDesk.open()).unlock();
    const aspirin = '{"resourceType":"Medication","id":"m1","code":{"text":"Aspirin 100 mg"}}';
    const taken = (id: string, medication: string) =>
      `{"resourceType":"MedicationStatement","id":"${id}","status":"active","subject":{"reference":"Patient/p1"},"medicationReference":{"reference":"Medication/${medication}"}}`;
    await imported(
      vault,
      folderOf({ 'all.ndjson': `${patient('p1')}\n${taken('s1', 'm1')}\n${taken('s2', 'gone')}\n${aspirin}\n` }),
    );
    await imported(vault, folderOf({ 'later.ndjson': taken('s3', 'm1') }));
    const titles = (await everything(vault)).flatMap(({ fhirId, title }) => (/^s\d$/.test(fhirId) ? [[fhirId, title]] : []));
    expect(Object.fromEntries(titles)).toEqual({ s1: 'Aspirin 100 mg', s2: 'MedicationStatement', s3: 'Aspirin 100 mg' });
  });

  test('files of other kinds in a folder are not read, and named', async () => {
    const vault = await (await ClinicDesk.open()).unlock();
    const folder = folderOf({ 'all.ndjson': patient('p1'), 'all.ndjson.gz': 'packed', 'read me.txt': 'Hello' });
    expect(await imported(vault, folder)).toMatchObject({ accepted: 1, ignored: ['all.ndjson.gz', 'read me.txt'] });
  });

  test('one bad entry never stops the rest, and each refusal names its place', async () => {
    const vault = await (await ClinicDesk.open()).unlock();
    const bad = weight('w2', 'Patient/p1', '70').replace('"final"', '"finished"');
    const lines = [
      patient('p1'),
      weight('w1', 'Patient/p1', '70.1'),
      bad,
      '{"resourceType":"Observ',
      weight('w3', 'Patient/p1', '70.3'),
    ];
    const job = await imported(vault, folderOf({ 'all.ndjson': lines.join('\n') }));
    expect(job).toMatchObject({ state: 'DONE', accepted: 3, refusedCount: 2 });
    expect(job.refused).toMatchObject([
      { file: 'all.ndjson', line: 3, path: 'Observation.status', code: 'fhir.bad-code' },
      { file: 'all.ndjson', line: 4, code: 'fhir.json-truncated' },
    ]);
  });

  test('references without a target are kept and listed', async () => {
    const vault = await (await ClinicDesk.open()).unlock();
    const text = weight('w1', 'Patient/p1', '70').replace('"status"', '"encounter":{"reference":"Encounter/gone"},"status"');
    const job = await imported(vault, folderOf({ 'all.ndjson': `${patient('p1')}\n${text}` }));
    expect(job).toMatchObject({ accepted: 2, missingCount: 1, missing: ['Encounter/gone'] });
  });
});

describe('whose a resource is', () => {
  test('a patient who comes after their records is found all the same', async () => {
    const vault = await (await ClinicDesk.open()).unlock();
    const lines = [weight('w1', 'Patient/p1', '70'), weight('w2', 'Patient/p1', '71'), patient('p1')];
    const job = await imported(vault, folderOf({ 'a.ndjson': lines.join('\n') }));
    expect(job).toMatchObject({ accepted: 3, missingCount: 0 });
    const [found] = (await vault.request.patients.find('morgenstern', 5, undefined)).patients;
    expect((await vault.request.records.entries(found?.patient as never)).map(({ fhirId }) => fhirId).sort()).toEqual([
      'p1',
      'w1',
      'w2',
    ]);
  });

  test('in another file, too', async () => {
    const vault = await (await ClinicDesk.open()).unlock();
    const folder = folderOf({ 'a.ndjson': weight('w1', 'Patient/p1', '70'), 'z.json': bundle({ resource: patient('p1') }) });
    const job = await imported(vault, folder);
    expect(job).toMatchObject({ accepted: 2, missingCount: 0 });
    const [found] = (await vault.request.patients.find('lena', 5, undefined)).patients;
    expect(await vault.request.records.entries(found?.patient as never)).toHaveLength(2);
  });

  test('a Bundle that names its patient by urn:uuid, and last', async () => {
    const vault = await (await ClinicDesk.open()).unlock();
    const urn = 'urn:uuid:0a9b8c7d-0000-4000-8000-000000000001';
    const text = bundle({ resource: weight('w1', urn, '70') }, { fullUrl: urn, resource: patient('p1') });
    const job = await imported(vault, folderOf({ 'b.json': text }));
    expect(job).toMatchObject({ accepted: 2, patients: 1, missingCount: 0 });
    const [found] = (await vault.request.patients.find('lena', 5, undefined)).patients;
    expect(await vault.request.records.entries(found?.patient as never)).toHaveLength(2);
  });

  test('the same name and birth date is not the same person', async () => {
    const vault = await (await ClinicDesk.open()).unlock();
    const job = await imported(vault, folderOf({ 'Patient.ndjson': `${patient('p1')}\n${patient('p2')}` }));
    expect(job).toMatchObject({ accepted: 2, patients: 2 });
    expect((await vault.request.patients.find('Morgenstern', 5, undefined)).patients).toHaveLength(2);
  });

  test('two servers that gave two people the same id do not make them one', async () => {
    const vault = await (await ClinicDesk.open()).unlock();
    await imported(vault, folderOf({ 'Patient.ndjson': patient('1') }));
    const other = patient('1', { name: [{ family: 'Okafor', given: ['Chidi'] }], birthDate: '1961-02-03', gender: 'male' });
    const job = await imported(vault, folderOf({ 'Patient.ndjson': other, 'x.ndjson': weight('w9', 'Patient/1', '80') }));
    expect(job).toMatchObject({ accepted: 2, patients: 1 });
    const [lena] = (await vault.request.patients.find('Morgenstern', 5, undefined)).patients;
    const [chidi] = (await vault.request.patients.find('Okafor', 5, undefined)).patients;
    expect(await vault.request.records.entries(lena?.patient as never)).toHaveLength(1);
    expect(await vault.request.records.entries(chidi?.patient as never)).toHaveLength(2);
  });

  test('what names a patient nobody knows is kept in the clinic’s directory and listed', async () => {
    const vault = await (await ClinicDesk.open()).unlock();
    const job = await imported(vault, folderOf({ 'o.ndjson': weight('w1', 'Patient/nobody', '70') }));
    expect(job).toMatchObject({ state: 'DONE', accepted: 1, missing: ['Patient/nobody'] });
    expect(await vault.request.patients.count('')).toBe(0);
    expect(await everything(vault)).toHaveLength(1);
  });
});

describe('importing again', () => {
  test('adds nothing', async () => {
    const desk = await ClinicDesk.open();
    const folder = folderOf(ndjsonByType(samples(3)));
    const first = await imported(await desk.unlock(), folder);
    await desk.lock();
    const vault = await desk.unlock();
    const again = await imported(vault, folder);
    expect(again).toMatchObject({ accepted: 0, alreadyPresent: first.accepted, refusedCount: 0, patients: 0 });
    expect(await everything(vault)).toHaveLength(first.accepted);
  });

  test('with another content makes a new version of the same record', async () => {
    const vault = await (await ClinicDesk.open()).unlock();
    await imported(vault, folderOf({ 'Patient.ndjson': patient('p1'), 'o.ndjson': weight('w1', 'Patient/p1', '70.0') }));
    const married = patient('p1', { name: [{ family: 'Rosenthal', given: ['Lena'] }] });
    const job = await imported(vault, folderOf({ 'Patient.ndjson': married, 'o.ndjson': weight('w1', 'Patient/p1', '70.5') }));
    expect(job).toMatchObject({ accepted: 2, patients: 0 });
    const { request } = vault;
    expect(await request.patients.count('Morgenstern')).toBe(0);
    const [found] = (await request.patients.find('Rosenthal', 5, undefined)).patients;
    const owner = found?.patient as never;
    const entry = (await request.records.entries(owner)).find(({ fhirId }) => fhirId === 'w1');
    expect(entry).toMatchObject({ version: 2, value: { number: '70.5' } });
    expect((await request.records.versions(owner, entry as never)).map(({ version }) => version)).toEqual([2, 1]);
  });

  test('the same resource twice in one file is one record', async () => {
    const vault = await (await ClinicDesk.open()).unlock();
    const lines = [
      patient('p1'),
      weight('w1', 'Patient/p1', '70'),
      weight('w1', 'Patient/p1', '70'),
      weight('w1', 'Patient/p1', '71'),
    ];
    const job = await imported(vault, folderOf({ 'a.ndjson': lines.join('\n') }));
    expect(job).toMatchObject({ accepted: 3, alreadyPresent: 1 });
    expect((await everything(vault)).find(({ fhirId }) => fhirId === 'w1')?.version).toBe(2);
  });
});

test('text that the page read goes in as a file does', async () => {
  const desk = await ClinicDesk.open();
  const { request } = await desk.unlock();
  const text = `${patient('p1')}\n${weight('w1', 'Patient/p1', '70')}\n`;
  const begun = await request.imports.takeText(undefined, 'dropped.ndjson', utf8(text.slice(0, 100)), false);
  const job = await request.imports.takeText(begun.id, 'dropped.ndjson', utf8(text.slice(100)), true);
  expect(await request.imports.settled(job.id)).toMatchObject({ id: begun.id, state: 'DONE', accepted: 2 });
});

test('text that pages begin and never finish makes room for what comes after it', async () => {
  const { request } = await (await ClinicDesk.open()).unlock();
  const begin = () => request.imports.takeText(undefined, 'left.ndjson', utf8(patient('p1')), false);
  const first = await begin();
  for (let left = 0; left < 4; left += 1) await begin();
  await expect(request.imports.takeText(first.id, 'left.ndjson', utf8('\n'), true)).rejects.toMatchObject({
    code: 'records.import-unknown',
  });
});

describe.runIf(hasSharedData)('the shared data', () => {
  test('synthea-10 goes in whole: 7,160 resources, 13 patients, no reference without a target', async () => {
    const vault = await (await ClinicDesk.open()).unlock();
    const job = await imported(vault, sharedPath('fhir/synthea-10'));
    expect(job).toMatchObject({ state: 'DONE', accepted: 7_160, patients: 13, missingCount: 0 });
    // The log of the export is no FHIR, and is named so.
    expect(job.refused.map(({ file, code }) => `${file} ${code}`)).toEqual(Array(4).fill('log.ndjson fhir.no-resource-type'));
  }, 60_000);

  test('valid but odd resources are accepted unchanged', async () => {
    const vault = await (await ClinicDesk.open()).unlock();
    const files = readdirSync(sharedPath('fhir/valid-odd')).filter((name) => name.endsWith('.json') && name !== 'index.json');
    const job = await imported(vault, ...files.map((name) => join(sharedPath('fhir/valid-odd'), name)));
    expect(job.refused).toEqual([]);
    expect(job.accepted + job.alreadyPresent).toBeGreaterThan(20);
  }, 60_000);

  test('Bundles with conditional references and transactions go in', async () => {
    const vault = await (await ClinicDesk.open()).unlock();
    const files = readdirSync(sharedPath('fhir/synthea-bundles')).filter((name) => name.endsWith('.json'));
    const job = await imported(vault, ...files.slice(0, 2).map((name) => join(sharedPath('fhir/synthea-bundles'), name)));
    expect(job).toMatchObject({ state: 'DONE', refusedCount: 0, patients: 2 });
  }, 60_000);
});
