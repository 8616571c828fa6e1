/**
 * The audit behind the first sync: the signatures of devices and people on every block, on all cores, from where it stopped
 * last. What it has not reached reads "not yet checked here"; one that does not hold has caught the hub. Signatures inside
 * event bodies need the keys of their place, and were checked when the block was folded.
 */

import { toHex } from '../../../shared/encoding/bytes.ts';
import { ownSignatures } from '../../../shared/ledger/admission.ts';
import { openBlock } from '../../../shared/ledger/block.ts';
import { readBlocks } from '../../ledger/blocks.store.ts';
import { ledgerSize } from '../../ledger/ledger.store.ts';
import type { Database } from '../../storage/database.ts';
import type { VerifyPool } from '../../vault/verify-pool.ts';
import { AUDITED, readSetting } from '../clinic.store.ts';
import { writeSetting } from '../clinic-writes.store.ts';
import { caught } from '../evidence/caught.ts';

const PAGE = 500;
/** Pages in flight: enough to keep each verification thread busy. */
const AHEAD = 4;

export async function auditedSize(database: Database): Promise<number> {
  const stored = Number((await readSetting(database.read, AUDITED))?.toString('utf8') ?? 0);
  // Whatever a turned bit makes of it, no more than is here was checked.
  return Number.isSafeInteger(stored) && stored <= (await ledgerSize(database.read)) ? stored : 0;
}

export interface AuditOptions {
  readonly database: Database;
  readonly pool: VerifyPool;
  /** Hears how far the audit has got, at its beginning and after each page. */
  readonly onProgress?: (size: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Checks blocks up to `size`. @throws {Failure} `sync.signature-invalid` naming the block's position. */
export async function audit(options: AuditOptions, size: number): Promise<void> {
  const { database, pool, onProgress, signal } = options;
  let from = await auditedSize(database);
  // What a snapshot vouched for was checked by the quorum: nothing may lie behind it.
  onProgress?.(from);
  const inFlight: Array<{ end: number; done: Promise<void> }> = [];
  while ((from < size || inFlight.length > 0) && !signal?.aborted) {
    while (from < size && inFlight.length < AHEAD) {
      const end = Math.min(size, from + PAGE);
      const done = auditPage(options, pool, from, end);
      done.catch(() => undefined);
      inFlight.push({ end, done });
      from = end;
    }
    const oldest = inFlight.shift();
    if (!oldest) break;
    await oldest.done;
    if (inFlight.length === 0 || oldest.end % (PAGE * 20) === 0) {
      await database.write((transaction) => writeSetting(transaction, AUDITED, Buffer.from(String(oldest.end))), { group: true });
    }
    onProgress?.(oldest.end);
  }
}

async function auditPage({ database }: AuditOptions, pool: VerifyPool, from: number, end: number): Promise<void> {
  const stored = await readBlocks(database.read, from, end - from);
  const blocks = stored.map(({ position, hash, bytes }) => ({ position, hash, opened: openBlock(bytes) }));
  const positions: number[] = [];
  const claims = blocks.flatMap(({ position, opened }) => {
    const own = ownSignatures(opened);
    for (let at = 0; at < own.length; at++) positions.push(position);
    return own;
  });
  const verdicts = await pool.verify(claims);
  const bad = verdicts.indexOf(0);
  if (bad < 0) return;
  const position = positions[bad] as number;
  const block = blocks.find((each) => each.position === position);
  throw caught('sync.signature-invalid', `The block at position ${position} carries a signature that does not hold.`, {
    position,
    block: block ? toHex(block.hash).slice(0, 16) : '',
  });
}
