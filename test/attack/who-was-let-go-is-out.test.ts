/** Threat C7: somebody who leaves is out at every desk as soon as it hears of it, a session that is open included. */
import '../support/quick-passphrases.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GraphqlAnswer } from '../../server/graphql/apollo.ts';
import { until } from '../../server/workstation/demo/desk.ts';
import { ClinicBench, type Desk } from '../workstation/further-device-bench.ts';

let bench: ClinicBench;
let second: Desk;
let patient: string;

beforeAll(async () => {
  bench = await ClinicBench.open();
  patient = await bench.first.register('Quillfeather', 'Marisol');
  second = await bench.desk('second', 'Bo Lindqvist');
  await until('the patient is there', async () => (await second.find('quill')).length === 1);
}, 90_000);
afterAll(() => bench?.close());

const codeOf = (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => 'answered',
    (error: { code?: string }) => String(error.code),
  );

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
  await second.service.entrance.lock();
  expect(await codeOf(second.service.entrance.unlock(slot, 'copper lantern drifting walrus'))).toBe('vault.staff-revoked');
}, 90_000);
