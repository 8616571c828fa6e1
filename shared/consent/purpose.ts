/** HL7 v3 PurposeOfUse codes (http://terminology.hl7.org/CodeSystem/v3-ActReason) that Careledger knows. */
export const PURPOSES = ['TREAT', 'ETREAT', 'HRESCH', 'HPAYMT', 'HOPERAT', 'PATRQT', 'PUBHLTH'] as const;
export type Purpose = (typeof PURPOSES)[number];
export const PURPOSE_SYSTEM = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';
