/** Judges any evidence: what its file shows alone, and what the rules come to when they are run over the blocks in it. */
import { setImmediate } from 'node:timers/promises';
import { equalBytes, fromBase64 } from '../../../shared/encoding/bytes.ts';
import type { Checkpoint } from '../../../shared/ledger/checkpoint.ts';
import { counted } from '../../../shared/outcome/counted.ts';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import type { Evidence, EvidenceOf } from '../../../shared/sync/evidence.ts';
import {
  badBlockVerdict,
  type EvidenceTools,
  type EvidenceVerdict,
  hubAt,
  judgeAlone,
  notShown,
  openStrictly,
  placedBlock,
  type Standing,
  standingOf,
  tooOld,
} from '../../../shared/sync/evidence-verdict.ts';
import { Replay } from '../../ledger/replay.ts';

/** Blocks of a replica from a position on, at most so many. */
type ReplicaBlocks = (from: number, limit: number) => Promise<readonly Uint8Array[]>;

const PAGE = 2000;
/** Blocks after which others get their turn. */
const TURN = 100;

/**
 * @param replica whose blocks stand in front of those that the file carries, where it does not carry all of them.
 * @throws {Failure} as `judgeAlone`; `evidence.needs-replica`, `evidence.replica-elsewhere`.
 */
export async function judgeEvidence(tools: EvidenceTools, evidence: Evidence, replica?: ReplicaBlocks): Promise<EvidenceVerdict> {
  const alone = judgeAlone(tools, evidence);
  if (alone) return alone;
  switch (evidence.kind) {
    case 'block':
      return judgeBlock(tools, evidence, replica);
    case 'effects':
    case 'state':
      return judgeResult(tools, evidence, replica);
    default:
      throw notShown('its kind is not judged here');
  }
}

async function judgeBlock(
  tools: EvidenceTools,
  evidence: EvidenceOf<'block'>,
  replica: ReplicaBlocks | undefined,
): Promise<EvidenceVerdict> {
  const standing = standingOf(tools, evidence);
  const root = placedBlock(tools, standing, evidence);
  const replay = await replayed(tools, standing, evidence, replica);
  const sealed = fromBase64(evidence.block);
  const fault = await replay.add(sealed).then(
    () => undefined,
    (error: unknown) => asFailure(error),
  );
  if (!fault) throw notShown('the block may stand where it stands');
  if (fault.code === 'ledger.update-needed') throw tooOld(fault);
  if (!equalBytes(replay.rootWith(sealed), root)) throw elsewhere(evidence.from);
  return badBlockVerdict(evidence, standing, `${fault.message} (${fault.code})`);
}

async function judgeResult(
  tools: EvidenceTools,
  evidence: EvidenceOf<'effects'> | EvidenceOf<'state'>,
  replica: ReplicaBlocks | undefined,
): Promise<EvidenceVerdict> {
  const standing = standingOf(tools, evidence);
  const checkpoint = openStrictly(tools, standing, evidence.checkpoint);
  const { from, blocks } = evidence;
  if (from + blocks.length !== checkpoint.size) throw notShown('its blocks do not reach the checkpoint');
  let state: Uint8Array | undefined;
  const replay = await replayed(tools, standing, evidence, replica, (reached) => {
    if (reached.head.size === checkpoint.state?.size) state = reached.stateRoot();
  });
  if (!equalBytes(replay.head.range.root(), checkpoint.root)) throw elsewhere(from);
  const isLie =
    evidence.kind === 'effects'
      ? !equalBytes(replay.head.effects, checkpoint.effects)
      : state !== undefined && !equalBytes(state, (checkpoint.state as NonNullable<Checkpoint['state']>).root);
  if (!isLie) throw notShown('the rules come to what the hub signed');
  const what = evidence.kind === 'effects' ? 'effects' : `state after ${counted(checkpoint.state?.size ?? 0, 'block')}`;
  const shows = `The hub signed other ${what} at size ${checkpoint.size} than the rules of the ledger have.`;
  return { kind: evidence.kind, accused: [hubAt(standing, checkpoint.size)], region: standing.region, shows };
}

/** The ledger as it stands after the blocks in front: the replica's, then those in the file. */
async function replayed(
  tools: EvidenceTools,
  { region }: Standing,
  { from, blocks }: { readonly from: number; readonly blocks: readonly string[] },
  replica: ReplicaBlocks | undefined,
  reached: (replay: Replay) => void = () => undefined,
): Promise<Replay> {
  const replay = Replay.fromGenesis(tools, region);
  if (from > 0 && !replica)
    throw new Failure(
      'evidence.needs-replica',
      `This evidence rests on the ${counted(from, 'block')} in front of what it carries: judge it beside a replica of the region, with --data.`,
    );
  const add = async (sealed: Uint8Array): Promise<void> => {
    await replay.add(sealed).catch((error: unknown) => {
      if (asFailure(error).code === 'ledger.update-needed') throw tooOld(error);
      throw notShown(`a block in front of what it is about does not hold (${asFailure(error).code})`);
    });
    reached(replay);
    if (replay.head.size % TURN === 0) await setImmediate();
  };
  while (replay.head.size < from) {
    const page = (await replica?.(replay.head.size, Math.min(PAGE, from - replay.head.size))) ?? [];
    if (page.length === 0) throw elsewhere(from);
    for (const sealed of page) await add(sealed);
  }
  for (const block of blocks) await add(fromBase64(block));
  return replay;
}

const elsewhere = (from: number): Failure =>
  from === 0
    ? notShown('its blocks do not lie under the checkpoint')
    : new Failure(
        'evidence.replica-elsewhere',
        'The replica here does not hold the blocks that this evidence stands on: it is of another history or not so far yet.',
      );
