/** Sealed blocks taken apart after docs/protocol.md section 3, without the program's own codecs. */
import { hash } from '../support/ledger-builder.ts';

export interface ParsedEvent {
  /** As it was signed. */
  readonly bytes: Uint8Array;
  readonly signature: Uint8Array;
  readonly type: string;
  readonly handle: Uint8Array;
  readonly body: Uint8Array;
  readonly author: Uint8Array;
  readonly time: number;
}

export interface ParsedBlock {
  readonly sealed: Uint8Array;
  readonly hash: Uint8Array;
  readonly chain: Uint8Array;
  readonly device: Uint8Array;
  readonly epoch: Uint8Array;
  readonly height: number;
  readonly previous: Uint8Array;
  readonly events: readonly ParsedEvent[];
  /** What the device signed. */
  readonly content: Uint8Array;
  readonly signature: Uint8Array;
}

/** Reads from the front. */
export class Scanner {
  readonly #bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  take(length: number): Uint8Array {
    if (this.at + length > this.#bytes.length) throw new RangeError('the bytes end too early');
    this.at += length;
    return this.#bytes.slice(this.at - length, this.at);
  }

  number(length: number): number {
    return this.take(length).reduce((value, byte) => value * 256 + byte, 0);
  }
}

export function parseBlock(sealed: Uint8Array): ParsedBlock {
  const scanner = new Scanner(Uint8Array.from(sealed));
  scanner.take(1);
  const [chain, device, epoch] = [scanner.take(32), scanner.take(32), scanner.take(8)];
  const height = scanner.number(8);
  const previous = scanner.take(32);
  scanner.take(8);
  const events = Array.from({ length: scanner.number(2) }, () => {
    const bytes = scanner.take(scanner.number(2));
    return parseEvent(bytes, scanner.take(scanner.number(1)));
  });
  const content = sealed.slice(0, scanner.at);
  const signature = scanner.take(64);
  if (scanner.at !== sealed.length) throw new RangeError('bytes are left over');
  const name = hash(new TextEncoder().encode('careledger/v1/block-hash\n'), sealed);
  return { sealed, hash: name, chain, device, epoch, height, previous, events, content, signature };
}

function parseEvent(bytes: Uint8Array, signature: Uint8Array): ParsedEvent {
  const scanner = new Scanner(bytes);
  scanner.take(3);
  const type = Buffer.from(scanner.take(scanner.number(1))).toString('latin1');
  const handle = scanner.take(scanner.number(1));
  const body = scanner.take(scanner.number(2));
  return { bytes, signature, type, handle, body, author: scanner.take(32), time: scanner.number(8) };
}
