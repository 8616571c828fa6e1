/**
 * What the vault process asks of the device service. The vault seals and signs as a person; the device service puts events
 * into blocks, signs as a device, and writes events, documents and sealed rows in one durable transaction.
 */

import type { Policy, PolicyAct, PolicyType } from '../../shared/ledger/policy.ts';
import type {
  FleetAnswer,
  HubDiskAnswer,
  HubTroubleAnswer,
  SamplesAnswer,
  UpdatesAnswer,
} from '../../shared/sync/fleet-answer.ts';

/** An event's exact bytes with its author's signature (empty when the act needs none). */
export interface OutgoingEvent {
  readonly event: Uint8Array;
  readonly signature: Uint8Array;
  /** Name of the sealed document that the event is about, when there is one in the same write. */
  readonly document?: Uint8Array | undefined;
}

export interface OutgoingDocument {
  /** SHA-256 of `sealed`. */
  readonly name: Uint8Array;
  readonly handle: Uint8Array;
  readonly sealed: Uint8Array;
  readonly wrap: Uint8Array;
  /** It stays on this desk until a later write releases it: a part of something that is not whole yet. */
  readonly isHeld?: true;
}

/**
 * A row of the vault's own, sealed by the vault before it gets here: the patient directory, chart entries, access lines,
 * drafts. `tag` groups rows for reading (a keyed hash, never an id that appears elsewhere); `sealed` null deletes.
 */
export interface VaultRow {
  readonly kind: string;
  readonly key: Uint8Array;
  readonly tag: Uint8Array;
  readonly sealed: Uint8Array | null;
}

/** A sealed message to another clinic (or one of its devices), relayed by the hub. */
export interface OutgoingMessage {
  readonly recipientChain: Uint8Array;
  /** Empty: each device of the clinic. */
  readonly recipientDevice: Uint8Array;
  readonly kind: string;
  readonly body: Uint8Array;
}

/** Names of documents, and the device whose mail spoke of them. */
export interface MailDocuments {
  readonly sender: Uint8Array;
  readonly names: readonly Uint8Array[];
}

/** One act: all of it is durable when `commit` resolves, or nothing of it happened. */
export interface LocalWrite {
  readonly events?: readonly OutgoingEvent[];
  readonly documents?: readonly OutgoingDocument[];
  readonly rows?: readonly VaultRow[];
  /** Rows that the clinic's other desks alone are to have; the vault's mail takes them out before the write gets here. */
  readonly elsewhere?: readonly VaultRow[];
  readonly messages?: readonly OutgoingMessage[];
  /** SHA-256 of message bodies that the hub must destroy (a withdrawn grant's wraps). */
  readonly withdrawMessages?: readonly Uint8Array[];
  /** Handles whose documents this replica must forget (a grant to us that ended), with their sealed bytes. */
  readonly forgetHandles?: readonly Uint8Array[];
  /** Held documents that go out from now on, and such of another desk of this clinic that the hub may lack. */
  readonly releaseDocuments?: readonly Uint8Array[];
  /** Held documents that are not wanted any more; of others nothing is taken away. */
  readonly dropDocuments?: readonly Uint8Array[];
  /** Incoming messages (by sequence) that this write has dealt with. */
  readonly handledMessages?: readonly number[];
  /** Documents that an update of another desk spoke of. */
  readonly mailDocuments?: MailDocuments;
  /** Acts that had been set aside (by sequence) and are not any more. */
  readonly asideDone?: readonly number[];
  /** Handles of other clinics whose documents this replica must fetch from now on. */
  readonly followHandles?: readonly Uint8Array[];
}

/** What became of an event when it was judged over this replica and what is pending. */
export interface LocalVerdict {
  readonly verdict: 'accepted' | 'disputed';
  readonly reason?: string | undefined;
}

