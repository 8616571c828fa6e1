/**
 * A hidden restriction (EHDS Art. 8): what a patient has kept from people of the clinic that keeps the records. A FHIR R4 Consent whose
 * base permits, by custody, and whose rules deny. It never reaches who the patient is: a chart can always be found.
 */
import type { RecordCategory } from '../fhir/patient-compartment.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../fhir/strict-json.ts';
import { ROLES } from '../ledger/rows.ts';
import { Failure } from '../outcome/failure.ts';
import { CATEGORIES, isCategory } from './category.ts';
import { readConsentPolicy, writeConsentPolicy } from './fhir-policy.ts';
import type { Party, Provision } from './provision.ts';
import { LABELS, type Label } from './security-label.ts';

interface RestrictionChoices {
  /** Patient id, 32 hexadecimal digits. */
  readonly patient: string;
  /** Staff ids in hexadecimal and roles. */
  readonly readers: readonly Party[];
  /** Whole categories, and entries with a label in whatever category. */
  readonly categories: readonly RecordCategory[];
  readonly labels: readonly Label[];
  /** How the patient's wish was established: one line for a person to read. */
  readonly verification: string;
}

export interface RestrictionRecord {
  readonly id: string;
  readonly choices: RestrictionChoices;
  /** Milliseconds. */
  readonly recordedAt: number;
  readonly liftedAt: number | undefined;
}

export interface RestrictionWish {
  readonly patient: string;
  readonly people: readonly string[];
  readonly roles: readonly string[];
  readonly categories: readonly string[];
  readonly labels: readonly string[];
  readonly verification: string;
}

const VERIFICATION = 'urn:careledger:consent-verification';
const LIFTED = 'urn:careledger:consent-withdrawn';
const LONGEST_VERIFICATION = 200;

/** @throws {Failure} `consent.restriction-incomplete` saying what is missing or unknown. */
export function restrictionOf(wish: RestrictionWish): RestrictionChoices {
  const roles = wish.roles.filter((role) => (ROLES as readonly string[]).includes(role));
  const people = wish.people.filter((id) => /^[0-9a-f]{64}$/.test(id));
  if (roles.length < wish.roles.length || people.length < wish.people.length || roles.length + people.length === 0)
    throw incomplete('Choose the people or roles from whom the entries are to be kept.');
  const categories = CATEGORIES.filter((category) => wish.categories.includes(category) && category !== 'identity');
  const labels = LABELS.filter((label) => wish.labels.includes(label));
  const wanted = new Set([...wish.categories, ...wish.labels]).size;
  if (categories.length + labels.length < wanted || wanted === 0)
    throw incomplete('Choose what is to be kept from them. Who the patient is cannot be hidden: the chart must be found.');
  const verification = wish.verification.trim();
  if (verification.length === 0 || verification.length > LONGEST_VERIFICATION || /[\p{Cc}\p{Cf}]/u.test(verification))
    throw incomplete("Say in one line how the patient's wish was established.");
  const readers: Party[] = [
    ...people.sort().map((id) => ({ kind: 'person' as const, id })),
    ...roles.map((id) => ({ kind: 'role' as const, id })),
  ];
  return { patient: wish.patient, readers, categories, labels, verification };
}

function incomplete(message: string): Failure {
  return new Failure('consent.restriction-incomplete', message);
}

/** The rules that are enforced. */
export function restrictionRule({ readers, categories, labels }: RestrictionChoices): Provision {
  const denied: Provision[] = [
    ...(categories.length > 0 ? [{ type: 'deny' as const, readers, categories, provisions: [] }] : []),
    ...(labels.length > 0 ? [{ type: 'deny' as const, readers, labels, provisions: [] }] : []),
  ];
  return { type: 'permit', provisions: denied };
}

/** The resource as the value that JSON.stringify writes. */
export function writeFhirRestriction({ id, choices, recordedAt, liftedAt }: RestrictionRecord): JsonObject {
  const policy = {
    patient: `Patient/${choices.patient}`,
    base: 'permit' as const,
    isActive: liftedAt === undefined,
    provision: restrictionRule(choices),
    notEnforced: [],
  };
  const extension: JsonValue[] = [{ url: VERIFICATION, valueString: choices.verification }];
  if (liftedAt !== undefined) extension.push({ url: LIFTED, valueDateTime: new Date(liftedAt).toISOString() });
  return { ...writeConsentPolicy(policy), id, dateTime: new Date(recordedAt).toISOString(), extension };
}

/** @throws {Failure} `consent.restriction-unreadable` for what was not written by `writeFhirRestriction`: nothing is shown instead of too much. */
export function readFhirRestriction(value: unknown): RestrictionRecord {
  const root = value as JsonObject;
  const { patient, provision } = readConsentPolicy(value);
  const [first] = provision.provisions;
  const readers = first?.readers;
  const extensions = Array.isArray(root.extension) ? root.extension.filter(isJsonObject) : [];
  const verification = extensions.find(({ url }) => url === VERIFICATION)?.valueString;
  const lifted = extensions.find(({ url }) => url === LIFTED)?.valueDateTime;
  if (!readers || typeof root.id !== 'string' || typeof verification !== 'string') throw unreadable();
  const categories = provision.provisions.flatMap((rule) => rule.categories ?? []).filter(isCategory);
  const labels = LABELS.filter((label) => provision.provisions.some((rule) => rule.labels?.includes(label)));
  return {
    id: root.id,
    choices: { patient: patient.replace(/^Patient\//, ''), readers, categories, labels, verification },
    recordedAt: Date.parse(String(root.dateTime)),
    liftedAt: typeof lifted === 'string' ? Date.parse(lifted) : undefined,
  };
}

function unreadable(): Failure {
  return new Failure(
    'consent.restriction-unreadable',
    'What the patient wants of this chart cannot be read, so it stays closed. Update the program, or restore a backup.',
  );
}
