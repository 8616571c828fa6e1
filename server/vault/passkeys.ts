/**
 * FIDO2 keys and passkeys of who is signed in, on this desk alone. Public key, count and name lie in `keys.db` under the same key as the
 * time code's secret: colleagues who unlock the desk cannot open or replace them, and no message to another desk carries them.
 */
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { concat, equalBytes, fromBase64, fromHex, fromUtf8, toBase64, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { PASSKEY_TAG, PASSKEY_USER_TAG } from '../../shared/vault/vault-tags.ts';
import { checkpointAfterErasure, type Database } from '../storage/database.ts';
import { openBox, sealBox } from './boxes.ts';
import { hashParts } from './hash-parts.ts';
import { type PasskeyRow, readPasskeys, removePasskey, writePasskey } from './passkey.store.ts';
import { randomBytes, type SealingKey } from './primitives.ts';

/** Browsers speak with keys for a name, never for an address; every port of this computer shares it, so the origin is checked as well. */
const RELYING_PARTY = 'localhost';
/** ES256 and RS256: every key has one of them, and every build of Node and Electron verifies both. */
const ALGORITHMS = [-7, -257];
const MOST_KEYS = 16;

/** A key as its person sees it; times in milliseconds since 1970. */
export interface Passkey {
  /** Hexadecimal. */
  readonly id: string;
  readonly name: string;
  readonly added: number;
  readonly lastUsed: number | null;
  /** Its maker may carry it to other devices of its person. */
  readonly isSynchronised: boolean;
}

interface Kept extends Omit<Passkey, 'id'> {
  /** Credential id, base64url. */
  readonly credential: string;
  /** COSE, base64. */
  readonly publicKey: string;
  readonly count: number;
  readonly transports: readonly string[];
}

interface PasskeyParts {
  readonly database: Database;
  readonly storeId: Uint8Array;
  readonly staff: Uint8Array;
  /** Milliseconds since 1970. */
  clock(): number;
  /** What seals this person's second factor. @throws {Failure} `vault.locked`. */
  key(): SealingKey;
}

/** What was asked of a key, and where its answer has to come from. */
interface Asked {
  /** 32 bytes. */
  readonly challenge: Uint8Array;
  /** `http://localhost:PORT` */
  readonly origin: string;
}

export class Passkeys {
  readonly #parts: PasskeyParts;

  constructor(parts: PasskeyParts) {
    this.#parts = parts;
  }

  /** By when they were added. */
  async list(): Promise<Passkey[]> {
    const kept = (await this.#rows()).map((row) => ({ id: toHex(row.id), ...this.#opened(row) }));
    return kept
      .map(({ id, name, added, lastUsed, isSynchronised }) => ({ id, name, added, lastUsed, isSynchronised }))
      .sort((a, b) => a.added - b.added);
  }

  async count(): Promise<number> {
    return (await this.#rows()).length;
  }

  /** @throws {Failure} `vault.passkey-name`, `vault.passkeys-many`. */
  async refuseNew(name: string): Promise<void> {
    if (name.trim() === '' || name.length > 60 || /\p{Cc}/u.test(name))
      throw new Failure('vault.passkey-name', 'Give the key a name of at most 60 characters by which you know it.');
    const kept = await this.list();
    if (kept.length >= MOST_KEYS)
      throw new Failure('vault.passkeys-many', `${MOST_KEYS} keys are the most. Remove one that you no longer use.`);
    if (kept.some((key) => key.name === name.trim()))
      throw new Failure('vault.passkey-name', 'You have a key of this name. Choose another name.');
  }

  /** What the browser is asked to make a new key with (WebAuthn, section 5.4). @param person by what key and browser call its owner */
  async creationOptions(challenge: Uint8Array, person: string, timeout: number): Promise<object> {
    const { generateRegistrationOptions } = await library();
    const { storeId, staff } = this.#parts;
    return generateRegistrationOptions({
      rpName: 'Careledger',
      rpID: RELYING_PARTY,
      userName: person,
      userDisplayName: person,
      userID: own(hashParts(PASSKEY_USER_TAG, storeId, staff)),
      challenge: own(challenge),
      timeout,
      attestationType: 'none',
      supportedAlgorithmIDs: ALGORITHMS,
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
      excludeCredentials: (await this.#all()).map(({ credential }) => ({ id: credential })),
    });
  }

  /** What the browser is asked to have signed (WebAuthn, section 5.5). */
  async requestOptions(challenge: Uint8Array, timeout: number): Promise<object> {
    const { generateAuthenticationOptions } = await library();
    return generateAuthenticationOptions({
      rpID: RELYING_PARTY,
      challenge: own(challenge),
      timeout,
      userVerification: 'required',
      allowCredentials: (await this.#all()).map(({ credential, transports }) => ({
        id: credential,
        transports: [...transports],
      })),
    });
  }

  /** Keeps a new key. @param response of the browser, as it came @throws {Failure} `vault.passkey-refused`. */
  async add(name: string, response: unknown, { challenge, origin }: Asked): Promise<void> {
    const { verifyRegistrationResponse } = await library();
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: response as RegistrationResponseJSON,
      expectedChallenge: toBase64Url(challenge),
      expectedOrigin: origin,
      expectedRPID: RELYING_PARTY,
      supportedAlgorithmIDs: ALGORITHMS,
      requireUserVerification: true,
    }).catch(refused);
    if (!verified) throw notRight();
    const { credential, credentialDeviceType } = registrationInfo;
    const kept: Kept = {
      name: name.trim(),
      added: this.#parts.clock(),
      lastUsed: null,
      isSynchronised: credentialDeviceType === 'multiDevice',
      credential: credential.id,
      publicKey: toBase64(credential.publicKey),
      count: credential.counter,
      transports: credential.transports ?? [],
    };
    const row = this.#sealed(randomBytes(16), kept);
    await this.#parts.database.write((transaction) => writePasskey(transaction, row));
  }

  /**
   * Takes a key's signature under what was asked, and moves its count.
   * @param response of the browser, as it came
   * @throws {Failure} `vault.passkey-refused`, `vault.passkey-copied`.
   */
  async verify(response: unknown, { challenge, origin }: Asked): Promise<void> {
    const { verifyAuthenticationResponse } = await library();
    const { database, staff, clock } = this.#parts;
    await database.write(async (transaction) => {
      const rows = (await readPasskeys(transaction, staff)).map((row) => ({ id: row.id, kept: this.#opened(row) }));
      const used = rows.find(({ kept }) => kept.credential === (response as { id?: unknown } | null)?.id);
      if (!used) throw notRight();
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        response: response as AuthenticationResponseJSON,
        expectedChallenge: toBase64Url(challenge),
        expectedOrigin: origin,
        expectedRPID: RELYING_PARTY,
        requireUserVerification: true,
        // The count is judged below, so that a person hears what it means.
        credential: { id: used.kept.credential, publicKey: own(fromBase64(used.kept.publicKey)), counter: 0 },
      }).catch(refused);
      if (!verified) throw notRight();
      const count = authenticationInfo.newCounter;
      // WebAuthn, section 6.1.1: a key that counts never shows the same number twice, unless there is a copy of it.
      if ((count > 0 || used.kept.count > 0) && count <= used.kept.count) throw copied(used.kept.name);
      await writePasskey(transaction, this.#sealed(used.id, { ...used.kept, count, lastUsed: clock() }));
    });
  }

  /** @param id hexadecimal @throws {Failure} `vault.no-such-passkey`. */
  async remove(id: string): Promise<void> {
    const { database, staff } = this.#parts;
    const key = (await this.#rows()).find((row) => equalBytes(row.id, fromHex(id)));
    if (!key) throw new Failure('vault.no-such-passkey', 'You have no such key on this desk any more. Look at the list again.');
    await database.write((transaction) => removePasskey(transaction, staff, key.id));
    await checkpointAfterErasure(database);
  }

  /** The same keys for the staff id that this person has from now on, sealed under `key`. */
  async carryTo(staff: Uint8Array, key: SealingKey): Promise<void> {
    const rows = await this.#rows();
    await this.#parts.database.write(async (transaction) => {
      for (const row of rows) {
        const box = sealBox(key, boundTo(this.#parts.storeId, staff, row.id), utf8(JSON.stringify(this.#opened(row))));
        await writePasskey(transaction, { staff, id: row.id, box });
      }
    });
  }

  #rows(): Promise<PasskeyRow[]> {
    return readPasskeys(this.#parts.database.read, this.#parts.staff);
  }

  async #all(): Promise<Kept[]> {
    return (await this.#rows()).map((row) => this.#opened(row));
  }

  #sealed(id: Uint8Array, kept: Kept): PasskeyRow {
    const { storeId, staff, key } = this.#parts;
    return { staff, id, box: sealBox(key(), boundTo(storeId, staff, id), utf8(JSON.stringify(kept))) };
  }

  #opened({ id, box }: PasskeyRow): Kept {
    const { storeId, staff, key } = this.#parts;
    const text = openBox(key(), boundTo(storeId, staff, id), box);
    if (text) return JSON.parse(fromUtf8(text)) as Kept;
    throw new Failure(
      'vault.second-factor-damaged',
      'A key of yours in the key file of this desk was altered. Ask an administrator to take your access away and let you in anew.',
    );
  }
}

/** Loaded when the first key is asked: it costs a start half a second of work. */
const library = () => import('@simplewebauthn/server');

const boundTo = (storeId: Uint8Array, staff: Uint8Array, id: Uint8Array): Uint8Array => concat(PASSKEY_TAG, storeId, staff, id);

const toBase64Url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

/** The library wants bytes in memory that nobody shares. */
const own = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

/** The library says why in words for programmers; whoever sent a wrong answer learns nothing from it. */
function refused(cause: unknown): never {
  throw notRight(cause);
}

const notRight = (cause?: unknown): Failure =>
  new Failure(
    'vault.passkey-refused',
    'The answer does not fit what was asked of your key, or the key did not check that it is you (PIN, fingerprint or face). Nothing was confirmed. Begin again.',
    { cause },
  );

const copied = (name: string): Failure =>
  new Failure(
    'vault.passkey-copied',
    `The key “${name}” counts lower than before: there may be a copy of it. Nothing was confirmed. Remove it under Staff, and confirm in another way.`,
  );
