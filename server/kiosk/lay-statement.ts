/** A statement of disagreement, taken in: it is laid beside its record at once, whatever anybody at the clinic thinks of it. */
import { utf8 } from '../../shared/encoding/bytes.ts';
import { STATEMENT_KIND, statementIn, statementResource } from '../../shared/fhir/statement.ts';
import { summarize } from '../../shared/fhir/summary.ts';
import type { Complaint } from '../access/access.ts';
import type { VaultRow } from '../sync/gateway.ts';
import type { PatientEntry, RecordStore, VaultContext } from '../sync/vault-context/vault-context.ts';
import { isOfPatient } from './filed.ts';

interface StatementParts {
  readonly context: VaultContext;
  readonly records: RecordStore;
}

/**
 * In one commit with the rows of the request, under the request's id, in the compartment of the record. What is about no record of this
 * patient, or lies there already, leaves the request alone. @param rows of the request
 */
export async function layStatement(
  { context, records }: StatementParts,
  patient: PatientEntry,
  { id, record, words, by, openedAt }: Complaint,
  rows: readonly VaultRow[],
): Promise<void> {
  const entries = (await records.entries(patient)).filter(isOfPatient);
  const about = entries.find((entry) => entry.record === record);
  if (!about || about.about || entries.some((entry) => entry.record === id)) {
    await context.gateway.commit({ rows });
    return;
  }
  const reference = `${about.resourceType}/${about.fhirId || patient.id + about.record}`;
  const resource = statementResource({ id, patient: patient.id, words, by, sentAt: openedAt }, { ...about, reference });
  const said = statementIn(resource);
  await records.put(
    {
      patient: patient.id,
      category: about.category,
      kind: STATEMENT_KIND,
      content: utf8(JSON.stringify(resource)),
      summary: { ...summarize(resource), ...(said && { about: said }) },
      fhirId: '',
      newId: id,
    },
    { rows },
  );
}
