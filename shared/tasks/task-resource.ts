/**
 * A task as FHIR R4 has it, of which these parts are used: status, priority, description, focus, for, authoredOn, requester, owner or
 * performerType, restriction.period.end, statusReason, and a note for each time that it was handed on. http://hl7.org/fhir/R4/task.html
 */
import type { FhirResource } from '../fhir/fhir-resource.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../fhir/strict-json.ts';
import { ROLES, type Role } from '../ledger/rows.ts';
import { Failure } from '../outcome/failure.ts';

export interface TaskPerson {
  /** Staff id, hexadecimal. */
  readonly id: string;
  readonly name: string;
}

/** What somebody asks for. It is for a person or for whoever has a role. */
export interface TaskWish {
  readonly what: string;
  readonly owner: TaskPerson | undefined;
  readonly role: Role | undefined;
  /** FHIR instant with an offset. */
  readonly due: string;
  readonly urgent: boolean;
  /** A record of the chart that it is about: `Observation/<id>`. */
  readonly about: string | undefined;
}

const TASK_STATES = ['OPEN', 'DONE', 'DECLINED'] as const;
export type TaskState = (typeof TASK_STATES)[number];

export interface TaskFacts extends TaskWish {
  readonly state: TaskState;
  readonly askedBy: TaskPerson;
  readonly asked: string;
  /** Why it was declined, or what came of it; '' when nobody has said. */
  readonly reason: string;
  /** The last time that it was handed to somebody else. */
  readonly handed: TaskHanding | undefined;
}

/** Whom a task is for: a person, or whoever has a role. */
export type TaskOwner = Pick<TaskWish, 'owner' | 'role'>;

/** That a task was handed on, in words: from whom to whom, and why. */
interface TaskHanding {
  readonly by: string;
  /** FHIR instant. */
  readonly at: string;
  readonly words: string;
}

const STAFF_SYSTEM = 'urn:careledger:staff';
const ROLE_SYSTEM = 'urn:careledger:role';
const LONGEST_TASK = 500;
const INSTANT = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,3})?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/;
const STATUS = { OPEN: 'requested', DONE: 'completed', DECLINED: 'rejected' } as const;

/** @throws {Failure} `tasks.wish` by the name of the field. */
export function checkedWish(wish: TaskWish): TaskWish {
  const what = said(wish.what, 'what');
  if (what === '') throw wrong('what');
  if ((wish.owner === undefined) === (wish.role === undefined)) throw wrong('owner');
  if (!INSTANT.test(wish.due) || Number.isNaN(Date.parse(wish.due))) throw wrong('due');
  if (wish.about !== undefined && !/^[A-Z][A-Za-z]{2,40}\/[A-Za-z0-9\-.]{1,64}$/.test(wish.about)) throw wrong('about');
  return { ...wish, what };
}

/** @throws {Failure} `tasks.reason`: who declines says why. */
export function checkedReason(state: TaskState, reason: string): string {
  const trimmed = said(reason, 'reason');
  if (state === 'DECLINED' && trimmed === '')
    throw new Failure('tasks.reason', 'Say why it is not done, so that who asked for it can help themselves.');
  return trimmed;
}

function said(words: string, field: string): string {
  const trimmed = words.trim();
  if (trimmed.length <= LONGEST_TASK && !/\p{Cc}/u.test(trimmed) && trimmed.isWellFormed()) return trimmed;
  throw wrong(field);
}

function wrong(field: string): Failure {
  const message = `The task cannot be kept like this: look at "${field}". It is missing, malformed, or too long.`;
  return new Failure('tasks.wish', message, { details: { field } });
}

/** @param at when it is written, as an instant */
export function writeTask(id: string, patient: string, wish: TaskWish, by: TaskPerson, at: string): FhirResource {
  const { what, owner, role, due, urgent, about } = wish;
  return {
    resourceType: 'Task',
    id,
    status: STATUS.OPEN,
    intent: 'order',
    priority: urgent ? 'urgent' : 'routine',
    description: what,
    ...(about === undefined ? {} : { focus: { reference: about } }),
    for: { reference: `Patient/${patient}` },
    authoredOn: at,
    lastModified: at,
    requester: person(by),
    ...performer({ owner, role }),
    restriction: { period: { end: due } },
  };
}

