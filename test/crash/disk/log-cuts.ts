/**
 * Write-ahead logs that end anywhere, have a stretch of zeros or one bit turned over: what a disk leaves that lied about a sync, or lost power in one.
 * Each case is opened by the program's own storage and must be the database after a whole number of commits: exactly those whose
 * frames all come before the first wrong byte. What every one of these commits leaves is compared in full with an image put
 * together without SQLite, and opened as the desk or the hub that it is of.
 */
import { closeSync, cpSync, ftruncateSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Connection, type SqlParameters } from '../../../server/storage/connection.ts';
import type { Queryable } from '../../../server/storage/database.ts';
import type { UnlockedKeyStore } from '../../../server/vault/unlocked-key-store.ts';
import { asFailure } from '../../../shared/outcome/failure.ts';
import { Random } from '../../simulate/random.ts';
import type { CrashFailure, CrashOptions, CrashReport } from '../crash-part.ts';
import { type Captured, capture, openKeys } from './captured.ts';
import { contentOf, quickQuery } from './fingerprint.ts';
import { deskFaults, hubFaults } from './opens-whole.ts';
import { databaseAt, readWal, type WalFile, wholeFrames } from './wal-file.ts';

const CASES = 100_000;
/** Every so many cases everything is compared, not only counts and sums. */
const IN_FULL = 100;
/** One case: a log that ends at a byte, has a stretch of zeros, or one bit that turned over. */
type Damage =
  | { readonly cut: number }
  | { readonly from: number; readonly to: number }
  | { readonly flip: number; readonly bit: number };

const LOGS = ['desk/clinic.db', 'hub/hub.db', 'desk/keys.db'] as const;

export async function logCuts({ rounds = CASES, seed, say }: CrashOptions): Promise<CrashReport> {
  const captured = await capture();
  const keys = await openKeys(captured);
  const failures: CrashFailure[] = [];
  const figures: string[] = [];
  try {
    for (const [at, name] of LOGS.entries()) {
      // The clinic's own log has most of what can be lost.
      const cases = Math.ceil(rounds * (at === 0 ? 0.6 : 0.2));
      const log = await CapturedLog.open(captured, name);
      say(`${name}: ${log.commits} commits, ${cases} cases`);
      failures.push(
        ...(await log.openEach(keys.keyStore, rounds < CASES ? 3 : 1)),
        ...(await log.damage(new Random(seed), cases)),
      );
      figures.push(`${name} ${log.commits} commits`);
    }
  } finally {
    await keys.close();
    captured.remove();
  }
  return {
    tried: rounds,
    figures: `${figures.join(', ')}; ${rounds < CASES ? 'every third' : 'each'} commit opened whole`,
    failures,
  };
}

interface Expected {
  readonly quick: string;
  readonly content: string;
}

/** One database and its log, in a place of its own. */
class CapturedLog {
  readonly #name: string;
  readonly #captured: Captured;
  readonly #path: string;
  readonly #database: Buffer;
  readonly #log: Buffer;
  readonly #wal: WalFile;
  /** After so many commits. */
  readonly #expected: Expected[] = [];

  private constructor(captured: Captured, name: string) {
    this.#captured = captured;
    this.#name = name;
    this.#database = readFileSync(join(captured.root, name));
    this.#log = readFileSync(join(captured.root, `${name}-wal`));
    this.#wal = readWal(this.#log);
    this.#path = join(captured.root, 'cut', basename(name));
  }

  static async open(captured: Captured, name: string): Promise<CapturedLog> {
    const log = new CapturedLog(captured, name);
    mkdirSync(join(captured.root, 'cut'), { recursive: true });
    await log.#expect();
    return log;
  }

  get commits(): number {
    return this.#wal.commits.length;
  }

  #image(commits: number): Buffer {
    const commit = this.#wal.commits[commits - 1];
    return commit ? databaseAt(this.#database, this.#log, this.#wal, commit) : this.#database;
  }

  /** What each number of commits leaves, by images that no log belongs to. */
  async #expect(): Promise<void> {
    for (let commits = 0; commits <= this.commits; commits++) {
      for (const file of [`${this.#path}-wal`, `${this.#path}-shm`]) rmSync(file, { force: true });
      writeFileSync(this.#path, this.#image(commits));
      this.#expected.push(
        await reading(this.#path, async (read) => ({ quick: await quickly(read), content: await contentOf(read) })),
      );
    }
  }

