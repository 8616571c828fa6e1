import { get } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hubStatus } from '../../server/hub/commands/fleet-administration.ts';
import { openHubDatabase } from '../../server/hub/hub-database.ts';
import { act, bytesFor } from '../support/ledger-builder.ts';
import { HubBench, sealedDocument } from './hub-bench.ts';

let bench: HubBench;
let port: number;
beforeAll(async () => {
  bench = await HubBench.open();
  const { founder } = bench;
  const line = await bench.join(founder);
  for (const label of ['one', 'two', 'three'])
    await bench.submit(line, founder.desk.write(act(founder, 'access.sealed', { root: bytesFor(label), count: 1 })));
  const { upload } = sealedDocument('a document', bytesFor('handle', 16));
  await line.ask('PutDocuments', { documents: [upload] });
  port = await bench.hub.startOperations(0, '127.0.0.1');
}, 60_000);
afterAll(() => bench.close());

async function told(path: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    }).on('error', reject);
  });
}
const faults = async () => (await hubStatus(bench.folder, Date.now)).disk.faults;

/** Turns a bit of the first value in a column, as a disk might; gives what turns it back. */
async function turn(table: string, column: string, key: string): Promise<() => Promise<void>> {
  const set = async (value: (was: Buffer) => Buffer): Promise<Buffer> => {
    const database = await openHubDatabase(bench.folder);
    try {
      const sql = `SELECT ${key} AS place, ${column} AS was FROM ${table} ORDER BY ${key} LIMIT 1`;
      const [row] = await database.read.all<{ place: number | string | Buffer; was: Buffer }>(sql);
      if (!row) throw new Error(`${table} is empty`);
      const update = `UPDATE ${table} SET ${column} = ? WHERE ${key} = ?`;
      expect(await database.write((transaction) => transaction.run(update, [value(row.was), row.place]))).toBe(1);
      return row.was;
    } finally {
      await database.close();
    }
  };
  const was = await set((bytes) => Buffer.from(bytes.map((byte, at) => (at === 5 ? byte ^ 4 : byte))));
  return async () => void (await set(() => was));
}

test('a hub whose disk is as it was written says so', async () => {
  await bench.hub.lookAtDisk();
  expect(await faults()).toEqual([]);
  expect(await told('/ready')).toMatchObject({ status: 200 });
  expect((await told('/')).body).toContain('as it was written');
  expect((await told('/metrics')).body).toMatch(
    /careledger_hub_disk_faults 0\n[\s\S]*careledger_hub_disk_looked_at_seconds [1-9]/,
  );
});

test.for<[what: string, table: string, column: string, key: string, part: string]>([
  ['a row of the state', 'state_row', 'value', 'key', 'STATE'],
  ['a block', 'block', 'bytes', 'position', 'BLOCKS'],
  ['the hash of a block', 'block', 'hash', 'position', 'BLOCKS'],
  ['a sealed document', 'document', 'sealed', 'sequence', 'DOCUMENTS'],
])(
  '%s that was altered is told in its status, by its readiness, its metrics and its page',
  async ([, table, column, key, part]) => {
    const turnBack = await turn(table, column, key);
    await bench.hub.lookAtDisk();
    expect(await faults()).toContainEqual({ part, count: 1 });
    // A document that was altered is refused by who fetches it: everything else goes on.
    const ready = part === 'DOCUMENTS' ? { status: 200, body: 'ready\n' } : { status: 503, body: 'hub.disk-altered\n' };
    expect(await told('/ready')).toEqual(ready);
    const { body } = await told('/metrics');
    expect(body).toMatch(/careledger_hub_disk_faults [12]\n/);
    expect(body).toContain(`careledger_hub_ready ${part === 'DOCUMENTS' ? 1 : 0}`);
    expect((await told('/')).body).toMatch(new RegExp(`ALTERED: .*${part} 1`));
    await turnBack();
    await bench.hub.lookAtDisk();
    expect(await faults()).toEqual([]);
    expect(await told('/ready')).toMatchObject({ status: 200 });
  },
);

test('what was found is still told after a restart', async () => {
  const turnBack = await turn('document', 'sealed', 'sequence');
  await bench.hub.lookAtDisk();
  await bench.restart();
  port = await bench.hub.startOperations(0, '127.0.0.1');
  expect((await told('/')).body).toContain('ALTERED: DOCUMENTS 1');
  await turnBack();
  await bench.hub.lookAtDisk();
  expect((await told('/')).body).not.toContain('ALTERED');
});
