/** A kiosk: what a patient does there until kiosk, desk and hub are killed at once, and what must hold then. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openReader } from '../../../server/storage/database.ts';
import { until } from '../../../server/workstation/demo/desk.ts';
import { freePort } from '../../../server/workstation/demo/free-port.ts';
import { Installation } from '../../../server/workstation/folder/installation.ts';
import { verifyReplica } from '../../../server/workstation/verify/verify-replica.ts';
import { asFailure } from '../../../shared/outcome/failure.ts';
import { ask, PATIENCE } from './desk.ts';
import { DeskCharts } from './desk-charts.ts';
import { KioskCarer } from './kiosk-carer.ts';
import { KioskLinks } from './kiosk-links.ts';
import { KioskOffers } from './kiosk-offers.ts';
import { KioskPlace } from './kiosk-place.ts';
import type { Life, Witness } from './lives.ts';
import { lookAtMark } from './mark.ts';
import type { Act, Task } from './task.ts';

const PIN = '493827';
const NAME = 'Canarywood';
const WORDS = 'Canaryrequest';
const DAY = 86_400_000;
/** Consents are told apart by their last day. */
const FIRST_END = Date.UTC(2100, 0, 1);
const SUBJECTS = ['COPY', 'CORRECTION', 'DISAGREEMENT'] as const;

export async function kioskLife({ folder, fresh, acts }: Task, witness: Witness): Promise<Life> {
  const place = new KioskPlace(folder, await freePort());
  const life = new KioskActs(place, witness);
  if (!place.isFounded) await life.found();
  else {
    if (!fresh) await life.lookAtFolders();
    await place.open();
    await life.goOn(acts);
  }
  return {
    begin: (number) => life.give(number),
    look: (known) => life.look(known),
    acts: {
      pin: (number) => life.mistype(number),
      give: (number) => life.give(number),
      end: (number) => life.end(number),
      request: (number) => life.request(number),
      papers: (number) => life.papers(number),
      card: () => life.replaceCard(),
      carer: () => life.carer(),
      link: () => life.link(),
      offer: () => life.offer(),
    },
    close: () => place.close(),
  };
}

interface Consent {
  readonly id: string;
  readonly state: string;
  readonly ends: number | null;
}

class KioskActs {
  readonly #place: KioskPlace;
  readonly #witness: Witness;
  #patient = '';
  #recipient = '';
  #card = '';
  readonly #carer: KioskCarer;
  readonly #links: KioskLinks;
  readonly #offers: KioskOffers;

  constructor(place: KioskPlace, witness: Witness) {
    this.#place = place;
    this.#witness = witness;
    this.#carer = new KioskCarer(place, witness);
    this.#links = new KioskLinks(place, witness);
    this.#offers = new KioskOffers(place, witness);
  }

  async found(): Promise<void> {
    const { clinic, institute } = await this.#place.found();
    this.#recipient = clinic;
    this.#patient = await this.#charts.register(NAME);
    await this.#witness.act('patient', { patient: this.#patient, recipient: this.#recipient }, async () => ({}));
    await this.#carer.found(PIN);
    await this.replaceCard();
    await this.#comeIn();
    await this.#offers.consent(institute);
    await this.#place.kiosk.endSession();
  }

