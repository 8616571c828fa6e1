/** Files in a chart: taken in piece by piece, over a desk that ends in between, and read again; what was altered does not open. */
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { VaultRequest } from '../../server/graphql/domains.ts';
import { documentsToSend } from '../../server/sync/transfer.store.ts';
import { fromBase64, toBase64, toHex } from '../../shared/encoding/bytes.ts';
import {
  ATTACHMENT_PIECE,
  checkedFile,
  pieceLength,
  piecesOf,
  readAttachment,
  writeAttachment,
} from '../../shared/records/attachment.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';
import { folderOf, patient } from '../support/fhir-files.ts';

const BEGIN = `mutation ($input: AttachmentInput!) { beginAttachment(input: $input, title: "Scan of the letter") { next of } }`;
const PUT = `mutation ($input: AttachmentInput!, $index: Int!, $data: String!) { putAttachmentPiece(input: $input, index: $index, data: $data) { next of } }`;
const FINISH = `mutation ($input: AttachmentInput!) { finishAttachment(input: $input) }`;
const OF = `query ($patient: ID!, $record: ID!) { attachment(patient: $patient, record: $record) { name type size pieces } }`;
const PIECE = `query ($patient: ID!, $record: ID!, $index: Int!) { attachmentPiece(patient: $patient, record: $record, index: $index) }`;

async function deskWithPatient(
  clock?: () => number,
): Promise<{ desk: ClinicDesk; person: string; attachments: VaultRequest['attachments']; open(): Promise<void> }> {
  const desk = await ClinicDesk.open(clock ? { clock } : {});
  const { request } = await desk.unlock();
  const { id: job } = await request.imports.startPaths([folderOf({ 'Patient.ndjson': patient('p1') })]);
  await request.imports.settled(job);
  const person = (await request.patients.find('', 1, undefined)).patients[0]!.patient.id;
  const open = async (): Promise<void> => {
    await desk.ask(`mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }`, { patient: person });
  };
  await open();
  return { desk, person, attachments: request.attachments, open };
}

const content = Buffer.concat([Buffer.from('%PDF-1.7 canarysecret '), randomBytes(2 * ATTACHMENT_PIECE + 1_000)]);
const pieceOf = (index: number): string =>
  toBase64(content.subarray(index * ATTACHMENT_PIECE, index * ATTACHMENT_PIECE + pieceLength(content.length, index)));

