/** Tasks at one desk: a FHIR Task in the chart, for a person or a role, handed on, done or declined with a reason, and back again. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { OpenVault } from '../../server/graphql/domains.ts';
import { localInstant } from '../../shared/encoding/wall-clock.ts';
import {
  checkedWish,
  handTask,
  moveTask,
  readTask,
  stateOf,
  type TaskWish,
  writeTask,
} from '../../shared/tasks/task-resource.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';

const SHOWN =
  'id revision what state urgent owner { name } role covered mine due overdue askedBy about by reason handed { by words } patient { name }';
const LIST = `query ($whose: TaskScope!) { tasks(whose: $whose) { ${SHOWN} } }`;
const ADD = `mutation ($input: AddTaskInput!) { addTask(input: $input) { ${SHOWN} } }`;
const END = `mutation ($task: ID!, $revision: String!, $end: TaskEnd!, $reason: String) { endTask(task: $task, revision: $revision, end: $end, reason: $reason) { ${SHOWN} } }`;
const HAND = `mutation ($task: ID!, $revision: String!, $owner: ID, $role: String, $reason: String) { handTask(task: $task, revision: $revision, owner: $owner, role: $role, reason: $reason) { ${SHOWN} } }`;
const IN_CHART = `query ($patient: ID!) { patientTasks(patient: $patient) { ${SHOWN} } }`;
const REOPEN = `mutation ($task: ID!, $revision: String!) { reopenTask(task: $task, revision: $revision) { ${SHOWN} } }`;

interface Shown {
  readonly id: string;
  readonly revision: string;
  readonly what: string;
  readonly state: string;
}

describe('as FHIR', () => {
  const me = { id: 'aa'.repeat(32), name: 'Dr. Ada Frey' };
  const wish: TaskWish = {
    what: 'Call about the potassium',
    owner: me,
    role: undefined,
    due: '2026-11-30T17:00:00+01:00',
    urgent: true,
    about: 'Observation/k-1',
  };

  test('what was asked reads back, whatever state it is in', () => {
    const task = writeTask('01', '02', wish, me, '2026-11-28T09:00:00+01:00');
    expect(readTask(task)).toEqual({
      ...wish,
      state: 'OPEN',
      askedBy: me,
      asked: '2026-11-28T09:00:00+01:00',
      reason: '',
      handed: undefined,
    });
    const declined = moveTask(task, 'DECLINED', 'Was called yesterday', '2026-11-29T09:00:00+01:00');
    expect(readTask(declined)).toMatchObject({ state: 'DECLINED', reason: 'Was called yesterday', what: wish.what });
    expect(readTask(moveTask(declined, 'OPEN', '', '2026-11-29T10:00:00+01:00'))).toMatchObject({ state: 'OPEN', reason: '' });
    const forRole = writeTask('01', '02', { ...wish, owner: undefined, role: 'nurse' }, me, '2026-11-28T09:00:00+01:00');
    expect(readTask(forRole)).toMatchObject({ owner: undefined, role: 'nurse' });
  });

  test('handed on, it is for the other alone, and says from whom to whom each time', () => {
    const at = '2026-11-28T10:00:00+01:00';
    const ben = { id: 'bb'.repeat(32), name: 'Ben Okafor' };
    const task = writeTask('01', '02', wish, me, '2026-11-28T09:00:00+01:00');
    const forRole = handTask(task, { owner: undefined, role: 'nurse' }, 'On leave', me, at);
    expect(readTask(forRole)).toMatchObject({ owner: undefined, role: 'nurse', askedBy: me, what: wish.what });
    const forBen = handTask(forRole, { owner: ben, role: undefined }, '', me, at);
    expect(readTask(forBen)).toMatchObject({ owner: ben, role: undefined, handed: { by: me.name, words: 'nurse → Ben Okafor' } });
    expect(JSON.stringify(forBen.note)).toContain('Dr. Ada Frey → nurse: On leave');
    expect(() => handTask(forBen, { owner: ben, role: undefined }, '', me, at)).toThrow(/already/);
    expect(() => handTask(forBen, { owner: undefined, role: undefined }, '', me, at)).toThrow(/owner/);
    expect(() => handTask(moveTask(forBen, 'DONE', '', at), { owner: me, role: undefined }, '', me, at)).toThrow(/ended/);
  });

  test('a task of another program counts as open until it says that it ended', () => {
    expect(['requested', 'in-progress', 'on-hold'].map(stateOf)).toEqual(['OPEN', 'OPEN', 'OPEN']);
    expect(['completed', 'cancelled', 'failed', 'word'].map(stateOf)).toEqual(['DONE', 'DECLINED', 'DECLINED', 'DECLINED']);
  });

  test.each([
    ['what', { what: '  ' }],
    ['what', { what: 'x'.repeat(501) }],
    ['owner', { owner: undefined }],
    ['owner', { role: 'nurse' as const }],
    ['due', { due: 'tomorrow' }],
    ['about', { about: 'https://elsewhere.example/Observation/1' }],
  ])('%s is named when it is wrong', (field, over) => {
    expect(() => checkedWish({ ...wish, ...over })).toThrow(expect.objectContaining({ code: 'tasks.wish', details: { field } }));
  });
});

describe('at the desk', () => {
  let desk: ClinicDesk;
  let vault: OpenVault;
  let now = new Date(2026, 10, 2, 9).getTime();
  let me: string;
  let patient: string;
  const as = (role: string): void => {
    (vault.request.vault.staff as { role: string }).role = role;
  };
  const add = async (input: object): Promise<Shown> =>
    (
      await desk.ask<{ addTask: Shown }>(ADD, {
        input: { patient, what: 'Call about the potassium', due: localInstant(now + 3_600_000), ...input },
      })
    ).addTask;
  const list = async (whose: 'MINE' | 'ALL' = 'MINE'): Promise<Shown[]> =>
    (await desk.ask<{ tasks: Shown[] }>(LIST, { whose })).tasks;
  const end = async ({ id, revision }: Shown, how: 'DONE' | 'DECLINED', reason: string | null = null): Promise<Shown> =>
    (await desk.ask<{ endTask: Shown }>(END, { task: id, revision, end: how, reason })).endTask;

  beforeAll(async () => {
    desk = new ClinicDesk({ clock: () => now });
    vault = await desk.unlock({ name: 'Dr. Ada Frey', role: 'administrator' });
    me = (await desk.ask<{ me: { id: string } }>('{ me { id } }')).me.id;
    const REGISTER = 'mutation ($input: RegisterPatientInput!) { registerPatient(input: $input) { patient { id } } }';
    const input = { family: 'Vega', given: ['Marisol'] };
    patient = (await desk.ask<{ registerPatient: { patient: { id: string } } }>(REGISTER, { input })).registerPatient.patient.id;
  });
  afterAll(() => desk.remove());
  beforeEach(() => as('administrator'));

  test('it is asked for, done, opened again and declined with a reason; each is a version of a FHIR Task', async () => {
    const asked = await add({ owner: me, urgent: true });
    expect(asked).toMatchObject({
      state: 'OPEN',
      mine: true,
      overdue: false,
      askedBy: 'Dr. Ada Frey',
      patient: { name: 'Marisol Vega' },
    });
    expect(await vault.request.tasks.openCount()).toBe(1);
    const done = await end(asked, 'DONE');
    expect(done).toMatchObject({ state: 'DONE', by: 'Dr. Ada Frey' });
    expect(await vault.request.tasks.openCount()).toBe(0);
    await expect(end(asked, 'DONE')).rejects.toMatchObject({ code: 'tasks.moved' });
    const again = (await desk.ask<{ reopenTask: Shown }>(REOPEN, { task: done.id, revision: done.revision })).reopenTask;
    await expect(end(again, 'DECLINED')).rejects.toMatchObject({ code: 'tasks.reason' });
    expect(await end(again, 'DECLINED', 'Was called yesterday')).toMatchObject({
      state: 'DECLINED',
      reason: 'Was called yesterday',
    });
    const entries = await vault.request.records.entries(vault.request.patients.known(patient));
    expect(entries.find(({ record }) => record === asked.id)).toMatchObject({
      resourceType: 'Task',
      version: 4,
      status: 'rejected',
    });
    expect((await vault.request.access.linesOf(patient)).map(({ action }) => action)).not.toContain('tasks');
    await list();
    expect((await vault.request.access.linesOf(patient)).map(({ action }) => action)).toContain('tasks');
    now += 8 * 86_400_000;
    expect(await list('ALL')).toEqual([]);
  });

  test('reception sees what is for reception, and nothing else', async () => {
    const call = await add({ role: 'reception', what: 'Call her in for Tuesday' });
    await add({ role: 'nurse', what: 'Change the dressing' });
    as('reception');
    expect((await list('ALL')).map(({ what }) => what)).toEqual(['Call her in for Tuesday']);
    expect(await end(call, 'DONE')).toMatchObject({ state: 'DONE' });
    as('billing');
    await expect(list()).rejects.toMatchObject({ code: 'access.not-allowed' });
    as('nurse');
    expect((await list()).map(({ what }) => what)).toEqual(['Change the dressing']);
  });

  test('handed on by whom it was for, it is in their list no longer; the history names both, and the chart shows it', async () => {
    const asked = await add({ role: 'reception', what: 'Call about the referral' });
    as('reception');
    const hand = (task: Shown, to: object): Promise<{ handTask: Shown }> =>
      desk.ask(HAND, { task: task.id, revision: task.revision, ...to });
    await expect(hand({ ...asked, revision: 'stale' }, { role: 'nurse' })).rejects.toMatchObject({ code: 'tasks.moved' });
    const { handTask: handed } = await hand(asked, { role: 'nurse', reason: 'They ask what it is for' });
    expect(handed).toMatchObject({ owner: null, role: 'nurse', mine: false, askedBy: 'Dr. Ada Frey' });
    expect((await list()).map(({ what }) => what)).not.toContain('Call about the referral');
    as('nurse');
    expect((await list()).map(({ what }) => what)).toContain('Call about the referral');
    await expect(desk.ask(IN_CHART, { patient })).rejects.toMatchObject({ code: 'access.chart-not-open' });
    await desk.ask('mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }', { patient });
    const { patientTasks } = await desk.ask<{ patientTasks: Shown[] }>(IN_CHART, { patient });
    expect(patientTasks.find(({ id }) => id === asked.id)).toMatchObject({
      handed: { by: 'Dr. Ada Frey', words: 'reception → nurse: They ask what it is for' },
    });
    const RECORD = 'query ($patient: ID!, $id: ID!) { record(patient: $patient, id: $id) { history { version reason } } }';
    const { record } = await desk.ask<{ record: { history: object[] } }>(RECORD, { patient, id: asked.id });
    expect(record.history[0]).toEqual({ version: 2, reason: 'reception → nurse: They ask what it is for' });
  });

  test('what is overdue comes first, then what is urgent, then what is due sooner', async () => {
    const hour = 3_600_000;
    await add({ owner: me, what: 'later', due: localInstant(now + 5 * hour) });
    await add({ owner: me, what: 'sooner', due: localInstant(now + 4 * hour) });
    await add({ owner: me, what: 'urgent', urgent: true, due: localInstant(now + 6 * hour) });
    await add({ owner: me, what: 'late', due: localInstant(now + hour) });
    now += 2 * hour;
    expect((await list()).filter(({ state }) => state === 'OPEN').map(({ what }) => what)).toEqual([
      'late',
      'urgent',
      'sooner',
      'later',
    ]);
  });

  test('who stands in has the colleague’s tasks, named as theirs', async () => {
    const NAME = 'mutation ($input: CoverInput!) { nameCover(input: $input) { id } }';
    const ben = await vault.request.staff.enrol({
      name: 'Dr. Ben Okafor',
      role: 'clinician',
      passphrase: 'seven quiet herons at dusk',
    });
    await add({ owner: ben.id, what: 'Read the biopsy' });
    expect((await list()).map(({ what }) => what)).not.toContain('Read the biopsy');
    await desk.ask(NAME, { input: { covered: ben.id, covering: me, from: now, until: now + 86_400_000 } });
    expect((await list()).find(({ what }) => what === 'Read the biopsy')).toMatchObject({
      covered: 'Dr. Ben Okafor',
      mine: true,
    });
  });
});