/** The task in another state; what was said before about an earlier one goes. */
export function moveTask(task: FhirResource, state: TaskState, reason: string, at: string): FhirResource {
  const { statusReason: _said, ...rest } = task;
  return {
    ...rest,
    status: STATUS[state],
    lastModified: at,
    ...(reason === '' ? {} : { statusReason: { text: reason } }),
  } as FhirResource;
}

const performer = ({ owner, role }: TaskOwner): JsonObject => ({
  ...(role === undefined ? {} : { performerType: [{ coding: [{ system: ROLE_SYSTEM, code: role }], text: role }] }),
  ...(owner === undefined ? {} : { owner: person(owner) }),
});

/**
 * The task in other hands, with a note that says from whom to whom and why.
 * @throws {Failure} `tasks.wish` by the name of the field; `tasks.same-hands`, `tasks.ended`.
 */
export function handTask(task: FhirResource, to: TaskOwner, reason: string, by: TaskPerson, at: string): FhirResource {
  const { owner, role, state } = readTask(task);
  if (state !== 'OPEN') throw new Failure('tasks.ended', 'This task was ended. Open it again before you hand it on.');
  if ((to.owner === undefined) === (to.role === undefined)) throw wrong('owner');
  if (to.owner ? to.owner.id === owner?.id : owner === undefined && to.role === role)
    throw new Failure('tasks.same-hands', 'The task is for them already. Choose somebody else.');
  const why = said(reason, 'reason');
  const words = `${named({ owner, role })} → ${named(to)}${why === '' ? '' : `: ${why}`}`;
  const { owner: _owner, performerType: _role, ...rest } = task;
  const notes = Array.isArray(task.note) ? task.note : [];
  const note = { authorReference: person(by), time: at, text: words };
  return { ...rest, ...performer(to), lastModified: at, note: [...notes, note] } as FhirResource;
}

const named = ({ owner, role }: TaskOwner): string => owner?.name ?? role ?? '–';

function handingIn(notes: JsonValue | undefined): TaskHanding | undefined {
  const last = Array.isArray(notes) ? notes.filter(isJsonObject).at(-1) : undefined;
  return last && { by: personIn(last.authorReference)?.name ?? '', at: textOf(last.time), words: textOf(last.text) };
}

/** What a Task says, whoever wrote it; a status that is neither open nor done counts as declined (FHIR: cancelled, failed …). */
export function readTask(task: FhirResource): TaskFacts {
  const about = isJsonObject(task.focus) ? textOf(task.focus.reference) : '';
  const coding = first(first(task.performerType)?.coding);
  const due = isJsonObject(task.restriction) && isJsonObject(task.restriction.period) ? textOf(task.restriction.period.end) : '';
  return {
    what: textOf(task.description),
    owner: personIn(task.owner),
    role: ROLES.find((role) => role === coding?.code),
    due,
    urgent: task.priority !== 'routine' && task.priority !== undefined,
    about: about || undefined,
    state: stateOf(textOf(task.status)),
    askedBy: personIn(task.requester) ?? { id: '', name: '' },
    asked: textOf(task.authoredOn),
    reason: isJsonObject(task.statusReason) ? textOf(task.statusReason.text) : '',
    handed: handingIn(task.note),
  };
}

const OPEN: ReadonlySet<string> = new Set(['draft', 'requested', 'received', 'accepted', 'ready', 'in-progress', 'on-hold']);

export function stateOf(status: string): TaskState {
  if (status === STATUS.DONE) return 'DONE';
  return OPEN.has(status) ? 'OPEN' : 'DECLINED';
}

const person = ({ id, name }: TaskPerson): JsonObject => ({
  type: 'Practitioner',
  identifier: { system: STAFF_SYSTEM, value: id },
  display: name,
});

function personIn(value: JsonValue | undefined): TaskPerson | undefined {
  if (!isJsonObject(value)) return undefined;
  const identifier = isJsonObject(value.identifier) ? value.identifier : undefined;
  const id = identifier?.system === STAFF_SYSTEM ? textOf(identifier.value) : '';
  return { id, name: textOf(value.display) || id.slice(0, 8) };
}

const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');

function first(value: JsonValue | undefined): JsonObject | undefined {
  const [one] = Array.isArray(value) ? value : [];
  return isJsonObject(one) ? one : undefined;
}
