/**
 * A clinic's whole day: twenty patients, two desks, one visit by video, one question to another clinic, one second opinion; the
 * afternoon without the hub, medicine prescribed, printed and handed over in it. In the evening everything is at the hub, and both desks say the same.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { visitWords } from '../../renderer/language/visit-words.ts';
import { freePort } from '../../server/workstation/demo/free-port.ts';
import { localDay } from '../../shared/encoding/wall-clock.ts';
import { pdfPages, withoutBlanks } from '../support/pdf-pages.ts';
import { type ClinicAtWork, PASSPHRASE } from './clinic-at-work.ts';
import { type HubAtWork, Stage } from './stage.ts';
import { TWENTY, writeTwentyPatients } from './twenty-patients.ts';

/** What three programs, a hub and a browser may take on a machine that is busy with other things. */
const SETTLED = { timeout: 120_000 };
// A test here waits for several such things, one after the other.
vi.setConfig({ testTimeout: 600_000 });
const INVALID = 'https://links.invalid';

interface Visit {
  readonly id: string;
  readonly revision: string;
  readonly stage: string;
  readonly patient: { readonly id: string; readonly name: string };
}

const stage = new Stage();
let hub: HubAtWork;
let links: string;
/** Where Ana Ferreira receives people, and where Bo Lindqvist treats them: one clinic. */
let front: ClinicAtWork;
let room: ClinicAtWork;
let mountain: ClinicAtWork;
let patients: readonly Visit['patient'][];

const visitsAt = async (desk: ClinicAtWork): Promise<readonly Visit[]> => {
  const DAY = 'query ($day: String!) { visits(day: $day) { id revision stage patient { id name } } }';
  return (await desk.ask<{ visits: Visit[] }>('vault', DAY, { day: localDay(Date.now()) })).visits;
};
const stagesAt = async (desk: ClinicAtWork): Promise<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const each of await visitsAt(desk)) counts[each.stage] = (counts[each.stage] ?? 0) + 1;
  return counts;
};
/** Who is alive: others have no visit. */
const patientsAt = async (desk: ClinicAtWork): Promise<Visit['patient'][]> => {
  const FIND = '{ patients(search: "", first: 100) { edges { node { id name deceased } } } }';
  const found = await desk.ask<{ patients: { edges: { node: Visit['patient'] & { deceased: boolean } }[] } }>('vault', FIND);
  return found.patients.edges.map(({ node }) => node).filter(({ deceased }) => !deceased);
};
const nameOf = (at: number): string => String(patients[at]?.name);

/** One step of a visit as this desk shows it; what the other desk did just before has to be here first. */
async function step(desk: ClinicAtWork, patient: Visit['patient'], next: string): Promise<void> {
  const MOVE = `mutation ($visit: ID!, $revision: String!, $step: VisitStep!) {
    moveVisit(visit: $visit, revision: $revision, step: $step) { stage } }`;
  const visit = (await visitsAt(desk)).find((each) => each.patient.id === patient.id);
  await desk.ask('vault', MOVE, { visit: visit?.id, revision: visit?.revision, step: next });
}

/** Called, begun, measured and finished in the room. */
async function treat(patient: Visit['patient'], temperature: string): Promise<void> {
  const resource = `{"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"8310-5"}]},"subject":{"reference":"Patient/${patient.id}"},"effectiveDateTime":"${new Date().toISOString()}","valueQuantity":{"value":${temperature},"unit":"Cel","system":"http://unitsofmeasure.org","code":"Cel"}}`;
  await step(room, patient, 'CALL');
  await step(room, patient, 'START');
  await room.ask('vault', 'mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }', { patient: patient.id });
  const PUT = 'mutation ($input: PutRecordInput!) { putRecord(input: $input) { id } }';
  await room.ask('vault', PUT, { input: { patient: patient.id, resource } });
  await step(room, patient, 'FINISH');
}

/** The patient's line in the queue of a desk. */
const line = (desk: ClinicAtWork, name: string) => desk.row('Queue', name);
async function press(desk: ClinicAtWork, name: string, key: string): Promise<void> {
  await line(desk, name).focus();
  await desk.page.keyboard.press(key);
}

