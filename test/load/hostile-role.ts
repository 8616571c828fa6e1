/**
 * Who means no good, in a process of their own: a clinic that floods the hub with right requests (blocks as fast as they can be signed, the
 * same blocks again, the largest pages), and a device that sends what is refused.
 */
import { constants, setPriority } from 'node:os';
import { toBase64 } from '../../shared/encoding/bytes.ts';
import type { SubmissionAnswer } from '../../shared/sync/submission.ts';
import { LIMITS } from '../../shared/sync/wire.ts';
import { playRole } from '../bench/role.ts';
import { hostileBodies, hostileDocuments, hostileRequests, nearlyAllowed } from '../hub/hostile-documents.ts';
import { Line } from '../hub/hub-bench.ts';
import { type DeskPaper, deskOf, nextBlock } from './loaded-region.ts';
import type { HubPlace } from './loading-desk.ts';

const REPLAYS = 3;
const READERS = 8;
const ATTACKS_AT_ONCE = 8;

export interface HostileOrder {
  readonly place: HubPlace;
  readonly flooding: readonly DeskPaper[];
  readonly attacking: DeskPaper | undefined;
  readonly ms: number;
}

export interface HostileFigures {
  /** Blocks of the flooding clinic that the hub took. */
  readonly accepted: number;
  /** Pages that it read. */
  readonly pages: number;
  /** Answers that told it to come back later. */
  readonly toldToWait: number;
  readonly attacks: number;
}

async function act({ place, flooding, attacking, ms }: HostileOrder): Promise<HostileFigures> {
  const end = performance.now() + ms;
  const figures = { accepted: 0, pages: 0, toldToWait: 0, attacks: 0 };
  await Promise.all([
    // First, as signing the first flood holds this process.
    attacking && attack(place, attacking, end, figures),
    ...flooding.map((paper, at) => flood(place, paper, at, end, figures)),
  ]);
  return figures;
}

type Counted = { -readonly [Name in keyof HostileFigures]: HostileFigures[Name] };

async function flood(place: HubPlace, paper: DeskPaper, number: number, end: number, figures: Counted): Promise<void> {
  const desk = deskOf(paper);
  let made = 0;
  const lines = new Lines(place, paper, number);
  let newest: string[] = [];
  const writing = async (): Promise<void> => {
    while (performance.now() < end) {
      newest = Array.from({ length: LIMITS.blocksPerSubmission }, () => toBase64(nextBlock(desk, `flood ${number} ${made++}`)));
      for (let left = newest; left.length > 0 && performance.now() < end; ) {
        const answer = await lines.try<{ submit: SubmissionAnswer }>('Submit', { blocks: left });
        const refused = new Set(answer?.submit.refusals.map(({ at }) => at) ?? left.keys());
        figures.accepted += left.length - refused.size;
        if (refused.size > 0) figures.toldToWait += 1;
        left = left.filter((_, at) => refused.has(at));
      }
    }
  };
  const replaying = async (): Promise<void> => {
    while (performance.now() < end) if (!(await lines.try('Submit', { blocks: newest }))) figures.toldToWait += 1;
  };
  const reading = async (): Promise<void> => {
    for (let from = 0; performance.now() < end; from += LIMITS.blocksPerPage) {
      const page = await lines.try<{ blocks: { blocks: string[] } }>('Blocks', { from, limit: LIMITS.blocksPerPage });
      if (page) figures.pages += 1;
      else figures.toldToWait += 1;
      if (!page || page.blocks.blocks.length < LIMITS.blocksPerPage) from = -LIMITS.blocksPerPage;
    }
  };
  await Promise.all([writing(), ...Array.from({ length: REPLAYS }, replaying), ...Array.from({ length: READERS }, reading)]);
  lines.close();
}

async function attack(place: HubPlace, paper: DeskPaper, end: number, figures: Counted): Promise<void> {
  const documents = [...hostileDocuments, ...nearlyAllowed].map(({ name: _, ...asked }) => ({ body: JSON.stringify(asked) }));
  const attacks = [...documents, ...hostileBodies.map(({ body }) => ({ body })), ...hostileRequests];
  const lines = new Lines(place, paper, 0, ATTACKS_AT_ONCE);
  let next = 0;
  const attacking = async (): Promise<void> => {
    // Once at least, however little of the machine this process is given.
    do {
      await lines.send(attacks[next++ % attacks.length] as (typeof attacks)[number]);
      figures.attacks += 1;
    } while (performance.now() < end);
  };
  await Promise.all(Array.from({ length: ATTACKS_AT_ONCE }, attacking));
  lines.close();
}

/** A device's sockets, at whichever process of the hub answers. */
class Lines {
  readonly #place: HubPlace;
  readonly #paper: DeskPaper;
  readonly #sockets: number;
  #process: number;
  #line: Line;

  constructor(place: HubPlace, paper: DeskPaper, number: number, sockets = 1 + REPLAYS + READERS) {
    this.#place = place;
    this.#paper = paper;
    this.#sockets = sockets;
    this.#process = number % place.ports.length;
    this.#line = this.#open();
  }

  /** The data of an operation, or undefined when it was not answered. */
  async try<T>(name: Parameters<Line['ask']>[0], variables: object): Promise<T | undefined> {
    const line = this.#line;
    return line.ask<T>(name, variables).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED' && line === this.#line) this.#move();
      return undefined;
    });
  }

  /** Some attacks are answered by a closed line. */
  async send(request: Parameters<Line['http']>[0]): Promise<void> {
    await this.#line.http(request).catch(() => undefined);
  }

  close(): void {
    this.#line.close();
  }

  #move(): void {
    this.#line.close();
    this.#process = (this.#process + 1) % this.#place.ports.length;
    this.#line = this.#open();
  }

  #open(): Line {
    const line = new Line(this.#place.ports[this.#process] as number, this.#place.authority, this.#paper.certificate);
    line.agent.maxSockets = this.#sockets;
    return line;
  }
}

// They work on this machine's cores, where real ones would bring their own: what is measured is the hub.
setPriority(constants.priority.PRIORITY_LOW);
playRole({ act });
