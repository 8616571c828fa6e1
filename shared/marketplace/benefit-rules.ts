/**
 * Rules of benefits: what a participant of a research offer has earned and whether it was paid, as the publisher of the offer says it
 * under a signature. The promise is made with the offer and never changed; nothing is earned before taking part, nor more than was
 * promised; what was earned is paid once. What it was for and how it was paid is in letters to the participant's clinic.
 */
import { toHex } from '../encoding/bytes.ts';
import { type Decoded, fixed, opaque, struct, text, u64 } from '../encoding/codec.ts';
import { compartmentKey, compartmentRow, isErased } from '../ledger/rows.ts';
import { accepted, type EventRule, type Judgement, putRow, readRow, refused, type StateView } from '../ledger/rules.ts';
import { type OfferRow, offerKey, offerRow, participationKey, participationRow } from './offer-rules.ts';

/** Amounts are in the smallest unit of an ISO 4217 currency: cents. */
const MOST = 1_000_000_000_000;
const NOTHING = new Uint8Array(0);

/** The most that one participant can earn by this offer. */
export const rewardPromisedBody = struct({ offer: fixed(16), currency: text(3), amount: u64 });
type RewardPromised = Decoded<typeof rewardPromisedBody>;

/** Key `reward/<offer>`. */
export const rewardRow = struct({ currency: text(3), amount: u64 });
export type RewardRow = Decoded<typeof rewardRow>;
export const rewardKey = (offer: string): string => `reward/${offer}`;

const rewardPromised: EventRule<RewardPromised> = {
  type: 'reward.promised',
  kind: 'right',
  body: rewardPromisedBody,
  personal: 'required',
  handle: 'none',
  reads: ({ body }) => [offerKey(toHex(body.offer)), rewardKey(toHex(body.offer))],
  judge: (view, { body: { offer, currency, amount } }, writer) => {
    const published = readRow(view, offerKey(toHex(offer)), offerRow);
    if (!published || toHex(published.publisher) !== writer.chain) return refused('offer-of-another');
    if (view.get(rewardKey(toHex(offer)))) return refused('promised-already');
    if (!/^[A-Z]{3}$/.test(currency) || amount === 0 || amount > MOST) return refused('reward-malformed');
    return accepted(putRow(rewardKey(toHex(offer)), rewardRow, { currency, amount }));
  },
};

/** The event's handle is the compartment that takes part. `letter`: SHA-256 of the sealed letter that says what it is for. */
export const benefitEarnedBody = struct({ offer: fixed(16), benefit: fixed(16), amount: u64, letter: fixed(32) });
type BenefitEarned = Decoded<typeof benefitEarnedBody>;

/** `letter`: SHA-256 of the sealed letter that says how it was paid. */
export const benefitPaidBody = struct({ offer: fixed(16), benefit: fixed(16), letter: fixed(32) });
type BenefitPaid = Decoded<typeof benefitPaidBody>;

/** Key `benefit/<offer>/<handle>/<benefit>`: milliseconds; `paid` 0 and `paidLetter` empty while it is owed. */
export const benefitRow = struct({ amount: u64, earned: u64, earnedLetter: fixed(32), paid: u64, paidLetter: opaque(32) });
export const BENEFITS = 'benefit/';
export const benefitsOf = (offer: string, handle = ''): string => `${BENEFITS}${offer}/${handle === '' ? '' : `${handle}/`}`;
export const benefitKey = (offer: string, handle: string, benefit: string): string => `${benefitsOf(offer, handle)}${benefit}`;

/** Key `benefit-sum/<offer>/<handle>`: what this participant has earned in all, paid or not. */
const benefitSumRow = struct({ earned: u64 });
const benefitSumKey = (offer: string, handle: string): string => `benefit-sum/${offer}/${handle}`;

/** Ids of a benefit's key, hexadecimal. */
export function benefitIds(key: string): { offer: string; handle: string; benefit: string } {
  const [offer = '', handle = '', benefit = ''] = key.slice(BENEFITS.length).split('/');
  return { offer, handle, benefit };
}

const benefitEarned: EventRule<BenefitEarned> = {
  type: 'benefit.earned',
  kind: 'right',
  body: benefitEarnedBody,
  personal: 'required',
  handle: 'required',
  reads: ({ body, handle }) => {
    const offer = toHex(body.offer);
    const own = [benefitKey(offer, handle, toHex(body.benefit)), benefitSumKey(offer, handle)];
    return [offerKey(offer), rewardKey(offer), participationKey(offer, handle), compartmentKey(handle), ...own];
  },
  judge: (view, { body: { benefit, amount, letter, ...body }, handle, event }, writer) => {
    const offer = toHex(body.offer);
    const fault = notThePublisher(view, offer, writer.chain);
    if (fault) return fault;
    const reward = readRow(view, rewardKey(offer), rewardRow);
    if (!reward) return refused('nothing-promised');
    const participation = readRow(view, participationKey(offer, handle), participationRow);
    if (!participation || event.time < participation.since) return refused('not-taking-part');
    const compartment = readRow(view, compartmentKey(handle), compartmentRow);
    if (compartment && isErased(compartment)) return refused('compartment-erased');
    const key = benefitKey(offer, handle, toHex(benefit));
    if (view.get(key)) return refused('benefit-id-used-before');
    const earned = (readRow(view, benefitSumKey(offer, handle), benefitSumRow)?.earned ?? 0) + amount;
    if (amount === 0 || earned > reward.amount) return refused('more-than-promised');
    const row = { amount, earned: event.time, earnedLetter: letter, paid: 0, paidLetter: NOTHING };
    return accepted(putRow(key, benefitRow, row), putRow(benefitSumKey(offer, handle), benefitSumRow, { earned }));
  },
};

const benefitPaid: EventRule<BenefitPaid> = {
  type: 'benefit.paid',
  kind: 'right',
  body: benefitPaidBody,
  personal: 'required',
  handle: 'required',
  reads: ({ body, handle }) => {
    const offer = toHex(body.offer);
    return [offerKey(offer), benefitKey(offer, handle, toHex(body.benefit))];
  },
  judge: (view, { body, handle, event }, writer) => {
    const offer = toHex(body.offer);
    const fault = notThePublisher(view, offer, writer.chain);
    if (fault) return fault;
    const key = benefitKey(offer, handle, toHex(body.benefit));
    const benefit = readRow(view, key, benefitRow);
    if (!benefit) return refused('not-earned');
    if (benefit.paid !== 0) return refused('paid-already');
    return accepted(putRow(key, benefitRow, { ...benefit, paid: event.time, paidLetter: body.letter }));
  },
};

function notThePublisher(view: StateView, offer: string, chain: string): Judgement | undefined {
  const published: OfferRow | undefined = readRow(view, offerKey(offer), offerRow);
  return published && toHex(published.publisher) === chain ? undefined : refused('offer-of-another');
}

export const benefitRules: ReadonlyArray<EventRule<unknown>> = [rewardPromised, benefitEarned, benefitPaid];
