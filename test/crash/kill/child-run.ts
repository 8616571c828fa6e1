/** Starts one process with its task behind a descriptor, answers what it asks, and gives what it had told by its end. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { asFailure } from '../../../shared/outcome/failure.ts';
import type { Bench } from './kill.ts';
import type { Act, Invariant, Task, Told } from './task.ts';

interface Ended {
  /** By SIGKILL, at its point. */
  readonly killed: boolean;
  /** It had looked at what it found, and a life that was fresh had its beginning. */
  readonly looked: boolean;
  readonly acts: Act[];
  readonly faults: { readonly invariant: Invariant; readonly what: string }[];
}

/** Blocks. A replica that began with a snapshot keeps its tree in groups of so many: smaller ones only a hub may make. */
export const LEAST_TO_BEGIN_WITH = 256;
/** A process that neither dies nor ends by then hangs: by the clock, and on a busy machine one takes a minute to begin. */
const LONGEST_MS = 180_000;

export async function runChild(bench: Bench, task: Task): Promise<Ended> {
  const child = startChild(bench, task);
  const acts: Act[] = [];
  const faults: Ended['faults'] = [];
  let looked = false;
  const told = (line: Told): void => {
    if (line.tell === 'key') bench.keys[line.name] = line.key;
    else if (line.tell === 'fault') faults.push(line);
    else if (line.tell === 'looked') {
      looked = true;
      bench.processor += line.processor;
    } else if (line.tell === 'begun') acts.push({ id: line.id, kind: line.kind, about: line.about, state: 'begun', answer: {} });
    else if (line.tell === 'done')
      Object.assign(acts.find(({ id }) => id === line.id) ?? {}, { state: 'done', answer: line.answer });
  };
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  lines.on('line', (line) => told(JSON.parse(line) as Told));
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said += String(chunk);
  });
  child.on('message', async (text: string) => {
    const answer = await bench.fhir.check(text).catch((error: unknown) => ({ refused: asFailure(error).message }));
    if (child.connected) child.send(answer, () => undefined);
  });
  const patience = setTimeout(() => {
    faults.push({ invariant: 'it starts by itself', what: 'it hangs' });
    child.kill('SIGKILL');
  }, LONGEST_MS);
  const [[code, signal]] = await Promise.all([
    once(child, 'exit') as Promise<[number | null, string | null]>,
    once(lines, 'close'),
  ]);
  clearTimeout(patience);
  if (code !== 0 && signal === null && faults.length === 0)
    faults.push({ invariant: 'it starts by itself', what: said.slice(0, 2000) });
  return { killed: signal === 'SIGKILL' && faults.length === 0, looked, acts, faults };
}

function startChild({ root }: Bench, task: Task) {
  const file = join(root, `task-${process.pid}-${Math.random().toString(36).slice(2)}`);
  writeFileSync(file, JSON.stringify(task), { mode: 0o600 });
  const descriptor = openSync(file, 'r');
  rmSync(file);
  try {
    return fork(fileURLToPath(new URL('./child.ts', import.meta.url)), [], {
      execArgv: ['--disable-warning=ExperimentalWarning', '--import', new URL('./hooks.ts', import.meta.url).href],
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', descriptor, 'ipc'],
      env: {
        ...process.env,
        NODE_COMPILE_CACHE: join(root, 'compiled'),
        CARELEDGER_STATE: join(task.folder, '..', 'state'),
        CRASH_STATE_INTERVAL: String(task.life === 'region' ? 16 : LEAST_TO_BEGIN_WITH),
      },
    });
  } finally {
    closeSync(descriptor);
  }
}
