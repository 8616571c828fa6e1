/** What participants of offers have earned and been paid: recorded by the publisher, shown to the patient's clinic and to the patient. */
import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { MOST_BENEFIT_WORDS } from '../../shared/marketplace/benefit-letter.ts';
import {
  BENEFITS,
  benefitEarnedBody,
  benefitIds,
  benefitPaidBody,
  benefitRow,
  benefitsOf,
  type RewardRow,
  rewardKey,
  rewardRow,
} from '../../shared/marketplace/benefit-rules.ts';
import { participationKey, participationRow } from '../../shared/marketplace/offer-rules.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { LocalWrite } from '../sync/gateway.ts';
import { personalAct } from '../sync/vault-context/personal-act.ts';
import type { PatientDirectory, VaultContext } from '../sync/vault-context/vault-context.ts';
import { BenefitWords } from './benefit-words.ts';

export interface StandingBenefit {
  /** Hexadecimal. */
  readonly id: string;
  readonly offer: string;
  /** The compartment that takes part. */
  readonly handle: string;
  /** In the smallest unit of the offer's currency. */
  readonly amount: number;
  readonly currency: string;
  readonly earnedAt: number;
  /** Milliseconds; undefined while it is owed. */
  readonly paidAt: number | undefined;
  /** '' while the publisher's letter has not arrived. */
  readonly earnedFor: string;
  readonly paidBy: string;
}

/** Somebody who takes part in an offer of this organisation, or took part: it knows them by the number of their compartment. */
export interface Participant {
  readonly handle: string;
  readonly since: number;
  readonly active: boolean;
  readonly benefits: readonly StandingBenefit[];
}

export class Benefits {
  readonly #context: VaultContext;
  readonly #words: BenefitWords;

  constructor(context: VaultContext, directory: PatientDirectory) {
    this.#context = context;
    this.#words = new BenefitWords(context, directory);
  }

  /** What one participant can earn by this offer at most; undefined where nothing was promised in an amount. */
  async promised(offer: string): Promise<RewardRow | undefined> {
    const [row] = await this.#context.gateway.state([rewardKey(offer)]);
    return row && decode(rewardRow, row);
  }

