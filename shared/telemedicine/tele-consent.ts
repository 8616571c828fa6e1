/** A patient's consent to treatment by video or telephone, as a FHIR R4 Consent of the scope treatment: recorded before the first call. */
import { TREATMENT_CONSENT_SYSTEM } from '../consent/own-consents.ts';
import type { FhirResource } from '../fhir/fhir-resource.ts';
import { Failure } from '../outcome/failure.ts';

export const TELE_CONSENT = 'telemedicine';
/** A year: then the patient is asked again. */
export const TELE_CONSENT_MS = 365 * 86_400_000;

/** How the patient said so. */
const CONSENT_WAYS = ['spoken', 'written', 'guardian'] as const;
type ConsentWay = (typeof CONSENT_WAYS)[number];

const WORDS: Readonly<Record<ConsentWay, string>> = {
  spoken: 'said so themselves',
  written: 'signed a paper',
  guardian: 'said by who acts for them',
};

export interface TeleConsent {
  readonly given: boolean;
  readonly way: ConsentWay;
}

/** @throws {Failure} `telemedicine.consent-way`. */
export function checkedWay(way: string): ConsentWay {
  const known = CONSENT_WAYS.find((each) => each === way);
  if (known) return known;
  throw new Failure('telemedicine.consent-way', 'Say how the patient consented: in words, on paper, or by who acts for them.');
}

/** @param at FHIR instant */
export function writeTeleConsent({ given, way }: TeleConsent, patient: string, by: string, at: string): FhirResource {
  return {
    resourceType: 'Consent',
    status: given ? 'active' : 'inactive',
    scope: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'treatment', display: 'Treatment' }],
    },
    category: [{ coding: [{ system: TREATMENT_CONSENT_SYSTEM, code: TELE_CONSENT }], text: 'Treatment by video or telephone' }],
    patient: { reference: `Patient/${patient}` },
    dateTime: at,
    performer: [{ reference: `Patient/${patient}`, display: WORDS[way] }],
    organization: [{ display: by }],
    policyRule: { text: `Treatment by video or telephone: ${given ? 'consented to' : 'refused or withdrawn'}, ${WORDS[way]}` },
  };
}

/** Undefined for a Consent about something else. */
export function readTeleConsent(value: unknown): TeleConsent | undefined {
  const { status, category, performer } = value as {
    status?: unknown;
    category?: ReadonlyArray<{ coding?: ReadonlyArray<{ system?: unknown; code?: unknown }> }>;
    performer?: ReadonlyArray<{ display?: unknown }>;
  };
  const coding = category?.[0]?.coding?.[0];
  if (coding?.system !== TREATMENT_CONSENT_SYSTEM || coding.code !== TELE_CONSENT) return undefined;
  const way = CONSENT_WAYS.find((each) => WORDS[each] === performer?.[0]?.display) ?? 'spoken';
  return { given: status === 'active', way };
}
