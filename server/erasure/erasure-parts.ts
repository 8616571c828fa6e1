/** What erasure works with; the vault's start-up hands it in. */
import type { Consents } from '../consent/consent.ts';
import type { Patients } from '../patients/patients.ts';
import type { RecordsDesk } from '../records/records.ts';
import type { VaultRow } from '../sync/gateway.ts';
import type { VaultContext } from '../sync/vault-context/vault-context.ts';

/** Rows that take away what other domains keep of a patient (hexadecimal) who is erased whole. */
export async function alsoErased({ hooks }: VaultContext, patient: string): Promise<VaultRow[]> {
  return (await Promise.all(hooks.alsoErased.map((rowsOf) => rowsOf(patient)))).flat();
}

export interface ErasureParts extends Pick<RecordsDesk, 'records' | 'charts'> {
  readonly context: VaultContext;
  readonly patients: Patients;
  readonly consents: Consents;
}
