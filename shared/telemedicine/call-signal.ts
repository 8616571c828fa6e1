/**
 * Signals of a video visit: what its two ends tell each other until media flows from one to the other. The hub relays sealed bytes and
 * can open none. One implementation for both ends, over Web Crypto (docs/protocol.md, section 29).
 */
import { concat, equalBytes, fromBase64, fromUtf8, toBase64, toBase64url, utf8 } from '../encoding/bytes.ts';
import { Failure } from '../outcome/failure.ts';

/** Characters of a sealed signal on the wire. */
export const MOST_SIGNAL = 24_000;
/** Characters of a session description: two media and the addresses of one computer take about six thousand. */
const MOST_SDP = 12_000;
/** How long a room lives at most. */
export const LONGEST_CALL_MS = 3 * 3_600_000;
/** Bytes that name one load of the patient's page. */
export const INSTANCE_BYTES = 8;

export type GuestSignal =
  /** I am here, and ready. */
  | { readonly kind: 'hello' }
  /** To the offer of this number. */
  | { readonly kind: 'answer'; readonly offer: number; readonly sdp: string }
  | { readonly kind: 'bye' };

export type ClinicSignal =
  | {
      readonly kind: 'offer';
      readonly number: number;
      readonly sdp: string;
      /** Ed25519 by the clinic's key over `offerMessage`, base64. */
      readonly signature: string;
      readonly clinic: string;
      readonly clinician: string;
    }
  | { readonly kind: 'bye' };

type CallEnd = 'clinic' | 'guest';

/** What a signal is bound to beside its room and its sender: which load of the patient's page, and its place in the order. */
interface SignalPlace {
  /** 8 bytes; of the page that speaks, or to which the clinic speaks. */
  readonly instance: Uint8Array;
  /** From 1, higher with each signal of this end. */
  readonly counter: number;
}

const tag = (purpose: string): Uint8Array => utf8(`careledger/v1/${purpose}\n`);
const OFFER = tag('call-offer');
const SIGNAL = tag('call-signal');
const HEAD = INSTANCE_BYTES + 4;
const NONCE = 12;

type Bytes = Uint8Array<ArrayBuffer>;
const own = (bytes: Uint8Array): Bytes => new Uint8Array(bytes);

/** The keys and names of one visit, all from the 32 bytes of its link. */
export interface CallKeys {
  /** Names the room at the hub. */
  readonly room: Uint8Array;
  /** Whoever shows it first takes the patient's seat; the hub knows its SHA-256. */
  readonly joinToken: Uint8Array;
  readonly clinic: CryptoKey;
  readonly guest: CryptoKey;
}

/** @param secret 32 bytes */
export async function callKeys(secret: Uint8Array): Promise<CallKeys> {
  const { subtle } = globalThis.crypto;
  const base = await subtle.importKey('raw', own(secret), 'HKDF', false, ['deriveBits']);
  const derived = async (purpose: string): Promise<Bytes> =>
    new Uint8Array(
      await subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: own(tag(purpose)) }, base, 256),
    );
  const sealing = async (purpose: string): Promise<CryptoKey> =>
    subtle.importKey('raw', await derived(purpose), 'AES-GCM', false, ['encrypt', 'decrypt']);
  return {
    room: await derived('call-room'),
    joinToken: await derived('call-join'),
    clinic: await sealing('call-seal-clinic'),
    guest: await sealing('call-seal-guest'),
  };
}

/** Sealed for the wire, base64. */
export async function sealSignal(
  keys: CallKeys,
  from: CallEnd,
  place: SignalPlace,
  signal: GuestSignal | ClinicSignal,
): Promise<string> {
  const head = headOf(place);
  const iv = globalThis.crypto.getRandomValues(new Uint8Array(NONCE));
  const additionalData = own(concat(SIGNAL, keys.room, utf8(from), head));
  const sealed = await globalThis.crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData },
    keys[from],
    own(utf8(JSON.stringify(signal))),
  );
  return toBase64(concat(head, iv, new Uint8Array(sealed)));
}

/** Undefined for what the other end did not seal. Its form is not looked at yet: `guestSignal`, `clinicSignal`. */
export async function openSignal(
  keys: CallKeys,
  from: CallEnd,
  body: string,
): Promise<(SignalPlace & { readonly signal: unknown }) | undefined> {
  try {
    const bytes = own(fromBase64(body.slice(0, MOST_SIGNAL)));
    const [head, iv] = [bytes.slice(0, HEAD), bytes.slice(HEAD, HEAD + NONCE)];
    const additionalData = own(concat(SIGNAL, keys.room, utf8(from), head));
    const opened = await globalThis.crypto.subtle.decrypt(
      { name: 'AES-GCM', iv, additionalData },
      keys[from],
      bytes.slice(HEAD + NONCE),
    );
    const counter = new DataView(head.buffer).getUint32(INSTANCE_BYTES);
    return { instance: head.slice(0, INSTANCE_BYTES), counter, signal: JSON.parse(fromUtf8(new Uint8Array(opened))) };
  } catch {
    return undefined;
  }
}

function headOf({ instance, counter }: SignalPlace): Uint8Array {
  const head = new Uint8Array(HEAD);
  head.set(instance.subarray(0, INSTANCE_BYTES));
  new DataView(head.buffer).setUint32(INSTANCE_BYTES, counter);
  return head;
}

