/**
 * The rules of the ledger: pure and deterministic. Each domain hands in its event types; this file judges a block of
 * them against a keyed view and gives verdicts, rows to put or remove, and the link of the effects chain.
 */
import { type Codec, decode, SharedMemory, type Writer } from '../encoding/codec.ts';
import { Failure } from '../outcome/failure.ts';
import type { Block, OpenBlock } from './block.ts';
import { epochsKey } from './epochs.ts';
import { decodeEvent, type LedgerEvent } from './event.ts';
import { idText, keysOf, pairKeysOf } from './known-ids.ts';
import type { Hash } from './merkle.ts';
import { chainRow, staffRow } from './rows.ts';
import { TAG } from './tags.ts';

/** State rows by key. A page's rows are loaded before it is judged; a key nobody announced is an error of the rules. */
export interface StateView {
  get(key: string): Uint8Array | undefined;
}

/** Who wrote a block. Hexadecimal ids; `time` is the writer's claim, in milliseconds. */
export interface BlockWriter {
  readonly chain: string;
  readonly device: string;
  readonly time: number;
}

export interface TypedEvent<B = unknown> {
  readonly event: LedgerEvent;
  readonly body: B;
  /** Hexadecimal, empty when the event is about no compartment. */
  readonly handle: string;
  readonly author: string;
  /** Whether the author's personal signature came with the event (its validity was a condition of admission). */
  readonly signed: boolean;
}

type Verdict = 'accepted' | 'disputed' | 'refused';

export interface Judgement {
  readonly verdict: Verdict;
  /** Why not accepted: a stable code. */
  readonly reason?: string;
  /** Rows to write, or to remove where the value is undefined. */
  readonly effects?: ReadonlyArray<readonly [key: string, value: Uint8Array | undefined]>;
}

/** A signature inside an event's body. It is checked at admission and by the audit, never by a verdict. */
export interface SignatureClaim {
  readonly key: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}

export interface EventRule<B> {
  readonly type: string;
  /** Facts are at worst disputed and keep their effects' place; only rights are refused. */
  readonly kind: 'fact' | 'right';
  readonly body: Codec<B>;
  readonly personal: 'required' | 'optional';
  readonly handle: 'required' | 'none';
  /** The rows that `judge` and `signatures` may look at. */
  reads(typed: TypedEvent<B>, writer: BlockWriter): string[];
  signatures?(view: StateView, typed: TypedEvent<B>, writer: BlockWriter): SignatureClaim[];
  judge(view: StateView, typed: TypedEvent<B>, writer: BlockWriter): Judgement;
}

/** The event types of one rules version, by name. A type's body never changes: another body is another type. */
export class Rules {
  readonly version: number;
  readonly #rules = new Map<string, EventRule<unknown>>();
  #earlier: Rules | undefined;

