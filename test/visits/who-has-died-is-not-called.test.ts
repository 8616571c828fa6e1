/** No visit goes on for who has died, and a death that was recorded by mistake is corrected with a reason. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { localInstant } from '../../shared/encoding/wall-clock.ts';
import { withDeath, withoutDeath } from '../../shared/fhir/patient-death.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';

const ADD = `mutation ($input: AddVisitInput!) { addVisit(input: $input) { visit { id revision stage steps replannable } } }`;
const MOVE = `mutation ($visit: ID!, $revision: String!, $step: VisitStep!) {
  moveVisit(visit: $visit, revision: $revision, step: $step) { id revision stage steps replannable } }`;
const REPLAN = `mutation ($visit: ID!, $revision: String!, $input: ReplanVisitInput!) {
  replanVisit(visit: $visit, revision: $revision, input: $input) { visit { id } } }`;
const DAY = 'query ($day: String!) { visits(day: $day) { id revision stage steps replannable patient { deceased } } }';
const DIES = `mutation ($input: DeathInput!) { recordDeath(input: $input) { patient { deceased deceasedAt } } }`;
const REGISTER = 'mutation ($input: RegisterPatientInput!) { registerPatient(input: $input) { patient { id } } }';

interface Shown {
  readonly id: string;
  readonly revision: string;
}

/** Nine in the morning on the wall. */
const now = new Date(2026, 10, 27, 9).getTime();
let desk: ClinicDesk;
let patient: string;

const add = async (input: object = {}): Promise<Shown> =>
  (await desk.ask<{ addVisit: { visit: Shown } }>(ADD, { input: { patient, kind: 'WALK_IN', ...input } })).addVisit.visit;
const move = ({ id, revision }: Shown, step: string) => desk.ask(MOVE, { visit: id, revision, step });
const dies = (input: object = {}) =>
  desk.ask<{ recordDeath: { patient: object } }>(DIES, { input: { patient, died: true, reason: 'Certificate seen', ...input } });
const queue = async (): Promise<Array<Shown & object>> =>
  (await desk.ask<{ visits: Array<Shown & object> }>(DAY, { day: localInstant(now).slice(0, 10) })).visits;

beforeAll(async () => {
  desk = new ClinicDesk({ clock: () => now });
  await desk.unlock();
});
afterAll(() => desk.remove());
let registered = 0;
beforeEach(async () => {
  const input = { family: `Frey${'abcdefgh'[registered++]}`, given: ['Ada'], birthDate: `19${40 + registered}-05-17` };
  patient = (await desk.ask<{ registerPatient: { patient: { id: string } } }>(REGISTER, { input })).registerPatient.patient.id;
  await desk.ask('mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }', { patient });
});

test('nobody adds, moves or calls a visit of who has died; what was booked is cancelled', async () => {
  const booked = await add({ kind: 'BOOKED', start: localInstant(now + 3_600_000), minutes: 20 });
  const waiting = await add();
  expect((await dies({ at: '2026-11-26' })).recordDeath.patient).toEqual({ deceased: true, deceasedAt: '2026-11-26' });

  await expect(add()).rejects.toMatchObject({ code: 'visits.patient-died' });
  await expect(add({ kind: 'BOOKED', start: localInstant(now), minutes: 20 })).rejects.toMatchObject({
    code: 'visits.patient-died',
  });
  await expect(move(booked, 'CHECK_IN')).rejects.toMatchObject({ code: 'visits.patient-died' });
  await expect(move(waiting, 'START')).rejects.toMatchObject({ code: 'visits.patient-died' });
  const input = { start: localInstant(now + 7_200_000), minutes: 20, urgent: false, remote: false };
  await expect(desk.ask(REPLAN, { visit: booked.id, revision: booked.revision, input })).rejects.toMatchObject({
    code: 'visits.patient-died',
  });
  const shown = (await queue()).filter(({ id }) => id === booked.id || id === waiting.id);
  expect(shown).toMatchObject([0, 1].map(() => ({ steps: ['MISS', 'CANCEL'], replannable: false, patient: { deceased: true } })));
  expect(await move(booked, 'CANCEL')).toMatchObject({ moveVisit: { stage: 'CANCELLED' } });
});

test('who dies during a visit has it finished', async () => {
  const visit = await add();
  const { moveVisit } = (await move(visit, 'START')) as { moveVisit: Shown };
  await dies();
  expect(await move(moveVisit, 'FINISH')).toMatchObject({ moveVisit: { stage: 'FINISHED', steps: [] } });
});

test('a death recorded by mistake is taken out with a reason that stands in the history, and the walk-in is added', async () => {
  await dies({ at: '2026-11' });
  await expect(dies({ died: false, reason: ' ' })).rejects.toMatchObject({ code: 'records.death-reason' });
  await expect(add()).rejects.toMatchObject({ code: 'visits.patient-died' });
  const mistake = 'Taken for the neighbour of the same name';
  expect((await dies({ died: false, reason: mistake })).recordDeath.patient).toEqual({ deceased: false, deceasedAt: null });
  expect(await add()).toMatchObject({ stage: 'ARRIVED' });
});

test.each(['2026-11-28', '2027', '1939', 'yesterday', '2026-11-27T10:00'])('nobody died on "%s"', async (at) => {
  await expect(dies({ at })).rejects.toMatchObject({ code: 'records.death-date' });
  expect(await add()).toMatchObject({ stage: 'ARRIVED' });
});

test('all else of the record stays byte for byte, and one death takes the place of another', () => {
  const text =
    '{"resourceType":"Patient","deceasedBoolean":true,"_deceasedBoolean":{"id":"x"},"name":[{"family":"Frey\\u00e9"}]}';
  const alive = '{"resourceType":"Patient","name":[{"family":"Frey\\u00e9"}]}';
  expect(withoutDeath(text)).toBe(alive);
  expect(withoutDeath(alive)).toBe(alive);
  expect(withDeath(text, '2026-11')).toBe(alive.replace(/}$/, ',"deceasedDateTime":"2026-11"}'));
  expect(withDeath(withDeath(alive, '2026-11'), '')).toBe(alive.replace(/}$/, ',"deceasedBoolean":true}'));
});