export interface DeviceIdentity {
  readonly chain: Uint8Array;
  readonly device: Uint8Array;
  readonly region: Uint8Array | undefined;
  /** The region's signed genesis. */
  readonly genesis?: Uint8Array | undefined;
  /** The clinic's founding statement as it travels; a device that has not been let in yet has none. */
  readonly founding?: Uint8Array | undefined;
  /** `https://host:port` of the region's hub. */
  readonly hubAddress?: string | undefined;
}

/** What stands and what is asked about a region's policy. */
export interface RegionPapers {
  readonly region: Uint8Array;
  readonly policy: Policy;
  /** With which the hub signs now. */
  readonly hubKey: Uint8Array;
  /** This device's key of the one purpose of cosigning. */
  readonly cosignKey: Uint8Array;
  /** The newest rules version that this program knows. */
  readonly newestRules: number;
  /** Who has cosigned the newest checkpoint: chain (hexadecimal) or name, and when, in milliseconds. */
  readonly cosigned: ReadonlyArray<{ readonly who: string; readonly time: number }>;
  /** As the hub hands them on: nothing of it is believed. */
  readonly proposals: ReadonlyArray<{ readonly type: string; readonly body: Uint8Array }>;
  readonly offers: readonly Uint8Array[];
  readonly offeredHubKey: { readonly key: Uint8Array; readonly proof: Uint8Array } | undefined;
}

/** A pepper of the clinic: 16 random bytes that name it, and 32 that nobody but the clinic's desks has. */
export interface ClinicPepper {
  readonly id: Uint8Array;
  readonly key: Uint8Array;
}

export interface CardGateway {
  /** Seals the clinic's peppers in the device tier, so that this desk answers about cards while it is locked. Durable when it resolves. */
  keep(peppers: readonly ClinicPepper[]): Promise<void>;
  /** Tries that are left at this clinic before a card is shut. */
  left(card: Uint8Array): Promise<number>;
  /**
   * Who keeps a pepper answers an encoded ask: this desk itself, or the hub.
   * @throws {Failure} as `TryCounter.ask`; `card.no-keeper` when the hub is out of reach or the clinic has no region.
   */
  ask(keeper: 'clinic' | 'hub', ask: Uint8Array): Promise<Uint8Array>;
  /** Tells who keeps a pepper, encoded, that a card opened. */
  opened(keeper: 'clinic' | 'hub', opened: Uint8Array): Promise<void>;
}

/** An event that was accepted, found by what it is about. */
export interface NamedEvent {
  readonly type: string;
  /** 16 bytes. */
  readonly handle: Uint8Array;
  /** 16 or 32 bytes of its body: the id that it is about. */
  readonly naming: Uint8Array;
}
/** What is asked of the hub for people outside: rooms of video visits, and files behind links. */
export type PagesOperation =
  | 'HealthLinks'
  | 'PutHealthLink'
  | 'EndHealthLinks'
  | 'OpenCallRoom'
  | 'SendCallSignal'
  | 'CallSignals'
  | 'CloseCallRoom';

