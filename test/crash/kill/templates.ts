/** What the lives begin with, made once and copied: a folder beside which lies what the machine keeps of it. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runChild } from './child-run.ts';
import type { Bench } from './kill.ts';
import type { Act } from './task.ts';

export interface Template {
  readonly life: string;
  /** Holds `data` and whatever belongs to it. */
  readonly folder: string;
  readonly acts: readonly Act[];
}

export async function makeTemplates(bench: Bench, lives: ReadonlySet<string>): Promise<Map<string, Template>> {
  const templates = new Map<string, Template>();
  for (const life of lives) {
    const folder = join(bench.root, 'templates', life);
    mkdirSync(folder, { recursive: true });
    const task = { life, folder: join(folder, 'data'), fresh: false, breakages: [], keys: bench.keys, acts: [], nextId: 1 };
    const { acts, faults } = await runChild(bench, task);
    if (faults.length > 0) throw new Error(`The beginning of the life "${life}" was not made: ${faults[0]?.what}`);
    templates.set(life, { life, folder, acts });
  }
  return templates;
}
