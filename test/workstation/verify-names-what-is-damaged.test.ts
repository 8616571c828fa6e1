import '../support/quick-passphrases.ts';
import { cpSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { noKeychain } from '../../server/identity/keychain.ts';
import { verify } from '../../server/workstation/commands/verify.ts';
import { ask, BackupBench, PASSPHRASE } from './backup-bench.ts';

/** A clinic without a region, on a machine without a keychain. */
let bench: BackupBench;
let copies = 0;

beforeAll(async () => {
  bench = await BackupBench.open();
  const service = await bench.clinic('alone', noKeychain);
  const { patients } = await ask<{ patients: { edges: Array<{ node: { id: string } }> } }>(
    service,
    '{ patients(search: "") { edges { node { id } } } }',
  );
  for (const { node } of patients.edges)
    await ask(service, 'mutation Open($patient: ID!) { openChart(patient: $patient) { sections { count } } }', {
      patient: node.id,
    });
  await service.entrance.lock();
  cpSync(bench.path('alone'), bench.path('kept'), { recursive: true });
  await writeFile(bench.path('passphrase'), PASSPHRASE);
}, 120_000);
afterAll(() => bench.close());

/** What `careledger verify` says of a copy of the clinic's folder, in whose database somebody ran `sql`. */
async function said(sql: string, withKeys = true): Promise<string> {
  const folder = bench.path(`copy-${copies++}`);
  cpSync(bench.path('kept'), folder, { recursive: true });
  const database = new DatabaseSync(`${folder}/clinic.db`);
  database.function('flipped', flip);
  const changes = database.prepare(sql).run().changes;
  database.close();
  expect(changes).toBe(1);
  return verdictOn(folder, withKeys);
}

async function verdictOn(folder: string, withKeys: boolean): Promise<string> {
  let text = '';
  const io = { out: (said: string) => (text += said), err: () => undefined };
  const keys = withKeys ? ['--passphrase-file', bench.path('passphrase')] : [];
  try {
    await verify(['--data', folder, ...keys], io);
    return text;
  } catch (error) {
    return `${text}${(error as Error).message}`;
  }
}

const firstOf = (table: string, order: string): string => `rowid = (SELECT rowid FROM ${table} ORDER BY ${order} LIMIT 1)`;
/** The column with one bit of its 21st byte turned over. */
const flipped = (column: string): string => `flipped(${column})`;
function flip(sealed: unknown): Uint8Array {
  const bytes = Uint8Array.from(sealed as Uint8Array);
  bytes[20] = (bytes[20] as number) ^ 1;
  return bytes;
}

test('a clinic without a region: everything sealed is opened, and all of it holds', async () => {
  const text = await verdictOn(bench.path('kept'), true);
  expect(text).toMatch(/3 sealed documents checked/);
  expect(text).toMatch(/\d+ sealed entries, 3 records and 3 access lines opened/);
  expect(text).toMatch(/All of it holds/);
  expect(await verdictOn(bench.path('kept'), false)).toMatch(/was not opened: name a passphrase file/);
}, 60_000);

test.for<[what: string, sql: string, says: RegExp, withKeys: boolean]>([
  [
    'an entry of the patient directory that was altered',
    `UPDATE vault_row SET sealed = ${flipped('sealed')} WHERE key = (SELECT key FROM vault_row WHERE kind = 'patient' LIMIT 1) AND kind = 'patient'`,
    /do not open 1 entry of the kind "patient" \(table vault_row\)/,
    true,
  ],
  [
    'an entry that was put at the place of another',
    `UPDATE vault_row SET sealed = (SELECT sealed FROM vault_row WHERE kind = 'patient' ORDER BY key DESC LIMIT 1)
      WHERE kind = 'patient' AND key = (SELECT min(key) FROM vault_row WHERE kind = 'patient')`,
    /1 entry of the kind "patient"/,
    true,
  ],
  [
    'an access line that was taken out',
    `DELETE FROM vault_row WHERE kind = 'access' AND key = (SELECT min(key) FROM vault_row WHERE kind = 'access')`,
    /Line 2 of the access log does not follow the one before it/,
    true,
  ],
  [
    'the newest access lines taken out',
    `DELETE FROM vault_row WHERE kind = 'access' AND key = (SELECT max(key) FROM vault_row WHERE kind = 'access')`,
    /The ledger counts 3 lines of this device's access log; those that are here are not the same/,
    true,
  ],
  [
    'a document that is gone',
    `DELETE FROM document WHERE ${firstOf('document', 'name')}`,
    /The document of the record \w+ is missing/,
    true,
  ],
  [
    'a wrap that was altered',
    `UPDATE document SET wrap = ${flipped('wrap')} WHERE ${firstOf('document', 'name')}`,
    /The document \w+ does not open/,
    true,
  ],
  [
    'a document that was altered',
    `UPDATE document SET sealed = ${flipped('sealed')} WHERE ${firstOf('document', 'name')}`,
    /The sealed document \w+ was altered on disk/,
    false,
  ],
  [
    'an act that waits and was altered',
    `UPDATE own_block SET bytes = ${flipped('bytes')} WHERE sequence = 2`,
    /The act \w+ of this device was altered on disk/,
    false,
  ],
  [
    'the reason that is shown for an act',
    `UPDATE own_block SET reasons = replace(reasons, '""', '"early"') WHERE sequence = 2`,
    /An act that waits is shown as judged otherwise/,
    false,
  ],
  [
    'a row that lies over the ledger',
    `UPDATE pending_row SET value = ${flipped('value')} WHERE key = (SELECT min(key) FROM pending_row WHERE key LIKE 'staff/%')`,
    /What waits at this desk lies otherwise over the ledger/,
    false,
  ],
])('it names %s', { timeout: 60_000 }, async ([, sql, says, withKeys]) => {
  const text = await said(sql, withKeys);
  expect(text).toMatch(says);
  expect(text).toMatch(/restore the newest backup/);
});
