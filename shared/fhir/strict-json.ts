/**
 * The strict reading of JSON from outside. Limits come first, then the scanner's grammar, then the engine's own parser
 * makes the values: it defines `__proto__` as an ordinary property, and can no longer meet anything it would forgive.
 */
import { fromUtf8 } from '../encoding/bytes.ts';
import { Failure } from '../outcome/failure.ts';
import { type ExactNumbers, scanJson } from './json-scanner.ts';

export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
export interface JsonObject {
  [name: string]: JsonValue | undefined;
}

export interface StrictJsonOptions {
  /** How many objects and arrays may lie inside each other; 100 unless told. */
  readonly maxDepth?: number;
  /** The longest text, in UTF-16 units (for bytes: in bytes); 16 Mi unless told. */
  readonly maxLength?: number;
  /** Refuse also what FHIR's JSON refuses: empty texts, objects and lists, and null outside a list. True unless told. */
  readonly fhir?: boolean;
}

export interface StrictJson {
  readonly value: JsonValue;
  /** The text as it was read, without a byte order mark. */
  readonly text: string;
  /** Literals of the numbers that `value` cannot give back exactly, by path without the resource type. */
  readonly exactNumbers: ExactNumbers;
}

export const MAX_DEPTH = 100;
const MAX_LENGTH = 16 * 1024 * 1024;
const BYTE_ORDER_MARK = '\ufeff';

/**
 * Reads one JSON value (RFC 8259) that fills the text; a leading byte order mark is dropped.
 * @throws {Failure} `fhir.json-too-large`, `-lone-surrogate`, `-truncated`, `-syntax`, `-trailing`, `-duplicate-key`,
 * `-too-deep`, `-empty` or `-null`, with `path` and `offset` in its details.
 */
export function readStrictJson(text: string, options: StrictJsonOptions = {}): StrictJson {
  const maxLength = options.maxLength ?? MAX_LENGTH;
  if (text.length > maxLength) throw tooLarge(maxLength);
  if (!text.isWellFormed()) {
    throw new Failure(
      'fhir.json-lone-surrogate',
      'Half of a surrogate pair stands alone in the text: it is no character. Export the file again as UTF-8.',
      { details: { path: '', offset: loneSurrogateAt(text) } },
    );
  }
  const plain = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  const exactNumbers = scanJson(plain, { maxDepth: options.maxDepth ?? MAX_DEPTH, fhir: options.fhir ?? true });
  return { value: JSON.parse(plain) as JsonValue, text: plain, exactNumbers };
}

/**
 * The same over bytes.
 * @throws {Failure} as `readStrictJson`, and `fhir.json-not-utf8`.
 */
export function readStrictJsonBytes(bytes: Uint8Array, options: StrictJsonOptions = {}): StrictJson {
  const maxLength = options.maxLength ?? MAX_LENGTH;
  if (bytes.length > maxLength) throw tooLarge(maxLength);
  return readStrictJson(decodeStrictUtf8(bytes), options);
}

/** @throws {Failure} `fhir.json-not-utf8`. */
export function decodeStrictUtf8(bytes: Uint8Array): string {
  try {
    return fromUtf8(bytes);
  } catch (cause) {
    throw new Failure(
      'fhir.json-not-utf8',
      'These bytes are not UTF-8, the only encoding of FHIR. Export the file again as UTF-8.',
      {
        details: pathOfFirstBadByte(bytes),
        cause,
      },
    );
  }
}

/** Where the text before the first bad byte stops making sense: for the report only. */
function pathOfFirstBadByte(bytes: Uint8Array): Record<string, string | number> {
  const lenient = new TextDecoder().decode(bytes);
  const offset = lenient.indexOf('\ufffd');
  try {
    scanJson(lenient.slice(0, offset), { maxDepth: MAX_DEPTH, fhir: false });
  } catch (error) {
    if (error instanceof Failure) return { path: error.details.path ?? '', offset };
  }
  return { path: '', offset };
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function tooLarge(maxLength: number): Failure {
  return new Failure(
    'fhir.json-too-large',
    `This JSON text is longer than the ${maxLength} allowed for one value. Split it, for example into NDJSON.`,
    { details: { path: '', maxLength } },
  );
}

function loneSurrogateAt(text: string): number {
  return text.search(/(?:[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff])/);
}
