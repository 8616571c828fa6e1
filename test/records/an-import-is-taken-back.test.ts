import { describe, expect, test } from 'vitest';
import type { OpenVault } from '../../server/graphql/domains.ts';
import type { PatientEntry } from '../../server/sync/vault-context/vault-context.ts';
import { fromUtf8 } from '../../shared/encoding/bytes.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';
import { folderOf, ndjsonByType, patient, samples, weight } from '../support/fhir-files.ts';

const WHY = 'The wrong clinic’s export';

async function imported({ request: { imports } }: OpenVault, files: Readonly<Record<string, string>>) {
  const { id } = await imports.startPaths([folderOf(files)]);
  return imports.settled(id);
}

async function takenBack({ request: { imports } }: OpenVault, id: string) {
  await imports.takeBack(id, WHY);
  return imports.settled(id);
}

const people = async ({ request }: OpenVault, question = ''): Promise<PatientEntry[]> =>
  (await request.patients.find(question, 50, undefined)).patients.map(({ patient: each }) => each);

async function texts({ request: { records } }: OpenVault, owner: PatientEntry) {
  const entries = await records.entries(owner);
  const versions = await Promise.all(entries.map((entry) => records.versions(owner, entry)));
  return new Map(entries.map(({ fhirId }, at) => [fhirId, (versions[at] ?? []).map(({ content }) => fromUtf8(content))]));
}

describe('an import is taken back', () => {
  test('as if it had never been: nobody is listed, every record says so, and it can come again', async () => {
    const desk = await ClinicDesk.open();
    let vault = await desk.unlock();
    const files = ndjsonByType(samples(5));
    const job = await imported(vault, files);
    const before = await people(vault);
    const plan = await vault.request.imports.undoPlan(job.id);
    expect(plan).toMatchObject({ restored: 0, people: 5 });
    expect(plan.marked + plan.left.length).toBe(job.accepted);
    expect(new Set(plan.left.map(({ reason }) => reason))).toEqual(new Set(plan.left.length > 0 ? ['NO_SUCH_STATUS'] : []));
    const { marked, restored, people: gone } = plan;
    expect(await takenBack(vault, job.id)).toMatchObject({
      state: 'TAKEN_BACK',
      undo: { marked, restored, people: gone, left: plan.left.length },
    });
    expect(await people(vault)).toEqual([]);
    await desk.lock();
    vault = await desk.unlock();
    expect(await people(vault)).toEqual([]);
    const [somebody] = before as [PatientEntry];
    const known = vault.request.patients.known(somebody.id);
    for (const entry of await vault.request.records.entries(known)) {
      const [newest, first] = await vault.request.records.versions(known, entry);
      expect(newest).toMatchObject({ version: 2, reason: WHY });
      expect(first?.version).toBe(1);
      // What is written must pass for FHIR: a program reads it.
      const { resourceType } = entry;
      const checked = await vault.request.vault.fhir.check(fromUtf8(newest?.content ?? new Uint8Array(0)));
      if (resourceType === 'Observation' || resourceType === 'Condition')
        expect(checked.entry.summary.status).toBe('entered-in-error');
    }
    const again = await imported(vault, files);
    expect(again).toMatchObject({ patients: 5, alreadyPresent: plan.left.length });
    expect(await people(vault)).toHaveLength(5);
  });

  test('what it changed says again what it said before, and the change can come again', async () => {
    const vault = await (await ClinicDesk.open()).unlock();
    const old = weight('w1', 'Patient/p1', '70.10');
    await imported(vault, { 'a.ndjson': `${patient('p1')}\n${old}` });
    const changed = {
      'b.ndjson': `${patient('p1', { address: [{ city: 'Bern' }] })}\n${weight('w1', 'Patient/p1', '71')}\n${weight('w2', 'Patient/p1', '72')}`,
    };
    const job = await imported(vault, changed);
    expect(await takenBack(vault, job.id)).toMatchObject({ undo: { marked: 1, restored: 2, people: 0, left: 0 } });
    const [owner] = (await people(vault)) as [PatientEntry];
    expect(owner.summary.city).toBe('');
    const found = await texts(vault, owner);
    expect(found.get('w1')?.[0]).toBe(old);
    expect(found.get('w1')).toHaveLength(3);
    expect(JSON.parse(found.get('w2')?.[0] ?? '{}')).toMatchObject({ status: 'entered-in-error' });
    expect(await imported(vault, changed)).toMatchObject({ accepted: 3, alreadyPresent: 0, refusedCount: 0 });
    expect((await people(vault))[0]?.summary.city).toBe('Bern');
  });

  test('what somebody amended since stays and is named, with its patient', async () => {
    const vault = await (await ClinicDesk.open()).unlock();
    const job = await imported(vault, {
      'a.ndjson': `${patient('p1')}\n${weight('w1', 'Patient/p1', '70')}\n${weight('w2', 'Patient/p1', '71')}`,
    });
    await imported(vault, { 'b.ndjson': weight('w1', 'Patient/p1', '75') });
    const { left } = await vault.request.imports.undoPlan(job.id);
    expect(left.map(({ reason, resourceType }) => [resourceType, reason]).sort()).toEqual([
      ['Observation', 'AMENDED'],
      ['Patient', 'PERSON_STAYS'],
    ]);
    expect(await takenBack(vault, job.id)).toMatchObject({ undo: { marked: 1, restored: 0, people: 0, left: 2 } });
    expect(await vault.request.imports.left(job.id, 10)).toHaveLength(2);
    const [owner] = (await people(vault)) as [PatientEntry];
    expect((await texts(vault, owner)).get('w1')).toHaveLength(2);
  });

  test('one that was cut off goes on where it was, and nothing is done twice', async () => {
    let left = Number.POSITIVE_INFINITY;
    const desk = await ClinicDesk.open({
      beforeCommit: ({ events = [] }) => {
        if (events.length > 0 && left-- <= 0) throw new Error('the disk is full');
      },
    });
    const vault = await desk.unlock();
    const lines = [patient('p1'), ...Array.from({ length: 700 }, (_, at) => weight(`w${at}`, 'Patient/p1', '70'))];
    const job = await imported(vault, { 'a.ndjson': lines.join('\n') });
    left = 1;
    const stopped = await takenBack(vault, job.id);
    expect(stopped).toMatchObject({ state: 'TAKING_BACK', undo: { marked: 500 } });
    expect(stopped.problem).toMatchObject({ code: 'internal.unexpected' });
    left = Number.POSITIVE_INFINITY;
    expect(await takenBack(vault, job.id)).toMatchObject({ state: 'TAKEN_BACK', undo: { marked: 701, people: 1, left: 0 } });
    expect(await people(vault)).toEqual([]);
  });

  test('never without a reason, and not while it runs or only looked', async () => {
    const vault = await (await ClinicDesk.open()).unlock();
    const { imports } = vault.request;
    const job = await imported(vault, { 'a.ndjson': patient('p1') });
    await expect(imports.takeBack(job.id, ' ')).rejects.toMatchObject({ code: 'records.reason-missing' });
    const { id } = await imports.startPaths([folderOf({ 'a.ndjson': patient('p2') })], { dryRun: true });
    await imports.settled(id);
    await expect(imports.takeBack(id, WHY)).rejects.toMatchObject({ code: 'records.import-runs' });
    expect(await people(vault)).toHaveLength(1);
  });
});
