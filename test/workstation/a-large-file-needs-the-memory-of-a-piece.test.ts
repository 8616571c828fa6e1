/** A large file of a chart, brought and read as the page does it: what the vault holds does not grow with it. */
import { expect, test } from 'vitest';
import { toBase64, utf8 } from '../../shared/encoding/bytes.ts';
import { ATTACHMENT_PIECE } from '../../shared/records/attachment.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';
import { patient as patientOf } from '../support/fhir-files.ts';
import { heldMemory } from '../support/held-memory.ts';

const PIECES = 50;
/** A vault that keeps the bytes of each piece, or its text, grows by three times as much or more. */
const MOST_GROWTH = (PIECES * ATTACHMENT_PIECE) / 3;

const PUT = `mutation ($input: AttachmentInput!, $index: Int!, $data: String!) {
  putAttachmentPiece(input: $input, index: $index, data: $data) { next } }`;
const READ =
  'query ($patient: ID!, $record: ID!, $index: Int!) { attachmentPiece(patient: $patient, record: $record, index: $index) }';

test('a file of fifty pieces comes in and goes out in the memory of a few', async () => {
  const desk = await ClinicDesk.open({ staff: { role: 'administrator' } });
  const { request } = await desk.unlock();
  const { id } = await request.imports.takeText(undefined, 'p.ndjson', utf8(patientOf('p1')), true);
  await request.imports.settled(id);
  const patient = (await request.patients.find('', 1, undefined)).patients[0]?.patient.id as string;
  await desk.ask('mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }', { patient });
  const input = { patient, name: 'film.pdf', type: 'application/pdf', size: PIECES * ATTACHMENT_PIECE, modified: 1 };
  const piece = (index: number): Uint8Array => new Uint8Array(ATTACHMENT_PIECE).fill(index);

  await request.attachments.begin(input, 'Film');
  await desk.ask(PUT, { input, index: 0, data: toBase64(piece(0)) });
  const before = await heldMemory();
  for (let index = 1; index < PIECES; index += 1) await desk.ask(PUT, { input, index, data: toBase64(piece(index)) });
  expect((await heldMemory()) - before).toBeLessThan(MOST_GROWTH);

  const { record } = await request.attachments.finish(input);
  for (let index = 0; index < PIECES; index += 1) {
    const { attachmentPiece } = await desk.ask<{ attachmentPiece: string }>(READ, { patient, record, index });
    expect(attachmentPiece === toBase64(piece(index))).toBe(true);
  }
  expect((await heldMemory()) - before).toBeLessThan(MOST_GROWTH);
});
