/**
 * A visit without a mouse: found, opened, written, prescribed against an allergy, signed, printed and locked; in a window and at 400 % of it
 * (1280 × 800 are then 320 × 200: WCAG 1.4.10). Wherever Tab comes to is in view, marked and under nothing else (2.4.7, 2.4.11).
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { settledPage } from '../screens/accessibility.ts';
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

interface Reached {
  readonly role: string;
  readonly name: string;
  /** What is wrong with where the focus stands; empty when nothing is. */
  readonly fault: string;
}

/** What has the focus, and whether a person sees it: runs in the page. */
function focused(): Reached {
  const at = document.activeElement as HTMLElement;
  const named = at.getAttribute('aria-labelledby')?.split(' ')[0];
  const label =
    at.getAttribute('aria-label') ??
    (named && document.getElementById(named)?.textContent) ??
    (at as HTMLInputElement).labels?.[0]?.textContent ??
    at.textContent ??
    '';
  const name = label.replace(/\s*\*$/, '').trim();
  const role = at.getAttribute('role') ?? at.tagName.toLowerCase();
  const box = at.getBoundingClientRect();
  const seen = {
    left: Math.max(box.left, 0),
    top: Math.max(box.top, 0),
    right: Math.min(box.right, innerWidth),
    bottom: Math.min(box.bottom, innerHeight),
  };
  const where = `${role} “${name.slice(0, 40)}” at ${Math.round(box.left)},${Math.round(box.top)} ${Math.round(box.width)}×${Math.round(box.height)}`;
  if (at === document.body || box.width < 2) return { role, name, fault: '' };
  if (seen.right - seen.left < 2 || seen.bottom - seen.top < 2) return { role, name, fault: `${where} is out of view` };
  // Nine places of what is in view: one that is not covered is enough to see where one is.
  const parts = [0.1, 0.5, 0.9];
  let over: Element | null = null;
  const isUncovered = parts.some((x) =>
    parts.some((y) => {
      const top = document.elementFromPoint(seen.left + x * (seen.right - seen.left), seen.top + y * (seen.bottom - seen.top));
      over = top;
      const label = (at as HTMLInputElement).labels?.[0];
      return (
        top !== null &&
        (at.contains(top) || top.contains(at) || label?.contains(top) === true || at.parentElement?.contains(top) === true)
      );
    }),
  );
  return {
    role,
    name,
    fault: isUncovered ? '' : `${where} is covered by “${(over as Element | null)?.textContent?.slice(0, 40)}”`,
  };
}

