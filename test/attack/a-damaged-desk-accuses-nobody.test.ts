/**
 * Threats D2, L1: a bit that turned on a desk's own disk makes an honest hub look like a liar. The desk with the real engine doubts itself
 * first: it mends what its blocks can tell, names its own disk for the rest, and neither accuses nor keeps evidence. A liar is caught all the same.
 */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../server/storage/database.ts';
import { CLINIC_MIGRATIONS } from '../../server/workstation/folder/installation.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { firstPolicy } from '../../shared/ledger/policy.ts';
import {
  act,
  bytesFor,
  foundClinic,
  foundRegion,
  outsideWitness,
  policyActOf,
  type TestClinic,
  TestDevice,
} from '../support/ledger-builder.ts';
import { MemoryCosignMark } from '../support/memory-continuity.ts';
import { recordBlocks, recordEvent } from '../sync/test-desk.ts';
import { CaughtDesk } from './caught-desk.ts';
import { History, MaliciousHub } from './malicious-hub.ts';

const clinics = ['North', 'South', 'East'].map((label) => foundClinic(label));
const [north, south, east] = clinics as [TestClinic, TestClinic, TestClinic];
let hub: MaliciousHub;
/** In step with 18 blocks, and an act of its own that waits. */
let whole: CaughtDesk;
let blocks: readonly Uint8Array[];
let more: readonly Uint8Array[];
let other: readonly Uint8Array[];
let copies = 0;

beforeAll(async () => {
  const region = foundRegion('damaged', clinics);
  hub = await MaliciousHub.open(region);
  const policy = firstPolicy(region.region.genesis.witnesses);
  const changed = { ...policy, sequence: 1, witnesses: [...policy.witnesses, outsideWitness('far')] };
  const change = act(south, 'policy.changed', policyActOf(region.region, changed, clinics), { signer: south.administrator });
  hub.history.take(...recordBlocks(south, 'south', 4), south.desk.write(change));
  whole = await CaughtDesk.open(hub, north);
  const write = async (label: string): Promise<void> => {
    const { event, signature } = recordEvent(north, label);
    await whole.desk.ledger.commit({ events: [{ event, signature }] });
  };
  await write('own');
  expect(await whole.round()).toBe('synced');
  hub.history.take(...recordBlocks(east, 'east', 12));
  expect(await whole.round()).toBe('synced');
  await write('waits');
  await whole.engine.stop();
  await whole.desk.database.close();
  blocks = [...hub.history.blocks];
  more = recordBlocks(south, 'more', 3);
  other = recordBlocks(east, 'other', 14, new TestDevice(east.chain, east.desk.key, bytesFor('other epoch', 8)));
}, 120_000);
afterAll(async () => {
  await whole?.pool.close();
  await whole?.desk.close();
  await hub?.close();
});

/** SQL for `column` with the byte behind the first `at` turned. */
const turned = (column: string, at = 5): string =>
  `CAST(substr(${column}, 1, ${at}) || unhex(printf('%02x', (unicode(substr(hex(${column}), ${2 * at + 1}, 1)) + 1) % 256)) || substr(${column}, ${at + 2}) AS BLOB)`;
const AUDIT_AGAIN = "UPDATE setting SET value = x'30' WHERE name = 'audited'";

/** A desk over a copy of the folder in which this was run, beside an honest hub that went on or stands still. */
async function damaged(sql: readonly string[], history: readonly Uint8Array[]): Promise<CaughtDesk> {
  const folder = join(whole.desk.folder, `copy-${copies++}`);
  cpSync(join(whole.desk.folder, 'clinic.db'), join(folder, 'clinic.db'));
  const database = await openDatabase({ path: join(folder, 'clinic.db'), mode: 'bulk', migrations: CLINIC_MIGRATIONS });
  for (const each of sql) expect(await database.write((transaction) => transaction.run(each))).toBe(1);
  await database.close();
  hub.history = new History(hub.history.region, history);
  return CaughtDesk.open(hub, north, folder, Object.assign(new MemoryCosignMark(), { mark: whole.mark.mark }));
}

