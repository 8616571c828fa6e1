/** Who may write: admission of chains by the quorum, of devices and staff by their clinic, and their revocation. */
import { concat, equalBytes, fromHex, toHex } from '../encoding/bytes.ts';
import { choice, type Decoded, fixed, list, opaque, struct, u64 } from '../encoding/codec.ts';
import { type Founding, MAX_WITNESSES, openFounding, type Verify } from './founding.ts';
import type { Hash } from './merkle.ts';
import { approvalsNeeded, approvingClinics, POLICY_KEY, policyOf, witnessClinics } from './policy.ts';
import { chainRow, deviceRow, REGION_KEY, ROLES, regionRow, staffRow } from './rows.ts';
import {
  accepted,
  type BlockWriter,
  chainKey,
  clinicKeyOf,
  deviceKey,
  type EventRule,
  putRow,
  readRow,
  refused,
  type StateView,
  staffKey,
} from './rules.ts';
import { TAG } from './tags.ts';

const chainAdmitted = struct({
  region: fixed(32),
  founding: opaque(2100),
  epoch: fixed(8),
  height: u64,
  head: fixed(32),
  clinicSignature: fixed(64),
  approvals: list(struct({ chain: fixed(32), signature: fixed(64) }), MAX_WITNESSES),
});
/** `epoch`, `height` and `head` say where the joining clinic's first device stood when it asked. */
export type ChainAdmitted = Decoded<typeof chainAdmitted>;
export const chainAdmittedBody = chainAdmitted;

/** What the joining clinic and each approving clinic sign. */
export function admissionMessage(admission: Pick<ChainAdmitted, 'region' | 'head'>, chain: Uint8Array): Uint8Array {
  return concat(TAG.admission, admission.region, chain, admission.head);
}

export const deviceEnrolledBody = struct({
  device: fixed(32),
  encryptionKey: fixed(32),
  kind: choice('workstation', 'kiosk', 'gateway'),
  clinicSignature: fixed(64),
});
type DeviceEnrolled = Decoded<typeof deviceEnrolledBody>;

/** What a clinic signs when it lets a device in. */
export function deviceMessage(chain: Uint8Array, device: Pick<DeviceEnrolled, 'device' | 'encryptionKey'>): Uint8Array {
  return concat(TAG.device, chain, device.device, device.encryptionKey);
}

export const deviceRevokedBody = struct({ device: fixed(32) });
export const staffEnrolledBody = struct({ staff: fixed(32), role: choice(...ROLES) });
export const staffRevokedBody = struct({ staff: fixed(32) });

/** The rows that a founding brings into the state: the chain, its first device and its first administrator. */
export function foundingRows(founding: Founding): ReadonlyArray<readonly [string, Uint8Array]> {
  const { statement, chain } = founding;
  return [
    putRow(chainKey(toHex(chain)), chainRow, {
      kind: statement.kind,
      name: statement.name,
      clinicKey: statement.clinicKey,
      encryptionKey: statement.encryptionKey,
    }),
    putRow(deviceKey(toHex(statement.deviceKey)), deviceRow, {
      chain,
      kind: 'workstation',
      encryptionKey: statement.deviceEncryptionKey,
      revoked: false,
    }),
    putRow(staffKey(toHex(statement.administratorKey)), staffRow, { chain, role: 'administrator', revoked: false }),
  ];
}

/** Whether the author is an active administrator of the writing clinic. */
export function isAdministrator(view: StateView, author: string, writer: BlockWriter): boolean {
  const staff = readRow(view, staffKey(author), staffRow);
  return staff !== undefined && !staff.revoked && staff.role === 'administrator' && toHex(staff.chain) === writer.chain;
}

const deviceEnrolled: EventRule<DeviceEnrolled> = {
  type: 'device.enrolled',
  kind: 'right',
  body: deviceEnrolledBody,
  personal: 'required',
  handle: 'none',
  reads: ({ body }, writer) => [deviceKey(toHex(body.device)), chainKey(writer.chain)],
  signatures: (view, { body }, writer) => {
    return [
      { key: clinicKeyOf(view, writer), message: deviceMessage(fromHex(writer.chain), body), signature: body.clinicSignature },
    ];
  },
  judge: (view, { body, author }, writer) => {
    if (!isAdministrator(view, author, writer)) return refused('not-an-administrator');
    if (view.get(deviceKey(toHex(body.device)))) return refused('device-already-enrolled');
    const { encryptionKey, kind } = body;
    return accepted(
      putRow(deviceKey(toHex(body.device)), deviceRow, { chain: fromHex(writer.chain), kind, encryptionKey, revoked: false }),
    );
  },
};

