/** Two processes are started, then the region is founded at the one: a balancer learns by itself that the other can be asked, too. */
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openHub, type RunningHub } from '../../../server/hub/hub-service.ts';
import { storageFailure } from '../../../server/storage/faults.ts';
import { HubBench, temporaryFolder } from '../hub-bench.ts';

test('a process that was started before the region was founded says so, and is ready once it is founded at another one', async () => {
  const folder = await temporaryFolder('hub-fellow');
  let second: RunningHub | undefined;
  let port = 0;
  const readiness = async (): Promise<string> => (await fetch(`http://127.0.0.1:${port}/ready`)).text();
  const bench = await HubBench.open({
    beforeFounding: async (first) => {
      for (const file of ['FORMAT', 'hub-keys.json', 'database-url']) await cp(join(first, file), join(folder, file));
      second = await openHub(folder);
      port = await second.startOperations(0, '127.0.0.1');
      expect(await readiness()).toBe('hub.not-founded\n');
    },
  });
  try {
    expect(await readiness()).toBe('ready\n');
  } finally {
    await second?.close();
    await bench.close();
    await rm(folder, { recursive: true, force: true });
  }
});

test('a server that asks for a password, where none was given, has refused the hub: it was reached', () => {
  const asked = new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string');
  expect(storageFailure(asked, { database: 'postgresql' })).toMatchObject({ code: 'storage.refused', retry: false });
  expect(storageFailure(new Error('Connection terminated'), { database: 'postgresql' }).code).toBe('storage.unreachable');
});
