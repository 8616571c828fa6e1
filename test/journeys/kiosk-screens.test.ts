/** Every screen of the kiosk, on a tall and a flat glass, each read from the left and from the right: accessible, by keyboard alone, and it forgets. */
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type KioskLanguage, kioskLanguages, kioskWords } from '../../renderer/language/kiosk-words.ts';
import { settledPage, violationsOf } from '../screens/accessibility.ts';
import { keepPicture } from '../screens/keep-picture.ts';
import { CARD, type KioskStand, PIN, startKioskStand } from '../screens/kiosk-stand.ts';
import { ensureChromium } from '../support/ensure-chromium.ts';

const SWITCHES = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const TALL = { width: 1080, height: 1920 };
const FLAT = { width: 1366, height: 768 };

let browser: Browser;
let context: BrowserContext;
let page: Page;
let stand: KioskStand;

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: ensureChromium(), args: SWITCHES });
});
afterAll(() => browser?.close());
afterEach(async () => {
  await context?.close();
  await stand?.[Symbol.asyncDispose]();
});

async function open(
  viewport: { width: number; height: number },
  times?: { idleSeconds: number; graceSeconds: number },
): Promise<void> {
  stand = await startKioskStand(times);
  context = await browser.newContext({ viewport, locale: 'en-GB', reducedMotion: 'reduce' });
  page = await context.newPage();
  await page.addInitScript(VOICES);
  // A clock that goes as ours does until the test puts it on.
  if (times) await page.clock.install();
  page.setDefaultTimeout(90_000);
  await page.goto(stand.host.address);
  await page.getByLabel('Code from the terminal').fill(stand.host.code);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /English/ }).waitFor();
}

const press = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' }).click();

/** As a scanner does: keys without a pause, Enter at the end. */
async function scan(card = CARD): Promise<void> {
  await page.keyboard.type(card);
  await page.keyboard.press('Enter');
}

async function typePin(pin = PIN): Promise<void> {
  for (const digit of pin) await press(digit);
}

/** What is cut off, lies outside of the glass or has to be pushed sideways; [0] where nothing is. */
const cutOff = (): Promise<unknown> =>
  page.evaluate(`(() => {
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    const out = [...document.querySelectorAll('button, input, h1, p')].filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      const hidden = element.closest('[aria-hidden="true"]') || getComputedStyle(element).position === 'absolute';
      return width > 0 && !hidden && (left < -1 || right > innerWidth + 1 || element.scrollWidth > element.clientWidth + 2);
    });
    return [wide, ...out.map((element) => element.textContent || element.outerHTML.slice(0, 80))];
  })()`);

/** WCAG 1.4.10: at four times the size nothing is cut off or has to be pushed sideways, and the way out is there. */
async function at400Percent(name: string, { width, height }: typeof TALL): Promise<void> {
  await page.setViewportSize({ width: Math.round(width / 4), height: Math.round(height / 4) });
  expect(await cutOff(), `${name} at 400 %`).toEqual([0]);
  await keepPicture(page, `kiosk/zoom/${name}-${width}`);
  await page.setViewportSize({ width, height });
}

/** Everything that can be pressed or filled in comes by Tab, in the order of the page, and after the last the first. */
async function byTab(name: string): Promise<void> {
  await page.evaluate(`document.activeElement?.blur(); window.came = []`);
  const count = Number(
    await page.evaluate(`(() => {
      const all = [...document.querySelectorAll('button:not([disabled]), input:not([disabled]), textarea')].filter((each) => each.checkVisibility() && !each.closest('[inert]'));
      // Of a group of choices one takes the focus; the arrows lead to the others.
      const groups = new Set();
      window.wanted = all.filter((each) => each.type !== 'radio' || !each.name || (!groups.has(each.name) && groups.add(each.name)));
      document.addEventListener('focusin', ({ target }) => window.came.push(target));
      return window.wanted.length;
    })()`),
  );
  for (let press = 0; press <= count; press++) await page.keyboard.press('Tab');
  const missed = await page.evaluate(
    `window.wanted.filter((each) => !window.came.some((one) => one === each || (one.name && one.name === each.name))).map((each) => each.outerHTML.slice(0, 120))`,
  );
  expect(missed, `${name} by Tab`).toEqual([]);
}

