/**
 * The guided tasks of a training clinic, judged from what truly happened in it: lines of the access log and versions of records. What a
 * person does wrongly on the way costs points; there is nothing to tick. Pure: the same from the same, in whatever order it comes.
 */
import { TREATMENT_CONSENT_SYSTEM } from '../consent/own-consents.ts';
import { readFhirRestriction } from '../consent/restriction.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../fhir/strict-json.ts';

/** In the order of competency records, which name them by their place: a further one comes last. */
export const TRAINING_TASKS = [
  'FIND',
  'ALLERGY',
  'PRESCRIPTION',
  'CORRECTION',
  'RESTRICTION',
  'GLASS',
  'LOG',
  'CONSENT',
  'CONFLICT',
] as const;
type TrainingTask = (typeof TRAINING_TASKS)[number];

export const POINTS = 10;
const COST_OF_A_MISTAKE = 5;
/** What the trainee is asked to record and to prescribe. */
const SUBSTANCE = 'amoxicillin';
/** What one desk made of the medication, and what the other wrote that could not hear it: both are to stand. */
export const CHANGED_DOSE = '100 mg once daily';
export const LATE_NOTE = 'Dizzy when taken on an empty stomach';

/** Whom a run of the tasks is about. Ids in hexadecimal. */
export interface TrainingCase {
  readonly patient: string;
  /** Somebody else with the same name and date of birth. */
  readonly namesake: string;
  readonly emergency: string;
  readonly watched: string;
  /** The weight of `patient` that cannot be right. */
  readonly wrongRecord: string;
  /** The medication of `patient` that two desks have changed; undefined in a run of an earlier program. */
  readonly conflictRecord?: string | undefined;
}

