/**
 * Who means no good, in a process of their own: a clinic that floods the hub with right requests (blocks as fast as they can be signed, the
 * same blocks again, the largest pages), and a device that sends what is refused.
 */
import { constants, setPriority } from 'node:os';
import { toBase64 } from '../../shared/encoding/bytes.ts';
import type { SubmissionAnswer } from '../../shared/sync/submission.ts';
import { LIMITS } from '../../shared/sync/wire.ts';
import type { Desk } from '../bench/generated-blocks.ts';
import { playRole } from '../bench/role.ts';
import { hostileBodies, hostileDocuments, hostileRequests, nearlyAllowed } from '../hub/hostile-documents.ts';
import { Line, NoJson } from '../hub/hub-bench.ts';
import { type DeskPaper, deskOf, nextBlock } from './loaded-region.ts';
import type { HubPlace } from './loading-desk.ts';

const REPLAYS = 3;
const READERS = 8;
const ATTACKS_AT_ONCE = 8;
/** The lowest status of an answer that says no. */
const REFUSED = 400;

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
  /** Requests of the flooder that were refused, or told to come back later. */
  readonly toldToWait: number;
  /** Attacks that were sent: answered by a refusal, by a closed line, or as if they were right. */
  readonly attacks: number;
  readonly refused: number;
  readonly cut: number;
  readonly heeded: number;
}

/** What a device floods with: it goes on where it stands, flood after flood, as nobody takes a chain that has a gap. */
class Flood {
  readonly #desk: Desk;
  readonly #label: string;
  readonly #pages: string[][] = [];
  #made = 0;
  /** Of the page that is being brought, what the hub has not taken. */
  left: string[] = [];

  constructor(paper: DeskPaper) {
    this.#desk = deskOf(paper);
    this.#label = `flood of ${paper.clinic} ${paper.number}`;
  }

  sign(): void {
    const block = (): string => toBase64(nextBlock(this.#desk, `${this.#label} ${this.#made++}`));
    this.#pages.push(Array.from({ length: LIMITS.blocksPerSubmission }, block));
  }

  next(): string[] {
    if (this.#pages.length === 0) this.sign();
    return this.#pages.shift() as string[];
  }
}

const floods = new Map<string, Flood>();

function floodOf(paper: DeskPaper): Flood {
  const name = `${paper.clinic} ${paper.number}`;
  const flood = floods.get(name) ?? new Flood(paper);
  floods.set(name, flood);
  return flood;
}

/** Signs so many pages for each device, so that signing is no part of the flood. */
function prepare({ flooding, pages }: { flooding: readonly DeskPaper[]; pages: number }): void {
  for (const paper of flooding) for (let left = pages; left > 0; left--) floodOf(paper).sign();
}

/** Where they work on the hub's own cores: real ones would bring theirs, and what is measured is the hub. */
const giveWay = (): void => setPriority(constants.priority.PRIORITY_LOW);

async function act({ place, flooding, attacking, ms }: HostileOrder): Promise<HostileFigures> {
  const end = performance.now() + ms;
  const figures = { accepted: 0, pages: 0, toldToWait: 0, attacks: 0, refused: 0, cut: 0, heeded: 0 };
  await Promise.all([
    // First, as signing a page holds this process.
    attacking && attack(place, attacking, end, figures),
    ...flooding.map((paper, at) => flood(place, paper, at, end, figures)),
  ]);
  return figures;
}

type Counted = { -readonly [Name in keyof HostileFigures]: HostileFigures[Name] };

async function flood(place: HubPlace, paper: DeskPaper, number: number, end: number, figures: Counted): Promise<void> {
  const own = floodOf(paper);
  const lines = new Lines(place, paper, number);
  let newest: string[] = own.left;
  const writing = async (): Promise<void> => {
    while (performance.now() < end) {
      if (own.left.length === 0) own.left = newest = own.next();
      const answer = await lines.try<{ submit: SubmissionAnswer }>('Submit', { blocks: own.left });
      const refused = new Set(answer?.submit.refusals.map(({ at }) => at) ?? own.left.keys());
      figures.accepted += own.left.length - refused.size;
      if (refused.size > 0) figures.toldToWait += 1;
      own.left = own.left.filter((_, at) => refused.has(at));
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
      const end = await lines.send(attacks[next++ % attacks.length] as (typeof attacks)[number]);
      figures.attacks += 1;
      figures[end] += 1;
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
      this.#moveFrom(line, error);
      return undefined;
    });
  }

  /** What became of an attack; some are answered by a closed line. */
  async send(request: Parameters<Line['http']>[0]): Promise<'refused' | 'cut' | 'heeded'> {
    try {
      const { status, body } = await this.#line.http(request);
      return status >= REFUSED || body.errors ? 'refused' : 'heeded';
    } catch (error) {
      if (error instanceof NoJson) return error.status >= REFUSED ? 'refused' : 'heeded';
      this.#moveFrom(this.#line, error as NodeJS.ErrnoException);
      return 'cut';
    }
  }

  close(): void {
    this.#line.close();
  }

  /** A process that is away is left for another. */
  #moveFrom(line: Line, { code }: NodeJS.ErrnoException): void {
    if (code !== 'ECONNREFUSED' || line !== this.#line) return;
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

playRole({ act, prepare, giveWay });
