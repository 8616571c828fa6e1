/** What a lying hub may answer: each lie takes an honest answer and gives the one that is sent, and says how it must be noticed. */
import { sign } from '../../server/vault/primitives.ts';
import { toBase64, toHex } from '../../shared/encoding/bytes.ts';
import { signCheckpoint, type TreeHead } from '../../shared/ledger/checkpoint.ts';
import { signReceipt } from '../../shared/sync/wire.ts';
import { hash, signingKeyFor } from '../support/ledger-builder.ts';
import type { Random } from './random.ts';
import { HUB_KEYS } from './region.ts';
import type { Asked } from './simulated-hub.ts';

export type Data = Readonly<Record<string, unknown>>;

export interface LieContext {
  readonly random: Random;
  /** Id of the region. */
  readonly region: Uint8Array;
  /** The hub's head as it is. */
  readonly head: TreeHead;
  /** Blocks that the one lied to has. */
  readonly replicaSize: number;
  /** An honest note over the first `size` blocks. */
  noteAt(size: number): string;
}

export interface Lie {
  readonly operation: string;
  /** Codes by which whoever hears it must tell that the hub lies. */
  readonly noticed: RegExp;
  /** The data to send instead, raw bytes, or undefined where there is nothing to lie about. */
  tell(data: Data, asked: Asked, context: LieContext): Data | Buffer | undefined;
}

const STRANGER = signingKeyFor('simulated stranger');
const flipped = (bytes: Uint8Array, at = 0): Uint8Array => bytes.map((byte, place) => (place === at ? byte ^ 1 : byte));

function note({ region }: Pick<LieContext, 'region'>, head: TreeHead, key = HUB_KEYS.hubKey): string {
  return signCheckpoint(hash, region, head, key.publicKey, (message) => sign(key, message)).note;
}

/** The blocks of a page, if it has some. */
function pageOf(data: Data): string[] {
  return [...(data.blocks as { blocks: string[] }).blocks];
}

const page = (blocks: readonly unknown[]): Data => ({ blocks: { blocks } });

const DIFFERENT_BLOCKS =
  /^(?:sync\.(?:block-invalid|root-mismatch|effects-mismatch|blocks-missing|signature-invalid|split-view))$/;

function lyingPage(
  change: (blocks: string[], random: Random) => readonly unknown[] | undefined,
  noticed = DIFFERENT_BLOCKS,
): Lie {
  return {
    operation: 'Blocks',
    noticed,
    tell: (data, _, { random }) => {
      const blocks = pageOf(data);
      const changed = blocks.length > 0 ? change(blocks, random) : undefined;
      return changed && page(changed);
    },
  };
}

function lyingReceipts(noticed: RegExp, receipt: (context: LieContext, block: string) => Uint8Array): Lie {
  return {
    operation: 'Submit',
    noticed,
    tell: (data, _, context) => {
      const results = data.submit as { block: string; receipt: string | null }[];
      if (!results.some((each) => each.receipt)) return undefined;
      return {
        submit: results.map((each) => (each.receipt ? { ...each, receipt: toBase64(receipt(context, each.block)) } : each)),
      };
    },
  };
}

const NO_SENSE = /^sync\.hub-answer$/;

