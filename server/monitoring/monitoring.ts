/**
 * Monitoring: a measurement of a patient is watched by a plan, and stands as plan, readings and the receiving clock say. Readings
 * are the Observations of the chart, however they came; nothing of an alert is kept but who has seen it.
 */
import { mayDo } from '../../shared/access/permissions.ts';
import { fromUtf8, toHex } from '../../shared/encoding/bytes.ts';
import { nextCalls, stepsOf, toldAt } from '../../shared/monitoring/ladder.ts';
import { canHold, MEASUREMENTS, type MeasurementName, measurementNames } from '../../shared/monitoring/measurements.ts';
import { checkedTerms, LONGEST_INTERVAL } from '../../shared/monitoring/plan.ts';
import { type Reading, readingOf } from '../../shared/monitoring/reading.ts';
import {
  type Alert,
  type DryRun,
  dryRun,
  type PlanTerms,
  WATCH_STATES,
  type Watch,
  watchOf,
} from '../../shared/monitoring/watch.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { AccessLog } from '../access/access.ts';
import type { Patients } from '../patients/patients.ts';
import type { Records } from '../records/records.ts';
import {
  type ChartEntry,
  type CompartmentName,
  type HeldCover,
  type PatientDirectory,
  type PatientEntry,
  type RecordStore,
  staffId,
  type VaultContext,
} from '../sync/vault-context/vault-context.ts';
import { Gateways } from './gateways.ts';
import { monitoringResolvers } from './monitoring.resolvers.ts';
import { type MonitoringPerson, MonitoringRows, type PlanRow } from './monitoring-rows.ts';
import { ReadingFolders } from './reading-folder.ts';

/** A measurement of a patient that is watched, or was. */
export interface Watched {
  /** `<patient>.<measurement>` */
  readonly id: string;
  readonly patient: PatientEntry;
  readonly measurement: MeasurementName;
  /** The newest first. */
  readonly plans: readonly PlanRow[];
  readonly watch: Watch;
}

/** What somebody is told of: the alert of a watch that has stood longest on its ladder. */
export interface AlertCall {
  readonly watched: Watched;
  readonly alert: Alert;
  /** Of the plan's ladder. */
  readonly steps: number;
  /** Alerts of the watch that nobody has acknowledged. */
  readonly open: number;
  /** The colleague who is told, where who is signed in stands in. */
  readonly covered: string | undefined;
}

export interface MonitoringWish extends PlanTerms {
  readonly patient: string;
  readonly measurement: MeasurementName;
  readonly tell: readonly MonitoringPerson[];
  /** Id of the plan that was shown. */
  readonly basedOn: string | undefined;
}

/** What the records' domain does for a look at charts that are not open. */
export interface ChartLooks {
  /** Leaves an access line, durable, once a session. @throws {Failure} `access.line-not-durable`. */
  trace(patient: string, action: string, detail?: string): Promise<void>;
  /** @throws {Failure} `records.not-ours`, `access.read-only` unless the decision lets who is signed in write that. */
  mayCorrect(patient: PatientEntry, what: { readonly category: CompartmentName; readonly before: undefined }): Promise<void>;
}

/** Plans are no records; they are read and written as what lies in this part of the chart. */
const PLANNED_IN = 'clinical';
const MINUTE = 60_000;
/** Of one alert, and of all: what a locked desk says of later ones is no other. */
const MOST_CALLS = 50;
const DRY_RUN = 30 * 24 * 60 * MINUTE;
/** Records whose readings are remembered: a version never changes. */
const MOST_KEPT = 20_000;

class Monitoring {
  readonly #context: VaultContext;
  readonly #directory: PatientDirectory;
  readonly #records: RecordStore;
  readonly #looks: ChartLooks;
  readonly #rows: MonitoringRows;
  readonly #read = new Map<string, readonly Reading[]>();
  /** How each patient's watches stood when last looked at. */
  readonly #seen = new Map<string, string>();

