/**
 * A consent as FHIR R4 says it (http://hl7.org/fhir/R4/consent.html): who may read what, for what and how long, how the wish
 * was established, the signed text, and which grant of the ledger opens which compartment.
 */
import { fromBase64, fromUtf8, toBase64, utf8 } from '../encoding/bytes.ts';
import type { RecordCategory } from '../fhir/patient-compartment.ts';
import { Failure } from '../outcome/failure.ts';
import { CATEGORIES, CATEGORY_SYSTEM } from './category.ts';
import { CONSENT_LANGUAGES, type ConsentChoices, type ConsentException, exceptionRule } from './consent-choices.ts';
import { CHAIN_SYSTEM, STAFF_SYSTEM, writeProvision } from './fhir-provision.ts';
import { PURPOSE_SYSTEM, PURPOSES } from './purpose.ts';
import { LABELS } from './security-label.ts';

/** One category's part; ids in hexadecimal. */
export interface ConsentGrant {
  readonly grant: string;
  readonly category: RecordCategory;
  readonly handle: string;
}

export interface ConsentRecord {
  /** Consent id, 32 hexadecimal digits; the id of its record as well. */
  readonly id: string;
  readonly choices: ConsentChoices;
  /** Chain id, hexadecimal. */
  readonly custodian: string;
  readonly custodianName: string;
  readonly recipientName: string;
  readonly text: string;
  /** Milliseconds. */
  readonly recordedAt: number;
  readonly withdrawnAt: number | undefined;
  readonly grants: readonly ConsentGrant[];
}

const GRANT = 'urn:careledger:consent-grant';
const VERIFICATION = 'urn:careledger:consent-verification';
const WITHDRAWN = 'urn:careledger:consent-withdrawn';
const EXCEPTION = 'urn:careledger:consent-exception';
const CONSENT_SYSTEM = 'urn:careledger:consent';

const instant = (time: number): string => new Date(time).toISOString();
const coding = (system: string, code: string) => ({ coding: [{ system, code }] });
const clinic = (chain: string, name: string) => ({
  type: 'Organization',
  identifier: { system: CHAIN_SYSTEM, value: chain },
  display: name,
});

/** The resource as the value that JSON.stringify writes. */
export function writeFhirConsent(record: ConsentRecord): object {
  const { choices } = record;
  const patient = { reference: `Patient/${choices.patient}` };
  return {
    resourceType: 'Consent',
    id: record.id,
    language: choices.language,
    extension: [
      ...record.grants.map(writeGrant),
      ...(record.withdrawnAt === undefined ? [] : [{ url: WITHDRAWN, valueDateTime: instant(record.withdrawnAt) }]),
    ],
    identifier: [{ system: CONSENT_SYSTEM, value: record.id }],
    status: record.withdrawnAt === undefined ? 'active' : 'inactive',
    scope: coding(
      'http://terminology.hl7.org/CodeSystem/consentscope',
      choices.purpose === 'HRESCH' ? 'research' : 'patient-privacy',
    ),
    category: [{ ...coding('http://loinc.org', '59284-0'), text: `Consent to share with ${record.recipientName}` }],
    patient,
    dateTime: instant(record.recordedAt),
    performer: [patient],
    organization: [clinic(record.custodian, record.custodianName)],
    sourceAttachment: {
      contentType: 'text/plain; charset=utf-8',
      language: choices.language,
      data: toBase64(utf8(record.text)),
      title: 'Signed text',
    },
    // The base rule denies: what the provision permits is all that is permitted.
    policyRule: coding('http://terminology.hl7.org/CodeSystem/v3-ActCode', 'OPTOUT'),
    verification: [
      {
        extension: [{ url: VERIFICATION, valueString: choices.verification }],
        verified: true,
        verifiedWith: patient,
        verificationDate: instant(record.recordedAt),
      },
    ],
    provision: writePermission(record),
  };
}

const writeGrant = ({ grant, category, handle }: ConsentGrant): object => ({
  url: GRANT,
  extension: [
    { url: 'grant', valueString: grant },
    { url: 'category', valueCode: category },
    { url: 'handle', valueString: handle },
  ],
});

/** Who may read what, for what and how long; inside it, what the patient leaves out. */
const writePermission = ({ choices, recipientName }: ConsentRecord): object => ({
  type: 'permit',
  period: { start: instant(choices.starts), ...(choices.ends === 0 ? {} : { end: instant(choices.ends) }) },
  actor: [
    {
      role: coding('http://terminology.hl7.org/CodeSystem/v3-ParticipationType', 'IRCP'),
      reference: clinic(choices.recipient, recipientName),
    },
  ],
  action: [coding('http://terminology.hl7.org/CodeSystem/consentaction', 'access')],
  securityLabel: choices.categories.map((category) => ({ system: CATEGORY_SYSTEM, code: category })),
  purpose: [{ system: PURPOSE_SYSTEM, code: choices.purpose }],
  data: [{ meaning: 'related', reference: { reference: `Patient/${choices.patient}` } }],
  ...(choices.exceptions.length === 0 ? {} : { provision: choices.exceptions.map(writeException) }),
});

/**
 * The Consent (JSON) with a second verification: the patient's own, by their signature.
 * @param confirmedAt milliseconds
 */
