import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifySignature } from '../../server/vault/primitives.ts';
import { fromBase64, toHex } from '../../shared/encoding/bytes.ts';
import { blockHash } from '../../shared/ledger/block.ts';
import { openReceipt } from '../../shared/sync/submission.ts';
import { act, bytesFor, hash, MemoryLedger } from '../support/ledger-builder.ts';
import { HubBench, Line } from './hub-bench.ts';
import { serveInProcess } from './hub-process.ts';

describe('a hub that is killed has every block that it acknowledged', () => {
  let bench: HubBench;
  let device: { privateKey: string; certificate: string };

  beforeAll(async () => {
    bench = await HubBench.open();
    const { agent } = await bench.join(bench.founder);
    device = { privateKey: agent.options.key as string, certificate: agent.options.cert as string };
    await bench.hub.close();
  });
  afterAll(() => bench.close());

  test('kill -9 in the middle of submissions, three times', async () => {
    const { founder } = bench;
    const written: Uint8Array[] = [];
    const receipts = new Map<string, string>();
    /** By the block that each of them names. */
    const receiptOfLast = new Map<string, string>();
    let size = 0;
    for (let round = 0; round < 3; round++) {
      const hub = await serveInProcess(bench.folder);
      const line = new Line(hub.port, bench.authority, device);
      const acknowledged = receipts.size;
      // Everything written so far is sent again: what the hub has gets its old receipt, what it lost enters now.
      const pushing = (async () => {
        for (let from = Math.max(0, acknowledged - 40); ; from += 20) {
          while (written.length < from + 20) {
            const count = written.length + 1;
            written.push(founder.desk.write(act(founder, 'access.sealed', { root: bytesFor(`root ${count}`), count })));
          }
          for (const { block, receipt, refusal } of await bench.submit(line, ...written.slice(from, from + 20))) {
            expect(refusal).toBeNull();
            const { block: last } = openReceipt(verifySignature, bench.hubKey, fromBase64(receipt as string));
            const before = receiptOfLast.get(toHex(last));
            if (before !== undefined) expect(receipt).toBe(before);
            receiptOfLast.set(toHex(last), receipt as string);
            receipts.set(block, receipt as string);
          }
        }
      })().catch((error: NodeJS.ErrnoException) => {
        if (!('code' in error)) throw error;
      });
      while (receipts.size < acknowledged + 60) await new Promise((resolve) => setImmediate(resolve));
      await hub.end('SIGKILL');
      line.close();
      await pushing;
      size = receipts.size;
    }
    const hub = await serveInProcess(bench.folder);
    const line = new Line(hub.port, bench.authority, device);
    const { blocks: page } = await line.ask<{ blocks: { blocks: string[] } }>('Blocks', { from: 0, limit: 2000 });
    const names = page.blocks.map((block) => toHex(blockHash(hash, fromBase64(block))));
    expect(names.length).toBeGreaterThanOrEqual(size);
    for (const [block, receipt] of receipts) {
      const { index, block: last } = openReceipt(verifySignature, bench.hubKey, fromBase64(receipt));
      expect(names[index]).toBe(toHex(last));
      expect(names.slice(0, index + 1)).toContain(block);
    }
    const replica = new MemoryLedger(bench.region);
    replica.append(...page.blocks.map(fromBase64));
    const checkpoint = await bench.checkpoint(line);
    expect(checkpoint.size).toBe(names.length);
    expect(toHex(checkpoint.root)).toBe(toHex(replica.head.root));
    expect(toHex(checkpoint.effects)).toBe(toHex(replica.head.effects));
    line.close();
    expect(await hub.end('SIGTERM')).toBe(0);
  });
});
