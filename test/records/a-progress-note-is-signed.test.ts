/** A progress note is read as the exact text and signed; it is amended by signing alone, and forms begin with the clinic's templates. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OpenVault } from '../../server/graphql/domains.ts';
import { utf8 } from '../../shared/encoding/bytes.ts';
import { divOfText, textOfDiv } from '../../shared/fhir/plain-narrative.ts';
import { SOAP_NOTE, SOAP_SECTIONS } from '../../shared/fhir/soap-note.ts';
import { ClinicDesk, PASSPHRASE } from '../support/clinic-desk.ts';

const TEXT = 'query ($input: PutRecordInput!) { soapNoteText(input: $input) }';
const SIGN =
  'mutation ($input: PutRecordInput!, $passphrase: String!) { signSoapNote(input: $input, passphrase: $passphrase) { id version } }';
const PUT = 'mutation ($input: PutRecordInput!) { putRecord(input: $input) { id } }';
const RECORD =
  'query ($patient: ID!, $id: ID!) { record(patient: $patient, id: $id) { resource amendable history { version personallySigned reason } } }';

let desk: ClinicDesk;
let vault: OpenVault;
let patient: string;
const as = (role: string): void => {
  (vault.request.vault.staff as { role: string }).role = role;
};
const note = (plan: string, over: object = {}): object => {
  const concept = (code: string, display: string) => ({ coding: [{ system: 'http://loinc.org', code, display }] });
  const section = (part: 'subjective' | 'plan', text: string) => ({
    title: SOAP_SECTIONS[part].title,
    code: concept(SOAP_SECTIONS[part].code, SOAP_SECTIONS[part].title),
    text: { status: 'additional', div: divOfText(text) },
  });
  const resource = {
    resourceType: 'Composition',
    status: 'final',
    type: concept(SOAP_NOTE, 'Progress note'),
    subject: { reference: `Patient/${patient}` },
    date: '2026-11-28T09:00:00+01:00',
    author: [{ display: 'Dr. Ada Frey' }],
    title: 'Progress note',
    section: [section('subjective', 'Fever since Monday\nPlan: none of hers'), section('plan', plan)],
  };
  return { patient, resource: JSON.stringify(resource), ...over };
};
const record = async (id: string) =>
  (await desk.ask<{ record: { resource: string; amendable: boolean; history: object[] } }>(RECORD, { patient, id })).record;

beforeAll(async () => {
  desk = new ClinicDesk({});
  vault = await desk.unlock();
  const REGISTER = 'mutation ($input: RegisterPatientInput!) { registerPatient(input: $input) { patient { id } } }';
  const input = { family: 'Vega', given: ['Marisol'], birthDate: '1961-04-12' };
  patient = (await desk.ask<{ registerPatient: { patient: { id: string } } }>(REGISTER, { input })).registerPatient.patient.id;
  await desk.ask('mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }', { patient });
});
afterAll(() => desk.remove());

test('what is read is what stands in the signed record; a further version is signed as well, and nobody amends it otherwise', async () => {
  const input = note('Rest');
  const { soapNoteText: text } = await desk.ask<{ soapNoteText: string }>(TEXT, { input });
  expect(text).toBe(
    `PROGRESS NOTE\nPatient: Marisol Vega, born 1961-04-12 (${patient})\nDate: 2026-11-28T09:00:00+01:00\nSubjective:\n  Fever since Monday\n  Plan: none of hers\nPlan of care:\n  Rest\nSigned by: Dr. Ada Frey\n`,
  );
  await expect(desk.ask(SIGN, { input, passphrase: 'another one entirely' })).rejects.toMatchObject({
    code: 'vault.passphrase-wrong',
  });
  const { signSoapNote: signed } = await desk.ask<{ signSoapNote: { id: string; version: number } }>(SIGN, {
    input,
    passphrase: PASSPHRASE,
  });
  const first = await record(signed.id);
  expect(textOfDiv(JSON.parse(first.resource).text.div)).toBe(text);
  expect(first.history).toMatchObject([{ version: 1, personallySigned: true }]);

  const amended = note('Rest, and fluids', { record: signed.id, basedOn: 1 });
  await expect(desk.ask(PUT, { input: { ...amended, reason: 'More said' } })).rejects.toMatchObject({
    code: 'records.signed-note',
  });
  await expect(desk.ask(SIGN, { input: amended, passphrase: PASSPHRASE })).rejects.toMatchObject({ code: 'records.no-reason' });
  await desk.ask(SIGN, { input: { ...amended, reason: 'More said' }, passphrase: PASSPHRASE });
  const second = await record(signed.id);
  expect(second.history).toMatchObject([
    { version: 2, personallySigned: true, reason: 'More said' },
    { version: 1, personallySigned: true },
  ]);
  expect(textOfDiv(JSON.parse(second.resource).text.div)).toContain('Amends the note before, because: More said\n');
  expect(second.amendable).toBe(true);
  as('nurse');
  expect((await record(signed.id)).amendable).toBe(false);
  as('clinician');
});

test('a nurse writes a note and signs none; what is no note is not signed', async () => {
  as('nurse');
  await expect(desk.ask(SIGN, { input: note('Rest'), passphrase: PASSPHRASE })).rejects.toMatchObject({
    code: 'access.not-allowed',
  });
  const { putRecord } = await desk.ask<{ putRecord: { id: string } }>(PUT, { input: note('Rest') });
  expect(await record(putRecord.id)).toMatchObject({ amendable: true, history: [{ personallySigned: false }] });
  as('clinician');
  const resource = JSON.stringify({ resourceType: 'Composition', section: [] });
  await expect(desk.ask(SIGN, { input: { patient, resource }, passphrase: PASSPHRASE })).rejects.toMatchObject({
    code: 'records.not-a-note',
  });
});

test('the signed note of a remote visit is amended where it was written, and a chart lists it there alone', async () => {
  const VISIT =
    'mutation ($input: TeleNoteInput!, $passphrase: String!) { signTeleNote(input: $input, passphrase: $passphrase) { id } }';
  const visit = {
    patient,
    participants: ['Dr. Ada Frey'],
    modality: 'VIDEO',
    place: 'At home',
    consentToTreatment: true,
    assessment: 'Mild cough',
    plan: 'Rest',
    startedAt: '2026-11-28T10:00:00+01:00',
  };
  const { signTeleNote: remote } = await desk.ask<{ signTeleNote: { id: string } }>(VISIT, {
    input: visit,
    passphrase: PASSPHRASE,
  });
  const instead = note('Stay in bed', { record: remote.id, basedOn: 1, reason: 'Not where it was written' });
  await expect(desk.ask(PUT, { input: instead })).rejects.toMatchObject({ code: 'records.signed-note' });
  await expect(desk.ask(SIGN, { input: instead, passphrase: PASSPHRASE })).rejects.toMatchObject({ code: 'records.signed-note' });
  expect((await record(remote.id)).history).toMatchObject([{ version: 1 }]);
  const NOTES = `query ($patient: ID!) { chart(patient: $patient) {
    all: items(section: NOTE) { edges { node { id } } } here: items(section: NOTE, remote: false) { edges { node { id } } } } }`;
  type Listed = { edges: { node: { id: string } }[] };
  const { chart } = await desk.ask<{ chart: { all: Listed; here: Listed } }>(NOTES, { patient });
  expect(chart.all.edges.map(({ node }) => node.id)).toContain(remote.id);
  expect(chart.here.edges.map(({ node }) => node.id)).not.toContain(remote.id);
  expect(chart.here.edges).toHaveLength(chart.all.edges.length - 1);
});

test('an administrator keeps templates of a form, which everybody begins with', async () => {
  const SAVE = 'mutation ($input: FormTemplateInput!) { saveFormTemplate(input: $input) { name fields } }';
  const fields = JSON.stringify({ subjective: 'Pain (0–10):', objective: 'Lasègue:', assessment: '', plan: '' });
  const input = { kind: 'SOAP', name: ' Back pain ', fields };
  await expect(desk.ask(SAVE, { input })).rejects.toMatchObject({ code: 'access.not-allowed' });
  as('administrator');
  expect(await desk.ask(SAVE, { input })).toEqual({ saveFormTemplate: [{ name: 'Back pain', fields }] });
  for (const wrong of [
    { fields: JSON.stringify({ subjective: ' ', asNeeded: true }) },
    { fields: '[]' },
    { fields: JSON.stringify({ dose: { value: 1 } }) },
    { name: 'Two\nlines' },
    { kind: 'soap' },
  ])
    await expect(desk.ask(SAVE, { input: { ...input, ...wrong } })).rejects.toMatchObject({ code: 'records.template' });
  const ibuprofen = {
    kind: 'PRESCRIPTION',
    name: 'Back pain',
    fields: JSON.stringify({ words: 'Ibuprofen 400 mg', asNeeded: true }),
  };
  await desk.ask(SAVE, { input: ibuprofen });
  as('nurse');
  const of = (kind: string) => desk.ask('query ($kind: String!) { formTemplates(kind: $kind) { name fields } }', { kind });
  expect(await of('SOAP')).toEqual({ formTemplates: [{ name: 'Back pain', fields }] });
  as('administrator');
  const REMOVE = 'mutation { removeFormTemplate(kind: "SOAP", name: "Back pain") { name } }';
  expect(await desk.ask(REMOVE)).toEqual({ removeFormTemplate: [] });
  expect(await of('PRESCRIPTION')).toEqual({ formTemplates: [{ name: 'Back pain', fields: ibuprofen.fields }] });
});

test('templates of notes that an earlier version kept are begun with as well, changed and removed', async () => {
  as('administrator');
  const { rows, gateway } = vault.request.vault;
  const older = { name: 'Cough', subjective: 'Since when:', objective: '', assessment: '', plan: '' };
  const key = rows.name('note-template', utf8(older.name));
  await gateway.commit({ rows: [rows.seal('note-template', key, new Uint8Array(0), utf8(JSON.stringify(older)))] });
  const list = async () =>
    (await desk.ask<{ formTemplates: object[] }>('{ formTemplates(kind: "SOAP") { name fields } }')).formTemplates;
  const { name, ...texts } = older;
  expect(await list()).toEqual([{ name, fields: JSON.stringify(texts) }]);
  const fields = JSON.stringify({ ...texts, plan: 'Come back on Friday' });
  const SAVE = 'mutation ($input: FormTemplateInput!) { saveFormTemplate(input: $input) { fields } }';
  expect(await desk.ask(SAVE, { input: { kind: 'SOAP', name, fields } })).toEqual({ saveFormTemplate: [{ fields }] });
  await desk.ask('mutation { removeFormTemplate(kind: "SOAP", name: "Cough") { name } }');
  expect(await list()).toEqual([]);
});
