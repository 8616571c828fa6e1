/**
 * Acts of the hub's administrators: each a signed statement with the old and the new value, and the hash of the act before it. The hub
 * keeps them in one list that every clinic may read, and brings them to the ledger (`hub-act-rules.ts`), so that it cannot take one out,
 * change one or act in an administrator's name unseen.
 *
 *     signed act = act ‖ Ed25519(author, tag 'hub-act' ‖ act)
 *     previous   = SHA-256(signed act before), zeros for the first one
 */
import { concat } from '../encoding/bytes.ts';
import { type Codec, type Decoded, decode, encode, fixed, opaque, struct, u8, u64 } from '../encoding/codec.ts';
import type { Verify } from '../ledger/founding.ts';
import { TAG } from '../ledger/tags.ts';
import { Failure } from '../outcome/failure.ts';
import { LONGEST_INVITATION_MS, WIRE_VERSION } from '../sync/wire.ts';
import { LAST_RING, WITHDRAWN } from './rings.ts';

/**
 * What an act sets, and of whom. `quarantine`: 1 while the hub takes nothing of a clinic. `rebaseline`: the newest order to a clinic's
 * devices to make their replicas anew, as the sequence of that order. `certificate`: 1 while the hub does not answer a device.
 * `administrator`: 1 while a person may administer. `invitation`, named by the hash of its secret: until when it lets one clinic in, in
 * milliseconds. `hub-key`: 1 while the hub offers to sign with that key next. `restoration`, of the region: with how many blocks the hub
 * ordered again after it was restored. `ring`: in which ring of updates a clinic is; 0 for the last one. `release`, named as
 * `releaseSubject` says: up to which ring a release of the program is offered, 0 for none, or that it is withdrawn.
 */
export const ACT_KINDS = [
  'quarantine',
  'rebaseline',
  'certificate',
  'administrator',
  'invitation',
  'hub-key',
  'restoration',
  'ring',
  'release',
] as const;
export type ActKind = (typeof ACT_KINDS)[number];

/** A kind or a reason that a later version has added, by its number: kept, proved and listed, and set nothing by. */
type Newer = `newer-${number}`;
const NEWER = 'newer-';
export const isNewer = (word: string): word is Newer => word.startsWith(NEWER);

/** A choice to which later versions add words: who does not know one must neither lose it nor take it for a lie. */
const growing = <const W extends readonly string[]>(...words: W): Codec<W[number] | Newer> => ({
  write: (out, word) => out.uint(1, isNewer(word) ? Number(word.slice(NEWER.length)) : words.indexOf(word)),
  read: (input) => {
    const at = input.uint(1);
    return words[at] ?? `${NEWER}${at}`;
  },
});

/** What needs the hub's machine, where its keys lie: no person's act sets it. */
export const MACHINE_KINDS: ReadonlySet<HubAct['kind']> = new Set(['hub-key', 'restoration']);

/** Why, out of a closed list: a text could name a patient. */
export const ACT_REASONS = ['not-said', 'fault', 'attack', 'lost-device', 'maintenance', 'asked-by-clinic', 'resolved'] as const;
export type ActReason = (typeof ACT_REASONS)[number];

const actCodec = struct({
  version: u8,
  region: fixed(32),
  /** From 1 on, without gaps. */
  sequence: u64,
  previous: fixed(32),
  kind: growing(...ACT_KINDS),
  /** A chain, a device, a person, or what else the kind is about. */
  subject: fixed(32),
  before: u64,
  after: u64,
  reason: growing(...ACT_REASONS),
  /** The author's clock, milliseconds since 1970. */
  time: u64,
  /** A person's key; the hub's own for what was done at its machine. */
  author: fixed(32),
});
export type HubAct = Omit<Decoded<typeof actCodec>, 'version'>;

/**
 * What an act of this kind sets: an order carries its own number, so that it is carried out once.
 * @param figure of an invitation its end, of a restoration its blocks, of a ring which, of a release up to which
 */
export function nextValue(kind: HubAct['kind'], isSet: boolean, sequence: number, figure = 1): number {
  if (kind === 'rebaseline') return sequence;
  return isSet ? figure : 0;
}

/** Whether `after` is something that an act of this kind may set; of a newer kind nobody here can say, so it may. */
export function maySet({ kind, after, sequence, time }: Pick<HubAct, 'kind' | 'after' | 'sequence' | 'time'>): boolean {
  if (kind === 'rebaseline') return after === sequence;
  if (kind === 'invitation') return after === 0 || (after > time && after <= time + LONGEST_INVITATION_MS);
  if (kind === 'ring') return after < LAST_RING;
  if (kind === 'release') return after <= LAST_RING || after === WITHDRAWN;
  if (isNewer(kind)) return true;
  return kind === 'restoration' ? after > 0 : after <= 1;
}

/** An act or an ask as it travels and as it is kept. */
export const signedActCodec = struct({ bytes: opaque(300), signature: fixed(64) });
export type SignedAct = Decoded<typeof signedActCodec>;
export const MAX_ACT_BYTES = 400;

export function signAct(act: HubAct, sign: (message: Uint8Array) => Uint8Array): Uint8Array {
  const bytes = encode(actCodec, { version: WIRE_VERSION, ...act });
  return encode(signedActCodec, { bytes, signature: sign(concat(TAG.hubAct, bytes)) });
}

/** An act whose signature somebody else has checked or will check. @throws {Failure} `sync.version-unknown`, `encoding.malformed`. */
export function readAct({ bytes }: SignedAct): HubAct {
  const { version, ...act } = known(decode(actCodec, bytes));
  return act;
}

/** What the author of an act has signed. */
export const actMessage = ({ bytes }: SignedAct): Uint8Array => concat(TAG.hubAct, bytes);

/** @throws {Failure} `hub.act-forged`, `sync.version-unknown`, `encoding.malformed`. */
export function openAct(verify: Verify, signed: Uint8Array): HubAct {
  const { version, ...act } = opened(verify, actCodec, TAG.hubAct, signed);
  return act;
}

const askCodec = struct({ version: u8, region: fixed(32), time: u64, author: fixed(32) });
/** A wish to see the fleet; good for as long as the hub's clock and `time` are close. */
type FleetAsk = Omit<Decoded<typeof askCodec>, 'version'>;

export function signAsk(ask: FleetAsk, sign: (message: Uint8Array) => Uint8Array): Uint8Array {
  const bytes = encode(askCodec, { version: WIRE_VERSION, ...ask });
  return encode(signedActCodec, { bytes, signature: sign(concat(TAG.fleetAsk, bytes)) });
}

/** @throws {Failure} `hub.act-forged`, `sync.version-unknown`, `encoding.malformed`. */
export function openAsk(verify: Verify, signed: Uint8Array): FleetAsk {
  const { version, ...ask } = opened(verify, askCodec, TAG.fleetAsk, signed);
  return ask;
}

function opened<T extends { readonly version: number; readonly author: Uint8Array }>(
  verify: Verify,
  codec: Codec<T>,
  tag: Uint8Array,
  signed: Uint8Array,
): T {
  const { bytes, signature } = decode(signedActCodec, signed);
  const value = known(decode(codec, bytes));
  if (!verify(value.author, concat(tag, bytes), signature))
    throw new Failure('hub.act-forged', 'The signature on this act of an administrator does not hold. Nothing was done.');
  return value;
}

function known<T extends { readonly version: number }>(value: T): T {
  if (value.version === WIRE_VERSION) return value;
  throw new Failure('sync.version-unknown', `An act is of wire version ${value.version}, which this program does not know.`);
}
