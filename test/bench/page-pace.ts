/**
 * How the page keeps pace with a person at 100,000 patients and a chart of 700 encounters: what it loads first, how soon it can be used,
 * every screen and part of the chart, typing, and scrolling. Each measured in Chromium, from the event until the frame was painted.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Locator, Page } from 'playwright-core';
import { median, type Result } from './contest.ts';
import { openChart } from './first-content.ts';
import { atDesk, goTo, loadedFiles, PROJECT } from './page-ground.ts';

const PEOPLE = 100_000;
const STARTS = 5;
const VISITS = 3;
/** Bytes and milliseconds. What is answered within a tenth of a second is felt to be at once (web.dev, RAIL). */
const LIMITS = { load: 400_000, interactive: 1_500, content: 300, key: 100, task: 50 } as const;
const SEARCHED = 'Anderson Sophia 1956 garcia luis 1044';
const NOTED = 'Was coughing since Monday, no fever, eats and drinks well, sleeps little; lungs clear on both sides. ';
/** A wheel's turn, and how often it is turned. */
const WHEEL = { pixels: 400, turns: 120 };

export async function pagePace(note: (text: string) => void): Promise<Result[]> {
  const results = await atDesk(PEOPLE, note, async ({ page, name, about, door }) => {
    note(`${PEOPLE.toLocaleString('en-US')} patients in the index, ${about}`);
    await startAnew(page);
    note(`with the desk and its first screen: ${packed(await loadedFiles(page)).toLocaleString('en-US')} B`);
    const started: number[] = [];
    for (let time = 0; time < STARTS; time++) started.push(await interactive(page));
    const screens = await each(page, page.getByRole('navigation', { name: 'Main navigation' }).getByRole('button'));
    await openChart(page, name);
    const parts = await each(page, page.getByRole('tablist', { name: 'Parts of the chart' }).getByRole('tab'));
    tell(note, 'screens', screens);
    tell(note, 'parts of the chart', parts);
    const scrolled = [...(await scrollParts(page)), await scrollPatients(page)];
    tell(note, 'longest tasks while scrolling', scrolled);
    await goTo(page, 'Patients');
    const searching = await typing(page.getByLabel('Search patients'), SEARCHED);
    await openChart(page, name);
    await page.keyboard.press('n');
    const noting = await typing(page.getByRole('dialog').locator('textarea').first(), NOTED.repeat(3));
    tell(note, 'longest wait of a key', [
      ['search', searching],
      ['note', noting],
    ]);
    return [
      atMost('page.first-load', packed(door), LIMITS.load, 'B'),
      atMost('page.interactive', median(started), LIMITS.interactive, 'ms'),
      atMost('page.screens', slowest(screens), LIMITS.content, 'ms'),
      atMost('page.chart-parts', slowest(parts), LIMITS.content, 'ms'),
      atMost('page.typing', Math.max(searching, noting), LIMITS.key, 'ms'),
      atMost('page.scrolling', slowest(scrolled), LIMITS.task, 'ms'),
    ];
  });
  return results ?? [];
}

type Timed = readonly [name: string, milliseconds: number];

const slowest = (timed: readonly Timed[]): number => Math.max(...timed.map(([, value]) => value));

const tell = (note: (text: string) => void, what: string, timed: readonly Timed[]): void =>
  note(`${what}, ms: ${timed.map(([name, value]) => `${name} ${Math.round(value)}`).join(', ')}`);

const atMost = (id: string, value: number, limit: number, unit: string): Result => {
  return {
    id,
    value,
    unit,
    limit,
    ratio: value / limit,
    bar: { atMost: 1 },
    against: `${limit.toLocaleString('en-US')} ${unit}`,
  };
};

/** Bytes of these files, each packed by gzip. */
const packed = (files: readonly string[]): number =>
  [...new Set(files)].reduce((sum, file) => sum + gzipSync(readFileSync(join(PROJECT, 'out/renderer', file))).length, 0);

const BUSY = '[role=status][aria-busy=true]';

/** The page begins anew while somebody is signed in, until its first screen stands. */
async function startAnew(page: Page): Promise<void> {
  await page.reload({ waitUntil: 'commit' });
  await page.waitForFunction(
    (busy) => document.querySelector('#content h1') && !document.querySelector(`#content ${busy}`),
    BUSY,
    { polling: 'raf' },
  );
}

