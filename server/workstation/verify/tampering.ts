/**
 * A demonstration of tampering, in a training clinic alone: its database is copied, the copy is altered as a thief or a dishonest
 * administrator would, and the same verifier as ever is let loose on it. The clinic itself is only read.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { concat } from '../../../shared/encoding/bytes.ts';
import { blockHash, encodeBlock, openBlock } from '../../../shared/ledger/block.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { openDataFolder } from '../../storage/data-folder.ts';
import type { WriteTransaction } from '../../storage/database.ts';
import { copyDatabase } from '../../storage/database-copy.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { Installation } from '../folder/installation.ts';
import { dropAct, middleAct, overwriteAct, turnBitOfDocument } from './tampering.store.ts';
import { verifyReplica } from './verify-replica.ts';

type Tampering = 'NOTHING' | 'BIT' | 'REWRITE' | 'REMOVE' | 'RECORD';

interface TamperingReport {
  /** Acts and sealed documents that the verifier went through. */
  readonly acts: number;
  readonly documents: number;
  /** In the verifier's words; empty when all of it holds. */
  readonly faults: readonly string[];
  readonly milliseconds: number;
}

/** @throws {Failure} `training.not-here` in any clinic with real patients; storage failures. */
export async function demonstrateTampering(installation: Installation, how: Tampering): Promise<TamperingReport> {
  if ((await installation.text('training')) === undefined)
    throw new Failure('training.not-here', 'Tampering is demonstrated in a training clinic alone. Here the records are real.');
  const folder = await mkdtemp(join(tmpdir(), 'careledger-tampering-'));
  try {
    await (await openDataFolder(folder)).close();
    await copyDatabase(join(installation.folder, 'clinic.db'), join(folder, 'clinic.db'));
    const copy = await Installation.open(folder);
    try {
      await copy.database.write((to) => ALTERATIONS[how](to));
      const began = performance.now();
      const { ownBlocks, documents, faults } = await verifyReplica(copy);
      return { acts: ownBlocks, documents, faults, milliseconds: Math.round(performance.now() - began) };
    } finally {
      await copy.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const ALTERATIONS: Readonly<Record<Tampering, (to: WriteTransaction) => Promise<void>>> = {
  NOTHING: async () => undefined,
  BIT: async (to) => {
    const { sequence, bytes } = await chosenAct(to);
    const turned = Buffer.from(bytes);
    turned[turned.length >> 1] = (turned[turned.length >> 1] ?? 0) ^ 1;
    await overwriteAct(to, sequence, turned);
  },
  // As somebody would who knows the format: an hour earlier, well-formed, and under its own new hash.
  REWRITE: async (to) => {
    const { sequence, bytes } = await chosenAct(to);
    const { block, signature } = openBlock(bytes);
    const rewritten = concat(encodeBlock({ ...block, time: block.time - 3_600_000 }), signature);
    await overwriteAct(to, sequence, rewritten, blockHash(hashParts, rewritten));
  },
  REMOVE: async (to) => dropAct(to, (await chosenAct(to)).sequence),
  RECORD: turnBitOfDocument,
};

async function chosenAct(from: WriteTransaction): Promise<{ sequence: number; bytes: Buffer }> {
  const act = await middleAct(from);
  if (!act) throw new Failure('training.no-sample', 'The sample patients of the tasks are not here. Make a new training clinic.');
  return act;
}
