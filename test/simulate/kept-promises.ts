/** What desks and hub have said, and whether it stays true: saved is saved, acknowledged is in the ledger, once, at its place. */
import type { LocalWrite } from '../../server/sync/gateway.ts';
import { sha256Hex } from '../../server/vault/primitives.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { openReceipt } from '../../shared/sync/wire.ts';
import { type ParsedBlock, parseBlock } from './parsed-block.ts';
import type { SimulatedDesk } from './simulated-desk.ts';
import type { Check, SlowLedger } from './slow-ledger.ts';
import { Violation } from './world.ts';

/** An event's bytes name it: every act of a simulated desk has chance in it. */
const nameOf = (event: Uint8Array): string => sha256Hex(event);

interface Act {
  readonly desk: number;
  readonly write: LocalWrite;
  /** `begun` may or may not be there after a crash; `refused` must never be anywhere. */
  state: 'begun' | 'saved' | 'refused';
}

interface SavedBlock {
  readonly acts: readonly Act[];
  /** 0 saved here, 1 accepted by the hub, 2 in the ledger. */
  rank: number;
}

interface OwnBlockRow {
  readonly hash: Buffer;
  readonly bytes: Buffer | null;
  readonly position: number | null;
  readonly receipt: Buffer | null;
}

const RANKS = ['saved here', 'accepted by the hub', 'in the ledger'];

export class KeptPromises {
  readonly #acts = new Map<string, Act>();
  /** By desk, then by the block's name. */
  readonly #saved = new Map<number, Map<string, SavedBlock>>();
  readonly #placed = new Map<string, number>();
  readonly #check: Check;
  readonly #hubKey: Uint8Array;

  constructor(check: Check, hubKey: Uint8Array) {
    this.#check = check;
    this.#hubKey = hubKey;
  }

  begins(desk: SimulatedDesk, write: LocalWrite): void {
    const act: Act = { desk: desk.options.index, write, state: 'begun' };
    for (const { event } of write.events ?? []) this.#acts.set(nameOf(event), act);
  }

  saved(desk: SimulatedDesk, write: LocalWrite, block: Uint8Array): void {
    const acts = this.#actsOf(write);
    for (const act of acts) act.state = 'saved';
    if (acts.length > 0) this.#blocksOf(desk).set(toHex(block), { acts, rank: 0 });
  }

  refused(write: LocalWrite, code: string): void {
    if (code !== 'ledger.refused') throw new Violation('refusals', `a desk could not save an act: ${code}`);
    for (const act of this.#actsOf(write)) act.state = 'refused';
  }

  /** A block has its place in the ledger. */
  placed(block: ParsedBlock, position: number, isForeign: boolean): void {
    for (const event of block.events) {
      const name = nameOf(event.bytes);
      const act = this.#acts.get(name);
      if (act?.state === 'refused')
        throw new Violation('refusals', `an act that its desk refused to save is in the ledger at position ${position}`);
      if (!act && !isForeign)
        throw new Violation('nothing invented', `the ledger has an act at position ${position} that nobody did`);
      const before = this.#placed.get(name);
      if (before !== undefined)
        throw new Violation('never doubled', `one act is in the ledger twice, at positions ${before} and ${position}`);
      this.#placed.set(name, position);
    }
  }

  /** Holds what is on a desk's disk against what the desk has said; `truth` is the ledger that this desk follows. */
  async check(desk: SimulatedDesk, truth: SlowLedger): Promise<void> {
    const rows = await desk.storage.look<OwnBlockRow>('SELECT hash, bytes, position, receipt FROM own_block');
    const found = new Map(rows.map((row) => [toHex(row.hash), row]));
    const blocks = this.#blocksOf(desk);
    for (const [name, row] of found) if (!blocks.has(name)) this.#adopt(desk, name, row);
    const documents = await names(desk, 'SELECT hex(name) AS name FROM document WHERE block IS NOT NULL');
    const charts = await names(desk, "SELECT hex(key) AS name FROM vault_row WHERE kind = 'chart'");
    for (const [name, block] of blocks) {
      const row = found.get(name);
      if (!row) throw new Violation('saved stays', `${desk.name} has lost the block ${name.slice(0, 12)} that it said was saved`);
      for (const { write } of block.acts) {
        const lost = (write.documents ?? []).find((each) => !documents.has(toHex(each.name)) || !charts.has(toHex(each.name)));
        if (lost)
          throw new Violation('saved stays', `${desk.name} has lost a document or its chart entry that it said was saved`);
      }
      this.#checkRank(desk, name, block, row, truth);
    }
  }

  #checkRank(desk: SimulatedDesk, name: string, block: SavedBlock, row: OwnBlockRow, truth: SlowLedger): void {
    const rank = row.position !== null ? 2 : row.receipt ? 1 : 0;
    if (rank < block.rank)
      throw new Violation('saved stays', `${desk.name} said "${RANKS[block.rank]}" of an act and now says "${RANKS[rank]}"`);
    block.rank = rank;
    const at = row.position;
    if (at !== null && toHex(truth.blocks[at]?.hash ?? new Uint8Array()) !== name)
      throw new Violation('acknowledged stays', `${desk.name} says its block stands at ${at}, and another one does`);
    if (row.position === null && row.bytes === null)
      throw new Violation('saved stays', `${desk.name} no longer has the bytes of a block that the ledger does not have yet`);
    if (!row.receipt) return;
    const { index } = openReceipt(this.#check, this.#hubKey, row.receipt);
    if (toHex(truth.blocks[index]?.hash ?? new Uint8Array()) !== name)
      throw new Violation(
        'acknowledged stays',
        `the hub acknowledged a block of ${desk.name} at position ${index}, and it is not there`,
      );
  }

  /** Every act that a desk said was saved is in the ledger; for when all have caught up. */
  checkDelivered(desk: SimulatedDesk): void {
    for (const { acts } of this.#blocksOf(desk).values())
      for (const { write } of acts)
        for (const { event } of write.events ?? [])
          if (!this.#placed.has(nameOf(event)))
            throw new Violation('acknowledged stays', `an act that ${desk.name} said was saved never reached the ledger`);
  }

  /** A block that came to be just before a crash: of an act that was begun, and now counts as saved. */
  #adopt(desk: SimulatedDesk, name: string, row: OwnBlockRow): void {
    const events = row.bytes ? parseBlock(row.bytes).events : [];
    const acts = new Set(events.map(({ bytes }) => this.#acts.get(nameOf(bytes))));
    for (const act of acts) {
      if (!act || act.desk !== desk.options.index || act.state === 'refused')
        throw new Violation('nothing invented', `${desk.name} has a block of an act that nobody did there`);
      act.state = 'saved';
    }
    if (acts.size === 0) throw new Violation('nothing invented', `${desk.name} has a block that it never told of`);
    this.#blocksOf(desk).set(name, { acts: [...acts] as Act[], rank: 0 });
  }

  #actsOf(write: LocalWrite): Act[] {
    return [...new Set((write.events ?? []).flatMap(({ event }) => this.#acts.get(nameOf(event)) ?? []))];
  }

  #blocksOf(desk: SimulatedDesk): Map<string, SavedBlock> {
    const { index } = desk.options;
    const known = this.#saved.get(index) ?? new Map<string, SavedBlock>();
    this.#saved.set(index, known);
    return known;
  }
}

async function names(desk: SimulatedDesk, sql: string): Promise<Set<string>> {
  const rows = await desk.storage.look<{ name: string }>(sql);
  return new Set(rows.map(({ name }) => name.toLowerCase()));
}
