/**
 * What a hub does that was restored from a backup: it says so, takes back from clinics the blocks that it lost, byte for byte under
 * its own signed checkpoint, and orders nothing new before the quorum of the witnesses has confirmed that nothing witnessed is
 * missing, or its administrator goes on without. A witness that has cosigned more never cosigns less, so that any quorum that
 * confirms a head has somebody in it who would know of a later one.
 */
import { equalBytes } from '../../../shared/encoding/bytes.ts';
import { ownSignatures } from '../../../shared/ledger/admission.ts';
import { blockHash } from '../../../shared/ledger/block.ts';
import type { Checkpoint, TreeHead } from '../../../shared/ledger/checkpoint.ts';
import type { Region } from '../../../shared/ledger/founding.ts';
import { leafHash, verifyConsistency } from '../../../shared/ledger/merkle.ts';
import type { PolicyBook } from '../../../shared/ledger/policy-book.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { Turns } from '../../../shared/outcome/turns.ts';
import { RECOVERING, type RestorationStatement, signRestoration } from '../../../shared/sync/restoration.ts';
import { foldPage, openSealed, readsOf, roomInPage } from '../../ledger/fold.ts';
import { type LedgerHead, readHead } from '../../ledger/ledger.store.ts';
import { loadState } from '../../ledger/state-rows.store.ts';
import type { Database, WriteTransaction } from '../../storage/database.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { sign, verifySignature } from '../../vault/primitives.ts';
import { standingOf } from '../fleet/administrators.store.ts';
import { actIn, type MachineTools } from '../fleet/administrators.ts';
import { dropCosignatures } from '../hub.store.ts';
import type { Cosignatures } from '../sequencer/cosignatures.ts';
import type { Sequencer } from '../sequencer/sequencer.ts';
import type { SignatureWork } from '../sequencer/signature-pool.ts';
import {
  beginRestoration,
  endRestoration,
  newestRestoration,
  noteFork,
  noteKnown,
  type RestorationRow,
} from './restoration.store.ts';

interface RecoveryOptions {
  readonly database: Database;
  readonly region: Region;
  readonly policies: PolicyBook;
  readonly cosignatures: Cosignatures;
  readonly signatures: SignatureWork;
  readonly clock: () => number;
  readonly sequencer: () => Sequencer;
}

/** Blocks that somebody brings back. */
interface ReturnedBlocks {
  /** The newest checkpoint that they have, signed by this hub. */
  readonly checkpoint: string;
  /** Position of the first; the size of this hub's ledger. */
  readonly from: number;
  readonly blocks: readonly Uint8Array[];
  /** That the ledger up to the last of them lies under `checkpoint`. */
  readonly proof: readonly Uint8Array[];
}

export class Recovery {
  readonly #options: RecoveryOptions;
  /** With how many blocks this process began. */
  readonly #begunWith: number;
  #row: RestorationRow | undefined;
  readonly #turns = new Turns();

  private constructor(options: RecoveryOptions, begunWith: number, row: RestorationRow | undefined) {
    this.#options = options;
    this.#begunWith = begunWith;
    this.#row = row;
  }

  static async open(options: RecoveryOptions): Promise<Recovery> {
    const { read } = options.database;
    return new Recovery(options, (await readHead(read, hashParts))?.size ?? 0, await newestRestoration(read));
  }

