/** What stands in front of everything about care cards that is signed, derived or bound, together in one file so that a double is seen. */
import { utf8 } from '../encoding/bytes.ts';

const tag = (purpose: string): Uint8Array => utf8(`careledger/v1/${purpose}\n`);

export const CARD_TAG = {
  /** HKDF of the card's secret: the seed of the card's own signing key. */
  key: tag('card-key'),
  /** HKDF of the card's secret and the envelope's salt: the salt of scrypt. */
  salt: tag('card-salt'),
  /** HKDF of what scrypt gives: what a pepper is asked about. */
  blind: tag('card-blind'),
  /** HMAC under a pepper. */
  pepper: tag('card-pepper'),
  /** HKDF of scrypt's bytes and a pepper's answer: the key of one copy of the seeds. */
  copy: tag('card-copy'),
  /** Associated data of a copy. */
  envelope: tag('card-envelope'),
  /** HPKE `info` of the key of the patient's box. */
  box: tag('card-box'),
  /** Signed by the card and by the patient's key when the card is issued. */
  issued: tag('card-issued'),
  /** Signed by the card with each question to a pepper. */
  ask: tag('card-ask'),
  /** Hashed with a patient's handle: the id of the record of the patient's keys. */
  keys: tag('card-keys'),
  /** Hashed with a patient's handle: the id of the record of who the patient is. */
  holder: tag('card-holder'),
  /** HKDF of the card's secret: the X25519 key that opens the emergency extract. Hashed with a handle: the id of its record. */
  emergency: tag('card-emergency'),
  /** HPKE `info` of the key of the extract's compartment. */
  emergencyKey: tag('card-emergency-key'),
  /** Associated data of the file in which a desk keeps the clinic's peppers. */
  file: tag('card-pepper-file'),
  /** Signed by the patient's key once the card has opened: what clears a counter. */
  opened: tag('card-opened'),
  /** Signed by the patient's key over an envelope that has a copy under the hub's pepper by now. */
  completed: tag('card-completed'),
} as const;
