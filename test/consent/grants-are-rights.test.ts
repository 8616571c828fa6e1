import { beforeEach, describe, expect, test } from 'vitest';
import { sign } from '../../server/vault/primitives.ts';
import { attestationMessage, type ConsentGranted, grantHolds, grantRow } from '../../shared/consent/consent-rules.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { act, bytesFor, foundClinic, foundRegion, MemoryLedger, MORNING, type TestClinic } from '../support/ledger-builder.ts';

let a: TestClinic;
let b: TestClinic;
let c: TestClinic;
let ledger: MemoryLedger;
const handle = bytesFor('handle', 16);
const grant = bytesFor('grant', 16);

beforeEach(() => {
  [a, b, c] = [foundClinic('A'), foundClinic('B'), foundClinic('C')];
  ledger = new MemoryLedger(foundRegion('north', [a, b, c]).region);
  const body = { record: bytesFor('record', 16), version: 1, previous: new Uint8Array(0), document: bytesFor('document') };
  ledger.append(a.desk.write(act(a, 'record.put', body, { handle })));
});

const granted = (by: TestClinic, change: Partial<ConsentGranted> = {}, on = handle) => {
  const body = {
    grant,
    recipient: b.chain,
    purpose: 'TREAT' as const,
    starts: MORNING,
    ends: MORNING + 1000,
    wrap: bytesFor('wrap'),
    agreement: bytesFor('agreement'),
    ...change,
  };
  const attestation = sign(by.clinicKey, attestationMessage(by.chain, on, body));
  return act(by, 'consent.granted', { attestation, ...body }, { handle: on, signer: by.administrator });
};
const withdrawn = (by: TestClinic, id = grant, on = handle) =>
  act(by, 'consent.withdrawn', { grant: id }, { handle: on, signer: by.administrator });
const row = () => decode(grantRow, ledger.rows.get(`grant/${toHex(grant)}`)!);

describe('a consent', () => {
  test('opens one compartment to one clinic for a purpose and a period', () => {
    expect(ledger.judge(a.desk, granted(a))).toBe('accepted');
    expect(row()).toEqual({
      custodian: a.chain,
      handle,
      recipient: b.chain,
      purpose: 'TREAT',
      starts: MORNING,
      ends: MORNING + 1000,
      wrap: bytesFor('wrap'),
      agreement: bytesFor('agreement'),
      withdrawn: false,
    });
  });

  test('is given by the custodian of the compartment only', () => {
    expect(ledger.judge(b.desk, granted(b, { recipient: c.chain }))).toBe('refused: not-the-custodian');
    expect(ledger.judge(a.desk, granted(a, {}, bytesFor('no compartment', 16)))).toBe('refused: not-the-custodian');
  });

  test('names another clinic of the region', () => {
    expect(ledger.judge(a.desk, granted(a, { recipient: bytesFor('nobody') }))).toBe('refused: recipient-unknown');
    expect(ledger.judge(a.desk, granted(a, { recipient: a.chain }))).toBe('refused: recipient-is-custodian');
  });

  test('has a period, which may be open', () => {
    expect(ledger.judge(a.desk, granted(a, { ends: MORNING }))).toBe('refused: period-empty');
    expect(ledger.judge(a.desk, granted(a, { ends: MORNING - 1 }))).toBe('refused: period-empty');
    expect(ledger.judge(a.desk, granted(a, { ends: 0 }))).toBe('accepted');
  });

  test('has an id of its own: none is stretched, or revived, by granting it again', () => {
    ledger.append(a.desk.write(granted(a)));
    expect(ledger.judge(a.desk, granted(a, { ends: 0 }))).toBe('refused: grant-id-used-before');
    ledger.append(a.desk.write(withdrawn(a)));
    expect(ledger.judge(a.desk, granted(a))).toBe('refused: grant-id-used-before');
    expect(row()).toMatchObject({ ends: MORNING + 1000, withdrawn: true });
  });

  test('carries the attestation of the clinic over patient, grant, recipient and wording', () => {
    for (const change of [
      { recipient: c.chain },
      { agreement: bytesFor('other wording') },
      { grant: bytesFor('other grant', 16) },
    ]) {
      const body = { grant, recipient: b.chain, agreement: bytesFor('agreement') };
      const attestation = sign(a.clinicKey, attestationMessage(a.chain, handle, body));
      const forged = a.desk.seal({ events: [granted(a, { attestation, ...change })] });
      expect(() => ledger.append(forged)).toThrowError(expect.objectContaining({ code: 'test.signature-invalid' }));
    }
  });

  test('is ended by its custodian alone, at any time, and stays ended', () => {
    ledger.append(a.desk.write(granted(a)));
    expect(ledger.judge(b.desk, withdrawn(b))).toBe('refused: not-the-custodian');
    expect(ledger.judge(a.desk, withdrawn(a, bytesFor('no grant', 16)))).toBe('refused: grant-unknown');
    expect(ledger.judge(a.desk, withdrawn(a, grant, bytesFor('other', 16)))).toBe('refused: grant-unknown');
    expect(row().withdrawn).toBe(false);
    expect(ledger.judge(a.desk, withdrawn(a))).toBe('accepted');
    expect(ledger.judge(a.desk, withdrawn(a))).toBe('accepted');
    expect(row().withdrawn).toBe(true);
  });
});

test('a grant holds from its start to before its end, and never once withdrawn', () => {
  const holds = (starts: number, ends: number, time: number, over = false): boolean =>
    grantHolds(
      {
        custodian: a.chain,
        handle,
        recipient: b.chain,
        purpose: 'TREAT',
        starts,
        ends,
        wrap: bytesFor('wrap'),
        agreement: bytesFor('agreement'),
        withdrawn: over,
      },
      time,
    );
  expect([9, 10, 19, 20].map((time) => holds(10, 20, time))).toEqual([false, true, true, false]);
  expect(holds(10, 0, Number.MAX_SAFE_INTEGER)).toBe(true);
  expect(holds(10, 0, 15, true)).toBe(false);
});
