/** A kiosk's page in a browser, before the stand: what a person does at the glass, and whether a screen is fit for everybody. */
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { kioskWords } from '../../renderer/language/kiosk-words.ts';
import { settledPage, violationsOf } from './accessibility.ts';
import { keepPicture } from './keep-picture.ts';
import { CARD, PIN } from './kiosk-patient.ts';
import { type KioskStand, startKioskStand } from './kiosk-stand.ts';

export interface Glass {
  readonly width: number;
  readonly height: number;
}
export const TALL: Glass = { width: 1080, height: 1920 };
export const FLAT: Glass = { width: 1366, height: 768 };

export type Words = (typeof kioskWords)['en'];

/** A voice of this machine for each language, which says to the test what it is given. */
const VOICES = `(() => {
  const voices = ['en-GB', 'ar-SA', 'fr-FR', 'de-DE', 'es-ES', 'uk-UA'].map((lang) => ({ lang, localService: true, name: lang }));
  let now;
  const speech = {
    getVoices: () => voices,
    addEventListener() {},
    removeEventListener() {},
    get speaking() { return now !== undefined; },
    cancel() {
      const cut = now;
      now = undefined;
      if (cut) { console.debug('cut off'); cut.onerror?.(); }
    },
    speak: (said) => { now = said; window.heard = said.text; },
  };
  Object.defineProperty(window, 'speechSynthesis', { value: speech });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
})()`;

export class KioskGlass implements AsyncDisposable {
  readonly stand: KioskStand;
  readonly page: Page;

  private constructor(stand: KioskStand, page: Page) {
    this.stand = stand;
    this.page = page;
  }

  /** @param times of a clock that goes as ours does until the test puts it on @param isEmpty there is nothing of the patient yet */
  static async open(
    browser: Browser,
    viewport: Glass,
    times?: { idleSeconds: number; graceSeconds: number },
    isEmpty = false,
  ): Promise<KioskGlass> {
    const stand = await startKioskStand(times, isEmpty);
    const context = await browser.newContext({ viewport, locale: 'en-GB', reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.addInitScript(VOICES);
    if (times) await page.clock.install();
    page.setDefaultTimeout(90_000);
    await page.goto(stand.host.address);
    await page.getByLabel('Code from the terminal').fill(stand.host.code);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /English/ }).waitFor();
    return new KioskGlass(stand, page);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.page.context().close();
    await this.stand[Symbol.asyncDispose]();
  }

  press(name: string | RegExp): Promise<void> {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' }).click();
  }

  /** As a scanner does: keys without a pause, Enter at the end. */
  async scan(card = CARD): Promise<void> {
    await this.page.keyboard.type(card);
    await this.page.keyboard.press('Enter');
  }

  async typePin(pin = PIN): Promise<void> {
    for (const digit of pin) await this.press(digit);
  }

  /** What is cut off, lies outside of the glass or has to be pushed sideways; [0] where nothing is. */
  cutOff(): Promise<unknown> {
    return this.page.evaluate(`(() => {
      const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
      const out = [...document.querySelectorAll('button, input, h1, p')].filter((element) => {
        const { left, right, width } = element.getBoundingClientRect();
        const hidden = element.closest('[aria-hidden="true"]') || getComputedStyle(element).position === 'absolute';
        return width > 0 && !hidden && (left < -1 || right > innerWidth + 1 || element.scrollWidth > element.clientWidth + 2);
      });
      return [wide, ...out.map((element) => element.textContent || element.outerHTML.slice(0, 80))];
    })()`);
  }

  /** The screen as it stands can be used by everybody, on this glass and turned, at its own size and at four times that. */
  async look(name: string, language: string, { size, turned }: { size: Glass; turned: Glass }): Promise<void> {
    for (const glass of [turned, size]) {
      await this.page.setViewportSize(glass);
      await this.page.evaluate('scrollTo(0, 0)');
      await settledPage(this.page);
      expect(await this.cutOff(), `${name} at ${glass.width} × ${glass.height}`).toEqual([0]);
      if (glass === TALL) await this.#withinReach(name);
      await keepPicture(this.page, `kiosk/${name}-${language}-${glass.width}`, true);
    }
    expect(await violationsOf(this.page), name).toEqual([]);
    await this.readAloud(name);
    await this.byTab(name);
    await this.at400Percent(name, size);
  }

