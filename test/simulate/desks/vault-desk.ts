/**
 * A desk with the program's own vault over the simulated device tier: directory, charts, consents, erasures and the mail between the
 * desks of a clinic. A clinic has one of them or two; both have its keys. Power takes both tiers at once.
 */
import { AccessLog } from '../../../server/access/access.ts';
import { CareCards } from '../../../server/care-card/care-cards.ts';
import { Consents } from '../../../server/consent/consent.ts';
import { Erasures } from '../../../server/erasure/erasure.ts';
import { Patients } from '../../../server/patients/patients.ts';
import { openRecords, type RecordsDesk } from '../../../server/records/records.ts';
import { ClinicMail } from '../../../server/sync/clinic-mail/clinic-mail.ts';
import { ClinicDevices } from '../../../server/sync/clinic-mail/clinic-mail-devices.ts';
import { readClinicMail } from '../../../server/sync/clinic-mail/clinic-mail-receiving.ts';
import { destroyEarlierKeys, rollWhenDue } from '../../../server/sync/clinic-mail/roll-clinic-keys.ts';
import type { EngineState } from '../../../server/sync/engine-state.ts';
import type { DeviceGateway } from '../../../server/sync/gateway.ts';
import { listOverlaid, loadOverlaid } from '../../../server/sync/own-acts/pending.ts';
import { bringFollowersBack } from '../../../server/sync/own-acts/sign-anew.ts';
import { type VaultContext, vaultContext } from '../../../server/sync/vault-context/vault-context.ts';
import { KEY_STORE_MIGRATIONS, readStore, writeStore } from '../../../server/vault/key-store.store.ts';
import { type SigningKey, sealingKey, sha256 } from '../../../server/vault/primitives.ts';
import { UnlockedKeyStore } from '../../../server/vault/unlocked-key-store.ts';
import { JudgedTime } from '../../../server/workstation/folder/judged-time.ts';
import { WITHOUT_HUB } from '../../support/gateway-without-hub.ts';
import { agreementKeyFor, bytesFor } from '../../support/ledger-builder.ts';
import { type DeviceProcess, SimulatedDevice, type SimulatedDeviceOptions } from '../simulated-device.ts';
import type { Storage } from '../storage.ts';
import { Violation } from '../world.ts';
import { namesInMemory } from './names-in-memory.ts';

const NO_ID = new Uint8Array(0);
const EVERY_MINUTE = 60_000;
/** What a look may meet while the hub is away, or the clinic's other desk has not spoken yet: it is done again. */
const PASSING = /^(?:test\.not-here|sync\.|vault\.clinic-key-missing)/;

interface VaultDeskOptions extends SimulatedDeviceOptions {
  /** Where `keys.db` lies. */
  readonly keys: Storage;
  /** Belongs to the labels of its keys; the clinic's first desk has the clinic's own. */
  readonly label: string;
}

/** What is open between start and end of one process. */
export interface OpenDesk extends Pick<RecordsDesk, 'records' | 'charts' | 'conflicts'> {
  readonly process: DeviceProcess;
  readonly context: VaultContext;
  readonly patients: Patients;
  readonly consents: Consents;
  readonly erasures: Erasures;
  readonly mail: ClinicMail;
  readonly devices: ClinicDevices;
  readonly keyStore: UnlockedKeyStore;
}

