/** Pictures of screens in light and dark, each checked by axe-core, and everything that the page complained of. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { findChromium } from '../electron-host/find-chromium.ts';

export interface Violation {
  readonly screen: string;
  readonly rule: string;
  readonly impact: string;
  readonly places: readonly string[];
}

export interface ScreenBook {
  readonly page: Page;
  /** Waits until nothing moves, then takes the picture in both schemes and looks for violations. */
  take(name: string): Promise<void>;
  /** Violations that axe calls serious or critical. */
  readonly violations: readonly Violation[];
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
  // axe is evaluated by the driver, outside of the page's policy; the policy itself stays in force.
  const page = await browser.newPage({ viewport: SIZE, colorScheme: 'light', locale: 'en-GB', reducedMotion: 'reduce' });
  const violations: Violation[] = [];
  const complaints: string[] = [];
  page.setDefaultTimeout(8_000);
  page.on('console', (message) => {
    // Before the code is typed the host says 401 to the question whether there is a session.
    if (message.type() === 'error' && !message.location().url.endsWith('/session')) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(address);

  const check = async (screen: string): Promise<void> => {
    await page.evaluate(axe.source);
    const { violations: found } = await page.evaluate(() =>
      (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
        resultTypes: ['violations'],
      }),
    );
    for (const { id, impact, nodes } of found) {
      if (impact !== 'serious' && impact !== 'critical') continue;
      violations.push({
        screen,
        rule: id,
        impact,
        places: nodes.map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary}`),
      });
    }
  };

  return {
    page,
    violations,
    complaints,
    take: async (name) => {
      for (const scheme of SCHEMES) {
        await page.emulateMedia({ colorScheme: scheme });
        await page.waitForFunction(() => !document.querySelector('[role=status][aria-busy=true]'));
        await page.evaluate(() =>
          Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined))),
        );
        writeFileSync(join(folder, `${name}-${scheme}.png`), await page.screenshot());
        await check(`${name}-${scheme}`);
      }
      await page.emulateMedia({ colorScheme: 'light' });
    },
    close: () => browser.close(),
  };
}
