/** What two clinics and the hub's administrator do with each other in several steps: consults, rewards, the set of witnesses, a quarantine. */

import { actAtHub, hubStatus, verifyHub } from '../../../server/hub/commands/fleet-administration.ts';
import { until } from '../../../server/workstation/demo/desk.ts';
import type { DeviceService } from '../../../server/workstation/device/device-service.ts';
import { fromHex } from '../../../shared/encoding/bytes.ts';
import { asFailure } from '../../../shared/outcome/failure.ts';
import { ask, PASSPHRASE } from './desk.ts';
import { doAgain } from './do-again.ts';
import type { Witness } from './lives.ts';
import { chainOf, type Region } from './region.ts';
import {
  consultsOf,
  openChart,
  type Policy,
  participants,
  policyOf,
  propose,
  publish,
  putResult,
  REWARD,
  received,
  shareForResearch,
} from './region-asks.ts';
import type { Act } from './task.ts';

export class RegionWorks {
  readonly #region: Region;
  readonly #witness: Witness;

  constructor(region: Region, witness: Witness) {
    this.#region = region;
    this.#witness = witness;
  }

  readonly acts: Readonly<Record<string, (number: number) => Promise<void>>> = {
    consult: (number) => this.#consult(number),
    reward: (number) => this.#reward(number),
    witnesses: () => this.#witnesses(),
    quarantine: (number) => this.#quarantine(number),
    rebaseline: (number) => this.#rebaseline(number),
  };

