/** In which compartment a version of a record is written: where the version before it lies, since the ledger knows the record there alone. */
import { fromHex } from '../../../shared/encoding/bytes.ts';
import { handlesOf } from '../../sync/clinic.store.ts';
import { type Compartments, compartmentsOf } from '../../sync/vault-context/patient-compartments.ts';
import type { ChartEntry, VaultContext } from '../../sync/vault-context/vault-context.ts';

/**
 * Its handle, with its key loaded. @param owner has a handle for the category, and its key is loaded
 * @param before the chart's entry of the version before; of a new record the category alone
 */
export async function compartmentOf(
  { reader, keyStore }: Pick<VaultContext, 'reader' | 'keyStore'>,
  owner: Compartments,
  before: Pick<ChartEntry, 'category'> & Partial<Pick<ChartEntry, 'document'>>,
): Promise<Uint8Array> {
  const [first = '', ...further] = compartmentsOf(owner, before.category);
  if (before.document === undefined || further.length === 0) return fromHex(first);
  const [lies = first] = await handlesOf(reader, [before.document]);
  const handle = fromHex(lies);
  if (keyStore.currentCompartmentKey(handle) === undefined) await keyStore.loadCompartmentKeys([handle]);
  return handle;
}
