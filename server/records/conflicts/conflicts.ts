/**
 * The inbox: versions that came too late, since two desks changed one record before they heard of each other, and versions that
 * another clinic proposes. The ledger says which stand open; their words are opened only with the chart. Settling makes a further
 * version, and can be taken back.
 */
import { fromHex, fromUtf8, toHex, utf8 } from '../../../shared/encoding/bytes.ts';
import { decode } from '../../../shared/encoding/codec.ts';
import { isResource } from '../../../shared/fhir/fhir-resource.ts';
import { patientSummary } from '../../../shared/fhir/patient-summary.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { isDeclined } from '../../../shared/records/amendment-rules.ts';
import { conflictIds, conflictRow } from '../../../shared/records/conflict-rows.ts';
import { compareVersions, type ElementDifference, mergeVersions } from '../../../shared/records/merge-versions.ts';
import { isSignedKind } from '../../../shared/records/signed-kinds.ts';
import { compartmentsOf, everyCompartment } from '../../sync/vault-context/patient-compartments.ts';
import type {
  ChartEntry,
  OpenedVersion,
  PatientDirectory,
  PatientEntry,
  RecordDraft,
  VaultContext,
} from '../../sync/vault-context/vault-context.ts';
import type { OpenCharts } from '../open-charts.ts';
import { type ChainedVersion, openVersion } from '../open-version.ts';
import type { Records } from '../records.ts';
import { checkedResource, type PutResource } from '../writing/put-resource.ts';
import { proposedEntry, type StoredProposal } from './proposal-rows.ts';
import { categoryOf, type NamedProposal, type Proposals, type StandingProposal } from './proposals.ts';
import { destroyDecided, receiveProposals } from './receive-proposals.ts';

const PREFIX = 'conflict/';

/** A version that waits. Ids in hexadecimal; `document` names it. */
interface WaitingVersion extends NamedProposal {
  readonly patient: PatientEntry;
  /** Another clinic than the one that keeps the record wrote it. */
  readonly isProposal: boolean;
}

export interface OpenedConflict {
  readonly waiting: WaitingVersion;
  /** What the chart has of the record; a proposed new one is not there yet. */
  readonly entry: ChartEntry | undefined;
  readonly title: string;
  readonly resourceType: string;
  readonly current: OpenedVersion | undefined;
  readonly late: OpenedVersion;
  readonly differences: readonly ElementDifference[];
  /** A signed note, or a new record, is taken whole or not at all. */
  readonly isWhole: boolean;
}

interface Settlement {
  readonly patient: string;
  /** Document of the late version. */
  readonly conflict: string;
  /** The version that was compared; 0 for a record that is not there yet. */
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
  readonly #proposals: Proposals;
  #waiting: readonly WaitingVersion[] = [];
  #seen = '';

  constructor(context: VaultContext, patients: PatientDirectory, charts: OpenCharts, records: Records, proposals: Proposals) {
    this.#context = context;
    this.#patients = patients;
    this.#charts = charts;
    this.#records = records;
    this.#proposals = proposals;
  }

  /** The inbox of this clinic: what waits for its own patients, the newest first. */
  get waiting(): readonly WaitingVersion[] {
    return this.#waiting.filter(({ patient }) => this.#charts.keeps(patient));
  }

