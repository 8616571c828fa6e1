import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { sign } from '../../server/vault/primitives.ts';
import { attestationMessage } from '../../shared/consent/consent-rules.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { benefitKey, benefitRow } from '../../shared/marketplace/benefit-rules.ts';
import { act, bytesFor, foundClinic, foundRegion, MemoryLedger, MORNING, type TestClinic } from '../support/ledger-builder.ts';

const DAY = 86_400_000;
const handle = bytesFor('research compartment', 16);
const offer = bytesFor('offer', 16);
const grant = bytesFor('grant', 16);
const idOf = (name: string): Uint8Array => bytesFor(name, 16);
let a: TestClinic;
let institute: TestClinic;
let ledger: MemoryLedger;

const promised = (by = institute, change: object = {}): string => {
  const body = { offer, currency: 'EUR', amount: 2_000, ...change };
  return ledger.judge(by.desk, act(by, 'reward.promised', body, { signer: by.administrator }));
};
const earned = (name: string, amount: number, { by = institute, on = handle, time = MORNING } = {}): string => {
  const body = { offer, benefit: idOf(name), amount, letter: bytesFor(`${name} earned`) };
  return ledger.judge(by.desk, act(by, 'benefit.earned', body, { handle: on, time, signer: by.administrator }));
};
const paid = (name: string, { by = institute, on = handle } = {}): string => {
  const body = { offer, benefit: idOf(name), letter: bytesFor(`${name} paid`) };
  return ledger.judge(by.desk, act(by, 'benefit.paid', body, { handle: on, signer: by.administrator }));
};
const joined = (): string =>
  ledger.judge(a.desk, act(a, 'participation.joined', { offer, grant }, { handle, signer: a.administrator }));

beforeEach(() => {
  [a, institute] = [foundClinic('A'), foundClinic('institute', 'research')];
  ledger = new MemoryLedger(foundRegion('north', [a, institute]).region);
  const record = { record: idOf('record'), version: 1, previous: new Uint8Array(0), document: bytesFor('document') };
  const terms = {
    title: 'Sleep',
    description: '',
    purposes: ['DUO:0000042'],
    categories: ['clinical'],
    criteria: '',
    reward: '20 euros',
  };
  const published = { offer, ...terms, minimumGroup: 5, opens: MORNING, expires: MORNING + DAY };
  const said = {
    grant,
    recipient: institute.chain,
    purpose: 'HRESCH' as const,
    starts: MORNING,
    ends: 0,
    wrap: bytesFor('w'),
    agreement: bytesFor('t'),
  };
  const attestation = sign(a.clinicKey, attestationMessage(a.chain, handle, said));
  ledger.append(
    a.desk.write(act(a, 'record.put', record, { handle })),
    institute.desk.write(act(institute, 'offer.published', published, { signer: institute.administrator })),
    a.desk.write(act(a, 'consent.granted', { ...said, attestation }, { handle, signer: a.administrator })),
  );
});

describe('a promise', () => {
  test('is made once, in an amount, by who published the offer', () => {
    expect(promised(a)).toBe('refused: offer-of-another');
    expect(promised(institute, { amount: 0 })).toBe('refused: reward-malformed');
    expect(promised(institute, { currency: 'eur' })).toBe('refused: reward-malformed');
    expect(promised(institute, { offer: idOf('another') })).toBe('refused: offer-of-another');
    expect(promised()).toBe('accepted');
    expect(promised(institute, { amount: 1 })).toBe('refused: promised-already');
  });
});

describe('a benefit', () => {
  test('is earned by who takes part, and only where something was promised', () => {
    expect(joined()).toBe('accepted');
    expect(earned('visit', 500)).toBe('refused: nothing-promised');
    promised();
    expect(earned('visit', 500, { on: idOf('somebody else') })).toBe('refused: not-taking-part');
    expect(earned('visit', 500, { time: MORNING - 1 })).toBe('refused: not-taking-part');
    expect(earned('visit', 500, { by: a })).toBe('refused: offer-of-another');
    expect(earned('visit', 0)).toBe('refused: more-than-promised');
    expect(earned('visit', 500)).toBe('accepted');
    expect(earned('visit', 500)).toBe('refused: benefit-id-used-before');
  });

  test('is not earned before taking part', () => {
    promised();
    expect(earned('visit', 500)).toBe('refused: not-taking-part');
  });

  test('is paid once, to whom it is owed, by who owes it', () => {
    promised();
    joined();
    expect(paid('visit')).toBe('refused: not-earned');
    earned('visit', 500);
    expect(paid('visit', { by: a })).toBe('refused: offer-of-another');
    expect(paid('visit', { on: idOf('somebody else') })).toBe('refused: not-earned');
    expect(paid('visit')).toBe('accepted');
    expect(paid('visit')).toBe('refused: paid-already');
    const row = decode(benefitRow, ledger.rows.get(benefitKey(toHex(offer), toHex(handle), toHex(idOf('visit')))) as Uint8Array);
    expect(row).toMatchObject({ amount: 500, earned: MORNING, paid: MORNING });
  });

  test('whatever is tried, nobody earns more than was promised, and nothing is paid twice', () => {
    promised();
    joined();
    let at = 0;
    let [sum, paidOut] = [0, 0];
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 900 }), fc.nat(8)), { maxLength: 12 }), (tries) => {
        for (const [amount, which] of tries) {
          if (earned(`try ${at++}`, amount) === 'accepted') sum += amount;
          const before = ledger.rows.get(benefitKey(toHex(offer), toHex(handle), toHex(idOf(`try ${which}`))));
          if (paid(`try ${which}`) !== 'accepted') continue;
          expect(decode(benefitRow, before as Uint8Array).paid).toBe(0);
          paidOut += decode(benefitRow, before as Uint8Array).amount;
        }
        expect(sum).toBeLessThanOrEqual(2_000);
        expect(paidOut).toBeLessThanOrEqual(sum);
      }),
      { numRuns: 20 },
    );
  });
});
