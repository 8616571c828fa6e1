import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BREAKAGES as SECURITY } from '../breakages/breakages.ts';
import { BREAKAGES as DISK } from '../crash/disk/breakages.ts';
import { BREAKAGES as KILLS } from '../crash/kill/breakages.ts';
import { POINTS } from '../crash/kill/points.ts';
import { BREAKAGES as SIMULATION } from '../simulate/breakages.ts';
import { type Edit, edited } from '../support/broken-source.ts';

const edits: [string, Edit][] = [
  ...Object.entries(POINTS).map(([name, { edit }]): [string, Edit] => [name, edit]),
  ...Object.entries(DISK),
  ...Object.entries(SIMULATION),
  ...[...Object.entries(KILLS), ...Object.entries(SECURITY)].flatMap(([name, { edits }]) =>
    edits.map((edit): [string, Edit] => [name, edit]),
  ),
];

// Whoever moves a line that a harness breaks or stops at hears of it here, before the harness runs for minutes.
test.each(edits)('%s: its line stands once in the source', (_, edit) => {
  const address = new URL(`../../${edit.file}`, import.meta.url);
  expect(edited([edit], address.href, readFileSync(address))).toBeDefined();
});
