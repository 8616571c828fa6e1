/**
 * What a care card opens by itself, without a PIN: a short extract for who helps in an emergency. The patient chooses at issue whether
 * there is one. A JSON document in a compartment of its own, whose key is sealed to a key that follows from the card's secret.
 */
import { concat } from '../encoding/bytes.ts';
import { CARD_TAG } from './card-tags.ts';

/** Kind of the envelope (docs/protocol.md, section 9). */
export const EMERGENCY_KIND = 'card-emergency';

export const EMERGENCY_SECTIONS = ['allergies', 'medications', 'problems', 'implants', 'contacts', 'directives'] as const;
export type EmergencySection = (typeof EMERGENCY_SECTIONS)[number];

export interface EmergencyExtract {
  readonly format: 1;
  /** The home clinic's id of the patient, hexadecimal. */
  readonly patient: string;
  readonly name: string;
  /** FHIR date; '' when it is not known. */
  readonly birthDate: string;
  readonly sections: ReadonlyArray<{
    readonly name: EmergencySection;
    readonly lines: readonly EmergencyLine[];
  }>;
}

export interface EmergencyLine {
  readonly text: string;
  readonly date: string;
  /** What the patient says against it; left out where they say nothing. */
  readonly disagreements?: readonly string[];
}

export const emergencyRecord = (hash: (bytes: Uint8Array) => Uint8Array, handle: Uint8Array): Uint8Array =>
  hash(concat(CARD_TAG.emergency, handle)).slice(0, 16);
