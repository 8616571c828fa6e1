/** The clinic's end of one video visit: hears the patient's page through the vault, and holds the line to it. */
import type { ApolloClient } from '@apollo/client';
import type { OpenCallMutation } from '../../generated/graphql.ts';
import { CallLine, type LineState } from '../../parts/call/call-line.ts';
import { refusalOf } from '../../parts/words/service-error.ts';
import { closeCall, hearCall, offerCall } from './call-documents.ts';

type CallState = 'inviting' | 'joining' | LineState | 'left' | 'over';

export interface CallScene {
  readonly state: CallState;
  readonly remote: MediaStream | null;
  /** This end has stopped sending its picture, since the line is poor. */
  readonly soundOnly: boolean;
  readonly error: unknown;
}

export const CALL_BEGINS: CallScene = { state: 'inviting', remote: null, soundOnly: false, error: null };

const RETRY_MS = 2_000;

export class ClinicCall {
  readonly #client: ApolloClient;
  readonly #patient: string;
  readonly #call: OpenCallMutation['openCall'];
  readonly #media: MediaStream;
  readonly #onScene: (scene: CallScene) => void;
  #scene = CALL_BEGINS;
  #line: CallLine | undefined;
  #guest = '';
  #offered = 0;
  #isClosed = false;

  constructor(
    client: ApolloClient,
    patient: string,
    call: OpenCallMutation['openCall'],
    media: MediaStream,
    onScene: (scene: CallScene) => void,
  ) {
    this.#client = client;
    this.#patient = patient;
    this.#call = call;
    this.#media = media;
    this.#onScene = onScene;
    void this.#hear();
  }

  /** Sends pictures, or none, from now on. */
  sendPicture(on: boolean): void {
    for (const track of this.#media.getVideoTracks()) track.enabled = on;
    this.#show({ soundOnly: false });
  }

  sendSound(on: boolean): void {
    for (const track of this.#media.getAudioTracks()) track.enabled = on;
  }

  /** Ends the call on both sides. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#line?.close();
    await this.#client
      .mutate({ mutation: closeCall, variables: { patient: this.#patient, call: this.#call.id } })
      .catch(() => undefined);
  }

  async #hear(): Promise<void> {
    const variables = { patient: this.#patient, call: this.#call.id };
    while (!this.#isClosed) {
      try {
        const { data } = await this.#client.mutate({ mutation: hearCall, variables });
        if (this.#isClosed) return;
        this.#show({ error: null, ...(data?.hearCall.joined && this.#scene.state === 'inviting' ? { state: 'joining' } : {}) });
        for (const signal of data?.hearCall.signals ?? []) await this.#take(signal);
      } catch (error) {
        if (this.#isClosed) return;
        const isOver = refusalOf(error).code === 'call.over';
        // Whoever hears each other goes on without the hub.
        const goesOn = this.#scene.state === 'connected';
        this.#show({ error: isOver && goesOn ? null : error, ...(isOver && !goesOn ? { state: 'over' } : {}) });
        if (isOver) return;
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  async #take({
    kind,
    from,
    offer,
    sdp,
  }: {
    kind: string;
    from: string;
    offer?: number | null;
    sdp?: string | null;
  }): Promise<void> {
    if (kind === 'HELLO') await this.#offer(from);
    else if (kind === 'BYE') {
      this.#line?.close();
      this.#show({ state: 'left', remote: null });
    } else if (sdp && offer === this.#offered && this.#line?.waitsForAnswer) await this.#line.accept(sdp);
  }

  /** A new line each time: to a page that was loaded again, or after the one before broke. */
  async #offer(to: string): Promise<void> {
    this.#guest = to;
    this.#line?.close();
    const line = new CallLine({
      ice: this.#call.ice,
      media: this.#media,
      onRemote: (remote) => this.#show({ remote }),
      onState: (state) => {
        if (line !== this.#line) return;
        this.#show({ state });
        if (state === 'failed') void this.#offer(this.#guest).catch((error: unknown) => this.#show({ error }));
      },
      onSoundOnly: () => this.#show({ soundOnly: true }),
    });
    this.#line = line;
    this.#show({ state: 'connecting' });
    const sdp = await line.offer();
    const variables = { patient: this.#patient, call: this.#call.id, to, sdp };
    const { data } = await this.#client.mutate({ mutation: offerCall, variables });
    this.#offered = data?.offerCall ?? 0;
  }

  #show(change: Partial<CallScene>): void {
    this.#scene = { ...this.#scene, ...change };
    if (!this.#isClosed) this.#onScene(this.#scene);
  }
}
