/** WebRTC connections of a page under test, kept so that what flows over them can be counted. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** In a page, before it runs: every connection is kept, and goes through the TURN server alone once `relayOnly` is set. */
export function keepLines(): void {
  const page = Object.assign(window, { lines: [] as RTCPeerConnection[], relayOnly: false });
  const Native = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Native {
    constructor(settings?: RTCConfiguration) {
      super(page.relayOnly ? { ...settings, iceTransportPolicy: 'relay' } : settings);
      page.lines.push(this);
    }
  };
}

/** From now on this page's connections have no way but the TURN server. */
export function relayOnly(): void {
  Object.assign(window, { relayOnly: true });
}

interface Received {
  /** Pictures that were decoded. */
  readonly frames: number;
  /** Packets of sound. */
  readonly sound: number;
  /** Kinds of the two addresses that are spoken between, this end's first: `host`, `srflx`, `prflx` or `relay`. */
  readonly between: readonly string[];
}

/** What came over the newest connection, at one end. */
const received = (page: Page): Promise<Received> =>
  page.evaluate(async () => {
    const line = (window as unknown as { lines: RTCPeerConnection[] }).lines.at(-1);
    const stats = [...((await line?.getStats())?.values() ?? [])] as Record<string, unknown>[];
    const one = (id: unknown): unknown => stats.find((each) => each.id === id)?.candidateType;
    const inbound = stats.filter(({ type }) => type === 'inbound-rtp');
    const pair = stats.find(({ type, nominated, state }) => type === 'candidate-pair' && nominated && state === 'succeeded');
    return {
      frames: inbound.reduce((sum, { framesDecoded }) => sum + Number(framesDecoded ?? 0), 0),
      sound: inbound.reduce((sum, { kind, packetsReceived }) => sum + (kind === 'audio' ? Number(packetsReceived ?? 0) : 0), 0),
      between: pair ? [String(one(pair.localCandidateId)), String(one(pair.remoteCandidateId))] : [],
    };
  });

/** Waits until this end has seen and heard the other for a while; gives what the line runs between. */
export async function flows(page: Page): Promise<readonly string[]> {
  await expect
    .poll(() => received(page), { timeout: 60_000 })
    .toSatisfy(({ frames, sound }: Received) => frames > 20 && sound > 50);
  return (await received(page)).between;
}
