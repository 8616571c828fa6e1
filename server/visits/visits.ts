/**
 * Visits: who comes, who waits, who is with whom. A visit is an Appointment and an Encounter in the patient's chart, put there as
 * every record is, so its steps are versions with an author and a time, and two desks that move it at once meet in the inbox.
 * Nothing of a chart is read here but those two records.
 */
import { isDeepStrictEqual } from 'node:util';
import { mayDo } from '../../shared/access/permissions.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { localInstant } from '../../shared/encoding/wall-clock.ts';
import type { FhirResource } from '../../shared/fhir/fhir-resource.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { Turns } from '../../shared/outcome/turns.ts';
import { isWarning, saysNothingKnown, warns } from '../../shared/records/safety-facts.ts';
import {
  appointmentStatus,
  type Clinician,
  checkedPlan,
  dayOf,
  encounterStatus,
  moveAppointment,
  moveEncounter,
  planIn,
  replanAppointment,
  type VisitPlan,
  writeAppointment,
  writeEncounter,
} from '../../shared/visits/visit-resources.ts';
import {
  isClosed,
  isEnding,
  isMovable,
  isTreating,
  overlap,
  type Stage,
  stageAfter,
  stepTo,
  type VisitStep,
} from '../../shared/visits/visit-rules.ts';
import type { LocalWrite } from '../sync/gateway.ts';
import {
  type ChartEntry,
  type CompartmentName,
  type PatientDirectory,
  type PatientEntry,
  type RecordStore,
  staffId,
  type VaultContext,
} from '../sync/vault-context/vault-context.ts';
import { canBeReplanned, canBeUndone, stepsOf } from './possible-steps.ts';
import { type Visit, VisitReading, type VisitVersion } from './visit-reading.ts';
import { closedBefore, hasDied, mayNotTreat, noSuchStep, notOurs, notToday, tooLateToPlan } from './visit-refusals.ts';
import { VisitRows } from './visit-rows.ts';
import { visitsResolvers } from './visits.resolvers.ts';

interface VisitWish extends Omit<VisitPlan, 'start'> {
  readonly patient: string;
  /** Without it: now. */
  readonly start: string | undefined;
}

interface VisitChange {
  readonly stage: Stage;
  readonly by: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly back: boolean;
  /** What was planned was changed; the visit stayed where it was. */
  readonly planned: boolean;
}

/** What the records' domain does for a look at charts that are not open. */
interface ChartLooks {
  /** Leaves an access line, durable, once a session. @throws {Failure} `access.line-not-durable`. */
  trace(patient: string, action: string, detail?: string): Promise<void>;
  /** @throws {Failure} `records.not-ours`, `access.read-only` unless the decision lets who is signed in write that. */
  mayCorrect(patient: PatientEntry, what: { readonly category: CompartmentName; readonly before: undefined }): Promise<void>;
}

/** What one record of a visit is to become; without `before` it is new. */
interface Writing {
  readonly id: string;
  readonly before: ChartEntry | undefined;
  readonly resource: FhirResource;
  readonly reason?: string;
  readonly along?: LocalWrite;
}

/** Who comes when is a part of who somebody is here, as the desk that reads no chart knows it; treating them is clinical. */
const PLANNING = 'identity';
const partOf = (step: VisitStep): 'identity' | 'clinical' => (isTreating(step) ? 'clinical' : PLANNING);

const TAKEN_BACK = 'Step taken back';
const PLANNED = 'Plan changed';
export class Visits {
  readonly #context: VaultContext;
  readonly #directory: PatientDirectory;
  readonly #records: RecordStore;
  readonly #looks: ChartLooks;
  readonly #rows: VisitRows;
  readonly #reading: VisitReading;
  /** One step after the other on this desk; what reads before it writes here waits for what was asked before. */
  readonly #turns = new Turns();

