/** The figures of a run: written to a file while it goes on, so that a run which is cut short still tells, and printed at its end. */
import { writeFileSync } from 'node:fs';
import type { Ending } from './closing.ts';
import { waited } from './flood.ts';
import type { Scenes } from './scenes.ts';
import type { Stage } from './stage.ts';

const EVERY_MS = 30_000;

export class Report {
  readonly #file: string;
  readonly #stage: Stage;
  readonly #scenes: Scenes;
  readonly #timer: NodeJS.Timeout;

  /** Writes to `file` every half minute from now on. */
  constructor(file: string, stage: Stage, scenes: Scenes) {
    this.#file = file;
    this.#stage = stage;
    this.#scenes = scenes;
    this.#timer = setInterval(() => this.#write('It goes on.'), EVERY_MS);
    this.#write('It goes on.');
  }

  /** The last figures. @param ending undefined for a run that did not come to its end */
  end(ending: Ending | undefined): void {
    clearInterval(this.#timer);
    const last = ending
      ? `The ledger ended with ${ending.blocks} blocks; ${ending.verified} folders verified at state ${ending.state}; ${ending.records} sealed records opened.`
      : 'It was CUT SHORT: nothing was verified at its end.';
    this.#write(last);
    process.stdout.write(`\n${this.#figures(last)}\n`);
  }

  #write(standing: string): void {
    const { story } = this.#stage;
    const text = [`# A region, after ${story.time}`, this.#figures(standing), '## What happened', story.lines.join('\n')];
    writeFileSync(this.#file, `${text.join('\n\n')}\n`);
  }

  #figures(standing: string): string {
    const { story, console } = this.#stage;
    const told = Object.entries(console.table).map(([what, figure]) => `The console: ${what}: ${figure}.`);
    const faults =
      story.faults.length === 0 ? 'Everything held so far.' : [`${story.faults.length} FAULTS:`, ...story.faults].join('\n');
    return [this.#troubles(), ...this.#floods(), this.#clinics(), standing, told.join('\n'), faults].join('\n\n');
  }

  #troubles(): string {
    const head = '| what was done | times | until every desk had the hub again: median, longest |\n|---|---|---|';
    const rows = [...this.#scenes.seconds].map(([what, seconds]) => {
      const sorted = seconds.toSorted((one, other) => one - other);
      const median = sorted[Math.floor(sorted.length / 2)]?.toFixed(1);
      return `| ${what} | ${seconds.length} | ${median} s, ${sorted.at(-1)?.toFixed(1)} s |`;
    });
    return [head, ...rows].join('\n');
  }

  #floods(): string[] {
    const { floods } = this.#scenes;
    if (floods.length === 0) return [];
    const head =
      '| flood | its blocks taken, pages read, requests told to wait | attacks refused, cut off, heeded | refusals in the hub’s count | others at the hub: median, p99, longest | the same before it | people at desks | the same before it |\n|---|---|---|---|---|---|---|---|';
    const rows = floods.map(({ what, seconds, hostile, counted, before, during }) => {
      const refusals = [...counted.values()].reduce((sum, each) => sum + each, 0);
      const waits = [during.hub, before.hub, during.desks, before.desks].map(waited);
      return `| ${what}, ${seconds.toFixed(0)} s | ${hostile.accepted}, ${hostile.pages}, ${hostile.toldToWait} | ${hostile.refused}, ${hostile.cut}, ${hostile.heeded} | ${refusals} | ${waits.join(' | ')} |`;
    });
    return [[head, ...rows].join('\n')];
  }

  #clinics(): string {
    const head =
      '| clinic | acts acknowledged | patients, consents, withdrawn | not answered (killed under it) |\n|---|---|---|---|';
    const rows = this.#stage.clinics.map(({ name, done, acts, patients, grants, unanswered }) => {
      const kinds = Object.entries(done).map(([kind, count]) => `${kind} ${count}`);
      const withdrawn = grants.filter((grant) => grant.withdrawn === 'done').length;
      return `| ${name} | ${acts} (${kinds.join(', ')}) | ${patients.length}, ${grants.length}, ${withdrawn} | ${unanswered} |`;
    });
    return [head, ...rows].join('\n');
  }
}
