import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { type SigningKey, sign, verifySignature } from '../../server/vault/primitives.ts';
import { decode, encode } from '../../shared/encoding/codec.ts';
import { quorumOf } from '../../shared/ledger/checkpoint.ts';
import {
  approvalsNeeded,
  consentMessage,
  firstPolicy,
  POLICY_KEY,
  type Policy,
  type PolicyType,
  policyRow,
} from '../../shared/ledger/policy.ts';
import { PolicyBook, type StoredAct } from '../../shared/ledger/policy-book.ts';
import { clinicKeysMessage } from '../../shared/ledger/rotation-rules.ts';
import { REGION_KEY } from '../../shared/ledger/rows.ts';
import {
  act,
  admissionOf,
  agreementKeyFor,
  bytesFor,
  checkpointOf,
  clinicWitness,
  cosign,
  everyRule,
  foundClinic,
  foundRegion,
  hash,
  MemoryLedger,
  outsideWitness,
  policyActOf,
  signingKeyFor,
  type TestClinic,
  type TestRegion,
} from '../support/ledger-builder.ts';

let founders: TestClinic[];
let north: TestRegion;
let ledger: MemoryLedger;
let a: TestClinic;
let b: TestClinic;
let c: TestClinic;
let d: TestClinic;
/** In the region, and no witness. */
let e: TestClinic;
let first: Policy;

beforeEach(() => {
  founders = ['A', 'B', 'C', 'D'].map((label) => foundClinic(label));
  [a, b, c, d] = founders as [TestClinic, TestClinic, TestClinic, TestClinic];
  e = foundClinic('E');
  north = foundRegion('north', founders);
  ledger = new MemoryLedger(north.region);
  first = firstPolicy(north.region.genesis.witnesses);
  const admitted = act(a, 'chain.admitted', admissionOf(north.region, e, founders), { signer: a.administrator });
  expect(ledger.judge(a.desk, admitted)).toBe('accepted');
});

const next = (change: Partial<Policy>, after = first): Policy => ({ ...after, sequence: after.sequence + 1, ...change });
const judged = (type: PolicyType, body: ReturnType<typeof policyActOf>, by = a): string =>
  ledger.judge(by.desk, act(by, type, body, { signer: by.administrator }));
const withE = (): Policy => next({ witnesses: [...first.witnesses, clinicWitness(e)] });
const stored = (): Policy => decode(policyRow, ledger.rows.get(POLICY_KEY)!);
/** Admission refuses it by this code: it never gets a verdict. */
const staysOut = (type: PolicyType, body: ReturnType<typeof policyActOf>, code: string): void => {
  const sealed = a.desk.seal({ events: [act(a, type, body, { signer: a.administrator })] });
  expect(() => ledger.append(sealed)).toThrowError(expect.objectContaining({ code }));
};

test('where there is no region yet nobody changes its policy', () => {
  ledger.rows.delete(REGION_KEY);
  expect(judged('policy.changed', policyActOf(north.region, withE(), [a, b, c], { joining: [e] }))).toBe(
    'refused: policy-outside-a-region',
  );
});

