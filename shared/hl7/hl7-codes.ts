/** HL7 version 2 tables as FHIR R4 says the same (v2-to-FHIR implementation guide, concept maps). */

/** Words of a message are looked up in these: `constructor` must find nothing. */
const table = (rows: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.freeze(Object.assign(Object.create(null), rows));

const CODE_SYSTEMS = table({
  LN: 'http://loinc.org',
  SCT: 'http://snomed.info/sct',
  SNM3: 'http://snomed.info/sct',
  I9C: 'http://hl7.org/fhir/sid/icd-9-cm',
  I10: 'http://hl7.org/fhir/sid/icd-10',
  I10C: 'http://hl7.org/fhir/sid/icd-10-cm',
  RXNORM: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  NDC: 'http://hl7.org/fhir/sid/ndc',
  CVX: 'http://hl7.org/fhir/sid/cvx',
  UCUM: 'http://unitsofmeasure.org',
});

/** System of a coding by its name in table 0396; undefined for local ones. */
export const codeSystem = (name: string): string | undefined =>
  CODE_SYSTEMS[name] ?? (/^HL7\d{4}$/.test(name) ? `http://terminology.hl7.org/CodeSystem/v2-${name.slice(3)}` : undefined);

/** Table 0001. */
export const GENDERS = table({
  M: 'male',
  F: 'female',
  O: 'other',
  A: 'other',
  U: 'unknown',
  N: 'unknown',
});

/** Table 0085, of one observation. */
export const OBSERVATION_STATUS = table({
  F: 'final',
  U: 'final',
  P: 'preliminary',
  R: 'preliminary',
  S: 'preliminary',
  C: 'corrected',
  D: 'entered-in-error',
  W: 'entered-in-error',
  X: 'cancelled',
  I: 'registered',
  O: 'registered',
});

/** Table 0123, of a report. */
export const REPORT_STATUS = table({
  F: 'final',
  C: 'corrected',
  A: 'partial',
  P: 'preliminary',
  R: 'preliminary',
  I: 'registered',
  O: 'registered',
  S: 'registered',
  X: 'cancelled',
});

/** Table 0004, as FHIR's encounter classes. */
export const ENCOUNTER_CLASSES = table({
  I: 'IMP',
  O: 'AMB',
  E: 'EMER',
  P: 'PRENC',
  R: 'AMB',
  B: 'IMP',
});

/** What an event (table 0003) says of a visit. */
export const VISIT_STATUS = table({
  A01: 'in-progress',
  A02: 'in-progress',
  A03: 'finished',
  A04: 'in-progress',
  A05: 'planned',
  A08: 'in-progress',
  A11: 'cancelled',
  A13: 'in-progress',
});

/** Table 0127. */
export const ALLERGY_CATEGORIES = table({
  DA: 'medication',
  MA: 'medication',
  FA: 'food',
  EA: 'environment',
});

/** Table 0128. */
export const SEVERITIES = table({ MI: 'mild', MO: 'moderate', SV: 'severe' });

/** Name types (table 0200). */
export const NAME_USES = table({
  L: 'official',
  D: 'usual',
  M: 'maiden',
  N: 'nickname',
  A: 'anonymous',
  T: 'temp',
});
