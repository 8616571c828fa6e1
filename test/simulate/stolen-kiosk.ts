/**
 * A kiosk that somebody carried off, keys and all: it says without any person what a desk of its clinic may say so. By the first rules that
 * counts, by the second it has no effect; the slow twin judges which.
 */
import { accessSealedBody } from '../../shared/access/access-rules.ts';
import { toBase64, toHex } from '../../shared/encoding/bytes.ts';
import { encode } from '../../shared/encoding/codec.ts';
import { startEpoch } from '../../shared/ledger/admission.ts';
import { encodeEvent } from '../../shared/ledger/event.ts';
import { signingKeyFor, type TestClinic, TestDevice } from '../support/ledger-builder.ts';
import type { SimulatedHub } from './simulated-hub.ts';
import type { SlowLedger } from './slow-ledger.ts';
import type { World } from './world.ts';

interface StolenKioskOptions {
  readonly world: World;
  readonly hub: SimulatedHub;
  readonly truth: SlowLedger;
  readonly clinic: TestClinic;
}

const NOTHING = new Uint8Array(0);

export class StolenKiosk {
  readonly device: Uint8Array;
  readonly #options: StolenKioskOptions;
  readonly #key = signingKeyFor('simulated kiosk');
  readonly #epoch: Uint8Array;

  constructor(options: StolenKioskOptions) {
    this.#options = options;
    this.device = this.#key.publicKey;
    this.#epoch = options.world.random.bytes(8);
  }

  get clinic(): TestClinic {
    return this.#options.clinic;
  }

  get isEnrolled(): boolean {
    const { truth } = this.#options;
    return truth.rowsAt(truth.size).has(`device/${toHex(this.device)}`);
  }

  /** One more act that nobody has signed. */
  write(): void {
    const { world, hub, truth } = this.#options;
    if (!this.isEnrolled) return;
    const event = encodeEvent({
      type: 'access.sealed',
      handle: NOTHING,
      body: encode(accessSealedBody, { root: world.random.bytes(32), count: truth.size }),
      author: this.device,
      time: world.now,
      commitment: NOTHING,
    });
    const block = this.#writer().write({ event, signature: NOTHING });
    world.note('the stolen kiosk writes');
    hub.ask(toHex(this.device), { operation: 'Submit', variables: { blocks: [toBase64(block)] } });
  }

  /** With its chain where the ledger has it. */
  #writer(): TestDevice {
    const { clinic, truth } = this.#options;
    const writer = new TestDevice(clinic.chain, this.#key, this.#epoch);
    const last = truth.blocks.findLast((block) => toHex(block.device) === writer.id);
    writer.position = last ? { epoch: this.#epoch, height: last.height + 1, previous: last.hash } : startEpoch(this.#epoch);
    return writer;
  }
}
