/**
 * A device with a valid key that does what no honest one would. The hub must refuse each of its acts by name, or let in what the
 * rules give no effect; nobody else may come to harm.
 */
import { sha256, sign } from '../../server/vault/primitives.ts';
import { concat, toBase64, toHex } from '../../shared/encoding/bytes.ts';
import { startEpoch } from '../../shared/ledger/admission.ts';
import { witnessName } from '../../shared/ledger/checkpoint.ts';
import type { SignedEvent } from '../../shared/ledger/event.ts';
import { cosignatureLine, cosignatureMessage } from '../../shared/ledger/note.ts';
import type { SubmissionAnswer } from '../../shared/sync/submission.ts';
import { act, hash, signingKeyFor, type TestClinic, TestDevice } from '../support/ledger-builder.ts';
import { DeskActs } from './desk-acts.ts';
import type { Asked, HubAnswer } from './simulated-hub.ts';
import type { SlowLedger } from './slow-ledger.ts';
import type { VirtualNetwork } from './virtual-network.ts';
import { Violation, type World } from './world.ts';

interface Attack extends Asked {
  /** What the hub may answer: codes, `accepted` for a block that entered, `data`. */
  readonly expected: RegExp;
  /** Whether what it asks has become its right by the time of the answer: then any answer is right. */
  readonly isRight?: () => boolean;
}

interface LyingDeviceOptions {
  readonly world: World;
  readonly network: VirtualNetwork;
  readonly index: number;
  readonly clinic: TestClinic;
  readonly truth: SlowLedger;
  /** Compartments at the hub, by hexadecimal handle, with the chain that keeps each. */
  readonly keepers: ReadonlyMap<string, string>;
  /** Chains of the other clinics. */
  readonly others: readonly Uint8Array[];
}

const STRANGER = signingKeyFor('simulated stranger');
/** A block that is late, or comes after another at its height. */
const OUT_OF_LINE = 'ledger\\.(?:height-gap|previous-mismatch|equivocation|block-repeated)|hub\\.epoch-quarantined';

export class LyingDevice {
  readonly index: number;
  readonly device: Uint8Array;
  readonly #options: LyingDeviceOptions;
  readonly #acts: DeskActs;
  readonly #expected = new WeakMap<Buffer, { readonly name: string } & Pick<Attack, 'expected' | 'isRight'>>();
  #epoch: Uint8Array;
  /** Attacks that the hub has answered as it should. */
  refused = 0;

  constructor(options: LyingDeviceOptions) {
    const { world, clinic, index } = options;
    this.#options = options;
    this.index = index;
    this.device = clinic.desk.key.publicKey;
    this.#acts = new DeskActs(clinic, world.random, () => world.now);
    this.#epoch = world.random.bytes(8);
  }