test('a file goes on after the desk was locked in between, is whole when it is read, and lies sealed', async () => {
  const { desk, person, open } = await deskWithPatient();
  const input = { patient: person, name: 'letter.pdf', type: 'application/pdf', size: content.length, modified: 7 };
  expect(await desk.ask(BEGIN, { input })).toEqual({ beginAttachment: { next: 0, of: 3 } });
  await desk.ask(PUT, { input, index: 0, data: pieceOf(0) });
  // Out of turn, of another length, and before it is whole.
  await expect(desk.ask(PUT, { input, index: 2, data: pieceOf(2) })).rejects.toMatchObject({ code: 'attachment.piece' });
  await expect(desk.ask(PUT, { input, index: 1, data: pieceOf(2) })).rejects.toMatchObject({ code: 'attachment.piece' });
  await expect(desk.ask(FINISH, { input })).rejects.toMatchObject({ code: 'attachment.not-whole' });
  await desk.lock();
  await desk.unlock();
  await open();
  expect(await desk.ask(BEGIN, { input })).toEqual({ beginAttachment: { next: 1, of: 3 } });
  // The answer to a piece was lost: it comes again.
  expect(await desk.ask(PUT, { input, index: 0, data: pieceOf(0) })).toEqual({ putAttachmentPiece: { next: 1, of: 3 } });
  for (const index of [1, 2]) await desk.ask(PUT, { input, index, data: pieceOf(index) });
  const { finishAttachment: record } = await desk.ask<{ finishAttachment: string }>(FINISH, { input });
  expect(await desk.ask(OF, { patient: person, record })).toEqual({
    attachment: { name: 'letter.pdf', type: 'application/pdf', size: content.length, pieces: 3 },
  });
  const hash = createHash('sha256');
  for (const index of [0, 1, 2]) {
    const { attachmentPiece } = await desk.ask<{ attachmentPiece: string }>(PIECE, { patient: person, record, index });
    hash.update(fromBase64(attachmentPiece));
  }
  expect(hash.digest('hex')).toBe(createHash('sha256').update(content).digest('hex'));
  // The same file again is another one, which begins anew.
  expect(await desk.ask(BEGIN, { input })).toEqual({ beginAttachment: { next: 0, of: 3 } });

  const stored = await desk.database.read.all<{ name: Buffer; sealed: Buffer }>(
    'SELECT name, sealed FROM document WHERE length(sealed) > 700000',
    [],
  );
  // Each lies under the name that is its content's, so the check behind the work finds a bit that turned.
  for (const { name, sealed } of stored) expect(createHash('sha256').update(sealed).digest('hex')).toBe(toHex(name));
  const [first] = stored;
  await desk.database.write((transaction) =>
    transaction.run('UPDATE document SET sealed = ? WHERE name = ?', [
      first!.sealed.map((byte, at) => (at === 99 ? byte ^ 1 : byte)),
      first!.name,
    ]),
  );
  const opened = await Promise.allSettled([0, 1, 2].map((index) => desk.ask(PIECE, { patient: person, record, index })));
  expect(opened.filter(({ status }) => status === 'rejected')).toHaveLength(1);
  await desk.lock();
  expect(readFileSync(join(desk.folder, 'clinic.db')).includes('canarysecret')).toBe(false);
});

const DAY = 86_400_000;
const waiting = async (desk: ClinicDesk): Promise<number> =>
  (await documentsToSend(desk.database.read, 1_000, 1e9)).filter(({ sealed }) => sealed.length > 700_000).length;
const large = async (desk: ClinicDesk): Promise<number> =>
  (await desk.database.read.all<{ many: number }>('SELECT count(*) AS many FROM document WHERE length(sealed) > 700000', []))[0]
    ?.many ?? 0;
const STORE = '{ unfinishedFileStore { files bytes keptDays } }';
const UNFINISHED = 'query ($patient: ID!) { unfinishedFiles(patient: $patient) { name next of } }';

test('pieces stay on the desk until the file is whole; what nobody goes on with for a month is taken away, and nothing else', async () => {
  let now = Date.parse('2026-05-01T09:00:00Z');
  const { desk, person, attachments } = await deskWithPatient(() => now);
  const inputOf = (name: string) => ({ patient: person, name, type: 'application/pdf', size: content.length, modified: 7 });
  const [left, whole, slow] = [inputOf('left.pdf'), inputOf('whole.pdf'), inputOf('slow.pdf')];
  for (const input of [left, whole, slow]) {
    await desk.ask(BEGIN, { input });
    await desk.ask(PUT, { input, index: 0, data: pieceOf(0) });
  }
  expect(await waiting(desk)).toBe(0);
  for (const index of [1, 2]) await desk.ask(PUT, { input: whole, index, data: pieceOf(index) });
  const { finishAttachment: record } = await desk.ask<{ finishAttachment: string }>(FINISH, { input: whole });
  // Two full pieces and what was left of the file, all of one bucket or less.
  expect(await waiting(desk)).toBe(2);
  expect(await desk.ask(STORE)).toEqual({ unfinishedFileStore: { files: 2, bytes: 2 * ATTACHMENT_PIECE, keptDays: 30 } });

  now += 29 * DAY;
  await attachments.collect();
  await desk.ask(PUT, { input: slow, index: 1, data: pieceOf(1) });
  now += DAY;
  expect(await large(desk)).toBe(5);
  await attachments.collect();
  // Only the one that lay still; the slow one goes on, to its end.
  expect(await large(desk)).toBe(4);
  expect(await desk.ask(UNFINISHED, { patient: person })).toEqual({
    unfinishedFiles: [{ name: 'slow.pdf', next: 2, of: 3 }],
  });
  await expect(desk.ask(PUT, { input: left, index: 1, data: pieceOf(1) })).rejects.toMatchObject({ code: 'attachment.unknown' });
  await desk.ask(PUT, { input: slow, index: 2, data: pieceOf(2) });
  await desk.ask(FINISH, { input: slow });
  now += 365 * DAY;
  await attachments.collect();
  for (const index of [0, 1, 2]) expect(await desk.ask(PIECE, { patient: person, record, index })).toBeTruthy();
  expect(await desk.ask(STORE)).toEqual({ unfinishedFileStore: { files: 0, bytes: 0, keptDays: 30 } });
});

