/** The clinic's ledger on this device and the engine that keeps it and the hub together, from the moment the device's keys are open. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { toHex } from '../../../shared/encoding/bytes.ts';
import type { Checkpoint, Cosigned } from '../../../shared/ledger/checkpoint.ts';
import type { Region } from '../../../shared/ledger/founding.ts';
import type { Rules } from '../../../shared/ledger/rules.ts';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import type { CLINIC_HOST_OPERATIONS } from '../../../shared/sync/operations.ts';
import { certificateServes, makeRequest } from '../../identity/certificates.ts';
import { careledgerRules } from '../../rules-registry.ts';
import { type BundleDevice, bundleAsHub, carry, readBundle, type WrittenBundle, writeBundle } from '../../sync/bundle.ts';
import { ClinicLedger } from '../../sync/clinic-ledger.ts';
import { makeAnew } from '../../sync/download/go-back.ts';
import { SyncEngine } from '../../sync/engine.ts';
import type { HubPlace } from '../../sync/engine-outside.ts';
import type { EngineState } from '../../sync/engine-state.ts';
import { HubClient } from '../../sync/hub-client.ts';
import type { RegionPolicies } from '../../sync/witness/region-policies.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { agreementKeyFromSecret, randomBytes, sign, signingKeyFromSeed, verifySignature } from '../../vault/primitives.ts';
import { VerifyPool } from '../../vault/verify-pool.ts';
import type { ClinicCards } from '../clinic-host/clinic-host.resolvers.ts';
import { ClinicLan, type ClinicLanState, serveFromStart } from '../clinic-host/clinic-lan.ts';
import { cosignMarkFile } from '../folder/cosign-mark-file.ts';
import type { Installation } from '../folder/installation.ts';
import { readProgramVersion } from '../updates/program-version.ts';
import type { DeviceKeys } from './device-keys.ts';

/** How often it is looked whether the device's certificate is near its end. */
const CERTIFICATE_LOOK_MS = 3_600_000;

interface ClinicSyncEdges {
  readonly clock: () => number;
  onChange(): void;
  onArrived(): void;
  onFolded(size: number): void;
  /** Whether the check of the disk has found something: the hub's administrators see that. */
  isDiskAltered(): boolean;
  /** What this computer answers about care cards; a kiosk keeps no pepper, and serves nobody. */
  readonly card?: ClinicCards;
}

export interface ReadBundle {
  /** Blocks that were new here. */
  readonly blocks: number;
  /** Blocks that are here now. */
  readonly size: number;
  /** Blocks of another device of this clinic that the hub has now. */
  readonly carried: number;
}

