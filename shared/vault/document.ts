/**
 * The forms of a sealed document: the envelope inside, the bytes outside, the wrap of its data key, and what each binds.
 *
 *     plaintext = envelope ‖ zeros up to its bucket
 *     sealed    = suite u8 ‖ nonce[12] ‖ ciphertext ‖ tag[16]           under a data key used for nothing else
 *     name      = SHA-256(sealed)
 *     wrap      = suite u8 ‖ keyEpoch u32 ‖ nonce[12] ‖ ciphertext[32] ‖ tag[16]   under the compartment key of the epoch
 *     commitment = SHA-256(tag ‖ salt[32] ‖ SHA-256(content))
 */
import { concat } from '../encoding/bytes.ts';
import { type Decoded, encode, fixed, opaque, Reader, struct, text, u8, u32, u64, Writer } from '../encoding/codec.ts';
import { Failure } from '../outcome/failure.ts';
import { bucketOf, checkPadding } from './padding.ts';
import { COMMITMENT_TAG, DOCUMENT_TAG, WRAP_TAG } from './vault-tags.ts';

/** AES-256-GCM with 96-bit random nonces and 128-bit tags, SHA-256. The only suite there is; others are refused by name. */
export const SUITE = 1;
export const META_LIMIT = 65_536;
export const CONTENT_LIMIT = 2 ** 24;
export const SALT_BYTES = 32;
export const NAME_BYTES = 32;
export const HANDLE_BYTES = 16;
export const RECORD_ID_BYTES = 16;
/** What sealing adds to the padded plaintext. */
export const SEALED_OVERHEAD = 1 + 12 + 16;
export const WRAP_BYTES = 1 + 4 + 12 + 32 + 16;

const head = struct({
  /** Random; makes the commitment unguessable, and dies with the document. */
  salt: fixed(SALT_BYTES),
  /** What `content` is: 'fhir', 'note', 'consent', 'access', 'folder' … */
  kind: text(40),
  recordId: fixed(RECORD_ID_BYTES),
  /** 1 for the first version of a record. */
  version: u32,
  /** The name of the version before, or nothing. */
  previous: opaque(NAME_BYTES),
  /** Staff id of who wrote it. */
  author: fixed(32),
  /** Milliseconds since 1970. */
  time: u64,
  /** JSON about the content that the vault itself does not read. */
  meta: text(META_LIMIT),
});
const content = opaque(CONTENT_LIMIT);

/** Everything a document says; only ever seen inside the vault. */
export type Envelope = Decoded<typeof head> & { readonly content: Uint8Array };

/** The envelope's bytes, padded to their bucket. */
export function encodeEnvelope(envelope: Envelope): Uint8Array {
  const out = new Writer();
  head.write(out, envelope);
  if (envelope.content.length > CONTENT_LIMIT) content.write(out, envelope.content);
  out.uint(4, envelope.content.length);
  const front = out.done();
  const padded = new Uint8Array(bucketOf(front.length + envelope.content.length));
  padded.set(front);
  padded.set(envelope.content, front.length);
  return padded;
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

const documentPlace = struct({ suite: u8, handle: fixed(HANDLE_BYTES), recordId: fixed(RECORD_ID_BYTES), version: u32 });
const wrapPlace = struct({ handle: fixed(HANDLE_BYTES), keyEpoch: u32, name: fixed(NAME_BYTES) });

/** Associated data of a sealed document. */
export function documentAssociatedData(place: DocumentPlace): Uint8Array {
  const { handle, recordId, version } = place;
  return concat(DOCUMENT_TAG, encode(documentPlace, { suite: SUITE, handle, recordId, version }));
}

/** Associated data of a wrap. */
export function wrapAssociatedData(handle: Uint8Array, keyEpoch: number, name: Uint8Array): Uint8Array {
  return concat(WRAP_TAG, encode(wrapPlace, { handle, keyEpoch, name }));
}

/** What the commitment in an event is the SHA-256 of. */
export function commitmentInput(salt: Uint8Array, contentHash: Uint8Array): Uint8Array {
  return concat(COMMITMENT_TAG, salt, contentHash);
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
export type Wrap = Decoded<typeof wrapFields>;

export function encodeWrap(wrap: Wrap): Uint8Array {
  const out = new Writer();
  out.uint(1, SUITE);
  wrapFields.write(out, wrap);
  return out.done();
}

/** @throws {Failure} `vault.unknown-suite`, `encoding.malformed`. */
export function decodeWrap(bytes: Uint8Array): Wrap {
  const input = new Reader(bytes);
  checkSuite(input.uint(1));
  const wrap = wrapFields.read(input);
  if (input.left > 0)
    throw new Failure('encoding.malformed', `These bytes are not in the agreed form: ${input.left} bytes are left over.`);
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
