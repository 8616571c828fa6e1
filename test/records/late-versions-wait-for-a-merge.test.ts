import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { conflictIds, conflictRow } from '../../shared/records/conflict-rows.ts';
import { recordRow } from '../../shared/records/record-rules.ts';
import { act, bytesFor, foundClinic, foundRegion, MemoryLedger, type TestClinic } from '../support/ledger-builder.ts';

const handle = bytesFor('handle', 16);
const record = bytesFor('record', 16);
const NONE = new Uint8Array(0);
const named = (label: string) => bytesFor(label);

let a: TestClinic;
let b: TestClinic;
let ledger: MemoryLedger;

beforeEach(() => {
  [a, b] = [foundClinic('A'), foundClinic('B')];
  ledger = new MemoryLedger(foundRegion('north', [a, b]).region);
});

type Version = [version: number, previous: Uint8Array, document: Uint8Array];
const put = (by: TestClinic, [version, previous, document]: Version): string =>
  ledger.judge(by.desk, act(by, 'record.put', { record, version, previous, document }, { handle }));
const merge = (by: TestClinic, [version, previous, document]: Version, settles: Uint8Array[], reopens = false): string =>
  ledger.judge(by.desk, act(by, 'record.merged', { record, version, previous, document, settles, reopens }, { handle }));
const newest = () => decode(recordRow, ledger.rows.get(`record/${toHex(handle)}/${toHex(record)}`)!);
/** Documents that wait in the inbox. */
const waiting = () =>
  [...ledger.rows]
    .filter(([key, value]) => key.startsWith('conflict/') && decode(conflictRow, value).settled.length === 0)
    .map(([key]) => conflictIds(key).document);

describe('a version that comes too late', () => {
  beforeEach(() => {
    put(a, [1, NONE, named('first')]);
    put(a, [2, named('first'), named('mine')]);
    put(a, [2, named('first'), named('late')]);
  });

  test('waits in the inbox and changes nothing', () => {
    expect(newest()).toEqual({ version: 2, document: named('mine') });
    expect(waiting()).toEqual([toHex(named('late'))]);
  });

  test('gives its place to the one that goes on from it', () => {
    expect(put(a, [3, named('late'), named('later')])).toBe('disputed: version-conflict');
    expect(waiting()).toEqual([toHex(named('later'))]);
  });

  test('is settled by a merge, which is the newest version then, and waits again when that is taken back', () => {
    expect(merge(a, [3, named('mine'), named('merged')], [named('late')])).toBe('accepted');
    expect(newest()).toEqual({ version: 3, document: named('merged') });
    expect(waiting()).toEqual([]);
    expect(merge(a, [4, named('merged'), named('mine again')], [named('late')], true)).toBe('accepted');
    expect(newest()).toEqual({ version: 4, document: named('mine again') });
    expect(waiting()).toEqual([toHex(named('late'))]);
  });

  test.each<[string, Uint8Array[], boolean]>([
    ['nothing', [], false],
    ['what is not there', [named('unheard of')], false],
    ['the same twice', [named('late'), named('late')], false],
    ['what was never settled, backwards', [named('late')], true],
  ])('stays when a merge settles %s', (_, settles, reopens) => {
    expect(merge(a, [3, named('mine'), named('merged')], settles, reopens)).toBe('disputed: nothing-to-settle');
    expect(newest()).toEqual({ version: 2, document: named('mine') });
    expect(waiting()).toEqual([toHex(named('late'))]);
  });

  test('stays when the merge comes too late itself: two desks settled it at once', () => {
    merge(a, [3, named('mine'), named('merged')], [named('late')]);
    expect(merge(a, [3, named('mine'), named('merged otherwise')], [named('late')])).toBe('disputed: version-conflict');
    expect(waiting()).toEqual([toHex(named('merged otherwise'))]);
  });

  test('is settled by nobody but the custodian', () => {
    expect(merge(b, [3, named('mine'), named('merged')], [named('late')])).toBe('disputed: not-the-custodian');
    expect(waiting()).toEqual([toHex(named('late'))]);
  });
});

test('whatever two desks write in whatever order: no version is lost, and every one is the newest, before it, or waits', () => {
  // Each step: which desk writes, and whether it has seen the newest version first.
  const steps = fc.array(fc.record({ desk: fc.nat(1), seen: fc.boolean() }), { maxLength: 25 });
  fc.assert(
    fc.property(steps, (script) => {
      const clinic = foundClinic('A');
      const memory = new MemoryLedger(foundRegion('north', [clinic]).region);
      const known = [0, 1].map((): Version => [0, NONE, NONE]);
      const written = new Set<string>();
      const accepted = new Set<string>();
      const superseded = new Set<string>();
      script.forEach(({ desk, seen }, at) => {
        const newestRow = memory.rows.get(`record/${toHex(handle)}/${toHex(record)}`);
        if (seen && newestRow) {
          const { version, document } = decode(recordRow, newestRow);
          known[desk] = [version, NONE, document];
        }
        const [version, , before] = known[desk] as Version;
        const document = named(`document ${at}`);
        const verdict = memory.judge(
          clinic.desk,
          act(clinic, 'record.put', { record, version: version + 1, previous: before, document }, { handle }),
        );
        written.add(toHex(document));
        if (verdict === 'accepted') accepted.add(toHex(document));
        else if (!accepted.has(toHex(before))) superseded.add(toHex(before));
        known[desk] = [version + 1, NONE, document];
      });
      const inbox = [...memory.rows.keys()].filter((key) => key.startsWith('conflict/')).map((key) => conflictIds(key).document);
      for (const document of written)
        expect(accepted.has(document) || superseded.has(document) || inbox.includes(document)).toBe(true);
      for (const document of inbox) expect(accepted.has(document) || superseded.has(document)).toBe(false);
    }),
    { numRuns: 100 },
  );
});
