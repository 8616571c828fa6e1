import { describe, expect, test } from 'vitest';
import { verifySignature } from '../../server/vault/primitives.ts';
import { fromBase64, toBase64, toHex } from '../../shared/encoding/bytes.ts';
import { blockHash } from '../../shared/ledger/block.ts';
import { commitmentOf } from '../../shared/ledger/event.ts';
import { CompactRange, inclusionProof, leafHash } from '../../shared/ledger/merkle.ts';
import { type Receipt, verifyReceipt } from '../../shared/ledger/receipt.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { act, bytesFor, checkpointOf, cosign, foundClinic, foundRegion, hash, MemoryLedger } from '../support/ledger-builder.ts';

const [a, b] = [foundClinic('A'), foundClinic('B')];
const north = foundRegion('north', [a, b]);
const salt = bytesFor('salt');
const contentHash = bytesFor('content');
const note = act(
  a,
  'note.signed',
  { record: bytesFor('note', 16), version: 1, previous: new Uint8Array(0), document: bytesFor('document') },
  { handle: bytesFor('handle', 16), signer: a.administrator, commitment: commitmentOf(hash, salt, contentHash) },
);
const access = act(a, 'access.sealed', { root: bytesFor('root'), count: 3 });
const ledger = new MemoryLedger(north.region);
const other = act(b, 'access.sealed', { root: bytesFor('b'), count: 1 });
const blocks = [b.desk.write(other), a.desk.write(access, note), a.desk.write(access), b.desk.write(other)];

