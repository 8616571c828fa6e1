import { expect, test } from 'vitest';
import { PostgresqlShare } from '../../../server/storage/postgresql-share.ts';
import { askOnce } from '../../support/postgresql.ts';
import { databaseOfRun } from '../hub-bench.ts';

test('a turn in which nothing happens is given on after ten seconds, and its holder gets another', async () => {
  const url = (await databaseOfRun()) as string;
  const [hanging, waiting] = [new PostgresqlShare(url, 'one'), new PostgresqlShare(url, 'another')];
  let wake = (): void => undefined;
  const turn = hanging.inTurn(
    () =>
      new Promise<void>((resolve) => {
        wake = resolve;
      }),
  );
  const held =
    "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
  await expect.poll(() => askOnce(url, held)).toHaveLength(1);
  const start = performance.now();
  await waiting.inTurn(async () => undefined);
  expect(performance.now() - start).toBeGreaterThan(8_000);
  wake();
  await turn;
  await hanging.inTurn(async () => undefined);
  await Promise.all([hanging.close(), waiting.close()]);
});
