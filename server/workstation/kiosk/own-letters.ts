/** What the patient has said to their clinic at a kiosk, out of their own box. */
import type { CardRow } from '../../../shared/care-card/card-rules.ts';
import type { LetterSubject, PatientLetter } from '../../../shared/care-card/patient-letter.ts';
import { equalBytes } from '../../../shared/encoding/bytes.ts';
import type { OpenedCard } from '../../care-card/open-card.ts';
import { openLetter, sealLetter } from '../../care-card/patient-letters.ts';
import type { ReadConnection } from '../../storage/database.ts';
import { documentsOf } from '../../sync/clinic.store.ts';
import type { OutgoingDocument } from '../../sync/gateway.ts';
import { sealingKey } from '../../vault/primitives.ts';
import type { CompartmentKeys } from '../../vault/sealing.ts';

export interface OwnLettersParts {
  readonly opened: OpenedCard;
  readonly row: CardRow;
  /** clinic.db, read only. */
  readonly reader: ReadConnection;
  /** Of the box, in each of its epochs. */
  keys(): Promise<CompartmentKeys>;
}

export class OwnLetters {
  readonly #parts: OwnLettersParts;

  constructor(parts: OwnLettersParts) {
    this.#parts = parts;
  }

  /** Those of this card, newest first. */
  async list(): Promise<PatientLetter[]> {
    const { row, reader } = this.#parts;
    const keys = await this.#parts.keys();
    const signerOf = async (card: Uint8Array) => (equalBytes(card, row.card) ? row.signingKey : undefined);
    const letters: PatientLetter[] = [];
    for (const document of await documentsOf(reader, row.box)) {
      const letter = await openLetter(document, keys, signerOf);
      if (letter) letters.push(letter);
    }
    return letters.sort((one, other) => other.time - one.time);
  }

  seal(subject: LetterSubject, content: Uint8Array, time: number): OutgoingDocument {
    const { opened, row } = this.#parts;
    const key = { epoch: row.boxEpoch, key: sealingKey(opened.boxKey) };
    return sealLetter({ row, key, signing: opened.signing }, { subject, content, time });
  }
}
