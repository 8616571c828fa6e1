/** A desk under load: at each beat it writes a block, brings it to a hub until it has the receipt, and reads it back from the ledger. */
import { setTimeout as sleep } from 'node:timers/promises';
import { verifySignature } from '../../server/vault/primitives.ts';
import { fromBase64, toBase64, toHex } from '../../shared/encoding/bytes.ts';
import { blockHash } from '../../shared/ledger/block.ts';
import { HUB_OPERATIONS } from '../../shared/sync/operations.ts';
import { openReceipt, type SubmissionAnswer } from '../../shared/sync/submission.ts';
import type { Desk } from '../bench/generated-blocks.ts';
import { dataOf, Line } from '../hub/hub-bench.ts';
import { hash } from '../support/ledger-builder.ts';
import { type BeatParts, machineMs, timesIn } from './beat-parts.ts';
import { type DeskPaper, deskOf, nextBlock } from './loaded-region.ts';

/** Blocks that are read back with the own one. */
const READ_BLOCKS = 50;
/** Before something is tried again, and how often: a hub that is away for longer has failed the run. */
const PAUSE_MS = 100;
const TRIES = 3_000;

/** How a desk reaches the hub's processes and knows them. */
export interface HubPlace {
  /** Ports of its processes. */
  readonly ports: readonly number[];
  readonly authority: string;
  readonly hubKey: Uint8Array;
}

export class LoadingDesk {
  readonly #place: HubPlace;
  readonly #paper: DeskPaper;
  readonly #desk: Desk;
  /** When its last beat was over. */
  #free = 0;
  #process: number;
  #line: Line;
  /** Milliseconds from each beat to its receipt, and of each reading. */
  readonly written: number[] = [];
  readonly read: number[] = [];
  /** Where the time of each beat went, while the hub tells its part (`tellTimes`). */
  readonly parts: BeatParts[] = [];
  /** Hashes (hexadecimal) of acknowledged blocks, by position. */
  readonly acknowledged = new Map<number, string>();
  /** How often something was tried again, as a line broke or the hub said so. */
  retries = 0;

  constructor(place: HubPlace, paper: DeskPaper, number: number) {
    this.#place = place;
    this.#paper = paper;
    this.#desk = deskOf(paper);
    this.#process = number % place.ports.length;
    this.#line = this.#open();
  }

  /** Connects, so that no handshake is in what is measured. */
  async begin(): Promise<void> {
    // On a busy machine the hub ends handshakes that took too long.
    await this.#untilDone(() => this.#line.ask('Checkpoint'));
  }

  /** Beats until `end` (of `performance.now()`); a beat that comes late counts from when it was due. */
  async work(first: number, everyMs: number, end: number): Promise<void> {
    for (let due = first; due < end; due += everyMs) {
      const wait = due - performance.now();
      if (wait > 0) await sleep(wait);
      await this.#beat(due);
    }
  }

  /** Beat after beat until `end`, without waiting. */
  async hurry(end: number): Promise<void> {
    while (performance.now() < end) await this.#beat(performance.now());
  }

  /** What was measured until now counts for nothing; what was acknowledged goes on counting. */
  forgetTimes(): void {
    this.written.length = 0;
    this.parts.length = 0;
    this.read.length = 0;
    this.retries = 0;
  }

  close(): void {
    this.#line.close();
  }

  async #beat(due: number): Promise<void> {
    const began = performance.now();
    const behind = Math.max(0, this.#free - due);
    const block = nextBlock(this.#desk, `${this.#paper.clinic} ${this.#paper.number} ${this.acknowledged.size}`);
    const name = toHex(blockHash(hash, block));
    const signed = performance.now();
    const { index, there, hub, back } = await this.#untilDone(() => this.#submit(block));
    const took = performance.now() - due;
    this.written.push(took);
    const late = began - due - behind;
    const sign = signed - began;
    const tries = took - (signed - due) - there - hub - back;
    this.parts.push({ behind, late, sign, tries, there, hub, back });
    this.acknowledged.set(index, name);
    const asked = performance.now();
    const page = await this.#untilDone(() =>
      this.#line.ask<{ blocks: { blocks: string[] } }>('Blocks', { from: index, limit: READ_BLOCKS }),
    );
    this.#free = performance.now();
    this.read.push(this.#free - asked);
    const [own] = page.blocks.blocks;
    if (own === undefined || toHex(blockHash(hash, fromBase64(own))) !== name)
      throw new Error('a block that was acknowledged does not stand where its receipt says');
  }

  async #submit(block: Uint8Array): Promise<Pick<BeatParts, 'there' | 'hub' | 'back'> & { readonly index: number }> {
    const sent = machineMs();
    const answer = await this.#line.graphql(HUB_OPERATIONS.Submit, { blocks: [toBase64(block)] });
    const got = machineMs();
    const { submit } = dataOf<{ submit: SubmissionAnswer }>(answer);
    const { came, answered } = timesIn(answer.headers) ?? { came: sent, answered: got };
    const [receipt] = submit.receipts;
    const [refusal] = submit.refusals;
    if (receipt) {
      const { index } = openReceipt(verifySignature, this.#place.hubKey, fromBase64(receipt));
      return { index, there: came - sent, hub: answered - came, back: got - answered };
    }
    throw refusal?.retry ? new Error(refusal.code) : new FinalRefusal(refusal?.code ?? 'no answer');
  }

  /** Tries until it is done: after a broken line at the next process. @throws FinalRefusal */
  async #untilDone<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await work();
      } catch (error) {
        if (error instanceof FinalRefusal || tries === TRIES) throw error;
        this.retries += 1;
        await sleep(PAUSE_MS);
        if ((error as NodeJS.ErrnoException).code === undefined) continue;
        this.#line.close();
        this.#process = (this.#process + 1) % this.#place.ports.length;
        this.#line = this.#open();
      }
    }
  }

  #open(): Line {
    return new Line(this.#place.ports[this.#process] as number, this.#place.authority, this.#paper.certificate);
  }
}

class FinalRefusal extends Error {}
