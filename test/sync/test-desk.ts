/** A device of a clinic with its database on disk, a ledger and a replica, but no engine: tests take the steps themselves. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '../../server/storage/database.ts';
import { ClinicLedger } from '../../server/sync/clinic-ledger.ts';
import { HubClient, type HubTrust } from '../../server/sync/hub-client.ts';
import { Replica } from '../../server/sync/replica.ts';
import { sign, verifySignature as verify } from '../../server/vault/primitives.ts';
import { CLINIC_MIGRATIONS } from '../../server/workstation/folder/installation.ts';
import type { SignedEvent } from '../../shared/ledger/event.ts';
import type { Region } from '../../shared/ledger/founding.ts';
import type { Rules } from '../../shared/ledger/rules.ts';
import { act, bytesFor, everyRule, hash, MORNING, type TestClinic, type TestDevice } from '../support/ledger-builder.ts';
import { MemoryContinuity } from '../support/memory-continuity.ts';

export interface Place {
  readonly address: string;
  readonly trust: HubTrust;
}

export class TestDesk {
  readonly clinic: TestClinic;
  readonly device: TestDevice;
  readonly region: Region;
  readonly folder: string;
  readonly continuity = new MemoryContinuity();
  /** The next epoch that this desk draws; without it, the one in which its clinic's device writes. */
  nextEpoch: Uint8Array | undefined;
  database!: Database;
  ledger!: ClinicLedger;
  replica!: Replica;
  /** The rules that its program knows, from the next start on. */
  rules: Rules = everyRule;

  private constructor(clinic: TestClinic, device: TestDevice, region: Region, folder: string) {
    this.clinic = clinic;
    this.device = device;
    this.region = region;
    this.folder = folder;
  }

  /** @param folder an earlier desk's; without it, a new one. */
  static async open(
    clinic: TestClinic,
    region: Region,
    folder?: string,
    options: { readonly nextEpoch?: Uint8Array } = {},
  ): Promise<TestDesk> {
    const desk = new TestDesk(clinic, clinic.desk, region, folder ?? (await mkdtemp(join(tmpdir(), 'careledger-sync-'))));
    desk.nextEpoch = options.nextEpoch;
    await desk.#start();
    return desk;
  }

  async #start(): Promise<void> {
    this.database = await openDatabase({
      path: join(this.folder, 'clinic.db'),
      mode: 'bulk',
      migrations: CLINIC_MIGRATIONS,
    });
    this.ledger = await ClinicLedger.open({
      database: this.database,
      hash,
      rules: this.rules,
      founding: this.clinic.founding,
      author: {
        chain: this.clinic.chain,
        device: this.device.key.publicKey,
        sign: (message) => sign(this.device.key, message),
      },
      epoch: () => this.nextEpoch ?? this.device.position.epoch,
      continuity: this.continuity,
      clock: () => MORNING,
    });
    const { database, ledger, region } = this;
    // Each page of a test is written by itself, however small.
    this.replica = await Replica.open({ database, ledger, region, hash, verify, rules: this.rules, commitBytes: 1 });
  }

  /** The same folder, opened anew. */
  async restart(): Promise<void> {
    await this.database.close();
    await this.#start();
  }

  /** Catches up with a hub; gives the code of what went wrong, or 'caught up'. */
  async catchUp(hub: Place): Promise<string> {
    const client = new HubClient(hub.address, hub.trust);
    try {
      await this.replica.catchUp(client);
      return 'caught up';
    } catch (error) {
      return (error as { code?: string }).code ?? String(error);
    } finally {
      client.close();
    }
  }

  async close(): Promise<void> {
    await this.database.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

interface PutOptions {
  readonly version?: number;
  readonly previous?: Uint8Array;
}

/** A signed version of the record `label`. */
export function recordEvent(
  clinic: TestClinic,
  label: string,
  { version = 1, previous = new Uint8Array(0) }: PutOptions = {},
): SignedEvent {
  const body = { record: bytesFor(label, 16), version, previous, document: bytesFor(`${label} document ${version}`) };
  return act(clinic, 'record.put', body, { handle: bytesFor(`${clinic.label} handle`, 16), signer: clinic.administrator });
}

/** `count` blocks of one record event each, the next of the device's chain. */
export const recordBlocks = (clinic: TestClinic, label: string, count: number, device = clinic.desk): Uint8Array[] =>
  Array.from({ length: count }, (_, at) => device.write(recordEvent(clinic, `${label} ${at}`)));
