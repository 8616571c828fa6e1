/** Research offers as one patient sees them: the terms, whether they take part, and joining and leaving by their own signature. */
import { grantKey, grantRow } from '../../../shared/consent/consent-rules.ts';
import { fromHex, toHex } from '../../../shared/encoding/bytes.ts';
import { decode, encode } from '../../../shared/encoding/codec.ts';
import type { FiledBenefit } from '../../../shared/kiosk/patient-file.ts';
import {
  joiningMessage,
  leavingMessage,
  offerWordBody,
  offerWordKey,
  offerWordRow,
} from '../../../shared/kiosk/patient-offer-rules.ts';
import {
  benefitIds,
  benefitRow,
  benefitsOf,
  type RewardRow,
  rewardKey,
  rewardRow,
} from '../../../shared/marketplace/benefit-rules.ts';
import {
  type OfferRow,
  offerRow,
  type ParticipationRow,
  participationKey,
  participationRow,
} from '../../../shared/marketplace/offer-rules.ts';
import { offerState, takesPart } from '../../../shared/marketplace/offer-state.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { loadState } from '../../ledger/state-rows.store.ts';
import { listOverlaid, loadOverlaid } from '../../sync/own-acts/pending.ts';
import { sign } from '../../vault/primitives.ts';
import type { StandingOwnConsent } from './own-consents.ts';
import type { OwnRecordsParts } from './own-records.ts';
import type { KioskVerbs } from './session-verbs.ts';

const OFFERS = 'offer/';

interface OwnOffersParts extends Pick<OwnRecordsParts, 'opened' | 'row' | 'reader' | 'time' | 'record'> {
  consents(): Promise<readonly StandingOwnConsent[]>;
  recipients(): Promise<ReadonlyArray<{ readonly chain: string; readonly name: string }>>;
  benefits(): Promise<readonly FiledBenefit[]>;
  receipts: KioskVerbs['receipts'];
}

/** What the patient has earned by an offer; whether it was paid is the organisation's word. */
export interface OwnBenefit {
  readonly id: string;
  /** In the smallest unit of the currency. */
  readonly amount: number;
  readonly currency: string;
  readonly earnedAt: number;
  /** Undefined while it is owed. */
  readonly paidAt: number | undefined;
  /** '' while the clinic has not taken the words in. */
  readonly earnedFor: string;
  readonly paidBy: string;
  readonly handle: string;
}

export interface OwnOffer {
  readonly id: string;
  readonly terms: OfferRow;
  readonly publisher: string;
  readonly buyer: string;
  readonly isOpen: boolean;
  readonly joined: boolean;
  /** When the patient joined, milliseconds; undefined when they never did. */
  readonly since: number | undefined;
  readonly reach: 'HERE' | 'REGION';
  readonly needsConsent: boolean;
  /** The most that one participant can earn; undefined where no amount was promised. */
  readonly promised: RewardRow | undefined;
  /** The newest first. */
  readonly benefits: readonly OwnBenefit[];
}

/** The participation of one compartment, and the consent under which it stands. */
interface Participation {
  readonly handle: string;
  readonly row: ParticipationRow;
  readonly counts: boolean;
}

export class OwnOffers {
  readonly #parts: OwnOffersParts;

  constructor(parts: OwnOffersParts) {
    this.#parts = parts;
  }

