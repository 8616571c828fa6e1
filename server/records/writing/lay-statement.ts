/** A statement of disagreement, taken in: it is laid beside its record at once, whatever anybody at the clinic thinks of it. */
import { utf8 } from '../../../shared/encoding/bytes.ts';
import { STATEMENT_KIND, statementIn, statementResource } from '../../../shared/fhir/statement.ts';
import { summarize } from '../../../shared/fhir/summary.ts';
import type { Complaint } from '../../access/access.ts';
import type { LocalWrite } from '../../sync/gateway.ts';
import type { CompartmentName, PatientEntry, RecordStore, VaultContext } from '../../sync/vault-context/vault-context.ts';

/** What lies with a patient and is not their record. */
const KEYS_AND_CONSENTS: ReadonlySet<CompartmentName> = new Set(['card', 'card-emergency', 'consents']);

interface StatementParts {
  readonly context: VaultContext;
  readonly records: RecordStore;
}

/**
 * In one commit with the request, under the request's id, in the compartment of the record. What is about no record of this patient, or
 * lies there already, leaves the request alone. @param request its events and rows @param writer who of the desk wrote down what came on
 * paper; undefined of what was said at a kiosk
 */
export async function layDisagreement(
  { context, records }: StatementParts,
  patient: PatientEntry,
  { id, record, words, by, openedAt }: Pick<Complaint, 'id' | 'record' | 'words' | 'by' | 'openedAt'>,
  request: LocalWrite,
  writer?: string,
): Promise<void> {
  const entries = (await records.entries(patient)).filter(({ category }) => !KEYS_AND_CONSENTS.has(category));
  const about = entries.find((entry) => entry.record === record);
  if (!about || about.about || entries.some((entry) => entry.record === id)) {
    await context.gateway.commit(request);
    return;
  }
  const reference = `${about.resourceType}/${about.fhirId || patient.id + about.record}`;
  const resource = statementResource({ id, patient: patient.id, words, by, sentAt: openedAt, writer }, { ...about, reference });
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
    request,
  );
}
