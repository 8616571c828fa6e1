/** What another team reads is all there: each operation, type of event, reason of a verdict and list of words that goes on the wire. */
import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { careledgerRules } from '../../server/rules-registry.ts';
import { CATEGORIES } from '../../shared/consent/category.ts';
import { GLASS_PROOFS, GLASS_REASONS } from '../../shared/consent/glass-details.ts';
import { PURPOSES } from '../../shared/consent/purpose.ts';
import { ACT_KINDS, ACT_REASONS } from '../../shared/fleet/administration.ts';
import { ERASURE_GROUNDS, ROLES } from '../../shared/ledger/rows.ts';
import { measurementNames } from '../../shared/monitoring/measurements.ts';
import { ALARMS, PROBLEMS } from '../../shared/sync/device-report.ts';
import { CLINIC_HOST_OPERATIONS, ENROLMENT_OPERATIONS, HUB_OPERATIONS } from '../../shared/sync/operations.ts';
import { TRAINING_TASKS } from '../../shared/training/training-tasks.ts';

const protocol = readFileSync('docs/protocol.md', 'utf8');
const running = protocol.replaceAll(/\s+/g, ' ');

test('every operation is named', () => {
  const operations = Object.keys({ ...HUB_OPERATIONS, ...CLINIC_HOST_OPERATIONS, ...ENROLMENT_OPERATIONS });
  expect(operations.filter((name) => !new RegExp(`\`${name}[\`(]`).test(protocol))).toEqual([]);
});

test('every type of event has its row, and no other has one', () => {
  const table = protocol.slice(protocol.indexOf('| type | kind, signed, handle |'), protocol.indexOf('## 9.'));
  const rows = table.split('\n').filter((line) => /^\| `[a-z]+\./.test(line));
  const types = rows.flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, type]) => type));
  expect(types.sort()).toEqual(careledgerRules().types);
});

test('each row says whether a person signs and whether there is a compartment', () => {
  const rules = careledgerRules();
  for (const type of rules.types) {
    const { kind, personal, handle } = rules.rule(type);
    const row = protocol.split('\n').find((line) => line.startsWith('| ') && line.split('|')[1]?.includes(`\`${type}\``)) ?? '';
    const said = `${kind}, ${personal === 'required' ? 'signed' : 'optional'}, ${handle === 'required' ? 'handle' : '–'}`;
    expect(`${type}: ${row.split('|')[2]?.trim()}`).toBe(`${type}: ${said}`);
  }
});

test('every reason of a verdict is named', () => {
  const reason = /(?:refused|disputed)\(\s*'([a-z-]+)'/g;
  const reasons = globSync('shared/**/*-rules.ts').flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(reason)].map(([, word]) => word ?? ''),
  );
  expect(reasons.length).toBeGreaterThan(100);
  expect([...new Set(reasons)].filter((word) => !protocol.includes(`\`${word}\``))).toEqual([]);
});

test('lists of words are written out in the order in which they are encoded', () => {
  const lists = {
    measurementNames,
    TRAINING_TASKS,
    ROLES,
    PURPOSES,
    CATEGORIES,
    ERASURE_GROUNDS,
    GLASS_REASONS,
    GLASS_PROOFS,
    ACT_KINDS,
    ACT_REASONS,
    PROBLEMS,
    ALARMS,
  };
  const left = Object.entries(lists).filter(([, words]) => !running.includes(`choice(${words.join(', ')})`));
  expect(left.map(([name]) => name)).toEqual([]);
});
