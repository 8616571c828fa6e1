/** A ledger's tables filled with blocks, as a hub that asks for no signature would fill them. */
import { foldPage, genesisPage, openSealed, readsOf, roomInPage } from '../../server/ledger/fold.ts';
import { type LedgerHead, ledgerMigration, writeHead, writePage } from '../../server/ledger/ledger.store.ts';
import { stateRootOf } from '../../server/ledger/state-rows.store.ts';
import { verdictSumMigration } from '../../server/ledger/verdicts.store.ts';
import { type Database, openDatabase } from '../../server/storage/database.ts';
import type { Region } from '../../shared/ledger/founding.ts';
import { STATE_INTERVAL } from '../../shared/ledger/state-interval.ts';
import { everyRule, hash } from './ledger-builder.ts';

export class FilledLedger {
  readonly database: Database;
  readonly rows: Map<string, Uint8Array | undefined>;
  head: LedgerHead;

  private constructor(database: Database, region: Region) {
    const genesis = genesisPage(hash, region);
    this.database = database;
    this.rows = new Map(genesis.changes);
    this.head = genesis.head;
  }

  /** In memory, or in the file at `path`. */
  static async open(region: Region, path?: string): Promise<FilledLedger> {
    const mode = path ? 'bulk' : 'memory';
    return FilledLedger.into(
      await openDatabase({ path: path ?? '', migrations: [ledgerMigration, verdictSumMigration], mode }),
      region,
    );
  }

  /** In a database that is open and has the ledger's tables, empty. */
  static async into(database: Database, region: Region): Promise<FilledLedger> {
    const ledger = new FilledLedger(database, region);
    await database.write((transaction) => writePage(transaction, genesisPage(hash, region)));
    return ledger;
  }

  async add(...blocks: Uint8Array[]): Promise<void> {
    for (let done = 0; done < blocks.length; ) {
      const page = blocks.slice(done, done + roomInPage(this.head.size));
      await this.#addPage(page);
      done += page.length;
    }
  }

  async #addPage(page: readonly Uint8Array[]): Promise<void> {
    const opened = page.map((sealed) => ({ sealed, opened: openSealed(hash, everyRule, sealed) }));
    const folded = foldPage(hash, this.head, new Map(readsOf(opened).map((key) => [key, this.rows.get(key)])), opened);
    for (const [key, value] of folded.changes) this.rows.set(key, value);
    const { size } = folded.head;
    const state = size % STATE_INTERVAL === 0 ? { size, root: stateRootOf(hash, this.rows) } : this.head.state;
    this.head = { ...folded.head, state };
    await this.database.write(async (transaction) => {
      await writePage(transaction, folded);
      await writeHead(transaction, this.head);
    });
  }
}
