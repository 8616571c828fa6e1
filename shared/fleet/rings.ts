/** In which order clinics get a release: ring 1 first. The hub puts clinics into rings and says up to which a release is offered. */

/** A clinic is in this one unless it was put into an earlier one. */
export const LAST_RING = 3;

/** What an act sets for a release that is offered to nobody any more; otherwise up to which ring it is offered, 0 for none. */
export const WITHDRAWN = 255;

export interface OfferedRelease {
  readonly version: string;
  /** Up to which ring; 0 for none. */
  readonly ring: number;
  readonly isWithdrawn: boolean;
}

/** What a clinic of this ring is offered; `releases` come the newest first. */
export const offeredIn = <Each extends OfferedRelease>(releases: readonly Each[], ring: number): Each | undefined =>
  releases.find((release) => !release.isWithdrawn && release.ring >= ring);
