/** Somebody acts for the patient: named and ended by the patient at the kiosk, entered by the desk, whatever dies in between. */
import { until } from '../../../server/workstation/demo/desk.ts';
import { ask, PATIENCE } from './desk.ts';
import { DeskCharts } from './desk-charts.ts';
import type { KioskPlace } from './kiosk-place.ts';
import type { Witness } from './lives.ts';
import type { Act } from './task.ts';

interface Acting {
  readonly id: string;
  readonly isWaiting: boolean;
}

export class KioskCarer {
  readonly #place: KioskPlace;
  readonly #witness: Witness;
  #person = '';
  #card = '';

  constructor(place: KioskPlace, witness: Witness) {
    this.#place = place;
    this.#witness = witness;
  }

  async found(pin: string): Promise<void> {
    this.#person = await new DeskCharts(this.#place.desk).register('Carerwood');
    await this.#witness.act('carer', { person: this.#person }, async () => ({}));
    await this.#issue(pin);
  }

  async goOn(acts: readonly Act[], pin: string): Promise<void> {
    this.#person = acts.find(({ kind }) => kind === 'carer')?.about.person ?? '';
    this.#card = acts.findLast(({ kind, state }) => kind === 'carer card' && state === 'done')?.answer.code ?? '';
    if (this.#card === '') await this.#issue(pin);
  }

  /** By the patient, who is in. */
  async change(patient: string): Promise<void> {
    const [acting] = await this.#here();
    if (acting) {
      await this.#witness.act('carer ended', {}, async () => {
        await this.#place.own('mutation End($guardian: ID!) { endGuardian(guardian: $guardian) { id } }', {
          guardian: acting.id,
        });
        return {};
      });
      await this.#settled(patient, 0);
      return;
    }
    const may = { relationship: 'FRND', mayConsent: false, mayComplain: true, ends: null, language: 'en' };
    const wish = { card: this.#card, ...may };
    const { carerText } = await this.#place.own<{ carerText: { hash: string } }>(
      'query Text($wish: CarerWish!) { carerText(wish: $wish) { hash } }',
      { wish },
    );
    await this.#witness.act('carer named', {}, async () => {
      await this.#place.own('mutation Name($wish: CarerWish!, $hash: ID!) { nameCarer(wish: $wish, hash: $hash) { id } }', {
        wish,
        hash: carerText.hash,
      });
      return {};
    });
    await this.#settled(patient, 1);
  }

  /** Kiosk and desk agree, and on what was acknowledged last. A naming under a card that was replaced meanwhile nobody enters. */
  async look(acts: readonly Act[], patient: string): Promise<void> {
    const at = acts.findLastIndex(({ kind }) => kind.startsWith('carer named') || kind.startsWith('carer ended'));
    const last = acts[at];
    const isSure = last?.state === 'done' && !acts.slice(at).some(({ kind }) => kind === 'card');
    const wanted = last?.kind === 'carer named' ? 1 : 0;
    const agreed = await until('kiosk and desk agree on who acts', async () => {
      const [here, there] = [await this.#here(), await this.#atDesk(patient)];
      const isSettled = here.every(({ isWaiting }) => !isWaiting) && here.length === there && (!isSure || there === wanted);
      return isSettled ? { there } : undefined;
    }).catch(() => undefined);
    const [here, there] = [await this.#here(), await this.#atDesk(patient)];
    const said = `who acts: at the kiosk ${JSON.stringify(here)}, at the desk ${there}, after ${last?.kind ?? 'nothing'}`;
    if (here.length > 1 || there > 1) this.#witness.fault('nothing is doubled', said);
    else if (!agreed && isSure && there !== wanted) this.#witness.fault('nothing acknowledged is lost', said);
    else if (!agreed) this.#witness.fault('no half state', said);
  }

  async #issue(pin: string): Promise<void> {
    await this.#witness.act('carer card', {}, async () => {
      this.#card = await this.#place.issueCard(this.#person, pin);
      return { code: this.#card };
    });
  }

  async #settled(patient: string, count: number): Promise<void> {
    await until(`${count} act at the desk`, async () => (await this.#atDesk(patient)) === count || undefined, PATIENCE);
  }

  async #here(): Promise<readonly Acting[]> {
    return (await this.#place.own<{ guardians: Acting[] }>('{ guardians { id isWaiting } }')).guardians;
  }

  async #atDesk(patient: string): Promise<number> {
    const { guardians } = await ask<{ guardians: { state: string }[] }>(
      this.#place.desk,
      'query Acting($patient: ID!) { guardians(patient: $patient) { state } }',
      { patient },
    );
    return guardians.filter(({ state }) => state === 'IN_FORCE').length;
  }
}