/** What would be heard is what stands on the screen, from its title on. */
async function readAloud(name: string): Promise<void> {
  const button = page.locator('.kiosk-bar button').filter({ has: page.locator('.tabler-icon-volume') });
  if ((await page.locator('.kiosk-bar').count()) === 0) return;
  await button.click();
  const heard = String(await page.evaluate('window.heard'));
  const title = await page.locator('h1').first().innerText();
  expect(heard.startsWith(title), `${name} is read from its title on`).toBe(true);
  await page
    .locator('.kiosk-bar button')
    .filter({ has: page.locator('.tabler-icon-volume-off') })
    .click();
}

/** A voice of this machine for each language, which says to the test what it is given. */
const VOICES = `(() => {
  const voices = ['en-GB', 'ar-SA', 'fr-FR', 'de-DE'].map((lang) => ({ lang, localService: true, name: lang }));
  const speech = { getVoices: () => voices, addEventListener() {}, removeEventListener() {}, cancel() {}, speak: (said) => { window.heard = said.text; } };
  Object.defineProperty(window, 'speechSynthesis', { value: speech });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
})()`;

async function enter(words: (typeof kioskWords)['en']): Promise<void> {
  await press(new RegExp(words.language.choose));
  await page.getByRole('heading', { name: words.card.title }).waitFor();
  await scan();
  await page.getByRole('heading', { name: words.pin.title }).waitFor();
  await typePin();
  await press(words.pin.enter);
  await page.getByText(words.home.question).waitFor();
}

