/**
 * The manifest of an export: which files were written, by whom, when, and how far this clinic's ledger was. JSON whose statement is signed
 * as it stands, by the person and by the clinic; `careledger verify MANIFEST.json` judges it with nothing but the files beside it
 * (docs/protocol.md, section 37).
 */
import { concat, equalBytes, fromBase64, fromHex, toBase64, toHex, utf8 } from '../encoding/bytes.ts';
import { openFounding, openGenesis, type Verify } from '../ledger/founding.ts';
import type { Hash } from '../ledger/merkle.ts';
import { PolicyBook, type StoredAct } from '../ledger/policy-book.ts';
import { isReceiptAct, type ReceiptAct } from '../ledger/receipt.ts';
import { Failure } from '../outcome/failure.ts';
import type { ExportedFile } from '../records/exported-files.ts';
import { EXPORT_TAG } from '../vault/vault-tags.ts';

/** What is signed. Ids in hexadecimal, times as FHIR instants. */
interface ExportStatement {
  readonly clinic: string;
  readonly chain: string;
  readonly device: string;
  /** '' for a clinic without a region. */
  readonly region: string;
  /** Blocks of the region's ledger that this computer had. */
  readonly position: number;
  /** The signed checkpoint of that position (C2SP tlog-checkpoint); '' while there is none. */
  readonly checkpoint: string;
  readonly of: 'patient' | 'clinic';
  readonly exportedBy: string;
  readonly role: string;
  /** HL7 PurposeOfUse. */
  readonly purpose: string;
  readonly exportedAt: string;
  readonly files: readonly ExportedFile[];
  /** Files of charts that were not on this computer. */
  readonly missing: readonly string[];
}

interface ExportSignatures {
  /** The clinic's founding statement as it travels. */
  readonly founding: Uint8Array;
  readonly clinicKey: Uint8Array;
  readonly staff: Uint8Array;
  /** Empty without a region. */
  readonly genesis: Uint8Array;
  /** What has changed the region's policy up to the checkpoint. */
  readonly policies: readonly StoredAct[];
  signAsClinic(message: Uint8Array): Uint8Array;
  signAsStaff(message: Uint8Array): Uint8Array;
}

interface Manifest {
  readonly careledger: 'export/1';
  /** An `ExportStatement` as JSON: these characters are signed. */
  readonly statement: string;
  readonly founding: string;
  readonly clinicKey: string;
  readonly clinicSignature: string;
  readonly staff: string;
  readonly staffSignature: string;
  readonly genesis?: string;
  readonly policies?: readonly ReceiptAct[];
}

interface VerifiedManifest {
  readonly statement: ExportStatement;
  /** False after the clinic has changed its key: the ledger says which one it had then. */
  readonly isFoundingKey: boolean;
  /** Undefined without a checkpoint. */
  readonly ledger:
    | {
        readonly regionName: string;
        readonly witnessed: boolean;
        readonly witnessesFound: number;
        readonly witnessesNeeded: number;
      }
    | undefined;
}

/** One step, or two: no name climbs out of the folder. */
const NAME = /^(?!\.)[A-Za-z0-9._-]{1,120}(?:\/(?!\.)[A-Za-z0-9._-]{1,120})?$/;
const MOST_FILES = 1_000_000;

const messageOf = (chain: Uint8Array, statement: string): Uint8Array => concat(EXPORT_TAG, chain, utf8(statement));

export function writeManifest(statement: ExportStatement, parts: ExportSignatures): string {
  const text = JSON.stringify(statement, null, 1);
  const message = messageOf(fromHex(statement.chain), text);
  const { founding, clinicKey, staff, genesis, policies } = parts;
  const manifest: Manifest = {
    careledger: 'export/1',
    statement: text,
    founding: toBase64(founding),
    clinicKey: toHex(clinicKey),
    clinicSignature: toBase64(parts.signAsClinic(message)),
    staff: toHex(staff),
    staffSignature: toBase64(parts.signAsStaff(message)),
    ...(genesis.length > 0 && { genesis: toBase64(genesis) }),
    ...(policies.length > 0 && { policies: policies.map((act) => ({ ...act, body: toBase64(act.body) })) }),
  };
  return `${JSON.stringify(manifest, null, 1)}\n`;
}

export const looksLikeManifest = (text: string): boolean => /^\s*\{\s*"careledger"\s*:\s*"export\//.test(text);

/**
 * Judges the manifest alone; its files are held against it by who can read them.
 * @throws {Failure} `export.malformed`, `export.signature-invalid`, `export.contradicts-ledger`; as `openFounding`, `openGenesis`, `PolicyBook`.
 */
export function verifyManifest(hash: Hash, verify: Verify, json: string): VerifiedManifest {
  const { manifest, statement } = parsed(json);
  const founding = read(() => openFounding(hash, verify, fromBase64(manifest.founding)));
  const message = messageOf(founding.chain, manifest.statement);
  const holds =
    statement.chain === toHex(founding.chain) &&
    read(() => verify(fromHex(manifest.clinicKey), message, fromBase64(manifest.clinicSignature))) &&
    read(() => verify(fromHex(manifest.staff), message, fromBase64(manifest.staffSignature)));
  if (!holds)
    throw new Failure(
      'export.signature-invalid',
      'A signature on this manifest does not hold: it was altered, or is not of the clinic that it names.',
    );
  const clinicKey = fromHex(manifest.clinicKey);
  return {
    statement,
    isFoundingKey: equalBytes(founding.statement.clinicKey, clinicKey),
    ledger: statement.checkpoint === '' ? undefined : ledgerOf(hash, verify, manifest, statement),
  };
}

function ledgerOf(
  hash: Hash,
  verify: Verify,
  { genesis = '', policies = [] }: Manifest,
  { region: id, position, checkpoint: note }: ExportStatement,
): VerifiedManifest['ledger'] {
  const region = openGenesis(
    hash,
    verify,
    read(() => fromBase64(genesis)),
  );
  const book = new PolicyBook(region);
  for (const act of policies) book.prove(verify, { ...act, body: read(() => fromBase64(act.body)) });
  const checkpoint = book.open(hash, verify, note);
  if (toHex(region.id) !== id || checkpoint.size !== position)
    throw new Failure('export.contradicts-ledger', 'This manifest names another place of the ledger than its checkpoint.');
  const { witnessed, by, needed } = book.witnessing(hash, verify, checkpoint);
  return { regionName: region.genesis.name, witnessed, witnessesFound: by.length, witnessesNeeded: needed };
}

function parsed(json: string): { manifest: Manifest; statement: ExportStatement } {
  return read(() => {
    const manifest = JSON.parse(json) as Manifest;
    const statement = JSON.parse(manifest.statement) as ExportStatement;
    const { files, missing, checkpoint } = statement;
    const isRight =
      manifest.careledger === 'export/1' &&
      (manifest.policies ?? []).every(isReceiptAct) &&
      typeof checkpoint === 'string' &&
      missing.every((name) => typeof name === 'string') &&
      files.length <= MOST_FILES &&
      files.every(({ name, bytes, sha256 }) => NAME.test(name) && Number.isSafeInteger(bytes) && /^[0-9a-f]{64}$/.test(sha256));
    if (!isRight || new Set(files.map(({ name }) => name)).size !== files.length) throw malformed();
    return { manifest, statement };
  });
}

function read<T>(take: () => T): T {
  try {
    return take();
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    throw malformed(cause);
  }
}

const malformed = (cause?: unknown): Failure =>
  new Failure('export.malformed', 'This is not the manifest of an export (version 1). Check that the whole file was copied.', {
    cause,
  });
