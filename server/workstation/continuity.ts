/**
 * The mark outside of a data folder that tells whether the folder goes on where its device stopped: one small file per folder,
 * machine and user, in the system's place for state (machine.ts). It names the newest block that may have been signed. A folder that
 * is copied, moved to another place or restored has no mark that fits, and its device goes on in a new epoch (server/sync/continuity.ts).
 *
 * Who puts a data folder back from a backup need do nothing: the mark will not fit. `breakContinuity` says it aloud, for a folder
 * that is put back in the very state in which it stopped.
 */
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readFile, realpath, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fromHex, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { writeFileDurably } from '../storage/durable-file.ts';
import { storageFailure } from '../storage/faults.ts';
import type { ChainMark, Continuity } from '../sync/continuity.ts';
import { sha256 } from '../vault/primitives.ts';
import { machineId, stateFolder } from './machine.ts';

/** On Linux a write can be its own sync: one call for each act instead of two. Elsewhere the flag says less than a sync does. */
const SYNCED = process.platform === 'linux' ? constants.O_RDWR | constants.O_DSYNC : undefined;

const FORMAT = 'careledger-mark-1';
const PATTERN = /^careledger-mark-1 ([0-9a-f]{64}) ([0-9a-f]{16}) ([0-9]{16}) ([0-9a-f]{16})\n$/;

/** Always as many bytes, so that it is written in place with one sync; one that was torn does not fit its check. */
function textOf({ device, epoch, height }: ChainMark): string {
  const fields = `${FORMAT} ${toHex(device)} ${toHex(epoch)} ${String(height).padStart(16, '0')}`;
  return `${fields} ${checkOf(fields)}\n`;
}

const checkOf = (fields: string): string => toHex(sha256(utf8(fields)).subarray(0, 8));

function markOf(text: string): ChainMark | undefined {
  const [, device, epoch, height, check] = PATTERN.exec(text) ?? [];
  if (!device || !epoch || !height || check !== checkOf(text.slice(0, text.lastIndexOf(' ')))) return undefined;
  return { device: fromHex(device), epoch: fromHex(epoch), height: Number(height) };
}

/** Where this machine and user keep the mark of a data folder. */
export async function markPath(folder: string): Promise<string> {
  const name = sha256(utf8(`${await machineId()}\n${await realpath(folder)}`));
  return join(stateFolder(), 'marks', toHex(name.subarray(0, 16)));
}

export class FileContinuity implements Continuity {
  readonly #path: string;
  #file: FileHandle | undefined;

  private constructor(path: string) {
    this.#path = path;
  }

  /** @param folder a data folder, which is there */
  static async of(folder: string): Promise<FileContinuity> {
    return new FileContinuity(await markPath(folder));
  }

  async last(): Promise<ChainMark | undefined> {
    const text = await readFile(this.#path, 'utf8').catch(() => '');
    return markOf(text);
  }

  /**
   * On a machine that keeps no state for this user there is no mark at all, and each start is a new epoch.
   * @throws {Failure} as `storageFailure` when there is a mark that cannot be moved: it must not fall behind.
   */
  async advance(mark: ChainMark): Promise<void> {
    const bytes = utf8(textOf(mark));
    try {
      this.#file ??= await open(this.#path, SYNCED ?? 'r+');
      await this.#file.write(bytes, 0, bytes.length, 0);
      if (!SYNCED) await this.#file.datasync();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw storageFailure(error, { path: this.#path });
      await this.#create(bytes);
    }
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
  }

  async #create(bytes: Uint8Array): Promise<void> {
    try {
      await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
      await writeFileDurably(this.#path, bytes);
    } catch {
      // Without any mark nothing can be mistaken for a proof.
    }
  }
}

/** After this the device of `folder` goes on in a new epoch, whatever this machine remembers of it. */
export async function breakContinuity(folder: string): Promise<void> {
  await rm(await markPath(folder), { force: true });
}