/** By the keyboard and on the screens: checked in at the front desk, called and begun in the room, where the chart opens. */
async function receive(name: string): Promise<void> {
  await front.goTo('Today');
  await press(front, name, 'i');
  await line(front, name).getByText('Waiting').waitFor();
  await room.goTo('Today');
  await line(room, name).getByText('Waiting').waitFor(SETTLED);
  await press(room, name, 'r');
  await room.dialog.getByRole('combobox', { name: 'Room' }).fill('Room 2');
  await room.page.keyboard.press('Enter');
  await line(room, name).getByText('Room 2').waitFor();
  await press(room, name, 's');
  await room.tab('Summary').waitFor();
}

async function finish(name: string): Promise<void> {
  await room.goTo('Today');
  await line(room, name).getByText('Under way').waitFor();
  await press(room, name, 'f');
  await line(room, name).waitFor({ state: 'hidden' });
}

/** In the chart that is open in the room. */
async function prescribeAndHandOver(medicine: string): Promise<void> {
  await room.button('Prescribe').click();
  await room.dialog.getByLabel(/^Medication/).fill(medicine);
  await room.dialog.getByLabel(/^Dose/).fill('500');
  await room.choose('How often', 'three times a day');
  await room.dialog.getByLabel('For how long').fill('7');
  await room.dialog.getByLabel('Quantity').fill('21');
  await room.button('Save', room.dialog).click();
  const medications = room.page.getByRole('region', { name: 'Current medications' });
  await medications.getByText(medicine).click();
  await room.button('Hand over').click();
  await room.dialog.getByLabel('Lot number').fill('P-4');
  await room.button('Save', room.dialog).click();
  await room.dialog.waitFor({ state: 'detached' });
  await room.button('More').click();
  await room.page.getByRole('menuitem', { name: 'Print …' }).click();
  await room.dialog
    .getByRole('region', { name: /^Page 1 of/ })
    .getByText(medicine)
    .waitFor();
  const pages = await pdfPages(await room.page.pdf({ preferCSSPageSize: true, printBackground: true }));
  expect(pages.map(({ text }) => text).join('')).toContain(withoutBlanks(medicine));
  await room.closeDialog();
}

/** A picture that nobody has to be asked about: the screen itself. */
const picture = async (page: Page, name: string) => ({ name, mimeType: 'image/png', buffer: await page.screenshot() });

beforeAll(async () => {
  const port = await freePort();
  links = `http://127.0.0.1:${port}`;
  const folder = stage.place('records');
  writeTwentyPatients(folder);
  [hub, front, mountain] = await Promise.all([
    stage.hub({}, 'hub', undefined, ['--links', INVALID, '--links-port', String(port)]),
    stage.clinic('Harbour Clinic'),
    stage.clinic('Mountain Practice'),
  ]);
  await Promise.all([front.create(), mountain.create('Mara Lind')]);
  await front.importFrom(folder);
}, 300_000);
afterAll(() => stage[Symbol.asyncDispose]());

test('the day before: two clinics join a region', async () => {
  await front.joinRegion(hub.founding);
  await front.syncSays(/^Up to date$/, SETTLED.timeout);
  await mountain.joinRegion(await hub.invite());
  await mountain.syncSays(/^Waiting for admission/, SETTLED.timeout);
  await front.admit();
  await mountain.syncSays(/^Up to date$/, SETTLED.timeout);
});

test('before eight: a second computer is let in, it has the twenty patients, and one of the two serves the clinic', async () => {
  const { inviteDevice } = await front.ask<{ inviteDevice: string }>('vault', 'mutation { inviteDevice(kind: "workstation") }');
  room = await stage.clinic('Room 2');
  await room.page.getByRole('button', { name: /Join a clinic with this computer/ }).click();
  await room.page.getByLabel('Invitation').fill(inviteDevice);
  await room.page.getByLabel('Your name').fill('Bo Lindqvist');
  await room.typeNewPassphrase(PASSPHRASE);
  await room.button('Join the clinic').click();
  await front.goTo('Patients');
  await front.goTo('Sync & region');
  await front.button('Decide').click(SETTLED);
  await front.choose('Role of Bo Lindqvist', 'clinician');
  await front.button('Let it in').click();
  await room.page.getByRole('navigation', { name: 'Main navigation' }).waitFor(SETTLED);
  await expect.poll(async () => (await patientsAt(room)).length, SETTLED).toBe(TWENTY);
  const own = front.page.getByRole('region', { name: "This clinic's own network" });
  await own.getByLabel('Listen at').fill(`127.0.0.1:${await freePort()}`);
  await front.button('Serve the clinic from this computer').click();
  await own.getByText('This computer serves the clinic.').waitFor(SETTLED);
  const HOST = '{ syncState { clinicHost { connected } } }';
  const follows = async () => (await room.ask<{ syncState: { clinicHost: { connected: boolean } } }>('device', HOST)).syncState;
  await expect.poll(async () => (await follows()).clinicHost.connected, SETTLED).toBe(true);

  // People of one name come last: those whom the screens look for are found by theirs.
  const all = await patientsAt(front);
  const isFirstOfName = ({ name }: Visit['patient'], at: number) => all.findIndex((each) => each.name === name) === at;
  patients = [...all.filter(isFirstOfName), ...all.filter((each, at) => !isFirstOfName(each, at))];
  const ADD = 'mutation ($input: AddVisitInput!) { addVisit(input: $input, evenSo: true) { visit { id } } }';
  for (const [at, { id }] of patients.entries())
    await front.ask('vault', ADD, { input: { patient: id, kind: at === 1 ? 'TELE' : 'BOOKED', reason: `Visit ${at + 1}` } });
  await expect.poll(() => stagesAt(room), SETTLED).toEqual({ BOOKED: TWENTY });
});

