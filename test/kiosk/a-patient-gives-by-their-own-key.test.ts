import { beforeEach, describe, expect, test } from 'vitest';
import { openLetter, sealLetter } from '../../server/care-card/patient-letters.ts';
import { sealingKey, sign } from '../../server/vault/primitives.ts';
import { askingMessage, partOf } from '../../shared/consent/asked-rules.ts';
import { confirmedKey, confirmedRow, grantKey, grantRow } from '../../shared/consent/consent-rules.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { endingMessage } from '../../shared/kiosk/patient-act-rules.ts';
import { joiningMessage, leavingMessage } from '../../shared/kiosk/patient-offer-rules.ts';
import { participationKey, participationRow } from '../../shared/marketplace/offer-rules.ts';
import { cardIssuedBy } from '../support/issued-card.ts';
import {
  act,
  bytesFor,
  foundClinic,
  foundRegion,
  MemoryLedger,
  signingKeyFor,
  type TestClinic,
} from '../support/ledger-builder.ts';

const NOTHING = new Uint8Array(0);
const DAY = 86_400_000;
const handleOf = (name: string): Uint8Array => bytesFor(`${name} handle`, 16);
const cardOf = (name: string): Uint8Array => signingKeyFor(`${name} card`).publicKey;
const ID = bytesFor('asked', 16);
const CLINICAL = partOf(ID, 1);
const OFFER = bytesFor('offer', 16);
let a: TestClinic;
let b: TestClinic;
let ledger: MemoryLedger;

const issue = (name: string): string =>
  ledger.judge(a.desk, cardIssuedBy(a, name, { identity: handleOf(`${name} identity`), box: handleOf('box') }));

const terms = () => ({
  grant: ID,
  recipient: b.chain,
  purpose: 'HRESCH' as const,
  starts: 0,
  ends: 0,
  agreement: bytesFor('ada says'),
  card: cardOf('ada'),
});

/** Ada’s own wish, if nothing else is said. `under`: what her signature is over, where it is something else. */
function ask({ said = {} as object, under = {} as object, signer = 'ada', about = 'ada', by = a } = {}): string {
  const body = { ...terms(), ...said };
  const proof = sign(signingKeyFor(`${signer} patient`), askingMessage(by.chain, { ...body, ...under }));
  return ledger.judge(by.desk, act(by, 'consent.asked', { ...body, proof }, { handle: handleOf(`${about} identity`) }));
}

const give = (grant: Uint8Array, about: string, by = a): string =>
  ledger.judge(by.desk, act(by, 'consent.given', { grant, asked: ID, wrap: bytesFor('wrap') }, { handle: handleOf(about) }));

function end(by = 'ada'): string {
  const proof = sign(signingKeyFor(`${by} patient`), endingMessage(a.chain, ID, cardOf(by)));
  const body = { grant: ID, identity: ID, card: cardOf(by), proof };
  return ledger.judge(a.desk, act(a, 'consent.ended', body, { handle: handleOf('ada identity') }));
}

function say(
  type: 'offer.joined' | 'offer.left',
  signed: number,
  { signer = 'ada', grant = ID, about = 'ada identity' } = {},
): string {
  const said = { offer: OFFER, grant, identity: grant, card: cardOf('ada'), signed };
  const message = (type === 'offer.joined' ? joiningMessage : leavingMessage)(a.chain, said);
  const body = { ...said, proof: sign(signingKeyFor(`${signer} patient`), message) };
  return ledger.judge(a.desk, act(a, type, body, { handle: handleOf(about) }));
}

const grantOf = (id: Uint8Array) => {
  const row = ledger.rows.get(grantKey(toHex(id)));
  return row && decode(grantRow, row);
};

beforeEach(() => {
  [a, b] = [foundClinic('A'), foundClinic('B')];
  ledger = new MemoryLedger(foundRegion('north', [a, b]).region);
  for (const name of ['box', 'ada identity', 'ada clinical', 'bo identity']) {
    const first = { record: bytesFor('record', 16), version: 1, previous: NOTHING, document: bytesFor('document') };
    ledger.judge(a.desk, act(a, 'record.put', first, { handle: handleOf(name) }));
  }
  expect([issue('ada'), issue('bo')]).toEqual(['accepted', 'accepted']);
});

