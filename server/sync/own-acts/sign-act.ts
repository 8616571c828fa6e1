/** How what the vault writes becomes blocks: signed by this device one after the other, and judged over what is pending before anything is written. */
import { toHex } from '../../../shared/encoding/bytes.ts';
import type { ChainPosition } from '../../../shared/ledger/admission.ts';
import type { Judgement, Rules } from '../../../shared/ledger/rules.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import type { Queryable } from '../../storage/database.ts';
import type { LocalWrite, OutgoingEvent } from '../gateway.ts';
import type { Act } from './act.store.ts';
import { reasonsOf } from './lay-pending.ts';
import type { ChainOptions } from './own-chain.ts';
import { following, judgePending, loadOverlaid, type SealedBlock, sealBlock } from './pending.ts';

interface SigningPlace extends Pick<ChainOptions, 'hash' | 'author' | 'clock'> {
  readonly read: Queryable;
  readonly rules: Rules;
  /** Where the device's chain goes on. */
  readonly at: ChainPosition;
}

interface SignedAct {
  readonly blocks: readonly SealedBlock[];
  /** State keys that it was judged by. */
  readonly keys: readonly string[];
  /** Of each block, of each of its events. */
  readonly judgements: ReadonlyArray<readonly Judgement[]>;
  readonly changes: Act['pending'];
}

/** Signs a block of each of `portions` and judges them over what is pending. @throws {Failure} `ledger.refused`; as `admitBlock`. */
export async function signAct(place: SigningPlace, portions: ReadonlyArray<readonly OutgoingEvent[]>): Promise<SignedAct> {
  const blocks = seal(place, portions);
  const opened = blocks.map((block) => block.opened);
  const keys = [...new Set(opened.flatMap(({ reads }) => reads))];
  const rows = keys.length > 0 ? await loadOverlaid(place.read, keys) : new Map<string, Uint8Array | undefined>();
  const { judgements, changes } = judgePending(rows, opened);
  for (const judgement of judgements.flat()) refuseRights(judgement);
  return { blocks, keys, judgements, changes };
}

/** What of it is written together with the vault's own rows and documents. */
export function actOf({ blocks, judgements, changes }: SignedAct, write: LocalWrite): Act {
  return {
    blocks: blocks.map(({ sealed, opened: { hash: name, block } }, at) => ({
      hash: name,
      epoch: block.epoch,
      height: block.height,
      bytes: sealed,
      reasons: reasonsOf(judgements[at] ?? []),
    })),
    pending: changes,
    write,
    places: placesOf(write, blocks),
  };
}

function seal(
  { hash, author, clock, rules, at }: SigningPlace,
  portions: ReadonlyArray<readonly OutgoingEvent[]>,
): SealedBlock[] {
  let next = at;
  return portions.map((events) => {
    const block = sealBlock({ hash, rules, author }, next, clock(), events);
    next = following(next, block.opened.hash);
    return block;
  });
}

function refuseRights(judgement: Judgement): void {
  if (judgement.verdict !== 'refused') return;
  throw new Failure('ledger.refused', `The rules of the ledger refuse this: ${judgement.reason ?? 'no reason given'}.`, {
    details: { reason: judgement.reason ?? '' },
  });
}

/** Which block and event each document of a write belongs to, by hexadecimal name. */
function placesOf(write: LocalWrite, blocks: readonly SealedBlock[]): Map<string, { block: Uint8Array; event: number }> {
  const places = new Map<string, { block: Uint8Array; event: number }>();
  let block = 0;
  let event = 0;
  for (const { document } of write.events ?? []) {
    if (event === blocks[block]?.opened.events.length) {
      block += 1;
      event = 0;
    }
    if (document) places.set(toHex(document), { block: (blocks[block] as SealedBlock).opened.hash, event });
    event += 1;
  }
  return places;
}
