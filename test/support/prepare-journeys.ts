import type { TestProject } from 'vitest/node';
import { ensureChromium } from './ensure-chromium.ts';
import prepareProgram from './prepare-program.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Why the journeys cannot run; empty when they can. */
    journeysHindrance: string;
  }
}

/**
 * Once before the journeys: the program as people get it is built, and a browser to drive it is there. What is missing
 * fails each journey (`journeys-ready.ts`) and not the whole run.
 */
export default function prepareJourneys(project: TestProject): void {
  let hindrance = '';
  try {
    prepareProgram();
    ensureChromium();
  } catch (error) {
    hindrance = error instanceof Error ? error.message : String(error);
  }
  project.provide('journeysHindrance', hindrance);
}
