/** What the scenes of one patient's session at a kiosk share: the clinic, and who is checked in. */
import type { ClinicBench } from '../../workstation/further-device-bench.ts';

export interface SessionStage {
  readonly bench: ClinicBench;
  /** Who is checked in first. */
  readonly patients: readonly string[];
  /** Of the session, as the kiosk's page asks. @throws an Error with the refusal's `code` */
  ask<Data>(query: string, variables?: Record<string, unknown>): Promise<Data>;
  /** The same person checks in again. */
  again(): Promise<void>;
}
