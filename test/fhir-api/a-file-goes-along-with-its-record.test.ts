/** Files of charts in an export that another clinic takes in: each byte, whatever breaks off, and named where they are missing or altered. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { readParts, readPieces, sortFiles } from '../../renderer/staff/records/import/read-files.ts';
import type { VaultRequest } from '../../server/graphql/domains.ts';
import { fromBase64, toBase64, utf8 } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { ATTACHMENT_PIECE } from '../../shared/records/attachment.ts';
import { ClinicDesk, PASSPHRASE } from '../support/clinic-desk.ts';
import { ndjsonByType, samples } from '../support/fhir-files.ts';
import { bytesFor } from '../support/ledger-builder.ts';

/** Three pieces, none like another. */
const FILM = Buffer.from(Uint32Array.from({ length: 500_000 }, (_, at) => Math.imul(at, 2_654_435_761)).buffer);
const LETTER = Buffer.from('%PDF-1.7 the letter');
let folder: string;

interface Clinic {
  readonly desk: ClinicDesk;
  readonly request: VaultRequest;
}

async function clinic(label: string, beforeCommit?: () => void): Promise<Clinic> {
  const desk = new ClinicDesk({
    label,
    staff: { role: 'administrator' },
    beforeCommit: ({ documents }) => {
      if (documents?.some(({ isHeld }) => isHeld)) beforeCommit?.();
    },
  });
  const { request } = await desk.unlock();
  const clinicKey = { kind: 'clinic-signing', id: new Uint8Array(0), epoch: 0, value: bytesFor(`${label} clinic`) } as const;
  await request.vault.keyStore.putKeys([clinicKey]);
  return { desk, request };
}
async function second(beforeCommit?: () => void): Promise<Clinic> {
  const opened = await clinic('second', beforeCommit);
  onTestFinished(() => opened.desk.remove());
  return opened;
}
const place = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'careledger-along-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
};
const copied = (): string => {
  const path = place();
  cpSync(folder, path, { recursive: true });
  return path;
};

async function attach({ request: { attachments } }: Clinic, patient: string, name: string, bytes: Buffer): Promise<void> {
  const file = { patient, name, type: 'application/pdf', size: bytes.length, modified: 7 };
  let { next, of } = await attachments.begin(file, name);
  while (next < of) {
    const piece = bytes.subarray(next * ATTACHMENT_PIECE, (next + 1) * ATTACHMENT_PIECE);
    ({ next, of } = await attachments.put(file, next, toBase64(piece)));
  }
  await attachments.finish(file);
}

async function exported({ desk }: Clinic, into: string): Promise<{ path: string; missing: string[] }> {
  const EXPORT = `mutation ($folder: String!, $passphrase: String!) {
    exportRecords(folder: $folder, passphrase: $passphrase) { path missing } }`;
  return (
    await desk.ask<{ exportRecords: { path: string; missing: string[] } }>(EXPORT, { folder: into, passphrase: PASSPHRASE })
  ).exportRecords;
}

async function takeIn({ request: { imports } }: Clinic, path: string, dryRun = false) {
  const { id } = await imports.startPaths([path], { dryRun });
  const job = await imports.settled(id);
  return { ...job, refused: await imports.refused(id, 10), doubts: await imports.doubts(id, 10) };
}

/** As the page does with a folder that was picked in a browser: each file under its place in the folder. */
async function handOver({ request: { imports } }: Clinic, path: string, dryRun = false) {
  const files = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(path, name)).isFile());
  const { readable, beside, ignored } = sortFiles(
    files.map((name) => ({ path: `picked/${name}`, file: new File([readFileSync(join(path, name))], basename(name)) })),
  );
  let id: string | undefined;
  for await (const { data, index, ...file } of readPieces(beside))
    ({ id } = await imports.takeFile(id, file, index, fromBase64(data)));
  for await (const { file, text, finish } of readParts(readable))
    ({ id } = await imports.takeText(id, file, utf8(text), finish, { dryRun }));
  const job = await imports.settled(id ?? '');
  return { ...job, ignored, refused: await imports.refused(job.id, 10), doubts: await imports.doubts(job.id, 10) };
}

