/** Letters of patients (shared/care-card/patient-letter.ts), sealed and opened: by the card's session on a kiosk, by a desk with its clinic's keys. */
import type { CardRow } from '../../shared/care-card/card-rules.ts';
import {
  decodeLetter,
  encodeLetter,
  type LetterSubject,
  letterMessage,
  letterRecord,
  PATIENT_LETTER_KIND,
  type PatientLetter,
} from '../../shared/care-card/patient-letter.ts';
import { SUITE } from '../../shared/ledger/event.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { OutgoingDocument } from '../sync/gateway.ts';
import { hashParts } from '../vault/hash-parts.ts';
import { type SigningKey, sign, verifySignature } from '../vault/primitives.ts';
import { type CompartmentKey, type CompartmentKeys, openDocument, sealDocument } from '../vault/sealing.ts';

interface Writing {
  readonly row: Pick<CardRow, 'card' | 'box'>;
  readonly key: CompartmentKey;
  readonly signing: SigningKey;
}

/** A letter of the patient into their box: signed with the patient's key, sealed as a record's document is, under the one number that the box keeps for letters. `time`: milliseconds. */
export function sealLetter(
  { row, key, signing }: Writing,
  letter: { readonly subject: LetterSubject; readonly content: Uint8Array; readonly time: number },
): OutgoingDocument {
  const { card, box } = row;
  const said = { suite: SUITE, card, ...letter };
  const content = encodeLetter({ ...said, proof: sign(signing, letterMessage(said)) });
  const { name, sealed, wrap } = sealDocument(
    {
      kind: PATIENT_LETTER_KIND,
      recordId: letterRecord(hashParts, box),
      version: 1,
      previous: new Uint8Array(0),
      author: card,
      time: letter.time,
      meta: '{}',
      content,
    },
    box,
    key,
  );
  return { name, handle: box, sealed, wrap };
}

/**
 * The letter in a document of a box; undefined for another kind of document, and for words that the patient did not sign.
 * @param signerOf the signing key of a card of this patient
 */
export async function openLetter(
  document: Pick<OutgoingDocument, 'handle' | 'sealed' | 'wrap'>,
  keys: CompartmentKeys,
  signerOf: (card: Uint8Array) => Promise<Uint8Array | undefined>,
): Promise<PatientLetter | undefined> {
  const letter = opened(document, keys);
  if (!letter) return undefined;
  const { proof, ...said } = letter;
  const signer = await signerOf(letter.card);
  return signer && verifySignature(signer, letterMessage(said), proof) ? letter : undefined;
}

function opened(
  document: Pick<OutgoingDocument, 'handle' | 'sealed' | 'wrap'>,
  keys: CompartmentKeys,
): PatientLetter | undefined {
  try {
    const place = { recordId: letterRecord(hashParts, document.handle), version: 1 };
    const { kind, content } = openDocument({ ...place, ...document }, keys);
    return kind === PATIENT_LETTER_KIND ? decodeLetter(content) : undefined;
  } catch (error) {
    // Another record of the box, or one under a key that is not here.
    if (error instanceof Failure && error.code.startsWith('vault.')) return undefined;
    throw error;
  }
}
