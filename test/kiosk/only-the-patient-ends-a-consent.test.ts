import { beforeEach, expect, test } from 'vitest';
import { sign } from '../../server/vault/primitives.ts';
import { cardMessage } from '../../shared/care-card/card-rules.ts';
import { attestationMessage, grantKey, grantRow } from '../../shared/consent/consent-rules.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { endingMessage } from '../../shared/kiosk/patient-act-rules.ts';
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

function issue(name: string): string {
  const patient = signingKeyFor(`${name} patient`);
  const terms = {
    card: cardOf(name),
    signingKey: patient.publicKey,
    encryptionKey: bytesFor(`${name} encryption`),
    box: handleOf('box'),
    boxEpoch: 1,
    boxKey: new Uint8Array(80),
    envelope: bytesFor(`${name} envelope`),
    replaces: NOTHING,
  };
  const handle = handleOf(`${name} identity`);
  const message = cardMessage(a.chain, handle, terms);
  const body = { ...terms, cardProof: sign(signingKeyFor(`${name} card`), message), patientProof: sign(patient, message) };
  return ledger.judge(a.desk, act(a, 'card.issued', body, { handle, signer: a.administrator }));
}

/** One part of the consent `agreement`, over the compartment `name`. */
function grant(name: string, agreement: string): string {
  const handle = handleOf(name);
  const said = { grant: grantOf(name), recipient: b.chain, agreement: bytesFor(agreement) };
  const attestation = sign(a.clinicKey, attestationMessage(a.chain, handle, said));
  const body = { ...said, purpose: 'TREAT', starts: 0, ends: 0, wrap: bytesFor('wrap'), attestation };
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
  const handle = handleOf('ada identity');
  ledger.judge(a.desk, act(a, 'card.ended', { card: cardOf('ada') }, { handle, signer: a.administrator }));
  expect(end({ part: 'ada clinical', identity: 'ada identity' })).toBe('refused: card-not-living');
});