  /** Those that are open, or of which the patient is or was part; the first to end comes first. */
  async list(): Promise<OwnOffer[]> {
    const [time, research, recipients] = await Promise.all([this.#parts.time(), this.#research(), this.#parts.recipients()]);
    const names = new Map(recipients.map(({ chain, name }) => [chain, name]));
    const offers = await Promise.all(
      (await listOverlaid(this.#parts.reader, OFFERS)).map(async ({ key, value }) => {
        const id = key.slice(OFFERS.length);
        const terms = decode(offerRow, value);
        const publisher = toHex(terms.publisher);
        const [here, region] = await Promise.all([
          this.#participations(id, research, time),
          this.#participations(id, research, time, true),
        ]);
        const counts = (all: readonly Participation[]): boolean => all.some((each) => each.counts);
        const joined = counts(here);
        const since = Math.max(0, ...here.map(({ row }) => row.since));
        const promised = await this.#promised(id);
        return {
          id,
          terms,
          publisher,
          buyer: names.get(publisher) ?? '',
          isOpen: offerState(terms, time) === 'OPEN',
          joined,
          since: since || undefined,
          reach: joined === counts(region) ? ('REGION' as const) : ('HERE' as const),
          needsConsent: !grantFor(research, publisher, toHex(this.#parts.row.handle)),
          promised,
          benefits: promised ? await this.#benefits(id, here, promised.currency) : [],
        };
      }),
    );
    return offers
      .filter(({ isOpen, since }) => isOpen || since !== undefined)
      .sort((one, other) => one.terms.expires - other.terms.expires);
  }

  /** @throws {Failure} `marketplace.offer-unknown`, `marketplace.joined-already`, `marketplace.no-matching-consent`; `ledger.refused`. */
  async join(id: string): Promise<OwnOffer> {
    const { row, opened, record } = this.#parts;
    const { joined, publisher } = await this.#offer(id);
    if (joined) throw new Failure('marketplace.joined-already', 'You take part in this offer already.');
    const identity = grantFor(await this.#research(), publisher, toHex(row.handle));
    if (!identity)
      throw new Failure(
        'marketplace.no-matching-consent',
        'There is no consent of yours for research to this organisation that is in force. Give one first.',
      );
    const grant = fromHex(identity);
    const said = { offer: fromHex(id), grant, identity: grant, card: row.card, signed: await this.#signedNow(id) };
    const proof = sign(opened.signing, joiningMessage(row.custodian, said));
    await record([{ type: 'offer.joined', handle: row.handle, body: encode(offerWordBody, { ...said, proof }) }]);
    return this.#offer(id);
  }

  /** @throws {Failure} `marketplace.offer-unknown`, `marketplace.not-joined`; `ledger.refused`. */
  async leave(id: string): Promise<OwnOffer> {
    const { row, opened, record, time } = this.#parts;
    await this.#offer(id);
    const research = await this.#research();
    const now = await time();
    const joined = (await this.#participations(id, research, now)).find(({ counts }) => counts);
    const consent = research.find(({ consent: { grants } }) =>
      grants.some(({ grant }) => grant === toHex(joined?.row.grant ?? row.card)),
    );
    const identity = consent && identityOf(consent, toHex(row.handle));
    if (!joined || !identity) throw new Failure('marketplace.not-joined', 'You do not take part in this offer.');
    const said = {
      offer: fromHex(id),
      grant: joined.row.grant,
      identity: fromHex(identity),
      card: row.card,
      signed: await this.#signedNow(id),
    };
    const proof = sign(opened.signing, leavingMessage(row.custodian, said));
    await record([{ type: 'offer.left', handle: fromHex(joined.handle), body: encode(offerWordBody, { ...said, proof }) }]);
    return this.#offer(id);
  }

  /** That a reward was paid, or while it is owed that it was earned. @throws {Failure} `marketplace.benefit-unknown`, `ledger.pending`. */
  async receipt(benefit: string): Promise<string> {
    const found = (await this.list()).flatMap(({ benefits }) => benefits).find(({ id }) => id === benefit);
    if (!found) throw new Failure('marketplace.benefit-unknown', 'There is no such reward. Open the list again.');
    const type = found.paidAt === undefined ? 'benefit.earned' : 'benefit.paid';
    const [json] = await this.#parts.receipts([{ type, handle: fromHex(found.handle), naming: fromHex(benefit) }]);
    if (json) return json;
    throw new Failure('ledger.pending', 'The region does not have this yet. Try again later.', { retry: true });
  }

  /** Later than what was said of this offer before: the judged time of a kiosk stands still where its clock was ahead or put back. */
  async #signedNow(offer: string): Promise<number> {
    const key = offerWordKey(offer, toHex(this.#parts.row.card));
    const before = (await loadOverlaid(this.#parts.reader, [key])).get(key);
    return Math.max(await this.#parts.time(), before ? decode(offerWordRow, before).signed + 1 : 0);
  }

  async #promised(offer: string): Promise<RewardRow | undefined> {
    const key = rewardKey(offer);
    const row = (await loadOverlaid(this.#parts.reader, [key])).get(key);
    return row && decode(rewardRow, row);
  }

  async #benefits(offer: string, participations: readonly Participation[], currency: string): Promise<OwnBenefit[]> {
    const words = new Map((await this.#parts.benefits()).map((filed) => [filed.id, filed]));
    const found = await Promise.all(
      participations.map(async ({ handle }) =>
        (await listOverlaid(this.#parts.reader, benefitsOf(offer, handle))).map(({ key, value }) => {
          const { benefit: id } = benefitIds(key);
          const { amount, earned, paid } = decode(benefitRow, value);
          const { earnedFor = '', paidBy = '' } = words.get(id) ?? {};
          return { id, handle, amount, currency, earnedAt: earned, paidAt: paid || undefined, earnedFor, paidBy };
        }),
      ),
    );
    return found.flat().sort((one, other) => other.earnedAt - one.earnedAt);
  }

  async #offer(id: string): Promise<OwnOffer> {
    const found = (await this.list()).find((offer) => offer.id === id);
    if (found) return found;
    throw new Failure('marketplace.offer-unknown', 'There is no such offer. Open the list again.');
  }

  async #research(): Promise<StandingOwnConsent[]> {
    return (await this.#parts.consents()).filter(({ consent }) => consent.purpose === 'HRESCH');
  }

  /** @param accepted as the region's ledger has it, without what waits here */
  async #participations(
    offer: string,
    research: readonly StandingOwnConsent[],
    time: number,
    accepted = false,
  ): Promise<Participation[]> {
    const { reader, row: card } = this.#parts;
    const load = accepted ? loadState : loadOverlaid;
    const handles = new Set([
      toHex(card.handle),
      ...research.flatMap(({ consent }) => consent.grants.map(({ handle }) => handle)),
    ]);
    const keys = new Map([...handles].map((handle) => [participationKey(offer, handle), handle]));
    const found = [...(await load(reader, [...keys.keys()]))].flatMap(([key, value]) =>
      value ? [{ handle: keys.get(key) as string, row: decode(participationRow, value) }] : [],
    );
    const grants = await load(
      reader,
      found.map(({ row }) => grantKey(toHex(row.grant))),
    );
    return found.map(({ handle, row }) => {
      const grant = grants.get(grantKey(toHex(row.grant)));
      return { handle, row, counts: takesPart(row, grant && decode(grantRow, grant), time) };
    });
  }
}

/** The part of identity of a research consent to this organisation that a desk has given and that is in force. */
function grantFor(research: readonly StandingOwnConsent[], publisher: string, handle: string): string | undefined {
  const usable = research.find(
    ({ consent, state, signedBy }) => consent.recipient === publisher && state === 'IN_FORCE' && signedBy === 'PATIENT',
  );
  return usable && identityOf(usable, handle);
}

const identityOf = ({ consent }: StandingOwnConsent, handle: string): string | undefined =>
  consent.grants.find((part) => part.handle === handle)?.grant;