  constructor(context: VaultContext, directory: PatientDirectory, records: RecordStore, looks: ChartLooks) {
    this.#context = context;
    this.#directory = directory;
    this.#records = records;
    this.#looks = looks;
    this.#rows = new VisitRows(context);
    this.#reading = new VisitReading(context, directory, records, this.#rows);
    context.hooks.alsoErased.push(async (patient) => this.#rows.removed(patient));
  }

  /** The visits of a day (YYYY-MM-DD) that who is signed in may see, by their begin; those of patients who are known here no more are not among them. */
  async ofDay(day: string): Promise<Visit[]> {
    if (!/^\d{4}-\d\d-\d\d$/.test(day)) throw new Failure('visits.day', 'A day is written as 2026-11-27.');
    const visits: Visit[] = [];
    for (const { patient, appointment } of await this.#rows.ofDay(day)) {
      const visit = await this.#reading.read(patient, appointment);
      // It has moved to another day, and is found there.
      if (visit?.day === day && (await this.#reading.isOpen(visit))) visits.push(visit);
    }
    return visits.sort((one, other) => Date.parse(one.facts.start) - Date.parse(other.facts.start));
  }

  /** @throws {Failure} `visits.unknown`. */
  async find(id: string): Promise<Visit> {
    const row = /^[0-9a-f]{32}$/.test(id) ? await this.#rows.find(id) : undefined;
    const visit = row && (await this.#reading.read(row.patient, row.appointment));
    if (visit && (await this.#reading.isOpen(visit))) return visit;
    throw new Failure('visits.unknown', 'There is no such visit here any more. Load the day again.');
  }

  /**
   * Adds a visit, durably, or gives those that it would overlap with.
   * @throws {Failure} `patients.unknown`, `visits.not-ours`, `visits.patient-died`, `visits.plan`; what `RecordStore.put` throws.
   */
  add(wish: VisitWish, evenSo: boolean): Promise<{ readonly visit?: Visit; readonly overlaps: readonly Visit[] }> {
    return this.#turns.take(async () => {
      const patient = this.#directory.known(wish.patient);
      if (patient.custodian !== toHex(this.#context.chain)) throw notOurs();
      if (patient.summary.deceased) throw hasDied();
      const now = this.#now();
      const plan = this.#onTheWall({ ...wish, start: wish.start ?? now });
      const day = dayOf(plan.start);
      const overlaps = evenSo || plan.kind === 'WALK_IN' ? [] : await this.#overlapping(day, patient, plan);
      if (overlaps.length > 0) return { overlaps };
      const id = toHex(this.#context.random(16));
      const row = this.#rows.row({ patient: patient.id, appointment: id, day });
      const resource = writeAppointment(id, patient.id, plan, now);
      await this.#put(patient, PLANNING, [{ id, before: undefined, resource, along: { rows: [row] } }]);
      return { visit: await this.find(id), overlaps: [] };
    });
  }

  /**
   * Changes what was planned, or gives the visits that it would overlap with then.
   * @param revision of the visit as it was shown
   * @throws {Failure} `visits.unknown`, `visits.moved`, `visits.patient-died`, `visits.plan`, `visits.too-late-to-plan`; what `RecordStore.put` throws.
   */
  replan(
    id: string,
    revision: string,
    wish: Omit<VisitPlan, 'kind'> & { readonly remote: boolean },
    evenSo: boolean,
  ): Promise<{ readonly visit?: Visit; readonly overlaps: readonly Visit[] }> {
    return this.#turns.take(async () => {
      const visit = await this.#unmoved(id, revision);
      const { patient, appointment, facts } = visit;
      if (patient.summary.deceased) throw hasDied();
      const before = planIn(appointment.resource);
      const kind = facts.kind === 'WALK_IN' ? 'WALK_IN' : wish.remote ? 'TELE' : 'BOOKED';
      const plan = this.#onTheWall({ ...wish, kind });
      const isMoved = Date.parse(plan.start) !== Date.parse(before.start) || plan.minutes !== before.minutes;
      if (!canBeReplanned(visit) || (isMoved && !isMovable(facts.stage))) throw tooLateToPlan();
      const overlaps = evenSo || kind === 'WALK_IN' ? [] : await this.#overlapping(dayOf(plan.start), patient, plan, id);
      if (overlaps.length > 0) return { overlaps };
      const day = dayOf(plan.start);
      const along =
        day === visit.day ? {} : { along: { rows: [this.#rows.movedRow({ patient: patient.id, appointment: id, day })] } };
      const resource = replanAppointment(appointment.resource, plan);
      await this.#put(patient, PLANNING, [{ id, before: appointment.entry, resource, reason: PLANNED, ...along }]);
      return { visit: await this.find(visit.id), overlaps: [] };
    });
  }

  /**
   * @param revision of the visit as it was shown
   * @throws {Failure} `visits.unknown`, `visits.moved`, `visits.step`, `visits.patient-died`, `visits.not-today`, `visits.room`, `access.not-allowed`; what
   * `RecordStore.put` throws.
   */
  move(id: string, revision: string, step: VisitStep, room = ''): Promise<Visit> {
    return this.#turns.take(async () => {
      const visit = await this.#unmoved(id, revision);
      const { patient, appointment, encounter, facts } = visit;
      if (isTreating(step) && !this.#mayTreat()) throw mayNotTreat();
      if (patient.summary.deceased && !isEnding(step)) throw hasDied();
      const next = stageAfter(facts.stage, step);
      if (!next) throw noSuchStep();
      if (visit.day > this.#today() && step !== 'CANCEL') throw notToday();
      const at = this.#now();
      const treating = isTreating(step) ? this.#me() : undefined;
      if (encounter) {
        const status = encounterStatus[next];
        if (!status) throw noSuchStep();
        const resource = moveEncounter(encounter.resource, status, at, treating);
        await this.#put(patient, partOf(step), [{ id: encounter.entry.record, before: encounter.entry, resource }]);
      } else {
        const status = step === 'CALL' || step === 'START' ? 'fulfilled' : appointmentStatus[next];
        if (!status) throw noSuchStep();
        const moved = moveAppointment(appointment.resource, status, at);
        const writings: Writing[] = [{ id, before: appointment.entry, resource: moved }];
        if (status === 'fulfilled') {
          const called = { room: checkedRoom(room), clinician: treating ?? facts.clinician, at };
          const begun = this.#rows.encounterOf(id);
          const resource = writeEncounter(begun, patient.id, moved, encounterStatus[next] ?? 'arrived', called);
          writings.push({ id: begun, before: await this.#reading.entry(patient, begun), resource });
        }
        await this.#put(patient, partOf(step), writings);
      }
      return this.find(id);
    });
  }

  /** Takes the last step back. @throws {Failure} `visits.unknown`, `visits.moved`, `visits.nothing-to-undo`, `visits.closed`, `access.not-allowed`. */
  undo(id: string, revision: string): Promise<Visit> {
    return this.#turns.take(async () => {
      const visit = await this.#unmoved(id, revision);
      const { patient, appointment, encounter, facts } = visit;
      const step = stepTo(facts.stage);
      if (step && isTreating(step) && !this.#mayTreat()) throw mayNotTreat();
      if (isClosed(facts.stage) && visit.day !== this.#today()) throw closedBefore();
      const encounters = encounter ? await this.#reading.path(patient, encounter.entry) : [];
      const appointments = await this.#reading.path(patient, appointment.entry);
      const writings: Writing[] = [];
      if (encounter && encounters.length > 1) {
        const resource = (encounters.at(-2) as VisitVersion).resource;
        writings.push({ id: encounter.entry.record, before: encounter.entry, resource, reason: TAKEN_BACK });
      } else {
        // With the encounter, "fulfilled" is the last of the appointment's own stages.
        const before = appointments.at(-2);
        if (!before) throw new Failure('visits.nothing-to-undo', 'This visit has just been added. Cancel it instead.');
        writings.push({
          id,
          before: appointment.entry,
          resource: undone(before.resource, appointment.resource),
          reason: TAKEN_BACK,
        });
        if (encounter) {
          const resource = moveEncounter(encounter.resource, 'entered-in-error', this.#now());
          writings.push({ id: encounter.entry.record, before: encounter.entry, resource, reason: TAKEN_BACK });
        }
      }
      await this.#put(patient, step ? partOf(step) : PLANNING, writings);
      return this.find(id);
    });
  }

  /** The steps of a visit, the oldest first. @throws {Failure} `visits.unknown`. */
  async history(id: string): Promise<VisitChange[]> {
    const { patient, appointment } = await this.find(id);
    const encounter = await this.#reading.entry(patient, this.#rows.encounterOf(id));
    const steps = [
      ...(await this.#reading.history(patient, appointment.entry)).filter(({ resource }) => resource.status !== 'fulfilled'),
      ...(encounter ? await this.#reading.history(patient, encounter) : []),
    ].sort((one, other) => one.version.time - other.version.time);
    return steps.flatMap(({ stage, version }) => {
      const { authorName: by, time: at, reason } = version;
      return stage ? [{ stage, by, at, back: reason === TAKEN_BACK, planned: reason === PLANNED }] : [];
    });
  }

  /** What who is signed in may do next, today. */
  steps(visit: Visit): VisitStep[] {
    return stepsOf(visit, this.#today(), this.#mayTreat());
  }

  /** Whether who is signed in may take the last step back, today. */
  isUndoable(visit: Visit): boolean {
    return canBeUndone(visit, this.#today(), this.#mayTreat());
  }

  /**
   * What the chart warns of, for who is to see the patient next; nothing for others. The line about the look is durable first.
   * @param contested records of which a version waits: a warning among them warns until somebody has settled it
   */
  async warnings({ patient, facts }: Visit, contested: ReadonlyMap<string, unknown>): Promise<string[]> {
    const isHere = facts.stage !== 'BOOKED' && !isClosed(facts.stage);
    if (!isHere || !mayDo(this.#context.staff.role, 'chart.read')) return [];
    const isMine = !facts.clinician || facts.clinician.id === staffId(this.#context);
    const standsInFor = isMine ? undefined : (await this.#context.hooks.covers()).get(facts.clinician?.id ?? '');
    if (!isMine && !standsInFor) return [];
    await this.#looks.trace(patient.id, 'queue', standsInFor?.name);
    const reading = await this.#context.hooks.reading(patient, 'TREAT');
    const warning = (await this.#records.entries(patient)).filter(
      (entry) => (warns(entry) || (isWarning(entry) && contested.has(entry.record))) && !saysNothingKnown(entry.code?.code),
    );
    return [...new Set(warning.filter((entry) => reading.opens(entry)).map(({ title }) => title))];
  }

  // --- Reading -----------------------------------------------------------------------------------------------------

  async #unmoved(id: string, revision: string): Promise<Visit> {
    const visit = await this.find(id);
    if (visit.revision === revision) return visit;
    throw new Failure(
      'visits.moved',
      'Somebody else has moved this visit meanwhile. Nothing was done; look at where it stands now.',
      { details: { stage: visit.facts.stage } },
    );
  }

  /** @param itself the visit that is planned anew */
  async #overlapping(day: string, patient: PatientEntry, plan: VisitPlan, itself?: string): Promise<Visit[]> {
    const begin = Date.parse(plan.start);
    const slot = { start: begin, end: begin + plan.minutes * 60_000 };
    return (await this.ofDay(day)).filter((visit) => {
      const { facts } = visit;
      const concerns = visit.patient.id === patient.id || (plan.clinician && facts.clinician?.id === plan.clinician.id);
      return (
        visit.id !== itself &&
        concerns &&
        !isClosed(facts.stage) &&
        overlap(slot, { start: Date.parse(facts.start), end: Date.parse(facts.end) })
      );
    });
  }

  // --- Writing -----------------------------------------------------------------------------------------------------

  /**
   * Puts what belongs together at the same moment, so that it shares one commit.
   * @throws {Failure} as `ChartLooks.mayCorrect`; what `RecordStore.put` throws.
   */
  async #put(patient: PatientEntry, part: CompartmentName, writings: readonly Writing[]): Promise<void> {
    await this.#looks.mayCorrect(patient, { category: part, before: undefined });
    const ready = await Promise.all(
      writings.map(async (writing) => ({ writing, ...(await this.#context.fhir.check(JSON.stringify(writing.resource))) })),
    );
    await Promise.all(
      ready.map(({ writing: { id, before, reason, along }, entry, content }) =>
        this.#records.put(
          {
            patient: patient.id,
            category: entry.category ?? 'clinical',
            ...(before ? { record: before.record, basedOn: before.version } : { newId: id }),
            kind: 'fhir',
            content,
            summary: entry.summary,
            fhirId: id,
            reason,
          },
          along,
        ),
      ),
    );
    // On its own: the queue is for people to whom nothing of the chart is open, and who hear of no change in it.
    this.#context.notify({ topics: ['visits'] });
  }

  #today(): string {
    return dayOf(this.#now());
  }

  #now(): string {
    return localInstant(this.#context.clock());
  }

  /** A visit is of the day that the clinic's calendar has then, in whatever zone its start was asked for. @throws {Failure} `visits.plan`. */
  #onTheWall(plan: VisitPlan): VisitPlan {
    const checked = checkedPlan(plan);
    return { ...checked, start: localInstant(Date.parse(checked.start)) };
  }

  #me(): Clinician {
    return { id: staffId(this.#context), name: this.#context.staff.name };
  }

  #mayTreat(): boolean {
    return mayDo(this.#context.staff.role, 'chart.write');
  }
}

function checkedRoom(room: string): string {
  const name = room.trim();
  if (name.length <= 100 && !/\p{Cc}/u.test(name) && name.isWellFormed()) return name;
  throw new Failure('visits.room', 'A room has a short name, on one line.');
}

/** A step back leaves what was planned meanwhile. */
function undone(before: FhirResource, now: FhirResource): FhirResource {
  const plan = planIn(now);
  return isDeepStrictEqual(planIn(before), plan) ? before : replanAppointment(before, plan);
}

/** What the registry of domains needs of this one. */
export const visitsDomain = { name: 'visits', sdl: 'shared/visits/visits.graphql', resolvers: visitsResolvers };
