/**
 * What a person sees while the service takes its time, and when it fails: on no screen, and in no part of a chart, a blank; each notice
 * says that something could not be loaded and has a way to try again, which brings it.
 */
import type { Route } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { ClinicAtWork } from './clinic-at-work.ts';
import { Stage } from './stage.ts';

// Thirty screens and parts, twice.
vi.setConfig({ testTimeout: 400_000 });

const stage = new Stage();
let clinic: ClinicAtWork;
let answers: 'at once' | 'failing' | 'held back' = 'at once';
/** Questions that wait for their answer. */
let held: Route[] = [];

async function answer(route: Route): Promise<void> {
  const isQuestion = /"query":"\s*query/.test(route.request().postData() ?? '');
  if (isQuestion && answers === 'held back') {
    held.push(route);
    return;
  }
  if (isQuestion && answers === 'failing') {
    const errors = [{ message: 'Something went wrong inside.', extensions: { code: 'internal.unexpected' } }];
    await route.fulfill({ status: 200, contentType: 'application/json', body: JSON.stringify({ data: null, errors }) });
    return;
  }
  await route.continue();
}

async function letGo(): Promise<void> {
  answers = 'at once';
  for (const route of held.splice(0)) await route.continue().catch(() => undefined);
  held = [];
}

beforeAll(async () => {
  clinic = await stage.clinic('Harbour Clinic');
  await clinic.create();
  const REGISTER = 'mutation ($input: RegisterPatientInput!) { registerPatient(input: $input) { patient { id } } }';
  await clinic.ask('vault', REGISTER, { input: { family: 'Quillfeather', given: ['Marisol'], birthDate: '1961-04-12' } });
  await clinic.page.route('**/graphql/*', answer);
});
afterAll(() => stage[Symbol.asyncDispose]());

const content = () => clinic.page.locator('#content');
const navigation = () => clinic.page.getByRole('navigation', { name: 'Main navigation' });
const failed = () => content().getByRole('alert');
const again = () => failed().getByRole('button', { name: 'Try again' });

/** A page that has asked nothing yet. */
async function anew(): Promise<void> {
  await letGo();
  await clinic.page.reload();
  await navigation().waitFor();
  await clinic.page.getByText('Nobody today yet').waitFor();
}

/** Opened, with the questions of its summary answered. */
async function chartAnew(): Promise<string[]> {
  await anew();
  await clinic.openChart('Quillfeather');
  await clinic.page.getByRole('region', { name: 'Latest vital signs' }).waitFor();
  const words = await clinic.page.getByRole('tab').allInnerTexts();
  return words.map((each) => String(each.split('\n')[0]).trim()).filter((name) => name !== 'Summary');
}

const screens = (): Promise<string[]> =>
  navigation()
    .getByRole('button')
    .evaluateAll((links) => links.map((link) => (link as HTMLElement).title).filter((title) => title !== 'Today'));

/** Each of what stands there as failed has a way to try again; after that nothing is failed. */
async function expectWayOn(place: string): Promise<void> {
  await expect.poll(async () => (await failed().count()) - (await again().count()), { message: place }).toBe(0);
  await letGo();
  const pressAll = async (): Promise<number> => {
    if ((await again().count()) > 0) await again().first().click();
    return failed().count();
  };
  await expect.poll(pressAll, { message: place, timeout: 20_000 }).toBe(0);
}

test('a screen whose answers fail says so and has a way to try again, which brings it', async () => {
  await anew();
  for (const screen of await screens()) {
    answers = 'failing';
    await clinic.goTo(screen);
    await clinic.page.getByRole('heading', { level: 1 }).waitFor();
    // What can be imported is asked of nobody.
    if (screen !== 'Import') await failed().first().waitFor();
    if (screen === 'Sync & region') {
      await again().first().waitFor();
      await clinic.look('failing-sync');
    }
    await expectWayOn(screen);
  }
});

test('so does each part of a chart', async () => {
  for (const part of await chartAnew()) {
    answers = 'failing';
    await clinic.tab(part).click();
    await again().first().waitFor();
    if (part === 'Notes') await clinic.look('failing-notes');
    await expectWayOn(part);
  }
});

test('while answers are held back each part of a chart says that it loads, and shows it when they come', async () => {
  for (const part of await chartAnew()) {
    answers = 'held back';
    await clinic.tab(part).click();
    const busy = content().locator('[role=status][aria-busy=true]');
    await busy.first().waitFor();
    await letGo();
    await busy.first().waitFor({ state: 'detached' });
  }
  expect(stage.complaints).toEqual([]);
});
