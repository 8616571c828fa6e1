import { beforeEach, describe, expect, test } from 'vitest';
import { type SigningKey, sign } from '../../server/vault/primitives.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { deviceMessage } from '../../shared/ledger/enrolment-rules.ts';
import { clinicKeysMessage, staffKeyMessage } from '../../shared/ledger/rotation-rules.ts';
import { chainRow, staffRow } from '../../shared/ledger/rows.ts';
import {
  act,
  agreementKeyFor,
  bytesFor,
  foundClinic,
  foundRegion,
  MemoryLedger,
  signingKeyFor,
  type TestClinic,
} from '../support/ledger-builder.ts';

let a: TestClinic;
let b: TestClinic;
let ledger: MemoryLedger;
const nurse = signingKeyFor('A nurse');
const newClinicKey = signingKeyFor('A clinic 2');
const encryption = (number: number): Uint8Array =>
  agreementKeyFor(number === 1 ? 'A encryption' : `A encryption ${number}`).publicKey;

beforeEach(() => {
  [a, b] = [foundClinic('A'), foundClinic('B')];
  ledger = new MemoryLedger(foundRegion('north', [a, b]).region);
  const enrolled = act(a, 'staff.enrolled', { staff: nurse.publicKey, role: 'nurse' }, { signer: a.administrator });
  expect(ledger.judge(a.desk, enrolled)).toBe('accepted');
});

interface Roll {
  readonly from?: [SigningKey, number];
  readonly to?: [SigningKey, number];
  readonly by?: SigningKey;
}
/** `clinic.rotated` of A, from one clinic key and number of encryption key to another. */
function roll({ from = [a.clinicKey, 1], to = [a.clinicKey, 2], by = a.administrator }: Roll) {
  const keys = {
    previousClinicKey: from[0].publicKey,
    previousEncryptionKey: encryption(from[1]),
    clinicKey: to[0].publicKey,
    encryptionKey: encryption(to[1]),
  };
  const message = clinicKeysMessage(a.chain, keys);
  return act(
    a,
    'clinic.rotated',
    { ...keys, clinicSignature: sign(from[0], message), proof: sign(to[0], message) },
    { signer: by },
  );
}
const row = () => decode(chainRow, ledger.rows.get(`chain/${a.id}`)!);
const staysOut = (event: ReturnType<typeof act>, code = 'test.signature-invalid'): void =>
  expect(() => ledger.append(a.desk.seal({ events: [event] }))).toThrowError(expect.objectContaining({ code }));
const enrolDevice = (key: SigningKey, label = 'A second desk') => {
  const device = { device: signingKeyFor(label).publicKey, encryptionKey: bytesFor('device encryption') };
  const clinicSignature = sign(key, deviceMessage(a.chain, device));
  return act(a, 'device.enrolled', { ...device, kind: 'workstation', clinicSignature }, { signer: a.administrator });
};

