/**
 * The forms of FHIR R4's primitive types (datatypes.html, section 2.24.0.1) as they appear in JSON. A form looks at one
 * value; emptiness, cardinality and bindings are judged elsewhere.
 */

export interface PrimitiveForm {
  readonly json: 'string' | 'number' | 'boolean';
  /** True when the literal must be written without point and exponent. */
  readonly whole: boolean;
  /** What a person reads when the form does not fit. */
  readonly wanted: string;
  readonly fits: (value: never) => boolean;
}

const YEAR = '(?:[0-9](?:[0-9](?:[0-9][1-9]|[1-9]0)|[1-9]00)|[1-9]000)';
const MONTH = '(?:0[1-9]|1[0-2])';
const DAY = '(?:0[1-9]|[12][0-9]|3[01])';
const TIME = '(?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\\.[0-9]+)?';
const ZONE = '(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))';
const DATE = new RegExp(`^${YEAR}(?:-${MONTH}(?:-${DAY})?)?$`);
const DATE_TIME = new RegExp(`^${YEAR}(?:-${MONTH}(?:-${DAY}(?:T${TIME}${ZONE})?)?)?$`);
const INSTANT = new RegExp(`^${YEAR}-${MONTH}-${DAY}T${TIME}${ZONE}$`);
const TIME_ONLY = new RegExp(`^${TIME}$`);
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const LONGEST_STRING = 1024 * 1024;
/** Everything below the space but tab, line feed and carriage return. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;

const string = (wanted: string, fits: (value: string) => boolean): PrimitiveForm => ({
  json: 'string',
  whole: false,
  wanted,
  fits,
});
const matching = (wanted: string, pattern: RegExp): PrimitiveForm => string(wanted, (value) => pattern.test(value));
const integer = (wanted: string, least: number): PrimitiveForm => ({
  json: 'number',
  whole: true,
  wanted,
  fits: (value: number) => Number.isInteger(value) && value >= least && value <= 2_147_483_647,
});

/** False for a 30 February; assumes the text has the form of a date or begins with one. */
function dayExists(value: string): boolean {
  if (value.length < 10) return true;
  const month = Number(value.slice(5, 7));
  const day = Number(value.slice(8, 10));
  if (month !== 2) return day <= (DAYS[month - 1] as number);
  const year = Number(value.slice(0, 4));
  return day <= (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28);
}

function isText(value: string): boolean {
  return value.length <= LONGEST_STRING && /\S/.test(value) && !CONTROL.test(value);
}

/** RFC 4648 with padding; white space between characters is allowed, as R4 does. Linear, whatever the size. */
function isBase64(value: string): boolean {
  const dense = /\s/.test(value) ? value.replace(/\s+/g, '') : value;
  return dense.length > 0 && dense.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(dense);
}

const text = string('a text with something in it, of at most 1 MiB, without control characters', isText);
const uri = matching('an address without white space', /^\S+$/);
const FORMS: ReadonlyMap<string, PrimitiveForm> = new Map<string, PrimitiveForm>([
  ['base64Binary', string('base64', isBase64)],
  ['boolean', { json: 'boolean', whole: false, wanted: 'true or false', fits: () => true }],
  ['canonical', uri],
  ['code', matching('a code without leading, trailing or double spaces', /^\S+(?:\s\S+)*$/)],
  ['date', string('a date (YYYY, YYYY-MM or YYYY-MM-DD) that exists', (value) => DATE.test(value) && dayExists(value))],
  [
    'dateTime',
    string('a date that exists, or a date and time with seconds and zone', (value) => DATE_TIME.test(value) && dayExists(value)),
  ],
  ['decimal', { json: 'number', whole: false, wanted: 'a number', fits: (value: number) => Number.isFinite(value) }],
  ['id', matching('an id of 1 to 64 letters, digits, hyphens and dots', /^[A-Za-z0-9\-.]{1,64}$/)],
  ['instant', string('a full date and time with seconds and zone', (value) => INSTANT.test(value) && dayExists(value))],
  ['integer', integer('a whole number of 32 bits', -2_147_483_648)],
  ['markdown', text],
  ['oid', matching('urn:oid: and an object identifier', /^urn:oid:[0-2](?:\.(?:0|[1-9][0-9]*))+$/)],
  ['positiveInt', integer('a whole number above zero', 1)],
  ['string', text],
  ['time', matching('a time with seconds', TIME_ONLY)],
  ['unsignedInt', integer('a whole number, zero or more', 0)],
  ['uri', uri],
  ['url', uri],
  ['uuid', matching('urn:uuid: and a UUID in lower case', /^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)],
  ['xhtml', string('XHTML', (value) => !CONTROL.test(value))],
]);

/** The form of a primitive type by its FHIR name, undefined for any other type. */
export function primitiveForm(type: string): PrimitiveForm | undefined {
  return FORMS.get(type);
}

/**
 * True when `value` fits the form. `literal` is how a number was written, when that is known and differs from the number:
 * `1.0` is a decimal and no integer.
 */
export function fitsForm(form: PrimitiveForm, value: unknown, literal?: string): boolean {
  if (typeof value !== form.json) return false;
  if (form.whole && literal !== undefined && !/^-?(?:0|[1-9][0-9]*)$/.test(literal)) return false;
  return form.fits(value as never);
}
