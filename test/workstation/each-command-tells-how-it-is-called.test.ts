import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { WrongUsage } from '../../server/command-line/command-line.ts';
import { USAGE, usageOf } from '../../server/workstation/commands/command.ts';
import { query } from '../../server/workstation/commands/query.ts';

const NAMES = [...new Set([...USAGE.matchAll(/^ {2}careledger ([a-z-]+) /gm)].map(([, name]) => name as string))];

test('the help of a command is about that command, and the options that all take', () => {
  expect(NAMES.length).toBeGreaterThan(15);
  for (const name of NAMES) {
    const help = usageOf(name);
    const told = [...help.matchAll(/^ {2}careledger ([a-z-]+) /gm)].map(([, each]) => each);
    expect(new Set(told)).toEqual(new Set([name]));
    expect(help).toContain('--passphrase-file  reads');
    expect(help).toContain('Exit codes');
    for (const line of help.split('\n')) expect(USAGE.split('\n')).toContain(line);
  }
});

test('where there is no such command all of them are shown', () => expect(usageOf('frobnicate')).toBe(USAGE));

test('who reads no further than a line of an answer sees no trace of the program', async () => {
  const child = spawn(process.execPath, ['server/workstation/careledger.ts', '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  let said = '';
  child.stderr.on('data', (text: Buffer) => {
    said += text;
  });
  const [code] = await once(child, 'close');
  expect({ code, said }).toEqual({ code: 0, said: '' });
});

test.each([
  [
    'a variable',
    'mutation ($passphrase: String!) { removeSecondFactor(passphrase: $passphrase) { id } }',
    '{"passphrase":"kelp"}',
  ],
  ['one inside of another', 'mutation ($card: ShownCard!) { showCareCard(card: $card) { name } }', '{"card":{"pin":"kelp"}}'],
  ['the document', 'mutation { removeSecondFactor(passphrase: "kelp") { id } }', undefined],
  ['an object of the document', 'mutation { showCareCard(card: { code: "x", pin: "kelp" }) { name } }', undefined],
])(
  'a secret in %s of a call, which others on the computer see, is refused before anything is opened',
  async (_, document, variables) => {
    const call = query([document, '--data', '/nowhere', ...(variables ? ['--variables', variables] : [])], {
      out: () => expect.unreachable(),
      err: () => expect.unreachable(),
    });
    await expect(call).rejects.toThrow(WrongUsage);
    await expect(call).rejects.toThrow('--variables-file');
    await expect(call).rejects.not.toThrow('kelp');
  },
);
