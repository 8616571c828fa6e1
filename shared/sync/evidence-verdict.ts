/** Judges evidence by what is in the file alone. What the rules have to be run for is judged in server/sync/evidence/judge-evidence.ts. */
import { compareBytes, equalBytes, fromBase64, toHex, utf8 } from '../encoding/bytes.ts';
import { blockHash, blockMessage, openBlock } from '../ledger/block.ts';
import { type Checkpoint, cosignerName, originOf } from '../ledger/checkpoint.ts';
import { eventMessage } from '../ledger/event.ts';
import { openGenesis, type Region, type Verify } from '../ledger/founding.ts';
import { type Hash, leafHash, prefixRoot, verifyInclusion } from '../ledger/merkle.ts';
import { cosignedAt, type Note, noteLine, noteSignedBy, parseNote } from '../ledger/note.ts';
import { PolicyBook, type StoredAct } from '../ledger/policy-book.ts';
import { openEvents, type Rules } from '../ledger/rules.ts';
import { counted } from '../outcome/counted.ts';
import { Failure } from '../outcome/failure.ts';
import type { Evidence, EvidenceKind, EvidenceOf } from './evidence.ts';
import { type NewestStatement, openNewest } from './newest.ts';
import { openReceipt, type SubmissionReceipt } from './submission.ts';

export interface Accused {
  readonly who: 'hub' | 'witness' | 'device';
  /** Hexadecimal: the hub's key, the witness's chain, the device's key. */
  readonly id: string;
}

export interface EvidenceVerdict {
  readonly kind: EvidenceKind;
  readonly accused: readonly Accused[];
  /** The region whose genesis the file carries; undefined for what a device did, which needs no region. */
  readonly region: Region | undefined;
  /** What the file shows, in one sentence for a person. */
  readonly shows: string;
}

export interface EvidenceTools {
  readonly hash: Hash;
  readonly verify: Verify;
  readonly rules: Rules;
  /**
   * Acts that a replica has folded: they say with which key the hub signs at which size, and who witnesses. Without them the
   * genesis says it.
   */
  readonly acts?: readonly StoredAct[] | undefined;
}

/** The region of a file, and its policies as far as they are known. */
export interface Standing {
  readonly region: Region;
  readonly book: PolicyBook;
}

export const notShown = (why: string): Failure =>
  new Failure('evidence.shows-nothing', `This file shows no lie: ${why}. It was altered, or nobody lied.`);

/**
 * The verdict on evidence; undefined when the rules have to be run over the ledger first.
 * @throws {Failure} `evidence.shows-nothing`, or what opening genesis, checkpoint, receipt or block throws.
 */
export function judgeAlone(tools: EvidenceTools, evidence: Evidence): EvidenceVerdict | undefined {
  switch (evidence.kind) {
    case 'split-view':
      return splitView(tools, evidence);
    case 'fork':
      return fork(tools, evidence);
    case 'rollback':
      return rollback(tools, evidence);
    case 'withheld':
      return withheld(tools, evidence);
    case 'replaced':
      return replaced(tools, evidence);
    case 'block':
      return badBlock(tools, evidence);
    case 'equivocation':
      return equivocation(tools, evidence);
    default:
      return undefined;
  }
}

export const standingOf = (tools: EvidenceTools, { genesis }: { readonly genesis: string }): Standing =>
  standingIn(tools, openGenesis(tools.hash, tools.verify, fromBase64(genesis)));

export function standingIn({ acts = [] }: EvidenceTools, region: Region): Standing {
  const book = new PolicyBook(region);
  for (const act of acts) book.apply(act);
  return { region, book };
}

/** The hub by the key that is its own at `size` blocks. */
export const hubAt = ({ book }: Standing, size: number): Accused => ({ who: 'hub', id: toHex(book.at(size).activeHubKey) });

/** A checkpoint with the witnesses whose lines are on it. */
type WitnessedCheckpoint = Checkpoint & { readonly by: readonly string[] };

/**
 * A checkpoint in evidence: the hub's line and then those of witnesses, in the order of their names, each of which holds.
 * @throws {Failure} as `openCheckpoint`; `evidence.shows-nothing` when a line is not one of these.
 */
