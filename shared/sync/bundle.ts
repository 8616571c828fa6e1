/**
 * Bundles: what syncing carries, in a file for a stick. Signed by the device that wrote it, sealed to the devices of one clinic;
 * nothing of it is used before both hold. Importing one again, or an older one, changes nothing.
 */
import { concat } from '../encoding/bytes.ts';
import { type Decoded, decode, encode, fixed, list, opaque, struct, text, u8, u64 } from '../encoding/codec.ts';
import { MAX_BLOCK_BYTES } from '../ledger/block.ts';
import { MAX_NOTE_BYTES } from '../ledger/note.ts';
import { TAG } from '../ledger/tags.ts';
import { Failure } from '../outcome/failure.ts';
import { LIMITS } from './wire.ts';

const VERSION = 1;
const MANY = 2 ** 24;
/** Of the content: what a desk holds in memory at once. */
export const MAX_BUNDLE_BYTES = 256 * 1024 * 1024;

const headerCodec = struct({
  version: u8,
  region: fixed(32),
  senderChain: fixed(32),
  senderDevice: fixed(32),
  recipientChain: fixed(32),
  time: u64,
  nonce: fixed(12),
});
type BundleHeader = Omit<Decoded<typeof headerCodec>, 'version'>;

const bundleCodec = struct({
  header: opaque(1000),
  /** For each device of the recipient, the content's key, sealed to that device. */
  keys: list(struct({ device: fixed(32), message: opaque(1000) }), 1000),
  ciphertext: opaque(2 ** 32 - 1),
  tag: fixed(16),
});
const signedCodec = struct({ bundle: opaque(2 ** 32 - 1), signature: fixed(64) });

interface Bundle extends BundleHeader {
  /** The header as it was encoded: associated data of all that is sealed. */
  readonly encodedHeader: Uint8Array;
  readonly keys: ReadonlyArray<{ readonly device: Uint8Array; readonly message: Uint8Array }>;
  readonly ciphertext: Uint8Array;
  readonly tag: Uint8Array;
}

const contentCodec = struct({
  /** The exporter's newest checkpoint, with cosignatures. */
  checkpoint: text(MAX_NOTE_BYTES),
  /** Position of the first of `blocks`, which go up to the checkpoint. */
  from: u64,
  blocks: list(opaque(MAX_BLOCK_BYTES), MANY),
  /** What the exporter's device has written and the hub has not acknowledged; for its own clinic only. */
  pending: list(opaque(MAX_BLOCK_BYTES), MANY),
  documents: list(struct({ handle: fixed(16), sealed: opaque(LIMITS.documentBytes), wrap: opaque(200) }), MANY),
});
export type BundleContent = Decoded<typeof contentCodec>;

export const encodeHeader = (header: BundleHeader): Uint8Array => encode(headerCodec, { version: VERSION, ...header });
export const encodeContent = (content: BundleContent): Uint8Array => encode(contentCodec, content);
export const decodeContent = (bytes: Uint8Array): BundleContent => decode(contentCodec, bytes);

/** What the device signs: the SHA-256 of everything before its signature. */
const bundleMessage = (hash: (bytes: Uint8Array) => Uint8Array, bundle: Uint8Array): Uint8Array =>
  concat(TAG.bundle, hash(bundle));

export function signBundle(
  hash: (bytes: Uint8Array) => Uint8Array,
  parts: Pick<Bundle, 'keys' | 'ciphertext' | 'tag' | 'encodedHeader'>,
  sign: (message: Uint8Array) => Uint8Array,
): Uint8Array {
  const { encodedHeader: header, keys, ciphertext, tag } = parts;
  const bundle = encode(bundleCodec, { header, keys: [...keys], ciphertext, tag });
  return encode(signedCodec, { bundle, signature: sign(bundleMessage(hash, bundle)) });
}

/**
 * Takes a bundle apart and checks the signature of the device that it names; whether that device may write, the ledger says.
 * @throws {Failure} `bundle.altered`, `bundle.version`.
 */
export function openBundle(
  hash: (bytes: Uint8Array) => Uint8Array,
  verify: (key: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean,
  bytes: Uint8Array,
): Bundle {
  let opened: { outer: Decoded<typeof signedCodec>; parts: Decoded<typeof bundleCodec> };
  try {
    const outer = decode(signedCodec, bytes);
    opened = { outer, parts: decode(bundleCodec, outer.bundle) };
  } catch (cause) {
    throw altered(cause);
  }
  const { outer, parts } = opened;
  if (parts.header[0] !== VERSION)
    throw new Failure(
      'bundle.version',
      `This bundle is of version ${parts.header[0]}, which this program does not know. Update Careledger.`,
    );
  const header = decode(headerCodec, parts.header);
  if (!verify(header.senderDevice, bundleMessage(hash, outer.bundle), outer.signature)) throw altered();
  return { ...header, ...parts, encodedHeader: parts.header };
}

const altered = (cause?: unknown): Failure =>
  new Failure('bundle.altered', 'This bundle was cut short or altered on its way. Nothing of it was used; copy it again.', {
    cause,
  });
