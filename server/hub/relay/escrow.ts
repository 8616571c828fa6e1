/**
 * The escrow: what opens a clinic's backups, sealed to its recovery key, which the hub does not have. It can be erased, which a copy on a
 * drive cannot: that is why a backup dies. An entry is given to who signs for it, since a clinic that needs it has lost its devices.
 */
import { fromHex, toHex } from '../../../shared/encoding/bytes.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { ESCROW_ENTRY_BYTES, escrowFetchMessage } from '../../../shared/vault/recovery.ts';
import { checkpointAfterErasure, type Database } from '../../storage/database.ts';
import { verifySignature } from '../../vault/primitives.ts';
import { atMost, base64, base64Bytes, hexBytes, wholeNumber } from '../line/arguments.ts';
import type { Caller } from '../line/callers.ts';
import { deleteEscrow, deleteExpiredEscrow, escrowEntries, escrowOf, writeEscrow } from './escrow.store.ts';

/** 35 days, and one for clocks that differ. */
const LONGEST_MS = 36 * 86_400_000;
const ENTRIES_PER_CLINIC = 500;
const BACKUP_ID_BYTES = 16;

export interface EscrowUpload {
  readonly backup: string;
  readonly expires: number;
  readonly reader: string;
  readonly body: string;
}

export class Escrow {
  readonly #database: Database;
  readonly #clock: () => number;
  readonly #region: () => Uint8Array | undefined;

  constructor(database: Database, clock: () => number, region: () => Uint8Array | undefined) {
    this.#database = database;
    this.#clock = clock;
    this.#region = region;
  }

  /** Durable when it resolves, and what it replaced is off the disk. @throws {Failure} `hub.argument`, `hub.too-many`. */
  async put(caller: Caller, uploads: readonly EscrowUpload[]): Promise<number> {
    const now = this.#clock();
    const rows = atMost(uploads, ENTRIES_PER_CLINIC, 'entries').map(({ backup, expires, reader, body }) => {
      if (wholeNumber(expires, 'expires') > now + LONGEST_MS)
        throw new Failure('hub.argument', 'A backup’s key is kept for at most 36 days from now. Nothing was stored.');
      return {
        backup: hexBytes(backup, BACKUP_ID_BYTES, 'backup'),
        expires,
        reader: hexBytes(reader, 32, 'reader'),
        body: base64Bytes(body, ESCROW_ENTRY_BYTES, 'body'),
      };
    });
    const chain = fromHex(caller.chain);
    await this.#erasing(async (transaction) => {
      for (const row of rows) await writeEscrow(transaction, chain, row);
      if ((await escrowOf(transaction, chain)).length > ENTRIES_PER_CLINIC)
        throw new Failure(
          'hub.too-many',
          `At most ${ENTRIES_PER_CLINIC} backups of one clinic are kept in escrow. Let the oldest go first.`,
        );
    });
    return rows.length;
  }

  async list(caller: Caller): Promise<string[]> {
    return (await escrowOf(this.#database.read, fromHex(caller.chain))).map(toHex);
  }

  /** Off the disk when it resolves. Answers how many were there. */
  async remove(caller: Caller, backups: readonly string[]): Promise<number> {
    const names = atMost(backups, ENTRIES_PER_CLINIC, 'backups');
    for (const name of names) hexBytes(name, BACKUP_ID_BYTES, 'backups');
    return this.#erasing((transaction) => deleteEscrow(transaction, fromHex(caller.chain), names));
  }

  /** The entry, base64, whose reader key has signed; the same nothing for "not there" and "not yours". @throws {Failure} `hub.argument`. */
  async entry(backup: string, proof: string): Promise<string | undefined> {
    const id = hexBytes(backup, BACKUP_ID_BYTES, 'backup');
    const signature = base64Bytes(proof, 64, 'proof');
    const region = this.#region();
    if (!region) return undefined;
    const message = escrowFetchMessage(region, id);
    const entries = await escrowEntries(this.#database.read, id, this.#clock());
    const found = entries.find(({ reader }) => verifySignature(reader, message, signature));
    return found && base64(found.body);
  }

  /** Destroys what has expired: called now and then, and with each change. */
  expire(): Promise<number> {
    return this.#erasing(async () => 0);
  }

  async #erasing<T>(body: (transaction: Parameters<typeof deleteEscrow>[0]) => Promise<T>): Promise<T> {
    const done = await this.#database.write(async (transaction) => {
      await deleteExpiredEscrow(transaction, this.#clock());
      return body(transaction);
    });
    await checkpointAfterErasure(this.#database);
    return done;
  }
}
