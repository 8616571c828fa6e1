import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CATEGORIES } from '../../shared/consent/category.ts';
import type { GrantRow } from '../../shared/consent/consent-rules.ts';
import { decide, mayReleaseKey, type Question } from '../../shared/consent/decision.ts';
import { boundTo, type Facts, type Provision, type RecordFacts, VERBS } from '../../shared/consent/provision.ts';
import { PURPOSES } from '../../shared/consent/purpose.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import type { JsonObject } from '../../shared/fhir/strict-json.ts';
import { ROLES } from '../../shared/ledger/rows.ts';
import { bytesFor } from '../support/ledger-builder.ts';

const rulingOf = (rule: Provision, facts: Facts) => boundTo(facts, rule)?.(facts.record);

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
const caller = { clinic: toHex(reader), person: toHex(bytesFor('physician')), role: 'clinician' } as const;
const asked: Question = {
  caller,
  verb: 'access',
  purpose: 'TREAT',
  keeper: toHex(keeper),
  category: 'clinical',
  handle: toHex(handle),
  time: 150,
};
const with_ = (...grants: GrantRow[]) => ({ grants: new Map(grants.map((row, at) => [`${at}`, row])) });

function record(change: Partial<RecordFacts> = {}): RecordFacts {
  const facts = { record: 'aa', labels: [], author: 'bb', authorClinic: toHex(keeper), encounter: undefined, code: '' };
  return { ...facts, written: 5, happened: undefined, ...change };
}

describe('reading another clinic’s records', () => {
  test('needs a grant to this clinic, of this compartment, by its custodian, in force, for this purpose', () => {
    const reasons = [{ code: 'consent', policy: '0', provision: 'provision' }];
    expect(decide(asked, with_(grant()))).toEqual({ permit: true, reasons });
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
  ])('is denied: %s', (code, grants, time) => {
    const { permit, reasons } = decide({ ...asked, time }, with_(...grants));
    expect([permit, reasons[0].code]).toEqual([false, code]);
  });

  test('one grant in force is enough among others that are not', () => {
    const grants = with_(grant({ withdrawn: true }), grant({ purpose: 'HRESCH' }), grant({ ends: 0 }));
    expect(decide({ ...asked, time: 1000 }, grants)).toMatchObject({ permit: true, reasons: [{ policy: '2' }] });
  });

  test.each(['correct', 'disclose'] as const)('opens no way to %s it', (verb) => {
    expect(decide({ ...asked, verb }, with_(grant())).reasons[0].code).toBe('consent-to-read-only');
  });

  test('what one consent excludes, another does not open', () => {
    const exceptions = new Map([['1', [{ type: 'deny', labels: ['SEX'], provisions: [] }] as const]]);
    const policies = { ...with_(grant(), grant()), exceptions };
    const reasons = [{ code: 'consent-excludes', policy: '1', provision: 'provision.0' }];
    expect(decide({ ...asked, record: record({ labels: ['SEX'] }) }, policies)).toEqual({ permit: false, reasons });
    expect(decide({ ...asked, record: record() }, policies).permit).toBe(true);
    expect(decide(asked, policies).permit).toBe(true);
  });
});

describe('what a role does not read', () => {
  test.each<[string, string, Partial<Question>]>([
    ['role-reads-no-such-category', 'reception', {}],
    ['role-reads-no-such-category', 'nurse', { category: 'genomic' }],
    ['role-reads-no-such-category', 'researcher', { purpose: 'HRESCH' }],
    ['role-has-no-such-purpose', 'nurse', { purpose: 'HRESCH' }],
    ['role-reads-no-such-category', 'billing', { purpose: 'HPAYMT' }],
    ['role-reads-no-such-category', 'nurse', { category: 'payment' }],
    ['role-reads-no-such-category', 'nurse', { category: 'payment', purpose: 'ETREAT', isEmergency: true }],
    ['role-does-no-such-thing', 'billing', { category: 'identity', purpose: 'HPAYMT', verb: 'disclose' }],
  ])('no consent and no custody opens: %s, %s', (code, role, what) => {
    for (const clinic of [reader, keeper]) {
      const question = { ...asked, ...what, caller: { ...caller, clinic: toHex(clinic), role: role as 'nurse' } };
      expect(decide(question, with_(grant()))).toEqual({ permit: false, reasons: [{ code }] });
    }
  });

  test('an unknown role, purpose, category or verb is never a permit', () => {
    for (const word of ['', 'root', '__proto__', 'constructor', 'toString']) {
      for (const clinic of [toHex(reader), toHex(keeper)]) {
        const own = { ...asked, caller: { ...caller, clinic } };
        for (const odd of [
          { ...own, caller: { ...own.caller, role: word as 'nurse' } },
          { ...own, purpose: word as 'TREAT' },
          { ...own, category: word as 'clinical' },
          { ...own, verb: word as 'access' },
        ])
          expect(decide(odd, with_(grant())).permit).toBe(false);
      }
    }
  });
});

