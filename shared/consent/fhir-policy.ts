/**
 * A Consent that another system wrote, as rules: what it says, and what of it cannot be enforced here. The base rule is read and
 * never opens anything: here nothing is open that no grant to a named clinic opens. So the meaning that is kept is the stricter one.
 */
import { isJsonObject, type JsonObject, type JsonValue } from '../fhir/strict-json.ts';
import { Failure } from '../outcome/failure.ts';
import { readProvision, writeProvision } from './fhir-provision.ts';
import type { Provision } from './provision.ts';

interface ConsentPolicy {
  /** As the resource refers to its patient. */
  readonly patient: string;
  /** The rule where no provision reaches: policyRule OPTIN permits, OPTOUT denies; what else it says is taken for a denial. */
  readonly base: 'permit' | 'deny';
  /** Only an active Consent is in force. */
  readonly isActive: boolean;
  readonly provision: Provision;
  /** Places whose words are kept and not enforced as they are written: `provision.0.class`, `policy`. */
  readonly notEnforced: readonly string[];
}

const ACT_CODE = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const STATUSES = ['draft', 'proposed', 'active', 'rejected', 'inactive', 'entered-in-error'];

/** @throws {Failure} `consent.not-a-consent` naming what is missing, `consent.rule-refused`. */
export function readConsentPolicy(value: unknown): ConsentPolicy {
  if (!isJsonObject(value as JsonValue)) throw notAConsent('it is no object');
  const root = value as JsonObject;
  if (root.resourceType !== 'Consent') throw notAConsent('resourceType is not Consent');
  for (const name of ['scope', 'category', 'patient']) if (root[name] === undefined) throw notAConsent(`${name} is missing`);
  if (!STATUSES.includes(String(root.status))) throw notAConsent('status is none that FHIR R4 has');
  if (root.modifierExtension !== undefined) throw notAConsent('modifierExtension changes what it means');
  const reference = isJsonObject(root.patient) ? root.patient.reference : undefined;
  if (typeof reference !== 'string') throw notAConsent('patient names nobody');
  const notEnforced: string[] = [];
  const base = baseOf(root.policyRule);
  if (root.policy !== undefined) notEnforced.push('policy');
  if (base === 'permit') notEnforced.push('policyRule');
  const provision: Provision =
    root.provision === undefined ? { type: 'deny', provisions: [] } : readProvision(root.provision, notEnforced);
  return { patient: reference, base, isActive: root.status === 'active', provision, notEnforced };
}

/** The parts of a Consent that say what is permitted; the rest of it is its writer's. */
export function writeConsentPolicy({ patient, base, isActive, provision }: ConsentPolicy): JsonObject {
  return {
    resourceType: 'Consent',
    status: isActive ? 'active' : 'inactive',
    scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }] },
    category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
    patient: { reference: patient },
    policyRule: { coding: [{ system: ACT_CODE, code: base === 'permit' ? 'OPTIN' : 'OPTOUT' }] },
    provision: writeProvision(provision),
  };
}

function baseOf(rule: JsonValue | undefined): 'permit' | 'deny' {
  const codings = isJsonObject(rule) && Array.isArray(rule.coding) ? rule.coding : [];
  const isOptIn = codings.some((coding) => isJsonObject(coding) && (coding.code === 'OPTIN' || coding.code === 'OPTINR'));
  return isOptIn ? 'permit' : 'deny';
}

function notAConsent(what: string): Failure {
  return new Failure('consent.not-a-consent', `This is no FHIR R4 Consent that can be read: ${what}.`, { details: { what } });
}
