/**
 * Rooms in which the two ends of a video visit find each other: what waits for either is sealed bytes in this process's memory, gone as
 * soon as the other end has it, or the room is over. Nothing of a call is ever on the disk.
 */
import { equalBytes, fromHex, toHex } from '../../../shared/encoding/bytes.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { LONGEST_CALL_MS, MOST_SIGNAL } from '../../../shared/telemedicine/call-signal.ts';
import { randomBytes, sha256 } from '../../vault/primitives.ts';
import { hexBytes, wholeNumber } from '../line/arguments.ts';
import type { Caller } from '../line/callers.ts';
import type { IceServer, TurnServer } from './turn.ts';

const ROOMS_PER_CLINIC = 50;
/** Characters of an invitation. */
const MOST_INVITATION = 2_000;
/** Signals that wait for one end; two who hear each other have one or two. */
const MOST_WAITING = 8;
/** Characters that wait in all rooms. */
const MOST_HELD = 32_000_000;
/** A seat may say this many at once, and then one a second. */
const BURST = 12;
const REFILL_MS = 1_000;
/** Longest wait for a signal, below what a line without bytes is given up after. */
const LONGEST_WAIT_MS = 15_000;
/** A clinic's end that asks no more is gone, and its room with it. */
const HOST_SILENCE_MS = 90_000;

export interface RoomWish {
  /** 32 bytes, hexadecimal. */
  readonly room: string;
  /** SHA-256 of what the link shows to take the seat. */
  readonly joinHash: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
  /** For a kiosk of the same clinic. */
  readonly invitation?: Invitation | null;
}

/** What the link holds, sealed for the box of one care card. */
interface Invitation {
  /** 16 bytes, hexadecimal. */
  readonly box: string;
  /** Base64. */
  readonly sealed: string;
}

interface OpenedRoom {
  /** Where the patient's page is reached, without a slash at its end. */
  readonly address: string;
  readonly expires: number;
  readonly ice: IceServer[];
}

interface WaitingSignal {
  readonly sequence: number;
  readonly body: string;
}

interface SignalsAnswer {
  readonly signals: WaitingSignal[];
  /** Whether the patient's seat is taken. */
  readonly joined: boolean;
}

interface TakenSeat {
  /** 32 random bytes, base64url: shown with everything the page asks from now on. */
  readonly seat: string;
  readonly expires: number;
  readonly ice: IceServer[];
}

interface Box {
  waiting: WaitingSignal[];
  next: number;
  credit: number;
  creditAt: number;
  wake: (() => void) | undefined;
}

interface Room {
  readonly chain: string;
  readonly device: string;
  readonly joinHash: Uint8Array;
  readonly expires: number;
  readonly invitation: Invitation | undefined;
  seatHash: Uint8Array | undefined;
  hostAskedAt: number;
  readonly toClinic: Box;
  readonly toGuest: Box;
}

export class CallRooms {
  readonly #clock: () => number;
  readonly #rooms = new Map<string, Room>();
  #held = 0;
  /** '' where nobody outside can reach this hub's pages. */
  address: () => string = () => '';
  turn: TurnServer | undefined;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** @throws {Failure} `hub.links-not-offered`, `hub.argument`, `hub.too-many`. */
  open(caller: Caller, wish: RoomWish): OpenedRoom {
    this.expire();
    const address = this.address();
    if (address === '')
      throw new Failure(
        'hub.links-not-offered',
        'This region’s hub serves no pages to patients, so nobody could join. Its administrator starts it with --links.',
      );
    const now = this.#clock();
    const expires = wholeNumber(wish.expires, 'expires', now + LONGEST_CALL_MS);
    const room = toHex(hexBytes(wish.room, 32, 'room'));
    if (this.#rooms.has(room)) throw new Failure('hub.argument', 'There is such a room. Begin a new one.');
    const ours = [...this.#rooms.values()].filter(({ chain }) => chain === caller.chain).length;
    if (ours >= ROOMS_PER_CLINIC)
      throw new Failure('hub.too-many', `A clinic has at most ${ROOMS_PER_CLINIC} calls at once. End one first.`);
    this.#rooms.set(room, {
      chain: caller.chain,
      device: caller.device,
      joinHash: hexBytes(wish.joinHash, 32, 'joinHash'),
      expires,
      invitation: wish.invitation ? checkedInvitation(wish.invitation) : undefined,
      seatHash: undefined,
      hostAskedAt: now,
      toClinic: newBox(now),
      toGuest: newBox(now),
    });
    return { address, expires, ice: this.turn?.servers(room.slice(0, 16), expires) ?? [] };
  }

