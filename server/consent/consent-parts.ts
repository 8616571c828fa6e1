/** What consent works with; the vault's start-up hands it in. */
import type { AccessLine } from '../../shared/sync/access-line.ts';
import type { VaultRow } from '../sync/gateway.ts';
import type { AccessGate, PatientDirectory, RecordStore, VaultContext } from '../sync/vault-context/vault-context.ts';

export interface ConsentParts {
  readonly context: VaultContext;
  readonly directory: PatientDirectory;
  readonly records: RecordStore;
  /** Where lines about our patients that another clinic wrote are kept, and what is given out by itself is written down. */
  readonly accessLog: { receivedRow(line: AccessLine): VaultRow } & Pick<AccessGate, 'noteAlong'>;
}