/** Each language walks once; at each screen the glass is turned, and turned back. */
for (const [language, size, turned] of [
  ['en', TALL, FLAT],
  ['ar', FLAT, TALL],
  // With the longest words.
  ['de', TALL, FLAT],
] as ReadonlyArray<[KioskLanguage, typeof TALL, typeof TALL]>) {
  test(`each screen in ${language} can be used by everybody, on a tall glass and a flat one`, async () => {
    const words = kioskWords[language] as (typeof kioskWords)['en'];
    await open(size);
    const look = async (name: string): Promise<void> => {
      for (const glass of [turned, size]) {
        await page.setViewportSize(glass);
        await page.evaluate('scrollTo(0, 0)');
        await settledPage(page);
        expect(await cutOff(), `${name} at ${glass.width} × ${glass.height}`).toEqual([0]);
        await keepPicture(page, `kiosk/${name}-${language}-${glass.width}`, true);
      }
      expect(await violationsOf(page), name).toEqual([]);
      await readAloud(name);
      await byTab(name);
      await at400Percent(name, size);
    };
    await look('01-language');
    await press(new RegExp(words.language.choose));
    expect(await page.evaluate('document.documentElement.dir')).toBe(language === 'ar' ? 'rtl' : 'ltr');
    await look('02-card');
    await press(words.card.type);
    await look('03-code');
    await page.getByLabel(words.card.code).fill(CARD);
    await press(words.card.next);
    await typePin('111111');
    await look('04-pin');
    await press(words.pin.enter);
    await page.getByText(words.refusals['card.pin-wrong']).waitFor();
    await look('05-pin-wrong');
    // On the flat glass too nothing that is pressed lies below the edge, with the refusal above it.
    await page.setViewportSize(FLAT);
    expect((await page.getByRole('button', { name: words.pin.enter }).boundingBox())?.y).toBeLessThan(FLAT.height - 60);
    await page.setViewportSize(size);
    await typePin();
    await press(words.pin.enter);
    await page.getByText(words.home.question).waitFor();
    expect(stand.seen.tried).toEqual([`${CARD} 111111`, `${CARD} ${PIN}`]);
    await look('06-home');
    // Larger letters: one step, another, and back.
    const letters = async () =>
      Number.parseFloat(String(await page.evaluate('getComputedStyle(document.documentElement).fontSize')));
    const usual = await letters();
    await page.getByRole('button', { name: words.frame.largerLetters }).click();
    await page.getByRole('button', { name: words.frame.largerLetters }).click();
    expect(await letters()).toBeCloseTo(2 * usual, 3);
    await keepPicture(page, `kiosk/06-home-large-${language}-${size.width}`);
    await page.getByRole('button', { name: words.frame.usualLetters }).click();
    expect(await letters()).toBeCloseTo(usual, 3);
    // Carers and guardians stand among the papers, and nowhere else.
    expect(await page.getByRole('button', { name: words.acting.title }).count()).toBe(0);
    await press(words.home.papers);
    await press(words.acting.title);
    await page.getByText('Rosa Canary').waitFor();
    await look('06-acting');
    await press(words.acting.end);
    await look('06-acting-end');
    await press(words.acting.endNow);
    await page.getByText(words.acting.noGuardians).waitFor();
    await press(words.naming.title);
    await page.getByRole('heading', { name: words.naming.cardTitle }).waitFor();
    await scan();
    await page.getByRole('heading', { name: words.naming.title }).waitFor();
    expect(await page.locator('input:checked').count()).toBe(0);
    await page.getByText(words.naming.relationships.FRND).click();
    await page.getByText(words.naming.no, { exact: true }).first().click();
    await page.getByText(words.naming.yes, { exact: true }).last().click();
    await page.getByText(words.give.always, { exact: true }).click();
    await look('06-naming');
    await press(words.give.next);
    await page.getByText('3B9D-0142').waitFor();
    await look('06-naming-text');
    await press(words.give.agree);
    await page.getByText(words.naming.waiting).waitFor();
    await keepPicture(page, `kiosk/06-naming-waiting-${language}-${size.width}`, true);
    await page.getByRole('button', { name: /Inés Canary/ }).click();
    await page.getByRole('status').filter({ hasText: 'Inés Canary' }).waitFor();
    await page.getByText(words.home.question).waitFor();
    // Research is nobody's but the patient's own.
    expect(await page.getByRole('button', { name: words.home.offers }).count()).toBe(0);
    await look('06-acting-home');
    // Nor is what the patient keeps from people of the clinic; and for who has died nobody gives a new consent.
    await press(words.acting.home.consents);
    await page.getByText(words.refusals['consent.deceased']).waitFor();
    await keepPicture(page, `kiosk/06-representative-${language}-${size.width}`, true);
    expect(await page.getByRole('button', { name: words.consents.give }).count()).toBe(0);
    expect(await page.getByRole('button', { name: words.could.title }).count()).toBe(0);
    await press(words.frame.back);
    await press(words.acting.back);
    await page.getByRole('button', { name: words.home.offers }).waitFor();
    await press(words.home.readers);
    await page.getByText('Dr. Ada Frey').first().waitFor();
    await page.getByText(words.readers.objectLater).waitFor();
    await look('07-readers');
    await press(words.readers.how);
    await page.getByText(words.readers.proof.BROKEN).waitFor();
    await look('07-readers-proof');
    await press(words.readers.proof.take);
    await page.getByRole('heading', { name: words.proof.access }).waitFor();
    await page.locator('.kiosk-codes svg').nth(2).waitFor();
    await look('07-readers-receipt');
    await press(words.frame.back);
    await press(words.frame.back);
    await page.getByRole('button', { name: words.requests.title.ACCESS }).first().click();
    await page.getByRole('heading', { name: words.requests.title.ACCESS }).waitFor();
    expect(await page.locator('input:checked').count()).toBe(0);
    await press(words.requests.send);
    await page.getByText(words.requests.missing).waitFor();
    await page.getByText(words.requests.reasons.absent).click();
    await look('07-not-right');
    await press(words.requests.send);
    await page.getByText(words.requests.sent).waitFor();
    await page.getByText(words.requests.waiting).waitFor();
    await look('07-requests');
    await press(words.frame.back);
    await press(words.frame.back);
    await press(words.home.consents);
    await press(words.could.title);
    await page.getByText('Nina Nurse').waitFor();
    await look('08-could-open');
    await press(words.frame.back);
    await press(words.consents.openToConfirm);
    // What nobody but the clinic has signed is not called signed.
    await page.getByText(words.consents.readRecorded).waitFor();
    expect(await page.getByText(words.consents.read, { exact: true }).count()).toBe(0);
    await look('08-consent');
    await press(words.proof.take);
    await page.getByRole('heading', { name: words.proof.consent }).waitFor();
    await page.locator('.kiosk-codes svg').nth(2).waitFor();
    await look('08-proof');
    await press(words.frame.back);
    await press(words.consents.openToConfirm);
    await press(words.consents.confirm);
    await page.getByText(words.consents.confirmMeans).waitFor();
    await look('08-confirm');
    await press(words.give.agree);
    await page.getByText(words.consents.confirmed).waitFor();
    await press(words.consents.open);
    await press(words.consents.end);
    await look('09-end');
    await press(words.consents.endNow);
    await page.getByText(words.consents.ended).waitFor();
    await look('10-ended');
    await press(words.consents.give);
    await page.getByRole('heading', { name: words.give.title }).waitFor();
    // Nothing was chosen beforehand.
    expect(await page.locator('input:checked').count()).toBe(0);
    await page.getByText('University institute').click();
    await page.getByText(words.categories.medication, { exact: true }).click();
    await page.getByText(words.purposes.HRESCH, { exact: true }).click();
    await page.getByText(words.give.year, { exact: true }).click();
    await look('11-give');
    await press(words.give.next);
    await page.getByRole('heading', { name: words.give.read }).waitFor();
    await look('12-text');
    await press(words.give.agree);
    await page.getByText(words.consents.given).waitFor();
    await press(words.frame.back);
    await press(words.home.offers);
    await look('13-offers');
    await press(words.offers.join);
    await look('14-join');
    await press(words.offers.yes);
    await page.getByText(words.offers.mine, { exact: true }).waitFor();
    await look('14-rewards');
    await page.getByRole('button', { name: words.offers.receipt }).first().click();
    await page.getByRole('heading', { name: words.proof.reward }).waitFor();
    await look('14-receipt');
    await press(words.frame.back);
    await press(words.frame.back);
    await press(words.home.papers);
    await page.getByText('Penicillin').waitFor();
    // What the list and the file have no room for is said, with where it is to be had.
    for (const said of [words.papers.older, words.papers.leftOut]) await page.getByText(said.split('{{')[0] as string).waitFor();
    await look('15-papers');
    await page.getByRole('button', { name: words.proof.erasureOf.split('{{')[0] }).click();
    await page.getByRole('heading', { name: words.proof.erasure }).waitFor();
    await look('15-certificate');
    await press(words.frame.back);
    await press(`${words.papers.disagree}: Penicillin`);
    await page.getByText(words.requests.beside).waitFor();
    await look('15-disagree');
    await press(words.consents.notNow);
    await press(words.links.title);
    await page.getByText(words.links.none).waitFor();
    await press(words.links.make);
    expect(await page.locator('input:checked').count()).toBe(0);
    await page.getByText(words.papers.sections.allergies, { exact: true }).click();
    await page.getByText(words.links.day, { exact: true }).click();
    await page.getByText(words.links.withPasscode, { exact: true }).click();
    await look('16-make-link');
    await press(words.links.make);
    await page.getByText('048271').waitFor();
    await look('16-link');
    await press(words.links.back);
    await page.getByRole('button', { name: words.links.show }).waitFor();
    await look('16-links');
    await press(words.links.end);
    await page.getByText(words.links.ended).waitFor();
    await press(words.frame.back);
    await press(words.frame.back);
    await press(words.visit.home);
    await page.getByText(words.visit.none).waitFor();
    await look('16-visit');
    await press(words.frame.done);
    await page.getByText(words.ended.title).waitFor();
    await look('17-goodbye');
  }, 600_000);
}