async function makeReceipt(): Promise<Receipt> {
  const nodes = new Map<string, Uint8Array>();
  const range = new CompactRange(hash);
  for (const block of blocks)
    range.append(leafHash(hash, blockHash(hash, block)), (level, index, node) => nodes.set(`${level}/${index}`, node));
  const proof = await inclusionProof(
    hash,
    1,
    blocks.length,
    async (level, index) => nodes.get(`${level}/${index}`) as Uint8Array,
  );
  const { note: checkpoint } = checkpointOf(north, ledger.head);
  return {
    careledger: 'receipt/1',
    genesis: toBase64(north.region.bytes),
    checkpoint: checkpoint + cosign(a, checkpoint) + cosign(b, checkpoint),
    index: 1,
    proof: proof.map(toBase64),
    block: toBase64(blocks[1] as Uint8Array),
    event: 1,
    opening: { salt: toBase64(salt), contentHash: toBase64(contentHash) },
  };
}
ledger.append(...blocks);
const receipt = await makeReceipt();
const verdict = (value: unknown): string => {
  try {
    verifyReceipt(hash, verifySignature, value);
    return 'holds';
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
};

describe('a receipt', () => {
  test('shows region, device, person, place, witnesses and content', () => {
    expect(verifyReceipt(hash, verifySignature, JSON.parse(JSON.stringify(receipt)))).toMatchObject({
      region: { id: north.region.id },
      block: { chain: a.chain, device: a.desk.key.publicKey },
      blockHash: toHex(blockHash(hash, blocks[1] as Uint8Array)),
      event: { type: 'note.signed', author: a.administrator.publicKey },
      personallySigned: true,
      witnessed: true,
      witnessesNeeded: 2,
      witnessesFound: 2,
      contentHash: toHex(contentHash),
    });
  });

  test('holds without its opening and without witnesses, and says so', () => {
    const { opening: _, ...closed } = receipt;
    const bare = { ...closed, checkpoint: checkpointOf(north, ledger.head).note };
    expect(verifyReceipt(hash, verifySignature, bare)).toMatchObject({
      witnessed: false,
      witnessesFound: 0,
      contentHash: undefined,
    });
  });

  test('does not hold when a byte of any of its values changes', () => {
    for (const field of ['genesis', 'block'] as const) {
      const bytes = fromBase64(receipt[field]);
      for (let at = 0; at < bytes.length; at += 3) {
        expect(verdict({ ...receipt, [field]: toBase64(bytes.with(at, bytes[at]! ^ 4)) }), `${field} byte ${at}`).not.toBe(
          'holds',
        );
      }
    }
    for (const field of ['salt', 'contentHash'] as const) {
      const opening = receipt.opening as NonNullable<Receipt['opening']>;
      const bytes = fromBase64(opening[field]);
      expect(verdict({ ...receipt, opening: { ...opening, [field]: toBase64(bytes.with(5, bytes[5]! ^ 1)) } })).toBe(
        'receipt.commitment-mismatch',
      );
    }
    receipt.proof.forEach((node, at) => {
      const bytes = fromBase64(node);
      expect(verdict({ ...receipt, proof: receipt.proof.with(at, toBase64(bytes.with(0, bytes[0]! ^ 1))) })).toBe(
        'receipt.not-included',
      );
    });
    expect(verdict({ ...receipt, checkpoint: receipt.checkpoint.replace('\n4\n', '\n5\n') })).toBe('ledger.checkpoint-forged');
  });

  test('does not hold at another place, with a longer or shorter proof, or for an event that the block does not have', () => {
    for (const index of [0, 2, 3, 4, -1, 1.5, '1']) expect(verdict({ ...receipt, index })).not.toBe('holds');
    expect(verdict({ ...receipt, proof: receipt.proof.slice(1) })).toBe('receipt.not-included');
    expect(verdict({ ...receipt, proof: [...receipt.proof, receipt.proof[0]] })).toBe('receipt.not-included');
    for (const event of [2, -1, 0.5, '0', null]) expect(verdict({ ...receipt, event })).toBe('receipt.malformed');
    expect(verdict({ ...receipt, event: 0 })).toBe('receipt.commitment-mismatch');
  });

  test('does not hold when bytes move between salt and content', () => {
    const whole = new Uint8Array([...salt, ...contentHash]);
    const opening = { salt: toBase64(whole.slice(0, 31)), contentHash: toBase64(whole.slice(31)) };
    expect(verdict({ ...receipt, opening })).toBe('receipt.malformed');
  });

  test('does not hold against the genesis of another region with the same founders', () => {
    expect(verdict({ ...receipt, genesis: toBase64(foundRegion('south', [a, b]).region.bytes) })).toBe(
      'ledger.checkpoint-foreign',
    );
  });

  test('does not hold for a forged block, though a dishonest hub signed a checkpoint over it', () => {
    const forgedBy = (sealed: Uint8Array): Receipt => {
      const root = leafHash(hash, blockHash(hash, sealed));
      const checkpoint = checkpointOf(north, { ...ledger.head, size: 1, root }).note;
      return { ...receipt, checkpoint, index: 0, proof: [], block: toBase64(sealed) };
    };
    const { event, signature } = note;
    const byNobody = a.desk.seal({ events: [access, { event, signature: signature.with(0, signature[0]! ^ 1) }] });
    const honest = a.desk.seal({ events: [access, note] });
    expect(verdict(forgedBy(honest))).toBe('holds');
    expect(verdict(forgedBy(byNobody))).toBe('receipt.signature-invalid');
    expect(verdict(forgedBy(honest.with(-1, honest.at(-1)! ^ 1)))).toBe('receipt.signature-invalid');
  });

  test('in another form is refused', () => {
    for (const value of [
      null,
      undefined,
      7,
      'receipt',
      [],
      {},
      { ...receipt, careledger: 'receipt/2' },
      { ...receipt, more: 1 },
    ]) {
      expect(verdict(value)).toBe('receipt.malformed');
    }
    for (const field of ['genesis', 'checkpoint', 'block', 'proof', 'index', 'event']) {
      expect(verdict({ ...receipt, [field]: undefined })).toBe('receipt.malformed');
      expect(verdict({ ...receipt, [field]: [1] })).toBe('receipt.malformed');
    }
    expect(verdict({ ...receipt, proof: Array(65).fill(receipt.proof[0]) })).toBe('receipt.malformed');
    expect(verdict({ ...receipt, block: `${receipt.block} ` })).toBe('receipt.malformed');
    expect(verdict({ ...receipt, opening: { salt: 1234, contentHash: 1234 } })).toBe('receipt.malformed');
  });
});
