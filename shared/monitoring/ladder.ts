/**
 * The ladder of an alert: who is told of it at once, who after how long as well, and how often all of them are told again, until
 * somebody acknowledges it. A function of the plan and of how long the alert has stood, so that each desk comes to the same.
 */
interface LadderPerson {
  /** Staff id, hexadecimal. */
  readonly id: string;
  readonly name: string;
}

interface LadderStep {
  /** Since the alert came. */
  readonly afterMinutes: number;
  /** Who is told from then on, beside those before. */
  readonly tell: readonly LadderPerson[];
}

export interface Ladder {
  /** The first step, where there is no ladder. */
  readonly escalateMinutes: number;
  /** Rising; the first after `escalateMinutes`. */
  readonly ladder?: readonly LadderStep[] | undefined;
  /** After the last step all are told again this often; undefined: never. */
  readonly repeatMinutes?: number | undefined;
}

interface Reached {
  /** Steps that were reached: 0 while only those are told who are told at once. */
  readonly step: number;
  /** How often somebody was told so far, from 1. */
  readonly calls: number;
}

export const stepsOf = ({ escalateMinutes, ladder = [] }: Ladder): readonly LadderStep[] =>
  ladder.length > 0 ? ladder : [{ afterMinutes: escalateMinutes, tell: [] }];

/** @param minutes for which the alert has stood */
export function reached(terms: Ladder, minutes: number): Reached {
  const steps = stepsOf(terms);
  const step = steps.filter(({ afterMinutes }) => minutes >= afterMinutes).length;
  const last = steps.at(-1)?.afterMinutes ?? 0;
  const isRepeating = step === steps.length && terms.repeatMinutes !== undefined;
  const repeats = isRepeating ? Math.floor((minutes - last) / (terms.repeatMinutes ?? 1)) : 0;
  return { step, calls: 1 + step + repeats };
}

/** Minutes after `stood`, at most `most`, at which somebody is told next of an alert that nobody acknowledges. */
export function nextCalls(terms: Ladder, stood: number, most: number): number[] {
  const steps = stepsOf(terms).map(({ afterMinutes }) => afterMinutes);
  const last = steps.at(-1) ?? 0;
  const every = terms.repeatMinutes;
  const begun = Math.max(0, stood - last);
  const repeats =
    every === undefined ? [] : Array.from({ length: most }, (_, at) => last + (Math.floor(begun / every) + at + 1) * every);
  return [...steps, ...repeats].filter((minutes) => minutes > stood).slice(0, most);
}

/** Everybody who was told once the step was reached, each once. @param atOnce who is told without any step */
export function toldAt(terms: Ladder, atOnce: readonly LadderPerson[], step: number): LadderPerson[] {
  const all = [
    ...atOnce,
    ...stepsOf(terms)
      .slice(0, step)
      .flatMap(({ tell }) => tell),
  ];
  return [...new Map(all.map((person) => [person.id, person])).values()];
}