  constructor(context: VaultContext, directory: PatientDirectory, records: RecordStore, looks: ChartLooks) {
    this.#context = context;
    this.#directory = directory;
    this.#records = records;
    this.#looks = looks;
    this.#rows = new MonitoringRows(context);
    context.hooks.alsoErased.push((patient) => this.#rows.removed(patient));
  }

  /** Everybody who is watched, the worst first; the lines about the look are durable first. @throws {Failure} `access.line-not-durable`. */
  async list(): Promise<Watched[]> {
    const shown: Watched[] = [];
    for (const patient of await this.#patients())
      shown.push(...(await this.#open(patient)).filter(({ watch }) => watch.state !== 'ENDED'));
    for (const { patient } of shown) await this.#looks.trace(patient.id, 'monitoring');
    return shown.sort(worstFirst);
  }

  /** What the ladders tell who is signed in of; the lines about the look are durable first. @throws {Failure} `access.line-not-durable`. */
  async calls(): Promise<AlertCall[]> {
    const covers = await this.#context.hooks.covers();
    const me = staffId(this.#context);
    const calls: AlertCall[] = [];
    for (const patient of await this.#patients())
      for (const watched of await this.#open(patient)) {
        const call = callOf(watched, me, covers);
        if (call) calls.push(call);
      }
    for (const { watched, covered } of calls) await this.#looks.trace(watched.patient.id, 'monitoring', covered);
    return calls.sort((one, other) => other.alert.calls - one.alert.calls || (one.watched.id < other.watched.id ? -1 : 1));
  }

  /** What is watched of one patient, and what was. */
  async of(patient: string): Promise<Watched[]> {
    return (await this.#open(this.#directory.known(patient))).sort(worstFirst);
  }

  /** What these terms would have made of the last 30 days. @throws {Failure} `monitoring.terms`. */
  async dryRun({ patient: id, measurement, ...terms }: MonitoringWish): Promise<DryRun> {
    const patient = this.#directory.known(id);
    const now = this.#context.clock();
    const { opens } = await this.#context.hooks.reading(patient, 'TREAT');
    const readings = await this.#readings(patient, measurement, opens);
    return dryRun(checkedTerms(terms), readings, now - DRY_RUN, now);
  }

  /** A further version of the plan, from now on, durably. @throws {Failure} `monitoring.terms`, `monitoring.not-ours`, `monitoring.changed`. */
  async set({ patient, measurement, tell, basedOn, ...given }: MonitoringWish): Promise<Watched> {
    const terms = checkedTerms(given);
    return this.#write(patient, measurement, (current) => {
      if (current?.id !== basedOn) throw changed();
      return { ...terms, tell, active: true };
    });
  }

  /** @throws {Failure} `monitoring.unknown`. */
  async end(patient: string, measurement: MeasurementName): Promise<Watched> {
    return this.#write(patient, measurement, (current) => {
      if (!current?.active) throw unknown();
      return { ...current, active: false };
    });
  }

  /** Says with the name of who is signed in that these alerts were seen, durably. @throws {Failure} `monitoring.unknown`. */
  async acknowledge(id: string, alerts: readonly string[]): Promise<Watched> {
    await this.#context.inTurn(async () => {
      const { patient, measurement, watch } = await this.#find(id);
      const wanted = new Set(alerts);
      const open = watch.alerts.filter(({ reading, acknowledged }) => wanted.has(reading.id) && !acknowledged);
      if (watch.alerts.filter(({ reading }) => wanted.has(reading.id)).length < wanted.size) throw unknown();
      const seen = { measurement, by: this.#context.staff.name, at: this.#context.clock() };
      const rows = open.map(({ reading }) => this.#rows.seen(patient.id, { ...seen, alert: reading.id }));
      if (rows.length > 0) await this.#context.gateway.commit({ rows });
    });
    return this.#told(id);
  }

  /**
   * Looks at every watch that is open to who is signed in, by the clock of now, and says whose stand otherwise than before. Asked each
   * minute, and when something came from the hub or another desk.
   */
  async look(): Promise<void> {
    if (!mayDo(this.#context.staff.role, 'monitoring.read')) return;
    const patients: string[] = [];
    for (const patient of await this.#patients()) {
      const standing = (await this.#open(patient)).map(({ id, plans, watch }) => [id, plans[0]?.id, watch]);
      const now = JSON.stringify(standing);
      if (now !== (this.#seen.get(patient.id) ?? '[]')) patients.push(patient.id);
      this.#seen.set(patient.id, now);
    }
    if (patients.length > 0) this.#context.notify({ patients, topics: ['monitoring'] });
  }

  /** Numbers and moments for the locked door, of what who is signed in may see. */
  async forTheDoor(): Promise<{ readonly alerts: number; readonly calls: number[]; readonly quiet: number[] }> {
    let alerts = 0;
    const [calls, quiet]: [number[], number[]] = [[], []];
    const now = this.#context.clock();
    for (const patient of await this.#patients())
      for (const { plans, watch } of await this.#open(patient)) {
        const open = watch.alerts.filter(({ acknowledged }) => !acknowledged);
        alerts += open.length;
        if (watch.watchingUntil !== undefined) quiet.push(watch.watchingUntil);
        for (const { plan, reading } of open) {
          const terms = plans.find(({ id }) => id === plan);
          const next = terms ? nextCalls(terms, (now - reading.received) / MINUTE, MOST_CALLS) : [];
          calls.push(...next.map((minutes) => reading.received + minutes * MINUTE));
        }
      }
    return { alerts, calls: soonest(calls), quiet: soonest(quiet) };
  }

  // --- Reading -----------------------------------------------------------------------------------------------------

  /** Those who have a plan, or had one, and are known here. */
  async #patients(): Promise<PatientEntry[]> {
    return [...(await this.#rows.patients())].flatMap((id) => this.#directory.get(id) ?? []);
  }

  /** What is there for who is signed in: plans that they may read, over the readings that they may read, as the chart has it. */
  async #open(patient: PatientEntry): Promise<Watched[]> {
    const { opens } = await this.#context.hooks.reading(patient, 'TREAT');
    return (await this.#ofPatient(patient, opens)).filter(({ plans: [newest] }) => newest && opens(entryOf(newest)));
  }

  async #ofPatient(patient: PatientEntry, opens: Opens): Promise<Watched[]> {
    const [plans, seen] = await Promise.all([this.#rows.plansOf(patient.id), this.#rows.seenOf(patient.id)]);
    const now = this.#context.clock();
    const watched: Watched[] = [];
    for (const measurement of measurementNames) {
      const own = plans.filter((plan) => plan.measurement === measurement);
      if (own.length === 0) continue;
      const readings = await this.#readings(patient, measurement, opens);
      const acknowledged = seen.filter((each) => each.measurement === measurement);
      const watch = watchOf(own, readings, acknowledged, now);
      watched.push({ id: `${patient.id}.${measurement}`, patient, measurement, plans: own.sort(newestFirst), watch });
    }
    return watched;
  }

  /** @throws {Failure} `monitoring.unknown`. */
  async #find(id: string): Promise<Watched> {
    const patient = this.#directory.get(id.split('.')[0] ?? '');
    const watched = patient && (await this.#open(patient)).find((each) => each.id === id);
    if (watched) return watched;
    throw unknown();
  }

  async #readings(patient: PatientEntry, measurement: MeasurementName, opens: Opens): Promise<Reading[]> {
    const readings: Reading[] = [];
    for (const entry of await this.#records.entries(patient)) {
      const isOne = entry.resourceType === 'Observation' && canHold(measurement, entry.code?.code ?? '');
      if (isOne && opens(entry) && !isLongPast(entry)) readings.push(...(await this.#readingsOf(patient, measurement, entry)));
    }
    return readings;
  }

  /** Each version is a reading of its own: what alerted goes on to stand when it is corrected. */
  async #readingsOf(patient: PatientEntry, measurement: MeasurementName, entry: ChartEntry): Promise<readonly Reading[]> {
    const key = `${measurement} ${entry.document}`;
    const kept = this.#read.get(key);
    if (kept) return kept;
    const versions = await this.#records.versions(patient, entry).catch((error: unknown) => {
      if (error instanceof Failure) return undefined;
      throw error;
    });
    // A document that is missing or damaged must not hide the others: it is counted as one that did not count.
    if (!versions) return [{ id: entry.document, received: entry.time, measured: undefined, value: '', corrected: false }];
    const readings = versions.flatMap(({ document, time, content }, at) => {
      const reading = readingOf(measurement, fromUtf8(content), { id: document, received: time, corrected: at > 0 });
      return reading ? [reading] : [];
    });
    for (const oldest of this.#read.keys()) if (this.#read.size >= MOST_KEPT) this.#read.delete(oldest);
    this.#read.set(key, readings);
    return readings;
  }

  // --- Writing -----------------------------------------------------------------------------------------------------

  async #write(
    id: string,
    measurement: MeasurementName,
    next: (current: PlanRow | undefined) => PlanTerms & Pick<PlanRow, 'tell' | 'active'>,
  ): Promise<Watched> {
    const patient = this.#directory.known(id);
    if (patient.custodian !== toHex(this.#context.chain)) throw notOurs();
    await this.#looks.mayCorrect(patient, { category: PLANNED_IN, before: undefined });
    await this.#context.inTurn(async () => {
      const plans = (await this.#rows.plansOf(id)).filter((plan) => plan.measurement === measurement);
      const [current] = plans.sort(newestFirst);
      const { low, high, intervalMinutes, escalateMinutes, ladder, repeatMinutes, tell, active } = next(current);
      const by = { id: staffId(this.#context), name: this.#context.staff.name };
      // After the one before, whatever the clock says.
      const from = Math.max(this.#context.clock(), (current?.from ?? 0) + 1);
      const terms = { low, high, intervalMinutes, escalateMinutes, ladder, repeatMinutes };
      const row = this.#rows.plan({ patient: id, measurement, ...terms, tell, active, by, from });
      await this.#context.gateway.commit({ rows: [row] });
    });
    return this.#told(`${id}.${measurement}`);
  }

  async #told(id: string): Promise<Watched> {
    const patient = this.#directory.known(id.split('.')[0] ?? '');
    this.#context.notify({ patients: [patient.id], topics: ['monitoring'] });
    const { opens } = await this.#context.hooks.reading(patient, 'TREAT');
    const watched = (await this.#ofPatient(patient, opens)).find((each) => each.id === id);
    if (watched) return watched;
    throw unknown();
  }
}

const soonest = (moments: readonly number[]): number[] => [...moments].sort((one, other) => one - other).slice(0, MOST_CALLS);

type Opens = (entry: ChartEntry) => boolean;

/** The alert of a watch that has reached most of those that a person is told of, in their own name before a colleague's. */
function callOf(watched: Watched, me: string, covers: ReadonlyMap<string, HeldCover>): AlertCall | undefined {
  const open = watched.watch.alerts.filter(({ acknowledged }) => !acknowledged);
  const told = open.flatMap((alert) => {
    const plan = watched.plans.find(({ id }) => id === alert.plan);
    const people = plan ? toldAt(plan, plan.tell, alert.step).map(({ id }) => id) : [];
    const standsInFor = people.find((id) => covers.has(id));
    if (!plan || (!people.includes(me) && standsInFor === undefined)) return [];
    const covered = people.includes(me) ? undefined : covers.get(standsInFor ?? '')?.name;
    return [{ watched, alert, steps: stepsOf(plan).length, open: open.length, covered }];
  });
  return told.sort((one, other) => other.alert.calls - one.alert.calls)[0];
}

/** A plan as the one decision judges it: as a clinical record of its author. */
function entryOf({ id, measurement, by, from }: PlanRow): ChartEntry {
  const place = { record: id, category: PLANNED_IN, document: '', version: 1, kind: 'monitoring', fhirId: '' } as const;
  const words = { resourceType: 'CarePlan', title: '', date: '', status: '', section: 'other' } as const;
  const code = { system: 'http://loinc.org', code: MEASUREMENTS[measurement].codes[0] };
  return { ...place, ...words, code, author: by.id, authorName: by.name, time: from };
}

const newestFirst = (one: PlanRow, other: PlanRow): number => other.from - one.from || (one.id < other.id ? 1 : -1);

/** Older when it came than any interval: it counts for no plan and need not be opened. A correction may be of something that did. */
function isLongPast({ version, time, date }: ChartEntry): boolean {
  return version === 1 && time - Date.parse(date) > LONGEST_INTERVAL * MINUTE;
}

function worstFirst(one: Watched, other: Watched): number {
  const place = ({ watch }: Watched): number => WATCH_STATES.indexOf(watch.state);
  const since = ({ watch }: Watched): number =>
    watch.alerts.find(({ acknowledged }) => !acknowledged)?.reading.received ?? watch.notWatchingSince ?? 0;
  return place(one) - place(other) || since(one) - since(other) || (one.id < other.id ? -1 : 1);
}

function notOurs(): Failure {
  return new Failure(
    'monitoring.not-ours',
    'Another clinic keeps this patient’s records and takes the readings in. Only there can they be watched.',
  );
}

function changed(): Failure {
  return new Failure(
    'monitoring.changed',
    'Somebody else has changed this plan meanwhile. Nothing was done; look at it as it is now.',
  );
}

function unknown(): Failure {
  return new Failure('monitoring.unknown', 'This is not watched here, or there is no such alert. Load the list again.');
}

/** What resolvers of this domain work with. */
export interface MonitoringDesk {
  readonly monitoring: Monitoring;
  readonly gateways: Gateways;
  readonly readingFolder: ReadingFolders;
}

interface MonitoringParts {
  readonly context: VaultContext;
  readonly patients: Patients;
  readonly records: Records;
  readonly looks: ChartLooks;
  readonly access: AccessLog;
}

export function openMonitoring(parts: MonitoringParts): MonitoringDesk {
  const { context, patients, records, looks } = parts;
  const gateways = new Gateways(parts);
  return {
    monitoring: new Monitoring(context, patients, records, looks),
    gateways,
    readingFolder: new ReadingFolders(context, gateways),
  };
}

/** What the registry of domains needs of this one. */
export const monitoringDomain = {
  name: 'monitoring',
  sdl: 'shared/monitoring/monitoring.graphql',
  resolvers: monitoringResolvers,
};
