/** A desk that was not updated yet asks by the texts of its release: they never change, and today's hub and clinic host answer them. */
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { wireSchema } from '../../server/graphql/wire-schemas.ts';
import { HUB_OPERATIONS } from '../../shared/sync/operations.ts';
import { answeredOperations, type OperationKind, RELEASED_OPERATIONS } from '../../shared/sync/released-operations.ts';

const SYNC = resolve(import.meta.dirname, '../../shared/sync');
/** SHA-256 of what each release asks, as it was kept: a line is added with each release, and none is ever changed. */
const KEPT: Readonly<Record<string, string>> = {
  '0.1.0': 'ad1b47671d65272c6c3708efd94d398badab04a80e55efd3ceda06692520edb4',
};
const KINDS: readonly OperationKind[] = ['hub', 'enrolment', 'clinicHost'];

test('every release that was kept is one that is answered, and is as it was', () => {
  const files = readdirSync(join(SYNC, 'released')).map((name) => name.replace(/\.json$/, ''));
  expect(RELEASED_OPERATIONS.map(({ version }) => version).sort()).toEqual(files.sort());
  const sums = RELEASED_OPERATIONS.map((release) => [
    release.version,
    createHash('sha256').update(JSON.stringify(release)).digest('hex'),
  ]);
  expect(Object.fromEntries(sums)).toEqual(KEPT);
});

describe.each(KINDS)('what desks of earlier releases ask of the %s', (kind) => {
  const schema = buildSchema(wireSchema(kind).join('\n'));
  test.each(RELEASED_OPERATIONS)('$version: each text is understood by the schema of today', (release) => {
    for (const [name, text] of Object.entries(release[kind])) expect([name, validate(schema, parse(text))]).toEqual([name, []]);
  });
});

test('a text that is not asked any more is answered beside the one of today', () => {
  const former = 'query Checkpoint { checkpoint, newest(seen: "") }';
  const earlier = { version: '0.0.1', hub: { Checkpoint: former }, enrolment: {}, clinicHost: {} };
  const answered = answeredOperations('hub', HUB_OPERATIONS, [earlier]);
  expect(answered.get(former)).toBe('Checkpoint');
  expect(answered.get(HUB_OPERATIONS.Checkpoint)).toBe('Checkpoint');
  expect(answered.size).toBe(Object.keys(HUB_OPERATIONS).length + 1);
});
