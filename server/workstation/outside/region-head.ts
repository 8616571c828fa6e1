/** The signed tree heads of a region, followed from outside of it: no block, no certificate; each must continue the one before. */
import { equalBytes, fromBase64 } from '../../../shared/encoding/bytes.ts';
import type { Checkpoint } from '../../../shared/ledger/checkpoint.ts';
import { openGenesis, type Region } from '../../../shared/ledger/founding.ts';
import { verifyConsistency } from '../../../shared/ledger/merkle.ts';
import { PolicyBook } from '../../../shared/ledger/policy-book.ts';
import { counted } from '../../../shared/outcome/counted.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { findAuthority, HubClient } from '../../sync/hub-client.ts';
import { actOfWire, type WireAct } from '../../sync/witness/region-policies.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { verifySignature } from '../../vault/primitives.ts';

/** How a hub is found and its region known. */
export interface HeadPlace {
  /** Of the hub. */
  readonly address: string;
  /** Region id, and SHA-256 of the hub's authority: 32 bytes each. */
  readonly region: Uint8Array;
  readonly authority: Uint8Array;
}

/** The last head that whoever follows has answered for, and the policy that it was judged by. */
interface LastHead {
  readonly size: number;
  readonly root: Uint8Array;
  readonly sequence: number;
}

interface NewestHead {
  readonly checkpoint: Checkpoint;
  /** The region's policies, each signed by the quorum of the one before. */
  readonly book: PolicyBook;
}

export class RegionHead {
  readonly region: Region;
  readonly client: HubClient;

  private constructor(region: Region, client: HubClient) {
    this.region = region;
    this.client = client;
  }

  /** @throws {Failure} `sync.hub-foreign`, `sync.region-unfounded`, `ledger.region-mismatch`; network failures. */
  static async open({ address, region: id, authority: fingerprint }: HeadPlace): Promise<RegionHead> {
    const authority = await findAuthority(address, fingerprint);
    const client = new HubClient(address, { authority });
    try {
      const { hub } = await client.enroll<{ hub: { genesis: string | null } }>('Hub');
      if (!hub.genesis)
        throw new Failure(
          'sync.region-unfounded',
          'This hub has no region yet. Its first clinic founds one with the invitation that “hub init” printed.',
          { retry: true },
        );
      const region = openGenesis(hashParts, verifySignature, Buffer.from(hub.genesis, 'base64'), id);
      if (!equalBytes(region.genesis.authority, fingerprint))
        throw new Failure('sync.hub-foreign', "This is not the hub that the region's genesis names.");
      return new RegionHead(region, client);
    } catch (error) {
      client.close();
      throw error;
    }
  }

  /**
   * The hub's newest checkpoint, signed as its policies say, when it continues the last one.
   * @throws {Failure} `witness.rollback`, `witness.split-view`: the hub shows two ledgers; `ledger.policy-unproven`,
   * `ledger.checkpoint-*`; network failures.
   */
  async newest(last: LastHead | undefined): Promise<NewestHead> {
    const book = new PolicyBook(this.region);
    const { policyActs } = await this.client.enroll<{ policyActs: WireAct[] }>('OpenPolicyActs', { from: 0 });
    for (const act of policyActs) book.prove(verifySignature, actOfWire(act));
    if (book.current.sequence < (last?.sequence ?? 0))
      throw new Failure('witness.rollback', 'The hub hides changes of the region that it has shown before. Nothing was signed.');
    const { checkpoint: note } = await this.client.enroll<{ checkpoint: string }>('OpenCheckpoint');
    const checkpoint = book.open(hashParts, verifySignature, note);
    if (last) await this.#checkExtends(checkpoint, last);
    return { checkpoint, book };
  }

  close(): void {
    this.client.close();
  }

  async #checkExtends(checkpoint: Checkpoint, { size, root: oldRoot }: LastHead): Promise<void> {
    if (checkpoint.size < size)
      throw new Failure(
        'witness.rollback',
        `The hub shows a ledger of ${counted(checkpoint.size, 'block')} after one of ${size}. Nothing was signed; tell the region's clinics.`,
      );
    if (checkpoint.size === size) {
      if (!equalBytes(checkpoint.root, oldRoot)) throw splitView(size, checkpoint.size);
      return;
    }
    const variables = { from: size, size: checkpoint.size };
    const { consistencyProof } = await this.client.enroll<{ consistencyProof: string[] }>('OpenConsistency', variables);
    const proof = consistencyProof.map(fromBase64);
    const claim = { oldSize: size, newSize: checkpoint.size, oldRoot, newRoot: checkpoint.root, proof };
    if (!verifyConsistency(hashParts, claim)) throw splitView(size, checkpoint.size);
  }
}

const splitView = (before: number, now: number): Failure =>
  new Failure(
    'witness.split-view',
    `The hub's ledger of ${counted(now, 'block')} does not continue the one of ${before} that it showed here. Nothing was signed; tell the region's clinics.`,
  );
