/** The one folder that holds everything an installation owns: ours or empty, for this user only, and for one process at a time. */
import { existsSync } from 'node:fs';
import { chmod, mkdir, open, readdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Failure } from '../../shared/outcome/failure.ts';
import { Connection } from './connection.ts';
import { removeUnfinished, syncFolder, writeFileDurably } from './durable-file.ts';
import { storageFailure } from './faults.ts';

interface DataFolder {
  /** Absolute. */
  readonly path: string;
  /** Lets another process in. Ending the process, however it ends, does the same. */
  close(): Promise<void>;
}

const FORMAT_FILE = 'FORMAT';
const FORMAT_TEXT = 'Careledger data folder, format ';
const FORMAT_NUMBER = 1;
/**
 * An empty SQLite database on which an EXCLUSIVE lock is held: Node offers no lock of its own that the system takes back when a
 * process is killed. Nobody may open this file in another way: on POSIX, closing any handle of it in this process drops the lock.
 */
const LOCK_FILE = 'lock';
const OWNER_FILE = 'lock-owner';
/** Electron's own files, which it writes before the program is asked. */
const SHELL_FOLDER = 'shell';
/** How long a new instance waits for one that is just ending. */
const LOCK_WAIT_MS = 300;

/**
 * Opens the data folder `folder`, which is made (0700) when it is not there.
 * @throws {Failure} `storage.folder-in-use` with the other process's number in `details.pid`; `storage.foreign-folder` when it holds
 *   files but is not ours; `storage.folder-newer`; `storage.read-only`, `storage.disk-full` and what else `storageFailure` sorts.
 */
export async function openDataFolder(folder: string): Promise<DataFolder> {
  const path = resolve(folder);
  try {
    await makePrivate(path);
    const marked = await isMarked(path);
    const lock = await takeLock(path);
    try {
      await removeUnfinished(path);
      if (!marked) await writeFileDurably(join(path, FORMAT_FILE), Buffer.from(`${FORMAT_TEXT}${FORMAT_NUMBER}\n`));
      await writeFile(join(path, OWNER_FILE), `${process.pid}\n`, { mode: 0o600 });
    } catch (error) {
      await lock.close();
      throw error;
    }
    return { path, close: () => release(path, lock) };
  } catch (error) {
    throw storageFailure(error, { path });
  }
}

async function makePrivate(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST' || error.code === 'ENOTDIR') throw foreign(path, 'there is a file of that name');
    throw error;
  });
  if (first !== undefined) await syncFolder(dirname(first));
}

/** Whether the folder has our marker; false when it is new. Nothing is written before this is known. */
async function isMarked(path: string): Promise<boolean> {
  const names = await readdir(path);
  if (!names.includes(FORMAT_FILE)) {
    // What a first start that was cut short may leave behind is still a new folder.
    const known = [LOCK_FILE, OWNER_FILE, SHELL_FOLDER];
    const other = names.find((name) => !known.includes(name) && !name.startsWith(`.${FORMAT_FILE}.`));
    if (other !== undefined) throw foreign(path, 'it holds other files');
    await chmod(path, 0o700);
    return false;
  }
  const text = await readFile(join(path, FORMAT_FILE), 'utf8');
  const number = text.startsWith(FORMAT_TEXT) ? Number(text.slice(FORMAT_TEXT.length)) : Number.NaN;
  if (!Number.isSafeInteger(number) || number < 1) throw foreign(path, 'its FORMAT file is not ours');
  if (number > FORMAT_NUMBER) {
    throw new Failure(
      'storage.folder-newer',
      `The data folder ${path} was written by a newer Careledger. Nothing was changed; install the newest version to open it.`,
      { details: { path, format: number } },
    );
  }
  await chmod(path, 0o700);
  return true;
}

async function takeLock(path: string): Promise<Connection> {
  const file = join(path, LOCK_FILE);
  if (!existsSync(file)) await (await open(file, 'a', 0o600)).close();
  const lock = await Connection.open(file, 'write');
  try {
    // Nothing is ever written through it, so its journal need not be a file.
    await lock.script(`PRAGMA busy_timeout=${LOCK_WAIT_MS}; PRAGMA journal_mode=MEMORY; BEGIN EXCLUSIVE`);
    return lock;
  } catch (error) {
    await lock.close();
    if (storageFailure(error).code !== 'storage.busy') throw error;
    throw await inUse(path);
  }
}

async function inUse(path: string): Promise<Failure> {
  const owner = Number.parseInt(await readFile(join(path, OWNER_FILE), 'utf8').catch(() => ''), 10);
  const who = Number.isSafeInteger(owner) ? `process ${owner}` : 'another process';
  return new Failure(
    'storage.folder-in-use',
    `Careledger is already running on the data folder ${path} (${who}). Use the window that is open, end that process, or choose another folder.`,
    { retry: true, details: { path, ...(Number.isSafeInteger(owner) ? { pid: owner } : {}) } },
  );
}

async function release(path: string, lock: Connection): Promise<void> {
  // While the lock is still held, so that it cannot be the next owner's.
  await unlink(join(path, OWNER_FILE)).catch(() => undefined);
  await lock.close();
}

function foreign(path: string, why: string): Failure {
  return new Failure(
    'storage.foreign-folder',
    `The folder ${path} is not a Careledger data folder: ${why}. Nothing in it was changed; choose an empty folder or one that Careledger made.`,
    { details: { path } },
  );
}
