import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { sign } from '../../server/vault/primitives.ts';
import { attestationMessage } from '../../shared/consent/consent-rules.ts';
import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { compartmentRow, erasedRow, isErased } from '../../shared/ledger/rows.ts';
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

let a: TestClinic;
let b: TestClinic;
let ledger: MemoryLedger;
const handle = bytesFor('handle', 16);
const grant = bytesFor('grant', 16);
const NONE = new Uint8Array(0);
const first = { record: bytesFor('record', 16), version: 1, previous: NONE, document: bytesFor('first') };
const next = { ...first, version: 2, previous: bytesFor('first'), document: bytesFor('second') };

beforeEach(() => {
  [a, b] = [foundClinic('A'), foundClinic('B')];
  ledger = new MemoryLedger(foundRegion('north', [a, b]).region);
  put(a);
});

const put = (by: TestClinic, body: unknown = first) => ledger.judge(by.desk, act(by, 'record.put', body, { handle }));
const erase = (by: TestClinic, signer = by.administrator, ground = 'objection') =>
  ledger.judge(by.desk, act(by, 'compartment.erased', { ground }, { handle, signer }));
const share = (ends = 0, id = grant) => {
  const body = { grant: id, recipient: b.chain, agreement: bytesFor('agreement') };
  const attestation = sign(a.clinicKey, attestationMessage(a.chain, handle, body));
  const whole = { ...body, purpose: 'TREAT', starts: MORNING, ends, wrap: bytesFor('wrap'), attestation };
  return ledger.judge(a.desk, act(a, 'consent.granted', whole, { handle, signer: a.administrator }));
};
const purged = (by: TestClinic, time = MORNING, id = grant) =>
  ledger.judge(by.desk, act(by, 'access.purged', { grant: id, count: 3 }, { handle, time }));
const destroyed = (by: TestClinic) => ledger.judge(by.desk, act(by, 'compartment.purged', { count: 3 }, { handle }));

describe('the tombstone', () => {
  test('is the custodian’s alone, signed by an administrator or a privacy officer', () => {
    const officer = signingKeyFor('officer');
    const nurse = signingKeyFor('nurse');
    for (const [key, role] of [
      [officer, 'privacy-officer'],
      [nurse, 'nurse'],
    ] as const)
      ledger.judge(a.desk, act(a, 'staff.enrolled', { staff: key.publicKey, role }, { signer: a.administrator }));
    expect(erase(b)).toBe('refused: not-the-custodian');
    expect(erase(a, nurse)).toBe('refused: not-a-privacy-officer');
    expect(erase(a, officer)).toBe('accepted');
    expect(decode(erasedRow, ledger.rows.get(`erased/${toHex(handle)}`)!)).toEqual({
      custodian: a.chain,
      ground: 'objection',
      time: MORNING,
    });
    expect(erase(a)).toBe('refused: erased-already');
  });

  test('has no place where nothing ever was', () => {
    const nowhere = act(
      a,
      'compartment.erased',
      { ground: 'objection' },
      { handle: bytesFor('elsewhere', 16), signer: a.administrator },
    );
    expect(ledger.judge(a.desk, nowhere)).toBe('refused: not-the-custodian');
  });

  test('lets nobody put, sign, share or begin anew under this handle', () => {
    erase(a);
    for (const clinic of [a, b]) {
      expect(put(clinic)).toBe('disputed: compartment-erased');
      expect(put(clinic, next)).toBe('disputed: compartment-erased');
      expect(ledger.judge(clinic.desk, act(clinic, 'note.signed', next, { handle, signer: clinic.administrator }))).toBe(
        'disputed: compartment-erased',
      );
    }
    expect(share()).toBe('refused: compartment-erased');
    expect(isErased(decode(compartmentRow, ledger.rows.get(`compartment/${toHex(handle)}`)!))).toBe(true);
  });

  test('holds whatever is tried afterwards, in whatever order', () => {
    erase(a);
    const before = new Map([...ledger.rows].filter(([key]) => !/^(?:head|epochs|purged)\//.test(key)));
    const acts = [
      () => put(a),
      () => put(b),
      () => put(a, next),
      () => share(),
      () => erase(a),
      () => erase(b),
      () => purged(b),
      () => destroyed(a),
      () => destroyed(b),
    ];
    fc.assert(
      fc.property(fc.array(fc.nat(acts.length - 1), { maxLength: 12 }), (order) => {
        for (const at of order) acts[at]!();
        const after = new Map([...ledger.rows].filter(([key]) => !/^(?:head|epochs|purged)\//.test(key)));
        expect(after).toEqual(before);
      }),
      { numRuns: 30 },
    );
  });
});

describe('that a desk has destroyed what it held', () => {
  test('is said by each desk of the custodian, once, and not before the tombstone', () => {
    expect(destroyed(a)).toBe('disputed: not-erased');
    erase(a);
    expect(destroyed(b)).toBe('disputed: not-the-custodian');
    expect(destroyed(a)).toBe('accepted');
    expect(destroyed(a)).toBe('disputed: purged-already');
    expect(ledger.rows.has(`purged/${toHex(handle)}/${a.desk.id}`)).toBe(true);
  });

  test('is said of a grant by its recipient, once, and only after it ended', () => {
    expect(purged(b)).toBe('disputed: grant-unknown');
    share();
    expect(purged(b)).toBe('disputed: grant-not-ended');
    ledger.judge(a.desk, act(a, 'consent.withdrawn', { grant }, { handle, signer: a.administrator }));
    expect(purged(a)).toBe('disputed: not-the-recipient');
    expect(purged(b)).toBe('accepted');
    expect(purged(b)).toBe('disputed: purged-already');
    expect(ledger.rows.has(`access-purged/${toHex(grant)}/${b.desk.id}`)).toBe(true);
  });

  test('follows an end by time or by erasure just so', () => {
    share(MORNING + 1000);
    expect(purged(b, MORNING + 999)).toBe('disputed: grant-not-ended');
    expect(purged(b, MORNING + 1000)).toBe('accepted');
    const other = fromHex('11'.repeat(16));
    share(0, other);
    erase(a);
    expect(purged(b, MORNING, other)).toBe('accepted');
  });

  test('names the handle of its grant', () => {
    share();
    erase(a);
    const elsewhere = act(b, 'access.purged', { grant, count: 1 }, { handle: bytesFor('elsewhere', 16) });
    expect(ledger.judge(b.desk, elsewhere)).toBe('disputed: grant-unknown');
  });
});
