/** The root of the state, computed where the ledger reaches a size at which the hub signs one, and compared with what was signed. */
import { equalBytes } from '../../../shared/encoding/bytes.ts';
import type { Hash } from '../../../shared/ledger/merkle.ts';
import { STATE_INTERVAL } from '../../../shared/ledger/state-interval.ts';
import { counted } from '../../../shared/outcome/counted.ts';
import { type LedgerHead, writeHead } from '../../ledger/ledger.store.ts';
import { stateRoot } from '../../ledger/state-rows.store.ts';
import type { WriteTransaction } from '../../storage/database.ts';
import { caught } from '../evidence/caught.ts';

/**
 * Writes the head with its state's root, at such a size. A root of another size is not computed.
 * @param signed the root that the hub signed; undefined where nothing was
 * @throws {Failure} `sync.state-mismatch`.
 */
export async function withState(
  transaction: WriteTransaction,
  hash: Hash,
  head: LedgerHead,
  signed: LedgerHead['state'],
): Promise<LedgerHead> {
  const { size } = head;
  if (size === 0 || size % STATE_INTERVAL > 0 || head.state?.size === size || (signed && signed.size !== size)) return head;
  const root = await stateRoot(transaction, hash);
  if (signed && !equalBytes(root, signed.root))
    throw caught('sync.state-mismatch', `The state after ${counted(size, 'block')} differs from what the hub signed.`);
  const reached = { ...head, state: { size, root } };
  await writeHead(transaction, reached);
  return reached;
}
