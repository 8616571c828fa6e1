/**
 * Which elements of each served type HL7's definitions mark as its summary, and with `!` those that a resource has to have (R4
 * ElementDefinition.isSummary, .min). A test holds this against the definitions.
 */
export const SUMMARY_ELEMENTS: Readonly<Record<string, string>> = {
  Account: 'identifier status! type name subject servicePeriod coverage owner description',
  AdverseEvent:
    'identifier actuality! category event subject! encounter date detected recordedDate resultingCondition location seriousness severity outcome recorder contributor suspectEntity subjectMedicalHistory referenceDocument study',
  AllergyIntolerance: 'identifier clinicalStatus verificationStatus type category criticality code patient! asserter',
  Appointment:
    'identifier status! cancelationReason serviceCategory serviceType specialty appointmentType reasonCode start end participant!',
  AppointmentResponse: 'identifier appointment! participantType actor participantStatus!',
  AuditEvent: 'type! subtype action recorded! outcome outcomeDesc purposeOfEvent agent! source!',
  Basic: 'identifier code! subject created author',
  BiologicallyDerivedProduct: 'identifier',
  BodyStructure: 'identifier active morphology location description patient!',
  CarePlan:
    'identifier instantiatesCanonical instantiatesUri basedOn replaces partOf status! intent! category title description subject! encounter period created author addresses',
  CareTeam: 'identifier status category name subject encounter period managingOrganization',
  ChargeItem: 'identifier status! code! subject! context occurrence quantity bodysite enterer enteredDate account',
  Claim: 'status! type! use! patient! billablePeriod created! insurer provider! priority! insurance!',
  ClaimResponse: 'status! type! use! patient! created! insurer! request outcome! total',
  ClinicalImpression: 'identifier status! code description subject! encounter effective date assessor problem',
  Communication:
    'identifier instantiatesCanonical instantiatesUri basedOn partOf status! statusReason priority subject encounter reasonCode reasonReference',
  CommunicationRequest:
    'identifier basedOn replaces groupIdentifier status! priority doNotPerform encounter occurrence authoredOn requester sender reasonCode reasonReference',
  Composition: 'identifier status! type! category subject encounter date! author! title! confidentiality custodian event',
  Condition: 'identifier clinicalStatus verificationStatus code bodySite subject! encounter onset recordedDate recorder asserter',
  Consent: 'identifier status! scope! category! patient dateTime performer organization source policyRule verification provision',
  Contract: 'identifier version status issued applies subject name title type subType',
  Coverage: 'identifier status! type policyHolder subscriber subscriberId beneficiary! dependent period payor! order network',
  CoverageEligibilityRequest: 'status! purpose! patient! created! insurer!',
  CoverageEligibilityResponse: 'status! purpose! patient! created! request! outcome! insurer!',
  DetectedIssue: 'identifier status! code severity patient identified author implicated',
  Device: 'udiCarrier status safety',
  DeviceMetric: 'identifier type! unit source parent operationalStatus color category! measurementPeriod calibration',
  DeviceRequest:
    'identifier instantiatesCanonical instantiatesUri basedOn priorRequest groupIdentifier status intent! priority code! subject! encounter occurrence authoredOn requester performerType performer reasonCode reasonReference',
  DeviceUseStatement:
    'identifier basedOn status! subject! derivedFrom timing recordedOn source device! reasonCode reasonReference bodySite',
  DiagnosticReport: 'identifier status! category code! subject encounter effective issued performer resultsInterpreter media',
  DocumentManifest: 'masterIdentifier identifier status! type subject author description content!',
  DocumentReference:
    'masterIdentifier identifier status! docStatus type category subject date author relatesTo description securityLabel content! context',
  Encounter:
    'identifier status! class! type serviceType subject episodeOfCare participant appointment reasonCode reasonReference diagnosis',
  Endpoint: 'identifier status! connectionType! name managingOrganization period payloadType! payloadMimeType address!',
  EnrollmentRequest: 'status',
  EpisodeOfCare: 'status! type diagnosis patient! managingOrganization period',
  ExplanationOfBenefit: 'status! type! use! patient! billablePeriod created! insurer! provider! outcome! insurance! total',
  FamilyMemberHistory:
    'identifier instantiatesCanonical instantiatesUri status! dataAbsentReason patient! date name relationship! sex age estimatedAge deceased reasonCode reasonReference',
  Flag: 'identifier status! category code! subject! period encounter author',
  Goal: 'lifecycleStatus! achievementStatus category priority description! subject! start statusDate expressedBy',
  GuidanceResponse: 'requestIdentifier identifier module! status!',
  HealthcareService: 'identifier active providedBy category type specialty location name comment photo',
  ImagingStudy:
    'identifier status! modality subject! encounter started basedOn referrer interpreter endpoint numberOfSeries numberOfInstances procedureReference procedureCode location reasonCode reasonReference note description series',
  Immunization: 'status! vaccineCode! patient! occurrence! primarySource performer note isSubpotent',
  ImmunizationEvaluation: 'status! patient! targetDisease! immunizationEvent! doseStatus!',
  ImmunizationRecommendation: 'identifier patient! date! recommendation!',
  Invoice: 'identifier status! type subject recipient date totalNet totalGross',
  List: 'status! mode! title code subject date source',
  Location: 'identifier status operationalStatus name description mode type physicalType managingOrganization',
  MeasureReport: 'identifier status! type! measure! subject date reporter period! improvementNotation',
  Media:
    'identifier basedOn partOf status! type modality view subject encounter created issued operator reasonCode bodySite deviceName device height width frames duration content!',
  Medication: 'identifier code status manufacturer amount',
  MedicationAdministration: 'instantiates partOf status! medication! subject! effective! performer',
  MedicationDispense: 'status! medication! subject whenPrepared',
  MedicationRequest:
    'status! intent! priority doNotPerform reported medication! subject! authoredOn requester performerType instantiatesCanonical instantiatesUri basedOn groupIdentifier',
  MedicationStatement: 'identifier basedOn partOf status! category medication! subject! context effective dateAsserted',
  MolecularSequence:
    'identifier type coordinateSystem! patient specimen device performer quantity referenceSeq variant observedSeq quality readCoverage repository pointer structureVariant',
  NutritionOrder: 'instantiatesCanonical instantiatesUri status! intent! patient! dateTime! orderer',
  Observation:
    'identifier basedOn partOf status! code! subject focus encounter effective issued performer value hasMember derivedFrom component',
  Organization: 'identifier active type name partOf',
  Patient: 'identifier active name telecom gender birthDate deceased address managingOrganization link',
  Person: 'name telecom gender birthDate managingOrganization active',
  Practitioner: 'identifier active name telecom address gender birthDate',
  PractitionerRole: 'identifier active period practitioner organization code specialty location telecom',
  Procedure:
    'identifier instantiatesCanonical instantiatesUri basedOn partOf status! statusReason category code subject! encounter performed recorder asserter performer location reasonCode reasonReference bodySite outcome',
  Provenance: 'target! recorded! agent!',
  QuestionnaireResponse: 'identifier basedOn partOf questionnaire status! subject encounter authored author source',
  RelatedPerson: 'identifier active patient! relationship name telecom gender birthDate address',
  RequestGroup: 'identifier instantiatesCanonical instantiatesUri groupIdentifier status! intent! priority code',
  ResearchSubject: 'identifier status! period study! individual!',
  RiskAssessment: 'identifier status! method code subject! encounter occurrence condition performer',
  ServiceRequest:
    'identifier instantiatesCanonical instantiatesUri basedOn replaces requisition status! intent! category priority doNotPerform code orderDetail quantity subject! encounter occurrence asNeeded authoredOn requester performerType performer locationCode locationReference reasonCode reasonReference specimen bodySite patientInstruction',
  Specimen: 'identifier accessionIdentifier status type subject receivedTime condition',
  Substance: 'identifier status category code! description instance ingredient',
  SupplyDelivery: 'basedOn partOf status occurrence',
  SupplyRequest: 'identifier status category priority item! quantity! occurrence authoredOn requester supplier',
  Task: 'instantiatesCanonical instantiatesUri basedOn groupIdentifier partOf status! statusReason businessStatus intent! code description focus for encounter executionPeriod lastModified requester owner location',
  VisionPrescription: 'status! created! patient! dateWritten! prescriber! lensSpecification!',
};
