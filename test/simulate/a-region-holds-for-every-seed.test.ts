import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { simulate } from './run-simulate.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'careledger-simulate-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('300 seeds of 500 steps: clinics, hub, bad weather, power cuts, wrong clocks and a liar', {
  timeout: 3_600_000,
}, async () => {
  const { code, output } = await simulate('--seeds', '264', '--steps', '500', '--world', '1');
  expect(output).toMatch(/^all held: seeds 1 to 264/m);
  expect(code).toBe(0);
  // The same where people also erase, change who witnesses, and let a clinic in.
  const wider = await simulate('--from', '2696', '--seeds', '24', '--steps', '500');
  expect(wider.output).toMatch(/^all held: seeds 2696 to 2719/m);
  expect(wider.code).toBe(0);
  // Clinics with two desks, each with the program's own vault.
  const desks = await simulate('--seeds', '12', '--steps', '500', '--world', '3');
  expect(desks.output).toMatch(/^all held: seeds 1 to 12/m);
  expect(desks.code).toBe(0);
  // Regions that activate the second version of their rules, with programs that know it and programs that do not.
  const renewed = await simulate('--seeds', '8', '--steps', '500', '--world', '6');
  expect(renewed.output).toMatch(/^all held: seeds 1 to 8/m);
  expect(renewed.code).toBe(0);
});

test.each([
  [['--seed', '40863', '--world', '1'], 'a clinic was granted what its device had asked for too early, before the answer came'],
  [['--seed', '149', '--world', '1', '--liar', 'forked hub'], 'a hub that is shown its other history says that it was restored'],
  [['--seed', '253', '--world', '1', '--liar', 'forked hub'], 'a cosignature counted whose answer nobody heard'],
  [['--seed', '2', '--world', '5'], 'mail of a desk that was shut out was dropped, though the ledger had its acts'],
  [['--seed', '8', '--world', '5'], 'a desk made a new key while it was shut out, and so knew the one in force'],
  [['--seed', '15', '--world', '5'], 'a consent was said at a desk that was shut out, and only its mail came through'],
  [
    ['--seed', '11', '--world', '5'],
    'a withdrawal of a later epoch came to the hub before the consent that it ends, and was refused',
  ],
  [
    ['--seed', '21', '--world', '5'],
    'a consent came by the mail of a desk that was shut out, its document never, and no consent of that patient could be listed',
  ],
  [
    ['--seed', '40', '--world', '5'],
    'a desk that was shut out spoke of a document that never came, and all that it said behind that waited for ever',
  ],
  [
    ['--seed', '13', '--world', '5'],
    'the record of a consent came from a desk that was shut out and its grants waited there, and it was said to hold',
  ],
  [
    ['--seed', '22', '--world', '5'],
    'a desk had made the clinic’s key, which was on its way, and could not be shut out without it',
  ],
  [
    ['--seed', '48', '--world', '5'],
    'a consent of a desk that was shut out lay in a compartment that both desks had begun, and was said to hold',
  ],
  [['--seed', '28', '--world', '3'], 'power went between a new key and the message that tells the other desk of it'],
])('%j: %s', { timeout: 600_000 }, async (options) => {
  const { code, output } = await simulate(...options);
  expect(output).toMatch(/^all held/m);
  expect(code).toBe(0);
});

test('a seed goes the same way in another process', { timeout: 600_000 }, async () => {
  const traces = async (file: string): Promise<unknown> => {
    await simulate('--seeds', '3', '--steps', '200', '--json', join(folder, file));
    return JSON.parse(readFileSync(join(folder, file), 'utf8'));
  };
  expect(await traces('first.json')).toEqual(await traces('second.json'));
});

test('an interrupted run goes on where it stopped', { timeout: 600_000 }, async () => {
  const kept = join(folder, 'kept.json');
  await simulate('--seeds', '2', '--steps', '60', '--resume', kept);
  const { output } = await simulate('--seeds', '3', '--steps', '60', '--resume', kept, '--json', join(folder, 'rest.json'));
  expect(output).toMatch(/^all held/m);
  const rest = JSON.parse(readFileSync(join(folder, 'rest.json'), 'utf8')) as { seed: number }[];
  expect(rest.map(({ seed }) => seed)).toEqual([3]);
});