  constructor(version: number, ...domains: ReadonlyArray<ReadonlyArray<EventRule<unknown>>>) {
    this.version = version;
    for (const rule of domains.flat()) {
      if (this.#rules.has(rule.type)) throw new Failure('ledger.rule-twice', `Two domains register the event type ${rule.type}.`);
      this.#rules.set(rule.type, rule);
    }
  }

  /** Keeps the version before, for the blocks of its time. Gives this one. */
  after(earlier: Rules): this {
    if (earlier.version >= this.version) throw new RangeError(`rules version ${this.version} after ${earlier.version}`);
    this.#earlier = earlier;
    return this;
  }

  knows(version: number): boolean {
    return version === this.version || (this.#earlier?.knows(version) ?? false);
  }

  /**
   * The rules of `version`: each block is judged by those that are active at its place.
   * @throws {Failure} `ledger.update-needed` when this program is older than what the region has activated.
   */
  at(version: number): Rules {
    if (version === this.version) return this;
    if (this.#earlier?.knows(version)) return this.#earlier.at(version);
    throw new Failure(
      'ledger.update-needed',
      `The region has activated version ${version} of its rules; this program knows ${this.version}. Update Careledger.`,
      { details: { needed: version, known: this.version } },
    );
  }

  /** Whether this or an earlier version has such events: one that none has is of a newer program, or of nobody's. */
  knowsType(type: string): boolean {
    return this.#rules.has(type) || (this.#earlier?.knowsType(type) ?? false);
  }

  get types(): string[] {
    return [...this.#rules.keys()].sort();
  }

  /** @throws {Failure} `ledger.type-unknown` by name: the block that carries it is refused at admission. */
  rule(type: string): EventRule<unknown> {
    const rule = this.#rules.get(type);
    if (!rule)
      throw new Failure('ledger.type-unknown', `The event type "${type}" is unknown to rules version ${this.version}.`, {
        details: { type },
      });
    return rule;
  }

  /**
   * An event with its body taken apart and its form checked.
   * @throws {Failure} `ledger.type-unknown`, `ledger.rules-unknown`, `ledger.event-form`, `encoding.malformed`.
   */
  open(bytes: Uint8Array, signature: Uint8Array): { typed: TypedEvent; rule: EventRule<unknown> } {
    const event = decodeEvent(bytes);
    // What was written under an older version, offline, is judged by the one that is active where it enters.
    if (event.rules === 0 || event.rules > this.version)
      throw new Failure(
        'ledger.rules-unknown',
        `An event was written under rules version ${event.rules}; version ${this.version} is active.`,
      );
    const rule = this.rule(event.type);
    if (event.handle.length > 0 !== (rule.handle === 'required'))
      throw new Failure('ledger.event-form', `An event "${event.type}" has ${event.handle.length ? 'a' : 'no'} handle.`);
    if (signature.length !== 0 && signature.length !== 64)
      throw new Failure('ledger.event-form', 'A personal signature has neither 0 nor 64 bytes.');
    if (rule.personal === 'required' && signature.length === 0)
      throw new Failure('ledger.event-form', `An event "${event.type}" needs the signature of the person who answers for it.`);
    const typed = {
      event,
      body: decode(rule.body, event.body),
      handle: idText(event.handle),
      author: idText(event.author),
      signed: signature.length > 0,
    };
    return { typed, rule };
  }
}

export interface JudgedEvent {
  readonly typed: TypedEvent;
  readonly rule: EventRule<unknown>;
}

interface AdmissionKeys {
  readonly chain: string;
  readonly device: string;
  readonly epochs: string;
  /** The newest block of this device's epoch. */
  readonly head: string;
}

export interface OpenedBlock extends OpenBlock {
  readonly hash: Uint8Array;
  readonly writer: BlockWriter;
  readonly events: readonly JudgedEvent[];
  /** Keys of the rows that admitting it asks for. */
  readonly keys: AdmissionKeys;
  /** Every key that judging this block may read. */
  readonly reads: readonly string[];
  /** Whether an event carries signatures in its body, whose keys are rows. */
  readonly hasBodySignatures: boolean;
  /** The rules version under which it was taken apart. */
  readonly rules: number;
}

/** Takes the events of a block apart and lists the rows that its judgement needs. */
export function openEvents(rules: Rules, open: OpenBlock, hash: Uint8Array): OpenedBlock {
  const { block } = open;
  const writer = { chain: idText(block.chain), device: idText(block.device), time: block.time };
  const events = block.events.map((each) => rules.open(each.event, each.signature));
  const keys = admissionKeys(writer, block);
  const reads = [keys.chain, keys.device, keys.epochs, keys.head];
  let hasBodySignatures = false;
  for (const { typed, rule } of events) {
    if (rule.signatures) hasBodySignatures = true;
    for (const key of rule.reads(typed, writer)) reads.push(key);
    if (!byDevice(typed, writer)) reads.push(staffKey(typed.author));
  }
  const { content, signature } = open;
  return { block, content, signature, hash, writer, events, keys, reads, hasBodySignatures, rules: rules.version };
}

export const chainKey = keysOf('chain/');
export const deviceKey = keysOf('device/');
export const staffKey = keysOf('staff/');
const headKeyOf = pairKeysOf('head/');
export const headKey = (device: string, block: Pick<Block, 'epoch'>): string => headKeyOf(device, block.epoch);

/** The same keys come back with each block of a device: by that of its head. */
const knownAdmissionKeys = new Map<string, AdmissionKeys & { readonly of: string }>();
const MOST_KNOWN = 8192;

function admissionKeys({ chain, device }: BlockWriter, block: Pick<Block, 'epoch'>): AdmissionKeys {
  const head = headKey(device, block);
  let keys = knownAdmissionKeys.get(head);
  if (keys?.of !== chain) {
    keys = { of: chain, chain: chainKey(chain), device: deviceKey(device), epochs: epochsKey(device), head };
    if (knownAdmissionKeys.size === MOST_KNOWN) knownAdmissionKeys.clear();
    knownAdmissionKeys.set(head, keys);
  }
  return keys;
}

/** State rows that admission and judgement also change. */
export interface ChangingView extends StateView {
  /** Writes a row, or removes it where `value` is undefined. */
  put(key: string, value: Uint8Array | undefined): void;
}

/** Rows of a page, loaded in bulk, with what its blocks have put since on top. */
export class PageView implements ChangingView {
  readonly #loaded: Map<string, Uint8Array | undefined>;
  readonly #changed = new Map<string, Uint8Array | undefined>();

  constructor(loaded: Map<string, Uint8Array | undefined>) {
    this.#loaded = loaded;
  }

  get(key: string): Uint8Array | undefined {
    const changed = this.#changed.get(key);
    if (changed !== undefined || this.#changed.has(key)) return changed;
    const loaded = this.#loaded.get(key);
    if (loaded === undefined && !this.#loaded.has(key)) throw unannounced(key);
    return loaded;
  }

  put(key: string, value: Uint8Array | undefined): void {
    this.#changed.set(key, value);
  }

  /** The rows as they stand after the page: to put, or to remove where undefined. */
  get changes(): ReadonlyMap<string, Uint8Array | undefined> {
    return this.#changed;
  }
}

/** A rule that looks at a row which it did not name in `reads` is wrong: elsewhere the row might not be at hand. */
export const unannounced = (key: string): Failure =>
  new Failure('ledger.rule-reads', `A rule looked at the row ${key.split('/')[0]} without saying so first.`);

const VERDICTS: readonly Verdict[] = ['accepted', 'disputed', 'refused'];
const EMPTY = new Uint8Array(0);
const NO_EFFECTS: NonNullable<Judgement['effects']> = [];

/** Judges a block's events in order and writes their effects into `view`. */
export function judgeBlock(view: ChangingView, opened: OpenedBlock): readonly Judgement[] {
  return opened.events.map(({ typed, rule }) => {
    const judgement = judgeEvent(view, typed, rule, opened.writer);
    for (const effect of judgement.effects ?? NO_EFFECTS) view.put(effect[0], effect[1]);
    return judgement;
  });
}

/** A block's outcome as it is hashed into the effects chain: verdict, reason, and the keys and values of the effects of each event. */
export function writeOutcome(out: Writer, judgements: readonly Judgement[]): void {
  for (const { verdict, reason, effects } of judgements) {
    out.uint(1, VERDICTS.indexOf(verdict));
    writeText(out, reason ?? '');
    out.uint(2, effects?.length ?? 0);
    // By place: taking pairs apart costs more than writing them, until the compiler has seen it often.
    for (const effect of effects ?? NO_EFFECTS) {
      const key = effect[0];
      const value = effect[1];
      writeText(out, key);
      out.uint(1, value === undefined ? 0 : 1);
      out.uint(3, value?.length ?? 0);
      out.raw(value ?? EMPTY);
    }
  }
}

function judgeEvent(view: StateView, typed: TypedEvent, rule: EventRule<unknown>, writer: BlockWriter): Judgement {
  const judgement = authorFault(view, typed, writer) ?? rule.judge(view, typed, writer);
  // A fact that happened stays a fact: nobody's rule may refuse it, only dispute it.
  return rule.kind === 'fact' && judgement.verdict === 'refused' ? { ...judgement, verdict: 'disputed' } : judgement;
}

/** Whether no person acts: the device names itself as author. */
const byDevice = (typed: TypedEvent, writer: BlockWriter): boolean => !typed.signed && typed.author === writer.device;

/** An author who is not the device itself is a staff member whom the writing clinic has enrolled and not revoked, signed or not. */
function authorFault(view: StateView, typed: TypedEvent, writer: BlockWriter): Judgement | undefined {
  if (byDevice(typed, writer)) return undefined;
  const staff = readKeptRow(view, staffKey(typed.author), staffRow);
  if (!staff) return { verdict: 'refused', reason: 'author-not-enrolled' };
  if (idText(staff.chain) !== writer.chain) return { verdict: 'refused', reason: 'author-of-another-clinic' };
  return staff.revoked ? { verdict: 'refused', reason: 'author-revoked' } : undefined;
}

function writeText(out: Writer, text: string): void {
  out.uint(2, text.length);
  out.characters(text);
}

export const effectsStart = (hash: Hash, region: Uint8Array): Uint8Array => hash(TAG.effects, region);
/** The link behind `effects` for a block with this outcome, as `writeOutcome` writes it. */
export const effectsNext = (hash: Hash, effects: Uint8Array, outcome: Uint8Array): Uint8Array => hash(effects, hash(outcome));

/** Reads a row through its codec; undefined when there is none. */
export function readRow<T>(view: StateView, key: string, codec: Codec<T>): T | undefined {
  const bytes = view.get(key);
  return bytes === undefined ? undefined : decode(codec, bytes);
}

const keptRows = new WeakMap<Uint8Array, { readonly codec: unknown; readonly value: unknown }>();

/** The same for rows that block after block reads unchanged: taken apart once for as long as their bytes are at hand. Not to be altered. */
export function readKeptRow<T>(view: StateView, key: string, codec: Codec<T>): T | undefined {
  const bytes = view.get(key);
  if (bytes === undefined) return undefined;
  const kept = keptRows.get(bytes);
  if (kept?.codec === codec) return kept.value as T;
  const value = decode(codec, bytes);
  keptRows.set(bytes, { codec, value });
  return value;
}

/**
 * The key with which the writing clinic signs inside event bodies.
 * @throws {Failure} `ledger.chain-unknown`: nothing of a clinic that is not admitted can be checked.
 */
export function clinicKeyOf(view: StateView, writer: BlockWriter): Uint8Array {
  const chain = readRow(view, chainKey(writer.chain), chainRow);
  if (!chain) throw new Failure('ledger.chain-unknown', 'The clinic of this block has not been admitted to the region.');
  return chain.clinicKey;
}

const rowMemory = new SharedMemory();

/** A row's bytes, for whoever keeps them until they are written. */
export const encodeRow = <T>(codec: Codec<T>, value: T): Uint8Array => rowMemory.encode(codec, value);

/** A row to put, in the form that `Judgement.effects` takes. */
export const putRow = <T>(key: string, codec: Codec<T>, value: T): readonly [string, Uint8Array] => [
  key,
  encodeRow(codec, value),
];

export const accepted = (...effects: ReadonlyArray<readonly [string, Uint8Array | undefined]>): Judgement => ({
  verdict: 'accepted',
  effects,
});
export const refused = (reason: string): Judgement => ({ verdict: 'refused', reason });
export const disputed = (reason: string, ...effects: ReadonlyArray<readonly [string, Uint8Array | undefined]>): Judgement => ({
  verdict: 'disputed',
  reason,
  effects,
});
