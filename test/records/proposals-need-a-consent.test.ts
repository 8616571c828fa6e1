import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { sign } from '../../server/vault/primitives.ts';
import { attestationMessage } from '../../shared/consent/consent-rules.ts';
import { equalBytes, toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { conflictIds, conflictRow } from '../../shared/records/conflict-rows.ts';
import { recordRow } from '../../shared/records/record-rules.ts';
import { act, bytesFor, foundClinic, foundRegion, MemoryLedger, MORNING, type TestClinic } from '../support/ledger-builder.ts';

const handle = bytesFor('handle', 16);
const record = bytesFor('record', 16);
const NONE = new Uint8Array(0);
const named = (label: string) => bytesFor(label);

let a: TestClinic;
let b: TestClinic;
let c: TestClinic;
let ledger: MemoryLedger;

function begin(): void {
  [a, b, c] = [foundClinic('A'), foundClinic('B'), foundClinic('C')];
  ledger = new MemoryLedger(foundRegion('north', [a, b, c]).region);
  put([1, NONE, named('first')]);
}
beforeEach(begin);

type Version = [version: number, previous: Uint8Array, document: Uint8Array];
const put = ([version, previous, document]: Version, of = record): string =>
  ledger.judge(a.desk, act(a, 'record.put', { record: of, version, previous, document }, { handle }));

interface Terms {
  readonly purpose: 'TREAT' | 'ETREAT' | 'HRESCH';
  readonly starts: number;
  readonly ends: number;
}
/** A grant of that name, of A's compartment to `to`. */
function give(label: string, to: TestClinic, terms: Partial<Terms> = {}, where = handle): Uint8Array {
  const grant = bytesFor(label, 16);
  const said = { grant, recipient: to.chain, agreement: named('agreement') };
  const attestation = sign(a.clinicKey, attestationMessage(a.chain, where, said));
  const body = { ...said, purpose: 'TREAT', starts: 0, ends: 0, wrap: named('wrap'), attestation, ...terms };
  ledger.judge(a.desk, act(a, 'consent.granted', body, { handle: where, signer: a.administrator }));
  return grant;
}
const withdraw = (grant: Uint8Array): string =>
  ledger.judge(a.desk, act(a, 'consent.withdrawn', { grant }, { handle, signer: a.administrator }));

const propose = (by: TestClinic, grant: Uint8Array, [version, previous, proposal]: Version, of = record, time = MORNING) =>
  ledger.judge(
    by.desk,
    act(
      by,
      'record.amendment.proposed',
      { grant, record: of, version, previous, proposal },
      { handle, signer: by.administrator, time },
    ),
  );
const decline = (by: TestClinic, proposal: Uint8Array, from: TestClinic, reopens = false) =>
  ledger.judge(
    by.desk,
    act(
      by,
      'record.amendment.declined',
      { record, proposal, device: from.desk.key.publicKey, answer: reopens ? NONE : named('answer'), reopens },
      { handle, signer: by.administrator },
    ),
  );
const merge = ([version, previous, document]: Version, settles: Uint8Array[], of = record): string =>
  ledger.judge(a.desk, act(a, 'record.merged', { record: of, version, previous, document, settles, reopens: false }, { handle }));

const newest = () => decode(recordRow, ledger.rows.get(`record/${toHex(handle)}/${toHex(record)}`)!);
const inbox = () =>
  [...ledger.rows]
    .filter(([key]) => key.startsWith('conflict/'))
    .map(([key, value]) => ({ ...conflictIds(key), row: decode(conflictRow, value) }));
const waiting = () =>
  inbox()
    .filter(({ row }) => row.settled.length === 0)
    .map(({ document }) => document);

describe('a proposal', () => {
  test('waits, changes nothing, and says whose device wrote it', () => {
    expect(propose(b, give('grant', b), [2, named('first'), named('theirs')])).toBe('accepted');
    expect(waiting()).toEqual([toHex(named('theirs'))]);
    expect(newest()).toEqual({ version: 1, document: named('first') });
    expect(equalBytes(inbox()[0]!.row.device, b.desk.key.publicKey)).toBe(true);
  });

  test('may be about a version that is not the newest any more, and about a record that is not there yet', () => {
    const grant = give('grant', b);
    put([2, named('first'), named('second')]);
    expect(propose(b, grant, [2, named('first'), named('late')])).toBe('accepted');
    expect(propose(b, grant, [1, NONE, named('new')], bytesFor('new record', 16))).toBe('accepted');
    expect(waiting()).toHaveLength(2);
  });

  test.each<[string, () => string]>([
    ['without any consent', () => propose(b, bytesFor('nothing', 16), [2, named('first'), named('x')])],
    ['under the consent of another clinic', () => propose(c, give('grant', b), [2, named('first'), named('x')])],
    ['for research', () => propose(b, give('grant', b, { purpose: 'HRESCH' }), [2, named('first'), named('x')])],
    ['before it begins', () => propose(b, give('grant', b, { starts: MORNING + 1 }), [2, named('first'), named('x')])],
    ['after it ends', () => propose(b, give('grant', b, { ends: MORNING }), [2, named('first'), named('x')])],
    [
      'after it was withdrawn',
      () => {
        const grant = give('grant', b);
        withdraw(grant);
        return propose(b, grant, [2, named('first'), named('x')]);
      },
    ],
    [
      'under a consent for another compartment',
      () => {
        const other = bytesFor('other handle', 16);
        const first = { record: bytesFor('r', 16), version: 1, previous: NONE, document: named('d') };
        ledger.judge(a.desk, act(a, 'record.put', first, { handle: other }));
        return propose(b, give('grant', b, {}, other), [2, named('first'), named('x')]);
      },
    ],
  ])('%s does not count', (_, attempt) => {
    expect(attempt()).toBe('disputed: no-matching-consent');
    expect(inbox()).toEqual([]);
  });

  test.each<[string, Version]>([
    ['jumps a version', [3, named('first'), named('x')]],
    ['names another version before it', [2, named('unheard of'), named('x')]],
    ['begins a record that is there', [1, NONE, named('x')]],
  ])('that %s does not count', (_, version) => {
    expect(propose(b, give('grant', b), version)).toBe('disputed: version-unknown');
  });

  test('counts once, and not in a compartment that was erased', () => {
    const grant = give('grant', b);
    propose(b, grant, [2, named('first'), named('theirs')]);
    expect(propose(b, grant, [2, named('first'), named('theirs')])).toBe('disputed: proposed-already');
    ledger.judge(a.desk, act(a, 'compartment.erased', { ground: 'objection' }, { handle, signer: a.administrator }));
    expect(propose(b, grant, [2, named('first'), named('later')])).toBe('disputed: compartment-erased');
  });
});

describe('it is decided', () => {
  beforeEach(() => {
    propose(b, give('grant', b), [2, named('first'), named('theirs')]);
  });

  test('by a merge of the custodian, which is the newest version then', () => {
    expect(merge([2, named('first'), named('merged')], [named('theirs')])).toBe('accepted');
    expect(newest()).toEqual({ version: 2, document: named('merged') });
    expect(waiting()).toEqual([]);
  });

  test('by declining it, which writes no version and can be taken back', () => {
    expect(decline(a, named('theirs'), b)).toBe('accepted');
    expect(waiting()).toEqual([]);
    expect(newest()).toEqual({ version: 1, document: named('first') });
    expect(decline(a, named('theirs'), b)).toBe('disputed: nothing-to-settle');
    expect(decline(a, named('theirs'), b, true)).toBe('accepted');
    expect(waiting()).toEqual([toHex(named('theirs'))]);
  });

  test('by nobody else, and not as something that it is not', () => {
    expect(decline(b, named('theirs'), b)).toBe('disputed: not-the-custodian');
    expect(decline(a, named('unheard of'), b)).toBe('disputed: no-such-proposal');
    expect(decline(a, named('theirs'), c)).toBe('disputed: no-such-proposal');
    merge([2, named('first'), named('merged')], [named('theirs')]);
    expect(decline(a, named('theirs'), b, true)).toBe('disputed: nothing-to-settle');
    expect(inbox()[0]!.row.settled).toEqual(named('merged'));
  });

  test('and a late version of one’s own is never declined: only a merge settles it', () => {
    put([2, named('first'), named('mine')]);
    put([2, named('first'), named('late')]);
    expect(decline(a, named('late'), a)).toBe('disputed: no-such-proposal');
    expect(waiting()).toContain(toHex(named('late')));
  });
});

test('whatever three clinics do: a record changes by its custodian alone, and no proposal is lost or counts without a consent', () => {
  const step = fc.record({
    what: fc.constantFrom('propose', 'decline', 'reopen', 'merge', 'put', 'give', 'withdraw'),
    by: fc.nat(2),
    which: fc.nat(5),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (script) => {
      begin();
      const clinics = [a, b, c];
      const grants = new Map<string, { grant: Uint8Array; to: TestClinic; holds: boolean }>();
      const counted = new Set<string>();
      let versions = 1;
      script.forEach(({ what, by, which }, at) => {
        const clinic = clinics[by] as TestClinic;
        const proposal = named(`proposal ${which}`);
        const before = newest();
        const given = grants.get(`grant ${which}`);
        if (what === 'give' && !given && by > 0)
          grants.set(`grant ${which}`, { grant: give(`grant ${which}`, clinic), to: clinic, holds: true });
        else if (what === 'withdraw' && given) {
          withdraw(given.grant);
          given.holds = false;
        } else if (what === 'propose') {
          const grant = given?.grant ?? bytesFor('none', 16);
          const verdict = propose(clinic, grant, [before.version + 1, before.document, named(`proposal ${at}`)]);
          expect(verdict).toBe(given?.holds && given.to === clinic ? 'accepted' : 'disputed: no-matching-consent');
          if (verdict === 'accepted') counted.add(toHex(named(`proposal ${at}`)));
        } else if (what === 'decline' || what === 'reopen') decline(clinic, proposal, b, what === 'reopen');
        else if (what === 'merge') {
          if (merge([before.version + 1, before.document, named(`merge ${at}`)], [proposal]) === 'accepted') versions += 1;
        } else if (what === 'put') {
          if (put([before.version + 1, before.document, named(`put ${at}`)]) === 'accepted') versions += 1;
        }
      });
      // A merge that settles nothing is disputed without effects.
      expect(newest().version).toBe(versions);
      expect(new Set(inbox().map(({ document }) => document))).toEqual(counted);
    }),
    { numRuns: 60 },
  );
});
