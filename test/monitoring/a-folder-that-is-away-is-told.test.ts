/** The folder of gateways when its disk is away, silent or full of other things: told as what it is, and no batch is lost by it. */
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  constants,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { OpenVault } from '../../server/graphql/domains.ts';
import { ReadingFolders } from '../../server/monitoring/reading-folder.ts';
import { newSigningKey, sign } from '../../server/vault/primitives.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { writeBatch } from '../../shared/monitoring/reading-batch.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';

const disk = mkdtempSync(join(tmpdir(), 'careledger-readings-'));
const path = join(disk, 'readings');
const at = (name: string): string => join(path, name);
const gateway = newSigningKey();
let desk: ClinicDesk;
let vault: OpenVault;
let sequence = 0;

function leave(name: string): void {
  sequence += 1;
  const now = Date.now();
  const readings = [{ patient: 'MRN-7', measurement: 'HEART_RATE', value: '80', measured: now }] as const;
  const batch = { clinic: vault.request.vault.chain, gateway: gateway.publicKey, sequence, made: now, readings: [...readings] };
  writeFileSync(
    at(name),
    writeBatch(batch, (message) => sign(gateway, message)),
  );
}
const choose = (folder: string | null) =>
  desk.ask('mutation ($path: String) { setReadingFolder(path: $path) { path } }', { path: folder });
async function looked(): Promise<Record<string, unknown>> {
  await vault.request.readingFolder.look();
  const ASKED = '{ readingFolder { taken refused folderProblem { code message } batchProblem { code } } }';
  return (await desk.ask<{ readingFolder: Record<string, unknown> }>(ASKED)).readingFolder;
}

beforeAll(async () => {
  desk = new ClinicDesk({ staff: { role: 'administrator' } });
  vault = await desk.unlock();
  const REGISTER = 'mutation ($input: RegisterPatientInput!) { registerPatient(input: $input) { patient { id } } }';
  const input = { family: 'Okafor', given: ['Marisol'], identifierSystem: 'urn:oid:2.999.11.1', identifier: 'MRN-7' };
  await desk.ask(REGISTER, { input });
  const ENROL = 'mutation ($key: String!) { enrolReadingGateway(name: "Ward 2", key: $key) { key } }';
  await desk.ask(ENROL, { key: toHex(gateway.publicKey) });
});
beforeEach(async () => {
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path);
  await choose(path);
});
afterAll(async () => {
  await desk.remove();
  rmSync(disk, { recursive: true, force: true });
});

test('a disk that is unplugged is named with what to do, and what lies on it comes in once it is back', async () => {
  leave('a.batch.json');
  renameSync(path, join(disk, 'unplugged'));
  expect(await looked()).toMatchObject({
    folderProblem: { code: 'gateway.folder-unread', message: expect.stringMatching(/“.*readings”.*Connect the drive/) },
    batchProblem: null,
  });
  // The place where it was mounted stays, and is empty.
  mkdirSync(path);
  expect(await looked()).toMatchObject({ taken: 0, folderProblem: { code: 'gateway.folder-other' } });
  rmSync(path, { recursive: true });
  writeFileSync(path, 'a file in its place');
  expect(await looked()).toMatchObject({ folderProblem: { code: 'gateway.folder-unread' } });
  rmSync(path);
  renameSync(join(disk, 'unplugged'), path);
  expect(await looked()).toMatchObject({ taken: 1, refused: 0, folderProblem: null });
});

test('a refused batch and a folder that is away are told apart, and neither hides the other', async () => {
  writeFileSync(at('a.batch.json'), 'no batch');
  expect(await looked()).toMatchObject({ refused: 1, folderProblem: null, batchProblem: { code: 'gateway.malformed' } });
  renameSync(path, join(disk, 'unplugged'));
  expect(await looked()).toMatchObject({
    folderProblem: { code: 'gateway.folder-unread' },
    batchProblem: { code: 'gateway.malformed' },
  });
  renameSync(join(disk, 'unplugged'), path);
  expect(await looked()).toMatchObject({ refused: 1, folderProblem: null, batchProblem: { code: 'gateway.malformed' } });
});

test('a file that cannot be read is named and waits, and keeps no other waiting; one far too large is refused unread', async () => {
  mkdirSync(at('a.batch.json'));
  leave('b.batch.json');
  writeFileSync(at('c.batch.json'), Buffer.alloc(20_000_000, '{'));
  expect(await looked()).toMatchObject({
    taken: 1,
    refused: 1,
    folderProblem: { code: 'gateway.file-unread', message: expect.stringContaining('“a.batch.json”') },
    batchProblem: { code: 'gateway.malformed' },
  });
  expect(readdirSync(path).sort()).toEqual(['a.batch.json', 'refused', 'taken']);
  rmSync(at('a.batch.json'), { recursive: true });
  expect(await looked()).toMatchObject({ taken: 1, folderProblem: null });
});

test('what cannot be put away is taken in once and told; a folder that cannot be written to is refused when it is chosen', async () => {
  leave('a.batch.json');
  leave('b.batch.json');
  rmSync(at('taken'), { recursive: true });
  writeFileSync(at('taken'), 'a file in its place');
  expect(await looked()).toMatchObject({ taken: 0, folderProblem: { code: 'gateway.folder-unwritten' } });
  await expect(choose(path)).rejects.toMatchObject({ code: 'gateway.folder-unwritten' });
  rmSync(at('taken'));
  expect(await looked()).toMatchObject({ taken: 2, folderProblem: null });
  // Both had been taken in before they could be put away.
  const [said] = readdirSync(at('taken')).filter((name) => name.endsWith('.txt'));
  expect(readdirSync(at('taken'))).toHaveLength(4);
  expect(readFileSync(at(`taken/${said}`), 'utf8')).toContain('Taken in before');
});

test.skipIf(process.platform === 'win32')(
  'a folder that does not answer holds up neither the desk nor its lock, and goes on later',
  async () => {
    const silent = new ReadingFolders(vault.request.vault, vault.request.gateways, 50);
    execFileSync('mkfifo', [at('a.batch.json')]);
    leave('b.batch.json');
    await silent.look();
    expect(await silent.state()).toMatchObject({ taken: 0, folderProblem: { code: 'gateway.folder-silent' } });
    // Who opens the other end lets the first look go on.
    const end = openSync(at('a.batch.json'), constants.O_WRONLY);
    writeSync(end, 'no batch');
    closeSync(end);
    await expect.poll(() => silent.state()).toMatchObject({ taken: 1, refused: 1, folderProblem: null });
  },
);
