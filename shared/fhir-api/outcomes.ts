/** Refusals in the words of FHIR: an HTTP status and an OperationOutcome (R4 operationoutcome.html) with our stable code. */
import type { Issue } from '../fhir/resource-check.ts';
import type { Failure } from '../outcome/failure.ts';

interface Mapped {
  readonly status: number;
  /** HL7 issue type. */
  readonly type: string;
}

const BY_CODE: Readonly<Record<string, Mapped>> = {
  'fhir-api.no-token': { status: 401, type: 'login' },
  'fhir-api.token-unknown': { status: 401, type: 'login' },
  'fhir-api.token-here': { status: 401, type: 'login' },
  'fhir-api.too-many': { status: 429, type: 'throttled' },
  'fhir-api.token-expired': { status: 401, type: 'expired' },
  'fhir-api.person-away': { status: 403, type: 'suppressed' },
  'fhir-api.token-system': { status: 403, type: 'forbidden' },
  'fhir-api.scope': { status: 403, type: 'forbidden' },
  'fhir-api.unknown': { status: 404, type: 'not-found' },
  'fhir-api.type-unknown': { status: 404, type: 'not-supported' },
  'fhir-api.no-such-address': { status: 404, type: 'not-found' },
  'fhir-api.no-such-interaction': { status: 405, type: 'not-supported' },
  'fhir-api.delete': { status: 405, type: 'not-supported' },
  'fhir-api.not-acceptable': { status: 406, type: 'not-supported' },
  'fhir-api.media-type': { status: 415, type: 'not-supported' },
  'fhir-api.target-too-long': { status: 414, type: 'too-long' },
  'fhir-api.search-too-large': { status: 400, type: 'too-costly' },
  'fhir-api.patient-needed': { status: 400, type: 'too-costly' },
  'fhir-api.export-system': { status: 403, type: 'forbidden' },
  'fhir-api.export-many': { status: 429, type: 'throttled' },
  'fhir-api.export-gone': { status: 404, type: 'not-found' },
  'fhir-api.export-changed': { status: 410, type: 'conflict' },
  'fhir-api.range': { status: 416, type: 'value' },
  'fhir-api.if-match': { status: 428, type: 'required' },
  'fhir-api.patch-test': { status: 422, type: 'processing' },
  'fhir-api.patch': { status: 422, type: 'processing' },
  'fhir-api.several': { status: 412, type: 'multiple-matches' },
  'fhir-api.may-be-known': { status: 409, type: 'duplicate' },
  'fhir-api.directory': { status: 403, type: 'business-rule' },
  'fhir-api.bundle-too-large': { status: 413, type: 'too-costly' },
  'records.version-conflict': { status: 412, type: 'conflict' },
  'records.not-ours': { status: 403, type: 'business-rule' },
  'records.other-patient': { status: 422, type: 'business-rule' },
  'records.type-changed': { status: 422, type: 'business-rule' },
  'records.unknown': { status: 404, type: 'not-found' },
  'access.not-allowed': { status: 403, type: 'forbidden' },
  'access.line-not-durable': { status: 503, type: 'transient' },
  'vault.locked': { status: 503, type: 'transient' },
  'vault.ended': { status: 503, type: 'transient' },
  'vault.staff-revoked': { status: 403, type: 'forbidden' },
  'vault.role-changed': { status: 403, type: 'forbidden' },
  'records.document-missing': { status: 503, type: 'transient' },
  'http.body-too-large': { status: 413, type: 'too-long' },
  'host.misdirected': { status: 421, type: 'forbidden' },
  'host.foreign-origin': { status: 403, type: 'forbidden' },
  'internal.unexpected': { status: 500, type: 'exception' },
};

/** The HTTP status of a refusal. What has no place in the table and comes from outside is the asker's to mend. */
export const statusOf = ({ code }: Failure): number => mapped(code).status;

function mapped(code: string): Mapped {
  if (Object.hasOwn(BY_CODE, code)) return BY_CODE[code] as Mapped;
  if (code === 'fhir.json-too-large') return { status: 413, type: 'too-long' };
  // What could not be read at all, and what was read and is no good (R4 http.html#create).
  if (code.startsWith('fhir.json-')) return { status: 400, type: 'structure' };
  if (code.startsWith('storage.')) return { status: 503, type: 'transient' };
  if (code.startsWith('fhir.')) return { status: 422, type: 'invalid' };
  if (code.startsWith('fhir-api.')) return { status: 400, type: 'invalid' };
  return { status: 500, type: 'exception' };
}

interface OutcomeIssue {
  readonly severity: 'fatal' | 'error' | 'warning' | 'information';
  readonly code: string;
  readonly details?: { readonly coding: readonly object[]; readonly text: string };
  readonly diagnostics?: string;
  readonly expression?: readonly string[];
}

export const outcomeOf = (...issue: OutcomeIssue[]): object => ({ resourceType: 'OperationOutcome', issue });

/** System of our own codes in an OperationOutcome. */
const CODES = 'urn:careledger:failure';

/** Of a resource that would be taken: what can hardly be meant as it is, or that nothing is wrong. */
export function doubtsOf(doubts: readonly Issue[]): object {
  if (doubts.length === 0)
    return outcomeOf({ severity: 'information', code: 'informational', diagnostics: 'Nothing is wrong with this resource.' });
  const issues = doubts.map(({ code, path, message }): OutcomeIssue => {
    return { severity: 'warning', code: 'business-rule', ...worded(code, message), expression: [path] };
  });
  return outcomeOf(...issues);
}

const worded = (code: string, text: string): Pick<OutcomeIssue, 'details'> => ({
  details: { coding: [{ system: CODES, code }], text },
});

export function refusalOf(failure: Failure): object {
  const { path } = failure.details;
  return outcomeOf({
    severity: 'error',
    code: mapped(failure.code).type,
    ...worded(failure.code, failure.message),
    ...(typeof path === 'string' && path !== '' ? { expression: [path] } : {}),
  });
}
