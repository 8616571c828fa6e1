/** A FIDO2 key in software: answers as a browser with a key would (WebAuthn level 3), and lies where a test wants it to. */
import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';

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
  readonly id = randomBytes(32).toString('base64url');
  /** Of the next answer. */
  counter = 1;
  readonly #private: KeyObject;
  readonly #cose: Buffer;

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    this.#private = privateKey;
    // {1: 2, 3: -7, -1: 1, -2: x, -3: y} in CBOR.
    const [xBytes, yBytes] = [Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')];
    this.#cose = Buffer.concat([Buffer.from('a5010203262001215820', 'hex'), xBytes, Buffer.from('225820', 'hex'), yBytes]);
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
    counter.writeUInt32BE(this.counter++);
    const bits = Buffer.from([PRESENT | flags | (verified ? VERIFIED : 0)]);
    return Buffer.concat([createHash('sha256').update(rpId).digest(), bits, counter]);
  }
}

const clientData = (type: string, { challenge, origin }: AskedOfKey): string =>
  Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false })).toString('base64url');
