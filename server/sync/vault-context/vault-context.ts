/**
 * What everything in the unlocked vault process works with: who is signed in, keys, the way to write, the way to read. It
 * stands below the domains so that those who are strangers to each other (consent and access, patients and records) can
 * meet through the ports at the end of this file, which the vault's start-up fills.
 */

import { toHex } from '../../../shared/encoding/bytes.ts';
import type { FiledCategory } from '../../../shared/fhir/patient-compartment.ts';
import type { PatientSummary } from '../../../shared/fhir/patient-summary.ts';
import type { ResourceSummary } from '../../../shared/fhir/summary.ts';
import type { Role } from '../../../shared/ledger/rows.ts';
import { Turns } from '../../../shared/outcome/turns.ts';
import type { AccessLine } from '../../../shared/sync/access-line.ts';
import type { Envelope } from '../../../shared/vault/document.ts';
import { FhirDesk } from '../../fhir/fhir-desk.ts';
import type { ReadConnection } from '../../storage/database.ts';
import { randomBytes } from '../../vault/primitives.ts';
import type { UnlockedKeyStore } from '../../vault/unlocked-key-store.ts';
import type { DeviceGateway, LocalWrite, OutgoingEvent, OutgoingMessage, VaultRow } from '../gateway.ts';
import type { Compartments } from './patient-compartments.ts';
import { SealedRows } from './sealed-rows.ts';

export interface SignedInStaff {
  /** 32 bytes: the person's Ed25519 key. The signing key is the key store's. */
  readonly id: Uint8Array;
  readonly name: string;
  readonly role: Role;
}

/** What changed under a screen: ids to ask for again, topics such as `patients`, `imports`, `offers`. */
export interface VaultChange {
  readonly patients?: readonly string[];
  readonly records?: readonly string[];
  readonly topics?: readonly string[];
}

export interface VaultContext {
  readonly keyStore: UnlockedKeyStore;
  readonly gateway: DeviceGateway;
  /** clinic.db, read only. */
  readonly reader: ReadConnection;
  /** Rows under the directory key: patients, chart entries, drafts, import jobs, settings. */
  readonly rows: SealedRows;
  /** Judges resources and reads import files in a thread of its own. */
  readonly fhir: FhirDesk;
  readonly staff: SignedInStaff;
  /** 32 bytes each. */
  readonly chain: Uint8Array;
  readonly device: Uint8Array;
  /** Milliseconds since 1970, by this computer. What expires is judged by `gateway.time()`. */
  clock(): number;
  random(length: number): Uint8Array;
  notify(change: VaultChange): void;
  /**
   * Acts that read before they write (a chart, a directory row) take turns here, so that none overwrites what another has
   * just written. Not to be called from inside an act: it would wait for itself.
   */
  inTurn<T>(act: () => Promise<T>): Promise<T>;
  readonly hooks: VaultHooks;
}

/** What consent adds to reading; without it nothing is read. */
interface VaultHooks {
  /** Messages to the custodian that go in the same commit as an access line about another clinic's patient. */
  onAccessLine(line: AccessLine, patient: PatientEntry): Promise<readonly OutgoingMessage[]>;
  /**
   * What of a patient's records may be read now, for this purpose.
   * @param isEmergency an access that is logged as "break-glass" @param verb what else may be done with them than reading
   * @param covered staff id of the colleague in whose place it is done
   */
  reading(
    patient: PatientEntry,
    purpose: string,
    isEmergency?: boolean,
    verb?: 'access' | 'correct' | 'disclose',
    covered?: string,
  ): Promise<Reading>;
  /** Categories of a patient's records of which nothing that there is may be read: who is signed in is not told that there is any. */
  keptCategories(patient: PatientEntry): Promise<ReadonlySet<string>>;
  /** For whom who is signed in stands in now, by staff id (hexadecimal). */
  covers(): Promise<ReadonlyMap<string, HeldCover>>;
  /** Until when who is signed in has broken the glass of this patient (hexadecimal), in milliseconds; undefined when they have not. */
  brokenUntil(patient: string): Promise<number | undefined>;
  /** Each domain above the records adds how it takes away what it keeps of a patient (hexadecimal) who is erased whole. */
  readonly alsoErased: Array<(patient: string) => Promise<readonly VaultRow[]>>;
  /** Keys were destroyed: where there is a keychain, older copies of the key file are to die with them. */
  keysDestroyed(): Promise<void>;
}

