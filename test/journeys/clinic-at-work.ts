/** A clinic as its people use it: the program as a process on its own data folder, and a browser window on its screens. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { settledPage, violationsOf } from '../screens/accessibility.ts';
import { keepPicture } from '../screens/keep-picture.ts';
import { ProgramProcess } from '../support/program-process.ts';
import { setUpTimeCode } from '../support/time-code-page.ts';

export const PASSPHRASE = 'copper lantern drifting walrus';

const pictures = resolve(import.meta.dirname, '../../out/screenshots/journeys');

type NotePart = 'participant' | 'place' | 'assessment' | 'plan';

export class ClinicAtWork {
  readonly folder: string;
  readonly name: string;
  /** Everything that its processes have said, those before a restart included. */
  readonly heard: string[] = [];
  readonly #context: BrowserContext;
  readonly #environment: Readonly<Record<string, string>>;
  #program: ProgramProcess | undefined;
  #address = '';
  #page: Page | undefined;

  constructor(folder: string, name: string, context: BrowserContext, environment: Readonly<Record<string, string>> = {}) {
    this.folder = folder;
    this.name = name;
    this.#context = context;
    this.#environment = environment;
  }

  get page(): Page {
    if (!this.#page) throw new Error(`${this.name} has not been started.`);
    return this.#page;
  }

  get pid(): number {
    return (this.#program as ProgramProcess).pid;
  }

  /** Starts the program, opens its address in a window, and types the code that the terminal shows. */
  async start(): Promise<void> {
    const [program, { address, code }] = await ProgramProcess.start(['serve', '--data', this.folder, '--json'], {
      environment: this.#environment,
    });
    this.#program = program;
    this.#address = String(address);
    await this.#page?.close();
    this.#page = await this.#context.newPage();
    this.#page.setDefaultTimeout(90_000);
    await this.#page.goto(this.#address);
    await this.#page.getByLabel('Code from the terminal').fill(String(code));
    await this.button('Continue').click();
    await this.#page.getByLabel('Code from the terminal').waitFor({ state: 'hidden' });
  }

  async end(signal?: NodeJS.Signals): Promise<void> {
    await this.#program?.end(signal);
    if (this.#program) this.heard.push(this.#program.said);
    this.#program = undefined;
  }

  /** First run: creates the clinic on the screen. */
  async create(administrator = 'Ana Ferreira', passphrase = PASSPHRASE, kind?: 'Research organisation'): Promise<void> {
    await this.page.getByRole('button', { name: /Create a clinic/ }).click();
    if (kind) await this.page.getByText(kind, { exact: true }).click();
    await this.page.getByLabel('Name of the clinic').fill(this.name);
    await this.page.getByLabel('Your name, as its first').fill(administrator);
    await this.typeNewPassphrase(passphrase);
    await this.button('Create the clinic').click();
    await this.page.getByRole('navigation', { name: 'Main navigation' }).waitFor();
  }

  async typeNewPassphrase(passphrase: string): Promise<void> {
    await this.page.getByLabel(/^New passphrase( \*)?$/).fill(passphrase);
    await this.page.getByLabel('New passphrase again').fill(passphrase);
  }

  async unlock(passphrase = PASSPHRASE): Promise<void> {
    await this.page.getByLabel('Your passphrase').fill(passphrase);
    await this.button('Unlock').click();
    await this.page.getByRole('navigation', { name: 'Main navigation' }).waitFor();
  }

  button(name: string, within: Page | Locator = this.page): Locator {
    return within.getByRole('button', { name, exact: true });
  }

  tab(name: string): Locator {
    return this.page.getByRole('tab', { name: new RegExp(`^${name}`) });
  }

  get alert(): Locator {
    return this.page.getByRole('alert');
  }

  /** The open dialog or drawer. */
  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  async goTo(screen: string): Promise<void> {
    await this.page
      .getByRole('navigation', { name: 'Main navigation' })
      .getByRole('button', { name: screen, exact: true })
      .click();
  }

  async find(typed: string): Promise<void> {
    await this.goTo('Patients');
    await this.page.getByLabel('Search patients').fill(typed);
  }

  /** Finds a patient by what is typed and opens the chart of the one who is found. */
  async openChart(typed: string): Promise<void> {
    await this.find(typed);
    const row = this.row('Patients', typed);
    // While the search is answered the list may move under a click: who sees it still there clicks again.
    const open = async (): Promise<boolean> => {
      if (await row.isVisible()) await row.click({ timeout: 3_000 }).catch(() => undefined);
      return this.tab('Summary')
        .waitFor({ timeout: 3_000 })
        .then(
          () => true,
          () => false,
        );
    };
    await expect.poll(open, { timeout: 60_000 }).toBe(true);
  }

  row(table: string, text: string | RegExp): Locator {
    return this.page.getByRole('table', { name: table }).getByRole('row').filter({ hasText: text }).first();
  }

  async choose(field: string, option: string): Promise<void> {
    await this.dialog.getByRole('combobox', { name: field }).click();
    await this.page.getByRole('option', { name: option, exact: true }).click();
  }

  async closeDialog(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.dialog.waitFor({ state: 'hidden' });
  }

  /** Signs what the dialog shows: after a wrong passphrase the next one waits its turn. */
  async signUntilDone(): Promise<void> {
    const signed = async (): Promise<boolean> => {
      if (!(await this.dialog.isVisible())) return true;
      // On a busy machine the try before may still be under way, and the dialog goes while this one is typed.
      const hasty = { timeout: 3_000 };
      await this.dialog
        .getByLabel('Your passphrase')
        .fill(PASSPHRASE, hasty)
        .then(() => this.button('Sign', this.dialog).click(hasty))
        .catch(() => undefined);
      return this.dialog.waitFor({ state: 'hidden', timeout: 10_000 }).then(
        () => true,
        () => false,
      );
    };
    await expect.poll(signed, { timeout: 60_000 }).toBe(true);
  }

  /** Registers a patient on the screen; the chart opens. */
  async register(family: string, given: string, birthDate: string): Promise<void> {
    await this.goTo('Patients');
    await this.button('Register a patient').first().click();
    await this.dialog.getByLabel('Family name').fill(family);
    await this.dialog.getByLabel('Given names').fill(given);
    await this.dialog.getByLabel('Born').fill(birthDate);
    await this.button('Register', this.dialog).click();
    await this.tab('Summary').waitFor();
  }

  /** Writes a body temperature from the summary of the open chart. */
  async addTemperature(value: string): Promise<void> {
    await this.tab('Summary').click();
    await this.button('Add an observation').click();
    await this.choose('What was observed', 'Body temperature');
    await this.dialog.getByLabel(/^Value/).fill(value);
    await this.button('Save', this.dialog).click();
    await this.dialog.waitFor({ state: 'hidden' });
  }

  /** Signs a note of a telephone visit in the open chart. */
  async writeNote({ participant, place, assessment, plan }: Readonly<Record<NotePart, string>>): Promise<void> {
    await this.tab('Notes').click();
    await this.button('Write a visit note').click();
    await this.choose('Kind of visit', 'Telephone visit');
    await this.dialog.getByLabel('Where the patient was').fill(place);
    await this.dialog.getByRole('combobox', { name: 'Participants' }).fill(participant);
    await this.page.keyboard.press('Enter');
    await this.dialog.getByLabel('Assessment').fill(assessment);
    await this.dialog.getByLabel(/^Plan( \*)?$/).fill(plan);
    await this.button('Read what will be signed').click();
    await this.dialog.getByLabel('Your passphrase').fill(PASSPHRASE);
    await this.button('Sign', this.dialog).click();
    await this.dialog.waitFor({ state: 'hidden' });
  }

  /** Records in the open chart that another clinic may read who the patient is and what was found, for treatment. */
  async giveConsent(recipient: string): Promise<void> {
    await this.tab('Consents').click();
    await this.button('Record a consent').click();
    await this.choose('Who may read', recipient);
    for (const category of ['identity', 'clinical']) await this.dialog.getByLabel(category, { exact: true }).check();
    await this.choose('What for', 'treatment');
    await this.choose('How the patient said so', 'in person');
    await this.button('Read what will be signed').click();
    await this.dialog.getByLabel('Your passphrase').fill(PASSPHRASE);
    await this.button('Sign and share').click();
    await this.dialog.waitFor({ state: 'hidden' });
  }

  /** Waits until the top of the desk says this of the sync. */
  async syncSays(state: RegExp, timeout = 90_000): Promise<void> {
    const indicator = this.page.getByRole('button', { name: /^Sync: / });
    await expect.poll(() => indicator.textContent(), { timeout }).toMatch(state);
  }

  async joinRegion(invitation: string): Promise<void> {
    await this.goTo('Sync & region');
    await this.page.getByLabel('Invitation').fill(invitation);
    await this.button('Join').click();
  }

  /** Lets the clinic that asks into the region. */
  async admit(): Promise<void> {
    await this.goTo('Patients');
    await this.goTo('Sync & region');
    await this.button('Look at the request').click();
    await this.button('They are the same: approve').click();
    await this.setUpFactor();
    await this.dialog.waitFor({ state: 'hidden' });
  }

  /** In the dialog of an act that needs a second factor, by who has none yet: a time code is set up, and the act goes on. */
  async setUpFactor(passphrase = PASSPHRASE): Promise<void> {
    const asking = this.page.getByRole('dialog', { name: 'Your second factor' });
    await setUpTimeCode(asking, passphrase);
    await asking.waitFor({ state: 'hidden' });
  }

  /** Takes a picture of the screen and expects it to break no serious rule of accessibility. */
  async look(screen: string): Promise<void> {
    await settledPage(this.page);
    await keepPicture(this.page, `journeys/${screen}`);
    expect(await violationsOf(this.page), screen).toEqual([]);
  }

  /** For whoever looks into a journey that failed. */
  async pictureOfFailure(): Promise<void> {
    if (this.#page?.isClosed() !== false) return;
    mkdirSync(pictures, { recursive: true });
    await this.#page.screenshot({ path: join(pictures, `failed-${this.name}.png`) });
  }

  /** Asks the services as the page does, to prepare what a journey is not about. */
  async ask<Data>(tier: 'device' | 'vault', query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const answer = await this.#context.request.post(new URL(`/graphql/${tier}`, this.#address).href, {
      headers: { origin: new URL(this.#address).origin },
      data: { query, variables },
    });
    const { data, errors } = (await answer.json()) as { data: Data; errors?: { message: string }[] };
    if (errors?.[0]) throw new Error(errors[0].message);
    return data;
  }

  /** Chooses files, or one folder, on the import screen; ends when the report is there. */
  async importFrom(chosen: string | string[]): Promise<void> {
    await this.beginImport(chosen);
    await this.page.getByRole('status').getByText('Done', { exact: true }).waitFor({ timeout: 90_000 });
    await this.page
      .getByText(/^(Nothing was refused\.|Refused entries)$/)
      .first()
      .waitFor();
  }

  async beginImport(chosen: string | string[]): Promise<void> {
    await this.goTo('Patients');
    await this.goTo('Import');
    await this.page.getByRole('switch', { name: 'Dry run' }).setChecked(false, { force: true });
    const field = typeof chosen === 'string' ? '[webkitdirectory]' : ':not([webkitdirectory])';
    await this.page.locator(`input[type=file]${field}`).setInputFiles(chosen);
  }

  /** A number of the reconciliation report. */
  async figure(label: string): Promise<number> {
    const card = this.page.locator('p', { hasText: new RegExp(`^${label}$`) }).locator('xpath=..');
    return Number((await card.locator('p').last().textContent())?.replaceAll(',', ''));
  }
}
