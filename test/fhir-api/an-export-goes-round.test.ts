/** What one clinic exports another takes in, and exports again: the same resources, letter by letter. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { toBase64 } from '../../shared/encoding/bytes.ts';
import { PASSPHRASE } from '../support/clinic-desk.ts';
import { folderOf, ndjsonByType, patient, samples, weight } from '../support/fhir-files.ts';
import { bytesFor } from '../support/ledger-builder.ts';
import { minimalResources } from '../support/minimal-resources.ts';
import { hasSharedData, sharedPath } from '../support/shared-data.ts';
import { Facade, idsOf } from './facade.ts';

const SCAN = Buffer.from('%PDF-1.7 the letter');
const EXPORT = `mutation ($folder: String!, $patient: ID, $passphrase: String!) {
  exportRecords(folder: $folder, patient: $patient, passphrase: $passphrase) { path resources missing } }`;

interface Written {
  readonly path: string;
  readonly resources: number;
  readonly missing: readonly string[];
}

async function clinic(label: string): Promise<Facade> {
  const facade = await Facade.open({ label });
  const clinicKey = { kind: 'clinic-signing', id: new Uint8Array(0), epoch: 0, value: bytesFor(`${label} clinic`) } as const;
  await facade.request.vault.keyStore.putKeys([clinicKey]);
  return facade;
}

/** What was refused of a folder. */
async function takeIn(facade: Facade, path: string): Promise<readonly object[]> {
  const { imports } = facade.request;
  const { id } = await imports.startPaths([path]);
  await imports.settled(id);
  return imports.refused(id, 100);
}

