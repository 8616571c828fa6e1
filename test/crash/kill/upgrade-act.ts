/** A database that a newer program brings to its own shape, a large table in parts: whole or not begun, and a copy from before beside it. */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Database, openDatabase } from '../../../server/storage/database.ts';
import type { Migration } from '../../../server/storage/migrations.ts';
import { upgradeCopyOf } from '../../../server/storage/upgrade-copy.ts';
import type { Witness } from './lives.ts';
import type { Act } from './task.ts';

const BEFORE: Migration = { id: 10, name: 'lines', sql: 'CREATE TABLE line (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT' };
const AFTER: Migration = {
  id: 20,
  name: 'lines in capitals',
  repeat: 'UPDATE line SET text = upper(text) WHERE id IN (SELECT id FROM line WHERE text <> upper(text) LIMIT 100)',
  sql: 'CREATE INDEX line_text ON line (text)',
};
const LINES = 350;

const upgraded = (path: string) => openDatabase({ path, migrations: [BEFORE, AFTER], mode: 'desk', tell: () => undefined });

export async function upgrade(folder: string, number: number, witness: Witness): Promise<void> {
  const path = join(folder, '..', `upgrade-${number}`, 'lines.db');
  mkdirSync(dirname(path), { recursive: true });
  const old = await openDatabase({ path, migrations: [BEFORE], mode: 'desk' });
  await old.write((transaction) =>
    transaction.run(
      `WITH RECURSIVE each (id) AS (VALUES (1) UNION ALL SELECT id + 1 FROM each WHERE id < ${LINES}) INSERT INTO line SELECT id, 'line ' || id FROM each`,
    ),
  );
  await old.close();
  await witness.act('upgrade', { path }, async () => {
    for (const time of ['upgraded', 'started again']) {
      const database = await upgraded(path);
      if (time === 'started again' && existsSync(upgradeCopyOf(path)))
        witness.fault('no half state', 'the copy from before stays');
      await database.close();
    }
    return {};
  });
  rmSync(dirname(path), { recursive: true });
}

async function counts({ read }: Database): Promise<string> {
  const row = await read.get<{ lines: number; loud: number }>(
    'SELECT count(*) AS lines, coalesce(sum(text = upper(text)), 0) AS loud FROM line',
  );
  return `${row?.lines} ${row?.loud}`;
}

export async function lookAtUpgraded({ about: { path = '' } }: Act, witness: Witness): Promise<void> {
  if (!existsSync(path)) return;
  const database = await upgraded(path);
  const copy = upgradeCopyOf(path);
  const now = await counts(database);
  if (now !== `${LINES} ${LINES}`)
    witness.fault('no half state', `an upgrade that was cut off went on to ${now} of ${LINES} lines`);
  await database.close();
  if (existsSync(copy)) {
    const before = await openDatabase({ path: copy, migrations: [BEFORE], mode: 'desk' });
    if ((await counts(before)) !== `${LINES} 0`)
      witness.fault('nothing acknowledged is lost', 'the copy from before an upgrade is not the state before it');
    await before.close();
  }
  rmSync(dirname(path), { recursive: true });
}
