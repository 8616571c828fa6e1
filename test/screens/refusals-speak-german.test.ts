import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import german from '../../renderer/language/de.json' with { type: 'json' };

/** Refusals that people read in a terminal, programs get from a service, or one machine tells another: no screen shows them. */
const elsewhere =
  /^(server\/(hub|workstation\/(commands|demo|outside|verify\/(verify-tiles|history-check))|ledger|storage\/postgresql)|server\/fhir-api\/|shared\/(fhir-api|encoding|ledger)\/|electron\/)/;
/** Codes of those that are thrown beside what a screen shows. */
const unseen =
  /^(encoding|fhir-api|verify|demo|command|tiles|witness)\.|^(bundle\.not-a-hub|graphql\.schema|host\.not-built|identity\.request-\w+|kiosk\.(lan-not-enrolled|workstation)|ledger\.(block-signature-invalid)|patient\.(act-unknown|session-open)|release\.(malformed|version))$/;

const NEW = /new Failure\(\s*'([a-z0-9-]+\.[a-z0-9.-]+)'/g;
const sources = globSync('{server,shared}/**/*.ts').map((path) => ({
  path: path.replaceAll('\\', '/'),
  text: readFileSync(path, 'utf8'),
}));
const thrown = sources.flatMap(({ path, text }) =>
  [...text.matchAll(NEW)].map(({ 1: code = '', index }) => ({ path, code, text: text.slice(index, index + 700) })),
);
const spoken: { readonly [domain: string]: unknown } = german.refusals;

function phraseOf(code: string): string | undefined {
  const [domain = '', ...reason] = code.split('.');
  const phrases = spoken[domain];
  return typeof phrases === 'object' && phrases !== null
    ? (phrases as { readonly [reason: string]: string })[reason.join('.')]
    : undefined;
}

test('what a desk or a kiosk can be refused is said in German', () => {
  const shown = thrown.filter(({ path, code }) => !elsewhere.test(path) && !unseen.test(code));
  expect(shown.length).toBeGreaterThan(500);
  const silent = new Set(shown.map(({ code }) => code).filter((code) => !phraseOf(code)));
  expect([...silent]).toEqual([]);
});

test('a German refusal names values that the service sends along', () => {
  for (const { code, path, text } of thrown) {
    for (const [, gap = ''] of phraseOf(code)?.matchAll(/\{\{(\w+)\}\}/g) ?? []) {
      const isSent = gap === 'quoted' ? text.includes('“') : new RegExp(`details: \\{[^}]*\\b${gap}\\b`).test(text);
      if (!isSent) expect.soft(`${code} in ${path} has no ${gap}`).toBe('');
    }
  }
});
