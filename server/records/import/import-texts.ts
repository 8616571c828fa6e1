/** Texts that a page hands over in parts: held in memory until the last, since plain text never touches the disk. */
import { Failure } from '../../../shared/outcome/failure.ts';
import { formatOf, textFile } from './import-job-state.ts';
import type { JobFile } from './import-rows.ts';

const LARGEST_TEXT = 256 * 1024 * 1024;

export class ArrivingTexts {
  readonly #files = new Map<string, { readonly parts: Uint8Array[]; bytes: number }>();

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

  /** Each file's text as a whole. */
  whole(): Map<string, Uint8Array> {
    return new Map([...this.#files].map(([name, { parts }]) => [name, Buffer.concat(parts)]));
  }
}
