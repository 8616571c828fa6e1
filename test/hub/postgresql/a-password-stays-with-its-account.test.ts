/** A server that asks for a password: where an administrator may put it, and what they are told. */
import { spawnSync } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { askOnce, newDatabase, PostgresqlServer } from '../../support/postgresql.ts';
import { temporaryFolder } from '../hub-bench.ts';

const PASSWORD = 'kept-apart';
let server: PostgresqlServer;
let url: string;
let folder: string;

beforeAll(async () => {
  server = await PostgresqlServer.start();
  const trusting = server.url('postgres');
  await askOnce(trusting, `ALTER USER careledger PASSWORD '${PASSWORD}'`);
  url = await newDatabase(trusting);
  const [at] = await askOnce<{ hba_file: string }>(trusting, 'SHOW hba_file');
  await writeFile((at as { hba_file: string }).hba_file, 'local all all scram-sha-256\n');
  await askOnce(trusting, 'SELECT pg_reload_conf()');
});
afterAll(() => server.close());
beforeEach(async () => {
  folder = await temporaryFolder('hub-password');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** `hub init` as a program of its own, with nothing of this one's environment that names a password. */
function init(args: readonly string[], environment: NodeJS.ProcessEnv) {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const program = ['server/workstation/careledger.ts', 'hub', 'init', '--data', join(folder, 'hub'), '--name', 'North'];
  const { status, stderr } = spawnSync(process.execPath, [...program, ...args], {
    env: { PATH, NODE_COMPILE_CACHE, HOME: folder, ...environment },
    encoding: 'utf8',
  });
  return { status, stderr };
}

const withPassword = (): string => url.replace('careledger@', `careledger:${PASSWORD}@`);

test('PostgreSQL’s password file is read, and nothing is printed beside the invitation', async () => {
  const file = join(folder, 'pgpass');
  await writeFile(file, `*:*:*:careledger:${PASSWORD}\n`, { mode: 0o600 });
  expect(init(['--database', url], { PGPASSFILE: join(folder, 'none') }).stderr).toContain('storage.refused');
  expect(init(['--database', url], { PGPASSFILE: file })).toEqual({ status: 0, stderr: '' });
});

test('a URL with a password is taken from the environment or a file in silence, and warned of as an argument', async () => {
  const config = join(folder, 'hub.json');
  await writeFile(config, JSON.stringify({ database: withPassword() }), { mode: 0o600 });
  const refused = { status: 1, stderr: expect.stringMatching(/^[^\n]*\(storage\.refused\)\n$/) };
  expect(init([], { CARELEDGER_HUB_DATABASE: withPassword().replace(PASSWORD, 'another') })).toEqual(refused);
  expect(init(['--config', config], {})).toEqual({ status: 0, stderr: '' });
  expect(init(['--database', withPassword()], {})).toEqual({
    status: 1,
    stderr: expect.stringMatching(
      /^The password of the database stands in the command line[^\n]*\(hub\.password-shown\)\n.*hub\.exists/,
    ),
  });
});
