import { beforeEach, describe, expect, test, vi } from 'vitest';
import { personalAct } from '../../server/sync/vault-context/personal-act.ts';
import { hashParts } from '../../server/vault/hash-parts.ts';
import { complaintAnsweredBody, complaintOpenedBody } from '../../shared/access/complaint-rules.ts';
import { complaintHash, complaintText } from '../../shared/access/complaint-text.ts';
import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { encode } from '../../shared/encoding/codec.ts';
import { encodeEvent } from '../../shared/ledger/event.ts';
import { staffRow } from '../../shared/ledger/rows.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';
import { folderOf, patient } from '../support/fhir-files.ts';
import { act, bytesFor, foundClinic, foundRegion, MemoryLedger, type TestClinic } from '../support/ledger-builder.ts';

describe('on the ledger', () => {
  let a: TestClinic;
  let b: TestClinic;
  let ledger: MemoryLedger;
  const complaint = bytesFor('complaint', 16);
  const opened = (by: TestClinic): string =>
    ledger.judge(by.desk, act(by, 'complaint.opened', { complaint, content: bytesFor('what') }));
  const answered = (by: TestClinic): string =>
    ledger.judge(by.desk, act(by, 'complaint.answered', { complaint, answer: bytesFor('words') }, { signer: by.administrator }));

  beforeEach(() => {
    [a, b] = [foundClinic('A'), foundClinic('B')];
    ledger = new MemoryLedger(foundRegion('north', [a, b]).region);
  });

  test('a complaint is made once, and answered once, by its own clinic', () => {
    expect(answered(a)).toBe('disputed: complaint-unknown');
    expect(opened(a)).toBe('accepted');
    expect(opened(b)).toBe('disputed: complaint-id-used-before');
    expect(answered(b)).toBe('disputed: complaint-unknown');
    expect(answered(a)).toBe('accepted');
    expect(answered(a)).toBe('disputed: complaint-answered-already');
  });
});

const COMPLAIN = `mutation ($patient: ID!, $line: ID!, $words: String!) { complainOfAccess(patient: $patient, line: $line, words: $words) { id isAsAnchored } }`;
const OF = `query ($patient: ID!) { complaintsOf(patient: $patient) { words line { who action } answer { words by } isAsAnchored } }`;

test('the privacy officer gets the line with the words, and the patient’s list shows the answer', async () => {
  const desk = await ClinicDesk.open({ staff: { name: 'Ada Frey', role: 'administrator' } });
  const { request } = await desk.unlock();
  const { id } = await request.imports.startPaths([folderOf({ 'Patient.ndjson': patient('p1') })]);
  await request.imports.settled(id);
  const one = (await request.patients.find('', 1, undefined)).patients[0]?.patient.id as string;
  await desk.ask(`mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }`, { patient: one });
  const [line] = await request.access.linesOf(one);
  const about = `${line?.device}-${line?.sequence}`;
  await expect(desk.ask(COMPLAIN, { patient: one, line: 'nowhere-1', words: 'x' })).rejects.toMatchObject({
    code: 'access.line-unknown',
  });
  await expect(desk.ask(COMPLAIN, { patient: one, line: about, words: ' ' })).rejects.toMatchObject({ code: 'access.no-words' });
  const { complainOfAccess } = await desk.ask<{ complainOfAccess: { id: string } }>(COMPLAIN, {
    patient: one,
    line: about,
    words: 'I was not here that day.',
  });
  expect(await desk.ask('{ accessComplaints { patientName words answer { words } line { who } } }')).toMatchObject({
    accessComplaints: [{ words: 'I was not here that day.', answer: null, line: { who: 'Ada Frey' } }],
  });
  const ANSWER = `mutation ($id: ID!) { answerComplaint(id: $id, words: "A laboratory result came that day.") { id } }`;
  // Where somebody else may judge, nobody judges their own reading.
  const { gateway, chain } = request.vault;
  const colleague = (revoked: boolean) => ({
    key: `staff/${'cd'.repeat(32)}`,
    value: encode(staffRow, { chain, role: 'privacy-officer', revoked }),
  });
  const listed = gateway.stateList.bind(gateway);
  const roster = vi
    .spyOn(gateway, 'stateList')
    .mockImplementation(async (prefix) => [...(await listed(prefix)), colleague(false)]);
  await expect(desk.ask(ANSWER, { id: complainOfAccess.id })).rejects.toMatchObject({ code: 'access.own-reading' });
  roster.mockImplementation(async (prefix) => [...(await listed(prefix)), colleague(true)]);
  await desk.ask(ANSWER, { id: complainOfAccess.id });
  roster.mockRestore();
  await expect(desk.ask(ANSWER, { id: complainOfAccess.id })).rejects.toMatchObject({ code: 'access.answered-already' });
  expect(await desk.ask(OF, { patient: one })).toEqual({
    complaintsOf: [
      {
        words: 'I was not here that day.',
        line: { who: 'Ada Frey', action: 'open' },
        answer: { words: 'A laboratory result came that day.', by: 'Ada Frey' },
        isAsAnchored: true,
      },
    ],
  });
});

