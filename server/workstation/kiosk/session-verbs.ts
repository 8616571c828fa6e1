/** What the kiosk's device service and the process of a patient's session say to each other. */
import type { PepperKeeper } from '../../../shared/care-card/card-envelope.ts';
import type { CardRow } from '../../../shared/care-card/card-rules.ts';
import type { PatientActType } from '../../../shared/kiosk/patient-act-rules.ts';
import type { GraphqlAnswer, GraphqlRequest } from '../../graphql/apollo.ts';
import type { NamedEvent, OutgoingDocument } from '../../sync/gateway.ts';
import type { AnchorsOfDevice } from '../device/receipts.ts';

export interface CardToCheck {
  /** 16 bytes. */
  readonly secret: Uint8Array;
  readonly pin: string;
  /** As the ledger has it. */
  readonly row: CardRow;
  /** Who is asked, in this order: the clinic's host while it is in reach, and the hub. */
  readonly keepers: readonly PepperKeeper[];
}

/** What the patient signed about the compartment `handle`, which is empty for a complaint: the encoded body of an event of this type. */
export interface PatientAct {
  readonly type: PatientActType;
  readonly handle: Uint8Array;
  readonly body: Uint8Array;
}

export interface PatientActs {
  readonly acts: readonly PatientAct[];
  readonly documents: readonly OutgoingDocument[];
}

/** What the process answers. */
export type SessionVerbs = {
  /** Opens the card. @throws {Failure} as `openCard`. */
  readonly checkIn: (card: CardToCheck) => Promise<void>;
  readonly execute: (request: GraphqlRequest) => Promise<GraphqlAnswer>;
};

/** What the process asks. */
export type KioskVerbs = {
  /** One of the two operations of a card at who keeps a pepper. */
  readonly askKeeper: (asked: {
    readonly keeper: PepperKeeper;
    readonly operation: 'CardPepper' | 'CardOpened';
    readonly variables: Record<string, unknown>;
  }) => Promise<unknown>;
  /** About the patient's SMART Health Links. @throws {Failure} `sync.hub-unreachable`; what the hub refuses. */
  readonly askLinks: (asked: {
    readonly operation: 'HealthLinks' | 'PutHealthLink' | 'EndHealthLinks';
    readonly variables: Record<string, unknown>;
  }) => Promise<unknown>;
  /** About the patient's end of a video visit. @throws {Failure} as `askLinks`. */
  readonly askCalls: (asked: {
    readonly operation: 'CallInvitation' | 'JoinCall' | 'SendGuestSignal' | 'GuestSignals';
    readonly variables: Record<string, unknown>;
  }) => Promise<unknown>;
  /**
   * Writes what the patient signed into the ledger, and what they sealed into their box beside it.
   * @throws {Failure} `patient.act-unknown`, `ledger.refused`; storage failures.
   */
  readonly record: (signed: PatientActs) => Promise<void>;
  /** As `DeviceGateway.eventReceipts`. */
  readonly receipts: (wanted: readonly NamedEvent[]) => Promise<ReadonlyArray<string | undefined>>;
  /** Receipts of a computer's access log, as `anchorReceipts`. */
  readonly anchorReceipts: (wanted: AnchorsOfDevice) => Promise<ReadonlyArray<string | undefined>>;
  /** Milliseconds: the later of this computer's clock and the newest witnessed time. */
  readonly time: (argument: undefined) => Promise<number>;
};
