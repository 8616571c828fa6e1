import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifySignature } from '../../server/vault/primitives.ts';
import { fromBase64, toHex } from '../../shared/encoding/bytes.ts';
import { blockHash } from '../../shared/ledger/block.ts';
import { leafHash, verifyConsistency, verifyInclusion } from '../../shared/ledger/merkle.ts';
import { openReceipt } from '../../shared/sync/submission.ts';
import { act, admissionOf, bytesFor, foundClinic, hash, MemoryLedger } from '../support/ledger-builder.ts';
import { HubBench, type Line, sealedDocument } from './hub-bench.ts';

describe('a region from its founding to its proofs', () => {
  let bench: HubBench;
  let north: Line;
  const joiner = foundClinic('South');
  const anchor = (count: number) => act(bench.founder, 'access.sealed', { root: bytesFor(`root ${count}`), count });

  beforeAll(async () => {
    bench = await HubBench.open();
    north = await bench.join(bench.founder);
  });
  afterAll(() => bench.close());

  test('blocks that are submitted get receipts of the hub, and come back as they were', async () => {
    const blocks = [anchor(1), anchor(2), anchor(3)].map((event) => bench.founder.desk.write(event));
    const results = await bench.submit(north, ...blocks);
    results.forEach((result, at) => {
      const receipt = openReceipt(verifySignature, bench.hubKey, fromBase64(result.receipt as string));
      expect(result.block).toBe(toHex(blockHash(hash, blocks[at] as Uint8Array)));
      // One word for all three: about the last of them.
      expect(receipt).toMatchObject({ index: 2, height: 2 });
      expect(toHex(receipt.block)).toBe(results[2]?.block);
      expect(toHex(receipt.region)).toBe(toHex(bench.region.id));
    });
    const { blocks: page } = await north.ask<{ blocks: { blocks: string[] } }>('Blocks', { from: 0, limit: 2000 });
    expect(page.blocks.map((block) => toHex(fromBase64(block)))).toEqual(blocks.map(toHex));
  });

  test('the head is the one that the rules give over the same blocks', async () => {
    const { blocks: page } = await north.ask<{ blocks: { blocks: string[] } }>('Blocks', { from: 0, limit: 2000 });
    const replica = new MemoryLedger(bench.region);
    replica.append(...page.blocks.map(fromBase64));
    const checkpoint = await bench.checkpoint(north);
    expect(checkpoint.size).toBe(replica.head.size);
    expect(toHex(checkpoint.root)).toBe(toHex(replica.head.root));
    expect(toHex(checkpoint.effects)).toBe(toHex(replica.head.effects));
  });

  test('a block proves its place, and a later head that it extends the earlier', async () => {
    const before = await bench.checkpoint(north);
    const block = bench.founder.desk.write(anchor(4));
    await bench.submit(north, block);
    const after = await bench.checkpoint(north);
    const { inclusionProof } = await north.ask<{ inclusionProof: string[] }>('InclusionProof', { index: 3, size: 4 });
    const leaf = leafHash(hash, blockHash(hash, block));
    expect(verifyInclusion(hash, { leaf, index: 3, size: 4, root: after.root, proof: inclusionProof.map(fromBase64) })).toBe(
      true,
    );
    const { consistencyProof } = await north.ask<{ consistencyProof: string[] }>('ConsistencyProof', { from: 3, size: 4 });
    const claim = { oldSize: 3, newSize: 4, oldRoot: before.root, newRoot: after.root, proof: consistencyProof.map(fromBase64) };
    expect(verifyConsistency(hash, claim)).toBe(true);
  });

  test('a second clinic joins by invitation and admission, and its earlier blocks then enter', async () => {
    const south = await bench.join(joiner);
    const early = joiner.desk.write(act(joiner, 'access.sealed', { root: bytesFor('early'), count: 1 }));
    await expect(bench.submit(south, early)).rejects.toThrow('hub.not-allowed');
    const admitted = act(bench.founder, 'chain.admitted', admissionOf(bench.region, joiner, [bench.founder]), {
      signer: bench.founder.administrator,
    });
    const [result] = await bench.submit(north, bench.founder.desk.write(admitted));
    expect(result?.refusal).toBeNull();
    expect((await bench.submit(south, early))[0]?.refusal).toBeNull();
    expect((await south.ask<{ caller: object }>('Caller')).caller).toEqual({
      device: joiner.desk.id,
      chain: joiner.id,
      admitted: true,
      revoked: false,
    });
  });

  test('a document is durable before the block that names it is acknowledged', async () => {
    const handle = bytesFor('handle', 16);
    const document = sealedDocument('document', handle);
    const put = act(
      bench.founder,
      'record.put',
      { record: bytesFor('record', 16), version: 1, previous: new Uint8Array(0), document: document.name },
      { handle, commitment: bytesFor('commitment') },
    );
    const block = bench.founder.desk.write(put);
    const [refused] = await bench.submit(north, block);
    expect(refused?.refusal).toMatchObject({ code: 'hub.document-missing', retry: true });
    expect(await north.ask('PutDocuments', { documents: [document.upload] })).toEqual({ putDocuments: 1 });
    const [accepted] = await bench.submit(north, block);
    const receipt = openReceipt(verifySignature, bench.hubKey, fromBase64(accepted?.receipt as string));
    expect(toHex(receipt.block)).toBe(toHex(blockHash(hash, block)));
  });
});