  /** One more attack over the wire, or an honest block in between. */
  attack(): void {
    const { network, world, index } = this.#options;
    const name = world.random.pick(Object.keys(this.#attacks));
    const attack = this.#attacks[name]?.();
    if (!attack) return;
    const { operation, variables, expected, isRight } = attack;
    const body = Buffer.from(JSON.stringify({ operationName: operation, variables }));
    this.#expected.set(body, { name, expected, ...(isRight && { isRight }) });
    world.note(`the device lies: ${name}`);
    network.ask({ desk: index, name: 'the lying device' }, body).catch(() => undefined);
  }

  /** @throws {Violation} when the hub answers otherwise than it must. */
  heard(body: Buffer, answer: HubAnswer): void {
    const attack = this.#expected.get(body);
    if (!attack) return;
    const got = 'failure' in answer ? answer.failure.code : verdictOf(answer.data);
    this.#options.world.note(`the hub answers "${attack.name}" with ${got}`);
    if (attack.isRight?.()) return;
    if (!attack.expected.test(got))
      throw new Violation('the liar is caught', `the hub answered a device's "${attack.name}" with ${got}`);
    if (got !== 'accepted') this.refused += 1;
  }

  /** The device with its chain where the ledger has it. */
  #writer(): TestDevice {
    const { clinic, truth } = this.#options;
    const writer = new TestDevice(clinic.chain, clinic.desk.key, this.#epoch);
    const last = truth.blocks.findLast((block) => toHex(block.device) === writer.id && toHex(block.epoch) === toHex(this.#epoch));
    writer.position = last ? { epoch: this.#epoch, height: last.height + 1, previous: last.hash } : startEpoch(this.#epoch);
    return writer;
  }

  #event(): SignedEvent {
    return this.#acts.anchor(this.#options.world.random.below(1_000)).events?.[0] as SignedEvent;
  }

  #submit(expected: RegExp, ...blocks: Uint8Array[]): Attack {
    return { operation: 'Submit', variables: { blocks: blocks.map(toBase64) }, expected };
  }

  /** A compartment that another clinic keeps. */
  #foreignHandle(): Uint8Array | undefined {
    const { keepers, clinic, world } = this.#options;
    const foreign = [...keepers].filter(([, chain]) => chain !== clinic.id).map(([handle]) => handle);
    return foreign.length > 0 ? Buffer.from(world.random.pick(foreign), 'hex') : undefined;
  }

  readonly #attacks: Readonly<Record<string, () => Attack | undefined>> = {
    'an honest block': () => this.#submit(new RegExp(`^(?:accepted|${OUT_OF_LINE})$`), this.#writer().write(this.#event())),
    'two blocks at one height': () => {
      const writer = this.#writer();
      const blocks = [writer.seal({ events: [this.#event()] }), writer.seal({ events: [this.#event()] })];
      // The epoch is closed by it, so the device goes on in another.
      this.#epoch = this.#options.world.random.bytes(8);
      return this.#submit(new RegExp(`^(?:${OUT_OF_LINE})$`), ...blocks);
    },
    'a forged device signature': () => {
      const block = this.#writer().seal({ events: [this.#event()] });
      return this.#submit(/^ledger\.block-signature-invalid$/, block.with(-1, (block.at(-1) as number) ^ 1));
    },
    'a forged signature of a person': () => {
      const { clinic } = this.#options;
      const body = { staff: this.#options.world.random.bytes(32), role: 'administrator' };
      const { event, signature } = act(clinic, 'staff.enrolled', body, { signer: clinic.administrator });
      const block = this.#writer().seal({ events: [{ event, signature: signature.with(3, (signature[3] as number) ^ 1) }] });
      return this.#submit(/^ledger\.event-signature-invalid$/, block);
    },
    'an act of somebody who was never enrolled': () => {
      const { clinic, world } = this.#options;
      const event = act(clinic, 'staff.enrolled', { staff: world.random.bytes(32), role: 'nurse' }, { signer: STRANGER });
      // It enters, and the rules refuse it: the slow twin sees that it has no effect.
      return this.#submit(new RegExp(`^(?:accepted|${OUT_OF_LINE})$`), this.#writer().write(event));
    },
    "a grant on another clinic's patient": () => {
      const { clinic, others, world } = this.#options;
      const handle = this.#foreignHandle();
      const [event] = handle ? (this.#acts.grant(handle, world.random.pick(others), 0).write.events ?? []) : [];
      return event && clinic && this.#submit(new RegExp(`^(?:accepted|${OUT_OF_LINE})$`), this.#writer().write(event));
    },
    'a gap in its chain': () => {
      const writer = this.#writer();
      const block = writer.seal({ events: [this.#event()], height: writer.position.height + 4 });
      return this.#submit(/^(?:ledger\.height-gap|hub\.epoch-quarantined)$/, block);
    },
    'a block that names another before it': () => {
      const writer = this.#writer();
      if (writer.position.height === 0) return undefined;
      const block = writer.seal({ events: [this.#event()], previous: this.#options.world.random.bytes(32) });
      return this.#submit(new RegExp(`^(?:${OUT_OF_LINE})$`), block);
    },
    'a block for another clinic': () => {
      const block = this.#writer().seal({
        events: [this.#event()],
        chain: this.#options.world.random.pick(this.#options.others),
      });
      return this.#submit(/^hub\.block-of-another-clinic$/, block);
    },
    'bytes without sense': () =>
      this.#submit(
        /^(?:encoding\.malformed|ledger\.suite-unknown)$/,
        this.#options.world.random.bytes(this.#options.world.random.between(0, 300)),
      ),
    'a record whose document nobody has': () => {
      const [event] = this.#acts.put(this.#options.world.random.bytes(16)).write.events ?? [];
      return event && this.#submit(/^hub\.document-missing$/, this.#writer().seal({ events: [event] }));
    },
    "a document in another clinic's compartment": () => {
      const handle = this.#foreignHandle();
      if (!handle) return undefined;
      const documents = [{ handle: toHex(handle), sealed: toBase64(this.#options.world.random.bytes(40)), wrap: '' }];
      return { operation: 'PutDocuments', variables: { documents }, expected: /^relay\.not-yours$/ };
    },
    'a look at what nobody granted': () => {
      const handle = this.#foreignHandle();
      if (!handle || this.#isGranted(handle)) return undefined;
      const variables = { handle: toHex(handle), after: 0, limit: 10 };
      return { operation: 'Documents', variables, expected: /^relay\.not-available$/, isRight: () => this.#isGranted(handle) };
    },
    'a key that was never granted': () => {
      const { others, world } = this.#options;
      const [recipient, handle] = [world.random.pick(others), this.#foreignHandle() ?? world.random.bytes(16)];
      const message = concat(world.random.bytes(16), handle, recipient, world.random.bytes(32));
      const messages = [{ recipientChain: toHex(recipient), recipientDevice: '', kind: 'grant', body: toBase64(message) }];
      this.sent.set(toHex(sha256(message)), toHex(recipient));
      return { operation: 'SendMessages', variables: { messages }, expected: /^data$/ };
    },
    'a cosignature with another key': () => {
      const { clinic, truth, world } = this.#options;
      const text = `${world.random.below(9)}\n`;
      const line = cosignatureLine(
        hash,
        witnessName(clinic.chain),
        STRANGER.publicKey,
        1,
        sign(STRANGER, cosignatureMessage(1, text)),
      );
      return {
        operation: 'Cosign',
        variables: { size: truth.size, line },
        expected: /^hub\.(?:cosignature-invalid|checkpoint-past)$/,
      };
    },
  };

  /** Recipients of messages that it sent, by name. */
  readonly sent = new Map<string, string>();

  #isGranted(handle: Uint8Array): boolean {
    const { truth, clinic } = this.#options;
    return [...truth.rowsAt(truth.size)].some(
      ([key, row]) =>
        key.startsWith('grant/') && toHex(row.subarray(32, 48)) === toHex(handle) && toHex(row.subarray(48, 80)) === clinic.id,
    );
  }
}

/** The worst that became of submitted blocks. */
function verdictOf(data: Readonly<Record<string, unknown>>): string {
  const answer = data.submit as SubmissionAnswer | undefined;
  if (!answer) return 'data';
  return answer.refusals[0]?.code ?? 'accepted';
}
