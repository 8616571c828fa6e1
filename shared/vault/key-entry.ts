/** What a sealed key in the key store is bound to: its kind, what it belongs to, and its epoch. */
import { concat } from '../encoding/bytes.ts';
import { encode, text } from '../encoding/codec.ts';
import { setU32 } from './document.ts';
import { KEY_ENTRY_TAG } from './vault-tags.ts';

/**
 * `compartment`: id is the handle. `clinic-encryption`: epoch is the week. `grant`: id is the grant's, the value all its keys.
 * `joining`: what a device asks of a clinic that has not let it in yet. `recovery`: id is the beginning of the public key, epoch the
 * second it was made; the newest counts. `recovery-begun`: the same before its set is in force. `file-pair`: no key, a count that
 * clinic.db has too. `card-pepper`: a pepper of care cards, id is its own. `enrolling`: id is the key of somebody who has a slot here before the ledger knows them.
 */
export type KeyKind =
  | 'compartment'
  | 'clinic-signing'
  | 'clinic-encryption'
  | 'access-log'
  | 'directory'
  | 'grant'
  | 'joining'
  | 'file-pair'
  | 'enrolling'
  | 'recovery'
  | 'recovery-begun'
  | 'card-pepper';

export interface KeyName {
  readonly kind: KeyKind;
  /** 16 bytes for compartments and grants, empty where there is only one. */
  readonly id: Uint8Array;
  readonly epoch: number;
}

const fronts = new Map<KeyKind, Uint8Array>();

/** Associated data of a sealed key: tag ‖ kind<1..40> ‖ id<0..32> ‖ epoch u32. Called for a hundred thousand keys at an unlock. */
export function keyEntryAssociatedData({ kind, id, epoch }: KeyName): Uint8Array {
  let front = fronts.get(kind);
  if (front === undefined) {
    front = concat(KEY_ENTRY_TAG, encode(text(40), kind));
    fronts.set(kind, front);
  }
  const bytes = new Uint8Array(front.length + 1 + id.length + 4);
  bytes.set(front);
  bytes[front.length] = id.length;
  bytes.set(id, front.length + 1);
  setU32(bytes, bytes.length - 4, epoch);
  return bytes;
}
