/**
 * The book of lies: what this device has caught others at, or suspects, is kept in it before anything else happens, and stays
 * over restarts. What stops syncing stays until a person resolves it; nothing in it stops the work at this desk.
 */
import { compareBytes, equalBytes, fromBase64, toBase64, toHex, utf8 } from '../../../shared/encoding/bytes.ts';
import { blockHash, openBlock } from '../../../shared/ledger/block.ts';
import { counted } from '../../../shared/outcome/counted.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { type Evidence, makeEvidence, writeEvidence } from '../../../shared/sync/evidence.ts';
import { frozenFor } from '../../../shared/sync/freeze.ts';
import { readSetting } from '../clinic.store.ts';
import { writeSetting } from '../clinic-writes.store.ts';
import type { HubClient } from '../hub-client.ts';
import { acknowledgedBlocks, forgetReceipts } from '../transfer.store.ts';
import { Caught, caught } from './caught.ts';
import {
  acknowledgeEvidence,
  type EvidenceRow,
  listEvidence,
  type NewEvidence,
  resolveByItself,
  resolveStopping,
  writeEvidenceRow,
} from './evidence.store.ts';
import { type EvidenceContext, gatherEvidence, holdsAlone, missingBlock } from './gather-evidence.ts';

export interface EvidenceBookOptions extends EvidenceContext {
  readonly chain: Uint8Array;
  readonly device: Uint8Array;
  readonly clock: () => number;
}

/** Name of the setting with the last equivocation that was fetched. */
const EQUIVOCATIONS = 'equivocations';
/** Equivocations are looked for this often. */
const LOOK_MS = 60_000;

export class EvidenceBook {
  readonly #options: EvidenceBookOptions;
  #rows: readonly EvidenceRow[];
  #lookedAt = Number.NEGATIVE_INFINITY;

  private constructor(options: EvidenceBookOptions, rows: readonly EvidenceRow[]) {
    this.#options = options;
    this.#rows = rows;
  }

  static async open(options: EvidenceBookOptions): Promise<EvidenceBook> {
    return new EvidenceBook(options, await listEvidence(options.database.read));
  }

  /** What nobody has resolved and did not end by itself, the newest first. */
  get alarms(): readonly EvidenceRow[] {
    return this.#rows.filter(({ resolvedAt }) => resolvedAt === null);
  }

  /** Why syncing has stopped, undefined when it has not. */
  get stopping(): Failure | undefined {
    const row = this.alarms.find(({ stops }) => stops);
    return row && new Failure(row.code, row.message);
  }

  /** Keeps what the hub was caught at, with the evidence that can be had. Durable when it returns; gives what it is called. */
  async keepCaught(failure: Failure, hub: HubClient): Promise<Failure> {
    const { clock } = this.#options;
    const evidence = failure instanceof Caught ? await gatherEvidence(this.#options, failure, hub) : undefined;
    const named = evidence ? nameOf(evidence, failure) : failure;
    const { code, message } = named;
    await this.#keep({ code, about: 'hub', message, since: clock(), stops: true, file: evidence && writeEvidence(evidence) });
    return named;
  }

  /** Whether the acts that the hub has acknowledged are in the ledger where it said; those that are not are sent again. */
  async checkReceipts(hub: HubClient): Promise<void> {
    const { database, clock } = this.#options;
    const [waiting] = await acknowledgedBlocks(database.read, 1);
    if (!waiting) return;
    const found = await missingBlock(this.#options, waiting.receipt, hub);
    if (!found) return;
    await this.#keep({
      code: 'sync.block-withheld',
      about: toHex(waiting.hash),
      message: `The hub acknowledged acts of this desk up to position ${found.index} and then left them out of the ledger. They are sent again.`,
      since: clock(),
      stops: false,
      file: writeEvidence(found.evidence),
    });
    await database.write((transaction) => forgetReceipts(transaction, waiting.hash));
  }

