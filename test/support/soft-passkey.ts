/** A FIDO2 key in software: answers as a browser with a key would (WebAuthn level 3), and lies where a test wants it to. */
import { createECDH, createHash, createPrivateKey, createSign, type KeyObject, randomBytes } from 'node:crypto';

const PRESENT = 0x01;
const VERIFIED = 0x04;
const WITH_CREDENTIAL = 0x40;

interface AskedOfKey {
  /** base64url, as `options.challenge` has it. */
  readonly challenge: string;
  readonly origin: string;
  readonly rpId?: string;
  /** Whether it checked who holds it. */
  readonly verified?: boolean;
}

export class SoftPasskey {
  readonly id: string;
  /** Of the next answer. */
  counter = 1;
  readonly #counts: boolean;
  readonly #private: KeyObject;
  readonly #cose: Buffer;

  /** @param seed 32 bytes: the same key whenever and wherever it is made, which counts nothing, as a synchronised passkey; without one a new key */
  constructor(seed?: Uint8Array) {
    this.#counts = seed === undefined;
    const secret = Buffer.from(seed ?? randomBytes(32));
    // Far below the order of the curve, whatever was drawn.
    secret[0] = 1;
    this.id = createHash('sha256').update(secret).digest('base64url');
    const pair = createECDH('prime256v1');
    pair.setPrivateKey(secret);
    const point = pair.getPublicKey();
    const [x, y] = [point.subarray(1, 33), point.subarray(33)];
    const jwk = {
      kty: 'EC',
      crv: 'P-256',
      d: secret.toString('base64url'),
      x: x.toString('base64url'),
      y: y.toString('base64url'),
    };
    this.#private = createPrivateKey({ key: jwk, format: 'jwk' });
    // {1: 2, 3: -7, -1: 1, -2: x, -3: y} in CBOR.
    this.#cose = Buffer.concat([Buffer.from('a5010203262001215820', 'hex'), x, Buffer.from('225820', 'hex'), y]);
  }

  /** What `navigator.credentials.create` answers, as JSON. */
  made(asked: AskedOfKey): object {
    const id = Buffer.from(this.id, 'base64url');
    const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, this.#cose]);
    const data = Buffer.concat([this.#data(asked, WITH_CREDENTIAL), credential]);
    // {"fmt": "none", "attStmt": {}, "authData": data} in CBOR.
    const head = Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746158', 'hex');
    const attestationObject = Buffer.concat([head, Buffer.from([data.length]), data]);
    return this.#answer({
      clientDataJSON: clientData('webauthn.create', asked),
      attestationObject: attestationObject.toString('base64url'),
      transports: ['usb'],
    });
  }

  /** What `navigator.credentials.get` answers, as JSON. */
  signed(asked: AskedOfKey): object {
    const data = this.#data(asked, 0);
    const clientDataJSON = clientData('webauthn.get', asked);
    const hash = createHash('sha256').update(Buffer.from(clientDataJSON, 'base64url')).digest();
    const signature = createSign('sha256').update(data).update(hash).sign(this.#private).toString('base64url');
    return this.#answer({ clientDataJSON, authenticatorData: data.toString('base64url'), signature });
  }

  #answer(response: object): object {
    return { id: this.id, rawId: this.id, type: 'public-key', clientExtensionResults: {}, response };
  }

  #data({ rpId = 'localhost', verified = true }: AskedOfKey, flags: number): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.#counts ? this.counter++ : 0);
    const bits = Buffer.from([PRESENT | flags | (verified ? VERIFIED : 0)]);
    return Buffer.concat([createHash('sha256').update(rpId).digest(), bits, counter]);
  }
}

const clientData = (type: string, { challenge, origin }: AskedOfKey): string =>
  Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false })).toString('base64url');
