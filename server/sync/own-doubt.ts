/**
 * Who is about to accuse its hub doubts itself first: a bit that turned on this disk makes an honest hub look like a liar. What the
 * blocks here lead to is made anew from them; where that changes anything, the disk was at fault and the round is tried again.
 */
import type { Region, Verify } from '../../shared/ledger/founding.ts';
import type { Hash } from '../../shared/ledger/merkle.ts';
import type { Slice } from '../ledger/disk-check/disk-check.ts';
import { ledgerParts } from '../ledger/disk-check/ledger-parts.ts';
import type { Database } from '../storage/database.ts';
import type { ClinicLedger } from './clinic-ledger.ts';
import { replicaPrint } from './own-doubt.store.ts';
import { forgetUnapplied } from './unapplied.store.ts';

interface DoubtOptions {
  readonly database: Database;
  readonly ledger: ClinicLedger;
  readonly region: Region;
  readonly hash: Hash;
  readonly verify: Verify;
}

/**
 * Makes this replica anew. Gives whether anything of it was not as it was written; then it is mended.
 * @throws {Failure} `ledger.blocks-altered` when the blocks themselves are not.
 */
export async function wasAltered({ database, ledger, region, hash, verify }: DoubtOptions): Promise<boolean> {
  const faults = await countFaults(database, hash);
  const before = await replicaPrint(database.read);
  await ledger.makeAnew(region, verify);
  // What waits for newer rules was proved and not applied: it is brought again.
  await database.write(forgetUnapplied);
  return faults > 0 || (await replicaPrint(database.read)) !== before;
}

async function countFaults(database: Database, hash: Hash): Promise<number> {
  const { STATE, BLOCKS, TREE } = ledgerParts(hash);
  let count = 0;
  for (const look of [STATE, BLOCKS, TREE]) {
    let place: string | undefined = '';
    while (place !== undefined) {
      const from: string = place;
      const slice: Slice = await database.snapshot((read) => look(read, from)).catch(() => UNREADABLE);
      count += slice.faults;
      place = slice.next;
    }
  }
  return count;
}

const UNREADABLE: Slice = { faults: 1, next: undefined };
