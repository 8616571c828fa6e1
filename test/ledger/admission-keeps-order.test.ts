import { beforeEach, describe, expect, test } from 'vitest';
import { toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { startEpoch } from '../../shared/ledger/admission.ts';
import { blockHash, openBlock } from '../../shared/ledger/block.ts';
import { headRow } from '../../shared/ledger/rows.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { act, bytesFor, foundClinic, foundRegion, hash, MemoryLedger, type TestClinic } from '../support/ledger-builder.ts';

let a: TestClinic;
let ledger: MemoryLedger;
const line = (count: number) => act(a, 'access.sealed', { root: bytesFor(`root ${count}`), count });

beforeEach(() => {
  a = foundClinic('A');
  ledger = new MemoryLedger(foundRegion('north', [a]).region);
});

/** How the ledger refuses a block; nothing of it may remain. */
function refusal(...page: Uint8Array[]): string {
  const before = { head: ledger.head, rows: new Map(ledger.rows) };
  try {
    ledger.append(...page);
  } catch (error) {
    expect({ head: ledger.head, rows: ledger.rows }).toEqual(before);
    if (error instanceof Failure) return error.code;
    throw error;
  }
  return 'admitted';
}

describe('the chain of a device', () => {
  test('goes on from its head', () => {
    const sealed = [1, 2, 3].map((count) => a.desk.write(line(count)));
    for (const block of sealed) expect(refusal(block)).toBe('admitted');
    const { block } = openBlock(sealed[2] as Uint8Array);
    const head = decode(headRow, ledger.rows.get(`head/${a.desk.id}/${toHex(block.epoch)}`)!);
    expect(head).toEqual({ height: 2, hash: blockHash(hash, sealed[2] as Uint8Array) });
  });

  test('begins at height 0', () => expect(refusal(a.desk.seal({ height: 1, events: [line(1)] }))).toBe('ledger.height-gap'));

  test('has no gap', () => {
    const [first, , third] = [1, 2, 3].map((count) => a.desk.write(line(count))) as [Uint8Array, Uint8Array, Uint8Array];
    ledger.append(first);
    expect(refusal(third)).toBe('ledger.height-gap');
  });

  test('names the block before', () => {
    ledger.append(a.desk.write(line(1)));
    expect(refusal(a.desk.seal({ previous: bytesFor('another block'), events: [line(2)] }))).toBe('ledger.previous-mismatch');
  });

  test('takes no block twice', () => {
    const block = a.desk.write(line(1));
    ledger.append(block);
    expect(refusal(block)).toBe('ledger.block-repeated');
    expect(refusal(a.desk.write(line(2)), block)).toBe('ledger.equivocation');
  });

  test('does not fork: another block at a height is equivocation, in one page too', () => {
    const other = a.desk.seal({ events: [line(7)] });
    const block = a.desk.write(line(1));
    expect(refusal(block, other)).toBe('ledger.equivocation');
    ledger.append(block);
    expect(refusal(other)).toBe('ledger.equivocation');
  });

  test('may go on in a new epoch, which names the last block it knows; both epochs stay', () => {
    const first = a.desk.write(line(1));
    ledger.append(first);
    const oldEpoch = a.desk.position;
    a.desk.position = startEpoch(bytesFor('later epoch', 8), blockHash(hash, first));
    expect(refusal(a.desk.write(line(2)))).toBe('admitted');
    expect(refusal(a.desk.write(line(3)))).toBe('admitted');
    a.desk.position = oldEpoch;
    expect(refusal(a.desk.write(line(4)))).toBe('admitted');
  });

  test('enters by pages, all of a page or nothing', () => {
    const [first, second, third] = [1, 2, 3].map((count) => a.desk.write(line(count))) as [Uint8Array, Uint8Array, Uint8Array];
    expect(refusal(first, third)).toBe('ledger.height-gap');
    expect(refusal(first, second, third)).toBe('admitted');
  });

  test('is written by its own device: a block under a forged device signature stays out', () => {
    const block = a.desk.write(line(1));
    expect(refusal(block.with(-1, block.at(-1)! ^ 1))).toBe('test.signature-invalid');
  });
});
