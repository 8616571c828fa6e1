/** Two desks of one clinic, with real processes and a real hub between them. */
import '../support/quick-passphrases.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../server/workstation/demo/desk.ts';
import { verifyReplica } from '../../server/workstation/verify/verify-replica.ts';
import { bytesOf, ClinicBench, type Desk } from './further-device-bench.ts';

describe('two desks of one clinic', () => {
  let bench: ClinicBench;
  let first: Desk;
  let second: Desk;
  let before: string;
  let observed: string;

  beforeAll(async () => {
    bench = await ClinicBench.open();
    first = bench.first;
    before = await first.register('Quillfeather', 'Marisol');
    await first.open(before);
    observed = await first.observe(before, '37.50');
    second = await bench.desk('second', 'Bo Lindqvist');
  }, 90_000);
  afterAll(() => bench.close());

  test('a patient registered before the second came opens there, with what was written', async () => {
    expect(await second.find('quillf')).toEqual([before]);
    expect(second.service.signedIn).toMatchObject({ name: 'Bo Lindqvist', role: 'clinician' });
    await until('the documents are there', async () => ((await second.open(before)).RESULT ?? 0) === 1);
    expect(await until('it opens', () => second.read(before, observed).catch(() => undefined))).toContain('"value":37.50');
  });

  test('what one writes shows at the other: patients, records, new versions', async () => {
    const patient = await second.register('Brambleworth', 'Tobias');
    await second.open(patient);
    const record = await second.observe(patient, '38.2');
    await until('the patient is found', async () => (await first.find('brambl')).includes(patient));
    await first.open(patient);
    expect(await until('it opens', () => first.read(patient, record).catch(() => undefined))).toContain('"value":38.2');
    const more = await first.observe(patient, '39.1');
    await second.open(patient);
    expect(await until('it opens', () => second.read(patient, more).catch(() => undefined))).toContain('"value":39.1');
  }, 60_000);

  test('who opened a chart at one is seen at the other', async () => {
    await until('the line arrives', async () => {
      const { accessLog } = await first.ask<{ accessLog: { edges: Array<{ node: { who: string } }> } }>(
        'query Log($patient: ID!) { accessLog(patient: $patient) { edges { node { who } } } }',
        { patient: before },
      );
      return accessLog.edges.some(({ node }) => node.who === 'Bo Lindqvist');
    });
  });

  test('an import that one desk has made is taken back at the other', async () => {
    const text = '{"resourceType":"Patient","id":"undo-1","name":[{"family":"Thistlewick"}]}';
    const { importText } = await first.ask<{ importText: { id: string } }>(
      'mutation ($text: String!) { importText(job: null, file: "people.ndjson", firstLine: 1, text: $text, last: true, finish: true) { id } }',
      { text },
    );
    const jobs = async (desk: Desk) =>
      (await desk.ask<{ importJobs: Array<{ id: string; state: string; here: boolean }> }>('{ importJobs { id state here } }'))
        .importJobs;
    const isIt = ({ id }: { id: string }): boolean => id === importText.id;
    await until('the other desk knows of it', async () => (await jobs(second)).find(isIt)?.state === 'DONE');
    await until('and of whom it made', async () => (await second.find('thistlew')).length === 1);
    expect((await jobs(second)).find(isIt)?.here).toBe(false);
    await second.ask('mutation ($id: ID!) { takeImportBack(id: $id, reason: "The wrong folder") { state } }', {
      id: importText.id,
    });
    await until('nobody is listed there', async () => (await second.find('thistlew')).length === 0);
    await until('nor at the desk that made it', async () => (await first.find('thistlew')).length === 0);
    await until('which knows that it was taken back', async () => (await jobs(first)).find(isIt)?.state === 'TAKEN_BACK');
  }, 60_000);

  test('both replicas hold when every block and document is checked again', async () => {
    for (const { service } of [first, second]) {
      await service.syncOnce();
      expect((await verifyReplica(service.installation)).faults).toEqual([]);
    }
  });

  test('nothing is doubled, and both see the same after a restart', async () => {
    await first.restart();
    await second.restart();
    for (const desk of [first, second]) {
      expect(await desk.find('')).toHaveLength(2);
      expect(await desk.open(before)).toMatchObject({ RESULT: 1 });
    }
  }, 60_000);

  test('the hub has no name of a patient or of staff', async () => {
    const bytes = await bytesOf(bench.hubFolder);
    expect(bytes.includes('Harbour Clinic')).toBe(true);
    for (const name of ['Quillfeather', 'Marisol', 'Brambleworth', 'Lindqvist', 'Ferreira'])
      expect(bytes.includes(name)).toBe(false);
  });

  test('a device that is revoked is refused, and gets nothing more', async () => {
    const device = second.service.deviceId;
    await first.ask('mutation Revoke($device: ID!) { revokeDevice(device: $device) }', { device });
    await first.service.syncOnce();
    await expect(second.service.syncOnce()).rejects.toMatchObject({ code: 'hub.device-revoked' });
    const later = await first.register('Thistledown', 'Ada');
    await first.service.syncOnce();
    await expect(second.service.syncOnce()).rejects.toMatchObject({ code: 'hub.device-revoked' });
    expect(await second.find('thistle')).toEqual([]);
    expect(await first.find('thistle')).toEqual([later]);
  }, 60_000);
});
