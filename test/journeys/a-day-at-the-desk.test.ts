/** A walk-in goes through the day by the keyboard: added, checked in, called, treated and finished; what is written belongs to the encounter. */
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { localDay } from '../../shared/encoding/wall-clock.ts';
import { type ClinicAtWork, PASSPHRASE } from './clinic-at-work.ts';
import { Stage } from './stage.ts';

const stage = new Stage();
let clinic: ClinicAtWork;

beforeAll(async () => {
  clinic = await stage.clinic('Harbour Clinic');
  await clinic.create();
  const REGISTER = 'mutation ($input: RegisterPatientInput!) { registerPatient(input: $input) { patient { id } } }';
  await clinic.ask('vault', REGISTER, { input: { family: 'Quillfeather', given: ['Marisol'], birthDate: '1961-04-12' } });
});
afterAll(() => stage[Symbol.asyncDispose]());

const visit = () => clinic.row('Queue', 'Marisol Quillfeather');
const notice = (text: RegExp) => clinic.page.getByRole('alert').getByText(text);
/** Presses a key on the visit until it stands where it should. */
async function press(key: string): Promise<void> {
  await visit().focus();
  await clinic.page.keyboard.press(key);
}

test('given an empty day, when a walk-in is added and checked in, then the queue shows who waits', async () => {
  await clinic.page.getByText('Nobody today yet').waitFor();
  await clinic.page.keyboard.press('w');
  await clinic.dialog.getByRole('combobox', { name: 'Patient' }).fill('quill');
  await clinic.page.getByRole('option', { name: /Marisol Quillfeather/ }).click();
  await clinic.dialog.getByLabel('Reason').fill('Fever since Monday');
  await clinic.button('Add to the queue').click();
  await visit().getByText('Here').waitFor();
  await press('i');
  await visit().getByText('Waiting').waitFor();
  // What was said of the act before is gone at once, not in its turn.
  await notice(/: Waiting$/).waitFor();
  await expect.poll(() => notice(/is on the list/).count(), { timeout: 1_500 }).toBe(0);
  await clinic.page.getByText(/^1 waiting, for \d+ min/).waitFor();
  await clinic.look('today');
});

test('when the patient is called and the encounter begun, then the chart opens in it, and what is written refers to it', async () => {
  await press('r');
  await clinic.dialog.getByRole('combobox', { name: 'Room' }).fill('Room 2');
  await clinic.page.keyboard.press('Enter');
  await visit().getByText('Room 2').waitFor();
  // The dialog gave the focus back: who works by the keyboard goes on with the same visit.
  await expect.poll(() => visit().evaluate((row) => row === document.activeElement)).toBe(true);
  await press('s');
  await clinic.tab('Summary').waitFor();
  await clinic.page.getByText('Encounter under way').waitFor();
  await clinic.addTemperature('38.4');
  await clinic.writeNote({
    participant: 'Marisol Quillfeather',
    place: 'Room 2',
    assessment: 'Influenza.',
    plan: 'Rest, fluids.',
  });
  await clinic.page.getByText('signed by Ana Ferreira').waitFor();

  const [patient, encounter] = await inTheChart();
  const resources = await texts(patient);
  expect(resources.Encounter).toMatchObject({
    id: encounter,
    status: 'in-progress',
    location: [{ location: { display: 'Room 2' } }],
  });
  expect(resources.Observation).toMatchObject({ encounter: { reference: `Encounter/${encounter}` } });
  expect(resources.Composition).toMatchObject({ encounter: { reference: `Encounter/${encounter}` } });
});

test('when it is finished, then it leaves the queue, and the day remembers who did what', async () => {
  await clinic.goTo('Today');
  await visit().getByText('Under way').waitFor();
  await press('f');
  await clinic.page.getByText('None of these').waitFor();
  await clinic.page.getByText('Closed', { exact: true }).click();
  await press('Enter');
  await clinic.dialog.getByText(/Finished · Ana Ferreira$/).waitFor();
  await clinic.look('visit');
  expect(stage.complaints).toEqual([]);
});

