/**
 * What this desk does when the region's hub was restored from a backup: it shows the hub what it has signed, gives back the blocks
 * that the hub lacks, and sends again what only the hub had taken. A hub that went on without them has forked its ledger: that is
 * named as what it is, and a person decides.
 */
import { fromBase64, fromUtf8, toBase64, utf8 } from '../../../shared/encoding/bytes.ts';
import { type Checkpoint, claimedHead } from '../../../shared/ledger/checkpoint.ts';
import type { Verify } from '../../../shared/ledger/founding.ts';
import { consistencyProof, type Hash } from '../../../shared/ledger/merkle.ts';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import { openRestoration, type RestorationStatement } from '../../../shared/sync/restoration.ts';
import { LIMITS } from '../../../shared/sync/wire.ts';
import { readBlocks } from '../../ledger/blocks.store.ts';
import { nodeSource } from '../../ledger/tree-nodes.store.ts';
import type { Database } from '../../storage/database.ts';
import { readSetting } from '../clinic.store.ts';
import { writeSetting } from '../clinic-writes.store.ts';
import type { HubClient } from '../hub-client.ts';
import type { Replica } from '../replica.ts';
import { Caught, isCaught } from './caught.ts';
import { sendAgain } from './restored-hub.store.ts';

interface RestoredHubOptions {
  readonly database: Database;
  readonly hash: Hash;
  readonly verify: Verify;
}

/** What is remembered of the newest restoration: its name, and whether this replica is on the ledger with which the hub went on. */
interface Met {
  readonly began: number;
  readonly isSettled: boolean;
}

/** Name of the setting with it. */
const MET = 'hub-restoration';
/** Sealed bytes in one call: base64 makes them a third longer. */
const BATCH_BYTES = LIMITS.bodyBytes / 2;

export class RestoredHub {
  readonly #options: RestoredHubOptions;
  #statement: RestorationStatement | undefined;

  constructor(options: RestoredHubOptions) {
    this.#options = options;
  }

  /** The hub orders nothing new yet. */
  get isRecovering(): boolean {
    return this.#statement?.phase === 'recovering';
  }

  /**
   * Asks whether the hub was restored, and gives back what it lacks while it takes it.
   */
  async meet(hub: HubClient, replica: Replica): Promise<RestorationStatement | undefined> {
    await this.#ask(hub, replica);
    if (this.isRecovering) await this.#giveBack(hub, replica);
    return this.#statement;
  }

  /**
   * Goes on to the hub's newest checkpoint. A hub that was restored lies as little as one that never lost anything: what it lacks
   * is given back, or named.
   * @throws {Failure} as `Replica.catchUp`; `sync.hub-restored`, `sync.hub-recovering`.
   */
  async catchUp(hub: HubClient, replica: Replica, onPage: (size: number, target: number) => void): Promise<Checkpoint> {
    try {
      const target = await replica.catchUp(hub, onPage);
      await this.#followed(target.size);
      return target;
    } catch (error) {
      if (!isCaught(asFailure(error))) throw error;
      const statement = await this.#explain(hub, replica);
      if (!statement) throw error;
      if (statement.phase === 'resumed') throw hubLacks(statement, replica.checkpoint?.size ?? 0, error);
      return replica.catchUp(hub, onPage).catch(() => {
        throw HUB_RECOVERING;
      });
    }
  }