describe('what the patient restricted at the clinic that keeps the records', () => {
  const own: Question = { ...asked, caller: { ...caller, clinic: toHex(keeper) } };
  const deny: Provision = { type: 'deny', readers: [{ kind: 'person', id: caller.person }], labels: ['PSY'], provisions: [] };
  const policies = { ...with_(), restrictions: [{ id: 'r', provision: deny, since: 100 }] };
  const psychiatric = record({ labels: ['PSY'] });

  test('is shut to whom it names, and to nobody else', () => {
    const reasons = [{ code: 'restriction', policy: 'r', provision: 'provision' }];
    expect(decide({ ...own, record: psychiatric }, policies)).toEqual({ permit: false, reasons });
    expect(decide({ ...own, record: record() }, policies).permit).toBe(true);
    expect(decide({ ...own, record: psychiatric, caller: { ...own.caller, person: 'ff' } }, policies).permit).toBe(true);
  });

  test('is shut as well where the label says the same in a narrower or a stronger word', () => {
    const keptAs = (label: string, entry: string): boolean => {
      const restrictions = [{ id: 'r', provision: { ...deny, labels: [label] }, since: 100 }];
      return !decide({ ...own, record: record({ labels: [entry] }) }, { ...with_(), restrictions }).permit;
    };
    for (const [label, entry] of [
      ['R', 'V'],
      ['SUD', 'ETHUD'],
      ['SUD', 'OPIOIDUD'],
    ] as const) {
      expect(keptAs(label, entry), `${label} keeps ${entry}`).toBe(true);
      expect(keptAs(entry, label), `${entry} does not keep ${label}`).toBe(false);
    }
    expect(keptAs('R', 'N')).toBe(false);
    // What is permitted by such a word is what it names and no more.
    const facts = { ...own, ...own.caller, isEmergency: false, record: record({ labels: ['V'] }) };
    expect(rulingOf({ type: 'permit', labels: ['R'], provisions: [] }, facts)).toBeUndefined();
  });

  test('stays open to who wrote it since then, and who the patient is to everybody', () => {
    const own_ = record({ labels: ['PSY'], author: caller.person, written: 100 });
    expect(decide({ ...own, record: own_ }, policies).permit).toBe(true);
    expect(decide({ ...own, record: { ...own_, written: 99 } }, policies).permit).toBe(false);
    expect(decide({ ...own, category: 'identity', record: psychiatric }, policies).permit).toBe(true);
  });

  test('opens in an emergency that is logged as one, and only for that purpose', () => {
    const urgent = { ...own, record: psychiatric, isEmergency: true };
    expect(decide({ ...urgent, purpose: 'ETREAT' }, policies)).toEqual({ permit: true, reasons: [{ code: 'emergency' }] });
    expect(decide({ ...urgent, purpose: 'TREAT' }, policies).permit).toBe(false);
    expect(decide({ ...urgent, purpose: 'ETREAT', isEmergency: false }, policies).permit).toBe(false);
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
    clinic: fc.constantFrom(toHex(reader), toHex(stranger)),
    person: fc.constant(caller.person),
    role: fc.constantFrom(...ROLES),
  });
  const what = fc.record({
    category: fc.constantFrom(...CATEGORIES),
    purpose: fc.constantFrom(...PURPOSES),
    verb: fc.constantFrom(...VERBS),
    time: fc.integer({ min: 0, max: 25 }),
  });
  fc.assert(
    fc.property(who, what, fc.array(rows), (who, what, grants) => {
      const question = { ...asked, ...what, caller: who };
      const { permit, reasons } = decide(question, with_(...grants));
      if (!permit) return;
      expect(reasons[0].code).toBe('consent');
      const row = grants[Number(reasons[0].policy)] as GrantRow;
      expect([toHex(row.custodian), toHex(row.recipient), toHex(row.handle)]).toEqual([asked.keeper, who.clinic, asked.handle]);
      expect(row.withdrawn || row.starts > what.time || (row.ends !== 0 && row.ends <= what.time)).toBe(false);
      expect([row.purpose, what.verb]).toEqual([what.purpose, 'access']);
      const ended = grants.map((each) => ({ ...each, withdrawn: true }));
      expect(decide(question, with_(...ended)).permit).toBe(false);
      // What expired never revives, however late it is.
      const later = { ...question, time: Math.max(...grants.map(({ ends }) => ends)) + what.time };
      if (grants.every(({ ends }) => ends !== 0)) expect(decide(later, with_(...grants)).permit).toBe(false);
    }),
  );
});