test('a piece and taking away that come at once end as the one or the other, and a person throws away what they began', async () => {
  let now = Date.parse('2026-05-01T09:00:00Z');
  const { desk, person, attachments } = await deskWithPatient(() => now);
  const input = { patient: person, name: 'letter.pdf', type: 'application/pdf', size: content.length, modified: 7 };
  await desk.ask(BEGIN, { input });
  await desk.ask(PUT, { input, index: 0, data: pieceOf(0) });
  now += 31 * DAY;
  const [put] = await Promise.allSettled([desk.ask(PUT, { input, index: 1, data: pieceOf(1) }), attachments.collect()]);
  const pieces = await large(desk);
  expect([
    ['fulfilled', 2],
    ['rejected', 0],
  ]).toContainEqual([put.status, pieces]);
  await desk.ask(BEGIN, { input });
  await desk.ask('mutation ($input: AttachmentInput!) { discardAttachment(input: $input) }', { input });
  expect(await large(desk)).toBe(0);
  expect(await desk.ask(UNFINISHED, { patient: person })).toEqual({ unfinishedFiles: [] });
});

describe('what is refused', () => {
  test.each([
    ['a path as its name', { name: '../../etc/passwd' }, 'attachment.name'],
    ['no name', { name: ' ' }, 'attachment.name'],
    ['a kind that is none', { type: 'text' }, 'attachment.type'],
    ['nothing in it', { size: 0 }, 'attachment.size'],
    ['too much in it', { size: 500 * 1024 * 1024 + 1 }, 'attachment.size'],
  ])('a file with %s', (_, wrong, code) => {
    expect(() => checkedFile({ name: 'a.pdf', type: 'application/pdf', size: 1, ...wrong })).toThrow(
      expect.objectContaining({ code }),
    );
  });

  test('a record that names other pieces than its size has, or a file elsewhere, has none here', () => {
    const file = {
      id: 'ab'.repeat(16),
      name: 'a.png',
      type: 'image/png',
      size: 3 * ATTACHMENT_PIECE,
      pieces: Array.from({ length: 3 }, (_, at) => toHex(new Uint8Array(32).fill(at))),
    };
    expect(readAttachment(writeAttachment(file, 'p', 'A', '2026-01-01T00:00:00Z'))).toEqual(file);
    expect(readAttachment(writeAttachment({ ...file, size: 1 }, 'p', 'A', ''))).toBeUndefined();
    expect(readAttachment({ content: [{ attachment: { url: 'https://elsewhere.example/a.png' } }] })).toBeUndefined();
    expect(readAttachment({})).toBeUndefined();
    expect(piecesOf(1)).toBe(1);
  });

  test('a chart that is not open', async () => {
    const { desk, person } = await deskWithPatient();
    await desk.ask(`mutation ($patient: ID!) { closeChart(patient: $patient) }`, { patient: person });
    const input = { patient: person, name: 'a.pdf', type: 'application/pdf', size: 1, modified: 1 };
    await expect(desk.ask(BEGIN, { input })).rejects.toMatchObject({ code: 'access.chart-not-open' });
  });
});