test('given colleagues, when visits of all are booked, then the schedule has a column for each', async () => {
  const ENROL = 'mutation ($input: EnrolStaffInput!) { enrolStaff(input: $input) { id } }';
  for (const [name, role] of [
    ['Bo Lindqvist', 'clinician'],
    ['Rita Okafor', 'nurse'],
  ])
    await clinic.ask('vault', ENROL, { input: { name, role, passphrase: PASSPHRASE } });
  const STAFF = '{ workstation { staff { id name } } }';
  const { workstation } = await clinic.ask<{ workstation: { staff: { id: string; name: string }[] } }>('device', STAFF);
  const patient = await quillfeather();
  const ADD = 'mutation ($input: AddVisitInput!) { addVisit(input: $input, evenSo: true) { visit { id } } }';
  for (const { id } of workstation.staff) {
    const start = `${localDay(Date.now())}T23:00:00Z`;
    await clinic.ask('vault', ADD, { input: { patient, kind: 'BOOKED', clinician: id, start, minutes: 15 } });
  }
  await clinic.page.reload();
  await clinic.tab('Schedule').click();
  // It begins with one's own; chosen once more, everybody's.
  await clinic.page.getByRole('combobox', { name: 'With' }).click();
  await clinic.page.getByRole('option', { name: 'Ana Ferreira' }).click();
  const schedule = clinic.page.getByRole('table', { name: 'Schedule' });
  for (const { name } of workstation.staff) await schedule.getByRole('columnheader', { name }).waitFor();
  await clinic.look('schedule');
});

test('a key asks who takes the desk over', async () => {
  await clinic.page.getByRole('heading', { name: 'Today' }).click();
  await clinic.page.keyboard.press('Control+u');
  await clinic.page.getByRole('dialog', { name: 'Take over this desk' }).waitFor({ timeout: 10_000 });
  // Who it is comes first, then the passphrase.
  const who = clinic.dialog.getByRole('combobox', { name: /^Who/ });
  await expect.poll(() => who.evaluate((field) => field === document.activeElement)).toBe(true);
  await clinic.look('take-over');
  await clinic.closeDialog();
});

test('by the keyboard alone, Enter opens the first patient that was found', async () => {
  // Nobody waits for the palette before typing, and Escape leads back to where one was.
  const before = await clinic.page.evaluateHandle(() => document.activeElement);
  await clinic.page.keyboard.press('Control+k');
  await clinic.page.keyboard.type('no');
  await expect.poll(() => clinic.page.getByPlaceholder('Type a patient').inputValue()).toBe('no');
  await clinic.page.keyboard.press('Escape');
  await expect.poll(() => before.evaluate((element) => element === document.activeElement)).toBe(true);
  await clinic.page.keyboard.press('Control+k');
  await clinic.page.keyboard.type('quill');
  // Quicker than the answer.
  await clinic.page.keyboard.press('Enter');
  await clinic.tab('Summary').waitFor();
});

test('over an open menu the palette has every letter, and a menu that is left gives the focus back to its button', async () => {
  const more = clinic.button('More', clinic.page.locator('#content'));
  const chosen = clinic.page.getByRole('menuitem').first();
  const isFocused = (what: Locator) => what.evaluate((element) => element === document.activeElement);
  await more.focus();
  await clinic.page.keyboard.press('Enter');
  await expect.poll(() => isFocused(chosen)).toBe(true);
  await clinic.page.keyboard.press('Escape');
  await expect.poll(() => isFocused(more)).toBe(true);

  await clinic.page.keyboard.press('Enter');
  await expect.poll(() => isFocused(chosen)).toBe(true);
  await clinic.page.keyboard.press('Control+k');
  // Slower than the menu gives the focus back, as people type.
  await clinic.page.keyboard.type('marisol', { delay: 20 });
  await expect.poll(() => clinic.page.getByPlaceholder('Type a patient').inputValue()).toBe('marisol');
  await clinic.page.keyboard.press('Escape');
  await clinic.dialog.waitFor({ state: 'hidden' });
});

