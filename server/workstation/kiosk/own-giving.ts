/** A new consent by the patient's own key: the text out of what they chose, and the signature over exactly that text. */

import type { ConsentLetter } from '../../../shared/care-card/patient-letter.ts';
import { askingMessage, consentAskedBody } from '../../../shared/consent/asked-rules.ts';
import { CONSENT_LANGUAGES, type ConsentChoices, type ConsentLanguage, chosen } from '../../../shared/consent/consent-choices.ts';
import { consentText } from '../../../shared/consent/consent-text.ts';
import { fromHex, toHex, utf8 } from '../../../shared/encoding/bytes.ts';
import { encode } from '../../../shared/encoding/codec.ts';
import { BY_CARD, BY_GUARDIAN } from '../../../shared/kiosk/signed-words.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import type { OutgoingDocument } from '../../sync/gateway.ts';
import { randomBytes, sha256, sha256Hex, sign } from '../../vault/primitives.ts';
import type { OwnLetters, OwnLettersParts } from './own-letters.ts';
import type { PatientAct } from './session-verbs.ts';

/** What is chosen on the screen. */
export interface OwnWish {
  readonly recipient: string;
  readonly categories: readonly string[];
  readonly purpose: string;
  /** Milliseconds; none: until it is withdrawn. */
  readonly ends?: number | null | undefined;
  readonly language: string;
}

interface OwnGivingParts extends Pick<OwnLettersParts, 'opened' | 'row'> {
  /** Who signs for the patient. */
  readonly guardian?: { readonly name: string };
  readonly letters: OwnLetters;
  me(): Promise<{ readonly name: string; readonly birthDate: string; readonly deceased?: true }>;
  home(): Promise<string>;
  recipients(): Promise<ReadonlyArray<{ readonly chain: string; readonly name: string; readonly research: boolean }>>;
  time(): Promise<number>;
  /** Durable when it resolves. */
  record(acts: readonly PatientAct[], documents: readonly OutgoingDocument[]): Promise<void>;
}

interface Written {
  readonly id: string;
  readonly choices: ConsentChoices;
  readonly text: string;
  readonly hash: string;
}

/** No patient's id stands in a text: the desk knows whose box the letter lies in. */
const NOBODY = '0'.repeat(32);
const RESEARCH = 'HRESCH';

export class OwnGiving {
  readonly #parts: OwnGivingParts;
  /** Texts of this session by what was chosen, so that asking twice gives the same. */
  readonly #written = new Map<string, Written>();

  constructor(parts: OwnGivingParts) {
    this.#parts = parts;
  }

  /** @throws {Failure} what `chosen` throws; `consent.deceased`, `consent.recipient-unknown`, `consent.purpose-not-theirs`. */
  async text(wish: OwnWish): Promise<{ text: string; language: string; hash: string }> {
    const { text, choices, hash } = await this.#write(wish);
    return { text, language: choices.language, hash };
  }

  /**
   * Signs, and lays what a desk needs into the box, in one durable act. Gives the grant of the part of identity, hexadecimal.
   * @param hash SHA-256 of the text that was read, hexadecimal
   * @throws {Failure} as `text`; `consent.text-changed`; `ledger.refused`; storage failures.
   */
  async give(wish: OwnWish, hash: string): Promise<string> {
    const { row, opened, letters, time, record } = this.#parts;
    const { id, choices, text, hash: written } = await this.#write(wish);
    if (hash !== written)
      throw new Failure(
        'consent.text-changed',
        'The text that was read is not the text of these choices. Nothing was signed; read it again.',
      );
    const { recipient, purpose, starts, ends, categories, verification, language } = choices;
    const grant = randomBytes(16);
    const said = { grant, recipient: fromHex(recipient), purpose, starts, ends, agreement: sha256(utf8(text)), card: row.card };
    const body = encode(consentAskedBody, { ...said, proof: sign(opened.signing, askingMessage(row.custodian, said)) });
    const letter: ConsentLetter = {
      grant: toHex(grant),
      id,
      recipient,
      categories,
      purpose,
      starts,
      ends,
      verification,
      language,
    };
    const document = letters.seal('consent', utf8(JSON.stringify(letter)), await time());
    await record([{ type: 'consent.asked', handle: row.handle, body }], [document]);
    this.#written.delete(keyOf(wish));
    return letter.grant;
  }

  /** The text of a consent that was signed; whether it is that text, its hash on the ledger says. */
  async textOf(
    letter: ConsentLetter,
  ): Promise<{ text: string; recipientName: string; categories: ConsentChoices['categories'] }> {
    const recipientName = (await this.#parts.recipients()).find(({ chain }) => chain === letter.recipient)?.name ?? '';
    const choices = chosen({ ...letter, patient: NOBODY });
    return { text: await this.#compose(choices, letter.id, recipientName), recipientName, categories: choices.categories };
  }

  async #compose(choices: ConsentChoices, consent: string, recipientName: string): Promise<string> {
    const { name, birthDate } = await this.#parts.me();
    const custodianName = await this.#parts.home();
    return consentText(choices, { patientName: name, birthDate: birthDate || undefined, custodianName, recipientName, consent });
  }

  async #write(wish: OwnWish): Promise<Written> {
    const known = this.#written.get(keyOf(wish));
    if (known) return known;
    const { recipients, time, me } = this.#parts;
    if ((await me()).deceased) throw nobodyGives();
    const recipient = (await recipients()).find(({ chain }) => chain === wish.recipient);
    if (!recipient) throw new Failure('consent.recipient-unknown', 'The region has no such clinic. Choose again who may read.');
    if (recipient.research !== (wish.purpose === RESEARCH))
      throw new Failure('consent.purpose-not-theirs', 'This is nothing that these records are given there for. Choose again.');
    const language: ConsentLanguage = CONSENT_LANGUAGES.find((each) => each === wish.language) ?? 'en';
    // Whole seconds, as the text says them.
    const starts = Math.floor((await time()) / 1000) * 1000;
    const choices = chosen({
      ...wish,
      patient: NOBODY,
      starts,
      ends: wish.ends ?? null,
      verification: this.#parts.guardian ? BY_GUARDIAN[language](this.#parts.guardian.name) : BY_CARD[language],
      language,
    });
    const id = toHex(randomBytes(16));
    const text = await this.#compose(choices, id, recipient.name);
    const written = { id, choices, text, hash: sha256Hex(utf8(text)) };
    this.#written.set(keyOf(wish), written);
    return written;
  }
}

const keyOf = ({ recipient, categories, purpose, ends, language }: OwnWish): string =>
  JSON.stringify([recipient, categories, purpose, ends ?? null, language]);

export const nobodyGives = (): Failure =>
  new Failure('consent.deceased', 'Nobody gives or confirms consents for somebody who has died. Those that stand can be ended.');
