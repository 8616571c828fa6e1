/** What is being written: a new record of one kind, or a new version of one that exists. */
import type { ItemPartsFragment, Section } from '../../generated/graphql.ts';

export const writeKinds = ['OBSERVATION', 'ALLERGY', 'PROBLEM', 'MEDICATION', 'IMMUNIZATION'] as const;
export type WriteKind = (typeof writeKinds)[number];

export interface Amended {
  readonly item: ItemPartsFragment;
  readonly resource: string;
}

export interface Writing {
  readonly kind: WriteKind;
  readonly amended?: Amended;
}

const kindOfSection: Readonly<Partial<Record<Section, WriteKind>>> = {
  PROBLEM: 'PROBLEM',
  ALLERGY: 'ALLERGY',
  MEDICATION: 'MEDICATION',
  IMMUNIZATION: 'IMMUNIZATION',
  RESULT: 'OBSERVATION',
  VITAL: 'OBSERVATION',
};

const typesOfKind: Readonly<Record<WriteKind, readonly string[]>> = {
  OBSERVATION: ['Observation'],
  ALLERGY: ['AllergyIntolerance'],
  PROBLEM: ['Condition'],
  MEDICATION: ['MedicationStatement', 'MedicationRequest'],
  IMMUNIZATION: ['Immunization'],
};

/** What can be added under a section; undefined where the program only reads. */
export const kindIn = (section: Section): WriteKind | undefined => kindOfSection[section];

/** The form that can amend a record of this type. */
export const kindOfType = (resourceType: string): WriteKind | undefined =>
  writeKinds.find((kind) => typesOfKind[kind].includes(resourceType));