/** Somebody whose work who is signed in looks after. */
export interface HeldCover {
  readonly name: string;
  /** Milliseconds. */
  readonly until: number;
}

/** What who is signed in may read of one patient's records. The same object stands for the same answers. */
export interface Reading {
  /** Those of which something is open. */
  readonly categories: ReadonlySet<CompartmentName>;
  opens(entry: ChartEntry): boolean;
}

const NOTHING_OPEN: Reading = { categories: new Set(), opens: () => false };

export type ContextParts = Pick<VaultContext, 'keyStore' | 'gateway' | 'reader' | 'chain' | 'device'> & {
  readonly staff: Pick<SignedInStaff, 'name' | 'role'>;
  readonly fhir?: FhirDesk;
  readonly clock?: () => number;
  readonly random?: (length: number) => Uint8Array;
  readonly notify?: (change: VaultChange) => void;
};

/** A context over an unlocked key store; makes the directory key when the clinic has none yet. */
export async function vaultContext(parts: ContextParts): Promise<VaultContext> {
  const { keyStore, gateway, reader, chain, device } = parts;
  const random = parts.random ?? randomBytes;
  const turns = new Turns();
  return {
    keyStore,
    gateway,
    reader,
    chain,
    device,
    fhir: parts.fhir ?? new FhirDesk(),
    staff: { id: keyStore.staff, ...parts.staff },
    rows: new SealedRows(await lastingKey(keyStore, 'directory', random)),
    clock: parts.clock ?? Date.now,
    random,
    notify: parts.notify ?? (() => undefined),
    inTurn: (act) => turns.take(act),
    hooks: {
      onAccessLine: async () => [],
      reading: async () => NOTHING_OPEN,
      keptCategories: async () => new Set(),
      covers: async () => new Map(),
      brokenUntil: async () => undefined,
      alsoErased: [],
      keysDestroyed: async () => undefined,
    },
  };
}

/** The one key of its kind in the key store; made, durably, when there is none. */
export async function lastingKey(
  keyStore: UnlockedKeyStore,
  kind: 'directory' | 'access-log',
  random: (length: number) => Uint8Array,
): Promise<Uint8Array> {
  const held = await keyStore.getKey(kind);
  if (held !== undefined) return held;
  const value = random(32);
  await keyStore.putKeys([{ kind, id: new Uint8Array(0), epoch: 0, value }]);
  return value;
}

// --- Patients, as other domains see them ---------------------------------------------------------------------------

/**
 * Whose compartment a record lies in: a category of a patient; a patient's consents, which no grant ever opens, since they say what
 * was shared with whom; the boxes that the patient's care card opens, with and without the PIN; or the clinic's own directory (practitioners, places).
 */
export type CompartmentName = FiledCategory | 'directory' | 'consents' | 'card' | 'card-emergency';

/** A row of the patient directory. */
export interface PatientEntry extends Compartments {
  /** 32 hexadecimal digits. */
  readonly id: string;
  /** Chain (hexadecimal) of the clinic that keeps the records. */
  readonly custodian: string;
  /** Grants (hexadecimal) by which another clinic's patient is open to this one. */
  readonly shared: readonly string[];
  /** Record id of the Patient resource; '' for the clinic's directory. */
  readonly record: string;
  readonly summary: PatientSummary;
  /** Folded words that search finds; see shared/fhir/patient-summary.ts. */
  readonly terms: string;
  /** Made by an import that was taken back: no list and no search shows them any more. */
  readonly takenBack?: true;
}

/** A summary that says nothing: of what has no name yet, or none any more. */
export const NOBODY: PatientSummary = {
  id: '',
  family: '',
  given: [],
  fullName: '',
  birthDate: '',
  gender: '',
  deceased: false,
  identifiers: [],
  city: '',
  phone: '',
};

/** Id of the directory's own entry, which holds what belongs to no patient. It is no patient and is never found. */
export const CLINIC_DIRECTORY = '00000000000000000000000000000000';

/** Somebody who may be the person described, and how likely. */
export interface AlikePatient {
  readonly patient: PatientEntry;
  /** 0 to 1. */
  readonly probability: number;
}

