/** Names the Consent resources that this program writes about treatment, and not about sharing: they open and close no record. */
export const TREATMENT_CONSENT_SYSTEM = 'urn:careledger:consent-to-treatment';
