import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OpenVault } from '../../server/graphql/domains.ts';
import { CLINIC_DIRECTORY } from '../../server/sync/vault-context/vault-context.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';
import { folderOf, ndjsonByType, patient, samples, weight } from '../support/fhir-files.ts';

/** What is in the vault, by resource: its version. Records that stand twice would show. */
async function inventory({ request }: OpenVault): Promise<string[]> {
  const { patients } = await request.patients.find('', 200, undefined);
  const owners = [...patients.map(({ patient: each }) => each), request.patients.get(CLINIC_DIRECTORY) as never];
  const entries = (await Promise.all(owners.map((owner) => request.records.entries(owner)))).flat();
  return entries.map(({ resourceType, fhirId, version }) => `${resourceType}/${fhirId} ${version}`).sort();
}

/** A desk whose disk fails from an import's commit number `limit` on; it counts those commits. */
async function failing(limit: () => number): Promise<{ desk: ClinicDesk; commits: () => number }> {
  let commits = 0;
  const desk = await ClinicDesk.open({
    beforeCommit: ({ rows }) => {
      if (!rows?.some(({ kind }) => kind === 'import')) return;
      if (commits >= limit()) throw new Failure('storage.disk-full', 'The disk is full.');
      commits += 1;
    },
  });
  return { desk, commits: () => commits };
}

test('wherever it is cut, it goes on without gaps and without doubles', async () => {
  const folder = folderOf({
    ...ndjsonByType(samples(3)),
    // Its patient comes last: what waits is remembered as well.
    'Aaa.ndjson': `${weight('early', 'Patient/late', '70')}\n`,
    'Zzz.ndjson': `${patient('late')}\n`,
  });
  const calm = await failing(() => Number.POSITIVE_INFINITY);
  const whole = await calm.desk.unlock();
  const { id } = await whole.request.imports.startPaths([folder]);
  const expected = await whole.request.imports.settled(id);
  const everything = await inventory(whole);
  expect(new Set(everything).size).toBe(everything.length);

  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: calm.commits() - 1 }), async (cut) => {
      let limit = cut;
      const { desk } = await failing(() => limit);
      const first = await desk.unlock();
      const job = await first.request.imports.startPaths([folder]);
      expect((await first.request.imports.settled(job.id)).state).toBe('FAILED');
      await desk.crash();
      limit = Number.POSITIVE_INFINITY;
      const { request } = await desk.unlock();
      expect(await request.imports.get(job.id)).toMatchObject({ state: 'PAUSED' });
      await request.imports.resume(job.id);
      const { accepted, alreadyPresent, refusedCount, patients, missingCount, state } = await request.imports.settled(job.id);
      expect({ accepted, alreadyPresent, refusedCount, patients, missingCount, state }).toEqual({
        accepted: expected.accepted,
        alreadyPresent: expected.alreadyPresent,
        refusedCount: expected.refusedCount,
        patients: expected.patients,
        missingCount: expected.missingCount,
        state: 'DONE',
      });
      expect(await inventory({ request, close: async () => undefined })).toEqual(everything);
      await desk.remove();
    }),
    { numRuns: 6 },
  );
}, 120_000);

test('an import that a person stops can go on', async () => {
  const desk = await ClinicDesk.open();
  const { request } = await desk.unlock();
  const folder = folderOf(ndjsonByType(samples(6)));
  const { id } = await request.imports.startPaths([folder]);
  const stopped = await request.imports.cancel(id);
  expect(stopped.state).toBe('PAUSED');
  await request.imports.resume(id);
  expect(await request.imports.settled(id)).toMatchObject({ state: 'DONE', accepted: samples(6).length, alreadyPresent: 0 });
});

test('progress is told after each batch and ends with the job', async () => {
  const desk = await ClinicDesk.open();
  const { request } = await desk.unlock();
  const { id } = await request.imports.startPaths([folderOf(ndjsonByType(samples(3)))]);
  let last = await request.imports.get(id);
  for await (const job of await request.imports.progress(id)) last = job;
  expect(last.state).toBe('DONE');
  expect(last.files.every(({ size, bytesRead }) => size === bytesRead)).toBe(true);
});
