/** On the ledger: whom a computer of a clinic answers in FHIR is said by that clinic's administrator, of a workstation that is in use. */
import { beforeEach, expect, test } from 'vitest';
import { sign } from '../../server/vault/primitives.ts';
import { deviceMessage } from '../../shared/ledger/enrolment-rules.ts';
import {
  act,
  agreementKeyFor,
  foundClinic,
  foundRegion,
  MemoryLedger,
  signingKeyFor,
  type TestClinic,
} from '../support/ledger-builder.ts';

let a: TestClinic;
let b: TestClinic;
let ledger: MemoryLedger;

beforeEach(() => {
  [a, b] = [foundClinic('A'), foundClinic('B')];
  ledger = new MemoryLedger(foundRegion('north', [a, b]).region);
});

const said = (device: Uint8Array, signer = a.administrator): string =>
  ledger.judge(a.desk, act(a, 'facade.reach', { device, reach: 'network' }, { signer }));

function enrol(label: string, kind: 'workstation' | 'kiosk' | 'gateway'): Uint8Array {
  const body = { device: signingKeyFor(label).publicKey, encryptionKey: agreementKeyFor(label).publicKey };
  const clinicSignature = sign(a.clinicKey, deviceMessage(a.chain, body));
  const enrolled = act(a, 'device.enrolled', { ...body, kind, clinicSignature }, { signer: a.administrator });
  expect(ledger.judge(a.desk, enrolled)).toBe('accepted');
  return body.device;
}

test('of a workstation of the own clinic, and as often as it changes', () => {
  expect([said(a.desk.key.publicKey), said(enrol('second', 'workstation'))]).toEqual(['accepted', 'accepted']);
  expect(said(a.desk.key.publicKey)).toBe('accepted');
});

test('by nobody else, of nobody else’s, and of nothing that is no workstation', () => {
  const doctor = signingKeyFor('doctor');
  const enrolled = act(a, 'staff.enrolled', { staff: doctor.publicKey, role: 'clinician' }, { signer: a.administrator });
  expect(ledger.judge(a.desk, enrolled)).toBe('accepted');
  expect(said(a.desk.key.publicKey, doctor)).toBe('refused: not-an-administrator');
  expect(said(b.desk.key.publicKey)).toBe('refused: device-of-another-clinic');
  for (const kind of ['kiosk', 'gateway'] as const) expect(said(enrol(kind, kind)), kind).toBe('refused: not-a-workstation');
});

test('no more once it is revoked', () => {
  const device = enrol('second', 'workstation');
  expect(said(device)).toBe('accepted');
  const revoked = act(a, 'device.revoked', { device }, { signer: a.administrator });
  expect(ledger.judge(a.desk, revoked)).toBe('accepted');
  expect(said(device)).toBe('refused: not-a-workstation');
});
