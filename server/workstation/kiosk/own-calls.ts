/**
 * A video visit at the kiosk: the link that the clinic sealed for the patient's box, and the signals of their end, which the page seals and
 * the hub hands on. Picture and sound flow between the page and the clinic.
 */
import { fromUtf8, toHex } from '../../../shared/encoding/bytes.ts';
import { CALL_INVITATION, readInvitation } from '../../../shared/telemedicine/call-invitation.ts';
import { type CompartmentKeys, openDocument } from '../../vault/sealing.ts';
import type { KioskVerbs } from './session-verbs.ts';

interface OwnCallsParts {
  /** Compartment of the box. */
  readonly box: Uint8Array;
  keys(): Promise<CompartmentKeys>;
  askCalls: KioskVerbs['askCalls'];
}

/** The seat of a room, and relays beside the hub. */
interface OwnSeat {
  readonly seat: string;
  readonly ice: Array<{ readonly urls: string[]; readonly username: string; readonly credential: string }>;
}

export class OwnCalls {
  readonly #parts: OwnCallsParts;

  constructor(parts: OwnCallsParts) {
    this.#parts = parts;
  }

  /** What stands after `#` in the link of the visit that waits; undefined when none does. @throws {Failure} `sync.hub-unreachable`. */
  async waiting(): Promise<string | undefined> {
    const { box, keys, askCalls } = this.#parts;
    const answer = await askCalls({ operation: 'CallInvitation', variables: { box: toHex(box) } });
    const { callInvitation } = answer as { callInvitation: string | null };
    const invitation = callInvitation === null ? undefined : readInvitation(callInvitation);
    if (!invitation) return undefined;
    const { record, sealed, wrap } = invitation;
    // The hub may hand out what it likes: what this box's key does not open is none.
    try {
      const { kind, content } = openDocument({ handle: box, recordId: record, version: 1, sealed, wrap }, await keys());
      return kind === CALL_INVITATION ? fromUtf8(content) : undefined;
    } catch {
      return undefined;
    }
  }

  /** @throws {Failure} `call.over`, `call.used`, `sync.hub-unreachable`. */
  async join(room: string, token: string): Promise<OwnSeat> {
    const answer = await this.#parts.askCalls({ operation: 'JoinCall', variables: { room, token } });
    return (answer as { joinCall: OwnSeat }).joinCall;
  }

  /** @throws {Failure} `call.over`, `call.too-large`, `call.too-many`, `sync.hub-unreachable`. */
  async say(room: string, seat: string, body: string): Promise<void> {
    await this.#parts.askCalls({ operation: 'SendGuestSignal', variables: { room, seat, body } });
  }

  /** What the clinic's end said after `after`; waits a while for it. @throws {Failure} `call.over`, `sync.hub-unreachable`. */
  async hear(room: string, seat: string, after: number): Promise<Array<{ sequence: number; body: string }>> {
    const answer = await this.#parts.askCalls({ operation: 'GuestSignals', variables: { room, seat, after } });
    return (answer as { guestSignals: { signals: Array<{ sequence: number; body: string }> } }).guestSignals.signals;
  }
}
