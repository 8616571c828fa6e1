/**
 * The mark outside of a data folder that tells whether the folder goes on where its device stopped: one small file per folder,
 * machine and user, in the system's place for state (machine.ts). It names the newest block that may have been signed. A folder that
 * is copied, moved to another place or restored has no mark that fits, and its device goes on in a new epoch (server/sync/own-acts/continuity.ts).
 *
 * A mark is written for each act and synced to the disk only where that matters: what a process wrote outlives it while the machine
 * runs. So the mark names the run of the machine that it was written in, and is synced when it is first moved, when the epoch changes,
 * and when the program closes. One that a later run finds without having been closed may be older than what was signed, and says so.
 *
 * Who puts a data folder back from a backup need do nothing: the mark will not fit. `breakContinuity` says it aloud, for a folder
 * that is put back in the very state in which it stopped.
 */
import { type FileHandle, mkdir, open, readFile, realpath, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { equalBytes, fromHex, toHex, utf8 } from '../../../shared/encoding/bytes.ts';
import { writeFileDurably } from '../../storage/durable-file.ts';
import { storageFailure } from '../../storage/faults.ts';
import type { ChainMark, Continuity, KnownMark } from '../../sync/own-acts/continuity.ts';
import { sha256 } from '../../vault/primitives.ts';
import { machineId, machineRun, stateFolder } from './machine.ts';

const FORMAT = 'careledger-mark-2';
const PATTERN = /^careledger-mark-2 ([0-9a-f]{64}) ([0-9a-f]{16}) ([0-9]{16}) (open|shut) ([0-9a-f]{16}) ([0-9a-f]{16})\n$/;

interface Mark extends ChainMark {
  /** `shut` once the program has closed: then it is the newest whatever became of the machine. */
  readonly state: 'open' | 'shut';
  /** Which run of the machine it was written in, 16 hexadecimal digits. */
  readonly run: string;
}

/** Always as many bytes, so that it is written in place; one that was torn does not fit its check. */
function textOf({ device, epoch, height, state, run }: Mark): string {
  const fields = `${FORMAT} ${toHex(device)} ${toHex(epoch)} ${String(height).padStart(16, '0')} ${state} ${run}`;
  return `${fields} ${checkOf(fields)}\n`;
}

const checkOf = (fields: string): string => toHex(sha256(utf8(fields)).subarray(0, 8));

function markOf(text: string): Mark | undefined {
  const [, device, epoch, height, state, run, check] = PATTERN.exec(text) ?? [];
  if (!device || !epoch || !height || !run || check !== checkOf(text.slice(0, text.lastIndexOf(' ')))) return undefined;
  return {
    device: fromHex(device),
    epoch: fromHex(epoch),
    height: Number(height),
    state: state === 'shut' ? 'shut' : 'open',
    run,
  };
}

/** Where this machine and user keep the mark of a data folder. */
export async function markPath(folder: string): Promise<string> {
  const name = sha256(utf8(`${await machineId()}\n${await realpath(folder)}`));
  return join(stateFolder(), 'marks', toHex(name.subarray(0, 16)));
}

/** A run that nobody can tell from another: each mark is synced. */
const UNKNOWN_RUN = '0'.repeat(16);

export class FileContinuity implements Continuity {
  readonly #path: string;
  readonly #run: string;
  #file: FileHandle | undefined;
  /** The newest mark of this process. */
  #newest: Mark | undefined;

  private constructor(path: string, run: string) {
    this.#path = path;
    this.#run = run;
  }

  /**
   * @param folder a data folder, which is there
   * @param run what the system calls this run of the machine; empty where it has no name for it
   */
  static async of(folder: string, run?: string): Promise<FileContinuity> {
    const name = run ?? (await machineRun());
    return new FileContinuity(await markPath(folder), name ? toHex(sha256(utf8(name)).subarray(0, 8)) : UNKNOWN_RUN);
  }

  async last(): Promise<KnownMark | undefined> {
    const mark = markOf(await readFile(this.#path, 'utf8').catch(() => ''));
    if (!mark) return undefined;
    const { device, epoch, height, state, run } = mark;
    return { device, epoch, height, isNewest: state === 'shut' || run === UNKNOWN_RUN || run === this.#run };
  }

  /**
   * On a machine that keeps no state for this user there is no mark at all, and each start is a new epoch.
   * @throws {Failure} as `storageFailure` when there is a mark that cannot be moved: it must not fall behind.
   */
  async advance(mark: ChainMark): Promise<void> {
    const isSynced = this.#run === UNKNOWN_RUN || !this.#newest || !equalBytes(this.#newest.epoch, mark.epoch);
    await this.#write({ ...mark, state: 'open', run: this.#run }, isSynced);
  }

  /** Says on the disk that the newest mark is the newest. A machine that cannot write it any more starts in a new epoch: nothing is thrown. */
  async close(): Promise<void> {
    if (this.#newest) await this.#write({ ...this.#newest, state: 'shut' }, true).catch(() => undefined);
    this.#newest = undefined;
    await this.#file?.close();
    this.#file = undefined;
  }

  async #write(mark: Mark, isSynced: boolean): Promise<void> {
    const bytes = utf8(textOf(mark));
    try {
      this.#file ??= await open(this.#path, 'r+');
      await this.#file.write(bytes, 0, bytes.length, 0);
      if (isSynced) await this.#file.datasync();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw storageFailure(error, { path: this.#path });
      await this.#create(bytes);
    }
    this.#newest = mark;
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
