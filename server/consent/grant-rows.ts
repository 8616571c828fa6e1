/** What the ledger says of grants and clinics, read for the side that this clinic is on. */
import { type GrantRow, grantRow } from '../../shared/consent/consent-rules.ts';
import { equalBytes } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { type ChainRow, chainRow } from '../../shared/ledger/rows.ts';
import { chainKey } from '../../shared/ledger/rules.ts';
import type { DeviceGateway } from '../sync/gateway.ts';

const PREFIX = 'grant/';

/** Grants by id in hexadecimal in which this clinic has the part named. */
export async function grantsAs(
  gateway: DeviceGateway,
  part: 'custodian' | 'recipient',
  chain: Uint8Array,
): Promise<Map<string, GrantRow>> {
  const rows = await gateway.stateList(PREFIX);
  const grants = rows.map(({ key, value }) => [key.slice(PREFIX.length), decode(grantRow, value)] as const);
  return new Map(grants.filter(([, grant]) => equalBytes(grant[part], chain)));
}

/** A clinic that the ledger has admitted, by chain id in hexadecimal. */
export async function admittedClinic(gateway: DeviceGateway, chain: string): Promise<ChainRow | undefined> {
  const [row] = await gateway.state([chainKey(chain)]);
  return row === undefined ? undefined : decode(chainRow, row);
}