test('what the screen begins is begun from the palette too', async () => {
  await clinic.page.keyboard.press('Control+k');
  await clinic.look('palette-in-a-chart');
  await clinic.page.keyboard.type('vital');
  await clinic.dialog.getByRole('button', { name: /^Record vital signs/ }).waitFor();
  await clinic.page.keyboard.press('Enter');
  await clinic.page.getByRole('dialog', { name: /Record vital signs$/ }).waitFor();
  const systolic = clinic.dialog.getByRole('textbox', { name: 'Systolic' });
  await expect.poll(() => systolic.evaluate((field) => field === document.activeElement)).toBe(true);
  await clinic.closeDialog();
});

test('Escape closes the dialog on top alone, and a question that is begun is there when it is opened again', async () => {
  await clinic.openChart('Quillfeather');
  await clinic.page
    .getByRole('region', { name: 'Latest vital signs' })
    .getByRole('button', { name: /Body temperature/ })
    .click();
  await clinic.button('Add a task', clinic.dialog).click();
  await expect.poll(() => clinic.dialog.count()).toBe(2);
  await clinic.page.keyboard.press('Escape');
  await expect.poll(() => clinic.dialog.count()).toBe(1);
  await clinic.page.getByRole('dialog', { name: /Body temperature/ }).waitFor();
  await clinic.closeDialog();

  await clinic.tab('Notes').click();
  const question = clinic.dialog.getByRole('textbox', { name: 'Question' });
  await clinic.button('Ask another clinic').click();
  await question.fill('Would you operate?');
  await clinic.closeDialog();
  await clinic.button('Ask another clinic').click();
  await expect.poll(() => question.inputValue()).toBe('Would you operate?');
  await clinic.closeDialog();

  const known = clinic.dialog.getByRole('textbox', { name: 'How this is known' });
  const recordDeath = async (): Promise<void> => {
    await clinic.button('More', clinic.page.locator('#content')).click();
    await clinic.page.getByRole('menuitem', { name: 'Record a death' }).click();
  };
  await recordDeath();
  await known.fill('The hospital telephoned.');
  await clinic.closeDialog();
  await recordDeath();
  await expect.poll(() => known.inputValue()).toBe('The hospital telephoned.');
  // The way back says that nothing is lost by it.
  await clinic.button('Finish later', clinic.dialog).click();
  await clinic.dialog.waitFor({ state: 'hidden' });
  expect(stage.complaints).toEqual([]);
});

async function quillfeather(): Promise<string> {
  const { patients } = await clinic.ask<{ patients: { edges: [{ node: { id: string } }] } }>(
    'vault',
    '{ patients(search: "quill") { edges { node { id } } } }',
  );
  return patients.edges[0].node.id;
}

async function inTheChart(): Promise<[patient: string, encounter: string]> {
  const patient = await quillfeather();
  const NOW = 'query ($patient: ID!) { chart(patient: $patient) { encounterNow } }';
  const { chart } = await clinic.ask<{ chart: { encounterNow: string } }>('vault', NOW, { patient });
  return [patient, chart.encounterNow];
}

/** The newest text of one record of each type. */
async function texts(patient: string): Promise<Record<string, object>> {
  const LIST = `query ($patient: ID!) { chart(patient: $patient) {
    encounters: items(section: ENCOUNTER) { edges { node { id } } } results: items(section: RESULT) { edges { node { id } } }
    vitals: items(section: VITAL) { edges { node { id } } } notes: items(section: NOTE) { edges { node { id } } } } }`;
  const READ = 'query ($patient: ID!, $id: ID!) { record(patient: $patient, id: $id) { resource } }';
  const { chart } = await clinic.ask<{ chart: Record<string, { edges: { node: { id: string } }[] }> }>('vault', LIST, {
    patient,
  });
  const found: Record<string, object> = {};
  for (const { node } of Object.values(chart).flatMap(({ edges }) => edges)) {
    const { record } = await clinic.ask<{ record: { resource: string } }>('vault', READ, { patient, id: node.id });
    const resource = JSON.parse(record.resource) as { resourceType: string };
    found[resource.resourceType] = resource;
  }
  return found;
}
