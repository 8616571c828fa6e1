/** The hub's program: one data folder, one database, one server. */
import { hostname } from 'node:os';
import { join } from 'node:path';
import { asFailure, type Failure } from '../../shared/outcome/failure.ts';
import { isOfStore, toldElsewhere } from '../../shared/sync/hub-store.ts';
import { ENROLMENT_OPERATIONS, HUB_OPERATIONS } from '../../shared/sync/operations.ts';
import { answeredOperations } from '../../shared/sync/released-operations.ts';
import type { WireRange } from '../../shared/sync/wire-range.ts';
import { buildGraphql, type Incident } from '../graphql/apollo.ts';
import { wireSchema } from '../graphql/wire-schemas.ts';
import { builtInReleaseKey } from '../identity/release-key.ts';
import { openDataFolder } from '../storage/data-folder.ts';
import { projectFile } from '../storage/project-file.ts';
import { hubDiskCheck } from './fleet/disk.ts';
import { HubCondition } from './fleet/hub-condition.ts';
import { HubMetrics } from './fleet/hub-metrics.ts';
import { LongestTurn } from './fleet/longest-turn.ts';
import { type EnrolmentContext, enrolmentResolvers, type HubContext, hubResolvers } from './hub.resolvers.ts';
import { Hub } from './hub.ts';
import { openHubDatabase } from './hub-database.ts';
import { readHubKeys, renewServerCertificate, takeOfferedHubKey } from './hub-keys.ts';
import { credentialsOf, type HubServices, hubLine } from './line/hub-http.ts';
import { LinkServer } from './line/link-server.ts';
import { OperationsServer } from './line/operations-server.ts';
import { CallPages } from './patients/call-pages.ts';
import type { TurnServer } from './patients/turn.ts';
import type { DocumentStore } from './relay/document-store.ts';
import type { TroubleLog } from './relay/trouble-log.ts';

export interface RunningHub {
  /** Listens and gives the port; `port` 0 takes a free one. */
  start(port: number, host: string): Promise<number>;
  /**
   * Answers readers of SMART Health Links and patients who join a video visit as well; `address` is where they reach this port: https,
   * without a slash at its end.
   */
  startLinks(port: number, host: string, address: string, turn?: TurnServer): Promise<number>;
  /** Answers who keeps the hub running: health, readiness, metrics and a page to look at (operations-server.ts). */
  startOperations(port: number, host: string): Promise<number>;
  /** The rest of a whole look at its disk at once, which else goes on behind the work. */
  lookAtDisk(): Promise<void>;
  /** Renews its certificate when that is near its end, and cuts devices whose own has ended: else once an hour. */
  lookAtCertificates(): Promise<void>;
  /** Answers what was asked and commits what was taken, then ends. */
  close(): Promise<void>;
}

interface HubOptions {
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
  report?(incident: Incident): void;
  /** Left out: what this program speaks. */
  readonly wire?: WireRange;
  /** What this process is called among those of its hub; left out, after machine and port. */
  readonly process?: string | undefined;
  /** Where documents lie; left out, in the database. */
  readonly documents?: DocumentStore | undefined;
  /** Whose signature counts on releases; left out, that of the makers of this build. */
  readonly releaseKey?: Uint8Array | undefined;
  /** Hears what its administrator should look at, while the hub goes on. */
  warn?(failure: Failure): void;
}

/** Static tiles, in the data folder. */
const TILES_FOLDER = 'tiles';

/** Small enough for a hundred thousand blocks a minute, far below what one request could ask of a core. */
export const OPERATION_LIMITS = { characters: 4000, tokens: 400, depth: 6, aliases: 4, cost: 400 };

/** How soon this process takes in what an administrator did beside it, or at another process of this hub. */
const LOOK_EVERY_MS = 1_000;

/** How often a process tells the others of its hub that it is there, and looks at its stores: a look asks the one outside. */
const TELL_EVERY_MS = 5_000;
const LOOK_AT_STORES_MS = 20_000;