const rows: ReadonlyArray<readonly [what: string, comes: string, ...sql: string[]]> = [
  ['the root of its tree', 'synced', `UPDATE ledger_head SET nodes = ${turned('nodes')}`],
  ['the effects of its rules', 'synced', `UPDATE ledger_head SET effects = ${turned('effects')}`],
  ['a size that is no tree', 'synced', 'UPDATE ledger_head SET size = size + 64'],
  ['a smaller size', 'synced', 'UPDATE ledger_head SET size = size - 1'],
  ['a root of the state', 'synced', `UPDATE ledger_head SET state_size = 8, state_root = x'${'ab'.repeat(32)}'`],
  ['the region in its checkpoint', 'synced', `UPDATE setting SET value = ${turned('value', 40)} WHERE name = 'checkpoint'`],
  ['the signature of its checkpoint', 'synced', `UPDATE setting SET value = ${turned('value', 200)} WHERE name = 'checkpoint'`],
  ['how far the audit got', 'synced', "UPDATE setting SET value = x'393939' WHERE name = 'audited'"],
  ['what it cosigned', 'synced', `UPDATE setting SET value = ${turned('value')} WHERE name = 'cosigned'`],
  ['the hash of a block', 'synced', `UPDATE block SET hash = ${turned('hash')} WHERE position = 9`],
  ['the hash of the newest block', 'synced', `UPDATE block SET hash = ${turned('hash')} WHERE position = 17`],
  ['the hash of an own block', 'synced', `UPDATE block SET hash = ${turned('hash')} WHERE position = 5`],
  ['the hash of the first block', 'synced', `UPDATE block SET hash = ${turned('hash')} WHERE position = 0`, AUDIT_AGAIN],
  ['an act of the policy', 'synced', `UPDATE policy_act SET body = ${turned('body', 20)}`],
  ['the place of such an act', 'synced', 'UPDATE policy_act SET position = 900'],
  ['a receipt', 'synced', `UPDATE own_block SET receipt = ${turned('receipt', 30)} WHERE receipt IS NOT NULL`],
  ['the place of an own act', 'synced', 'UPDATE own_block SET position = position + 1 WHERE position IS NOT NULL'],
  [
    'the key of a state row',
    'synced',
    `UPDATE state_row SET key = key || 'x' WHERE key LIKE 'head/${toHex(south.desk.key.publicKey)}/%'`,
  ],
  ['a block', 'ledger.blocks-altered', `UPDATE block SET bytes = ${turned('bytes', 50)} WHERE position = 17`, AUDIT_AGAIN],
  ['a block that is gone', 'ledger.blocks-altered', 'DELETE FROM block WHERE position = 8', AUDIT_AGAIN],
  ['an act that waits', 'synced', `UPDATE own_block SET bytes = ${turned('bytes', 300)} WHERE position IS NULL`],
  ['the content of an act that waits', 'synced', `UPDATE own_block SET bytes = ${turned('bytes', 80)} WHERE position IS NULL`],
  ['the name of an act that waits', 'synced', `UPDATE own_block SET hash = ${turned('hash', 3)} WHERE position IS NULL`],
];

test.for(rows.map((row, at) => [at % 2 ? 'goes on' : 'stands still', ...row] as const))(
  'a hub that %s, and on the desk’s disk %s: %s, and nobody is accused',
  { timeout: 60_000 },
  async ([hubs, , comes, ...sql]) => {
    let desk: CaughtDesk | undefined;
    try {
      desk = await damaged(sql, hubs === 'goes on' ? [...blocks, ...more] : blocks);
      expect(await desk.round()).toBe(comes);
      expect(await desk.round()).toBe(comes);
      expect((await desk.book()).filter(({ code }) => code !== 'storage.act-mended')).toEqual([]);
    } catch (error) {
      // What waits cannot even be judged: the desk does not open, by the name of its own disk.
      if (desk) throw error;
      expect(error).toMatchObject({ code: comes });
    } finally {
      await desk?.close();
    }
  },
);

test('a hub that does lie is caught by a desk whose disk was altered too', { timeout: 60_000 }, async () => {
  const desk = await damaged([`UPDATE ledger_head SET nodes = ${turned('nodes')}`], [...blocks.slice(0, 6), ...other]);
  expect(await desk.round()).toBe('sync.split-view');
  expect(await desk.book()).toMatchObject([{ code: 'sync.split-view', stops: true, file: expect.stringContaining('"fork"') }]);
  await desk.close();
});
