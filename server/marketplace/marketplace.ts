/** Research offers: published to the region, joined and left for patients under a consent for research. The rules decide. */

import { patientCardKey } from '../../shared/care-card/card-rules.ts';
import { isCategory } from '../../shared/consent/category.ts';
import { confirmedKey, GRANTS, type GrantRow, grantHolds, grantKey, grantRow } from '../../shared/consent/consent-rules.ts';
import { equalBytes, fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { type RewardRow, rewardPromisedBody } from '../../shared/marketplace/benefit-rules.ts';
import {
  type OfferPublished,
  type OfferRow,
  offerKey,
  offerPublishedBody,
  offerRow,
  offerWithdrawnBody,
  type ParticipationRow,
  participationJoinedBody,
  participationKey,
  participationLeftBody,
  participationRow,
  SMALLEST_GROUP,
} from '../../shared/marketplace/offer-rules.ts';
import { type OfferState, offerState, publishedCount, takesPart } from '../../shared/marketplace/offer-state.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { loadState } from '../ledger/state-rows.store.ts';
import type { OutgoingEvent } from '../sync/gateway.ts';
import { compartmentsOf, handlesIn } from '../sync/vault-context/patient-compartments.ts';
import { personalAct } from '../sync/vault-context/personal-act.ts';
import type { Progress } from '../sync/vault-context/progress.ts';
import type { PatientDirectory, VaultContext } from '../sync/vault-context/vault-context.ts';
import { Benefits, type Participant, type StandingBenefit } from './benefits.ts';
import { marketplaceResolvers } from './marketplace.resolvers.ts';

const OFFERS = 'offer/';

export interface StandingOffer {
  /** Offer id, hexadecimal. */
  readonly id: string;
  readonly terms: OfferRow;
  readonly state: OfferState;
  /** Over the whole region; undefined below the minimum group. */
  readonly participants: number | undefined;
  /** What one participant can earn at most; undefined where no amount was promised. */
  readonly promised: RewardRow | undefined;
  readonly progress: Progress;
}

export interface StandingParticipation {
  readonly offer: StandingOffer;
  readonly patient: string;
  readonly active: boolean;
  readonly since: number;
  /** What the patient has earned by it, the newest first. */
  readonly benefits: readonly StandingBenefit[];
  readonly progress: Progress;
}

export class Marketplace {
  readonly benefits: Benefits;
  readonly #context: VaultContext;
  readonly #directory: PatientDirectory;

  constructor(context: VaultContext, directory: PatientDirectory) {
    this.#context = context;
    this.#directory = directory;
    this.benefits = new Benefits(context, directory);
  }

  /** Every offer of the region, the newest opening first. */
  async offers(): Promise<StandingOffer[]> {
    const rows = await this.#context.gateway.stateList(OFFERS);
    const offers: StandingOffer[] = [];
    for (const { key, value } of rows) offers.push(await this.#standing(key.slice(OFFERS.length), value));
    return offers.sort((a, b) => b.terms.opens - a.terms.opens);
  }

  /**
   * @throws {Failure} `marketplace.terms`; `vault.passphrase-wrong`; `ledger.refused` by its reason; `encoding.malformed` when a
   * text is too long.
   */
  async publish(
    terms: Omit<OfferPublished, 'offer'>,
    passphrase: string,
    promised: RewardRow | undefined = undefined,
  ): Promise<StandingOffer> {
    checkTerms(terms);
    if (promised && !(Number.isSafeInteger(promised.amount) && promised.amount > 0 && /^[A-Z]{3}$/.test(promised.currency)))
      throw new Failure('marketplace.terms', 'What is promised needs an amount above nothing and a currency such as EUR.');
    const offer = this.#context.random(16);
    const acts = [personalAct(this.#context, { type: 'offer.published', codec: offerPublishedBody, body: { ...terms, offer } })];
    const body = promised && { offer, ...promised };
    if (body) acts.push(personalAct(this.#context, { type: 'reward.promised', codec: rewardPromisedBody, body }));
    await this.#commit(passphrase, ...acts);
    return this.offer(toHex(offer));
  }

  /** @throws {Failure} `marketplace.offer-unknown`, `marketplace.withdrawn-already`; `vault.passphrase-wrong`; `ledger.refused`. */
  async withdraw(id: string, passphrase: string): Promise<StandingOffer> {
    const { terms } = await this.offer(id);
    if (terms.withdrawn)
      throw new Failure('marketplace.withdrawn-already', 'This offer is withdrawn already. Nothing more needs to be done.');
    const body = { offer: fromHex(id) };
    await this.#commit(passphrase, personalAct(this.#context, { type: 'offer.withdrawn', codec: offerWithdrawnBody, body }));
    return this.offer(id);
  }

  /** @throws {Failure} `marketplace.offer-unknown`. */
  async offer(id: string): Promise<StandingOffer> {
    const [row] = /^[0-9a-f]{32}$/.test(id) ? await this.#context.gateway.state([offerKey(id)]) : [];
    if (row === undefined)
      throw new Failure('marketplace.offer-unknown', 'There is no such offer. Load the list of offers again.');
    return this.#standing(id, row);
  }

  /**
   * Under a research consent of the patient to the publisher that is in force; the grant names the compartment that takes part.
   * @throws {Failure} `patients.unknown`, `marketplace.offer-unknown`, `marketplace.joined-already`, `marketplace.no-matching-consent`;
   * `vault.passphrase-wrong`; `ledger.refused` by its reason.
   */
  async join(patient: string, offer: string, passphrase: string): Promise<StandingParticipation> {
    const { terms } = await this.offer(offer);
    // The rules count compartments; a patient who has several takes part with one of them.
    const joined = (await this.#rowsOf(patient)).filter((each) => each.offer === offer);
    if ((await this.#takingPart(joined.map(({ row }) => row))).includes(true))
      throw new Failure('marketplace.joined-already', 'This patient takes part in that offer already.');
    const grant = await this.#researchGrant(patient, terms);
    if (!grant)
      throw new Failure(
        'marketplace.no-matching-consent',
        'The patient has no consent in force that shares research records with the publisher for health research. Record one first.',
      );
    if (await this.#lacksSignature(patient, grant.row))
      throw new Failure(
        'marketplace.needs-card',
        'This patient has a care card, so a consent that staff attested is not enough. They confirm it at the kiosk, or sign a new one with the card.',
      );
    const { handle } = grant.row;
    const join = personalAct(this.#context, {
      type: 'participation.joined',
      handle,
      codec: participationJoinedBody,
      body: { offer: fromHex(offer), grant: fromHex(grant.id) },
    });
    // One under a consent that ended still stands on the ledger: it is left before the compartment joins anew.
    const stale = joined.some((each) => each.row.active && each.handle === toHex(handle));
    await this.#commit(passphrase, ...(stale ? [this.#leaving(offer, handle)] : []), join);
    return this.#participation(patient, offer);
  }

  /** @throws {Failure} `patients.unknown`, `marketplace.not-joined`; `vault.passphrase-wrong`; `ledger.refused`. */
  async leave(patient: string, offer: string, passphrase: string): Promise<StandingParticipation> {
    const joined = (await this.#rowsOf(patient)).find((each) => each.offer === offer && each.row.active);
    if (!joined) throw notJoined();
    await this.#commit(passphrase, this.#leaving(offer, fromHex(joined.handle)));
    return this.#participation(patient, offer);
  }

  /** Offers that a patient of this clinic takes part in, or took part in. */
  async participations(patient: string): Promise<StandingParticipation[]> {
    const offers = new Set((await this.#rowsOf(patient)).map(({ offer }) => offer));
    return Promise.all([...offers].map((offer) => this.#participation(patient, offer)));
  }

  /** Those who take part in an offer of this organisation. @throws {Failure} `marketplace.offer-unknown`, `marketplace.offer-of-another`. */
  async participantsOf(offer: string): Promise<Participant[]> {
    const { terms } = await this.offer(offer);
    if (equalBytes(terms.publisher, this.#context.chain)) return this.benefits.participants(offer);
    throw new Failure('marketplace.offer-of-another', 'Another organisation published this offer, and it alone records rewards.');
  }

  /** What a patient of this clinic has earned by every offer, the newest first. @throws {Failure} `patients.unknown`. */
  async earnedBy(patient: string): Promise<StandingBenefit[]> {
    return this.benefits.of(handlesIn(this.#directory.known(patient)));
  }

  /** @throws {Failure} `patients.unknown`, `marketplace.benefit-unknown`, `ledger.pending`. */
  async benefitReceipt(patient: string, benefit: string): Promise<string> {
    const found = (await this.earnedBy(patient)).find(({ id }) => id === benefit);
    if (!found) throw new Failure('marketplace.benefit-unknown', 'There is no such reward of this patient. Load the list again.');
    return this.benefits.receipt(found);
  }

  async #participation(patient: string, offer: string): Promise<StandingParticipation> {
    const found = (await this.#rowsOf(patient)).filter((each) => each.offer === offer);
    const active = await this.#takingPart(found.map(({ row }) => row));
    const standing = found[Math.max(0, active.indexOf(true))];
    if (!standing) throw notJoined();
    const progress = await this.#progress(participationKey(offer, standing.handle));
    const benefits = (await this.earnedBy(patient)).filter((each) => each.offer === offer);
    const { since } = standing.row;
    return { offer: await this.offer(offer), patient, active: active.includes(true), since, benefits, progress };
  }

  async #rowsOf(patient: string): Promise<Array<{ offer: string; handle: string; row: ParticipationRow }>> {
    const { gateway } = this.#context;
    const handles = handlesIn(this.#directory.known(patient));
    const offers = (await gateway.stateList(OFFERS)).map(({ key }) => key.slice(OFFERS.length));
    const places = offers.flatMap((offer) => handles.map((handle) => ({ offer, handle })));
    const rows = await gateway.state(places.map(({ offer, handle }) => participationKey(offer, handle)));
    return places.flatMap((place, at) => {
      const row = rows[at];
      return row ? [{ ...place, row: decode(participationRow, row) }] : [];
    });
  }

  /** The research compartment's grant if there is one, else that of another category which the offer asks for. */
  async #researchGrant(patient: string, terms: OfferRow): Promise<{ id: string; row: GrantRow } | undefined> {
    const { gateway, chain } = this.#context;
    const known = this.#directory.known(patient);
    const time = await gateway.time();
    const grants = (await gateway.stateList(GRANTS)).map(({ key, value }) => {
      return { id: key.slice(GRANTS.length), row: decode(grantRow, value) };
    });
    const matching = grants.filter(
      ({ row }) =>
        row.purpose === 'HRESCH' &&
        equalBytes(row.custodian, chain) &&
        equalBytes(row.recipient, terms.publisher) &&
        grantHolds(row, time),
    );
    for (const category of ['research', ...terms.categories]) {
      const handles = isCategory(category) ? compartmentsOf(known, category) : [];
      const found = matching.find(({ row }) => handles.includes(toHex(row.handle)));
      if (found) return found;
    }
    return undefined;
  }

  /** Whether the patient has a card and has not signed the consent that this grant is a part of. */
  async #lacksSignature(patient: string, { agreement, recipient }: GrantRow): Promise<boolean> {
    const { gateway } = this.#context;
    const { identity } = this.#directory.known(patient).handles;
    const [card] = identity === undefined ? [] : await gateway.state([patientCardKey(identity)]);
    if (!card) return false;
    const parts = (await gateway.stateList(GRANTS)).filter(({ value }) => {
      const row = decode(grantRow, value);
      return toHex(row.handle) === identity && equalBytes(row.agreement, agreement) && equalBytes(row.recipient, recipient);
    });
    const confirmed = await gateway.state(parts.map(({ key }) => confirmedKey(key.slice(GRANTS.length))));
    return confirmed.every((row) => row === undefined);
  }

  async #standing(id: string, value: Uint8Array): Promise<StandingOffer> {
    const { gateway } = this.#context;
    const terms = decode(offerRow, value);
    const rows = await gateway.stateList(participationKey(id, ''));
    const active = await this.#takingPart(rows.map((row) => decode(participationRow, row.value)));
    return {
      id,
      terms,
      state: offerState(terms, await gateway.time()),
      participants: publishedCount(terms, active.filter(Boolean).length),
      promised: await this.benefits.promised(id),
      progress: await this.#progress(offerKey(id)),
    };
  }

  /** For each participation whether it counts now. */
  async #takingPart(participations: readonly ParticipationRow[]): Promise<boolean[]> {
    const { gateway } = this.#context;
    const time = await gateway.time();
    const grants = await gateway.state(participations.map(({ grant }) => grantKey(toHex(grant))));
    return participations.map((participation, at) => {
      const grant = grants[at];
      return takesPart(participation, grant && decode(grantRow, grant), time);
    });
  }

  /** An act with a row and no document: accepted once the replica's own row is what stands here. */
  async #progress(key: string): Promise<Progress> {
    const { gateway, reader } = this.#context;
    const [stands] = await gateway.state([key]);
    const accepted = (await loadState(reader, [key])).get(key);
    return stands && accepted && equalBytes(stands, accepted) ? 'ACCEPTED' : 'SAVED';
  }

  #leaving(offer: string, handle: Uint8Array): OutgoingEvent {
    const body = { offer: fromHex(offer) };
    return personalAct(this.#context, { type: 'participation.left', handle, codec: participationLeftBody, body });
  }

  async #commit(passphrase: string, ...events: readonly OutgoingEvent[]): Promise<void> {
    await this.#context.keyStore.confirm(passphrase);
    await this.#context.gateway.commit({ events });
    this.#context.notify({ topics: ['offers'] });
  }
}

function checkTerms(terms: Omit<OfferPublished, 'offer'>): void {
  const faults: Array<readonly [boolean, string]> = [
    [terms.title.trim() === '', 'An offer needs a title.'],
    [
      terms.purposes.length === 0 || terms.purposes.some((code) => !/^DUO:[0-9]{7}$/.test(code)),
      'Purposes are GA4GH DUO codes such as DUO:0000042.',
    ],
    [
      terms.categories.length === 0 || !terms.categories.every(isCategory),
      'Choose the categories of records that are asked for.',
    ],
    [!(terms.minimumGroup >= SMALLEST_GROUP), `The smallest group is at least ${SMALLEST_GROUP} patients.`],
    [!(terms.expires > terms.opens), 'The offer ends before it begins.'],
  ];
  const fault = faults.find(([wrong]) => wrong);
  if (fault) throw new Failure('marketplace.terms', fault[1]);
}

function notJoined(): Failure {
  return new Failure('marketplace.not-joined', 'This patient does not take part in that offer.');
}

/** What the registry of domains needs of this one. */
export const marketplaceDomain = {
  name: 'marketplace',
  sdl: 'shared/marketplace/marketplace.graphql',
  resolvers: marketplaceResolvers,
};