  /** The inbox as who is signed in may see it: what is about a record that is not open to them is not there. */
  async listed(): Promise<WaitingVersion[]> {
    const { waiting } = this;
    const stored = await this.#proposals.find(waiting.map(({ document }) => document));
    const shown = await Promise.all(waiting.map((each) => this.#shows(each, stored.get(each.document))));
    return waiting.filter((_, at) => shown[at]);
  }

  #shows({ patient, record }: WaitingVersion, proposal: StoredProposal | undefined): Promise<boolean> {
    return this.#charts.shows(patient, record, proposal && proposedEntry(proposal));
  }

  /** What unlocking and every notice of the device service ask for: the ledger may have moved, letters may have come. */
  async look(): Promise<void> {
    const named = await this.#proposals.named();
    const parts = { context: this.#context, patients: this.#patients, rows: this.#records.proposals };
    const received = await receiveProposals(parts, named);
    await destroyDecided(parts, named);
    const seen = named.map(({ document, row }) => `${document} ${toHex(row.settled)}`).join('\n');
    const moved = new Set(received);
    if (seen !== this.#seen) {
      for (const { patient } of this.#waiting) moved.add(patient.id);
      this.#seen = seen;
      this.#waiting = this.#waitingAmong(named);
      for (const { patient } of this.#waiting) moved.add(patient.id);
    }
    for (const patient of await this.#records.charts.settle()) moved.add(patient);
    if (moved.size > 0) this.#context.notify({ patients: [...moved], topics: ['conflicts'] });
  }

  /** What waits in a patient's chart, by record: late versions of ours, and what this clinic has proposed to another one. */
  of(patient: string): ReadonlyMap<string, readonly WaitingVersion[]> {
    const union = new Set(this.#patients.get(patient) ? this.#patients.union(patient).map(({ id }) => id) : []);
    return Map.groupBy(
      this.#waiting.filter((each) => union.has(each.patient.id)),
      ({ record }) => record,
    );
  }

  /** What is proposed and undecided in a patient's chart, as its lists would show it; what has not arrived yet is left out. */
  async proposed(patient: string): Promise<ReadonlyArray<{ readonly entry: ChartEntry; readonly clinic: string }>> {
    const waiting = [...this.of(patient).values()].flat().filter(({ isProposal }) => isProposal);
    const stored = await this.#proposals.find(waiting.map(({ document }) => document));
    const proposed: Array<{ entry: ChartEntry; clinic: string }> = [];
    for (const [document, proposal] of stored) {
      const entry = proposedEntry(proposal);
      const owner = waiting.find((each) => each.document === document)?.patient ?? this.#patients.known(patient);
      if (await this.#charts.shows(owner, entry.record, entry)) proposed.push({ entry, clinic: proposal.clinic });
    }
    return proposed;
  }

  /** @throws {Failure} `records.no-conflict`, `records.document-missing`, `access.chart-not-open`. */
  async open(patient: string, conflict: string): Promise<OpenedConflict> {
    const waiting = await this.#known(patient, conflict);
    return waiting.isProposal ? this.#openProposal(waiting) : this.#openLate(waiting);
  }

  /**
   * Writes the version that settles a conflict; the late version stays in the history of the ledger.
   * @throws {Failure} as `open`; `records.reason-missing`, `records.merge-elements`, `records.take-or-decline`, `fhir.…` when what
   * comes out is no valid resource, `records.version-conflict` when the record has moved on.
   */
  async settle({ patient, conflict, basedOn, fromLate, reason }: Settlement): Promise<ChartEntry> {
    const opened = await this.open(patient, conflict);
    const { waiting, entry, current, late, differences, isWhole } = opened;
    if (!this.#charts.keeps(waiting.patient)) throw noConflict();
    const known = new Set(differences.map(({ element }) => element));
    if (fromLate.some((element) => !known.has(element))) throw unknownElement();
    if (waiting.isProposal && fromLate.length === 0) throw takeOrDecline();
    const content =
      isWhole || !current
        ? wholeOf(current ?? late, late, differences, fromLate)
        : utf8(mergeVersions(fromUtf8(current.content), fromUtf8(late.content), new Set(fromLate)));
    const { author, authorName, time } = late;
    const merge = { settles: [conflict], reopens: false };
    const category = entry?.category ?? categoryOf(waiting.patient, waiting.handle);
    return this.#put(waiting.patient, content, reason, {
      ...(entry ? { record: entry.record, basedOn } : { newId: waiting.record }),
      category,
      kind: entry?.kind ?? late.kind,
      merge,
      ...(waiting.isProposal ? { proposedBy: { clinic: waiting.from, author, authorName, time } } : {}),
    });
  }

  /** As `Proposals.propose`. */
  async propose(patient: PatientEntry, input: PutResource): Promise<StandingProposal> {
    const proposed = await this.#proposals.propose(patient, input);
    await this.look();
    return proposed;
  }

  /** Declines what another clinic proposed. @throws {Failure} `records.no-conflict`, `records.reason-missing`. */
  async decline(patient: string, conflict: string, reason: string): Promise<void> {
    this.#charts.get(patient);
    const waiting = await this.#known(patient, conflict);
    if (!waiting.isProposal || !this.#charts.keeps(waiting.patient)) throw noConflict();
    await this.#proposals.decline(waiting, waiting.patient, reason);
    await this.look();
  }

  /** Has a proposal that was declined wait again. @throws {Failure} `records.no-conflict`. */
  async reopen(patient: string, proposal: string): Promise<void> {
    const owner = this.#patients.known(patient);
    this.#charts.get(patient);
    const handles = new Set(everyCompartment(owner).map(([, handle]) => handle));
    const named = (await this.#proposals.named()).find(({ document }) => document === proposal);
    const isOurs = named && handles.has(named.handle) && this.#charts.keeps(owner);
    if (!isOurs || !isDeclined(fromHex(proposal), named.row.settled)) throw noConflict();
    await this.#proposals.reopen(named);
    await this.look();
  }

  /** Late versions that the newest version of a record has settled: those that `undo` would have wait again. */
  async settledBy(patient: PatientEntry, entry: ChartEntry): Promise<string[]> {
    const rows = await Promise.all(
      compartmentsOf(patient, entry.category).map((handle) =>
        this.#context.gateway.stateList(`${PREFIX}${handle}/${entry.record}/`),
      ),
    );
    return rows
      .flat()
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
    const { category, kind, version } = entry;
    const merge = { settles, reopens: true };
    return this.#put(owner, before.content, reason, { record, basedOn: version, category, kind, merge });
  }

  /** Whether a version of the patient that waits says that the patient has died. */
  async saysDeceased(patient: PatientEntry): Promise<boolean> {
    for (const waiting of this.of(patient.id).get(patient.record) ?? []) {
      const content = waiting.isProposal
        ? (await this.#proposals.find([waiting.document])).get(waiting.document)?.content
        : fromUtf8((await this.#openVersion(waiting, waiting.document, waiting.row.version)).content);
      const resource: unknown = content === undefined ? undefined : JSON.parse(content);
      if (isResource(resource) && patientSummary(resource).deceased) return true;
    }
    return false;
  }

  /** Of all that the ledger names: what is open and about a patient known here, as ours or as something that we proposed. */
  #waitingAmong(named: readonly NamedProposal[]): readonly WaitingVersion[] {
    const open = named.filter(({ row }) => row.settled.length === 0);
    const holding = this.#patients.holding(new Set(open.map(({ handle }) => handle)));
    const owners = new Map(
      holding.flatMap((patient) => everyCompartment(patient).map(([, handle]) => [handle, patient] as const)),
    );
    const own = toHex(this.#context.chain);
    return open
      .flatMap((each) => {
        const patient = owners.get(each.handle);
        if (!patient || (!this.#charts.keeps(patient) && each.from !== own)) return [];
        return [{ ...each, patient, isProposal: each.from !== patient.custodian }];
      })
      .sort((a, b) => b.row.time - a.row.time);
  }

  async #known(patient: string, conflict: string): Promise<WaitingVersion> {
    const waiting = this.#waiting.find((each) => each.document === conflict && each.patient.id === patient);
    const stored = waiting && (await this.#proposals.find([conflict])).get(conflict);
    if (!waiting || !(await this.#shows(waiting, stored))) throw noConflict();
    return waiting;
  }

  async #openLate(waiting: WaitingVersion): Promise<OpenedConflict> {
    const entry = await this.#charts.entry(waiting.patient.id, waiting.record);
    const versions = await this.#records.versions(waiting.patient, entry);
    const chain = await this.#chainOf(waiting, new Set(versions.map(({ document }) => document)));
    const [current, late] = [versions[0] as OpenedVersion, chain.versions[0] as OpenedVersion];
    const base = versions.find(({ document }) => document === chain.from);
    const [ours, theirs] = [current, late].map(({ content }) => fromUtf8(content)) as [string, string];
    const differences = compareVersions(base && fromUtf8(base.content), ours, theirs);
    const { title, resourceType } = entry;
    const isWhole = isSignedKind(current.kind) || isSignedKind(late.kind);
    return { waiting, entry, title, resourceType, current, late, differences, isWhole };
  }

  async #openProposal(waiting: WaitingVersion): Promise<OpenedConflict> {
    const { patient, record, document } = waiting;
    const open = await this.#charts.categories(patient.id);
    const stored = (await this.#proposals.find([document])).get(document);
    if (!stored || !open.includes(stored.category)) throw wordsMissing();
    const late = versionOf(stored);
    const { title, resourceType } = proposedEntry(stored);
    const isThere = (await this.#records.charts.open(patient.id)).get(record) !== undefined;
    if (!isThere) {
      const empty = JSON.stringify({ resourceType });
      const differences = compareVersions(empty, empty, stored.content);
      return { waiting, entry: undefined, title, resourceType, current: undefined, late, differences, isWhole: true };
    }
    const entry = await this.#charts.entry(patient.id, record);
    const versions = await this.#records.versions(patient, entry);
    const current = versions[0] as OpenedVersion;
    const base = versions.find((each) => each.document === stored.previous);
    const differences = compareVersions(base && fromUtf8(base.content), fromUtf8(current.content), stored.content);
    return { waiting, entry, title, resourceType, current, late, differences, isWhole: isSignedKind(current.kind) };
  }

  async #put(
    owner: PatientEntry,
    content: Uint8Array,
    reason: string,
    place: Pick<RecordDraft, 'record' | 'newId' | 'basedOn' | 'category' | 'kind' | 'merge' | 'proposedBy'>,
  ): Promise<ChartEntry> {
    if (reason.trim() === '')
      throw new Failure('records.reason-missing', 'Say in a few words why. It stays in the history of the record.');
    const resource = fromUtf8(content);
    // What another clinic wrote is checked as if it were written here: about this patient, of this type.
    const read = place.proposedBy
      ? await checkedResource({ vault: this.#context, charts: this.#charts, records: this.#records }, owner, {
          record: place.record,
          resource,
        })
      : await this.#context.fhir.check(resource);
    const before = place.record === undefined ? undefined : (await this.#charts.chart(owner.id)).get(place.record);
    await this.#charts.mayCorrect(owner, { category: place.category, before });
    const { summary, fhirId, person } = read.entry;
    const named = person && owner.record === place.record ? { ...owner, ...person } : undefined;
    const draft = { ...place, patient: owner.id, content, summary, fhirId, reason };
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
    'This is kept as a whole: choose one of the two, and write what is missing as an amendment.',
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

function takeOrDecline(): Failure {
  return new Failure(
    'records.take-or-decline',
    'Nothing of the proposal was chosen. Take over at least one element, or decline it and say why.',
  );
}

function wordsMissing(): Failure {
  return new Failure(
    'records.document-missing',
    'The proposal is known, but its words are not on this computer yet. Sync, and try again; or ask the other clinic to propose it once more.',
    { retry: true },
  );
}

const versionOf = ({ version, document, author, authorName, time, kind, reason, content }: StoredProposal): OpenedVersion => {
  return { version, document, author, authorName, time, kind, reason, content: utf8(content) };
};
