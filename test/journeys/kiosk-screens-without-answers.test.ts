/** The kiosk's screens where there is nothing to show, where what they ask is not answered, and where a signature is refused: fit for everybody too. */
import { type Browser, chromium } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type KioskLanguage, kioskWords } from '../../renderer/language/kiosk-words.ts';
import { FLAT, KioskGlass, TALL, type Words } from '../screens/kiosk-glass.ts';
import { ensureChromium } from '../support/ensure-chromium.ts';

const SWITCHES = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const SIZES = { size: FLAT, turned: TALL };
const LANGUAGES: readonly KioskLanguage[] = ['en', 'ar'];

let browser: Browser;
let glass: KioskGlass;

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: ensureChromium(), args: SWITCHES });
});
afterAll(() => browser?.close());
afterEach(() => glass?.[Symbol.asyncDispose]());

/** From home: each screen, the buttons that lead there, and what stands on it for a patient of whom there is nothing yet. */
const screens = (words: Words) =>
  [
    { name: 'readers', way: [words.home.readers], empty: words.readers.none },
    { name: 'readers-proof', way: [words.home.readers, words.readers.how], empty: words.readers.proof.WAITS },
    { name: 'consents', way: [words.home.consents], empty: words.consents.none },
    { name: 'could-open', way: [words.home.consents, words.could.title], empty: words.could.none },
    { name: 'give', way: [words.home.consents, words.consents.give], empty: words.give.noRecipients },
    { name: 'offers', way: [words.home.offers], empty: words.offers.none },
    { name: 'papers', way: [words.home.papers], empty: words.papers.none },
    { name: 'requests', way: [words.home.papers, words.requests.mine], empty: words.requests.none },
    { name: 'links', way: [words.home.papers, words.links.title], empty: words.links.notOffered },
    { name: 'acting', way: [words.home.papers, words.acting.title], empty: words.acting.noGuardians },
  ] as const;

/** Back to the question what to do, from wherever one is. */
async function goHome(words: Words): Promise<void> {
  const question = glass.page.getByText(words.home.question);
  const back = glass.page.getByRole('button', { name: words.frame.back, exact: true });
  while (true) {
    await question.or(back).first().waitFor();
    if ((await question.count()) > 0) return;
    await back.click();
  }
}

test.each(LANGUAGES)(
  'in %s, of a patient of whom there is nothing yet each screen says so',
  async (language) => {
    const words = kioskWords[language] as Words;
    glass = await KioskGlass.open(browser, FLAT, undefined, true);
    await glass.enter(words);
    for (const { name, way, empty } of screens(words)) {
      for (const button of way) await glass.press(button);
      await glass.page.getByText(empty, { exact: true }).first().waitFor();
      await glass.look(`20-empty-${name}`, language, SIZES);
      await goHome(words);
    }
  },
  600_000,
);

test.each(LANGUAGES)(
  'in %s, a screen whose question is refused says why, and asks again by one press',
  async (language) => {
    const words = kioskWords[language] as Words;
    glass = await KioskGlass.open(browser, FLAT);
    const { page, stand } = glass;
    await glass.enter(words);
    for (const { name, way } of screens(words)) {
      for (const button of way.slice(0, -1)) await glass.press(button);
      // What the screen before it asks is answered.
      await page.getByRole('button', { name: way.at(-1) as string, exact: true }).waitFor();
      // One that people have words for, and one that only the desk can look up.
      const isKnown = name === 'papers';
      stand.session.refuses = { asked: isKnown ? 'patient.no-file' : 'storage.busy' };
      await glass.press(way.at(-1) as string);
      const refusal = words.refusals[isKnown ? 'patient.no-file' : 'unknown'];
      await page.getByRole('alert').filter({ hasText: refusal }).waitFor();
      expect(await page.getByText(words.frame.notShown).count()).toBe(1);
      if (name === 'readers' || isKnown) await glass.look(`21-refused-${name}`, language, SIZES);
      stand.session.refuses = {};
      await page.getByRole('button', { name: words.frame.again }).click();
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByRole('alert').waitFor({ state: 'hidden' });
      await goHome(words);
    }
  },
  600_000,
);

test.each(LANGUAGES)(
  'in %s, a signature that is refused says that nothing was done, and leaves what was chosen',
  async (language) => {
    const words = kioskWords[language] as Words;
    glass = await KioskGlass.open(browser, FLAT);
    const { page, stand } = glass;
    await glass.enter(words);
    const refused = async (name: string, refusal: keyof Words['refusals']): Promise<void> => {
      await page.getByRole('alert').filter({ hasText: words.refusals[refusal] }).waitFor();
      await page.getByText(words.frame.refused).waitFor();
      await glass.look(`22-${name}`, language, SIZES);
      stand.session.refuses = {};
      await goHome(words);
    };
    stand.session.refuses = { signed: 'ledger.refused' };
    await glass.press(words.home.offers);
    await glass.press(words.offers.join);
    await glass.press(words.offers.yes);
    await refused('join-refused', 'ledger.refused');

    await glass.press(words.home.consents);
    await glass.press(words.consents.give);
    await page.getByText('University institute').click();
    await page.getByText(words.categories.medication, { exact: true }).click();
    await page.getByText(words.purposes.HRESCH, { exact: true }).click();
    await page.getByText(words.give.year, { exact: true }).click();
    await glass.press(words.give.next);
    stand.session.refuses = { signed: 'consent.text-changed' };
    await glass.press(words.give.agree);
    await refused('give-refused', 'consent.text-changed');

    await glass.press(words.home.papers);
    await glass.press(words.links.title);
    await glass.press(words.links.make);
    await glass.press(words.links.make);
    // Nothing was chosen yet: it is said before anything is asked.
    await page.getByText(words.give.missing).waitFor();
    await page.getByText(words.papers.sections.allergies, { exact: true }).click();
    await page.getByText(words.links.day, { exact: true }).click();
    await page.getByText(words.links.withoutPasscode, { exact: true }).click();
    stand.session.refuses = { signed: 'hub.links-not-offered' };
    await glass.press(words.links.make);
    await page.getByRole('alert').waitFor();
    expect(await page.locator('input:checked').count()).toBe(3);
    await refused('link-refused', 'hub.links-not-offered');
  },
  600_000,
);
