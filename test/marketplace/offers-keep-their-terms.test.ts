import { beforeEach, describe, expect, test } from 'vitest';
import { sign } from '../../server/vault/primitives.ts';
import { attestationMessage, type ConsentGranted } from '../../shared/consent/consent-rules.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { type OfferPublished, offerRow, participationRow } from '../../shared/marketplace/offer-rules.ts';
import { act, bytesFor, foundClinic, foundRegion, MemoryLedger, MORNING, type TestClinic } from '../support/ledger-builder.ts';

let a: TestClinic;
let b: TestClinic;
let institute: TestClinic;
let ledger: MemoryLedger;
const handle = bytesFor('research compartment', 16);
const offer = bytesFor('offer', 16);
const grant = bytesFor('grant', 16);
const DAY = 86_400_000;

beforeEach(() => {
  [a, b, institute] = [foundClinic('A'), foundClinic('B'), foundClinic('institute', 'research')];
  ledger = new MemoryLedger(foundRegion('north', [a, b, institute]).region);
  const body = { record: bytesFor('record', 16), version: 1, previous: new Uint8Array(0), document: bytesFor('document') };
  ledger.append(a.desk.write(act(a, 'record.put', body, { handle })));
});

const published = (change: Partial<OfferPublished> = {}) => {
  const body = {
    offer,
    title: 'Sleep and asthma',
    description: '',
    purposes: ['DUO:0000042'],
    categories: ['clinical'],
    criteria: '',
    reward: '',
    minimumGroup: 5,
    opens: MORNING,
    expires: MORNING + DAY,
    ...change,
  };
  return act(institute, 'offer.published', body, { signer: institute.administrator });
};
const consented = (change: Partial<ConsentGranted> = {}) => {
  const body = {
    grant,
    recipient: institute.chain,
    purpose: 'HRESCH' as const,
    starts: MORNING,
    ends: 0,
    wrap: bytesFor('w'),
    agreement: bytesFor('t'),
    ...change,
  };
  const attestation = sign(a.clinicKey, attestationMessage(a.chain, handle, body));
  return act(a, 'consent.granted', { ...body, attestation }, { handle, signer: a.administrator });
};
const joined = (by = a, time = MORNING, on = handle) =>
  act(by, 'participation.joined', { offer, grant }, { handle: on, time, signer: by.administrator });
const left = (by = a, on = handle) => act(by, 'participation.left', { offer }, { handle: on, signer: by.administrator });
const withdrawn = (by = institute) => act(by, 'offer.withdrawn', { offer }, { signer: by.administrator });
const participation = () => decode(participationRow, ledger.rows.get(`participation/${toHex(offer)}/${toHex(handle)}`)!);

describe('an offer', () => {
  test('is published once', () => {
    expect(ledger.judge(institute.desk, published())).toBe('accepted');
    expect(ledger.judge(institute.desk, published())).toBe('refused: offer-id-used-before');
    const row = decode(offerRow, ledger.rows.get(`offer/${toHex(offer)}`)!);
    expect(row).toMatchObject({ publisher: institute.chain, title: 'Sleep and asthma', purposes: ['DUO:0000042'] });
    expect(row).toMatchObject({ opens: MORNING, expires: MORNING + DAY, withdrawn: false });
  });

  test.each<[string, Partial<OfferPublished>]>([
    ['period-empty', { expires: MORNING }],
    ['group-too-small', { minimumGroup: 4 }],
    ['purpose-unknown', { purposes: [] }],
    ['purpose-unknown', { purposes: ['DUO:0000042', 'profit'] }],
    ['purpose-unknown', { purposes: ['DUO:00000420'] }],
  ])('is refused: %s', (reason, change) => {
    expect(ledger.judge(institute.desk, published(change))).toBe(`refused: ${reason}`);
    expect(ledger.rows.has(`offer/${toHex(offer)}`)).toBe(false);
  });

  test('is withdrawn by who published it', () => {
    expect(ledger.judge(institute.desk, withdrawn())).toBe('refused: offer-of-another');
    ledger.append(institute.desk.write(published()));
    expect(ledger.judge(a.desk, withdrawn(a))).toBe('refused: offer-of-another');
    expect(ledger.judge(institute.desk, withdrawn())).toBe('accepted');
  });
});

describe('a participation', () => {
  beforeEach(() => {
    ledger.append(a.desk.write(consented()));
  });

  test('is recorded once, left, and may begin again', () => {
    ledger.append(institute.desk.write(published()));
    expect(ledger.judge(a.desk, joined())).toBe('accepted');
    expect(participation()).toEqual({ custodian: a.chain, grant, since: MORNING, active: true });
    expect(ledger.judge(a.desk, joined())).toBe('refused: joined-already');
    expect(ledger.judge(a.desk, left())).toBe('accepted');
    expect(participation().active).toBe(false);
    expect(ledger.judge(a.desk, left())).toBe('refused: not-joined');
    expect(ledger.judge(a.desk, joined())).toBe('accepted');
  });

  test('does not begin before the offer is published or open, nor after it expired or was withdrawn', () => {
    expect(ledger.judge(a.desk, joined())).toBe('refused: offer-unpublished');
    ledger.append(institute.desk.write(published()));
    expect(ledger.judge(a.desk, joined(a, MORNING - 1))).toBe('refused: offer-not-open-yet');
    expect(ledger.judge(a.desk, joined(a, MORNING + DAY))).toBe('refused: offer-over');
    expect(ledger.judge(a.desk, joined(a, MORNING + DAY - 1))).toBe('accepted');
    ledger.append(a.desk.write(left()), institute.desk.write(withdrawn()));
    expect(ledger.judge(a.desk, joined())).toBe('refused: offer-over');
  });

  test('is left by the custodian that recorded it', () => {
    ledger.append(institute.desk.write(published()), a.desk.write(joined()));
    expect(ledger.judge(b.desk, left(b))).toBe('refused: not-joined');
    expect(ledger.judge(a.desk, left(a, bytesFor('another handle', 16)))).toBe('refused: not-joined');
    expect(participation().active).toBe(true);
  });

  test('stands on a consent of this custodian for this compartment', () => {
    ledger.append(institute.desk.write(published()));
    expect(ledger.judge(b.desk, joined(b))).toBe('refused: no-matching-consent');
    expect(ledger.judge(a.desk, joined(a, MORNING, bytesFor('another handle', 16)))).toBe('refused: no-matching-consent');
    ledger.append(a.desk.write(act(a, 'consent.withdrawn', { grant }, { handle, signer: a.administrator })));
    expect(ledger.judge(a.desk, joined())).toBe('refused: no-matching-consent');
  });
});

describe('a consent', () => {
  test.each<[string, Partial<ConsentGranted>]>([
    ['for treatment', { purpose: 'TREAT' }],
    ['that begins later', { starts: MORNING + 1 }],
    ['that is over', { starts: MORNING - DAY, ends: MORNING }],
  ])('%s does not let a patient take part', (_, change) => {
    ledger.append(institute.desk.write(published()), a.desk.write(consented(change)));
    expect(ledger.judge(a.desk, joined())).toBe('refused: no-matching-consent');
  });

  test('to another organisation, or none, does not let a patient take part', () => {
    ledger.append(institute.desk.write(published()));
    expect(ledger.judge(a.desk, joined())).toBe('refused: no-matching-consent');
    ledger.append(a.desk.write(consented({ recipient: b.chain })));
    expect(ledger.judge(a.desk, joined())).toBe('refused: no-matching-consent');
  });
});
