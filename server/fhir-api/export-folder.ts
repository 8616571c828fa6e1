/**
 * An export on the disk: records as FHIR NDJSON, the files of charts as they are, and a signed manifest of it all, in a new folder of
 * its own. Decided, and in the access logs, as a bulk export is; one part of a file in memory at a time. Without a manifest it is not whole.
 */
import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { writeManifest } from '../../shared/fhir-api/export-manifest.ts';
import { parseScopes } from '../../shared/fhir-api/scopes.ts';
import { openFounding, openGenesis } from '../../shared/ledger/founding.ts';
import { PolicyBook } from '../../shared/ledger/policy-book.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { type Attachment, readAttachment } from '../../shared/records/attachment.ts';
import { EXPORTED_FILES, type ExportedFile, exportedFile, MANIFEST_FILE } from '../../shared/records/exported-files.ts';
import { readActs } from '../ledger/policy-acts.store.ts';
import type { Patients } from '../patients/patients.ts';
import type { Attachments, ChartPart, Records } from '../records/records.ts';
import { writeFileDurably } from '../storage/durable-file.ts';
import { storageFailure } from '../storage/faults.ts';
import { CHECKPOINT, readSetting } from '../sync/clinic.store.ts';
import { ownClinicKey } from '../sync/clinic-mail/clinic-key-book.ts';
import { staffId, type VaultContext } from '../sync/vault-context/vault-context.ts';
import { hashParts } from '../vault/hash-parts.ts';
import { sign, verifySignature } from '../vault/primitives.ts';
import type { ExportFile, ExportJob, Exports } from './exports.ts';
import { ProgramView } from './program-view.ts';
import type { Token } from './tokens.ts';

interface ExportRequest {
  /** An absolute path. */
  readonly folder: string;
  /** Hexadecimal; everybody, and the clinic's own directory, when left out. */
  readonly patient: string | undefined;
  readonly passphrase: string;
}

interface WrittenExport {
  readonly path: string;
  readonly files: number;
  readonly bytes: number;
  readonly resources: number;
  readonly missing: readonly string[];
}

/** What was written so far. */
interface Written {
  readonly folder: string;
  readonly files: ExportedFile[];
  readonly missing: string[];
  readonly job: ExportJob;
  /** People whose charts are looked at, before anything is written. */
  readonly patients: number;
  resources: number;
  bytes: number;
}

/** How far an export has come. */
interface ExportProgress {
  readonly patients: number;
  readonly patientsOf: number;
  readonly resources: number;
  /** 0 until every chart was looked at. */
  readonly resourcesOf: number;
  readonly bytes: number;
}

const NOTHING = new Uint8Array(0);
const LEFT_OUT = new Set(['attachment.piece-missing', 'attachment.elsewhere']);
const NDJSON = 'application/fhir+ndjson';

interface ExportParts {
  readonly context: VaultContext;
  readonly patients: Patients;
  readonly records: Records;
  readonly attachments: Attachments;
}

export class ExportWriter {
  readonly #parts: ExportParts;
  readonly #exports: Exports;
  #writing: Written | undefined;

  constructor(parts: ExportParts, exports: Exports) {
    this.#parts = parts;
    this.#exports = exports;
  }

