import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Where nothing shows a reason, a rule could lose its line and every test would pass. */
test('each reason for which a rule of the ledger refuses or disputes is what some test comes upon', () => {
  const rules = globSync('shared/**/*-rules.ts')
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
  const faults = ['policy.ts', 'policy-rules.ts'].map((name) => readFileSync(`shared/ledger/${name}`, 'utf8')).join('\n');
  const reasons = new Set(
    [
      ...rules.matchAll(/\b(?:refused|disputed)\('([a-z-]+)'\)/g),
      // Of the policy's acts they are given back as they are.
      ...faults.matchAll(/'((?:policy|rules)-[a-z-]+)'/g),
    ].map(([, reason]) => reason as string),
  );
  const tests = globSync('test/**/*.ts')
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
  expect(reasons.size).toBeGreaterThan(80);
  expect([...reasons].filter((reason) => !new RegExp(`\\b(?:refused|disputed): ${reason}\\b|'${reason}'`).test(tests))).toEqual(
    [],
  );
});