export class ClinicSync {
  readonly rules: Rules = careledgerRules();
  readonly #installation: Installation;
  readonly #keys: DeviceKeys;
  readonly #edges: ClinicSyncEdges;
  readonly #pool = new VerifyPool();
  #ledger: ClinicLedger | undefined;
  #engine: SyncEngine | undefined;
  #lan: ClinicLan | undefined;
  #renewing: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(installation: Installation, keys: DeviceKeys, edges: ClinicSyncEdges) {
    this.#installation = installation;
    this.#keys = keys;
    this.#edges = edges;
  }

  get state(): EngineState | undefined {
    return this.#engine?.state;
  }

  get checkpoint(): Checkpoint | undefined {
    return this.#engine?.checkpoint;
  }

  /** Who of the witness set vouches for the ledger here, and when last (seconds). */
  get cosigners(): Cosigned[] {
    return this.#engine?.cosigners ?? [];
  }

  get policies(): RegionPolicies | undefined {
    return this.#engine?.policies;
  }

  get openLedger(): ClinicLedger | undefined {
    return this.#ledger;
  }

  /** @throws {Failure} `vault.device-tier-locked` before the device's keys are open. */
  get ledger(): ClinicLedger {
    if (this.#ledger) return this.#ledger;
    throw deviceLocked();
  }

  /** Opens the ledger, and follows the region when there is one; harmless when it is open or cannot be opened yet. */
  async open(): Promise<void> {
    const { chain, founding, database, continuity } = this.#installation;
    const { tier } = this.#keys;
    if (!chain || !tier) return;
    const options = {
      database,
      hash: hashParts,
      rules: this.rules,
      author: { chain, device: tier.signing.publicKey, sign: (message: Uint8Array) => sign(tier.signing, message) },
      founding,
      epoch: () => randomBytes(8),
      continuity,
      clock: this.#edges.clock,
    };
    this.#ledger ??= await ClinicLedger.open(options).catch(async (error: unknown) => {
      if (!/^(?:storage\.row-altered$|ledger\.)/.test(asFailure(error).code)) throw error;
      await this.#makeAnew();
      return ClinicLedger.open(options);
    });
    await this.#follow(chain, this.#ledger);
  }

  /** A row without which this desk cannot begin was altered on the disk: the blocks say what it was. */
  async #makeAnew(): Promise<void> {
    const { region, database } = this.#installation;
    if (!region) return;
    const ground = { hash: hashParts, verify: verifySignature, rules: this.rules, region };
    await database.write((transaction) => makeAnew(transaction, ground));
  }

  /** Begins to follow the region again after a person has cleared what stopped it. */
  async followAnew(): Promise<void> {
    await this.#lan?.stop();
    this.#lan = undefined;
    await this.#engine?.stop();
    this.#engine = undefined;
    await this.open();
  }

  wake(): void {
    this.#engine?.wake();
    this.#lan?.wake();
  }

  /** How this computer and its clinic's host stand; undefined without a region. */
  get clinicHost(): ClinicLanState | undefined {
    return this.#lan?.state;
  }

  /** As `ClinicLan.serve`. @throws {Failure} `sync.no-region`. */
  async serveClinic(listen: string | undefined): Promise<void> {
    if (!this.#lan) throw noRegion();
    await this.#lan.serve(listen);
  }

  /** The same as soon as this computer's keys are open, which may be when somebody unlocks. @throws {Failure} `sync.no-region`, `clinic-host.*`. */
  async serveFromStart(listen: string): Promise<void> {
    const { database, region } = this.#installation;
    if (this.#lan) return this.#lan.serve(listen);
    if (!region) throw noRegion();
    await serveFromStart(database, listen, this.#edges.clock());
  }

  /** As `ClinicLan.follow`. @throws {Failure} `sync.no-region`. */
  async followClinicHost(address: string | undefined): Promise<void> {
    if (!this.#lan) throw noRegion();
    await this.#lan.follow(address);
  }

  /** @throws {Failure} `sync.no-region`. */
  async acknowledge(id: number, staff: string): Promise<void> {
    if (!this.#engine) throw noRegion();
    await this.#engine.acknowledge(id, staff);
  }

  /** Syncs again with a hub that was caught. @throws {Failure} `sync.no-region`. */
  async resume(staff: string): Promise<void> {
    if (!this.#engine) throw noRegion();
    await this.#engine.resume(staff);
  }

  /** Follows a hub that was restored and lacks blocks that are here. @throws {Failure} `sync.no-region`, as `SyncEngine.followRestored`. */
  async followRestored(staff: string): Promise<void> {
    if (!this.#engine) throw noRegion();
    await this.#engine.followRestored(staff);
  }

  /** One whole round; throws what went wrong. @throws {Failure} `sync.no-region`. */
  async once(): Promise<void> {
    if (!this.#engine) throw noRegion();
    await this.#engine.once();
  }

  /** Runs `ask` with a client of the region's hub. @throws {Failure} `sync.no-region`. */
  async askHub<T>(ask: (client: HubClient) => Promise<T>): Promise<T> {
    const place = await this.#hubPlace();
    if (!place && this.#installation.region && !this.#keys.tier) throw deviceLocked();
    if (!place) throw noRegion();
    const client = new HubClient(place.address, place.trust);
    try {
      return await ask(client);
    } finally {
      client.close();
    }
  }

  /**
   * Writes what this computer holds into a bundle for a clinic, its own unless another is named.
   * @throws {Failure} `sync.no-region`, `bundle.*`.
   */
  async writeBundle(after: number, recipient?: Uint8Array): Promise<WrittenBundle> {
    const { region, device } = this.#bundling();
    const { checkpoint } = this;
    if (!checkpoint)
      throw new Failure('bundle.nothing-yet', 'This computer has nothing of the region yet. Sync once, or import a bundle.');
    const order = { recipient: recipient ?? device.chain, after, checkpoint, time: this.#edges.clock() };
    return writeBundle(this.#installation.database.read, region, device, order);
  }

  /**
   * Takes in a bundle: blocks that are new here, then, if another device of this clinic wrote it, what it could not send itself.
   * @throws {Failure} `bundle.*` when it is not for here or not whole; `sync.hub-unreachable` when what it carries could not be handed on.
   */
  async readBundle(bytes: Uint8Array): Promise<ReadBundle> {
    const { region, device, engine } = this.#bundling();
    const { read } = this.#installation.database;
    const { content, sender, isOwnClinic } = await readBundle(read, region, device, bytes);
    // Only what this bundle brought: syncing may go on beside it.
    const fresh = Math.max(0, content.from + content.blocks.length - engine.state.replicaSize);
    if (fresh > 0) await engine.takeIn(await bundleAsHub(read, hashParts, content));
    const waiting =
      isOwnClinic && sender !== toHex(device.signing.publicKey) ? content.pending.length + content.documents.length : 0;
    const carried = waiting > 0 ? await this.askHub((hub) => carry(hub, content)) : 0;
    return { blocks: fresh, size: engine.state.replicaSize, carried };
  }

  #bundling(): { region: Region; device: BundleDevice; engine: SyncEngine } {
    const { chain, region } = this.#installation;
    const { tier } = this.#keys;
    if (!tier) throw deviceLocked();
    if (!chain || !region || !this.#engine) throw noRegion();
    const agreement = agreementKeyFromSecret(tier.secrets.agreementSecret);
    return { region, device: { chain, signing: tier.signing, agreement }, engine: this.#engine };
  }

  /** As `ClinicLan.ask`. @throws {Failure} `sync.no-region`. */
  async askClinicHost<T>(operation: keyof typeof CLINIC_HOST_OPERATIONS, variables: Record<string, unknown>): Promise<T> {
    if (!this.#lan) throw noRegion();
    return this.#lan.ask<T>(operation, variables);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#renewing);
    await this.#lan?.stop();
    await this.#engine?.stop();
    await this.#pool.close();
  }

  async #follow(chain: Uint8Array, ledger: ClinicLedger): Promise<void> {
    const { region, database } = this.#installation;
    const hub = await this.#hubPlace();
    const { tier } = this.#keys;
    if (this.#engine || !region || !hub || !tier) return;
    const cosign = signingKeyFromSeed(tier.secrets.cosignSeed);
    this.#engine = await SyncEngine.open({
      database,
      ledger,
      region,
      hub,
      chain,
      device: tier.signing.publicKey,
      hash: hashParts,
      verify: verifySignature,
      rules: this.rules,
      pool: this.#pool,
      version: await readProgramVersion(),
      cosignMark: await cosignMarkFile(this.#installation.folder, cosign.publicKey),
      wasRestored: async () => (await this.#installation.text('restored')) !== undefined,
      cosigner: { key: cosign.publicKey, sign: (message) => sign(cosign, message) },
      admissionRequest: async () => (await this.#installation.text('admission-request')) || undefined,
      forwards: () => (this.#lan?.isServing ? this.#edges.clock() : undefined),
      ...this.#edges,
      onArrived: () => this.#arrived(),
      onFolded: (size) => {
        void this.#lan?.look().catch(() => undefined);
        this.#edges.onFolded(size);
      },
    });
    const { device, authority } = hub.trust;
    if (device) {
      const own = { chain, device: tier.signing.publicKey, agreement: agreementKeyFromSecret(tier.secrets.agreementSecret) };
      const { clock, onChange, card } = this.#edges;
      const engine = this.#engine;
      const trust = { authority, device };
      const onArrived = (): void => this.#arrived();
      this.#lan = new ClinicLan({
        database,
        ledger,
        engine,
        own,
        trust,
        clock,
        card,
        onChange,
        onArrived,
        onWritten: () => this.wake(),
      });
      await this.#lan.start();
    }
    this.#engine.start();
    this.#keepCertified();
  }

  /** A device's certificate holds for 90 days. A hub that is away is asked again in an hour; there are thirty days for it. */
  #keepCertified(): void {
    if (this.#renewing) return;
    const look = (): void => void this.#renewCertificate().catch(() => undefined);
    this.#renewing = setInterval(look, CERTIFICATE_LOOK_MS).unref();
    look();
  }

  async #renewCertificate(): Promise<void> {
    const { tier } = this.#keys;
    if (!tier || certificateServes(tier.secrets.tlsCertificate, [], this.#edges.clock())) return;
    const { tlsKey } = tier.secrets;
    const asked = { request: makeRequest(tlsKey, toHex(tier.signing.publicKey)), names: [] };
    const { certify } = await this.askHub((hub) => hub.ask<{ certify: { certificate: string } }>('Certify', asked));
    const isOurs = new X509Certificate(certify.certificate).checkPrivateKey(createPrivateKey(tlsKey));
    if (this.#closed || !isOurs) return;
    await this.#keys.keep({ ...tier.secrets, tlsCertificate: certify.certificate }, undefined);
    if (!this.#closed) await this.followAnew();
  }

  #arrived(): void {
    void this.#lan?.look().catch(() => undefined);
    this.#edges.onArrived();
  }

  async #hubPlace(): Promise<HubPlace | undefined> {
    const address = await this.#installation.text('hub-address');
    const authority = await this.#installation.text('authority');
    const secrets = this.#keys.tier?.secrets;
    if (!address || !authority || !secrets?.tlsCertificate) return undefined;
    return { address, trust: { authority, device: { certificate: secrets.tlsCertificate, privateKey: secrets.tlsKey } } };
  }
}

const deviceLocked = (): Failure =>
  new Failure('vault.device-tier-locked', 'This computer has no keychain: unlock once to begin.', { retry: true });

const noRegion = (): Failure =>
  new Failure('sync.no-region', 'This clinic has joined no region yet. Join one with an invitation first.');