  /**
   * The hub's ledger contradicts this replica. Gives its word on a restoration that may explain it, after showing the hub what it
   * has signed; undefined when nothing does.
   */
  async #explain(hub: HubClient, replica: Replica): Promise<RestorationStatement | undefined> {
    const { checkpoint } = replica;
    if (!checkpoint) return undefined;
    try {
      await this.#show(hub, checkpoint);
    } catch {
      // It answers nothing, or it has gone on without these blocks: what it then says of itself counts.
    }
    const statement = await this.meet(hub, replica).catch(() => undefined);
    if (!statement || (await this.#met())?.isSettled) return undefined;
    return statement.phase === 'recovering' || statement.size < checkpoint.size ? statement : undefined;
  }

  /** This replica has followed the hub's ledger beyond the place where it went on: from here on no restoration explains a contradiction. */
  async #followed(size: number): Promise<void> {
    const statement = this.#statement;
    if (statement?.phase !== 'resumed' || size < statement.size || (await this.#met())?.isSettled) return;
    await this.#remember({ began: statement.began, isSettled: true });
  }

  /** How many blocks this replica and the hub have in common, by the hub's word. */
  get common(): number | undefined {
    return this.#statement?.phase === 'resumed' ? this.#statement.size : undefined;
  }

  async #ask(hub: HubClient, { policies }: Replica): Promise<void> {
    const { database, verify } = this.#options;
    const { restoration } = await hub.ask<{ restoration?: string | null }>('Restoration');
    this.#statement = restoration ? openRestoration(verify, policies.current.activeHubKey, fromBase64(restoration)) : undefined;
    const statement = this.#statement;
    if (!statement || (await this.#met())?.began === statement.began) return;
    const met: Met = { began: statement.began, isSettled: false };
    await database.write(async (transaction) => {
      await sendAgain(transaction, statement.restored);
      await writeSetting(transaction, MET, utf8(JSON.stringify(met)));
    });
  }

  async #show(hub: HubClient, checkpoint: Checkpoint): Promise<void> {
    const from = await sizeOfHub(hub);
    if (from < checkpoint.size) await this.#bring(hub, checkpoint, from, []);
  }

  async #giveBack(hub: HubClient, { checkpoint, historyFrom }: Replica): Promise<void> {
    const { read } = this.#options.database;
    if (!checkpoint) return;
    let from = await sizeOfHub(hub);
    while (from < checkpoint.size && from >= historyFrom) {
      const stored = await readBlocks(read, from, Math.min(LIMITS.blocksPerSubmission, checkpoint.size - from));
      const blocks: Uint8Array[] = [];
      let bytes = 0;
      for (const block of stored) {
        bytes += block.bytes.length;
        if (blocks.length > 0 && bytes > BATCH_BYTES) break;
        blocks.push(block.bytes);
      }
      const size = await this.#bring(hub, checkpoint, from, blocks);
      if (size <= from) return;
      from = size;
    }
  }

  async #bring(hub: HubClient, checkpoint: Checkpoint, from: number, blocks: readonly Uint8Array[]): Promise<number> {
    const { database, hash } = this.#options;
    const proof = await consistencyProof(hash, from + blocks.length, checkpoint.size, nodeSource(database.read, hash));
    const { returnBlocks } = await hub.ask<{ returnBlocks: number }>('ReturnBlocks', {
      checkpoint: checkpoint.note,
      from,
      blocks: blocks.map(toBase64),
      proof: proof.map(toBase64),
    });
    return returnBlocks;
  }

  async #met(): Promise<Met | undefined> {
    const text = await readSetting(this.#options.database.read, MET);
    return text && (JSON.parse(fromUtf8(text)) as Met);
  }

  async #remember(met: Met): Promise<void> {
    await this.#options.database.write((transaction) => writeSetting(transaction, MET, utf8(JSON.stringify(met))));
  }
}

async function sizeOfHub(hub: HubClient): Promise<number> {
  return claimedHead((await hub.ask<{ checkpoint: string }>('Checkpoint')).checkpoint).size;
}

/** While the hub recovers, what is written here waits. */
export const HUB_RECOVERING = new Failure(
  'sync.hub-recovering',
  'The hub was restored from a backup. It takes back what clinics hold and orders nothing new before the witness clinics have confirmed it. What you write is kept here and sent then.',
  { retry: true },
);

/** Asked to follow a restored hub that says nothing of the kind. */
export const NOT_RESTORED = new Failure(
  'sync.not-restored',
  'The hub does not say that it was restored and went on without what is here. Nothing was changed.',
);

/** What `failure` is when the hub says that it was restored and went on: it lacks blocks that this replica holds. */
function hubLacks(statement: RestorationStatement, size: number, failure: unknown): Failure {
  const lost = new Caught(
    'sync.hub-restored',
    `The hub says that it was restored from a backup, and it has gone on without positions ${statement.size} to ${size - 1} of the ledger, which this desk holds. Nothing here was changed; syncing has stopped until an administrator decides.`,
    { details: { from: statement.size, to: size - 1 } },
  );
  const found = asFailure(failure);
  if (found instanceof Caught) lost.shown = found.shown;
  return lost;
}
