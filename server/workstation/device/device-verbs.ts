/** What the vault process asks of the device service: the gateway's verbs, each with one argument. */
import type { PepperKeeper } from '../../../shared/care-card/card-envelope.ts';
import type {
  FleetAnswer,
  HubDiskAnswer,
  HubTroubleAnswer,
  SamplesAnswer,
  UpdatesAnswer,
} from '../../../shared/sync/fleet-answer.ts';
import type { PolicyProposal } from '../../../shared/sync/policy-papers.ts';
import type {
  ClinicPepper,
  DeviceGateway,
  DeviceIdentity,
  LocalVerdict,
  LocalWrite,
  PagesOperation,
  RegionPapers,
} from '../../sync/gateway.ts';
import type { RemoteCalls } from '../vault-process/remote-calls.ts';

/** What waits for somebody at this clinic, as who is signed in sees it: numbers and no names, for the locked door. */
export interface Waiting {
  readonly alerts: number;
  readonly tasks: number;
  /** Moments (milliseconds since 1970, rising) at which ladders tell somebody next, unless an alert is acknowledged. */
  readonly calls: readonly number[];
  /** Moments at which watches go quiet, unless a reading comes. */
  readonly quiet: readonly number[];
}

export type DeviceVerbs = {
  readonly commit: (write: LocalWrite) => Promise<readonly LocalVerdict[]>;
  readonly state: (keys: readonly string[]) => Promise<ReadonlyArray<Uint8Array | undefined>>;
  readonly stateList: (prefix: string) => Promise<ReadonlyArray<{ key: string; value: Uint8Array }>>;
  readonly identity: (argument: undefined) => Promise<DeviceIdentity>;
  readonly time: (argument: undefined) => Promise<number>;
  readonly witnessedTime: (argument: undefined) => Promise<number>;
  /** Replaces the keychain's secret, so that older copies of the key file die; nothing on a machine without a keychain. */
  readonly renewSecret: (argument: undefined) => Promise<void>;
  readonly tellWaiting: (waiting: Waiting) => Promise<void>;
  readonly receipt: (document: Uint8Array) => Promise<string>;
  readonly accessReceipt: (device: Uint8Array) => Promise<string>;
  readonly eventReceipts: DeviceGateway['eventReceipts'];
  readonly isWitnessed: (document: Uint8Array) => Promise<boolean>;
  readonly inviteDevice: (kind: string) => Promise<string>;
  readonly hubErasure: (handles: readonly string[]) => Promise<Uint8Array>;
  readonly admissionRequests: (argument: undefined) => Promise<readonly Uint8Array[]>;
  readonly regionPapers: (argument: undefined) => Promise<RegionPapers>;
  readonly proposePolicy: (proposal: PolicyProposal) => Promise<void>;
  readonly offerToWitness: (offer: Uint8Array) => Promise<void>;
  readonly fleet: (ask: Uint8Array) => Promise<FleetAnswer>;
  readonly hubUpdates: (ask: Uint8Array) => Promise<UpdatesAnswer>;
  readonly hubSamples: (ask: Uint8Array) => Promise<SamplesAnswer>;
  readonly hubDisk: (ask: Uint8Array) => Promise<HubDiskAnswer | undefined>;
  readonly hubTroubles: (ask: Uint8Array) => Promise<readonly HubTroubleAnswer[]>;
  readonly administer: (act: Uint8Array) => Promise<void>;
  readonly administratorActs: (after: number) => Promise<readonly Uint8Array[]>;
  readonly keepCardPeppers: (peppers: readonly ClinicPepper[]) => Promise<void>;
  readonly askHubPages: (asked: { operation: PagesOperation; variables: Readonly<Record<string, unknown>> }) => Promise<unknown>;
  readonly cardTriesLeft: (card: Uint8Array) => Promise<number>;
  readonly askCardPepper: (asked: { keeper: PepperKeeper; ask: Uint8Array }) => Promise<Uint8Array>;
  readonly tellCardOpened: (told: { keeper: PepperKeeper; opened: Uint8Array }) => Promise<void>;
};

