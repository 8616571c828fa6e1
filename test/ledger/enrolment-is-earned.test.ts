import { beforeEach, describe, expect, test } from 'vitest';
import { sign } from '../../server/vault/primitives.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { bodySignatures } from '../../shared/ledger/admission.ts';
import { blockHash, openBlock } from '../../shared/ledger/block.ts';
import { deviceMessage } from '../../shared/ledger/enrolment-rules.ts';
import type { SignedEvent } from '../../shared/ledger/event.ts';
import { chainRow, deviceRow, type Role, staffRow } from '../../shared/ledger/rows.ts';
import { openEvents, PageView } from '../../shared/ledger/rules.ts';
import {
  type ActOptions,
  act,
  admissionOf,
  agreementKeyFor,
  bytesFor,
  everyRule,
  foundClinic,
  foundRegion,
  hash,
  MemoryLedger,
  signingKeyFor,
  type TestClinic,
  TestDevice,
  type TestRegion,
} from '../support/ledger-builder.ts';

let clinics: TestClinic[];
let north: TestRegion;
let ledger: MemoryLedger;
let a: TestClinic;
let b: TestClinic;
let joiner: TestClinic;
let colleague: TestDevice;
const nurse = signingKeyFor('A nurse');

beforeEach(() => {
  clinics = ['A', 'B', 'C', 'D'].map((label) => foundClinic(label));
  [a, b] = clinics as [TestClinic, TestClinic];
  north = foundRegion('north', clinics);
  ledger = new MemoryLedger(north.region);
  joiner = foundClinic('joiner', 'research');
  colleague = new TestDevice(a.chain, signingKeyFor('A second desk'), bytesFor('epoch 2', 8));
});

const enrolStaff = (clinic: TestClinic, key: Uint8Array, role: Role, signer = clinic.administrator): SignedEvent =>
  act(clinic, 'staff.enrolled', { staff: key, role }, { signer });
const enrolDevice = (
  clinic: TestClinic,
  device: TestDevice,
  options: ActOptions = { signer: clinic.administrator },
): SignedEvent => {
  const body = { device: device.key.publicKey, encryptionKey: agreementKeyFor('device').publicKey };
  const clinicSignature = sign(clinic.clinicKey, deviceMessage(clinic.chain, body));
  return act(clinic, 'device.enrolled', { ...body, kind: 'kiosk', clinicSignature }, options);
};
const admit = (approving: readonly TestClinic[], region = north.region): SignedEvent =>
  act(a, 'chain.admitted', admissionOf(region, joiner, approving), { signer: a.administrator });
const heartbeat = (clinic: TestClinic): SignedEvent => act(clinic, 'access.sealed', { root: bytesFor('root'), count: 0 });