  /** Before anything is in step: what an act that was cut off left in the way, its people do to its end. */
  async goOn(acts: readonly Act[]): Promise<void> {
    const last = acts.at(-1);
    if (last?.kind === 'quarantine') await doAgain(this.#witness, () => this.#release());
    if (last?.kind === 'witnesses') await doAgain(this.#witness, () => this.#aloneAgain());
  }

  async look(acts: readonly Act[]): Promise<void> {
    await this.#lookAtConsults(acts);
    await this.#lookAtRewards(acts);
    if (acts.some(({ kind }) => kind === 'witnesses')) await this.#lookAtPolicies();
    if (acts.at(-1)?.kind === 'rebaseline') await doAgain(this.#witness, () => this.#carriedOut());
    if (acts.some(({ kind }) => kind === 'quarantine' || kind === 'rebaseline'))
      await verifyHub(this.#region.place('hub'), () => undefined).catch((error: unknown) =>
        this.#witness.fault('verify is clean', `the hub's acts: ${asFailure(error).message}`),
      );
  }

  // --- Consults ---------------------------------------------------------------------------------------------------

  /** Asked, answered by the other clinic, filed into the chart. */
  async #consult(number: number): Promise<void> {
    const { harbour, mountain } = this.#region;
    const question = `Question ${number}`;
    const patient = await this.#region.register(`Asked${number}`);
    await openChart(harbour, patient);
    let consult = '';
    await this.#witness.act('consult', { patient, question }, async () => {
      const { askConsult } = await ask<{ askConsult: { id: string } }>(
        harbour,
        'mutation Ask($input: AskConsultInput!, $passphrase: String!) { askConsult(input: $input, passphrase: $passphrase) { id } }',
        { input: { patient, clinic: chainOf(mountain), question, sections: [], pictures: [] }, passphrase: PASSPHRASE },
      );
      consult = askConsult.id;
      return { consult };
    });
    await until('the question is there', async () => this.#isThere(mountain, consult));
    await this.#witness.act('consult answered', { patient, question }, async () => {
      await ask(
        mountain,
        'mutation Answer($consult: ID!, $passphrase: String!) { answerConsult(consult: $consult, answer: "Yes.", passphrase: $passphrase) { id } }',
        { consult, passphrase: PASSPHRASE },
      );
      return {};
    });
    await until('the answer is there', async () => {
      this.#sync();
      return (await consultsOf(harbour, patient)).some(({ answer }) => answer !== null);
    });
    await this.#witness.act('consult filed', { patient, question }, async () => {
      await ask(
        harbour,
        'mutation File($patient: ID!, $consult: ID!) { fileConsult(patient: $patient, consult: $consult) { id } }',
        { patient, consult },
      );
      return {};
    });
  }

  async #isThere(mountain: DeviceService, consult: string): Promise<boolean> {
    this.#sync();
    return (await received(mountain)).some(({ id, complete }) => id === consult && complete);
  }

  async #lookAtConsults(acts: readonly Act[]): Promise<void> {
    const { harbour, mountain } = this.#region;
    for (const { state, about, answer: said } of acts.filter(({ kind }) => kind === 'consult')) {
      const { patient = '', question = '' } = about;
      const done = (kind: string): boolean =>
        acts.some((act) => act.kind === kind && act.state === 'done' && act.about.question === question);
      await openChart(harbour, patient);
      const here = (await consultsOf(harbour, patient)).filter((each) => each.question === question);
      if (here.length > 1) this.#witness.fault('nothing is doubled', `${question} is there ${here.length} times`);
      if (state === 'done' && here.length === 0) this.#witness.fault('nothing acknowledged is lost', `${question} is gone`);
      const [asked] = here;
      if (asked && !(await arrives(() => this.#isThere(mountain, asked.id))))
        this.#witness.fault('no half state', `${question} is written here and never came to the other clinic (${said.consult})`);
      const answered = (await received(mountain)).filter((each) => each.question === question && each.answer !== null);
      if (done('consult answered') && answered.length === 0)
        this.#witness.fault('nothing acknowledged is lost', `the answer to ${question} is gone`);
      if (asked && answered.length > 0 && !(await arrives(() => this.#isAnswered(patient, asked.id))))
        this.#witness.fault('no half state', `the answer to ${question} is written there and never came back`);
      await this.#lookAtFiled(patient, question, done('consult filed'));
    }
  }

  async #isAnswered(patient: string, consult: string): Promise<boolean> {
    this.#sync();
    return (await consultsOf(this.#region.harbour, patient)).some(({ id, answer }) => id === consult && answer !== null);
  }

  async #lookAtFiled(patient: string, question: string, isDone: boolean): Promise<void> {
    const { harbour } = this.#region;
    const [asked] = await consultsOf(harbour, patient);
    const { chart } = await ask<{ chart: { items: { edges: { node: { id: string } }[] } } }>(
      harbour,
      'query Notes($patient: ID!) { chart(patient: $patient) { items(section: NOTE, first: 50) { edges { node { id } } } } }',
      { patient },
    );
    const records = chart.items.edges.length;
    if (records > 1) this.#witness.fault('nothing is doubled', `the answer to ${question} was filed ${records} times`);
    if (isDone && records === 0) this.#witness.fault('nothing acknowledged is lost', `what was filed of ${question} is gone`);
    if (asked && asked.filed !== records > 0)
      this.#witness.fault('no half state', `${question} is ${asked.filed ? '' : 'not '}filed, with ${records} records`);
  }

  // --- Rewards ----------------------------------------------------------------------------------------------------

  /** Promised and paid by the one clinic, for a patient of the other. */
  async #reward(number: number): Promise<void> {
    const { harbour, mountain } = this.#region;
    const title = `Offer ${number}`;
    let offer = '';
    await this.#witness.act('offer', { title }, async () => {
      offer = await publish(mountain, title);
      return { offer };
    });
    const patient = await this.#region.register(`Takes${number}`);
    await openChart(harbour, patient);
    await putResult(harbour, patient);
    await shareForResearch(harbour, patient, chainOf(mountain));
    await until('the offer is there', async () => {
      this.#sync();
      const { offers } = await ask<{ offers: { id: string }[] }>(harbour, '{ offers { id } }');
      return offers.some(({ id }) => id === offer);
    });
    await ask(
      harbour,
      'mutation Join($patient: ID!, $offer: ID!, $passphrase: String!) { joinOffer(patient: $patient, offer: $offer, passphrase: $passphrase) { active } }',
      { patient, offer, passphrase: PASSPHRASE },
    );
    const someone = await until('somebody takes part', async () => {
      this.#sync();
      return (await participants(mountain, offer))[0]?.id;
    });
    const words = `Visit ${number}`;
    await this.#witness.act('earned', { offer, patient, words }, async () => {
      await ask(
        mountain,
        'mutation Earn($offer: ID!, $participant: ID!, $words: String!, $passphrase: String!) { recordEarned(offer: $offer, participant: $participant, amount: 500, words: $words, passphrase: $passphrase) { id } }',
        { offer, participant: someone, words, passphrase: PASSPHRASE },
      );
      return {};
    });
    const benefit = (await participants(mountain, offer))[0]?.benefits[0]?.id;
    await this.#witness.act('paid', { offer, words }, async () => {
      await ask(
        mountain,
        'mutation Pay($offer: ID!, $participant: ID!, $benefit: ID!, $passphrase: String!) { recordPaid(offer: $offer, participant: $participant, benefit: $benefit, words: "voucher", passphrase: $passphrase) { id } }',
        { offer, participant: someone, benefit, passphrase: PASSPHRASE },
      );
      return {};
    });
    await this.#region.inStep();
  }

  async #lookAtRewards(acts: readonly Act[]): Promise<void> {
    const { mountain } = this.#region;
    const made = acts.filter(({ kind }) => kind === 'offer');
    if (made.length === 0) return;
    const { offers } = await ask<{ offers: { id: string; title: string; promised: { amount: number } | null }[] }>(
      mountain,
      '{ offers { id title promised { amount } } }',
    );
    for (const { state, about } of made) {
      const found = offers.filter(({ title }) => title === about.title);
      if (found.length > 1) this.#witness.fault('nothing is doubled', `${about.title} is there ${found.length} times`);
      if (state === 'done' && found.length === 0) this.#witness.fault('nothing acknowledged is lost', `${about.title} is gone`);
      if (found.some(({ promised }) => promised?.amount !== REWARD))
        this.#witness.fault('no half state', `${about.title} is published without what it promises`);
    }
    for (const act of acts.filter(({ kind }) => kind === 'earned')) await this.#lookAtEarned(act, acts);
  }

  async #lookAtEarned({ state, about }: Act, acts: readonly Act[]): Promise<void> {
    const { offer = '', patient = '', words = '' } = about;
    const { harbour, mountain } = this.#region;
    const found = (await participants(mountain, offer)).flatMap(({ benefits }) => benefits);
    const paid = acts.some((act) => act.kind === 'paid' && act.state === 'done' && act.about.words === words);
    if (found.length > 1) this.#witness.fault('nothing is doubled', `${words} was earned ${found.length} times`);
    if (state === 'done' && found.length === 0)
      this.#witness.fault('nothing acknowledged is lost', `${words} was earned and is gone`);
    const [benefit] = found;
    if (!benefit) return;
    if (paid && benefit.paidAt === null) this.#witness.fault('nothing acknowledged is lost', `${words} was paid and is owed`);
    if (benefit.earnedFor !== words) this.#witness.fault('no half state', `a reward without its words: "${benefit.earnedFor}"`);
    const isToldThere = async (): Promise<boolean> => {
      this.#sync();
      const { participations } = await ask<{ participations: { benefits: { id: string; earnedFor: string }[] }[] }>(
        harbour,
        'query Of($patient: ID!) { participations(patient: $patient) { benefits { id earnedFor } } }',
        { patient },
      );
      return participations.some(({ benefits }) =>
        benefits.some(({ id, earnedFor }) => id === benefit.id && earnedFor === words),
      );
    };
    if (!(await arrives(isToldThere))) this.#witness.fault('no half state', `the patient's clinic is not told of ${words}`);
  }

  // --- Who witnesses ----------------------------------------------------------------------------------------------

  /** The second clinic comes into the set by the word of the first, and leaves it by the word of both. */
  async #witnesses(): Promise<void> {
    await this.#witness.act('witnesses', {}, async () => {
      const { harbour, mountain } = this.#region;
      await ask(mountain, 'mutation { offerToWitness }');
      await until('the offer is there', async () =>
        (await policyOf(harbour)).offers.some(({ chain }) => chain === chainOf(mountain)),
      );
      await propose(harbour, [chainOf(harbour), chainOf(mountain)]);
      await this.#region.inStep();
      await this.#aloneAgain();
      return {};
    });
    await this.#region.inStep();
  }

  /** As it was at the beginning, whatever was cut off. */
  async #aloneAgain(): Promise<void> {
    const { harbour, mountain } = this.#region;
    await this.#region.inStep();
    const { witnesses, sequence } = await policyOf(harbour);
    if (witnesses.length === 1) return;
    await propose(harbour, [chainOf(harbour)]);
    const [proposal] = await until('it is proposed', async () => {
      const { proposals } = await policyOf(mountain);
      return proposals.length > 0 ? proposals : undefined;
    });
    await ask(mountain, 'mutation Approve($id: ID!) { approvePolicy(id: $id) }', { id: proposal?.id });
    await until('it is in force', async () => {
      this.#sync();
      return (await policyOf(harbour)).sequence > sequence;
    });
  }

  async #lookAtPolicies(): Promise<void> {
    const [here, there] = await Promise.all([this.#region.harbour, this.#region.mountain].map(policyOf));
    const said = (policy: Policy | undefined) => `${policy?.sequence}: ${policy?.witnesses.map(({ id }) => id).join(' ')}`;
    if (said(here) !== said(there))
      this.#witness.fault('no half state', `one goes by ${said(here)}, the other by ${said(there)}`);
  }

  // --- The hub's administrator ------------------------------------------------------------------------------------

  /** What the clinic writes meanwhile waits, and is in the ledger after the release. */
  async #quarantine(number: number): Promise<void> {
    const { mountain } = this.#region;
    await this.#region.inStep();
    await this.#witness.act('quarantine', {}, async () => {
      await this.#act(true);
      await this.#region.register(`Held${number}`, mountain);
      await until('the hub takes nothing of it', async () => {
        mountain.syncNow();
        return mountain.sync?.problem?.code === 'hub.quarantined';
      });
      await this.#act(false);
      return {};
    });
    await this.#region.inStep();
  }

  /** A clinic makes state and tree of its replica anew, as it is ordered; what it writes meanwhile is not touched. */
  async #rebaseline(number: number): Promise<void> {
    const { mountain } = this.#region;
    const family = `Anew${number}`;
    await this.#witness.act('patient', { family }, async () => ({ id: await this.#region.register(family) }));
    await this.#witness.act('rebaseline', {}, async () => {
      const subject = fromHex(chainOf(mountain));
      await actAtHub(this.#region.place('hub'), { kind: 'rebaseline', subject, isSet: true, reason: 'fault' }, Date.now);
      await this.#carriedOut();
      return {};
    });
    await this.#region.inStep();
  }

  /** Every order that the hub knows was carried out, and the hub was told. */
  async #carriedOut(): Promise<void> {
    const { mountain } = this.#region;
    await until('the replica was made anew', async () => {
      mountain.syncNow();
      const { clinics, devices } = await hubStatus(this.#region.place('hub'), Date.now);
      const ordered = clinics.find(({ chain }) => chain === chainOf(mountain))?.rebaseline ?? 0;
      const own = devices.find(({ chain }) => chain === chainOf(mountain));
      return (own?.report?.rebaselined ?? 0) >= ordered || undefined;
    });
  }

  async #release(): Promise<void> {
    await this.#act(false).catch((error: unknown) => {
      // It was never set, or taken back already.
      if (asFailure(error).code !== 'hub.act-idle') throw error;
    });
    await until('the hub takes what it writes', async () =>
      this.#region.mountain.syncOnce().then(
        () => true,
        () => false,
      ),
    );
  }

  async #act(isSet: boolean): Promise<void> {
    const subject = fromHex(chainOf(this.#region.mountain));
    await actAtHub(this.#region.place('hub'), { kind: 'quarantine', subject, isSet, reason: 'maintenance' }, Date.now);
  }

  // ----------------------------------------------------------------------------------------------------------------

  #sync(): void {
    this.#region.harbour.syncNow();
    this.#region.mountain.syncNow();
  }
}

const arrives = (isThere: () => Promise<boolean>): Promise<boolean> =>
  until('it is there', isThere).then(
    () => true,
    () => false,
  );
