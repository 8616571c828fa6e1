/** The folder of gateways when its disk is away, silent or full of other things: told as what it is, and no batch is lost by it. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
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

test('a look that does not end holds up neither the desk nor its lock, and goes on later', async () => {
  const { promise: held, resolve: goOn } = Promise.withResolvers<void>();
  // As a share whose server is gone leaves a question without any answer.
  const { gateways } = vault.request;
  const slow = { take: (file: string) => held.then(() => gateways.take(file)) } as typeof gateways;
  const silent = new ReadingFolders(vault.request.vault, slow, 50);
  leave('a.batch.json');
  leave('b.batch.json');
  await silent.look();
  expect(await silent.state()).toMatchObject({ taken: 0, folderProblem: { code: 'gateway.folder-silent' } });
  goOn();
  await expect.poll(() => silent.state()).toMatchObject({ taken: 2, refused: 0, folderProblem: null });
});

describe.skipIf(process.platform === 'win32')('who writes to the folder', () => {
  test('has no look waiting at a pipe or a device, and nothing of this computer read or moved', async () => {
    const secret = join(disk, 'elsewhere.json');
    leave('z.batch.json');
    renameSync(at('z.batch.json'), secret);
    execFileSync('mkfifo', [at('a.batch.json')]);
    symlinkSync('/dev/zero', at('b.batch.json'));
    symlinkSync(secret, at('c.batch.json'));
    leave('d.batch.json');
    expect(await looked()).toMatchObject({ taken: 1, refused: 0, folderProblem: { code: 'gateway.file-unread' } });
    expect(readdirSync(path).sort()).toEqual(['a.batch.json', 'b.batch.json', 'c.batch.json', 'refused', 'taken']);
    expect(readdirSync(disk).sort()).toEqual(['elsewhere.json', 'readings']);
  });

  test('has nothing put away elsewhere, nor anything of this computer overwritten', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'careledger-elsewhere-'));
    onTestFinished(() => rmSync(elsewhere, { recursive: true }));
    writeFileSync(join(elsewhere, 'own'), 'mine');
    // The name under which the reasons of this batch are written first.
    symlinkSync(join(elsewhere, 'own'), at(`taken/.a.batch.json.txt.${process.pid}.tmp`));
    leave('a.batch.json');
    expect(await looked()).toMatchObject({ taken: 1, folderProblem: null });
    expect(readFileSync(join(elsewhere, 'own'), 'utf8')).toBe('mine');
    rmSync(at('refused'), { recursive: true });
    symlinkSync(elsewhere, at('refused'));
    writeFileSync(at('b.batch.json'), 'no batch');
    expect(await looked()).toMatchObject({ folderProblem: { code: 'gateway.folder-unwritten' } });
    expect(readdirSync(elsewhere)).toEqual(['own']);
  });
});
