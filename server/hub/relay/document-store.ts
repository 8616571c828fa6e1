/**
 * A store outside of the hub's database for the sealed bytes of documents, spoken to as S3: an object a document, ciphertext, under the
 * hash of its bytes. What it says is believed as far as it is seen: what was put is read back, and what is read is hashed.
 */
import { S3mini, S3ServiceError } from 's3mini';
import { equalBytes, toHex } from '../../../shared/encoding/bytes.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { LIMITS } from '../../../shared/sync/wire.ts';
import { randomBytes, sha256 } from '../../vault/primitives.ts';

/** How long one request may take; a device waits for half a minute in all. */
const REQUEST_MS = 10_000;

export interface DocumentStore {
  /**
   * Ends once the bytes are there and were read back. @param place `<hash>/<what tells two uploads apart>`
   * @throws {Failure} `relay.store-away`, `relay.store-refused`, `relay.store-damaged`.
   */
  put(place: string, sealed: Uint8Array): Promise<void>;
  /** The bytes whose SHA-256 is `name`. @throws {Failure} as `put`; `relay.store-lacks`. */
  get(place: string, name: Uint8Array): Promise<Uint8Array>;
  /** Ends once nothing is there, whether there was something or not. @throws {Failure} as `put`. */
  remove(place: string): Promise<void>;
}

export interface S3Place {
  /** With the bucket and, if wanted, a folder in it: `https://s3.example.org/bucket/folder`. */
  readonly address: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/**
 * The store that the settings name. @param keys text of the file with its keys: access key id and secret, a line each
 * @throws {Failure} `hub.settings`.
 */
export function s3Place(address: string, region: string, keys: string): S3Place {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isLoopback = url && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  const isForm = url && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback)) && /^\/[^/]/.test(url.pathname);
  if (!isForm || url.search || url.hash || url.username)
    throw new Failure(
      'hub.settings',
      '"documents" names the store with its bucket: https://s3.example.org/bucket, or https://s3.example.org/bucket/folder.',
    );
  const [accessKeyId = '', secretAccessKey = '', ...rest] = keys.trim().split(/\s*\n\s*/);
  if (accessKeyId === '' || secretAccessKey === '' || rest.length > 0)
    throw new Failure(
      'hub.settings',
      'The file of "documents-keys" has two lines: the access key id, and the secret access key.',
    );
  return { address, region, accessKeyId, secretAccessKey };
}

export class S3Documents implements DocumentStore {
  readonly #client: S3mini;
  /** In front of each key; ends with a slash unless it is empty. */
  readonly #folder: string;

  /** @param requestMs left out, 10 seconds */
  constructor({ address, region, accessKeyId, secretAccessKey }: S3Place, requestMs = REQUEST_MS) {
    const { origin, pathname } = new URL(address);
    const [bucket = '', ...folder] = pathname.split('/').filter((part) => part !== '');
    this.#folder = folder.map((part) => `${part}/`).join('');
    this.#client = new S3mini({
      endpoint: `${origin}/${bucket}`,
      region,
      accessKeyId,
      secretAccessKey,
      requestAbortTimeout: requestMs,
      // No other host is ever spoken to.
      fetch: (input, init) => fetch(input, { ...init, redirect: 'error' }),
    });
  }

  async put(place: string, sealed: Uint8Array): Promise<void> {
    await this.#asked(() => this.#client.putObject(this.#folder + place, sealed));
    // A proxy that says yes to everything must not make a document count as kept.
    if (!equalBytes(await this.#read(place), sealed)) throw DAMAGED;
  }

  async get(place: string, name: Uint8Array): Promise<Uint8Array> {
    const sealed = await this.#read(place);
    if (equalBytes(sha256(sealed), name)) return sealed;
    throw DAMAGED;
  }

  async remove(place: string): Promise<void> {
    await this.#asked(() => this.#client.deleteObject(this.#folder + place));
    // Nothing more than this can be asked: a store with versions keeps the old ones, which docs/administrators.md forbids.
    const still = await this.#asked(() => this.#client.getObjectResponse(this.#folder + place));
    await still?.body?.cancel().catch(() => undefined);
    if (still) throw AWAY;
  }

  #read(place: string): Promise<Uint8Array> {
    return this.#asked(async () => {
      const response = await this.#client.getObjectResponse(this.#folder + place);
      if (!response) throw LACKS;
      return await bodyOf(response);
    });
  }

  /** Sorts what went wrong; the log has the cause. */
  async #asked<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (cause) {
      if (cause instanceof Failure) throw cause;
      if (cause instanceof S3ServiceError && (cause.status === 401 || cause.status === 403)) throw REFUSED;
      throw new Failure(AWAY.code, AWAY.message, { retry: true, cause });
    }
  }
}

/** No more of it than a document can have: what answers may be no store. */
async function bodyOf(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > LIMITS.documentBytes) throw DAMAGED;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Whether the store takes, gives back and removes; what is wrong otherwise. */
export async function tryStore(store: DocumentStore): Promise<Failure | undefined> {
  const bytes = randomBytes(64);
  const place = `try/${toHex(randomBytes(8))}`;
  try {
    await store.put(place, bytes);
    await store.remove(place);
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

const WAITS = 'Nothing is lost: what waits at a clinic is sent again.';
const AWAY = new Failure(
  'relay.store-away',
  `The hub does not reach the store in which it keeps documents. ${WAITS} Its administrator looks after the store.`,
  { retry: true },
);
const REFUSED = new Failure(
  'relay.store-refused',
  `The store in which the hub keeps documents refuses the hub's keys. ${WAITS} Its administrator checks "documents-keys", the bucket's rights and the machine's clock.`,
  { retry: true },
);
const DAMAGED = new Failure(
  'relay.store-damaged',
  `The store in which the hub keeps documents gave other bytes than the hub had put there. ${WAITS} Its administrator looks after the store, or restores the object.`,
  { retry: true },
);
const LACKS = new Failure(
  'relay.store-lacks',
  'The store in which the hub keeps documents does not have one that the hub had put there. Its administrator restores the object, or sets the bucket that has it.',
  { retry: true },
);
