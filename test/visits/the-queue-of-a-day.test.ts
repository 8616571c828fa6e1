/** The queue of a day at one desk, with real databases, keys and validator: from the walk-in to the finished encounter. */
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { alsoErased } from '../../server/erasure/erasure-parts.ts';
import type { OpenVault } from '../../server/graphql/domains.ts';
import type { CompartmentName } from '../../server/sync/vault-context/vault-context.ts';
import { localInstant } from '../../shared/encoding/wall-clock.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';
import { folderOf, ndjsonByType, samples } from '../support/fhir-files.ts';

const SHOWN = `id revision kind stage urgent reason room arrivedAt since encounter steps undoable contested start end
  patient { id name } clinician { id name }`;
const ADD = `mutation ($input: AddVisitInput!, $evenSo: Boolean) { addVisit(input: $input, evenSo: $evenSo) { visit { ${SHOWN} } overlaps { ${SHOWN} } } }`;
const MOVE = `mutation ($visit: ID!, $revision: String!, $step: VisitStep!, $room: String) { moveVisit(visit: $visit, revision: $revision, step: $step, room: $room) { ${SHOWN} } }`;
const UNDO = `mutation ($visit: ID!, $revision: String!) { undoVisitStep(visit: $visit, revision: $revision) { ${SHOWN} } }`;
const REPLAN = `mutation ($visit: ID!, $revision: String!, $input: ReplanVisitInput!, $evenSo: Boolean) { replanVisit(visit: $visit, revision: $revision, input: $input, evenSo: $evenSo) { visit { ${SHOWN} } overlaps { id } } }`;
const DAY = `query ($day: String!) { visits(day: $day) { ${SHOWN} } }`;
const HISTORY = `query ($visit: ID!) { visitHistory(visit: $visit) { stage by at back planned } }`;

interface Shown {
  readonly id: string;
  readonly revision: string;
  readonly stage: string;
  readonly room: string | null;
  readonly encounter: string | null;
  readonly steps: string[];
  readonly undoable: boolean;
  readonly since: number | null;
  readonly patient: { id: string; name: string };
}

let desk: ClinicDesk;
let vault: OpenVault;
/** Each test has a day of its own, that begins at nine on the wall. */
let dayOfMonth = 1;
let now: number;
let ada: string;
let ben: string;

const time = (hours: number, minutes = 0): number => new Date(2026, 10, dayOfMonth, hours, minutes).getTime();
const at = (hours: number, minutes = 0): string => localInstant(time(hours, minutes));
const add = async (input: object, evenSo = false) =>
  (await desk.ask<{ addVisit: { visit: Shown | null; overlaps: Shown[] } }>(ADD, { input, evenSo })).addVisit;
const move = async ({ id, revision }: Shown, step: string, room?: string): Promise<Shown> =>
  (await desk.ask<{ moveVisit: Shown }>(MOVE, { visit: id, revision, step, room })).moveVisit;
const undo = async ({ id, revision }: Shown): Promise<Shown> =>
  (await desk.ask<{ undoVisitStep: Shown }>(UNDO, { visit: id, revision })).undoVisitStep;
const visits = async (day = at(12).slice(0, 10)): Promise<Shown[]> => (await desk.ask<{ visits: Shown[] }>(DAY, { day })).visits;
const walkIn = async (input: object = {}): Promise<Shown> =>
  (await add({ patient: ada, kind: 'WALK_IN', ...input })).visit as Shown;
/** Somebody with another role sits down at the desk. */
const as = (role: 'reception' | 'clinician' | 'nurse'): void => {
  (vault.request.vault.staff as { role: string }).role = role;
};

const register = async (family: string): Promise<string> => {
  const REGISTER = 'mutation ($input: RegisterPatientInput!) { registerPatient(input: $input) { patient { id } } }';
  const input = { family, given: ['Marisol'] };
  return (await desk.ask<{ registerPatient: { patient: { id: string } } }>(REGISTER, { input })).registerPatient.patient.id;
};

beforeAll(async () => {
  now = time(9);
  desk = new ClinicDesk({ clock: () => now });
  vault = await desk.unlock();
  [ada, ben] = [await register('Frey'), await register('Okafor')];
});
afterAll(() => desk.remove());
beforeEach(() => {
  dayOfMonth += 2;
  now = time(9);
  as('clinician');
});

