/**
 * The folder in which gateways leave their batches, on a disk or a share that this computer sees; no network is needed. What was taken
 * in goes to `taken` inside of it, what was refused to `refused`, each with its reason beside it. Nothing is deleted.
 */
import { mkdir, readdir, readFile, rename, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { mayDo } from '../../shared/access/permissions.ts';
import { fromUtf8, utf8 } from '../../shared/encoding/bytes.ts';
import { BATCH_ENDING } from '../../shared/monitoring/reading-batch.ts';
import { asFailure, Failure } from '../../shared/outcome/failure.ts';
import { writeFileDurably } from '../storage/durable-file.ts';
import type { KeptProblem } from '../sync/vault-context/problem.ts';
import type { VaultContext } from '../sync/vault-context/vault-context.ts';
import { rowsOfKeys } from '../sync/vault-context/vault-rows.store.ts';
import type { BatchReport, Gateways } from './gateways.ts';

const FOLDER = 'reading-folder';
/** Batches of one look: the minute after goes on. */
const MOST_AT_ONCE = 50;

interface FolderState {
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly lookedAt: number | null;
  readonly taken: number;
  readonly refused: number;
  readonly problem: KeptProblem | null;
}

export class ReadingFolders {
  readonly #context: VaultContext;
  readonly #gateways: Gateways;
  readonly #key: Uint8Array;
  #state: Omit<FolderState, 'path'> = { lookedAt: null, taken: 0, refused: 0, problem: null };

  constructor(context: VaultContext, gateways: Gateways) {
    this.#context = context;
    this.#gateways = gateways;
    this.#key = context.rows.name(FOLDER, context.device);
  }

  async state(): Promise<FolderState | undefined> {
    const path = await this.#path();
    return path === undefined ? undefined : { path, ...this.#state };
  }

  /** @param path absolute; undefined ends it. @throws {Failure} `gateway.folder`. */
  async set(path: string | undefined): Promise<void> {
    const { rows, gateway } = this.#context;
    if (path !== undefined && !(isAbsolute(path) && (await isFolder(path))))
      throw new Failure(
        'gateway.folder',
        'There is no such folder on this computer. Give its whole path, such as /srv/readings.',
      );
    const sealed = path === undefined ? null : rows.seal(FOLDER, this.#key, this.#key, utf8(path)).sealed;
    await gateway.commit({ rows: [{ kind: FOLDER, key: this.#key, tag: this.#key, sealed }] });
    this.#state = { lookedAt: null, taken: 0, refused: 0, problem: null };
    if (path !== undefined) await this.look();
  }

  /** Takes in what lies there. Asked each minute; what the disk or the folder refuses is kept for the screen, and tried again. */
  async look(): Promise<void> {
    const path = await this.#path();
    if (path === undefined || !mayDo(this.#context.staff.role, 'monitoring.write')) return;
    this.#state = { ...this.#state, lookedAt: this.#context.clock() };
    try {
      const names = (await readdir(path)).filter((name) => name.endsWith(BATCH_ENDING) && !name.startsWith('.'));
      for (const name of names.sort().slice(0, MOST_AT_ONCE)) await this.#takeIn(path, name);
      if (names.length === 0 && this.#state.refused === 0) this.#state = { ...this.#state, problem: null };
    } catch (error) {
      this.#state = { ...this.#state, problem: asFailure(error) };
    }
  }

  async #takeIn(path: string, name: string): Promise<void> {
    const file = await readFile(join(path, name), 'utf8');
    let said: string;
    try {
      said = inWords(await this.#gateways.take(file));
    } catch (error) {
      const failure = asFailure(error);
      // A disk that is full is no fault of the batch.
      if (!failure.code.startsWith('gateway.')) throw failure;
      await moved(path, 'refused', name, `${failure.message} (${failure.code})\n`);
      this.#state = { ...this.#state, refused: this.#state.refused + 1, problem: failure };
      return;
    }
    await moved(path, 'taken', name, said);
    this.#state = { ...this.#state, taken: this.#state.taken + 1 };
  }

  async #path(): Promise<string | undefined> {
    const { reader, rows } = this.#context;
    const [row] = await rowsOfKeys(reader, FOLDER, [this.#key]);
    return row && fromUtf8(rows.open(FOLDER, row));
  }
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

function inWords({ taken, refused, before }: BatchReport): string {
  const first = before ? 'Taken in before; nothing was written.' : `${taken} taken in, ${refused.length} refused.`;
  return `${[first, ...refused.map(({ reading, why }) => `Reading ${reading}: ${why}`)].join('\n')}\n`;
}

async function moved(folder: string, to: string, name: string, said: string): Promise<void> {
  await mkdir(join(folder, to), { recursive: true });
  await writeFileDurably(join(folder, to, `${name}.txt`), utf8(said));
  await rename(join(folder, name), join(folder, to, name));
}
