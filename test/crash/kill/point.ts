/** A named point: a real place between two effects of the program, as a line of its source at which the process ends. */
import type { Edit } from '../../support/broken-source.ts';

export interface Point {
  readonly life: string;
  /** What the process does when it is killed there; none: it is killed while it opens. */
  readonly act?: string;
  /** Opening counts as well. */
  readonly atOnce?: boolean;
  readonly edit: Edit;
  /** Killed in the middle of what the line begins, up to so many milliseconds later. */
  readonly within?: number;
}

export const before = (file: string, find: string): Edit => ({ file, find, replace: `globalThis.crash?.passes();\n${find}` });
export const after = (file: string, find: string): Edit => ({ file, find, replace: `${find}\nglobalThis.crash?.passes();` });
export const during = (file: string, find: string): Edit => ({ file, find, replace: `(globalThis.crash?.soon(), ${find})` });
/** Behind the line, if `condition` holds there. */
export const afterIf = (condition: string, file: string, find: string): Edit => ({
  file,
  find,
  replace: `${find}\nif (${condition}) globalThis.crash?.passes();`,
});
