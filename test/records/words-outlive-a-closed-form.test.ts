/** What is typed into the desk's forms outside of charts is kept for who typed it, sealed, and goes with the patient it names. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ClinicDesk } from '../support/clinic-desk.ts';

const SAVE =
  'mutation ($patient: ID, $kind: String!, $key: String!, $content: String!) { saveFormDraft(patient: $patient, kind: $kind, key: $key, content: $content) { key } }';
const LIST = 'query ($patient: ID) { formDrafts(patient: $patient) { kind key content } }';
const DISCARD = 'mutation ($patient: ID) { discardFormDraft(patient: $patient, kind: "CONSENT", key: "new") }';
const PATIENT = 'ab'.repeat(16);

test('a draft outlives a crash, is told to nobody else, and takes no word into the files', async () => {
  const desk = await ClinicDesk.open();
  await desk.unlock();
  const registration = { kind: 'REGISTRATION', key: 'new', content: '{"family":"Quillfeather"}' };
  await desk.ask(SAVE, registration);
  await desk.ask(SAVE, { patient: PATIENT, kind: 'CONSENT', key: 'new', content: '{"ends":"2027-01-01"}' });
  await desk.lock();
  for (const file of ['clinic.db', 'keys.db']) expect(readFileSync(join(desk.folder, file)).includes('Quillfeather')).toBe(false);

  const { request } = await desk.unlock();
  expect(await desk.ask(LIST)).toEqual({ formDrafts: [registration] });
  const consents = await desk.ask<{ formDrafts: object[] }>(LIST, { patient: PATIENT });
  expect(consents.formDrafts).toMatchObject([{ kind: 'CONSENT' }]);
  // A chart's drafts ask for the open chart; these do not stand among them.
  expect(await request.drafts.of(PATIENT)).toEqual([]);

  const me = request.vault.staff.id;
  (request.vault.staff as { id: Uint8Array }).id = new Uint8Array(32).fill(7);
  expect(await desk.ask(LIST)).toEqual({ formDrafts: [] });
  (request.vault.staff as { id: Uint8Array }).id = me;

  await desk.ask(DISCARD, { patient: PATIENT });
  expect(await desk.ask(LIST, { patient: PATIENT })).toEqual({ formDrafts: [] });
  expect(await desk.ask(LIST)).toEqual({ formDrafts: [registration] });
});

test('what was begun about a patient goes with the patient', async () => {
  const desk = await ClinicDesk.open();
  const { request } = await desk.unlock();
  await desk.ask(SAVE, { patient: PATIENT, kind: 'PLAN', key: 'new', content: '{"low":"90"}' });
  await desk.ask(SAVE, { kind: 'VISIT', key: 'a', content: `{"patient":"${PATIENT}","reason":"Cough"}` });
  await desk.ask(SAVE, { kind: 'VISIT', key: 'b', content: '{"patient":"","reason":"Another"}' });
  const rows = await request.drafts.removed(PATIENT, [request.vault.staff.id]);
  await request.vault.gateway.commit({ rows });
  expect(await desk.ask(LIST, { patient: PATIENT })).toEqual({ formDrafts: [] });
  const left = await desk.ask<{ formDrafts: object[] }>(LIST);
  expect(left.formDrafts).toMatchObject([{ key: 'b' }]);
});
