/** The hub signs one receipt for blocks that follow each other: what it says, and which blocks of a submission it holds for. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sign, verifySignature } from '../../server/vault/primitives.ts';
import { concat, toHex } from '../../shared/encoding/bytes.ts';
import { decode, encode, fixed, opaque, struct } from '../../shared/encoding/codec.ts';
import { TAG } from '../../shared/ledger/tags.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { endsOfRuns, heldBy, openReceipt, type SubmittedBlock, signReceipt } from '../../shared/sync/submission.ts';
import { bytesFor, MORNING, signingKeyFor } from '../support/ledger-builder.ts';

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
  return 'opened';
};

const hub = signingKeyFor('hub');
const region = bytesFor('region');
const place = { device: bytesFor('device'), epoch: bytesFor('epoch', 8), height: 7 };

describe("the hub's receipt", () => {
  const receipt = { region, ...place, block: bytesFor('block'), index: 41, time: MORNING };
  const bytes = signReceipt(receipt, (message) => sign(hub, message));
  const open = (value: Uint8Array, key = hub.publicKey) => openReceipt(verifySignature, key, value);

  test('says what the hub signed, in the same bytes each time', () => {
    expect(open(bytes)).toEqual({ version: 1, ...receipt });
    expect(signReceipt(receipt, (message) => sign(hub, message))).toEqual(bytes);
  });

  test('does not open after any change of one byte, cut short, or under another key', () => {
    for (let at = 0; at < bytes.length; at++) {
      expect(
        codeOf(() => open(bytes.with(at, bytes[at]! ^ 2))),
        `byte ${at}`,
      ).not.toBe('opened');
      expect(codeOf(() => open(bytes.slice(0, at)))).not.toBe('opened');
    }
    expect(codeOf(() => open(bytes, signingKeyFor('another hub').publicKey))).toBe('sync.receipt-forged');
  });

  test('of another wire version is refused though it is signed', () => {
    const outer = struct({ receipt: opaque(200), signature: fixed(64) });
    const inner = decode(outer, bytes).receipt.with(0, 2);
    expect(codeOf(() => open(encode(outer, { receipt: inner, signature: sign(hub, concat(TAG.receipt, inner)) })))).toBe(
      'sync.version-unknown',
    );
  });
});

/** `heights` blocks of an epoch from `from` on; the first stands on `previous`. */
function epochOf(device: string, epoch: number, from: number, heights: number, previous: Uint8Array): SubmittedBlock[] {
  const blocks: SubmittedBlock[] = [];
  for (let height = from; height < from + heights; height++)
    blocks.push({
      hash: bytesFor(`${device} ${epoch} ${height}`),
      block: {
        device: bytesFor(device),
        epoch: bytesFor(`${device} ${epoch}`, 8),
        height,
        previous: blocks.at(-1)?.hash ?? previous,
      },
    });
  return blocks;
}

/** A run of one epoch that is submitted, of which the first `accepted` blocks are in the ledger. */
interface Run {
  readonly blocks: SubmittedBlock[];
  readonly accepted: number;
}

/** Devices with up to three epochs each; a later epoch names the last block of the one before, as devices do. */
const runs = fc
  .array(
    fc.array(fc.record({ from: fc.nat(3), heights: fc.integer({ min: 1, max: 6 }), accepted: fc.nat(6) }), {
      minLength: 1,
      maxLength: 3,
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((devices) =>
    devices.flatMap((epochs, device) => {
      let previous = new Uint8Array(32);
      return epochs.map(({ from, heights, accepted }, epoch): Run => {
        const blocks = epochOf(`device ${device}`, epoch, epoch === 0 ? from : 0, heights, previous);
        previous = Uint8Array.from(blocks.at(-1)?.hash ?? previous);
        return { blocks, accepted: Math.min(accepted, heights) };
      });
    }),
  );

/** The runs between each other, each in its own order. */
function interleaved(of: readonly Run[], turns: readonly number[]): SubmittedBlock[] {
  const left = of.map(({ blocks }) => [...blocks]);
  const submission: SubmittedBlock[] = [];
  for (let turn = 0; left.some(({ length }) => length > 0); turn++) {
    const open = left.filter(({ length }) => length > 0);
    submission.push(open[(turns[turn % turns.length] as number) % open.length]?.shift() as SubmittedBlock);
  }
  return submission;
}

const names = (blocks: readonly SubmittedBlock[]): string[] => blocks.map(({ hash }) => toHex(hash)).sort();

describe('receipts for the ends of runs', () => {
  const receiptFor = ({ hash, block: { device, epoch, height } }: SubmittedBlock) => ({
    version: 1,
    region,
    device,
    epoch,
    height,
    block: hash,
    index: 0,
    time: MORNING,
  });

  test('hold for every accepted block of any submission and for no other', () => {
    fc.assert(
      fc.property(runs, fc.array(fc.nat(8), { minLength: 1, maxLength: 12 }), (of, turns) => {
        const submission = interleaved(of, turns);
        const taken = new Set(of.flatMap(({ blocks, accepted }) => blocks.slice(0, accepted)));
        const accepted = submission.filter((each) => taken.has(each));
        const ends = endsOfRuns(accepted);
        const held = ends.flatMap((end) =>
          heldBy(receiptFor(end), region, submission).map((at) => submission[at] as SubmittedBlock),
        );
        expect(names(held)).toEqual(names(accepted));
        expect(ends.length).toBe(of.filter((run) => run.accepted > 0).length);
      }),
    );
  });

  test('a receipt for a block of another chain, of another region or that says another place holds for nothing', () => {
    const [first, second] = epochOf('device', 0, 0, 2, new Uint8Array(32)) as [SubmittedBlock, SubmittedBlock];
    const [foreign] = epochOf('another device', 0, 1, 1, first.hash) as [SubmittedBlock];
    const right = receiptFor(second);
    expect(heldBy(right, region, [first, second])).toEqual([1, 0]);
    const refused = (change: Partial<typeof right>, submission = [first, second]): void =>
      expect(codeOf(() => heldBy({ ...right, ...change }, region, submission))).toBe('sync.receipt-foreign');
    refused({}, [first]);
    refused(receiptFor(foreign));
    refused({ region: bytesFor('another region') });
    refused({ device: foreign.block.device });
    refused({ epoch: bytesFor('another epoch', 8) });
    refused({ height: 2 });
    // Another device's block that names one of ours stands on nothing of ours.
    expect(heldBy(receiptFor(foreign), region, [first, foreign])).toEqual([1]);
  });
});
