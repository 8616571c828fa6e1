/** What the sync engine meets outside its process: the wire to the hub, and the passing of time. */
import { followHead } from './follow-head.ts';
import { HubClient, type HubTrust } from './hub-client.ts';

/** Where the region's hub is and how it is recognised. */
export interface HubPlace {
  readonly address: string;
  readonly trust: HubTrust;
}

/** What the engine meets outside this process: the wire and the passing of time. */
export interface EngineOutside {
  connect(hub: HubPlace): HubClient;
  /** Tells of each new head until the signal aborts or the returned function is called. */
  follow(hub: HubPlace, onHead: () => void, signal: AbortSignal): () => void;
  /** Calls `then` after so many milliseconds, unless the returned function was called before. */
  later(milliseconds: number, then: () => void): () => void;
}

/** TLS and the clock on the wall. */
export const OUTSIDE: EngineOutside = {
  connect: ({ address, trust }) => new HubClient(address, trust),
  follow: ({ address, trust }, onHead, signal) => followHead(address, trust, onHead, signal),
  later: (milliseconds, then) => {
    const timer = setTimeout(then, milliseconds).unref();
    return () => clearTimeout(timer);
  },
};