  /** Whose card nobody was handed, because its printing was cut off, gets another. */
  async goOn(acts: readonly Act[]): Promise<void> {
    const { patient = '', recipient = '' } = acts.find(({ kind }) => kind === 'patient')?.about ?? {};
    [this.#patient, this.#recipient] = [patient, recipient];
    const card = acts.findLast(({ kind }) => kind === 'card');
    if (card?.state === 'done') this.#card = card.answer.code ?? '';
    else await this.replaceCard();
    await this.#carer.goOn(acts, PIN);
  }

  // --- What is done -----------------------------------------------------------------------------------------------

  /** Somebody else's guess, and then the patient. */
  async mistype(number: number): Promise<void> {
    await this.#witness.act('wrong PIN', {}, async () => {
      const left = await this.#place.checkIn(this.#card, String(600_137 + number * 7)).then(
        () => undefined,
        (error: unknown) => asFailure(error).details.left,
      );
      return { left: String(left) };
    });
    if (number % 2 === 0) await this.#comeIn();
  }

  async give(number: number): Promise<void> {
    await this.#comeIn();
    const ends = FIRST_END + number * DAY;
    const wish = { recipient: this.#recipient, categories: ['medication'], purpose: 'TREAT', ends, language: 'en' };
    const { consentText } = await this.#place.own<{ consentText: { hash: string } }>(
      'query Text($wish: OwnConsentWish!) { consentText(wish: $wish) { hash } }',
      { wish },
    );
    await this.#witness.act('give', { ends: String(ends) }, async () => {
      const { giveConsent } = await this.#place.own<{ giveConsent: Consent }>(
        'mutation Give($wish: OwnConsentWish!, $hash: ID!) { giveConsent(wish: $wish, hash: $hash) { id } }',
        { wish, hash: consentText.hash },
      );
      return { id: giveConsent.id };
    });
  }

  /** One that a desk may have given by now, or not. */
  async end(number: number): Promise<void> {
    await this.give(number);
    const ends = FIRST_END + number * DAY;
    const { id } = (await this.#mine()).find((consent) => consent.ends === ends) as Consent;
    await this.#witness.act('end', { ends: String(ends) }, async () => {
      await this.#place.own('mutation End($id: ID!) { withdrawConsent(id: $id) { state } }', { id });
      return {};
    });
  }

  async request(number: number): Promise<void> {
    await this.#comeIn();
    const words = `${WORDS} ${number}.`;
    await this.#witness.act('request', { words }, async () => {
      await this.#place.own(
        'mutation Send($about: RequestSubject!, $words: String!) { sendRequest(about: $about, words: $words) { id } }',
        { about: SUBJECTS[number % SUBJECTS.length], words },
      );
      return {};
    });
    await until(
      'a desk has taken it in',
      async () => (await this.#requests()).find((each) => each.words === words)?.received,
      PATIENCE,
    );
  }

  /** Something new in the chart comes into the patient's papers. */
  async papers(number: number): Promise<void> {
    const value = 1_000_000 + number;
    await this.#charts.open(this.#patient);
    await this.#witness.act('record', { value: String(value) }, async () => {
      await this.#charts.put(this.#patient, value);
      return {};
    });
    await this.#comeIn();
    await until('it is among the papers', async () => (await this.#inPapers(value)) > 0, PATIENCE);
  }

  /** While its holder is in. */
  async replaceCard(): Promise<void> {
    const before = this.#card;
    if (before) await this.#comeIn();
    await this.#witness.act('card', {}, async () => {
      this.#card = await this.#place.issueCard(this.#patient, PIN);
      return { code: this.#card };
    });
    await this.#lookAtOldCard(before);
  }

  /** Named, or ended where somebody acts already. */
  async carer(): Promise<void> {
    await this.#comeIn();
    await this.#carer.change(this.#patient);
  }

  async link(): Promise<void> {
    await this.#comeIn();
    await this.#links.make();
  }

  async offer(): Promise<void> {
    await this.#comeIn();
    await this.#offers.change(this.#patient);
  }

  // --- What must hold ---------------------------------------------------------------------------------------------

  /** As the dead left them. */
  async lookAtFolders(): Promise<void> {
    for (const name of ['desk', 'kiosk']) await lookAtMark(this.#place.place(name), this.#witness);
    const installation = await Installation.open(this.#place.place('kiosk'));
    const { faults } = await verifyReplica(installation);
    await installation.close();
    for (const what of faults) this.#witness.fault('verify is clean', `the kiosk: ${what}`);
    const left = bytesBelow(this.#place.place('kiosk'));
    for (const word of [NAME, WORDS, PIN, 'the patient with care card and PIN'])
      if (left.includes(word)) this.#witness.fault('no half state', `the kiosk's folder says "${word}"`);
  }

  async look(acts: readonly Act[]): Promise<void> {
    const { state } = await this.#place.kiosk.state();
    if (state !== 'READY') this.#witness.fault('no half state', `a kiosk that started anew is ${state}`);
    await this.#lookAtTries(acts);
    await this.#comeIn();
    await this.#lookAtConsents(acts);
    await this.#lookAtRequests(acts);
    await this.#carer.look(acts, this.#patient);
    await this.#links.look(acts);
    await this.#offers.look(acts, this.#patient);
    for (const act of acts)
      if (act.kind === 'record') await this.#count(act, `the value ${act.about.value}`, () => this.#inPapers(act.about.value));
    for (const what of (await verifyReplica(this.#place.desk.installation)).faults) this.#witness.fault('verify is clean', what);
    await this.#place.kiosk.endSession();
  }

  /** Each wrong PIN that was answered is counted since the card opened last, and no more than were typed. */
  async #lookAtTries(acts: readonly Act[]): Promise<void> {
    const opened = acts.findLastIndex(({ kind, state }) => kind === 'came in' && state === 'done');
    const wrong = acts.slice(opened + 1);
    const answered = acts
      .slice(1 + acts.findLastIndex(({ kind }) => kind === 'came in'))
      .filter(({ kind, state }) => kind === 'wrong PIN' && state === 'done').length;
    const hub = await openReader(join(this.#place.place('hub'), 'hub.db'));
    const counted = await hub.read.all<{ failed: number }>('SELECT max(tried - cleared) AS failed FROM card_count');
    await hub.close();
    const failed = counted[0]?.failed ?? 0;
    if (failed < answered)
      this.#witness.fault('nothing acknowledged is lost', `${answered} wrong PINs were answered, ${failed} are counted`);
    if (failed > wrong.length)
      this.#witness.fault('nothing is doubled', `${wrong.length} PINs were typed since the card opened, ${failed} are counted`);
    const tries = wrong
      .filter(({ kind, state }) => kind === 'wrong PIN' && state === 'done')
      .map(({ answer }) => Number(answer.left));
    if (tries.some((left, at) => at > 0 && left >= (tries[at - 1] as number)))
      this.#witness.fault('nothing acknowledged is lost', `wrong PINs left ${tries.join(', ')} tries`);
  }

  async #lookAtConsents(acts: readonly Act[]): Promise<void> {
    const mine = await this.#settled();
    const atDesk = await this.#atDesk();
    for (const act of acts.filter(({ kind }) => kind === 'give')) {
      const isThis = ({ ends }: Consent): boolean => ends === Number(act.about.ends);
      const [here, there] = [mine.filter(isThis), atDesk.filter(isThis)];
      const what = `the consent until ${act.about.ends}`;
      await this.#count(act, what, async () => here.length);
      const endings = acts.filter(({ kind, about }) => kind === 'end' && about.ends === act.about.ends);
      const isOver = here[0]?.state === 'WITHDRAWN';
      if (here.length > 0 && !isOver && endings.some(({ state }) => state === 'done'))
        this.#witness.fault('nothing acknowledged is lost', `${what} was ended and is ${here[0]?.state}`);
      if (isOver && endings.length === 0) this.#witness.fault('nothing acknowledged is lost', `${what} is over`);
      // What was taken back before a desk had added the keys is never given.
      const isRight = isOver ? there.every(({ state }) => state === 'WITHDRAWN') : there.length === here.length;
      if (!isRight || there.length > 1)
        this.#witness.fault('no half state', `${what}: here ${JSON.stringify(here)}, at the desk ${JSON.stringify(there)}`);
    }
  }

  async #lookAtRequests(acts: readonly Act[]): Promise<void> {
    for (const act of acts.filter(({ kind }) => kind === 'request')) {
      const { words = '' } = act.about;
      const isThis = (each: { readonly words: string }): boolean => each.words === words;
      const sent = async () => (await this.#requests()).filter(isThis);
      await this.#count(act, words, async () => (await sent()).length);
      if ((await sent()).length === 0) continue;
      await until('a desk has taken it in', async () => (await sent()).every(({ received }) => received)).catch(() =>
        this.#witness.fault('no half state', `"${words}" is not at the desk`),
      );
      const { complaintsOf } = await ask<{ complaintsOf: { words: string }[] }>(
        this.#place.desk,
        'query Sent($patient: ID!) { complaintsOf(patient: $patient) { words } }',
        { patient: this.#patient },
      );
      const count = complaintsOf.filter(isThis).length;
      if (count !== 1) this.#witness.fault('nothing is doubled', `"${words}" is at the desk ${count} times`);
    }
  }

  async #lookAtOldCard(card: string): Promise<void> {
    if (!card) return;
    await until('the kiosk hears that it is replaced', () =>
      this.#place.kiosk.checkIn(card, PIN).then(
        () => undefined,
        (error: unknown) => asFailure(error).code === 'card.ended',
      ),
    );
  }

  /** Whole once when it was acknowledged, whole or not at all when it was not. */
  async #count({ state, id }: Act, what: string, found: () => Promise<number>): Promise<void> {
    const enough = state === 'done' ? 1 : 0;
    const count = await until(what, async () => {
      const now = await found();
      return now >= enough ? { now } : undefined;
    }).catch(() => ({ now: 0 }));
    if (count.now > 1) this.#witness.fault('nothing is doubled', `${what} (act ${id}) is there ${count.now} times`);
    if (count.now < enough) this.#witness.fault('nothing acknowledged is lost', `${what} (act ${id}) is gone`);
  }

  // --- Ways -------------------------------------------------------------------------------------------------------

  get #charts(): DeskCharts {
    return new DeskCharts(this.#place.desk);
  }

  /** The patient is in, and their papers are there. */
  async #comeIn(): Promise<void> {
    await this.#witness.act('came in', {}, async () => {
      await this.#place.checkIn(this.#card, PIN);
      return {};
    });
    await until('the papers arrive', () =>
      this.#place.own('{ me { name } }').catch((error: unknown) => {
        if (asFailure(error).code !== 'patient.no-file') throw error;
        return undefined;
      }),
    );
  }

  async #mine(): Promise<Array<Consent & { readonly reach: string }>> {
    return (await this.#place.own<{ consents: Array<Consent & { reach: string }> }>('{ consents { id state ends reach } }'))
      .consents;
  }

  /** The patient's consents once the region has what they signed, and a desk has given it. */
  async #settled(): Promise<Consent[]> {
    return until('everything signed is in the region', async () => {
      const mine = await this.#mine();
      return mine.every(({ reach }) => reach === 'REGION') ? mine : undefined;
    }).catch(async () => {
      const mine = await this.#mine();
      this.#witness.fault('no half state', `consents that do not reach the region: ${JSON.stringify(mine)}`);
      return mine;
    });
  }

  async #atDesk(): Promise<Consent[]> {
    const { consents } = await ask<{ consents: Consent[] }>(
      this.#place.desk,
      'query Consents($patient: ID!) { consents(patient: $patient) { id state ends } }',
      { patient: this.#patient },
    );
    return consents;
  }

  async #requests(): Promise<Array<{ words: string; received: boolean }>> {
    return (await this.#place.own<{ requests: Array<{ words: string; received: boolean }> }>('{ requests { words received } }'))
      .requests;
  }

  async #inPapers(value: unknown): Promise<number> {
    const { papers } = await this.#place.own<{ papers: { export: string } }>('{ papers { export } }');
    return papers.export.split(`"value":${value},`).length - 1;
  }
}

function bytesBelow(folder: string): Buffer {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  return Buffer.concat(files.filter((file) => statSync(file).isFile()).map((file) => readFileSync(file)));
}