  /** The newest of the caller's clinic for a box, while nobody has taken the seat. */
  invitation({ chain }: Caller, box: string): string | null {
    this.expire();
    const waiting = [...this.#rooms.values()].filter((room) => room.chain === chain && room.seatHash === undefined);
    return waiting.findLast(({ invitation }) => invitation?.box === box)?.invitation?.sealed ?? null;
  }

  /** @throws {Failure} `call.over`, `call.too-large`, `call.too-many`. */
  sendToGuest(caller: Caller, room: string, body: string): true {
    return this.#put(this.#hosted(caller, room), 'toGuest', body);
  }

  /** What came from the patient's page after `after`; waits for it a while. @throws {Failure} `call.over`. */
  async signalsForClinic(caller: Caller, room: string, after: number, waitMs = LONGEST_WAIT_MS): Promise<SignalsAnswer> {
    const found = this.#hosted(caller, room);
    const signals = await this.#take(found, 'toClinic', wholeNumber(after, 'after'), waitMs);
    this.#hosted(caller, room);
    return { signals, joined: found.seatHash !== undefined };
  }

  /** The room and all that waits in it are gone when it returns. */
  close(caller: Caller, room: string): boolean {
    const found = this.#rooms.get(room);
    if (!found || found.device !== caller.device) return false;
    this.#drop(room, found);
    return true;
  }

  /**
   * The one seat of a room, to who first shows what the link says, and again to the browser that has it.
   * @param had the seat that the browser showed, if any. @throws {Failure} `call.over`, `call.used`.
   */
  join(room: string, token: Uint8Array, had?: Uint8Array): TakenSeat {
    const found = this.#living(room);
    if (!equalBytes(sha256(token), found.joinHash)) throw OVER;
    const isBack = had !== undefined && found.seatHash !== undefined && equalBytes(sha256(had), found.seatHash);
    if (found.seatHash && !isBack)
      throw new Failure('call.used', 'This link was used already: it lets one person in, once. Ask the clinic for a new one.');
    const seat = isBack ? had : randomBytes(32);
    found.seatHash = sha256(seat);
    found.toClinic.wake?.();
    return {
      seat: Buffer.from(seat).toString('base64url'),
      expires: found.expires,
      ice: this.turn?.servers(room.slice(0, 16), found.expires) ?? [],
    };
  }

  /** @throws {Failure} `call.over`, `call.too-large`, `call.too-many`. */
  sendToClinic(room: string, seat: Uint8Array, body: string): true {
    return this.#put(this.#seated(room, seat), 'toClinic', body);
  }

  /** @throws {Failure} `call.over`. */
  async signalsForGuest(room: string, seat: Uint8Array, after: number, waitMs = LONGEST_WAIT_MS): Promise<WaitingSignal[]> {
    const signals = await this.#take(this.#seated(room, seat), 'toGuest', wholeNumber(after, 'after'), waitMs);
    this.#seated(room, seat);
    return signals;
  }

  /** Ends what is over; called with each room that opens, and now and then. */
  expire(): void {
    for (const [room, found] of this.#rooms) if (this.#isOver(found)) this.#drop(room, found);
  }

  /** How many there are, and characters that wait in them. */
  get state(): { readonly rooms: number; readonly held: number } {
    return { rooms: this.#rooms.size, held: this.#held };
  }

  #isOver({ expires, hostAskedAt }: Room): boolean {
    const now = this.#clock();
    return expires <= now || hostAskedAt + HOST_SILENCE_MS <= now;
  }

  #living(room: string): Room {
    const found = this.#rooms.get(room);
    if (!found) throw OVER;
    if (!this.#isOver(found)) return found;
    this.#drop(room, found);
    throw OVER;
  }

  #hosted(caller: Caller, room: string): Room {
    const found = this.#living(room);
    if (found.device !== caller.device) throw OVER;
    found.hostAskedAt = this.#clock();
    return found;
  }

  #seated(room: string, seat: Uint8Array): Room {
    const found = this.#living(room);
    if (!found.seatHash || !equalBytes(sha256(seat), found.seatHash)) throw OVER;
    return found;
  }

