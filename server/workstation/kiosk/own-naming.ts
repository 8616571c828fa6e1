/**
 * Naming somebody who acts for who is checked in, by the patient's own key: the carer's card says which card it will be, the patient signs
 * the terms, and a desk of the clinic gives that card the keys. What is signed lies in the patient's box as a letter until then.
 */
import { guardianAgesBody, guardianAgesKey, USUAL_AGES } from '../../../shared/care-card/age-rules.ts';
import { readCardCode } from '../../../shared/care-card/card-code.ts';
import { type CardRow, cardKey, cardRow } from '../../../shared/care-card/card-rules.ts';
import { guardianKey, guardianRow, isGuardianNow, namingMessage, type Ward } from '../../../shared/care-card/guardian-rules.ts';
import {
  CARERS,
  cardHolder,
  comesOfAge,
  GUARDIAN_LANGUAGES,
  guardianText,
  numberOfCard,
} from '../../../shared/care-card/guardian-text.ts';
import type { NamingLetter } from '../../../shared/care-card/patient-letter.ts';
import { equalBytes, fromUtf8, toHex, utf8 } from '../../../shared/encoding/bytes.ts';
import { decode } from '../../../shared/encoding/codec.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { cardIdOf } from '../../care-card/open-card.ts';
import { loadOverlaid } from '../../sync/own-acts/pending.ts';
import { randomBytes, sha256, sha256Hex, sign } from '../../vault/primitives.ts';
import type { OwnRecords, OwnRecordsParts } from './own-records.ts';

/** What is chosen on the screen. `card`: the code of the carer's card, as it was scanned or typed. */
interface CarerWish {
  readonly card: string;
  readonly relationship: string;
  readonly mayConsent: boolean;
  readonly mayComplain: boolean;
  /** Milliseconds; none: until it is ended. */
  readonly ends?: number | null | undefined;
  readonly language: string;
}

/** Signed here, and not on the ledger yet. */
interface SignedNaming extends Pick<NamingLetter, 'relationship' | 'mayConsent' | 'mayComplain' | 'ends'> {
  /** Hexadecimal. */
  readonly card: string;
  /** The ledger has it; the clinic's file, which has the name, has not come since. */
  readonly isNamed: boolean;
}

interface Written {
  readonly language: string;
  readonly card: Uint8Array;
  readonly starts: number;
  readonly text: string;
  readonly hash: string;
}

export class OwnNaming {
  readonly #parts: OwnRecordsParts;
  readonly #own: OwnRecords;
  /** Texts of this session by what was chosen, so that asking twice gives the same. */
  readonly #written = new Map<string, Written>();

  constructor(parts: OwnRecordsParts, own: OwnRecords) {
    this.#parts = parts;
    this.#own = own;
  }

  /** @throws {Failure} `card.code-unreadable`; `guardian.no-card`, `guardian.wish`, `guardian.child`, `guardian.already`, `guardian.over`. */
  async text(wish: CarerWish): Promise<{ text: string; language: string; hash: string }> {
    const { text, language, hash } = await this.#write(wish);
    return { text, language, hash };
  }

  /** Signs it, and lays it into the box. Durable when it resolves. @param hash of the text that was read @throws {Failure} as `text`; `guardian.text-changed`. */
  async name(wish: CarerWish, hash: string): Promise<void> {
    const { row, opened } = this.#parts;
    const { card, starts, text, hash: written } = await this.#write(wish);
    if (hash !== written)
      throw new Failure('guardian.text-changed', 'These are not the words that were read. Show them again before signing.');
    const { relationship, mayConsent, mayComplain } = wish;
    const ends = wish.ends ?? 0;
    const agreement = sha256(utf8(text));
    const said = { card, mayConsent, mayComplain, starts, ends, agreement, patientCard: row.card };
    const proof = toHex(sign(opened.signing, namingMessage(row.custodian, row.handle, said)));
    const letter: NamingLetter = {
      card: toHex(card),
      relationship,
      mayConsent,
      mayComplain,
      starts,
      ends,
      text,
      proof,
      isTakenBack: false,
    };
    await this.#lay(letter);
    this.#written.clear();
  }

