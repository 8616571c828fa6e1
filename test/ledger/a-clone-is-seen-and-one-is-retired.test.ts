/** Two epochs of one device that grow at once: every replica sees it from the ledger's order alone, and its clinic ends it. */
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { equalBytes, toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { startEpoch } from '../../shared/ledger/admission.ts';
import {
  epochsKey,
  epochsRow,
  MOST_BESIDE,
  MOST_RETIRED,
  withBegun,
  withGrown,
  withRetired,
} from '../../shared/ledger/epochs.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { act, bytesFor, foundClinic, foundRegion, MemoryLedger, type TestClinic, TestDevice } from '../support/ledger-builder.ts';

let a: TestClinic;
let b: TestClinic;
let ledger: MemoryLedger;
let count = 0;

beforeEach(() => {
  a = foundClinic('A');
  b = foundClinic('B');
  ledger = new MemoryLedger(foundRegion('north', [a, b]).region);
});

const line = () => {
  count += 1;
  return act(a, 'access.sealed', { root: bytesFor(`root ${count}`), count });
};
const epoch = (label: string): Uint8Array => bytesFor(`${label} epoch`, 8);

/** A copy of the desk's data as it stands, in an epoch of its own. */
function copyOf(device: TestDevice, label: string): TestDevice {
  const copy = new TestDevice(device.chain, device.key, epoch(label));
  copy.position = startEpoch(epoch(label), device.position.previous);
  return copy;
}

function write(device: TestDevice): string {
  const { position } = device;
  try {
    ledger.append(device.write(line()));
    return 'admitted';
  } catch (error) {
    device.position = position;
    if (error instanceof Failure) return error.code;
    throw error;
  }
}

/** The row as words. */
function epochs() {
  const row = decode(epochsRow, ledger.rows.get(epochsKey(a.desk.id)) as Uint8Array);
  const names = ['A', 'copy', 'third', 'fourth'];
  const nameOf = (id: Uint8Array) => names.find((name) => equalBytes(id, epoch(name)));
  return {
    newest: nameOf(row.newest),
    beside: row.beside.map(nameOf),
    retired: row.retired.map((each) => `${nameOf(each.epoch)} ${each.height}`),
  };
}

/** Retires the epoch of `copy` by its newest block, or as `fields` say. */
function retire(copy: TestDevice, fields: object = {}, by = a): string {
  const { epoch: retired, height, previous } = copy.position;
  const body = { device: copy.key.publicKey, epoch: retired, height: height - 1, head: previous, ...fields };
  return ledger.judge(by.desk, act(by, 'epoch.retired', body, { signer: by.administrator }));
}

describe('a device', () => {
  test('that writes one chain has one epoch', () => {
    write(a.desk);
    write(a.desk);
    expect(epochs()).toEqual({ newest: 'A', beside: [], retired: [] });
  });

  test('that was restored goes on in the newest: that is no clone', () => {
    write(a.desk);
    const copy = copyOf(a.desk, 'copy');
    for (let at = 0; at < 3; at++) write(copy);
    expect(epochs()).toEqual({ newest: 'copy', beside: [], retired: [] });
  });

  test('whose older epoch grows after a newer began is in use twice', () => {
    write(a.desk);
    const copy = copyOf(a.desk, 'copy');
    write(copy);
    expect(write(a.desk)).toBe('admitted');
    expect(write(copy)).toBe('admitted');
    expect(epochs()).toEqual({ newest: 'copy', beside: ['A'], retired: [] });
  });

  test('hides no second epoch by naming no block before it', () => {
    write(a.desk);
    const copy = copyOf(a.desk, 'copy');
    copy.position = startEpoch(epoch('copy'));
    write(copy);
    write(a.desk);
    expect(epochs()).toMatchObject({ beside: ['A'] });
  });

  test('has no more than so many at once', () => {
    write(a.desk);
    const copies = Array.from({ length: MOST_BESIDE + 1 }, (_, at) => copyOf(a.desk, `clone ${at}`));
    for (const copy of copies) expect(write(copy)).toBe('admitted');
    for (const copy of copies.slice(0, MOST_BESIDE)) expect(write(copy)).toBe('admitted');
    expect(write(a.desk)).toBe('ledger.epochs-too-many');
    expect(write(copies.at(-1) as TestDevice)).toBe('admitted');
  });
});

describe('retiring', () => {
  let copy: TestDevice;
  beforeEach(() => {
    write(a.desk);
    copy = copyOf(a.desk, 'copy');
    write(copy);
    write(a.desk);
  });

  test('the copy leaves the other alone, and nothing more of the copy enters', () => {
    expect(retire(copy)).toBe('accepted');
    expect(epochs()).toEqual({ newest: 'A', beside: [], retired: ['copy 0'] });
    expect(write(copy)).toBe('ledger.epoch-retired');
    expect(write(a.desk)).toBe('admitted');
    expect(epochs()).toMatchObject({ newest: 'A', beside: [] });
  });

  test('of one device ends with its two hundred and fifty-fifth epoch', () => {
    for (let at = 0; at <= MOST_RETIRED; at++) {
      const clone = copyOf(a.desk, `clone ${at}`);
      write(clone);
      expect(retire(clone)).toBe(at < MOST_RETIRED ? 'accepted' : 'refused: epochs-too-many');
    }
  });

  test('the older one leaves the copy alone', () => {
    expect(retire(a.desk)).toBe('accepted');
    expect(epochs()).toEqual({ newest: 'copy', beside: [], retired: ['A 2'] });
    expect(write(a.desk)).toBe('ledger.epoch-retired');
    expect(write(copy)).toBe('admitted');
  });

  test('counts from its place: what came in between stays', () => {
    const { height, previous } = copy.position;
    write(copy);
    expect(retire(copy, { height: height - 1, head: previous })).toBe('accepted');
    expect(epochs()).toMatchObject({ retired: ['copy 1'] });
  });

  test('is for an administrator of the own clinic, and for a block that is there', () => {
    expect(retire(copy, {}, b)).toBe('refused: device-of-another-clinic');
    expect(retire(copy, { epoch: epoch('nobody') })).toBe('refused: epoch-unknown');
    expect(retire(copy, { height: 7 })).toBe('refused: epoch-unknown');
    expect(retire(copy, { head: bytesFor('another head') })).toBe('refused: epoch-unknown');
    const { epoch: retired, height, previous } = copy.position;
    const body = { device: copy.key.publicKey, epoch: retired, height: height - 1, head: previous };
    expect(ledger.judge(a.desk, act(a, 'epoch.retired', body, { signer: b.administrator }))).toBe(
      'refused: author-of-another-clinic',
    );
    expect(retire(copy)).toBe('accepted');
    expect(retire(copy)).toBe('refused: epoch-retired-already');
  });

  test('does not end the device: it may go on in a further epoch', () => {
    retire(copy);
    const third = copyOf(copy, 'third');
    expect(write(third)).toBe('admitted');
    expect(write(a.desk)).toBe('admitted');
    expect(epochs()).toEqual({ newest: 'third', beside: ['A'], retired: ['copy 0'] });
  });
});

test('whatever happens: newest, beside and retired never share an epoch, unless all are retired', () => {
  const step = fc.record({ kind: fc.constantFrom('begin', 'grow', 'retire'), of: fc.nat(5) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let row = withBegun(undefined, epoch('0'));
      const begun = new Set(['0']);
      const retired = new Set<string>();
      for (const { kind, of } of steps) {
        const name = String(of);
        if (retired.has(name)) continue;
        if (!begun.has(name)) {
          begun.add(name);
          row = withBegun(row, epoch(name));
        } else if (kind === 'retire') {
          retired.add(name);
          row = withRetired(row, epoch(name), 0);
        } else row = withGrown(row, epoch(name)) ?? row;
        const beside = row.beside.map(toHex);
        expect(new Set(beside).size).toBe(beside.length);
        expect(beside).not.toContain(toHex(row.newest));
        for (const each of row.retired) expect(beside).not.toContain(toHex(each.epoch));
        expect(row.retired).toHaveLength(retired.size);
      }
    }),
  );
});
