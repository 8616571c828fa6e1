/** The desks and the people of a clinic, as the ledger has them. */
import { fromHex, toHex } from '../../../shared/encoding/bytes.ts';
import { decode } from '../../../shared/encoding/codec.ts';
import { deviceRow, type StaffRow, staffRow } from '../../../shared/ledger/rows.ts';
import type { DeviceGateway } from '../gateway.ts';

const STAFF = 'staff/';
const DEVICE = 'device/';

/** Ids (hexadecimal) of the devices of a clinic (hexadecimal) that keep records and are not revoked. */
export async function desksOf(gateway: DeviceGateway, chain: string): Promise<string[]> {
  const rows = (await gateway.stateList(DEVICE)).map(({ key, value }) => ({
    id: key.slice(DEVICE.length),
    row: decode(deviceRow, value),
  }));
  return rows.flatMap(({ id, row }) => (toHex(row.chain) === chain && row.kind === 'workstation' && !row.revoked ? [id] : []));
}

/** Ids of everybody who ever worked for the clinic (hexadecimal). */
export async function staffOf(gateway: DeviceGateway, chain: string): Promise<Uint8Array[]> {
  const rows = await gateway.stateList(STAFF);
  return rows.flatMap(({ key, value }) =>
    toHex(decode(staffRow, value).chain) === chain ? [fromHex(key.slice(STAFF.length))] : [],
  );
}

/** Everybody who works for the clinic (hexadecimal) now: their ids, hexadecimal, and their roles. */
export async function workingStaffOf(
  gateway: DeviceGateway,
  chain: string,
): Promise<Array<{ id: string; role: StaffRow['role'] }>> {
  return (await gateway.stateList(STAFF)).flatMap(({ key, value }) => {
    const row = decode(staffRow, value);
    return toHex(row.chain) === chain && !row.revoked ? [{ id: key.slice(STAFF.length), role: row.role }] : [];
  });
}
