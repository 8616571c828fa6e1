/**
 * Hybrid public key encryption, RFC 9180: DHKEM(X25519, HKDF-SHA256) 0x0020, HKDF-SHA256 0x0001, AES-256-GCM 0x0002.
 * Base mode (anybody may have sent it) and Auth mode (only the holder of the sender's key can have); no PSK modes.
 */
import { concat, utf8 } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import {
  type AgreementKey,
  aesGcmOpen,
  aesGcmSeal,
  agree,
  agreementKeyFromSecret,
  hmacSha256,
  newAgreementKey,
  type SealingKey,
  sealingKey,
  TAG_BYTES,
} from './primitives.ts';

const NOTHING = new Uint8Array(0);
const VERSION = utf8('HPKE-v1');
/** "KEM" ‖ 0x0020, and "HPKE" ‖ the three identifiers (sections 4.1 and 5.1). */
const KEM_SUITE = concat(utf8('KEM'), Uint8Array.of(0, 0x20));
const HPKE_SUITE = concat(utf8('HPKE'), Uint8Array.of(0, 0x20, 0, 1, 0, 2));
const MODE_BASE = 0;
const MODE_AUTH = 2;
const ENCAPSULATED_BYTES = 32;

/** Who may read, and what the message is about: bound into the keys, never sent. */
interface HpkeRecipient {
  /** X25519, 32 bytes. */
  readonly recipient: Uint8Array;
  readonly info: Uint8Array;
  /** Given: Auth mode. */
  readonly sender?: AgreementKey;
}

interface HpkeReceiver {
  readonly recipient: AgreementKey;
  readonly info: Uint8Array;
  /** Given: Auth mode, and only this sender's messages open. X25519, 32 bytes. */
  readonly sender?: Uint8Array;
}

/**
 * Seals one message.
 * @throws {Failure} `vault.weak-key` when the recipient's key gives no secrecy.
 */
export function hpkeSeal(
  to: HpkeRecipient,
  associated: Uint8Array,
  plaintext: Uint8Array,
): { encapsulated: Uint8Array; ciphertext: Uint8Array } {
  const { encapsulated, context } = hpkeSender(to);
  return { encapsulated, ciphertext: context.seal(associated, plaintext) };
}

/** Opens one message. @throws {Failure} `vault.message-refused` when it is not from this sender, for us, or about this. */
export function hpkeOpen(
  from: HpkeReceiver,
  encapsulated: Uint8Array,
  associated: Uint8Array,
  ciphertext: Uint8Array,
): Uint8Array {
  return hpkeReceiver(from, encapsulated).open(associated, ciphertext);
}

/** Begins a row of messages to one recipient. `ephemeral` is for the published vectors alone. */
export function hpkeSender(
  to: HpkeRecipient,
  ephemeral: AgreementKey = newAgreementKey(),
): { encapsulated: Uint8Array; context: HpkeContext } {
  const encapsulated = ephemeral.publicKey;
  const own = agree(ephemeral, to.recipient);
  const secret = to.sender === undefined ? own : concat(own, agree(to.sender, to.recipient));
  const parties = to.sender === undefined ? [encapsulated, to.recipient] : [encapsulated, to.recipient, to.sender.publicKey];
  return { encapsulated, context: schedule(modeOf(to.sender), sharedSecret(secret, parties), to.info) };
}

/** The other end. @throws {Failure} `vault.message-refused` when the keys give no secrecy or are no keys. */
export function hpkeReceiver(from: HpkeReceiver, encapsulated: Uint8Array): HpkeContext {
  if (encapsulated.length !== ENCAPSULATED_BYTES) throw refused();
  try {
    const own = agree(from.recipient, encapsulated);
    const secret = from.sender === undefined ? own : concat(own, agree(from.recipient, from.sender));
    const parties = [encapsulated, from.recipient.publicKey, ...(from.sender === undefined ? [] : [from.sender])];
    return schedule(modeOf(from.sender), sharedSecret(secret, parties), from.info);
  } catch (cause) {
    throw refused(cause);
  }
}

/** The key pair of input keying material (section 7.1.3). */
export function hpkeDeriveKeyPair(material: Uint8Array): AgreementKey {
  const pseudorandom = labeledExtract(KEM_SUITE, NOTHING, 'dkp_prk', material);
  return agreementKeyFromSecret(labeledExpand(KEM_SUITE, pseudorandom, 'sk', NOTHING, 32));
}