/** The verbs that a device service answers. */
export const verbsOf = (gateway: DeviceGateway, own: Pick<DeviceVerbs, 'renewSecret' | 'tellWaiting'>): DeviceVerbs => ({
  ...own,
  witnessedTime: () => gateway.witnessedTime(),
  commit: (write) => gateway.commit(write),
  state: (keys) => gateway.state(keys),
  stateList: (prefix) => gateway.stateList(prefix),
  identity: () => gateway.identity(),
  time: () => gateway.time(),
  receipt: (document) => gateway.receipt(document),
  accessReceipt: (device) => gateway.accessReceipt(device),
  eventReceipts: (wanted) => gateway.eventReceipts(wanted),
  isWitnessed: (document) => gateway.isWitnessed(document),
  inviteDevice: (kind) => gateway.inviteDevice(kind),
  hubErasure: (handles) => gateway.hubErasure(handles),
  admissionRequests: () => gateway.admissionRequests(),
  regionPapers: () => gateway.regionPapers(),
  proposePolicy: ({ type, act }) => gateway.proposePolicy(type, act),
  offerToWitness: (offer) => gateway.offerToWitness(offer),
  fleet: (ask) => gateway.fleet(ask),
  hubUpdates: (ask) => gateway.hubUpdates(ask),
  hubSamples: (ask) => gateway.hubSamples(ask),
  hubDisk: (ask) => gateway.hubDisk(ask),
  hubTroubles: (ask) => gateway.hubTroubles(ask),
  administer: (act) => gateway.administer(act),
  administratorActs: (after) => gateway.administratorActs(after),
  keepCardPeppers: (peppers) => gateway.cards.keep(peppers),
  askHubPages: ({ operation, variables }) => gateway.askHubPages(operation, variables),
  cardTriesLeft: (card) => gateway.cards.left(card),
  askCardPepper: ({ keeper, ask }) => gateway.cards.ask(keeper, ask),
  tellCardOpened: ({ keeper, opened }) => gateway.cards.opened(keeper, opened),
});

/** The gateway as the vault process sees it, over the port. */
export const gatewayOver = (calls: RemoteCalls<DeviceVerbs>): DeviceGateway => ({
  commit: (write) => calls.call('commit', write),
  state: (keys) => calls.call('state', keys),
  stateList: (prefix) => calls.call('stateList', prefix),
  identity: () => calls.call('identity', undefined),
  time: () => calls.call('time', undefined),
  witnessedTime: () => calls.call('witnessedTime', undefined),
  receipt: (document) => calls.call('receipt', document),
  accessReceipt: (device) => calls.call('accessReceipt', device),
  eventReceipts: (wanted) => calls.call('eventReceipts', wanted),
  isWitnessed: (document) => calls.call('isWitnessed', document),
  inviteDevice: (kind) => calls.call('inviteDevice', kind),
  hubErasure: (handles) => calls.call('hubErasure', handles),
  admissionRequests: () => calls.call('admissionRequests', undefined),
  regionPapers: () => calls.call('regionPapers', undefined),
  proposePolicy: (type, act) => calls.call('proposePolicy', { type, act }),
  offerToWitness: (offer) => calls.call('offerToWitness', offer),
  fleet: (ask) => calls.call('fleet', ask),
  hubUpdates: (ask) => calls.call('hubUpdates', ask),
  hubSamples: (ask) => calls.call('hubSamples', ask),
  hubDisk: (ask) => calls.call('hubDisk', ask),
  hubTroubles: (ask) => calls.call('hubTroubles', ask),
  administer: (act) => calls.call('administer', act),
  administratorActs: (after) => calls.call('administratorActs', after),
  askHubPages: <T>(operation: PagesOperation, variables: Readonly<Record<string, unknown>>) =>
    calls.call('askHubPages', { operation, variables }) as Promise<T>,
  cards: {
    keep: (peppers) => calls.call('keepCardPeppers', peppers),
    left: (card) => calls.call('cardTriesLeft', card),
    ask: (keeper, ask) => calls.call('askCardPepper', { keeper, ask }),
    opened: (keeper, opened) => calls.call('tellCardOpened', { keeper, opened }),
  },
});
