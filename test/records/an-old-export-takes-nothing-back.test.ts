import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OpenVault } from '../../server/graphql/domains.ts';
import { fromUtf8 } from '../../shared/encoding/bytes.ts';
import { isNewer, type VersionAge } from '../../shared/records/import-age.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';
import { folderOf, patient } from '../support/fhir-files.ts';

interface Written {
  readonly status?: string;
  readonly note?: string;
  readonly lastUpdated?: string;
  readonly versionId?: string;
}
const allergy = ({ status = 'active', note = 'rash', lastUpdated, versionId }: Written): string =>
  JSON.stringify({
    resourceType: 'AllergyIntolerance',
    id: 'a1',
    meta: { lastUpdated, versionId },
    clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: status }] },
    code: { text: 'Penicillin' },
    patient: { reference: 'Patient/p1' },
    note: [{ text: note }],
  }).replace('"meta":{},', '');

async function brought({ request }: OpenVault, ...resources: string[]) {
  const files = { 'Patient.ndjson': patient('p1'), 'AllergyIntolerance.ndjson': resources.join('\n') };
  const { id } = await request.imports.startPaths([folderOf(files)]);
  const { accepted, alreadyPresent, refusedCount } = await request.imports.settled(id);
  const refused = (await request.imports.refused(id, 9)).map(({ code }) => code);
  return { accepted, alreadyPresent, refusedCount, refused };
}

async function chartOf({ request }: OpenVault) {
  const { patients } = await request.patients.find('', 1, undefined);
  const owner = patients[0]!.patient;
  const [entry] = (await request.records.entries(owner)).filter(({ resourceType }) => resourceType === 'AllergyIntolerance');
  const versions = await request.records.versions(owner, entry!);
  return { owner, entry: entry!, versions: versions.map(({ content }) => fromUtf8(content)) };
}

async function amendHere(vault: OpenVault, resource: string): Promise<void> {
  const { owner, entry } = await chartOf(vault);
  const { entry: read, content } = await vault.request.vault.fhir.check(resource);
  const { summary, fhirId } = read;
  const draft = { patient: owner.id, record: entry.record, category: entry.category, kind: 'fhir', content, summary, fhirId };
  await vault.request.records.put({ ...draft, reason: 'seen today' });
}

const OLDER = ['records.older-than-here'];

test('an export that was imported before changes nothing, also after others came', async () => {
  const desk = await ClinicDesk.open();
  const vault = await desk.unlock();
  const [first, second] = [allergy({ note: 'first' }), allergy({ note: 'second' })];
  await brought(vault, first);
  expect(await brought(vault, second)).toMatchObject({ accepted: 1 });
  expect(await brought(vault, first)).toMatchObject({ accepted: 0, alreadyPresent: 2, refused: [] });
  expect(await brought(vault, second, first)).toMatchObject({ accepted: 0, alreadyPresent: 3 });
  expect((await chartOf(vault)).versions).toEqual([second, first]);
});

test('an older version that was never here is reported and not taken, by date or by its number', async () => {
  const desk = await ClinicDesk.open();
  const vault = await desk.unlock();
  const newest = allergy({ note: 'new', lastUpdated: '2025-05-01T10:00:00+02:00', versionId: '7' });
  await brought(vault, newest);
  expect(await brought(vault, allergy({ note: 'old', lastUpdated: '2025-05-01T07:59:59Z' }))).toMatchObject({
    accepted: 0,
    refused: OLDER,
  });
  expect(await brought(vault, allergy({ note: 'numbered', versionId: '6' }))).toMatchObject({ accepted: 0, refused: OLDER });
  expect(await brought(vault, allergy({ note: 'newer', lastUpdated: '2025-05-02T00:00:00Z' }))).toMatchObject({
    accepted: 1,
    refused: [],
  });
  expect((await chartOf(vault)).versions[0]).toContain('newer');
});

test('an edit made here stays when an export from before it comes, and so does a warning', async () => {
  let now = Date.parse('2026-03-01T12:00:00Z');
  const desk = await ClinicDesk.open({ clock: () => now });
  const vault = await desk.unlock();
  await brought(vault, allergy({ lastUpdated: '2026-01-01T00:00:00Z' }));
  now += 60_000;
  await amendHere(vault, allergy({ note: 'anaphylaxis today', lastUpdated: '2026-01-01T00:00:00Z' }));
  for (const late of [
    allergy({ status: 'resolved', lastUpdated: '2026-02-01T00:00:00Z' }),
    allergy({ status: 'resolved' }),
    allergy({ note: 'undated' }),
  ])
    expect(await brought(vault, late)).toMatchObject({ accepted: 0, refused: OLDER });
  const { entry, versions } = await chartOf(vault);
  expect([entry.status, versions.length]).toEqual(['active', 2]);
  expect(await brought(vault, allergy({ status: 'resolved', lastUpdated: '2026-03-02T00:00:00Z' }))).toMatchObject({
    accepted: 1,
  });
});

test('two versions in one file: the older one behind the newer one does not win', async () => {
  const desk = await ClinicDesk.open();
  const vault = await desk.unlock();
  const newer = allergy({ note: 'newer', lastUpdated: '2025-05-02T00:00:00Z' });
  const older = allergy({ status: 'resolved', note: 'older', lastUpdated: '2025-05-01T00:00:00Z' });
  expect(await brought(vault, newer, older)).toMatchObject({ refused: OLDER });
  expect((await chartOf(vault)).versions).toEqual([newer]);
});

test('a patient who has died is not revived by an older export', async () => {
  const desk = await ClinicDesk.open();
  const vault = await desk.unlock();
  const person = (more: object) => JSON.stringify({ ...JSON.parse(patient('p1')), ...more });
  const take = async (resource: string) => {
    const { id } = await vault.request.imports.startPaths([folderOf({ 'Patient.ndjson': resource })]);
    return vault.request.imports.settled(id);
  };
  await take(person({ meta: { lastUpdated: '2025-05-02T00:00:00Z' }, deceasedBoolean: true }));
  expect(await take(person({ meta: { lastUpdated: '2025-05-01T00:00:00Z' } }))).toMatchObject({ accepted: 0, refusedCount: 1 });
  expect(await take(person({}))).toMatchObject({ accepted: 0, refusedCount: 1 });
  const { patients } = await vault.request.patients.find('', 1, undefined);
  expect(patients[0]!.patient.summary.deceased).toBe(true);
});

test('whatever tells their ages: no warning and no edit made here falls to what is not surely newer', () => {
  const time = fc.option(fc.nat(20), { nil: undefined });
  const age: fc.Arbitrary<VersionAge> = fc.record({ lastUpdated: time, versionId: time, warns: fc.boolean() });
  fc.assert(
    fc.property(age, age, time, (incoming, here, writtenHere) => {
      const newer = isNewer(incoming, here, writtenHere);
      const at = incoming.lastUpdated;
      const surelyOlder = at !== undefined && [here.lastUpdated, writtenHere].some((known) => known !== undefined && at < known);
      if (surelyOlder) expect(newer).toBe(false);
      if (writtenHere !== undefined && newer) expect(at).toBeGreaterThanOrEqual(writtenHere);
      if (here.warns && !incoming.warns && newer) {
        const byTime = at !== undefined && [here.lastUpdated, writtenHere].every((known) => known === undefined || at > known);
        const byNumber = (incoming.versionId ?? -1) > (here.versionId ?? 21);
        expect(byTime || byNumber).toBe(true);
      }
    }),
    { numRuns: 2000 },
  );
});
