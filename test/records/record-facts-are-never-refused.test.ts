import { beforeEach, describe, expect, test } from 'vitest';
import { toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { compartmentRow } from '../../shared/ledger/rows.ts';
import { recordRow } from '../../shared/records/record-rules.ts';
import {
  type ActOptions,
  act,
  bytesFor,
  foundClinic,
  foundRegion,
  MemoryLedger,
  type TestClinic,
} from '../support/ledger-builder.ts';

let a: TestClinic;
let b: TestClinic;
let ledger: MemoryLedger;
const handle = bytesFor('handle', 16);
const record = bytesFor('record', 16);
const [first, second, third] = [bytesFor('first'), bytesFor('second'), bytesFor('third')];
const NONE = new Uint8Array(0);

beforeEach(() => {
  [a, b] = [foundClinic('A'), foundClinic('B')];
  ledger = new MemoryLedger(foundRegion('north', [a, b]).region);
});

const put = (by: TestClinic, version: number, previous: Uint8Array, document: Uint8Array, options: ActOptions = {}): string =>
  ledger.judge(by.desk, act(by, 'record.put', { record, version, previous, document }, { handle, ...options }));
const newest = () => decode(recordRow, ledger.rows.get(`record/${toHex(handle)}/${toHex(record)}`)!);
const custodian = () => decode(compartmentRow, ledger.rows.get(`compartment/${toHex(handle)}`)!).custodian;

describe('a record', () => {
  test('follows itself version by version, and its first event makes the custodian', () => {
    expect(put(a, 1, NONE, first)).toBe('accepted');
    expect(custodian()).toEqual(a.chain);
    expect(put(a, 2, first, second)).toBe('accepted');
    expect(newest()).toEqual({ version: 2, document: second });
  });

  test.each<[string, number, Uint8Array]>([
    ['the version that is there', 1, NONE],
    ['a version after the next', 3, first],
    ['the next version of another document', 2, third],
    ['the next version of nothing', 2, NONE],
    ['version 0', 0, NONE],
  ])('is disputed, and stays as it was, when a write brings %s', (_, version, previous) => {
    put(a, 1, NONE, first);
    expect(put(a, version, previous, third)).toBe('disputed: version-conflict');
    expect(newest()).toEqual({ version: 1, document: first });
  });

  test('that begins in the middle is disputed and makes no custodian', () => {
    expect(put(a, 2, first, second)).toBe('disputed: version-conflict');
    expect(put(a, 1, first, second)).toBe('disputed: version-conflict');
    expect(ledger.rows.has(`compartment/${toHex(handle)}`)).toBe(false);
  });

  test('in the compartment of another clinic is disputed, whatever it says', () => {
    put(a, 1, NONE, first);
    for (const [version, previous] of [
      [1, NONE],
      [2, first],
    ] as const)
      expect(put(b, version, previous, third)).toBe('disputed: not-the-custodian');
    expect(custodian()).toEqual(a.chain);
    expect(newest()).toEqual({ version: 1, document: first });
    expect(put(a, 2, first, second)).toBe('accepted');
  });

  test('of the same id in another compartment is another record', () => {
    put(a, 1, NONE, first);
    expect(put(a, 1, NONE, second, { handle: bytesFor('another handle', 16) })).toBe('accepted');
    expect(newest()).toEqual({ version: 1, document: first });
  });
});

describe('a signed note', () => {
  const sign = (by: TestClinic, version: number, previous: Uint8Array, document: Uint8Array, options: ActOptions = {}): string =>
    ledger.judge(
      by.desk,
      act(by, 'note.signed', { record, version, previous, document }, { handle, signer: by.administrator, ...options }),
    );

  test('is a version of a record, amended like one', () => {
    expect(sign(a, 1, NONE, first)).toBe('accepted');
    expect(sign(a, 2, first, second)).toBe('accepted');
    expect(put(a, 3, second, third)).toBe('accepted');
  });

  test('is at worst disputed', () => {
    sign(a, 1, NONE, first);
    expect(sign(a, 1, NONE, second)).toBe('disputed: version-conflict');
    expect(sign(b, 2, first, second)).toBe('disputed: not-the-custodian');
    expect(sign(a, 2, first, second, { signer: b.administrator })).toBe('disputed: author-of-another-clinic');
  });
});
