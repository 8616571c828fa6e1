/** What a sealed key in the key store is bound to: its kind, what it belongs to, and its epoch. */
import { concat } from '../encoding/bytes.ts';
import { encode, opaque, struct, text, u32 } from '../encoding/codec.ts';
import { KEY_ENTRY_TAG } from './vault-tags.ts';

/** `compartment`: id is the handle. `clinic-encryption`: epoch is the week. `grant`: id is the grant's, the value all its keys. */
export type KeyKind = 'compartment' | 'clinic-signing' | 'clinic-encryption' | 'access-log' | 'directory' | 'grant';

export interface KeyName {
  readonly kind: KeyKind;
  /** 16 bytes for compartments and grants, empty where there is only one. */
  readonly id: Uint8Array;
  readonly epoch: number;
}

const keyName = struct({ kind: text(40), id: opaque(32), epoch: u32 });

export function keyEntryAssociatedData(name: KeyName): Uint8Array {
  return concat(KEY_ENTRY_TAG, encode(keyName, name));
}
