/**
 * A kiosk that serves a browser on its clinic's network over HTTPS, which trusts the region's authority: paired once, used with a card that a
 * desk has issued while the hub is away, and as forgetful as the window. A video visit is held from there, with picture and sound.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type KioskLanguage, kioskWords } from '../../renderer/language/kiosk-words.ts';
import { visitWords } from '../../renderer/language/visit-words.ts';
import { until } from '../../server/workstation/demo/desk.ts';
import { PageGraphql } from '../../server/workstation/device/device-graphql.ts';
import { type BrowserHost, startBrowserHost } from '../../server/workstation/page/browser-host.ts';
import { issueCard, letKioskIn } from '../kiosk/kiosk-at-a-desk.ts';
import { settledPage, violationsOf } from '../screens/accessibility.ts';
import { keepPicture } from '../screens/keep-picture.ts';
import { ensureCertutil, ensureChromium } from '../support/ensure-chromium.ts';
import { ProgramProcess } from '../support/program-process.ts';
import { ClinicBench } from '../workstation/further-device-bench.ts';
import { flows, keepLines } from './kept-lines.ts';
import { MEDIA } from './stage.ts';

const SWITCHES = [...MEDIA, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
const PIN = '493827';
const TALL = { width: 1080, height: 1920 };
const FLAT = { width: 1366, height: 768 };
type Words = (typeof kioskWords)['en'];
const words = kioskWords.en;

interface Announced {
  readonly address: string;
  readonly code?: string;
  readonly authority: string;
}

const home = mkdtempSync(join(tmpdir(), 'careledger-kiosk-browser-'));
let bench: ClinicBench;
let folder: string;
let card: string;
/** Of the next patient in the row. */
let nextCard: string;
let served: ProgramProcess;
let at: Announced;
let browser: Browser;
let page: Page;

const serve = async (listen: string): Promise<void> => {
  const [process, said] = await ProgramProcess.start(['serve', '--kiosk', '--data', folder, '--lan', listen, '--json']);
  served = process;
  at = said as unknown as Announced;
};

/** Has the browser trust the region's authority, as an administrator of the kiosk's machine does. */
function trust(authority: string): void {
  const database = join(home, '.pki', 'nssdb');
  mkdirSync(database, { recursive: true });
  const certutil = ensureCertutil();
  execFileSync(certutil, ['-d', `sql:${database}`, '-N', '--empty-password']);
  execFileSync(certutil, ['-d', `sql:${database}`, '-A', '-t', 'C,,', '-n', 'region', '-i', authority]);
}

beforeAll(async () => {
  bench = await ClinicBench.open();
  const patient = await bench.first.register('Canarywood', 'Ada');
  folder = join(bench.folder, 'kiosk');
  const kiosk = await letKioskIn(bench, folder);
  await bench.first.service.administrator.serveClinic('127.0.0.1:0');
  await until('it follows the clinic’s host', async () => kiosk.clinicHost?.route?.connected === true);
  card = await issueCard(bench.first, patient, PIN);
  nextCard = await issueCard(bench.first, await bench.first.register('Sparrowhill', 'Bo'), PIN);
  await kiosk.close();
  await serve('127.0.0.1:0');
  trust(at.authority);
  const env = { ...process.env, HOME: home } as Record<string, string>;
  browser = await chromium.launch({ executablePath: ensureChromium(), args: SWITCHES, env });
});
afterAll(async () => {
  await browser?.close();
  await served?.end();
  await bench?.close();
  rmSync(home, { recursive: true, force: true });
});

const press = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' }).click();

async function pair(of: Page, code: string): Promise<void> {
  await of.getByLabel(words.setUp.terminal).fill(code);
  await of.keyboard.press('Enter');
}

async function checkIn(words: Words, shown = card): Promise<void> {
  await press(new RegExp(words.language.choose));
  await page.getByRole('heading', { name: words.card.title }).waitFor();
  await page.keyboard.type(shown);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: words.pin.title }).waitFor();
  for (const digit of PIN) await press(digit);
  await press(words.pin.enter);
}

test('the browser that has the code is let in, once; a second one with the same code is not', async () => {
  const context = await browser.newContext({ viewport: TALL, locale: 'en-GB', reducedMotion: 'reduce' });
  page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(at.address);
  expect(await page.evaluate('isSecureContext')).toBe(true);
  await pair(page, at.code as string);
  await page.getByRole('button', { name: /English/ }).waitFor();
  const thief = await (await browser.newContext()).newPage();
  await thief.goto(at.address);
  await pair(thief, at.code as string);
  await thief.getByRole('alert').waitFor();
  const asked = "fetch('/graphql/kiosk', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })";
  expect(await thief.evaluate(`${asked}.then(({ status }) => status)`)).toBe(401);
  expect(await thief.getByRole('button', { name: /English/ }).count()).toBe(0);
  await thief.context().close();
  await expect(page.request.get(at.address.replace('https:', 'http:'))).rejects.toThrow();
});