test('a walk-in is added, checked in, called, begun and finished; its records are FHIR and its history says who and when', async () => {
  let visit = await walkIn({ reason: 'Fever since Monday' });
  expect(visit).toMatchObject({ stage: 'ARRIVED', kind: 'WALK_IN', arrivedAt: time(9), undoable: false });
  now += 5 * 60_000;
  visit = await move(visit, 'CHECK_IN');
  expect(visit).toMatchObject({ stage: 'WAITING', since: time(9), encounter: null });
  now += 10 * 60_000;
  visit = await move(visit, 'CALL', 'Room 2');
  expect(visit).toMatchObject({ stage: 'CALLED', room: 'Room 2', since: now });
  visit = await move(visit, 'TRIAGE');
  visit = await move(visit, 'START');
  expect(visit).toMatchObject({ stage: 'UNDER_WAY', clinician: { name: 'Dr. Ada Frey' }, steps: ['FINISH'] });
  now += 20 * 60_000;
  visit = await move(visit, 'FINISH');
  expect(visit).toMatchObject({ stage: 'FINISHED', steps: [] });
  expect((await visits()).map(({ id }) => id)).toEqual([visit.id]);
  expect(await visits('2026-11-01')).toEqual([]);

  await desk.ask('mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }', { patient: ada });
  const RECORD = 'query ($patient: ID!, $id: ID!) { record(patient: $patient, id: $id) { resource history { version } } }';
  const { record } = await desk.ask<{ record: { resource: string; history: unknown[] } }>(RECORD, {
    patient: ada,
    id: visit.encounter,
  });
  expect(JSON.parse(record.resource)).toMatchObject({
    resourceType: 'Encounter',
    status: 'finished',
    class: { code: 'AMB' },
    subject: { reference: `Patient/${ada}` },
    appointment: [{ reference: `Appointment/${visit.id}` }],
    reasonCode: [{ text: 'Fever since Monday' }],
    location: [{ location: { display: 'Room 2' }, status: 'completed' }],
    statusHistory: [{ status: 'arrived' }, { status: 'triaged' }, { status: 'in-progress' }, { status: 'finished' }],
    period: { start: at(9, 15), end: at(9, 35) },
  });
  expect(record.history).toHaveLength(4);
  const { visitHistory } = await desk.ask<{ visitHistory: object[] }>(HISTORY, { visit: visit.id });
  expect(visitHistory.map((each) => (each as { stage: string }).stage)).toEqual([
    'ARRIVED',
    'WAITING',
    'CALLED',
    'TRIAGED',
    'UNDER_WAY',
    'FINISHED',
  ]);
  expect(visitHistory[1]).toEqual({
    stage: 'WAITING',
    by: 'Dr. Ada Frey',
    at: time(9) + 5 * 60_000,
    back: false,
    planned: false,
  });

  await desk.lock();
  vault = await desk.unlock();
  expect(await visits()).toMatchObject([{ stage: 'FINISHED', room: 'Room 2' }]);
});

test('what is booked is none of the last encounters that a chart shows first', async () => {
  const patient = await register('Nakamura');
  const { visit } = await add({ patient, kind: 'BOOKED', reason: 'Diabetes review', start: at(15), minutes: 20 });
  await desk.ask('mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }', { patient });
  const LAST = 'query ($patient: ID!) { chart(patient: $patient) { summary { encounters { resourceType } } } }';
  const last = async () => (await desk.ask<{ chart: { summary: object } }>(LAST, { patient })).chart.summary;
  expect(await last()).toEqual({ encounters: [] });
  const called = await move(await move(visit as Shown, 'CHECK_IN'), 'CALL', 'Room 2');
  expect(called.stage).toBe('CALLED');
  expect(await last()).toEqual({ encounters: [{ resourceType: 'Encounter' }] });
});

test('reception adds and calls without the chart, and neither begins nor ends an encounter', async () => {
  as('reception');
  let visit = await walkIn();
  await expect(move(visit, 'START')).rejects.toMatchObject({ code: 'access.not-allowed' });
  visit = await move(await move(visit, 'CHECK_IN'), 'CALL', '1');
  expect(visit.steps).toEqual(['CANCEL']);
  as('nurse');
  [visit] = (await visits()) as [Shown];
  visit = await move(visit, 'START');
  as('reception');
  [visit] = (await visits()) as [Shown];
  expect(visit).toMatchObject({ stage: 'UNDER_WAY', steps: [], undoable: false });
  await expect(move(visit, 'FINISH')).rejects.toMatchObject({ code: 'access.not-allowed' });
  await expect(undo(visit)).rejects.toMatchObject({ code: 'access.not-allowed' });
  as('reception');
  await expect(
    desk.ask('query ($patient: ID!) { chart(patient: $patient) { openedAt } }', { patient: ada }),
  ).rejects.toMatchObject({ code: 'access.not-allowed' });
});

