/** This device as a witness: it cosigns what it has recomputed itself, and never for two ledgers. */
import { equalBytes, fromHex, toHex, utf8 } from '../../../shared/encoding/bytes.ts';
import { type Checkpoint, quorumOf, witnessName } from '../../../shared/ledger/checkpoint.ts';
import { emptyRoot, type Hash, rootAt } from '../../../shared/ledger/merkle.ts';
import type { WitnessWord } from '../../../shared/ledger/newest-witnessed.ts';
import { cosignatureLine, cosignatureMessage, parseNote } from '../../../shared/ledger/note.ts';
import { witnessClinics } from '../../../shared/ledger/policy.ts';
import { counted } from '../../../shared/outcome/counted.ts';
import { COSIGN_AGAIN_MS } from '../../../shared/sync/freeze.ts';
import { nodeSource } from '../../ledger/tree-nodes.store.ts';
import type { Database, Queryable } from '../../storage/database.ts';
import { readSetting } from '../clinic.store.ts';
import { writeSetting } from '../clinic-writes.store.ts';
import { caught } from '../evidence/caught.ts';
import type { HubClient } from '../hub-client.ts';
import type { Replica } from '../replica.ts';
import { type SignedCheckpoint, toSign } from './agreement.ts';
import { type CosignedTree, type CosignMark, memoryOf, othersNeeded } from './cosign-mark.ts';
import type { RegionPolicies } from './region-policies.ts';
import type { Witnessed } from './witnessed.ts';

export interface CosigningOptions {
  readonly database: Database;
  readonly hash: Hash;
  readonly chain: Uint8Array;
  /** This device's key of the one purpose of cosigning. */
  readonly cosigner: { readonly key: Uint8Array; sign(message: Uint8Array): Uint8Array };
  /** What this device has cosigned, kept outside of the folder. */
  readonly cosignMark: CosignMark;
  /** Milliseconds between two cosignatures of this device; left out, ten seconds. */
  readonly cosignEvery?: number;
  readonly clock: () => number;
}

/** So many times as long it waits for others to sign what it has signed, before it signs a newer one. */
const WAITS_FOR_OTHERS = 3;

/** What is known of the witnesses. */
interface WitnessesKnown {
  readonly witnessed: Witnessed;
  /** As far as they are known. */
  words(): readonly WitnessWord[];
  /** What the hub says by now that they have signed. */
  signed(): Promise<readonly SignedCheckpoint[]>;
}

/** Name of the setting with size and root of the newest checkpoint that this device has cosigned, or was about to. */
const COSIGNED = 'cosigned';
export const COSIGN_EVERY = 10_000;

export class Cosigning {
  readonly #options: CosigningOptions & { isPutBack(): Promise<boolean> };
  readonly #later: (milliseconds: number) => void;
  /** Which checkpoint was cosigned last, and when. */
  #last = { size: 0, at: 0 };
  /** Whether this process has seen that it knows all that it has cosigned. */
  #knows = false;
  #isWaiting = false;
  /** While the audit or the word of the others takes longer than the ledger stands still: what was the newest when the wait began. */
  #awaited: Checkpoint | undefined;

  /**
   * @param options `isPutBack`: whether the folder was restored or copied since its device began
   * @param later asks for another call in so many milliseconds
   */
  constructor(options: CosigningOptions & { isPutBack(): Promise<boolean> }, later: (milliseconds: number) => void) {
    this.#options = options;
    this.#later = later;
  }

