/** A reconciliation of medications in the words of the schema. */
import { decisionsAbout } from '../../../shared/records/medication-lines.ts';
import type { ChartItem, MedicationReconciliation } from '../../graphql/generated/vault.ts';
import type { ChartEntry } from '../../sync/vault-context/vault-context.ts';
import { chartItem, itemsOf } from '../chart-view.ts';
import type { RecordsRequest } from '../records-request.ts';
import { type ListedMedication, lineName, reconciliationOf } from './reconcile-medications.ts';

/** @param other another clinic's chart of the same person @throws {Failure} as `reconciliationOf`. */
export async function reconciliationView(
  request: RecordsRequest,
  patient: string,
  other: string | undefined,
): Promise<MedicationReconciliation> {
  const { lines, last } = await reconciliationOf(request, patient, other);
  const all = lines.flatMap(({ chart, came }) => [...chart, ...came]);
  const items = new Map<string, ChartItem>();
  const show = async (id: string, entries: readonly ChartEntry[]): Promise<void> => {
    const { vault, patients, charts, conflicts } = request;
    const shown = await itemsOf(vault, conflicts, patients.known(id), await charts.chart(id), entries);
    for (const item of shown) items.set(item.id, item);
  };
  const [theirs = [], own = []] = [true, false].map((isForeign) =>
    all.flatMap(({ entry, origin }) => ((origin === 'CLINIC') === isForeign ? [entry] : [])),
  );
  await show(patient, own);
  if (other !== undefined) await show(other, theirs);
  const shown = ({ entry }: ListedMedication): ChartItem => items.get(entry.record) as ChartItem;
  return {
    lines: lines.map((line) => ({
      name: lineName(line),
      decisions: [...decisionsAbout(line)],
      chart: line.chart.map(shown),
      came: line.came.map((each) => ({ item: shown(each), origin: each.origin ?? 'IMPORT', from: each.from })),
    })),
    last: last ? await chartItem(request, patient, last) : null,
  };
}
