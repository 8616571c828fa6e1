/** Pictures of screens in light and dark, each checked by axe-core, and everything that the page complained of. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
  close(): Promise<void>;
}

const SIZE = { width: 1366, height: 768 };
const SCHEMES = ['light', 'dark'] as const;

/** @param folder where the PNGs are written. */
export async function openScreenBook(address: string, folder: string): Promise<ScreenBook> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('There is no Chromium: set CHROMIUM_PATH.');
  mkdirSync(folder, { recursive: true });
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
        writeFileSync(join(folder, `${name}-${scheme}.png`), await page.screenshot({ animations: 'disabled' }));
        await check(`${name}-${scheme}`);
      }
      await page.emulateMedia({ colorScheme: 'light' });
    },
    close: () => browser.close(),
  };
}
