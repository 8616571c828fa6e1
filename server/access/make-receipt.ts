/** Makes the receipt of an access log: the lines about a patient that the ledger counts, each with its proof. */
import { type AccessReceipt, isShowable, type ReceiptLog, receiptLine } from '../../shared/access/access-receipt.ts';
import { accessSealedBody } from '../../shared/access/access-rules.ts';
import { equalBytes, fromBase64, fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { openBlock } from '../../shared/ledger/block.ts';
import { decodeEvent } from '../../shared/ledger/event.ts';
import { CompactRange, inclusionProof, leafHash, type NodeSource, rootAt } from '../../shared/ledger/merkle.ts';
import type { Receipt } from '../../shared/ledger/receipt.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { AccessLine } from '../../shared/sync/access-line.ts';
import type { VaultContext } from '../sync/vault-context/vault-context.ts';
import { hashParts } from '../vault/hash-parts.ts';
import { type Numbered, numberedLines } from './completeness.ts';
import type { LineRows } from './line-rows.ts';

export interface MadeReceipt {
  readonly json: string;
  readonly lines: number;
  /** Lines of this clinic about the patient that the ledger does not count yet, whose computer has not told all of its lines, or of suite 1. */
  readonly waiting: number;
}

/**
 * @param lines about one patient, of this clinic
 * @throws {Failure} `ledger.pending` when none of them stands under a checkpoint; `access.log-altered`.
 */
export async function makeAccessReceipt(
  context: VaultContext,
  rows: LineRows,
  patient: string,
  lines: readonly AccessLine[],
): Promise<MadeReceipt> {
  const logs: ReceiptLog[] = [];
  for (const [device, theirs] of Map.groupBy(lines, (line) => line.device)) {
    const anchor = JSON.parse(await context.gateway.accessReceipt(fromHex(device))) as Receipt | null;
    const log =
      anchor && (await logOf(anchor, await numberedLines(context, rows, device), theirs, device === toHex(context.device)));
    if (log) logs.push(log);
  }
  const counted = logs.reduce((sum, log) => sum + log.lines.length, 0);
  if (counted === 0)
    throw new Failure(
      'ledger.pending',
      "These lines are saved here and not in the region's ledger yet. Sync first, then ask again.",
      {
        retry: true,
      },
    );
  const receipt: AccessReceipt = { careledger: 'access-receipt/2', patient, logs };
  return { json: JSON.stringify(receipt, null, 1), lines: counted, waiting: lines.length - counted };
}

/** Undefined when nothing of it is counted yet, or not every line of the computer is here. */
async function logOf(
  anchor: Receipt,
  all: readonly Numbered[],
  lines: readonly AccessLine[],
  isOwn: boolean,
): Promise<ReceiptLog | undefined> {
  const { root, count } = sealedIn(anchor);
  const counted = lines
    .filter((line) => line.sequence <= count && isShowable(line))
    .sort((one, other) => one.sequence - other.sequence);
  if (counted.length === 0 || (all.length < count && !isOwn)) return undefined;
  const node = treeOver(all.slice(0, count).map(({ entry }) => entry));
  if (all.length < count || !equalBytes(await rootAt(hashParts, count, node), root))
    throw new Failure(
      'access.log-altered',
      'Lines of this access log are not those that the ledger counts: no receipt can be made. Run `careledger verify`, and tell your administrator.',
    );
  const proven = counted.map(async (line) =>
    receiptLine(hashParts, line, await inclusionProof(hashParts, line.sequence - 1, count, node)),
  );
  return { anchor, lines: await Promise.all(proven) };
}

function sealedIn({ block, event }: Receipt) {
  const signed = openBlock(fromBase64(block)).block.events[event];
  if (!signed) throw new Failure('receipt.malformed', 'The receipt names an event that its block does not have.');
  return decode(accessSealedBody, decodeEvent(signed.event).body);
}

/** The complete subtrees over these entries. @param size how many come before them, whose right edge `nodes` is */
export function treeOver(entries: readonly Uint8Array[], size = 0, nodes: readonly Uint8Array[] = []): NodeSource {
  const known = new Map<string, Uint8Array>();
  const keep = (level: number, index: number, node: Uint8Array): unknown => known.set(`${level}/${index}`, node);
  let start = 0;
  for (const node of nodes) {
    const level = Math.floor(Math.log2(size - start));
    keep(level, start / 2 ** level, node);
    start += 2 ** level;
  }
  const range = new CompactRange(hashParts, size, nodes);
  for (const entry of entries) range.append(leafHash(hashParts, entry), keep);
  return async (level, index) => known.get(`${level}/${index}`) as Uint8Array;
}
