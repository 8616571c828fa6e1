/**
 * How a further device joins its clinic, and what the devices of one clinic tell each other. All of it travels through the
 * hub's mailbox, sealed: the hub learns which devices speak, and nothing of what they say.
 */
import { concat, utf8 } from '../encoding/bytes.ts';
import { type Decoded, decode, encode, fixed, flag, list, opaque, struct, text, u8, u16, u32 } from '../encoding/codec.ts';
import { Failure } from '../outcome/failure.ts';

/** Kinds of messages in the hub's mailbox. */
export const DEVICE_REQUEST = 'device-request';
export const DEVICE_WELCOME = 'device-welcome';
export const CLINIC_UPDATE = 'clinic-update';

const JOINING_SUITE = 1;
const WELCOME_TAG = utf8('careledger/v1/device-welcome\n');
const UPDATE_TAG = utf8('careledger/v1/clinic-update\n');
const REQUEST_TAG = utf8('careledger/v1/device-request\n');
/**
 * An invitation's secret never travels as it is. The hub gets the first derived value, for the certificate; the second
 * authenticates the request, so that a hub cannot put a device of its own in the place of the one that was invited.
 */
export const ENROLMENT_SECRET_INFO = utf8('careledger/v1/device-enrolment-secret\n');
export const REQUEST_KEY_INFO = utf8('careledger/v1/device-request-key\n');

const requestFields = struct({
  suite: u8,
  region: fixed(32),
  chain: fixed(32),
  /** Ed25519. */
  device: fixed(32),
  /** X25519. */
  encryptionKey: fixed(32),
  /** Ed25519: the key of the person who waits at the new device. */
  staff: fixed(32),
  staffName: text(200),
});
export type DeviceRequest = Omit<Decoded<typeof requestFields>, 'suite'>;
const requestCodec = struct({ fields: opaque(1000), mac: fixed(32) });

/** @param authenticate HMAC-SHA-256 under the key that the invitation's secret gives. */
export function encodeDeviceRequest(request: DeviceRequest, authenticate: (message: Uint8Array) => Uint8Array): Uint8Array {
  const fields = encode(requestFields, { suite: JOINING_SUITE, ...request });
  return encode(requestCodec, { fields, mac: authenticate(concat(REQUEST_TAG, fields)) });
}

/** The request with what its `mac` must be over. @throws {Failure} `encoding.malformed`, `sync.version-unknown`. */
export function decodeDeviceRequest(bytes: Uint8Array): { request: DeviceRequest; authenticated: Uint8Array; mac: Uint8Array } {
  const { fields, mac } = decode(requestCodec, bytes);
  const { suite, ...request } = decode(requestFields, fields);
  checkSuite(suite);
  return { request, authenticated: concat(REQUEST_TAG, fields), mac };
}

const keyFields = struct({ kind: text(40), id: opaque(32), epoch: u32, value: opaque(2 ** 20) });
const rowFields = struct({ kind: text(40), key: fixed(16), tag: fixed(16), sealed: opaque(2 ** 24) });
const updateCodec = struct({
  suite: u8,
  /** Devices that were sent it: who has it hands it on to one that the sender did not know of. */
  told: list(fixed(32), 1000),
  /** Sealed documents that the rows speak of: the update is taken in once they are there. */
  documents: list(fixed(32), 2 ** 20),
  keys: list(keyFields, 2 ** 20),
  /** Rows as the vault of the sender sealed them; empty `sealed` removes one. */
  rows: list(rowFields, 2 ** 20),
});
/** What one device's commit changed for all devices of the clinic. */
export type ClinicUpdate = Omit<Decoded<typeof updateCodec>, 'suite'>;

export const encodeClinicUpdate = (update: ClinicUpdate): Uint8Array => encode(updateCodec, { suite: JOINING_SUITE, ...update });

/** @throws {Failure} `encoding.malformed`, `sync.version-unknown`. */
export function decodeClinicUpdate(bytes: Uint8Array): ClinicUpdate {
  const { suite, ...update } = decode(updateCodec, bytes);
  checkSuite(suite);
  return update;
}

const welcomeCodec = struct({
  suite: u8,
  /** The clinic's founding statement, whose hash is the chain id that the invitation named. */
  founding: opaque(2100),
  /** What belongs together, from 0 to the one that is `last`. */
  set: fixed(16),
  at: u32,
  last: flag,
  update: opaque(2 ** 25),
});
/** One of the messages that give a new device the clinic's keys and rows. */
export type DeviceWelcome = Omit<Decoded<typeof welcomeCodec>, 'suite'>;

export const encodeDeviceWelcome = (welcome: DeviceWelcome): Uint8Array =>
  encode(welcomeCodec, { suite: JOINING_SUITE, ...welcome });

/** @throws {Failure} `encoding.malformed`, `sync.version-unknown`. */
export function decodeDeviceWelcome(bytes: Uint8Array): DeviceWelcome {
  const { suite, ...welcome } = decode(welcomeCodec, bytes);
  checkSuite(suite);
  return welcome;
}

/** What HPKE binds beside the message's kind and chain: between which two devices it goes. */
export const welcomeContext = (recipient: Uint8Array): Uint8Array => concat(WELCOME_TAG, recipient);
export const updateContext = (sender: Uint8Array, recipient: Uint8Array): Uint8Array => concat(UPDATE_TAG, sender, recipient);

/** The hub takes messages of 256 KiB; a fragment with its seal around it stays below. */
const FRAGMENT_BYTES = 200_000;
const fragmentCodec = struct({ whole: fixed(16), at: u16, count: u16, content: opaque(FRAGMENT_BYTES) });

/** @param whole 16 random bytes by which the fragments are known as one. */
export function fragmentsOf(whole: Uint8Array, bytes: Uint8Array): Uint8Array[] {
  const count = Math.max(1, Math.ceil(bytes.length / FRAGMENT_BYTES));
  return Array.from({ length: count }, (_, at) => {
    const content = bytes.subarray(at * FRAGMENT_BYTES, (at + 1) * FRAGMENT_BYTES);
    return encode(fragmentCodec, { whole, at, count, content });
  });
}

export type Fragment = Decoded<typeof fragmentCodec>;
export const decodeFragment = (bytes: Uint8Array): Fragment => decode(fragmentCodec, bytes);

/** The whole, once each of its fragments is there; their order does not matter. */
export function joinFragments(fragments: readonly Fragment[]): Uint8Array | undefined {
  const parts = new Map(fragments.map((fragment) => [fragment.at, fragment.content]));
  const count = fragments[0]?.count ?? 0;
  const ordered = Array.from({ length: count }, (_, at) => parts.get(at));
  return count > 0 && ordered.every((part) => part !== undefined) ? concat(...ordered) : undefined;
}

function checkSuite(suite: number): void {
  if (suite === JOINING_SUITE) return;
  throw new Failure(
    'sync.version-unknown',
    `A device of this clinic speaks in form ${suite}, which this program does not know. Update the older of the two.`,
  );
}
