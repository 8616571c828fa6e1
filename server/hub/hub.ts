/** The hub as a whole, without its transport: what it keeps, who may ask, and the services of its region once it is founded. */
import { equalBytes, fromHex } from '../../shared/encoding/bytes.ts';
import { openGenesis, type Region } from '../../shared/ledger/founding.ts';
import { PolicyBook } from '../../shared/ledger/policy-book.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { HubTroubleAnswer } from '../../shared/sync/fleet-answer.ts';
import { isOfStore } from '../../shared/sync/hub-store.ts';
import { signNewest } from '../../shared/sync/newest.ts';
import { cardCountMigration } from '../care-card/card-counts.store.ts';
import { fingerprintOfPem } from '../identity/certificates.ts';
import { ledgerMigration } from '../ledger/ledger.store.ts';
import { readActs } from '../ledger/policy-acts.store.ts';
import { listState } from '../ledger/state-rows.store.ts';
import { verdictSumMigration } from '../ledger/verdicts.store.ts';
import { careledgerRules } from '../rules-registry.ts';
import type { Database, WriteTransaction } from '../storage/database.ts';
import { hashParts } from '../vault/hash-parts.ts';
import { type SigningKey, sign, verifySignature } from '../vault/primitives.ts';
import { Recovery } from './backup/recovery.ts';
import { restorationMigration } from './backup/restoration.store.ts';
import { deviceChangesMigration, noteDeviceChanges } from './device-changes.store.ts';
import { Enrolment } from './enrolment.ts';
import { readWord } from './fellows.ts';
import { administratorsMigration } from './fleet/administrators.store.ts';
import { Administrators, takeBackActs } from './fleet/administrators.ts';
import { diskMigration } from './fleet/disk.store.ts';
import { fleetMigration } from './fleet/fleet.store.ts';
import { Fleet } from './fleet/fleet.ts';
import { policyPapersMigration } from './fleet/policy-papers.store.ts';
import { PolicyPapers } from './fleet/policy-papers.ts';
import { processesMigration } from './fleet/processes.store.ts';
import { HubProcesses } from './fleet/processes.ts';
import { releasesMigration } from './fleet/releases.store.ts';
import { Releases } from './fleet/releases.ts';
import { samplesMigration } from './fleet/samples.store.ts';
import { HubSamples } from './fleet/samples.ts';
import { hubMigration, readGenesis, removeAdmissionRequests } from './hub.store.ts';
import { type HubKeys, hostOf } from './hub-keys.ts';
import { Callers } from './line/callers.ts';
import { CallRooms } from './patients/call-rooms.ts';
import { cardPepperMigration } from './patients/card-peppers.store.ts';
import { HubPeppers } from './patients/card-peppers.ts';
import { healthLinkMigration, linkOfficeMigration, oneTimeLinkMigration } from './patients/health-links.store.ts';
import { HealthLinks } from './patients/health-links.ts';
import { endLinksOf, mayEndLinks } from './patients/link-offices.ts';
import type { DocumentStore } from './relay/document-store.ts';
import { hubErasureMigration } from './relay/erasure.store.ts';
import { escrowMigration } from './relay/escrow.store.ts';
import { Escrow } from './relay/escrow.ts';
import { outsideDocumentsMigration } from './relay/outside-documents.store.ts';
import { OutsideDocuments, requireStore } from './relay/outside-documents.ts';
import { grantIndexMigration, relayMigration } from './relay/relay.store.ts';
import { Relay } from './relay/relay.ts';
import { TroubleLog } from './relay/trouble-log.ts';
import { Roster } from './roster.ts';
import { BlockPages } from './sequencer/block-pages.ts';
import { Cosignatures } from './sequencer/cosignatures.ts';
import { equivocationMigration } from './sequencer/equivocation.store.ts';
import { HeadSignal } from './sequencer/head-stream.ts';
import { type Committed, Sequencer } from './sequencer/sequencer.ts';
import { SignaturePool, type SignatureWork } from './sequencer/signature-pool.ts';
import { HubSnapshots } from './sequencer/snapshots.ts';
import { HubTiles, type HubTilesOptions } from './sequencer/tiles.ts';

