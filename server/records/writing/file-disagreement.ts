/** A patient disagrees with a record, and says so on paper: written down at the desk, word for word. */
import { Failure } from '../../../shared/outcome/failure.ts';
import type { ChartEntry, PatientEntry } from '../../sync/vault-context/vault-context.ts';
import type { OpenCharts } from '../open-charts.ts';
import type { RecordsRequest } from '../records-request.ts';
import { layDisagreement } from './lay-statement.ts';
import { notOurs } from './put-resource.ts';

interface DisagreementWish {
  readonly patient: string;
  /** Of the open chart. */
  readonly record: string;
  readonly words: string;
  /** Who says it for the patient; '' where they do themselves. */
  readonly saidBy: string;
}

/** Whether a statement can be put beside a record here; no statement stands beside another one. */
export const isDisputable = (charts: OpenCharts, owner: PatientEntry, { kind, about }: ChartEntry): boolean =>
  charts.keeps(owner) && kind === 'fhir' && about === undefined;

/** Bytes of a name. */
const MOST_OF_NAME = 200;

/**
 * Gives the record beside which the words stand now.
 * @throws {Failure} `records.unknown`, `records.not-ours`, `records.says-who`, `records.statement-about`, `access.no-words`; what
 * `RecordStore.put` throws.
 */
export async function fileDisagreement(request: RecordsRequest, wish: DisagreementWish): Promise<ChartEntry> {
  const { vault, charts, complaints, records } = request;
  const entry = await charts.entry(wish.patient, wish.record);
  const owner = await charts.ownerOf(wish.patient, wish.record);
  if (!charts.keeps(owner)) throw notOurs();
  if (!isDisputable(charts, owner, entry))
    throw new Failure(
      'records.statement-about',
      'Words of a patient stand beside a record of the chart, and not beside this. Choose the record that they are about.',
    );
  const by = wish.saidBy.trim();
  if (new TextEncoder().encode(by).length > MOST_OF_NAME || /\p{Cc}/u.test(by))
    throw new Failure('records.says-who', 'Write the name of who says this in one line, shorter.');
  await complaints.disagree(owner.id, wish, (write, said) =>
    layDisagreement({ context: vault, records }, owner, { ...said, by }, write, vault.staff.name),
  );
  return charts.entry(wish.patient, wish.record);
}