describe('a new witness set', () => {
  test('comes from the quorum of the one before, whoever of the region writes it down', () => {
    const body = policyActOf(north.region, withE(), [a, b, c], { joining: [e] });
    expect(judged('policy.changed', body, e)).toBe('accepted');
    expect(stored().witnesses).toHaveLength(5);
    expect(ledger.rows.get('region')).toBeDefined();
  });

  test('does not come from fewer, from one many times, or from the clinics that it brings in', () => {
    for (const approving of [[], [a, b], [a, a, a, a]])
      expect(judged('policy.changed', policyActOf(north.region, withE(), approving, { joining: [e] }))).toBe(
        'refused: policy-without-quorum',
      );
    staysOut('policy.changed', policyActOf(north.region, withE(), [a, b, e], { joining: [e] }), 'ledger.approval-foreign');
    staysOut('policy.changed', policyActOf(north.region, withE(), [a, b, foundClinic('X')]), 'ledger.approval-foreign');
    expect(ledger.rows.has(POLICY_KEY)).toBe(false);
  });

  test('is approved as it stands: no approval serves another list, number or region', () => {
    const right = policyActOf(north.region, withE(), [a, b, c], { joining: [e] });
    const other = next({ witnesses: [clinicWitness(a), clinicWitness(e)] });
    staysOut('policy.changed', { ...right, policy: other }, 'test.signature-invalid');
    const south = foundRegion('south', founders).region;
    staysOut('policy.changed', policyActOf(south, withE(), [a, b, c], { joining: [e] }), 'test.signature-invalid');
  });

  test('cannot be packed: each clinic once, in the region, with a key that it gave itself and nobody else has', () => {
    const packed = (witnesses: Policy['witnesses'], joining: TestClinic[] = []) =>
      judged('policy.changed', policyActOf(north.region, next({ witnesses }), founders, { joining }));
    const stranger = foundClinic('stranger');
    const twin = signingKeyFor('A twin');
    expect(packed([...first.witnesses, clinicWitness(a)])).toBe('refused: policy-witness-twice');
    expect(packed([...first.witnesses, clinicWitness(a, twin)], [a])).toBe('refused: policy-witness-twice');
    expect(packed([...first.witnesses, clinicWitness(e, a.cosignKey)], [e])).toBe('refused: policy-witness-twice');
    expect(packed([...first.witnesses, { ...outsideWitness('w.example'), cosignKey: a.cosignKey.publicKey }])).toBe(
      'refused: policy-witness-twice',
    );
    expect(packed([...first.witnesses, clinicWitness(stranger)], [stranger])).toBe('refused: policy-witness-unknown');
    expect(packed([...first.witnesses, clinicWitness(e)])).toBe('refused: policy-witness-without-consent');
    expect(packed([...first.witnesses.slice(1), clinicWitness(a, twin)])).toBe('refused: policy-witness-without-consent');
    expect(packed([outsideWitness('w.example')])).toBe('refused: policy-without-clinics');
    expect(packed([])).toBe('refused: policy-without-clinics');
    expect(packed([...first.witnesses, { ...clinicWitness(e), name: 'E' }], [e])).toBe('refused: policy-witness-malformed');
  });

  test.each(['careledger/witness/x', 'two words', 'a+b', '', 'ümlaut', 'line\nfeed'])(
    'has no outside witness named %j',
    (name) => {
      const witnesses = [...first.witnesses, { ...outsideWitness('w.example'), name }];
      expect(judged('policy.changed', policyActOf(north.region, next({ witnesses }), founders))).toBe(
        'refused: policy-witness-malformed',
      );
    },
  );

  test('does not take a clinic by a consent that another has signed', () => {
    const right = policyActOf(north.region, withE(), founders, { joining: [e] });
    const forged = { ...right.consents[0]!, signature: sign(a.clinicKey, bytesFor('anything')) };
    staysOut('policy.changed', { ...right, consents: [forged] }, 'test.signature-invalid');
    const foreign = { ...right.consents[0]!, clinicKey: signingKeyFor('thief').publicKey };
    staysOut('policy.changed', { ...right, consents: [foreign] }, 'test.signature-invalid');
    // Rightly signed, by a key that its thief names as the clinic's.
    const thief = signingKeyFor('thief');
    const signature = sign(thief, consentMessage(north.region.id, e.chain, e.cosignKey.publicKey));
    const named = { ...right.consents[0]!, clinicKey: thief.publicKey, signature };
    expect(judged('policy.changed', { ...right, consents: [named] })).toBe('refused: policy-consent-foreign');
    expect(ledger.rows.has(POLICY_KEY)).toBe(false);
  });

  test('follows in order: what was overtaken is refused, whatever it carries', () => {
    const body = policyActOf(north.region, withE(), founders, { joining: [e] });
    expect(judged('policy.changed', body)).toBe('accepted');
    expect(judged('policy.changed', body)).toBe('refused: policy-sequence-stale');
    const overtaken = policyActOf(north.region, next({ witnesses: first.witnesses.slice(1) }), founders);
    expect(judged('policy.changed', overtaken)).toBe('refused: policy-sequence-stale');
    const early = policyActOf(north.region, { ...withE(), sequence: 3 }, founders, { joining: [e] });
    expect(judged('policy.changed', early)).toBe('refused: policy-sequence-stale');
  });

  test('approves from then on, and those who left do not', () => {
    const small = next({ witnesses: [clinicWitness(a), clinicWitness(e)] });
    expect(judged('policy.changed', policyActOf(north.region, small, [b, c, d], { joining: [e] }))).toBe('accepted');
    const later = next({ witnesses: [clinicWitness(e)] }, small);
    staysOut('policy.changed', policyActOf(north.region, later, [a, b]), 'ledger.approval-foreign');
    expect(judged('policy.changed', policyActOf(north.region, later, [a]))).toBe('refused: policy-without-quorum');
    const joiner = foundClinic('joiner');
    const admission = act(a, 'chain.admitted', admissionOf(north.region, joiner, [a, e]), { signer: a.administrator });
    expect(ledger.judge(a.desk, admission)).toBe('accepted');
    const old = act(a, 'chain.admitted', admissionOf(north.region, foundClinic('late'), [b, c, d]), { signer: a.administrator });
    // Refused and not kept out: the desk that asked before the witnesses changed goes on.
    expect(ledger.judge(a.desk, old)).toBe('refused: admission-without-quorum');
  });

  test('is approved by the keys that its approvers have when it comes: who has rolled theirs since approves anew', () => {
    const newKey = signingKeyFor('C clinic 2');
    const keys = {
      previousClinicKey: c.clinicKey.publicKey,
      previousEncryptionKey: agreementKeyFor('C encryption').publicKey,
      clinicKey: newKey.publicKey,
      encryptionKey: agreementKeyFor('C encryption 2').publicKey,
    };
    const message = clinicKeysMessage(c.chain, keys);
    const body = { ...keys, clinicSignature: sign(c.clinicKey, message), proof: sign(newKey, message) };
    const approvedBefore = policyActOf(north.region, withE(), [a, b, c], { joining: [e] });
    expect(ledger.judge(c.desk, act(c, 'clinic.rotated', body, { signer: c.administrator }))).toBe('accepted');
    staysOut('policy.changed', approvedBefore, 'test.signature-invalid');
    expect(ledger.rows.has(POLICY_KEY)).toBe(false);
    const anew = policyActOf(north.region, withE(), [a, b, { ...c, clinicKey: newKey }], { joining: [e] });
    expect(judged('policy.changed', anew)).toBe('accepted');
  });

  test('counts clinics alone when it approves: outside witnesses weigh on checkpoints only', () => {
    const mixed = { ...first, witnesses: [clinicWitness(a), ...['w1', 'w2', 'w3'].map(outsideWitness)] };
    expect(approvalsNeeded(mixed)).toBe(1);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 15 }), fc.nat(14), (n, outside) => {
        fc.pre(outside < n);
        const witnesses = Array.from({ length: n }, (_, at) => (at < outside ? outsideWitness(`w${at}`) : clinicWitness(a)));
        expect(approvalsNeeded({ ...first, witnesses })).toBe(quorumOf(n - outside));
      }),
    );
  });
});

