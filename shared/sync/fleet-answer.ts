/** The fleet as a hub tells it to one of its administrators: shared/sync/hub.graphql. Nothing of it is believed. */

export interface FleetAnswer {
  readonly size: number;
  /** The hub's clock, milliseconds since 1970. */
  readonly now: number;
  readonly clinics: readonly FleetClinic[];
  readonly devices: readonly FleetDevice[];
  /** Signed acts, base64, in their order. */
  readonly acts: readonly string[];
}

/** Releases and rings: `updates` of shared/sync/hub.graphql. */
export interface UpdatesAnswer {
  readonly releases: ReadonlyArray<{
    /** Names it in acts; hexadecimal. */
    readonly id: string;
    readonly version: string;
    readonly ring: number;
    readonly isWithdrawn: boolean;
  }>;
  readonly rings: ReadonlyArray<{ readonly chain: string; readonly ring: number }>;
}

/** How the hub fared: `samples` of shared/sync/hub.graphql. */
export interface SamplesAnswer {
  readonly minutes: readonly FleetSample[];
  readonly hours: readonly FleetSample[];
}

interface FleetSample {
  readonly start: number;
  readonly blocks: number;
  readonly answered: number;
  readonly refused: number;
  readonly typical: number;
  readonly slow: number;
  readonly storage: number;
  readonly memory: number;
}

/** What the hub has found on its own disk. */
export interface HubDiskAnswer {
  readonly finishedAt: number | null;
  readonly faults: ReadonlyArray<{ readonly part: string; readonly count: number }>;
}

/** Something of the hub that fails just now. */
export interface HubTroubleAnswer {
  /** Which process of the hub, as its administrator named it. */
  readonly process: string;
  /**
   * The hub's own database; where documents lie outside of it; the ledger, which a hub that was restored does not order yet; the process
   * itself, of which the others hear nothing.
   */
  readonly store: 'database' | 'documents' | 'ledger' | 'process';
  /** Of the failure: `storage.disk-full`, `relay.store-away`, `hub.recovering`, `hub.process-missing` and the like. */
  readonly code: string;
  /** When it began to fail in this way, of a process that is missing when it was heard last; milliseconds since 1970 by its clock. */
  readonly since: number;
}

export interface FleetClinic {
  readonly chain: string;
  readonly name: string;
  readonly kind: string;
  readonly quarantined: boolean;
  readonly rebaseline: number;
}

export interface FleetDevice {
  readonly device: string;
  readonly chain: string;
  readonly kind: string;
  readonly revoked: boolean;
  readonly cut: boolean;
  readonly copied: boolean;
  readonly lastPosition: number | null;
  readonly lastTime: number | null;
  readonly reportedAt: number | null;
  readonly report: FleetReport | null;
}

export interface FleetReport {
  readonly version: string;
  readonly clock: number;
  readonly size: number;
  readonly audited: number;
  readonly witnessed: number;
  readonly witnessedAt: number;
  readonly events: number;
  readonly documents: number;
  readonly epoch: string;
  readonly height: number;
  readonly problem: string;
  readonly alarms: readonly string[];
  readonly rebaselined: number;
}
