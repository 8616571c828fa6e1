/** What is being written: a new record of one kind, or a new version of one that exists. */
import type { ItemPartsFragment, Section } from '../../../generated/graphql.ts';

export const writeKinds = [
  'VITALS',
  'OBSERVATION',
  'ALLERGY',
  'PROBLEM',
  'PRESCRIPTION',
  'DISPENSE',
  'MEDICATION',
  'IMMUNIZATION',
  'ORDER',
  'RESULT',
  'SOAP',
  'RECONCILIATION',
] as const;
export type WriteKind = (typeof writeKinds)[number];

interface Amended {
  readonly item: ItemPartsFragment;
  readonly resource: string;
}

export interface Writing {
  readonly kind: WriteKind;
  readonly amended?: Amended;
  /** By which medicine is handed over. */
  readonly prescription?: ItemPartsFragment;
}

const kindsOfSection: Readonly<Partial<Record<Section, readonly WriteKind[]>>> = {
  PROBLEM: ['PROBLEM'],
  ALLERGY: ['ALLERGY'],
  MEDICATION: ['PRESCRIPTION', 'MEDICATION', 'RECONCILIATION'],
  IMMUNIZATION: ['IMMUNIZATION'],
  PROCEDURE: ['ORDER'],
  RESULT: ['RESULT'],
  VITAL: ['VITALS', 'OBSERVATION'],
  NOTE: ['SOAP'],
};

const typesOfKind: Readonly<Record<WriteKind, readonly string[]>> = {
  VITALS: [],
  OBSERVATION: ['Observation'],
  ALLERGY: ['AllergyIntolerance'],
  PROBLEM: ['Condition'],
  PRESCRIPTION: ['MedicationRequest'],
  DISPENSE: ['MedicationDispense'],
  MEDICATION: ['MedicationStatement'],
  IMMUNIZATION: ['Immunization'],
  ORDER: ['ServiceRequest'],
  RESULT: [],
  SOAP: ['Composition'],
  RECONCILIATION: [],
};

/** What can be added under a section; empty where the program only reads. */
export const kindsIn = (section: Section): readonly WriteKind[] => kindsOfSection[section] ?? [];

/** The form that can amend a record of this type. */
export const kindOfType = (resourceType: string): WriteKind | undefined =>
  writeKinds.find((kind) => typesOfKind[kind].includes(resourceType));
