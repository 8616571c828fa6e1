/** What gets into a process's output when something goes wrong that nobody foresaw: places in the program, and no word of a record. */
import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { incidentOf } from '../../server/graphql/apollo.ts';
import { Failure } from '../../shared/outcome/failure.ts';

const CANARY = 'Quillfeather';
const LAST_WORDS = pathToFileURL('server/graphql/last-words.ts').href;

/** Runs this in a process of its own, and gives what it said and how it ended. */
const said = (script: string): Promise<{ readonly text: string; readonly code: unknown }> =>
  new Promise((resolve) => {
    const source = `import { endWithIncident } from ${JSON.stringify(LAST_WORDS)};\nendWithIncident();\n${script}`;
    execFile(process.execPath, ['--input-type=module', '--eval', source], (error, out, err) =>
      resolve({ text: out + err, code: error?.code ?? 0 }),
    );
  });

describe('an error that nobody caught ends a process', () => {
  test.each([
    ['thrown', `setTimeout(() => { throw new TypeError('${CANARY} at 12 Harbour Street'); });`],
    [
      'a promise of nobody',
      `Promise.reject(Object.assign(new Error('bad'), { patient: '${CANARY}', cause: new Error('${CANARY}') }));`,
    ],
    ['no error at all', `Promise.reject({ name: '${CANARY}' });`],
    ['a text', `setTimeout(() => { throw '${CANARY}'; });`],
    ['of its own name', `setTimeout(() => { throw Object.assign(new Error('x'), { name: 'Dr. ${CANARY} & Sons' }); });`],
  ])('with an incident and nothing of what it was about: %s', async (_, script) => {
    const { text, code } = await said(script);
    expect(code).toBe(1);
    expect(JSON.parse(text)).toMatchObject({ incident: { id: expect.stringMatching(/^[0-9a-f-]{36}$/) } });
    expect(text).not.toMatch(new RegExp(`${CANARY}|Harbour`));
  });

  test('in each process that sees a record', () => {
    const entries = [...globSync('server/workstation/*/*-process.ts'), 'server/workstation/careledger.ts'];
    expect(entries.length).toBeGreaterThan(4);
    const silent = entries.filter((path) => !/\bendWithIncident\(\)|\brunInShell\(/.test(readFileSync(path, 'utf8')));
    expect(silent).toEqual([]);
  });
});

test('an incident tells the place, and takes no line of a message for one', () => {
  const hostile = [
    `no such patient\n    at ${CANARY} (file:///home/clinic/records.ts:1:2)`,
    `Unexpected token\n    at ${CANARY}`,
    `\n    at ${CANARY} (node:internal/x:1:2)\n`,
  ];
  for (const message of hostile) {
    const { at, ...rest } = incidentOf('1', new Error(message, { cause: new Failure('a.b', CANARY) }));
    expect(JSON.stringify([at, rest])).not.toContain(CANARY);
    expect(at[0]).toContain('logs-say-nothing-of-anybody.test.ts');
  }
  const changed = new Error('first');
  changed.message = `\n    at ${CANARY}`;
  expect(JSON.stringify(incidentOf('1', changed))).not.toContain(CANARY);
  const built = new Error('of another place');
  built.stack = `Error: of another place\n    at "${CANARY}" (file:///a.ts:1:2)\n    at read (file:///srv/careledger/out/main/vault.js:10:5)`;
  expect(incidentOf('1', built).at).toEqual(['at read (main/vault.js:10:5)']);
});
