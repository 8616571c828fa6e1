/** coturn, as docs/administrators.md says that an administrator keeps it beside a hub. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../server/workstation/demo/free-port.ts';

const SECRET = 'a secret of hub and coturn, in a test';

export interface RunningTurnServer {
  /** Arguments of `hub serve` that name it. */
  readonly switches: readonly string[];
  /** What it has said until now. */
  said(): string;
  end(): Promise<void>;
}

/** `undefined` where coturn or a network is missing, with a line that says so. */
export async function startTurnServer(folder: string): Promise<RunningTurnServer | undefined> {
  const address = Object.values(networkInterfaces())
    .flat()
    .find((each) => each && !each.internal && each.family === 'IPv4')?.address;
  if (!address || spawnSync('turnserver', ['--version'], { stdio: 'ignore' }).error) {
    process.stderr.write(`No call through a relay: ${address ? 'turnserver (coturn) is not installed' : 'no network'}.\n`);
    return undefined;
  }
  const port = await freePort();
  const secretFile = join(folder, 'turn-secret');
  writeFileSync(secretFile, SECRET);
  const settings = [
    'use-auth-secret',
    `static-auth-secret=${SECRET}`,
    'realm=turn.example.org',
    'no-cli',
    'no-multicast-peers',
    'fingerprint',
    'no-tls',
    'no-dtls',
    `listening-ip=${address}`,
    `relay-ip=${address}`,
    `listening-port=${port}`,
    `userdb=${join(folder, 'turn.db')}`,
    `pidfile=${join(folder, 'turn.pid')}`,
    'log-file=stdout',
    'verbose',
  ];
  const file = join(folder, 'turnserver.conf');
  writeFileSync(file, `${settings.join('\n')}\n`);
  const child = spawn('turnserver', ['-c', file], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = heard(child);
  return {
    switches: ['--turn', `turn:${address}:${port}`, '--turn-secret', secretFile],
    said,
    end: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

function heard(child: ChildProcess): () => string {
  let all = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      all += String(chunk);
    });
  return () => all;
}
