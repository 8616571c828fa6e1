/** Research: an offer that the patient joins and leaves at the kiosk by their own key, whatever dies in between. */
import { until } from '../../../server/workstation/demo/desk.ts';
import type { DeviceService } from '../../../server/workstation/device/device-service.ts';
import { ask, PATIENCE } from './desk.ts';
import type { KioskPlace } from './kiosk-place.ts';
import type { Witness } from './lives.ts';
import { publish } from './region-asks.ts';
import type { Act } from './task.ts';

const TITLE = 'Asthma in the city';

interface MyOffer {
  readonly id: string;
  readonly title: string;
  readonly joined: boolean;
  readonly reach: string;
  readonly needsConsent: boolean;
}

/** The institute publishes it once, and is away from then on. */
export const publishOffer = (institute: DeviceService): Promise<string> => publish(institute, TITLE);

export class KioskOffers {
  readonly #place: KioskPlace;
  readonly #witness: Witness;

  constructor(place: KioskPlace, witness: Witness) {
    this.#place = place;
    this.#witness = witness;
  }

  /** The research consent under which they take part, while the patient is in. @param institute its chain */
  async consent(institute: string): Promise<void> {
    const wish = { recipient: institute, categories: ['medication'], purpose: 'HRESCH', ends: null, language: 'en' };
    const { consentText } = await this.#place.own<{ consentText: { hash: string } }>(
      'query Text($wish: OwnConsentWish!) { consentText(wish: $wish) { hash } }',
      { wish },
    );
    await this.#place.own('mutation Give($wish: OwnConsentWish!, $hash: ID!) { giveConsent(wish: $wish, hash: $hash) { id } }', {
      wish,
      hash: consentText.hash,
    });
    await until('a desk has added the keys', async () => (await this.#here())?.needsConsent === false || undefined, PATIENCE);
  }

  /** Joined, or left where they take part already; the desk hears of it. */
  async change(patient: string): Promise<void> {
    const { id, joined } = await until('the offer is here', () => this.#here());
    await this.#witness.act(joined ? 'offer left' : 'offer joined', {}, async () => {
      await this.#place.own(
        joined
          ? 'mutation Leave($offer: ID!) { leaveOffer(offer: $offer) { joined } }'
          : 'mutation Join($offer: ID!) { joinOffer(offer: $offer) { joined } }',
        { offer: id },
      );
      return {};
    });
    await until('the desk has it', async () => (await this.#atDesk(patient)).includes(true) === !joined || undefined, PATIENCE);
  }

  /** Kiosk, desk and region agree, and on what was acknowledged last. */
  async look(acts: readonly Act[], patient: string): Promise<void> {
    const last = acts.findLast(({ kind }) => kind.startsWith('offer '));
    const wanted = last?.kind === 'offer joined';
    const agreed = await until('kiosk, desk and region agree on who takes part', async () => {
      const [here, there] = [await this.#here(), await this.#atDesk(patient)];
      return here?.reach === 'REGION' && here.joined === there.includes(true) ? { joined: here.joined } : undefined;
    }).catch(() => undefined);
    const there = await this.#atDesk(patient);
    const said = `the offer: at the kiosk ${JSON.stringify(await this.#here())}, at the desk ${JSON.stringify(there)}`;
    if (there.length > 1) this.#witness.fault('nothing is doubled', said);
    else if (!agreed) this.#witness.fault('no half state', said);
    else if (last?.state === 'done' && agreed.joined !== wanted)
      this.#witness.fault('nothing acknowledged is lost', `${said}, after ${last.kind}`);
    else if (!last && agreed.joined) this.#witness.fault('no half state', `${said}, and nobody joined`);
  }

  async #here(): Promise<MyOffer | undefined> {
    const { offers } = await this.#place.own<{ offers: MyOffer[] }>('{ offers { id title joined reach needsConsent } }');
    const mine = offers.filter(({ title }) => title === TITLE);
    if (mine.length > 1) this.#witness.fault('nothing is doubled', `the offer is listed ${mine.length} times`);
    return mine[0];
  }

  /** Of each participation that stands in the clinic's own list, whether it counts. */
  async #atDesk(patient: string): Promise<readonly boolean[]> {
    const { participations } = await ask<{ participations: { active: boolean }[] }>(
      this.#place.desk,
      'query Parts($patient: ID!) { participations(patient: $patient) { active } }',
      { patient },
    );
    return participations.map(({ active }) => active);
  }
}