/** One direction of messages, in order; the two ends count alike (section 5.2). */
class HpkeContext {
  readonly #key: SealingKey;
  readonly #baseNonce: Uint8Array;
  readonly #exporterSecret: Uint8Array;
  #sequence = 0;

  constructor(key: SealingKey, baseNonce: Uint8Array, exporterSecret: Uint8Array) {
    this.#key = key;
    this.#baseNonce = baseNonce;
    this.#exporterSecret = exporterSecret;
  }

  seal(associated: Uint8Array, plaintext: Uint8Array): Uint8Array {
    const { ciphertext, tag } = aesGcmSeal(this.#key, this.#nonce(), associated, plaintext);
    this.#sequence++;
    return concat(ciphertext, tag);
  }

  /** @throws {Failure} `vault.message-refused`; the count stays, so the right message still opens. */
  open(associated: Uint8Array, sealed: Uint8Array): Uint8Array {
    const split = Math.max(0, sealed.length - TAG_BYTES);
    const plaintext = aesGcmOpen(this.#key, this.#nonce(), associated, sealed.subarray(0, split), sealed.subarray(split));
    if (plaintext === undefined) throw refused();
    this.#sequence++;
    return plaintext;
  }

  /** A further secret of both ends (section 5.3). */
  export(exporterContext: Uint8Array, length: number): Uint8Array {
    return labeledExpand(HPKE_SUITE, this.#exporterSecret, 'sec', exporterContext, length);
  }

  #nonce(): Uint8Array {
    // 2^32 messages is far below the limit of the section and above anything that is ever sent in one context.
    if (this.#sequence >= 2 ** 32)
      throw new Failure('vault.context-exhausted', 'Too many messages under one key. Begin a new exchange.');
    const nonce = this.#baseNonce.slice();
    const view = new DataView(nonce.buffer);
    view.setUint32(8, (view.getUint32(8) ^ this.#sequence) >>> 0);
    return nonce;
  }
}

function modeOf(sender: unknown): number {
  return sender === undefined ? MODE_BASE : MODE_AUTH;
}

/** ExtractAndExpand of the KEM (section 4.1). */
function sharedSecret(agreed: Uint8Array, parties: readonly Uint8Array[]): Uint8Array {
  const pseudorandom = labeledExtract(KEM_SUITE, NOTHING, 'eae_prk', agreed);
  return labeledExpand(KEM_SUITE, pseudorandom, 'shared_secret', concat(...parties), 32);
}

/** KeySchedule without a pre-shared key (section 5.1). */
function schedule(mode: number, shared: Uint8Array, info: Uint8Array): HpkeContext {
  const context = concat(
    Uint8Array.of(mode),
    labeledExtract(HPKE_SUITE, NOTHING, 'psk_id_hash', NOTHING),
    labeledExtract(HPKE_SUITE, NOTHING, 'info_hash', info),
  );
  const secret = labeledExtract(HPKE_SUITE, shared, 'secret', NOTHING);
  return new HpkeContext(
    sealingKey(labeledExpand(HPKE_SUITE, secret, 'key', context, 32)),
    labeledExpand(HPKE_SUITE, secret, 'base_nonce', context, 12),
    labeledExpand(HPKE_SUITE, secret, 'exp', context, 32),
  );
}

function labeledExtract(suite: Uint8Array, salt: Uint8Array, label: string, material: Uint8Array): Uint8Array {
  return hmacSha256(salt, VERSION, suite, utf8(label), material);
}

function labeledExpand(suite: Uint8Array, key: Uint8Array, label: string, info: Uint8Array, length: number): Uint8Array {
  const labeled = concat(Uint8Array.of(length >>> 8, length & 0xff), VERSION, suite, utf8(label), info);
  const blocks = Math.ceil(length / 32);
  if (!Number.isInteger(length) || length < 1 || blocks > 255)
    throw new Failure('vault.malformed-key', 'A derived key has 1 to 8,160 bytes.');
  const out = new Uint8Array(32 * blocks);
  let last: Uint8Array = NOTHING;
  for (let index = 1; index <= blocks; index++) {
    last = hmacSha256(key, last, labeled, Uint8Array.of(index));
    out.set(last, 32 * (index - 1));
  }
  return out.slice(0, length);
}

function refused(cause?: unknown): Failure {
  return new Failure(
    'vault.message-refused',
    'This message does not open: it was altered, is from somebody else, or is not for this machine. Ask the sender to send it again.',
    {
      cause,
    },
  );
}
