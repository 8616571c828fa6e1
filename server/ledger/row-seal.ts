/**
 * State rows carry four bytes behind their value, a CRC-32 over key and value: no hash of the ledger covers them where they lie, and a
 * bit that turned on the disk would otherwise be shown, or make an honest hub look like a liar. It is no defence against a forger.
 */
import { crc32 } from 'node:zlib';
import { Failure } from '../../shared/outcome/failure.ts';

const SEAL = 4;

/** Of a value under its key, 32 bits. */
export const sumOf = (key: string, value: Uint8Array | string): number => crc32(value, crc32(key));

/** What is stored under `key`. */
export function sealRow(key: string, value: Uint8Array): Uint8Array {
  const stored = Buffer.allocUnsafe(value.length + SEAL);
  stored.set(value);
  stored.writeUInt32BE(sumOf(key, value), value.length);
  return stored;
}

/** Whether this is what was stored under `key`. */
export function isSealed(key: string, stored: Buffer): boolean {
  const end = stored.length - SEAL;
  return end >= 0 && stored.readUInt32BE(end) === sumOf(key, stored.subarray(0, end));
}

/** The value that was stored under `key`, a view of it. @throws {Failure} `storage.row-altered`. */
export function openRow(key: string, stored: Buffer): Buffer {
  if (isSealed(key, stored)) return stored.subarray(0, stored.length - SEAL);
  throw rowAltered(key);
}

/** @param row as its key or otherwise says which */
export function rowAltered(row: string): Failure {
  return new Failure(
    'storage.row-altered',
    'A row of this computer’s copy of the region’s ledger was altered on its disk, so what rests on it is not shown. Start Careledger anew: it makes its copy from the ledger’s blocks again. If this comes back, the disk is failing: restore the newest backup on another one.',
    { details: { row: row.slice(0, 80) } },
  );
}
