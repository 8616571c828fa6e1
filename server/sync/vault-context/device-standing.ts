/** What the ledger, without what is pending here, says of a clinic and one of its devices. */
import { equalBytes, fromHex, toHex } from '../../../shared/encoding/bytes.ts';
import { decode } from '../../../shared/encoding/codec.ts';
import { deviceRow } from '../../../shared/ledger/rows.ts';
import { chainKey, deviceKey } from '../../../shared/ledger/rules.ts';
import { listState, loadState } from '../../ledger/state-rows.store.ts';
import type { Queryable } from '../../storage/database.ts';

type DeviceStanding = 'clinic-pending' | 'device-pending' | 'enrolled';

export async function deviceStanding(connection: Queryable, chain: Uint8Array, device: Uint8Array): Promise<DeviceStanding> {
  const chainRow = chainKey(toHex(chain));
  const ownRow = deviceKey(toHex(device));
  const rows = await loadState(connection, [chainRow, ownRow]);
  if (rows.get(chainRow) === undefined) return 'clinic-pending';
  return rows.get(ownRow) === undefined ? 'device-pending' : 'enrolled';
}

/** Every device that the clinic has ever let in. */
export async function devicesOfClinic(
  connection: Queryable,
  chain: Uint8Array,
): Promise<Array<{ readonly device: Uint8Array; readonly revoked: boolean }>> {
  const rows = (await listState(connection, 'device/')).map(({ key, value }) => ({ key, row: decode(deviceRow, value) }));
  return rows
    .filter(({ row }) => equalBytes(row.chain, chain))
    .map(({ key, row }) => ({ device: fromHex(key.slice('device/'.length)), revoked: row.revoked }));
}