async function exported(facade: Facade, patient?: string): Promise<Written> {
  const folder = mkdtempSync(join(tmpdir(), 'careledger-round-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { exportRecords } = (await facade.desk.ask(EXPORT, { folder, patient, passphrase: PASSPHRASE })) as {
    exportRecords: Written;
  };
  return exportRecords;
}

/** A record as a form of the desk writes it; gives its id. */
async function put({ desk }: Facade, patient: string, resource: object): Promise<string> {
  const written = JSON.stringify({ ...resource, subject: { reference: `Patient/${patient}` } });
  const { putRecord } = await desk.ask<{ putRecord: { id: string } }>(
    'mutation ($input: PutRecordInput!) { putRecord(input: $input) { id } }',
    { input: { patient, resource: written } },
  );
  return putRecord.id;
}

interface Aura {
  readonly id: string;
  readonly subject: { readonly reference: string };
  readonly focus: ReadonlyArray<{ readonly reference: string }>;
}

/** Resources by `Type/id`; which version it is and since when, and by what names its vault keeps the pieces of a file, each clinic says itself. */
function resourcesIn(folder: string): Map<string, string> {
  const lines = readdirSync(folder)
    .filter((name) => name.endsWith('.ndjson'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n'));
  return new Map(
    lines.map((line) => {
      const { resourceType, id } = JSON.parse(line) as { resourceType: string; id: string };
      const said = line.replace(/"versionId":"\d+"/, '').replace(/"lastUpdated":"[^"]+"/, '');
      return [`${resourceType}/${id}`, said.replace(/(attachment-pieces","valueBase64Binary":)"[^"]+"/, '$1')];
    }),
  );
}

async function goesRound(path: string): Promise<Map<string, string>> {
  const first = await clinic('first');
  await takeIn(first, path);
  const out = await exported(first);
  expect(out.missing).toEqual([]);
  const second = await clinic('second');
  await takeIn(second, out.path);
  const again = await exported(second);
  expect(again).toMatchObject({ resources: out.resources, missing: [] });
  const [before, after] = [resourcesIn(out.path), resourcesIn(again.path)];
  expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
  for (const [name, text] of before) expect(after.get(name)).toBe(text);
  return before;
}

test.each([1, 2, 3])(
  'a clinic of sample patients goes round without a letter lost (seed %i)',
  async (seed) => {
    const resources = samples(4, seed);
    const before = await goesRound(folderOf(ndjsonByType(resources)));
    // Each was there to begin with, as it was written.
    expect(before.size).toBe(resources.length);
  },
  120_000,
);

test('a clinic with a record of every type goes round, what belongs to no patient or to nobody known here with it', async () => {
  const made = minimalResources('p1');
  // Of a Bundle its entries are taken in, and this one has none.
  made.delete('Bundle');
  const resources = [...made.values()].map((resource) => JSON.stringify(resource));
  const stranger = weight('stray', 'Patient/somebody-else', '80.0');
  const folder = folderOf({ 'Patient.ndjson': patient('p1'), 'others.ndjson': [...resources, stranger].join('\n') });
  const first = await clinic('first');
  const refused = await takeIn(first, folder);
  // What needs more than HL7's definitions make obligatory is refused, by invariants.
  expect(refused.length).toBeLessThan(15);
  const before = await goesRound(folder);
  expect(before.size).toBe(1 + resources.length + 1 - refused.length);
  expect([...before.keys()]).toEqual(
    expect.arrayContaining(['Questionnaire/the-questionnaire', 'Group/the-group', 'Observation/stray']),
  );
}, 120_000);

test.skipIf(!hasSharedData)(
  'a clinic of Synthea’s ten patients goes round without a letter lost',
  async () => {
    await goesRound(sharedPath('fhir/synthea-10'));
  },
  120_000,
);

test.skipIf(!hasSharedData)(
  'each example Consent of FHIR R4 goes round word for word, and says the same to people in both clinics',
  async () => {
    const folder = sharedPath('fhir/examples/Consent');
    const examples = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as { id: string });
    const lines = examples.map((example) => JSON.stringify(example));
    const path = folderOf({ 'Patient.ndjson': `${patient('f001')}\n${patient('72')}`, 'Consent.ndjson': lines.join('\n') });
    const saidIn = async (facade: Facade): Promise<readonly object[]> => {
      const said: object[] = [];
      for (const found of (await facade.request.patients.find('', 5, undefined)).patients) {
        const { foreignConsents } = await facade.desk.ask<{ foreignConsents: object[] }>(
          `query ($patient: ID!) { foreignConsents(patient: $patient) { title date active permitsOtherwise fault notEnforced
            rules { depth permits readers purposes categories labels starts ends emergencyOnly alsoNames } } }`,
          { patient: found.patient.id },
        );
        said.push(...foreignConsents);
      }
      return said
        .map((each) => JSON.stringify(each))
        .sort()
        .map((each) => JSON.parse(each) as object);
    };
    const first = await clinic('first');
    expect(await takeIn(first, path)).toEqual([]);
    const out = await exported(first);
    const written = readFileSync(join(out.path, 'Consent.ndjson'), 'utf8').trimEnd().split('\n');
    const kept = written.map((line) => JSON.parse(line) as { id: string; meta?: object });
    // Which version it is, and since when, the clinic says itself.
    const whole = new Map(kept.map(({ meta: _, ...consent }) => [consent.id, consent]));
    for (const example of examples) expect(whole.get(example.id), example.id).toEqual(example);
    const second = await clinic('second');
    expect(await takeIn(second, out.path)).toEqual([]);
    expect(resourcesIn((await exported(second)).path)).toEqual(resourcesIn(out.path));
    const said = await saidIn(first);
    expect(said).toHaveLength(examples.length);
    expect(said.filter((each) => 'fault' in each && each.fault === '')).toHaveLength(examples.length);
    expect(await saidIn(second)).toEqual(said);
  },
  120_000,
);

test('one patient goes to another clinic with what was written at the desk about them, wherever their own id came from', async () => {
  const first = await clinic('first');
  await takeIn(first, folderOf(ndjsonByType(samples(2, 5))));
  const [page] = (await first.request.patients.find('', 1, undefined)).patients;
  const whom = page?.patient.id as string;
  await first.desk.ask('mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }', { patient: whom });
  const scan = { patient: whom, name: 'Letter.pdf', type: 'application/pdf', size: SCAN.length, modified: 7 };
  await first.request.attachments.begin(scan, 'Letter');
  await first.request.attachments.put(scan, 0, toBase64(SCAN));
  await first.request.attachments.finish(scan);
  const problem = await put(first, whom, { resourceType: 'Condition', code: { text: 'Migraine' } });
  await put(first, whom, {
    resourceType: 'Observation',
    ...{ status: 'final', code: { text: 'Aura' }, focus: [{ reference: `Condition/${problem}` }] },
  });

  // The desk names patient and problem by ids of its vault: a program is led to both.
  const token = await first.token();
  const [id = ''] = idsOf(
    (await first.ask(`/Patient?name=${encodeURIComponent(page?.patient.summary.family ?? '')}`, token)).json,
  );
  const found = (await first.ask(`/Observation?patient=${id}&_include=Observation:patient&_count=500`, token)).json;
  const aura = found.entry.find(({ resource }) => JSON.stringify(resource).includes('Aura'))?.resource as unknown as Aura;
  for (const { reference } of [aura.subject, ...aura.focus]) expect((await first.ask(`/${reference}`, token)).status).toBe(200);
  expect(found.entry.map(({ resource }) => resource.resourceType)).toContain('Patient');
  // What it writes back as it got it is understood, and still leads there.
  const body = JSON.stringify({ ...aura, code: { text: 'Aura, visual' } });
  const headers = { 'content-type': 'application/fhir+json', 'if-match': 'W/"1"' };
  expect((await first.ask(`/Observation/${aura.id}`, token, { method: 'PUT', body, headers })).status).toBe(200);
  const kept = (await first.ask(`/Observation/${aura.id}`, token)).json as unknown as Aura;
  expect([kept.subject, kept.focus]).toEqual([aura.subject, aura.focus]);

  const out = await exported(first, whom);
  const second = await clinic('second');
  expect(await takeIn(second, out.path)).toEqual([]);
  const again = await exported(second);
  expect(again.missing).toEqual([]);
  const [before, after] = [resourcesIn(out.path), resourcesIn(again.path)];
  expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
  for (const [name, text] of before) expect(after.get(name)).toBe(text);
  const [letter = ''] = readdirSync(join(out.path, 'files'));
  expect(readFileSync(join(again.path, 'files', letter))).toEqual(SCAN);
}, 120_000);