test('who is to see a patient is warned of allergies, with a line in the access log; reception is not', async () => {
  const ACTIVE = {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }],
  };
  const allergy = (text: string) =>
    JSON.stringify({
      resourceType: 'AllergyIntolerance',
      clinicalStatus: ACTIVE,
      code: { text },
      patient: { reference: `Patient/${ben}` },
    });
  const PUT = 'mutation ($input: PutRecordInput!) { putRecord(input: $input) { id } }';
  await desk.ask('mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }', { patient: ben });
  await desk.ask(PUT, { input: { patient: ben, resource: allergy('Penicillin') } });
  await desk.ask('mutation ($patient: ID!) { closeChart(patient: $patient) }', { patient: ben });
  const WARNINGS = 'query ($day: String!) { visitWarnings(day: $day) { visit warnings } }';
  const warned = async () => (await desk.ask<{ visitWarnings: object[] }>(WARNINGS, { day: at(12).slice(0, 10) })).visitWarnings;
  const lines = async (): Promise<string[]> => {
    const LOG = 'query ($patient: ID!) { accessLog(patient: $patient) { edges { node { action } } } }';
    const { accessLog } = await desk.ask<{ accessLog: { edges: { node: { action: string } }[] } }>(LOG, { patient: ben });
    return accessLog.edges.map(({ node }) => node.action).filter((action) => action === 'queue');
  };
  const booked = (await add({ patient: ben, kind: 'BOOKED', start: at(10) })).visit as Shown;
  expect(await warned()).toEqual([]);
  const visit = await walkIn({ patient: ben, reason: 'Cough' });
  as('reception');
  expect(await warned()).toEqual([]);
  as('clinician');
  expect(await lines()).toEqual([]);
  expect(await warned()).toEqual([{ visit: visit.id, warnings: ['Penicillin'] }]);
  expect(await warned()).toHaveLength(1);
  expect(await lines()).toEqual(['queue']);
  await move(visit, 'CANCEL');
  await move(booked, 'CANCEL');
  expect(await warned()).toEqual([]);
});

/** As restrictions, or a role, may have it, which never keep who the patient is: until the test ends. */
function nothingIsOpen(categories: readonly CompartmentName[] = ['identity']): void {
  const { hooks } = vault.request.vault;
  const { reading } = hooks;
  hooks.reading = async () => ({ categories: new Set(categories), opens: () => false });
  onTestFinished(() => {
    hooks.reading = reading;
  });
}

test('where a restriction keeps the records of a visit from somebody, it is not there for them; reception sees who comes', async () => {
  const visit = await walkIn({ patient: ben, reason: 'A word with the director' });
  expect(await visits()).toHaveLength(1);
  nothingIsOpen();
  expect(await visits()).toEqual([]);
  await expect(move(visit, 'CHECK_IN')).rejects.toMatchObject({ code: 'visits.unknown' });
  await expect(desk.ask(HISTORY, { visit: visit.id })).rejects.toMatchObject({ code: 'visits.unknown' });
  as('reception');
  expect(await visits()).toMatchObject([{ id: visit.id, reason: 'A word with the director' }]);
});

test('reception hears at once that the queue has changed, and nothing of the chart', async () => {
  as('reception');
  nothingIsOpen();
  const changes = await desk.follow('subscription { changed { topics records } }');
  const next = changes.next();
  await walkIn();
  expect((await next).value).toMatchObject({ data: { changed: { topics: ['visits'], records: [] } } });
  await changes.return?.();
});

test('whom the decision lets correct nothing of the patient plans no visit, and who treats needs more than who plans', async () => {
  const visit = await move(await walkIn(), 'CHECK_IN');
  as('reception');
  nothingIsOpen([]);
  await expect(walkIn()).rejects.toMatchObject({ code: 'access.read-only' });
  expect(await visits()).toEqual([]);
  nothingIsOpen();
  expect(await visits()).toMatchObject([{ id: visit.id }]);
  expect(await move(visit, 'MISS')).toMatchObject({ stage: 'NO_SHOW' });
});