  /** Those who take part in an offer, the first to join comes first. */
  async participants(offer: string): Promise<Participant[]> {
    const rows = await this.#context.gateway.stateList(participationKey(offer, ''));
    const benefits = Map.groupBy(await this.#standing(benefitsOf(offer)), ({ handle }) => handle);
    return rows
      .map(({ key, value }) => {
        const handle = key.slice(participationKey(offer, '').length);
        const { since, active } = decode(participationRow, value);
        return { handle, since, active, benefits: benefits.get(handle) ?? [] };
      })
      .sort((one, other) => one.since - other.since);
  }

  /** Of the whole region, the newest first; words only where they are this clinic's. */
  every(): Promise<StandingBenefit[]> {
    return this.#standing(BENEFITS);
  }

  /** What compartments (hexadecimal) have earned, the newest first. */
  async of(handles: readonly string[]): Promise<StandingBenefit[]> {
    const own = new Set(handles);
    return (await this.every()).filter(({ handle }) => own.has(handle));
  }

  /**
   * @param words what it was earned for, for the participant's clinic
   * @throws {Failure} `marketplace.words`, `marketplace.amount`, `marketplace.not-taking-part`; `vault.passphrase-wrong`; `ledger.refused` by its reason.
   */
  async earned(
    offer: string,
    handle: string,
    { amount, words }: { amount: number; words: string },
    passphrase: string,
  ): Promise<void> {
    if (!Number.isSafeInteger(amount) || amount <= 0)
      throw new Failure('marketplace.amount', 'An amount is a whole number of the smallest unit, and more than nothing.');
    const clinic = await this.#clinicOf(offer, handle);
    const benefit = this.#context.random(16);
    const about = { offer: fromHex(offer), handle: fromHex(handle), benefit, paid: false };
    const { letter, message, row } = await this.#words.written(clinic, about, said(words));
    const body = { offer: about.offer, benefit, amount, letter };
    const event = personalAct(this.#context, { type: 'benefit.earned', handle: about.handle, codec: benefitEarnedBody, body });
    await this.#commit(passphrase, { events: [event], messages: [message], rows: [row] });
  }

  /**
   * @param words how it was paid, for the participant's clinic
   * @throws {Failure} `marketplace.benefit-unknown`; as `earned`.
   */
  async paid(
    offer: string,
    handle: string,
    { benefit, words }: { benefit: string; words: string },
    passphrase: string,
  ): Promise<void> {
    const clinic = await this.#clinicOf(offer, handle);
    if (!/^[0-9a-f]{32}$/.test(benefit)) throw benefitUnknown();
    const about = { offer: fromHex(offer), handle: fromHex(handle), benefit: fromHex(benefit), paid: true };
    const { letter, message, row } = await this.#words.written(clinic, about, said(words));
    const body = { offer: about.offer, benefit: about.benefit, letter };
    const event = personalAct(this.#context, { type: 'benefit.paid', handle: about.handle, codec: benefitPaidBody, body });
    await this.#commit(passphrase, { events: [event], messages: [message], rows: [row] });
  }

  /** That it was paid, or while it is owed that it was earned. @throws {Failure} `ledger.pending`. */
  async receipt({ handle, id, paidAt }: StandingBenefit): Promise<string> {
    const type = paidAt === undefined ? 'benefit.earned' : 'benefit.paid';
    const wanted = { type, handle: fromHex(handle), naming: fromHex(id) };
    const [json] = await this.#context.gateway.eventReceipts([wanted]);
    if (json) return json;
    throw new Failure('ledger.pending', "This is not in the region's ledger here yet. Sync first, then ask again.", {
      retry: true,
    });
  }

  /** Takes in the letters of publishers. */
  async look(): Promise<void> {
    const patients = await this.#words.receive();
    if (patients.length > 0) this.#context.notify({ patients, topics: ['offers'] });
  }

  async #standing(prefix: string): Promise<StandingBenefit[]> {
    const rows = (await this.#context.gateway.stateList(prefix)).map(({ key, value }) => ({
      ...benefitIds(key),
      row: decode(benefitRow, value),
    }));
    const words = await this.#words.find(
      rows.flatMap(({ row }) => [row.earnedLetter, row.paidLetter].filter(({ length }) => length > 0).map(toHex)),
    );
    const offers = [...new Set(rows.map(({ offer }) => offer))];
    const rewards = await this.#context.gateway.state(offers.map(rewardKey));
    const currencies = new Map(
      offers.map((offer, at) => [offer, rewards[at] ? decode(rewardRow, rewards[at]).currency : ''] as const),
    );
    return rows
      .map(({ offer, handle, benefit, row: { amount, earned, earnedLetter, paid, paidLetter } }) => ({
        id: benefit,
        offer,
        handle,
        amount,
        currency: currencies.get(offer) ?? '',
        earnedAt: earned,
        paidAt: paid || undefined,
        earnedFor: words.get(toHex(earnedLetter))?.words ?? '',
        paidBy: words.get(toHex(paidLetter))?.words ?? '',
      }))
      .sort((one, other) => other.earnedAt - one.earnedAt);
  }

  async #clinicOf(offer: string, handle: string): Promise<string> {
    const isHandle = /^[0-9a-f]{32}$/.test(handle) && /^[0-9a-f]{32}$/.test(offer);
    const [row] = isHandle ? await this.#context.gateway.state([participationKey(offer, handle)]) : [];
    if (row) return toHex(decode(participationRow, row).custodian);
    throw new Failure('marketplace.not-taking-part', 'Nobody of this number takes part in that offer. Load the list again.');
  }

  async #commit(passphrase: string, write: LocalWrite): Promise<void> {
    await this.#context.keyStore.confirm(passphrase);
    await this.#context.gateway.commit(write);
    this.#context.notify({ topics: ['offers'] });
  }
}

const benefitUnknown = (): Failure =>
  new Failure('marketplace.benefit-unknown', 'There is no such reward of this participant. Load the list again.');

function said(words: string): string {
  const text = words.trim();
  if (text.length > 0 && text.length <= MOST_BENEFIT_WORDS) return text;
  throw new Failure(
    'marketplace.words',
    `Write for the patient's clinic what it is for, or how it was paid, in at most ${MOST_BENEFIT_WORDS} characters.`,
  );
}
