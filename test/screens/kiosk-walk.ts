/** The way through every screen of the kiosk, part by part; each screen is looked at (`KioskGlass.look`). */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { keepPicture } from './keep-picture.ts';
import { FLAT, type Glass, type KioskGlass, type Words } from './kiosk-glass.ts';
import { CARD, PIN } from './kiosk-patient.ts';

export class KioskWalk {
  readonly #glass: KioskGlass;
  readonly #page: Page;
  readonly #language: string;
  readonly #words: Words;
  readonly #sizes: { readonly size: Glass; readonly turned: Glass };

  /** At each screen the glass is turned, and turned back. */
  constructor(glass: KioskGlass, language: string, words: Words, sizes: { readonly size: Glass; readonly turned: Glass }) {
    this.#glass = glass;
    this.#page = glass.page;
    this.#language = language;
    this.#words = words;
    this.#sizes = sizes;
  }

  #look(name: string): Promise<void> {
    return this.#glass.look(name, this.#language, this.#sizes);
  }

  #press(name: string | RegExp): Promise<void> {
    return this.#glass.press(name);
  }

  #picture(name: string): Promise<void> {
    return keepPicture(this.#page, `kiosk/${name}-${this.#language}-${this.#sizes.size.width}`, true);
  }

  /** The language, the card, a wrong PIN and the right one, larger letters; ends at the question what to do. */
  async walkIn(): Promise<void> {
    const words = this.#words;
    const page = this.#page;
    await this.#look('01-language');
    await this.#press(new RegExp(words.language.choose));
    expect(await page.evaluate('document.documentElement.dir')).toBe(this.#language === 'ar' ? 'rtl' : 'ltr');
    await this.#look('02-card');
    await this.#press(words.card.type);
    await this.#look('03-code');
    await page.getByLabel(words.card.code).fill(CARD);
    await this.#press(words.card.next);
    await this.#glass.typePin('111111');
    await this.#look('04-pin');
    await this.#press(words.pin.enter);
    await page.getByText(words.refusals['card.pin-wrong']).waitFor();
    await this.#look('05-pin-wrong');
    // On the flat glass too nothing that is pressed lies below the edge, with the refusal above it.
    await page.setViewportSize(FLAT);
    expect((await page.getByRole('button', { name: words.pin.enter }).boundingBox())?.y).toBeLessThan(FLAT.height - 60);
    await page.setViewportSize(this.#sizes.size);
    await this.#glass.typePin();
    await this.#press(words.pin.enter);
    await page.getByText(words.home.question).waitFor();
    expect(this.#glass.stand.seen.tried).toEqual([`${CARD} 111111`, `${CARD} ${PIN}`]);
    await this.#look('06-home');
    // Larger letters: one step, another, and back.
    const letters = async () =>
      Number.parseFloat(String(await page.evaluate('getComputedStyle(document.documentElement).fontSize')));
    const usual = await letters();
    await page.getByRole('button', { name: words.frame.largerLetters }).click();
    await page.getByRole('button', { name: words.frame.largerLetters }).click();
    expect(await letters()).toBeCloseTo(2 * usual, 3);
    await this.#picture('06-home-large');
    await page.getByRole('button', { name: words.frame.usualLetters }).click();
    expect(await letters()).toBeCloseTo(usual, 3);
  }

  /** Carers and guardians: one is ended, one named; then somebody acts for their ward, and goes back to their own. */
  async carers(): Promise<void> {
    const words = this.#words;
    const page = this.#page;
    // Carers and guardians stand among the papers, and nowhere else.
    expect(await page.getByRole('button', { name: words.acting.title }).count()).toBe(0);
    await this.#press(words.home.papers);
    await this.#press(words.acting.title);
    await page.getByText('Rosa Canary').waitFor();
    await this.#look('06-acting');
    await this.#press(words.acting.end);
    await this.#look('06-acting-end');
    await this.#press(words.acting.endNow);
    await page.getByText(words.acting.noGuardians).waitFor();
    await this.#press(words.naming.title);
    await page.getByRole('heading', { name: words.naming.cardTitle }).waitFor();
    await this.#glass.scan();
    await page.getByRole('heading', { name: words.naming.title }).waitFor();
    expect(await page.locator('input:checked').count()).toBe(0);
    await page.getByText(words.naming.relationships.FRND).click();
    await page.getByText(words.naming.no, { exact: true }).first().click();
    await page.getByText(words.naming.yes, { exact: true }).last().click();
    await page.getByText(words.give.always, { exact: true }).click();
    await this.#look('06-naming');
    await this.#press(words.give.next);
    await page.getByText('3B9D-0142').waitFor();
    await this.#look('06-naming-text');
    await this.#press(words.give.agree);
    await page.getByText(words.naming.waiting).waitFor();
    await this.#picture('06-naming-waiting');
    await page.getByRole('button', { name: /Inés Canary/ }).click();
    await page.getByRole('status').filter({ hasText: 'Inés Canary' }).waitFor();
    await page.getByText(words.home.question).waitFor();
    // Research is nobody's but the patient's own.
    expect(await page.getByRole('button', { name: words.home.offers }).count()).toBe(0);
    await this.#look('06-acting-home');
    // Nor is what the patient keeps from people of the clinic; and for who has died nobody gives a new consent.
    await this.#press(words.acting.home.consents);
    await page.getByText(words.refusals['consent.deceased']).waitFor();
    await this.#picture('06-representative');
    expect(await page.getByRole('button', { name: words.consents.give }).count()).toBe(0);
    expect(await page.getByRole('button', { name: words.could.title }).count()).toBe(0);
    await this.#press(words.frame.back);
    await this.#press(words.acting.back);
    await page.getByRole('button', { name: words.home.offers }).waitFor();
  }

  /** Who has read the records, what proves it, and that an entry is not right. */
  async readers(): Promise<void> {
    const words = this.#words;
    const page = this.#page;
    await this.#press(words.home.readers);
    await page.getByText('Dr. Ada Frey').first().waitFor();
    await page.getByText(words.readers.objectLater).waitFor();
    // Whoever had a card made in the patient's name is told of as that.
    await page.getByText(words.readers.did.card).waitFor();
    await this.#look('07-readers');
    await this.#press(words.readers.how);
    await page.getByText(words.readers.proof.BROKEN).waitFor();
    await this.#look('07-readers-proof');
    await this.#press(words.readers.proof.take);
    await page.getByRole('heading', { name: words.proof.access }).waitFor();
    await page.locator('.kiosk-codes svg').nth(2).waitFor();
    await this.#look('07-readers-receipt');
    await this.#press(words.frame.back);
    await this.#press(words.frame.back);
    await page.getByRole('button', { name: words.requests.title.ACCESS }).first().click();
    await page.getByRole('heading', { name: words.requests.title.ACCESS }).waitFor();
    expect(await page.locator('input:checked').count()).toBe(0);
    await this.#press(words.requests.send);
    await page.getByText(words.requests.missing).waitFor();
    await page.getByText(words.requests.reasons.absent).click();
    await this.#look('07-not-right');
    await this.#press(words.requests.send);
    await page.getByText(words.requests.sent).waitFor();
    await page.getByText(words.requests.waiting).waitFor();
    await this.#look('07-requests');
    await this.#press(words.frame.back);
    await this.#press(words.frame.back);
  }

  /** Who could open the records; a consent is confirmed and ended, another given. */
  async consents(): Promise<void> {
    const words = this.#words;
    const page = this.#page;
    await this.#press(words.home.consents);
    await this.#press(words.could.title);
    await page.getByText('Nina Nurse').waitFor();
    await this.#look('08-could-open');
    await this.#press(words.frame.back);
    await this.#press(words.consents.openToConfirm);
    // What nobody but the clinic has signed is not called signed.
    await page.getByText(words.consents.readRecorded).waitFor();
    expect(await page.getByText(words.consents.read, { exact: true }).count()).toBe(0);
    await this.#look('08-consent');
    await this.#press(words.proof.take);
    await page.getByRole('heading', { name: words.proof.consent }).waitFor();
    await page.locator('.kiosk-codes svg').nth(2).waitFor();
    await this.#look('08-proof');
    await this.#press(words.frame.back);
    await this.#press(words.consents.openToConfirm);
    await this.#press(words.consents.confirm);
    await page.getByText(words.consents.confirmMeans).waitFor();
    await this.#look('08-confirm');
    await this.#press(words.give.agree);
    await page.getByText(words.consents.confirmed).waitFor();
    await this.#press(words.consents.open);
    await this.#press(words.consents.end);
    await this.#look('09-end');
    await this.#press(words.consents.endNow);
    await page.getByText(words.consents.ended).waitFor();
    // Of what has ended it is not said that it holds.
    await page.getByText(words.consents.endReach.HERE).first().waitFor();
    expect(await page.getByText(words.consents.reach.HERE).count()).toBe(0);
    await this.#look('10-ended');
    await this.#press(words.consents.give);
    await page.getByRole('heading', { name: words.give.title }).waitFor();
    // Nothing was chosen beforehand.
    expect(await page.locator('input:checked').count()).toBe(0);
    await page.getByText('University institute').click();
    await page.getByText(words.categories.medication, { exact: true }).click();
    await page.getByText(words.purposes.HRESCH, { exact: true }).click();
    await page.getByText(words.give.year, { exact: true }).click();
    await this.#look('11-give');
    await this.#press(words.give.next);
    await page.getByRole('heading', { name: words.give.read }).waitFor();
    await this.#look('12-text');
    await this.#press(words.give.agree);
    await page.getByText(words.consents.given).waitFor();
    for (const state of ['WAITING', 'EXPIRED'] as const) await page.getByText(words.consents.state[state]).first().waitFor();
    await this.#look('12-given');
    // Of what the clinic has not finished nothing can be signed.
    await this.#press(words.consents.readRecorded);
    await page.getByText(words.consents.reach.RECORDED).waitFor();
    expect(await page.getByRole('button', { name: words.consents.end }).count()).toBe(0);
    await this.#look('12-recorded');
    await this.#press(words.frame.back);
    await this.#press(words.frame.back);
  }

  /** An offer of research is joined, and what it paid is shown with its receipt. */
  async offers(): Promise<void> {
    const words = this.#words;
    const page = this.#page;
    await this.#press(words.home.offers);
    await this.#look('13-offers');
    await this.#press(words.offers.join);
    await this.#look('14-join');
    await this.#press(words.offers.yes);
    await page.getByText(words.offers.mine, { exact: true }).waitFor();
    await this.#look('14-rewards');
    await page.getByRole('button', { name: words.offers.receipt }).first().click();
    await page.getByRole('heading', { name: words.proof.reward }).waitFor();
    await this.#look('14-receipt');
    await this.#press(words.frame.back);
    await this.#press(words.frame.back);
  }

  /** Papers, a certificate of erasure, a disagreement, and a health link from making to ending. */
  async papers(): Promise<void> {
    const words = this.#words;
    const page = this.#page;
    await this.#press(words.home.papers);
    await page.getByText('Penicillin').waitFor();
    // What the list and the file have no room for is said, with where it is to be had.
    for (const said of [words.papers.older, words.papers.leftOut]) await page.getByText(said.split('{{')[0] as string).waitFor();
    await this.#look('15-papers');
    // The whole is asked for there, with one press.
    await this.#press(words.papers.askCopy);
    await page.getByText(words.requests.sent).waitFor();
    await this.#press(words.frame.back);
    expect(await page.getByRole('button', { name: words.papers.askCopy }).count()).toBe(0);
    await page.getByRole('button', { name: words.proof.erasureOf.split('{{')[0] }).click();
    await page.getByRole('heading', { name: words.proof.erasure }).waitFor();
    await this.#look('15-certificate');
    await this.#press(words.frame.back);
    await this.#press(`${words.papers.disagree}: Penicillin`);
    await page.getByText(words.requests.beside).waitFor();
    await this.#look('15-disagree');
    await this.#press(words.consents.notNow);
    await this.#press(words.links.title);
    await page.getByText(words.links.none).waitFor();
    await this.#press(words.links.make);
    expect(await page.locator('input:checked').count()).toBe(0);
    await page.getByText(words.papers.sections.allergies, { exact: true }).click();
    await page.getByText(words.links.day, { exact: true }).click();
    await page.getByText(words.links.withPasscode, { exact: true }).click();
    await this.#look('16-make-link');
    await this.#press(words.links.make);
    await page.getByText('048271').waitFor();
    await this.#look('16-link');
    await this.#press(words.links.back);
    await page.getByRole('button', { name: words.links.show }).first().waitFor();
    // Who acts for the patient shows something of them too: it is theirs to see and to end.
    await page.getByText('Rosa Canary').waitFor();
    await this.#look('16-links');
    await page.getByRole('button', { name: words.links.end }).first().click();
    await page.getByText(words.links.ended).waitFor();
    await this.#press(words.frame.back);
    await this.#press(words.frame.back);
  }

  /** No video visit waits, and the way out. */
  async walkOut(): Promise<void> {
    const words = this.#words;
    const page = this.#page;
    await this.#press(words.visit.home);
    await page.getByText(words.visit.none).waitFor();
    await this.#look('16-visit');
    // It goes by itself after some seconds: not while it is looked at.
    await page.addInitScript(
      '((begin) => { window.setTimeout = (run, wait, ...rest) => (wait === 8_000 ? 0 : begin(run, wait, ...rest)); })(window.setTimeout)',
    );
    await this.#press(words.frame.done);
    await page.getByText(words.ended.title).waitFor();
    await this.#look('17-goodbye');
  }
}