export class VaultDesk {
  readonly options: VaultDeskOptions;
  readonly device: SimulatedDevice;
  open: OpenDesk | undefined;
  /** Looks at what came that have been asked for and have not ended. */
  #looking = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(options: VaultDeskOptions) {
    this.options = options;
    this.device = new SimulatedDevice(options);
  }

  get name(): string {
    return this.options.name;
  }

  /** Hexadecimal. */
  get chain(): string {
    return this.options.clinic.id;
  }

  get state(): EngineState | undefined {
    return this.device.state;
  }

  /** Whether nothing that came waits to be looked at. */
  get isTidy(): boolean {
    return this.open !== undefined && this.#looking === 0;
  }

  async start(): Promise<void> {
    const process = await this.device.start({ onNews: () => this.lookSoon(), onRest: () => undefined });
    if (!process) return;
    const open = await this.#unlock(process);
    if (process.isGone()) return;
    this.open = open;
    this.device.begin(process);
    this.lookSoon();
    this.#minutely(process);
  }

  /** Power goes: both tiers end here and now. */
  crash(): void {
    this.open = undefined;
    this.#looking = 0;
    this.#last = Promise.resolve();
    this.device.crash();
    this.options.keys.crash();
  }

  /** Looks at what came, soon, as a notice of the device service makes the vault do. */
  lookSoon(): void {
    const { process } = this.device;
    const { world } = this.options;
    this.#looking += 1;
    world.later(world.random.between(1, 200), `${this.name} looks at what came`, () => {
      if (process !== this.device.process) return;
      world.background(
        this.lookNow().then(() => {
          if (process === this.device.process) this.#looking -= 1;
        }),
      );
    });
  }

  #minutely(process: DeviceProcess): void {
    const { world } = this.options;
    world.later(EVERY_MINUTE, `${this.name} looks by itself`, () => {
      if (process.isGone()) return;
      world.background(this.lookNow());
      this.#minutely(process);
    });
  }

  /** As it does each minute, after the looks before. */
  lookNow(): Promise<void> {
    const { open } = this;
    this.#last = this.#last.then(() => (open && !open.process.isGone() ? this.#look(open) : undefined));
    return this.#last;
  }

  /** In the order in which an unlocked vault looks. One after the other, as there. */
  async #look({ context, mail, devices, consents, erasures, patients, records, conflicts }: OpenDesk): Promise<void> {
    const areOver = (grants: readonly string[]) => consents.areOver(grants);
    const lookAnew = () => consents.lookAnew();
    const receiving = { mail, context, directory: patients, records, areOver, lookAnew };
    const looks = [
      () => readClinicMail(receiving, devices),
      () => erasures.refresh(),
      () => consents.refresh(),
      () => bringFollowersBack(context),
      () => destroyEarlierKeys(context),
      () => rollWhenDue(context),
      () => conflicts.look(),
    ];
    for (const look of looks)
      await look().catch((error: { code?: string; stack?: string; message: string }) => {
        this.options.world.note(`${this.name} could not look: ${error.code ?? error.message}`);
        if (!PASSING.test(error.code ?? '')) throw new Violation('no surprise', `${this.name}: ${error.stack ?? error.message}`);
      });
  }

  async #unlock(process: DeviceProcess): Promise<OpenDesk> {
    const { clinic, world, label, key } = this.options;
    const { database, ledger } = process;
    const keyStore = await this.#keyStore();
    const device = key.publicKey;
    const gateway = this.#gateway(process);
    const agreement = agreementKeyFor(`${label} device encryption`);
    const mail = await ClinicMail.open({ keyStore, gateway, reader: database.read, chain: clinic.chain, device, agreement });
    const context = await vaultContext({
      keyStore,
      gateway: mail.gateway,
      reader: database.read,
      chain: clinic.chain,
      device: ledger.device,
      staff: { name: `Dr. ${clinic.label}`, role: 'administrator' },
      clock: this.device.clock,
      random: (length) => world.random.bytes(length),
    });
    const patients = await Patients.open(context, namesInMemory);
    const access = await AccessLog.open(context);
    access.copyInto(patients);
    const { records, charts, conflicts } = openRecords(context, patients, access);
    new CareCards({ context, directory: patients, records, access });
    const consents = new Consents({ context, directory: patients, records, accessLog: access });
    const erasures = new Erasures({ context, patients, consents, records, charts });
    const devices = new ClinicDevices(context, mail);
    return { process, context, patients, records, charts, conflicts, consents, erasures, mail, devices, keyStore };
  }

  /** The clinic's keys are there from the first start on, as a welcome would have brought them. */
  async #keyStore(): Promise<UnlockedKeyStore> {
    const { keys, clinic, label } = this.options;
    const database = await keys.open(KEY_STORE_MIGRATIONS);
    const store = { id: bytesFor(`${label} key store`, 16), secretId: null, uses: 0 };
    const isNew = (await readStore(database.read)) === undefined;
    if (isNew) await database.write((transaction) => writeStore(transaction, store));
    const secrets = { half: bytesFor(`${label} half`), signingSeed: bytesFor(`${clinic.label} administrator`) };
    const keyStore = new UnlockedKeyStore(database, {
      storeId: store.id,
      secret: undefined,
      secrets,
      keyFor: (half) => sealingKey(sha256(half)),
      clock: this.device.clock,
      tryPassphrase: async () => secrets,
    });
    if (isNew)
      await keyStore.putKeys([
        { kind: 'clinic-signing', id: NO_ID, epoch: 0, value: bytesFor(`${clinic.label} clinic`) },
        { kind: 'clinic-encryption', id: NO_ID, epoch: 0, value: bytesFor(`${clinic.label} encryption`) },
        { kind: 'directory', id: NO_ID, epoch: 0, value: bytesFor(`${clinic.label} directory`) },
      ]);
    return keyStore;
  }

  #gateway({ database, ledger, engine }: DeviceProcess): DeviceGateway {
    const { clinic, region, world } = this.options;
    const { chain, founding } = clinic;
    const time = new JudgedTime({
      database: () => database,
      clock: this.device.clock,
      uptime: () => world.now,
      witnessed: () => ({ size: engine.state.witnessedSize, at: engine.state.witnessedAt }),
    });
    return {
      ...WITHOUT_HUB,
      commit: async (write) => {
        const verdicts = await ledger.commit(write);
        engine.wake();
        return verdicts;
      },
      state: async (wanted) => {
        const rows = await loadOverlaid(database.read, wanted);
        return wanted.map((key) => rows.get(key));
      },
      stateList: (prefix) => listOverlaid(database.read, prefix),
      identity: async () => ({
        chain,
        device: ledger.device,
        region: region.id,
        genesis: region.bytes,
        founding: founding.bytes,
      }),
      time: () => time.now(),
      witnessedTime: async () => time.vouched(),
    };
  }
}

/** A desk of a clinic beside its first one. */
export const secondDevice = (label: string, signingKeyOf: (label: string) => SigningKey) => ({
  label: `${label} second`,
  key: signingKeyOf(`${label} second device`),
  cosignKey: signingKeyOf(`${label} second cosign`),
});
