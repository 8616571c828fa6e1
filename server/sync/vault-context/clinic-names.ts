/** Names of clinics by their chain, as they founded themselves. */
import { decode } from '../../../shared/encoding/codec.ts';
import { chainRow } from '../../../shared/ledger/rows.ts';
import { chainKey } from '../../../shared/ledger/rules.ts';
import type { DeviceGateway } from '../gateway.ts';

/** A name does not change, and search asks for it at every letter. */
const remembered = new WeakMap<DeviceGateway, Map<string, string>>();

/** @param chains in hexadecimal; a chain that the ledger does not know yet is called by its first digits. */
export async function clinicNames(gateway: DeviceGateway, chains: Iterable<string>): Promise<ReadonlyMap<string, string>> {
  const names = remembered.get(gateway) ?? new Map<string, string>();
  remembered.set(gateway, names);
  const wanted = [...new Set(chains)].filter((chain) => !names.has(chain));
  if (wanted.length === 0) return names;
  const rows = await gateway.state(wanted.map(chainKey));
  const unknown = new Map<string, string>();
  for (const [at, chain] of wanted.entries()) {
    const row = rows[at];
    if (row) names.set(chain, decode(chainRow, row).name);
    else unknown.set(chain, chain.slice(0, 12));
  }
  return unknown.size === 0 ? names : new Map([...names, ...unknown]);
}
