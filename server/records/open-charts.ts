/** Which charts have been opened in this session, and for what purpose: nothing of a chart is answered that is not open. */
import { purposesOfRole } from '../../shared/consent/decision.ts';
import type { Verb } from '../../shared/consent/provision.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type {
  AccessGate,
  ChartEntry,
  CompartmentName,
  PatientDirectory,
  PatientEntry,
  Reading,
  VaultChange,
  VaultContext,
} from '../sync/vault-context/vault-context.ts';
import { Chart } from './charts.ts';
import type { Records } from './records.ts';
import { notOurs, type ToCorrect } from './writing/put-resource.ts';

export interface OpenChart {
  readonly patient: string;
  readonly purpose: string;
  readonly openedAt: number;
  /** Opened in an emergency, beyond what was open otherwise, and logged as such. */
  readonly isEmergency: boolean;
  /** Staff id and name of the colleague in whose place it was opened. */
  readonly covered?: { readonly id: string; readonly name: string } | undefined;
}

/** What was last let through of a chart, and of which state of it. */
interface Shown {
  readonly chart: Chart;
  readonly revision: number;
  readonly reading: Reading;
  readonly part: Chart;
}

export class OpenCharts {
  readonly #context: VaultContext;
  readonly #patients: PatientDirectory;
  readonly #access: AccessGate;
  readonly #records: Records;
  readonly #open = new Map<string, OpenChart>();
  readonly #shown = new Map<string, Shown>();
  /** Charts of patients who are one, by who stands for them. */
  readonly #unions = new Map<string, { readonly parts: readonly Chart[]; readonly chart: Chart }>();
  readonly #traced = new Map<string, Promise<unknown>>();

  constructor(context: VaultContext, patients: PatientDirectory, access: AccessGate, records: Records) {
    this.#context = context;
    this.#patients = patients;
    this.#access = access;
    this.#records = records;
  }