export const hubMigrations = [
  ledgerMigration,
  hubMigration,
  relayMigration,
  policyPapersMigration,
  equivocationMigration,
  escrowMigration,
  hubErasureMigration,
  restorationMigration,
  cardCountMigration,
  cardPepperMigration,
  healthLinkMigration,
  deviceChangesMigration,
  administratorsMigration,
  fleetMigration,
  oneTimeLinkMigration,
  grantIndexMigration,
  samplesMigration,
  verdictSumMigration,
  outsideDocumentsMigration,
  releasesMigration,
  diskMigration,
  linkOfficeMigration,
  processesMigration,
];

/** What there is once the region is founded. */
interface Founded {
  readonly region: Region;
  readonly sequencer: Sequencer;
  /** Where there is a folder for them. */
  readonly tiles: HubTiles | undefined;
  readonly snapshots: HubSnapshots | undefined;
  readonly policies: PolicyBook;
  readonly recovery: Recovery;
}

/** The hub's keys on disk, which an administrator changes beside the running hub. */
interface HubKeyFile {
  read(): Promise<HubKeys>;
  /** The offered hub key takes the place of the one before. */
  takeOffered(): Promise<void>;
}

/** What a hub's program hands in. */
interface HubTools {
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Checks signatures for the sequencer: threads, unless told otherwise. */
  readonly signatures?: SignatureWork;
  /** Where the ledger is written as static tiles, and who hears what keeps them back. */
  readonly tiles?: Pick<HubTilesOptions, 'folder' | 'warn'>;
  /** Left out: the keys stay as they were given. */
  readonly keyFile?: HubKeyFile;
  /** Where documents lie; left out, in the database. */
  readonly documents?: DocumentStore | undefined;
  /** Where files of releases lie, and whose signature counts; left out, no updates are offered. */
  readonly releases?: { readonly folder: string; readonly releaseKey: Uint8Array | undefined };
}

export class Hub {
  readonly database: Database;
  readonly keys: HubKeys;
  readonly roster = new Roster();
  readonly callers: Callers;
  /** Where documents do not lie in the database. */
  readonly documents: OutsideDocuments | undefined;
  readonly relay: Relay;
  readonly enrolment: Enrolment;
  readonly escrow: Escrow;
  readonly links: HealthLinks;
  readonly calls: CallRooms;
  readonly peppers: HubPeppers;
  readonly cosignatures: Cosignatures;
  readonly pages: BlockPages;
  readonly heads = new HeadSignal();
  readonly administrators: Administrators;
  readonly fleet: Fleet;
  readonly samples: HubSamples;
  readonly releases: Releases | undefined;
  readonly policyPapers: PolicyPapers;
  readonly troubles: TroubleLog;
  readonly processes: HubProcesses;
  readonly #tools: HubTools;
  #founded: Founded | undefined;
  #beginning: Promise<void> | undefined;

