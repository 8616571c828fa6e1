/** Pictures of screens in light and dark, each checked by axe-core, and everything that the page complained of. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { findChromium } from '../electron-host/find-chromium.ts';
import { settledPage, type Violation, violationsOf } from './accessibility.ts';

interface ScreenViolation extends Violation {
  readonly screen: string;
}

export interface ScreenBook {
  readonly page: Page;
  /** Waits until nothing moves, then takes the picture in both schemes and looks for violations. */
  take(name: string): Promise<void>;
  /** Violations that axe calls serious or critical. */
  readonly violations: readonly ScreenViolation[];
  /** Errors in the console and uncaught exceptions, content policy reports among them. */
  readonly complaints: readonly string[];
}

const SIZE = { width: 1366, height: 768 };
const SCHEMES = ['light', 'dark'] as const;

/** Where the pictures are written. */
export const screensFolder = resolve(import.meta.dirname, '../../out/screenshots');

/**
 * Takes the pictures of a walk from `address` on, and says what was wrong with them; the exit code is 1 when a screen breaks WCAG, the
 * page complains or the walk comes to no end.
 */
export async function takePictures(address: string, walk: (book: ScreenBook) => Promise<void>): Promise<void> {
  const book = await openScreenBook(address);
  let failed = false;
  try {
    await walk(book);
  } catch (error) {
    failed = true;
    console.error(error);
    await book.page.screenshot({ path: join(screensFolder, 'failed.png') });
  } finally {
    await book.browser.close();
  }
  for (const { screen, rule, impact, places } of book.violations)
    console.log(`${screen}: ${impact} ${rule}\n  ${places.slice(0, 3).join('\n  ')}`);
  for (const complaint of new Set(book.complaints)) console.log(`page: ${complaint}`);
  console.log(`${book.violations.length} violations, ${book.complaints.length} complaints, pictures in ${screensFolder}`);
  if (failed || book.violations.length > 0 || book.complaints.length > 0) process.exitCode = 1;
}

async function openScreenBook(address: string): Promise<ScreenBook & { readonly browser: Browser }> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('There is no Chromium: set CHROMIUM_PATH.');
  mkdirSync(screensFolder, { recursive: true });
  const browser: Browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
  const page = await browser.newPage({ viewport: SIZE, colorScheme: 'light', locale: 'en-GB', reducedMotion: 'reduce' });
  const violations: ScreenViolation[] = [];
  const complaints: string[] = [];
  page.setDefaultTimeout(30_000);
  page.on('console', (message) => {
    // Before the code is typed the host says 401 to the question whether there is a session.
    if (message.type() === 'error' && !message.location().url.endsWith('/session')) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(address);

  const check = async (screen: string): Promise<void> => {
    for (const violation of await violationsOf(page)) violations.push({ screen, ...violation });
  };

  return {
    page,
    violations,
    complaints,
    take: async (name) => {
      for (const scheme of SCHEMES) {
        await page.emulateMedia({ colorScheme: scheme });
        await settledPage(page);
        writeFileSync(join(screensFolder, `${name}-${scheme}.png`), await page.screenshot({ animations: 'disabled' }));
        await check(`${name}-${scheme}`);
      }
      await page.emulateMedia({ colorScheme: 'light' });
    },
    browser,
  };
}
