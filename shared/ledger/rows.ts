/** The state rows that the ledger itself keeps: chains, devices, staff, heads, the region and its witnesses. */
import { choice, type Decoded, fixed, flag, list, struct, text, u64 } from '../encoding/codec.ts';
import { MAX_WITNESSES, witnessCodec } from './founding.ts';
import { keysOf } from './known-ids.ts';

export const ROLES = ['administrator', 'clinician', 'nurse', 'reception', 'billing', 'privacy-officer', 'researcher'] as const;
export type Role = (typeof ROLES)[number];

/** Key `chain/<chain>`. */
export const chainRow = struct({
  kind: choice('clinic', 'research'),
  name: text(200),
  clinicKey: fixed(32),
  encryptionKey: fixed(32),
});
export type ChainRow = Decoded<typeof chainRow>;

/** Key `device/<device>`. */
export const deviceRow = struct({
  chain: fixed(32),
  kind: choice('workstation', 'kiosk', 'gateway'),
  encryptionKey: fixed(32),
  revoked: flag,
});
export type DeviceRow = Decoded<typeof deviceRow>;

/** Key `staff/<staff>`. */
export const staffRow = struct({ chain: fixed(32), role: choice(...ROLES), revoked: flag });
export type StaffRow = Decoded<typeof staffRow>;

/** Key `head/<device>/<epoch>`: the newest block of one epoch of a device. */
export const headRow = struct({ height: u64, hash: fixed(32) });
export type HeadRow = Decoded<typeof headRow>;

/** Key `region`: which region this state belongs to and who witnesses it. */
export const REGION_KEY = 'region';
export const regionRow = struct({ region: fixed(32), witnesses: list(witnessCodec, MAX_WITNESSES) });
export type RegionRow = Decoded<typeof regionRow>;

/** Key `compartment/<handle>`: the one clinic that writes in it, its custodian. */
export const compartmentRow = struct({ custodian: fixed(32) });
export const compartmentKey = keysOf('compartment/');
