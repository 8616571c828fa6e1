/** Checkpoints after C2SP tlog-checkpoint: the hub's signed tree head with the lines `effects` and `state`. */
import { fromBase64, toBase64, toHex, utf8 } from '../encoding/bytes.ts';
import { Failure } from '../outcome/failure.ts';
import type { Verify, Witness } from './founding.ts';
import type { Hash } from './merkle.ts';
import { cosignedAt, NOTE_ED25519, noteKeyId, noteLine, noteSignedBy, parseNote } from './note.ts';
import { STATE_INTERVAL } from './state-interval.ts';

export interface TreeHead {
  readonly size: number;
  /** RFC 9162 root over the first `size` block hashes. */
  readonly root: Uint8Array;
  /** The chain of SHA-256 over verdicts and effects of those blocks. */
  readonly effects: Uint8Array;
  /** The root over all state rows as they stood after `size` blocks, a multiple of 65,536. */
  readonly state?: { readonly size: number; readonly root: Uint8Array } | undefined;
}

export interface Checkpoint extends TreeHead {
  /** The signed note, signature lines included, as it travels. */
  readonly note: string;
}

/** First line of a checkpoint and the name of the hub's key in it. */
export const originOf = (region: Uint8Array): string => `careledger/${toHex(region)}`;

/** The name under which a clinic cosigns. */
export const witnessName = (chain: Uint8Array): string => `careledger/witness/${toHex(chain)}`;

export function checkpointText(region: Uint8Array, head: TreeHead): string {
  const state = head.state ? `state ${head.state.size} ${toBase64(head.state.root)}\n` : '';
  return `${originOf(region)}\n${head.size}\n${toBase64(head.root)}\neffects ${toBase64(head.effects)}\n${state}`;
}

/** @param sign the hub's Ed25519 signature over the bytes that it is given. */
export function signCheckpoint(
  hash: Hash,
  region: Uint8Array,
  head: TreeHead,
  hubKey: Uint8Array,
  sign: (message: Uint8Array) => Uint8Array,
): Checkpoint {
  const body = checkpointText(region, head);
  const origin = originOf(region);
  return { ...head, note: `${body}\n${noteLine(origin, noteKeyId(hash, origin, NOTE_ED25519, hubKey), sign(utf8(body)))}` };
}

/**
 * Opens a checkpoint: grammar, region and the hub's signature hold, or it does not open.
 * @throws {Failure} `ledger.note-malformed`, `ledger.checkpoint-malformed`, `ledger.checkpoint-foreign`, `ledger.checkpoint-forged`.
 */
export function openCheckpoint(hash: Hash, verify: Verify, region: Uint8Array, hubKey: Uint8Array, text: string): Checkpoint {
  const note = parseNote(text);
  const [origin, size, root, ...extensions] = note.text.slice(0, -1).split('\n');
  if (origin !== originOf(region))
    throw new Failure('ledger.checkpoint-foreign', 'The hub answered with a checkpoint of another region.');
  if (!noteSignedBy(hash, verify, note, origin, hubKey))
    throw new Failure('ledger.checkpoint-forged', "A checkpoint does not carry a valid signature of the region's hub.");
  return { ...headOf(size, root, extensions), note: text };
}

/** What a note claims, its grammar checked and no signature: only to find out which key is in force at its size. */
export function claimedHead(text: string): TreeHead {
  const [, size, root, ...extensions] = parseNote(text).text.slice(0, -1).split('\n');
  return headOf(size, root, extensions);
}

function headOf(size: string | undefined, root: string | undefined, extensions: readonly string[]): TreeHead {
  const head = { size: sizeOf(size), root: hashOf(root), ...extensionsOf(extensions) };
  const due = head.size - (head.size % STATE_INTERVAL);
  if ((head.state?.size ?? 0) !== due || head.state?.size === 0)
    throw malformed(`its state line belongs to size ${due || 'none'}`);
  return head;
}

const malformed = (why: string): Failure =>
  new Failure('ledger.checkpoint-malformed', `A checkpoint breaks its grammar: ${why}.`);

function extensionsOf(lines: readonly string[]): Pick<TreeHead, 'effects' | 'state'> {
  const [first, second, ...others] = lines;
  const effects = /^effects (\S+)$/.exec(first ?? '');
  if (!effects) throw malformed('the line "effects" is missing');
  if (others.length > 0) throw malformed('it has lines that wire version 1 does not know');
  if (second === undefined) return { effects: hashOf(effects[1]) };
  const state = /^state (\S+) (\S+)$/.exec(second);
  if (!state) throw malformed('its second extension is not "state"');
  return { effects: hashOf(effects[1]), state: { size: sizeOf(state[1]), root: hashOf(state[2]) } };
}

function sizeOf(line: string | undefined): number {
  const size = Number(line);
  if (!/^(?:0|[1-9][0-9]{0,15})$/.test(line ?? '') || !Number.isSafeInteger(size))
    throw malformed('its size is not a decimal number');
  return size;
}

function hashOf(line: string | undefined): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = fromBase64(line ?? '');
  } catch {
    throw malformed('a hash is not base64');
  }
  if (bytes.length !== 32) throw malformed('a hash has not 32 bytes');
  return bytes;
}

/** How many of n witnesses must cosign: f = ⌊(n−1)/3⌋ may lie, q = ⌊(n+f)/2⌋ + 1. */
export function quorumOf(witnesses: number): number {
  const liars = Math.floor((witnesses - 1) / 3);
  return Math.floor((witnesses + liars) / 2) + 1;
}

/** Who cosigns: a clinic under the name of its chain, an outside witness under its own. */
export interface Cosigner extends Witness {
  readonly kind?: 'clinic' | 'outside';
  readonly name?: string;
}

export const cosignerName = ({ kind, chain, name }: Cosigner): string => (kind === 'outside' && name ? name : witnessName(chain));

export interface Witnessing {
  readonly witnessed: boolean;
  /** Chain ids (hex) of the clinics, and names of the outside witnesses, whose cosignature holds. */
  readonly by: readonly string[];
  readonly needed: number;
  /** Seconds since 1970: the time that a quorum of witnesses vouches for, undefined without one. */
  readonly time?: number | undefined;
}

export interface Cosigned {
  /** Chain id (hex) of a clinic, or the name of an outside witness. */
  readonly who: string;
  /** Seconds since 1970. */
  readonly time: number;
}

/** The valid cosignatures of `witnesses` on a checkpoint, one per witness. */
function cosignatures(hash: Hash, verify: Verify, checkpoint: string, witnesses: readonly Cosigner[]): Cosigned[] {
  const note = parseNote(checkpoint);
  return witnesses.flatMap((witness) => {
    const time = cosignedAt(hash, verify, note, cosignerName(witness), witness.cosignKey);
    if (time === undefined) return [];
    return [{ who: witness.kind === 'outside' ? cosignerName(witness) : toHex(witness.chain), time }];
  });
}

/** Counts cosignatures on a checkpoint, one per witness of the set that is in force at its size. */
export function witnessing(hash: Hash, verify: Verify, checkpoint: string, witnesses: readonly Cosigner[]): Witnessing {
  const found = cosignatures(hash, verify, checkpoint, witnesses);
  const needed = quorumOf(witnesses.length);
  const times = found.map((each) => each.time).sort((a, b) => b - a);
  const witnessed = witnesses.length > 0 && found.length >= needed;
  return { witnessed, by: found.map((each) => each.who), needed, time: witnessed ? times[needed - 1] : undefined };
}
