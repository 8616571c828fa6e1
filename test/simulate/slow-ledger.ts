/**
 * A slow twin of the ledger, written from docs/protocol.md and nothing else: it reads blocks byte by byte, judges one event after
 * the other over a map that is copied for each block, and computes each root from all leaves. It knows the event types that
 * simulated desks write.
 */

import { verifySignature } from '../../server/vault/primitives.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { quorumOf } from '../../shared/ledger/checkpoint.ts';
import { type Founding, openFounding, type Region } from '../../shared/ledger/founding.ts';
import { treeHash } from '../ledger/reference-tree.ts';
import { hash } from '../support/ledger-builder.ts';
import { type ParsedBlock, type ParsedEvent, parseBlock, Scanner } from './parsed-block.ts';

type Rows = Map<string, Uint8Array>;
export type Check = (key: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;

/** Why a block may not stand where somebody put it. */
class NotAdmissible extends Error {}

interface Outcome {
  readonly verdict: 0 | 1 | 2;
  readonly reason: string;
  readonly effects: ReadonlyArray<readonly [key: string, value: Uint8Array | undefined]>;
}

const text = new TextEncoder();
const tag = (purpose: string): Uint8Array => text.encode(`careledger/v1/${purpose}\n`);
const join = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const same = (a: Uint8Array | undefined, b: Uint8Array): boolean => a !== undefined && Buffer.compare(a, b) === 0;

function number(bytes: number, value: number): Uint8Array {
  const out = new Uint8Array(bytes);
  for (let at = bytes - 1, left = value; at >= 0; at--, left = Math.floor(left / 256)) out[at] = left % 256;
  return out;
}

const flag = (value: boolean): Uint8Array => Uint8Array.of(value ? 1 : 0);
const accept = (...effects: Outcome['effects']): Outcome => ({ verdict: 0, reason: '', effects });
const dispute = (reason: string, ...effects: Outcome['effects']): Outcome => ({ verdict: 1, reason, effects });
const refuse = (reason: string): Outcome => ({ verdict: 2, reason, effects: [] });

export class SlowLedger {
  readonly blocks: ParsedBlock[] = [];
  readonly #check: Check;
  /** After so many blocks. */
  readonly #states: Rows[];
  readonly #effects: Uint8Array[];
  readonly #roots = new Map<number, Uint8Array>();

  constructor(region: Region, check: Check) {
    this.#check = check;
    const rows: Rows = new Map();
    const members = region.genesis.witnesses.map(({ chain, cosignKey }) => join(chain, cosignKey));
    rows.set('region', join(region.id, number(1, members.length), ...members));
    for (const founder of region.founders) for (const [key, value] of rowsOf(founder)) rows.set(key, value);
    this.#states = [rows];
    this.#effects = [hash(tag('effects'), region.id)];
  }

  get size(): number {
    return this.blocks.length;
  }

  rowsAt(size: number): ReadonlyMap<string, Uint8Array> {
    return this.#states[size] as Rows;
  }

  effectsAt(size: number): Uint8Array {
    return this.#effects[size] as Uint8Array;
  }

  rootAt(size: number): Uint8Array {
    const known = this.#roots.get(size);
    if (known) return known;
    const root = treeHash(this.blocks.slice(0, size).map((block) => block.hash));
    this.#roots.set(size, root);
    return root;
  }

  stateRootAt(size: number): Uint8Array {
    return stateRootOf(this.rowsAt(size));
  }

  /** @throws {NotAdmissible} when the block may not come next. */
  append(sealed: Uint8Array): ParsedBlock {
    const block = parseBlock(sealed);
    const rows: Rows = new Map(this.#states[this.size]);
    this.#admit(rows, block);
    const digest = hash(join(...this.#judge(rows, block)));
    this.#effects.push(hash(this.effectsAt(this.size), digest));
    this.#states.push(rows);
    this.blocks.push(block);
    return block;
  }

  /**
   * What blocks that still wait change over the state after `size` blocks; undefined where they remove.
   * @param founding of their clinic: its rows lie under them until the ledger has let it in
   */
  overlay(size: number, waiting: readonly Uint8Array[], founding: Founding): Map<string, Uint8Array | undefined> {
    const below = this.rowsAt(size);
    const rows: Rows = new Map(below);
    const touched = new Set<string>();
    if (!below.has(`chain/${toHex(founding.chain)}`))
      for (const [key, value] of rowsOf(founding)) {
        rows.set(key, value);
        touched.add(key);
      }
    for (const sealed of waiting) {
      const block = parseBlock(sealed);
      this.#admit(rows, block);
      touched.add(headOf(block));
      const epochs = `epochs/${toHex(block.device)}`;
      if (!same(rows.get(epochs), below.get(epochs) ?? number(1, 0))) touched.add(epochs);
      this.#judge(rows, block, touched);
    }
    return new Map([...touched].map((key) => [key, rows.get(key)]));
  }

  #admit(rows: Rows, block: ParsedBlock): void {
    const device = rows.get(`device/${toHex(block.device)}`);
    if (!rows.has(`chain/${toHex(block.chain)}`)) throw new NotAdmissible('its clinic is not in the region');
    if (!device || !same(device.subarray(0, 32), block.chain)) throw new NotAdmissible('its device is not enrolled');
    if (device.at(-1) === 1) throw new NotAdmissible('its device is revoked');
    const head = rows.get(headOf(block));
    const height = head ? new Scanner(head).number(8) : -1;
    if (epochsOf(rows, block)?.retired.some((each) => same(block.epoch, each.subarray(0, 8))))
      throw new NotAdmissible('its epoch is retired');
    if (block.height !== height + 1) throw new NotAdmissible(`its height is ${block.height} and not ${height + 1}`);
    if (head && !same(head.subarray(8), block.previous)) throw new NotAdmissible('it does not name the block before it');
    if (!this.#check(block.device, join(tag('block'), block.content), block.signature))
      throw new NotAdmissible('its device signature does not hold');
    for (const event of block.events) {
      const signed = join(tag('event'), block.chain, event.bytes);
      if (event.signature.length > 0 && !this.#check(event.author, signed, event.signature))
        throw new NotAdmissible('the signature of a person in it does not hold');
    }
    rows.set(headOf(block), join(number(8, block.height), block.hash));
    moveEpochs(rows, block);
  }

  /** The bytes of each event's outcome. */
  #judge(rows: Rows, block: ParsedBlock, touched?: Set<string>): Uint8Array[] {
    return block.events.map((event) => {
      const outcome = outcomeOf(rows, block, event);
      for (const [key, value] of outcome.effects) {
        touched?.add(key);
        if (value) rows.set(key, value);
        else rows.delete(key);
      }
      const reason = text.encode(outcome.reason);
      const effects = outcome.effects.map(([key, value]) => {
        const name = text.encode(key);
        const bytes = value ?? new Uint8Array(0);
        return join(number(2, name.length), name, flag(value !== undefined), number(3, bytes.length), bytes);
      });
      return join(number(1, outcome.verdict), number(2, reason.length), reason, number(2, effects.length), ...effects);
    });
  }
}

/** The rows that a clinic begins with. */
function rowsOf({ chain, statement }: Founding): Array<readonly [key: string, value: Uint8Array]> {
  const name = text.encode(statement.name);
  const kind = number(1, statement.kind === 'clinic' ? 0 : 1);
  return [
    [`chain/${toHex(chain)}`, join(kind, number(1, name.length), name, statement.clinicKey, statement.encryptionKey)],
    [`device/${toHex(statement.deviceKey)}`, join(chain, number(1, 0), statement.deviceEncryptionKey, flag(false))],
    [`staff/${toHex(statement.administratorKey)}`, join(chain, number(1, 0), flag(false))],
  ];
}

const headOf = (block: ParsedBlock): string => `head/${toHex(block.device)}/${toHex(block.epoch)}`;

interface Epochs {
  readonly newest: Uint8Array;
  readonly beside: readonly Uint8Array[];
  /** epoch[8] ‖ height u64 */
  readonly retired: readonly Uint8Array[];
}

function epochsOf(rows: Rows, block: ParsedBlock): Epochs | undefined {
  const row = rows.get(`epochs/${toHex(block.device)}`);
  if (!row) return undefined;
  const scanner = new Scanner(row);
  const newest = scanner.take(8);
  const beside = Array.from({ length: scanner.number(1) }, () => scanner.take(8));
  return { newest, beside, retired: Array.from({ length: scanner.number(1) }, () => scanner.take(16)) };
}

/** Section 7: the newest epoch of a device, and those that grew beside it. */
function moveEpochs(rows: Rows, block: ParsedBlock): void {
  const { newest, beside, retired } = epochsOf(rows, block) ?? { newest: number(8, 0), beside: [], retired: [] };
  const isKnown = same(newest, block.epoch) || beside.some((each) => same(each, block.epoch));
  if (block.height > 0 && isKnown) return;
  const grown = block.height > 0 ? [...beside, block.epoch] : beside;
  if (grown.length > 15) throw new NotAdmissible('too many epochs of its device grow');
  const lists = [number(1, grown.length), ...grown, number(1, retired.length), ...retired];
  rows.set(`epochs/${toHex(block.device)}`, join(block.height > 0 ? newest : block.epoch, ...lists));
}

/** Section 6 of docs/protocol.md: rows by the bytes of their key, each a leaf. */
function stateRootOf(rows: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const sorted = [...rows].map(([key, value]) => [Buffer.from(key), value] as const).sort(([a], [b]) => Buffer.compare(a, b));
  return treeHash(sorted.map(([key, value]) => join(number(2, key.length), key, value)));
}

/** Section 8: who acts is checked before what is done, and a fact is at worst disputed. */
function outcomeOf(rows: Rows, block: ParsedBlock, event: ParsedEvent): Outcome {
  const outcome = authorFault(rows, block, event) ?? notADesk(rows, block, event) ?? JUDGES[event.type]?.(rows, block, event);
  if (!outcome) throw new NotAdmissible(`nobody here writes events of type ${event.type}`);
  return FACTS.has(event.type) && outcome.verdict === 2 ? { ...outcome, verdict: 1 } : outcome;
}

const FACTS = new Set(['record.put', 'access.sealed', 'compartment.purged']);
/** In the place of a custodian: the compartment was erased. */
const NOBODY = new Uint8Array(32);

function authorFault(rows: Rows, block: ParsedBlock, event: ParsedEvent): Outcome | undefined {
  if (event.signature.length === 0 && same(event.author, block.device)) return undefined;
  const staff = rows.get(`staff/${toHex(event.author)}`);
  if (!staff) return refuse('author-not-enrolled');
  if (!same(staff.subarray(0, 32), block.chain)) return refuse('author-of-another-clinic');
  return staff[33] === 1 ? refuse('author-revoked') : undefined;
}

/** Rules version 2: what nobody has signed counts from a workstation alone. */
function notADesk(rows: Rows, block: ParsedBlock, event: ParsedEvent): Outcome | undefined {
  const policy = rows.get('policy');
  if (!policy || policyIn(policy).rules < 2 || event.signature.length > 0) return undefined;
  const kind = rows.get(`device/${toHex(block.device)}`)?.[32];
  return kind === 0 ? undefined : refuse('not-a-desk');
}

function isAdministrator(rows: Rows, event: ParsedEvent): boolean {
  return rows.get(`staff/${toHex(event.author)}`)?.[32] === 0;
}

/** Chains of the witnesses in force: of the newest policy, or of the genesis. */
function witnessesOf(rows: Rows): readonly Uint8Array[] {
  const policy = rows.get('policy');
  if (policy) return policyIn(policy).witnesses;
  const region = new Scanner(rows.get('region') as Uint8Array);
  region.take(32);
  return Array.from({ length: region.number(1) }, () => region.take(64).subarray(0, 32));
}

/** A policy at the beginning of these bytes: chains and keys of its witnesses, all clinics. */
export function policyIn(body: Uint8Array): {
  bytes: Uint8Array;
  sequence: number;
  rules: number;
  witnesses: readonly Uint8Array[];
} {
  const scanner = new Scanner(body);
  const sequence = scanner.number(8);
  const rules = scanner.number(2);
  scanner.take(scanner.number(1));
  const witnesses = Array.from({ length: scanner.number(1) }, () => {
    scanner.number(1);
    const chain = scanner.take(32);
    scanner.take(32);
    scanner.take(scanner.number(1));
    return chain;
  });
  return { bytes: body.subarray(0, scanner.at), sequence, rules, witnesses };
}

type Judge = (rows: Rows, block: ParsedBlock, event: ParsedEvent) => Outcome;

/** The quorum of a simulated region has approved each of them: which comes first is all there is to judge. */
function policyChanged(rows: Rows, _: ParsedBlock, event: ParsedEvent): Outcome {
  const { bytes, sequence } = policyIn(event.body);
  const current = rows.get('policy');
  if (sequence !== (current ? policyIn(current).sequence : 0) + 1) return refuse('policy-sequence-stale');
  return accept(['policy', bytes]);
}

const JUDGES: Readonly<Record<string, Judge>> = {
  'record.put': (rows, block, event) => {
    const body = new Scanner(event.body);
    const [record, version, previous, document] = [body.take(16), body.number(4), body.take(body.number(1)), body.take(32)];
    const handle = toHex(event.handle);
    const custodian = rows.get(`compartment/${handle}`);
    if (same(custodian, NOBODY)) return dispute('compartment-erased');
    if (custodian && !same(custodian, block.chain)) return dispute('not-the-custodian');
    const key = `record/${handle}/${toHex(record)}`;
    const newest = rows.get(key);
    const follows = newest
      ? version === new Scanner(newest).number(4) + 1 && same(newest.subarray(4), previous)
      : version === 1 && previous.length === 0;
    if (follows) {
      const put = [key, join(number(4, version), document)] as const;
      return custodian ? accept(put) : accept([`compartment/${handle}`, block.chain], put);
    }
    if (!custodian) return dispute('version-conflict');
    const late = (name: Uint8Array): string => `conflict/${handle}/${toHex(record)}/${toHex(name)}`;
    const waits = join(number(4, version), block.device, event.author, number(8, event.time), number(1, 0));
    const put = [late(document), waits] as const;
    const goesOn = previous.length > 0 && rows.has(late(previous));
    return goesOn ? dispute('version-conflict', [late(previous), undefined], put) : dispute('version-conflict', put);
  },
  'consent.granted': (rows, block, event) => {
    const body = new Scanner(event.body);
    const grant = body.take(16);
    const recipient = body.take(32);
    const purpose = body.take(1);
    const [starts, ends] = [body.number(8), body.number(8)];
    const [wrap, agreement] = [body.take(32), body.take(32)];
    const custodian = rows.get(`compartment/${toHex(event.handle)}`);
    if (same(custodian, NOBODY)) return refuse('compartment-erased');
    if (!same(custodian, block.chain)) return refuse('not-the-custodian');
    if (rows.has(`grant/${toHex(grant)}`)) return refuse('grant-id-used-before');
    if (!rows.has(`chain/${toHex(recipient)}`)) return refuse('recipient-unknown');
    if (same(recipient, block.chain)) return refuse('recipient-is-custodian');
    if (ends !== 0 && ends <= starts) return refuse('period-empty');
    const period = [number(8, starts), number(8, ends)];
    const row = join(block.chain, event.handle, recipient, purpose, ...period, wrap, agreement, flag(false));
    return accept([`grant/${toHex(grant)}`, row]);
  },
  'consent.withdrawn': (rows, block, event) => {
    const key = `grant/${toHex(event.body)}`;
    const row = rows.get(key);
    if (!row || !same(row.subarray(32, 48), event.handle)) return refuse('grant-unknown');
    if (!same(row.subarray(0, 32), block.chain)) return refuse('not-the-custodian');
    return accept([key, join(row.subarray(0, -1), flag(true))]);
  },
  'compartment.erased': (rows, block, event) => {
    const handle = toHex(event.handle);
    if (!isAdministrator(rows, event)) return refuse('not-a-privacy-officer');
    if (rows.has(`erased/${handle}`)) return refuse('erased-already');
    if (!same(rows.get(`compartment/${handle}`), block.chain)) return refuse('not-the-custodian');
    const tombstone = join(block.chain, event.body, number(8, event.time));
    return accept([`compartment/${handle}`, NOBODY], [`erased/${handle}`, tombstone]);
  },
  'compartment.purged': (rows, block, event) => {
    const erased = rows.get(`erased/${toHex(event.handle)}`);
    const key = `purged/${toHex(event.handle)}/${toHex(block.device)}`;
    if (!erased) return dispute('not-erased');
    if (!same(erased.subarray(0, 32), block.chain)) return dispute('not-the-custodian');
    if (rows.has(key)) return dispute('purged-already');
    return accept([key, join(event.body, number(8, event.time))]);
  },
  'chain.admitted': (rows, _, event) => {
    const body = new Scanner(event.body);
    body.take(32);
    const founded = rowsOf(openFounding(hash, verifySignature, body.take(body.number(2))));
    if (founded.some(([key]) => rows.has(key))) return refuse('chain-already-admitted');
    body.take(8 + 8 + 32 + 64);
    const approving = Array.from({ length: body.number(1) }, () => body.take(32 + 64).subarray(0, 32));
    const witnesses = witnessesOf(rows);
    const counting = witnesses.filter((chain) => approving.some((each) => same(chain, each)));
    return counting.length >= quorumOf(witnesses.length) ? accept(...founded) : refuse('admission-without-quorum');
  },
  'policy.changed': policyChanged,
  'rules.activate': policyChanged,
  'device.enrolled': (rows, block, event) => {
    if (!isAdministrator(rows, event)) return refuse('not-an-administrator');
    const key = `device/${toHex(event.body.subarray(0, 32))}`;
    if (rows.has(key)) return refuse('device-already-enrolled');
    const [encryptionKey, kind] = [event.body.subarray(32, 64), event.body.subarray(64, 65)];
    return accept([key, join(block.chain, kind, encryptionKey, flag(false))]);
  },
  'staff.enrolled': (rows, block, event) => {
    if (!isAdministrator(rows, event)) return refuse('not-an-administrator');
    const key = `staff/${toHex(event.body.subarray(0, 32))}`;
    const row = rows.get(key);
    if (row && (row[33] === 1 || !same(row.subarray(0, 32), block.chain))) return refuse('staff-key-used-before');
    return accept([key, join(block.chain, event.body.subarray(32), flag(false))]);
  },
  'staff.revoked': (rows, block, event) => {
    if (!isAdministrator(rows, event)) return refuse('not-an-administrator');
    const key = `staff/${toHex(event.body)}`;
    const row = rows.get(key);
    if (!row || !same(row.subarray(0, 32), block.chain)) return refuse('staff-of-another-clinic');
    return accept([key, join(row.subarray(0, 33), flag(true))]);
  },
  'device.revoked': (rows, block, event) => {
    if (!isAdministrator(rows, event)) return refuse('not-an-administrator');
    const key = `device/${toHex(event.body)}`;
    const row = rows.get(key);
    if (!row || !same(row.subarray(0, 32), block.chain)) return refuse('device-of-another-clinic');
    return accept([key, join(row.subarray(0, -1), flag(true))]);
  },
  'access.sealed': (rows, block, event) => {
    const key = `access/${toHex(block.device)}`;
    const before = rows.get(key);
    const count = new Scanner(event.body.subarray(32)).number(8);
    const last = before ? new Scanner(before.subarray(32)).number(8) : -1;
    if (count < last) return dispute('access-log-shrank');
    if (count === last && !same(before, event.body)) return dispute('access-log-changed');
    return accept([key, event.body]);
  },
};