describe('a clinic enters the region', () => {
  test('by the quorum, and then writes; before, its blocks are refused', () => {
    const early = joiner.desk.seal({ events: [heartbeat(joiner)] });
    expect(() => ledger.append(early)).toThrowError(expect.objectContaining({ code: 'ledger.chain-unknown' }));
    expect(ledger.judge(a.desk, admit(clinics.slice(0, 3)))).toBe('accepted');
    expect(decode(chainRow, ledger.rows.get(`chain/${joiner.id}`)!)).toMatchObject({
      kind: 'research',
      clinicKey: joiner.clinicKey.publicKey,
    });
    expect(ledger.judge(joiner.desk, heartbeat(joiner))).toBe('accepted');
    expect(ledger.judge(joiner.desk, enrolStaff(joiner, nurse.publicKey, 'nurse'))).toBe('accepted');
  });

  test('not by fewer, nor by one clinic many times', () => {
    expect(ledger.judge(a.desk, admit([]))).toBe('refused: admission-without-quorum');
    expect(ledger.judge(a.desk, admit(clinics.slice(0, 2)))).toBe('refused: admission-without-quorum');
    expect(ledger.judge(a.desk, admit([a, a, a, a]))).toBe('refused: admission-without-quorum');
    expect(ledger.rows.has(`chain/${joiner.id}`)).toBe(false);
  });

  test('and the approval of a clinic that is no witness counts for nothing, and keeps no block out', () => {
    expect(ledger.judge(a.desk, admit([a, b, joiner]))).toBe('refused: admission-without-quorum');
    expect(ledger.judge(a.desk, admit([a, b, foundClinic('stranger')]))).toBe('refused: admission-without-quorum');
    expect(ledger.judge(a.desk, admit([...clinics, foundClinic('stranger')]))).toBe('accepted');
  });

  test('by the founder alone while there is one', () => {
    const lonely = foundClinic('lonely');
    const region = foundRegion('small', [lonely]).region;
    const body = admissionOf(region, joiner, [lonely]);
    const small = new MemoryLedger(region);
    expect(small.judge(lonely.desk, act(lonely, 'chain.admitted', body, { signer: lonely.administrator }))).toBe('accepted');
    const without = act(lonely, 'chain.admitted', admissionOf(region, foundClinic('next'), []), { signer: lonely.administrator });
    expect(small.judge(lonely.desk, without)).toBe('refused: admission-without-quorum');
  });

  test('once, and only the region that it asked', () => {
    expect(ledger.judge(a.desk, admit(clinics, foundRegion('south', clinics).region))).toBe(
      'refused: admission-of-another-region',
    );
    expect(ledger.judge(a.desk, admit(clinics))).toBe('accepted');
    expect(ledger.judge(a.desk, admit(clinics))).toBe('refused: chain-already-admitted');
  });

  test('not under a device or administrator key that somebody has already', () => {
    expect(ledger.judge(a.desk, enrolStaff(a, joiner.administrator.publicKey, 'nurse'))).toBe('accepted');
    expect(ledger.judge(a.desk, admit(clinics))).toBe('refused: chain-already-admitted');
  });

  test.each(['clinicSignature', 'approvals'] as const)('not when its %s is not a valid signature', (field) => {
    const body = admissionOf(north.region, joiner, clinics);
    const forged = {
      clinicSignature: new Uint8Array(64),
      approvals: body.approvals.with(1, { chain: b.chain, signature: body.approvals[0]!.signature }),
    };
    const event = act(a, 'chain.admitted', { ...body, [field]: forged[field] }, { signer: a.administrator });
    expect(() => ledger.append(a.desk.seal({ events: [event] }))).toThrowError(
      expect.objectContaining({ code: 'test.signature-invalid' }),
    );
  });

  test('not with a forged founding statement', () => {
    const body = admissionOf(north.region, joiner, clinics);
    const event = act(
      a,
      'chain.admitted',
      { ...body, founding: body.founding.with(-1, body.founding.at(-1)! ^ 1) },
      { signer: a.administrator },
    );
    expect(() => ledger.append(a.desk.seal({ events: [event] }))).toThrowError(
      expect.objectContaining({ code: 'ledger.founding-forged' }),
    );
  });
});