export function openStrictly(tools: EvidenceTools, standing: Standing, text: string): WitnessedCheckpoint {
  const { hash, verify } = tools;
  const checkpoint = standing.book.open(hash, verify, text);
  if (text !== strictNote(tools, standing, text)) throw notShown('a checkpoint in it carries lines that do not hold');
  return { ...checkpoint, by: standing.book.witnessing(hash, verify, checkpoint).by };
}

/** A note with only the lines that evidence may carry. @throws {Failure} as `openCheckpoint`. */
export function strictNote({ hash, verify }: EvidenceTools, { region, book }: Standing, text: string): string {
  const { activeHubKey, witnesses } = book.at(book.open(hash, verify, text).size);
  const note = parseNote(text);
  const origin = originOf(region.id);
  const first = (name: string, holds: (alone: Note) => boolean): Note['signatures'] =>
    note.signatures.filter((line) => line.name === name && holds({ text: note.text, signatures: [line] })).slice(0, 1);
  const byHub = first(origin, (alone) => noteSignedBy(hash, verify, alone, origin, activeHubKey));
  const byWitnesses = witnesses.flatMap((witness) => {
    const name = cosignerName(witness);
    return first(name, (alone) => cosignedAt(hash, verify, alone, name, witness.cosignKey) !== undefined);
  });
  byWitnesses.sort((a, b) => compareBytes(utf8(a.name), utf8(b.name)));
  const lines = [...byHub, ...byWitnesses].map(({ name, keyId, signature }) => noteLine(name, keyId, signature));
  return `${note.text}\n${lines.join('')}`;
}

/** The hub, and each witness that put its line under both checkpoints. */
function bothSigned(standing: Standing, a: WitnessedCheckpoint, b: WitnessedCheckpoint): Accused[] {
  const witnesses = a.by.filter((id) => b.by.includes(id));
  return [hubAt(standing, b.size), ...witnesses.map((id): Accused => ({ who: 'witness', id }))];
}

const andWitnesses = (accused: readonly Accused[]): string =>
  accused.length > 1 ? `, and ${accused.length - 1} of the witnesses cosigned both` : '';

function splitView(tools: EvidenceTools, evidence: EvidenceOf<'split-view'>): EvidenceVerdict {
  const standing = standingOf(tools, evidence);
  const [first, second] = evidence.checkpoints.map((note) => openStrictly(tools, standing, note)) as [
    WitnessedCheckpoint,
    WitnessedCheckpoint,
  ];
  const [a, b] = [utf8(parseNote(first.note).text), utf8(parseNote(second.note).text)];
  if (first.size !== second.size || compareBytes(a, b) >= 0) throw notShown('its two checkpoints do not contradict each other');
  const accused = bothSigned(standing, first, second);
  const shows = `The hub signed two different ledgers of ${counted(first.size, 'block')}${andWitnesses(accused)}.`;
  return { kind: evidence.kind, accused, region: standing.region, shows };
}

function fork(tools: EvidenceTools, evidence: EvidenceOf<'fork'>): EvidenceVerdict {
  const { hash } = tools;
  const standing = standingOf(tools, evidence);
  const [smaller, larger] = evidence.checkpoints.map((note) => openStrictly(tools, standing, note)) as [
    WitnessedCheckpoint,
    WitnessedCheckpoint,
  ];
  const place = { leaf: leafHash(hash, fromBase64(evidence.entry)), index: smaller.size - 1, size: larger.size };
  const proof = evidence.proof.map(fromBase64);
  if (smaller.size >= larger.size || !verifyInclusion(hash, { ...place, root: larger.root, proof }))
    throw notShown('the proof does not lead to the larger checkpoint');
  if (equalBytes(prefixRoot(hash, { ...place, proof }), smaller.root))
    throw notShown('the larger checkpoint begins with the smaller one');
  const accused = bothSigned(standing, smaller, larger);
  const shows = `The hub signed a ledger of ${counted(larger.size, 'block')} that does not begin with the ledger of ${counted(smaller.size, 'block')} that it signed${andWitnesses(accused)}.`;
  return { kind: evidence.kind, accused, region: standing.region, shows };
}

