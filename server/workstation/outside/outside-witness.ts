/**
 * A witness from outside a region: it follows the hub's signed tree heads and cosigns each that extends the last one it has
 * cosigned. It sees no block; it keeps a key, its last checkpoint and nothing else.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { equalBytes, fromBase64, fromHex, toBase64, toHex } from '../../../shared/encoding/bytes.ts';
import { type Checkpoint, cosignerName } from '../../../shared/ledger/checkpoint.ts';
import { cosignatureLine, cosignatureMessage, parseNote } from '../../../shared/ledger/note.ts';
import type { PolicyWitness } from '../../../shared/ledger/policy.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { openDataFolder } from '../../storage/data-folder.ts';
import { writeFileDurably } from '../../storage/durable-file.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { newSigningKey, type SigningKey, sign, signingKeyFromSeed } from '../../vault/primitives.ts';
import { type HeadPlace, RegionHead } from './region-head.ts';

const FILE = 'witness.json';

interface WitnessFile {
  careledger: 'witness/1';
  name: string;
  /** Region id, hexadecimal. */
  region: string;
  seed: string;
  /** The newest checkpoint that this witness has cosigned or was about to, and the policy that it was judged by. */
  last?: { size: number; root: string; sequence: number };
}

interface WitnessPlace extends HeadPlace {
  readonly folder: string;
  /** In its lines; only at the first start. */
  readonly name?: string | undefined;
}

/** What one look came to: a new cosignature, the same ledger as before, or a witness that the region has not named yet. */
export type WitnessLook = { readonly did: 'cosigned' | 'unchanged' | 'not-named'; readonly size: number };

export class OutsideWitness {
  readonly #path: string;
  readonly #key: SigningKey;
  readonly #head: RegionHead;
  readonly #clock: () => number;
  readonly #close: () => Promise<void>;
  #file: WitnessFile;

  private constructor(path: string, file: WitnessFile, head: RegionHead, clock: () => number, close: () => Promise<void>) {
    this.#path = path;
    this.#file = file;
    this.#key = signingKeyFromSeed(fromHex(file.seed));
    this.#head = head;
    this.#clock = clock;
    this.#close = close;
  }

  /**
   * Opens the witness in a data folder, or makes it there.
   * @throws {Failure} `witness.other-region`, `witness.name-missing`, `sync.hub-foreign`, `ledger.region-mismatch`, `storage.folder-in-use`.
   */
  static async open(place: WitnessPlace, clock: () => number = Date.now): Promise<OutsideWitness> {
    const lock = await openDataFolder(place.folder);
    try {
      const path = join(place.folder, FILE);
      const file = (await read(path)) ?? (await make(path, place));
      if (file.region !== toHex(place.region))
        throw new Failure('witness.other-region', 'This folder witnesses another region. Choose another folder for this one.');
      return new OutsideWitness(path, file, await RegionHead.open(place), clock, () => lock.close());
    } catch (error) {
      await lock.close();
      throw error;
    }
  }

  get name(): string {
    return this.#file.name;
  }

  /** What the region's clinics enter, hexadecimal. */
  get cosignKey(): string {
    return toHex(this.#key.publicKey);
  }

  get regionName(): string {
    return this.#head.region.genesis.name;
  }

  /**
   * Looks at the hub's newest checkpoint and cosigns it when it extends the last one. What it is about to sign is durable first.
   * @throws {Failure} `witness.rollback`, `witness.split-view`: the hub shows two ledgers, and nothing was signed;
   * `ledger.policy-unproven`, `ledger.checkpoint-*`; network failures.
   */
  async look(): Promise<WitnessLook> {
    const { last } = this.#file;
    const { checkpoint, book } = await this.#head.newest(last && { ...last, root: fromBase64(last.root) });
    const { size, note } = checkpoint;
    const own = book.at(size).witnesses.find((witness) => this.#isThis(witness));
    if (!own) return { did: 'not-named', size };
    if (size === 0 || (last?.size === size && this.#isSigned(checkpoint, own))) return { did: 'unchanged', size };
    await this.#keep({ size, root: toBase64(checkpoint.root), sequence: book.current.sequence });
    const time = Math.floor(this.#clock() / 1000);
    const signature = sign(this.#key, cosignatureMessage(time, parseNote(note).text));
    const line = cosignatureLine(hashParts, cosignerName(own), this.#key.publicKey, time, signature);
    await this.#head.client.enroll('CosignOutside', { size, line });
    return { did: 'cosigned', size };
  }

  async close(): Promise<void> {
    this.#head.close();
    await this.#close();
  }

  #isThis({ kind, name, cosignKey }: PolicyWitness): boolean {
    return kind === 'outside' && name === this.#file.name && equalBytes(cosignKey, this.#key.publicKey);
  }

  #isSigned({ note }: Checkpoint, own: PolicyWitness): boolean {
    return parseNote(note).signatures.some(({ name }) => name === cosignerName(own));
  }

  async #keep(last: NonNullable<WitnessFile['last']>): Promise<void> {
    const file: WitnessFile = { ...this.#file, last };
    await writeFileDurably(this.#path, Buffer.from(`${JSON.stringify(file, null, 1)}\n`));
    this.#file = file;
  }
}

async function read(path: string): Promise<WitnessFile | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const file = JSON.parse(text) as WitnessFile;
    if (file.careledger === 'witness/1') return file;
  } catch {
    // Named below: what the file holds is never told.
  }
  throw new Failure('witness.file-damaged', 'The file of this witness is damaged. Begin anew in another folder, with a new key.');
}

async function make(path: string, { name, region }: WitnessPlace): Promise<WitnessFile> {
  if (!name || !/^(?!careledger\/)[!-*,-~]{1,100}$/.test(name))
    throw new Failure(
      'witness.name-missing',
      'Name the witness at its first start with --name, for example --name witness.example.org: no spaces, no plus sign.',
    );
  const file: WitnessFile = { careledger: 'witness/1', name, region: toHex(region), seed: toHex(newSigningKey().seed) };
  await writeFileDurably(path, Buffer.from(`${JSON.stringify(file, null, 1)}\n`));
  return file;
}
