/** Tables of CDA R2 and C-CDA R2.1 as FHIR R4 says the same (C-CDA on FHIR implementation guide, concept maps). */

/** Words of a document are looked up in these: `constructor` must find nothing. */
const table = <T extends string>(rows: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
  Object.freeze(Object.assign(Object.create(null), rows));

export const TERMINOLOGY = 'http://terminology.hl7.org/CodeSystem/';

const SYSTEMS = table({
  '2.16.840.1.113883.6.1': 'http://loinc.org',
  '2.16.840.1.113883.6.96': 'http://snomed.info/sct',
  '2.16.840.1.113883.6.88': 'http://www.nlm.nih.gov/research/umls/rxnorm',
  '2.16.840.1.113883.6.69': 'http://hl7.org/fhir/sid/ndc',
  '2.16.840.1.113883.12.292': 'http://hl7.org/fhir/sid/cvx',
  '2.16.840.1.113883.12.227': 'http://hl7.org/fhir/sid/mvx',
  '2.16.840.1.113883.6.3': 'http://hl7.org/fhir/sid/icd-10',
  '2.16.840.1.113883.6.90': 'http://hl7.org/fhir/sid/icd-10-cm',
  '2.16.840.1.113883.6.103': 'http://hl7.org/fhir/sid/icd-9-cm',
  '2.16.840.1.113883.6.104': 'http://hl7.org/fhir/sid/icd-9-cm',
  '2.16.840.1.113883.6.8': 'http://unitsofmeasure.org',
  '2.16.840.1.113883.6.12': 'http://www.ama-assn.org/go/cpt',
  '2.16.840.1.113883.6.73': 'http://www.whocc.no/atc',
  '2.16.840.1.113883.4.9': 'http://fdasis.nlm.nih.gov',
  '2.16.840.1.113883.3.26.1.1': 'http://ncithesaurus-stage.nci.nih.gov',
  '2.16.840.1.113883.3.26.1.5': 'http://hl7.org/fhir/ndfrt',
  '2.16.840.1.113883.4.1': 'http://hl7.org/fhir/sid/us-ssn',
  '2.16.840.1.113883.4.6': 'http://hl7.org/fhir/sid/us-npi',
  '2.16.840.1.113883.5.1': `${TERMINOLOGY}v3-AdministrativeGender`,
  '2.16.840.1.113883.5.2': `${TERMINOLOGY}v3-MaritalStatus`,
  '2.16.840.1.113883.5.4': `${TERMINOLOGY}v3-ActCode`,
  '2.16.840.1.113883.5.8': `${TERMINOLOGY}v3-ActReason`,
  '2.16.840.1.113883.5.25': `${TERMINOLOGY}v3-Confidentiality`,
  '2.16.840.1.113883.5.83': `${TERMINOLOGY}v3-ObservationInterpretation`,
  '2.16.840.1.113883.5.111': `${TERMINOLOGY}v3-RoleCode`,
  '2.16.840.1.113883.5.112': `${TERMINOLOGY}v3-RouteOfAdministration`,
  '2.16.840.1.113883.5.1008': `${TERMINOLOGY}v3-NullFlavor`,
});

/** System of a coding or an identifier by its OID; '' for what is no OID and no UUID. */
export function systemOf(root: string): string {
  const known = SYSTEMS[root];
  if (known !== undefined) return known;
  if (/^[0-2](?:\.(?:0|[1-9]\d*))+$/.test(root)) return `urn:oid:${root}`;
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(root) ? `urn:uuid:${root.toLowerCase()}` : '';
}

/** What an entry of a section becomes; which section says it, its LOINC code tells. */
export type EntryKind =
  | 'allergy'
  | 'problem'
  | 'medication'
  | 'immunization'
  | 'result'
  | 'vital'
  | 'encounter'
  | 'procedure'
  | 'social'
  | 'family'
  | 'plan'
  | 'note';

export const SECTIONS = table<EntryKind>({
  '48765-2': 'allergy',
  '11450-4': 'problem',
  '11348-0': 'problem',
  '46241-6': 'problem',
  '11535-2': 'problem',
  '10160-0': 'medication',
  '10183-2': 'medication',
  '42346-7': 'medication',
  '29549-3': 'medication',
  '11369-6': 'immunization',
  '30954-2': 'result',
  '8716-3': 'vital',
  '46240-8': 'encounter',
  '47519-4': 'procedure',
  '29762-2': 'social',
  '10157-6': 'family',
  '18776-5': 'plan',
  '34109-9': 'note',
  '11488-4': 'note',
  '11506-3': 'note',
  '28570-0': 'note',
  '34117-2': 'note',
  '18842-5': 'note',
  '18748-4': 'note',
  '11502-2': 'note',
  '11526-1': 'note',
});

export const GENDERS = table({ M: 'male', F: 'female', UN: 'other' });
export const NAME_USES = table({ L: 'official', P: 'nickname', C: 'official', ASGN: 'usual', BR: 'maiden' });
export const CONTACT_USES = table({ H: 'home', HP: 'home', HV: 'home', WP: 'work', MC: 'mobile' });

/** A value that is not there, by what the document says of that (v3-NullFlavor to data-absent-reason). */
const ABSENT = table({
  NI: 'unknown',
  UNK: 'unknown',
  ASKU: 'asked-unknown',
  NAV: 'temp-unknown',
  NASK: 'not-asked',
  MSK: 'masked',
  NA: 'not-applicable',
  OTH: 'unsupported',
  UNC: 'unsupported',
  NINF: 'negative-infinity',
  PINF: 'positive-infinity',
});
export const absentReason = (nullFlavor: string): string => ABSENT[nullFlavor] ?? 'unknown';

/** Of a problem or an allergy, in SNOMED CT. */
export const CLINICAL_STATUS = table({
  '55561003': 'active',
  '73425007': 'inactive',
  '413322009': 'resolved',
  '277022003': 'remission',
  '246455001': 'recurrence',
  '263855007': 'relapse',
});

/** Of the act that keeps a concern. */
export const CONCERN_STATUS = table({ active: 'active', suspended: 'active', completed: 'inactive', aborted: 'inactive' });

/** What kind of thing somebody is allergic to, in SNOMED CT. */
export const ALLERGY_CATEGORIES = table({
  '416098002': 'medication',
  '419511003': 'medication',
  '59037007': 'medication',
  '414285001': 'food',
  '418471000': 'food',
  '235719002': 'food',
  '426232007': 'environment',
  '232347008': 'environment',
});
export const INTOLERANCES: ReadonlySet<string> = new Set(['59037007', '235719002']);

/** “No known …” by the category; '' for any. */
export const NO_KNOWN_ALLERGY = table({
  '': '716186003',
  medication: '409137002',
  food: '429625007',
  environment: '428607008',
});

export const SEVERITIES = table({
  '255604002': 'mild',
  '371923003': 'moderate',
  '6736007': 'moderate',
  '371924009': 'severe',
  '24484000': 'severe',
  '399166001': 'severe',
});
export const CRITICALITIES = table({ CRITL: 'low', CRITH: 'high', CRITU: 'unable-to-assess' });

/** ActStatus, by what it becomes. */
export const OBSERVATION_STATUS = table({
  completed: 'final',
  active: 'preliminary',
  held: 'registered',
  new: 'registered',
  suspended: 'registered',
  aborted: 'cancelled',
  cancelled: 'cancelled',
  obsolete: 'final',
  nullified: 'entered-in-error',
});
export const REPORT_STATUS = table({ ...OBSERVATION_STATUS, active: 'partial' });
export const STATEMENT_STATUS = table({
  active: 'active',
  completed: 'completed',
  aborted: 'stopped',
  suspended: 'on-hold',
  held: 'on-hold',
  cancelled: 'not-taken',
  nullified: 'entered-in-error',
  new: 'intended',
});
export const REQUEST_STATUS = table({
  active: 'active',
  completed: 'completed',
  aborted: 'stopped',
  suspended: 'on-hold',
  held: 'on-hold',
  cancelled: 'cancelled',
  nullified: 'entered-in-error',
  new: 'draft',
});
export const PROCEDURE_STATUS = table({
  completed: 'completed',
  active: 'in-progress',
  aborted: 'stopped',
  suspended: 'on-hold',
  cancelled: 'not-done',
  nullified: 'entered-in-error',
  new: 'preparation',
});
export const ENCOUNTER_STATUS = table({
  completed: 'finished',
  active: 'in-progress',
  aborted: 'finished',
  cancelled: 'cancelled',
  nullified: 'entered-in-error',
});
/** UCUM units of time that FHIR's timing has. */
export const TIMING_UNITS = table({ s: 's', min: 'min', h: 'h', d: 'd', wk: 'wk', mo: 'mo', a: 'a' });