/** The four things, on both glasses: nothing is wider than the glass, nothing inaccessible, nothing of the other patient. */
async function lookAround(language: KioskLanguage, words: Words, other: string): Promise<void> {
  const look = async (name: string): Promise<void> => {
    for (const glass of [FLAT, TALL]) {
      await page.setViewportSize(glass);
      await settledPage(page);
      const wide = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      expect(wide, `${name} at ${glass.width}`).toBe(0);
      await keepPicture(page, `kiosk/lan-${name}-${language}-${glass.width}`, true);
    }
    expect(await violationsOf(page), name).toEqual([]);
    expect(await page.content(), name).not.toContain(other);
  };
  expect(await page.evaluate('document.documentElement.dir')).toBe(language === 'ar' ? 'rtl' : 'ltr');
  await look('home');
  for (const name of ['readers', 'consents', 'offers', 'papers'] as const) {
    await press(words.home[name]);
    await page.getByRole('button', { name: words.frame.back }).waitFor();
    await look(name);
    await press(words.frame.back);
    await page.getByText(words.home.question).waitFor();
  }
}

test.each([
  ['en', 'Canarywood', 'Sparrowhill'],
  ['ar', 'Sparrowhill', 'Canarywood'],
] as const)(
  'a card of the clinic opens it in %s while the hub is away, for one patient after the other, and the browser keeps nothing of either',
  async (language, own, other) => {
    const words = kioskWords[language] as Words;
    await bench.stopHub();
    await checkIn(words, own === 'Canarywood' ? card : nextCard);
    await page.getByText(words.home.question).waitFor();
    expect(await page.getByText(own).count()).toBe(1);
    await lookAround(language, words, other);
    await press(words.frame.done);
    await page.getByText(words.ended.title).waitFor();
    const kept = await page.evaluate(
      'Promise.all([caches.keys(), indexedDB.databases()]).then((stores) => JSON.stringify([stores, { ...localStorage }, { ...sessionStorage }, document.cookie, history.state, location.href, document.documentElement.outerHTML]))',
    );
    for (const word of [own, PIN, card.slice(0, 4), nextCard.slice(0, 4), '__Host-']) expect(kept).not.toContain(word);
    await bench.startHub();
    await press(words.ended.next);
  },
);

/** The screens of the desk whose service runs in this process. */
async function deskScreens(): Promise<{ desk: Page; host: BrowserHost; graphql: PageGraphql }> {
  const graphql = await PageGraphql.open(bench.first.service, (incident) =>
    process.stderr.write(`${JSON.stringify(incident)}\n`),
  );
  const host = await startBrowserHost(graphql, resolve(import.meta.dirname, '../../out/renderer'), 0);
  const context = await browser.newContext({ viewport: FLAT, locale: 'en-GB', reducedMotion: 'reduce' });
  const desk = await context.newPage();
  desk.setDefaultTimeout(60_000);
  await desk.addInitScript(keepLines);
  await desk.goto(host.address);
  await desk.getByLabel('Code from the terminal').fill(host.code);
  await desk.keyboard.press('Enter');
  return { desk, host, graphql };
}

test('a patient joins their video visit at it, and both ends see and hear each other', async () => {
  await bench.serveLinks();
  const { desk, host, graphql } = await deskScreens();
  const atDesk = (name: string) => desk.getByRole('button', { name, exact: true }).click();
  await desk.getByRole('navigation').getByRole('button', { name: 'Patients', exact: true }).click();
  await desk.getByRole('row').filter({ hasText: 'Canarywood' }).click();
  await desk.getByRole('tab', { name: /^Notes/ }).click();
  await atDesk('Begin a video visit');
  await desk.getByLabel('In words').click();
  await atDesk('They agree');
  await atDesk("Make the patient's link");
  await desk.getByText('At a kiosk of this clinic').waitFor();
  await page.addInitScript(keepLines);
  await page.reload();
  await checkIn(words);
  await press(words.visit.home);
  await press(visitWords.en.allow);
  await press(visitWords.en.join);
  await flows(page);
  await flows(desk);
  await page.getByText('Connected with Ana Ferreira, Harbour Clinic').waitFor();
  for (const glass of [FLAT, TALL]) {
    await page.setViewportSize(glass);
    await settledPage(page);
    await keepPicture(page, `kiosk/lan-video-visit-en-${glass.width}`, true);
  }
  expect(await violationsOf(page)).toEqual([]);
  await press(visitWords.en.hangUp);
  await desk.getByText('The patient has hung up.').waitFor();
  await press(words.frame.done);
  await press(words.ended.next);
  await desk.context().close();
  await host.close();
  await graphql.stop();
});

test('after a restart the paired browser goes on without a code', async () => {
  await served.end();
  await serve(new URL(at.address).host);
  expect(at.code).toBeUndefined();
  await page.goto(at.address);
  await page.getByRole('button', { name: /English/ }).waitFor();
});

test('with neither the clinic’s host nor the hub in reach nobody is let in, and the screen says why; with the hub back it opens', async () => {
  await bench.stopHub();
  await bench.first.service.close();
  await checkIn(words);
  await page.getByRole('alert').filter({ hasText: words.refusals['card.no-keeper'] }).waitFor();
  expect(await page.getByText(words.home.question).count()).toBe(0);
  expect(await page.getByText('Canarywood').count()).toBe(0);
  expect(await violationsOf(page)).toEqual([]);
  await keepPicture(page, 'kiosk/lan-no-keeper-en-1080');
  await bench.startHub();
  // No try was counted: the same PIN opens as soon as somebody counts again.
  const home = page.getByText(words.home.question);
  const again = async (): Promise<true | undefined> => {
    for (const digit of PIN) await press(digit);
    await press(words.pin.enter);
    await home.or(page.getByRole('alert')).first().waitFor();
    return (await home.count()) > 0 || undefined;
  };
  await until('it opens again', again, 120_000);
  await bench.first.start();
});
