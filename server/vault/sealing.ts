/**
 * Sealing and opening of documents: one envelope, one fresh data key, one compartment. Nothing leaves `openDocument`
 * before wrap, name and tag have held, and what comes out is the version of the record that was asked for.
 */
import { equalBytes } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import {
  commitmentInput,
  type DocumentPlace,
  decodeEnvelope,
  decodeWrap,
  documentAssociatedData,
  type Envelope,
  encodeEnvelope,
  encodeWrap,
  SALT_BYTES,
  SEALED_OVERHEAD,
  SUITE,
  splitSealed,
  wrapAssociatedData,
} from '../../shared/vault/document.ts';
import {
  aesGcmOpen,
  aesGcmSeal,
  fillRandom,
  KEY_BYTES,
  NONCE_BYTES,
  type SealingKey,
  sealingKey,
  sha256,
  TAG_BYTES,
} from './primitives.ts';

/** The key of one compartment in one epoch. */
export interface CompartmentKey {
  readonly epoch: number;
  readonly key: SealingKey;
}

interface SealedDocument {
  /** 32 bytes, SHA-256 of `sealed`. */
  readonly name: Uint8Array;
  readonly sealed: Uint8Array;
  readonly wrap: Uint8Array;
  /** 32 bytes for the event. */
  readonly commitment: Uint8Array;
}

/** Gives the compartment key of an epoch, or `undefined` when this key store does not hold it. */
export type CompartmentKeys = (handle: Uint8Array, epoch: number) => SealingKey | undefined;

// Salt, data key and both nonces of one document: drawn by one call into the same memory, and wiped before it returns.
const drawn = new Uint8Array(SALT_BYTES + KEY_BYTES + 2 * NONCE_BYTES);
const salt = drawn.subarray(0, SALT_BYTES);
const dataKeyBytes = drawn.subarray(SALT_BYTES, SALT_BYTES + KEY_BYTES);
const nonce = drawn.subarray(SALT_BYTES + KEY_BYTES, SALT_BYTES + KEY_BYTES + NONCE_BYTES);
const wrapNonce = drawn.subarray(SALT_BYTES + KEY_BYTES + NONCE_BYTES);
/** The plaintext of all but large documents, wiped likewise. */
const scratch = new Uint8Array(32 * 1024);

/**
 * Seals `draft` for the compartment `handle`. The salt is drawn here, so that no caller ever uses one twice.
 * @throws {Failure} `encoding.malformed` when a field is too long.
 */
export function sealDocument(draft: Omit<Envelope, 'salt'>, handle: Uint8Array, compartment: CompartmentKey): SealedDocument {
  let plaintext: Uint8Array = scratch;
  try {
    fillRandom(drawn);
    plaintext = encodeEnvelope({ ...draft, salt }, scratch);
    const place = { handle, recordId: draft.recordId, version: draft.version };
    const body = aesGcmSeal(sealingKey(dataKeyBytes), nonce, documentAssociatedData(place), plaintext);
    const sealed = joinSealed(nonce, body.ciphertext, body.tag);
    const name = sha256(sealed);
    const wrap = wrapDataKey(dataKeyBytes, wrapNonce, handle, compartment, name);
    return { name, sealed, wrap, commitment: sha256(commitmentInput(salt, sha256(draft.content))) };
  } finally {
    drawn.fill(0);
    plaintext.fill(0);
  }
}

/**
 * Opens the version of the record that `place` names.
 * @throws {Failure} `vault.unknown-suite`, `vault.key-missing` when `keys` has no key for the wrap's epoch,
 * `vault.not-this-document` when wrap or document were altered, swapped, or belong elsewhere.
 */
export function openDocument(
  document: DocumentPlace & { sealed: Uint8Array; wrap: Uint8Array },
  keys: CompartmentKeys,
): Envelope {
  const dataKey = openWrap(document.wrap, document.handle, sha256(document.sealed), keys);
  return openWithDataKey(document, dataKey);
}

/** Opens with a data key that came by another way than the wrap: a grant of single documents. */
export function openWithDataKey(document: DocumentPlace & { sealed: Uint8Array }, dataKey: SealingKey): Envelope {
  const { nonce, ciphertext, tag } = splitSealed(document.sealed);
  const plaintext = aesGcmOpen(dataKey, nonce, documentAssociatedData(document), ciphertext, tag);
  if (plaintext === undefined) throw notThisDocument();
  const envelope = decodeEnvelope(plaintext);
  if (envelope.version !== document.version || !equalBytes(envelope.recordId, document.recordId)) throw notThisDocument();
  return envelope;
}

/** The data key inside a wrap of the document `name`. Fails as `openDocument` does. */
export function openWrap(wrap: Uint8Array, handle: Uint8Array, name: Uint8Array, keys: CompartmentKeys): SealingKey {
  const bytes = openWrapBytes(wrap, handle, name, keys);
  const key = sealingKey(bytes);
  bytes.fill(0);
  return key;
}

/** The commitment that an opened envelope must match in the ledger. */
export function commitmentOf(envelope: Envelope): Uint8Array {
  return sha256(commitmentInput(envelope.salt, sha256(envelope.content)));
}

function wrapDataKey(
  bytes: Uint8Array,
  nonce: Uint8Array,
  handle: Uint8Array,
  under: CompartmentKey,
  name: Uint8Array,
): Uint8Array {
  const { ciphertext, tag } = aesGcmSeal(under.key, nonce, wrapAssociatedData(handle, under.epoch, name), bytes);
  return encodeWrap({ keyEpoch: under.epoch, nonce, ciphertext, tag });
}

function openWrapBytes(bytes: Uint8Array, handle: Uint8Array, name: Uint8Array, keys: CompartmentKeys): Uint8Array {
  const wrap = decodeWrap(bytes);
  const key = keys(handle, wrap.keyEpoch);
  if (key === undefined) {
    throw new Failure(
      'vault.key-missing',
      'The key of this document is not on this machine. It was not shared with this clinic, or was withdrawn.',
      {
        details: { keyEpoch: wrap.keyEpoch },
      },
    );
  }
  const dataKey = aesGcmOpen(key, wrap.nonce, wrapAssociatedData(handle, wrap.keyEpoch, name), wrap.ciphertext, wrap.tag);
  if (dataKey === undefined) throw notThisDocument();
  return dataKey;
}

function joinSealed(nonce: Uint8Array, ciphertext: Uint8Array, tag: Uint8Array): Uint8Array {
  // Every byte is written below, so the allocation need not be zeroed first.
  const memory = Buffer.allocUnsafe(SEALED_OVERHEAD + ciphertext.length);
  const sealed = new Uint8Array(memory.buffer, memory.byteOffset, memory.length);
  sealed[0] = SUITE;
  sealed.set(nonce, 1);
  sealed.set(ciphertext, 1 + NONCE_BYTES);
  sealed.set(tag, sealed.length - TAG_BYTES);
  return sealed;
}

function notThisDocument(): Failure {
  return new Failure(
    'vault.not-this-document',
    'This document was altered or belongs to another record. It was not opened; fetch it again from the hub or a backup.',
  );
}