export interface DeviceGateway {
  /** The fleet, to a hub administrator's signed wish. @throws {Failure} `sync.no-region`, `hub.no-administrator`; as `HubClient.ask`. */
  fleet(ask: Uint8Array): Promise<FleetAnswer>;
  /** Releases and rings, to the same wish. @throws {Failure} as `fleet`. */
  hubUpdates(ask: Uint8Array): Promise<UpdatesAnswer>;
  /** How the hub fared, to the same wish. @throws {Failure} as `fleet`. */
  hubSamples(ask: Uint8Array): Promise<SamplesAnswer>;
  /** What the hub has found on its own disk; undefined from an older one, which does not look. @throws {Failure} as `fleet`. */
  hubDisk(ask: Uint8Array): Promise<HubDiskAnswer | undefined>;
  /** What is wrong with the hub's stores; nothing from an older one, which does not say. @throws {Failure} as `fleet`. */
  hubTroubles(ask: Uint8Array): Promise<readonly HubTroubleAnswer[]>;
  /** Brings the hub an administrator's signed act. @throws {Failure} why the hub refuses it; as `HubClient.ask`. */
  administer(act: Uint8Array): Promise<void>;
  /** Signed acts of the hub's administrators after the sequence `after`, at most 500, as the hub says. @throws {Failure} as `HubClient.ask`. */
  administratorActs(after: number): Promise<readonly Uint8Array[]>;
  /**
   * @throws {Failure} `ledger.refused` (details.reason) when the rules refuse a right, before anything is written;
   * storage failures (`storage.disk-full` …), after which nothing of the write is there.
   */
  commit(write: LocalWrite): Promise<readonly LocalVerdict[]>;
  /** State rows by key as they stand here: the replica with this device's pending events on top. */
  state(keys: readonly string[]): Promise<ReadonlyArray<Uint8Array | undefined>>;
  /** State rows whose key begins with `prefix`, pending ones included. */
  stateList(prefix: string): Promise<ReadonlyArray<{ key: string; value: Uint8Array }>>;
  identity(): Promise<DeviceIdentity>;
  /** Milliseconds: the latest of the local clock, of what the quorum of witnesses vouches for, and of every time that was answered before. */
  time(): Promise<number>;
  /** Milliseconds: what the quorum of witnesses vouches for, and what has run here since; 0 without one. What is destroyed is judged by it. */
  witnessedTime(): Promise<number>;
  /** A receipt (shared/ledger/receipt.ts) for the event that is about this document. @throws {Failure} `ledger.pending`. */
  receipt(document: Uint8Array): Promise<string>;
  /**
   * For each, a receipt (JSON) of the newest event of this type about this compartment that has `naming` in its body; undefined while none
   * stands under the newest checkpoint, which is the same for all.
   */
  eventReceipts(wanted: readonly NamedEvent[]): Promise<ReadonlyArray<string | undefined>>;
  /** A receipt for the newest `access.sealed` of this device (32 bytes) under a checkpoint, as JSON; `null` when there is none. */
  accessReceipt(device: Uint8Array): Promise<string>;
  /** Whether the event that is about this document stands under a checkpoint that the quorum has cosigned. */
  isWitnessed(document: Uint8Array): Promise<boolean>;
  /** One-time secret for the enrolment of a further device, as an invitation's text. @throws {Failure} `sync.no-region`. */
  inviteDevice(kind: string): Promise<string>;
  /** The hub's signed word (shared/sync/erasure-statement.ts) that it destroyed these compartments. @throws {Failure} `sync.no-region`, `relay.not-erased`. */
  hubErasure(handles: readonly string[]): Promise<Uint8Array>;
  /** Admission requests that wait for this clinic's approval, encoded as in shared/sync/wire.ts. */
  admissionRequests(): Promise<readonly Uint8Array[]>;
  /** @throws {Failure} `sync.no-region`; when the hub is out of reach. */
  regionPapers(): Promise<RegionPapers>;
  proposePolicy(type: PolicyType, act: PolicyAct): Promise<void>;
  /** What the making of care cards needs of the device service. */
  readonly cards: CardGateway;
  /** Asks the hub about what people outside reach. @throws {Failure} `sync.no-region`, `sync.hub-unreachable`, and what the hub refuses. */
  askHubPages<T>(operation: PagesOperation, variables: Readonly<Record<string, unknown>>): Promise<T>;
  /** @param offer as shared/sync/policy-papers.ts encodes it */
  offerToWitness(offer: Uint8Array): Promise<void>;
}

/** What the device service tells the vault process. */
export type DeviceNotice =
  /** New documents of other clinics, or messages, arrived and wait to be opened. */
  | { readonly kind: 'arrived' }
  /** The replica moved: progress of acts, grants, offers may have changed. */
  | { readonly kind: 'folded'; readonly size: number }
  | { readonly kind: 'lock' };
