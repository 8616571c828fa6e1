/**
 * A witness from outside a region: it follows the hub's signed tree heads and cosigns each that extends the last one it has
 * cosigned. It sees no block; it keeps a key, its last checkpoint and nothing else.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { equalBytes, fromBase64, fromHex, toBase64, toHex } from '../../shared/encoding/bytes.ts';
import { type Checkpoint, cosignerName } from '../../shared/ledger/checkpoint.ts';
import { openGenesis, type Region } from '../../shared/ledger/founding.ts';
import { verifyConsistency } from '../../shared/ledger/merkle.ts';
import { cosignatureLine, cosignatureMessage, parseNote } from '../../shared/ledger/note.ts';
import type { PolicyWitness } from '../../shared/ledger/policy.ts';
import { PolicyBook } from '../../shared/ledger/policy-book.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { openDataFolder } from '../storage/data-folder.ts';
import { writeFileDurably } from '../storage/durable-file.ts';
import { findAuthority, HubClient } from '../sync/hub-client.ts';
import { actOfWire, type WireAct } from '../sync/region-policies.ts';
import { hashParts } from '../vault/hash-parts.ts';
import { newSigningKey, type SigningKey, sign, signingKeyFromSeed, verifySignature } from '../vault/primitives.ts';

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

export interface WitnessPlace {
  readonly folder: string;
  /** Of the hub. */
  readonly address: string;
  /** Region id, and SHA-256 of the hub's authority: 32 bytes each. */
  readonly region: Uint8Array;
  readonly authority: Uint8Array;
  /** In its lines; only at the first start. */
  readonly name?: string | undefined;
}

/** What one look came to: a new cosignature, the same ledger as before, or a witness that the region has not named yet. */
export type WitnessLook = { readonly did: 'cosigned' | 'unchanged' | 'not-named'; readonly size: number };

export class OutsideWitness {
  readonly #path: string;
  readonly #key: SigningKey;
  readonly #client: HubClient;
  readonly #region: Region;
  readonly #clock: () => number;
  readonly #close: () => Promise<void>;
  #file: WitnessFile;

  private constructor(
    path: string,
    file: WitnessFile,
    client: HubClient,
    region: Region,
    clock: () => number,
    close: () => Promise<void>,
  ) {
    this.#path = path;
    this.#file = file;
    this.#key = signingKeyFromSeed(fromHex(file.seed));
    this.#client = client;
    this.#region = region;
    this.#clock = clock;
    this.#close = close;
  }

