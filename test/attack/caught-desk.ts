/** A clinic's desk with the real engine and database, following a hub that may lie; its clock is the test's. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SyncEngine } from '../../server/sync/engine.ts';
import { listEvidence, readEvidenceFile } from '../../server/sync/evidence/evidence.store.ts';
import { VerifyPool } from '../../server/vault/verify-pool.ts';
import { MORNING, type TestClinic } from '../support/ledger-builder.ts';
import { MemoryCosignMark } from '../support/memory-continuity.ts';
import { openEngine } from '../sync/desk-engine.ts';
import { TestDesk } from '../sync/test-desk.ts';
import type { MaliciousHub } from './malicious-hub.ts';

export class CaughtDesk {
  readonly hub: MaliciousHub;
  readonly desk: TestDesk;
  readonly pool = new VerifyPool(1);
  engine!: SyncEngine;
  /** Outside of its folder. */
  readonly mark: MemoryCosignMark;
  now = MORNING;

  private constructor(hub: MaliciousHub, desk: TestDesk, mark: MemoryCosignMark) {
    this.hub = hub;
    this.mark = mark;
    this.desk = desk;
  }

  /** @param folder an earlier desk's, or a copy of it; without it, a new one. @param mark what its machine remembers */
  static async open(hub: MaliciousHub, clinic: TestClinic, folder?: string, mark = new MemoryCosignMark()): Promise<CaughtDesk> {
    const caught = new CaughtDesk(hub, await TestDesk.open(clinic, hub.history.region.region, folder), mark);
    await caught.openEngine();
    return caught;
  }

  async openEngine(): Promise<void> {
    const hub = this.hub.placeFor(this.desk.clinic.desk.key.publicKey);
    this.engine = await openEngine(this.desk, { hub, pool: this.pool, cosignMark: this.mark, clock: () => this.now });
  }

  /** The program ends and starts again over the same folder. */
  async restart(): Promise<void> {
    await this.engine.stop();
    await this.desk.restart();
    await this.openEngine();
  }

  /** One round; the code of what went wrong, or 'synced'. */
  async round(): Promise<string> {
    return this.engine.once().then(
      () => 'synced',
      (error: { code?: string }) => error.code ?? String(error),
    );
  }

  /** Every row of the book, and the file of each. */
  async book() {
    const { read } = this.desk.database;
    const rows = await listEvidence(read);
    return Promise.all(rows.map(async (row) => ({ ...row, file: await readEvidenceFile(read, row.id) })));
  }

  async close(): Promise<void> {
    await this.engine.stop();
    await this.pool.close();
    await this.desk.close();
  }
}

/** Writes evidence where no data folder is, for the command line. */
export async function exported(file: string): Promise<{ path: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'careledger-evidence-'));
  const path = join(folder, 'evidence.json');
  await writeFile(path, file);
  return { path, remove: () => rm(folder, { recursive: true, force: true }) };
}
