/**
 * A visit as FHIR R4 has it: an Appointment up to the room, an Encounter from there on. Both are written here, moved on here, and
 * read back here. Statuses: http://hl7.org/fhir/R4/valueset-appointmentstatus.html, .../valueset-encounter-status.html.
 */
import type { FhirResource } from '../fhir/fhir-resource.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../fhir/strict-json.ts';
import { Failure } from '../outcome/failure.ts';
import type { Stage } from './visit-rules.ts';

const VISIT_KINDS = ['WALK_IN', 'BOOKED', 'TELE'] as const;
type VisitKind = (typeof VISIT_KINDS)[number];

export interface Clinician {
  /** Staff id, hexadecimal. */
  readonly id: string;
  readonly name: string;
}

/** What somebody asks for when a visit is added. */
export interface VisitPlan {
  readonly kind: VisitKind;
  readonly urgent: boolean;
  /** '' when nobody has said. */
  readonly reason: string;
  readonly clinician: Clinician | undefined;
  /** FHIR instant with an offset. */
  readonly start: string;
  readonly minutes: number;
}

/** What a visit says. Times in milliseconds since 1970. */
export interface VisitFacts {
  readonly kind: VisitKind;
  readonly urgent: boolean;
  readonly stage: Stage;
  readonly reason: string;
  readonly clinician: Clinician | undefined;
  readonly start: string;
  readonly end: string;
  readonly arrivedAt: number | undefined;
  /** When the present stage began, of those in which the patient is here. */
  readonly since: number | undefined;
  readonly room: string;
}

const ACT = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const CLASSES = { AMB: 'ambulatory', VR: 'virtual', EMER: 'emergency' } as const;
type VisitClass = keyof typeof CLASSES;
const APPOINTMENT_TYPE = 'http://terminology.hl7.org/CodeSystem/v2-0276';
const STAFF_SYSTEM = 'urn:careledger:staff';
const LONGEST_REASON = 500;
const LONGEST_VISIT = 12 * 60;
const INSTANT = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,3})?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/;

/** @throws {Failure} `visits.plan` by the name of the field. */
export function checkedPlan(plan: VisitPlan): VisitPlan {
  const reason = plan.reason.trim();
  if (reason.length > LONGEST_REASON || /\p{Cc}/u.test(reason) || !reason.isWellFormed()) throw wrongPlan('reason');
  if (!INSTANT.test(plan.start) || Number.isNaN(Date.parse(plan.start))) throw wrongPlan('start');
  if (!Number.isInteger(plan.minutes) || plan.minutes < 5 || plan.minutes > LONGEST_VISIT) throw wrongPlan('minutes');
  return { ...plan, reason };
}

function wrongPlan(field: string): Failure {
  const message = `The visit cannot be added like this: look at "${field}". It is malformed, or too long.`;
  return new Failure('visits.plan', message, { details: { field } });
}

/** The day of an instant, where it was written. */
export const dayOf = (instant: string): string => instant.slice(0, 10);

