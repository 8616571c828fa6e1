/** How the hub fared, by minute and by hour: one row each for all its processes, and no more rows than two bounded spans have. */
import type { Queryable, WriteTransaction } from '../../storage/database.ts';
import type { Migration } from '../../storage/migrations.ts';

export const samplesMigration: Migration = {
  id: 3750,
  name: 'hub-samples',
  sql: `
    CREATE TABLE hub_sample (
      span INTEGER NOT NULL, start INTEGER NOT NULL, blocks INTEGER NOT NULL, answered INTEGER NOT NULL, refused INTEGER NOT NULL,
      typical INTEGER NOT NULL, slow INTEGER NOT NULL, storage INTEGER NOT NULL, memory INTEGER NOT NULL, PRIMARY KEY (span, start)
    ) STRICT, WITHOUT ROWID;
  `,
};

/** Numbers alone: there is no column for whom, or of what. */
export interface HubSample {
  /** Milliseconds that it covers, and when they began, milliseconds since 1970. */
  readonly span: number;
  readonly start: number;
  /** Blocks of the ledger at its end. */
  readonly blocks: number;
  /** Operations answered, and requests refused before they came to one. */
  readonly answered: number;
  readonly refused: number;
  /** Microseconds to answer: the median and p99 of the slowest minute and process in it. */
  readonly typical: number;
  readonly slow: number;
  /** Bytes of the database, and of the largest process in memory. */
  readonly storage: number;
  readonly memory: number;
}

const LARGEST = ['blocks', 'typical', 'slow', 'storage', 'memory']
  .map(
    (column) =>
      `${column} = CASE WHEN excluded.${column} > hub_sample.${column} THEN excluded.${column} ELSE hub_sample.${column} END`,
  )
  .join(', ');

/** Adds what one process has to tell of a span to what is known of it. */
export async function addSample(transaction: WriteTransaction, sample: HubSample): Promise<void> {
  const { span, start, blocks, answered, refused, typical, slow, storage, memory } = sample;
  await transaction.run(
    `INSERT INTO hub_sample (span, start, blocks, answered, refused, typical, slow, storage, memory) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (span, start) DO UPDATE SET answered = hub_sample.answered + excluded.answered,
       refused = hub_sample.refused + excluded.refused, ${LARGEST}`,
    [span, start, blocks, answered, refused, typical, slow, storage, memory],
  );
}

export async function forgetSamples(transaction: WriteTransaction, span: number, before: number): Promise<void> {
  await transaction.run('DELETE FROM hub_sample WHERE span = ? AND start < ?', [span, before]);
}

/** In the order of time. */
export function listSamples(connection: Queryable, span: number, from: number): Promise<HubSample[]> {
  return connection.all('SELECT * FROM hub_sample WHERE span = ? AND start >= ? ORDER BY start', [span, from]);
}

/** Bytes of the whole database. */
export async function storedBytes(connection: Queryable): Promise<number> {
  return (await connection.get<{ bytes: number }>(connection.dialect.size))?.bytes ?? 0;
}
