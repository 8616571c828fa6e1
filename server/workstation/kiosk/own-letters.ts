/** What the patient has said to their clinic at a kiosk, and who acts for them with them: out of the patient's own box. */
import { type CardRow, cardKey, cardRow } from '../../../shared/care-card/card-rules.ts';
import { guardianKey, guardianRow } from '../../../shared/care-card/guardian-rules.ts';
import type { LetterSubject, PatientLetter } from '../../../shared/care-card/patient-letter.ts';
import { equalBytes, toHex } from '../../../shared/encoding/bytes.ts';
import { decode } from '../../../shared/encoding/codec.ts';
import type { OpenedCard } from '../../care-card/open-card.ts';
import { openLetter, sealLetter } from '../../care-card/patient-letters.ts';
import type { ReadConnection } from '../../storage/database.ts';
import { documentsOf } from '../../sync/clinic.store.ts';
import type { OutgoingDocument } from '../../sync/gateway.ts';
import { loadOverlaid } from '../../sync/own-acts/pending.ts';
import { sealingKey } from '../../vault/primitives.ts';
import type { CompartmentKeys } from '../../vault/sealing.ts';

export interface OwnLettersParts {
  readonly opened: OpenedCard;
  /** Of who is checked in; over the box of whom they act for. */
  readonly row: CardRow;
  /** clinic.db, read only. */
  readonly reader: ReadConnection;
  /** Of the box, in each of its epochs. */
  keys(): Promise<CompartmentKeys>;
}

/** A letter, and whose card signed it. */
interface SignedLetter extends PatientLetter {
  /** Their compartment of identity, hexadecimal. */
  readonly holder: string;
}

export class OwnLetters {
  readonly #parts: OwnLettersParts;

  constructor(parts: OwnLettersParts) {
    this.#parts = parts;
  }

  /** Those of this card, newest first. */
  list(): Promise<SignedLetter[]> {
    return this.#read(async (card) => (equalBytes(card, this.#parts.row.card) ? this.#parts.row : undefined));
  }

  /** Those of every card that has had a word here, newest first: earlier ones of the patient too, and of who acts or has acted for them. */
  everybodys(): Promise<SignedLetter[]> {
    return this.#read((card) => this.#cardAbout(card));
  }

  seal(subject: LetterSubject, content: Uint8Array, time: number): OutgoingDocument {
    const { opened, row } = this.#parts;
    const key = { epoch: row.boxEpoch, key: sealingKey(opened.boxKey) };
    return sealLetter({ row, key, signing: opened.signing }, { subject, content, time });
  }

  async #read(cardOf: (card: Uint8Array) => Promise<CardRow | undefined>): Promise<SignedLetter[]> {
    const { row, reader } = this.#parts;
    const keys = await this.#parts.keys();
    const letters: SignedLetter[] = [];
    for (const document of await documentsOf(reader, row.box)) {
      let signer: CardRow | undefined;
      const letter = await openLetter(document, keys, async (card) => {
        signer = await cardOf(card);
        return signer?.signingKey;
      });
      if (letter && signer) letters.push({ ...letter, holder: toHex(signer.handle) });
    }
    return letters.sort((one, other) => other.time - one.time);
  }

  async #cardAbout(card: Uint8Array): Promise<CardRow | undefined> {
    const { reader, row } = this.#parts;
    const [known, acting] = [cardKey(toHex(card)), guardianKey(toHex(card))];
    const rows = await loadOverlaid(reader, [known, acting]);
    const stored = rows.get(known);
    const found = stored && decode(cardRow, stored);
    if (!found || equalBytes(found.handle, row.handle)) return found;
    const wards = rows.get(acting);
    return wards && decode(guardianRow, wards).wards.some(({ handle }) => equalBytes(handle, row.handle)) ? found : undefined;
  }
}
