/**
 * The TURN server beside the hub (coturn), for two ends whose networks let them reach each other no other way. It gets a secret shared
 * with the hub and no list of users: each call has credentials of its own that end with it (draft-uberti-behave-turn-rest-00, coturn's
 * `use-auth-secret`).
 */
import { utf8 } from '../../../shared/encoding/bytes.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { hmacSha1 } from '../../vault/primitives.ts';

/** As RTCIceServer of WebRTC. */
export interface IceServer {
  readonly urls: string[];
  readonly username: string;
  readonly credential: string;
}

const ADDRESS = /^turns?:(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?(?:\?transport=(?:udp|tcp))?$/i;
const MOST_ADDRESSES = 4;
const LEAST_SECRET = 24;

export class TurnServer {
  readonly #urls: string[];
  readonly #secret: Uint8Array;

  /** @param addresses separated by commas. @throws {Failure} `hub.turn-address`, `hub.turn-secret`. */
  constructor(addresses: string, secret: string) {
    this.#urls = addresses.split(',').map((address) => address.trim());
    if (this.#urls.length > MOST_ADDRESSES || !this.#urls.every((address) => ADDRESS.test(address)))
      throw new Failure(
        'hub.turn-address',
        'The addresses of the TURN server read like "turn:turn.example.org:3478" or "turns:turn.example.org:5349?transport=tcp", at most four with commas between.',
      );
    this.#secret = utf8(secret.trim());
    if (this.#secret.length < LEAST_SECRET)
      throw new Failure(
        'hub.turn-secret',
        `The secret that the hub and the TURN server share has at least ${LEAST_SECRET} characters.`,
      );
  }

  /** Credentials that the TURN server takes until `expires` (milliseconds). */
  servers(name: string, expires: number): IceServer[] {
    const username = `${Math.floor(expires / 1000)}:${name}`;
    const credential = Buffer.from(hmacSha1(this.#secret, utf8(username))).toString('base64');
    return [{ urls: this.#urls, username, credential }];
  }
}
