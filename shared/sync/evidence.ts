/**
 * Evidence: what a liar has signed that cannot both be true, in one file that anybody can judge. JSON with base64 bytes, as
 * docs/protocol.md describes it. One piece of evidence has one text, so that a file with any other byte is not it.
 */
import { fromBase64 } from '../encoding/bytes.ts';
import { Failure } from '../outcome/failure.ts';

/** Forms of fields: one byte string, a list or a pair of them, a signed note or a pair of them, a place in the ledger. */
interface Forms {
  readonly bytes: string;
  readonly list: readonly string[];
  readonly pair: readonly [string, string];
  readonly note: string;
  readonly notes: readonly [string, string];
  readonly place: number;
}

/** The fields of each kind, in the order in which they are written. */
const EVIDENCE_FIELDS = {
  /** The hub signed two checkpoints of one size. */
  'split-view': { genesis: 'bytes', checkpoints: 'notes' },
  /**
   * The hub signed two checkpoints of which the larger does not begin with the smaller: `entry` is the hash of the block that
   * stands under the larger one where the smaller one ends, `proof` its inclusion proof.
   */
  fork: { genesis: 'bytes', checkpoints: 'notes', entry: 'bytes', proof: 'list' },
  /** The hub was shown its checkpoint and signed that its newest is smaller. */
  rollback: { genesis: 'bytes', checkpoint: 'note', statement: 'bytes' },
  /** The hub was shown its receipt and signed that its newest checkpoint does not reach the receipt's place. */
  withheld: { genesis: 'bytes', receipt: 'bytes', statement: 'bytes' },
  /** Another block stands at the place that the hub's receipt gave away. */
  replaced: { genesis: 'bytes', receipt: 'bytes', checkpoint: 'note', entry: 'bytes', proof: 'list' },
  /** A block stands under a signed checkpoint that may not enter a ledger; `blocks` are those in front of it from `from` on. */
  block: { genesis: 'bytes', checkpoint: 'note', index: 'place', block: 'bytes', proof: 'list', from: 'place', blocks: 'list' },
  /** The hub signed other effects than the rules have; `blocks` are those of the checkpoint from `from` on. */
  effects: { genesis: 'bytes', checkpoint: 'note', from: 'place', blocks: 'list' },
  /** The hub signed another state than the rules have. */
  state: { genesis: 'bytes', checkpoint: 'note', from: 'place', blocks: 'list' },
  /** A device sealed two blocks at one height of one epoch. */
  equivocation: { blocks: 'pair' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, keyof Forms>>>>;

export type EvidenceKind = keyof typeof EVIDENCE_FIELDS;
export type EvidenceOf<K extends EvidenceKind> = { readonly careledger: 'evidence/1'; readonly kind: K } & {
  readonly [F in keyof (typeof EVIDENCE_FIELDS)[K]]: (typeof EVIDENCE_FIELDS)[K][F] extends keyof Forms
    ? Forms[(typeof EVIDENCE_FIELDS)[K][F]]
    : never;
};
export type Evidence = { [K in EvidenceKind]: EvidenceOf<K> }[EvidenceKind];

/** Characters of the largest file: blocks of 2 MB as base64 with what stands around them. */
export const MAX_EVIDENCE_CHARACTERS = 4_000_000;
/** Bytes of blocks that evidence carries itself; what needs more is judged beside a replica. */
export const MAX_EVIDENCE_BLOCK_BYTES = 2_000_000;

export function makeEvidence<K extends EvidenceKind>(kind: K, fields: Omit<EvidenceOf<K>, 'careledger' | 'kind'>): EvidenceOf<K> {
  return { careledger: 'evidence/1', kind, ...fields } as EvidenceOf<K>;
}

/** The one text of a piece of evidence. */
export function writeEvidence(evidence: Evidence): string {
  const fields = Object.keys(EVIDENCE_FIELDS[evidence.kind]) as (keyof Evidence)[];
  const ordered = Object.fromEntries(fields.map((field) => [field, evidence[field]]));
  return `${JSON.stringify({ careledger: evidence.careledger, kind: evidence.kind, ...ordered }, null, 1)}\n`;
}

/** @throws {Failure} `evidence.malformed` unless `text` is what `writeEvidence` gives, byte for byte. */
export function readEvidence(text: string): Evidence {
  if (text.length > MAX_EVIDENCE_CHARACTERS) throw malformed('it is too large');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw malformed('it is not JSON', cause);
  }
  const kind = (value as { kind?: unknown } | null)?.kind;
  if (typeof kind !== 'string' || !Object.hasOwn(EVIDENCE_FIELDS, kind)) throw malformed('its kind is not known here');
  const evidence = value as Evidence;
  for (const [field, form] of Object.entries(EVIDENCE_FIELDS[evidence.kind])) {
    if (!hasForm((evidence as unknown as Record<string, unknown>)[field], form as keyof Forms))
      throw malformed(`its "${field}" is not what belongs there`);
  }
  if (evidence.careledger !== 'evidence/1' || writeEvidence(evidence) !== text)
    throw malformed('its text is not the one that this evidence has');
  return evidence;
}

function hasForm(value: unknown, form: keyof Forms): boolean {
  if (form === 'note') return typeof value === 'string';
  if (form === 'bytes') return isBase64(value);
  if (form === 'place') return Number.isSafeInteger(value) && (value as number) >= 0;
  if (!Array.isArray(value) || (form !== 'list' && value.length !== 2)) return false;
  return value.every(form === 'notes' ? (each) => typeof each === 'string' : isBase64);
}

function isBase64(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  try {
    fromBase64(value);
    return true;
  } catch {
    return false;
  }
}

const malformed = (why: string, cause?: unknown): Failure =>
  new Failure(
    'evidence.malformed',
    `This is not Careledger evidence (version 1), or not all of it: ${why}. Take the file as it was exported, unchanged.`,
    { cause },
  );