  /** WCAG 1.4.10: at four times the size nothing is cut off or has to be pushed sideways, and the way out is there. */
  async at400Percent(name: string, { width, height }: Glass): Promise<void> {
    await this.page.setViewportSize({ width: Math.round(width / 4), height: Math.round(height / 4) });
    expect(await this.cutOff(), `${name} at 400 %`).toEqual([0]);
    await keepPicture(this.page, `kiosk/zoom/${name}-${width}`);
    await this.page.setViewportSize({ width, height });
  }

  /** On a tall glass whoever sits reaches everything that is pressed: nothing of it stands in the upper quarter; and the bar speaks in words. */
  async #withinReach(name: string): Promise<void> {
    const high = await this.page.evaluate(`[...document.querySelectorAll('button, input, textarea')]
      .filter((each) => each.checkVisibility() && each.getBoundingClientRect().top < innerHeight / 4)
      .map((each) => each.textContent || each.outerHTML.slice(0, 80))`);
    expect(high, `${name} out of reach of who sits`).toEqual([]);
    for (const word of await this.page.locator('.kiosk-letters-word').all()) expect(await word.isVisible(), name).toBe(true);
  }

  /**
   * Everything that can be pressed or filled in comes by Tab, in the order of the page, and after the last the first; and nothing that has the
   * focus lies under the bar (WCAG 2.4.11): a tall glass, with its bar at the foot, is walked down, a flat one up.
   */
  async byTab(name: string): Promise<void> {
    await this.page.evaluate(`document.activeElement?.blur(); window.came = []; window.covered = []`);
    const count = Number(
      await this.page.evaluate(`(() => {
        const all = [...document.querySelectorAll('button:not([disabled]), input:not([disabled]), textarea')].filter((each) => each.checkVisibility() && !each.closest('[inert]'));
        // Of a group of choices one takes the focus; the arrows lead to the others.
        const groups = new Set();
        window.wanted = all.filter((each) => each.type !== 'radio' || !each.name || (!groups.has(each.name) && groups.add(each.name)));
        document.addEventListener('focusin', ({ target }) => window.came.push(target));
        document.addEventListener('keyup', () => {
          const now = document.activeElement;
          const bar = document.querySelector('.kiosk-bar');
          if (!bar || bar.contains(now) || getComputedStyle(bar).position !== 'sticky') return;
          const [a, b] = [now.getBoundingClientRect(), bar.getBoundingClientRect()];
          if (a.top >= b.top && a.bottom <= b.bottom) window.covered.push(now.outerHTML.slice(0, 120));
        });
        return window.wanted.length;
      })()`),
    );
    const { width = 0, height = 0 } = this.page.viewportSize() ?? {};
    const key = width < height ? 'Tab' : 'Shift+Tab';
    for (let press = 0; press <= count; press++) await this.page.keyboard.press(key);
    expect(await this.page.evaluate('window.covered'), `${name} under the bar`).toEqual([]);
    const missed = await this.page.evaluate(
      `window.wanted.filter((each) => !window.came.some((one) => one === each || (one.name && one.name === each.name))).map((each) => each.outerHTML.slice(0, 120))`,
    );
    expect(missed, `${name} by Tab`).toEqual([]);
  }

  /** What would be heard is what stands on the screen, from its title on. */
  async readAloud(name: string): Promise<void> {
    const button = this.page.locator('.kiosk-bar button').filter({ has: this.page.locator('.tabler-icon-volume') });
    if ((await this.page.locator('.kiosk-bar').count()) === 0) return;
    await button.click();
    const heard = String(await this.page.evaluate('window.heard'));
    const title = await this.page.locator('h1, .mantine-Alert-title').first().innerText();
    expect(heard.startsWith(title), `${name} is read from its title on`).toBe(true);
    await this.page
      .locator('.kiosk-bar button')
      .filter({ has: this.page.locator('.tabler-icon-volume-off') })
      .click();
  }

  /** From the choice of a language to the question what to do. */
  async enter(words: Words): Promise<void> {
    await this.press(new RegExp(words.language.choose));
    await this.page.getByRole('heading', { name: words.card.title }).waitFor();
    await this.scan();
    await this.page.getByRole('heading', { name: words.pin.title }).waitFor();
    await this.typePin();
    await this.press(words.pin.enter);
    await this.page.getByText(words.home.question).waitFor();
  }
}
