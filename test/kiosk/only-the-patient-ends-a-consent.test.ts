import { beforeEach, describe, expect, test } from 'vitest';
import { sign } from '../../server/vault/primitives.ts';
import { attestationMessage, confirmedKey, confirmedRow, grantKey, grantRow } from '../../shared/consent/consent-rules.ts';
import { glassGrantKey } from '../../shared/consent/glass-rules.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { confirmationMessage, endingMessage } from '../../shared/kiosk/patient-act-rules.ts';
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
const handleOf = (name: string): Uint8Array => bytesFor(`${name} handle`, 16);
const cardOf = (name: string): Uint8Array => signingKeyFor(`${name} card`).publicKey;
const grantOf = (name: string): Uint8Array => bytesFor(`${name} grant`, 16);
let a: TestClinic;
let b: TestClinic;
let ledger: MemoryLedger;

const issue = (name: string): string =>
  ledger.judge(a.desk, cardIssuedBy(a, name, { identity: handleOf(`${name} identity`), box: handleOf('box') }));

/** One part of the consent `agreement`, over the compartment `name`. */
function grant(name: string, agreement: string, { ends = 0, about = name } = {}): string {
  const handle = handleOf(about);
  const said = { grant: grantOf(name), recipient: b.chain, agreement: bytesFor(agreement) };
  const attestation = sign(a.clinicKey, attestationMessage(a.chain, handle, said));
  const body = { ...said, purpose: 'TREAT', starts: 0, ends, wrap: bytesFor('wrap'), attestation };
  return ledger.judge(a.desk, act(a, 'consent.granted', body, { handle, signer: a.administrator }));
}

interface Ending {
  readonly part: string;
  readonly identity: string;
  readonly card?: string;
  readonly signer?: string;
  readonly by?: TestClinic;
}

/** Written by a device of the clinic, without any member of its staff. */
function end({ part, identity, card = 'ada', signer = card, by = a }: Ending): string {
  const message = endingMessage(by.chain, grantOf(part), cardOf(card));
  const body = {
    grant: grantOf(part),
    identity: grantOf(identity),
    card: cardOf(card),
    proof: sign(signingKeyFor(`${signer} patient`), message),
  };
  return ledger.judge(by.desk, act(by, 'consent.ended', body, { handle: handleOf(part) }));
}

interface Confirmation {
  readonly part: string;
  readonly about?: string;
  readonly text?: string;
  readonly card?: string;
  readonly signer?: string;
  readonly signed?: string;
  readonly by?: TestClinic;
}

/** Ada’s own consent, if nothing else is said. `signed`: the text under the signature, where it is another than `text`. */
function confirm(said: Confirmation): string {
  const { part, about = part, text = 'ada says', card = 'ada', signer = card, signed = text, by = a } = said;
  const terms = { grant: grantOf(part), card: cardOf(card), agreement: bytesFor(text) };
  const message = confirmationMessage(by.chain, { ...terms, agreement: bytesFor(signed) });
  const body = { ...terms, proof: sign(signingKeyFor(`${signer} patient`), message) };
  return ledger.judge(by.desk, act(by, 'consent.confirmed', body, { handle: handleOf(about) }));
}

const confirmation = (name: string) => {
  const row = ledger.rows.get(confirmedKey(toHex(grantOf(name))));
  return row && decode(confirmedRow, row);
};

const endCard = (): string =>
  ledger.judge(
    a.desk,
    act(a, 'card.ended', { card: cardOf('ada') }, { handle: handleOf('ada identity'), signer: a.administrator }),
  );

const isWithdrawn = (name: string): boolean =>
  decode(grantRow, ledger.rows.get(grantKey(toHex(grantOf(name)))) as Uint8Array).withdrawn;

beforeEach(() => {
  [a, b] = [foundClinic('A'), foundClinic('B')];
  ledger = new MemoryLedger(foundRegion('north', [a, b]).region);
  for (const name of ['box', 'ada identity', 'ada clinical', 'bo identity', 'bo clinical']) {
    const first = { record: bytesFor('record', 16), version: 1, previous: NOTHING, document: bytesFor('document') };
    ledger.judge(a.desk, act(a, 'record.put', first, { handle: handleOf(name) }));
  }
  expect([issue('ada'), issue('bo')]).toEqual(['accepted', 'accepted']);
  for (const name of ['ada', 'bo'])
    for (const part of ['identity', 'clinical']) expect(grant(`${name} ${part}`, `${name} says`)).toBe('accepted');
});

