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
