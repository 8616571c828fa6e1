/**
 * The one audited place that touches cryptographic primitives: everything else in Careledger asks here. Only what
 * Node's OpenSSL and Electron's BoringSSL both offer is used, plus libsodium for verifying Ed25519. Keys are `KeyObject`s
 * with a purpose in their type, so that a key is never mistaken for data, never printed, and never imported twice.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  diffieHellman,
  hash,
  hkdfSync,
  type KeyObject,
  randomBytes as nodeRandomBytes,
  scrypt as nodeScrypt,
  sign as nodeSign,
  randomFillSync,
} from 'node:crypto';
import sodium from 'sodium-native';
import { Failure } from '../../shared/outcome/failure.ts';

declare const purpose: unique symbol;
/** A secret AES-256 key that seals and opens. */
export type SealingKey = KeyObject & { readonly [purpose]: 'sealing' };
/** A secret key of keyed hashes. */
export type MacKey = KeyObject & { readonly [purpose]: 'mac' };
/** A person's, device's or clinic's Ed25519 key pair. */
export interface SigningKey {
  readonly privateKey: KeyObject & { readonly [purpose]: 'signing' };
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
}
/** An X25519 key pair. */
export interface AgreementKey {
  readonly privateKey: KeyObject & { readonly [purpose]: 'agreement' };
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
}

export const KEY_BYTES = 32;
export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;
const SIGNATURE_BYTES = 64;

/** The memory-hard cost of a passphrase: N = 2^logN, block size r, parallelism p. */
interface ScryptCost {
  readonly logN: number;
  readonly r: number;
  readonly p: number;
}

export function randomBytes(length: number): Uint8Array {
  return plain(nodeRandomBytes(length));
}

/** Overwrites `bytes` with random ones: for a scratch that is wiped and used again. */
export function fillRandom(bytes: Uint8Array): void {
  randomFillSync(bytes);
}

// --- Hashing -----------------------------------------------------------------------------------------------------

/** SHA-256 (FIPS 180-4): 32 bytes. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return plain(hash('sha256', bytes, 'buffer'));
}

/** SHA-256 as 64 lower-case hexadecimal digits; half the time of the bytes. */
export function sha256Hex(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex');
}

/** Imported once for who hashes often: that costs as much as a short hash. */
export const macKey = (bytes: Uint8Array): MacKey => createSecretKey(bytes) as MacKey;

/** HMAC-SHA256 (RFC 2104): 32 bytes. */
export function hmacSha256(key: Uint8Array | MacKey, ...parts: readonly Uint8Array[]): Uint8Array {
  // Three times as fast as handing over the bytes.
  const mac = createHmac('sha256', key instanceof Uint8Array ? macKey(key) : key);
  for (const part of parts) mac.update(part);
  return plain(mac.digest());
}

/** HMAC-SHA1 (RFC 2104): 20 bytes. For the time codes of authenticators alone (RFC 6238), which know nothing else. */
export function hmacSha1(key: Uint8Array, message: Uint8Array): Uint8Array {
  return plain(createHmac('sha1', createSecretKey(key)).update(message).digest());
}

// --- Derivation --------------------------------------------------------------------------------------------------