export const LIES: Readonly<Record<string, Lie>> = {
  'wrong effects': {
    operation: 'Checkpoint',
    noticed: /^sync\.(?:effects-mismatch|split-view)$/,
    tell: (_, __, context) => ({ checkpoint: note(context, { ...context.head, effects: flipped(context.head.effects) }) }),
  },
  'wrong root': {
    operation: 'Checkpoint',
    noticed: /^sync\.(?:root-mismatch|split-view)$/,
    tell: (_, __, context) => ({ checkpoint: note(context, { ...context.head, root: flipped(context.head.root) }) }),
  },
  rollback: {
    operation: 'Checkpoint',
    noticed: /^sync\.(?:rollback|split-view)$/,
    tell: (_, __, { replicaSize, random, noteAt }) =>
      replicaSize > 0 ? { checkpoint: noteAt(random.below(replicaSize)) } : undefined,
  },
  'more than there is': {
    operation: 'Checkpoint',
    noticed: /^sync\.(?:blocks-missing|root-mismatch|split-view)$/,
    tell: (_, __, context) => ({ checkpoint: note(context, { ...context.head, size: context.head.size + 3 }) }),
  },
  'forged checkpoint': {
    operation: 'Checkpoint',
    noticed: /^ledger\.checkpoint-forged$/,
    tell: (_, __, context) => ({ checkpoint: note(context, context.head, STRANGER) }),
  },
  'foreign checkpoint': {
    operation: 'Checkpoint',
    noticed: /^ledger\.checkpoint-foreign$/,
    tell: (_, __, { region, head }) => ({ checkpoint: note({ region: flipped(region) }, head) }),
  },
  'altered block': lyingPage((blocks, random) => {
    const at = random.below(blocks.length);
    const bytes = Buffer.from(blocks[at] as string, 'base64');
    return blocks.with(at, toBase64(flipped(bytes, random.below(bytes.length))));
  }),
  'withheld block': lyingPage((blocks, random) =>
    blocks.length > 1 ? blocks.toSpliced(random.below(blocks.length - 1), 1) : undefined,
  ),
  'repeated block': lyingPage((blocks, random) => {
    const at = random.below(blocks.length);
    return blocks.toSpliced(at, 0, blocks[at] as string);
  }),
  'reordered blocks': lyingPage((blocks, random) => {
    const at = random.below(Math.max(1, blocks.length - 1));
    const [a, b] = [blocks[at], blocks[at + 1]];
    return a === undefined || b === undefined ? undefined : blocks.toSpliced(at, 2, b, a);
  }),
  'no blocks': lyingPage(() => []),
  'no texts': lyingPage((blocks) => blocks.map(() => 7), NO_SENSE),
  'receipt for another block': lyingReceipts(/^sync\.receipt-foreign$/, ({ region }, block) =>
    signReceipt({ region, block: flipped(Buffer.from(block, 'hex')), index: 0, time: 1, documents: [] }, (message) =>
      sign(HUB_KEYS.hubKey, message),
    ),
  ),
  'forged receipt': lyingReceipts(/^sync\.receipt-forged$/, ({ region }, block) =>
    signReceipt({ region, block: Buffer.from(block, 'hex'), index: 0, time: 1, documents: [] }, (message) =>
      sign(STRANGER, message),
    ),
  ),
  'document under another name': {
    operation: 'Documents',
    noticed: NO_SENSE,
    tell: (data) => {
      const found = data.documents as { documents: { name: string; sealed: string }[] };
      if (found.documents.length === 0) return undefined;
      const documents = found.documents.map((each) => ({
        ...each,
        sealed: toBase64(flipped(Buffer.from(each.sealed, 'base64'))),
      }));
      return { documents: { ...found, documents } };
    },
  },
  'documents without end': {
    operation: 'Documents',
    noticed: NO_SENSE,
    tell: (_, { variables }) => ({ documents: { documents: [], last: Number(variables.after), more: true } }),
  },
  'message under another name': {
    operation: 'Messages',
    noticed: NO_SENSE,
    tell: (data) => {
      const messages = data.messages as { id: string }[];
      return messages.length > 0
        ? { messages: messages.map((each) => ({ ...each, id: toHex(flipped(Buffer.from(each.id, 'hex'))) })) }
        : undefined;
    },
  },
  'no JSON': { operation: 'Checkpoint', noticed: NO_SENSE, tell: () => Buffer.from('{"data": {"checkpoint"') },
  'no data': { operation: 'Messages', noticed: NO_SENSE, tell: () => Buffer.from('{"data": null}') },
};