  /** Those that nobody has taken back or ended. */
  async signed(): Promise<SignedNaming[]> {
    const found: SignedNaming[] = [];
    for (const letter of (await this.#newest()).values()) {
      const ward = await this.#wardOf(letter.card);
      const isNamed = ward !== undefined && ward.starts >= letter.starts;
      const isOver = letter.ends !== 0 && letter.ends <= (await this.#parts.time());
      if (letter.isTakenBack || isOver || (isNamed && ward.ended !== 0)) continue;
      const { card, relationship, mayConsent, mayComplain, ends } = letter;
      found.push({ card, relationship, mayConsent, mayComplain, ends, isNamed });
    }
    return found;
  }

  /** Before a desk has named them. @param card hexadecimal @throws {Failure} `guardian.over`. */
  async takeBack(card: string): Promise<void> {
    const letter = (await this.#newest()).get(card);
    if (!letter || letter.isTakenBack)
      throw new Failure('guardian.over', 'This person does not act for you. Open the list again.');
    const { sealedAt: _, ...said } = letter;
    await this.#lay({ ...said, isTakenBack: true });
  }

  /** Later than what was said of this card before, whatever the kiosk's clock does: the newest counts. */
  async #lay(letter: NamingLetter): Promise<void> {
    const before = (await this.#newest()).get(letter.card)?.sealedAt ?? 0;
    const time = Math.max(await this.#parts.time(), before + 1);
    await this.#parts.record([], [this.#own.letters.seal('naming', utf8(JSON.stringify(letter)), time)]);
  }

  /** The newest letter about each card, and when it was sealed. */
  async #newest(): Promise<Map<string, NamingLetter & { readonly sealedAt: number }>> {
    const letters = (await this.#own.letters.list()).filter(({ subject }) => subject === 'naming').toReversed();
    return new Map(
      letters.map(({ content, time }) => {
        const letter = JSON.parse(fromUtf8(content)) as NamingLetter;
        return [letter.card, { ...letter, sealedAt: time }];
      }),
    );
  }

  async #write(wish: CarerWish): Promise<Written> {
    const key = JSON.stringify(wish);
    const known = this.#written.get(key);
    if (known) return known;
    const carer = await this.#carer(wish);
    const { file } = await this.#own.file();
    const time = await this.#parts.time();
    if (wish.ends != null && wish.ends <= time)
      throw new Failure('guardian.over', 'This would be over before it begins. Choose a later day.');
    const language = GUARDIAN_LANGUAGES.find((each) => each === wish.language) ?? 'en';
    const text = guardianText(
      {
        patientName: file.name,
        guardianName: cardHolder(numberOfCard(carer.card), language),
        clinicName: await this.#own.home(),
        mayConsent: wish.mayConsent,
        mayComplain: wish.mayComplain,
        ends: wish.ends ?? 0,
        isChild: false,
        privateFrom: 0,
        evidence: '',
        number: toHex(randomBytes(16)),
      },
      language,
    );
    const starts = Math.max(time, (await this.#saidBefore(toHex(carer.card))) + 1);
    const written = { language, card: carer.card, starts, text, hash: sha256Hex(utf8(text)) };
    this.#written.set(key, written);
    return written;
  }

  /** When this card was named last, milliseconds: the same words again count only if they are newer, also where judged time stands still. */
  async #saidBefore(card: string): Promise<number> {
    const [ward, letter] = [await this.#wardOf(card), (await this.#newest()).get(card)];
    return Math.max(ward?.starts ?? 0, letter?.starts ?? 0);
  }

  /** Whose card it is: a living one of this clinic, of somebody else, who does not act yet. */
  async #carer({ card, relationship }: CarerWish): Promise<CardRow> {
    if (!CARERS.some((each) => each === relationship)) throw new Failure('guardian.wish', 'Say who this person is to you.');
    await this.#refuseChild();
    const { row, reader, time } = this.#parts;
    const id = cardKey(toHex(cardIdOf(readCardCode(card))));
    const stored = (await loadOverlaid(reader, [id])).get(id);
    const carer = stored && decode(cardRow, stored);
    const isOurs = carer && carer.ended === 0 && equalBytes(carer.custodian, row.custodian);
    if (!isOurs || equalBytes(carer.handle, row.handle))
      throw new Failure(
        'guardian.no-card',
        'Who acts for you needs a care card of their own from this clinic. Hold that card here, not yours.',
      );
    const ward = await this.#wardOf(toHex(carer.card));
    if (ward && isGuardianNow(ward, await time())) throw new Failure('guardian.already', 'This person acts for you already.');
    return carer;
  }

  /** The documents of who acts for a child are looked at, which no kiosk does. */
  async #refuseChild(): Promise<void> {
    const { reader, row, time } = this.#parts;
    const key = guardianAgesKey(toHex(row.custodian));
    const stored = (await loadOverlaid(reader, [key])).get(key);
    const { majority } = stored ? decode(guardianAgesBody, stored) : USUAL_AGES;
    const ofAge = comesOfAge((await this.#own.file()).file.birthDate, majority);
    if (ofAge !== undefined && (await time()) < ofAge)
      throw new Failure('guardian.child', 'Who acts for a child is named at the desk, where their documents are looked at.');
  }

  async #wardOf(card: string): Promise<Ward | undefined> {
    const key = guardianKey(card);
    const stored = (await loadOverlaid(this.#parts.reader, [key])).get(key);
    const own = toHex(this.#parts.row.handle);
    return stored ? decode(guardianRow, stored).wards.find(({ handle }) => toHex(handle) === own) : undefined;
  }
}