  /** Why this hub orders nothing; undefined when it does. */
  async refusal(): Promise<Failure | undefined> {
    if (!this.#isOpen && !this.#options.database.share) return undefined;
    // Its administrator may have ended it beside the running hub; another process may have found out that it was restored.
    await this.#read();
    return this.#isOpen ? RECOVERING : undefined;
  }

  /** The signed word on the newest restoration, if there was one. */
  async statement(): Promise<Uint8Array | undefined> {
    await this.#read();
    const row = this.#row;
    if (!row) return undefined;
    const { region, sequencer } = this.#options;
    const { checkpoint, hubKey } = sequencer();
    const { began, restored, known, resumed } = row;
    const phase: RestorationStatement['phase'] = resumed === null ? 'recovering' : 'resumed';
    const statement = { region: region.id, began, restored, known, phase, size: resumed ?? checkpoint.size };
    return signRestoration(statement, (message) => sign(hubKey, message));
  }

  /**
   * Looks at a checkpoint that somebody holds, and takes back blocks under it that this hub lacks; without blocks it is only shown.
   * Gives the size of the ledger here by now: who brings more goes on from there.
   * @throws {Failure} `ledger.checkpoint-*` when it is not this hub's; `hub.tail-foreign`, `hub.tail-invalid`.
   */
  takeBack(returned: ReturnedBlocks): Promise<number> {
    return this.#turns.take(() => this.#takeBack(returned));
  }

  /** A checkpoint has got a cosignature more: with those of a quorum on the newest one nothing witnessed is missing. */
  async cosigned(note: string): Promise<void> {
    if (this.#options.database.share) await this.#read();
    const row = this.#row;
    if (!row || !this.#isOpen) return;
    const { policies, database, sequencer } = this.#options;
    const checkpoint = policies.open(hashParts, verifySignature, note);
    if (checkpoint.size !== sequencer().checkpoint.size) return;
    if (!policies.witnessing(hashParts, verifySignature, checkpoint).witnessed) return;
    const { region, clock } = this.#options;
    const { hubKey } = sequencer();
    await database.write((transaction) => resume(transaction, row, checkpoint.size, { region: region.id, hubKey, clock }));
    await this.#read();
  }

  get #isOpen(): boolean {
    return this.#row?.resumed === null;
  }

  async #read(): Promise<void> {
    this.#row = await newestRestoration(this.#options.database.read);
  }

  async #takeBack({ checkpoint: note, from, blocks, proof }: ReturnedBlocks): Promise<number> {
    const { policies, sequencer, database, signatures } = this.#options;
    const target = policies.open(hashParts, verifySignature, note);
    const { head, rules } = sequencer().place;
    // Somebody else was faster, or there is nothing that is lacking here.
    if (from !== head.size || target.size <= head.size) return head.size;
    if (!leadsTo(head, blocks, target, proof)) throw await this.#foreign(target);
    await this.#noteShown(target);
    if (blocks.length === 0) return head.size;
    const opened = blocks
      .slice(0, roomInPage(head.size))
      .map((sealed) => ({ sealed, opened: openSealed(hashParts, rules, sealed) }));
    const page = foldPage(hashParts, head, await loadState(database.read, readsOf(opened)), opened);
    const claims = [...page.blocks.flatMap((block) => ownSignatures(block.opened)), ...page.bodySignatures];
    const holds = await signatures.verify('recovery', claims);
    const isSame = page.head.size < target.size || equalBytes(page.head.effects, target.effects);
    if (holds.includes(false) || !isSame) throw INVALID;
    return sequencer().putBack(page);
  }

  /** This hub's own signature over a ledger that goes on from here shows that it was put back, whether it was told or not. */
  async #noteShown(target: Checkpoint): Promise<void> {
    const { database, clock, sequencer, cosignatures } = this.#options;
    const { checkpoint } = sequencer();
    const isNew = !this.#isOpen;
    const began = isNew ? clock() : (this.#row as RestorationRow).began;
    await database.write(async (transaction) => {
      if (isNew) {
        await beginRestoration(transaction, began, checkpoint.size);
        await dropCosignatures(transaction, checkpoint.size);
      }
      await noteKnown(transaction, began, target.size);
    });
    if (isNew) cosignatures.follow(checkpoint.size, checkpoint.note);
    await this.#read();
  }

  /** A checkpoint of this hub's over a ledger of which its own is no beginning: it has ordered anew since it was put back. */
  async #foreign(target: Checkpoint): Promise<Failure> {
    const { database, clock } = this.#options;
    const row = this.#row;
    await database.write(async (transaction) => {
      if (row) await noteKnown(transaction, row.began, target.size);
      else await noteFork(transaction, clock(), this.#begunWith, target.size);
    });
    await this.#read();
    return FOREIGN;
  }
}

/** Ends a restoration, and says so among the acts of the hub's machine. */
export async function resume(
  transaction: WriteTransaction,
  { began, resumed }: RestorationRow,
  size: number,
  tools: MachineTools,
): Promise<void> {
  // Another process of this hub may have been first.
  if (resumed !== null || !(await endRestoration(transaction, began, size))) return;
  const before = await standingOf(transaction, 'restoration', tools.region);
  // A ledger that has not grown since the last time resumes with as many blocks: nothing that stands would change.
  if (before === size) return;
  const wanted = { kind: 'restoration', subject: tools.region, isSet: true, figure: size, reason: 'fault' } as const;
  await actIn(transaction, wanted, tools);
}

/** Whether the ledger with `blocks` behind `head` is a beginning of the one under `target`. */
function leadsTo(head: LedgerHead, blocks: readonly Uint8Array[], target: TreeHead, proof: readonly Uint8Array[]): boolean {
  const range = head.range.clone();
  for (const sealed of blocks) range.append(leafHash(hashParts, blockHash(hashParts, sealed)));
  if (range.size === 0) return true;
  return verifyConsistency(hashParts, {
    oldSize: range.size,
    newSize: target.size,
    oldRoot: range.root(),
    newRoot: target.root,
    proof,
  });
}

const FOREIGN = new Failure(
  'hub.tail-foreign',
  'The hub has signed that ledger, and its own does not lead there: it was restored from a backup and has gone on without these blocks.',
);
const INVALID = new Failure('hub.tail-invalid', 'These blocks are not what the hub had. Nothing of them was taken.');
