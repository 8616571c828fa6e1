/** `careledger hub …` in a process of its own: to be asked to stop, or killed as a power failure would. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { hubCommand } from '../../server/hub/commands/hub-command.ts';
import { LongestTurn } from '../../server/hub/fleet/longest-turn.ts';
import { openHub } from '../../server/hub/hub-service.ts';
import { readWireRange, type WireRange, writeWireRange } from '../../shared/sync/wire-range.ts';
import { tellTimes } from '../load/beat-parts.ts';

const TICKS_A_SECOND = 100;

export interface HubProcess {
  readonly port: number;
  /** Bytes that it holds in memory (Linux): read where no process has to be started, which would hold up whoever measures. */
  memory(): number;
  /** Seconds of processor that it has used, all threads (Linux). */
  processor(): number;
  /** Milliseconds of processor that its event loop was held by one turn at most, once it has ended by SIGTERM; else 0. */
  held(): number;
  /** How long a file may be that it writes to from now on (Linux): beyond that it fares as on a disk that takes nothing more. */
  limitFiles(bytes: number | 'unlimited'): void;
  /** Sends the signal and gives the exit code, null after SIGKILL. */
  end(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<number | null>;
}

/**
 * Starts `hub serve` on `port`, a free one unless it is named; ends when it listens.
 * @param wire as a hub of another version would say; left out, what this program speaks
 * @param settings as the environment says them (`CARELEDGER_HUB_…`)
 */
export async function serveInProcess(
  folder: string,
  port = 0,
  wire?: WireRange,
  settings: NodeJS.ProcessEnv = {},
): Promise<HubProcess> {
  const serve = wire
    ? [SERVE_WIRE, folder, String(port), writeWireRange(wire)]
    : ['serve', '--data', folder, '--port', String(port), '--json'];
  const child: ChildProcess = spawn(process.execPath, [fileURLToPath(import.meta.url), ...serve], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...settings },
  });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
  const { value } = await lines.next();
  const { port: listening } = JSON.parse(value ?? '{}') as { port?: number };
  if (listening === undefined) throw new Error(`the hub did not start: ${value}`);
  let heldMs = 0;
  const toTheEnd = (async () => {
    for await (const line of { [Symbol.asyncIterator]: () => lines })
      if (line.startsWith('{"heldMs"')) ({ heldMs } = JSON.parse(line) as { heldMs: number });
  })();
  return {
    port: listening,
    memory: () => 1024 * Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0),
    processor: () => {
      const ticks = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ').slice(11, 13).map(Number) ?? [];
      return ticks.reduce((sum, each) => sum + each, 0) / TICKS_A_SECOND;
    },
    held: () => heldMs,
    limitFiles: (bytes) => void execFileSync('prlimit', ['--pid', String(child.pid), `--fsize=${bytes}:unlimited`]),
    end: async (signal) => {
      child.kill(signal);
      const [code] = await exited;
      await toTheEnd;
      return code as number | null;
    },
  };
}

const SERVE_WIRE = 'serve-wire';

/** `hub serve` of a program that speaks other versions, which no setting of the real one can make it say. */
async function serveWire([folder = '', port = '', range]: string[]): Promise<void> {
  const hub = await openHub(folder, { wire: readWireRange(range) });
  process.stdout.write(`${JSON.stringify({ port: await hub.start(Number(port), '127.0.0.1') })}\n`);
  await once(process, 'SIGTERM');
  await hub.close();
}

/** Tells at the end what one turn of the event loop took of a processor at most. */
function watchTurns(): void {
  tellTimes();
  const turns = new LongestTurn();
  process.on('exit', () => process.stdout.write(`${JSON.stringify({ heldMs: 1000 * turns.take() })}\n`));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [verb, ...rest] = process.argv.slice(2);
  if (verb === SERVE_WIRE) await serveWire(rest);
  else
    process.exitCode = await hubCommand(process.argv.slice(2), {
      out: (text) => {
        // Its one line says that it listens, and turns count from then: what a start takes holds nobody.
        if (verb === 'serve') watchTurns();
        process.stdout.write(text);
      },
      err: (text) => process.stderr.write(text),
    });
}
