import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Connection } from '../../server/storage/connection.ts';
import { accessKey, accessRow } from '../../shared/access/access-rules.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { AccessLine } from '../../shared/sync/access-line.ts';
import { ClinicDesk, type DeskOptions } from '../support/clinic-desk.ts';
import { folderOf, patient } from '../support/fhir-files.ts';

const OPEN = `mutation ($patient: ID!) { openChart(patient: $patient) { openedAt patient { name } sections { section count } } }`;
const LOG = `query ($patient: ID!) { accessLog(patient: $patient) { totalCount edges { node { who role action purpose own sequence } } } accessCompleteness(patient: $patient) { lines anchored waiting complete missing { from to } } }`;

async function deskWithPatients(options: DeskOptions = {}) {
  const desk = await ClinicDesk.open(options);
  const { request } = await desk.unlock();
  const { id } = await request.imports.startPaths([folderOf({ 'Patient.ndjson': `${patient('p1')}\n${patient('p2')}` })]);
  await request.imports.settled(id);
  const ids = (await request.patients.find('', 5, undefined)).patients.map(({ patient: each }) => each.id);
  return { desk, request, ids };
}

const lines = (desk: ClinicDesk) =>
  desk.database.read.get<{ count: number }>("SELECT count(*) AS count FROM vault_row WHERE kind = 'access'");

test('a chart that was not opened answers nothing', async () => {
  const { desk, ids } = await deskWithPatients();
  await expect(
    desk.ask(`query ($patient: ID!) { chart(patient: $patient) { openedAt } }`, { patient: ids[0] }),
  ).rejects.toMatchObject({
    code: 'access.chart-not-open',
  });
  expect((await lines(desk))?.count).toBe(0);
});

test('the line is on the disk when the chart answers, and says who, why and when', async () => {
  const { desk, ids } = await deskWithPatients({ clock: () => 1_767_600_000_000 });
  await desk.ask(OPEN, { patient: ids[0] });
  expect((await lines(desk))?.count).toBe(1);
  expect(await desk.ask(LOG, { patient: ids[0] })).toEqual({
    accessLog: {
      totalCount: 1,
      edges: [{ node: { who: 'Dr. Ada Frey', role: 'clinician', action: 'open', purpose: 'TREAT', own: true, sequence: 1 } }],
    },
    accessCompleteness: [{ lines: 1, anchored: 0, waiting: 1, complete: true, missing: [] }],
  });
  // Of the other patient only that somebody has just looked at the log.
  expect(await desk.ask(LOG, { patient: ids[1] })).toMatchObject({
    accessLog: { totalCount: 1, edges: [{ node: { action: 'access-log', purpose: 'HOPERAT', sequence: 2 } }] },
  });
});

test('when the line cannot be written the chart stays closed and says why; later it opens, without a gap', async () => {
  let full = false;
  const { desk, ids } = await deskWithPatients({
    beforeCommit: ({ rows }) => {
      if (full && rows?.some(({ kind }) => kind === 'access')) throw new Failure('storage.disk-full', 'The disk is full.');
    },
  });
  full = true;
  await expect(desk.ask(OPEN, { patient: ids[0] })).rejects.toMatchObject({ code: 'access.line-not-durable' });
  await expect(
    desk.ask(`query ($patient: ID!) { chart(patient: $patient) { openedAt } }`, { patient: ids[0] }),
  ).rejects.toMatchObject({
    code: 'access.chart-not-open',
  });
  full = false;
  await desk.ask(OPEN, { patient: ids[0] });
  expect(await desk.ask(LOG, { patient: ids[0] })).toMatchObject({ accessLog: { edges: [{ node: { sequence: 1 } }] } });
});

/** Each way in which who is signed in can read of one patient. */
const READINGS = [
  OPEN,
  'query ($patient: ID!) { consents(patient: $patient) { id } }',
  'query ($patient: ID!) { accessLog(patient: $patient) { totalCount } }',
  'mutation ($patient: ID!) { exportAccessLog(patient: $patient, format: CSV) { text } }',
] as const;

test('on a disk that is really full, and in a database that something else has locked, nothing is answered of anybody', async () => {
  const { desk, ids } = await deskWithPatients();
  const ask = (query: string, patient = ids[0]) =>
    desk.ask(query, { patient }).then(
      () => 'answered',
      (error) => error.code,
    );
  const path = join(desk.folder, 'clinic.db');
  const other = await Connection.open(path, 'write');
  onTestFinished(() => other.close());
  await other.script('BEGIN IMMEDIATE');
  for (const query of READINGS) expect([query, await ask(query)]).toEqual([query, 'access.line-not-durable']);
  await other.script('ROLLBACK');
  expect((await lines(desk))?.count).toBe(0);

  // No page more than there are: at some line the disk is full, and what was answered until then is what has lines.
  await desk.database.write((transaction) => transaction.all('PRAGMA max_page_count=1'));
  let answered = 0;
  let said = await ask(OPEN);
  for (; said === 'answered' && answered < 500; said = await ask(OPEN)) answered++;
  expect(said).toBe('access.line-not-durable');
  expect((await lines(desk))?.count).toBe(answered);
  for (const query of READINGS) expect([query, await ask(query, ids[1])]).toEqual([query, 'access.line-not-durable']);
  await desk.database.write((transaction) => transaction.all('PRAGMA max_page_count=4294967294'));
  expect(await ask(OPEN, ids[1])).toBe('answered');
}, 60_000);