/** HKDF-SHA256 (RFC 5869), extract and expand. @throws {Failure} `vault.malformed-key` above 255 × 32 bytes. */
export function hkdf(secret: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Uint8Array {
  if (!Number.isInteger(length) || length < 1 || length > 255 * 32) throw malformed('a derived key', '1 to 8,160 bytes');
  return new Uint8Array(hkdfSync('sha256', secret, salt, info, length));
}

/**
 * scrypt (RFC 7914) in the thread pool: `length` bytes. Node refuses more than 32 MiB unless told; the room for the
 * asked cost is raised here, up to 1 GiB.
 * @throws {Failure} `vault.scrypt-cost` when the cost is not a sensible one; floors are the caller's.
 */
export function scrypt(passphrase: Uint8Array, salt: Uint8Array, cost: ScryptCost, length: number): Promise<Uint8Array> {
  const memory = 128 * 2 ** cost.logN * cost.r;
  const sensible = [cost.logN, cost.r, cost.p].every((part) => Number.isInteger(part) && part >= 1) && cost.p <= 16;
  if (!sensible || memory > 2 ** 30) {
    throw new Failure(
      'vault.scrypt-cost',
      'The cost of this passphrase is out of range. The key file was altered or is newer than this program.',
    );
  }
  const options = { N: 2 ** cost.logN, r: cost.r, p: cost.p, maxmem: 2 * memory + 128 * cost.r * cost.p + 2 ** 20 };
  return new Promise((resolve, reject) => {
    nodeScrypt(passphrase, salt, length, options, (error, key) => (error ? reject(error) : resolve(plain(key))));
  });
}

// --- AES-256-GCM (NIST SP 800-38D), 96-bit nonces and 128-bit tags only --------------------------------------------

/** @throws {Failure} `vault.malformed-key` unless `bytes` are 32. */
export function sealingKey(bytes: Uint8Array): SealingKey {
  if (bytes.length !== KEY_BYTES) throw malformed('a sealing key', '32 bytes');
  return createSecretKey(bytes) as SealingKey;
}

/** The 32 bytes of a sealing key, to wrap them under another; wipe or drop them at once. */
export function sealingKeyBytes(key: SealingKey): Uint8Array {
  return plain(key.export());
}

/** Ciphertext and tag. The caller never uses one nonce twice under one key. */
export function aesGcmSeal(
  key: SealingKey,
  nonce: Uint8Array,
  associated: Uint8Array,
  plaintext: Uint8Array,
): { ciphertext: Uint8Array; tag: Uint8Array } {
  if (nonce.length !== NONCE_BYTES) throw malformed('a nonce', '12 bytes');
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(associated);
  const ciphertext = cipher.update(plaintext);
  cipher.final();
  return { ciphertext: plain(ciphertext), tag: plain(cipher.getAuthTag()) };
}

/** The plaintext, or `undefined` when key, nonce, associated data, ciphertext or tag do not belong together. */
export function aesGcmOpen(
  key: SealingKey,
  nonce: Uint8Array,
  associated: Uint8Array,
  ciphertext: Uint8Array,
  tag: Uint8Array,
): Uint8Array | undefined {
  if (nonce.length !== NONCE_BYTES || tag.length !== TAG_BYTES) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(associated);
  decipher.setAuthTag(tag);
  const plaintext = decipher.update(ciphertext);
  try {
    decipher.final();
  } catch {
    plaintext.fill(0);
    return undefined;
  }
  return plain(plaintext);
}

// --- Ed25519 (RFC 8032) --------------------------------------------------------------------------------------------

// The fixed heads of RFC 8410 key structures in front of 32 raw bytes; DER is the one import form fast on both libraries.
const ED25519_PRIVATE = Buffer.from('302e020100300506032b657004220420', 'hex');
const X25519_PRIVATE = Buffer.from('302e020100300506032b656e04220420', 'hex');
const X25519_PUBLIC = Buffer.from('302a300506032b656e032100', 'hex');

/** The Ed25519 key pair of a 32-byte seed. Import once and keep it: importing costs more than signing. */
export function signingKeyFromSeed(seed: Uint8Array): SigningKey {
  const privateKey = importPrivate(ED25519_PRIVATE, seed, 'a signing seed');
  return { privateKey: privateKey as SigningKey['privateKey'], publicKey: publicBytes(privateKey) };
}

/** A new signing key; `seed` is what is kept, sealed. */
export function newSigningKey(): SigningKey & { readonly seed: Uint8Array } {
  const seed = randomBytes(KEY_BYTES);
  return { ...signingKeyFromSeed(seed), seed };
}

/** 64 bytes over `message` exactly as given; domain tags are the caller's. */
export function sign(key: SigningKey, message: Uint8Array): Uint8Array {
  return plain(nodeSign(null, message, key.privateKey));
}

/**
 * The acceptance rule of wire version 1 (docs/protocol.md), the same on every machine: S below the group order; A and R
 * canonically encoded and not of small order; [S]B = R + [k]A without the cofactor. libsodium 1.0.21 decides all of it, and
 * other versions do not (newer ones multiply by the cofactor): known-answers.ts holds each part of the rule at every start.
 * Never throws: what has a wrong length does not verify.
 */
export function verifySignature(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== KEY_BYTES || signature.length !== SIGNATURE_BYTES) return false;
  return sodium.crypto_sign_verify_detached(signature, message, publicKey);
}

// --- X25519 (RFC 7748) ---------------------------------------------------------------------------------------------

/** The X25519 key pair of 32 secret bytes. */
export function agreementKeyFromSecret(secret: Uint8Array): AgreementKey {
  const privateKey = importPrivate(X25519_PRIVATE, secret, 'an agreement key');
  return { privateKey: privateKey as AgreementKey['privateKey'], publicKey: publicBytes(privateKey) };
}

/** A new agreement key; `secret` is what is kept, sealed. */
export function newAgreementKey(): AgreementKey & { readonly secret: Uint8Array } {
  const secret = randomBytes(KEY_BYTES);
  return { ...agreementKeyFromSecret(secret), secret };
}

/**
 * The 32-byte shared secret.
 * @throws {Failure} `vault.weak-key` when the other key is of small order, so that the secret would be all zero
 * (RFC 7748 section 6.1, RFC 9180 section 7.1.4), or is not 32 bytes.
 */
export function agree(own: AgreementKey, otherPublicKey: Uint8Array): Uint8Array {
  if (otherPublicKey.length !== KEY_BYTES) throw malformed('a public agreement key', '32 bytes');
  const publicKey = createPublicKey({ key: Buffer.concat([X25519_PUBLIC, otherPublicKey]), format: 'der', type: 'spki' });
  let shared: Uint8Array;
  try {
    shared = plain(diffieHellman({ privateKey: own.privateKey, publicKey }));
  } catch (cause) {
    throw weakKey(cause);
  }
  if (shared.every((byte) => byte === 0)) throw weakKey();
  return shared;
}

function importPrivate(head: Uint8Array, secret: Uint8Array, what: string): KeyObject {
  if (secret.length !== KEY_BYTES) throw malformed(what, '32 bytes');
  const der = Buffer.concat([head, secret]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  der.fill(0);
  return key;
}

function publicBytes(privateKey: KeyObject): Uint8Array {
  return plain(createPublicKey(privateKey).export({ format: 'der', type: 'spki' })).slice(-32);
}

/** The same memory without Buffer's own behaviour (`slice` as a view, another JSON). */
function plain(buffer: Uint8Array): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}

function malformed(what: string, wanted: string): Failure {
  return new Failure(
    'vault.malformed-key',
    `This is not ${what}: it should be ${wanted}. The data may be damaged; check its source.`,
  );
}

function weakKey(cause?: unknown): Failure {
  return new Failure(
    'vault.weak-key',
    'The other party sent a key that gives no secrecy. Nothing was sent; check with whom you are connected.',
    {
      cause,
    },
  );
}
