/** Several people at one desk: who takes over does so by name and passphrase, and finds nothing of who was there before; a real vault process. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { noKeychain } from '../../server/identity/keychain.ts';
import { dataOf } from '../../server/workstation/commands/command.ts';
import { DeviceService } from '../../server/workstation/device/device-service.ts';
import { writeInvitation } from '../../shared/sync/wire.ts';
import { builtVault } from '../support/built-processes.ts';

const ADA = 'copper lantern drifting walrus';
const NORA = 'tandem orchid harbour flute';
let folder: string;
let service: DeviceService;
let patient: string;

const ask = async <Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> =>
  dataOf<Data>(await service.execute({ query, variables }));
const idOf = async (name: string): Promise<string> =>
  (await service.entrance.slots()).find((slot) => slot.name === name)?.id ?? '';
const takeOver = async (name: string, passphrase: string): Promise<string> =>
  service.entrance.unlock(await idOf(name), passphrase).then(
    () => 'in',
    (error: { code: string }) => error.code,
  );
const drafts = async (): Promise<string[]> => {
  await ask('mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }', { patient });
  const found = await ask<{ drafts: Array<{ content: string }> }>(
    'query ($patient: ID!) { drafts(patient: $patient) { content } }',
    {
      patient,
    },
  );
  return found.drafts.map(({ content }) => content);
};
const write = (content: string): Promise<unknown> =>
  ask(
    'mutation ($patient: ID!, $content: String!) { saveDraft(patient: $patient, kind: "note", key: "new", content: $content) { savedAt } }',
    {
      patient,
      content,
    },
  );

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'careledger-hands-'));
  service = await DeviceService.open({ folder, keychain: noKeychain, startVault: builtVault(folder) });
  await service.entrance.createClinic({ name: 'Harbour Clinic', administrator: 'Ada', passphrase: ADA, kind: 'clinic' });
  await ask('mutation ($input: EnrolStaffInput!) { enrolStaff(input: $input) { id } }', {
    input: { name: 'Nora', role: 'clinician', passphrase: NORA },
  });
  const made = await ask<{ registerPatient: { patient: { id: string } } }>(
    'mutation ($input: RegisterPatientInput!) { registerPatient(input: $input) { patient { id } } }',
    { input: { family: 'Quillfeather', given: ['Marisol'], birthDate: '1961-04-12' } },
  );
  patient = made.registerPatient.patient.id;
}, 90_000);
afterAll(async () => {
  await service?.close();
  await rm(folder, { recursive: true, force: true });
});

test('a wrong passphrase leaves the desk with who has it, and is counted', async () => {
  expect(await drafts()).toEqual([]);
  await write('what Ada was writing');
  expect(await takeOver('Nora', ADA)).toBe('vault.passphrase-wrong');
  expect(service.signedIn?.name).toBe('Ada');
  expect(await drafts()).toEqual(['what Ada was writing']);
});

test('the right one hands it over; each finds what they were writing, and nothing of the other', async () => {
  expect(await takeOver('Nora', NORA)).toBe('in');
  expect(service.signedIn).toMatchObject({ name: 'Nora', role: 'clinician' });
  expect(await ask('{ me { name role } }')).toEqual({ me: { name: 'Nora', role: 'clinician' } });
  // The chart that was open for the other is not open for her.
  await expect(ask('query ($patient: ID!) { drafts(patient: $patient) { content } }', { patient })).rejects.toBeDefined();
  expect(await drafts()).toEqual([]);
  await write('what Nora is writing');
  expect(await takeOver('Ada', ADA)).toBe('in');
  expect(await drafts()).toEqual(['what Ada was writing']);
});

test('the locked desk says how much waits, in numbers', async () => {
  const ADD = 'mutation ($input: AddTaskInput!) { addTask(input: $input) { id } }';
  const input = { patient, what: 'Call about the potassium', role: 'nurse', due: '2026-11-30T17:00:00+01:00' };
  await ask(ADD, { input });
  await service.entrance.lock();
  expect(service.door.notice).toMatchObject({ alerts: 0, tasks: 1, calls: 0, quiet: 0, calledAt: undefined });
  expect(JSON.stringify(service.door.notice)).not.toMatch(/potassium|Quillfeather/);
});

test('each finds language and colours as they chose them at this desk, and the door as it was chosen there', async () => {
  const { looks } = service;
  await looks.choose(undefined, { language: 'de' });
  await looks.choose('ada', { scheme: 'DARK' });
  await looks.choose('nora', { language: 'en' });
  await looks.choose('nora', { scheme: 'LIGHT' });
  await expect(looks.choose('nora', { language: '../../x' })).rejects.toMatchObject({ code: 'look.language' });
  const all = () => Promise.all([undefined, 'ada', 'nora', 'somebody else'].map((person) => looks.of(person)));
  expect(await all()).toEqual([
    { language: 'de' },
    { language: 'de', scheme: 'DARK' },
    { language: 'en', scheme: 'LIGHT' },
    { language: 'de' },
  ]);
});

test('only an administrator has the clinic join a region, whose hub then gets what it writes', async () => {
  const secret = {
    region: new Uint8Array(32),
    chain: new Uint8Array(32),
    authority: new Uint8Array(32),
    secret: new Uint8Array(16),
  };
  const invitation = { kind: 'clinic', address: 'https://localhost:1', expires: Date.now() + 3_600_000, ...secret } as const;
  const joined = (): Promise<unknown> =>
    service.entrance.joinRegion(writeInvitation(invitation)).catch((error: unknown) => error);
  expect(await takeOver('Nora', NORA)).toBe('in');
  expect(await joined()).toMatchObject({ code: 'access.not-allowed' });
  expect(await takeOver('Ada', ADA)).toBe('in');
  // She gets as far as the hub, which is not there.
  expect(await joined()).toMatchObject({ code: 'sync.hub-unreachable' });
});
