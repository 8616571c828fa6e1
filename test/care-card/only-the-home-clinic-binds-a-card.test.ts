import { beforeEach, describe, expect, test } from 'vitest';
import { sign } from '../../server/vault/primitives.ts';
import {
  type CardIssued,
  cardKey,
  cardMessage,
  cardRow,
  completionMessage,
  patientCardKey,
} from '../../shared/care-card/card-rules.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import {
  act,
  bytesFor,
  foundClinic,
  foundRegion,
  MemoryLedger,
  MORNING,
  signingKeyFor,
  type TestClinic,
} from '../support/ledger-builder.ts';

const NOTHING = new Uint8Array(0);
const handle = bytesFor('handle', 16);
const box = bytesFor('box', 16);
let a: TestClinic;
let b: TestClinic;
let ledger: MemoryLedger;

/** A card of this label, signed as it should be. */
function body(clinic: TestClinic, label: string, replaces: Uint8Array = NOTHING, change: Partial<CardIssued> = {}): CardIssued {
  const card = signingKeyFor(`${label} card`);
  const patient = signingKeyFor(`${label} patient`);
  const terms = {
    card: card.publicKey,
    signingKey: patient.publicKey,
    encryptionKey: bytesFor(`${label} encryption`),
    box,
    boxEpoch: 1,
    boxKey: new Uint8Array(80),
    envelope: bytesFor(`${label} envelope`),
    replaces,
    ...change,
  };
  const message = cardMessage(clinic.chain, handle, terms);
  return { ...terms, cardProof: sign(card, message), patientProof: sign(patient, message), ...change };
}

const issue = (by: TestClinic, content: CardIssued, on = handle): string =>
  ledger.judge(by.desk, act(by, 'card.issued', content, { handle: on, signer: by.administrator }));
const end = (by: TestClinic, card: Uint8Array): string =>
  ledger.judge(by.desk, act(by, 'card.ended', { card }, { handle, signer: by.administrator }));
const cardOf = (label: string): Uint8Array => signingKeyFor(`${label} card`).publicKey;
const rowOf = (label: string) => decode(cardRow, ledger.rows.get(cardKey(toHex(cardOf(label)))) as Uint8Array);

describe('on the ledger', () => {
  beforeEach(() => {
    [a, b] = [foundClinic('A'), foundClinic('B')];
    ledger = new MemoryLedger(foundRegion('north', [a, b]).region);
    for (const opened of [handle, box]) {
      const first = { record: bytesFor('record', 16), version: 1, previous: NOTHING, document: bytesFor('document') };
      ledger.judge(a.desk, act(a, 'record.put', first, { handle: opened }));
    }
  });

  test('the clinic that keeps the patient’s identity issues a card, and nobody else', () => {
    expect(issue(b, body(b, 'theirs'))).toBe('refused: not-the-custodian');
    expect(issue(a, body(a, 'boxless', NOTHING, { box: bytesFor('no box', 16) }))).toBe('refused: box-of-another-clinic');
    expect(issue(a, body(a, 'first'))).toBe('accepted');
    expect(rowOf('first')).toMatchObject({
      custodian: a.chain,
      handle,
      signingKey: signingKeyFor('first patient').publicKey,
      ended: 0,
    });
    expect(end(b, cardOf('first'))).toBe('refused: not-the-custodian');
  });

  test('the box’s newer key is bound by that clinic alone, to the living card, and never an older one', () => {
    const rekey = (by: TestClinic, boxEpoch: number, on = handle): string => {
      const content = { card: cardOf('first'), boxEpoch, boxKey: new Uint8Array(80).fill(9) };
      return ledger.judge(by.desk, act(by, 'card.rekeyed', content, { handle: on, signer: by.administrator }));
    };
    expect(rekey(a, 2)).toBe('refused: card-not-living');
    issue(a, body(a, 'first'));
    expect(rekey(b, 2)).toBe('refused: not-the-custodian');
    expect(rekey(a, 2, box)).toBe('refused: not-the-patient');
    expect([rekey(a, 1), rekey(a, 7), rekey(a, 7)]).toEqual(['refused: box-epoch-stale', 'accepted', 'refused: box-epoch-stale']);
    expect(rowOf('first')).toMatchObject({ boxEpoch: 7, envelope: bytesFor('first envelope') });
    end(a, cardOf('first'));
    expect(rekey(a, 8)).toBe('refused: card-not-living');
  });

  test('the patient alone says that their card is complete', () => {
    const complete = (signer: string, envelope = bytesFor('whole'), on = handle, by = a): string => {
      const said = { card: cardOf('first'), envelope };
      const proof = sign(signingKeyFor(signer), completionMessage(by.chain, said));
      return ledger.judge(by.desk, act(by, 'card.completed', { ...said, proof }, { handle: on }));
    };
    issue(a, body(a, 'first'));
    expect(complete('first patient', bytesFor('whole'), box)).toBe('refused: not-the-patient');
    expect(complete('first patient', bytesFor('whole'), handle, b)).toBe('refused: not-the-custodian');
    expect([complete('first patient'), complete('first patient')]).toEqual(['accepted', 'refused: card-complete-already']);
    expect(rowOf('first').envelope).toEqual(bytesFor('whole'));
    expect(() => complete('first card', bytesFor('other'))).toThrow();
  });

  test('a new card kills the one before, and only the newest can be replaced or ended', () => {
    issue(a, body(a, 'first'));
    expect(issue(a, body(a, 'second'))).toBe('refused: card-not-the-newest');
    expect(issue(a, body(a, 'second', bytesFor('some other card')))).toBe('refused: card-not-the-newest');
    expect(issue(a, body(a, 'second', cardOf('first')))).toBe('accepted');
    expect(rowOf('first').ended).toBe(MORNING);
    expect(rowOf('second').ended).toBe(0);
    expect(end(a, cardOf('first'))).toBe('refused: card-not-the-newest');
    expect(issue(a, body(a, 'first', cardOf('second')))).toBe('refused: card-used-before');
    expect(end(a, cardOf('second'))).toBe('accepted');
    expect(ledger.rows.has(patientCardKey(toHex(handle)))).toBe(false);
    expect(end(a, cardOf('second'))).toBe('refused: card-not-the-newest');
    expect(issue(a, body(a, 'third'))).toBe('accepted');
  });

  test('neither card nor patient’s key is bound without its own signature, or for another patient', () => {
    const good = body(a, 'first');
    const forged = sign(signingKeyFor('thief'), cardMessage(a.chain, handle, good));
    const before = a.desk.position;
    const refused = (content: CardIssued, on?: Uint8Array): void => {
      a.desk.position = before;
      expect(() => issue(a, content, on)).toThrow(expect.objectContaining({ code: 'test.signature-invalid' }));
    };
    refused({ ...good, cardProof: forged });
    refused({ ...good, patientProof: forged });
    refused({ ...good, encryptionKey: bytesFor('other key') });
    refused(good, box);
  });

  test('an erased patient has no card', () => {
    const erased = { ground: 'objection' };
    ledger.judge(a.desk, act(a, 'compartment.erased', erased, { handle, signer: a.administrator }));
    expect(issue(a, body(a, 'late'))).toBe('refused: compartment-erased');
  });
});
