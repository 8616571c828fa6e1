/**
 * A patient's session in the shell's own window ends with whatever takes them from the glass: the system's lock, sleep, a page that crashes,
 * another window in front, the plug. Each time the page, its partition and the session's process are gone.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { kioskWords } from '../../renderer/language/kiosk-words.ts';
import { until } from '../../server/workstation/demo/desk.ts';
import { launchOptions } from '../electron/shell-under-test.ts';
import { issueCard, letKioskIn } from '../kiosk/kiosk-at-a-desk.ts';
import { descendants, isRunning } from '../support/processes.ts';
import { bytesOf, ClinicBench } from '../workstation/further-device-bench.ts';

const project = resolve(import.meta.dirname, '../..');
const PIN = '493827';
const words = kioskWords.en;
let bench: ClinicBench;
let folder: string;
let card: string;
let electron: ElectronApplication;
let page: Page;

beforeAll(async () => {
  bench = await ClinicBench.open();
  const patient = await bench.first.register('Canarywood', 'Ada');
  folder = join(bench.folder, 'kiosk');
  const kiosk = await letKioskIn(bench, folder);
  card = await issueCard(bench.first, patient, PIN);
  await kiosk.close();
});
afterAll(() => bench?.close());

const press = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' }).click();
const emit = (event: string) =>
  electron.evaluate(({ powerMonitor }, name) => void Reflect.get(powerMonitor, 'emit').call(powerMonitor, name), event);
const below = (): number[] => descendants(electron.process().pid as number);
const commandOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
};
const sessions = (): number[] => below().filter((pid) => commandOf(pid).includes('session-process'));

/** A shell of its own for each way out, with the patient before an open page of theirs. */
beforeEach(async () => {
  const options = launchOptions(project, folder);
  electron = await _electron.launch({ ...options, args: [...options.args, '--kiosk'] });
  page = await electron.firstWindow();
  page.setDefaultTimeout(90_000);
  await press(/English/);
  await page.getByRole('heading', { name: words.card.title }).waitFor();
  // As soon as the kiosk has heard of the card, its holder is in.
  await until('they are in', async () => {
    await page.keyboard.type(card);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: words.pin.title }).waitFor();
    for (const digit of PIN) await press(digit);
    await press(words.pin.enter);
    const home = page.getByText(words.home.question);
    await home.or(page.getByRole('alert')).first().waitFor();
    return (await home.count()) > 0 || undefined;
  });
  await page.getByText('Canarywood').waitFor();
  expect(sessions()).toHaveLength(1);
});
afterEach(() => electron?.close());

/** Whatever window is there now, and what it has kept of the one before. */
async function nothingIsLeft(): Promise<void> {
  await until('the session has no process', async () => sessions().length === 0);
  const left = await until('a page for the next person', async () => {
    const now = electron.windows().at(-1);
    return now &&
      (await now
        .getByRole('button', { name: /English/ })
        .count()
        .catch(() => 0)) > 0
      ? now
      : undefined;
  });
  const kept = await left.evaluate(
    `(async () => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, await indexedDB.databases(), await caches.keys(), history.length, history.state, location.href, document.documentElement.outerHTML]))()`,
  );
  for (const word of ['Canarywood', PIN, card.slice(0, 4)]) expect(kept).not.toContain(word);
  const bytes = await bytesOf(folder);
  for (const word of ['Canarywood', PIN]) expect(bytes.includes(word), word).toBe(false);
}

test.each(['lock-screen', 'suspend', 'user-did-resign-active'])('%s', async (event) => {
  await emit(event);
  await nothingIsLeft();
  expect(page.isClosed()).toBe(true);
});

test('a page that crashes', async () => {
  const renderers = below().filter((pid) => commandOf(pid).includes('--type=renderer'));
  expect(renderers.length).toBeGreaterThan(0);
  for (const pid of renderers) process.kill(pid, 'SIGKILL');
  await nothingIsLeft();
});

test('another window in front, without an answer: the page is covered at once', async () => {
  await page.evaluate("window.dispatchEvent(new Event('blur'))");
  await page.getByRole('alertdialog').waitFor();
  await nothingIsLeft();
});

test('the plug: no process outlives the shell', async () => {
  const [session] = sessions();
  electron.process().kill('SIGKILL');
  await until('the session’s process is gone', async () => !isRunning(session as number));
  const bytes = await bytesOf(folder);
  for (const word of ['Canarywood', PIN]) expect(bytes.includes(word), word).toBe(false);
});