describe('a device', () => {
  test('is let in by an administrator with the key of its clinic, and then writes its own chain', () => {
    const early = colleague.seal({ events: [heartbeat(a)] });
    expect(() => ledger.append(early)).toThrowError(expect.objectContaining({ code: 'ledger.device-unknown' }));
    expect(ledger.judge(a.desk, enrolDevice(a, colleague))).toBe('accepted');
    expect(decode(deviceRow, ledger.rows.get(`device/${colleague.id}`)!)).toMatchObject({
      kind: 'kiosk',
      revoked: false,
      chain: a.chain,
    });
    expect(
      ledger.judge(colleague, act(a, 'access.sealed', { root: bytesFor('root'), count: 1 }, { author: colleague.key.publicKey })),
    ).toBe('accepted');
  });

  test('is let in once, by no other clinic, and never again after its revocation', () => {
    expect(ledger.judge(a.desk, enrolDevice(a, colleague))).toBe('accepted');
    expect(ledger.judge(a.desk, enrolDevice(a, colleague))).toBe('refused: device-already-enrolled');
    expect(ledger.judge(b.desk, enrolDevice(b, colleague))).toBe('refused: device-already-enrolled');
    expect(ledger.judge(a.desk, act(a, 'device.revoked', { device: colleague.key.publicKey }, { signer: a.administrator }))).toBe(
      'accepted',
    );
    expect(ledger.judge(a.desk, enrolDevice(a, colleague))).toBe('refused: device-already-enrolled');
  });

  test('is not let in by who is no administrator, nor without the clinic’s signature', () => {
    expect(ledger.judge(a.desk, enrolStaff(a, nurse.publicKey, 'nurse'))).toBe('accepted');
    expect(ledger.judge(a.desk, enrolDevice(a, colleague, { signer: nurse }))).toBe('refused: not-an-administrator');
    const body = {
      device: colleague.key.publicKey,
      encryptionKey: bytesFor('x'),
      kind: 'kiosk',
      clinicSignature: new Uint8Array(64),
    };
    const forged = a.desk.seal({ events: [act(a, 'device.enrolled', body, { signer: a.administrator })] });
    expect(() => ledger.append(forged)).toThrowError(expect.objectContaining({ code: 'test.signature-invalid' }));
  });

  test('that is revoked writes no more; what it wrote before stays', () => {
    ledger.judge(a.desk, enrolDevice(a, colleague));
    const wrote = act(a, 'access.sealed', { root: bytesFor('root'), count: 1 }, { author: colleague.key.publicKey });
    expect(ledger.judge(colleague, wrote)).toBe('accepted');
    const revoke = act(a, 'device.revoked', { device: colleague.key.publicKey }, { signer: a.administrator });
    expect(ledger.judge(a.desk, revoke)).toBe('accepted');
    expect(() => ledger.judge(colleague, wrote)).toThrowError(expect.objectContaining({ code: 'ledger.device-revoked' }));
    expect(ledger.rows.has(`access/${colleague.id}`)).toBe(true);
    expect(ledger.judge(a.desk, revoke)).toBe('accepted');
  });

  test('is revoked by an administrator of its own clinic only', () => {
    const revoke = (by: TestClinic, signer = by.administrator) =>
      act(by, 'device.revoked', { device: a.desk.key.publicKey }, { signer });
    expect(ledger.judge(b.desk, revoke(b))).toBe('refused: device-of-another-clinic');
    ledger.judge(a.desk, enrolStaff(a, nurse.publicKey, 'clinician'));
    expect(ledger.judge(a.desk, revoke(a, nurse))).toBe('refused: not-an-administrator');
    expect(ledger.judge(a.desk, act(a, 'device.revoked', { device: bytesFor('nobody') }, { signer: a.administrator }))).toBe(
      'refused: device-of-another-clinic',
    );
  });

  test('of one clinic writes for no other', () => {
    const foreign = a.desk.seal({ chain: b.chain, events: [heartbeat(a)] });
    expect(() => ledger.append(foreign)).toThrowError(expect.objectContaining({ code: 'ledger.device-unknown' }));
  });
});

test('nothing that a clinic signs inside an event counts before the clinic is admitted', () => {
  const sealed = joiner.desk.seal({ events: [enrolDevice(joiner, colleague)] });
  const opened = openEvents(everyRule, openBlock(sealed), blockHash(hash, sealed));
  const view = new PageView(new Map(opened.reads.map((key) => [key, ledger.rows.get(key)])));
  expect(() => bodySignatures(view, opened)).toThrowError(expect.objectContaining({ code: 'ledger.chain-unknown' }));
});

