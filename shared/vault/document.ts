/**
 * The forms of a sealed document: the envelope inside, the bytes outside, the wrap of its data key, and what each binds.
 *
 *     plaintext = envelope ‖ zeros up to its bucket
 *     sealed    = suite u8 ‖ nonce[12] ‖ ciphertext ‖ tag[16]           under a data key used for nothing else
 *     name      = SHA-256(sealed)
 *     wrap      = suite u8 ‖ keyEpoch u32 ‖ nonce[12] ‖ ciphertext[32] ‖ tag[16]   under the compartment key of the epoch
 *     commitment = SHA-256(tag ‖ salt[32] ‖ SHA-256(content))
 */
import { utf8 } from '../encoding/bytes.ts';
import { type Decoded, fixed, opaque, Reader, struct, text, u32, u64 } from '../encoding/codec.ts';
import { counted } from '../outcome/counted.ts';
import { Failure } from '../outcome/failure.ts';
import { bucketOf, checkPadding } from './padding.ts';
import { COMMITMENT_TAG, DOCUMENT_TAG, WRAP_TAG } from './vault-tags.ts';

/** AES-256-GCM with 96-bit random nonces and 128-bit tags, SHA-256. The only suite there is; others are refused by name. */
export const SUITE = 1;
export const META_LIMIT = 65_536;
export const CONTENT_LIMIT = 2 ** 24;
/** The largest bucket whose sealed form the hub takes (`LIMITS.documentBytes`): a larger document would hold up all behind it. */
export const ENVELOPE_LIMIT = 786_432;
export const SALT_BYTES = 32;
const NAME_BYTES = 32;
export const HANDLE_BYTES = 16;
const RECORD_ID_BYTES = 16;
/** What sealing adds to the padded plaintext. */
export const SEALED_OVERHEAD = 1 + 12 + 16;
const KIND_LIMIT = 40;
const AUTHOR_BYTES = 32;
export const WRAP_BYTES = 1 + 4 + 12 + 32 + 16;

const head = struct({
  /** Random; makes the commitment unguessable, and dies with the document. */
  salt: fixed(SALT_BYTES),
  /** What `content` is: 'fhir', 'note', 'consent', 'access', 'folder' … */
  kind: text(KIND_LIMIT),
  recordId: fixed(RECORD_ID_BYTES),
  /** 1 for the first version of a record. */
  version: u32,
  /** The name of the version before, or nothing. */
  previous: opaque(NAME_BYTES),
  /** Staff id of who wrote it. */
  author: fixed(AUTHOR_BYTES),
  /** Milliseconds since 1970. */
  time: u64,
  /** JSON about the content that the vault itself does not read. */
  meta: text(META_LIMIT),
});
const content = opaque(CONTENT_LIMIT);

/** What an envelope has beside kind, previous, meta and content: the fixed fields and the lengths of those four. */
const FIXED_BYTES = SALT_BYTES + 1 + RECORD_ID_BYTES + 4 + 1 + AUTHOR_BYTES + 8 + 3 + 4;
const NO_SCRATCH = new Uint8Array(0);

/** Everything a document says; only ever seen inside the vault. */
export type Envelope = Decoded<typeof head> & { readonly content: Uint8Array };

/**
 * The envelope's bytes, padded to their bucket: `head` and `content` written by hand in one pass, because an import does this for
 * every resource; `decodeEnvelope` says the same through the codec, and the tests hold the two together.
 * @param scratch all zeros; the answer is its beginning, if it is long enough, and otherwise new memory
 * @throws {Failure} `vault.document-too-large`; `encoding.malformed` when a field is too long.
 */
export function encodeEnvelope(envelope: Envelope, scratch: Uint8Array = NO_SCRATCH): Uint8Array {
  const kind = utf8(envelope.kind);
  const meta = utf8(envelope.meta);
  const { salt, recordId, previous, author, time, content } = envelope;
  checkLength(salt, SALT_BYTES);
  checkLength(recordId, RECORD_ID_BYTES);
  checkLength(author, AUTHOR_BYTES);
  checkLimit(kind, KIND_LIMIT);
  checkLimit(previous, NAME_BYTES);
  checkLimit(meta, META_LIMIT);
  checkLimit(content, CONTENT_LIMIT);
  const size = FIXED_BYTES + kind.length + previous.length + meta.length + content.length;
  if (size > ENVELOPE_LIMIT) throw tooLarge();
  const bucket = bucketOf(size);
  const bytes = bucket <= scratch.length ? scratch.subarray(0, bucket) : new Uint8Array(bucket);
  let at = 0;
  const put = (part: Uint8Array): void => {
    bytes.set(part, at);
    at += part.length;
  };
  put(salt);
  bytes[at++] = kind.length;
  put(kind);
  put(recordId);
  at = setU32(bytes, at, envelope.version);
  bytes[at++] = previous.length;
  put(previous);
  put(author);
  if (!Number.isSafeInteger(time)) throw malformed(`${time} is not an unsigned safe integer`);
  at = setU32(bytes, at, Math.floor(time / 2 ** 32));
  at = setU32(bytes, at, time % 2 ** 32);
  bytes[at++] = meta.length >>> 16;
  at = setU16(bytes, at, meta.length & 0xffff);
  put(meta);
  at = setU32(bytes, at, content.length);
  put(content);
  return bytes;
}

function tooLarge(): Failure {
  return new Failure(
    'vault.document-too-large',
    "This record has more than 768 KiB, which is more than the region's hub takes. Shorten it, and put large files into attachments.",
  );
}

/**
 * Reads a padded envelope; byte fields are views into it.
 * @throws {Failure} `encoding.malformed`.
 */
