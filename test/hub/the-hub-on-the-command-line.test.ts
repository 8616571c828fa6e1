import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HUB_USAGE, hubCommand } from '../../server/hub/commands/hub-command.ts';
import { readInvitation } from '../../shared/sync/wire.ts';
import { temporaryFolder } from './hub-bench.ts';
import { serveInProcess } from './hub-process.ts';

describe('the hub on the command line', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await temporaryFolder('hub-command');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const run = async (...args: string[]) => {
    let out = '';
    let err = '';
    const code = await hubCommand(args, {
      out: (text) => {
        out += text;
      },
      err: (text) => {
        err += text;
      },
    });
    return { code, out, err };
  };

  test('init makes a hub whose secrets only its account can read, and prints the founding invitation', async () => {
    const { code, out } = await run(
      'init',
      '--data',
      folder,
      '--name',
      'North region',
      '--address',
      'https://hub.example.org:7443',
      '--json',
    );
    expect(code).toBe(0);
    const { invitation, kind } = JSON.parse(out) as { invitation: string; kind: string };
    expect(kind).toBe('found');
    expect(readInvitation(invitation)).toMatchObject({ kind: 'found', address: 'https://hub.example.org:7443' });
    expect((await stat(join(folder, 'hub-keys.json'))).mode & 0o777).toBe(0o600);
    const again = await run('init', '--data', folder, '--name', 'North region');
    expect(again).toMatchObject({ code: 1, out: '' });
    expect(again.err).toContain('hub.exists');
  });

  test('an invitation is made while the hub runs, and only its hash is kept', async () => {
    const hub = await serveInProcess(folder);
    const { code, out } = await run('invite', '--data', folder, '--found', '--expires-hours', '2', '--json');
    expect(code).toBe(0);
    const { secret, expires } = readInvitation((JSON.parse(out) as { invitation: string }).invitation);
    expect(expires - Date.now()).toBeLessThanOrEqual(2 * 3_600_000);
    expect(await run('invite', '--data', folder)).toMatchObject({ code: 1 });
    const second = await run('serve', '--data', folder, '--port', '0');
    expect(second.code).toBe(1);
    expect(second.err).toContain('storage.folder-in-use');
    expect(await hub.end('SIGINT')).toBe(0);
    expect((await readFile(join(folder, 'hub.db'))).includes(Buffer.from(secret))).toBe(false);
  });

  test('wrong usage is 2, a refusal is 1 with its reason, help is complete', async () => {
    expect((await run()).code).toBe(2);
    expect((await run('destroy')).code).toBe(2);
    const wrong = await run('serve');
    expect(wrong.code).toBe(2);
    // Only what the help says of this verb, so that what is wrong stays in sight.
    expect(wrong.err).toMatch(/^--data is missing\.\n\n {2}hub serve {2}--data DIR/);
    expect(wrong.err).not.toContain('hub invite');
    expect((await run('serve', '--data', folder, '--port', 'x')).code).toBe(2);
    expect((await run('init', '--data', folder, '--nmae', 'x')).code).toBe(2);
    const missing = await run('serve', '--data', join(folder, 'nowhere'), '--json');
    expect(missing.code).toBe(1);
    expect(JSON.parse(missing.out)).toMatchObject({ error: { code: 'hub.not-initialised' } });
    const unread = await run('restore', '--data', join(folder, 'new'), '--from', folder, '--code-file', join(folder, 'none'));
    expect(unread).toMatchObject({ code: 1, err: expect.stringMatching(/code-file.*cannot be read.*hub\.settings/) });
    expect(await run('--help')).toEqual({ code: 0, out: HUB_USAGE, err: '' });
  });
});
