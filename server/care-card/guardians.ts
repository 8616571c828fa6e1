/**
 * Guardians and carers at the clinic that keeps the records: naming, ending, and what follows from an end. Somebody who acts for a patient
 * holds a card of their own; the patient's box is sealed to that card's public key, so that nobody hands over a key.
 */

import { type GuardianAges, guardianAgesBody, guardianAgesKey, mayBeAges, USUAL_AGES } from '../../shared/care-card/age-rules.ts';
import { type CardRow, cardKey, cardRow } from '../../shared/care-card/card-rules.ts';
import { CARD_TAG } from '../../shared/care-card/card-tags.ts';
import {
  guardianEndedBody,
  guardianKey,
  guardianNamedBody,
  guardianRekeyedBody,
  guardianRow,
  isGuardianNow,
  namingMessage,
} from '../../shared/care-card/guardian-rules.ts';
import { comesOfAge, isRepresentative, keepsPrivate } from '../../shared/care-card/guardian-text.ts';
import type { NamingLetter } from '../../shared/care-card/patient-letter.ts';
import { equalBytes, fromHex, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { type Decoded, decode } from '../../shared/encoding/codec.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { beginKeyEpochs } from '../sync/vault-context/compartment-epochs.ts';
import { everyCompartment } from '../sync/vault-context/patient-compartments.ts';
import { personalAct } from '../sync/vault-context/personal-act.ts';
import type { PatientEntry } from '../sync/vault-context/vault-context.ts';
import { sha256, sign } from '../vault/primitives.ts';
import { type ShownCard, withCard } from './card-at-desk.ts';
import type { CareCardParts, CareCards } from './care-cards.ts';
import { agreementOf, type GuardianAgreement, type GuardianTextToSign, type GuardianWish } from './guardian-agreement.ts';
import { endPerson, relatedPerson, writtenPerson } from './guardian-person.ts';
import {
  everyGuardian,
  guardiansOf,
  guardianVaultRow,
  type KnownGuardian,
  livingCardOf,
  type StandingGuardian,
  standing,
} from './guardian-rows.ts';
import { sealBoxKey } from './make-card.ts';
import { type BoxKey, newestKey } from './patient-key-records.ts';

const NOTHING = new Uint8Array(0);

/** As it goes on the ledger and into the clinic's rows. */
interface NewGuardian extends Pick<KnownGuardian, 'relationship' | 'evidence' | 'text' | 'isChild'> {
  readonly patient: PatientEntry;
  readonly guardian: PatientEntry;
  readonly body: Decoded<typeof guardianNamedBody>;
}

export class Guardians {
  readonly #parts: CareCardParts;
  readonly #cards: CareCards;

  constructor(parts: CareCardParts, cards: CareCards) {
    this.#parts = parts;
    this.#cards = cards;
  }

  /** @throws {Failure} `patients.unknown`. */
  of(patient: string): Promise<StandingGuardian[]> {
    return guardiansOf(this.#parts, this.#parts.directory.known(patient));
  }

  /** Everybody who acts for a patient of this clinic, or has. */
  async all(): Promise<StandingGuardian[]> {
    return standing(this.#parts, await everyGuardian(this.#parts.context));
  }

  /** @throws {Failure} `patients.unknown`. */
  async wardsOf(patient: string): Promise<StandingGuardian[]> {
    const { context, directory } = this.#parts;
    const { id } = directory.known(patient);
    const theirs = (await everyGuardian(context)).filter(({ guardian }) => guardian === id);
    return standing(this.#parts, theirs);
  }

  /** @throws {Failure} `patients.unknown`, `guardian.wish`, `guardian.no-card`, `guardian.of-age`, `guardian.no-evidence`. */
  async text(wish: GuardianWish): Promise<GuardianTextToSign> {
    const { text, hash, ends, needsCard, isChild } = await this.#agreement(wish);
    return { text, hash, ends, needsCard, isChild };
  }

  /**
   * @param shown the patient's own card, which signs; undefined where they have none
   * @throws {Failure} as `text` and `withCard`; `guardian.text-changed`, `guardian.needs-card`; `vault.passphrase-wrong`; `ledger.refused`.
   */
  async name(wish: GuardianWish, textHash: string, passphrase: string, shown?: ShownCard): Promise<StandingGuardian> {
    const { context, access } = this.#parts;
    // What is over has lost its keys before something new stands in its place.
    await this.endByItself();
    await this.settleEnded();
    const agreed = await this.#agreement(wish);
    const { patient, card, patientCard, text } = agreed;
    if (textHash !== agreed.hash)
      throw new Failure('guardian.text-changed', 'These are not the words that were read. Show them again before signing.');
    if (agreed.needsCard !== (shown !== undefined)) throw needsCard();
    await context.keyStore.confirm(passphrase);
    // Who is named reads at a kiosk what their own records would not show: the patient sees who named them.
    await access.note(patient, 'guardian', 'PATRQT');
    // Nobody signs with the card of who has died.
    if (patient.summary.deceased && (await livingCardOf(context, patient))) await this.#cards.end(patient.id, passphrase);
    const handle = fromHex(patient.handles.identity as string);
    const box = await this.#cards.boxOf(patient.id);
    const terms = {
      card: card.card,
      mayConsent: wish.mayConsent,
      mayComplain: wish.mayComplain,
      starts: context.clock(),
      ends: agreed.ends ?? 0,
      agreement: sha256(utf8(text)),
      patientCard,
    };
    const proof = shown
      ? await withCard(context, shown, async ({ signing }, row) => {
          if (!equalBytes(row.card, patientCard)) throw needsCard();
          return sign(signing, namingMessage(context.chain, handle, terms));
        })
      : NOTHING;
    const body = { ...terms, ...openedTo(card, box), proof };
    const { relationship } = wish;
    const evidence = shown ? '' : wish.evidence.trim();
    return this.#write({ patient, guardian: agreed.guardian, relationship, evidence, text, isChild: agreed.isChild, body });
  }

  /**
   * Gives the keys to whom a patient has named at a kiosk by their own signature, which the ledger's rule checks. What can never be named
   * is left: a child's, a card that has ended, what stands already. @throws {Failure} `ledger.refused`.
   */
  async nameAsked(patient: PatientEntry, patientCard: Uint8Array, letter: NamingLetter): Promise<void> {
    const { context, directory } = this.#parts;
    const key = fromHex(letter.card);
    const [stored, acting] = await context.gateway.state([cardKey(letter.card), guardianKey(letter.card)]);
    const card = stored && decode(cardRow, stored);
    const [guardian] = card?.ended === 0 ? directory.holding(new Set([toHex(card.handle)])) : [];
    const own = await livingCardOf(context, patient);
    const before = (acting ? decode(guardianRow, acting).wards : []).find(
      ({ handle }) => toHex(handle) === patient.handles.identity,
    );
    const isOld = before !== undefined && before.starts >= letter.starts;
    if (!card || !guardian || isOld || !own || !equalBytes(own.card, patientCard) || patient.summary.deceased) return;
    const time = await this.#now();
    const ofAge = comesOfAge(patient.summary.birthDate, (await this.ages()).majority);
    if ((ofAge !== undefined && time < ofAge) || (letter.ends !== 0 && letter.ends <= time)) return;
    const { mayConsent, mayComplain, starts, ends, text, relationship } = letter;
    const agreement = sha256(utf8(text));
    const terms = { card: key, mayConsent, mayComplain, starts, ends, agreement, patientCard };
    const body = { ...terms, ...openedTo(card, await this.#cards.boxOf(patient.id)), proof: fromHex(letter.proof) };
    await this.#write({ patient, guardian, relationship, evidence: '', text, isChild: false, body });
  }

  /**
   * Ends what a patient took back at a kiosk that had not heard yet that a desk had entered it. A naming that was never entered is none.
   * @throws {Failure} `ledger.refused`.
   */
  async endTakenBack(patient: PatientEntry, letter: NamingLetter): Promise<void> {
    const agreement = sha256(utf8(letter.text));
    const found = (await this.of(patient.id)).find(({ ward }) => equalBytes(ward.agreement, agreement));
    if (found?.ward.ended === 0) await this.#writeEnd(patient, found);
  }

  /** The act in the ledger, what the clinic knows of it, and the FHIR RelatedPerson: one commit. */
  async #write({ patient, guardian, body, ...said }: NewGuardian): Promise<StandingGuardian> {
    const { context, records } = this.#parts;
    const handle = fromHex(patient.handles.identity as string);
    const named = personalAct(context, { type: 'guardian.named', handle, codec: guardianNamedBody, body });
    const record = toHex(context.random(16));
    const [ids, card] = [{ patient: patient.id, guardian: guardian.id }, toHex(body.card)];
    const known: KnownGuardian = { ...said, ...ids, card, record, isSettled: false };
    const person = relatedPerson(patient, guardian, { ...body, relationship: said.relationship });
    await records.put(
      {
        patient: patient.id,
        category: 'identity',
        kind: 'fhir',
        ...writtenPerson(person),
        fhirId: '',
        newId: record,
      },
      { events: [named], rows: [guardianVaultRow(context, known)] },
    );
    context.notify({ patients: [patient.id, guardian.id], topics: ['cards'] });
    return this.#known(patient.id, guardian.id);
  }

  /**
   * By the clinic. What the guardian could open begins anew at the next round.
   * @throws {Failure} `guardian.unknown`, `guardian.ended-already`; `vault.passphrase-wrong`; `ledger.refused`.
   */
  async end(patient: string, guardian: string, passphrase: string): Promise<StandingGuardian> {
    const { context, directory } = this.#parts;
    await this.#acting(patient, guardian);
    await context.keyStore.confirm(passphrase);
    // Another desk, the patient or the guardian may have ended it meanwhile.
    await this.#writeEnd(directory.known(patient), await this.#acting(patient, guardian));
    return this.#known(patient, guardian);
  }

  async #writeEnd({ id, handles }: PatientEntry, { known }: StandingGuardian): Promise<void> {
    const { context } = this.#parts;
    const handle = fromHex(handles.identity as string);
    const body = { card: fromHex(known.card) };
    const event = personalAct(context, { type: 'guardian.ended', handle, codec: guardianEndedBody, body });
    await context.gateway.commit({ events: [event] });
    context.notify({ patients: [id, known.guardian], topics: ['cards'] });
  }

  /** As the ledger has them. */
  async ages(): Promise<GuardianAges> {
    const { gateway, chain } = this.#parts.context;
    const [row] = await gateway.state([guardianAgesKey(toHex(chain))]);
    return row ? decode(guardianAgesBody, row) : USUAL_AGES;
  }

  /** Whether specially protected records are kept from who acts for this patient; of who has died, always. */
  async keepsPrivate({ summary }: PatientEntry): Promise<boolean> {
    return summary.deceased || keepsPrivate(summary.birthDate, await this.ages(), await this.#now());
  }

  /** For the whole clinic. @throws {Failure} `guardian.ages`; `vault.passphrase-wrong`; `ledger.refused`. */
  async setAges(ages: GuardianAges, passphrase: string): Promise<GuardianAges> {
    const { context } = this.#parts;
    if (!Number.isInteger(ages.majority) || !Number.isInteger(ages.privateFrom) || !mayBeAges(ages))
      throw new Failure(
        'guardian.ages',
        'The age of majority is between 12 and 25 whole years; specially protected records are one’s own from 10 years on, at the latest at majority.',
      );
    await context.keyStore.confirm(passphrase);
    const event = personalAct(context, { type: 'guardian.ages', codec: guardianAgesBody, body: ages });
    await context.gateway.commit({ events: [event] });
    return this.ages();
  }

  async #agreement(wish: GuardianWish): Promise<GuardianAgreement> {
    return agreementOf(this.#parts, wish, { time: await this.#now(), ages: await this.ages() });
  }

  async #now(): Promise<number> {
    const { context } = this.#parts;
    return Math.max(await context.gateway.time(), context.clock());
  }

  /**
   * Who was named for a child ends on the ledger when the child comes of age, also where the birth date or the clinic's age has changed
   * since: the day that was signed then stands no longer. Who acted for a living patient ends with their death, and a representative of
   * who has died ends where that was a mistake.
   */
  async endByItself(): Promise<void> {
    const { context, directory } = this.#parts;
    const [{ majority }, time] = [await this.ages(), await context.gateway.time()];
    const open = (await everyGuardian(context)).filter(({ isSettled }) => !isSettled);
    for (const { known, ward } of await standing(this.#parts, open)) {
      const { birthDate = '', deceased } = directory.get(known.patient)?.summary ?? {};
      const ofAge = comesOfAge(birthDate, majority);
      const isGrown = known.isChild && ofAge !== undefined && time >= ofAge;
      const isOfOtherState = deceased !== undefined && deceased !== isRepresentative(known.relationship);
      if (ward.ended !== 0 || !(isGrown || isOfOtherState)) continue;
      const body = { card: fromHex(known.card) };
      const event = personalAct(context, { type: 'guardian.ended', handle: ward.handle, codec: guardianEndedBody, body });
      await context.gateway.commit({ events: [event] });
    }
  }

  /** What is over loses its keys: everything of the patient begins a new epoch. Cut off, it is done again. */
  async settleEnded(): Promise<void> {
    const { context, directory } = this.#parts;
    const time = await context.gateway.time();
    const open = (await everyGuardian(context)).filter(({ isSettled }) => !isSettled);
    const over = (await standing(this.#parts, open)).filter(({ ward }) => !isGuardianNow(ward, time));
    for (const { known } of over) {
      const open = everyCompartment(directory.get(known.patient) ?? { handles: {} });
      const handles = open.map(([, handle]) => fromHex(handle));
      await beginKeyEpochs(context, handles);
      await endPerson(this.#parts, known);
      await context.gateway.commit({ rows: [guardianVaultRow(context, { ...known, isSettled: true })] });
    }
  }

  /** Guardians in force get the newest key of the box, at the card that they have now. */
  async rekey(): Promise<void> {
    const { context, directory } = this.#parts;
    const time = await context.gateway.time();
    const open = (await everyGuardian(context)).filter(({ isSettled }) => !isSettled);
    for (const { known, ward } of await standing(this.#parts, open)) {
      const guardian = directory.get(known.guardian);
      const card = guardian && isGuardianNow(ward, time) ? await livingCardOf(context, guardian) : undefined;
      if (!card) continue;
      const newest = await newestKey(context.keyStore, ward.box);
      const from = fromHex(known.card);
      if (equalBytes(from, card.card) && newest.epoch <= ward.boxEpoch) continue;
      const { boxEpoch, boxKey } = openedTo(card, newest);
      const event = personalAct(context, {
        type: 'guardian.rekeyed',
        handle: ward.handle,
        codec: guardianRekeyedBody,
        body: { from, card: card.card, boxEpoch, boxKey },
      });
      await context.gateway.commit({
        events: [event],
        rows: [guardianVaultRow(context, { ...known, card: toHex(card.card) })],
      });
    }
  }

  /** Somebody who acts until somebody ends it. @throws {Failure} `guardian.unknown`, `guardian.ended-already`. */
  async #acting(patient: string, guardian: string): Promise<StandingGuardian> {
    const found = await this.#known(patient, guardian);
    if (found.ward.ended === 0) return found;
    throw new Failure(
      'guardian.ended-already',
      'This person does not act for this patient any more. Nothing more needs to be done.',
    );
  }

  async #known(patient: string, guardian: string): Promise<StandingGuardian> {
    const found = (await this.of(patient)).find(({ known }) => known.guardian === guardian);
    if (found) return found;
    throw new Failure('guardian.unknown', 'This person does not act for this patient. Open the list again.');
  }
}

/** The key of the patient's box, to the guardian's card. */
function openedTo({ card, encryptionKey }: CardRow, box: BoxKey) {
  const boxKey = sealBoxKey({ recipient: encryptionKey, info: CARD_TAG.box }, card, box);
  return { box: box.handle, boxEpoch: box.epoch, boxKey };
}

const needsCard = (): Failure =>
  new Failure('guardian.needs-card', 'A patient who has a care card signs with it, and nobody signs for who has none.');