/** Keys of backups that have expired leave the escrow this often. */
const EVERY_HOUR = 3_600_000;
/** Rooms of calls that are over leave the memory this often, and samples are taken. */
const EVERY_MINUTE = 60_000;

/**
 * Opens the hub in a data folder that `hub init` made.
 * @throws {Failure} `hub.not-initialised`, `storage.folder-in-use` and what the storage sorts.
 */
export async function openHub(folder: string, options: HubOptions = {}): Promise<RunningHub> {
  const clock = options.clock ?? Date.now;
  const lock = await openDataFolder(folder);
  try {
    const hub = await openRegion(folder, options, clock);
    const disk = hubDiskCheck(hub.database, clock, hub.documents);
    await disk.start();
    const condition = new HubCondition(hub);
    const turns = new LongestTurn();
    const metrics = measured(hub, condition, turns);
    const { troubles } = hub;
    troubles.warn = warner(options);
    const services = await openServices(metrics, options.report ?? ((incident) => tell(incident)), troubles);
    const server = hubLine(hub, services, onRefused(metrics, troubles), options.wire);
    condition.connected = () => server.devices.length;
    const operations = new OperationsServer({
      unfit: () => condition.unfit(),
      documentTrouble: () => condition.documentTrouble(),
      health: () => condition.health(),
      metrics,
    });
    const links = new LinkServer(hub.links, clock, new CallPages(hub.calls, projectFile('out/renderer')));
    let shown = hub.keys.server.certificate;
    const lookAtCertificates = async (): Promise<void> => {
      server.endExpired(clock());
      const renewed = await renewServerCertificate(folder, clock());
      if (renewed.server.certificate === shown) return;
      shown = renewed.server.certificate;
      server.renew(credentialsOf(renewed));
    };
    const endHousekeeping = keepHouse(hub, () => lookAtCertificates().catch((error) => warner(options)(asFailure(error))));
    const close = async (): Promise<void> => {
      endHousekeeping();
      turns.stop();
      await disk.stop();
      await Promise.all([server.close(), hub.links.address === '' ? undefined : links.close()]);
      await services.stop();
      // What there was since the last minute; a database that is away keeps nobody from ending.
      await hub.samples.write().catch(() => undefined);
      await hub.processes.end().catch(() => undefined);
      await hub.close();
      await operations.close();
      await lock.close();
    };
    let closing: Promise<void> | undefined;
    return {
      start: async (port, host) => {
        const bound = await server.start(port, host);
        // Of a hub that cannot write just now the next word says it.
        await hub.processes.begin(options.process ?? `${hostname()}:${bound}`).catch(() => undefined);
        void lookAtStores(hub);
        return bound;
      },
      startLinks: async (port, host, address, turn) => {
        hub.calls.turn = turn;
        const bound = await links.listen(port, host);
        hub.links.address = address.replace(':0', `:${bound}`);
        return bound;
      },
      startOperations: (port, host) => operations.listen(port, host),
      lookAtDisk: async () => void (await disk.finish()),
      lookAtCertificates,
      close: () => {
        condition.isClosing = true;
        closing ??= close();
        return closing;
      },
    };
  } catch (error) {
    await lock.close();
    throw error;
  }
}

async function openRegion(folder: string, options: HubOptions, clock: () => number): Promise<Hub> {
  const keys = await renewServerCertificate(folder, clock());
  return Hub.open(await openHubDatabase(folder), keys, {
    clock,
    tiles: { folder: join(folder, TILES_FOLDER), warn: warner(options) },
    documents: options.documents,
    releases: { folder, releaseKey: options.releaseKey ?? builtInReleaseKey() },
    keyFile: { read: () => readHubKeys(folder), takeOffered: () => takeOfferedHubKey(folder) },
  });
}

/** Who hears what an administrator should look at. */
const warner = ({ warn }: HubOptions): ((warning: Failure) => void) => warn ?? ((warning) => tell({ warning }));

