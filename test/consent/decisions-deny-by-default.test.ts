import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CATEGORIES } from '../../shared/consent/category.ts';
import type { GrantRow } from '../../shared/consent/consent-rules.ts';
import { type Asking, decide, mayReleaseKey, type Wanted } from '../../shared/consent/decision.ts';
import { PURPOSES } from '../../shared/consent/purpose.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { ROLES } from '../../shared/ledger/rows.ts';
import { bytesFor } from '../support/ledger-builder.ts';

const [keeper, reader, stranger] = ['keeper', 'reader', 'stranger'].map((label) => bytesFor(label)) as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
];
const handle = bytesFor('compartment', 16);
const grant = (change: Partial<GrantRow> = {}): GrantRow => ({
  custodian: keeper,
  handle,
  recipient: reader,
  purpose: 'TREAT',
  starts: 100,
  ends: 200,
  wrap: bytesFor('wrap'),
  agreement: bytesFor('agreement'),
  withdrawn: false,
  ...change,
});
const asking: Asking = { chain: toHex(reader), role: 'clinician', purpose: 'TREAT' };
const wanted: Wanted = { category: 'clinical', handle: toHex(handle), custodian: toHex(keeper) };
const with_ = (...grants: GrantRow[]) => new Map(grants.map((row, at) => [`${at}`, row]));

describe('reading another clinic’s records', () => {
  test('needs a grant to this clinic, of this compartment, by its custodian, in force, for this purpose', () => {
    expect(decide(asking, wanted, with_(grant()), 150)).toEqual({ permit: true, basis: 'consent', grant: '0' });
  });

  test.each<[string, GrantRow[], number]>([
    ['no-consent', [], 150],
    ['no-consent', [grant({ recipient: stranger })], 150],
    ['no-consent', [grant({ handle: bytesFor('other', 16) })], 150],
    ['no-consent', [grant({ custodian: stranger })], 150],
    ['consent-not-in-force', [grant()], 99],
    ['consent-not-in-force', [grant()], 200],
    ['consent-not-in-force', [grant({ withdrawn: true })], 150],
    ['consent-for-another-purpose', [grant({ purpose: 'HRESCH' })], 150],
  ])('is denied: %s', (reason, grants, time) => {
    expect(decide(asking, wanted, with_(...grants), time)).toEqual({ permit: false, reason });
  });

  test('one grant in force is enough among others that are not', () => {
    const grants = with_(grant({ withdrawn: true }), grant({ purpose: 'HRESCH' }), grant({ ends: 0 }));
    expect(decide(asking, wanted, grants, 1000)).toMatchObject({ permit: true, grant: '2' });
  });
});

describe('what a role does not read', () => {
  test.each<[string, Partial<Asking>, Partial<Wanted>]>([
    ['role-reads-no-such-category', { role: 'reception' }, {}],
    ['role-reads-no-such-category', { role: 'nurse' }, { category: 'genomic' }],
    ['role-reads-no-such-category', { role: 'researcher', purpose: 'HRESCH' }, {}],
    ['role-has-no-such-purpose', { role: 'nurse', purpose: 'HRESCH' }, {}],
  ])('no consent and no custody opens: %s', (reason, who, what) => {
    const denied = { permit: false, reason };
    expect(decide({ ...asking, ...who }, { ...wanted, ...what }, with_(grant()), 150)).toEqual(denied);
    expect(decide({ ...asking, ...who, chain: toHex(keeper) }, { ...wanted, ...what }, with_(), 150)).toEqual(denied);
  });

  test('an unknown role, purpose or category is never a permit', () => {
    const odd = ['', 'root', '__proto__', 'constructor', 'toString'];
    for (const word of odd) {
      expect(decide({ ...asking, role: word as 'nurse' }, wanted, with_(grant()), 150).permit).toBe(false);
      expect(decide({ ...asking, purpose: word as 'TREAT' }, wanted, with_(grant()), 150).permit).toBe(false);
      expect(decide(asking, { ...wanted, category: word as 'clinical' }, with_(grant()), 150).permit).toBe(false);
    }
  });
});

test('nothing but custody or a grant that holds ever permits, and a withdrawal always denies', () => {
  const rows = fc.record({
    custodian: fc.constantFrom(keeper, reader, stranger),
    recipient: fc.constantFrom(keeper, reader, stranger),
    handle: fc.constantFrom(handle, bytesFor('other', 16)),
    purpose: fc.constantFrom(...PURPOSES),
    starts: fc.integer({ min: 0, max: 20 }),
    ends: fc.integer({ min: 0, max: 20 }),
    wrap: fc.constant(bytesFor('wrap')),
    agreement: fc.constant(bytesFor('agreement')),
    withdrawn: fc.boolean(),
  });
  const who = fc.record({
    chain: fc.constantFrom(toHex(reader), toHex(stranger)),
    role: fc.constantFrom(...ROLES),
    purpose: fc.constantFrom(...PURPOSES),
  });
  fc.assert(
    fc.property(
      who,
      fc.constantFrom(...CATEGORIES),
      fc.array(rows),
      fc.integer({ min: 0, max: 25 }),
      (who, category, grants, time) => {
        const decision = decide(who, { ...wanted, category }, with_(...grants), time);
        if (!decision.permit) return;
        expect(decision.basis).toBe('consent');
        const row = grants[decision.basis === 'consent' ? Number(decision.grant) : -1] as GrantRow;
        expect([toHex(row.custodian), toHex(row.recipient), toHex(row.handle)]).toEqual([
          wanted.custodian,
          who.chain,
          wanted.handle,
        ]);
        expect(row.withdrawn || row.starts > time || (row.ends !== 0 && row.ends <= time)).toBe(false);
        expect(row.purpose).toBe(who.purpose);
        const ended = grants.map((each) => ({ ...each, withdrawn: true }));
        expect(decide(who, { ...wanted, category }, with_(...ended), time).permit).toBe(false);
      },
    ),
  );
});

test('keys leave only for who the grant names, until it ends', () => {
  const to = { chain: toHex(reader), handle: toHex(handle) };
  expect(mayReleaseKey(grant(), to, toHex(keeper), 50)).toBe(true);
  expect(mayReleaseKey(grant({ ends: 0 }), to, toHex(keeper), 5000)).toBe(true);
  expect(mayReleaseKey(grant(), to, toHex(keeper), 200)).toBe(false);
  expect(mayReleaseKey(grant({ withdrawn: true }), to, toHex(keeper), 150)).toBe(false);
  expect(mayReleaseKey(grant(), { ...to, chain: toHex(stranger) }, toHex(keeper), 150)).toBe(false);
  expect(mayReleaseKey(grant(), { ...to, handle: '00'.repeat(16) }, toHex(keeper), 150)).toBe(false);
  expect(mayReleaseKey(grant(), to, toHex(stranger), 150)).toBe(false);
  expect(mayReleaseKey(undefined, to, toHex(keeper), 150)).toBe(false);
});