describe('each act changes its own part', () => {
  const newHub = signingKeyFor('north hub 2');

  test('the rules go up, by the quorum', () => {
    expect(judged('rules.activate', policyActOf(north.region, next({ rules: 1 }), founders))).toBe('refused: policy-unchanged');
    expect(judged('rules.activate', policyActOf(north.region, next({ rules: 0 }), founders))).toBe('refused: rules-not-newer');
    expect(judged('rules.activate', policyActOf(north.region, next({ rules: 2 }), [a, b]))).toBe(
      'refused: policy-without-quorum',
    );
    expect(judged('rules.activate', policyActOf(north.region, next({ rules: 2 }), [a, b, c]))).toBe('accepted');
    expect(stored().rules).toBe(2);
  });

  test('the hub’s key is one that the hub holds', () => {
    const policy = next({ hubKey: newHub.publicKey });
    staysOut(
      'hub.rotated',
      { ...policyActOf(north.region, policy, founders), hubProof: new Uint8Array(64) },
      'test.signature-invalid',
    );
    expect(judged('hub.rotated', policyActOf(north.region, policy, founders))).toBe('refused: policy-hub-key-malformed');
    expect(judged('hub.rotated', policyActOf(north.region, policy, [a], { hubKey: newHub }))).toBe(
      'refused: policy-without-quorum',
    );
    expect(judged('hub.rotated', policyActOf(north.region, policy, [a, b, c], { hubKey: newHub }))).toBe('accepted');
    expect(stored().hubKey).toEqual(newHub.publicKey);
  });

  test('and no other', () => {
    const all = next({ rules: 2, hubKey: newHub.publicKey, witnesses: first.witnesses.slice(1) });
    for (const type of ['policy.changed', 'rules.activate', 'hub.rotated'] as const) {
      const body = policyActOf(north.region, all, founders, { hubKey: newHub });
      expect(judged(type, body)).toBe('refused: policy-mixes-changes');
    }
    expect(judged('policy.changed', policyActOf(north.region, next({}), founders))).toBe('refused: policy-unchanged');
  });
});

