/** How a resource of each type says that it was entered in error (FHIR R4, the value sets of its status), in the exact text of the record. */
import { withMember, withoutMember } from './json-edit.ts';

const ERROR = '"entered-in-error"';

/** Types whose `status` knows entered-in-error. */
const BY_STATUS: ReadonlySet<string> = new Set(
  `Account Appointment CarePlan CareTeam ChargeItem Claim ClaimResponse ClinicalImpression Communication CommunicationRequest Composition
  Consent Contract Coverage CoverageEligibilityRequest CoverageEligibilityResponse Device DeviceRequest DeviceUseStatement DiagnosticReport
  DocumentManifest DocumentReference Encounter Endpoint EpisodeOfCare ExplanationOfBenefit FamilyMemberHistory Flag GuidanceResponse
  ImagingStudy Immunization ImmunizationEvaluation Invoice List Media Medication MedicationAdministration MedicationDispense
  MedicationRequest MedicationStatement NutritionOrder Observation PaymentNotice Procedure QuestionnaireResponse RequestGroup
  RiskAssessment ServiceRequest Slot Specimen Substance SupplyDelivery SupplyRequest Task VisionPrescription`.split(/\s+/),
);
/** Types with `active`, which FHIR gives for records that were made in error. */
const BY_ACTIVE: ReadonlySet<string> = new Set([
  'Patient',
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'HealthcareService',
  'RelatedPerson',
  'Person',
  'Schedule',
  'BodyStructure',
]);
const VERIFICATION: Readonly<Record<string, string>> = {
  Condition: 'http://terminology.hl7.org/CodeSystem/condition-ver-status',
  AllergyIntolerance: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification',
};

/** The text saying so; undefined for a type that cannot. */
export function enteredInError(resourceType: string, text: string): string | undefined {
  const system = VERIFICATION[resourceType];
  if (system !== undefined) {
    const verified = `{"coding":[{"system":"${system}","code":${ERROR}}]}`;
    // con-5 and ait-2: what was entered in error has no clinical status.
    return withMember(withoutMember(text, 'clinicalStatus'), 'verificationStatus', verified);
  }
  if (BY_STATUS.has(resourceType)) return withMember(text, 'status', ERROR);
  if (BY_ACTIVE.has(resourceType)) return withMember(text, 'active', 'false');
  if (resourceType === 'Goal') return withMember(text, 'lifecycleStatus', ERROR);
  if (resourceType === 'Location') return withMember(text, 'status', '"inactive"');
  return undefined;
}
