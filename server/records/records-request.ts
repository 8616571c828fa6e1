import type { AccessComplaints } from '../access/access.ts';
import type { Patient, PutRecordInput } from '../graphql/generated/vault.ts';
import type { PatientDirectory, PatientEntry, VaultContext } from '../sync/vault-context/vault-context.ts';
import type { RecordsDesk } from './records.ts';
import type { PutResource } from './writing/put-resource.ts';

/** What the resolvers of this domain receive. */
export interface RecordsRequest extends Omit<RecordsDesk, 'close'> {
  readonly vault: VaultContext;
  readonly patients: PatientDirectory;
  readonly complaints: AccessComplaints;
  /** Files and folders of this computer that who asks may have imported. */
  readonly readable: readonly string[];
  /** The patient as the patients domain shows them. */
  readonly showPatient: (patient: PatientEntry) => Promise<Patient>;
}

/** What is to be put, as the schema has it. */
export function wanted({ patient, record, basedOn, resource, reason }: PutRecordInput): PutResource {
  const given = { record: record ?? undefined, basedOn: basedOn ?? undefined, reason: reason ?? undefined };
  return { patient, resource, ...given };
}
