/** A PostgreSQL server of its own for a run of tests: a new cluster in a temporary folder, reached through a socket there. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';

const isHere = (program: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));

/** Whether this machine has what a server needs. */
export const hasPostgresql = (): boolean => isHere('postgres') && isHere('initdb');

/** PostgreSQL does not run as root: then it is the system's user of that name, or else nobody. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const { status, stdout } = spawnSync('id', ['-u', 'postgres'], { encoding: 'utf8' });
  const uid = status === 0 ? Number(stdout) : 65_534;
  return { uid, gid: uid };
}

export class PostgresqlServer {
  readonly #folder: string;
  #process: ChildProcess | undefined;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async start(): Promise<PostgresqlServer> {
    const folder = mkdtempSync(join(tmpdir(), 'careledger-pg-'));
    const server = new PostgresqlServer(folder);
    const user = unprivileged();
    if (user) chownSync(folder, user.uid, user.gid);
    execFileSync('initdb', ['-D', join(folder, 'data'), '-U', 'careledger', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N'], {
      ...user,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    await server.resume();
    return server;
  }

  /** Starts the server again that was stopped. */
  async resume(): Promise<void> {
    const settings = [
      'listen_addresses=',
      `unix_socket_directories=${this.#folder}`,
      'max_connections=200',
      'shared_buffers=64MB',
    ];
    this.#process = spawn('postgres', ['-D', join(this.#folder, 'data'), ...settings.flatMap((each) => ['-c', each])], {
      ...unprivileged(),
      cwd: this.#folder,
      stdio: ['ignore', 'ignore', 'ignore'],
    });
    while (!(await this.#answers())) {
      if (this.#process.exitCode !== null) throw new Error('PostgreSQL did not start');
      await setTimeout(20);
    }
  }

  url(name: string): string {
    return `postgres://careledger@localhost/${name}?host=${encodeURIComponent(this.#folder)}`;
  }

  /** Ends at once, as in a power failure, or waits for nobody but loses nothing. */
  async stop(signal: 'SIGQUIT' | 'SIGINT' = 'SIGQUIT'): Promise<void> {
    const server = this.#process;
    if (!server || server.exitCode !== null) return;
    const exited = once(server, 'exit');
    server.kill(signal);
    await exited;
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #answers(): Promise<boolean> {
    return askOnce(this.url('postgres'), 'SELECT 1').then(
      () => true,
      () => false,
    );
  }
}

let databases = 0;

/**
 * A new database on the server of `url`: an empty one or a copy of the one at `like`, to which nobody is connected.
 * @param place URL of the one whose place it takes
 */
export async function newDatabase(url: string, like?: string, place?: string): Promise<string> {
  const name = place ? nameIn(place) : `hub_${process.pid}_${++databases}`;
  const server = withName(url, 'postgres');
  if (place) await askOnce(server, `DROP DATABASE ${name} WITH (FORCE)`);
  await askOnce(server, `CREATE DATABASE ${name} TEMPLATE ${like ? nameIn(like) : 'template1'}`);
  return withName(url, name);
}

const nameIn = (url: string): string => new URL(url).pathname.slice(1);

function withName(url: string, name: string): string {
  const at = new URL(url);
  at.pathname = `/${name}`;
  return at.href;
}

/** One statement on a connection of its own. */
export async function askOnce<Row>(url: string, sql: string): Promise<Row[]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}