function rollback(tools: EvidenceTools, evidence: EvidenceOf<'rollback'>): EvidenceVerdict {
  const standing = standingOf(tools, evidence);
  const checkpoint = openStrictly(tools, standing, evidence.checkpoint);
  const text = utf8(parseNote(checkpoint.note).text);
  const statement = statementOf(tools, standing, evidence.statement, text, checkpoint.size);
  if (statement.size >= checkpoint.size) throw notShown('the hub names a ledger that is not smaller');
  const shows = `The hub was shown its own checkpoint of ${counted(checkpoint.size, 'block')} and signed that its newest has ${statement.size}: the ledger was cut short.`;
  return { kind: evidence.kind, accused: [hubAt(standing, checkpoint.size)], region: standing.region, shows };
}

function withheld(tools: EvidenceTools, evidence: EvidenceOf<'withheld'>): EvidenceVerdict {
  const standing = standingOf(tools, evidence);
  const bytes = fromBase64(evidence.receipt);
  const receipt = receiptIn(tools, standing, bytes);
  const statement = statementOf(tools, standing, evidence.statement, bytes, receipt.index + 1);
  if (statement.size > receipt.index) throw notShown("the hub's newest checkpoint reaches the place of the receipt");
  const shows = `The hub acknowledged block ${toHex(receipt.block).slice(0, 16)} at position ${receipt.index}, was shown that receipt, and signed that its newest checkpoint has ${counted(statement.size, 'block')}: the block is withheld.`;
  return { kind: evidence.kind, accused: [hubAt(standing, receipt.index + 1)], region: standing.region, shows };
}

function replaced(tools: EvidenceTools, evidence: EvidenceOf<'replaced'>): EvidenceVerdict {
  const { hash } = tools;
  const standing = standingOf(tools, evidence);
  const receipt = receiptIn(tools, standing, fromBase64(evidence.receipt));
  const { size, root } = openStrictly(tools, standing, evidence.checkpoint);
  const entry = fromBase64(evidence.entry);
  const claim = { leaf: leafHash(hash, entry), index: receipt.index, size, root, proof: evidence.proof.map(fromBase64) };
  if (!verifyInclusion(hash, claim)) throw notShown('the proof does not lead to the checkpoint');
  if (equalBytes(entry, receipt.block)) throw notShown('the acknowledged block stands where the receipt says');
  const shows = `The hub acknowledged block ${toHex(receipt.block).slice(0, 16)} at position ${receipt.index}, and signed a ledger with block ${toHex(entry).slice(0, 16)} at that position.`;
  return { kind: evidence.kind, accused: [hubAt(standing, receipt.index + 1)], region: standing.region, shows };
}

/** The statement under the key that is the hub's where `seen` stands: an older key may have been stolen since. */
function statementOf(
  { hash, verify }: EvidenceTools,
  { region, book }: Standing,
  statement: string,
  seen: Uint8Array,
  size: number,
): NewestStatement {
  const opened = openNewest(verify, book.at(size).activeHubKey, fromBase64(statement));
  if (!equalBytes(opened.region, region.id) || !equalBytes(opened.seen, hash(seen)))
    throw notShown('the statement answers to something else');
  return opened;
}

/** @throws {Failure} `sync.receipt-forged`; `evidence.shows-nothing` when it is of another region or under a key of another time. */
export function receiptIn({ verify }: EvidenceTools, { region, book }: Standing, bytes: Uint8Array): SubmissionReceipt {
  const { receipt, key } = openReceiptUnder(verify, book, bytes);
  if (!equalBytes(receipt.region, region.id)) throw notShown('the receipt is of another region');
  if (!equalBytes(key, book.at(receipt.index + 1).activeHubKey)) throw notShown("the receipt's key was not the hub's there");
  return receipt;
}

function openReceiptUnder(verify: Verify, book: PolicyBook, bytes: Uint8Array): { receipt: SubmissionReceipt; key: Uint8Array } {
  const [newest, ...older] = book.all.map(({ activeHubKey }) => activeHubKey).reverse() as [Uint8Array, ...Uint8Array[]];
  for (const key of older) {
    try {
      return { receipt: openReceipt(verify, key, bytes), key };
    } catch {
      // Signed with another of the hub's keys.
    }
  }
  return { receipt: openReceipt(verify, newest, bytes), key: newest };
}