test('with clinic host and hub away each language says so before a card is held, and sends to the reception', async () => {
  const receptions = { en: 'reception', de: 'Empfang', es: 'recepción', fr: 'accueil', ar: 'الاستقبال', uk: 'реєстратури' };
  await open(FLAT);
  stand.outside.isAway = true;
  for (const language of kioskLanguages) {
    await page.reload();
    await press(new RegExp(kioskWords[language].language.choose));
    const said = page.getByRole('status').filter({ hasText: kioskWords[language].refusals['card.no-keeper'] });
    await said.waitFor();
    expect(await said.innerText(), language).toContain(receptions[language]);
    expect(await cutOff(), language).toEqual([0]);
    expect(await violationsOf(page), language).toEqual([]);
    await keepPicture(page, `kiosk/18-nobody-checks-in-${language}-${FLAT.width}`);
  }
  await page.setViewportSize(TALL);
  await at400Percent('18-nobody-checks-in', TALL);
});

test('papers of before say of when they are while later ones are on their way, which then come by themselves', async () => {
  await open(TALL, { idleSeconds: 600, graceSeconds: 300 });
  stand.outside.areLate = true;
  await enter(kioskWords.ar);
  const begins = kioskWords.ar.papers.earlier.split('{{')[0] as string;
  await page.getByRole('status').filter({ hasText: begins }).waitFor();
  expect(await page.getByRole('status').filter({ hasText: begins }).innerText()).toMatch(/10|١٠/);
  await press(kioskWords.ar.home.papers);
  await page.getByText('Penicillin').waitFor();
  expect(await cutOff()).toEqual([0]);
  expect(await violationsOf(page)).toEqual([]);
  await keepPicture(page, `kiosk/19-earlier-papers-ar-${TALL.width}`);
  stand.outside.areLate = false;
  await page.clock.fastForward(11_000);
  await page.getByRole('status').filter({ hasText: begins }).waitFor({ state: 'hidden' });
});

