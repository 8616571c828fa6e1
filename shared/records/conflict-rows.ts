/**
 * Versions that came too late, and versions that another clinic proposes: kept in the state by name until somebody settles
 * them, so that every desk has the same inbox.
 */
import { type Decoded, fixed, opaque, struct, u32, u64 } from '../encoding/codec.ts';

/**
 * Key `conflict/<handle>/<record>/<document>`: a version that did not follow the newest one, or a proposal (then `document` is the
 * SHA-256 of its message). `device` and `author` wrote it, `time` is what their clock said, in milliseconds; `settled` is the
 * document of the merge that dealt with it, empty while open, and the proposal itself when that was declined.
 */
export const conflictRow = struct({ version: u32, device: fixed(32), author: fixed(32), time: u64, settled: opaque(32) });
export type ConflictRow = Decoded<typeof conflictRow>;

/** Ids in hexadecimal. */
export const conflictKey = (handle: string, record: string, document: string): string =>
  `conflict/${handle}/${record}/${document}`;

/** The three ids in a key of `conflictKey`. */
export function conflictIds(key: string): { readonly handle: string; readonly record: string; readonly document: string } {
  const [, handle = '', record = '', document = ''] = key.split('/');
  return { handle, record, document };
}
