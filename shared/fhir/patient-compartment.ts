/**
 * To whom a resource belongs and which lock it lies behind: the patient by R4's patient compartment (subjects, not authors),
 * the category by type, code and security label.
 */
import type { FhirResource } from './fhir-resource.ts';
import { isMedicationList } from './medication-list.ts';
import { type ParsedReference, parseReference } from './references.ts';
import { isJsonObject, type JsonObject, type JsonValue } from './strict-json.ts';

export type RecordCategory =
  | 'identity'
  | 'clinical'
  | 'sensitive'
  | 'medication'
  | 'genomic'
  | 'telemedicine'
  | 'device'
  | 'research'
  | 'emergency';

/**
 * Where a resource of a patient is filed. `payment` is what was paid: no consent, emergency or care card opens it to anybody, so it is no
 * category that a consent could name.
 */
export type FiledCategory = RecordCategory | 'payment';

/** The elements that name the patient whom a resource is about, by type; the first that names one counts. */
const SUBJECTS: Readonly<Record<string, readonly string[]>> = {
  Account: ['subject'],
  AdverseEvent: ['subject'],
  AllergyIntolerance: ['patient'],
  Appointment: ['participant.actor'],
  AppointmentResponse: ['actor'],
  AuditEvent: ['entity.what', 'agent.who'],
  Basic: ['subject'],
  BiologicallyDerivedProduct: [],
  BodyStructure: ['patient'],
  CarePlan: ['subject'],
  CareTeam: ['subject'],
  ChargeItem: ['subject'],
  Claim: ['patient'],
  ClaimResponse: ['patient'],
  ClinicalImpression: ['subject'],
  Communication: ['subject', 'recipient', 'sender'],
  CommunicationRequest: ['subject', 'recipient', 'sender'],
  Composition: ['subject'],
  Condition: ['subject'],
  Consent: ['patient'],
  Contract: ['subject'],
  Coverage: ['beneficiary', 'subscriber', 'policyHolder'],
  CoverageEligibilityRequest: ['patient'],
  CoverageEligibilityResponse: ['patient'],
  DetectedIssue: ['patient'],
  Device: ['patient'],
  DeviceMetric: [],
  DeviceRequest: ['subject'],
  DeviceUseStatement: ['subject'],
  DiagnosticReport: ['subject'],
  DocumentManifest: ['subject'],
  DocumentReference: ['subject'],
  Encounter: ['subject'],
  EnrollmentRequest: ['candidate'],
  EpisodeOfCare: ['patient'],
  ExplanationOfBenefit: ['patient'],
  FamilyMemberHistory: ['patient'],
  Flag: ['subject'],
  Goal: ['subject'],
  GuidanceResponse: ['subject'],
  ImagingStudy: ['subject'],
  Immunization: ['patient'],
  ImmunizationEvaluation: ['patient'],
  ImmunizationRecommendation: ['patient'],
  Invoice: ['subject', 'recipient'],
  List: ['subject', 'source'],
  MeasureReport: ['subject'],
  Media: ['subject'],
  MedicationAdministration: ['subject'],
  MedicationDispense: ['subject', 'receiver'],
  MedicationRequest: ['subject'],
  MedicationStatement: ['subject'],
  MolecularSequence: ['patient'],
  NutritionOrder: ['patient'],
  Observation: ['subject'],
  Person: ['link.target'],
  Procedure: ['subject'],
  Provenance: ['target'],
  QuestionnaireResponse: ['subject', 'author'],
  RelatedPerson: ['patient'],
  RequestGroup: ['subject'],
  ResearchSubject: ['individual'],
  RiskAssessment: ['subject'],
  ServiceRequest: ['subject'],
  Specimen: ['subject'],
  SupplyDelivery: ['patient'],
  SupplyRequest: ['deliverTo'],
  Task: ['for', 'focus'],
  VisionPrescription: ['patient'],
};

/** Types whose resources may be about one patient; Patient itself is not among them. */
export const patientCompartmentTypes: readonly string[] = Object.keys(SUBJECTS);

const BY_TYPE: Readonly<Record<string, FiledCategory>> = {
  Patient: 'identity',
  RelatedPerson: 'identity',
  Person: 'identity',
  Coverage: 'identity',
  CoverageEligibilityRequest: 'identity',
  CoverageEligibilityResponse: 'identity',
  EnrollmentRequest: 'identity',
  MedicationAdministration: 'medication',
  MedicationDispense: 'medication',
  MedicationRequest: 'medication',
  MedicationStatement: 'medication',
  Immunization: 'medication',
  ImmunizationEvaluation: 'medication',
  ImmunizationRecommendation: 'medication',
  MolecularSequence: 'genomic',
  Device: 'device',
  DeviceMetric: 'device',
  DeviceRequest: 'device',
  DeviceUseStatement: 'device',
  ResearchSubject: 'research',
  Invoice: 'payment',
};

