/** What the hub says of the fleet, with what the demo's hub cannot have: failing stores, and releases that its makers signed. */
import { LAST_RING } from '../../shared/fleet/rings.ts';
import type { Json } from './altered-answers.ts';

const trouble = (process: string, store: string, code: string, minutes: number): Json => ({
  __typename: 'HubTrouble',
  process,
  store,
  code,
  since: Date.now() - minutes * 60_000,
});

/** A hub that was restored and waits for its witnesses. */
export const withRecovery = (answer: unknown): unknown => ({
  ...(answer as Json),
  troubles: [trouble('hub-1', 'LEDGER', 'hub.recovering', 3)],
});

/** A hub whose clock is eleven minutes behind: to it every device is ahead. */
export function withWrongHubClock(answer: unknown): unknown {
  const fleet = answer as { now: number; devices: Array<Json & { report: Json | null }> };
  const wrong = (report: Json | null): Json | null => report && { ...report, skew: 11 * 60_000 };
  return {
    ...fleet,
    devices: fleet.devices.map((device) => ({ ...device, reportedAt: fleet.now, report: wrong(device.report) })),
  };
}

/** Stores of several processes that fail. */
export function withTroubles(answer: unknown): unknown {
  const troubles = [
    trouble('hub-1', 'DATABASE', 'storage.disk-full', 7),
    trouble('hub-2', 'DATABASE', 'storage.disk-full', 6),
    trouble('hub-3', 'PROCESS', 'hub.process-missing', 2),
    trouble('hub-1', 'DOCUMENTS', 'relay.store-refused', 7),
  ];
  return { ...(answer as Json), troubles };
}

/** The demo's hub knows no key of the program's makers: one release that everybody is offered, and one that the first ring tries. */
export function withReleases(answer: unknown): unknown {
  const fleet = answer as { clinics: Json[]; devices: Json[] };
  const release = (version: string, offered: number): Json => ({ __typename: 'Release', id: version, version, offered });
  return {
    ...fleet,
    releases: [release('0.2.0', 1), release('0.1.0', LAST_RING)],
    clinics: fleet.clinics.map((clinic, at) => ({ ...clinic, ring: (at % LAST_RING) + 1 })),
    devices: fleet.devices.map((device, at) => ({ ...device, offered: at === 0 ? '0.2.0' : null })),
  };
}
