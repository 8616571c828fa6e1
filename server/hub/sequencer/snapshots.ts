/**
 * The hub's snapshots: one is made of each state that a checkpoint carries the root of, while the ledger stands still for the moment that it
 * takes to fix what is read, and is offered once the quorum has cosigned such a checkpoint.
 */
import type { Checkpoint } from '../../../shared/ledger/checkpoint.ts';
import type { Region } from '../../../shared/ledger/founding.ts';
import { PolicyBook } from '../../../shared/ledger/policy-book.ts';
import { snapshotPath } from '../../../shared/ledger/snapshot.ts';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import { readActs } from '../../ledger/policy-acts.store.ts';
import { type OfferedSnapshot, SnapshotFolder } from '../../ledger/snapshot-folder.ts';
import type { Database } from '../../storage/database.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { verifySignature } from '../../vault/primitives.ts';

interface HubSnapshotsOptions {
  /** The one of the tiles. */
  readonly folder: string;
  readonly region: Region;
  readonly database: Database;
  warn(failure: Failure): void;
}

export class HubSnapshots {
  readonly #options: HubSnapshotsOptions;
  readonly #files: SnapshotFolder;
  #writing: Promise<void> = Promise.resolve();
  #vouching: Promise<void> = Promise.resolve();
  /** Size of the newest state that is vouched for here. */
  #vouched = 0;

  constructor(options: HubSnapshotsOptions) {
    this.#options = options;
    this.#files = new SnapshotFolder(options.folder, options.region.id, hashParts);
  }

  /** Begins the snapshot at `size`, where the ledger stands; resolves when the ledger may go on. */
  due(size: number): Promise<void> {
    const { database, warn } = this.#options;
    return new Promise((fixed) => {
      this.#writing = this.#writing
        .then(() =>
          database.snapshot(async (connection) => {
            fixed();
            await this.#files.write(connection, size);
          }),
        )
        .catch((error: unknown) => warn(asFailure(error)))
        .finally(fixed);
    });
  }

  /** A checkpoint with the cosignatures that it has by now. */
  cosigned(note: string): void {
    this.#vouching = this.#vouching.then(() => this.#vouch(note)).catch((error: unknown) => this.#options.warn(asFailure(error)));
  }

  newest(): Promise<OfferedSnapshot | undefined> {
    return this.#files.newest();
  }

  /** @throws {Failure} `hub.snapshot-gone`: a newer one has taken its place. */
  async page(size: number, page: number): Promise<Buffer> {
    const bytes = await this.#files.read(snapshotPath(size, page));
    if (bytes) return bytes;
    throw new Failure('hub.snapshot-gone', 'The hub has no such page of a snapshot any more. Begin with the newest one.', {
      retry: true,
    });
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#vouching;
  }

  async #vouch(note: string): Promise<void> {
    const { region, database } = this.#options;
    await this.#writing;
    const policies = new PolicyBook(region);
    for (const act of await readActs(database.read)) policies.apply(act);
    const checkpoint: Checkpoint = policies.open(hashParts, verifySignature, note);
    const size = checkpoint.state?.size ?? 0;
    if (size <= this.#vouched || !policies.witnessing(hashParts, verifySignature, checkpoint).witnessed) return;
    await this.#files.vouch(checkpoint);
    this.#vouched = size;
  }
}