describe('a clinic’s keys', () => {
  test('the encryption key rolls by anybody of the clinic, with the clinic’s signature', () => {
    expect(ledger.judge(a.desk, roll({ by: nurse }))).toBe('accepted');
    expect(row()).toMatchObject({ clinicKey: a.clinicKey.publicKey, encryptionKey: encryption(2), name: 'Clinic A' });
    expect(ledger.judge(a.desk, roll({ from: [a.clinicKey, 2], to: [a.clinicKey, 3], by: nurse }))).toBe('accepted');
  });

  test('a key that was overtaken by another desk is refused and holds nobody up; an old one does not come back', () => {
    const first = roll({});
    expect(ledger.judge(a.desk, roll({ to: [a.clinicKey, 3] }))).toBe('accepted');
    expect(ledger.judge(a.desk, first)).toBe('refused: keys-stale');
    expect(ledger.judge(a.desk, roll({ from: [a.clinicKey, 2] }))).toBe('refused: keys-stale');
    expect(row().encryptionKey).toEqual(encryption(3));
    expect(ledger.judge(a.desk, roll({ from: [a.clinicKey, 3], to: [a.clinicKey, 3] }))).toBe('refused: keys-unchanged');
  });

  test('the clinic key changes by an administrator, signed by the old and the new one', () => {
    const change = { to: [newClinicKey, 1] as [SigningKey, number] };
    expect(ledger.judge(a.desk, roll({ ...change, by: nurse }))).toBe('refused: not-an-administrator');
    expect(ledger.judge(a.desk, roll(change))).toBe('accepted');
    expect(row().clinicKey).toEqual(newClinicKey.publicKey);
  });

  test('a thief of neither key, and one of the new key alone, changes nothing', () => {
    const thief = signingKeyFor('thief');
    const forged = (clinicSigner: SigningKey, proofSigner: SigningKey) => {
      const keys = {
        previousClinicKey: a.clinicKey.publicKey,
        previousEncryptionKey: encryption(1),
        clinicKey: newClinicKey.publicKey,
        encryptionKey: encryption(2),
      };
      const message = clinicKeysMessage(a.chain, keys);
      const signatures = { clinicSignature: sign(clinicSigner, message), proof: sign(proofSigner, message) };
      return act(a, 'clinic.rotated', { ...keys, ...signatures }, { signer: a.administrator });
    };
    staysOut(forged(thief, newClinicKey));
    staysOut(forged(newClinicKey, newClinicKey));
    staysOut(forged(a.clinicKey, thief));
  });

  test('what the clinic signs is judged by the key of its place: the old one before, the new one after', () => {
    staysOut(enrolDevice(newClinicKey));
    expect(ledger.judge(a.desk, enrolDevice(a.clinicKey))).toBe('accepted');
    expect(ledger.judge(a.desk, roll({ to: [newClinicKey, 1] }))).toBe('accepted');
    staysOut(enrolDevice(a.clinicKey, 'A third desk'));
    expect(ledger.judge(a.desk, enrolDevice(newClinicKey, 'A third desk'))).toBe('accepted');
  });

  test('in one block with the change, what follows is still judged by the old key', () => {
    const sealed = a.desk.seal({ events: [roll({ to: [newClinicKey, 1] }), enrolDevice(newClinicKey)] });
    expect(() => ledger.append(sealed)).toThrowError(expect.objectContaining({ code: 'test.signature-invalid' }));
    const [[rolled, enrolled] = []] = ledger.append(a.desk.write(roll({ to: [newClinicKey, 1] }), enrolDevice(a.clinicKey)));
    expect([rolled?.verdict, enrolled?.verdict]).toEqual(['accepted', 'accepted']);
  });

  test('no clinic changes the keys of another', () => {
    const { event } = roll({});
    const stolen = b.desk.seal({ events: [{ event, signature: new Uint8Array(64) }] });
    expect(() => ledger.append(stolen)).toThrowError(expect.objectContaining({ code: 'test.signature-invalid' }));
  });
});

describe('a person’s key', () => {
  const newKey = signingKeyFor('A nurse 2');
  const rotate = (from: SigningKey, to: SigningKey, prover = to, proven = to) => {
    const proof = sign(prover, staffKeyMessage(a.chain, from.publicKey, proven.publicKey));
    return act(a, 'staff.rotated', { staff: to.publicKey, proof }, { signer: from });
  };
  const staffRowOf = (key: SigningKey) => decode(staffRow, ledger.rows.get(`staff/${toHex(key.publicKey)}`)!);

  test('passes its role on to a new one and ends', () => {
    expect(ledger.judge(a.desk, rotate(nurse, newKey))).toBe('accepted');
    expect(staffRowOf(nurse)).toMatchObject({ role: 'nurse', revoked: true });
    expect(staffRowOf(newKey)).toEqual({ chain: a.chain, role: 'nurse', revoked: false });
    expect(ledger.judge(a.desk, rotate(nurse, signingKeyFor('A nurse 3')))).toBe('refused: author-revoked');
    expect(ledger.judge(a.desk, roll({ by: nurse }))).toBe('refused: author-revoked');
    expect(ledger.judge(a.desk, roll({ by: newKey }))).toBe('accepted');
  });

  test('does not pass on to a key that somebody has, nor to one that it does not hold', () => {
    expect(ledger.judge(a.desk, rotate(nurse, a.administrator))).toBe('refused: staff-key-used-before');
    expect(ledger.judge(a.desk, rotate(nurse, b.administrator))).toBe('refused: staff-key-used-before');
    staysOut(rotate(nurse, newKey, signingKeyFor('thief')));
    staysOut(rotate(nurse, newKey, newKey, signingKeyFor('another')));
  });

  test('of nobody enrolled passes nothing on', () => {
    expect(ledger.judge(a.desk, rotate(signingKeyFor('stranger'), newKey))).toBe('refused: author-not-enrolled');
  });
});
