/** Threat C7: somebody who leaves is out at every desk as soon as it hears of it, a session that is open included. */
import { afterAll, beforeAll, expect, test } from 'vitest';
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

test('an open session answers nothing more, and the door stays shut', async () => {
  await second.open(patient);
  const slot = second.service.signedIn?.id ?? '';
  await bench.first.ask('mutation Go($staff: ID!) { revokeStaff(staff: $staff) }', { staff: slot });
  await until('the second desk hears of it', async () => (await codeOf(second.find('quill'))) === 'vault.staff-revoked');
  for (const question of ['{ me { id } }', `{ chart(patient: "${patient}") { openedAt } }`, '{ offers { id } }'])
    expect(await codeOf(second.ask(question))).toBe('vault.staff-revoked');
  expect(await codeOf(second.register('Late', 'Entry'))).toBe('vault.staff-revoked');
  await second.service.lock();
  expect(await codeOf(second.service.unlock(slot, 'copper lantern drifting walrus'))).toBe('vault.staff-revoked');
}, 90_000);
