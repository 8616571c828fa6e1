/**
 * Disks that are full, and writes that fail, under a desk in a process of its own. Real: a limit on the size of files that is set on
 * the running process from outside (`prlimit`, Linux), so that the system refuses its writes; and, for who may mount, a tmpfs of
 * the size. Simulated elsewhere: a most number of pages, at which SQLite itself says that the disk is full. Each time the act is refused by
 * name, reading goes on, and when there is room again nothing that was acknowledged is missing and nothing refused is there.
 */
import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Random } from '../../simulate/random.ts';
import type { CrashFailure, CrashOptions, CrashReport } from '../crash-part.ts';
import type { Order, Outcome } from './desk-under-fault.ts';

const FAULTS = 1_000;
/** Faults for one size of disk. */
const FAULTS_OF_SIZE = 33;
const MOST_ACTS = 400;
const REFUSALS = new Set(['storage.disk-full', 'storage.io-error']);
/** The desk starts anew after so many faults. */
const AGAIN_EVERY = 20;
const AGAIN = '--only disk';

export async function diskFaults({ rounds = FAULTS, seed, say }: CrashOptions): Promise<CrashReport> {
  const random = new Random(seed);
  // Five sizes for the 200 faults of CI, thirty for the thousand.
  const sizes = rounds < FAULTS_OF_SIZE ? 1 : Math.max(5, Math.round(rounds / FAULTS_OF_SIZE));
  const failures: CrashFailure[] = [];
  const mounts = canMount();
  let tried = 0;
  for (let at = 0; at < Math.min(sizes, 30); at++) {
    const kib = random.between(1_200, 2_400);
    tried += 1;
    const what = await fullDisk(kib, mounts);
    if (what) failures.push({ at: `a disk of ${kib} KiB`, what, again: AGAIN });
  }
  say(`${tried} sizes of disk, ${mounts ? 'each a real one' : 'by a limit of pages: nobody may mount here'}`);
  const limited = process.platform === 'linux' ? 'prlimit' : 'pages';
  failures.push(...(await failingWrites(rounds, random, limited, say)));
  return {
    tried: tried + rounds,
    figures: `${tried} ${mounts ? 'disks (tmpfs)' : 'page limits'} filled, ${rounds} writes refused ${limited === 'prlimit' ? 'by the system (RLIMIT_FSIZE)' : 'by a limit of pages'}`,
    failures,
  };
}

/** A desk on a disk of its own, and what it was told is saved. */
class FaultyDesk {
  readonly folder: string;
  readonly #child: ChildProcess;
  readonly saved: string[] = [];
  #next = 0;

  private constructor(folder: string, child: ChildProcess) {
    this.folder = folder;
    this.#child = child;
  }

  static async start(folder: string): Promise<FaultyDesk> {
    const child = fork(fileURLToPath(new URL('./desk-under-fault.ts', import.meta.url)), {
      env: { ...process.env, TMPDIR: folder },
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    await once(child, 'message');
    return new FaultyDesk(folder, child);
  }

  async ask(order: Order): Promise<Outcome> {
    const answered = once(this.#child, 'message');
    this.#child.send(order);
    return (await answered)[0] as Outcome;
  }

  async act(): Promise<Outcome> {
    const name = `Family ${String(this.#next++).padStart(6, '0')}`;
    const outcome = await this.ask({ act: name });
    if (!outcome.code) this.saved.push(name);
    return outcome;
  }

  /** What is wrong with what is listed. */
  async wrong(when: string): Promise<string | undefined> {
    const { names, code } = await this.ask({ list: true });
    if (!names) return `${when} reading fails: ${code}`;
    const lost = this.saved.filter((name) => !names.includes(name));
    if (lost.length > 0) return `${when} ${lost.length} acknowledged acts are missing`;
    return names.length > this.saved.length ? `${when} ${names.length - this.saved.length} refused acts are there` : undefined;
  }

  /** Acts until one is refused. Gives what is wrong with the refusal, or with what is shown after it. */
  async until(): Promise<string | undefined> {
    for (let acts = 0; acts < MOST_ACTS; acts++) {
      const { code, message } = await this.act();
      if (!code) continue;
      if (!REFUSALS.has(code) || !message?.includes('not saved')) return `it is refused as ${code}: ${message}`;
      return this.wrong('while nothing can be written');
    }
    return 'no write was refused';
  }

  /** Writing goes on, also after a start anew. */
  async goesOn(anew: boolean): Promise<string | undefined> {
    const { code } = await this.act();
    if (code) return `with room again it is still refused as ${code}`;
    const wrong = await this.wrong('with room again');
    if (wrong || !anew) return wrong;
    const again = await this.ask({ again: true });
    return again.code ? `it does not start again: ${again.code}` : this.wrong('after a start anew');
  }

  /** The largest of its files, in bytes. */
  largest(): number {
    const files = readdirSync(this.folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
    return Math.max(...files.map((file) => statSync(join(file.parentPath, file.name)).size));
  }

  limitFiles(bytes: number | 'unlimited'): void {
    execFileSync('prlimit', ['--pid', String(this.#child.pid), `--fsize=${bytes}:unlimited`]);
  }

  async end(): Promise<void> {
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }
}

async function fullDisk(kib: number, mounts: boolean): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'careledger-full-'));
  if (mounts) mount(folder, kib);
  const desk = await FaultyDesk.start(folder);
  try {
    if (!mounts) await desk.ask({ pages: kib / 4 });
    const refused = await desk.until();
    if (refused) return refused;
    if (mounts) execFileSync('mount', ['-o', `remount,size=${4 * kib}k`, folder]);
    else await desk.ask({ pages: 100_000 });
    return await desk.goesOn(true);
  } finally {
    await desk.end();
    if (mounts) execFileSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function failingWrites(
  rounds: number,
  random: Random,
  means: 'prlimit' | 'pages',
  say: CrashOptions['say'],
): Promise<CrashFailure[]> {
  const failures: CrashFailure[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'careledger-faults-'));
  mkdirSync(folder, { recursive: true });
  const desk = await FaultyDesk.start(folder);
  try {
    for (let fault = 0; fault < rounds; fault++) {
      // Some bytes more than the largest file has: the log of one of the databases meets it within a few acts.
      const room = random.chance(0.3) ? 0 : random.between(1, 60_000);
      if (means === 'prlimit') desk.limitFiles(desk.largest() + room);
      else await desk.ask({ pages: 1 });
      const refused = await desk.until();
      if (means === 'prlimit') desk.limitFiles('unlimited');
      else await desk.ask({ pages: 1_000_000 });
      const what = refused ?? (await desk.goesOn(fault % AGAIN_EVERY === AGAIN_EVERY - 1));
      if (what) failures.push({ at: `fault ${fault}, with room for ${room} bytes`, what, again: AGAIN });
      if (fault % 100 === 99) say(`${fault + 1} of ${rounds} faults, ${desk.saved.length} acts saved`);
    }
  } finally {
    await desk.end();
    rmSync(folder, { recursive: true, force: true });
  }
  return failures;
}

function mount(folder: string, kib: number): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kib}k`, 'careledger-crash', folder], { stdio: 'ignore' });
}

/** Only root may mount, and not in every container. */
function canMount(): boolean {
  if (process.platform !== 'linux') return false;
  const folder = mkdtempSync(join(tmpdir(), 'careledger-mount-'));
  try {
    mount(folder, 1_024);
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
