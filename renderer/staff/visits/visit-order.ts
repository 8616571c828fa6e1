/** In which order the queue stands, and what each of its filters shows. */

import { localDay } from '../../../shared/encoding/wall-clock.ts';
import { isClosed, waits } from '../../../shared/visits/visit-rules.ts';
import type { VisitPartsFragment, VisitStage, VisitStep } from '../../generated/graphql.ts';

export const queueFilters = ['open', 'waiting', 'expected', 'closed'] as const;
export type QueueFilter = (typeof queueFilters)[number];

export function passes(filter: QueueFilter, stage: VisitStage): boolean {
  if (filter === 'closed') return isClosed(stage);
  if (filter === 'waiting') return waits(stage);
  return filter === 'expected' ? stage === 'BOOKED' : !isClosed(stage);
}

/** Who waits comes first, then who is in a room, then who is expected. */
const PLACES: Readonly<Record<VisitStage, number>> = {
  ARRIVED: 0,
  WAITING: 0,
  CALLED: 1,
  TRIAGED: 1,
  UNDER_WAY: 2,
  BOOKED: 3,
  FINISHED: 4,
  NO_SHOW: 4,
  CANCELLED: 4,
};

/** Within a place the urgent come first, then who has been here longest. */
export function inOrder(visits: readonly VisitPartsFragment[]): VisitPartsFragment[] {
  const from = ({ arrivedAt, start }: VisitPartsFragment): number => arrivedAt ?? Date.parse(start);
  return [...visits].sort(
    (one, other) =>
      PLACES[one.stage] - PLACES[other.stage] || Number(other.urgent) - Number(one.urgent) || from(one) - from(other),
  );
}

const MAIN: readonly VisitStep[] = ['CHECK_IN', 'CALL', 'START', 'FINISH'];

/** The step that usually comes next; undefined when only exceptions are left. */
export const mainStep = (steps: readonly VisitStep[]): VisitStep | undefined => MAIN.find((step) => steps.includes(step));

/** @param days how many further, or back. */
export function dayFrom(day: string, days: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return localDay(new Date(year, month - 1, date + days).getTime());
}

/** The staff id of a visit's clinician when who is signed in stands in for them. */
export const coveredIn = ({ clinician }: VisitPartsFragment, covered: ReadonlyMap<string, unknown>): string | undefined =>
  clinician && covered.has(clinician.id) ? clinician.id : undefined;

/** Whole minutes from a moment (milliseconds) to another; none before it. */
export const minutesBetween = (from: number, to: number): number => Math.max(0, Math.floor((to - from) / 60_000));
