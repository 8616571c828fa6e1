/** A file of a chart that comes in with an export is sealed beside the desk's other work: it is told how far it is, and whoever writes meanwhile writes. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { LocalWrite } from '../../server/sync/gateway.ts';
import { toBase64 } from '../../shared/encoding/bytes.ts';
import { ATTACHMENT_PIECE, writeAttachment } from '../../shared/records/attachment.ts';
import { exportedFile } from '../../shared/records/exported-files.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';
import { folderOf, patient, weight } from '../support/fhir-files.ts';

const PIECES = 6;
const film = Buffer.alloc(PIECES * ATTACHMENT_PIECE, 'film');
const file = { id: 'f1'.repeat(16), name: 'Film.pdf', type: 'application/pdf', size: film.length };
const pieces = Array.from({ length: PIECES }, (_, at) => `a${at}`.repeat(32));
const documentOf = writeAttachment({ ...file, pieces }, 'p1', 'Film of the ultrasound', '2026-03-01T10:00:00Z');
const records = {
  'Patient.ndjson': patient('p1'),
  'DocumentReference.ndjson': JSON.stringify({ ...documentOf, id: 'film' }),
  'manifest.json': '{}',
};

function exportedFolder(): string {
  const folder = folderOf(records);
  mkdirSync(join(folder, 'files'));
  writeFileSync(join(folder, exportedFile(file)), film);
  return folder;
}

test('while a large file comes in somebody else writes, and the import says how far the file is', async () => {
  const commits: LocalWrite[] = [];
  let onPiece: () => void = () => undefined;
  const desk = await ClinicDesk.open({
    staff: { role: 'administrator' },
    beforeCommit: (write) => {
      commits.push(write);
      if (write.documents?.some(({ isHeld }) => isHeld)) onPiece();
    },
  });
  const { request } = await desk.unlock();
  const before = await request.imports.startPaths([folderOf({ 'Patient.ndjson': patient('p1') })]);
  await request.imports.settled(before.id);
  const id = (await request.patients.find('', 1, undefined)).patients[0]?.patient.id as string;
  await desk.ask('mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }', { patient: id });

  let written: Promise<unknown> | undefined;
  onPiece = () => {
    const input = { patient: id, resource: weight('', `Patient/${id}`, '80.1') };
    written ??= desk.ask('mutation ($input: PutRecordInput!) { putRecord(input: $input) { id } }', { input });
  };
  const job = await request.imports.startPaths([exportedFolder()]);
  const told: string[] = [];
  for await (const { bringing } of await request.imports.progress(job.id))
    if (bringing) told.push(`${bringing.file} ${bringing.bytes} ${bringing.size}`);
  await written;
  const done = await request.imports.settled(job.id);
  expect([done.state, done.accepted, done.bringing]).toEqual(['DONE', 1, undefined]);
  expect(told).toContain(`${exportedFile(file)} ${film.length} ${film.length}`);

  const since = commits.slice(commits.findIndex(({ documents }) => documents?.some(({ isHeld }) => isHeld)));
  const filed = since.findIndex(({ releaseDocuments = [] }) => releaseDocuments.length === PIECES);
  const put = since.findIndex(({ events = [], releaseDocuments = [] }) => events.length > 0 && releaseDocuments.length === 0);
  expect([filed, put]).not.toContain(-1);
  expect(put).toBeLessThan(filed);
});

test('what a page hands over is counted while it comes', async () => {
  const desk = await ClinicDesk.open({ staff: { role: 'administrator' } });
  await desk.unlock();
  const PUT = `mutation ($job: ID, $index: Int!, $data: String!) {
    importFile(job: $job, file: "x/${exportedFile(file)}", size: ${film.length}, index: $index, data: $data) { id bytesRead bytesTotal currentFile } }`;
  const piece = (index: number): string => toBase64(film.subarray(index * ATTACHMENT_PIECE, (index + 1) * ATTACHMENT_PIECE));
  const { importFile: first } = await desk.ask<{ importFile: { id: string } }>(PUT, { index: 0, data: piece(0) });
  const { importFile: second } = await desk.ask<{ importFile: object }>(PUT, { job: first.id, index: 1, data: piece(1) });
  expect(second).toEqual({
    id: first.id,
    bytesRead: 2 * ATTACHMENT_PIECE,
    bytesTotal: film.length,
    currentFile: `x/${exportedFile(file)}`,
  });
});