  /**
   * One at a time. What was written goes again when it cannot be ended, or is cancelled.
   * @throws {Failure} `export.administrator`, `export.busy`, `export.cancelled`, `export.folder`, `vault.passphrase-wrong`, `patients.unknown`, `fhir-api.export-changed`,
   * `access.line-not-durable`; storage failures.
   */
  async write({ folder, patient, passphrase }: ExportRequest): Promise<WrittenExport> {
    const { context, patients } = this.#parts;
    if (patient === undefined && context.staff.role !== 'administrator')
      throw new Failure('export.administrator', 'Only an administrator exports the whole clinic. Export one patient.');
    if (this.#writing) throw busy();
    const whose = patient === undefined ? undefined : patients.union(patient);
    await context.keyStore.confirm(passphrase);
    const of = whose?.length ?? (await patients.count(''));
    const path = await madeFolder(folder, context.clock());
    const view = this.#view(patient);
    const job = this.#exports.forPerson(view);
    const written: Written = { folder: path, files: [], missing: [], job, patients: of, resources: 0, bytes: 0 };
    try {
      if (this.#writing) throw busy();
      this.#writing = written;
      await this.#exports.gather(view, job, whose);
      await this.#resources(view, job, written);
      await writeFileDurably(join(path, MANIFEST_FILE), utf8(await this.#manifest(view.token, patient, written)));
    } catch (error) {
      await rm(path, { recursive: true, force: true });
      throw error instanceof Failure ? error : storageFailure(error, { path });
    } finally {
      if (this.#writing === written) this.#writing = undefined;
    }
    const sum = (of: (file: ExportedFile) => number): number => written.files.reduce((all, file) => all + of(file), 0);
    return {
      path,
      files: written.files.length,
      bytes: sum(({ bytes }) => bytes),
      resources: sum(({ resources }) => resources),
      missing: written.missing,
    };
  }

  /** Undefined while none is written. */
  progress(): ExportProgress | undefined {
    const { job, patients, resources, bytes } = this.#writing ?? {};
    if (!job || patients === undefined) return undefined;
    const looked = Math.min(job.patients, patients);
    const all = job.state === 'done' ? job.files.reduce((sum, { counts }) => sum + counts.reduce((a, b) => a + b, 0), 0) : 0;
    return { patients: looked, patientsOf: patients, resources: resources ?? 0, resourcesOf: all, bytes: bytes ?? 0 };
  }

  /** What is being written ends before its next part; false when nothing is. */
  cancel(): boolean {
    if (this.#writing) this.#writing.job.state = 'ended';
    return this.#writing !== undefined;
  }

  /** Sees what who is signed in may read, as a program of theirs would, and also what is about no patient here. */
  #view(patient: string | undefined): ProgramView {
    const purpose = patient === undefined ? 'HOPERAT' : 'PATRQT';
    const { context, patients, records } = this.#parts;
    const person = { staff: staffId(context), staffName: context.staff.name, by: 'person' } as const;
    const never = { madeAt: 0, expiresAt: 0, revokedAt: null };
    const token = {
      id: '',
      hash: '',
      name: 'export',
      scopes: parseScopes('system/*.r'),
      purpose,
      patient: '',
      ...person,
      ...never,
    };
    return new ProgramView({ context, patients, records, token, isWhole: true });
  }

  async #resources(view: ProgramView, job: ExportJob, written: Written): Promise<void> {
    refuseEnded(job);
    const counts = new Map<string, number>();
    for (const file of job.files) {
      const nth = (counts.get(file.type) ?? 0) + 1;
      counts.set(file.type, nth);
      const name = `${file.type}${nth === 1 ? '' : `-${nth}`}.ndjson`;
      const attached: Attachment[] = [];
      let from = 0;
      const resources = file.counts.reduce((all, count) => all + count, 0);
      await writeFile(written, { name, type: NDJSON, resources }, async (add) => {
        for (let isLast = false; !isLast; ) {
          const part = await this.#exports.part(view, job, file, from);
          await add(part.bytes);
          written.resources += linesIn(part.bytes);
          if (file.type === 'DocumentReference') attached.push(...attachmentsIn(part.bytes));
          from += part.bytes.length;
          isLast = part.isLast;
        }
      });
      const charts = attached.length > 0 ? await this.#charts(view, file) : [];
      for (const each of attached) await this.#attachment(each, charts, written);
    }
  }

  /** What may be read of the charts of a file. */
  async #charts(view: ProgramView, { patients }: ExportFile): Promise<ChartPart[]> {
    const charts: ChartPart[] = [];
    for (const id of patients) {
      const patient = this.#parts.patients.get(id);
      const reading = patient && (await view.reading(patient));
      if (reading) charts.push({ patient, categories: reading.categories });
    }
    return charts;
  }

  /** One that is not on this computer, or lies in none of these charts, is named and left out. */
  async #attachment(attachment: Attachment, charts: readonly ChartPart[], written: Written): Promise<void> {
    const name = exportedFile(attachment);
    if (written.files.some((file) => file.name === name)) return;
    await mkdir(join(written.folder, EXPORTED_FILES), { recursive: true, mode: 0o700 });
    try {
      await writeFile(written, { name, type: attachment.type, resources: 0 }, async (add) => {
        for (const [at] of attachment.pieces.entries()) await add(await this.#parts.attachments.open(attachment, at, charts));
      });
    } catch (error) {
      if (!(error instanceof Failure) || !LEFT_OUT.has(error.code)) throw error;
      await rm(join(written.folder, name), { force: true });
      written.missing.push(name);
    }
  }

  async #manifest(token: Token, patient: string | undefined, { files, missing }: Written): Promise<string> {
    const { context } = this.#parts;
    const { keyStore, staff, chain, device, reader, gateway, clock } = context;
    const { founding = NOTHING, genesis = NOTHING } = await gateway.identity();
    const clinicKey = await ownClinicKey(context);
    const region = genesis.length > 0 ? openGenesis(hashParts, verifySignature, genesis) : undefined;
    const note = region && (await readSetting(reader, CHECKPOINT))?.toString('utf8');
    const acts = note ? await readActs(reader) : [];
    const book = region && new PolicyBook(region);
    for (const act of acts) book?.apply(act);
    const position = note && book ? book.open(hashParts, verifySignature, note).size : 0;
    const statement = {
      clinic: openFounding(hashParts, verifySignature, founding).statement.name,
      chain: toHex(chain),
      device: toHex(device),
      region: region ? toHex(region.id) : '',
      position,
      checkpoint: note ?? '',
      of: patient === undefined ? ('clinic' as const) : ('patient' as const),
      exportedBy: staff.name,
      role: staff.role,
      purpose: token.purpose,
      exportedAt: new Date(clock()).toISOString(),
      files,
      missing,
    };
    return writeManifest(statement, {
      founding,
      clinicKey: clinicKey.publicKey,
      staff: staff.id,
      genesis,
      policies: acts.filter((act) => act.position < position),
      signAsClinic: (message) => sign(clinicKey, message),
      signAsStaff: (message) => sign(keyStore.signingKey, message),
    });
  }
}

/** @throws {Failure} `export.folder`. */
async function madeFolder(folder: string, time: number): Promise<string> {
  const path = join(folder, `careledger-export-${new Date(time).toISOString().replaceAll(/[:.]/g, '-')}`);
  try {
    if (!isAbsolute(folder)) throw new Error('not absolute');
    await mkdir(path, { mode: 0o700 });
    return path;
  } catch (cause) {
    throw new Failure(
      'export.folder',
      'No folder can be made there. Choose a folder on this computer, or a stick, that can be written.',
      {
        cause,
      },
    );
  }
}

/** Writes a file of an export and notes what it is: durable when it resolves. @throws storage failures, and what `fill` throws. */
async function writeFile(
  written: Written,
  file: Pick<ExportedFile, 'name' | 'type' | 'resources'>,
  fill: (add: (bytes: Uint8Array) => Promise<void>) => Promise<void>,
): Promise<void> {
  const path = join(written.folder, file.name);
  const digest = createHash('sha256');
  let [handle, bytes]: [FileHandle | undefined, number] = [undefined, 0];
  try {
    handle = await open(path, 'wx', 0o600);
    const out = handle;
    await fill(async (part) => {
      refuseEnded(written.job);
      await out.writeFile(part);
      digest.update(part);
      bytes += part.length;
      written.bytes += part.length;
    });
    await handle.sync();
  } finally {
    await handle?.close();
  }
  written.files.push({ ...file, bytes, sha256: digest.digest('hex') });
}

function linesIn(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines += 1;
  return lines;
}

const busy = (): Failure =>
  new Failure('export.busy', 'An export is being written on this desk. Wait until it is done, or cancel it.', { retry: true });

/** @throws {Failure} `export.cancelled`. */
function refuseEnded({ state }: ExportJob): void {
  if (state === 'ended') throw new Failure('export.cancelled', 'The export was cancelled. What was written of it was removed.');
}

/** A part of a file of resources ends with a line. */
function attachmentsIn(lines: Uint8Array): Attachment[] {
  const texts = Buffer.from(lines).toString('utf8').split('\n').filter(Boolean);
  return texts.flatMap((text) => readAttachment(JSON.parse(text)) ?? []);
}
