/** A new version of a Patient record in which one thing is changed: all else stays byte for byte. */
import { fromUtf8 } from '../../../shared/encoding/bytes.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import type { PatientEntry, VaultContext } from '../../sync/vault-context/vault-context.ts';
import type { OpenCharts } from '../open-charts.ts';
import type { Records } from '../records.ts';
import { putResource } from './put-resource.ts';

interface AmendParts {
  readonly vault: VaultContext;
  readonly records: Records;
  readonly charts: OpenCharts;
}

/**
 * @param reason why, not empty @param change of the exact text
 * @throws {Failure} `access.chart-not-open`, `records.document-missing`; as `putResource`.
 */
export async function amendPatient(
  { vault, records, charts }: AmendParts,
  patient: PatientEntry,
  reason: string,
  change: (text: string) => string,
): Promise<void> {
  const entry = await charts.entry(patient.id, patient.record);
  const [newest] = await records.newest([entry]);
  if (!newest)
    throw new Failure('records.document-missing', 'The patient’s record is not on this computer. Sync, then try again.');
  await putResource({ vault, charts, records }, patient, {
    patient: patient.id,
    record: patient.record,
    basedOn: entry.version,
    resource: change(fromUtf8(newest.content)),
    reason,
  });
}