/** A line of JSON for who keeps the hub running. */
function tell(what: object): void {
  process.stderr.write(`${JSON.stringify(what)}\n`);
}

function measured(hub: Hub, condition: HubCondition, turns: LongestTurn): HubMetrics {
  const metrics = new HubMetrics({
    blocks: () => hub.founded?.sequencer.checkpoint.size ?? 0,
    connected: () => condition.connected(),
    quarantined: () => hub.administrators.set('quarantine').length,
    isReady: async () => (await condition.unfit()) === undefined,
    disk: () => condition.disk(),
    hasDocuments: async () => (await condition.documentTrouble()) === undefined,
    longestTurn: () => turns.take(),
  });
  metrics.onAnswered = (ms) => hub.samples.answered(ms);
  metrics.onRefused = () => hub.samples.refused();
  return metrics;
}

/** What answers devices, and those that have no certificate yet; each answer is measured. */
async function openServices(
  metrics: HubMetrics,
  report: (incident: Incident) => void,
  troubles: TroubleLog,
): Promise<HubServices & { stop(): Promise<void> }> {
  const shared = {
    limits: OPERATION_LIMITS,
    told: (failure: Failure) => {
      if (isOfStore(failure.code)) troubles.note('database', failure);
      return toldElsewhere(failure);
    },
    report: (incident: Incident) => {
      metrics.incident();
      report(incident);
    },
  };
  const answered = {
    hub: answeredOperations('hub', HUB_OPERATIONS),
    enrolment: answeredOperations('enrolment', ENROLMENT_OPERATIONS),
  };
  const graphql = await buildGraphql<HubContext>({
    ...shared,
    typeDefs: wireSchema('hub'),
    resolvers: hubResolvers,
    operations: [...answered.hub.keys()],
  });
  const enrolment = await buildGraphql<EnrolmentContext>({
    ...shared,
    typeDefs: wireSchema('enrolment'),
    resolvers: enrolmentResolvers,
    operations: [...answered.enrolment.keys()],
  });
  return {
    graphql: metrics.measure('hub', answered.hub, graphql),
    enrolment: metrics.measure('enrolment', answered.enrolment, enrolment),
    stop: async () => void (await Promise.all([graphql.stop(), enrolment.stop()])),
  };
}

/** What got no further than the door is counted; a database that was away by then is told in the log. */
const onRefused =
  (metrics: HubMetrics, troubles: TroubleLog) =>
  (failure: Failure): void => {
    metrics.refused(failure.code);
    if (isOfStore(failure.code)) troubles.note('database', failure);
  };

const lookAtStores = (hub: Hub): Promise<void> => hub.lookAtStores().catch(() => undefined);

/** What a hub does beside its answers, until what is returned is called. */
function keepHouse(hub: Hub, lookAtCertificates: () => Promise<void>): () => void {
  const { troubles, processes } = hub;
  const tellOthers = (): Promise<void> => processes.tell().catch(() => undefined);
  troubles.onChanged = () => void tellOthers();
  const every = (milliseconds: number, act: () => unknown): NodeJS.Timeout => setInterval(() => void act(), milliseconds).unref();
  const timers = [
    every(EVERY_HOUR, () => Promise.allSettled([hub.escrow.expire(), hub.links.expire()])),
    every(EVERY_HOUR, lookAtCertificates),
    every(LOOK_EVERY_MS, () => hub.administrators.look().catch(() => undefined)),
    every(EVERY_MINUTE, () =>
      hub.samples.write().then(
        () => troubles.note('database', undefined),
        (error: unknown) => troubles.note('database', asFailure(error)),
      ),
    ),
    every(LOOK_AT_STORES_MS, () => lookAtStores(hub)),
    every(TELL_EVERY_MS, tellOthers),
    every(EVERY_MINUTE, () => hub.calls.expire()),
    // What the store did not let go of, or was brought there for nothing; its trouble shows at /ready.
    every(EVERY_MINUTE, () => hub.documents?.clear().catch(() => undefined)),
  ];
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}