/** A moment (milliseconds) as an instant of the same offset as another one. */
export function instantLike(time: number, like: string): string {
  const offset = /(Z|[+-]\d\d:\d\d)$/.exec(like)?.[0] ?? 'Z';
  const [hours = 0, minutes = 0] = offset === 'Z' ? [] : offset.slice(1).split(':').map(Number);
  const ahead = (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
  return `${new Date(time + ahead).toISOString().slice(0, 19)}${offset}`;
}

// --- Writing -------------------------------------------------------------------------------------------------------

/** @param at when it is written, as an instant */
export function writeAppointment(id: string, patient: string, plan: VisitPlan, at: string): FhirResource {
  const { kind, reason, clinician, start, minutes } = plan;
  const isHere = kind === 'WALK_IN';
  return {
    resourceType: 'Appointment',
    id,
    status: isHere ? 'arrived' : 'booked',
    serviceCategory: serviceCategories(plan),
    appointmentType: { coding: [{ system: APPOINTMENT_TYPE, code: isHere ? 'WALKIN' : 'ROUTINE' }] },
    ...(reason === '' ? {} : { description: reason }),
    start,
    end: instantLike(Date.parse(start) + minutes * 60_000, start),
    created: at,
    participant: [
      { actor: { reference: `Patient/${patient}` }, status: 'accepted', ...(isHere ? { period: { start: at } } : {}) },
      ...(clinician ? [{ actor: practitioner(clinician), status: 'accepted' }] : []),
    ],
  };
}

const serviceCategories = ({ kind, urgent }: Pick<VisitPlan, 'kind' | 'urgent'>): JsonObject[] => [
  { coding: [codingOf(kind === 'TELE' ? 'VR' : 'AMB')] },
  ...(urgent ? [{ coding: [codingOf('EMER')] }] : []),
];

/** What an appointment plans. */
export function planIn(appointment: FhirResource): VisitPlan {
  const { kind, urgent, reason, clinician, start, end } = readVisit(appointment, undefined);
  return { kind, urgent, reason, clinician, start, minutes: Math.round((Date.parse(end) - Date.parse(start)) / 60_000) };
}

/** The appointment with another plan, at the status and with the participants that it has. */
export function replanAppointment(appointment: FhirResource, plan: VisitPlan): FhirResource {
  const { reason, clinician, start, minutes } = plan;
  const others = objects(appointment.participant).filter((each) => clinicianIn(each.actor) === undefined);
  const { description: _said, ...rest } = appointment;
  return {
    ...rest,
    serviceCategory: serviceCategories(plan),
    ...(reason === '' ? {} : { description: reason }),
    start,
    end: instantLike(Date.parse(start) + minutes * 60_000, start),
    participant: [...others, ...(clinician ? [{ actor: practitioner(clinician), status: 'accepted' }] : [])],
  } as FhirResource;
}

type AppointmentStatus = 'arrived' | 'checked-in' | 'fulfilled' | 'noshow' | 'cancelled';

/** The appointment at its next status; who comes now comes `at`. */
export function moveAppointment(appointment: FhirResource, status: AppointmentStatus, at: string): FhirResource {
  const arrives = status === 'arrived' || status === 'checked-in' || status === 'fulfilled';
  const participant = objects(appointment.participant).map((each) =>
    arrives && isPatient(each) && !isJsonObject(each.period) ? { ...each, period: { start: at } } : each,
  );
  return { ...appointment, status, participant };
}

type EncounterStatus = 'arrived' | 'triaged' | 'in-progress' | 'finished' | 'cancelled';

/** The encounter that an appointment leads to. @param room '' when there is none */
export function writeEncounter(
  id: string,
  patient: string,
  appointment: FhirResource,
  status: EncounterStatus,
  { room, clinician, at }: { readonly room: string; readonly clinician: Clinician | undefined; readonly at: string },
): FhirResource {
  const reason = textOf(appointment.description);
  return {
    resourceType: 'Encounter',
    id,
    status,
    statusHistory: [{ status, period: { start: at } }],
    class: codingOf(encounterClass(appointment)),
    subject: { reference: `Patient/${patient}` },
    ...(clinician ? { participant: [{ period: { start: at }, individual: practitioner(clinician) }] } : {}),
    appointment: [{ reference: `Appointment/${textOf(appointment.id)}` }],
    period: { start: at },
    ...(reason === '' ? {} : { reasonCode: [{ text: reason }] }),
    ...(room === '' ? {} : { location: [{ location: { display: room }, status: 'active', period: { start: at } }] }),
  };
}

/** The encounter at its next status. @param clinician who is with the patient from now on; undefined leaves that as it is */
export function moveEncounter(
  encounter: FhirResource,
  status: EncounterStatus | 'entered-in-error',
  at: string,
  clinician?: Clinician,
): FhirResource {
  const isOver = status === 'finished' || status === 'cancelled';
  const ended = (each: JsonObject): JsonObject => {
    const period = isJsonObject(each.period) ? each.period : {};
    return typeof period.end === 'string' ? each : { ...each, period: { ...period, end: at } };
  };
  const history = objects(encounter.statusHistory).map(ended);
  const participants = objects(encounter.participant);
  const isThere = participants.some((each) => clinicianIn(each.individual)?.id === clinician?.id);
  return {
    ...encounter,
    status,
    statusHistory: [...history, { status, period: isOver ? { start: at, end: at } : { start: at } }],
    ...(clinician && !isThere
      ? { participant: [{ period: { start: at }, individual: practitioner(clinician) }, ...participants] }
      : {}),
    ...(isOver ? { period: { ...(isJsonObject(encounter.period) ? encounter.period : {}), end: at } } : {}),
    ...(isOver && encounter.location !== undefined
      ? { location: objects(encounter.location).map((each) => ({ ...ended(each), status: 'completed' })) }
      : {}),
  };
}

// --- Reading -------------------------------------------------------------------------------------------------------

const APPOINTMENT_STAGES: Readonly<Record<string, Stage>> = {
  proposed: 'BOOKED',
  pending: 'BOOKED',
  booked: 'BOOKED',
  waitlist: 'BOOKED',
  arrived: 'ARRIVED',
  'checked-in': 'WAITING',
  fulfilled: 'CALLED',
  noshow: 'NO_SHOW',
  cancelled: 'CANCELLED',
  'entered-in-error': 'CANCELLED',
};

const ENCOUNTER_STAGES: Readonly<Record<string, Stage>> = {
  planned: 'CALLED',
  arrived: 'CALLED',
  triaged: 'TRIAGED',
  'in-progress': 'UNDER_WAY',
  onleave: 'UNDER_WAY',
  unknown: 'UNDER_WAY',
  finished: 'FINISHED',
  cancelled: 'CANCELLED',
};

/** Any status has a stage: a record that another program changed is shown as well as it can be. */
export const appointmentStage = (status: string): Stage => APPOINTMENT_STAGES[status] ?? 'BOOKED';
/** Undefined for an encounter that was entered in error: the appointment counts again. */
export const encounterStage = (status: string): Stage | undefined =>
  status === 'entered-in-error' ? undefined : (ENCOUNTER_STAGES[status] ?? 'UNDER_WAY');

/** Where the encounter's status for a stage stands; undefined for stages of the appointment. */
export const encounterStatus: Readonly<Partial<Record<Stage, EncounterStatus>>> = {
  CALLED: 'arrived',
  TRIAGED: 'triaged',
  UNDER_WAY: 'in-progress',
  FINISHED: 'finished',
  CANCELLED: 'cancelled',
};

export const appointmentStatus: Readonly<Partial<Record<Stage, AppointmentStatus>>> = {
  ARRIVED: 'arrived',
  WAITING: 'checked-in',
  NO_SHOW: 'noshow',
  CANCELLED: 'cancelled',
};

/** @param encounter undefined while there is none, or when it was entered in error */
export function readVisit(appointment: FhirResource, encounter: FhirResource | undefined): VisitFacts {
  const participants = objects(appointment.participant);
  const arrivedAt = momentOf(periodStart(participants.find(isPatient)));
  const stage = (encounter && encounterStage(textOf(encounter.status))) ?? appointmentStage(textOf(appointment.status));
  const classes = classesOf(appointment);
  const type = objects(isJsonObject(appointment.appointmentType) ? appointment.appointmentType.coding : undefined)[0];
  const kind = type?.code === 'WALKIN' ? 'WALK_IN' : classes.has('VR') ? 'TELE' : 'BOOKED';
  const withPatient = encounter && objects(encounter.participant).map((each) => clinicianIn(each.individual))[0];
  const asked = participants.map((each) => clinicianIn(each.actor)).find((each) => each !== undefined);
  const last = encounter && objects(encounter.statusHistory).at(-1);
  const place = encounter && objects(encounter.location).at(-1)?.location;
  return {
    kind,
    urgent: classes.has('EMER'),
    stage,
    reason: textOf(appointment.description),
    clinician: withPatient ?? asked,
    start: textOf(appointment.start),
    end: textOf(appointment.end),
    arrivedAt,
    since: encounter ? momentOf(periodStart(last)) : arrivedAt,
    room: isJsonObject(place) ? textOf(place.display) : '',
  };
}

const codingOf = (code: VisitClass): JsonObject => ({ system: ACT, code, display: CLASSES[code] });

function classesOf(appointment: FhirResource): ReadonlySet<string> {
  const codings = objects(appointment.serviceCategory).flatMap(({ coding }) => objects(coding));
  return new Set(codings.flatMap(({ system, code }) => (system === ACT && typeof code === 'string' ? [code] : [])));
}

/** Where the patient is says more than how urgent it is. */
function encounterClass(appointment: FhirResource): VisitClass {
  const classes = classesOf(appointment);
  return classes.has('VR') ? 'VR' : classes.has('EMER') ? 'EMER' : 'AMB';
}

const practitioner = ({ id, name }: Clinician): JsonObject => ({
  type: 'Practitioner',
  identifier: { system: STAFF_SYSTEM, value: id },
  display: name,
});

function clinicianIn(reference: JsonValue | undefined): Clinician | undefined {
  if (!isJsonObject(reference) || !isJsonObject(reference.identifier)) return undefined;
  const { system, value } = reference.identifier;
  return system === STAFF_SYSTEM && typeof value === 'string' ? { id: value, name: textOf(reference.display) } : undefined;
}

const isPatient = ({ actor }: JsonObject): boolean => isJsonObject(actor) && textOf(actor.reference).startsWith('Patient/');

const periodStart = (holder: JsonObject | undefined): string =>
  holder && isJsonObject(holder.period) ? textOf(holder.period.start) : '';

function momentOf(instant: string): number | undefined {
  const time = Date.parse(instant);
  return Number.isNaN(time) ? undefined : time;
}

const objects = (value: JsonValue | undefined): JsonObject[] => (Array.isArray(value) ? value.filter(isJsonObject) : []);
const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');
