/** The directory's rows: one for each patient, sealed. All of them are opened when the vault is. */
import { fromHex, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { decode, encode, fixed, opaque, struct, text } from '../../shared/encoding/codec.ts';
import { openRow } from '../sync/vault-context/sealed-rows.ts';
import type { PatientEntry } from '../sync/vault-context/vault-context.ts';
import type { PackedVaultRow } from '../sync/vault-context/vault-rows.store.ts';
import type { SealingKey } from '../vault/primitives.ts';
import type { Indexed } from './patient-index.ts';

export const KIND = 'patient';
/** What the start needs of a row comes first; the rest is read when somebody is looked at. */
const rowCodec = struct({ id: fixed(16), sortName: text(1_000), words: text(32_000), rest: opaque(2 ** 22) });

export function encodePatient({ id, sortName, words }: Indexed, entry: PatientEntry): Uint8Array {
  return encode(rowCodec, { id: fromHex(id), sortName, words, rest: utf8(JSON.stringify(entry)) });
}

/** The patient's id and entry, the latter not read yet. */
export function decodePatient(plaintext: Uint8Array): { readonly id: string; readonly rest: Uint8Array } {
  const { id, rest } = decode(rowCodec, plaintext);
  return { id: toHex(id), rest };
}

export interface OpenedPatients {
  readonly indexed: readonly Indexed[];
  /** Their entries, one behind the other. */
  readonly rest: Uint8Array;
  /** Where each of them ends. */
  readonly ends: readonly number[];
}

/** @throws {Failure} `vault.row-altered`. */
export function openPatients(key: SealingKey, rows: readonly PackedVaultRow[]): OpenedPatients {
  const indexed: Indexed[] = [];
  const ends: number[] = [];
  const rests: Uint8Array[] = [];
  let length = 0;
  for (const row of rows) {
    const { id, sortName, words, rest } = decode(rowCodec, openRow(key, KIND, row));
    indexed.push({ id: toHex(id), sortName, words });
    rests.push(rest);
    length += rest.length;
    ends.push(length);
  }
  const all = new Uint8Array(length);
  rests.forEach((rest, at) => {
    all.set(rest, (ends[at] as number) - rest.length);
  });
  return { indexed, rest: all, ends };
}
