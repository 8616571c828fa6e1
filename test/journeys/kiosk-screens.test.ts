/** Every screen of the kiosk, on a tall and a flat glass, each read from the left and from the right: accessible, by keyboard alone, and it forgets. */
import { type Browser, chromium } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type KioskLanguage, kioskLanguages, kioskWords } from '../../renderer/language/kiosk-words.ts';
import { violationsOf } from '../screens/accessibility.ts';
import { keepPicture } from '../screens/keep-picture.ts';
import { FLAT, KioskGlass, TALL, type Words } from '../screens/kiosk-glass.ts';
import { PIN } from '../screens/kiosk-patient.ts';
import { KioskWalk } from '../screens/kiosk-walk.ts';
import { ensureChromium } from '../support/ensure-chromium.ts';

const SWITCHES = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

let browser: Browser;
let glass: KioskGlass;

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: ensureChromium(), args: SWITCHES });
});
afterAll(() => browser?.close());
afterEach(() => glass?.[Symbol.asyncDispose]());

/** Each language walks once. */
test.each<[KioskLanguage, string, { size: typeof TALL; turned: typeof TALL }]>([
  ['en', 'tall', { size: TALL, turned: FLAT }],
  ['ar', 'flat', { size: FLAT, turned: TALL }],
  // With the longest words.
  ['de', 'tall', { size: TALL, turned: FLAT }],
])(
  'each screen in %s can be used by everybody, on a %s glass and turned',
  async (language, _, sizes) => {
    glass = await KioskGlass.open(browser, sizes.size);
    const walk = new KioskWalk(glass, language, kioskWords[language] as Words, sizes);
    await walk.walkIn();
    await walk.carers();
    await walk.readers();
    await walk.consents();
    await walk.offers();
    await walk.papers();
    await walk.walkOut();
  },
  600_000,
);

test('with clinic host and hub away each language says so before a card is held, and sends to the reception', async () => {
  const receptions = { en: 'reception', de: 'Empfang', es: 'recepción', fr: 'accueil', ar: 'الاستقبال', uk: 'реєстратури' };
  glass = await KioskGlass.open(browser, FLAT);
  const { page } = glass;
  glass.stand.outside.isAway = true;
  for (const language of kioskLanguages) {
    await page.reload();
    await glass.press(new RegExp(kioskWords[language].language.choose));
    const said = page.getByRole('status').filter({ hasText: kioskWords[language].refusals['card.no-keeper'] });
    await said.waitFor();
    expect(await said.innerText(), language).toContain(receptions[language]);
    expect(await glass.cutOff(), language).toEqual([0]);
    expect(await violationsOf(page), language).toEqual([]);
    await keepPicture(page, `kiosk/18-nobody-checks-in-${language}-${FLAT.width}`);
  }
  await page.setViewportSize(TALL);
  await glass.at400Percent('18-nobody-checks-in', TALL);
});

test('papers of before say of when they are while later ones are on their way, which then come by themselves', async () => {
  glass = await KioskGlass.open(browser, TALL, { idleSeconds: 600, graceSeconds: 300 });
  const { page } = glass;
  glass.stand.outside.areLate = true;
  await glass.enter(kioskWords.ar);
  const begins = kioskWords.ar.papers.earlier.split('{{')[0] as string;
  await page.getByRole('status').filter({ hasText: begins }).waitFor();
  expect(await page.getByRole('status').filter({ hasText: begins }).innerText()).toMatch(/10|١٠/);
  await glass.press(kioskWords.ar.home.papers);
  await page.getByText('Penicillin').waitFor();
  expect(await glass.cutOff()).toEqual([0]);
  expect(await violationsOf(page)).toEqual([]);
  await keepPicture(page, `kiosk/19-earlier-papers-ar-${TALL.width}`);
  glass.stand.outside.areLate = false;
  await page.clock.fastForward(11_000);
  await page.getByRole('status').filter({ hasText: begins }).waitFor({ state: 'hidden' });
});

test('by keyboard alone, a wrong scan and a sleeve on the keys included', async () => {
  glass = await KioskGlass.open(browser, FLAT);
  const { page } = glass;
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
  await glass.scan('abc');
  expect(await page.getByRole('heading', { name: words.card.title }).isVisible()).toBe(true);
  await glass.scan();
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
  glass = await KioskGlass.open(browser, FLAT, { idleSeconds, graceSeconds });
  const { page } = glass;
  await glass.enter(kioskWords.en);
  await glass.press(kioskWords.en.home.papers);
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
  await glass.press(kioskWords.en.leaving.stay);
  await page.getByRole('alertdialog').waitFor({ state: 'hidden' });
  await page.clock.fastForward(idleSeconds * 1_000);
  await page.getByRole('alertdialog').waitFor();
  await page.clock.fastForward(graceSeconds * 1_000);
  await page.getByText(kioskWords.en.ended.title).waitFor();
  expect(glass.stand.seen.ends).toBeGreaterThan(1);
  await page.getByRole('button', { name: kioskWords.en.ended.next }).click();
  await page.getByRole('button', { name: /English/ }).waitFor();
  const kept = await page.evaluate(
    `(async () => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, await indexedDB.databases(), await caches.keys(), history.length, location.href]))()`,
  );
  expect(kept).not.toMatch(/canary|493827|0123456789ABC|penicillin/i);
  expect(await page.evaluate('history.length')).toBeLessThanOrEqual(2);
  expect(new URL(page.url()).search).toBe('');
});