const waiting = async ({ desk }: Clinic): Promise<number | undefined> =>
  (await desk.database.read.get<{ rows: number }>(`SELECT count(*) AS rows FROM vault_row WHERE kind LIKE 'import-file%'`))?.rows;

/** The files that can be opened in this clinic's charts, by their names. */
async function opened(at: Clinic): Promise<Record<string, Buffer>> {
  const { path } = await exported(at, place());
  const names = readdirSync(path).includes('files') ? readdirSync(join(path, 'files')) : [];
  return Object.fromEntries(names.map((name) => [name.slice(33), readFileSync(join(path, 'files', name))]));
}

beforeAll(async () => {
  const first = await clinic('first');
  const into = mkdtempSync(join(tmpdir(), 'careledger-along-'));
  writeFileSync(join(into, 'samples.ndjson'), Object.values(ndjsonByType(samples(1, 5))).join(''));
  await takeIn(first, join(into, 'samples.ndjson'));
  const [found] = (await first.request.patients.find('', 1, undefined)).patients;
  const patient = found?.patient.id as string;
  await first.desk.ask('mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }', { patient });
  await attach(first, patient, 'Film of the ultrasound.pdf', FILM);
  await attach(first, patient, 'Letter.pdf', LETTER);
  folder = (await exported(first, into)).path;
  await first.desk.remove();
  return () => rmSync(into, { recursive: true, force: true });
});

const BOTH = { 'Film_of_the_ultrasound.pdf': FILM, 'Letter.pdf': LETTER };

test('each file comes in with its record, byte for byte, and once', async () => {
  const there = await second();
  expect(await takeIn(there, folder)).toMatchObject({ state: 'DONE', refused: [], doubts: [] });
  expect(await opened(there)).toEqual(BOTH);
  expect(await takeIn(there, folder)).toMatchObject({ accepted: 0, refused: [], doubts: [] });
  expect(await there.request.attachments.store()).toEqual({ files: 0, bytes: 0 });
});

test('a file that is not beside its record is named, in a dry run too, and comes in when the folder is whole', async () => {
  const there = await second();
  const path = copied();
  renameSync(join(path, 'files'), join(path, '..', 'elsewhere'));
  onTestFinished(() => rmSync(join(path, '..', 'elsewhere'), { recursive: true, force: true }));
  const named = {
    code: 'attachment.not-beside',
    file: expect.stringContaining('DocumentReference'),
    path: expect.stringContaining('attachment'),
  };
  expect((await takeIn(there, path, true)).doubts).toMatchObject([named, named]);
  expect(await takeIn(there, path)).toMatchObject({ refused: [], doubts: [named, named] });
  expect(await opened(there)).toEqual({});
  renameSync(join(path, '..', 'elsewhere'), join(path, 'files'));
  expect(await takeIn(there, path)).toMatchObject({ accepted: 2, refused: [], doubts: [] });
  expect(await opened(there)).toEqual(BOTH);
  expect(await takeIn(there, path)).toMatchObject({ accepted: 0 });
});

test('each file of a folder that a browser’s picker gave comes in with its record, and nothing of it stays behind', async () => {
  const there = await second();
  expect(await handOver(there, folder)).toMatchObject({ state: 'DONE', refused: [], doubts: [], ignored: 0 });
  expect(await opened(there)).toEqual(BOTH);
  expect(await waiting(there)).toBe(0);
});