describe('a staff member', () => {
  test('is enrolled by an administrator, whose new role counts from there', () => {
    expect(ledger.judge(a.desk, enrolStaff(a, nurse.publicKey, 'nurse'))).toBe('accepted');
    const other = signingKeyFor('A other');
    expect(ledger.judge(a.desk, enrolStaff(a, other.publicKey, 'clinician', nurse))).toBe('refused: not-an-administrator');
    expect(ledger.judge(a.desk, enrolStaff(a, nurse.publicKey, 'administrator'))).toBe('accepted');
    expect(ledger.judge(a.desk, enrolStaff(a, other.publicKey, 'clinician', nurse))).toBe('accepted');
    expect(decode(staffRow, ledger.rows.get(`staff/${toHex(other.publicKey)}`)!)).toEqual({
      chain: a.chain,
      role: 'clinician',
      revoked: false,
    });
  });

  test('belongs to one clinic, and a revoked key never comes back', () => {
    ledger.judge(a.desk, enrolStaff(a, nurse.publicKey, 'nurse'));
    expect(ledger.judge(b.desk, enrolStaff(b, nurse.publicKey, 'nurse'))).toBe('refused: staff-key-used-before');
    const revoke = (by: TestClinic, signer = by.administrator) =>
      act(by, 'staff.revoked', { staff: nurse.publicKey }, { signer });
    expect(ledger.judge(b.desk, revoke(b))).toBe('refused: staff-of-another-clinic');
    expect(ledger.judge(a.desk, revoke(a, nurse))).toBe('refused: not-an-administrator');
    expect(ledger.judge(a.desk, revoke(a))).toBe('accepted');
    expect(ledger.judge(a.desk, enrolStaff(a, nurse.publicKey, 'nurse'))).toBe('refused: staff-key-used-before');
    expect(ledger.judge(a.desk, act(a, 'staff.revoked', { staff: bytesFor('nobody') }, { signer: a.administrator }))).toBe(
      'refused: staff-of-another-clinic',
    );
  });

  const put = (clinic: TestClinic, options: ActOptions) =>
    act(
      clinic,
      'record.put',
      { record: bytesFor('r', 16), version: 1, previous: new Uint8Array(0), document: bytesFor('d') },
      { handle: bytesFor('h', 16), ...options },
    );
  const granted = (signer: typeof nurse) => enrolStaff(a, bytesFor('anybody'), 'nurse', signer);

  test('who is unknown, of another clinic, or revoked has no rights and disputes facts', () => {
    const unknown = signingKeyFor('nobody');
    expect(ledger.judge(a.desk, granted(unknown))).toBe('refused: author-not-enrolled');
    expect(ledger.judge(a.desk, put(a, { signer: unknown }))).toBe('disputed: author-not-enrolled');
    expect(ledger.judge(a.desk, granted(b.administrator))).toBe('refused: author-of-another-clinic');
    expect(ledger.judge(a.desk, put(a, { signer: b.administrator }))).toBe('disputed: author-of-another-clinic');
    ledger.judge(a.desk, enrolStaff(a, nurse.publicKey, 'administrator'));
    ledger.judge(a.desk, act(a, 'staff.revoked', { staff: nurse.publicKey }, { signer: a.administrator }));
    expect(ledger.judge(a.desk, granted(nurse))).toBe('refused: author-revoked');
    expect(ledger.judge(a.desk, put(a, { signer: nurse }))).toBe('disputed: author-revoked');
  });

  test('is not named as author by another clinic, signature or not', () => {
    expect(ledger.judge(a.desk, put(a, { author: b.administrator.publicKey }))).toBe('disputed: author-of-another-clinic');
    expect(ledger.judge(a.desk, put(a, { author: bytesFor('nobody') }))).toBe('disputed: author-not-enrolled');
    expect(ledger.judge(a.desk, put(a, { author: b.desk.key.publicKey }))).toBe('disputed: author-not-enrolled');
    expect(ledger.judge(a.desk, put(a, { author: a.administrator.publicKey }))).toBe('accepted');
  });

  test('does not sign by proxy: a personal signature that does not hold keeps the block out', () => {
    const event = put(a, { signer: a.administrator });
    const forged = a.desk.seal({ events: [{ ...event, signature: event.signature.with(3, event.signature[3]! ^ 1) }] });
    expect(() => ledger.append(forged)).toThrowError(expect.objectContaining({ code: 'test.signature-invalid' }));
  });
});
