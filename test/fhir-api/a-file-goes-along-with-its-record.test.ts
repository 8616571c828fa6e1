/** Files of charts in an export that another clinic takes in: each byte, whatever breaks off, and named where they are missing or altered. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import type { VaultRequest } from '../../server/graphql/domains.ts';
import { toBase64 } from '../../shared/encoding/bytes.ts';
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

test('a file with other bytes or another length than were exported is named and not taken in', async () => {
  const there = await second();
  const path = copied();
  const [film = '', letter = ''] = ['Film', 'Letter'].map((begin) =>
    readdirSync(join(path, 'files')).find((name) => name.includes(begin)),
  );
  writeFileSync(join(path, 'files', letter), Buffer.from('%PDF-1.7 the lettre'));
  writeFileSync(join(path, 'files', film), FILM.subarray(1));
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
