/** Telemedicine: notes of visits, signed by the person who writes them; an amendment is a further version, never a change. */
import { fromUtf8, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import type { FhirResource } from '../../shared/fhir/fhir-resource.ts';
import { summarize } from '../../shared/fhir/summary.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { encounterNow } from '../../shared/records/encounter-now.ts';
import { REMOTE_NOTE } from '../../shared/records/signed-kinds.ts';
import {
  checkedNote,
  readComposition,
  type TeleNote,
  type TeleNoteContent,
  type TeleNoteParties,
  teleNoteText,
  writeComposition,
} from '../../shared/telemedicine/tele-note.ts';
import type {
  AccessGate,
  ChartEntry,
  OpenedVersion,
  PatientDirectory,
  PatientEntry,
  RecordStore,
  VaultContext,
} from '../sync/vault-context/vault-context.ts';
import { CasePacks } from './case-packs.ts';
import { ConsultLetters } from './consult-letters.ts';
import { TeleConsents } from './tele-consents.ts';
import { telemedicineResolvers } from './telemedicine.resolvers.ts';
import { VideoCalls } from './video-calls.ts';

export interface SignedNote {
  readonly entry: ChartEntry;
  readonly version: OpenedVersion;
  readonly note: TeleNote;
}

/** What a form says; `record` is the note that it amends. */
export type NoteForm = Parameters<typeof checkedNote>[0] & {
  readonly patient: string;
  readonly record?: string | null | undefined;
};

/** Charts that were opened in this session: what may be read of them now. */
export interface OpenedCharts {
  /** @throws {Failure} `access.chart-not-open`. */
  chart(patient: string): Promise<{ all(): readonly ChartEntry[] }>;
  /** What of it may be handed on. @throws {Failure} `access.chart-not-open`. */
  handedOn(patient: string): Promise<readonly ChartEntry[]>;
}

class TeleNotes {
  readonly #context: VaultContext;
  readonly #directory: PatientDirectory;
  readonly #records: RecordStore;
  readonly #charts: OpenedCharts;

  constructor(context: VaultContext, directory: PatientDirectory, records: RecordStore, charts: OpenedCharts) {
    this.#context = context;
    this.#directory = directory;
    this.#records = records;
    this.#charts = charts;
  }

  /** The exact text that signing would cover. @throws {Failure} as `sign`, except about the passphrase. */
  text(form: NoteForm): string {
    const patient = this.#directory.known(form.patient);
    return teleNoteText(this.#content(form), this.#parties(patient, this.#context.staff.name));
  }

  /**
   * Signs with the key of who is signed in; durable when it resolves.
   * @throws {Failure} `patients.unknown`, `telemedicine.not-ours`; `telemedicine.incomplete`, `telemedicine.modality-unknown`, `telemedicine.reason-missing`,
   * `telemedicine.no-such-note`, `access.chart-not-open` for an amendment; `vault.passphrase-wrong`; what `RecordStore.put` throws.
   */
  async sign(form: NoteForm, passphrase: string): Promise<SignedNote> {
    const context = this.#context;
    const { patient, before } = await this.#subject(form);
    const content = this.#content(form);
    await context.keyStore.confirm(passphrase);
    const encounter = before ? before.encounter : await this.#encounterNow(patient);
    const parties = this.#parties(patient, context.staff.name);
    const resource = writeComposition(content, parties, context.clock(), encounter) as FhirResource;
    const entry = await this.#records.put({
      patient: patient.id,
      category: 'telemedicine',
      record: before?.record,
      basedOn: before?.version,
      kind: REMOTE_NOTE,
      content: utf8(JSON.stringify(resource)),
      summary: summarize(resource),
      fhirId: '',
      reason: content.amendmentReason,
      event: 'note.signed',
    });
    const signed = await this.#open(this.#directory.known(patient.id), entry);
    return signed[0] as SignedNote;
  }

  /** The newest version of each note of an open chart, the latest visit first. @throws {Failure} `access.chart-not-open`. */
  async list(patient: string): Promise<SignedNote[]> {
    const entries = (await this.#charts.chart(patient)).all().filter(({ kind }) => kind === REMOTE_NOTE);
    const owner = this.#directory.known(patient);
    const notes: SignedNote[] = [];
    for (const entry of entries) notes.push(...(await this.#open(owner, entry)).slice(0, 1));
    return notes.sort((a, b) => (a.note.startedAt < b.note.startedAt ? 1 : -1));
  }

  /** Every version of a note, newest first; each one checked against its own signed text. */
  async history(patient: string, record: string): Promise<SignedNote[]> {
    const owner = this.#directory.known(patient);
    return this.#open(owner, await this.#note(owner, record));
  }

  async #open(patient: PatientEntry, entry: ChartEntry): Promise<SignedNote[]> {
    const versions = await this.#records.versions(patient, entry);
    return versions.map((version) => ({ entry, version, note: opened(version, patient.id) }));
  }

  async #subject(form: NoteForm): Promise<{ patient: PatientEntry; before: ChartEntry | undefined }> {
    const patient = this.#directory.known(form.patient);
    if (patient.custodian !== toHex(this.#context.chain))
      throw new Failure('telemedicine.not-ours', 'Another clinic keeps these records and alone writes in them.');
    return { patient, before: form.record ? await this.#note(patient, form.record) : undefined };
  }

  async #note(patient: PatientEntry, record: string): Promise<ChartEntry> {
    const entry = (await this.#charts.chart(patient.id))
      .all()
      .find((each) => each.record === record && each.kind === REMOTE_NOTE);
    if (!entry)
      throw new Failure('telemedicine.no-such-note', 'There is no such signed note in this chart. Load the chart again.');
    return entry;
  }

  async #encounterNow({ id }: PatientEntry): Promise<string | undefined> {
    const record = encounterNow((await this.#charts.chart(id)).all(), this.#context.clock());
    return record === undefined ? undefined : `Encounter/${record}`;
  }

  #content(form: NoteForm): TeleNoteContent {
    const content = checkedNote(form);
    if ((content.amendmentReason !== undefined) !== Boolean(form.record))
      throw new Failure('telemedicine.reason-missing', 'Amending a signed note takes a reason, and a new note takes none.');
    return content;
  }

  #parties(patient: PatientEntry, signer: string): TeleNoteParties {
    const { fullName, birthDate } = patient.summary;
    return { patient: patient.id, patientName: fullName, birthDate, signer };
  }
}

function opened(version: OpenedVersion, patient: string): TeleNote {
  return readComposition(JSON.parse(fromUtf8(version.content)), patient);
}

/** What an unlock opens of telemedicine. */
export interface Telemedicine {
  readonly teleNotes: TeleNotes;
  readonly teleConsents: TeleConsents;
  readonly videoCalls: VideoCalls;
  readonly consultLetters: ConsultLetters;
  readonly casePacks: CasePacks;
}

export function openTelemedicine(
  context: VaultContext,
  directory: PatientDirectory,
  records: RecordStore,
  charts: OpenedCharts,
  access: AccessGate,
): Telemedicine {
  const teleConsents = new TeleConsents(context, directory, records, charts);
  const consultLetters = new ConsultLetters({ context, directory, records, charts, access });
  return {
    teleNotes: new TeleNotes(context, directory, records, charts),
    teleConsents,
    videoCalls: new VideoCalls(context, directory, teleConsents),
    consultLetters,
    casePacks: new CasePacks(context, directory, charts, access, consultLetters),
  };
}

/** What the registry of domains needs of this one. */
export const telemedicineDomain = {
  name: 'telemedicine',
  sdl: 'shared/telemedicine/telemedicine.graphql',
  resolvers: telemedicineResolvers,
};
