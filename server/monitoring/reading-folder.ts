/**
 * The folder in which gateways leave their batches, on a disk or a share that this computer sees; no network is needed. What was taken
 * in goes to `taken` inside of it, what was refused to `refused`, each with its reason beside it. Nothing is deleted.
 */
import { lstat, mkdir, readdir, rename, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { mayDo } from '../../shared/access/permissions.ts';
import { fromUtf8, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { BATCH_ENDING, LARGEST_BATCH } from '../../shared/monitoring/reading-batch.ts';
import { asFailure, Failure } from '../../shared/outcome/failure.ts';
import { writeFileDurably } from '../storage/durable-file.ts';
import { readRegularFile } from '../storage/regular-file.ts';
import type { KeptProblem } from '../sync/vault-context/problem.ts';
import { settingChange } from '../sync/vault-context/setting-change.ts';
import type { VaultContext } from '../sync/vault-context/vault-context.ts';
import { rowsOfKeys } from '../sync/vault-context/vault-rows.store.ts';
import type { BatchReport, Gateways } from './gateways.ts';

const FOLDER = 'reading-folder';
const TAKEN = 'taken';
const REFUSED = 'refused';
/** Batches of one look: the minute after goes on. */
const MOST_AT_ONCE = 50;
/** Milliseconds: a share whose server is gone may leave a question without any answer. */
const PATIENCE = 10_000;

interface LookState {
  /** Milliseconds since 1970. */
  readonly lookedAt: number | null;
  readonly taken: number;
  readonly refused: number;
  /** Of the newest look: why it saw less than what lies there, or could not put it away. */
  readonly folderProblem: KeptProblem | null;
  /** Why the newest of the refused batches was. */
  readonly batchProblem: KeptProblem | null;
}

interface FolderState extends LookState {
  readonly path: string;
}

const NOT_LOOKED: LookState = { lookedAt: null, taken: 0, refused: 0, folderProblem: null, batchProblem: null };

export class ReadingFolders {
  readonly #context: VaultContext;
  readonly #gateways: Gateways;
  readonly #patience: number;
  readonly #key: Uint8Array;
  #state = NOT_LOOKED;
  /** The look that the folder has not answered yet. */
  #running: Promise<void> | undefined;

  /** @param patience milliseconds that a look may hold up who asks for it */
  constructor(context: VaultContext, gateways: Gateways, patience = PATIENCE) {
    this.#context = context;
    this.#gateways = gateways;
    this.#patience = patience;
    this.#key = context.rows.name(FOLDER, context.device);
  }

  async state(): Promise<FolderState | undefined> {
    const path = await this.#path();
    return path === undefined ? undefined : { path, ...this.#state };
  }

  /** @param path absolute; undefined ends it. @throws {Failure} `gateway.folder`, `gateway.folder-unwritten`. */
  async set(path: string | undefined): Promise<void> {
    const { rows, gateway } = this.#context;
    if (path !== undefined) await prepare(path);
    const sealed = path === undefined ? null : rows.seal(FOLDER, this.#key, this.#key, utf8(path)).sealed;
    const before = await this.#path();
    const [old, next] = [before, path].map((each) => (each === undefined ? [] : [each])) as [string[], string[]];
    const said = settingChange(this.#context, {
      setting: 'reading-folder',
      subject: toHex(this.#context.device),
      before: old,
      after: next,
    });
    await gateway.commit({ ...said, rows: [...said.rows, { kind: FOLDER, key: this.#key, tag: this.#key, sealed }] });
    this.#state = NOT_LOOKED;
    if (path !== undefined) await this.look();
  }

  /**
   * Takes in what lies there. Asked each minute; what the disk or the folder refuses is kept for the screen, and tried again. A folder
   * that does not answer holds nobody up: it goes on behind, and no second look begins meanwhile.
   */
  async look(): Promise<void> {
    const path = await this.#path();
    if (path === undefined || !mayDo(this.#context.staff.role, 'monitoring.write')) return;
    this.#running ??= this.#lookInto(path).finally(() => {
      this.#running = undefined;
    });
    const { promise: late, resolve } = Promise.withResolvers<'late'>();
    const timer = setTimeout(resolve, this.#patience, 'late');
    const ended = await Promise.race([this.#running, late]);
    clearTimeout(timer);
    if (ended === 'late') this.#lookedWith(silent(path));
  }

  #lookedWith(folderProblem: KeptProblem | null): void {
    const before = this.#state.folderProblem;
    this.#state = { ...this.#state, lookedAt: this.#context.clock(), folderProblem };
    if (before?.message !== folderProblem?.message) this.#context.notify({ topics: ['monitoring'] });
  }

  async #lookInto(path: string): Promise<void> {
    let folderProblem: KeptProblem | null = null;
    try {
      const names = await batchesIn(path);
      for (const name of names.slice(0, MOST_AT_ONCE)) folderProblem = (await this.#takeIn(path, name)) ?? folderProblem;
    } catch (error) {
      folderProblem = asFailure(error);
    }
    this.#lookedWith(folderProblem);
  }

  /** @returns why this file could not be read or put away, which keeps no other waiting. @throws {Failure} what is the clinic's own disk's fault. */
  async #takeIn(path: string, name: string): Promise<Failure | undefined> {
    let file: string;
    try {
      file = await readBatch(join(path, name));
    } catch (cause) {
      // Another desk has taken it in meanwhile, or the folder is gone: the next look says so.
      return isAbsent(cause) ? undefined : fileUnread(name, cause);
    }
    const report = await this.#take(file);
    const isRefused = report instanceof Failure;
    if (isRefused) this.#state = { ...this.#state, batchProblem: report };
    try {
      if (isRefused) await putAway(path, REFUSED, name, `${report.message} (${report.code})\n`);
      else await putAway(path, TAKEN, name, inWords(report));
    } catch (cause) {
      return unwritten(path, cause);
    }
    const { taken, refused } = this.#state;
    this.#state = { ...this.#state, ...(isRefused ? { refused: refused + 1 } : { taken: taken + 1 }) };
    return undefined;
  }

  /** @returns why it is refused, as a value. @throws {Failure} what is no fault of the batch, such as a disk that is full. */
  async #take(file: string): Promise<BatchReport | Failure> {
    try {
      return await this.#gateways.take(file);
    } catch (error) {
      const failure = asFailure(error);
      if (!failure.code.startsWith('gateway.')) throw failure;
      return failure;
    }
  }

  async #path(): Promise<string | undefined> {
    const { reader, rows } = this.#context;
    const [row] = await rowsOfKeys(reader, FOLDER, [this.#key]);
    return row && fromUtf8(rows.open(FOLDER, row));
  }
}

/** Its two folders are made at once: that it can be written to shows now, and their absence later that something else lies at this path. */
async function prepare(path: string): Promise<void> {
  if (!(isAbsolute(path) && (await isFolder(path))))
    throw new Failure('gateway.folder', 'There is no such folder on this computer. Give its whole path, such as /srv/readings.');
  try {
    for (const name of [TAKEN, REFUSED]) await mkdir(join(path, name), { recursive: true });
  } catch (cause) {
    throw unwritten(path, cause);
  }
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

const isAbsent = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** In the order of their names. @throws {Failure} `gateway.folder-unread`, `gateway.folder-other`. */
async function batchesIn(path: string): Promise<string[]> {
  const names = await readdir(path).catch((cause: unknown) => {
    throw unread(path, cause);
  });
  // Where a disk or a share was, an empty folder may stay.
  if (!names.includes(TAKEN) && !names.includes(REFUSED)) throw other(path);
  return names.filter((name) => name.endsWith(BATCH_ENDING) && !name.startsWith('.')).sort();
}

/** No more than shows that it is too long for a batch. Whoever writes to the folder has nothing else of this computer read, and no look waiting. */
const readBatch = async (path: string): Promise<string> =>
  (await readRegularFile(path, LARGEST_BATCH, { links: 'refused' })).toString('utf8');

function inWords({ taken, refused, before }: BatchReport): string {
  const first = before ? 'Taken in before; nothing was written.' : `${taken} taken in, ${refused.length} refused.`;
  return `${[first, ...refused.map(({ reading, why }) => `Reading ${reading}: ${why}`)].join('\n')}\n`;
}

async function putAway(folder: string, to: string, name: string, said: string): Promise<void> {
  await mkdir(join(folder, to), { recursive: true });
  if ((await lstat(join(folder, to))).isSymbolicLink()) throw new Error('a link leads out of the folder');
  await writeFileDurably(join(folder, to, `${name}.txt`), utf8(said));
  await rename(join(folder, name), join(folder, to, name)).catch((error: unknown) => {
    // Another desk was quicker.
    if (!isAbsent(error)) throw error;
  });
}

const unread = (path: string, cause: unknown): Failure =>
  new Failure(
    'gateway.folder-unread',
    `The folder “${path}” is not there or cannot be read, so no readings come in from it. Connect the drive or the share that it is on, and let this account read it; it is looked at again each minute. If it was moved, name its new place.`,
    { retry: true, cause },
  );

const other = (path: string): Failure =>
  new Failure(
    'gateway.folder-other',
    `At “${path}” lies another folder than the one that was named: “${TAKEN}” and “${REFUSED}” are not in it. Perhaps its drive or share is not connected. If it is the right one, look there no more, and name it again.`,
    { retry: true },
  );

const silent = (path: string): Failure =>
  new Failure(
    'gateway.folder-silent',
    `The folder “${path}” does not answer, so no readings come in from it. Look whether the computer or the network behind it is on; it goes on by itself once it answers.`,
    { retry: true },
  );

const unwritten = (path: string, cause: unknown): Failure =>
  new Failure(
    'gateway.folder-unwritten',
    `Nothing can be written into the folder “${path}”, so batches cannot be put away there once they are taken in. Let this account write there, or make room on its disk.`,
    { retry: true, cause },
  );

const fileUnread = (name: string, cause: unknown): Failure =>
  new Failure(
    'gateway.file-unread',
    `The file “${name}” in the folder cannot be read, so it waits there; the others are taken in. Let this account read it, or take it away; a link, a pipe or a folder is never read.`,
    { retry: true, cause },
  );