  #put(room: Room, to: 'toClinic' | 'toGuest', body: string): true {
    if (body.length > MOST_SIGNAL || !/^[A-Za-z0-9+/]+=*$/.test(body))
      throw new Failure('call.too-large', `A signal is base64 of at most ${MOST_SIGNAL} characters. Nothing was handed on.`);
    const box = room[to];
    const now = this.#clock();
    box.credit = Math.min(BURST, box.credit + (now - box.creditAt) / REFILL_MS);
    box.creditAt = now;
    if (box.credit < 1 || box.waiting.length >= MOST_WAITING || this.#held + body.length > MOST_HELD)
      throw new Failure('call.too-many', 'Too many signals at once. Wait a moment.', { retry: true });
    box.credit -= 1;
    box.waiting.push({ sequence: box.next, body });
    box.next += 1;
    this.#held += body.length;
    box.wake?.();
    return true;
  }

  /** What the asker has is gone; who asks again takes the place of who waits. */
  async #take(room: Room, to: 'toClinic' | 'toGuest', after: number, waitMs: number): Promise<WaitingSignal[]> {
    const box = room[to];
    const had = box.waiting.filter(({ sequence }) => sequence <= after);
    this.#held -= lengthOf(had);
    box.waiting = box.waiting.slice(had.length);
    if (box.waiting.length > 0) return [...box.waiting];
    const wasJoined = room.seatHash !== undefined;
    box.wake?.();
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => wake(), Math.min(waitMs, LONGEST_WAIT_MS));
      const wake = (): void => {
        clearTimeout(timer);
        if (box.wake === wake) box.wake = undefined;
        resolve();
      };
      box.wake = wake;
      if (wasJoined !== (room.seatHash !== undefined)) wake();
    });
    return [...box.waiting];
  }

  #drop(room: string, found: Room): void {
    this.#rooms.delete(room);
    for (const box of [found.toClinic, found.toGuest]) {
      this.#held -= lengthOf(box.waiting);
      box.waiting = [];
      box.wake?.();
    }
  }
}

/** @throws {Failure} `hub.argument`. */
function checkedInvitation({ box, sealed }: Invitation): Invitation {
  if (sealed.length > MOST_INVITATION || !/^[A-Za-z0-9+/]+=*$/.test(sealed))
    throw new Failure('hub.argument', `An invitation is base64 of at most ${MOST_INVITATION} characters.`);
  return { box: toHex(hexBytes(box, 16, 'invitation.box')), sealed };
}

const newBox = (now: number): Box => ({ waiting: [], next: 1, credit: BURST, creditAt: now, wake: undefined });
const lengthOf = (signals: readonly WaitingSignal[]): number => signals.reduce((sum, { body }) => sum + body.length, 0);

/** What is over, never was, or is somebody else's gives the same answer. */
const OVER = new Failure('call.over', 'There is no such call, or it is over. Ask the clinic for a new link.');

/** @throws {Failure} `call.over` for what is no seat or token. */
export function callToken(text: unknown): Uint8Array {
  if (typeof text !== 'string' || !/^[\w-]{43}$/.test(text)) throw OVER;
  return new Uint8Array(Buffer.from(text, 'base64url'));
}

/** @throws {Failure} `call.over` for what names no room. */
export function roomName(text: unknown): string {
  if (typeof text !== 'string' || !/^[0-9a-f]{64}$/.test(text)) throw OVER;
  return toHex(fromHex(text));
}
