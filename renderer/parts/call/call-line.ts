/** One WebRTC connection of a video visit, from one browser to the other. No server but the region's own TURN server is ever named. */
import { isSoundOnly, type LineSample, poorInARow } from './line-quality.ts';

export interface CallRelay {
  readonly urls: readonly string[];
  readonly username: string;
  readonly credential: string;
}

export type LineState = 'connecting' | 'connected' | 'interrupted' | 'failed';

interface LineOptions {
  readonly ice: readonly CallRelay[];
  /** What this end sends. */
  readonly media: MediaStream;
  onRemote(stream: MediaStream): void;
  onState(state: LineState): void;
  /** The line does not bear pictures: this end has stopped sending its own. */
  onSoundOnly(): void;
}

/** Addresses are gathered at once, so that one signed description holds everything; a slow relay is not waited for longer. */
const GATHER_MS = 3_000;
const LOOK_MS = 2_000;
const STATES: Readonly<Partial<Record<RTCPeerConnectionState, LineState>>> = {
  connected: 'connected',
  disconnected: 'interrupted',
  failed: 'failed',
};

export class CallLine {
  readonly #peer: RTCPeerConnection;
  readonly #options: LineOptions;
  readonly #looking: number;
  readonly #remote = new MediaStream();
  #poor = 0;
  #lostBefore = 0;
  #sentBefore = 0;

  constructor(options: LineOptions) {
    this.#options = options;
    this.#peer = new RTCPeerConnection({
      iceServers: options.ice.map(({ urls, username, credential }) => ({ urls: [...urls], username, credential })),
      bundlePolicy: 'max-bundle',
    });
    for (const track of options.media.getTracks()) this.#peer.addTrack(track, options.media);
    this.#peer.addEventListener('track', ({ track }) => {
      this.#remote.addTrack(track);
      options.onRemote(this.#remote);
    });
    this.#peer.addEventListener('connectionstatechange', () => {
      options.onState(STATES[this.#peer.connectionState] ?? 'connecting');
    });
    this.#looking = window.setInterval(() => void this.#look(), LOOK_MS);
  }

  /** This end's description, with every address that was found. */
  async offer(): Promise<string> {
    // Whoever has no camera still sees.
    if (!this.#peer.getTransceivers().some(({ sender }) => sender.track?.kind === 'video'))
      this.#peer.addTransceiver('video', { direction: 'recvonly' });
    await this.#peer.setLocalDescription(await this.#peer.createOffer());
    return this.#gathered();
  }

  async answer(offer: string): Promise<string> {
    await this.#peer.setRemoteDescription({ type: 'offer', sdp: offer });
    await this.#peer.setLocalDescription(await this.#peer.createAnswer());
    return this.#gathered();
  }

  async accept(answer: string): Promise<void> {
    await this.#peer.setRemoteDescription({ type: 'answer', sdp: answer });
  }

  /** Whether this end waits for the answer to its offer. */
  get waitsForAnswer(): boolean {
    return this.#peer.signalingState === 'have-local-offer';
  }

  close(): void {
    clearInterval(this.#looking);
    this.#peer.close();
  }

  #gathered(): Promise<string> {
    const peer = this.#peer;
    return new Promise((resolve) => {
      const look = (): void => {
        if (peer.iceGatheringState === 'complete') done();
      };
      const late = window.setTimeout(() => done(), GATHER_MS);
      const done = (): void => {
        clearTimeout(late);
        peer.removeEventListener('icegatheringstatechange', look);
        resolve(peer.localDescription?.sdp ?? '');
      };
      peer.addEventListener('icegatheringstatechange', look);
      look();
    });
  }

  async #look(): Promise<void> {
    const picture = this.#options.media.getVideoTracks()[0];
    if (this.#peer.connectionState !== 'connected' || !picture?.enabled) return;
    this.#poor = poorInARow(this.#poor, this.#sample(await this.#peer.getStats()));
    if (!isSoundOnly(this.#poor)) return;
    this.#poor = 0;
    picture.enabled = false;
    this.#options.onSoundOnly();
  }

  #sample(stats: RTCStatsReport): LineSample {
    let [lost, sent] = [0, 0];
    let room: number | undefined;
    let roundTrip: number | undefined;
    for (const each of stats.values() as Iterable<Record<string, unknown>>) {
      if (each.type === 'remote-inbound-rtp') lost += Number(each.packetsLost ?? 0);
      if (each.type === 'outbound-rtp') sent += Number(each.packetsSent ?? 0);
      if (each.type === 'candidate-pair' && each.nominated === true) {
        if (typeof each.availableOutgoingBitrate === 'number') room = each.availableOutgoingBitrate;
        if (typeof each.currentRoundTripTime === 'number') roundTrip = each.currentRoundTripTime;
      }
    }
    const [missed, all] = [lost - this.#lostBefore, sent - this.#sentBefore];
    this.#lostBefore = lost;
    this.#sentBefore = sent;
    return { lost: all > 0 ? Math.max(0, missed) / all : 0, room, roundTrip };
  }
}
