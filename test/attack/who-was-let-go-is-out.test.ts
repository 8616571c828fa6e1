/** Threat C7: somebody who leaves is out at every desk as soon as it hears of it, a session that is open included. */
import '../support/quick-passphrases.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GraphqlAnswer } from '../../server/graphql/apollo.ts';
import { dataOf } from '../../server/workstation/commands/command.ts';
import { until } from '../../server/workstation/demo/desk.ts';
import { PageGraphql } from '../../server/workstation/device/device-graphql.ts';
import { ClinicBench, type Desk } from '../workstation/further-device-bench.ts';

let bench: ClinicBench;
let second: Desk;
let patient: string;

beforeAll(async () => {
  bench = await ClinicBench.open();
  patient = await bench.first.register('Quillfeather', 'Marisol');
  second = await bench.desk('second', 'Bo Lindqvist', 'administrator');
  await until('the patient is there', async () => (await second.find('quill')).length === 1);
}, 90_000);
afterAll(() => bench?.close());

const codeOf = (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => 'answered',
    (error: { code?: string }) => String(error.code),
  );

/** What the computer does for who is signed in, without their keys. */
const ADMINISTRATOR_ACTS = [
  'mutation { serveClinic(listen: "127.0.0.1:0") { connection } }',
  'mutation { followClinicHost(address: null) { connection } }',
  'mutation { resumeSync { connection } }',
  'mutation { followRestoredHub { connection } }',
  'mutation { letCopyGoOn { connection } }',
  'mutation { scheduleBackups(folder: "/tmp/of-mine", everyHours: 1) { schedule { folder } } }',
  'mutation { makeBackup(folder: "/tmp/of-mine") { nextDue } }',
  'mutation { exportBundle(folder: "/tmp", after: 0) { path } }',
];

async function onComputer({ service }: Desk, query: string): Promise<unknown> {
  const graphql = await PageGraphql.open(service, () => undefined);
  try {
    return dataOf(await graphql.execute('device', { query }));
  } finally {
    await graphql.stop();
  }
}

test('an open session answers nothing more, what it follows and reads ends, and the door stays shut', async () => {
  await second.open(patient);
  const slot = second.service.signedIn?.id ?? '';
  const followed: GraphqlAnswer[] = [];
  const changes = second.service.follow({ query: 'subscription { changed { topics } }' }, (answer) => followed.push(answer));
  const { importText } = await second.ask<{ importText: { id: string } }>(
    'mutation { importText(file: "late.ndjson", firstLine: 1, text: "", last: false, finish: false) { id } }',
  );
  const progress = second.service.follow(
    { query: 'subscription ($id: ID!) { importProgress(id: $id) { accepted } }', variables: { id: importText.id } },
    () => undefined,
  );
  await bench.first.ask('mutation Go($staff: ID!) { revokeStaff(staff: $staff) }', { staff: slot });
  await until('the second desk hears of it', async () => (await codeOf(second.find('quill'))) === 'vault.staff-revoked');
  for (const question of ['{ me { id } }', `{ chart(patient: "${patient}") { openedAt } }`, '{ offers { id } }'])
    expect(await codeOf(second.ask(question))).toBe('vault.staff-revoked');
  expect(await codeOf(second.register('Late', 'Entry'))).toBe('vault.staff-revoked');
  await Promise.all([changes.done, progress.done]);
  expect(followed.at(-1)?.errors?.[0]?.extensions?.code).toBe('vault.staff-revoked');
  for (const act of ADMINISTRATOR_ACTS) expect(await codeOf(onComputer(second, act)), act).toBe('vault.staff-revoked');
  await second.service.entrance.lock();
  expect(await codeOf(second.service.entrance.unlock(slot, 'copper lantern drifting walrus'))).toBe('vault.staff-revoked');
}, 90_000);
