/**
 * Files in a chart (shared/records/attachment.ts): taken in piece by piece, each durable and sealed before the next is asked for, and read
 * the same way. What was begun is remembered, so that a file goes on where it stopped; its pieces stay on this desk until it is whole, and
 * are taken away when nobody has gone on with it for a month.
 */
import { equalBytes, fromHex, fromUtf8, toBase64, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { summarize } from '../../shared/fhir/summary.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { Turns } from '../../shared/outcome/turns.ts';
import {
  ATTACHMENT_KIND,
  ATTACHMENT_PIECE,
  type Attachment,
  type AttachmentFile,
  checkedFile,
  pieceLength,
  piecesOf,
  readAttachment,
  writeAttachment,
} from '../../shared/records/attachment.ts';
import { handlesOf, readDocument } from '../sync/clinic.store.ts';
import type { OutgoingDocument, VaultRow } from '../sync/gateway.ts';
import { compartmentsOf } from '../sync/vault-context/patient-compartments.ts';
import { sentBytes } from '../sync/vault-context/sent-bytes.ts';
import {
  type ChartEntry,
  type CompartmentName,
  type PatientDirectory,
  type PatientEntry,
  staffId,
  type VaultContext,
} from '../sync/vault-context/vault-context.ts';
import { everyRow, type PackedVaultRow, rowsOfKeys, rowsOfTag } from '../sync/vault-context/vault-rows.store.ts';
import { openDocument, sealDocument } from '../vault/sealing.ts';
import type { OpenCharts } from './open-charts.ts';
import type { Records } from './records.ts';

/** Kind of the vault's rows about files that are on their way in; of this desk alone. */
const KIND = 'attachment-upload';
/** After the last piece, by judged time. */
export const KEPT_DAYS = 30;
const KEPT_MS = KEPT_DAYS * 24 * 60 * 60_000;
const CATEGORY = 'clinical';
const NOTHING = new Uint8Array(0);

interface FileToAttach extends AttachmentFile {
  readonly patient: string;
  /** Milliseconds since 1970: tells a file from another of its name and size. */
  readonly modified: number;
}

/** A file that is on its way in. */
export interface Upload extends FileToAttach {
  readonly id: string;
  readonly handle: string;
  readonly pieces: readonly string[];
  readonly title: string;
  /** Judged time of the last piece, milliseconds. */
  readonly at: number;
}

interface UploadState {
  readonly id: string;
  /** Index of the piece that is wanted next; `of` when all are here. */
  readonly next: number;
  readonly of: number;
}

/** What somebody may read of a chart. */
export interface ChartPart {
  readonly patient: PatientEntry;
  readonly categories: ReadonlySet<CompartmentName>;
}

/** A file that somebody began and has not finished. */
interface UnfinishedFile extends FileToAttach, Omit<UploadState, 'id'> {
  readonly at: number;
  /** When its pieces are taken away, if nobody goes on with it. */
  readonly keptUntil: number;
}

export class Attachments {
  /** Putting, finishing and taking away come one after the other: no piece goes while its file goes on. */
  readonly #turns = new Turns();
  readonly #context: VaultContext;
  readonly #patients: PatientDirectory;
  readonly #records: Records;
  readonly #charts: OpenCharts;

  constructor(context: VaultContext, patients: PatientDirectory, records: Records, charts: OpenCharts) {
    this.#context = context;
    this.#patients = patients;
    this.#records = records;
    this.#charts = charts;
  }

  /**
   * Begins a file, or goes on with the same one. @param title what the chart calls it
   * @throws {Failure} `attachment.name`, `attachment.type`, `attachment.size`, `records.not-ours`, `access.read-only`.
   */
  async begin(file: FileToAttach, title: string): Promise<UploadState> {
    const context = this.#context;
    const patient = this.#patients.known(file.patient);
    await this.#charts.mayCorrect(patient, { category: CATEGORY, before: undefined });
    const checked = checkedFile(file);
    const before = await this.#find(file);
    if (before) return stateOf(before);
    const ready = await this.#withCompartment(patient);
    const upload: Upload = {
      ...checked,
      patient: patient.id,
      modified: file.modified,
      title: title.trim() || checked.name,
      id: toHex(context.random(16)),
      handle: ready.handles[CATEGORY] ?? '',
      pieces: [],
      at: await context.gateway.time(),
    };
    await context.gateway.commit({ rows: [this.#row(upload)] });
    return stateOf(upload);
  }

  /**
   * Seals and keeps the next piece; durable when it resolves. One that is here already is passed over.
   * @param data base64. @throws {Failure} `attachment.unknown`, `attachment.piece`, `records.bytes`; storage failures.
   */
  put(file: FileToAttach, index: number, data: string): Promise<UploadState> {
    return this.#turns.take(() => this.#put(file, index, data));
  }

  async #put(file: FileToAttach, index: number, data: string): Promise<UploadState> {
    const { keyStore, gateway } = this.#context;
    const upload = await this.#known(file);
    if (index < upload.pieces.length) return stateOf(upload);
    const content = sentBytes(data);
    if (index !== upload.pieces.length || content.length !== pieceLength(upload.size, index))
      throw new Failure('attachment.piece', 'This is not the piece that comes next. The file goes on by itself; try again.', {
        retry: true,
      });
    const handle = fromHex(upload.handle);
    await keyStore.loadCompartmentKeys([handle]);
    const piece = sealPiece(this.#context, { id: upload.id, handle, index }, content);
    const next = { ...upload, pieces: [...upload.pieces, toHex(piece.name)], at: await gateway.time() };
    await gateway.commit({ documents: [{ ...piece, isHeld: true }], rows: [this.#row(next)] });
    return stateOf(next);
  }

  /** The record that names every piece, once all are here. @throws {Failure} `attachment.unknown`, `attachment.not-whole`; as `Records.put`. */
  finish(file: FileToAttach): Promise<ChartEntry> {
    return this.#turns.take(() => this.#finish(file));
  }

  async #finish(file: FileToAttach): Promise<ChartEntry> {
    const context = this.#context;
    const upload = await this.#known(file);
    if (upload.pieces.length < piecesOf(upload.size))
      throw new Failure(
        'attachment.not-whole',
        'Not all of this file is here yet. Choose it again; it goes on where it stopped.',
      );
    const resource = writeAttachment(upload, upload.patient, upload.title, new Date(context.clock()).toISOString());
    const row = this.#row(upload);
    return this.#records.put(
      {
        patient: upload.patient,
        category: CATEGORY,
        kind: 'fhir',
        content: utf8(JSON.stringify(resource)),
        summary: summarize(resource),
        fhirId: '',
      },
      { rows: [{ ...row, sealed: null }], releaseDocuments: upload.pieces.map(fromHex) },
    );
  }

  /** What who is signed in has begun about a patient, the newest first. */
  async unfinished(patient: string): Promise<UnfinishedFile[]> {
    const { reader } = this.#context;
    const found = await rowsOfTag(reader, KIND, this.#tag({ patient: this.#patients.known(patient).id }));
    return found
      .map((row) => ({ key: row.key, upload: this.#opened(row) }))
      .filter(({ key, upload }) => equalBytes(key, this.#key(upload)))
      .map(({ upload: { id, handle, pieces, title, ...file } }) => ({
        ...file,
        next: pieces.length,
        of: piecesOf(file.size),
        keptUntil: file.at + KEPT_MS,
      }))
      .sort((one, other) => other.at - one.at);
  }

  /** What files that are not whole take on this desk, whoever began them. */
  async store(): Promise<{ readonly files: number; readonly bytes: number }> {
    let [files, bytes] = [0, 0];
    for await (const { pieces, size } of this.#uploads()) {
      files += 1;
      bytes += Math.min(size, pieces.length * ATTACHMENT_PIECE);
    }
    return { files, bytes };
  }

  /** Takes away what was begun; it cannot go on after that. */
  discard(file: FileToAttach): Promise<void> {
    return this.#turns.take(async () => {
      const upload = await this.#find(file);
      if (upload) await this.#takeAway([{ upload, key: this.#key(upload) }]);
    });
  }

  /** Takes away what nobody has gone on with for `KEPT_DAYS`. */
  collect(): Promise<void> {
    return this.#turns.take(async () => {
      const over = (await this.#context.gateway.time()) - KEPT_MS;
      const left: Array<{ upload: Upload; key: Uint8Array }> = [];
      for await (const upload of this.#uploads()) if (upload.at <= over) left.push({ upload, key: upload.key });
      await this.#takeAway(left);
    });
  }

  /** The file of a record of an open chart; undefined when it has none here. @throws {Failure} `access.chart-not-open`, `records.unknown`. */
  async of(patient: string, record: string): Promise<Attachment | undefined> {
    const entry = await this.#charts.entry(patient, record);
    const [version] = await this.#records.versions(this.#patients.known(patient), entry);
    return version && readAttachment(JSON.parse(fromUtf8(version.content)));
  }

  /**
   * Opens one piece, base64: what was altered or belongs elsewhere does not open.
   * @throws {Failure} `attachment.unknown`, `attachment.elsewhere`, `attachment.piece-missing`, as `of`.
   */
  async piece(patient: string, record: string, index: number): Promise<string> {
    const attachment = await this.of(patient, record);
    if (!attachment) throw unknown();
    const categories = new Set([(await this.#charts.entry(patient, record)).category]);
    const charts = this.#charts.members(patient).map((member) => ({ patient: member, categories }));
    return toBase64(await this.open(attachment, index, charts));
  }

  /**
   * One piece of a file whose record somebody was allowed to open.
   * @param charts of which it may be: a record can name any piece, another patient's as well
   * @throws {Failure} `attachment.unknown`, `attachment.elsewhere`, `attachment.piece-missing`.
   */
  async open(attachment: Attachment, index: number, charts: readonly ChartPart[]): Promise<Uint8Array> {
    const { reader, keyStore } = this.#context;
    const name = attachment.pieces[index];
    if (!name) throw unknown();
    const stored = await readDocument(reader, fromHex(name));
    if (!stored)
      throw new Failure(
        'attachment.piece-missing',
        'A part of this file is still on its way to this desk. Sync, and try again.',
        {
          retry: true,
        },
      );
    if (!(await this.#liesIn(stored.handle.toString('hex'), charts)))
      throw new Failure(
        'attachment.elsewhere',
        'This record names a part of a file that lies in another chart. It is not opened. Tell whoever wrote the record.',
      );
    await keyStore.loadCompartmentKeys([stored.handle]);
    const place = { handle: stored.handle, recordId: fromHex(attachment.id), version: index + 1 };
    const { content } = openDocument({ ...place, sealed: stored.sealed, wrap: stored.wrap }, keyStore.compartmentKeys);
    return content;
  }

  async #liesIn(handle: string, charts: readonly ChartPart[]): Promise<boolean> {
    const isOwn = ({ patient, categories }: ChartPart): boolean =>
      [...categories].some((category) => compartmentsOf(patient, category).includes(handle));
    if (charts.some(isOwn)) return true;
    // Two desks that could not hear each other may both have begun a compartment: what lies in the other one tells whose it is.
    for (const { patient, categories } of charts) {
      const entries = (await this.#records.entries(patient)).filter(({ category }) => categories.has(category));
      const names = entries.map(({ document }) => document);
      if ((await handlesOf(this.#context.reader, names)).has(handle)) return true;
    }
    return false;
  }

  /** Row and pieces in one commit; pieces of a file that is whole are not held any more and stay. */
  async #takeAway(left: ReadonlyArray<{ readonly upload: Upload; readonly key: Uint8Array }>): Promise<void> {
    if (left.length === 0) return;
    await this.#context.gateway.commit({
      rows: left.map(({ upload, key }) => ({ kind: KIND, key, tag: this.#tag(upload), sealed: null })),
      dropDocuments: left.flatMap(({ upload }) => upload.pieces.map(fromHex)),
    });
  }

  async *#uploads(): AsyncGenerator<Upload & { readonly key: Uint8Array }> {
    for await (const page of everyRow(this.#context.reader, KIND))
      for (const row of page) yield { ...this.#opened(row), key: row.key.slice() };
  }

  #opened(row: PackedVaultRow): Upload {
    return JSON.parse(fromUtf8(this.#context.rows.open(KIND, row))) as Upload;
  }

  #withCompartment(patient: PatientEntry): Promise<PatientEntry> {
    return this.#context.inTurn(async () => {
      const ready = (await this.#patients.withCompartments(new Map([[patient, new Set([CATEGORY] as const)]]))).get(patient.id);
      if (!ready || ready === patient) return patient;
      await this.#context.gateway.commit({ rows: [this.#patients.row(ready)] });
      await this.#patients.applied([ready]);
      return ready;
    });
  }

  async #known(file: FileToAttach): Promise<Upload> {
    const upload = await this.#find(file);
    if (upload) return upload;
    throw unknown();
  }

  async #find(file: FileToAttach): Promise<Upload | undefined> {
    const [row] = await rowsOfKeys(this.#context.reader, KIND, [this.#key(file)]);
    return row && this.#opened(row);
  }

  #row(upload: Upload): VaultRow {
    return uploadRow(this.#context, upload);
  }

  #tag({ patient }: Pick<Upload, 'patient'>): Uint8Array {
    return tagOf(this.#context, patient);
  }

  #key(file: FileToAttach): Uint8Array {
    return keyOf(this.#context, file);
  }
}

/** What this desk remembers of a file that is on its way in. */
export const uploadRow = (context: VaultContext, upload: Upload): VaultRow =>
  context.rows.seal(KIND, keyOf(context, upload), tagOf(context, upload.patient), utf8(JSON.stringify(upload)));

const tagOf = ({ rows }: VaultContext, patient: string): Uint8Array => rows.name('attachments-of', fromHex(patient));

/** Whoever else attaches a file of that name begins anew. */
function keyOf(context: VaultContext, { patient, name, size, modified }: FileToAttach): Uint8Array {
  const said = [staffId(context), patient, name.normalize('NFC').trim(), size, modified];
  return context.rows.name(KIND, utf8(said.join('\n')));
}

/** One piece of the file `id`. @throws {Failure} `vault.key-missing`. */
export function sealPiece(
  { keyStore, staff, clock }: Pick<VaultContext, 'keyStore' | 'staff' | 'clock'>,
  { id, handle, index }: { readonly id: string; readonly handle: Uint8Array; readonly index: number },
  content: Uint8Array,
): OutgoingDocument {
  const key = keyStore.currentCompartmentKey(handle);
  if (!key) throw new Failure('vault.key-missing', 'The key of this chart is not here. Open the chart again.');
  const place = { kind: ATTACHMENT_KIND, recordId: fromHex(id), version: index + 1, previous: NOTHING };
  const { name, sealed, wrap } = sealDocument({ ...place, author: staff.id, time: clock(), meta: '{}', content }, handle, key);
  return { name, handle, sealed, wrap };
}

const stateOf = ({ id, pieces, size }: Upload): UploadState => ({ id, next: pieces.length, of: piecesOf(size) });
const unknown = (): Failure => new Failure('attachment.unknown', 'There is no such file here. Choose it again.');