test('a dry run of a picked folder holds its files until the import, another dry run or the next unlocking', async () => {
  const there = await second();
  const { imports } = there.request;
  await handOver(there, folder, true);
  const tried = await handOver(there, folder, true);
  expect(tried).toMatchObject({ state: 'DONE', doubts: [] });
  await expect.poll(() => waiting(there)).toBe(2 + 4);
  const { id } = await imports.startAfterDryRun(tried.id);
  expect(await imports.settled(id)).toMatchObject({ state: 'DONE' });
  expect(await opened(there)).toEqual(BOTH);
  expect(await waiting(there)).toBe(0);

  await handOver(there, folder, true);
  await there.desk.lock();
  const { request } = await there.desk.unlock();
  expect(await waiting(there)).toBe(2 + 4);
  await request.imports.collect();
  expect(await waiting(there)).toBe(0);
});

/** The export, whose letter has other bytes and whose film is a byte short. */
function spoiled(): string {
  const path = copied();
  const [film = '', letter = ''] = ['Film', 'Letter'].map((begin) =>
    readdirSync(join(path, 'files')).find((name) => name.includes(begin)),
  );
  writeFileSync(join(path, 'files', letter), Buffer.from('%PDF-1.7 the lettre'));
  writeFileSync(join(path, 'files', film), FILM.subarray(1));
  return path;
}

test('a picked file with other bytes than were exported, or cut short, is named and not taken in', async () => {
  const there = await second();
  const path = spoiled();
  const codes = (await handOver(there, path)).doubts.map(({ code }) => code);
  expect(codes.sort()).toEqual(['attachment.altered', 'attachment.not-beside']);
  expect(await opened(there)).toEqual({});
});

test('a piece out of order, too long or of another length than its file said is refused, and one again is passed over', async () => {
  const { imports } = (await second()).request;
  const file = { file: 'picked/files/x', size: ATTACHMENT_PIECE + 1 };
  const { id } = await imports.takeFile(undefined, file, 0, new Uint8Array(ATTACHMENT_PIECE));
  await imports.takeFile(id, file, 0, new Uint8Array(ATTACHMENT_PIECE));
  const wrong = [
    [{ ...file, size: 2 * ATTACHMENT_PIECE }, 1, ATTACHMENT_PIECE],
    [file, 2, 1],
    [file, 1, 2],
  ] as const;
  for (const [said, index, length] of wrong)
    await expect(imports.takeFile(id, said, index, new Uint8Array(length))).rejects.toMatchObject({ code: 'attachment.piece' });
  await expect(imports.takeFile(id, { file: 'large', size: 501 * 2 ** 20 }, 0, new Uint8Array(1))).rejects.toMatchObject({
    code: 'attachment.size',
  });
  await expect(imports.takeFile('ab', file, 0, new Uint8Array(1))).rejects.toMatchObject({ code: 'records.import-unknown' });
});

test('a chart’s file whose name ends like a file of records is no file of records', async () => {
  const there = await second();
  const path = copied();
  writeFileSync(join(path, 'files', `${'0'.repeat(32)}-table.csv`), 'a,b');
  expect(await takeIn(there, path)).toMatchObject({ state: 'DONE', refused: [], doubts: [] });
  expect(await handOver(there, path)).toMatchObject({ accepted: 0, refused: [], ignored: 0 });
});

test('a file with other bytes or another length than were exported is named and not taken in', async () => {
  const there = await second();
  const path = spoiled();
  const codes = (await takeIn(there, path)).doubts.map(({ code }) => code);
  expect(codes.sort()).toEqual(['attachment.altered', 'attachment.not-beside']);
  expect(await opened(there)).toEqual({});
});

test('an import that breaks off inside of a file goes on and leaves nothing half', async () => {
  let pieces = 0;
  const there = await second(() => {
    pieces += 1;
    if (pieces === 2) throw new Failure('storage.disk-full', 'The disk is full.');
  });
  const { state, id } = await takeIn(there, folder);
  expect(state).toBe('FAILED');
  const { imports } = there.request;
  await imports.resume(id);
  expect(await imports.settled(id)).toMatchObject({ state: 'DONE', refusedCount: 0 });
  expect(await opened(there)).toEqual(BOTH);
});