test('by keyboard alone, a wrong scan and a sleeve on the keys included', async () => {
  await open(FLAT);
  const focusOn = async (name: string | RegExp): Promise<void> => {
    const aim = page.getByRole('button', { name, exact: typeof name === 'string' });
    for (let tries = 0; tries < 40; tries++) {
      if (await aim.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`No way to ${name} by Tab`);
  };
  await focusOn(/Français/);
  await page.keyboard.press('Enter');
  const words = kioskWords.fr;
  await page.getByRole('heading', { name: words.card.title }).waitFor();
  await page.keyboard.press('Enter');
  await scan('abc');
  expect(await page.getByRole('heading', { name: words.card.title }).isVisible()).toBe(true);
  await page.waitForTimeout(1_100);
  await scan();
  await page.getByRole('heading', { name: words.pin.title }).waitFor();
  await page.keyboard.type(PIN);
  await focusOn(words.pin.enter);
  await page.keyboard.press('Enter');
  await page.getByText(words.home.question).waitFor();
  await focusOn(words.home.papers);
  await page.keyboard.press('Enter');
  await page.getByText('Penicillin').waitFor();
  await focusOn(words.frame.done);
  await page.keyboard.press('Enter');
  await page.getByText(words.ended.title).waitFor();
});

test('who walks away is asked, and forgotten', async () => {
  const [idleSeconds, graceSeconds] = [600, 300];
  await open(FLAT, { idleSeconds, graceSeconds });
  await enter(kioskWords.en);
  await press(kioskWords.en.home.papers);
  await page.getByText('Penicillin').waitFor();
  await page.clock.fastForward(idleSeconds * 1_000);
  await page.getByRole('alertdialog').waitFor();
  expect(await violationsOf(page)).toEqual([]);
  // Nobody reads over the question: it covers what was there.
  const covered = await page.getByText('Penicillin').evaluate((element) => {
    const { left, top } = element.getBoundingClientRect();
    return document.elementFromPoint(left + 2, top + 2)?.closest('.kiosk-cover') !== null;
  });
  expect(covered).toBe(true);
  await press(kioskWords.en.leaving.stay);
  await page.getByRole('alertdialog').waitFor({ state: 'hidden' });
  await page.clock.fastForward(idleSeconds * 1_000);
  await page.getByRole('alertdialog').waitFor();
  await page.clock.fastForward(graceSeconds * 1_000);
  await page.getByText(kioskWords.en.ended.title).waitFor();
  expect(stand.seen.ends).toBeGreaterThan(1);
  await page.getByRole('button', { name: kioskWords.en.ended.next }).click();
  await page.getByRole('button', { name: /English/ }).waitFor();
  const kept = await page.evaluate(
    `(async () => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, await indexedDB.databases(), await caches.keys(), history.length, location.href]))()`,
  );
  expect(kept).not.toMatch(/canary|493827|0123456789ABC|penicillin/i);
  expect(await page.evaluate('history.length')).toBeLessThanOrEqual(2);
  expect(new URL(page.url()).search).toBe('');
});

test('the page lets nothing be copied, dragged or zoomed, and opens no menu', async () => {
  await open(FLAT);
  await enter(kioskWords.en);
  const refused = await page.evaluate(`['copy', 'cut', 'contextmenu', 'dragstart', 'drop'].map((kind) =>
    !document.body.dispatchEvent(new Event(kind, { bubbles: true, cancelable: true })))`);
  expect(refused).toEqual([true, true, true, true, true]);
  const zoom = await page.evaluate(`['-', '+', '0', 'p', 's'].map((key) =>
    !document.body.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey: true, bubbles: true, cancelable: true })))`);
  expect(zoom).toEqual([true, true, true, true, true]);
});