export interface PatientDirectory {
  get(id: string): PatientEntry | undefined;
  /** The patient, or the refusal. @throws {Failure} `patients.unknown`. */
  known(id: string): PatientEntry;
  /** The patient who stands for this one since they were merged; most stand for themselves. See shared/patients/merged-patients.ts. */
  standsFor(id: string): string;
  /** All for whom this patient stands, the patient first. @throws {Failure} `patients.unknown`. */
  union(id: string): PatientEntry[];
  /** A new person of this clinic, with an id nobody has; nothing is written. */
  begin(summary: PatientSummary, terms: string): PatientEntry;
  /** People here who may be the one described, the likeliest first. */
  alike(summary: PatientSummary): Promise<readonly AlikePatient[]>;
  /** Whether a resource that came again under the same logical id can be about this person; see shared/patients/matching.ts. */
  continues(patient: PatientEntry, now: PatientSummary): boolean;
  /**
   * Entries that have a handle and a durable, loaded key for each category asked for. Entries that changed are in the answer only,
   * until `row` was committed and `applied` called. Only inside `inTurn`.
   */
  withCompartments(wanted: ReadonlyMap<PatientEntry, ReadonlySet<CompartmentName>>): Promise<Map<string, PatientEntry>>;
  /** The entries in which one of these handles (hexadecimal) stands. Looks through the whole directory. */
  holding(handles: ReadonlySet<string>): PatientEntry[];
  /** Those of whom a category has more than one compartment: few. */
  doubled(): PatientEntry[];
  /** The row to commit for a new or changed entry. */
  row(entry: PatientEntry): VaultRow;
  /** Rows that were committed become visible here and to search. */
  applied(entries: readonly PatientEntry[]): Promise<void>;
  /** The entry that a row of another desk of this clinic makes of what is known here. Nothing is written. */
  arrived(row: Omit<VaultRow, 'kind'>): PatientEntry;
  /** The row that removes a patient (another clinic's, whose last grant ended); `forgotten` afterwards. */
  removal(id: string): VaultRow;
  forgotten(ids: readonly string[]): Promise<void>;
}

/** What of a line its writer says beside patient, action and purpose. `staff` and `who` where it was not who is signed in. */
export type AccessDetails = Partial<Pick<AccessLine, 'process' | 'recipient' | 'categories' | 'detail' | 'staff' | 'who'>>;

export interface AccessGate {
  /**
   * Writes the line and returns once it is durable; until then nothing of the chart may be shown.
   * @throws {Failure} `access.line-not-durable`.
   */
  note(patient: PatientEntry, action: string, purpose: string, details?: AccessDetails): Promise<AccessLine>;
  /** Somebody may ask for this patient's log soon: it is read beside what they do now. */
  expect?(patient: string): void;
  /**
   * Lines of a program that works on many patients at once: `commit` gets the rows that go along with its work and writes them.
   * For patients of this clinic.
   */
  noteAlong<T>(
    lines: readonly ProgramAccess[],
    commit: (along: Pick<LocalWrite, 'rows' | 'elsewhere'>) => Promise<T>,
  ): Promise<T>;
}

export interface ProgramAccess extends AccessDetails {
  /** Of `staff`, where that is somebody of another clinic. */
  readonly role?: AccessLine['role'];
  readonly patient: string;
  readonly process: string;
  readonly action: string;
  readonly purpose: string;
}

// --- Records, as other domains see them ----------------------------------------------------------------------------

/** One record in a chart: what lists show of it and where its newest version lies. Ids in hexadecimal. */
export interface ChartEntry extends ResourceSummary {
  readonly record: string;
  readonly category: CompartmentName;
  /** Name of the sealed document of the newest version. */
  readonly document: string;
  readonly version: number;
  readonly author: string;
  readonly authorName: string;
  readonly time: number;
  /** Kind of the envelope: 'fhir', 'note', 'signed-note', 'consent'. */
  readonly kind: string;
  /** Logical id in the resource; '' when it has none. */
  readonly fhirId: string;
}

export interface RecordDraft {
  /** A patient's id, or CLINIC_DIRECTORY. */
  readonly patient: string;
  readonly category: CompartmentName;
  /** Id of the record this is a new version of. */
  readonly record?: string | undefined;
  /** The version that the writer saw; another one now is a conflict. */
  readonly basedOn?: number | undefined;
  readonly kind: string;
  readonly content: Uint8Array;
  readonly summary: ResourceSummary;
  readonly fhirId: string;
  readonly reason?: string | undefined;
  /** `note.signed` carries the signature of who is signed in. */
  readonly event?: 'record.put' | 'note.signed';
  /** Late versions (documents, hexadecimal) that this version settles, or has wait again. */
  readonly merge?: { readonly settles: readonly string[]; readonly reopens: boolean } | undefined;
  /** The id of a new record, where names lead to it already. */
  readonly newId?: string | undefined;
  /** Who in another clinic proposed what this version takes over. */
  readonly proposedBy?: ProposedBy | undefined;
}

