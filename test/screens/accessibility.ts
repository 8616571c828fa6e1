/** What axe-core says of a page, by the rules of WCAG 2.2 A and AA. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';

export interface Violation {
  readonly rule: string;
  readonly impact: string;
  readonly places: readonly string[];
}

/** Waits until nothing on the page moves: nothing says that it is loading, and no animation runs. */
export async function settledPage(page: Page): Promise<void> {
  await page.waitForFunction(() => !document.querySelector('[role=status][aria-busy=true]'));
  await page.evaluate(() => {
    // What turns for ever (a spinner) is no transition to wait for.
    const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    return Promise.all(ending.map((animation) => animation.finished.catch(() => undefined)));
  });
}

/**
 * The violations that axe calls serious or critical. It is evaluated by the driver, outside of the page's policy, which stays in force,
 * and once in each document: reading half a megabyte of it takes longer than asking it.
 */
export async function violationsOf(page: Page): Promise<Violation[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      resultTypes: ['violations'],
    }),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, impact, nodes }) => ({
      rule: id,
      impact: String(impact),
      places: nodes.map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary}`),
    }));
}
