/** Where a simulated process keeps its database. */
import type { SqlValue } from '../../server/storage/connection.ts';
import type { Database } from '../../server/storage/database.ts';
import type { Migration } from '../../server/storage/migrations.ts';

export interface Storage {
  /** Opens it for a new process; the one before is gone. */
  open(migrations: readonly Migration[]): Promise<Database>;
  /** What was committed stays. Whoever used it waits for ever. */
  crash(): void;
  /** Power goes at the `statements`-th statement from now, just before it or just after; where that cannot be had, nothing happens. */
  crashAt(statements: number, isBefore: boolean, burn: () => void): void;
  /** Reads past the program. */
  look<Row>(sql: string, ...parameters: SqlValue[]): Promise<Row[]>;
  close(): Promise<void>;
}
