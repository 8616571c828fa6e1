/** What may be done next with a visit: what a screen offers, and what is refused all the same when it is asked for. */
import {
  isClosed,
  isEnding,
  isReplannable,
  isTreating,
  stepsFrom,
  stepTo,
  type VisitStep,
} from '../../shared/visits/visit-rules.ts';
import type { Visit } from './visit-reading.ts';

/** Whether what was planned can still be changed. */
export function canBeReplanned({ patient, facts, encounter }: Visit): boolean {
  return !patient.summary.deceased && !encounter && isReplannable(facts.stage);
}

/**
 * The steps that may follow.
 * @param today YYYY-MM-DD, by the clinic's calendar
 * @param mayTreat whether who asks may call patients and treat them
 */
export function stepsOf({ patient, facts, day }: Visit, today: string, mayTreat: boolean): VisitStep[] {
  const may = stepsFrom(facts.stage, mayTreat);
  const steps = patient.summary.deceased ? may.filter(isEnding) : may;
  return day > today ? steps.filter((step) => step === 'CANCEL') : steps;
}

/** Whether the last step can be taken back. See `stepsOf` for the parameters. */
export function canBeUndone({ facts, day }: Visit, today: string, mayTreat: boolean): boolean {
  const step = stepTo(facts.stage);
  const isFirst = facts.stage === (facts.kind === 'WALK_IN' ? 'ARRIVED' : 'BOOKED');
  if (isFirst || !step || (isTreating(step) && !mayTreat)) return false;
  return !isClosed(facts.stage) || day === today;
}
