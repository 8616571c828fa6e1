/** States that take a thief or weeks to reach: what the services answer is altered on the way to the page. No test of them, a look at screens. */
import type { Page } from 'playwright-core';

export type Json = { [key: string]: unknown };
/** By a field that is asked for: what becomes of its answer. */
export type Alterations = { [field: string]: (answer: unknown) => unknown };

/** An alarm of the ledger screen. @param id how many hours ago it was noticed, too */
export function alarm(
  id: number,
  code: string,
  stops: boolean,
  message = 'The hub has signed two ledgers of which neither continues the other.',
): Json {
  return {
    __typename: 'Evidence',
    id,
    code,
    about: 'Hub',
    message,
    since: Date.now() - id * 3_600_000,
    stops,
    provable: stops,
    acknowledgedAt: null,
    acknowledgedBy: null,
    resolvedAt: null,
    resolvedBy: null,
  };
}

/** Alters what the services answer, field by field of the answer. */
export async function alterAnswers(page: Page, altered: Alterations): Promise<void> {
  await page.route('**/graphql/*', async (route) => {
    const response = await route.fetch({ timeout: 0 });
    const answer = (await response.json().catch(() => ({}))) as { data?: Json | null; errors?: Array<{ path?: string[] }> };
    // What a training clinic refuses is looked at as well.
    const refused = answer.errors?.[0]?.path?.[0];
    const given = answer.data ?? (refused === undefined ? {} : { [refused]: {} });
    const data = Object.fromEntries(Object.entries(given).map(([field, value]) => [field, change(field, value)]));
    const isAltered = refused === undefined || refused in altered;
    await route.fulfill({ response, json: isAltered ? { data } : answer });
  });
  const change = (field: string, value: unknown): unknown => (value === null ? value : (altered[field]?.(value) ?? value));
}