  /**
   * The access line is durable before anything is looked at. While who is signed in has broken this patient's glass, the chart opens
   * as an emergency, whatever the purpose was to be.
   * @param covered staff id of the colleague in whose place it is opened: the line names both
   * @throws {Failure} `access.line-not-durable`, `patients.unknown`, `access.purpose-not-allowed`, `cover.not-in-force`, `consent.nothing-open` when
   * another clinic keeps the records and none of them is open to this one for this purpose.
   */
  async open(id: string, wanted: string, covered?: string): Promise<OpenChart> {
    const held = covered === undefined ? undefined : (await this.#context.hooks.covers()).get(covered);
    if (covered !== undefined && !held) throw coverOver();
    const standsIn = covered === undefined || !held ? undefined : { id: covered, name: held.name };
    const chart = await this.#openOne(id, wanted, standsIn);
    // Whose records are shown as well has the line in their own log, before anything is shown.
    for (const other of this.#patients.union(id).slice(1)) await this.#openOne(other.id, wanted, standsIn);
    return chart;
  }

  async #openOne(id: string, wanted: string, covered: OpenChart['covered']): Promise<OpenChart> {
    const patient = this.#patients.known(id);
    const isEmergency = (await this.#context.hooks.brokenUntil(id)) !== undefined;
    const purpose = isEmergency ? 'ETREAT' : wanted;
    const reading = await this.#reading(patient, { purpose, isEmergency, covered });
    const categories = await this.#categories(patient, reading);
    const action = isEmergency ? 'break-glass' : covered ? 'cover' : 'open';
    const line = await this.#access.note(patient, action, purpose, { categories, ...(covered && { detail: covered.name }) });
    const opened = { patient: id, purpose, openedAt: line.at, isEmergency, covered };
    this.#open.set(id, opened);
    this.#access.expect?.(id);
    return opened;
  }

  /**
   * Leaves a line, durable before anything is answered, for a look at something about a patient whose chart is not open; once a
   * session. A patient who is not known here is the resolver's to refuse. @param detail in whose place, where that is not one's own
   * @throws {Failure} `access.line-not-durable`.
   */
  async trace(id: string, action: string, detail = ''): Promise<void> {
    const patient = this.#patients.get(id);
    if (!patient || this.#open.has(id)) return;
    const look = `${action} ${id} ${detail}`;
    const line = this.#traced.get(look) ?? this.#access.note(patient, action, 'HOPERAT', { detail });
    this.#traced.set(look, line);
    await line.catch((error: unknown) => {
      this.#traced.delete(look);
      throw error;
    });
  }

  /** The line of what is printed, durable before the printer is asked. @throws {Failure} `access.chart-not-open`, `access.line-not-durable`. */
  async notePrint(id: string): Promise<void> {
    for (const member of this.members(id)) {
      const { purpose } = this.get(member.id);
      await this.#access.note(member, 'print', purpose, { categories: await this.categories(member.id) });
    }
  }

  /**
   * Asks the decision for more than reading, for the purpose of the open chart.
   * @throws {Failure} `access.chart-not-open`; `records.not-ours`, `access.read-only` unless something of it may be corrected or handed on.
   */
  async demand(id: string, verb: Verb): Promise<void> {
    this.get(id);
    if (verb === 'access') return;
    const patient = this.#patients.known(id);
    if ((await this.#to(verb, patient)).categories.size === 0)
      throw verb === 'correct' && !this.keeps(patient) ? notOurs() : readOnly();
  }

  /** @throws {Failure} `records.not-ours`, `access.read-only` unless who is signed in may write that, for the purpose of the open chart. */
  async mayCorrect(patient: PatientEntry, what: ToCorrect): Promise<void> {
    if (!this.keeps(patient)) throw notOurs();
    if (!(await this.corrects(patient, what))) throw readOnly();
  }

  /** Whether the decision lets who is signed in write that, for the purpose of the open chart. */
  async corrects(patient: PatientEntry, { category, before }: ToCorrect): Promise<boolean> {
    const { categories, opens } = await this.#to('correct', patient);
    // That a record is kept from who writes says nothing of what they begin: they would not see the one, and see the other.
    return before ? opens(before) : categories.has(category);
  }

  /** The entries of an open chart that may be handed on to somebody outside of the clinic. @throws {Failure} `access.chart-not-open`. */
  async handedOn(id: string): Promise<readonly ChartEntry[]> {
    const entries: ChartEntry[] = [];
    for (const patient of this.members(id)) {
      const { opens } = await this.#to('disclose', patient);
      const shown = await this.#part(patient.id, await this.#reading(patient, this.get(patient.id)));
      entries.push(...shown.all().filter((entry) => opens(entry)));
    }
    return entries;
  }

  close(id: string): boolean {
    const members = this.#patients.get(id) ? this.#patients.union(id).slice(1) : [];
    for (const member of members) this.close(member.id);
    this.#shown.delete(id);
    this.#unions.delete(id);
    return this.#open.delete(id);
  }

  isOpen(id: string): boolean {
    return this.#open.has(id);
  }

  /** @throws {Failure} `access.chart-not-open`, the same for a patient who is not known here. */
  get(id: string): OpenChart {
    const opened = this.#open.get(id);
    if (opened) return opened;
    throw new Failure('access.chart-not-open', 'This chart is not open. Open it first; the patient can see who did.');
  }

  /** What may be read of an open chart now: what is not open to who asks is simply not there. */
  async chart(id: string): Promise<Chart> {
    const parts: Chart[] = [];
    for (const patient of this.members(id))
      parts.push(await this.#part(patient.id, await this.#reading(patient, this.get(patient.id))));
    if (parts.length === 1) return parts[0] as Chart;
    const kept = this.#unions.get(id);
    if (kept && kept.parts.length === parts.length && kept.parts.every((part, at) => part === parts[at])) return kept.chart;
    const chart = Chart.union(parts);
    this.#unions.set(id, { parts, chart });
    return chart;
  }

  /** The patients whose records an open chart shows, its own first. One who was merged into it since then is not among them: opening it anew writes the line. */
  members(id: string): PatientEntry[] {
    this.get(id);
    return this.#patients.union(id).filter((member) => member.id === id || this.#open.has(member.id));
  }

  /** Whose record it is, of those that an open chart shows; the chart's own patient for one that is not there. */
  async ownerOf(id: string, record: string | null | undefined): Promise<PatientEntry> {
    if (record)
      for (const patient of this.members(id).slice(1))
        if ((await this.#records.charts.open(patient.id)).get(record)) return patient;
    return this.#patients.known(id);
  }

  /** The entries of `chart`, for other domains. */
  async entries(id: string): Promise<readonly ChartEntry[]> {
    return (await this.chart(id)).all();
  }

  /** @throws {Failure} `records.unknown`, whether it is not there or not open. */
  async entry(id: string, record: string): Promise<ChartEntry> {
    const entry = (await this.chart(id)).get(record);
    if (entry) return entry;
    throw unknownRecord();
  }

  /** The compartments of an open chart; one in which there is nothing but what is not open is not there. */
  async categories(id: string): Promise<CompartmentName[]> {
    const found = new Set<CompartmentName>();
    for (const patient of this.members(id))
      for (const name of await this.#categories(patient, await this.#reading(patient, this.get(patient.id)))) found.add(name);
    return [...found];
  }

  async #categories(patient: PatientEntry, reading: Reading): Promise<CompartmentName[]> {
    const [whole, part] = [await this.#records.charts.open(patient.id), await this.#part(patient.id, reading)];
    const [filled, shown] = [whole, part].map((chart) => new Set(chart.all().map(({ category }) => category)));
    const names = Object.keys(patient.handles) as CompartmentName[];
    return names.filter((name) => reading.categories.has(name) && (shown?.has(name) || !filled?.has(name)));
  }

  /**
   * Whether something about a record may be shown to who is signed in, for the purpose of the open chart or the first that their role
   * has. @param proposed what another clinic would have it be
   */
  async shows(patient: PatientEntry, record: string, proposed: ChartEntry | undefined): Promise<boolean> {
    const reading = await this.#to('access', patient);
    const entry = (await this.#records.charts.open(patient.id)).get(record);
    return [entry, proposed].every((each) => each === undefined || reading.opens(each));
  }

  /** A change as who is signed in may hear of it: what is about entries that are not open to them has not happened. */
  async heard(change: VaultChange): Promise<VaultChange> {
    const records = new Set(change.records);
    const silent = new Set<string>();
    if (records.size === 0) return change;
    for (const id of change.patients ?? []) {
      const patient = this.#patients.get(id);
      const chart = patient && (await this.#records.charts.open(id));
      const touched = [...records].filter((record) => chart?.get(record));
      const open: boolean[] = [];
      for (const record of touched) {
        const isOpen = patient !== undefined && (await this.shows(patient, record, undefined));
        if (!isOpen) records.delete(record);
        open.push(isOpen);
      }
      if (open.length > 0 && !open.includes(true)) silent.add(id);
    }
    const told = (change.patients ?? []).filter((id) => !silent.has(id));
    // Who stands for them shows it as well.
    const patients = [...new Set(told.flatMap((id) => [id, this.#patients.standsFor(id)]))];
    // Who hears of nobody hears of no topic either, unless others than the silent ones were meant.
    const isSilent = patients.length === 0 && records.size === 0 && silent.size > 0;
    return isSilent ? {} : { ...change, patients, records: [...records] };
  }

  /** Whether this clinic keeps the records, and so alone writes in them. */
  keeps(patient: PatientEntry): boolean {
    return patient.custodian === toHex(this.#context.chain);
  }

  closeAll(): void {
    this.#open.clear();
    this.#shown.clear();
    this.#unions.clear();
    this.#traced.clear();
  }

  /** Made anew when the chart or what is open of it has changed; always by the same work, whether something is left out or not. */
  async #part(id: string, reading: Reading): Promise<Chart> {
    const chart = await this.#records.charts.open(id);
    const shown = this.#shown.get(id);
    if (shown?.chart === chart && shown.revision === chart.revision && shown.reading === reading) return shown.part;
    const part = chart.part((entry) => reading.opens(entry));
    this.#shown.set(id, { chart, revision: chart.revision, reading, part });
    return part;
  }

  /** What may be done for the purpose of the open chart, or, where it is not open, for the first that the role has. */
  async #to(verb: Verb, patient: PatientEntry): Promise<Reading> {
    const opened = this.#open.get(patient.id);
    const purpose = opened?.purpose ?? purposesOfRole(this.#context.staff.role)[0] ?? '';
    const isEmergency = opened?.isEmergency === true && (await this.#context.hooks.brokenUntil(patient.id)) !== undefined;
    return this.#context.hooks.reading(patient, purpose, isEmergency, verb, opened?.covered?.id);
  }

  async #reading(
    patient: PatientEntry,
    { purpose, isEmergency, covered }: Pick<OpenChart, 'purpose' | 'isEmergency' | 'covered'>,
  ): Promise<Reading> {
    if (isEmergency && (await this.#context.hooks.brokenUntil(patient.id)) === undefined) {
      this.close(patient.id);
      throw new Failure('access.glass-over', 'The emergency access to this chart has ended. Open the chart again.');
    }
    const reading = await this.#context.hooks.reading(patient, purpose, isEmergency, 'access', covered?.id);
    if (reading.categories.size > 0) return reading;
    if (covered && !(await this.#context.hooks.covers()).has(covered.id)) {
      this.close(patient.id);
      throw coverOver();
    }
    if (this.keeps(patient))
      throw new Failure('access.purpose-not-allowed', 'Your role does not read records for this purpose. Choose another one.');
    throw new Failure(
      'consent.nothing-open',
      'The clinic that keeps these records has not opened them to this one for this purpose, or no longer does. Ask the patient.',
    );
  }
}

function coverOver(): Failure {
  return new Failure(
    'cover.not-in-force',
    'You do not stand in for this colleague, or no longer do. Open the chart in your own name if you treat the patient.',
  );
}

function readOnly(): Failure {
  return new Failure(
    'access.read-only',
    'You may read this here, but not change it or hand it on: your role, the consent, or the emergency by which it is open goes no further. Ask the clinic that keeps it.',
  );
}

export function unknownRecord(): Failure {
  return new Failure('records.unknown', 'There is no such record in this chart. Load the chart again; it may have changed.');
}
