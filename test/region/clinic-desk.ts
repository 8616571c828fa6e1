/** A desk of a clinic as a process that can be killed, started again in another version, or with a wrong clock; used as its page uses it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Desk, until } from '../../server/workstation/demo/desk.ts';
import { asFailure } from '../../shared/outcome/failure.ts';
import { byKeyAt } from '../support/second-factor.ts';
import type { Program } from './program-copy.ts';

export const PASSPHRASE = 'copper lantern drifting walrus';
const CLOCK = pathToFileURL(`${import.meta.dirname}/wrong-clock.ts`).href;
/** On a busy machine. */
const PATIENCE_MS = 180_000;
const STARTS = 5;

export interface SyncState {
  readonly connection: string;
  readonly pendingEvents: number;
  readonly replicaSize: number;
  readonly lastContact: number | null;
  readonly problem: { readonly code: string } | null;
}
export interface Evidence {
  readonly id: number;
  readonly code: string;
  readonly about: string;
  readonly stops: boolean;
  readonly provable: boolean;
  readonly acknowledgedAt: number | null;
  readonly resolvedAt: number | null;
}

export class ClinicDesk {
  readonly clinic: string;
  readonly name: string;
  readonly folder: string;
  program: Program;
  /** Milliseconds by which its computer's clock is ahead. */
  ahead = 0;
  /** Who sits there: the first who can unlock unless it is said. */
  person: string | undefined;
  #desk: Desk | undefined;
  #chain = '';

  constructor(clinic: string, name: string, folder: string, program: Program) {
    this.clinic = clinic;
    this.name = name;
    this.folder = folder;
    this.program = program;
  }

  get isUp(): boolean {
    return this.#desk !== undefined;
  }

  /** Its page, for a browser; undefined while it is down. */
  get door(): Desk['door'] | undefined {
    return this.#desk?.door;
  }

  /** Starts the process; somebody unlocks where there is a clinic. */
  async start(): Promise<void> {
    for (let left = STARTS; ; left--) {
      try {
        this.#desk = await this.#begin();
        return;
      } catch (error) {
        if (left === 1) throw error;
        await sleep(2_000);
      }
    }
  }

  async #begin(): Promise<Desk> {
    const { NODE_OPTIONS, REGION_CLOCK_AHEAD } = process.env;
    if (this.ahead !== 0)
      Object.assign(process.env, {
        NODE_OPTIONS: `${NODE_OPTIONS ?? ''} --import=${CLOCK}`,
        REGION_CLOCK_AHEAD: String(this.ahead),
      });
    const starting = Desk.start(this.folder, [], this.program.main);
    // The process has its environment by now.
    process.env.NODE_OPTIONS = NODE_OPTIONS ?? '';
    process.env.REGION_CLOCK_AHEAD = REGION_CLOCK_AHEAD ?? '';
    const desk = await starting;
    await this.#unlock(desk);
    return desk;
  }

  async #unlock(desk: Desk): Promise<void> {
    const { workstation } = await desk.device<{ workstation: { staff: Array<{ id: string; name: string }> } }>(
      '{ workstation { staff { id name } } }',
    );
    const slot = workstation.staff.find(({ name }) => this.person === undefined || name === this.person);
    if (!slot) return;
    await desk.device(
      'mutation Unlock($staff: ID!, $passphrase: String!) { unlock(staff: $staff, passphrase: $passphrase) { state } }',
      { staff: slot.id, passphrase: PASSPHRASE },
    );
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const desk = this.#desk;
    this.#desk = undefined;
    await desk?.stop(signal);
  }

  /** The vault's schema, with a key at hand for what asks for a second factor. @throws {Failure}; a TypeError where the process has gone. */
  async ask<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const desk = this.#here;
    const once = (): Promise<Data> => byKeyAt(desk, PASSPHRASE, () => desk.ask<Data>(query, variables));
    return once().catch(async (error: unknown) => {
      if (asFailure(error).code !== 'vault.locked') throw error;
      await this.#unlock(desk);
      return once();
    });
  }

  async device<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    return this.#here.device<Data>(query, variables);
  }

  get #here(): Desk {
    if (!this.#desk) throw new TypeError(`${this.name} is down`);
    return this.#desk;
  }

  /** Of its clinic, hexadecimal. */
  async chain(): Promise<string> {
    if (this.#chain === '') {
      const { workstation } = await this.device<{ workstation: { clinic: { chain: string } } }>(
        '{ workstation { clinic { chain } } }',
      );
      this.#chain = workstation.clinic.chain;
    }
    return this.#chain;
  }

  async sync(): Promise<SyncState> {
    const { syncState } = await this.device<{ syncState: SyncState }>(
      '{ syncState { connection pendingEvents replicaSize lastContact problem { code } } }',
    );
    return syncState;
  }

  async evidence(): Promise<Evidence[]> {
    const { evidence } = await this.device<{ evidence: Evidence[] }>(
      '{ evidence { id code about stops provable acknowledgedAt resolvedAt } }',
    );
    return evidence;
  }

  /** Waits for its connection to be one of these. */
  reaches(what: string, ...wanted: string[]): Promise<SyncState> {
    return this.until(what, async () => {
      const state = await this.sync();
      return wanted.includes(state.connection) && state;
    });
  }

  /** Asks until it is so, once at least; a desk that does not answer is asked again. */
  until<T>(what: string, look: () => Promise<T | undefined | false>, patienceMs = PATIENCE_MS): Promise<T> {
    return until(
      `${this.name}: ${what}`,
      () =>
        look().catch((error: unknown) => {
          if (error instanceof TypeError || asFailure(error).retry || asFailure(error).code === 'vault.locked') return undefined;
          throw error;
        }),
      patienceMs,
    );
  }
}
