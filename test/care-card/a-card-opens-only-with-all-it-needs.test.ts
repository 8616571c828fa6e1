import { beforeAll, describe, expect, test } from 'vitest';
import type { CardPepper } from '../../server/care-card/card-pepper.ts';
import { askOf, cardKeyOf, pepperValue, stretchPin } from '../../server/care-card/card-secrets.ts';
import { type MadeCard, makeCard } from '../../server/care-card/make-card.ts';
import { cardIdOf, openCard } from '../../server/care-card/open-card.ts';
import { agree, agreementKeyFromSecret, sign, verifySignature } from '../../server/vault/primitives.ts';
import { decodeEnvelope, encodeEnvelope } from '../../shared/care-card/card-envelope.ts';
import type { CardRow } from '../../shared/care-card/card-rules.ts';
import { askMessage, type CardAsk, type CardOpened, openedMessage } from '../../shared/care-card/card-tries.ts';
import { equalBytes } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { bytesFor } from '../support/ledger-builder.ts';

const PIN = '481516';
const NOTHING = new Uint8Array(0);
const pepperKeys = { clinic: bytesFor('clinic pepper'), hub: bytesFor('hub pepper') };

/** Answers as a keeper does, and notes what it hears. */
class Keeper implements CardPepper {
  readonly asked: CardAsk[] = [];
  readonly told: CardOpened[] = [];
  readonly keeper: 'clinic' | 'hub';
  readonly key: Uint8Array;

  constructor(keeper: 'clinic' | 'hub', key = pepperKeys[keeper]) {
    this.keeper = keeper;
    this.key = key;
  }

  async ask(ask: CardAsk) {
    this.asked.push(ask);
    const tried = this.asked.length;
    return { value: pepperValue(this.key, ask), keeper: bytesFor('keeper'), tried, left: 10 - tried };
  }

  async opened(opened: CardOpened): Promise<void> {
    this.told.push(opened);
  }
}

const make = (label: string, withHub = true): Promise<MadeCard> =>
  makeCard({
    chain: bytesFor('chain'),
    handle: bytesFor(`${label} handle`, 16),
    box: { handle: bytesFor(`${label} box`, 16), epoch: 3, key: bytesFor(`${label} box key`) },
    pin: PIN,
    pepper: { id: bytesFor('pepper', 16), key: pepperKeys.clinic },
    hub: withHub ? async (ask) => pepperValue(pepperKeys.hub, ask) : undefined,
    replaces: NOTHING,
  });

const rowOf = ({ body }: MadeCard, label: string): CardRow => {
  const { cardProof: _, patientProof: __, replaces: ___, ...bound } = body;
  return { ...bound, custodian: bytesFor('chain'), handle: bytesFor(`${label} handle`, 16), issued: 1, ended: 0 };
};