/** A line of the access log that the trainee left. */
export interface TrainingLook {
  readonly patient: string;
  readonly action: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A version that the trainee wrote. */
export interface TrainingVersion {
  readonly patient: string;
  readonly record: string;
  readonly kind: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly reason: string;
  /** Whether it settles a conflict. */
  readonly settles: boolean;
  readonly resource: JsonObject;
}

interface TrainingFacts {
  readonly looks: readonly TrainingLook[];
  readonly versions: readonly TrainingVersion[];
}

export interface JudgedTask {
  readonly task: TrainingTask;
  /** Milliseconds since 1970; undefined while it is not done. */
  readonly doneAt: number | undefined;
  readonly mistakes: number;
  /** Of `POINTS`. */
  readonly points: number;
}

interface Verdict {
  readonly doneAt: number | undefined;
  readonly mistakes: number;
}

/** @param facts what the trainee did since the run began */
export function judgeTraining(run: TrainingCase, facts: TrainingFacts): JudgedTask[] {
  const looks = [...facts.looks].sort((one, other) => one.at - other.at);
  const versions = [...facts.versions].sort((one, other) => one.at - other.at);
  return TRAINING_TASKS.map((task) => {
    const { doneAt, mistakes } = VERDICTS[task](run, { looks, versions });
    const points = doneAt === undefined ? 0 : Math.max(0, POINTS - COST_OF_A_MISTAKE * mistakes);
    return { task, doneAt, mistakes, points };
  });
}

const VERDICTS: Readonly<Record<TrainingTask, (run: TrainingCase, facts: TrainingFacts) => Verdict>> = {
  FIND: ({ patient, namesake }, { looks }) => {
    const doneAt = looks.find((look) => look.action === 'open' && look.patient === patient)?.at;
    const before = looks.filter(({ action, at }) => action === 'open' && at <= (doneAt ?? at));
    return { doneAt, mistakes: before.filter((look) => look.patient === namesake).length };
  },
  ALLERGY: ({ patient }, { versions }) => {
    const allergies = versions.filter(({ resource }) => isAbout(resource, 'AllergyIntolerance', 'code'));
    return {
      doneAt: allergies.find((version) => version.patient === patient)?.at,
      mistakes: allergies.filter((version) => version.patient !== patient).length,
    };
  },
  PRESCRIPTION: ({ patient }, { versions }) => {
    const written = versions.filter(({ resource }) => isAbout(resource, 'MedicationRequest', 'medicationCodeableConcept'));
    const right = written.find((version) => version.patient === patient && isJustified(version.resource));
    // Before the allergy was recorded nothing spoke against it.
    return { doneAt: right?.at, mistakes: written.filter((version) => !isJustified(version.resource)).length };
  },
  CORRECTION: ({ wrongRecord }, { versions }) => {
    const withdrawn = versions.filter(({ resource }) => resource.status === 'entered-in-error');
    const right = versions.find(({ record, reason, resource }) => record === wrongRecord && reason !== '' && isMended(resource));
    return { doneAt: right?.at, mistakes: withdrawn.filter(({ record }) => record !== wrongRecord).length };
  },
  RESTRICTION: ({ patient }, { versions }) => {
    const restrictions = versions.filter(({ kind }) => kind === 'restriction');
    const lifted = restrictions.filter((version) => version.patient === patient && isLifted(version.resource));
    return { doneAt: lifted[0]?.at, mistakes: restrictions.filter((version) => version.patient !== patient).length };
  },
  GLASS: ({ emergency }, { looks }) => {
    const broken = looks.filter(({ action }) => action === 'break-glass');
    return {
      doneAt: broken.find(({ patient }) => patient === emergency)?.at,
      mistakes: new Set(broken.map(({ patient }) => patient).filter((patient) => patient !== emergency)).size,
    };
  },
  LOG: ({ watched }, { looks }) => {
    const read = looks.find(({ action, patient }) => action === 'access-log' && patient === watched);
    // Who opens the chart to see who opened the chart has looked at more than they needed.
    const opened = looks.filter(({ action, patient, at }) => action === 'open' && patient === watched && at <= (read?.at ?? at));
    return { doneAt: read?.at, mistakes: opened.length > 0 ? 1 : 0 };
  },
  CONSENT: ({ patient }, { versions }) => {
    const recorded = versions.filter(({ resource }) => isTreatmentConsent(resource));
    const isTrue = (version: TrainingVersion): boolean => version.patient === patient && version.resource.status !== 'active';
    // An agreement that nobody gave stands in the chart from then on.
    return { doneAt: recorded.find(isTrue)?.at, mistakes: recorded.filter((version) => !isTrue(version)).length };
  },
  CONFLICT: ({ conflictRecord }, { versions }) => {
    const settled = versions.filter(({ record, settles }) => settles && record === conflictRecord);
    const isWhole = ({ resource }: TrainingVersion): boolean =>
      JSON.stringify(resource.dosage ?? '').includes(CHANGED_DOSE) && JSON.stringify(resource.note ?? '').includes(LATE_NOTE);
    return { doneAt: settled.find(isWhole)?.at, mistakes: settled.filter((version) => !isWhole(version)).length };
  },
};

function isTreatmentConsent({ resourceType, category }: JsonObject): boolean {
  return resourceType === 'Consent' && JSON.stringify(category ?? '').includes(TREATMENT_CONSENT_SYSTEM);
}

function isAbout(resource: JsonObject, type: string, field: string): boolean {
  return resource.resourceType === type && words(resource[field]).includes(SUBSTANCE);
}

/** The words of a CodeableConcept. */
function words(concept: JsonValue | undefined): string {
  if (!isJsonObject(concept)) return '';
  const codings = Array.isArray(concept.coding) ? concept.coding.filter(isJsonObject) : [];
  return [concept.text, ...codings.map(({ display }) => display)].join(' ').toLowerCase();
}

/** Names the allergy that speaks against it, and why it is given all the same. */
function isJustified(resource: JsonObject): boolean {
  const sources = Array.isArray(resource.supportingInformation) ? resource.supportingInformation.filter(isJsonObject) : [];
  const notes = Array.isArray(resource.note) ? resource.note.filter(isJsonObject) : [];
  return sources.some(({ reference }) => String(reference).startsWith('AllergyIntolerance/')) && notes.length > 0;
}

/** 650 kg was 65: taken back, or written anew with a weight that a person can have. */
function isMended(resource: JsonObject): boolean {
  if (resource.status === 'entered-in-error') return true;
  const quantity = isJsonObject(resource.valueQuantity) ? Number(resource.valueQuantity.value) : Number.NaN;
  return quantity > 0 && quantity < 300;
}

function isLifted(resource: JsonObject): boolean {
  return readFhirRestriction(resource).liftedAt !== undefined;
}