  private constructor(database: Database, keys: HubKeys, tools: HubTools) {
    const { clock } = tools;
    this.database = database;
    this.keys = keys;
    this.#tools = tools;
    this.troubles = new TroubleLog(clock);
    this.processes = new HubProcesses({ database, clock, standing: () => this.troubles.standing });
    this.administrators = new Administrators({ database, clock, region: () => this.region.region.id });
    this.callers = new Callers(database, this.roster, this.administrators);
    this.fleet = new Fleet({ database, clock, administrators: this.administrators });
    this.samples = new HubSamples({ database, clock, blocks: () => this.#founded?.sequencer.checkpoint.size ?? 0 });
    this.releases = tools.releases && new Releases({ database, ...tools.releases });
    this.documents = tools.documents && new OutsideDocuments({ database, store: tools.documents, clock });
    this.relay = new Relay(database, clock, this.documents);
    this.links = new HealthLinks(database, clock);
    this.calls = new CallRooms(clock);
    this.calls.address = () => this.links.address;
    this.escrow = new Escrow(database, clock, () => this.#founded?.region.id);
    this.peppers = new HubPeppers({ database, clock, region: () => this.region.region.id, seed: keys.cardSeed });
    this.cosignatures = new Cosignatures(database, (size) => this.region.policies.at(size).witnesses);
    this.pages = new BlockPages(database.read);
    this.policyPapers = new PolicyPapers({
      database,
      region: () => this.region.region.id,
      sequence: () => this.region.policies.current.sequence,
      nextHubKey: () => this.nextHubKey(),
    });
    this.enrolment = new Enrolment({
      database,
      clock,
      authority: keys.authority,
      authorityFingerprint: fingerprintOfPem(keys.authority.certificate),
      hubKey: keys.hubKey.publicKey,
      host: hostOf(keys.address),
      region: () => this.#founded?.region,
      onFounded: (region) => this.#begin(region),
    });
  }

  static async open(database: Database, keys: HubKeys, tools: HubTools): Promise<Hub> {
    const hub = new Hub(database, keys, tools);
    await requireStore(database, tools.documents);
    await hub.administrators.look();
    await database.share?.listen((text) => void hub.#hear(text).catch(() => undefined));
    await hub.#lookForRegion();
    return hub;
  }

  /** Ends when what is answered here is no older than what any process of this hub has answered. */
  async current(): Promise<void> {
    if (!this.database.share) return;
    if (!this.#founded) await this.#lookForRegion();
    await this.#founded?.sequencer.catchUp();
  }

  get founded(): Founded | undefined {
    return this.#founded;
  }

  /** @throws {Failure} `hub.not-founded`. */
  get region(): Founded {
    if (this.#founded) return this.#founded;
    throw new Failure('hub.not-founded', 'This hub serves no region yet. Its first clinic has to found one.', { retry: true });
  }

  /** What is wrong with its stores and its ledger, as of some seconds ago: at any of its processes. */
  async storeTroubles(): Promise<HubTroubleAnswer[]> {
    await this.lookAtStores();
    return this.processes.troubles();
  }

  /** Looks how the stores of this process are now. */
  async lookAtStores(): Promise<void> {
    if (this.documents) this.troubles.note('documents', await this.documents.trouble());
    this.troubles.note('ledger', await this.#founded?.recovery.refusal());
  }

  /** The key that this hub offers to sign with next. */
  async nextHubKey(): Promise<SigningKey | undefined> {
    return (await this.#tools.keyFile?.read())?.nextHubKey ?? this.keys.nextHubKey;
  }

  /** Milliseconds since 1970, by this machine. */
  now(): number {
    return this.#tools.clock();
  }

  /** The newest checkpoint with the cosignatures received. */
  get note(): string {
    const { checkpoint } = this.region.sequencer;
    return this.cosignatures.note(checkpoint.size) ?? checkpoint.note;
  }

  /** The signed word on how far the newest checkpoint reaches, to who shows something that this hub has signed. */
  newest(seen: Uint8Array): Uint8Array {
    const { region, sequencer } = this.region;
    return signNewest({ region: region.id, seen, size: sequencer.checkpoint.size, time: this.#tools.clock() }, (message) =>
      sign(sequencer.hubKey, message),
    );
  }

  /** The checkpoint of `note` has got a cosignature more. */
  async cosigned(note: string): Promise<void> {
    this.heads.notify();
    this.#founded?.tiles?.notify();
    this.#founded?.snapshots?.cosigned(note);
    await this.#founded?.recovery.cosigned(note);
  }

  async close(): Promise<void> {
    await this.#founded?.sequencer.close();
    await this.#founded?.snapshots?.close();
    await this.#founded?.tiles?.close();
    await this.database.close();
  }

  async #lookForRegion(): Promise<void> {
    const genesis = await readGenesis(this.database.read);
    if (genesis) await this.#begin(openGenesis(hashParts, verifySignature, genesis));
  }

  /** What another process of this hub has done; undefined when words may have been missed. */
  async #hear(text: string | undefined): Promise<void> {
    const word = text === undefined ? undefined : readWord(text);
    if (word?.kind !== 'head') this.relay.arrived();
    await this.current();
    if (word?.kind === 'head' && this.cosignatures.note(word.head.size) === undefined) {
      const checkpoint = this.#founded?.sequencer.signOf(word.head);
      if (checkpoint) await this.cosignatures.remember(checkpoint.size, checkpoint.note);
    }
    const note = word?.kind === 'cosigned' ? await this.cosignatures.refresh(word.size) : undefined;
    if (note) await this.cosigned(note);
    this.heads.notify();
  }

  #begin(region: Region): Promise<void> {
    this.#beginning ??= this.#beginRegion(region).finally(() => {
      this.#beginning = undefined;
    });
    return this.#beginning;
  }

  async #beginRegion(region: Region): Promise<void> {
    if (this.#founded) return;
    const devices = await listState(this.database.read, 'device/');
    this.roster.apply(devices.map(({ key, value }) => [key, value] as const));
    const place = this.#tools.tiles;
    const tiles = place && new HubTiles({ ...place, region, connection: this.database.read, note: () => this.note });
    const snapshots = place && new HubSnapshots({ ...place, region, database: this.database });
    const policies = new PolicyBook(region);
    for (const act of await readActs(this.database.read)) policies.apply(act);
    const hubKey = await this.#activeHubKey(policies);
    const { clock, keyFile, signatures = new SignaturePool() } = this.#tools;
    const recovery = await Recovery.open({
      database: this.database,
      region,
      policies,
      cosignatures: this.cosignatures,
      signatures,
      clock,
      sequencer: () => sequencer,
    });
    const sequencer = await Sequencer.open({
      database: this.database,
      rules: careledgerRules(),
      region,
      policies,
      hubKey,
      nextHubKey: () => this.nextHubKey(),
      onHubKey: async () => keyFile?.takeOffered(),
      clock,
      signatures,
      refusal: () => recovery.refusal(),
      project: (transaction, changes, size) => this.#project(transaction, changes, size, policies),
      onCommitted: (commit) => {
        this.#committed(commit);
        tiles?.notify();
      },
      onFailed: (failure) => {
        if (isOfStore(failure.code)) this.troubles.note('database', failure);
      },
      onStateDue: (size) => snapshots?.due(size),
    });
    await this.cosignatures.remember(sequencer.checkpoint.size, sequencer.checkpoint.note);
    this.#founded = { region, sequencer, tiles, snapshots, policies, recovery };
    tiles?.notify();
  }

  /** What the hub keeps beside the ledger because of it, in the transaction that stores the blocks. */
  async #project(
    transaction: WriteTransaction,
    changes: Committed['changes'],
    size: number,
    policies: PolicyBook,
  ): Promise<void> {
    await this.relay.project(transaction, changes);
    await this.peppers.project(transaction, changes);
    await endLinksOf(transaction, changes);
    const hubKeys = policies.all.map(({ activeHubKey }) => activeHubKey);
    await takeBackActs(transaction, changes, hubKeys);
    const keys = [...changes.keys()];
    await noteDeviceChanges(
      transaction,
      keys.filter((key) => key.startsWith('device/')),
      size,
    );
    const chains = keys.filter((key) => key.startsWith('chain/'));
    await removeAdmissionRequests(
      transaction,
      chains.map((key) => fromHex(key.slice('chain/'.length))),
    );
  }

  /** Blocks are stored and signed: whoever waits for a head hears of it. */
  #committed({ changes, checkpoint }: Committed): void {
    this.troubles.note('database', undefined);
    this.roster.apply(changes);
    if (mayEndLinks(changes)) void this.relay.scrub();
    this.cosignatures.follow(checkpoint.size, checkpoint.note);
    if (this.database.share) void this.cosignatures.refresh(checkpoint.size).catch(() => undefined);
    this.heads.notify();
  }

  /** The key of the policy in force. An offered key that the region took just before the hub died takes its place now. */
  async #activeHubKey({ current: { activeHubKey } }: PolicyBook): Promise<SigningKey> {
    const { hubKey } = this.keys;
    if (equalBytes(hubKey.publicKey, activeHubKey)) return hubKey;
    const next = await this.nextHubKey();
    if (!next || !equalBytes(next.publicKey, activeHubKey))
      throw new Failure(
        'hub.key-lost',
        'The region has given this hub a key that this data folder does not hold. Restore the file with its keys from a backup.',
      );
    await this.#tools.keyFile?.takeOffered();
    return next;
  }
}
