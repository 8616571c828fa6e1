/**
 * What benefits are for and how they were paid, in words: letters between the publisher of an offer and the participant's clinic, and the
 * sealed rows in which both keep them. They go when the patient is erased.
 */

import { fromHex, fromUtf8, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { decode, encode } from '../../shared/encoding/codec.ts';
import {
  BENEFIT_MESSAGE,
  BENEFIT_SUITE,
  type BenefitContext,
  benefitContext,
  benefitWords,
} from '../../shared/marketplace/benefit-letter.ts';
import { BENEFITS, benefitIds, benefitRow } from '../../shared/marketplace/benefit-rules.ts';
import { offerKey, offerRow } from '../../shared/marketplace/offer-rules.ts';
import { type IncomingMessage, waitingMessages } from '../sync/clinic.store.ts';
import { openLetter, sealLetter, unopened } from '../sync/clinic-mail/clinic-letters.ts';
import type { OutgoingMessage, VaultRow } from '../sync/gateway.ts';
import { everyCompartment } from '../sync/vault-context/patient-compartments.ts';
import type { PatientDirectory, VaultContext } from '../sync/vault-context/vault-context.ts';
import { rowsOfKeys, rowsOfTag } from '../sync/vault-context/vault-rows.store.ts';
import { sha256 } from '../vault/primitives.ts';

const KIND = 'benefit-words';

/** `letter`: SHA-256 of the letter that carried them, hexadecimal. */
interface KeptWords {
  readonly letter: string;
  readonly by: string;
  readonly words: string;
}

interface WrittenWords {
  /** For the event. */
  readonly letter: Uint8Array;
  readonly message: OutgoingMessage;
  readonly row: VaultRow;
}

export class BenefitWords {
  readonly #context: VaultContext;
  readonly #directory: PatientDirectory;

  constructor(context: VaultContext, directory: PatientDirectory) {
    this.#context = context;
    this.#directory = directory;
    context.hooks.alsoErased.push((patient) => this.#removed(patient));
  }

  /** @param to chain of the participant's clinic, hexadecimal. @throws {Failure} as `sealLetter`. */
  async written(to: string, about: BenefitContext, words: string): Promise<WrittenWords> {
    const by = this.#context.staff.name;
    const said = encode(benefitWords, { suite: BENEFIT_SUITE, by, words });
    const message = await sealLetter(this.#context, BENEFIT_MESSAGE, to, encode(benefitContext, about), said);
    const letter = sha256(message.body);
    return { letter, message, row: this.#row(about.handle, { letter: toHex(letter), by, words }) };
  }

  /** By the letter, hexadecimal: those that are here. */
  async find(letters: readonly string[]): Promise<ReadonlyMap<string, KeptWords>> {
    const rows = await rowsOfKeys(
      this.#context.reader,
      KIND,
      letters.map((letter) => this.#key(letter)),
    );
    const found = rows.map((row) => JSON.parse(fromUtf8(this.#context.rows.open(KIND, row))) as KeptWords);
    return new Map(found.map((words) => [words.letter, words]));
  }

  /** Takes in what publishers wrote: only the letter that the ledger names, from the publisher of that offer. Gives the patients. */
  async receive(): Promise<string[]> {
    const letters = (await waitingMessages(this.#context.reader)).filter(({ kind }) => kind === BENEFIT_MESSAGE);
    if (letters.length === 0) return [];
    const named = await this.#named();
    const patients: string[] = [];
    for (const letter of letters) {
      const received = await this.#take(letter, named.get(toHex(sha256(letter.body)))).catch((error: unknown) =>
        unopened(this.#context, letter, error),
      );
      // Letters travel beside the ledger, so this one may simply be early.
      if (received === 'waiting') continue;
      const rows = received === 'dropped' ? [] : [received.row];
      await this.#context.gateway.commit({ handledMessages: [letter.sequence], rows });
      if (received !== 'dropped') patients.push(received.patient);
    }
    return patients;
  }

  async #take(letter: IncomingMessage, about: BenefitContext | undefined) {
    if (!about) return 'waiting';
    const [patient] = this.#directory.holding(new Set([toHex(about.handle)]));
    const [offer] = await this.#context.gateway.state([offerKey(toHex(about.offer))]);
    const isPublisher = offer && toHex(decode(offerRow, offer).publisher) === toHex(letter.senderChain);
    if (!patient || !isPublisher) return 'dropped';
    const { suite, by, words } = decode(benefitWords, await openLetter(this.#context, letter, encode(benefitContext, about)));
    if (suite !== BENEFIT_SUITE) return 'dropped';
    const kept = { letter: toHex(sha256(letter.body)), by, words };
    return { patient: patient.id, row: this.#row(about.handle, kept) };
  }

  /** What each letter that the ledger names is about. */
  async #named(): Promise<Map<string, BenefitContext>> {
    const named = new Map<string, BenefitContext>();
    for (const { key, value } of await this.#context.gateway.stateList(BENEFITS)) {
      const { offer, handle, benefit } = benefitIds(key);
      const about = { offer: fromHex(offer), handle: fromHex(handle), benefit: fromHex(benefit) };
      const { earnedLetter, paidLetter } = decode(benefitRow, value);
      named.set(toHex(earnedLetter), { ...about, paid: false });
      if (paidLetter.length > 0) named.set(toHex(paidLetter), { ...about, paid: true });
    }
    return named;
  }

  #row(handle: Uint8Array, words: KeptWords): VaultRow {
    return this.#context.rows.seal(KIND, this.#key(words.letter), this.#tag(handle), utf8(JSON.stringify(words)));
  }

  async #removed(patient: string): Promise<VaultRow[]> {
    const known = everyCompartment(this.#directory.get(patient) ?? { handles: {} });
    const rows = await Promise.all(known.map(([, handle]) => rowsOfTag(this.#context.reader, KIND, this.#tag(fromHex(handle)))));
    return rows.flat().map(({ key, tag }) => ({ kind: KIND, key: key.slice(), tag: tag.slice(), sealed: null }));
  }

  #key(letter: string): Uint8Array {
    return this.#context.rows.name(KIND, fromHex(letter));
  }

  #tag(handle: Uint8Array): Uint8Array {
    return this.#context.rows.name('benefits-of', handle);
  }
}
