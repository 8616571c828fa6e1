/**
 * How a visit goes: its stages, the steps between them, and which step may follow where. A step only ever leads further on, so no
 * stage is reached twice; a stage that comes again in a history says that the steps after it were taken back.
 */
export const STAGES = [
  'BOOKED',
  'ARRIVED',
  'WAITING',
  'CALLED',
  'TRIAGED',
  'UNDER_WAY',
  'FINISHED',
  'NO_SHOW',
  'CANCELLED',
] as const;
export type Stage = (typeof STAGES)[number];

export const VISIT_STEPS = ['ARRIVE', 'CHECK_IN', 'CALL', 'TRIAGE', 'START', 'FINISH', 'MISS', 'CANCEL'] as const;
export type VisitStep = (typeof VISIT_STEPS)[number];

interface StepRule {
  readonly from: readonly Stage[];
  readonly to: Stage;
  /** Only who may write in charts takes it. */
  readonly treats: boolean;
}

const BEFORE_THE_ROOM: readonly Stage[] = ['BOOKED', 'ARRIVED', 'WAITING'];

const RULES: Readonly<Record<VisitStep, StepRule>> = {
  ARRIVE: { from: ['BOOKED'], to: 'ARRIVED', treats: false },
  CHECK_IN: { from: ['BOOKED', 'ARRIVED'], to: 'WAITING', treats: false },
  CALL: { from: ['ARRIVED', 'WAITING'], to: 'CALLED', treats: false },
  TRIAGE: { from: ['CALLED'], to: 'TRIAGED', treats: true },
  START: { from: [...BEFORE_THE_ROOM, 'CALLED', 'TRIAGED'], to: 'UNDER_WAY', treats: true },
  FINISH: { from: ['UNDER_WAY'], to: 'FINISHED', treats: true },
  MISS: { from: BEFORE_THE_ROOM, to: 'NO_SHOW', treats: false },
  CANCEL: { from: [...BEFORE_THE_ROOM, 'CALLED', 'TRIAGED'], to: 'CANCELLED', treats: false },
};

const CLOSED: ReadonlySet<Stage> = new Set(['FINISHED', 'NO_SHOW', 'CANCELLED']);

/** Nothing follows; only the last step can still be taken back. */
export const isClosed = (stage: Stage): boolean => CLOSED.has(stage);

/** The patient is here, and nobody has called them yet. */
export const waits = (stage: Stage): boolean => stage === 'ARRIVED' || stage === 'WAITING';

/** What was planned can still be changed: nobody has called the patient. */
export const isReplannable = (stage: Stage): boolean => BEFORE_THE_ROOM.includes(stage);

/** The time can still be changed: the patient is not here. */
export const isMovable = (stage: Stage): boolean => stage === 'BOOKED';

/** Where a step leads from a stage; undefined where it does not lead. */
export function stageAfter(stage: Stage, step: VisitStep): Stage | undefined {
  const { from, to } = RULES[step];
  return from.includes(stage) ? to : undefined;
}

/** A step after which nothing follows: the only ones that are taken of who has died. */
export const isEnding = (step: VisitStep): boolean => isClosed(RULES[step].to);

export const isTreating = (step: VisitStep): boolean => RULES[step].treats;

/** The step that leads to a stage; none leads to where visits begin. */
export const stepTo = (stage: Stage): VisitStep | undefined => VISIT_STEPS.find((step) => RULES[step].to === stage);

/** What can follow, in the order of the day. @param mayTreat whether who asks may write in charts */
export function stepsFrom(stage: Stage, mayTreat: boolean): VisitStep[] {
  return VISIT_STEPS.filter((step) => RULES[step].from.includes(stage) && (mayTreat || !RULES[step].treats));
}

/**
 * The versions that count, one for each stage that was reached and not taken back: a version at a stage that was there before puts
 * itself in that one's place and ends what came after.
 * @param versions the oldest first
 */
export function pathOf<Version>(versions: readonly Version[], stageOf: (version: Version) => Stage | undefined): Version[] {
  const path: Version[] = [];
  for (const version of versions) {
    const stage = stageOf(version);
    const before = path.findIndex((each) => stageOf(each) === stage);
    if (before >= 0) path.length = before;
    path.push(version);
  }
  return path;
}

interface Slot {
  /** Milliseconds since 1970; the end is no longer part of it. */
  readonly start: number;
  readonly end: number;
}

/** Two visits that only touch do not overlap; one of no length overlaps what it begins in. */
export function overlap(one: Slot, other: Slot): boolean {
  if (one.start === other.start) return true;
  return one.start < other.end && other.start < one.end;
}