test('a kind of request that a later program wrote is listed in general words beside the others, and is answered', async () => {
  const desk = await ClinicDesk.open({ staff: { name: 'Ada Frey', role: 'administrator' } });
  const { request } = await desk.unlock();
  const { vault } = request;
  const { id } = await request.imports.startPaths([folderOf({ 'Patient.ndjson': patient('p1') })]);
  await request.imports.settled(id);
  const one = (await request.patients.find('', 1, undefined)).patients[0]?.patient.id as string;
  const of = { salt: bytesFor('salt', 32), patient: fromHex(one), attached: bytesFor('whatever it is about', 20), by: '' };
  const written = encode(complaintText, { ...of, about: 'copy', words: 'Please send them to my daughter.' });
  written[48] = 200; // after salt and patient: the kind
  const complaint = bytesFor('later', 16);
  const body = encode(complaintOpenedBody, { complaint, content: complaintHash(hashParts, written) });
  const nothing = new Uint8Array(0);
  const said = { type: 'complaint.opened', handle: nothing, body, author: vault.device, time: Date.now(), commitment: nothing };
  await vault.gateway.commit({ events: [{ event: encodeEvent(said), signature: nothing }] });
  expect(await request.complaints.receive(one, complaint, written)).toBe(true);
  const { accessComplaints } = await desk.ask<{ accessComplaints: unknown[] }>(
    '{ accessComplaints { about words line { who } isAsAnchored } }',
  );
  expect(accessComplaints).toEqual([
    { about: 'OTHER', words: 'Please send them to my daughter.', line: null, isAsAnchored: true },
  ]);
  const answer = { id: toHex(complaint) };
  await desk.ask('mutation ($id: ID!) { answerComplaint(id: $id, words: "We have.") { id } }', answer);
  expect(await desk.ask(OF, { patient: one })).toMatchObject({ complaintsOf: [{ answer: { words: 'We have.' } }] });
});

test('no program writes a kind that it has no word for', () => {
  const of = { salt: bytesFor('salt', 32), patient: bytesFor('one', 16), attached: new Uint8Array(0), words: 'x', by: '' };
  expect(() => encode(complaintText, { ...of, about: 'other' })).toThrow('is not one of');
});

test('of complaints without an answer the longest waiting stands first, after them what was answered', async () => {
  const moments = [1, 2, 3].map((day) => Date.UTC(2026, 0, day));
  let now = moments[0] as number;
  const desk = await ClinicDesk.open({ staff: { name: 'Ada Frey', role: 'administrator' }, clock: () => now });
  const { request } = await desk.unlock();
  const { id } = await request.imports.startPaths([folderOf({ 'Patient.ndjson': patient('p1') })]);
  await request.imports.settled(id);
  const one = (await request.patients.find('', 1, undefined)).patients[0]?.patient.id as string;
  await desk.ask(`mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }`, { patient: one });
  const [line] = await request.access.linesOf(one);
  const made: string[] = [];
  for (const [day, moment] of moments.entries()) {
    now = moment;
    const asked = { patient: one, line: `${line?.device}-${line?.sequence}`, words: `day ${day + 1}` };
    made.push((await desk.ask<{ complainOfAccess: { id: string } }>(COMPLAIN, asked)).complainOfAccess.id);
  }
  await desk.ask('mutation ($id: ID!) { answerComplaint(id: $id, words: "Thank you.") { id } }', { id: made[0] });
  const { accessComplaints } = await desk.ask<{ accessComplaints: Array<{ words: string }> }>('{ accessComplaints { words } }');
  expect(accessComplaints.map(({ words }) => words)).toEqual(['day 2', 'day 3', 'day 1']);
});

test('what another desk has answered on the ledger is not answered over, though its words have not arrived', async () => {
  const desk = await ClinicDesk.open({ staff: { name: 'Ada Frey', role: 'administrator' } });
  const { request } = await desk.unlock();
  const { id } = await request.imports.startPaths([folderOf({ 'Patient.ndjson': patient('p1') })]);
  await request.imports.settled(id);
  const one = (await request.patients.find('', 1, undefined)).patients[0]?.patient.id as string;
  await desk.ask(`mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }`, { patient: one });
  const [line] = await request.access.linesOf(one);
  const { complainOfAccess } = await desk.ask<{ complainOfAccess: { id: string } }>(COMPLAIN, {
    patient: one,
    line: `${line?.device}-${line?.sequence}`,
    words: 'I was not here that day.',
  });
  const event = personalAct(request.vault, {
    type: 'complaint.answered',
    codec: complaintAnsweredBody,
    body: { complaint: fromHex(complainOfAccess.id), answer: bytesFor('the answer of another desk') },
  });
  await request.vault.gateway.commit({ events: [event] });
  const ANSWER = `mutation ($id: ID!) { answerComplaint(id: $id, words: "A laboratory result came that day.") { id } }`;
  await expect(desk.ask(ANSWER, { id: complainOfAccess.id })).rejects.toMatchObject({ code: 'access.answered-already' });
});

test('others at the desk see the complaints that they wrote down, and no others', async () => {
  const desk = await ClinicDesk.open({ staff: { name: 'Bo Lund', role: 'clinician' } });
  const { request } = await desk.unlock();
  const { id } = await request.imports.startPaths([folderOf({ 'Patient.ndjson': patient('p1') })]);
  await request.imports.settled(id);
  const one = (await request.patients.find('', 1, undefined)).patients[0]?.patient.id as string;
  await desk.ask(`mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }`, { patient: one });
  const [line] = await request.access.linesOf(one);
  await desk.ask(COMPLAIN, { patient: one, line: `${line?.device}-${line?.sequence}`, words: 'mine' });
  expect(await desk.ask(OF, { patient: one })).toMatchObject({ complaintsOf: [{ words: 'mine', answer: null }] });
  await expect(desk.ask('{ accessComplaints { id } }')).rejects.toMatchObject({ code: 'access.not-allowed' });
  (request.vault.staff as { name: string }).name = 'Somebody Else';
  expect(await desk.ask(OF, { patient: one })).toEqual({ complaintsOf: [] });
});