test('the morning: a patient goes from the front desk to the room, and the note is signed', async () => {
  await receive(nameOf(0));
  await room.addTemperature('38.4');
  await room.writeNote({ participant: nameOf(0), place: 'Room 2', assessment: 'Influenza.', plan: 'Rest, fluids.' });
  await room.page.getByText('signed by Bo Lindqvist').waitFor();
  await finish(nameOf(0));
});

test('one comes by video: they agree, the link lets them in, the note is signed beside the picture', async () => {
  const words = visitWords.en;
  await room.page.getByText(nameOf(1), { exact: true }).first().click();
  await room.button('Begin a video visit', room.dialog).click();
  await room.page.getByLabel('In words').click();
  await room.button('They agree').click();
  await room.button("Make the patient's link").click();
  const link = String(await room.page.getByTestId('call-link').textContent()).replace(INVALID, links);
  const patient = await stage.stranger({ viewport: { width: 420, height: 860 } });
  await patient.goto(link);
  await patient.getByRole('button', { name: words.allow }).click();
  await patient.getByRole('button', { name: words.join }).click();
  await patient.getByText('Connected with Bo Lindqvist, Harbour Clinic').waitFor(SETTLED);
  const note = room.page.getByRole('region', { name: 'Note of this visit' });
  await note.getByLabel('Where the patient was').fill('At home');
  await note.getByLabel('Assessment').fill('Rash has faded');
  await note.getByLabel('Plan').fill('Look again in two weeks');
  await room.button('Read what will be signed', note).click();
  await room.dialog.getByLabel('Your passphrase').fill(PASSPHRASE);
  await room.button('Sign', room.dialog).click();
  await room.page.getByText('The note is signed.').waitFor();
  await room.button('Hang up').click();
  await patient.getByText(words.left).waitFor();
  await patient.context().close();
});

test('a second opinion: the case opens once for who has link and code', async () => {
  await room.tab('Notes').click();
  await room.button('Ask for a second opinion').click();
  await room.dialog.getByLabel('Whom it is for').fill('Prof. Ines Duarte, Lisbon');
  await room.dialog.getByRole('textbox', { name: 'Question' }).fill('Is this a drug eruption?');
  await room.dialog.getByLabel('Problems').check();
  await room.dialog.locator('input[type=file][aria-label="Add pictures"]').setInputFiles(await picture(room.page, 'rash.png'));
  await room.dialog.getByText('rash.jpg').or(room.dialog.getByText('rash.png')).waitFor();
  await room.dialog.getByLabel('Your passphrase').fill(PASSPHRASE);
  await room.button('Make the case').click();
  const link = String(await room.page.getByTestId('pack-link').textContent()).replace(INVALID, links);
  const code = String(await room.page.getByTestId('pack-code').textContent());
  await room.closeDialog();
  const outside = await stage.stranger();
  const open = async (): Promise<void> => {
    await outside.goto('about:blank');
    await outside.goto(link);
    await outside.getByLabel('Your name and place').fill('Ines Duarte');
    await outside.getByLabel('Code').fill(code);
    await outside.getByRole('button', { name: 'Open the case' }).click();
  };
  await open();
  await outside.getByText('Is this a drug eruption?').waitFor();
  await outside.getByRole('img', { name: /rash/ }).waitFor();
  await open();
  await outside.getByText(/^This case was opened already/).waitFor();
  await outside.context().close();
  const { page } = room;
  await page.getByRole('region', { name: 'Second opinions outside' }).getByText('Prof. Ines Duarte, Lisbon').waitFor();
});

