/** What desks and hub have said, and whether it stays true: saved is saved, acknowledged is in the ledger, once, at its place. */
import type { LocalWrite } from '../../server/sync/gateway.ts';
import { sha256Hex } from '../../server/vault/primitives.ts';
import { equalBytes, toHex } from '../../shared/encoding/bytes.ts';
import { openReceipt } from '../../shared/sync/submission.ts';
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
  /** Events by the name of their block. */
  readonly #events = new Map<string, readonly string[]>();
  readonly #placed = new Map<string, number>();
  readonly #restoredDesks = new Set<number>();
  /** Documents that their desk has begun to erase: from then on they may be there or not. */
  readonly #ending = new Set<string>();
  readonly #check: Check;
  readonly #hubKey: Uint8Array;

  constructor(check: Check, hubKey: Uint8Array) {
    this.#check = check;
    this.#hubKey = hubKey;
  }

  begins(desk: SimulatedDesk, write: LocalWrite): void {
    for (const { kind, key, sealed } of write.rows ?? []) if (kind === 'chart' && sealed === null) this.#ending.add(toHex(key));
    const act: Act = { desk: desk.options.index, write, state: 'begun', rank: 0 };
    for (const { event } of write.events ?? []) this.#acts.set(nameOf(event), act);
  }

  saved(write: LocalWrite): void {
    for (const act of this.#actsOf(write)) act.state = 'saved';
  }

  /** The desk's disk was put back to an earlier one: what had not left it may be gone, and it says again what it said then. */
  restored(desk: SimulatedDesk): void {
    this.#restoredDesks.add(desk.options.index);
    for (const [name, act] of this.#acts) {
      if (act.desk !== desk.options.index) continue;
      act.rank = 0;
      if (act.state === 'saved' && !this.#placed.has(name)) act.state = 'begun';
    }
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
    const found = new Map<string, OwnBlockRow>();
    for (const row of rows) {
      this.#checkPlace(desk, row, truth);
      for (const event of this.#eventsOf(row, truth)) found.set(event, row);
    }
    for (const name of found.keys()) this.#adopt(desk, name);
    const documents = await names(desk, 'SELECT hex(name) AS name FROM document WHERE block IS NOT NULL');
    const charts = await names(desk, "SELECT hex(key) AS name FROM vault_row WHERE kind = 'chart'");
    for (const [name, act] of this.#acts) {
      if (act.desk !== desk.options.index || act.state !== 'saved') continue;
      const row = found.get(name);
      // What was restored from an earlier copy learns its later acts from the ledger again.
      if (!row && !this.#isAhead(name, truth, desk))
        throw new Violation('saved stays', `${desk.name} has lost an act that it said was saved`);
      if (!row) continue;
      const rank = row.position !== null ? 2 : row.receipt ? 1 : 0;
      if (rank < act.rank)
        throw new Violation('saved stays', `${desk.name} said "${RANKS[act.rank]}" of an act and now says "${RANKS[rank]}"`);
      act.rank = rank;
      const stays = (act.write.documents ?? []).map((each) => toHex(each.name)).filter((name) => !this.#ending.has(name));
      const lost = stays.find((name) => !documents.has(name) || !charts.has(name));
      if (lost && !this.#restoredDesks.has(act.desk))
        throw new Violation('saved stays', `${desk.name} has lost a document or its chart entry that it said was saved`);
    }
  }

  #isAhead(name: string, truth: SlowLedger, desk: SimulatedDesk): boolean {
    const position = this.#placed.get(name);
    return position !== undefined && position < truth.size && this.#restoredDesks.has(desk.options.index);
  }

  /** Where a block stands, and that it is whole, is as its row says. */
  #checkPlace(desk: SimulatedDesk, row: OwnBlockRow, truth: SlowLedger): void {
    const name = toHex(row.hash);
    const at = row.position;
    if (at !== null && toHex(truth.blocks[at]?.hash ?? new Uint8Array()) !== name)
      throw new Violation('acknowledged stays', `${desk.name} says its block stands at ${at}, and another one does`);
    if (at === null && row.bytes === null)
      throw new Violation('saved stays', `${desk.name} no longer has the bytes of a block that the ledger does not have yet`);
    if (!row.receipt) return;
    const { index, block } = openReceipt(this.#check, this.#hubKey, row.receipt);
    const upTo = truth.blocks.slice(0, index + 1);
    if (!equalBytes(upTo[index]?.hash ?? new Uint8Array(), block) || !upTo.some(({ hash }) => equalBytes(hash, row.hash)))
      throw new Violation(
        'acknowledged stays',
        `the hub acknowledged a block of ${desk.name} up to position ${index}, and it is not there`,
      );
  }

  #eventsOf(row: OwnBlockRow, truth: SlowLedger): readonly string[] {
    const name = toHex(row.hash);
    const known = this.#events.get(name);
    if (known) return known;
    const block = row.bytes ? parseBlock(row.bytes) : truth.blocks[row.position ?? -1];
    const events = (block?.events ?? []).map(({ bytes }) => nameOf(bytes));
    this.#events.set(name, events);
    return events;
  }

  /** Every act that a desk said was saved is in the ledger; for when all have caught up. */
  checkDelivered(desk: SimulatedDesk): void {
    for (const [name, act] of this.#acts)
      if (act.desk === desk.options.index && act.state === 'saved' && !this.#placed.has(name))
        throw new Violation('acknowledged stays', `an act that ${desk.name} said was saved never reached the ledger`);
  }

  /** An act that is on the disk after a crash cut its saving short counts as saved. */
  #adopt(desk: SimulatedDesk, name: string): void {
    const act = this.#acts.get(name);
    if (!act || act.desk !== desk.options.index || act.state === 'refused')
      throw new Violation('nothing invented', `${desk.name} has an act on its disk that nobody did there`);
    act.state = 'saved';
  }

  #actsOf(write: LocalWrite): Act[] {
    return [...new Set((write.events ?? []).flatMap(({ event }) => this.#acts.get(nameOf(event)) ?? []))];
  }
}

async function names(desk: SimulatedDesk, sql: string): Promise<Set<string>> {
  const rows = await desk.storage.look<{ name: string }>(sql);
  return new Set(rows.map(({ name }) => name.toLowerCase()));
}
