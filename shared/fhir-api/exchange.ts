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
  /** The asker's address on the clinic's network; left out for a program on this computer. */
  readonly from?: string;
}

export const FHIR_HEADERS = [
  'authorization',
  'accept',
  'content-type',
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

const ACCEPTED = /^(?:application\/(?:fhir\+json|json|\*)|\*\/\*)(?:\s*;.*)?$/i;

export const isStrict = ({ headers }: FhirRequest): boolean => /\bhandling=strict\b/.test(headers.prefer);

/** @throws {Failure} `fhir-api.not-acceptable`. */
export function refuseFormats(accept: string, query: URLSearchParams): void {
  const format = query.get('_format') ?? 'json';
  const named = format === 'json' || ACCEPTED.test(format.replace(' ', '+'));
  if (named && (accept === '' || accept.split(',').some((each) => ACCEPTED.test(each.trim())))) return;
  throw new Failure('fhir-api.not-acceptable', 'Answers are given as application/fhir+json only.');
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
  if (!/^application\/(?:fhir\+json|json)(?:\s*;.*)?$/i.test(headers['content-type']))
    throw new Failure('fhir-api.media-type', 'Resources are taken as application/fhir+json only.');
  return readStrictJsonBytes(body).text;
}

/** @throws {Failure} `fhir-api.media-type`, `fhir.json-…`. */
export function patchIn({ headers, body }: FhirRequest): string {
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
  const { seconds } = failure.details;
  return json(status, JSON.stringify(refusalOf(failure)), {
    ...(status === 401 ? { 'www-authenticate': 'Bearer realm="Careledger"' } : {}),
    ...(seconds === undefined ? {} : { 'retry-after': String(seconds) }),
  });
}
