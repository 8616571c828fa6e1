/** What is said in a complaint or a request to the privacy officer, and its hash on the ledger. */

import { concat } from '../encoding/bytes.ts';
import { type Codec, choice, fixed, opaque, struct, text } from '../encoding/codec.ts';
import type { Hash } from '../ledger/merkle.ts';
import { TAG } from '../ledger/tags.ts';

/** Bytes of the words. */
export const MAX_COMPLAINT = 4_000;

/** Until when it is to be answered: a month from the day on which it was said (GDPR Art. 12(3)). */
export const ANSWER_WITHIN = 30 * 86_400_000;

/** An access, or the records themselves: to correct, to erase, to have a statement of disagreement beside them, or to be handed out whole. */
const COMPLAINT_SUBJECTS = ['access', 'correction', 'erasure', 'disagreement', 'copy'] as const;
type WrittenSubject = (typeof COMPLAINT_SUBJECTS)[number];
/** `other`: a later program wrote it, and this one has no word for it. It is never written. */
export type ComplaintSubject = WrittenSubject | 'other';

/** The words of a complaint are read, and answered, by who does not know what kind it is of. */
const subject: Codec<ComplaintSubject> = {
  write: (out, value) => choice(...COMPLAINT_SUBJECTS).write(out, value as WrittenSubject),
  read: (input) => subjectOf(COMPLAINT_SUBJECTS[input.uint(1)]),
};

/** A subject that another program named. */
export const subjectOf = (named: string | undefined): ComplaintSubject =>
  COMPLAINT_SUBJECTS.find((known) => known === named) ?? 'other';

export const complaintText = struct({
  salt: fixed(32),
  patient: fixed(16),
  about: subject,
  /** Of an access its salted line (section 10); of a statement about one record that record's id; empty otherwise. */
  attached: opaque(16_384),
  words: text(MAX_COMPLAINT),
  /** Who wrote it down at the desk; empty when the patient did at the kiosk. */
  by: text(200),
});

/** H(tag('complaint') ‖ text): the text begins with its salt. */
export const complaintHash = (hash: Hash, written: Uint8Array): Uint8Array => hash(concat(TAG.complaint, written));

/** Content of a patient's letter with a request: the complaint that the ledger has, and its text. */
export const requestLetter = struct({ complaint: fixed(16), text: opaque(30_000) });