  /** Opens what each commit leaves, or each third one, as the program does that it is of. */
  async openEach(keyStore: UnlockedKeyStore, step: number): Promise<CrashFailure[]> {
    const failures: CrashFailure[] = [];
    const [part, file] = this.#name.split('/') as [string, string];
    // Keys are never ahead of what is sealed under them, so a shorter key file is not one that a crash leaves.
    if (file === 'keys.db') return failures;
    const folder = join(this.#captured.root, 'whole');
    for (let commits = this.commits; commits >= 0; commits -= step) {
      cpSync(join(this.#captured.root, part), folder, {
        recursive: true,
        filter: (path) => basename(path) !== `${file}-wal` && !path.endsWith('-shm'),
      });
      writeFileSync(join(folder, file), this.#image(commits));
      const what = file === 'hub.db' ? await hubFaults(folder) : await deskFaults(folder, keyStore);
      if (what) failures.push({ at: `${this.#name} after ${commits} of ${this.commits} commits`, what, again: AGAIN });
      rmSync(folder, { recursive: true });
    }
    return failures;
  }

  async damage(random: Random, cases: number): Promise<CrashFailure[]> {
    writeFileSync(this.#path, this.#database);
    writeFileSync(`${this.#path}-wal`, this.#log);
    const failures: CrashFailure[] = [];
    const length = this.#log.length;
    const all = Array.from({ length: cases }, (_, at): Damage => {
      if (at % 2 === 0) return { cut: random.below(length + 1) };
      if (at % 8 === 1) return { flip: random.below(length), bit: random.below(8) };
      const from = random.below(length);
      return { from, to: Math.min(length, from + random.between(1, random.chance(0.5) ? 64 : 20_000)) };
    });
    // Changed bytes first, each put back; then cuts from the end on, so that nothing need be put back.
    const changed = all.filter((each) => !('cut' in each));
    const cuts = all.filter((each) => 'cut' in each).sort((a, b) => b.cut - a.cut);
    const file = openSync(`${this.#path}-wal`, 'r+');
    try {
      let done = 0;
      for (const each of [...changed, ...cuts]) {
        if ('cut' in each) ftruncateSync(file, each.cut);
        else if ('from' in each) writeSync(file, Buffer.alloc(each.to - each.from), 0, each.to - each.from, each.from);
        else writeSync(file, Buffer.of((this.#log[each.flip] as number) ^ (1 << each.bit)), 0, 1, each.flip);
        const what = await this.#look(this.#firstWrong(each), done % IN_FULL === 0);
        if (what) failures.push({ at: `${this.#name}-wal ${JSON.stringify(each)}`, what, again: AGAIN });
        if ('from' in each) writeSync(file, this.#log, each.from, each.to - each.from, each.from);
        else if ('flip' in each) writeSync(file, this.#log, each.flip, 1, each.flip);
        done += 1;
      }
    } finally {
      closeSync(file);
    }
    return failures;
  }

  #firstWrong(damage: Damage): number {
    if ('cut' in damage) return damage.cut;
    if ('flip' in damage) return damage.flip;
    for (let at = damage.from; at < damage.to; at++) if (this.#log[at] !== 0) return at;
    return this.#log.length;
  }

  /** Opens the case as it lies there. Gives what is wrong. */
  async #look(firstWrong: number, inFull: boolean): Promise<string | undefined> {
    rmSync(`${this.#path}-shm`, { force: true });
    const frames = wholeFrames(this.#wal, firstWrong);
    const commits = this.#wal.commits.filter((commit) => commit.frames <= frames).length;
    const due = this.#expected[commits] as Expected;
    try {
      const { quick, content } = await reading(this.#path, async (read) => {
        const quick = await quickly(read);
        return { quick, content: inFull ? await contentOf(read) : due.content };
      });
      if (quick === due.quick && content === due.content) return undefined;
      const other = this.#expected.findIndex((each) => each.quick === quick);
      return other < 0
        ? 'it is the database after no whole number of commits'
        : `it has ${other} commits, and ${commits} are whole`;
    } catch (error) {
      return `it does not open: ${asFailure(error).message}`;
    }
  }
}

const AGAIN = '--only log';

/** A reading connection without the pragmas of a pool, of which these cases would see mostly the cost. */
async function reading<T>(path: string, body: (read: Queryable) => Promise<T>): Promise<T> {
  const connection = await Connection.open(path, 'read');
  try {
    return await body({
      dialect: connection.dialect,
      all: (sql, parameters = []) => connection.all(sql, parameters),
      get: async <Row>(sql: string, parameters: SqlParameters = []) => (await connection.all<Row>(sql, parameters))[0],
    });
  } finally {
    await connection.close();
  }
}

const queries = new Map<string, string>();

/** Counts and sums of every table. The statement is made once for each list of tables. */
async function quickly(read: Queryable): Promise<string> {
  const [schema] = await read.all<{ version: number }>(
    'SELECT count(*) AS tables, total(length(sql)) AS version FROM sqlite_schema',
  );
  const key = JSON.stringify(schema);
  let query = queries.get(key);
  if (query === undefined) {
    query = await quickQuery(read);
    queries.set(key, query);
  }
  const row = await read.get<{ said: string }>(query);
  return `${key};${row?.said}`;
}