test('each part of a consent of theirs, by any device of the clinic', () => {
  expect(end({ part: 'ada clinical', identity: 'ada identity' })).toBe('accepted');
  expect(end({ part: 'ada identity', identity: 'ada identity' })).toBe('accepted');
  expect([isWithdrawn('ada clinical'), isWithdrawn('ada identity'), isWithdrawn('bo clinical')]).toEqual([true, true, false]);
});

test('not somebody else’s, whichever way it is named', () => {
  expect(end({ part: 'bo clinical', identity: 'ada identity' })).toBe('refused: not-the-patient');
  expect(end({ part: 'bo clinical', identity: 'bo identity' })).toBe('refused: not-the-patient');
  expect(end({ part: 'ada clinical', identity: 'ada clinical' })).toBe('refused: not-the-patient');
  expect(isWithdrawn('bo clinical')).toBe(false);
});

test('not with another’s signature, nor through another clinic', () => {
  expect(() => end({ part: 'ada clinical', identity: 'ada identity', signer: 'bo' })).toThrow();
  expect(end({ part: 'ada clinical', identity: 'ada identity', by: b })).toBe('refused: card-not-living');
  expect(isWithdrawn('ada clinical')).toBe(false);
});

test('not with a card that has ended', () => {
  endCard();
  expect(end({ part: 'ada clinical', identity: 'ada identity' })).toBe('refused: card-not-living');
});

describe('the patient confirms what staff recorded', () => {
  test('by their card, once; nothing else of the consent changes', () => {
    const before = ledger.rows.get(grantKey(toHex(grantOf('ada identity'))));
    expect(confirm({ part: 'ada identity' })).toBe('accepted');
    expect(confirmation('ada identity')).toEqual({ card: cardOf('ada'), time: expect.any(Number) });
    expect(ledger.rows.get(grantKey(toHex(grantOf('ada identity'))))).toEqual(before);
    expect(confirm({ part: 'ada identity' })).toBe('refused: confirmed-already');
    expect(confirmation('bo identity')).toBeUndefined();
  });

  test('exactly the text that was recorded, in the signature too', () => {
    expect(confirm({ part: 'ada identity', text: 'other words' })).toBe('refused: text-not-the-signed-one');
    expect(() => confirm({ part: 'ada identity', signed: 'other words' })).toThrow();
  });

  test('not for somebody else, nor with another’s signature or clinic, nor one part alone', () => {
    expect(confirm({ part: 'bo identity', text: 'bo says' })).toBe('refused: not-the-patient');
    expect(confirm({ part: 'ada identity', by: b })).toBe('refused: card-not-living');
    expect(confirm({ part: 'ada clinical' })).toBe('refused: not-the-patient');
    expect(confirm({ part: 'nobody' })).toBe('refused: grant-unknown');
    expect(confirm({ part: 'ada identity', about: 'ada clinical' })).toBe('refused: grant-unknown');
    expect(() => confirm({ part: 'ada identity', signer: 'bo' })).toThrow();
  });

  test('not a signature that ended it, nor the other way round', () => {
    const proof = sign(signingKeyFor('ada patient'), endingMessage(a.chain, grantOf('ada identity'), cardOf('ada')));
    const body = { grant: grantOf('ada identity'), card: cardOf('ada'), agreement: bytesFor('ada says'), proof };
    expect(() => ledger.judge(a.desk, act(a, 'consent.confirmed', body, { handle: handleOf('ada identity') }))).toThrow();
  });

  test('not what answered a broken glass: that is nobody’s consent', () => {
    ledger.rows.set(glassGrantKey(toHex(grantOf('ada identity'))), bytesFor('use', 16));
    expect(confirm({ part: 'ada identity' })).toBe('refused: grant-unknown');
  });

  test('not a consent that has ended, by the patient or by its date', () => {
    expect(end({ part: 'ada identity', identity: 'ada identity' })).toBe('accepted');
    expect(confirm({ part: 'ada identity' })).toBe('refused: grant-over');
    expect(grant('past', 'ada says', { ends: 1, about: 'ada identity' })).toBe('accepted');
    expect(confirm({ part: 'past', about: 'ada identity' })).toBe('refused: grant-over');
  });

  test('not with an old card, nor of a record that was erased', () => {
    const erasure = act(
      a,
      'compartment.erased',
      { ground: 'objection' },
      { handle: handleOf('bo identity'), signer: a.administrator },
    );
    expect(ledger.judge(a.desk, erasure)).toBe('accepted');
    expect(confirm({ part: 'bo identity', text: 'bo says', card: 'bo' })).toBe('refused: compartment-erased');
    endCard();
    expect(confirm({ part: 'ada identity' })).toBe('refused: card-not-living');
  });
});
