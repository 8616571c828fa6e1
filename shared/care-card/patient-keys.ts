/**
 * What the patient's keys open: every key of every compartment of theirs, as one record in the patient's box. The box's own earlier keys
 * are among them, so that what was put there before a new card stays readable.
 *
 *     content = (category text<0..20> ‖ handle[16] ‖ keyEpoch u32 ‖ key[32]) list<0..20000>
 *
 * The record's id is the first 16 bytes of H(tag 'card-keys' ‖ the handle of identity), so that who holds the box's key finds it.
 */
import { concat } from '../encoding/bytes.ts';
import { type Decoded, decode, encode, fixed, list, struct, text, u32 } from '../encoding/codec.ts';
import { CARD_TAG } from './card-tags.ts';

/** Kind of the envelope (docs/protocol.md, section 9). */
export const PATIENT_KEYS_KIND = 'card-keys';

const patientKeys = list(struct({ category: text(20), handle: fixed(16), epoch: u32, key: fixed(32) }), 20_000);
export type PatientKeyList = Decoded<typeof patientKeys>;

export const encodePatientKeys = (keys: PatientKeyList): Uint8Array => encode(patientKeys, keys);
export const decodePatientKeys = (bytes: Uint8Array): PatientKeyList => decode(patientKeys, bytes);

export const patientKeysRecord = (hash: (bytes: Uint8Array) => Uint8Array, handle: Uint8Array): Uint8Array =>
  hash(concat(CARD_TAG.keys, handle)).slice(0, 16);
