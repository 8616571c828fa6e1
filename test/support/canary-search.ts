/** A search for words that must stand nowhere, in the forms in which text is commonly kept. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Base64 has three ways to begin inside other text; what surrounds a word may change its ends. */
function formsOf(canary: string): Buffer[] {
  const bytes = Buffer.from(canary);
  const base64 = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replaceAll('=', '');
    const from = before === 0 ? 0 : before + 1;
    return text.slice(from, Math.floor(((before + bytes.length) * 8) / 6));
  });
  const hex = bytes.toString('hex');
  const utf16 = Buffer.from(canary, 'utf16le');
  const texts = [...base64, hex, hex.toUpperCase(), encodeURIComponent(canary)].map((text) => Buffer.from(text));
  return [bytes, utf16, Buffer.from(utf16).swap16(), ...texts];
}

export class CanarySearch {
  readonly #forms: readonly { readonly canary: string; readonly bytes: Buffer }[];

  constructor(canaries: readonly string[]) {
    this.#forms = canaries.flatMap((canary) => formsOf(canary).map((bytes) => ({ canary, bytes })));
  }

  /** The canaries that these bytes hold. */
  in(bytes: Buffer | string): string[] {
    const searched = Buffer.from(bytes as string);
    return [...new Set(this.#forms.filter((form) => searched.includes(form.bytes)).map(({ canary }) => canary))];
  }

  /** `canary in path` for each canary in each file below a folder. */
  below(folder: string): string[] {
    return filesBelow(folder).flatMap((file) =>
      this.in(readFileSync(file)).map((canary) => `${canary} in ${file.slice(folder.length)}`),
    );
  }
}

/** Every file below a folder. */
export const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