describe('rules inside rules', () => {
  const parties = fc.array(fc.record({ kind: fc.constantFrom('person' as const, 'foreign' as const), id: fc.constant('p') }), {
    minLength: 1,
    maxLength: 2,
  });
  const conditions = {
    period: fc.record({ starts: fc.integer({ min: 0, max: 9 }), ends: fc.integer({ min: 0, max: 9 }) }),
    readers: parties,
    labels: fc.subarray(['SEX', 'PSY'], { minLength: 1 }),
    authors: parties,
    emergencyOnly: fc.boolean(),
    dataPeriod: fc.constant({ starts: 3, ends: 6 }),
    purposes: fc.subarray(['TREAT', 'ETREAT'] as const, { minLength: 1 }),
    beyond: fc.constant<JsonObject>({ class: [] }),
  };
  const rules = (depth: number): fc.Arbitrary<Provision> =>
    fc.record(
      {
        ...conditions,
        type: fc.constantFrom('permit' as const, 'deny' as const, undefined),
        provisions: depth === 0 ? fc.constant([]) : fc.array(rules(depth - 1), { maxLength: 2 }),
      },
      { requiredKeys: ['type', 'provisions'] },
    );
  const rule = rules(2);
  const facts = fc.record({
    clinic: fc.constant('c'),
    person: fc.constantFrom('p', 'q'),
    role: fc.constant('nurse'),
    purpose: fc.constantFrom('TREAT' as const, 'ETREAT' as const),
    verb: fc.constant('access' as const),
    isEmergency: fc.boolean(),
    category: fc.constant('clinical' as const),
    record: fc.record({
      record: fc.constant('r'),
      labels: fc.subarray(['SEX', 'PSY', 'R']),
      author: fc.constantFrom('p', 'q'),
      authorClinic: fc.constant('c'),
      written: fc.constant(1),
      encounter: fc.constant(undefined),
      code: fc.constant(''),
      happened: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }),
    }),
    time: fc.integer({ min: 0, max: 9 }),
  });
  const effect = (provision: Provision, asked: Parameters<typeof rulingOf>[1]) => rulingOf(provision, asked)?.effect;
  /** The same rule with one more inside it, at the place that the numbers lead to. */
  const grown = (at: Provision, [first, ...path]: readonly number[], more: Provision): Provision => {
    const inner = at.provisions[(first ?? 0) % Math.max(1, at.provisions.length)];
    if (first === undefined || !inner) return { ...at, provisions: [...at.provisions, more] };
    return { ...at, provisions: at.provisions.map((each) => (each === inner ? grown(inner, path, more) : each)) };
  };

  test('a denial that is added anywhere never permits more', () => {
    fc.assert(
      fc.property(rule, facts, rule, fc.array(fc.nat(3), { maxLength: 3 }), (tree, asked, denial, path) => {
        const more: Provision = { ...denial, type: 'deny', provisions: [] };
        if (effect(tree, asked) !== 'permit') expect(effect(grown(tree, path, more), asked)).not.toBe('permit');
      }),
    );
  });

  test('the order of rules side by side means nothing', () => {
    const turned = (each: Provision): Provision => ({ ...each, provisions: [...each.provisions].reverse().map(turned) });
    fc.assert(
      fc.property(rule, facts, (tree, asked) => {
        expect(effect(turned(tree), asked)).toBe(effect(tree, asked));
      }),
    );
  });

  test('a rule without a type, or with a permit that says more than is understood, permits nothing', () => {
    fc.assert(
      fc.property(rule, facts, (tree, asked) => {
        expect(effect({ ...tree, type: undefined, provisions: [] }, asked)).not.toBe('permit');
        expect(effect({ ...tree, type: 'permit', beyond: { class: [] } }, asked)).not.toBe('permit');
      }),
    );
  });

  test('a category is open where one of its records could be', () => {
    fc.assert(
      fc.property(rule, facts, (tree, asked) => {
        if (effect(tree, asked) === 'permit') expect(effect(tree, { ...asked, record: undefined })).toBe('permit');
      }),
    );
  });

  test('an exception counts inside what it is an exception to, and nowhere else', () => {
    const inside: Provision = {
      type: 'permit',
      provisions: [
        { type: 'deny', labels: ['SEX'], provisions: [{ type: 'permit', purposes: ['ETREAT'], provisions: [] }] },
        { type: 'deny', labels: ['PSY'], provisions: [] },
      ],
    };
    const ask = (labels: string[], purpose: 'TREAT' | 'ETREAT') =>
      rulingOf(inside, {
        ...caller,
        verb: 'access',
        isEmergency: false,
        category: 'clinical',
        time: 5,
        purpose,
        record: record({ labels }),
      });
    expect(ask([], 'TREAT')).toEqual({ effect: 'permit', place: 'provision' });
    expect(ask(['SEX'], 'TREAT')).toEqual({ effect: 'deny', place: 'provision.0' });
    expect(ask(['SEX'], 'ETREAT')).toEqual({ effect: 'permit', place: 'provision.0.0' });
    expect(ask(['SEX', 'PSY'], 'ETREAT')).toEqual({ effect: 'deny', place: 'provision.1' });
  });
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
