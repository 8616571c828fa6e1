import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DiskCheck, Faults } from '../../server/ledger/disk-check/disk-check.ts';
import { listState, loadState, stateRoot } from '../../server/ledger/state-rows.store.ts';
import { readVerdicts, writeVerdicts } from '../../server/ledger/verdicts.store.ts';
import { type Database, openDatabase } from '../../server/storage/database.ts';
import { CLINIC_MIGRATIONS, type Installation } from '../../server/workstation/folder/installation.ts';
import { type DeskPart, deskDiskCheck } from '../../server/workstation/verify/disk-check.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { bytesFor, everyRule, foundClinic, foundRegion, hash, MORNING } from '../support/ledger-builder.ts';
import { ScriptedHub } from '../sync/scripted-hub.ts';
import { recordBlocks, recordEvent, TestDesk } from '../sync/test-desk.ts';

/** More than stand under one kept node of the tree. */
const BLOCKS = 300;
const north = foundClinic('North');
let hub: ScriptedHub;
let desk: TestDesk;
let copies = 0;

beforeAll(async () => {
  const south = foundClinic('South');
  hub = await ScriptedHub.open(foundRegion('disk', [north, south]));
  desk = await TestDesk.open(north, hub.region.region);
  const { event, signature } = recordEvent(north, 'weight');
  const document = {
    name: hash(bytesFor('sealed')),
    handle: bytesFor('North handle', 16),
    sealed: bytesFor('sealed'),
    wrap: bytesFor('wrap'),
  };
  await desk.ledger.commit({ events: [{ event, signature, document: document.name }], documents: [document] });
  const [own] = await desk.database.read.all<{ bytes: Buffer }>('SELECT bytes FROM own_block');
  hub.take(own?.bytes as Buffer, ...recordBlocks(south, 'elsewhere', BLOCKS));
  expect(await desk.catchUp(hub)).toBe('caught up');
  await desk.database.close();
}, 120_000);
afterAll(async () => {
  await hub.close();
  await desk.close();
});

/** A copy of the desk's database in which `sql` was run, with the check of its disk. */
async function altered(sql?: string): Promise<{ database: Database; begin: () => DiskCheck<DeskPart> }> {
  const folder = join(desk.folder, `copy-${copies++}`);
  cpSync(join(desk.folder, 'clinic.db'), join(folder, 'clinic.db'));
  const database = await openDatabase({ path: join(folder, 'clinic.db'), mode: 'bulk', migrations: CLINIC_MIGRATIONS });
  if (sql) expect(await database.write((transaction) => transaction.run(sql))).toBe(1);
  const installation = { database, region: hub.region.region, founding: north.founding } as Partial<Installation> as Installation;
  const begin = (): DiskCheck<DeskPart> =>
    deskDiskCheck({ installation, rules: everyRule, clock: () => MORNING, onChange: () => undefined });
  return { database, begin };
}

async function found(sql?: string): Promise<Faults> {
  const { database, begin } = await altered(sql);
  try {
    return await begin().finish();
  } finally {
    await database.close();
  }
}

const turned = (column: string): string =>
  `CAST(substr(${column}, 1, 5) || unhex(printf('%02x', (unicode(substr(hex(${column}), 11, 1)) + 1) % 256)) || substr(${column}, 7) AS BLOB)`;
const SOME_ROW = "key = (SELECT min(key) FROM state_row WHERE key LIKE 'staff/%')";
const TURNED_ROW = `UPDATE state_row SET value = ${turned('value')} WHERE ${SOME_ROW}`;

test('a disk on which everything is as it was written', async () => {
  expect(await found()).toEqual({});
});

test.for<[what: string, sql: string, found: Faults]>([
  ['a state row', TURNED_ROW, { STATE: 1 }],
  ['the name of a state row', `UPDATE state_row SET key = key || 'x' WHERE ${SOME_ROW}`, { STATE: 1 }],
  ['a block', `UPDATE block SET bytes = ${turned('bytes')} WHERE position = 7`, { BLOCKS: 1 }],
  [
    'the hash of a block behind the last kept node',
    `UPDATE block SET hash = ${turned('hash')} WHERE position = 290`,
    { BLOCKS: 1, TREE: 1 },
  ],
  ['a block that is gone', 'DELETE FROM block WHERE position = 8', { BLOCKS: 1 }],
  ['a kept node of the tree', `UPDATE tree_node SET hash = ${turned('hash')} WHERE level = 8`, { BLOCKS: 1, TREE: 1 }],
  ['a sealed document', `UPDATE document SET sealed = ${turned('sealed')}`, { DOCUMENTS: 1 }],
  ['how far an act has got', 'UPDATE own_block SET position = 3', { ACTS: 1 }],
  ['why an act is disputed', `UPDATE own_block SET reasons = '["early"]'`, { ACTS: 1 }],
])('it finds %s', { timeout: 60_000 }, async ([, sql, faults]) => {
  expect(await found(sql)).toMatchObject(faults);
});

test('a row that was altered is refused by name, not shown, and is made anew from the blocks at the next start', async () => {
  const { database, begin } = await altered(TURNED_ROW);
  const [row] = await database.read.all<{ key: string }>(`SELECT key FROM state_row WHERE ${SOME_ROW}`);
  const refusal = { code: 'storage.row-altered' };
  await expect(listState(database.read, 'staff/')).rejects.toMatchObject(refusal);
  await expect(loadState(database.read, [row?.key as string])).rejects.toMatchObject(refusal);
  expect(await begin().finish()).toEqual({ STATE: 1 });
  const next = begin();
  await next.start();
  await next.stop();
  expect(next.faults).toEqual({});
  const whole = await altered();
  expect(toHex(await stateRoot(database.read, hash))).toBe(toHex(await stateRoot(whole.database.read, hash)));
  expect(await begin().finish()).toEqual({});
  await whole.database.close();
  await database.close();
}, 60_000);

test('verdicts on acts of others: found, refused by name, made anew', async () => {
  const { database, begin } = await altered();
  const accepted = [{ verdict: 'accepted', reason: '' }];
  await database.write((transaction) => writeVerdicts(transaction, [{ position: 7, verdicts: accepted }]));
  expect(await readVerdicts(database.read, 7, 8)).toEqual(new Map([[7, accepted]]));
  expect(await begin().finish()).toEqual({});
  await database.write((transaction) =>
    transaction.run("UPDATE block_verdict SET verdicts = replace(verdicts, 'accepted', 'disputed')"),
  );
  await expect(readVerdicts(database.read, 7, 8)).rejects.toMatchObject({ code: 'storage.row-altered' });
  expect(await begin().finish()).toEqual({ STATE: 1 });
  const next = begin();
  await next.start();
  await next.stop();
  // Every event of that block was accepted: nothing is kept of it.
  expect(await readVerdicts(database.read, 7, 8)).toEqual(new Map());
  expect(await begin().finish()).toEqual({});
  await database.close();
}, 60_000);

test('where the blocks were altered as well, nothing is made of them, and it goes on saying so', async () => {
  const { database, begin } = await altered(TURNED_ROW);
  await database.write((transaction) => transaction.run('DELETE FROM block WHERE position = 5'));
  await begin().finish();
  const next = begin();
  await next.start();
  await next.stop();
  expect(next.faults).toMatchObject({ STATE: 1, BLOCKS: 1 });
  await database.close();
}, 60_000);
