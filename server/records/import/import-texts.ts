/** What a page hands over in parts: texts, held in memory until the last, since plain text never touches the disk, and files of charts beside them. */
import { toHex } from '../../../shared/encoding/bytes.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import type { VaultContext } from '../../sync/vault-context/vault-context.ts';
import { collectHandedFiles, HandedFiles } from './handed-files.ts';
import { formatOf, textFile } from './import-job-state.ts';
import type { JobFile } from './import-rows.ts';

/** Imports that pages may be handing over at once. */
const MOST_ARRIVING = 4;
const LARGEST_TEXT = 256 * 1024 * 1024;

/** What a page has handed over. */
export interface Arrived {
  /** By their files' names. */
  readonly texts: ReadonlyMap<string, Uint8Array>;
  readonly files: HandedFiles;
}

class ArrivingTexts {
  /** Of charts, beside the texts. */
  readonly beside: HandedFiles;
  readonly #files = new Map<string, { readonly parts: Uint8Array[]; bytes: number }>();

  constructor(beside: HandedFiles) {
    this.beside = beside;
  }

  /** @throws {Failure} `fhir.file-kind`, `records.import-too-large`. */
  add(file: string, part: Uint8Array): void {
    if (part.length > 0 || !this.#files.has(file)) {
      formatOf(file);
      const held = this.#files.get(file) ?? { parts: [], bytes: 0 };
      held.parts.push(part);
      held.bytes += part.length;
      this.#files.set(file, held);
    }
    const bytes = [...this.#files.values()].reduce((sum, each) => sum + each.bytes, 0);
    if (bytes > LARGEST_TEXT)
      throw new Failure(
        'records.import-too-large',
        'This is more than a page can hand over at once. Choose the folder on this computer’s disk instead.',
      );
  }

  files(): JobFile[] {
    return [...this.#files].map(([name, { bytes }]) => textFile(name, bytes));
  }

  /** Each file's text as a whole, and what came with the texts. */
  whole(): Arrived {
    const texts = new Map([...this.#files].map(([name, { parts }]) => [name, Buffer.concat(parts)]));
    return { texts, files: this.beside };
  }
}

/** What pages hand over, by job. */
export class Arrivals {
  readonly #context: VaultContext;
  readonly #onForgotten: (id: string) => void;
  readonly #arriving = new Map<string, ArrivingTexts>();
  /** Names of what came with files that may still be asked for. */
  readonly #kept = new Set<string>();

  /** @param onForgotten told of a job that had to make room */
  constructor(context: VaultContext, onForgotten: (id: string) => void) {
    this.#context = context;
    this.#onForgotten = onForgotten;
  }

  has(id: string): boolean {
    return this.#arriving.has(id);
  }

  /** @param job undefined begins one. @throws {Failure} `records.import-unknown`. */
  of(job: string | undefined): { readonly id: string; readonly arriving: ArrivingTexts } {
    const id = job ?? toHex(this.#context.random(16));
    const known = this.#arriving.get(id);
    if (known) return { id, arriving: known };
    if (job !== undefined) throw unknownJob();
    const arriving = new ArrivingTexts(new HandedFiles(this.#context, id));
    this.#kept.add(id);
    this.#arriving.set(id, arriving);
    // A page that went away never says so: the oldest make room.
    for (const oldest of this.#arriving.keys()) if (this.#arriving.size > MOST_ARRIVING) this.forget(oldest);
    return { id, arriving };
  }

  /** All of it is here. @throws {Failure} `records.import-unknown`. */
  take(id: string): Arrived {
    const { arriving } = this.of(id);
    this.#arriving.delete(id);
    return arriving.whole();
  }

  forget(id: string): void {
    const arriving = this.#arriving.get(id);
    this.#arriving.delete(id);
    if (arriving) void this.letGo(arriving.beside);
    this.#onForgotten(id);
  }

  /** The import has ended: its files go. What cannot be taken away now goes with `collect` of a later session. */
  async letGo(files: HandedFiles | undefined): Promise<void> {
    if (!files) return;
    this.#kept.delete(files.arrival);
    await files.drop().catch(() => undefined);
  }

  /** Takes away files that waited for an import which a lock or a crash has ended. */
  collect(): Promise<void> {
    return collectHandedFiles(this.#context, this.#kept);
  }

  close(): void {
    for (const id of this.#arriving.keys()) this.#onForgotten(id);
    this.#arriving.clear();
  }
}

function unknownJob(): Failure {
  return new Failure('records.import-unknown', 'There is no such import. Look at the list of imports.');
}