const deviceRevoked: EventRule<Decoded<typeof deviceRevokedBody>> = {
  type: 'device.revoked',
  kind: 'right',
  body: deviceRevokedBody,
  personal: 'required',
  handle: 'none',
  reads: ({ body }) => [deviceKey(toHex(body.device))],
  judge: (view, { body, author }, writer) => {
    if (!isAdministrator(view, author, writer)) return refused('not-an-administrator');
    const device = readRow(view, deviceKey(toHex(body.device)), deviceRow);
    if (!device || toHex(device.chain) !== writer.chain) return refused('device-of-another-clinic');
    return accepted(putRow(deviceKey(toHex(body.device)), deviceRow, { ...device, revoked: true }));
  },
};

const staffEnrolled: EventRule<Decoded<typeof staffEnrolledBody>> = {
  type: 'staff.enrolled',
  kind: 'right',
  body: staffEnrolledBody,
  personal: 'required',
  handle: 'none',
  reads: ({ body }) => [staffKey(toHex(body.staff))],
  judge: (view, { body, author }, writer) => {
    if (!isAdministrator(view, author, writer)) return refused('not-an-administrator');
    const key = staffKey(toHex(body.staff));
    const staff = readRow(view, key, staffRow);
    if (staff && (staff.revoked || toHex(staff.chain) !== writer.chain)) return refused('staff-key-used-before');
    return accepted(putRow(key, staffRow, { chain: fromHex(writer.chain), role: body.role, revoked: false }));
  },
};

const staffRevoked: EventRule<Decoded<typeof staffRevokedBody>> = {
  type: 'staff.revoked',
  kind: 'right',
  body: staffRevokedBody,
  personal: 'required',
  handle: 'none',
  reads: ({ body }) => [staffKey(toHex(body.staff))],
  judge: (view, { body, author }, writer) => {
    if (!isAdministrator(view, author, writer)) return refused('not-an-administrator');
    const staff = readRow(view, staffKey(toHex(body.staff)), staffRow);
    if (!staff || toHex(staff.chain) !== writer.chain) return refused('staff-of-another-clinic');
    return accepted(putRow(staffKey(toHex(body.staff)), staffRow, { ...staff, revoked: true }));
  },
};

/** @param hash SHA-256. @param verify the one Ed25519 verifier: a founding inside an event is opened before it is used. */
export function enrolmentRules(hash: Hash, verify: Verify): ReadonlyArray<EventRule<unknown>> {
  const admitted: EventRule<ChainAdmitted> = {
    type: 'chain.admitted',
    kind: 'right',
    body: chainAdmitted,
    personal: 'required',
    handle: 'none',
    reads: ({ body }) => {
      const { chain, statement } = openFounding(hash, verify, body.founding);
      const rows = [chainKey(toHex(chain)), deviceKey(toHex(statement.deviceKey)), staffKey(toHex(statement.administratorKey))];
      return [REGION_KEY, POLICY_KEY, ...rows, ...body.approvals.map((approval) => chainKey(toHex(approval.chain)))];
    },
    signatures: (view, { body }) => {
      const { chain, statement } = openFounding(hash, verify, body.founding);
      const message = admissionMessage(body, chain);
      const policy = policyOf(view);
      const witnesses = policy ? witnessClinics(policy) : [];
      // Who is no witness at this place approves nothing, and is not looked at: the witnesses may have changed since it was asked, and a
      // block that could not enter for that would hold up its device for good.
      const approvals = body.approvals.flatMap((approval) => {
        const isWitness = witnesses.some((witness) => equalBytes(witness.chain, approval.chain));
        const row = isWitness ? readRow(view, chainKey(toHex(approval.chain)), chainRow) : undefined;
        return row ? [{ key: row.clinicKey, message, signature: approval.signature }] : [];
      });
      return [{ key: statement.clinicKey, message, signature: body.clinicSignature }, ...approvals];
    },
    judge: (view, { body }) => {
      const region = readRow(view, REGION_KEY, regionRow);
      if (!region || !equalBytes(region.region, body.region)) return refused('admission-of-another-region');
      const founding = openFounding(hash, verify, body.founding);
      const rows = foundingRows(founding);
      if (rows.some(([key]) => view.get(key) !== undefined)) return refused('chain-already-admitted');
      const policy = policyOf(view);
      const approving = body.approvals.map(({ chain }) => chain);
      if (!policy || approvingClinics(policy, approving).length < approvalsNeeded(policy))
        return refused('admission-without-quorum');
      return accepted(...rows);
    },
  };
  return [admitted, deviceEnrolled, deviceRevoked, staffEnrolled, staffRevoked];
}
