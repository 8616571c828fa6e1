/** The state rows that the ledger itself keeps: chains, devices, staff, heads, the region and its witnesses. */
import { equalBytes } from '../encoding/bytes.ts';
import { choice, type Decoded, fixed, flag, list, readAs, struct, text, u64 } from '../encoding/codec.ts';
import { MAX_WITNESSES, witnessCodec } from './founding.ts';
import { keysOf } from './known-ids.ts';

export const ROLES = [
  'administrator',
  'clinician',
  'nurse',
  'reception',
  'billing',
  'privacy-officer',
  'researcher',
  'hub-administrator',
] as const;
export type Role = (typeof ROLES)[number];

/** Key `chain/<chain>`. */
export const chainRow = struct({
  kind: choice('clinic', 'research'),
  name: text(200),
  clinicKey: fixed(32),
  encryptionKey: fixed(32),
});
export type ChainRow = Decoded<typeof chainRow>;

const DEVICE_KIND = choice('workstation', 'kiosk', 'gateway');

/** Key `device/<device>`. */
export const deviceRow = readAs(
  struct({ chain: fixed(32), kind: DEVICE_KIND, encryptionKey: fixed(32), revoked: flag }),
  (input) => ({
    chain: input.raw(32),
    kind: DEVICE_KIND.read(input),
    encryptionKey: input.raw(32),
    revoked: flag.read(input),
  }),
);
export type DeviceRow = Decoded<typeof deviceRow>;

const ROLE = choice(...ROLES);

/** Key `staff/<staff>`. */
export const staffRow = readAs(struct({ chain: fixed(32), role: ROLE, revoked: flag }), (input) => ({
  chain: input.raw(32),
  role: ROLE.read(input),
  revoked: flag.read(input),
}));
export type StaffRow = Decoded<typeof staffRow>;

/** Key `head/<device>/<epoch>`: the newest block of one epoch of a device. */
export const headRow = readAs(struct({ height: u64, hash: fixed(32) }), (input) => ({
  height: input.uint64(),
  hash: input.raw(32),
}));

/** Key `region`: which region this state belongs to and who witnesses it. */
export const REGION_KEY = 'region';
export const regionRow = struct({ region: fixed(32), witnesses: list(witnessCodec, MAX_WITNESSES) });

/** Key `compartment/<handle>`: the one clinic that writes in it, its custodian; zeros once it is erased, so that nobody ever does again. */
export const compartmentRow = readAs(struct({ custodian: fixed(32) }), (input) => ({ custodian: input.raw(32) }));
export const compartmentKey = keysOf('compartment/');
export const NO_CUSTODIAN = new Uint8Array(32);
export const isErased = ({ custodian }: Decoded<typeof compartmentRow>): boolean => equalBytes(custodian, NO_CUSTODIAN);

/** Why a compartment was erased: article 17(1) of the GDPR, points (a) to (f). */
export const ERASURE_GROUNDS = [
  'no-longer-necessary',
  'consent-withdrawn',
  'objection',
  'unlawful-processing',
  'legal-obligation',
  'child-service',
] as const;
export type ErasureGround = (typeof ERASURE_GROUNDS)[number];

/** Key `erased/<handle>`: the tombstone of a compartment. `time` is the event's. */
export const erasedRow = struct({ custodian: fixed(32), ground: choice(...ERASURE_GROUNDS), time: u64 });
export const ERASED = 'erased/';
export const erasedKey = (handle: string): string => `${ERASED}${handle}`;

/** The handles, in hexadecimal, of the tombstones among state rows that were put. */
export function erasedIn(changes: ReadonlyMap<string, Uint8Array | undefined>): string[] {
  const handles: string[] = [];
  changes.forEach((value, key) => {
    if (value && key.startsWith(ERASED)) handles.push(key.slice(ERASED.length));
  });
  return handles;
}