/** What a clinic signs of an offer: the description names the certificate with which its end will answer (RFC 8122), and no other is taken. */
export const offerMessage = (room: Uint8Array, { instance, counter }: SignalPlace, sdp: string): Uint8Array =>
  concat(OFFER, room, headOf({ instance, counter }), utf8(sdp));

/** Whether an offer is the one that the clinic of the link has signed, for this room, this load of the page, and this place in the order. */
export async function isSignedOffer(
  clinicKey: CryptoKey,
  room: Uint8Array,
  place: SignalPlace,
  { number, sdp, signature }: ClinicSignal & { readonly kind: 'offer' },
): Promise<boolean> {
  if (!fingerprintOf(sdp) || number !== place.counter || !/^[A-Za-z0-9+/]{86}==$/.test(signature)) return false;
  const bytes = Uint8Array.from(atob(signature), (character) => character.charCodeAt(0));
  return globalThis.crypto.subtle.verify('Ed25519', clinicKey, bytes, own(offerMessage(room, place, sdp)));
}

/** @param bytes 32. @throws when this browser knows no Ed25519. */
export const clinicVerifyKey = (bytes: Uint8Array): Promise<CryptoKey> =>
  globalThis.crypto.subtle.importKey('raw', own(bytes), 'Ed25519', false, ['verify']);

/** Undefined for what is no signal of a patient's page. */
export function guestSignal(value: unknown): GuestSignal | undefined {
  const { kind, offer, sdp } = fieldsOf(value);
  if (kind === 'hello' || kind === 'bye') return { kind };
  if (kind !== 'answer' || !Number.isSafeInteger(offer) || typeof sdp !== 'string') return undefined;
  return fingerprintOf(sdp) ? { kind, offer: offer as number, sdp } : undefined;
}

/** Undefined for what is no signal of a clinic. */
export function clinicSignal(value: unknown): ClinicSignal | undefined {
  const { kind, number, sdp, signature, clinic, clinician } = fieldsOf(value);
  if (kind === 'bye') return { kind };
  if (kind !== 'offer' || !Number.isSafeInteger(number)) return undefined;
  if (![sdp, signature, clinic, clinician].every((text) => typeof text === 'string')) return undefined;
  return { kind, number, sdp, signature, clinic, clinician } as ClinicSignal;
}

const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/**
 * SHA-256 of the certificate that a session description commits to, in lower-case hexadecimal; undefined when there is none, when it
 * names more than one, or when it describes anything but encrypted sound and pictures.
 */
export function fingerprintOf(sdp: string): string | undefined {
  if (sdp.length > MOST_SDP) return undefined;
  const lines = sdp.split(/\r?\n/);
  const media = lines.filter((line) => line.startsWith('m='));
  if (media.length === 0 || media.length > 2) return undefined;
  if (!media.every((line) => /^m=(audio|video) \d+ UDP\/TLS\/RTP\/SAVPF( \d+)+$/.test(line))) return undefined;
  const named = lines.filter((line) => /^a=fingerprint:/i.test(line));
  const prints = new Set(named.map((line) => /^a=fingerprint:sha-256 ((?:[0-9A-F]{2}:){31}[0-9A-F]{2})$/i.exec(line)?.[1]));
  const [print] = prints;
  return prints.size === 1 && print ? print.replaceAll(':', '').toLowerCase() : undefined;
}

/** @throws {Failure} `call.description` */
export function checkedSdp(sdp: string): string {
  if (fingerprintOf(sdp)) return sdp;
  throw new Failure('call.description', 'The browser described this call in a way that is not understood. Start the call again.');
}

/** What stands in a patient's link after its `#`, which no browser sends anywhere. */
export interface CallLink {
  /** 32 bytes. */
  readonly secret: Uint8Array;
  /** Ed25519: the key of the clinic that invites. */
  readonly clinicKey: Uint8Array;
}

const PAGE = '/v/';

/** @param address where the hub's links are reached, without a slash at its end */
export const callUrl = (address: string, { secret, clinicKey }: CallLink): string =>
  `${address}${PAGE}#${toBase64url(concat(secret, clinicKey))}`;

/** @param fragment with or without its `#`. Undefined for what is no link. */
export function readCallLink(fragment: string): CallLink | undefined {
  const text = fragment.replace(/^#/, '');
  // 64 bytes: the last of 86 characters has four bits of nothing.
  if (!/^[\w-]{85}[AQgw]$/.test(text)) return undefined;
  const bytes = fromBase64(`${text.replaceAll('-', '+').replaceAll('_', '/')}==`);
  return { secret: bytes.slice(0, 32), clinicKey: bytes.slice(32) };
}

/** Takes each signal of the other end once, in order, and none that was held back or comes again. */
export class SignalOrder {
  #instance: Uint8Array = new Uint8Array(0);
  #last = 0;

  /** Whether this one is new; of another load of the page only when it begins with its hello. */
  takes({ instance, counter }: SignalPlace, isHello: boolean): boolean {
    if (!equalBytes(instance, this.#instance)) {
      if (!isHello) return false;
      this.#instance = instance;
      this.#last = 0;
    }
    if (counter <= this.#last) return false;
    this.#last = counter;
    return true;
  }

  get instance(): Uint8Array {
    return this.#instance;
  }
}
