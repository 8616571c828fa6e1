/** What the hub knows of each device of the region: its newest report, and what the hub has seen itself. Numbers, codes and ids. */
import { fromHex, toHex } from '../../../shared/encoding/bytes.ts';
import { decode } from '../../../shared/encoding/codec.ts';
import { chainRow, deviceRow } from '../../../shared/ledger/rows.ts';
import { type DeviceReport, decodeReport } from '../../../shared/sync/device-report.ts';
import type { Standing } from '../../../shared/sync/standing.ts';
import { readHead } from '../../ledger/ledger.store.ts';
import { listState } from '../../ledger/state-rows.store.ts';
import type { Database } from '../../storage/database.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { listEquivocations } from '../hub.store.ts';
import { base64 } from '../line/arguments.ts';
import type { Caller } from '../line/callers.ts';
import { actsAfter, newestAct } from './administrators.store.ts';
import type { Administrators } from './administrators.ts';
import { listReports, newestPlaced, writeReport } from './fleet.store.ts';

/** Of one device in a second: it tells before and after it sends. More is not written down. */
const REPORTS_A_SECOND = 5;
/** Of the newest acts. */
const ACTS_SHOWN = 100;

interface FleetOptions {
  readonly database: Database;
  readonly administrators: Administrators;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

export class Fleet {
  readonly #options: FleetOptions;
  readonly #told = new Map<string, { second: number; reports: number }>();

  constructor(options: FleetOptions) {
    this.#options = options;
  }

  /** Keeps what a device says of itself and tells it how its clinic stands. @throws {Failure} `encoding.malformed`, `sync.version-unknown`. */
  async report({ device, chain }: Caller, bytes: Uint8Array): Promise<Standing> {
    const { database, administrators, clock } = this.#options;
    decodeReport(bytes);
    const receivedAt = clock();
    if (this.#isWithinQuota(device, receivedAt))
      await database.write((transaction) => writeReport(transaction, { device: fromHex(device), bytes, receivedAt }));
    return { quarantined: administrators.of('quarantine', chain) === 1, rebaseline: administrators.of('rebaseline', chain) };
  }

  #isWithinQuota(device: string, now: number): boolean {
    const second = Math.floor(now / 1000);
    const before = this.#told.get(device);
    const reports = before?.second === second ? before.reports + 1 : 1;
    this.#told.set(device, { second, reports });
    return reports <= REPORTS_A_SECOND;
  }

  /** All of it, as it stands now. */
  async state() {
    const { database, administrators, clock } = this.#options;
    const { read } = database;
    const size = (await readHead(read, hashParts))?.size ?? 0;
    const reports = new Map((await listReports(read)).map((row) => [toHex(row.device), row]));
    const copied = new Set((await listEquivocations(read)).map(({ device }) => toHex(device)));
    const heads = epochsOf(await listState(read, 'head/'));
    const clinics = (await listState(read, 'chain/')).map(({ key, value }) => {
      const chain = key.slice('chain/'.length);
      const { name, kind } = decode(chainRow, value);
      const rebaseline = administrators.of('rebaseline', chain);
      return { chain, name, kind, quarantined: administrators.of('quarantine', chain) === 1, rebaseline };
    });
    const devices = [];
    for (const { key, value } of await listState(read, 'device/')) {
      const device = key.slice('device/'.length);
      const { chain, kind, revoked } = decode(deviceRow, value);
      const report = reports.get(device);
      const last = await this.#lastBlock(device, heads.get(device) ?? []);
      devices.push({
        device,
        chain: toHex(chain),
        kind,
        revoked,
        cut: administrators.of('certificate', device) === 1,
        copied: copied.has(device),
        lastPosition: last?.position ?? null,
        lastTime: last?.time ?? null,
        reportedAt: report?.received_at ?? null,
        report: report ? reported(decodeReport(report.bytes)) : null,
      });
    }
    const newest = (await newestAct(read))?.sequence ?? 0;
    const acts = await actsAfter(read, Math.max(0, newest - ACTS_SHOWN), ACTS_SHOWN);
    return { size, now: clock(), clinics, devices, acts: acts.map(({ bytes }) => base64(bytes)) };
  }

  async #lastBlock(device: string, epochs: readonly string[]): Promise<{ position: number; time: number } | undefined> {
    let last: { position: number; time: number } | undefined;
    for (const epoch of epochs) {
      const placed = await newestPlaced(this.#options.database.read, fromHex(device), fromHex(epoch));
      if (placed && placed.position >= (last?.position ?? 0)) last = placed;
    }
    return last;
  }
}

/** Epochs (hexadecimal) of each device in which it has written. */
function epochsOf(rows: ReadonlyArray<{ readonly key: string }>): Map<string, string[]> {
  const epochs = new Map<string, string[]>();
  for (const { key } of rows) {
    const [, device = '', epoch = ''] = key.split('/');
    epochs.set(device, [...(epochs.get(device) ?? []), epoch]);
  }
  return epochs;
}

function reported({ program, epoch, alarms, ...numbers }: DeviceReport) {
  return { ...numbers, version: `${program.major}.${program.minor}.${program.patch}`, epoch: toHex(epoch), alarms: [...alarms] };
}
