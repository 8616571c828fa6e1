/** Blocks of the clinic's other devices, as its host brings them: behind what lies over the replica's state already, or among it. */
import type { WriteTransaction } from '../../storage/database.ts';
import { putPendingRows } from '../clinic-writes.store.ts';
import { isInLedger, judgeBehind } from '../own-acts/lay-pending.ts';
import { loadOverlaid } from '../own-acts/pending.ts';
import {
  type ClinicBlock,
  hasUnplacedBlocks,
  knownClinicBlocks,
  putClinicBlocks,
  removeClinicBlocks,
} from './clinic-blocks.store.ts';

/** What a page of the host's feed brings. */
interface BroughtBlocks {
  readonly blocks: readonly ClinicBlock[];
  /** Blocks that their device has put into others. */
  readonly takenBack: readonly Uint8Array[];
  readonly isOwn: (block: ClinicBlock) => boolean;
  readonly now: number;
}

/** Keeps them. Gives the state keys that they were judged by, where nothing else had to be judged again; otherwise all that is pending has to be laid anew. */
export async function keepBrought(
  transaction: WriteTransaction,
  { blocks, takenBack, isOwn, now }: BroughtBlocks,
): Promise<readonly string[] | 'lay-anew'> {
  const known = await knownClinicBlocks(transaction, [...blocks.map(({ opened }) => opened.hash), ...takenBack]);
  const isBehind = known === 0 && !blocks.some(isOwn) && !(await hasUnplacedBlocks(transaction));
  await putClinicBlocks(transaction, blocks, isOwn, now);
  await removeClinicBlocks(transaction, takenBack);
  const opened = blocks.map((block) => block.opened);
  const keys = [...new Set(opened.flatMap(({ reads }) => reads))];
  const rows = await loadOverlaid(transaction, keys);
  // The hub may have been quicker than the clinic host: what the ledger has does not wait.
  if (!isBehind || opened.some((block) => isInLedger(rows, block))) return 'lay-anew';
  await putPendingRows(transaction, judgeBehind(rows, opened));
  return keys;
}