/** HL7 v3 ActCode, information sensitivity: what people are most hurt by when it is seen. */
const SENSITIVE_CODES: ReadonlySet<string> = new Set(
  'ETH HIV MST SCA SDV SEX SPI BH COGN DVD EMOTDIS MH PSY PSYTHPN SUD ETHUD OPIOIDUD STD TBOO VIO SICKLE R V'.split(' '),
);
/** LOINC codes of genetic findings and reports (HL7 Genomics Reporting). */
const GENETIC_LOINC: ReadonlySet<string> = new Set(
  (
    '48004-6 48005-3 48013-7 48018-6 48019-4 48002-0 48003-8 48006-1 48008-7 51958-7 51959-5 51961-1 51963-7 51964-5 51968-6 51969-4 ' +
    '53034-5 53037-8 53040-2 55207-3 69547-8 69548-6 81247-9 81252-9 81258-6 81290-9 82120-7 82121-5 82155-3 83005-9 84413-4 84414-2 93044-6'
  ).split(' '),
);
const MDC = 'urn:iso:std:iso:11073:10101';

/**
 * The patient whom a resource is about, as it refers to them; a Patient is about itself. Undefined for the clinic's own
 * directory, for groups, and where no patient is named. A `urn:uuid` is taken at its word only where nothing but a
 * patient is likely to stand; who it is, the other entries of its Bundle say.
 */
export function patientReferenceOf(resource: FhirResource): (ParsedReference & { readonly reference: string }) | undefined {
  if (resource.resourceType === 'Patient') {
    if (typeof resource.id !== 'string') return undefined;
    return { reference: `Patient/${resource.id}`, kind: 'relative', type: 'Patient', id: resource.id };
  }
  for (const path of subjectsOf(resource.resourceType) ?? []) {
    const values = valuesAt(resource, path.split('.'));
    for (const value of values) {
      if (!isJsonObject(value) || typeof value.reference !== 'string') continue;
      const parsed = parseReference(value.reference);
      const isPatient = parsed.type === 'Patient' || value.type === 'Patient';
      const mayBe = parsed.kind === 'uuid' && value.type === undefined && !path.includes('.') && values.length === 1;
      if (isPatient || mayBe) return { reference: value.reference, ...parsed };
    }
  }
  return undefined;
}

/**
 * The category whose key locks a resource, or null for the clinic's directory (Practitioner, Organization, Location …) and
 * for definitions. Notes of tele-treatment and emergency extracts are written by their own domains, not recognised here.
 */
export function categoryOf(resource: FhirResource): FiledCategory | null {
  const type = resource.resourceType;
  const byType = Object.hasOwn(BY_TYPE, type) ? BY_TYPE[type] : undefined;
  if (byType === undefined && subjectsOf(type) === undefined) return null;
  if (byType === 'identity' || byType === 'payment') return byType;
  if (isSensitive(resource)) return 'sensitive';
  if (byType !== undefined) return byType;
  if (isMedicationList(resource)) return 'medication';
  if (isGenetic(resource)) return 'genomic';
  if (type === 'Observation' && isFromDevice(resource)) return 'device';
  return 'clinical';
}

function subjectsOf(type: string): readonly string[] | undefined {
  return Object.hasOwn(SUBJECTS, type) ? SUBJECTS[type] : undefined;
}

function valuesAt(value: JsonValue | undefined, path: readonly string[]): JsonValue[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path));
  const [name, ...rest] = path;
  if (name === undefined) return [value];
  return isJsonObject(value) ? valuesAt(value[name], rest) : [];
}

function isSensitive(resource: JsonObject): boolean {
  return valuesAt(resource, ['meta', 'security', 'code']).some((code) => typeof code === 'string' && SENSITIVE_CODES.has(code));
}

function isGenetic(resource: FhirResource): boolean {
  if (resource.resourceType !== 'Observation' && resource.resourceType !== 'DiagnosticReport') return false;
  const profiles = [...valuesAt(resource, ['meta', 'profile']), ...valuesAt(resource, ['extension', 'url'])];
  if (profiles.some((url) => typeof url === 'string' && /genetics|genomics/i.test(url))) return true;
  if (valuesAt(resource, ['category', 'coding', 'code']).some((code) => code === 'GE')) return true;
  const codes = [
    ...valuesAt(resource, ['code', 'coding', 'code']),
    ...valuesAt(resource, ['component', 'code', 'coding', 'code']),
  ];
  return codes.some((code) => typeof code === 'string' && GENETIC_LOINC.has(code));
}

/** A reading that a personal health device sent: coded in IEEE 11073 (HL7 Personal Health Devices). */
function isFromDevice(resource: JsonObject): boolean {
  if (valuesAt(resource, ['meta', 'profile']).some((url) => typeof url === 'string' && url.includes('/uv/phd/'))) return true;
  return valuesAt(resource, ['code', 'coding', 'system']).includes(MDC);
}