test('what is read aloud stops with its screen, with the question whether somebody is there, and with who leaves', async () => {
  const [idleSeconds, graceSeconds] = [600, 300];
  glass = await KioskGlass.open(browser, FLAT, { idleSeconds, graceSeconds });
  const { page } = glass;
  const words = kioskWords.en;
  let cuts = 0;
  page.on('console', (said) => {
    if (said.text() === 'cut off') cuts++;
  });
  const speaking = () => page.evaluate('speechSynthesis.speaking');
  await glass.enter(words);
  await glass.press(words.home.papers);
  await page.getByText('Penicillin').waitFor();
  await glass.press(words.frame.readAloud);
  expect(await page.evaluate('window.heard')).toContain('Penicillin');
  await glass.press(words.frame.back);
  await page.getByRole('button', { name: words.frame.readAloud }).waitFor();
  expect(await speaking()).toBe(false);
  await glass.press(words.frame.readAloud);
  expect(await speaking()).toBe(true);
  await page.clock.fastForward(idleSeconds * 1_000);
  await page.getByRole('alertdialog').waitFor();
  expect(await page.evaluate('window.heard')).toBe(words.leaving.title);
  await glass.press(words.leaving.stay);
  await glass.press(words.frame.readAloud);
  const before = cuts;
  await glass.press(words.frame.done);
  await page.getByText(words.ended.title).waitFor();
  expect(cuts).toBe(before + 1);
});

test('who is being read to is not asked for three minutes, and the question is read to them then', async () => {
  glass = await KioskGlass.open(browser, FLAT, { idleSeconds: 60, graceSeconds: 600 });
  const { page } = glass;
  const words = kioskWords.en;
  await glass.enter(words);
  await glass.press(words.home.papers);
  await page.getByText('Penicillin').waitFor();
  await glass.press(words.frame.readAloud);
  const stays = glass.stand.seen.stays;
  await page.clock.fastForward(100_000);
  await expect.poll(() => glass.stand.seen.stays).toBeGreaterThan(stays);
  expect(await page.getByRole('alertdialog').count()).toBe(0);
  expect(await page.evaluate('window.heard')).toContain('Penicillin');
  await page.clock.fastForward(100_000);
  await page.clock.fastForward(61_000);
  await page.getByRole('alertdialog').waitFor();
  expect(await page.evaluate('window.heard')).toBe(words.leaving.title);
});

test('who turns to another window, or is turned away from this one, is asked at once, and forgotten', async () => {
  const [idleSeconds, graceSeconds] = [600, 300];
  glass = await KioskGlass.open(browser, FLAT, { idleSeconds, graceSeconds });
  const { page } = glass;
  await glass.enter(kioskWords.en);
  await page.evaluate("window.dispatchEvent(new Event('blur'))");
  await page.getByRole('alertdialog').waitFor();
  await glass.press(kioskWords.en.leaving.stay);
  await page.getByRole('alertdialog').waitFor({ state: 'hidden' });
  await page.evaluate("window.dispatchEvent(new Event('blur'))");
  await page.getByRole('alertdialog').waitFor();
  await page.clock.fastForward(graceSeconds * 1_000);
  await page.getByText(kioskWords.en.ended.title).waitFor();
  expect(await page.content()).not.toContain('Canary');
});

test('a hand that presses twice does not end with the second press what the first only asked about', async () => {
  glass = await KioskGlass.open(browser, FLAT);
  const { page } = glass;
  const words = kioskWords.en;
  await glass.enter(words);
  await glass.press(words.home.consents);
  await glass.press(words.consents.openToConfirm);
  await page.getByRole('button', { name: words.consents.end }).waitFor();
  // The second press comes as soon as there is something under it.
  await page.evaluate(
    `(async ([first, second]) => {
      const named = (name) => [...document.querySelectorAll('button')].find(({ textContent }) => textContent === name);
      named(first).click();
      while (!named(second)) await new Promise(requestAnimationFrame);
      named(second).click();
    })(${JSON.stringify([words.consents.end, words.consents.endNow])})`,
  );
  expect(await page.getByRole('heading', { name: words.consents.endTitle }).isVisible()).toBe(true);
  await glass.press(words.consents.endNow);
  await page.getByText(words.consents.ended).waitFor();
});

test('the page lets nothing be copied, dragged or zoomed, and opens no menu', async () => {
  glass = await KioskGlass.open(browser, FLAT);
  const { page } = glass;
  await glass.enter(kioskWords.en);
  const refused = await page.evaluate(`['copy', 'cut', 'contextmenu', 'dragstart', 'drop'].map((kind) =>
    !document.body.dispatchEvent(new Event(kind, { bubbles: true, cancelable: true })))`);
  expect(refused).toEqual([true, true, true, true, true]);
  const zoom = await page.evaluate(`['-', '+', '0', 'p', 's'].map((key) =>
    !document.body.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey: true, bubbles: true, cancelable: true })))`);
  expect(zoom).toEqual([true, true, true, true, true]);
});
