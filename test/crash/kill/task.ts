/** What parent and child say to each other: the task by descriptor, then one line of JSON for each thing that the child has to tell. */
import { writeSync } from 'node:fs';
import type { Edit } from '../../support/broken-source.ts';

/** The child finds its task behind this descriptor: a file that has no name any more. */
export const TASK_DESCRIPTOR = 3;

interface Trap {
  readonly edit: Edit;
  /** Which time through the point is the last one, from 1. */
  readonly pass: number;
  /** Whether opening counts, or only what the child does of its own. */
  readonly armed: 'at once' | 'for the act';
  /** Milliseconds until it is sprung, for a point in the middle of something. */
  readonly delay: number;
}

/** Something that a child began, and what is known of how it ended. */
export interface Act {
  readonly id: number;
  readonly kind: string;
  readonly about: Readonly<Record<string, string>>;
  /** `begun`: the child died before it could say that it is done, so it may have happened or not. */
  state: 'begun' | 'done';
  /** What the act answered. */
  answer: Readonly<Record<string, string>>;
}

export interface Task {
  readonly life: string;
  readonly folder: string;
  /** The folder was copied here, and no process has lived in it long enough to begin: nothing on this machine knows it yet. */
  readonly fresh: boolean;
  /** Where the hub listens, for lives that have one. */
  readonly hub?: number | undefined;
  /** What to do until the trap ends it; none: only look. */
  readonly act?: string | undefined;
  readonly trap?: Trap | undefined;
  readonly breakages: readonly Edit[];
  /** What scrypt came to, by the hash of its arguments. */
  readonly keys: Readonly<Record<string, string>>;
  readonly acts: readonly Act[];
  readonly nextId: number;
}

export type Told =
  | { readonly tell: 'key'; readonly name: string; readonly key: string }
  | { readonly tell: 'fault'; readonly invariant: Invariant; readonly what: string }
  | { readonly tell: 'looked'; readonly processor: number }
  | { readonly tell: 'begun'; readonly id: number; readonly kind: string; readonly about: Act['about'] }
  | { readonly tell: 'done'; readonly id: number; readonly answer: Act['answer'] };

/** What must hold after every kill. */
export type Invariant =
  | 'nothing acknowledged is lost'
  | 'nothing is doubled'
  | 'no half state'
  | 'it starts by itself'
  | 'it can be done again'
  | 'verify is clean'
  | 'what was erased stays erased'
  | 'the mark is never behind'
  | 'a good backup opens';

/** Durable in the pipe when it returns: a death right after it takes nothing back. */
export const tell = (line: Told): void => {
  writeSync(1, `${JSON.stringify(line)}\n`);
};
