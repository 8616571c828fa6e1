/**
 * The inbox of versions that came too late: two desks changed one record before they heard of each other. The ledger says
 * which stand open; their words are opened only with the chart. Settling makes a further version, and can be taken back.
 */
import { fromUtf8, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { isResource } from '../../shared/fhir/import-source.ts';
import { patientSummary } from '../../shared/fhir/patient-summary.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { type ConflictRow, conflictIds, conflictRow } from '../../shared/records/conflict-rows.ts';
import { compareVersions, type ElementDifference, mergeVersions } from '../../shared/records/merge-versions.ts';
import type { ChartEntry, OpenedVersion, PatientDirectory, PatientEntry, VaultContext } from '../sync/vault-context.ts';
import type { OpenCharts } from './open-charts.ts';
import { type ChainedVersion, openVersion } from './open-version.ts';
import type { Records } from './records.ts';

const PREFIX = 'conflict/';

/** A version that waits. Ids in hexadecimal; `document` names it. */
export interface WaitingVersion {
  readonly document: string;
  readonly record: string;
  readonly handle: string;
  readonly patient: PatientEntry;
  readonly row: ConflictRow;
}

export interface OpenedConflict {
  readonly waiting: WaitingVersion;
  readonly entry: ChartEntry;
  readonly current: OpenedVersion;
  readonly late: OpenedVersion;
  readonly differences: readonly ElementDifference[];
  /** A signed note is taken whole or not at all: its text is what was signed. */
  readonly isWhole: boolean;
}

export interface Settlement {
  readonly patient: string;
  /** Document of the late version. */
  readonly conflict: string;
  /** The version that was compared. */
  readonly basedOn: number;
  /** Elements taken from the late version; the others stay as they are. */
  readonly fromLate: readonly string[];
  readonly reason: string;
}

export class Conflicts {
  readonly #context: VaultContext;
  readonly #patients: PatientDirectory;
  readonly #charts: OpenCharts;
  readonly #records: Records;
  #waiting: readonly WaitingVersion[] = [];
  #seen = '';

  constructor(context: VaultContext, patients: PatientDirectory, charts: OpenCharts, records: Records) {
    this.#context = context;
    this.#patients = patients;
    this.#charts = charts;
    this.#records = records;
  }

  /** Those of this clinic's own patients, the newest first. */
  get waiting(): readonly WaitingVersion[] {
    return this.#waiting;
  }

  /** What unlocking and every notice of the device service ask for: the ledger may have moved. */
  async look(): Promise<void> {
    const rows = await this.#context.gateway.stateList(PREFIX);
    const seen = rows.map(({ key, value }) => `${key} ${toHex(value)}`).join('\n');
    if (seen !== this.#seen) {
      this.#seen = seen;
      const open = rows.map(({ key, value }) => ({ ...conflictIds(key), row: decode(conflictRow, value) }));
      const unsettled = open.filter(({ row }) => row.settled.length === 0);
      const holding = this.#patients.holding(new Set(unsettled.map(({ handle }) => handle)));
      const owners = new Map(
        holding.flatMap((patient) => Object.values(patient.handles).map((handle) => [handle, patient] as const)),
      );
      this.#waiting = unsettled
        .flatMap((each) => {
          const patient = owners.get(each.handle);
          return patient && this.#charts.keeps(patient) ? [{ ...each, patient }] : [];
        })
        .sort((a, b) => b.row.time - a.row.time);
      this.#context.notify({ topics: ['conflicts'] });
    }
    const patients = await this.#records.charts.settle();
    if (patients.length > 0) this.#context.notify({ patients });
  }

  /** How many versions wait, by record, in a patient's chart. */
  of(patient: string): ReadonlyMap<string, readonly WaitingVersion[]> {
    return Map.groupBy(
      this.#waiting.filter((each) => each.patient.id === patient),
      ({ record }) => record,
    );
  }

  /** @throws {Failure} `records.no-conflict`, `records.document-missing`, `access.chart-not-open`. */
  async open(patient: string, conflict: string): Promise<OpenedConflict> {
    const waiting = this.#waiting.find((each) => each.document === conflict && each.patient.id === patient);
    if (!waiting) throw noConflict();
    const entry = await this.#charts.entry(patient, waiting.record);
    const versions = await this.#records.versions(waiting.patient, entry);
    const chain = await this.#chainOf(waiting, new Set(versions.map(({ document }) => document)));
    const [current, late] = [versions[0] as OpenedVersion, chain.versions[0] as OpenedVersion];
    const base = versions.find(({ document }) => document === chain.from);
    const [ours, theirs] = [current, late].map(({ content }) => fromUtf8(content)) as [string, string];
    const differences = compareVersions(base && fromUtf8(base.content), ours, theirs);
    return { waiting, entry, current, late, differences, isWhole: current.kind === 'note' || late.kind === 'note' };
  }

  /**
   * Writes the version that settles a conflict; the late version stays in the history of the ledger.
   * @throws {Failure} as `open`; `records.reason-missing`, `records.merge-elements`, `fhir.…` when what comes out is no valid
   * resource, `records.version-conflict` when the record has moved on.
   */
  async settle({ patient, conflict, basedOn, fromLate, reason }: Settlement): Promise<ChartEntry> {
    const opened = await this.open(patient, conflict);
    const { current, late, differences, isWhole } = opened;
    const known = new Set(differences.map(({ element }) => element));
    if (fromLate.some((element) => !known.has(element))) throw unknownElement();
    const content = isWhole
      ? wholeOf(current, late, differences, fromLate)
      : utf8(mergeVersions(fromUtf8(current.content), fromUtf8(late.content), new Set(fromLate)));
    return this.#put(opened.entry, opened.waiting.patient, content, basedOn, reason, {
      settles: [conflict],
      reopens: false,
    });
  }

  /** Late versions that the newest version of a record has settled: those that `undo` would have wait again. */
  async settledBy(patient: PatientEntry, entry: ChartEntry): Promise<string[]> {
    const handle = patient.handles[entry.category];
    if (handle === undefined) return [];
    const rows = await this.#context.gateway.stateList(`${PREFIX}${handle}/${entry.record}/`);
    return rows
      .filter(({ value }) => toHex(decode(conflictRow, value).settled) === entry.document)
      .map(({ key }) => conflictIds(key).document);
  }

  /** Takes the newest version's merge back: the version before it, written again, and the late ones wait. @throws {Failure} `records.no-merge`. */
  async undo(patient: string, record: string, reason: string): Promise<ChartEntry> {
    const owner = this.#patients.known(patient);
    const entry = await this.#charts.entry(patient, record);
    const settles = await this.settledBy(owner, entry);
    const [, before] = await this.#records.versions(owner, entry);
    if (settles.length === 0 || !before)
      throw new Failure(
        'records.no-merge',
        'The newest version of this record is no merge, or somebody has changed it since. Amend the record instead.',
      );
    return this.#put(entry, owner, before.content, entry.version, reason, { settles, reopens: true });
  }

  /** Whether a version of the patient that waits says that the patient has died. */
  async saysDeceased(patient: PatientEntry): Promise<boolean> {
    for (const waiting of this.of(patient.id).get(patient.record) ?? []) {
      const resource: unknown = JSON.parse(
        fromUtf8((await this.#openVersion(waiting, waiting.document, waiting.row.version)).content),
      );
      if (isResource(resource) && patientSummary(resource).deceased) return true;
    }
    return false;
  }

  async #put(
    entry: ChartEntry,
    owner: PatientEntry,
    content: Uint8Array,
    basedOn: number,
    reason: string,
    merge: { readonly settles: readonly string[]; readonly reopens: boolean },
  ): Promise<ChartEntry> {
    if (reason.trim() === '')
      throw new Failure('records.reason-missing', 'Say in a few words why. It stays in the history of the record.');
    const read = await this.#context.fhir.check(fromUtf8(content));
    const { summary, fhirId, person } = read.entry;
    const named = person && owner.record === entry.record ? { ...owner, ...person } : undefined;
    const { record, category, kind } = entry;
    const draft = { patient: owner.id, record, category, kind, content, summary, fhirId, basedOn, reason, merge };
    const put = await this.#records.put(draft, undefined, named);
    await this.look();
    return put;
  }

  /** The late version and those before it, down to the one that grew from what the record's history has. */
  async #chainOf(
    waiting: WaitingVersion,
    known: ReadonlySet<string>,
  ): Promise<{ versions: OpenedVersion[]; from: string | undefined }> {
    const versions: OpenedVersion[] = [];
    let from: string | undefined = waiting.document;
    for (let version = waiting.row.version; version >= 1 && from !== undefined && !known.has(from); version--) {
      const opened: ChainedVersion = await this.#openVersion(waiting, from, version);
      versions.push(opened);
      from = opened.previous;
    }
    return { versions, from };
  }

  async #openVersion({ record }: WaitingVersion, document: string, version: number): Promise<ChainedVersion> {
    const opened = await openVersion(this.#context, record, document, version);
    if (opened) return opened;
    throw new Failure(
      'records.document-missing',
      'The other version is known, but its sealed document is not on this computer yet. Sync, and try again.',
      { retry: true },
    );
  }
}

/** A signed note as it is, or the other one as it is. */
function wholeOf(
  current: OpenedVersion,
  late: OpenedVersion,
  differences: readonly ElementDifference[],
  fromLate: readonly string[],
): Uint8Array {
  if (fromLate.length === 0) return current.content;
  if (new Set(fromLate).size === differences.length) return late.content;
  throw new Failure(
    'records.merge-elements',
    'A signed note is kept as a whole: choose one of the two, and write what is missing as an amendment.',
  );
}

function noConflict(): Failure {
  return new Failure(
    'records.no-conflict',
    'This version waits no longer: somebody has settled it, or the ledger has moved on. Load the list again.',
  );
}

function unknownElement(): Failure {
  return new Failure(
    'records.merge-elements',
    'One of the chosen elements is the same in both versions now. Compare them again before settling.',
  );
}
