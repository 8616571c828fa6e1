import { resolve } from 'node:path';
import { buildProgram, isBuildStale } from '../../electron/launch/build-state.ts';

const project = resolve(import.meta.dirname, '../..');

/** The program as people get it, built once before the tests that start it. @throws {Error} with what the build said. */
export default function prepareProgram(): void {
  if (!isBuildStale(project)) return;
  const trouble = buildProgram(project);
  if (trouble) throw new Error(`The program does not build:\n${trouble}`);
}
