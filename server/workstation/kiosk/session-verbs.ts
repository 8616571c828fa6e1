/** What the kiosk's device service and the process of a patient's session say to each other. */
import type { PepperKeeper } from '../../../shared/care-card/card-envelope.ts';
import type { CardRow } from '../../../shared/care-card/card-rules.ts';
import type { GraphqlAnswer, GraphqlRequest } from '../../graphql/apollo.ts';

export interface CardToCheck {
  /** 16 bytes. */
  readonly secret: Uint8Array;
  readonly pin: string;
  /** As the ledger has it. */
  readonly row: CardRow;
  /** Who is asked: the clinic's host while it is in reach, else the hub. */
  readonly keeper: PepperKeeper;
}

/** One part of a consent that the patient ends: `body` of `consent.ended`, encoded, about the compartment `handle`. */
export interface PatientAct {
  readonly handle: Uint8Array;
  readonly body: Uint8Array;
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
  /** Writes what the patient signed into the ledger. @throws {Failure} `ledger.refused`; storage failures. */
  readonly endConsent: (parts: readonly PatientAct[]) => Promise<void>;
  /** Milliseconds: the later of this computer's clock and the newest witnessed time. */
  readonly time: (argument: undefined) => Promise<number>;
};
