/**
 * A whole copy of a database from before an upgrade changes it, kept beside it until the program has started once more without
 * anything to upgrade: whoever has to go back to the earlier program puts it in the place of the database.
 */
import { existsSync } from 'node:fs';
import { rename, rm, stat, statfs } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { Failure } from '../../shared/outcome/failure.ts';
import { copyDatabase } from './database-copy.ts';
import { syncFolder } from './durable-file.ts';
import { storageFailure } from './faults.ts';

export const upgradeCopyOf = (path: string): string => `${path}.before-upgrade`;

/**
 * Durable when it resolves. A copy that an interrupted upgrade left is older than what is there now, and stays.
 * @param tell hears in one line where the copy is
 * @throws {Failure} `storage.no-space-to-upgrade`, and what `storageFailure` sorts: then nothing was upgraded.
 */
export async function keepUpgradeCopy(path: string, tell: (line: string) => void): Promise<void> {
  const copy = upgradeCopyOf(path);
  try {
    if (!existsSync(copy)) {
      await checkSpace(path);
      const partial = `${copy}.partial`;
      await rm(partial, { force: true });
      await copyDatabase(path, partial);
      await rename(partial, copy);
      await syncFolder(dirname(path));
    }
  } catch (error) {
    throw storageFailure(error, { path: copy });
  }
  tell(`${basename(path)} is being upgraded. A copy from before is kept until the next start: ${copy}`);
}

/** Nothing was to be upgraded at this start: the copy of the last upgrade goes. */
export async function dropUpgradeCopy(path: string): Promise<void> {
  const copy = upgradeCopyOf(path);
  for (const file of [copy, `${copy}.partial`]) if (existsSync(file)) await rm(file, { force: true });
}

async function checkSpace(path: string): Promise<void> {
  const sizes = await Promise.all([path, `${path}-wal`].map((file) => stat(file).catch(() => ({ size: 0 }))));
  const needed = Math.ceil(1.1 * sizes.reduce((sum, { size }) => sum + size, 0));
  const { bavail, bsize } = await statfs(dirname(path));
  if (bavail * bsize >= needed) return;
  const mebibytes = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20)} MiB`;
  throw new Failure(
    'storage.no-space-to-upgrade',
    `There is not enough room to keep a copy of ${path} before it is upgraded: ${mebibytes(needed)} are needed, ${mebibytes(bavail * bsize)} are free. Nothing was changed; make room, or start the earlier program.`,
    { retry: true, details: { path } },
  );
}
