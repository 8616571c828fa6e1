/**
 * A letter of a patient to their clinic: what they say at a kiosk, sealed in the box of their card and signed by their own key. No event
 * names it; what has to stand on the ledger (a consent's terms, that there is a complaint) the kiosk writes there beside it.
 */
import { concat, utf8 } from '../encoding/bytes.ts';
import { choice, type Decoded, decode, encode, fixed, opaque, struct, u8, u64 } from '../encoding/codec.ts';
import { SUITE } from '../ledger/event.ts';
import type { Hash } from '../ledger/merkle.ts';
import { Failure } from '../outcome/failure.ts';

const TAG = utf8('careledger/v1/patient-letter\n');

/** Kind of the envelope (docs/protocol.md, section 9). */
export const PATIENT_LETTER_KIND = 'patient-letter';

const said = {
  suite: u8,
  card: fixed(32),
  /** Milliseconds, by the clock of the kiosk. */
  time: u64,
  subject: choice('consent', 'request', 'link', 'reading', 'naming'),
  content: opaque(40_000),
};
const letterSaid = struct(said);
const letterCodec = struct({ ...said, proof: fixed(64) });
export type PatientLetter = Decoded<typeof letterCodec>;
export type LetterSubject = PatientLetter['subject'];

/** What the patient signs. */
export const letterMessage = (letter: Omit<PatientLetter, 'proof'>): Uint8Array => concat(TAG, encode(letterSaid, letter));

export const encodeLetter = (letter: PatientLetter): Uint8Array => encode(letterCodec, letter);

/** @throws {Failure} `encoding.malformed`, `ledger.suite-unknown`. */
export function decodeLetter(bytes: Uint8Array): PatientLetter {
  const letter = decode(letterCodec, bytes);
  if (letter.suite === SUITE) return letter;
  throw new Failure(
    'ledger.suite-unknown',
    `This letter is of suite ${letter.suite}, which this program does not know. Update it.`,
  );
}

/** The record id under which every letter in a box is sealed, as version 1. */
export const letterRecord = (hash: Hash, box: Uint8Array): Uint8Array => hash(concat(TAG, box)).slice(0, 16);

/** Content of a letter about a SMART Health Link, as JSON: what the patient needs to show it again and to end it. Of no concern to a desk. */
export interface LinkLetter {
  /** 32 bytes, hexadecimal. */
  readonly link: string;
  readonly url: string;
  /** 32 bytes, hexadecimal. */
  readonly key: string;
  readonly sections: readonly string[];
  /** Milliseconds. */
  readonly ends: number;
  readonly hasPasscode: boolean;
}

/** Content of a letter by which a patient names who acts for them, as JSON: the signed terms of `guardian.named`, and the words. */
export interface NamingLetter {
  /** The carer's, 32 bytes, hexadecimal. */
  readonly card: string;
  /** HL7 v3 RoleCode. */
  readonly relationship: string;
  readonly mayConsent: boolean;
  readonly mayComplain: boolean;
  /** Milliseconds; `ends` 0: until it is ended. */
  readonly starts: number;
  readonly ends: number;
  readonly text: string;
  /** The patient's signature over `namingMessage`, hexadecimal. */
  readonly proof: string;
  /** A newer letter about the same card: nobody is named any more. */
  readonly isTakenBack: boolean;
}

/** Content of a letter about a consent, as JSON: what the ledger does not say of it. */
export interface ConsentLetter {
  /** As the ledger has it, hexadecimal. */
  readonly grant: string;
  /** Of the consent, 32 hexadecimal digits: part of the text that was signed. */
  readonly id: string;
  readonly recipient: string;
  readonly categories: readonly string[];
  readonly purpose: string;
  readonly starts: number;
  readonly ends: number;
  readonly verification: string;
  readonly language: string;
}