  /** Takes in what the hub knows of devices that sealed two blocks at one height; once a minute, or `now`. */
  async fetchEquivocations(hub: HubClient, now = false): Promise<void> {
    const { database, clock } = this.#options;
    // Either way: a clock that was set back must not keep it from looking.
    if (!now && Math.abs(clock() - this.#lookedAt) < LOOK_MS) return;
    this.#lookedAt = clock();
    const after = Number((await readSetting(database.read, EQUIVOCATIONS))?.toString('utf8') ?? 0);
    const { equivocations } = await hub.ask<{ equivocations?: Array<{ sequence: number; blocks: string[] }> }>('Equivocations', {
      after,
    });
    for (const { sequence, blocks } of equivocations ?? []) {
      if (!Number.isSafeInteger(sequence) || sequence <= after) return;
      await this.keepEquivocation(blocks.map(fromBase64));
      await database.write((transaction) => writeSetting(transaction, EQUIVOCATIONS, utf8(String(sequence))), { group: true });
    }
  }

  /** Keeps two blocks of one device at one height, unless they prove nothing. */
  async keepEquivocation(sealed: readonly Uint8Array[]): Promise<void> {
    const { hash, chain, device, clock } = this.#options;
    const [a, b] = [...sealed].sort((x, y) => compareBytes(blockHash(hash, x), blockHash(hash, y)));
    if (!a || !b) return;
    const evidence = makeEvidence('equivocation', { blocks: [toBase64(a), toBase64(b)] });
    if (!holdsAlone(this.#options, evidence)) return;
    const { block } = openBlock(a);
    const about = toHex(block.device);
    const isOwn = equalBytes(block.device, device);
    const isOurs = equalBytes(block.chain, chain);
    const code = isOwn ? 'sync.own-equivocation' : isOurs ? 'sync.clinic-equivocation' : 'sync.equivocation';
    const message = isOwn
      ? 'This device has sealed two different blocks at one height: its data folder was copied and both copies were used.'
      : `Device ${about.slice(0, 16)} has sealed two different blocks at one height: its data folder was copied, or it lies.`;
    await this.#keep({ code, about, message, since: clock(), stops: false, file: writeEvidence(evidence) });
  }

  /** Raises the alarm that the ledger stands still, or ends it. */
  async watchFreeze(witnessedAt: number | undefined, isConnected: boolean): Promise<void> {
    const { database, clock } = this.#options;
    const now = clock();
    const age = witnessedAt === undefined ? undefined : frozenFor(witnessedAt, now, isConnected);
    const isOpen = this.alarms.some(({ code }) => code === 'sync.frozen');
    if (age !== undefined && !isOpen) {
      const message = `For ${counted(Math.round(age / 60_000), 'minute')} no witness has confirmed the ledger that the hub shows: it may be old.`;
      await this.#keep({ code: 'sync.frozen', about: 'hub', message, since: now, stops: false, file: undefined });
    } else if (age === undefined && isOpen && isConnected) {
      await database.write((transaction) => resolveByItself(transaction, 'sync.frozen', 'hub', now));
      await this.reread();
    }
  }

  async acknowledge(id: number, staff: string): Promise<void> {
    const { database, clock } = this.#options;
    await database.write((transaction) => acknowledgeEvidence(transaction, id, staff, clock()));
    await this.reread();
  }

  /** A person answers for going on after what stopped syncing. */
  async resolve(staff: string): Promise<void> {
    const { database, clock } = this.#options;
    await database.write((transaction) => resolveStopping(transaction, staff, clock()));
    await this.reread();
  }

  async #keep(row: NewEvidence): Promise<void> {
    await this.#options.database.write((transaction) => writeEvidenceRow(transaction, row));
    await this.reread();
  }

  /** What stands in the book by now. */
  async reread(): Promise<void> {
    this.#rows = await listEvidence(this.#options.database.read);
  }
}

/** What the evidence shows says more than where it was first noticed. */
function nameOf({ kind }: Evidence, noticed: Failure): Failure {
  // A hub that says that it was restored has forked its ledger too, and has said so.
  if (kind !== 'fork' || /^sync\.(?:split-view|hub-restored)$/.test(noticed.code)) return noticed;
  return caught('sync.split-view', 'The hub has signed two ledgers of which neither continues the other.', noticed.details);
}