describe.each([
  { window: 'in a window', width: 1366, height: 768 },
  { window: 'at 400 %', width: 320, height: 200 },
])('$window', ({ window, width, height }) => {
  const faults = new Set<string>();

  /** Where the focus stands. What opens or closes just now covers nothing for long: only what is still wrong afterwards counts. */
  async function stands(): Promise<Reached> {
    const at = await clinic.page.evaluate(focused);
    if (!at.fault) return at;
    await settledPage(clinic.page);
    // What a button told while it had the focus goes a moment after the focus has gone on.
    const isSeen = expect.poll(async () => (await clinic.page.evaluate(focused)).fault, { timeout: 2_000 }).toBe('');
    await isSeen.catch(() => undefined);
    return clinic.page.evaluate(focused);
  }

  /** Presses Tab until the focus is on what is called so; what is passed on the way has to be in view. */
  async function reach(name: RegExp, most = 120): Promise<void> {
    const passed: string[] = [];
    for (let step = 0; step < most; step += 1) {
      const at = await stands();
      if (at.fault && step > 0) faults.add(at.fault);
      if (name.test(at.name)) return;
      passed.push(at.name.slice(0, 30));
      await clinic.page.keyboard.press('Tab');
    }
    const said = await clinic.dialog.getByRole('status').allTextContents();
    throw new Error(`Tab does not come to ${name}, only to ${passed.join(' | ')}; the form says: ${said.join(' | ')}`);
  }

  /** What is called so is given the focus. A dialog shows its beginning first; what is typed brings the field into view. */
  async function given(name: RegExp): Promise<void> {
    await expect.poll(async () => (await clinic.page.evaluate(focused)).name, { timeout: 20_000 }).toMatch(name);
  }

  /** Types into what has the focus, which is in view then. */
  async function type(words: string): Promise<void> {
    await clinic.page.keyboard.type(words);
    const { fault } = await stands();
    if (fault) faults.add(`${fault} while it is typed into`);
  }

  /** Nothing is cut at the side, and the picture shows it. */
  async function look(screen: string): Promise<void> {
    await clinic.look(`keyboard-${screen}-${width}`);
    const wider = await clinic.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    const reaching = await clinic.page.evaluate(() =>
      [...document.querySelectorAll('body *')]
        .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
        .map(({ tagName, className, textContent }) => `${tagName}.${className} “${textContent?.slice(0, 30)}”`),
    );
    if (wider > 0) faults.add(`${screen} is ${wider} pixels wider than the window: ${reaching.slice(0, 5).join(', ')}`);
    const dialog = await clinic.page.evaluate(() => {
      const body = document.querySelector('[role=dialog] [class*=Modal-body], [role=dialog] [class*=Drawer-body]');
      return body ? body.scrollWidth - body.clientWidth : 0;
    });
    if (dialog > 1) faults.add(`the dialog of ${screen} is ${dialog} pixels wider than it shows`);
  }

  beforeAll(async () => {
    await clinic.page.setViewportSize({ width, height });
    // Where nothing tells its words to who points at it: nobody has a mouse here.
    await clinic.page.mouse.move(width - 1, height - 1);
  });

  test('a patient is found and the chart opened', async () => {
    const { page } = clinic;
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('Type a patient').waitFor();
    await type('quill');
    await page
      .getByText(/Marisol Quillfeather/)
      .first()
      .waitFor();
    await look('palette');
    await page.keyboard.press('Enter');
    await clinic.tab('Summary').waitFor();
    await look('chart');
    // The focus is on the name: from there all of the summary is walked, and comes into view.
    await reach(/^Add a problem/).catch((error) => faults.add(String(error)));
    await look('summary');
  });

  test('an allergy, a note that is signed, and a prescription that the allergy speaks against', async () => {
    const { page } = clinic;
    const substance = width > 1000 ? 'Amoxicillin' : 'Ibuprofen';
    await page.keyboard.press('Escape');
    await page.keyboard.press('a');
    await reach(/^Substance/);
    await type(substance);
    await look('allergy');
    await reach(/^Save$/);
    await page.keyboard.press('Enter');
    await expect.poll(() => clinic.dialog.count(), { timeout: 20_000 }).toBe(0);

    await page.keyboard.press('n');
    await reach(/^Subjective/);
    await type('Sore throat since Monday.');
    await reach(/^Plan/);
    await type('Penicillin for a week.');
    await look('note');
    await reach(/^(Read what will be signed|Sign …|Read and sign)$/);
    await page.keyboard.press('Enter');
    await given(/^Your passphrase/);
    await type(PASSPHRASE);
    await look('sign');
    await reach(/^Sign$/);
    await page.keyboard.press('Enter');
    await expect.poll(() => clinic.dialog.count(), { timeout: 20_000 }).toBe(0);

    await page.keyboard.press('r');
    await reach(/^Medication/);
    await type(`${substance} 500 mg`);
    await reach(/^Why it is given all the same/);
    await type('Tolerated twice since');
    await reach(/^Dose/);
    await type('500');
    await reach(/^Route/);
    // Of no route, and Enter: the form stays open, and says that there is none.
    await type('subcutaneoos');
    await page.getByText('Nothing found').waitFor({ state: 'attached' });
    await page.keyboard.press('Enter');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await clinic.dialog.getByRole('combobox', { name: 'Route' }).and(page.locator('[value=Subcutaneous]')).waitFor();
    await reach(/^How often/);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await look('prescription');
    await reach(/^Save$/);
    await page.keyboard.press('Enter');
    await expect.poll(() => clinic.dialog.count(), { timeout: 20_000 }).toBe(0);
  });

  test('vital signs and their plot, the schedule, the tasks and the import', async () => {
    const { page } = clinic;
    const turnTo = async (tab: RegExp): Promise<void> => {
      for (let step = 0; step < 20 && !tab.test((await stands()).name); step += 1) await page.keyboard.press('ArrowRight');
      expect((await stands()).name).toMatch(tab);
    };
    await page.keyboard.press('v');
    await reach(/^Systolic/);
    await type('128');
    await reach(/^Diastolic/);
    await type('79');
    await look('vitals');
    await reach(/^Save$/);
    await page.keyboard.press('Enter');
    await expect.poll(() => clinic.dialog.count(), { timeout: 20_000 }).toBe(0);
    await reach(/^Summary/);
    await turnTo(/^Results/);
    await page.getByRole('region', { name: 'Over time' }).waitFor();
    await page.getByRole('region', { name: 'Values, newest first' }).waitFor();
    const plot = await page.locator('canvas').first().boundingBox();
    if (!plot || plot.width < 150) faults.add(`the plot is ${plot?.width} pixels wide`);
    await look('results');
    // What was saved is said below for some seconds, and goes by itself.
    await page.getByText('Saved here: Blood pressure').waitFor({ state: 'hidden' });
    await reach(/^Today$/);
    await page.keyboard.press('Enter');
    await reach(/^Queue/);
    await turnTo(/^Schedule/);
    await reach(/^The day before/);
    await look('schedule');
    await reach(/^Schedule/);
    await turnTo(/^Tasks/);
    await look('tasks');
    await reach(/^Import$/);
    await page.keyboard.press('Enter');
    await reach(/^Choose files/);
    await look('import');
    await reach(/^Patients$/);
    await page.keyboard.press('Enter');
    await reach(/^Search patients/);
    await type('quill');
    await page.getByRole('row').filter({ hasText: 'Quillfeather' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await clinic.tab('Summary').waitFor();
  });

  test('it is printed, the desk locked and opened again', async () => {
    const { page } = clinic;
    await reach(/^More$/, 200);
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Print …' }).waitFor();
    await look('more');
    // The arrows go through the menu.
    const isPrint = () => page.evaluate(() => document.activeElement?.textContent === 'Print …');
    for (let step = 0; step < 20 && !(await isPrint()); step += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await clinic.dialog.waitFor();
    await reach(/^Print, or save as PDF$/);
    await look('print');
    await page.keyboard.press('Escape');
    await expect.poll(() => clinic.dialog.count(), { timeout: 20_000 }).toBe(0);
    await page.keyboard.press('Control+l');
    await clinic.button('Unlock').waitFor();
    await look('locked');
    await given(/^Your passphrase/);
    await type(PASSPHRASE);
    await page.keyboard.press('Enter');
    await page.getByRole('navigation', { name: 'Main navigation' }).waitFor();
  });

  test(`nothing was out of view or covered ${window}`, () => {
    expect([...faults]).toEqual([]);
    expect(stage.complaints).toEqual([]);
  });
});
