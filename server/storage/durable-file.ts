/** Files that are whole or absent after a power failure. */
import { type FileHandle, open, readdir, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { storageFailure } from './faults.ts';

/**
 * Puts `bytes` at `path` (mode 0600) so that after any crash the old or the new content is there, never a part: temporary file,
 * fsync, rename, fsync of the folder. Durable when it resolves.
 * @throws {Failure} `storage.disk-full`, `storage.io-error`, `storage.read-only`; the old content is then still there.
 */
export async function writeFileDurably(path: string, bytes: Uint8Array): Promise<void> {
  await writeFileWhole(path, bytes);
  try {
    await syncFolder(dirname(path));
  } catch (error) {
    throw storageFailure(error, { path });
  }
}

/** The same without the fsync of the folder: for many files, whose folders are made durable once, by `syncFolder`. */
export async function writeFileWhole(path: string, bytes: Uint8Array): Promise<void> {
  // One name for each file and process: what a crash left behind goes with the next attempt.
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    const file = await openNew(temporary);
    await writeAndClose(file, bytes);
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw storageFailure(error, { path });
  }
}

/** Takes away what processes that were killed left of files that they were writing in `folder`. Only for who alone writes there. */
export async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const writer = Number(/^\..+\.([0-9]+)\.tmp$/.exec(name)?.[1] ?? Number.NaN);
    if (Number.isSafeInteger(writer) && (writer === process.pid || !isRunning(writer))) await unlink(join(folder, name));
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** A file that was not there: in a folder that others write to, the name may stand for a link out of it, or for a pipe that nobody reads. */
async function openNew(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    await unlink(path);
    return open(path, 'wx', 0o600);
  }
}

async function writeAndClose(file: FileHandle, bytes: Uint8Array): Promise<void> {
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes names made, changed or removed in `folder` durable. Windows has no such call: there NTFS journals names by itself. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
