/** The console of the hub's administrator, read all the time: what it shows is held against what was done to the region. */
import { setTimeout as sleep } from 'node:timers/promises';
import { asFailure } from '../../shared/outcome/failure.ts';
import { FROZEN_CONNECTED_MS } from '../../shared/sync/freeze.ts';
import type { ClinicDesk } from './clinic-desk.ts';
import type { Story } from './story.ts';

const BOARD = `{ fleet { size now clinics { chain name quarantined } acts { kind after subject }
  devices { device clinic needs reportedAt report { version lag events skew problem alarms witnessedAt } } } }`;
const EVERY_MS = 3_000;

interface BoardDevice {
  readonly device: string;
  readonly clinic: string;
  readonly needs: readonly string[];
  readonly reportedAt: number | null;
  readonly report: {
    readonly version: string;
    readonly lag: number;
    readonly events: number;
    readonly skew: number;
    readonly problem: string;
    readonly alarms: readonly string[];
    readonly witnessedAt: number | null;
  } | null;
}
interface Board {
  readonly size: number;
  readonly devices: readonly BoardDevice[];
  readonly acts: ReadonlyArray<{ readonly kind: string; readonly after: number }>;
}

/** What work and short troubles bring with them, and what each device says of itself: no untruth whenever it comes. */
const ALWAYS_FITS = new Set(['WAITING', 'PROBLEM', 'FAR_BEHIND']);
/** What the board shows of a device after its cause is gone, at most: reports come every half minute. */
const LINGERS_MS = 120_000;
/** Reports are this far apart and a little more: who says next that no witness has spoken for ten minutes was near them in this one. */
const BETWEEN_REPORTS_MS = 60_000;

interface Cause {
  readonly need: string;
  /** A clinic's name, or undefined for each. */
  readonly clinic: string | undefined;
  endedAt: number | undefined;
}

export class FleetConsole {
  readonly #desk: ClinicDesk;
  readonly #story: Story;
  readonly #causes: Cause[] = [];
  readonly #shown = new Map<string, number>();
  readonly #named = new Set<string>();
  /** When a device was last known to have heard no witness for too long, by device. */
  readonly #unwitnessed = new Map<string, number>();
  #last: Board | undefined;
  #readings = 0;
  #unanswered = 0;
  #isOver = false;
  /** Hears what the board has come to show, before anything is done about it. */
  onShown: ((need: string, clinic: string) => Promise<void>) | undefined;
  #running: Promise<void> | undefined;

  constructor(desk: ClinicDesk, story: Story) {
    this.#desk = desk;
    this.#story = story;
  }

  begin(): void {
    this.#running = this.#watch();
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await this.#running;
  }

  /** From now on the board may show this need, until what is given back is called. */
  mayShow(need: string, clinic?: string): () => void {
    const cause: Cause = { need, clinic, endedAt: undefined };
    this.#causes.push(cause);
    return () => {
      cause.endedAt = Date.now();
    };
  }

  /** Waits until the board shows a need (or does not) at a clinic's device; tells how long that took. */
  async shows(need: string, clinic: string, isShown = true): Promise<BoardDevice | undefined> {
    const begun = Date.now();
    const device = await this.#desk
      .until(`the console ${isShown ? 'shows' : 'no longer shows'} ${need} at ${clinic}`, async () => {
        const board = await this.#read();
        const those = board.devices.filter((each) => each.clinic === clinic);
        const showing = those.find(({ needs }) => needs.includes(need));
        return isShown ? showing : !showing && those[0];
      })
      .catch((error: unknown) => void this.#story.fault(asFailure(error).message));
    const said = device && isShown && device.report?.alarms.length ? ` (${device.report.alarms.join(', ')})` : '';
    if (device)
      this.#story.tell(
        `  the console ${isShown ? 'shows' : 'no longer shows'} ${need} at ${clinic}${said}, after ${((Date.now() - begun) / 1000).toFixed(0)} s`,
      );
    if (device && isShown) await this.onShown?.(need, clinic);
    return device;
  }

  /** At the end: the board comes to show nobody who needs help, clinics of `except` aside. */
  async quiet(except: readonly string[], patienceMs: number): Promise<void> {
    let shown: string[] = [];
    await this.#desk
      .until(
        'the console shows nobody who needs help',
        async () => {
          const { devices } = await this.#read();
          shown = devices.flatMap(({ clinic, needs }) =>
            except.includes(clinic) ? [] : needs.map((need) => `${need} at ${clinic}`),
          );
          return shown.length === 0;
        },
        patienceMs,
      )
      .catch((error: unknown) => this.#story.fault(`${asFailure(error).message} It shows ${shown.join(', ')}.`));
  }

  get table(): Record<string, string | number> {
    return {
      'readings of the board': this.#readings,
      'readings that got no answer (hub, database or console away)': this.#unanswered,
      'needs shown': [...this.#shown].map(([need, count]) => `${need} ${count}`).join(', '),
    };
  }

  async #watch(): Promise<void> {
    while (!this.#isOver) {
      await this.#read().catch(() => undefined);
      await sleep(EVERY_MS);
    }
  }

  async #read(): Promise<Board> {
    // A reading that began later may be answered before this one.
    const before = this.#last;
    try {
      const { fleet } = await this.#desk.ask<{ fleet: Board }>(BOARD);
      this.#readings += 1;
      this.#hold(fleet, before);
      this.#last = fleet;
      return fleet;
    } catch (error) {
      this.#unanswered += 1;
      throw error;
    }
  }

  /** Nothing is shown that was not so, and what is said of versions and sizes adds up. */
  #hold(board: Board, before: Board | undefined): void {
    if (before && board.size < before.size) this.#story.fault(`the console said ${board.size} blocks after ${before.size}`);
    const newest = board.devices.reduce((most, { report }) => (report && report.version > most ? report.version : most), '');
    for (const { clinic, device, needs, report, reportedAt } of board.devices) {
      const isUnwitnessed = this.#isUnwitnessed(device, report, reportedAt);
      for (const need of needs) {
        this.#shown.set(need, (this.#shown.get(need) ?? 0) + 1);
        const isTrue =
          need === 'OLD_VERSION'
            ? report !== null && report.version < newest
            : ALWAYS_FITS.has(need) || (need === 'UNWITNESSED' && isUnwitnessed) || this.#isCaused(need, clinic);
        const name = `${clinic} ${device.slice(0, 8)} ${need}`;
        if (isTrue || this.#named.has(name)) continue;
        this.#named.add(name);
        this.#story.fault(`the console shows ${need} at ${clinic} (${JSON.stringify(report)}), and nothing of the kind was done`);
      }
    }
  }

  /** Whether a device says that it has had no fresh word of the witnesses, and it is so: on a starved machine they are late. */
  #isUnwitnessed(device: string, report: BoardDevice['report'], reportedAt: number | null): boolean {
    const { alarms = [], witnessedAt = null } = report ?? {};
    if (witnessedAt !== null && (reportedAt ?? 0) - witnessedAt > FROZEN_CONNECTED_MS - BETWEEN_REPORTS_MS)
      this.#unwitnessed.set(device, Date.now());
    return alarms.length === 1 && alarms[0] === 'frozen' && Date.now() - (this.#unwitnessed.get(device) ?? 0) < LINGERS_MS;
  }

  #isCaused(need: string, clinic: string): boolean {
    return this.#causes.some(
      (cause) =>
        cause.need === need &&
        (cause.clinic === undefined || cause.clinic === clinic) &&
        (cause.endedAt === undefined || Date.now() - cause.endedAt < LINGERS_MS),
    );
  }
}