/** Milliseconds from the page's start until a key was answered by the screen after unlock. */
async function interactive(page: Page): Promise<number> {
  await startAnew(page);
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        addEventListener('keydown', () => requestAnimationFrame(() => setTimeout(() => resolve(performance.now()))), {
          once: true,
        });
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Shift', bubbles: true }));
      }),
  );
}

/**
 * Milliseconds from the press until what it leads to was painted with nothing of it waited for any more: every question of that screen,
 * or of that tab's panel, has its answer.
 */
async function pressed(page: Page, target: Locator): Promise<number> {
  const painted = page.evaluate(
    (busy) =>
      new Promise<number>((resolve) => {
        const old = document.querySelector('#content h1');
        const whole = (tab: Element | null): Element | null => {
          if (tab) return tab.ariaSelected === 'true' ? document.getElementById(tab.getAttribute('aria-controls') ?? '') : null;
          const heading = document.querySelector('#content h1');
          return heading && heading !== old ? document.querySelector('#content') : null;
        };
        const start = ({ timeStamp, target }: Event): void => {
          const tab = target instanceof Element ? target.closest('[role=tab]') : null;
          const look = (): void => {
            const part = whole(tab);
            if (!part?.childElementCount || part.querySelector(busy)) requestAnimationFrame(look);
            // A task that a frame asks for runs once that frame was painted.
            else requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - timeStamp)));
          };
          requestAnimationFrame(look);
        };
        addEventListener('click', start, { capture: true, once: true });
      }),
    BUSY,
  );
  await target.click();
  return painted;
}

/** What each of these buttons or tabs leads to, in turns; of each the median. The first turn also loads its code. */
async function each(page: Page, targets: Locator): Promise<Timed[]> {
  const names = (await targets.allInnerTexts()).map((text) => text.replace(/\s*\d*\s*$/, ''));
  const taken = names.map((): number[] => []);
  await pressed(page, targets.last());
  for (let turn = 0; turn < VISITS; turn++)
    for (const [nth, times] of taken.entries()) times.push(await pressed(page, targets.nth(nth)));
  return names.map((name, at) => [name, median(taken[at] as number[])]);
}

/** The longest that a key of a text waited until what it wrote was painted; 16 where none took more than a frame. */
async function typing(field: Locator, text: string): Promise<number> {
  await field.click();
  const page = field.page();
  await page.evaluate(() => {
    const kept = globalThis as unknown as { waits: number[] };
    kept.waits = [];
    new PerformanceObserver((list) => kept.waits.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'event',
      durationThreshold: 16,
    } as PerformanceObserverInit);
  });
  await field.pressSequentially(text, { delay: 40 });
  return Math.max(16, ...(await page.evaluate(() => (globalThis as unknown as { waits: number[] }).waits)));
}

/** The longest task while the wheel is turned over `place`, 0 where none took 50 ms; and how many rows were there at the end. */
async function longestTask(page: Page, name: string, place: Locator): Promise<Timed> {
  const box = await place.boundingBox();
  await page.mouse.move((box?.x ?? 0) + 300, Math.min((box?.y ?? 0) + 200, 700));
  await page.evaluate(() => {
    const kept = globalThis as unknown as { tasks: number[]; watch: PerformanceObserver };
    kept.tasks = [0];
    kept.watch = new PerformanceObserver((list) => kept.tasks.push(...list.getEntries().map(({ duration }) => duration)));
    kept.watch.observe({ type: 'longtask' });
  });
  for (let turn = 0; turn < WHEEL.turns; turn++) {
    await page.mouse.wheel(0, WHEEL.pixels);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  }
  const longest = await page.evaluate(() => {
    const { tasks, watch } = globalThis as unknown as { tasks: number[]; watch: PerformanceObserver };
    tasks.push(...watch.takeRecords().map(({ duration }) => duration));
    watch.disconnect();
    return Math.max(...tasks);
  });
  return [`${name} (${await place.locator('tbody tr').count()} rows)`, longest];
}

async function scrollParts(page: Page): Promise<Timed[]> {
  const longest: Timed[] = [];
  for (const part of ['Summary', 'Encounters', 'Results', 'Procedures', 'Other']) {
    const tab = page.getByRole('tab', { name: new RegExp(`^${part}`) });
    if ((await tab.count()) === 0) continue;
    await pressed(page, tab.first());
    longest.push(await longestTask(page, part, page.getByRole('tabpanel')));
  }
  return longest;
}

async function scrollPatients(page: Page): Promise<Timed> {
  await goTo(page, 'Patients');
  const table = page.getByRole('table', { name: 'Patients' });
  await table.waitFor();
  return longestTask(page, 'Patients', table);
}
