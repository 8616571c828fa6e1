/** SMART Health Links of the patient: made and ended at the kiosk, kept by the hub, whatever dies in between. */
import type { KioskPlace } from './kiosk-place.ts';
import type { Witness } from './lives.ts';
import type { Act } from './task.ts';

interface MyLink {
  readonly id: string;
  readonly code: string;
  readonly state: string;
}

const ASKED = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"recipient":"Dr. Elsewhere"}' };

export class KioskLinks {
  readonly #place: KioskPlace;
  readonly #witness: Witness;

  constructor(place: KioskPlace, witness: Witness) {
    this.#place = place;
    this.#witness = witness;
  }

  /** One that stays, and one that is ended. */
  async make(): Promise<void> {
    await this.#make();
    const id = await this.#make();
    await this.#witness.act('link ended', { id }, async () => {
      await this.#place.own('mutation End($link: ID!) { endHealthLink(link: $link) { offered } }', { link: id });
      return {};
    });
  }

  async #make(): Promise<string> {
    let id = '';
    await this.#witness.act('link', {}, async () => {
      const { makeHealthLink } = await this.#place.own<{ makeHealthLink: { link: MyLink } }>(
        'mutation { makeHealthLink(parts: ["allergies"], hours: 720, passcode: false) { link { id code } } }',
      );
      id = makeHealthLink.link.id;
      return { id };
    });
    return id;
  }

  /** What was acknowledged opens, or opens nothing; what is listed as open opens, and the list has each once. */
  async look(acts: readonly Act[]): Promise<void> {
    const { healthLinks } = await this.#place.own<{ healthLinks: { links: MyLink[] } }>(
      '{ healthLinks { links { id code state } } }',
    );
    const { links } = healthLinks;
    if (new Set(links.map(({ id }) => id)).size !== links.length)
      this.#witness.fault('nothing is doubled', `a link is listed twice: ${links.map(({ id }) => id).join(', ')}`);
    for (const { id, code, state } of links)
      if ((await this.#opens(code)) !== (state === 'OPEN'))
        this.#witness.fault('no half state', `link ${id} is listed as ${state}, and the hub says otherwise`);
    for (const act of acts.filter(({ kind, state }) => kind === 'link' && state === 'done')) {
      const endings = acts.filter(({ kind, about }) => kind === 'link ended' && about.id === act.answer.id);
      const link = links.find(({ id }) => id === act.answer.id);
      const isEnded = endings.some(({ state }) => state === 'done');
      const isRight = isEnded ? link?.state === 'ENDED' : link?.state === 'OPEN' || endings.length > 0;
      if (!link || !isRight)
        this.#witness.fault('nothing acknowledged is lost', `link ${act.answer.id} is ${link?.state ?? 'gone'}`);
    }
  }

  async #opens(code: string): Promise<boolean> {
    const payload = JSON.parse(Buffer.from(code.slice('shlink:/'.length), 'base64url').toString()) as { url: string };
    const { status } = await fetch(`http://127.0.0.1:${this.#place.links}${new URL(payload.url).pathname}`, ASKED);
    return status === 200;
  }
}
