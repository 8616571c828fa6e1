/**
 * The guided tasks of a training clinic, judged from what truly happened in it: lines of the access log and versions of records. What a
 * person does wrongly on the way costs points; there is nothing to tick. Pure: the same from the same, in whatever order it comes.
 */
import { readFhirRestriction } from '../consent/restriction.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../fhir/strict-json.ts';

export const TRAINING_TASKS = ['FIND', 'ALLERGY', 'PRESCRIPTION', 'CORRECTION', 'RESTRICTION', 'GLASS', 'LOG'] as const;
type TrainingTask = (typeof TRAINING_TASKS)[number];

export const POINTS = 10;
const COST_OF_A_MISTAKE = 5;
/** What the trainee is asked to record and to prescribe. */
const SUBSTANCE = 'amoxicillin';

/** Whom a run of the tasks is about. Ids in hexadecimal. */
export interface TrainingCase {
  readonly patient: string;
  /** Somebody else with the same name and date of birth. */
  readonly namesake: string;
  readonly emergency: string;
  readonly watched: string;
  /** The weight of `patient` that cannot be right. */
  readonly wrongRecord: string;
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
};

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