describe('a consent that the patient gives', () => {
  test('is signed first, then given part by part, with its terms and under its card', () => {
    expect([ask(), give(ID, 'ada identity'), give(CLINICAL, 'ada clinical')]).toEqual(['accepted', 'accepted', 'accepted']);
    const { recipient, purpose, agreement } = terms();
    expect(grantOf(CLINICAL)).toMatchObject({ recipient, purpose, agreement, withdrawn: false });
    const confirmed = ledger.rows.get(confirmedKey(toHex(ID))) as Uint8Array;
    expect(decode(confirmedRow, confirmed).card).toEqual(cardOf('ada'));
  });

  test('is nobody else’s', () => {
    expect(ask({ about: 'bo' })).toBe('refused: not-the-patient');
    expect(ask({ by: b })).toBe('refused: card-not-living');
    expect(ask({ said: { recipient: a.chain } })).toBe('refused: recipient-is-custodian');
    expect(ask({ said: { ends: 1 } })).toBe('refused: period-empty');
    expect(give(ID, 'ada identity')).toBe('refused: not-asked-by-the-patient');
    expect(() => ask({ signer: 'bo' })).toThrow();
  });

  test.each([{ agreement: bytesFor('other words') }, { purpose: 'TREAT' }, { ends: DAY }])(
    'is signed with its terms: %o',
    (under) => {
      expect(() => ask({ under })).toThrow();
    },
  );

  test('is given only as its parts, identity first, and once', () => {
    expect(ask()).toBe('accepted');
    expect(ask()).toBe('refused: grant-id-used-before');
    expect(give(CLINICAL, 'ada clinical')).toBe('refused: part-of-another');
    expect(give(ID, 'bo identity')).toBe('refused: part-of-another');
    expect(give(ID, 'ada identity')).toBe('accepted');
    expect(give(ID, 'ada identity')).toBe('refused: grant-id-used-before');
    expect(give(bytesFor('another', 16), 'ada clinical')).toBe('refused: part-of-another');
    expect(give(CLINICAL, 'ada identity')).toBe('refused: part-of-another');
    expect(give(CLINICAL, 'ada clinical', b)).toBe('refused: not-asked-by-the-patient');
  });

  test('ends as a whole by one signature, before a desk has given it and after', () => {
    expect([ask(), end(), give(ID, 'ada identity')]).toEqual(['accepted', 'accepted', 'refused: grant-over']);
    expect(ask()).toBe('refused: grant-id-used-before');
  });

  test('ends with every part that was given, and by no other card', () => {
    for (const step of [ask, () => give(ID, 'ada identity'), () => give(CLINICAL, 'ada clinical')])
      expect(step()).toBe('accepted');
    expect(end('bo')).toBe('refused: not-the-patient');
    expect(end()).toBe('accepted');
    expect([grantOf(ID)?.withdrawn, grantOf(CLINICAL)?.withdrawn]).toEqual([true, true]);
  });
});

describe('a research offer', () => {
  const joined = (): boolean | undefined => {
    const row = ledger.rows.get(participationKey(toHex(OFFER), toHex(handleOf('ada identity'))));
    return row && decode(participationRow, row).active;
  };
  beforeEach(() => {
    const offer = {
      offer: OFFER,
      title: 'Asthma',
      description: 'Counts',
      purposes: ['DUO:0000042'],
      categories: ['clinical'],
      criteria: '',
      reward: '20 euros',
      minimumGroup: 5,
      opens: 0,
      expires: Date.UTC(2100, 0, 1) + DAY,
    };
    expect(ledger.judge(b.desk, act(b, 'offer.published', offer, { signer: b.administrator }))).toBe('accepted');
  });

  test('is joined under a consent of the patient’s own, left, and joined again', () => {
    expect(ask()).toBe('accepted');
    expect(say('offer.joined', 1)).toBe('refused: no-matching-consent');
    expect(give(ID, 'ada identity')).toBe('accepted');
    expect(say('offer.joined', 2)).toBe('accepted');
    expect(joined()).toBe(true);
    expect(say('offer.joined', 3)).toBe('refused: joined-already');
    expect(say('offer.left', 4)).toBe('accepted');
    expect(joined()).toBe(false);
    // The clinic cannot bring an earlier word back.
    expect(say('offer.joined', 2)).toBe('refused: said-before');
    expect(say('offer.joined', 5)).toBe('accepted');
  });

  test('is nobody else’s to join, and not after the consent ended', () => {
    for (const step of [ask, () => give(ID, 'ada identity')]) expect(step()).toBe('accepted');
    expect(say('offer.joined', 1, { about: 'bo identity' })).toBe('refused: not-the-patient');
    expect(say('offer.joined', 1)).toBe('accepted');
    expect(end()).toBe('accepted');
    expect(say('offer.left', 3)).toBe('accepted');
    expect(say('offer.joined', 4)).toBe('refused: no-matching-consent');
    expect(() => say('offer.joined', 5, { signer: 'bo' })).toThrow();
  });

  test('is nobody else’s to leave', () => {
    for (const step of [ask, () => give(ID, 'ada identity'), () => say('offer.joined', 1)]) expect(step()).toBe('accepted');
    expect(() => say('offer.left', 2, { signer: 'bo' })).toThrow();
  });

  test('is not joined on the word of staff alone', () => {
    for (const step of [ask, () => give(ID, 'ada identity')]) expect(step()).toBe('accepted');
    ledger.rows.delete(confirmedKey(toHex(ID)));
    expect(say('offer.joined', 1)).toBe('refused: no-matching-consent');
  });
});

test('a letter is opened only as what the patient of that box signed', async () => {
  const row = { card: cardOf('ada'), box: handleOf('box') };
  const key = { epoch: 1, key: sealingKey(bytesFor('box key')) };
  const keys = (_: Uint8Array, epoch: number) => (epoch === 1 ? key.key : undefined);
  const signer = async () => signingKeyFor('ada patient').publicKey;
  const written = (by: string) =>
    sealLetter(
      { row, key, signing: signingKeyFor(`${by} patient`) },
      { subject: 'request', content: bytesFor('words'), time: 1 },
    );
  expect(await openLetter(written('ada'), keys, signer)).toMatchObject({ subject: 'request', content: bytesFor('words') });
  expect(await openLetter(written('bo'), keys, signer)).toBeUndefined();
  expect(await openLetter(written('ada'), keys, async () => undefined)).toBeUndefined();
  expect(await openLetter(written('ada'), () => undefined, signer)).toBeUndefined();
});
