/** What this device tells its hub of itself with its rounds, and what the hub's administrators have it do. */
import { fromUtf8, toBase64, utf8 } from '../../shared/encoding/bytes.ts';
import { alarmKind, encodeReport, problemKind, programNumbers } from '../../shared/sync/device-report.ts';
import type { Standing } from '../../shared/sync/standing.ts';
import type { Database } from '../storage/database.ts';
import { readSetting } from './clinic.store.ts';
import type { ClinicLedger } from './clinic-ledger.ts';
import { writeSetting } from './clinic-writes.store.ts';
import type { EngineState } from './engine-state.ts';
import type { HubClient } from './hub-client.ts';

/** Without a change that somebody should see. */
const TELL_EVERY_MS = 30_000;
/** A replica is made anew at most this often, whatever the hub orders. */
const SHORTEST_BETWEEN_ORDERS_MS = 3_600_000;
const SETTING = 'rebaselined';
const FREE: Standing = { quarantined: false, rebaseline: 0 };

interface TellingOptions {
  readonly database: Database;
  readonly ledger: ClinicLedger;
  readonly clock: () => number;
  /** Of this program, as `1.2.3`. */
  readonly version: string;
  /** Whether something on this computer's disk is not as it was written. */
  readonly isDiskAltered?: (() => boolean) | undefined;
}

export class HubTelling {
  readonly #options: TellingOptions;
  #standing = FREE;
  #toldAt = 0;
  #told = '';
  /** The newest order that was carried out here, and when. */
  #done = { order: 0, at: 0 };
  /** Once a start: what could not be carried out is no loop. */
  #tried = 0;

  private constructor(options: TellingOptions) {
    this.#options = options;
  }

  static async open(options: TellingOptions): Promise<HubTelling> {
    const telling = new HubTelling(options);
    const text = await readSetting(options.database.read, SETTING);
    if (text) {
      const [order = 0, at = 0] = fromUtf8(text).split(' ').map(Number);
      telling.#done = { order, at };
    }
    return telling;
  }

  /** As the hub said last. */
  get isQuarantined(): boolean {
    return this.#standing.quarantined;
  }

  /** The order that waits to be carried out here; 0 for none. */
  get order(): number {
    const { rebaseline } = this.#standing;
    const isDue = rebaseline > this.#done.order && rebaseline !== this.#tried;
    return isDue && this.#options.clock() - this.#done.at >= SHORTEST_BETWEEN_ORDERS_MS ? rebaseline : 0;
  }

  /** The hub refused what it took before: it is asked anew how this clinic stands. */
  askAnew(): void {
    this.#toldAt = 0;
  }

  /** Tells the hub when something changed that somebody should see, or when it is time. */
  async tell(client: HubClient, state: EngineState): Promise<void> {
    const { clock, ledger, version, isDiskAltered } = this.#options;
    const now = clock();
    const problem = isDiskAltered?.() ? 'disk' : problemKind(state.problem?.code);
    // What somebody at this desk has seen, and what stops nothing, needs nobody else's help.
    const open = state.alarms.filter(({ stops, acknowledgedAt }) => stops || acknowledgedAt === null);
    const alarms = [...new Set(open.map(({ code }) => alarmKind(code)))];
    const said = JSON.stringify([problem, alarms, state.pendingEvents > 0, this.#done.order]);
    if (said === this.#told && now - this.#toldAt < TELL_EVERY_MS) return;
    const { epoch, height } = ledger.next;
    const report = encodeReport({
      program: programNumbers(version),
      clock: now,
      size: state.replicaSize,
      audited: state.auditedSize,
      witnessed: state.witnessedSize,
      witnessedAt: state.witnessedAt ?? 0,
      events: state.pendingEvents,
      documents: state.pendingDocuments,
      epoch,
      height,
      problem,
      alarms,
      rebaselined: this.#done.order,
    });
    const { report: standing } = await client.ask<{ report?: Partial<Standing> }>('Report', { report: toBase64(report) });
    this.#standing = { quarantined: standing?.quarantined === true, rebaseline: Number(standing?.rebaseline) || 0 };
    this.#told = said;
    this.#toldAt = now;
  }

  /** Begins an order; what fails is not tried again before the next start. */
  begin(order: number): void {
    this.#tried = order;
  }

  /** The order was carried out: durable when it resolves. */
  async done(order: number): Promise<void> {
    const at = this.#options.clock();
    await this.#options.database.write((transaction) => writeSetting(transaction, SETTING, utf8(`${order} ${at}`)));
    this.#done = { order, at };
  }
}