describe('a care card', () => {
  let made: MadeCard;
  let row: CardRow;
  let other: CardRow;

  beforeAll(async () => {
    [made, other] = await Promise.all([make('one'), make('other').then((card) => rowOf(card, 'other'))]);
    row = rowOf(made, 'one');
  }, 60_000);

  const open = (change: Partial<Parameters<typeof openCard>[0]> = {}) =>
    openCard({ secret: made.secret, pin: PIN, row, peppers: [new Keeper('clinic')], ...change });

  test('opens with its PIN and either pepper, and gives the keys that the ledger names', async () => {
    const keeper = new Keeper('hub');
    for (const pepper of [new Keeper('clinic'), keeper]) {
      const opened = await open({ peppers: [pepper] });
      expect(opened.untold).toBeUndefined();
      expect(opened.signing.publicKey).toEqual(row.signingKey);
      expect(opened.encryption.publicKey).toEqual(row.encryptionKey);
      expect(opened.boxKey).toEqual(bytesFor('one box key'));
      const somebody = agreementKeyFromSecret(bytesFor('somebody'));
      expect(agree(opened.encryption, somebody.publicKey)).toEqual(agree(somebody, row.encryptionKey));
    }
    const [told] = keeper.told as [CardOpened];
    expect(told.tried).toBe(1);
    expect(verifySignature(row.signingKey, openedMessage(told), told.proof)).toBe(true);
  });

  test('with a wrong PIN says how many tries are left, and tells nobody that it opened', async () => {
    const pepper = new Keeper('clinic');
    await expect(open({ pin: '481517', peppers: [pepper] })).rejects.toMatchObject({
      code: 'card.pin-wrong',
      details: { left: 9 },
    });
    expect(pepper.told).toEqual([]);
  });

  test('is nothing without its secret, its own envelope and its own pepper', async () => {
    const foreign = { code: 'card.envelope-altered' };
    await expect(open({ secret: bytesFor('guess', 16) })).rejects.toMatchObject(foreign);
    await expect(open({ row: other })).rejects.toMatchObject(foreign);
    await expect(open({ row: { ...row, envelope: other.envelope } })).rejects.toMatchObject({ code: 'card.pin-wrong' });
    await expect(open({ peppers: [new Keeper('clinic', pepperKeys.hub)] })).rejects.toMatchObject({ code: 'card.pin-wrong' });
    await expect(open({ row: { ...row, signingKey: other.signingKey } })).rejects.toMatchObject({ code: 'card.pin-wrong' });
  });

  test('whose envelope asks for less work never gets as far as the pepper', async () => {
    const envelope = decodeEnvelope(row.envelope);
    for (const cost of [
      { ...envelope.cost, logN: 16 },
      { ...envelope.cost, r: 1 },
      { ...envelope.cost, logN: 31 },
    ]) {
      const pepper = new Keeper('clinic');
      const lowered = { ...row, envelope: encodeEnvelope({ ...envelope, cost }) };
      await expect(open({ row: lowered, peppers: [pepper] })).rejects.toMatchObject({ code: 'card.envelope-altered' });
      expect(pepper.asked).toEqual([]);
    }
  });

  test('that has ended, or has no copy for this keeper, is not asked about', async () => {
    await expect(open({ row: { ...row, ended: 5 } })).rejects.toMatchObject({ code: 'card.ended' });
    const alone = await make('alone', false);
    const asked = new Keeper('hub');
    await expect(open({ secret: alone.secret, row: rowOf(alone, 'alone'), peppers: [asked] })).rejects.toMatchObject({
      code: 'card.no-hub-copy',
    });
    expect(asked.asked).toEqual([]);
  });

  test('opens by the next keeper when one is out of reach, and by no other once one has counted a try', async () => {
    const away = new Keeper('clinic');
    away.ask = async () => Promise.reject(new Failure('card.no-keeper', 'The line is dead.'));
    const hub = new Keeper('hub');
    expect((await open({ peppers: [away, hub] })).signing.publicKey).toEqual(row.signingKey);
    expect(hub.told).toHaveLength(1);
    const shut = new Keeper('clinic');
    shut.ask = async () => Promise.reject(new Failure('card.no-tries-left', 'Shut.'));
    await expect(open({ peppers: [shut, hub] })).rejects.toMatchObject({ code: 'card.no-tries-left' });
    await expect(open({ pin: '481517', peppers: [new Keeper('clinic'), hub] })).rejects.toMatchObject({ code: 'card.pin-wrong' });
    expect(hub.asked).toHaveLength(1);
  });

  test('opens although the keeper cannot be told so', async () => {
    const pepper = new Keeper('clinic');
    pepper.opened = async () => Promise.reject(new Error('the line is dead'));
    expect((await open({ peppers: [pepper] })).untold).toMatchObject({ code: 'internal.unexpected' });
  });

  test('asks with a signature of its own, and its question changes with PIN and secret', async () => {
    const card = cardKeyOf(made.secret);
    expect(cardIdOf(made.secret)).toEqual(row.card);
    const envelope = decodeEnvelope(row.envelope);
    const ask = askOf(card, await stretchPin(PIN, made.secret, envelope));
    expect(verifySignature(row.card, askMessage(ask), ask.proof)).toBe(true);
    expect(verifySignature(row.card, askMessage({ ...ask, card: other.card }), ask.proof)).toBe(false);
    const guess = askOf(card, await stretchPin('000000', made.secret, envelope));
    expect(equalBytes(guess.blind, ask.blind)).toBe(false);
    expect(sign(card, askMessage(ask))).toEqual(ask.proof);
  });
});
