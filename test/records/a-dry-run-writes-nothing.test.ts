import { describe, expect, test } from 'vitest';
import { everyRow } from '../../server/sync/vault-context/vault-rows.store.ts';
import { utf8 } from '../../shared/encoding/bytes.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';
import { folderOf, ndjsonByType, patient, samples, weight } from '../support/fhir-files.ts';

type Vault = Awaited<ReturnType<ClinicDesk['unlock']>>;

async function run({ request: { imports } }: Vault, dryRun: boolean, ...paths: string[]) {
  const { id } = await imports.startPaths(paths, { dryRun });
  const job = await imports.settled(id);
  return { ...job, refused: await imports.refused(id, 5_000), missing: await imports.missingReferences(id, 5_000) };
}

const figures = ({
  accepted,
  alreadyPresent,
  refusedCount,
  patients,
  missingCount,
  refused,
  missing,
}: Awaited<ReturnType<typeof run>>) => ({
  accepted,
  alreadyPresent,
  refusedCount,
  patients,
  missingCount,
  refused,
  missing,
});

async function rows(desk: ClinicDesk): Promise<number> {
  let count = 0;
  for (const kind of ['import', 'import-part', 'patient', 'entry', 'source'])
    for await (const page of everyRow(desk.database.read, kind)) count += page.length;
  return count;
}

describe('a dry run', () => {
  test('says what the import then does, and leaves no trace', async () => {
    const desk = await ClinicDesk.open();
    const vault = await desk.unlock();
    const bad = weight('w9', 'Patient/p1', '70').replace('"final"', '"finished"');
    const more = [
      weight('w1', 'Patient/late', '70'),
      bad,
      patient('late'),
      weight('w2', 'Patient/nobody', '71'),
      weight('w1', 'Patient/late', '70'),
    ];
    const folder = folderOf({ ...ndjsonByType(samples(6)), 'more.ndjson': more.join('\n') });
    const [before, commits] = [await rows(desk), desk.commits];
    const dry = await run(vault, true, folder);
    expect([await rows(desk), desk.commits]).toEqual([before, commits]);
    expect((await vault.request.patients.find('', 20, undefined)).patients).toEqual([]);
    expect(await vault.request.imports.list()).toEqual([]);
    const real = await run(vault, false, folder);
    expect(figures(dry)).toEqual(figures(real));
    expect(figures(await run(vault, true, folder))).toEqual(figures(await run(vault, false, folder)));
  });

  test('names who is new, who is known and whom the new ones resemble', async () => {
    const vault = await (await ClinicDesk.open()).unlock();
    await run(vault, false, folderOf({ 'Patient.ndjson': patient('p1', { gender: 'female' }) }));
    const people = [
      patient('p1', { gender: 'female', address: [{ city: 'Bern' }] }),
      patient('elsewhere', { gender: 'female' }),
      patient('p3', { name: [{ family: 'Okafor', given: ['Chidi'] }], birthDate: '1951-02-03' }),
    ];
    const dry = await run(vault, true, folderOf({ 'Patient.ndjson': people.join('\n') }));
    expect(dry).toMatchObject({ accepted: 3, patients: 2 });
    const found = vault.request.imports.people(dry.id, 10);
    expect(found.map(({ line, isNew, alike }) => ({ line, isNew, alike: alike.length }))).toEqual([
      { line: 2, isNew: true, alike: 1 },
      { line: 3, isNew: true, alike: 0 },
      { line: 1, isNew: false, alike: 0 },
    ]);
    expect(found[0]?.alike[0]?.probability).toBeGreaterThan(0.5);
  });

  test('of text that the page read becomes an import without reading it again', async () => {
    const vault = await (await ClinicDesk.open()).unlock();
    const { imports } = vault.request;
    const { id } = await imports.takeText(undefined, 'p.ndjson', utf8(patient('p1')), true, { dryRun: true });
    expect(await imports.settled(id)).toMatchObject({ state: 'DONE', dryRun: true, accepted: 1 });
    const real = await imports.startAfterDryRun(id);
    expect(await imports.settled(real.id)).toMatchObject({ state: 'DONE', accepted: 1, patients: 1 });
    await expect(imports.startAfterDryRun(id)).rejects.toMatchObject({ code: 'records.dry-run-gone' });
  });
});
