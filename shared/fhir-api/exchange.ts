/** Requests of programs and what they are answered, without the wire: formats, bodies, headers. */

import { fromUtf8 } from '../encoding/bytes.ts';
import { sliceAt } from '../fhir/json-cursor.ts';
import { readStrictJsonBytes } from '../fhir/strict-json.ts';
import { Failure } from '../outcome/failure.ts';
import { refusalOf, statusOf } from './outcomes.ts';

/** A request as the host took it from the wire; nothing of it is believed. */
export interface FhirRequest {
  readonly method: string;
  /** Behind the base: `/Patient/1?_format=json`. */
  readonly target: string;
  /** `http://127.0.0.1:7460/fhir` */
  readonly base: string;
  /** Those that count here, '' when they were not sent. */
  readonly headers: Readonly<Record<FhirHeader, string>>;
  readonly body: Uint8Array;
  /** Its body has not been read: whoever may not ask is answered now, to others `GO_ON` says to send it. */
  readonly isBodyToCome?: true;
  /** The asker's address on the clinic's network; left out for a program on this computer. */
  readonly from?: string;
}

export const FHIR_HEADERS = [
  'authorization',
  'accept',
  'content-type',
  'content-encoding',
  'prefer',
  'if-match',
  'if-none-exist',
  'range',
  'if-range',
] as const;
export type FhirHeader = (typeof FHIR_HEADERS)[number];

export interface FhirAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text, or a part of a file. */
  readonly body: string | Uint8Array;
  /** The target under which the answer goes on, where this is a part of it. */
  readonly next?: string | undefined;
  /** Which program was answered, for this computer's list of who asks. */
  readonly program?: string;
}

/** Who asks may, as far as its head says; what they ask is judged with the body. */
export const GO_ON: FhirAnswer = { status: 100, headers: {}, body: '' };

const ACCEPTED = /^(?:application\/(?:fhir\+json|json|\*)|\*\/\*)(?:\s*;.*)?$/i;
/** Files of an export (HL7 FHIR Bulk Data Access 2.0, file request). */
const ACCEPTED_LINES = /^application\/(?:fhir\+)?ndjson(?:\s*;.*)?$/i;
/** A version of FHIR that is not the one spoken here (R4 versioning.html, the MIME type parameter). */
const OTHER_VERSION = /;\s*fhirVersion\s*=\s*"?(?!4\.0\b)/i;

export const isStrict = ({ headers }: FhirRequest): boolean => /\bhandling=strict\b/.test(headers.prefer);

/** @param isFile whether a file of an export is asked for @throws {Failure} `fhir-api.not-acceptable`. */
export function refuseFormats(accept: string, query: URLSearchParams, isFile: boolean): void {
  const format = query.get('_format') ?? 'json';
  const fits = (range: string): boolean =>
    (ACCEPTED.test(range) || (isFile && ACCEPTED_LINES.test(range))) && !OTHER_VERSION.test(range);
  const named = format === 'json' || fits(format.replace(' ', '+'));
  if (named && (accept === '' || accept.split(',').some((each) => fits(each.trim())))) return;
  throw new Failure('fhir-api.not-acceptable', 'Answers are given as application/fhir+json of FHIR R4 (4.0) only.');
}

/** Parameters of a search by POST. @throws {Failure} `fhir-api.media-type`, `fhir-api.parameter-malformed`. */
export function formOf({ headers, body }: FhirRequest): URLSearchParams {
  if (body.length === 0) return new URLSearchParams();
  if (!/^application\/x-www-form-urlencoded(?:\s*;.*)?$/i.test(headers['content-type']))
    throw new Failure('fhir-api.media-type', 'A search by POST has its parameters as application/x-www-form-urlencoded.');
  return new URLSearchParams(fromUtf8(body));
}

/** @throws {Failure} `fhir-api.media-type`, `fhir.json-…`. */
export function resourceIn({ headers, body }: FhirRequest): string {
  refuseEncoded(headers);
  if (!/^application\/(?:fhir\+json|json)(?:\s*;.*)?$/i.test(headers['content-type']))
    throw new Failure('fhir-api.media-type', 'Resources are taken as application/fhir+json only.');
  return readStrictJsonBytes(body).text;
}