test('until noon ten are treated, at one desk and the other', async () => {
  for (const each of patients.slice(1, 10)) await step(front, each, 'CHECK_IN');
  await expect.poll(() => stagesAt(room), SETTLED).toEqual({ FINISHED: 1, WAITING: 9, BOOKED: 10 });
  for (const [at, each] of patients.slice(1, 10).entries()) await treat(each, `36.${at}`);
  await expect.poll(() => stagesAt(front), SETTLED).toEqual({ FINISHED: 10, BOOKED: 10 });
});

test('the hub is gone: registering, treating, medicine, consent, files and a question to another clinic go on', async () => {
  await hub.end('SIGKILL');
  await front.syncSays(/^(Offline|Connecting)/);
  await receive(nameOf(10));
  await prescribeAndHandOver('Paracetamol 500 mg');
  await room.tab('Documents').click();
  await room.page.locator('input[type=file][aria-label="Add a file"]').setInputFiles(await picture(room.page, 'referral.png'));
  await room.button('Show').click();
  await room.page.getByRole('img', { name: 'referral.png' }).waitFor();
  await room.closeDialog();
  await room.tab('Notes').click();
  await room.button('Ask another clinic').click();
  await room.dialog.getByRole('combobox', { name: 'Whom to ask' }).click();
  await room.page.getByRole('option', { name: 'Mountain Practice' }).click();
  await room.dialog.getByRole('textbox', { name: 'Question' }).fill('Would you operate?');
  await room.dialog.getByLabel('Your passphrase').fill(PASSPHRASE);
  await room.button('Sign and send').click();
  await room.page.getByText('Asked of Mountain Practice').waitFor();
  await finish(nameOf(10));
  await front.openChart(nameOf(10));
  await front.giveConsent('Mountain Practice · Clinic');
  for (const each of patients.slice(11)) await step(front, each, 'CHECK_IN');
  await expect.poll(() => stagesAt(room), SETTLED).toEqual({ FINISHED: 11, WAITING: 9 });
  for (const [at, each] of patients.slice(11).entries()) await treat(each, `37.${at}`);
  await expect.poll(() => stagesAt(front), SETTLED).toEqual({ FINISHED: TWENTY });
  await front.register('Newborn', 'Ida', localDay(Date.now()));
  await expect.poll(async () => (await patientsAt(room)).length, SETTLED).toBe(TWENTY + 1);
});

test('in the evening the line is back: nothing waits, nothing is lost, and both desks say the same', async () => {
  await hub.start();
  for (const desk of [front, room]) await desk.ask('device', 'mutation { syncNow { connection } }');
  for (const desk of [front, room, mountain]) await desk.syncSays(/^Up to date$/, SETTLED.timeout);
  expect(await visitsAt(front)).toEqual(await visitsAt(room));
  expect(await stagesAt(room)).toEqual({ FINISHED: TWENTY });
  const MISHAPS = '{ conflicts { id } }';
  for (const desk of [front, room]) expect(await desk.ask('vault', MISHAPS)).toEqual({ conflicts: [] });
  await mountain.goTo('Patients');
  await mountain.row('Patients', nameOf(10)).waitFor(SETTLED);
  await front.openChart(nameOf(10));
  await front.tab('Medications').click();
  await front.page.getByText('Handed over: 21').waitFor(SETTLED);
  await front.tab('Documents').click();
  await front.page.getByText('referral.png').first().click();
  await front.button('Show').click();
  await front.page.getByRole('img', { name: 'referral.png' }).waitFor(SETTLED);
  await front.closeDialog();
});

test('the other clinic’s signed answer comes into the chart', async () => {
  await mountain.goTo('Consults');
  await mountain.page.getByText('Would you operate?').waitFor(SETTLED);
  await mountain.page.getByLabel('Your answer').fill('No: wait for three months.');
  await mountain.button('Sign the answer').click();
  await mountain.dialog.getByLabel('Your passphrase').fill(PASSPHRASE);
  await mountain.button('Sign and send').click();
  await mountain.dialog.waitFor({ state: 'hidden' });
  await room.openChart(nameOf(10));
  await room.tab('Notes').click();
  await room.page.getByText('No: wait for three months.').waitFor(SETTLED);
  await room.button('Take into the chart').click();
  await room.button('In the chart').waitFor();
  expect(stage.complaints).toEqual([]);
});