export function decodeEnvelope(padded: Uint8Array): Envelope {
  const input = new Reader(padded);
  const fields = head.read(input);
  const envelope = { ...fields, content: content.read(input) };
  checkPadding(padded, input.position);
  return envelope;
}

/** What a sealed document is bound to: it opens as this version of this record of this compartment and as no other. */
export interface DocumentPlace {
  /** 16 bytes: the compartment. */
  readonly handle: Uint8Array;
  /** 16 bytes. */
  readonly recordId: Uint8Array;
  readonly version: number;
}

/** Associated data of a sealed document: tag ‖ suite u8 ‖ handle[16] ‖ recordId[16] ‖ version u32. */
export function documentAssociatedData(place: DocumentPlace): Uint8Array {
  checkLength(place.handle, HANDLE_BYTES);
  checkLength(place.recordId, RECORD_ID_BYTES);
  const start = DOCUMENT_TAG.length;
  const bytes = new Uint8Array(start + 1 + HANDLE_BYTES + RECORD_ID_BYTES + 4);
  bytes.set(DOCUMENT_TAG);
  bytes[start] = SUITE;
  bytes.set(place.handle, start + 1);
  bytes.set(place.recordId, start + 1 + HANDLE_BYTES);
  setU32(bytes, bytes.length - 4, place.version);
  return bytes;
}

/** Associated data of a wrap: tag ‖ handle[16] ‖ keyEpoch u32 ‖ name[32]. */
export function wrapAssociatedData(handle: Uint8Array, keyEpoch: number, name: Uint8Array): Uint8Array {
  checkLength(handle, HANDLE_BYTES);
  checkLength(name, NAME_BYTES);
  const start = WRAP_TAG.length;
  const bytes = new Uint8Array(start + HANDLE_BYTES + 4 + NAME_BYTES);
  bytes.set(WRAP_TAG);
  bytes.set(handle, start);
  setU32(bytes, start + HANDLE_BYTES, keyEpoch);
  bytes.set(name, start + HANDLE_BYTES + 4);
  return bytes;
}

/** What the commitment in an event is the SHA-256 of. */
export function commitmentInput(salt: Uint8Array, contentHash: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(COMMITMENT_TAG.length + salt.length + contentHash.length);
  bytes.set(COMMITMENT_TAG);
  bytes.set(salt, COMMITMENT_TAG.length);
  bytes.set(contentHash, COMMITMENT_TAG.length + salt.length);
  return bytes;
}

/** Nonce, ciphertext and tag of sealed bytes. @throws {Failure} `vault.unknown-suite`, `encoding.malformed`. */
export function splitSealed(sealed: Uint8Array): { nonce: Uint8Array; ciphertext: Uint8Array; tag: Uint8Array } {
  const input = new Reader(sealed);
  checkSuite(input.uint(1));
  const nonce = input.raw(12);
  const ciphertext = input.raw(Math.max(0, input.left - 16));
  return { nonce, ciphertext, tag: input.raw(16) };
}

const wrapFields = struct({ keyEpoch: u32, nonce: fixed(12), ciphertext: fixed(32), tag: fixed(16) });
type Wrap = Decoded<typeof wrapFields>;

export function encodeWrap(wrap: Wrap): Uint8Array {
  checkLength(wrap.nonce, 12);
  checkLength(wrap.ciphertext, 32);
  checkLength(wrap.tag, 16);
  const bytes = new Uint8Array(WRAP_BYTES);
  bytes[0] = SUITE;
  setU32(bytes, 1, wrap.keyEpoch);
  bytes.set(wrap.nonce, 5);
  bytes.set(wrap.ciphertext, 17);
  bytes.set(wrap.tag, 49);
  return bytes;
}

/** @throws {Failure} `vault.unknown-suite`, `encoding.malformed`. */
export function decodeWrap(bytes: Uint8Array): Wrap {
  const input = new Reader(bytes);
  checkSuite(input.uint(1));
  const wrap = wrapFields.read(input);
  if (input.left > 0) throw malformed(`${counted(input.left, 'byte')} too many`);
  return wrap;
}

/** @throws {Failure} `vault.unknown-suite` unless it is the suite of this version. */
export function checkSuite(suite: number): void {
  if (suite === SUITE) return;
  throw new Failure(
    'vault.unknown-suite',
    `This was sealed by suite ${suite}, which this program does not know. Update the program.`,
    {
      details: { suite },
    },
  );
}

/** Writes big-endian at `at` and gives the place after. @throws {Failure} `encoding.malformed` when it does not fit. */
export function setU32(bytes: Uint8Array, at: number, value: number): number {
  if (!Number.isInteger(value) || value < 0 || value >= 2 ** 32) throw malformed(`${value} does not fit 4 bytes`);
  bytes[at] = value >>> 24;
  bytes[at + 1] = value >>> 16;
  bytes[at + 2] = value >>> 8;
  bytes[at + 3] = value;
  return at + 4;
}

function setU16(bytes: Uint8Array, at: number, value: number): number {
  bytes[at] = value >>> 8;
  bytes[at + 1] = value;
  return at + 2;
}

function checkLength(bytes: Uint8Array, length: number): void {
  if (bytes.length !== length) throw malformed(`${counted(bytes.length, 'byte')} where ${length} belong`);
}

function checkLimit(bytes: Uint8Array, limit: number): void {
  if (bytes.length > limit) throw malformed(`${counted(bytes.length, 'byte')} where at most ${limit} belong`);
}

function malformed(why: string): Failure {
  return new Failure('encoding.malformed', `These bytes are not in the agreed form: ${why}.`);
}