/** Who proposed a version, in which clinic (chain, hexadecimal) and when. */
export interface ProposedBy {
  readonly clinic: string;
  readonly author: string;
  readonly authorName: string;
  /** Milliseconds since 1970. */
  readonly time: number;
}

/** A version of a record, opened. */
export interface OpenedVersion {
  readonly version: number;
  readonly document: string;
  readonly author: string;
  readonly authorName: string;
  readonly time: number;
  readonly kind: string;
  readonly reason?: string | undefined;
  /** What this version did with late ones, when it is a merge. */
  readonly merge?: MergeKind | undefined;
  readonly proposedBy?: ProposedBy | undefined;
  /** Whether an import brought it, and no person wrote it here. */
  readonly isImported?: boolean | undefined;
  /** The file in which the import found it. */
  readonly file?: string | undefined;
  /** The first version that this one takes back, with those after it. */
  readonly takesBack?: number | undefined;
  readonly content: Uint8Array;
}

export type MergeKind = 'settled' | 'reopened';

/** A document of another clinic, opened under a grant, on its way into a chart. */
export interface ArrivedRecord {
  readonly category: CompartmentName;
  /** Name of the sealed document, in hexadecimal. */
  readonly document: string;
  readonly envelope: Envelope;
}

/** The newest version of a record that a chart lists and the ledger lacks. */
export interface MissingVersion {
  readonly entry: ChartEntry;
  /** Of its compartment, hexadecimal. */
  readonly handle: string;
  readonly content: Uint8Array;
}

/** What goes to the ledger behind versions that it lacked. */
export interface TakenOver {
  readonly events: OutgoingEvent[];
  /** Versions that follow them. */
  readonly versions: Array<{ readonly draft: RecordDraft; readonly before: ChartEntry }>;
}

export interface RecordStore {
  /**
   * Seals, signs and commits a version, durably; `along` goes into the same commit. Takes its own turn.
   * @param owner the entry of a patient who is new or changed: committed and made known together with the record
   * @throws {Failure} `records.version-conflict`, `records.unknown`, and what `DeviceGateway.commit` throws.
   */
  put(draft: RecordDraft, along?: LocalWrite, owner?: PatientEntry): Promise<ChartEntry>;
  /** The chart's entries, newest version of each record, in no order. Asks nobody's leave: callers have opened the chart. */
  entries(patient: PatientEntry): Promise<readonly ChartEntry[]>;
  /** Those of these whose newest document is on this computer. */
  present<Each extends Pick<ChartEntry, 'document'>>(entries: readonly Each[]): Promise<Each[]>;
  /** Every version that this clinic can open, newest first. */
  versions(patient: PatientEntry, entry: ChartEntry): Promise<readonly OpenedVersion[]>;
  /**
   * Brings to the ledger those of these documents (hexadecimal) in a chart of this clinic that it lacks, and with them, in the same
   * commit, what `settle` says. Only inside `inTurn`.
   */
  takeOver(
    patient: PatientEntry,
    documents: ReadonlySet<string>,
    settle: (missing: readonly MissingVersion[]) => Promise<TakenOver>,
  ): Promise<void>;
  /** Rows that put arrived records into a chart; after the commit call `forget`. Only inside `inTurn`. */
  adopt(patient: PatientEntry, records: readonly ArrivedRecord[]): readonly VaultRow[];
  /** Rows that take the entries of these categories out of a chart; after the commit call `forget`. Only inside `inTurn`. */
  disown(patient: PatientEntry, categories: ReadonlySet<CompartmentName>): Promise<readonly VaultRow[]>;
  /** Whether a sealed row of another desk is about one of these patients (hexadecimal ids): a part of a chart, or where an import found something. */
  isAbout(row: VaultRow, patients: ReadonlySet<string>): boolean;
  /** Drops what is remembered of a chart, so that the next reading sees the rows anew. */
  forget(patient: string): void;
  /** The same for charts whose rows have these tags; gives those that were remembered. */
  forgetTagged(tags: readonly Uint8Array[]): string[];
}

export const staffId = (context: VaultContext): string => toHex(context.staff.id);
