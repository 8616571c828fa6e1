/** What erasure works with; the vault's start-up hands it in. */
import type { Consents } from '../consent/consent.ts';
import type { Patients } from '../patients/patients.ts';
import type { RecordsDesk } from '../records/records.ts';
import type { VaultContext } from '../sync/vault-context.ts';

export interface ErasureParts extends Pick<RecordsDesk, 'records' | 'charts'> {
  readonly context: VaultContext;
  readonly patients: Patients;
  readonly consents: Consents;
}
