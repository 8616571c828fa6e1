/** The patient's end of a video visit: takes the one seat of the room, and answers a call that the clinic of the link has signed. */
import { equalBytes, toBase64url, toHex } from '../../shared/encoding/bytes.ts';
import {
  type CallKeys,
  type CallLink,
  type ClinicSignal,
  callKeys,
  clinicSignal,
  clinicVerifyKey,
  type GuestSignal,
  INSTANCE_BYTES,
  isSignedOffer,
  openSignal,
  sealSignal,
} from '../../shared/telemedicine/call-signal.ts';
import { CallLine, type CallRelay, type LineState } from '../parts/call/call-line.ts';

type GuestState = 'waiting' | LineState | 'left' | 'over' | 'used' | 'forged' | 'oldBrowser' | 'noNetwork';

export interface GuestScene {
  readonly state: GuestState;
  readonly remote: MediaStream | null;
  readonly soundOnly: boolean;
  /** Who is at the other end, by the clinic's signed word. */
  readonly with: { readonly clinic: string; readonly clinician: string } | null;
}

export const GUEST_BEGINS: GuestScene = { state: 'waiting', remote: null, soundOnly: false, with: null };

interface Seat {
  readonly seat: string;
  readonly ice: readonly CallRelay[];
}

/** Why the hub answered with no. */
export class RoomRefusal extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** Three questions about the room: how they reach the hub is the page's own. @throws {RoomRefusal} when it says no */
export type AskRoom = <Answer>(asked: 'join' | 'send' | 'signals', wish: RoomWish) => Promise<Answer>;

interface RoomWish {
  readonly room: string;
  readonly seat?: string | undefined;
  readonly token?: string;
  readonly body?: string;
  readonly after?: number;
}

const RETRY_MS = 2_000;

export class GuestCall {
  readonly #link: CallLink;
  readonly #media: MediaStream;
  readonly #onScene: (scene: GuestScene) => void;
  readonly #ask: AskRoom;
  readonly #instance = crypto.getRandomValues(new Uint8Array(INSTANCE_BYTES));
  #scene = GUEST_BEGINS;
  #keys: CallKeys | undefined;
  #clinicKey: CryptoKey | undefined;
  #seat: Seat | undefined;
  #line: CallLine | undefined;
  #sent = 0;
  #heard = 0;
  #lastOffer = 0;
  #isOver = false;

  constructor(link: CallLink, media: MediaStream, onScene: (scene: GuestScene) => void, ask: AskRoom) {
    this.#link = link;
    this.#media = media;
    this.#onScene = onScene;
    this.#ask = ask;
  }

  /** Takes the seat and stays until the visit is over. */
  async join(): Promise<void> {
    try {
      this.#keys = await callKeys(this.#link.secret);
      this.#clinicKey = await clinicVerifyKey(this.#link.clinicKey);
    } catch {
      return this.#end('oldBrowser');
    }
    this.#seat = await this.#insistently<Seat>('join', { token: toBase64url(this.#keys.joinToken) });
    await this.#say({ kind: 'hello' });
    while (!this.#isOver) {
      const answer = await this.#insistently<{ signals: Array<{ sequence: number; body: string }> }>('signals', {
        after: this.#heard,
      });
      for (const { sequence, body } of answer?.signals ?? []) {
        this.#heard = Math.max(this.#heard, sequence);
        await this.#take(body);
      }
    }
  }

  sendPicture(on: boolean): void {
    for (const track of this.#media.getVideoTracks()) track.enabled = on;
    this.#show({ soundOnly: false });
  }

  sendSound(on: boolean): void {
    for (const track of this.#media.getAudioTracks()) track.enabled = on;
  }

  async hangUp(): Promise<void> {
    await this.#say({ kind: 'bye' });
    this.#end('left');
  }

  async #take(body: string): Promise<void> {
    const keys = this.#keys as CallKeys;
    const opened = await openSignal(keys, 'clinic', body);
    const signal = opened && clinicSignal(opened.signal);
    // What the clinic did not seal, what was meant for an earlier load of this page, and what comes again is nobody's word.
    if (!opened || !signal || !equalBytes(opened.instance, this.#instance) || opened.counter <= this.#lastOffer) return;
    this.#lastOffer = opened.counter;
    if (signal.kind === 'bye') return this.#end('left');
    const isSigned = await isSignedOffer(this.#clinicKey as CryptoKey, keys.room, opened, signal);
    if (!isSigned) return this.#end('forged');
    await this.#answer(signal);
  }

  async #answer(offer: ClinicSignal & { kind: 'offer' }): Promise<void> {
    this.#line?.close();
    const line = new CallLine({
      ice: this.#seat?.ice ?? [],
      media: this.#media,
      onRemote: (remote) => this.#show({ remote }),
      onState: (state) => {
        if (line !== this.#line || this.#isOver) return;
        this.#show({ state });
        // The clinic calls again.
        if (state === 'failed') void this.#say({ kind: 'hello' });
      },
      onSoundOnly: () => this.#show({ soundOnly: true }),
    });
    this.#line = line;
    this.#show({ state: 'connecting', with: { clinic: offer.clinic, clinician: offer.clinician } });
    const sdp = await line.answer(offer.sdp);
    await this.#say({ kind: 'answer', offer: offer.number, sdp });
  }

  async #say(signal: GuestSignal): Promise<void> {
    if (this.#isOver) return;
    this.#sent += 1;
    const body = await sealSignal(this.#keys as CallKeys, 'guest', { instance: this.#instance, counter: this.#sent }, signal);
    await this.#insistently('send', { body });
  }

  /** Asks until there is an answer; undefined when the hub said no, which ends the visit here. */
  async #insistently<Answer>(
    asked: 'join' | 'send' | 'signals',
    wish: Omit<RoomWish, 'room' | 'seat'>,
  ): Promise<Answer | undefined> {
    const room = toHex((this.#keys as CallKeys).room);
    for (;;) {
      if (this.#isOver) return undefined;
      try {
        return await this.#ask<Answer>(asked, { room, seat: this.#seat?.seat, ...wish });
      } catch (error) {
        if (error instanceof RoomRefusal && error.code !== 'call.too-many') {
          // Whoever hears each other goes on without the hub.
          if (this.#scene.state !== 'connected') this.#end(error.code === 'call.used' ? 'used' : 'over');
          else if (asked === 'signals') return new Promise(() => undefined);
          return undefined;
        }
        if (!(error instanceof RoomRefusal) && this.#scene.state === 'waiting') this.#show({ state: 'noNetwork' });
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
        if (this.#scene.state === 'noNetwork') this.#show({ state: 'waiting' });
      }
    }
  }

  #end(state: GuestState): void {
    this.#show({ state, remote: null });
    this.#isOver = true;
    this.#line?.close();
  }

  #show(change: Partial<GuestScene>): void {
    if (this.#isOver) return;
    this.#scene = { ...this.#scene, ...change };
    this.#onScene(this.#scene);
  }
}
