/** The lives that are cut short, by name: what a process does with its folder, and what must hold when the next one opens it. */
import { clinicLife } from './clinic-life.ts';
import { deskLife } from './desk-life.ts';
import { kioskLife } from './kiosk-life.ts';
import { regionLife } from './region-life.ts';
import type { Act, Invariant, Task } from './task.ts';

export interface Life {
  /** Whether everything is as it must be after what is known to have been done and begun. */
  look(acts: readonly Act[]): Promise<void>;
  /** The first thing in a folder that was copied here: from then on its device goes on in an epoch of its own. */
  begin(number: number): Promise<void>;
  /** What it can do until it dies; `number` is another each time. */
  readonly acts: Readonly<Record<string, (number: number) => Promise<void>>>;
  close(): Promise<void>;
}

export interface Witness {
  fault(invariant: Invariant, what: string): void;
  /** Says that something begins, does it, and says that it is done, with what it answered. */
  act(kind: string, about: Act['about'], run: () => Promise<Act['answer'] | undefined>): Promise<void>;
}

type MakeLife = (task: Task, witness: Witness) => Promise<Life>;

export const LIVES: Readonly<Record<string, MakeLife>> = {
  desk: deskLife,
  region: regionLife,
  clinic: clinicLife,
  kiosk: kioskLife,
};
