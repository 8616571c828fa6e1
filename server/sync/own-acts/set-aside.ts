/**
 * Another desk has given the clinic a new signing key while acts waited here that were signed with the one before: the hub can
 * never take them. They are taken out of the queue, with what stands on them, until whoever wrote them signs them anew; all
 * else goes on without them.
 */
import { decodeEvent } from '../../../shared/ledger/event.ts';
import type { Verify } from '../../../shared/ledger/founding.ts';
import type { Hash } from '../../../shared/ledger/merkle.ts';
import {
  type BlockWriter,
  type JudgedEvent,
  judgeBlock,
  PageView,
  type Rules,
  type StateView,
} from '../../../shared/ledger/rules.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { openSealed } from '../../ledger/fold.ts';
import { loadState } from '../../ledger/state-rows.store.ts';
import type { Queryable } from '../../storage/database.ts';
import { unsettledBlocks } from '../clinic-writes.store.ts';
import type { AsideAct } from './aside.store.ts';
import type { WaitingBlock } from './continuity.store.ts';

/** Acts that their author can sign anew. Approvals of others' wishes are given up: the hub still has what was asked for. */
const SIGNED_ANEW: ReadonlySet<string> = new Set(['consent.granted', 'device.enrolled']);

/** Whether an act that was taken out of the queue is to come back. */
export const comesBack = ({ event, isStale }: FoundAside): boolean => !isStale || SIGNED_ANEW.has(decodeEvent(event).type);

type FoundAside = Omit<AsideAct, 'sequence'>;

/** Acts in `waiting` whose signatures by the clinic do not hold over the state as it stands, and rights that fall with them. */
export async function findAside(
  connection: Queryable,
  { hash, rules, verify }: { readonly hash: Hash; readonly rules: Rules; readonly verify: Verify },
  waiting: readonly WaitingBlock[],
): Promise<FoundAside[]> {
  const blocks = (await unsettledBlocks(connection)).map(({ hash: name, bytes }) => openSealed(hash, rules, bytes, name));
  const view = new PageView(await loadState(connection, [...new Set(blocks.flatMap(({ reads }) => reads))]));
  const names = new Set(waiting.map((block) => block.hash.toString('hex')));
  const found: FoundAside[] = [];
  for (const opened of blocks) {
    if (!names.has(Buffer.from(opened.hash).toString('hex'))) {
      judgeBlock(view, opened);
      continue;
    }
    const isStale = opened.events.map((event) => !holds(view, event, opened.writer, verify));
    const standing = opened.events.filter((_, at) => !isStale[at]);
    const before = found.length > 0 || isStale.includes(true);
    const judgements = judgeBlock(view, { ...opened, events: standing });
    for (const [at, act] of opened.block.events.entries()) {
      const judged = judgements[standing.indexOf(opened.events[at] as JudgedEvent)];
      if (isStale[at] || (before && judged?.verdict === 'refused')) found.push({ ...act, isStale: isStale[at] === true });
    }
  }
  return found;
}

function holds(view: StateView, { typed, rule }: JudgedEvent, writer: BlockWriter, verify: Verify): boolean {
  try {
    const claims = rule.signatures?.(view, typed, writer) ?? [];
    return claims.every(({ key, message, signature }) => verify(key, message, signature));
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}
