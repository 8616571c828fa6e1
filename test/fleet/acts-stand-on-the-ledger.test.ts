/** Acts of a hub's administrators on the ledger: what of them is the hub's list is the same for whoever reads it, and nobody slips one in. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type SigningKey, sign } from '../../server/vault/primitives.ts';
import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { decode, encode } from '../../shared/encoding/codec.ts';
import { ActList, followActs, type ListedAct, listedAct, NO_ACT, sameBeginning } from '../../shared/fleet/act-history.ts';
import {
  ACT_KINDS,
  type ActKind,
  type HubAct,
  MACHINE_KINDS,
  nextValue,
  readAct,
  type SignedAct,
  signAct,
  signedActCodec,
} from '../../shared/fleet/administration.ts';
import { HUB_ACT } from '../../shared/fleet/hub-act-rules.ts';
import {
  act,
  bytesFor,
  foundClinic,
  foundRegion,
  hash,
  MemoryLedger,
  MORNING,
  signingKeyFor,
} from '../support/ledger-builder.ts';

const clinic = foundClinic('Office');
const { region, hubKey } = foundRegion('acts', [clinic]);
const operator = signingKeyFor('hub administrator');
const stranger = signingKeyFor('hub administrator whom nobody named');
const hubKeys = new Set([toHex(hubKey.publicKey)]);
const subjects = ['one', 'two'].map((label) => bytesFor(label));

const signedBy = (key: SigningKey, fields: Omit<HubAct, 'author' | 'region'>, of = region.id): SignedAct =>
  decode(
    signedActCodec,
    signAct({ ...fields, region: of, author: key.publicKey }, (message) => sign(key, message)),
  );

/** The act that an honest hub would take next. */
function next(list: ActList, key: SigningKey, kind: ActKind, subject: Uint8Array, isSet: boolean): ListedAct {
  const sequence = list.acts.length + 1;
  const fields = {
    sequence,
    previous: fromHex(list.newest),
    kind,
    subject,
    before: list.of(kind, toHex(subject)),
    after: nextValue(kind, isSet, sequence, kind === 'invitation' ? MORNING + 1000 : 7),
    reason: 'fault',
    time: MORNING,
  } as const;
  const figure = kind === 'restoration' || kind === 'invitation' ? fields.after : Math.min(1, fields.after);
  const after = kind === 'rebaseline' ? sequence : figure;
  return listedAct(hash, signedBy(key, { ...fields, after }));
}

/** Lists as hubs have them: the machine names a person, and then both act. */
const lists = fc
  .array(fc.tuple(fc.constantFrom(...ACT_KINDS), fc.nat(1), fc.boolean(), fc.boolean()), { maxLength: 8 })
  .map((wishes) => {
    const list = new ActList(hubKeys);
    list.add(next(list, hubKey, 'administrator', operator.publicKey, true));
    for (const [kind, at, isSet, byMachine] of wishes) {
      const key = byMachine || MACHINE_KINDS.has(kind) ? hubKey : operator;
      const isLift = !isSet && kind !== 'restoration';
      list.add(next(list, key, kind, subjects[at] as Uint8Array, !isLift));
    }
    return list.acts;
  });

const names = (acts: readonly ListedAct[]) => acts.map((each) => each.hash);