  /**
   * Opens the witness in a data folder, or makes it there.
   * @throws {Failure} `witness.other-region`, `witness.name-missing`, `sync.hub-foreign`, `ledger.region-mismatch`, `storage.folder-in-use`.
   */
  static async open(place: WitnessPlace, clock: () => number = Date.now): Promise<OutsideWitness> {
    const lock = await openDataFolder(place.folder);
    let client: HubClient | undefined;
    try {
      const path = join(place.folder, FILE);
      const file = (await read(path)) ?? (await make(path, place));
      if (file.region !== toHex(place.region))
        throw new Failure('witness.other-region', 'This folder witnesses another region. Choose another folder for this one.');
      const authority = await findAuthority(place.address, place.authority);
      client = new HubClient(place.address, { authority });
      const { hub } = await client.enroll<{ hub: { genesis: string | null } }>('Hub');
      if (!hub.genesis) throw new Failure('sync.region-unfounded', 'This hub has no region yet.', { retry: true });
      const region = openGenesis(hashParts, verifySignature, Buffer.from(hub.genesis, 'base64'), place.region);
      if (!equalBytes(region.genesis.authority, place.authority))
        throw new Failure('sync.hub-foreign', "This is not the hub that the region's genesis names.");
      return new OutsideWitness(path, file, client, region, clock, () => lock.close());
    } catch (error) {
      client?.close();
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
    return this.#region.genesis.name;
  }

  /**
   * Looks at the hub's newest checkpoint and cosigns it when it extends the last one. What it is about to sign is durable first.
   * @throws {Failure} `witness.rollback`, `witness.split-view`: the hub shows two ledgers, and nothing was signed;
   * `ledger.policy-unproven`, `ledger.checkpoint-*`; network failures.
   */
  async look(): Promise<WitnessLook> {
    const book = await this.#policies();
    const { checkpoint: note } = await this.#client.enroll<{ checkpoint: string }>('OpenCheckpoint');
    const checkpoint = book.open(hashParts, verifySignature, note);
    const { size } = checkpoint;
    await this.#checkExtends(checkpoint);
    const own = book.at(size).witnesses.find((witness) => this.#isThis(witness));
    if (!own) return { did: 'not-named', size };
    const { last } = this.#file;
    if (size === 0 || (last?.size === size && this.#isSigned(checkpoint, own))) return { did: 'unchanged', size };
    await this.#keep({ size, root: toBase64(checkpoint.root), sequence: book.current.sequence });
    const time = Math.floor(this.#clock() / 1000);
    const signature = sign(this.#key, cosignatureMessage(time, parseNote(note).text));
    const line = cosignatureLine(hashParts, cosignerName(own), this.#key.publicKey, time, signature);
    await this.#client.enroll('CosignOutside', { size, line });
    return { did: 'cosigned', size };
  }

  async close(): Promise<void> {
    this.#client.close();
    await this.#close();
  }

  #isThis({ kind, name, cosignKey }: PolicyWitness): boolean {
    return kind === 'outside' && name === this.#file.name && equalBytes(cosignKey, this.#key.publicKey);
  }

  #isSigned({ note }: Checkpoint, own: PolicyWitness): boolean {
    return parseNote(note).signatures.some(({ name }) => name === cosignerName(own));
  }

  /** The region's policies, each signed by the quorum of the one before; never fewer than were seen. */
  async #policies(): Promise<PolicyBook> {
    const book = new PolicyBook(this.#region);
    const { policyActs } = await this.#client.enroll<{ policyActs: WireAct[] }>('OpenPolicyActs', { from: 0 });
    for (const act of policyActs) book.prove(verifySignature, actOfWire(act));
    if (book.current.sequence < (this.#file.last?.sequence ?? 0))
      throw new Failure('witness.rollback', 'The hub hides changes of the region that it has shown before. Nothing was signed.');
    return book;
  }

  async #checkExtends(checkpoint: Checkpoint): Promise<void> {
    const { last } = this.#file;
    if (!last) return;
    if (checkpoint.size < last.size)
      throw new Failure(
        'witness.rollback',
        `The hub shows a ledger of ${checkpoint.size} blocks after one of ${last.size}. Nothing was signed; tell the region's clinics.`,
      );
    const oldRoot = fromBase64(last.root);
    if (checkpoint.size === last.size) {
      if (!equalBytes(checkpoint.root, oldRoot)) throw splitView(last.size, checkpoint.size);
      return;
    }
    const variables = { from: last.size, size: checkpoint.size };
    const { consistencyProof } = await this.#client.enroll<{ consistencyProof: string[] }>('OpenConsistency', variables);
    const proof = consistencyProof.map((node) => Buffer.from(node, 'base64'));
    const claim = { oldSize: last.size, newSize: checkpoint.size, oldRoot, newRoot: checkpoint.root, proof };
    if (!verifyConsistency(hashParts, claim)) throw splitView(last.size, checkpoint.size);
  }

  async #keep(last: NonNullable<WitnessFile['last']>): Promise<void> {
    const file: WitnessFile = { ...this.#file, last };
    await writeFileDurably(this.#path, Buffer.from(`${JSON.stringify(file, null, 1)}\n`));
    this.#file = file;
  }
}

const splitView = (before: number, now: number): Failure =>
  new Failure(
    'witness.split-view',
    `The hub's ledger of ${now} blocks does not continue the one of ${before} that it showed here. Nothing was signed; tell the region's clinics.`,
  );

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
