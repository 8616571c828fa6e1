/** The desks and the people of a clinic, as the ledger has them. */
import { fromHex, toHex } from '../../../shared/encoding/bytes.ts';
import { decode } from '../../../shared/encoding/codec.ts';
import { deviceRow, staffRow } from '../../../shared/ledger/rows.ts';
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
