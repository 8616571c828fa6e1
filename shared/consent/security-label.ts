/**
 * HL7 security labels by which a patient can except parts of the record: information sensitivity (v3-ActCode) and confidentiality
 * (v3-Confidentiality), as `meta.security` of a FHIR resource carries them.
 */
export const SENSITIVITY_SYSTEM = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
export const CONFIDENTIALITY_SYSTEM = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';

/** Those that texts and screens have words for, in the order in which they list them. */
export const LABELS = ['SEX', 'HIV', 'STD', 'PSY', 'MH', 'ETH', 'SUD', 'SDV', 'VIO', 'R', 'V'] as const;
export type Label = (typeof LABELS)[number];

const CONFIDENTIALITY: ReadonlySet<string> = new Set(['U', 'L', 'M', 'N', 'R', 'V']);

export const labelSystem = (code: string): string => (CONFIDENTIALITY.has(code) ? CONFIDENTIALITY_SYSTEM : SENSITIVITY_SYSTEM);

/** Codes that stand below another one (v3-ActCode), or above it in degree (v3-Confidentiality). */
const WITHIN: Readonly<Record<string, readonly string[]>> = { SUD: ['ETHUD', 'OPIOIDUD'], R: ['V'] };

/**
 * What a denial of these labels has to reach: what is said of substance use holds of alcohol and opioid use, and who keeps what is
 * restricted keeps what is very restricted (http://hl7.org/fhir/R4/consent-definitions.html#Consent.provision.securityLabel). A permit
 * reaches no more than it names.
 */
export const deniedWith = (labels: readonly string[]): readonly string[] =>
  labels.flatMap((label) => [label, ...(Object.hasOwn(WITHIN, label) ? (WITHIN[label] ?? []) : [])]);
