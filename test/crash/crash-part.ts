/** What the parts of `npm run crash` have in common: each breaks real processes or files in its own way, and says what did not hold. */

export interface CrashOptions {
  /** How much to try, in the part's own unit (docs/reliability.md); without it, its long form. */
  readonly rounds?: number | undefined;
  /** What is not named is drawn from it. */
  readonly seed: number;
  /** Only these of the part's named points; all of them when left out. */
  readonly points?: readonly string[] | undefined;
  /** Takes a line now and then, while it goes on. */
  readonly say: (line: string) => void;
}

export interface CrashFailure {
  /** The named point, fault or place. */
  readonly at: string;
  /** What did not hold. */
  readonly what: string;
  /** The arguments of `npm run crash --` that make it again. */
  readonly again: string;
}

export interface CrashReport {
  /** How often something was broken. */
  readonly tried: number;
  /** One line of figures, for people. */
  readonly figures: string;
  readonly failures: readonly CrashFailure[];
}

export type CrashPart = (options: CrashOptions) => Promise<CrashReport>;