test('the ledger anchors all lines; one that is gone or altered shows, after a restart as well', async () => {
  const { desk, request, ids } = await deskWithPatients();
  for (let opening = 0; opening < 3; opening++) await desk.ask(OPEN, { patient: ids[opening % 2] });
  expect(await request.access.sealAccessLog()).toBe(true);
  expect(await request.access.sealAccessLog()).toBe(false);
  const device = toHex(request.vault.device);
  const [anchor] = await request.vault.gateway.state([accessKey(device)]);
  expect(decode(accessRow, anchor as Uint8Array).count).toBe(3);
  await desk.lock();

  const again = (await desk.unlock()).request;
  await desk.ask(OPEN, { patient: ids[0] });
  const here = async () => (await again.access.completeness(ids[0] as string))[0];
  expect(await here()).toMatchObject({ device, lines: 4, anchored: 3, waiting: 1, complete: true });
  await again.access.sealAccessLog();
  expect(await here()).toMatchObject({ lines: 4, anchored: 4, waiting: 0, complete: true });

  const [second] = await desk.database.read.all<{ key: Buffer; sealed: Buffer }>(
    "SELECT key, sealed FROM vault_row WHERE kind = 'access' ORDER BY key LIMIT 1 OFFSET 1",
  );
  const altered = Buffer.from(second?.sealed as Buffer);
  altered[40] = (altered[40] as number) ^ 1;
  await desk.database.writeOnce("UPDATE vault_row SET sealed = ? WHERE kind = 'access' AND key = ?", [
    altered,
    second?.key as Buffer,
  ]);
  expect(await here()).toMatchObject({ lines: 4, missing: [], altered: true, complete: false });
  // The list is refused; beside the word that the log was altered, the other visits of that patient are still shown.
  await expect(desk.ask(LOG, { patient: ids[1] })).rejects.toMatchObject({ code: 'vault.row-altered' });
  const { accessVisits } = await desk.ask<{ accessVisits: { edges: unknown[] } }>(
    'query Visits($patient: ID!) { accessVisits(patient: $patient) { edges { node { id } } } }',
    { patient: ids[1] },
  );
  expect(accessVisits.edges).toHaveLength(1);
  await desk.database.writeOnce("DELETE FROM vault_row WHERE kind = 'access' AND key = ?", [second?.key as Buffer]);
  expect(await here()).toMatchObject({ lines: 4, missing: [{ from: 2, to: 2 }], complete: false });
});

test('a lock anchors what the cadence has not', async () => {
  const { desk, request, ids } = await deskWithPatients();
  await desk.ask(OPEN, { patient: ids[0] });
  const device = toHex(request.vault.device);
  await desk.lock();
  const { vault } = (await desk.unlock()).request;
  const [anchor] = await vault.gateway.state([accessKey(device)]);
  expect(decode(accessRow, anchor as Uint8Array).count).toBe(1);
});

/** As another desk of this clinic, or another clinic, has told it. */
const told = (patientId: string, device: string, more: Partial<AccessLine>): AccessLine => ({
  chain: 'ab'.repeat(32),
  device,
  patient: patientId,
  staff: 'cd'.repeat(32),
  who: 'Dr. Bo Lund',
  role: 'clinician',
  purpose: 'TREAT',
  action: 'open',
  at: 1,
  sequence: 7,
  suite: 2,
  ofPatient: 1,
  process: '',
  recipient: '',
  categories: ['clinical'],
  detail: '',
  salt: '00'.repeat(32),
  ...more,
});

test('a line that another clinic sent is listed once, as theirs', async () => {
  const { desk, request, ids } = await deskWithPatients();
  const line = told(ids[0] as string, 'ef'.repeat(32), {});
  for (let time = 0; time < 2; time++) await request.vault.gateway.commit({ rows: [request.access.receivedRow(line)] });
  expect(await desk.ask(LOG, { patient: ids[0] })).toMatchObject({
    accessLog: {
      totalCount: 2,
      edges: [{ node: { action: 'access-log', own: true } }, { node: { who: 'Dr. Bo Lund', own: false, sequence: 7 } }],
    },
  });
});

test('what another clinic or another desk owes is named, and two lines under one number are both kept', async () => {
  const { request, ids } = await deskWithPatients();
  const one = ids[0] as string;
  const take = (...lines: AccessLine[]) =>
    request.vault.gateway.commit({ rows: lines.map((line) => request.access.receivedRow(line)) });
  const of = async (device: string) => (await request.access.completeness(one)).find((each) => each.device === device);
  const clinic = 'ef'.repeat(32);
  await take(told(one, clinic, { ofPatient: 1 }), told(one, clinic, { sequence: 12, ofPatient: 4 }));
  expect(await of(clinic)).toMatchObject({
    everyLine: false,
    lines: 2,
    missing: [{ from: 2, to: 3 }],
    altered: false,
    complete: false,
  });

  // Another desk of this clinic: the second of its lines is about somebody else, and counts all the same.
  const chain = toHex(request.vault.chain);
  const other = '0e'.repeat(32);
  await take(told(one, other, { chain, sequence: 1 }), told(ids[1] as string, other, { chain, sequence: 2 }));
  expect(await of(other)).toMatchObject({ everyLine: true, lines: 2, missing: [], complete: true });
  await take(told(one, other, { chain, sequence: 4, ofPatient: 2 }));
  expect(await of(other)).toMatchObject({ missing: [{ from: 3, to: 3 }], complete: false });

  const before = (await request.access.linesOf(one)).length;
  await take(told(one, clinic, { ofPatient: 1, who: 'Somebody else' }));
  expect(await of(clinic)).toMatchObject({ altered: true, complete: false });
  expect(await request.access.linesOf(one)).toHaveLength(before + 1);
});
