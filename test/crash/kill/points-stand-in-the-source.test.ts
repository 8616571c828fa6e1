import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BREAKAGES } from './breakages.ts';
import { POINTS } from './points.ts';

const edits = [
  ...Object.entries(POINTS).map(([name, { edit }]) => [name, edit] as const),
  ...Object.entries(BREAKAGES).flatMap(([name, breakage]) => breakage.edits.map((edit) => [name, edit] as const)),
];

test.each(edits)('%s: its line stands once in the source', (_, { file, find }) => {
  const source = readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8').replaceAll('\r', '');
  expect(source.split(find)).toHaveLength(2);
});
