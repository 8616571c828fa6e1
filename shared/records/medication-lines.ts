/**
 * A patient's medications as a reconciliation lays them side by side: what the chart has, and what came from elsewhere. The same
 * medication is one line: known by its code, or where one of the two has none, by its words. Which word or code means the same in another
 * system it does not know.
 */
import { foldText } from '../fhir/patient-summary.ts';
import type { ResourceSummary } from '../fhir/summary.ts';

const ENDED: ReadonlySet<string> = new Set(['completed', 'stopped', 'cancelled', 'entered-in-error', 'not-taken', 'draft']);

/** Whether a medication counts now, by the status of its record. */
export const isTaken = ({ status }: Pick<ResourceSummary, 'status'>): boolean => !ENDED.has(status);

/** Orders and statements say what is taken; what was dispensed or given once does not. */
export const saysWhatIsTaken = ({ resourceType }: Pick<ResourceSummary, 'resourceType'>): boolean =>
  resourceType === 'MedicationRequest' || resourceType === 'MedicationStatement';

type Named = Pick<ResourceSummary, 'title' | 'code'>;

/** One medication: the records that the chart has of it, and those that came; each side newest first as it was given. */
export interface MedicationLine<Medication> {
  readonly chart: readonly Medication[];
  readonly came: readonly Medication[];
}

/** What is done about a line. */
const MEDICATION_DECISIONS = ['TAKE_OVER', 'KEEP', 'STOP', 'NOT_TAKEN'] as const;
export type MedicationDecision = (typeof MEDICATION_DECISIONS)[number];

/** What that means for one record: `listed-once`, another record of the line says it. */
export type MedicationFate = 'goes-on' | 'taken-over' | 'stopped' | 'not-taken' | 'listed-once';

/** Lines in the order of their words. */
export function medicationLines<Medication extends Named>(
  chart: readonly Medication[],
  came: readonly Medication[],
): MedicationLine<Medication>[] {
  const lines: { chart: Medication[]; came: Medication[] }[] = [];
  const add = (medication: Medication, side: 'chart' | 'came'): void => {
    const line = lines.find((each) => [...each.chart, ...each.came].some((known) => isSame(known, medication)));
    if (line) line[side].push(medication);
    else lines.push({ chart: [], came: [], [side]: [medication] });
  };
  for (const medication of chart) add(medication, 'chart');
  for (const medication of came) add(medication, 'came');
  return lines.sort((one, other) => (wordsOf(one) < wordsOf(other) ? -1 : 1));
}

/** Which decisions there are about a line: nothing is kept that the chart does not have, nothing taken over that did not come. */
export const decisionsAbout = ({ chart, came }: MedicationLine<unknown>): readonly MedicationDecision[] =>
  MEDICATION_DECISIONS.filter((decision) =>
    decision === 'TAKE_OVER' ? came.length > 0 : decision !== 'KEEP' || chart.length > 0,
  );

/** What becomes of each record of a line. Of several that say the same, the first of the side that was chosen goes on. */
export function fatesOf<Medication>(
  { chart, came }: MedicationLine<Medication>,
  decision: MedicationDecision,
): ReadonlyArray<readonly [Medication, MedicationFate]> {
  const fate = (side: 'chart' | 'came', at: number): MedicationFate => {
    if (decision === 'STOP') return 'stopped';
    if (decision === 'NOT_TAKEN') return 'not-taken';
    const isChosen = side === (decision === 'KEEP' ? 'chart' : 'came') && at === 0;
    if (!isChosen) return 'listed-once';
    return side === 'chart' ? 'goes-on' : 'taken-over';
  };
  return [
    ...chart.map((each, at) => [each, fate('chart', at)] as const),
    ...came.map((each, at) => [each, fate('came', at)] as const),
  ];
}

function isSame(one: Named, other: Named): boolean {
  if (one.code && other.code && one.code.system === other.code.system) return one.code.code === other.code.code;
  return foldText(one.title) === foldText(other.title);
}

const wordsOf = ({ chart, came }: MedicationLine<Named>): string => foldText((chart[0] ?? came[0])?.title ?? '');