function refuseEncoded({ 'content-encoding': encoding }: FhirRequest['headers']): void {
  if (encoding !== '' && encoding.toLowerCase() !== 'identity')
    throw new Failure('fhir-api.media-type', 'Bodies are not taken compressed. Send this one as it is.');
}

/**
 * What an operation was asked for by POST: the parameters of a Parameters that have one plain value (R4 operations.html). None where nothing
 * was sent.
 * @throws {Failure} `fhir-api.media-type`, `fhir-api.parameters`, `fhir.json-…`.
 */
export function parametersIn(request: FhirRequest): ReadonlyArray<readonly [name: string, value: string]> {
  if (request.body.length === 0) return [];
  const { resourceType, parameter } = JSON.parse(resourceIn(request)) as Record<string, unknown>;
  const given: unknown[] = Array.isArray(parameter) ? parameter : [];
  if (resourceType !== 'Parameters')
    throw new Failure('fhir-api.parameters', 'What an operation is to know comes as a Parameters resource.');
  return given.map((each) => {
    const { name, ...rest } = isObject(each) ? each : {};
    const [[key, value] = []] = Object.entries(rest);
    const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    if (typeof name === 'string' && key?.startsWith('value') && isPlain) return [name, String(value)];
    throw new Failure('fhir-api.parameters', 'Each parameter has a name and one plain value, such as valueInteger.');
  });
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/** @throws {Failure} `fhir-api.media-type`, `fhir.json-…`. */
export function patchIn({ headers, body }: FhirRequest): string {
  refuseEncoded(headers);
  if (!/^application\/json-patch\+json(?:\s*;.*)?$/i.test(headers['content-type']))
    throw new Failure('fhir-api.media-type', 'Patches are taken as application/json-patch+json only.');
  return readStrictJsonBytes(body, { fhir: false }).text;
}

/** The resource of a Parameters that an operation was sent, or what was sent itself. */
export function validatedIn(text: string): string {
  const place =
    (JSON.parse(text) as { resourceType?: unknown }).resourceType === 'Parameters' && sliceAt(text, 'parameter[0].resource');
  return place ? text.slice(place.start, place.end) : text;
}

export const versionHeaders = ({
  version,
  time,
}: {
  readonly version: number;
  readonly time: number;
}): Record<string, string> => ({
  etag: entityTag(version),
  'last-modified': new Date(time).toUTCString(),
});

/** Of a resource that was written, or found where it was to be written: which version lies where (R4 http.html#create). */
export const placeHeaders = (
  base: string,
  { type, id, ...version }: { readonly type: string; readonly id: string; readonly version: number; readonly time: number },
): Record<string, string> => ({ ...versionHeaders(version), location: `${base}/${type}/${id}/_history/${version.version}` });

export const json = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): FhirAnswer => ({
  status,
  headers,
  body,
});

/** Weak, as FHIR wants it: `W/"3"`. */
export const entityTag = (version: number): string => `W/"${version}"`;

/** A refusal as it is answered. */
export function refused(failure: Failure): FhirAnswer {
  const status = statusOf(failure);
  const { seconds, allow } = failure.details;
  const challenge = challengeOf(failure.code, status);
  return json(status, JSON.stringify(refusalOf(failure)), {
    ...(challenge === undefined ? {} : { 'www-authenticate': `Bearer realm="Careledger"${challenge}` }),
    ...(typeof allow === 'string' ? { allow } : {}),
    ...(seconds === undefined ? {} : { 'retry-after': String(seconds) }),
  });
}

/** What is wrong with a token (RFC 6750, section 3): nothing is said of one that was not sent. */
function challengeOf(code: string, status: number): string | undefined {
  if (code === 'fhir-api.scope') return ', error="insufficient_scope"';
  if (status !== 401) return undefined;
  return code === 'fhir-api.no-token' ? '' : ', error="invalid_token"';
}
