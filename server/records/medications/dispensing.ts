/** Handing medicine over by a prescription of the chart: what was handed over so far, and whether more may be. */
import { mayDo } from '../../../shared/access/permissions.ts';
import { fromUtf8 } from '../../../shared/encoding/bytes.ts';
import { localDay } from '../../../shared/encoding/wall-clock.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import {
  type DispenseRefusal,
  type HandedOver,
  handedOverIn,
  prescribedIn,
  prescriptionsOf,
  refusedBecause,
} from '../../../shared/records/dispensing.ts';
import type { ChartEntry, PatientEntry } from '../../sync/vault-context/vault-context.ts';
import type { PutParts, PutResource } from '../writing/put-resource.ts';

/** A prescription of the chart, by its exact text, and all that was handed over of it. */
interface Dispensing {
  readonly prescription: string;
  readonly handed: readonly HandedOver[];
}

type Dispense = { readonly entry: ChartEntry; readonly text: string; readonly prescribedBy: ReadonlySet<string> };

/**
 * @param entries of a chart, those that are open
 * @throws {Failure} `records.document-missing`; as `openVersion`.
 */
export async function dispensingOf(
  { records }: Pick<PutParts, 'records'>,
  entries: readonly ChartEntry[],
  prescription: ChartEntry,
): Promise<Dispensing> {
  const [opened] = await records.newest([prescription]);
  if (!opened) throw notHere();
  const dispenses = await dispensesIn({ records }, entries);
  const own = dispenses.filter(({ prescribedBy }) => prescribedBy.has(prescription.record));
  return { prescription: fromUtf8(opened.content), handed: own.map(({ entry, text }) => handedOverIn(entry.record, text)) };
}

/** Every dispense of a chart, with the records that prescribed it. */
async function dispensesIn({ records }: Pick<PutParts, 'records'>, entries: readonly ChartEntry[]): Promise<Dispense[]> {
  const dispenses = entries.filter(({ resourceType }) => resourceType === 'MedicationDispense');
  const opened = await records.newest(dispenses);
  const read = dispenses.flatMap((entry, at) => {
    const version = opened[at];
    return version ? [{ entry, text: fromUtf8(version.content) }] : [];
  });
  const prescribedBy = await recordsNamed(
    { records },
    read.map(({ text }) => prescriptionsOf(text)),
  );
  return read.map((each, at) => ({ ...each, prescribedBy: prescribedBy[at] ?? new Set() }));
}

/** The records that each list of references leads to: by the name under which they came, or by their own id here. */
async function recordsNamed(
  { records }: Pick<PutParts, 'records'>,
  lists: readonly (readonly string[])[],
): Promise<ReadonlyArray<ReadonlySet<string>>> {
  const targets = await records.sources.targets(lists.flat());
  const recordOf = (reference: string): string =>
    targets.get(reference)?.record ?? reference.slice(reference.lastIndexOf('/') + 1);
  return lists.map((references) => new Set(references.map(recordOf)));
}

/**
 * Whoever writes in a chart hands over what was prescribed in it. Without a prescription of this chart it is a decision of who prescribes.
 * @throws {Failure} `dispense.…`, which says what stands against it; as `dispensingOf`.
 */
export async function demandDispensable(
  { vault, charts, records }: PutParts,
  patient: PatientEntry,
  { record = '', resource }: Pick<PutResource, 'record' | 'resource'>,
): Promise<void> {
  const entries = await charts.entries(patient.id);
  const [named = new Set()] = await recordsNamed({ records }, [prescriptionsOf(resource)]);
  const prescriptions = entries.filter((entry) => entry.resourceType === 'MedicationRequest' && named.has(entry.record));
  if (prescriptions.length === 0 && record === '' && !mayDo(vault.staff.role, 'prescribe')) throw noPrescription();
  const wanted = handedOverIn(record, resource);
  for (const each of prescriptions) {
    const { prescription, handed } = await dispensingOf({ records }, entries, each);
    const refusal = refusedBecause(prescribedIn(prescription), handed, wanted, localDay(vault.clock()));
    if (refusal) throw refused(refusal);
  }
}

/** UCUM's own words stand in braces: `{tablet}`. */
const unitWords = (unit: string): string => unit.replace(/[{}]/g, '');

function refused(refusal: DispenseRefusal): Failure {
  switch (refusal.reason) {
    case 'not-ordered':
      return new Failure(
        'dispense.not-ordered',
        'This is a proposal, a plan or a prohibition: nothing is handed over by it. Ask who wrote it for a prescription.',
      );
    case 'not-active':
      return new Failure(
        'dispense.not-active',
        `This prescription is not in force (its status is ${refusal.status}), so nothing is handed over by it. Ask who prescribes for a new one, or to set it active.`,
        { details: { status: refusal.status } },
      );
    case 'not-yet-valid':
      return new Failure(
        'dispense.not-yet-valid',
        `This prescription begins on ${refusal.date}. Hand it over then, or ask who wrote it to change it.`,
        { details: { date: refusal.date } },
      );
    case 'no-longer-valid':
      return new Failure(
        'dispense.no-longer-valid',
        `This prescription ended on ${refusal.date}. Ask who wrote it for a new one.`,
        {
          details: { date: refusal.date },
        },
      );
    case 'lot-expired':
      return new Failure(
        'dispense.lot-expired',
        `This lot was to be used until ${refusal.date}. Take another pack, and its lot and date.`,
        { details: { date: refusal.date } },
      );
    case 'no-quantity':
      return new Failure(
        'dispense.no-quantity',
        'Say how much is handed over, as a number above zero: the prescription limits it.',
      );
    case 'other-unit':
      return new Failure(
        'dispense.other-unit',
        `The prescription counts in ${unitWords(refusal.unit)}. Give the quantity in that unit.`,
        {
          details: { unit: unitWords(refusal.unit) },
        },
      );
    case 'more-than-left':
      return new Failure(
        'dispense.more-than-left',
        `${refusal.left} ${unitWords(refusal.unit)} are left of this prescription. Hand over no more than that, or ask who prescribes for more.`,
        { details: { left: refusal.left, unit: unitWords(refusal.unit) } },
      );
  }
}

function noPrescription(): Failure {
  return new Failure(
    'dispense.no-prescription',
    'This names no prescription of this chart. Name it, or ask somebody who prescribes to write one; nothing was saved.',
  );
}

function notHere(): Failure {
  return new Failure(
    'records.document-missing',
    'The prescription is listed, but its sealed document is not on this computer. Sync, or restore it from a backup.',
  );
}