describe('a policy book', () => {
  const newHub = signingKeyFor('north hub 2');
  const actAt = (position: number, type: PolicyType, body: ReturnType<typeof policyActOf>, by = a): StoredAct => ({
    position,
    event: 0,
    chain: by.id,
    type,
    body: encode(everyRule.rule(type).body, body),
  });
  /** E comes in at 10, the hub gets its second key at 20. */
  const history = (): [StoredAct, StoredAct] => {
    const second = withE();
    const third = next({ hubKey: newHub.publicKey }, second);
    return [
      actAt(10, 'policy.changed', policyActOf(north.region, second, [a, b, c], { joining: [e] })),
      actAt(20, 'hub.rotated', policyActOf(north.region, third, [b, c, d, e], { hubKey: newHub })),
    ];
  };
  const headAt = (size: number) => ({ size, root: bytesFor('root'), effects: bytesFor('effects') });
  const signedBy = (hubKey: SigningKey, size: number) => checkpointOf({ region: north.region, hubKey }, headAt(size));
  const followed = (): PolicyBook => {
    const book = new PolicyBook(north.region);
    for (const each of history()) book.prove(verifySignature, each);
    return book;
  };

  test('judges each checkpoint by the set in force at its size', () => {
    const book = followed();
    const lines = (note: string) => [b, c, e].map((clinic) => cosign(clinic, note)).join('');
    const at = (size: number, hubKey = north.hubKey) => {
      const { note } = signedBy(hubKey, size);
      return book.witnessing(hash, verifySignature, book.open(hash, verifySignature, note + lines(note)));
    };
    expect(at(10)).toMatchObject({ witnessed: false, needed: 3, by: [b.id, c.id] });
    expect(at(11)).toMatchObject({ witnessed: false, needed: 4, by: [b.id, c.id, e.id] });
    expect(quorumOf(5)).toBe(4);
    const { note } = signedBy(newHub, 30);
    const four = note + [b, c, d, e].map((clinic) => cosign(clinic, note)).join('');
    expect(book.witnessing(hash, verifySignature, book.open(hash, verifySignature, four)).witnessed).toBe(true);
  });

  test('opens old checkpoints under the old hub key and new ones under the new, never the other way', () => {
    const book = followed();
    const open = (hubKey: SigningKey, size: number) => () => book.open(hash, verifySignature, signedBy(hubKey, size).note).size;
    const forged = expect.objectContaining({ code: 'ledger.checkpoint-forged' });
    expect(open(north.hubKey, 20)()).toBe(20);
    expect(open(newHub, 21)()).toBe(21);
    expect(open(north.hubKey, 21)).toThrowError(forged);
    expect(open(newHub, 20)).toThrowError(forged);
    expect(open(signingKeyFor('nobody'), 21)).toThrowError(forged);
  });

  test('follows what quorums have signed, and nothing else', () => {
    const unproven = expect.objectContaining({ code: 'ledger.policy-unproven' });
    const refuses = (...acts: StoredAct[]) => {
      const book = new PolicyBook(north.region);
      const last = acts.pop() as StoredAct;
      for (const each of acts) book.prove(verifySignature, each);
      expect(() => book.prove(verifySignature, last)).toThrowError(unproven);
      expect(book.all).toHaveLength(acts.length + 1);
    };
    const [came, rotated] = history();
    refuses(rotated);
    refuses(came, { ...came, position: 12 });
    refuses(actAt(10, 'policy.changed', policyActOf(north.region, withE(), [a, b], { joining: [e] })));
    refuses(actAt(10, 'policy.changed', policyActOf(foundRegion('south', founders).region, withE(), founders, { joining: [e] })));
    const imposter = { ...e, clinicKey: signingKeyFor('imposter') };
    const consented = policyActOf(north.region, withE(), founders, { joining: [e] });
    refuses(
      actAt(10, 'policy.changed', { ...consented, consents: [{ ...consented.consents[0]!, signature: new Uint8Array(64) }] }),
    );
    // The imposter's own key in the consent is what the quorum would have to be fooled with: it approves E's next acts.
    const body = policyActOf(north.region, next({ hubKey: newHub.publicKey }, withE()), [b, c, d, imposter], { hubKey: newHub });
    refuses(came, actAt(20, 'hub.rotated', body));
    refuses(came, { ...rotated, type: 'device.enrolled' });
  });

  test('follows a witness clinic to its new clinic key: the old one approves no more', () => {
    const newKey = signingKeyFor('A clinic 2');
    const body = {
      previousClinicKey: a.clinicKey.publicKey,
      previousEncryptionKey: bytesFor('x'),
      clinicKey: newKey.publicKey,
      encryptionKey: bytesFor('x'),
    };
    const message = clinicKeysMessage(a.chain, body);
    const rotated = (by: SigningKey): StoredAct => ({
      position: 5,
      event: 0,
      chain: a.id,
      type: 'clinic.rotated',
      body: encode(everyRule.rule('clinic.rotated').body, {
        ...body,
        clinicSignature: sign(by, message),
        proof: sign(newKey, message),
      }),
    });
    const book = new PolicyBook(north.region);
    expect(() => book.prove(verifySignature, rotated(newKey))).toThrowError(
      expect.objectContaining({ code: 'ledger.policy-unproven' }),
    );
    book.prove(verifySignature, rotated(a.clinicKey));
    expect(() => book.prove(verifySignature, history()[0])).toThrowError(
      expect.objectContaining({ code: 'ledger.policy-unproven' }),
    );
    const again = policyActOf(north.region, withE(), [{ ...a, clinicKey: newKey }, b, c], { joining: [e] });
    book.prove(verifySignature, actAt(10, 'policy.changed', again));
    expect(book.current.witnesses).toHaveLength(5);
  });
});
