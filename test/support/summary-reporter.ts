import { writeFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/** How many tests passed, failed and were skipped; what broke outside any test counts as failed. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/** The counts of a run. A file that could not be loaded, a broken hook and an unhandled error each count as one failure. */
function tallyOf(modules: readonly TestModule[], unhandled: readonly SerializedError[]): Tally {
  const tally: Tally = { passed: 0, failed: unhandled.length, skipped: 0 };
  for (const module of modules) {
    const failedBefore = tally.failed;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === 'passed') tally.passed++;
      else if (state === 'failed') tally.failed++;
      else tally.skipped++;
    }
    if (module.state() === 'failed' && tally.failed === failedBefore) tally.failed++;
  }
  return tally;
}

/** The closing line: `12 passed, 0 failed`, and `, 1 skipped` when any were. */
export function closingLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** What a run leaves for who tries its failures again: its counts, and those of each file in which something failed. */
export interface RunOutcome {
  readonly tally: Tally;
  readonly failed: readonly { readonly file: string; readonly project: string; readonly tally: Tally }[];
}

/** The outcome of a run. What broke outside any test belongs to no file. */
function outcomeOf(modules: readonly TestModule[], unhandled: readonly SerializedError[]): RunOutcome {
  const failed = modules
    .map((module) => ({ file: module.relativeModuleId, project: module.project.name, tally: tallyOf([module], []) }))
    .filter(({ tally }) => tally.failed > 0);
  return { tally: tallyOf(modules, unhandled), failed };
}

/** The titles of what was skipped, so that a run without the sample data says what it did not look at. */
function skippedTitles(modules: readonly TestModule[]): string[] {
  return modules.flatMap((module) =>
    [...module.children.allTests()]
      .filter((test) => test.result().state === 'skipped')
      .map((test) => `${module.relativeModuleId} > ${test.fullName}`),
  );
}

/**
 * Writes the closing line when the process ends, after everything else that vitest has to say, so that it is the last
 * line of the run whatever happened. A run that never got to its end closes with one failure. Where `TEST_OUTCOME` names
 * a file, the outcome is written there as JSON.
 */
export default class SummaryReporter implements Reporter {
  #tally: Tally = { passed: 0, failed: 1, skipped: 0 };
  #skipped: string[] = [];

  onInit(): void {
    process.once('exit', (code) => {
      if (this.#skipped.length > 0)
        process.stdout.write(`\nNot run here:\n${this.#skipped.map((title) => `  ${title}\n`).join('')}`);
      // An exit code without a failed test (a timeout while closing, a threshold) is a failure as well.
      if (code !== 0 && this.#tally.failed === 0) this.#tally.failed = 1;
      process.stdout.write(`\n${closingLine(this.#tally)}\n`);
    });
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    this.#tally = tallyOf(modules, unhandled);
    this.#skipped = skippedTitles(modules);
    const { TEST_OUTCOME } = process.env;
    if (TEST_OUTCOME) writeFileSync(TEST_OUTCOME, JSON.stringify(outcomeOf(modules, unhandled)));
  }
}
