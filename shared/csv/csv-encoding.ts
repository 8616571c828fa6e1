/**
 * In which characters a table is written: UTF-8 (or UTF-16 where its mark says so), else, where a person said so, Windows-1252, which
 * spreadsheets of Western Europe write and which has every character of Latin-1.
 */
import { Failure } from '../outcome/failure.ts';

/** A larger table is not read at once. */
export const MAX_TABLE_BYTES = 32 * 1024 * 1024;

/** How to read a table that is no UTF-8. */
export const OTHER_ENCODINGS = ['windows-1252'] as const;
export type OtherEncoding = (typeof OTHER_ENCODINGS)[number];

const UTF_8 = new TextDecoder('utf-8', { fatal: true });
const NEWLINE = 0x0a;
/** What Windows-1252 has no character for. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const NO_CHARACTER = /[\u0000-\u0008\u000e-\u001f\u0080-\u009f]/;

/** The first line that is no UTF-8, from 1; undefined for a table that says in which Unicode it is, or needs to say nothing. */
export function foreignLine(bytes: Uint8Array): number | undefined {
  if (utf16Of(bytes) || decoded(bytes, UTF_8) !== undefined) return undefined;
  // No character of UTF-8 reaches over the end of a line.
  for (let line = 1, from = 0; ; line++) {
    const end = bytes.indexOf(NEWLINE, from);
    const until = end < 0 ? bytes.length : end + 1;
    if (end < 0 || decoded(bytes.subarray(from, until), UTF_8) === undefined) return line;
    from = until;
  }
}

/**
 * The text of a table. What is UTF-8 is read as such, whatever `other` says: by chance nothing else is.
 * @param other how to read it when it is not
 * @throws {Failure} `csv.encoding` with the `line`, `csv.not-windows-1252`.
 */
export function tableText(bytes: Uint8Array, other: OtherEncoding | undefined): string {
  const text = decoded(bytes, utf16Of(bytes) ?? UTF_8);
  if (text !== undefined) return text;
  const line = foreignLine(bytes) ?? 1;
  if (!other)
    throw new Failure(
      'csv.encoding',
      'This line is no UTF-8. Save the table as “CSV UTF-8”, or say in the mapping that it is Windows-1252 (“encoding”).',
      { details: { line } },
    );
  const read = new TextDecoder(other).decode(bytes);
  if (!NO_CHARACTER.test(read)) return read;
  throw new Failure(
    'csv.not-windows-1252',
    'This table is neither UTF-8 nor Windows-1252. Open it where it was written, and save it as “CSV UTF-8”.',
    { details: { line: read.slice(0, read.search(NO_CHARACTER)).split('\n').length } },
  );
}

/** As the mark at its beginning says (Unicode, section 23.8). */
function utf16Of([first, second]: Uint8Array): TextDecoder | undefined {
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le', { fatal: true });
  return first === 0xfe && second === 0xff ? new TextDecoder('utf-16be', { fatal: true }) : undefined;
}

function decoded(bytes: Uint8Array, decoder: TextDecoder): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
