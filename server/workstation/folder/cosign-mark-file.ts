/** The mark of what a data folder's device has cosigned, in the system's place for state, beside the mark of its chain. */
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fromHex, toHex, utf8 } from '../../../shared/encoding/bytes.ts';
import { writeFileDurably } from '../../storage/durable-file.ts';
import { storageFailure } from '../../storage/faults.ts';
import type { CosignedTree, CosignMark } from '../../sync/witness/cosign-mark.ts';
import { sha256 } from '../../vault/primitives.ts';
import { markPath } from './continuity.ts';

const PATTERN = /^(careledger-cosigned-1 ([0-9a-f]{64}) ([0-9]{1,16}) ([0-9a-f]{64})) ([0-9a-f]{16})\n$/;
const checkOf = (fields: string): string => toHex(sha256(utf8(fields)).subarray(0, 8));

/** @param key the device's cosigning key: another device's mark is none */
export async function cosignMarkFile(folder: string, key: Uint8Array): Promise<CosignMark> {
  const path = `${await markPath(folder)}.cosigned`;
  return {
    async last(): Promise<CosignedTree | undefined> {
      const text = await readFile(path, 'utf8').catch(() => '');
      const [, fields, by, size, root, check] = PATTERN.exec(text) ?? [];
      if (!fields || !size || !root || by !== toHex(key) || check !== checkOf(fields)) return undefined;
      return { size: Number(size), root: fromHex(root) };
    },
    async advance({ size, root }): Promise<void> {
      const fields = `careledger-cosigned-1 ${toHex(key)} ${size} ${toHex(root)}`;
      try {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      } catch {
        // Without a place for state there is no mark, and a start waits for the other witnesses.
        return;
      }
      await writeFileDurably(path, utf8(`${fields} ${checkOf(fields)}\n`)).catch((error: unknown) => {
        throw storageFailure(error, { path });
      });
    },
  };
}
