/** The terms of a plan as somebody gives them. */
import { Failure } from '../outcome/failure.ts';
import { type Ladder, stepsOf } from './ladder.ts';
import type { PlanTerms } from './watch.ts';

const DECIMAL = /^-?\d{1,6}(\.\d{1,6})?$/;
const DAY = 24 * 60;
const MOST_STEPS = 5;
export const LONGEST_INTERVAL = 30 * DAY;

/** @throws {Failure} `monitoring.terms`. */
export function checkedTerms({ low, high, intervalMinutes, escalateMinutes, ladder, repeatMinutes }: PlanTerms): PlanTerms {
  for (const limit of [low, high])
    if (limit !== undefined && !DECIMAL.test(limit)) throw wrong('A threshold is a number such as 90 or 5.6.');
  if (low === undefined && high === undefined) throw wrong('Give a lower or an upper threshold, or both.');
  if (low !== undefined && high !== undefined && Number(low) >= Number(high))
    throw wrong('The lower threshold has to be below the upper one.');
  if (!within(intervalMinutes, 5, LONGEST_INTERVAL)) throw wrong('A reading can be expected every 5 minutes to every 30 days.');
  if (!within(escalateMinutes, 1, DAY)) throw wrong('An alert is escalated after a minute to a day.');
  checkLadder({ escalateMinutes, ladder, repeatMinutes });
  return { low, high, intervalMinutes, escalateMinutes, ladder, repeatMinutes };
}

function checkLadder(terms: Ladder): void {
  const steps = stepsOf(terms);
  const rises = steps.every(({ afterMinutes }, at) => afterMinutes > (steps[at - 1]?.afterMinutes ?? 0));
  if (steps.length > MOST_STEPS) throw wrong(`A ladder has ${MOST_STEPS} steps at most.`);
  if (
    !rises ||
    steps[0]?.afterMinutes !== terms.escalateMinutes ||
    !steps.every(({ afterMinutes }) => within(afterMinutes, 1, DAY))
  )
    throw wrong('Each step of the ladder comes later than the one before, and the last within a day.');
  if (terms.repeatMinutes !== undefined && !within(terms.repeatMinutes, 5, DAY))
    throw wrong('An alert is told again every 5 minutes to once a day.');
}

const within = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most;

function wrong(message: string): Failure {
  return new Failure('monitoring.terms', message);
}
