import { existsSync } from 'node:fs';
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

  test('the help of a verb is of that one', async () => {
    const { code, out } = await run('rotate', '--help');
    expect(code).toBe(0);
    expect(out).toMatch(/^ {2}hub rotate --data DIR\n/);
    expect(out).not.toContain('hub serve');
  });

  test.each([
    [['update'], 'Say behind "hub update" what to do: add, ring, withdraw, clinic, list.'],
    [['update', 'lsit', '--data', 'nowhere'], 'Say behind "hub update" what to do: add, ring, withdraw, clinic, list.'],
    [['update', 'ring', '--data', 'FOLDER', '--version', '1.0.0', '--ring', '2.5'], '--ring is a whole number from 0 to 3.'],
    [['acts', '--data', 'FOLDER', '--after', 'yesterday'], '--after is a whole number from 0 to 9007199254740991.'],
    [['administrator', '--data', 'FOLDER', '--add', 'one', '--remove', 'other'], '--add and --remove exclude each other.'],
    [['release', '--data', 'FOLDER', '--clinic', 'one', '--device', 'other'], '--clinic and --device exclude each other.'],
    [['restore', '--data', 'FOLDER', '--go-on', '--from', 'backup'], '--go-on and --from exclude each other.'],
    [['restore', '--data', 'FOLDER', '--code-file', 'code.txt'], '--from is missing.'],
    [['invite', '--data', 'FOLDER', '--withdraw', 'id', '--found'], '--withdraw and --found exclude each other.'],
  ])('wrong usage is named and does nothing: hub %j', async (args, said) => {
    const { code, out, err } = await run(...args.map((each) => (each === 'FOLDER' ? folder : each)));
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.split('\n\n')[0]).toBe(said);
  });

  test.each([['backup', '--to', 'copies'], ['restore'], ['restore', '--go-on'], ['verify'], ['update', 'list']])(
    'where there is no hub, %s %s says so and leaves nothing behind',
    async (...args) => {
      const nowhere = join(folder, 'no-hub');
      const at = args[0] === 'update' ? 2 : 1;
      const refused = await run(...args.slice(0, at), '--data', nowhere, ...args.slice(at));
      expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('(hub.not-initialised)') });
      expect(existsSync(nowhere)).toBe(false);
    },
  );

  test('an address that is none makes no hub, so that the same folder can be named again', async () => {
    const wanted = join(folder, 'second');
    const refused = await run('init', '--data', wanted, '--name', 'South', '--address', 'hub.example.org');
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('hub.address-malformed') });
    expect(existsSync(wanted)).toBe(false);
  });
});
