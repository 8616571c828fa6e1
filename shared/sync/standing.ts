/** How a clinic stands at its hub, as the hub's administrators have decided. */
import { Failure } from '../outcome/failure.ts';

export interface Standing {
  /** The hub takes nothing new of the clinic. */
  readonly quarantined: boolean;
  /** The newest order to make replicas anew, as the sequence of that act; 0 for none. */
  readonly rebaseline: number;
}

export const QUARANTINED = new Failure(
  'hub.quarantined',
  'The hub’s administrators have put this clinic into quarantine: the hub takes nothing of it for now. Work goes on here, and what is written waits. Ask the region’s hub administrators.',
  { retry: true },
);
