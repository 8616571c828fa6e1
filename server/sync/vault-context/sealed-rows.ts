/**
 * The vault's rows in clinic.db: the patient directory, chart entries, access lines, drafts. Keys and tags are keyed hashes,
 * the content is AES-256-GCM bound to kind, key and tag; without the directory key a row says only its kind and its size.
 */
import { concat, utf8 } from '../../../shared/encoding/bytes.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { bucketOf } from '../../../shared/vault/padding.ts';
import { BOX_OVERHEAD, openBox, sealBox } from '../../vault/boxes.ts';
import {
  fillRandom,
  hkdf,
  hmacSha256,
  type MacKey,
  macKey,
  NONCE_BYTES,
  type SealingKey,
  sealingKey,
} from '../../vault/primitives.ts';
import type { VaultRow } from '../gateway.ts';
import { ROW_KEY_BYTES } from './vault-rows.store.ts';

const ROW_TAG = utf8('careledger/v1/row\n');
const MAC_INFO = utf8('careledger/v1/row-names\n');
const SEAL_INFO = utf8('careledger/v1/row-seal\n');
const NONCES_AT_ONCE = 256;

/** A row that belongs to nothing in particular. */
export const NO_TAG = new Uint8Array(ROW_KEY_BYTES);

export class SealedRows {
  readonly #names: MacKey;
  readonly #key: SealingKey;
  readonly #nonces = new Uint8Array(NONCE_BYTES * NONCES_AT_ONCE);
  #nextNonce = NONCES_AT_ONCE;

  /** @param secret 32 bytes: the directory key, or the access-log key. */
  constructor(secret: Uint8Array) {
    this.#names = macKey(hkdf(secret, new Uint8Array(0), MAC_INFO, 32));
    this.#key = sealingKey(hkdf(secret, new Uint8Array(0), SEAL_INFO, 32));
  }

  /** 16 bytes that name something only to who has the key: `name('chart', patientId)`. */
  name(what: string, ...parts: readonly Uint8Array[]): Uint8Array {
    const separated = parts.flatMap((part) => [Uint8Array.of(part.length >>> 8, part.length), part]);
    return hmacSha256(this.#names, utf8(`${what}\n`), ...separated).slice(0, ROW_KEY_BYTES);
  }

  /** Pads to a bucket, so that a length says little. */
  seal(kind: string, key: Uint8Array, tag: Uint8Array, plaintext: Uint8Array): VaultRow {
    const padded = new Uint8Array(bucketOf(4 + plaintext.length + BOX_OVERHEAD) - BOX_OVERHEAD);
    new DataView(padded.buffer).setUint32(0, plaintext.length);
    padded.set(plaintext, 4);
    return this.sealExact(kind, key, tag, padded);
  }

  /** For rows that are all equally long. */
  sealExact(kind: string, key: Uint8Array, tag: Uint8Array, plaintext: Uint8Array): VaultRow {
    return { kind, key, tag, sealed: sealBox(this.#key, associated(kind, key, tag), plaintext, this.#nonce()) };
  }

  /** What `seal` was given. @throws {Failure} `vault.row-altered`. */
  open(kind: string, row: Omit<VaultRow, 'kind'>): Uint8Array {
    return openRow(this.#key, kind, row);
  }

  /** What `sealExact` was given. @throws {Failure} `vault.row-altered`. */
  openExact(kind: string, row: Omit<VaultRow, 'kind'>): Uint8Array {
    return openExact(this.#key, kind, row);
  }

  /** For a thread of this process that opens rows by `openRow`. */
  get openingKey(): SealingKey {
    return this.#key;
  }

  #nonce(): Uint8Array {
    if (this.#nextNonce === NONCES_AT_ONCE) {
      fillRandom(this.#nonces);
      this.#nextNonce = 0;
    }
    const from = this.#nextNonce++ * NONCE_BYTES;
    return this.#nonces.subarray(from, from + NONCE_BYTES);
  }
}

/** What `SealedRows.seal` was given. @throws {Failure} `vault.row-altered`. */
export function openRow(by: SealingKey, kind: string, row: Omit<VaultRow, 'kind'>): Uint8Array {
  const padded = openExact(by, kind, row);
  const length = new DataView(padded.buffer, padded.byteOffset, padded.length).getUint32(0);
  return padded.subarray(4, 4 + length);
}

function openExact(by: SealingKey, kind: string, { key, tag, sealed }: Omit<VaultRow, 'kind'>): Uint8Array {
  const opened = sealed && openBox(by, associated(kind, key, tag), sealed);
  if (opened) return opened;
  throw new Failure(
    'vault.row-altered',
    'An entry of the clinic’s own directory was altered on the disk and is not used. Run `careledger verify` and restore a backup.',
    { details: { kind } },
  );
}

/** What a row of each kind is bound to before its key: the program's few kinds, each asked for with every row. */
const heads = new Map<string, Uint8Array>();

function associated(kind: string, key: Uint8Array, tag: Uint8Array): Uint8Array {
  let head = heads.get(kind);
  if (!head) {
    head = concat(ROW_TAG, utf8(`${kind}\n`));
    heads.set(kind, head);
  }
  return concat(head, key, tag);
}
