/** Pictures of the console as its administrator sees it, one set after each scene and whenever a need has come, to be held against the story by eye. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { asFailure } from '../../shared/outcome/failure.ts';
import { findChromium } from '../electron-host/find-chromium.ts';
import { settledPage } from '../screens/accessibility.ts';
import type { ClinicDesk } from './clinic-desk.ts';
import type { Story } from './story.ts';

/** The console's parts, by the words that choose them. */
const PARTS = ['Devices', 'Clinics', 'Updates', 'Ledger', 'Acts'];
const SIZE = { width: 1366, height: 900 };

export class ConsolePictures {
  readonly #browser: Browser;
  readonly #folder: string;
  readonly #story: Story;
  #taken = 0;

  private constructor(browser: Browser, folder: string, story: Story) {
    this.#browser = browser;
    this.#folder = folder;
    this.#story = story;
  }

  /** @param folder where the PNGs are written */
  static async open(folder: string, story: Story): Promise<ConsolePictures> {
    mkdirSync(folder, { recursive: true });
    const executablePath = findChromium();
    if (!executablePath) throw new Error('There is no Chromium: set CHROMIUM_PATH.');
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    return new ConsolePictures(await chromium.launch({ executablePath, args }), folder, story);
  }

  /** A console that is away just now is told of, and the run goes on. */
  async take(what: string, desk: ClinicDesk, parts: readonly string[] = PARTS): Promise<void> {
    const { door } = desk;
    const name = `${String(++this.#taken).padStart(2, '0')}-${what.replaceAll(/[^a-z]+/gi, '-')}`;
    if (!door) return;
    const page = await this.#browser.newPage({ viewport: SIZE, locale: 'en-GB', reducedMotion: 'reduce' });
    try {
      const [cookie, value] = door.cookie.split('=') as [string, string];
      await page.context().addCookies([{ name: cookie, value, url: door.address }]);
      await page.goto(door.address);
      await page.getByRole('navigation').getByRole('button', { name: 'Fleet', exact: true }).click();
      for (const part of parts) await this.#part(page, part, join(this.#folder, `${name}-${part.toLowerCase()}.png`));
    } catch (error) {
      this.#story.tell(`  no picture of the console: ${asFailure(error).message.split('\n')[0]}`);
    } finally {
      await page.context().close();
    }
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }

  async #part(page: Page, part: string, path: string): Promise<void> {
    await page.getByText(part, { exact: true }).last().click();
    await settledPage(page);
    await page.screenshot({ path, fullPage: true, animations: 'disabled' });
  }
}
