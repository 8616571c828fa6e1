/**
 * The device tier of a simulated desk: the real ledger, engine and replica over a virtual disk and wire. A crash ends its process, and
 * with it everything that was about to happen there.
 */
import type { Database } from '../../server/storage/database.ts';
import { ClinicLedger } from '../../server/sync/clinic-ledger.ts';
import { SyncEngine } from '../../server/sync/engine.ts';
import type { EngineState } from '../../server/sync/engine-state.ts';
import type { ChainMark, Continuity } from '../../server/sync/own-acts/continuity.ts';
import type { CosignedTree, CosignMark } from '../../server/sync/witness/cosign-mark.ts';
import { type SigningKey, sign } from '../../server/vault/primitives.ts';
import type { VerifyPool } from '../../server/vault/verify-pool.ts';
import { CLINIC_MIGRATIONS } from '../../server/workstation/folder/installation.ts';
import type { Region } from '../../shared/ledger/founding.ts';
import type { Rules } from '../../shared/ledger/rules.ts';
import { hash, type TestClinic } from '../support/ledger-builder.ts';
import type { Check } from './slow-ledger.ts';
import type { Storage } from './storage.ts';
import { VirtualHubClient, type VirtualNetwork } from './virtual-network.ts';
import type { World } from './world.ts';

export interface SimulatedDeviceOptions {
  readonly world: World;
  readonly network: VirtualNetwork;
  readonly storage: Storage;
  /** Its number on the network. */
  readonly index: number;
  readonly name: string;
  readonly clinic: TestClinic;
  /** Signs its blocks. */
  readonly key: SigningKey;
  readonly cosignKey: SigningKey;
  readonly region: Region;
  readonly check: Check;
  readonly pool: VerifyPool;
  /** Of the program that runs there from the next start on. */
  readonly rules: () => Rules;
}

/** Hears what goes on in one process of it. */
interface DeviceEars {
  /** Something came, or the ledger moved. */
  onNews(): void;
  /** A round of its engine has ended. */
  onRest(): void;
}

/** One process of it. */
export interface DeviceProcess {
  readonly database: Database;
  readonly ledger: ClinicLedger;
  readonly engine: SyncEngine;
  /** Whether it has ended. */
  isGone(): boolean;
}

export class SimulatedDevice {
  readonly options: SimulatedDeviceOptions;
  /** Milliseconds by which its clock is wrong. */
  skew = 0;
  running: DeviceProcess | undefined;
  /** Rises with each process. */
  process = 0;
  #onHead: () => void = () => undefined;
  #mark: ChainMark | undefined;
  #cosigned: CosignedTree | undefined;

  constructor(options: SimulatedDeviceOptions) {
    this.options = options;
  }

  readonly clock = (): number => this.options.world.now + this.skew;

  get state(): EngineState | undefined {
    return this.running?.engine.state;
  }

  /** The process, not started yet: `begin` runs its engine. Undefined when it ended meanwhile. */
  async start(ears: DeviceEars): Promise<DeviceProcess | undefined> {
    const process = ++this.process;
    const { world, network, clinic, key, cosignKey, region, check, pool, index, name, storage } = this.options;
    const isGone = (): boolean => process !== this.process;
    const rules = this.options.rules();
    const onNews = (): void => {
      if (!isGone()) ears.onNews();
    };
    const database = await storage.open(CLINIC_MIGRATIONS);
    const ledger = await ClinicLedger.open({
      database,
      hash,
      rules,
      founding: clinic.founding,
      author: { chain: clinic.chain, device: key.publicKey, sign: (message) => sign(key, message) },
      epoch: () => world.random.bytes(8),
      continuity: this.#continuity(isGone),
      clock: this.clock,
    });
    const engine = await SyncEngine.open({
      version: '0.1.0',
      database,
      ledger,
      region,
      hub: { address: 'https://hub.simulated', trust: { authority: '' } },
      outside: {
        connect: () => new VirtualHubClient(network, { desk: index, name }, isGone),
        follow: (_, onHead) => {
          this.#onHead = onHead;
          return () => undefined;
        },
        later: (milliseconds, then) => {
          if (!isGone()) ears.onRest();
          return world.later(milliseconds, `${name} looks`, () => {
            if (!isGone()) then();
          });
        },
      },
      chain: clinic.chain,
      device: key.publicKey,
      hash,
      verify: check,
      rules,
      pool,
      cosignMark: this.#cosignMark(isGone),
      cosigner: { key: cosignKey.publicKey, sign: (message) => sign(cosignKey, message) },
      clock: this.clock,
      admissionRequest: async () => undefined,
      onChange: () => undefined,
      onArrived: onNews,
      onFolded: onNews,
    });
    return isGone() ? undefined : { database, ledger, engine, isGone };
  }

  begin(process: DeviceProcess): void {
    this.running = process;
    process.engine.start();
  }

  /** The process ends here and now. */
  crash(): void {
    this.process += 1;
    this.running = undefined;
    this.#onHead = () => undefined;
    this.options.storage.crash();
  }

  /** A person answers for going on after what stopped syncing. */
  async resume(): Promise<void> {
    if (this.state?.connection === 'STOPPED') await this.running?.engine.resume('staff');
  }

  hearHead(): void {
    this.#onHead();
  }

  #cosignMark(isGone: () => boolean): CosignMark {
    return {
      last: async () => this.#cosigned,
      advance: async (tree) => {
        if (!isGone()) this.#cosigned = tree;
      },
    };
  }

  /** The mark outside of the folder, which a crash leaves as it is and a restored disk does not take back. */
  #continuity(isGone: () => boolean): Continuity {
    return {
      last: async () => this.#mark && { ...this.#mark, isNewest: true },
      advance: (mark) =>
        new Promise((resolve) => {
          if (isGone()) return;
          this.#mark = mark;
          resolve();
        }),
    };
  }
}