describe('followed by whoever reads the ledger', () => {
  test('in whatever order acts lie there, the list is the hub’s', () => {
    fc.assert(
      fc.property(
        lists.chain((acts) => fc.tuple(fc.constant(acts), fc.shuffledSubarray(acts, { minLength: acts.length }))),
        ([acts, shuffled]) => {
          const found = followActs(shuffled, hubKeys);
          expect(names(found.acts)).toEqual(names(acts));
          expect(found).toMatchObject({ strays: [], forkedAt: undefined });
        },
      ),
      { numRuns: 60 },
    );
  });

  test('where one is missing the list ends before it, and what comes later is no part of it', () => {
    fc.assert(
      fc.property(lists, fc.nat(), (acts, at) => {
        const gone = at % acts.length;
        const found = followActs(acts.toSpliced(gone, 1), hubKeys);
        expect(names(found.acts)).toEqual(names(acts.slice(0, gone)));
        expect(found.strays).toHaveLength(acts.length - gone - 1);
      }),
      { numRuns: 60 },
    );
  });

  test('an act of somebody whom the list has not named is no part of it, nor one that another value stands for', () => {
    fc.assert(
      fc.property(lists, (acts) => {
        const list = new ActList(hubKeys);
        for (const each of acts) list.add(each);
        const forged = next(list, stranger, 'quarantine', subjects[0] as Uint8Array, true);
        const stale = listedAct(hash, signedBy(hubKey, { ...forged.act, before: forged.act.before + 1, after: 1 }));
        const machines = next(list, operator, 'hub-key', subjects[0] as Uint8Array, true);
        const found = followActs([...acts, forged, stale, machines], hubKeys);
        expect(names(found.acts)).toEqual(names(acts));
        expect(found.strays).toHaveLength(3);
      }),
      { numRuns: 30 },
    );
  });

  test('acts of kinds and reasons that a newer program has added stand in the list, and what follows them does too', () => {
    fc.assert(
      fc.property(
        lists,
        fc.integer({ min: ACT_KINDS.length, max: 255 }),
        fc.integer({ min: 7, max: 255 }),
        (acts, kind, reason) => {
          const list = new ActList(hubKeys);
          for (const each of acts) list.add(each);
          const sequence = acts.length + 1;
          const newer = {
            sequence,
            previous: fromHex(list.newest),
            kind: `newer-${kind}`,
            subject: subjects[0] as Uint8Array,
            before: 0,
            after: 12_345,
            reason: `newer-${reason}`,
            time: MORNING,
          } as const;
          const signed = signedBy(operator, newer);
          expect(readAct(signed)).toMatchObject({ kind: newer.kind, reason: newer.reason, after: 12_345 });
          list.add(listedAct(hash, signed));
          list.add(
            next(
              list,
              operator,
              'quarantine',
              subjects[1] as Uint8Array,
              list.of('quarantine', toHex(subjects[1] as Uint8Array)) === 0,
            ),
          );
          expect(followActs(list.acts, hubKeys)).toMatchObject({ strays: [], forkedAt: undefined });
          expect(list.of(newer.kind, toHex(newer.subject))).toBe(12_345);
        },
      ),
      { numRuns: 30 },
    );
  });

  test('a list that was continued twice is named, and another beginning is seen', () => {
    const list = new ActList(hubKeys);
    list.add(next(list, hubKey, 'administrator', operator.publicKey, true));
    const [one, other] = subjects.map((subject) => next(list, operator, 'quarantine', subject, true)) as [ListedAct, ListedAct];
    expect(followActs([...list.acts, one, other], hubKeys).forkedAt).toBe(2);
    expect(sameBeginning([...list.acts, one], list.acts)).toBe(true);
    expect(sameBeginning(list.acts, [...list.acts, one])).toBe(true);
    expect(sameBeginning([...list.acts, one], [...list.acts, other])).toBe(false);
    expect(list.acts[0]?.act.previous).toEqual(fromHex(NO_ACT));
  });
});

describe('on the ledger', () => {
  const first = (change: Partial<HubAct> = {}, key = hubKey, of = region.id): SignedAct =>
    signedBy(
      key,
      {
        sequence: 1,
        previous: fromHex(NO_ACT),
        kind: 'administrator',
        subject: operator.publicKey,
        before: 0,
        after: 1,
        reason: 'not-said',
        time: MORNING,
        ...change,
      },
      of,
    );
  const opened = () => {
    const ledger = new MemoryLedger(region);
    const enrol = { staff: operator.publicKey, role: 'hub-administrator' } as const;
    const office = foundClinic('Office');
    expect(ledger.judge(office.desk, act(office, 'staff.enrolled', enrol, { signer: office.administrator }))).toBe('accepted');
    const bring = (body: SignedAct, signer = operator) => ledger.judge(office.desk, act(office, 'hub.acted', body, { signer }));
    return { ledger, bring, office };
  };

  test('a hub administrator brings it, twice is once, and the row is the act as it was signed', () => {
    const { ledger, bring } = opened();
    expect(bring(first())).toBe('accepted');
    expect(bring(first())).toBe('accepted');
    const rows = [...ledger.rows].filter(([key]) => key.startsWith(HUB_ACT));
    expect(rows.map(([, value]) => toHex(value))).toEqual([toHex(encode(signedActCodec, first()))]);
  });

  test('what is of another region, brought by another role, or by somebody with another role is refused by name', () => {
    const { bring, office } = opened();
    expect(bring(first({}, hubKey, bytesFor('elsewhere')))).toBe('refused: hub-act-of-another-region');
    expect(bring(first(), office.administrator)).toBe('refused: not-a-hub-administrator');
    expect(bring(first({}, office.administrator))).toBe('refused: hub-act-by-another-role');
  });

  test('an act that its author has not signed never gets onto it', () => {
    const { ledger, office } = opened();
    const forged = { ...first({}, hubKey), signature: first({ time: MORNING + 1 }).signature };
    const sealed = office.desk.seal({ events: [act(office, 'hub.acted', forged, { signer: operator })] });
    expect(() => ledger.append(sealed)).toThrow();
  });
});