/** Opens what stands around the block, and judges the block when its own bytes suffice. */
function badBlock(tools: EvidenceTools, evidence: EvidenceOf<'block'>): EvidenceVerdict | undefined {
  const standing = standingOf(tools, evidence);
  const { index, from, blocks } = evidence;
  placedBlock(tools, standing, evidence);
  if (from > index || blocks.length !== index - from) throw notShown('its blocks do not reach the one that it is about');
  const fault = faultOf(tools, fromBase64(evidence.block));
  if (fault === undefined) return undefined;
  if (from !== index) throw notShown('it carries blocks that nothing needs');
  return badBlockVerdict(evidence, standing, fault);
}

export const badBlockVerdict = ({ kind, index }: EvidenceOf<'block'>, standing: Standing, fault: string): EvidenceVerdict => ({
  kind,
  accused: [hubAt(standing, index + 1)],
  region: standing.region,
  shows: `The hub signed a ledger whose block at position ${index} may not stand in any ledger: ${fault}.`,
});

/** The leaf of the block and the root of the ledger that ends with it. @throws {Failure} `evidence.shows-nothing`. */
export function placedBlock(tools: EvidenceTools, standing: Standing, evidence: EvidenceOf<'block'>): Uint8Array {
  const { hash } = tools;
  const { size, root } = openStrictly(tools, standing, evidence.checkpoint);
  const leaf = leafHash(hash, blockHash(hash, fromBase64(evidence.block)));
  const proof = evidence.proof.map(fromBase64);
  if (!verifyInclusion(hash, { leaf, index: evidence.index, size, root, proof }))
    throw notShown('the proof does not lead from the block to the checkpoint');
  return prefixRoot(hash, { leaf, index: evidence.index, size, proof });
}

/** Failures that a newer program may not have: not a lie, but nothing that can be judged here. */
const UNKNOWN_HERE = /^ledger\.(?:suite|rules|type)-unknown$/;

/** @param cause what is not known here */
export const tooOld = (cause: unknown): Failure =>
  new Failure(
    'evidence.newer-rules',
    'This evidence is about a block that this program is too old to judge. Update Careledger and try again.',
    { cause },
  );

/**
 * What is wrong with a block by its own bytes: its form, its device's signature, a person's signature. Undefined when nothing is.
 * @throws {Failure} `evidence.newer-rules` when this program does not know its suite, rules or event types.
 */
export function faultOf({ hash, verify, rules }: EvidenceTools, sealed: Uint8Array): string | undefined {
  try {
    const open = openBlock(sealed);
    if (!verify(open.block.device, blockMessage(open.content), open.signature)) return 'its device has not signed it';
    const { events, block } = openEvents(rules, open, blockHash(hash, sealed));
    const forged = events.findIndex(({ typed }, at) => {
      const { event, signature } = block.events[at] as (typeof block.events)[number];
      return signature.length > 0 && !verify(typed.event.author, eventMessage(block.chain, event), signature);
    });
    return forged < 0 ? undefined : `its event ${forged} (${events[forged]?.typed.event.type}) is not signed by its author`;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (UNKNOWN_HERE.test(error.code)) throw tooOld(error);
    return `its form is not that of a block (${error.code})`;
  }
}

function equivocation({ hash, verify }: EvidenceTools, evidence: EvidenceOf<'equivocation'>): EvidenceVerdict {
  const sealed = evidence.blocks.map(fromBase64) as [Uint8Array, Uint8Array];
  const [a, b] = sealed.map((each) => openBlock(each)) as [ReturnType<typeof openBlock>, ReturnType<typeof openBlock>];
  const names = sealed.map((each) => blockHash(hash, each)) as [Uint8Array, Uint8Array];
  if (compareBytes(...names) >= 0) throw notShown('its two blocks are not two in the order of their hashes');
  const same =
    equalBytes(a.block.device, b.block.device) &&
    equalBytes(a.block.chain, b.block.chain) &&
    equalBytes(a.block.epoch, b.block.epoch) &&
    a.block.height === b.block.height;
  if (!same) throw notShown('its two blocks are not of one device at one height of one epoch');
  for (const { block, content, signature } of [a, b])
    if (!verify(block.device, blockMessage(content), signature)) throw notShown('the device has not signed both blocks');
  const id = toHex(a.block.device);
  const shows = `Device ${id.slice(0, 16)} of clinic ${toHex(a.block.chain).slice(0, 16)} sealed two different blocks at height ${a.block.height} of one epoch: its data folder was copied, or it lies.`;
  return { kind: evidence.kind, accused: [{ who: 'device', id }], region: undefined, shows };
}