  /** Whether this device waits for the other witnesses, since it may have forgotten what it has cosigned. */
  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  /**
   * Cosigns the newest checkpoint, or one that another witness has signed, once every signature under it was checked here: root, effects
   * and state recomputed. Gives the checkpoint as the hub then has it, or undefined when there was nothing to sign.
   * @param isAsked a restored hub waits for the word of the witnesses on what they have confirmed before
   */
  async cosign(
    client: HubClient,
    replica: Replica,
    auditedSize: number,
    { witnessed, words, signed }: WitnessesKnown,
    isAsked = false,
  ): Promise<string | undefined> {
    const { clock, cosignEvery = COSIGN_EVERY } = this.#options;
    // Who began with a snapshot has not recomputed what came before it.
    if (replica.isOutdated || replica.historyFrom > 0) return undefined;
    const checkpoint = await this.#candidate(replica, isAsked ? undefined : auditedSize);
    if (!checkpoint || auditedSize < checkpoint.size || !this.#isOurs(checkpoint, replica.policies)) return undefined;
    if (!(await this.#remembers(checkpoint, replica.policies, words))) return undefined;
    if (!isAsked && witnessed.size >= checkpoint.size && !this.#isDueAgain(checkpoint.size, witnessed)) {
      this.#awaited = undefined;
      return undefined;
    }
    const since = clock() - this.#last.at;
    if (since >= 0 && since < cosignEvery) {
      this.#later(cosignEvery - since);
      return undefined;
    }
    this.#awaited = undefined;
    const agreed = isAsked ? checkpoint : await this.#agreed(replica, checkpoint, await signed());
    return agreed && this.#sign(client, agreed);
  }

  /** As `toSign`, among what this device has recomputed. */
  async #agreed(replica: Replica, newest: Checkpoint, signed: readonly SignedCheckpoint[]): Promise<Checkpoint | undefined> {
    const { database, chain, clock, cosignEvery = COSIGN_EVERY } = this.#options;
    const shown: SignedCheckpoint[] = [];
    for (const each of signed)
      if (this.#isOurs(each.checkpoint, replica.policies) && (await replica.recomputed(each.checkpoint))) shown.push(each);
    const waits = this.#last.at + WAITS_FOR_OTHERS * cosignEvery - clock();
    const hasWaited = waits <= 0 || waits > WAITS_FOR_OTHERS * cosignEvery;
    const last = (await readCosigned(database.read))?.size ?? 0;
    const agreed = toSign({ newest, shown, own: toHex(chain), last, hasWaited });
    if (!agreed) this.#later(waits);
    return agreed;
  }

  /**
   * What is to be cosigned: the newest checkpoint, or the one that was when a wait began and is over now.
   * @param auditedSize undefined: nothing but the newest
   */
  async #candidate(replica: Replica, auditedSize: number | undefined): Promise<Checkpoint | undefined> {
    const { checkpoint: newest } = replica;
    if (!newest || newest.size === 0 || auditedSize === undefined) return newest?.size === 0 ? undefined : newest;
    const awaited = this.#awaited;
    // The replica may have gone back behind a hub that was restored, and this clinic may have become a witness meanwhile.
    if (awaited && !(awaited.size <= newest.size && this.#isOurs(awaited, replica.policies) && (await replica.holds(awaited))))
      this.#awaited = undefined;
    if (this.#knows && auditedSize >= newest.size) return newest;
    this.#awaited ??= newest;
    return this.#awaited;
  }

  #isOurs({ size }: Checkpoint, policies: RegionPolicies): boolean {
    const { chain, cosigner } = this.#options;
    return witnessClinics(policies.at(size)).some(
      (witness) => equalBytes(witness.chain, chain) && equalBytes(witness.cosignKey, cosigner.key),
    );
  }

  async #sign(client: HubClient, checkpoint: Checkpoint): Promise<string | undefined> {
    const { hash, chain, cosigner, clock } = this.#options;
    await this.#remember(checkpoint);
    const time = Math.floor(clock() / 1000);
    const signature = cosigner.sign(cosignatureMessage(time, parseNote(checkpoint.note).text));
    const line = cosignatureLine(hash, witnessName(chain), cosigner.key, time, signature);
    const { cosign } = await client.ask<{ cosign: string }>('Cosign', { size: checkpoint.size, line });
    this.#last = { size: checkpoint.size, at: clock() };
    return cosign;
  }

  /** Whether the others should hear that this witness still sees the same ledger. */
  #isDueAgain(size: number, witnessed: Witnessed): boolean {
    const own = this.#last.size === size ? this.#last.at : 0;
    return this.#options.clock() - Math.max(own, witnessed.at ?? 0) >= COSIGN_AGAIN_MS;
  }

  /** Notes outside of a new folder that nothing was cosigned yet: without this a folder that is put back to now could not tell. */
  async begin(): Promise<void> {
    const { database, hash, cosignMark, isPutBack } = this.#options;
    if ((await readCosigned(database.read)) || (await cosignMark.last()) || (await isPutBack())) return;
    await cosignMark.advance({ size: 0, root: emptyRoot(hash) });
  }

  /** False while this device may have cosigned more than it knows, and the others do not vouch for this checkpoint. */
  async #remembers(checkpoint: Checkpoint, policies: RegionPolicies, words: () => readonly WitnessWord[]): Promise<boolean> {
    if (this.#knows) return true;
    const { database, chain, cosignMark, isPutBack } = this.#options;
    const memory = memoryOf(await readCosigned(database.read), await cosignMark.last(), await isPutBack());
    if (memory.knows && memory.newest) await this.#checkExtends(memory.newest, checkpoint);
    if (!memory.knows) {
      const { length } = policies.at(checkpoint.size).witnesses;
      const others = policies.vouchingFor(checkpoint.size, words()).filter(({ who }) => who !== toHex(chain));
      this.#isWaiting = others.length < othersNeeded(length, quorumOf(length));
      if (this.#isWaiting) return false;
    }
    this.#knows = true;
    return true;
  }

  /** @throws {Failure} `sync.cosigned-otherwise` when what is to be cosigned has not in it what was cosigned before. */
  async #checkExtends(before: CosignedTree, { size }: Checkpoint): Promise<void> {
    const { database, hash } = this.#options;
    const nodes = nodeSource(database.read, hash);
    if (before.size <= size && equalBytes(await rootAt(hash, before.size, nodes), before.root)) return;
    throw caught(
      'sync.cosigned-otherwise',
      `This device has cosigned another ledger of ${counted(before.size, 'block')} and is asked to cosign one of ${size}.`,
    );
  }

  /** Durable before it is signed, outside of the folder first: this device never signs for two ledgers. */
  async #remember(checkpoint: Checkpoint): Promise<void> {
    const { database, cosignMark } = this.#options;
    const before = await readCosigned(database.read);
    if (before) await this.#checkExtends(before, checkpoint);
    const { size, root } = checkpoint;
    await cosignMark.advance({ size, root });
    await database.write((transaction) => writeSetting(transaction, COSIGNED, utf8(`${size} ${toHex(root)}`)), { group: true });
  }
}

async function readCosigned(connection: Queryable): Promise<CosignedTree | undefined> {
  const [size, root] = (await readSetting(connection, COSIGNED))?.toString('utf8').split(' ') ?? [];
  return size && root ? { size: Number(size), root: fromHex(root) } : undefined;
}