describe('a late step', () => {
  test('from a screen that shows an older state does nothing, and says so', async () => {
    const shown = await walkIn();
    const moved = await move(shown, 'CHECK_IN');
    await expect(move(shown, 'MISS')).rejects.toMatchObject({ code: 'visits.moved' });
    await expect(undo(shown)).rejects.toMatchObject({ code: 'visits.moved' });
    expect(await visits()).toMatchObject([{ stage: 'WAITING', revision: moved.revision }]);
  });

  test('moves no closed visit; what was closed opens again on its own day only', async () => {
    const closed = await move(await move(await walkIn(), 'CHECK_IN'), 'MISS');
    for (const step of ['CHECK_IN', 'CALL', 'START', 'CANCEL'])
      await expect(move(closed, step)).rejects.toMatchObject({ code: 'visits.step' });
    now += 24 * 3_600_000;
    await expect(undo(closed)).rejects.toMatchObject({ code: 'visits.closed' });
    now -= 24 * 3_600_000;
    expect(await undo(closed)).toMatchObject({ stage: 'WAITING', steps: ['CALL', 'START', 'MISS', 'CANCEL'] });
  });

  test('pressed twice at once is taken once', async () => {
    const shown = await walkIn();
    const both = await Promise.allSettled([move(shown, 'CHECK_IN'), move(shown, 'CHECK_IN')]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });
});

test('each step can be taken back, down to the first, and the encounter that was not is entered in error', async () => {
  let visit = await move(await walkIn(), 'CHECK_IN');
  visit = await move(visit, 'CALL', 'Room 2');
  const begun = visit.encounter;
  visit = await move(visit, 'START');
  visit = await undo(visit);
  expect(visit).toMatchObject({ stage: 'CALLED', room: 'Room 2', encounter: begun });
  visit = await undo(visit);
  expect(visit).toMatchObject({ stage: 'WAITING', encounter: null, room: null });
  visit = await move(visit, 'START');
  expect(visit).toMatchObject({ stage: 'UNDER_WAY', encounter: begun });
  // What went before the encounter was entered in error is no way back.
  visit = await undo(visit);
  expect(visit.stage).toBe('WAITING');
  visit = await undo(visit);
  expect(visit).toMatchObject({ stage: 'ARRIVED', undoable: false });
  await expect(undo(visit)).rejects.toMatchObject({ code: 'visits.nothing-to-undo' });
  const { visitHistory } = await desk.ask<{ visitHistory: Array<{ back: boolean }> }>(HISTORY, { visit: visit.id });
  expect(visitHistory.filter(({ back }) => back).length).toBeGreaterThanOrEqual(3);
});

test('a booking names what it overlaps with, and is kept when somebody wants it even so', async () => {
  const { visit: first } = await add({ patient: ada, kind: 'BOOKED', start: at(10), minutes: 30, clinician: await me() });
  const wish = { patient: ben, kind: 'TELE', start: at(10, 15), minutes: 15, clinician: await me() };
  expect(await add(wish)).toMatchObject({ visit: null, overlaps: [{ id: first?.id }] });
  expect(await add({ ...wish, clinician: null })).toMatchObject({ visit: { kind: 'TELE', stage: 'BOOKED' } });
  expect(await add({ ...wish, start: at(10, 30) })).toMatchObject({ overlaps: [] });
  expect((await add(wish, true)).visit).not.toBeNull();
  expect((await visits()).map(({ id }) => id)[0]).toBe(first?.id);
  expect(await add({ patient: ada, kind: 'BOOKED', start: 'soon' }).catch((error) => error)).toMatchObject({
    code: 'visits.plan',
  });
  const tomorrow = (await add({ patient: ada, kind: 'BOOKED', start: at(33) })).visit as Shown;
  expect(tomorrow.steps).toEqual(['CANCEL']);
  await expect(move(tomorrow, 'CHECK_IN')).rejects.toMatchObject({ code: 'visits.not-today' });
});

const me = async (): Promise<string> => (await desk.ask<{ me: { id: string } }>('{ me { id } }')).me.id;

test('what an import brings floods nothing, and a patient who is erased leaves no visit', async () => {
  const { id: job } = await vault.request.imports.startPaths([folderOf(ndjsonByType(samples(3)))]);
  await vault.request.imports.settled(job);
  expect(await visits()).toEqual([]);
  await walkIn();
  const others = await walkIn({ patient: ben });
  await vault.request.vault.gateway.commit({ rows: await alsoErased(vault.request.vault, ada) });
  expect((await visits()).map(({ id }) => id)).toEqual([others.id]);
});

describe('a booked visit', () => {
  interface Planned extends Shown {
    readonly start: string;
    readonly kind: string;
    readonly urgent: boolean;
    readonly reason: string | null;
  }
  const book = async (start: string, patient = ada): Promise<Planned> =>
    (await add({ patient, kind: 'BOOKED', reason: 'Check', start, minutes: 20 })).visit as Planned;
  const replan = async ({ id, revision }: Shown, change: object, evenSo = false) => {
    const input = { remote: false, urgent: false, reason: 'Check', start: at(10), minutes: 20, ...change };
    const asked = { visit: id, revision, input, evenSo };
    return (await desk.ask<{ replanVisit: { visit: Planned | null; overlaps: { id: string }[] } }>(REPLAN, asked)).replanVisit;
  };
  const dayAfter = (): string => localInstant(new Date(2026, 10, dayOfMonth + 1, 11).getTime());

  test.each([
    ['Asia/Kolkata', '18:00'],
    ['America/New_York', '04:30'],
  ])('in the last half hour of a day in %s is of that day, though a program named it by UTC', async (zone, utc) => {
    const before = process.env.TZ;
    process.env.TZ = zone;
    try {
      const late = time(23, 30);
      expect(new Date(late).toISOString()).toContain(`T${utc}:00`);
      const booked = await book(new Date(late).toISOString());
      expect(booked.start).toBe(localInstant(late));
      expect((await visits()).map(({ id }) => id)).toEqual([booked.id]);
      now = time(23, 40);
      expect(await move(booked, 'CHECK_IN')).toMatchObject({ stage: 'WAITING' });
    } finally {
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
    }
  });

  test('moves to another day and back, is there once, and its history says so', async () => {
    as('reception');
    const booked = await book(at(10));
    const moved = (await replan(booked, { start: dayAfter(), urgent: true, remote: true })).visit as Planned;
    expect(moved).toMatchObject({ stage: 'BOOKED', kind: 'TELE', urgent: true, start: dayAfter(), reason: 'Check' });
    expect([await visits(), (await visits(dayAfter().slice(0, 10))).map(({ id }) => id)]).toEqual([[], [booked.id]]);
    const back = (await replan(moved, { start: at(15), reason: '' })).visit as Planned;
    expect((await visits()).map(({ id }) => id)).toEqual([booked.id]);
    expect(await visits(dayAfter().slice(0, 10))).toEqual([]);
    expect(back).toMatchObject({ kind: 'BOOKED', urgent: false, reason: null });
    const { visitHistory } = await desk.ask<{ visitHistory: object[] }>(HISTORY, { visit: booked.id });
    expect(visitHistory).toMatchObject([{ planned: false }, { stage: 'BOOKED', planned: true }, { planned: true, back: false }]);
  });

  test('that would overlap says with what, but never with itself', async () => {
    const [one, other] = [await book(at(10)), await book(at(11))];
    expect((await replan(one, { start: at(10, 10) })).overlaps).toEqual([]);
    const again = (await visits()).find(({ id }) => id === one.id) as Shown;
    expect(await replan(again, { start: at(11, 10) })).toEqual({ visit: null, overlaps: [{ id: other.id }] });
    expect((await replan(again, { start: at(11, 10) }, true)).visit).toMatchObject({ start: at(11, 10) });
  });

  test('keeps its time once the patient is here, and its plan when a step is taken back', async () => {
    const waiting = await move(await book(at(10)), 'CHECK_IN');
    await expect(replan(waiting, { start: at(12) })).rejects.toMatchObject({ code: 'visits.too-late-to-plan' });
    const urgent = (await replan(waiting, { urgent: true, reason: 'Worse' })).visit as Planned;
    expect(urgent).toMatchObject({ stage: 'WAITING', urgent: true, reason: 'Worse', start: at(10) });
    await expect(replan(waiting, { urgent: false })).rejects.toMatchObject({ code: 'visits.moved' });
    const back = await undo(urgent);
    expect(back).toMatchObject({ stage: 'BOOKED', urgent: true, reason: 'Worse', arrivedAt: null });
    const called = await move(await move(back, 'CHECK_IN'), 'CALL');
    await expect(replan(called, { urgent: false })).rejects.toMatchObject({ code: 'visits.too-late-to-plan' });
  });
});