export function confirmedFhirConsent(resource: string, confirmedAt: number): string {
  const consent = JSON.parse(resource) as { patient: object; verification: object[] };
  const own = {
    extension: [{ url: VERIFICATION, valueString: 'patient-confirmed' }],
    verified: true,
    verifiedWith: consent.patient,
    verificationDate: instant(confirmedAt),
  };
  return JSON.stringify({ ...consent, verification: [...consent.verification, own] });
}

const writeException = (exception: ConsentException): object => ({
  extension: [{ url: EXCEPTION, valueString: exception.name }],
  ...writeProvision(exceptionRule(exception)),
});

/** An exception that this program wrote; any other rule inside a consent's refuses the whole. */
function readException(rule: Place): ConsentException {
  if (rule.at('type').text() !== 'deny' || rule.has('provision')) throw unreadable();
  const name = rule.at('extension').at(0).at('valueString').text();
  if (rule.has('securityLabel'))
    return { kind: 'label', value: rule.at('securityLabel').at(0).at('code').oneOf(LABELS), name: '' };
  if (rule.has('data')) return { kind: 'encounter', value: rule.at('data').at(0).at('reference').at('reference').text(), name };
  const author = rule.at('actor').at(0).at('reference').at('identifier');
  author.at('system').oneOf([STAFF_SYSTEM]);
  return { kind: 'author', value: author.at('value').text(), name };
}

/**
 * Reads a consent that this program wrote.
 * @throws {Failure} `consent.resource-unreadable` for any other Consent: what is not understood permits nothing.
 */
export function readFhirConsent(value: unknown): ConsentRecord {
  const root = new Place(value);
  const provision = root.at('provision');
  if (root.at('resourceType').text() !== 'Consent' || provision.at('type').text() !== 'permit') throw unreadable();
  const extensions = root.at('extension').all();
  const withdrawn = extensions.find((extension) => extension.at('url').text() === WITHDRAWN);
  const source = root.at('sourceAttachment');
  return {
    id: root.at('id').text(),
    choices: {
      patient: root
        .at('patient')
        .at('reference')
        .text()
        .replace(/^Patient\//, ''),
      recipient: provision.at('actor').at(0).at('reference').at('identifier').at('value').text(),
      categories: provision
        .at('securityLabel')
        .all()
        .map((label) => label.at('code').oneOf(CATEGORIES)),
      exceptions: provision.has('provision') ? provision.at('provision').all().map(readException) : [],
      purpose: provision.at('purpose').at(0).at('code').oneOf(PURPOSES),
      starts: provision.at('period').at('start').time(),
      ends: provision.at('period').has('end') ? provision.at('period').at('end').time() : 0,
      verification: root.at('verification').at(0).at('extension').at(0).at('valueString').text(),
      language: source.at('language').oneOf(CONSENT_LANGUAGES),
    },
    custodian: root.at('organization').at(0).at('identifier').at('value').text(),
    custodianName: root.at('organization').at(0).at('display').text(),
    recipientName: provision.at('actor').at(0).at('reference').at('display').text(),
    text: source.at('data').base64Text(),
    recordedAt: root.at('dateTime').time(),
    withdrawnAt: withdrawn?.at('valueDateTime').time(),
    grants: extensions
      .filter((extension) => extension.at('url').text() === GRANT)
      .map((extension) => ({
        grant: part(extension, 'grant').at('valueString').text(),
        category: part(extension, 'category').at('valueCode').oneOf(CATEGORIES),
        handle: part(extension, 'handle').at('valueString').text(),
      })),
  };
}

function part(extension: Place, url: string): Place {
  const found = extension
    .at('extension')
    .all()
    .find((inner) => inner.at('url').text() === url);
  if (!found) throw unreadable();
  return found;
}

/** A place in unknown JSON; each question it cannot answer refuses the whole. */
class Place {
  readonly #value: unknown;

  constructor(value: unknown) {
    this.#value = value;
  }

  has(name: string): boolean {
    return typeof this.#value === 'object' && this.#value !== null && Object.hasOwn(this.#value, name);
  }

  at(name: string | number): Place {
    if (!this.has(`${name}`)) throw unreadable();
    return new Place((this.#value as Record<string, unknown>)[name]);
  }

  all(): Place[] {
    if (!Array.isArray(this.#value)) throw unreadable();
    return this.#value.map((value) => new Place(value));
  }

  text(): string {
    if (typeof this.#value !== 'string') throw unreadable();
    return this.#value;
  }

  oneOf<const W extends readonly string[]>(words: W): W[number] {
    const word = words.find((known) => known === this.#value);
    if (word === undefined) throw unreadable();
    return word;
  }

  /** Milliseconds of a FHIR instant as `writeFhirConsent` writes it. */
  time(): number {
    const time = Date.parse(this.text());
    if (!Number.isInteger(time)) throw unreadable();
    return time;
  }

  base64Text(): string {
    try {
      return fromUtf8(fromBase64(this.text()));
    } catch (cause) {
      throw unreadable(cause);
    }
  }
}

function unreadable(cause?: unknown): Failure {
  return new Failure(
    'consent.resource-unreadable',
    'This Consent was not written by Careledger, so it opens nothing here. Record the consent again.',
    { cause },
  );
}
