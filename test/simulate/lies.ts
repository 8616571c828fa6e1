/** What a lying hub may answer: each lie takes an honest answer and gives the one that is sent, and says how it must be noticed. */
import { sign } from '../../server/vault/primitives.ts';
import { fromBase64, toBase64, toHex } from '../../shared/encoding/bytes.ts';
import { signCheckpoint, type TreeHead } from '../../shared/ledger/checkpoint.ts';
import { openReceipt, type SubmissionAnswer, type SubmissionReceipt, signReceipt } from '../../shared/sync/submission.ts';
import { hash, signingKeyFor } from '../support/ledger-builder.ts';
import type { Random } from './random.ts';
import { HUB_KEYS } from './region.ts';
import type { Asked } from './simulated-hub.ts';

type Data = Readonly<Record<string, unknown>>;

interface LieContext {
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

function lyingReceipts(
  noticed: RegExp,
  change: (receipt: SubmissionReceipt, random: Random) => SubmissionReceipt,
  key = HUB_KEYS.hubKey,
): Lie {
  return {
    operation: 'Submit',
    noticed,
    tell: (data, _, { random }) => {
      const { receipts, refusals } = data.submit as SubmissionAnswer;
      if (receipts.length === 0) return undefined;
      const told = receipts.map((text) => {
        const receipt = openReceipt(() => true, HUB_KEYS.hubKey.publicKey, fromBase64(text));
        return toBase64(signReceipt(change(receipt, random), (message) => sign(key, message)));
      });
      return { submit: { receipts: told, refusals } };
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
  'receipt for another block': lyingReceipts(/^sync\.receipt-foreign$/, (receipt) => ({
    ...receipt,
    block: flipped(receipt.block),
  })),
  'receipt for another place': lyingReceipts(/^sync\.receipt-foreign$/, (receipt, random) =>
    random.below(2) === 0 ? { ...receipt, height: receipt.height + 1 } : { ...receipt, epoch: flipped(receipt.epoch) },
  ),
  'forged receipt': lyingReceipts(/^sync\.receipt-forged$/, (receipt) => receipt, STRANGER),
  'no receipts': {
    operation: 'Submit',
    noticed: NO_SENSE,
    tell: (data) =>
      (data.submit as SubmissionAnswer).receipts.length > 0 ? { submit: { receipts: [], refusals: [] } } : undefined,
  },
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
