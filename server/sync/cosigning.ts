/** This device as a witness: it cosigns what it has recomputed itself, and never for two ledgers. */
import { equalBytes, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { type Checkpoint, witnessName } from '../../shared/ledger/checkpoint.ts';
import type { Hash } from '../../shared/ledger/merkle.ts';
import { cosignatureLine, cosignatureMessage, parseNote } from '../../shared/ledger/note.ts';
import { witnessClinics } from '../../shared/ledger/policy.ts';
import { COSIGN_AGAIN_MS } from '../../shared/sync/freeze.ts';
import type { Database } from '../storage/database.ts';
import { caught } from './caught.ts';
import { readSetting } from './clinic.store.ts';
import { writeSetting } from './clinic-writes.store.ts';
import type { HubClient } from './hub-client.ts';
import type { Replica } from './replica.ts';
import type { Witnessed } from './witnessed.ts';

export interface CosigningOptions {
  readonly database: Database;
  readonly hash: Hash;
  readonly chain: Uint8Array;
  /** This device's key of the one purpose of cosigning. */
  readonly cosigner: { readonly key: Uint8Array; sign(message: Uint8Array): Uint8Array };
  /** Milliseconds between two cosignatures of this device; left out, ten seconds. */
  readonly cosignEvery?: number;
  readonly clock: () => number;
}

/** Name of the setting with size and root of the newest checkpoint that this device has cosigned, or was about to. */
const COSIGNED = 'cosigned';
const COSIGN_EVERY = 10_000;

export class Cosigning {
  readonly #options: CosigningOptions;
  readonly #later: (milliseconds: number) => void;
  /** Which checkpoint was cosigned last, and when. */
  #last = { size: 0, at: 0 };

  /** @param later asks for another call in so many milliseconds */
  constructor(options: CosigningOptions, later: (milliseconds: number) => void) {
    this.#options = options;
    this.#later = later;
  }

  /**
   * Cosigns the newest checkpoint once every signature under it was checked here: root, effects and state recomputed. Gives the
   * checkpoint as the hub then has it, or undefined when there was nothing to sign.
   * @param isAsked a restored hub waits for the word of the witnesses on what they have confirmed before
   */
  async cosign(
    client: HubClient,
    replica: Replica,
    auditedSize: number,
    witnessed: Witnessed,
    isAsked = false,
  ): Promise<string | undefined> {
    const { hash, chain, cosigner, clock, cosignEvery = COSIGN_EVERY } = this.#options;
    const { checkpoint, policies, updateNeeded } = replica;
    if (
      !checkpoint ||
      checkpoint.size === 0 ||
      updateNeeded !== undefined ||
      // Who began with a snapshot has not recomputed what came before it.
      replica.historyFrom > 0 ||
      auditedSize < checkpoint.size ||
      (!isAsked && witnessed.size >= checkpoint.size && !this.#isDueAgain(checkpoint.size, witnessed))
    )
      return undefined;
    const isOurs = witnessClinics(policies.at(checkpoint.size)).some(
      (witness) => equalBytes(witness.chain, chain) && equalBytes(witness.cosignKey, cosigner.key),
    );
    if (!isOurs) return undefined;
    const now = clock();
    const since = now - this.#last.at;
    if (since >= 0 && since < cosignEvery) {
      this.#later(cosignEvery - since);
      return undefined;
    }
    await this.#remember(checkpoint);
    const time = Math.floor(now / 1000);
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

  /** Durable before it is signed: this device never signs for two ledgers. */
  async #remember({ size, root }: Checkpoint): Promise<void> {
    const { database } = this.#options;
    const before = (await readSetting(database.read, COSIGNED))?.toString('utf8').split(' ');
    if (before && (Number(before[0]) > size || (Number(before[0]) === size && before[1] !== toHex(root))))
      throw caught(
        'sync.cosigned-otherwise',
        `This device has cosigned another ledger of ${before[0]} blocks and is asked to cosign one of ${size}.`,
      );
    await database.write((transaction) => writeSetting(transaction, COSIGNED, utf8(`${size} ${toHex(root)}`)), { group: true });
  }
}
