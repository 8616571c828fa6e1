import { afterEach, describe, expect, test, vi } from 'vitest';
import { openHubDatabase } from '../../server/hub/hub-database.ts';
import { FairQueue } from '../../server/hub/sequencer/fair-queue.ts';
import { SignaturePool } from '../../server/hub/sequencer/signature-pool.ts';
import { readHead, writeHead } from '../../server/ledger/ledger.store.ts';
import { stateRoot } from '../../server/ledger/state-rows.store.ts';
import { sign } from '../../server/vault/primitives.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { CompactRange } from '../../shared/ledger/merkle.ts';
import { STATE_INTERVAL } from '../../shared/ledger/state-interval.ts';
import { act, bytesFor, hash, signingKeyFor } from '../support/ledger-builder.ts';
import { HubBench, type Line } from './hub-bench.ts';

describe('the sequencer keeps its head', () => {
  let bench: HubBench;
  let line: Line;
  const open = async () => {
    bench = await HubBench.open();
    line = await bench.join(bench.founder);
  };
  afterEach(() => bench.close());
  const anchors = (from: number, count: number) =>
    Array.from({ length: count }, (_, at) =>
      bench.founder.desk.write(act(bench.founder, 'access.sealed', { root: bytesFor('root'), count: from + at })),
    );

  test('a page that passes 65,536 blocks stops there for the state root, which the checkpoint then carries', async () => {
    await open();
    await bench.hub.close();
    // As if so many blocks had come before: a tree is known by its complete subtrees alone.
    const size = STATE_INTERVAL - 2;
    const subtrees = Array.from({ length: 15 }, (_, at) => bytesFor(`subtree ${at}`));
    const database = await openHubDatabase(bench.folder);
    await database.write(async (transaction) =>
      writeHead(transaction, { size, effects: bytesFor('effects'), range: new CompactRange(hash, size, subtrees) }),
    );
    await database.close();
    await bench.restart();
    line = bench.line({ privateKey: line.agent.options.key as string, certificate: line.agent.options.cert as string });

    const results = await bench.submit(line, ...anchors(1, 2));
    expect(results.map(({ refusal }) => refusal)).toEqual([null, null]);
    const at = await openHubDatabase(bench.folder);
    const expected = await stateRoot(at.read, hash);
    await at.close();
    const exact = await bench.checkpoint(line);
    expect(exact).toMatchObject({ size: STATE_INTERVAL, state: { size: STATE_INTERVAL } });
    expect(toHex(exact.state?.root as Uint8Array)).toBe(toHex(expected));
    // In the middle of a page, and after it: the root is still that of the boundary.
    await bench.submit(line, ...anchors(3, 3));
    const later = await bench.checkpoint(line);
    expect(later.size).toBe(STATE_INTERVAL + 3);
    expect(toHex(later.state?.root as Uint8Array)).toBe(toHex(expected));
  });

  test('when the ledger on disk is not where it was left, nothing is accepted or signed', async () => {
    await open();
    await bench.submit(line, ...anchors(1, 1));
    const before = await bench.checkpoint(line);
    const database = await openHubDatabase(bench.folder);
    const head = await readHead(database.read, hash);
    await database.write((transaction) =>
      writeHead(transaction, { ...(head as NonNullable<typeof head>), effects: bytesFor('another history') }),
    );
    await database.close();
    const [result] = await bench.submit(line, ...anchors(2, 1));
    expect(result).toMatchObject({ receipt: null, refusal: { code: 'hub.ledger-moved', retry: true } });
    expect((await bench.checkpoint(line)).note).toBe(before.note);
  });

  test('what stands in the ledger already is answered as before and costs no signature; what only looks like it does not pass', async () => {
    await open();
    const claims = vi.spyOn(SignaturePool.prototype, 'verify');
    const checked = (): number => claims.mock.calls.reduce((sum, [, list]) => sum + list.length, 0);
    const stands = anchors(1, 20);
    const first = await bench.submit(line, ...stands);
    expect(checked()).toBe(20);
    expect(await bench.submit(line, ...stands)).toEqual(first);
    expect(checked()).toBe(20);
    // With something new behind it, and from the middle on.
    const mixed = await bench.submit(line, ...stands.slice(5), ...anchors(21, 2));
    expect(mixed.slice(0, 15).map(({ block }) => block)).toEqual(first.slice(5).map(({ block }) => block));
    expect(mixed.map(({ refusal }) => refusal)).toEqual(mixed.map(() => null));
    expect(checked()).toBe(22);
    expect((await bench.checkpoint(line)).size).toBe(22);
    const forged = stands.map((block, at) => (at === 7 ? block.with(block.length - 1, (block.at(-1) as number) ^ 1) : block));
    const answered = await bench.submit(line, ...forged);
    expect(answered.flatMap(({ refusal }, at) => (refusal ? [[at, refusal.code]] : []))).toEqual([
      [7, 'ledger.block-signature-invalid'],
    ]);
    expect(checked()).toBe(23);
    expect((await bench.checkpoint(line)).size).toBe(22);
    claims.mockRestore();
  });

  test('a clinic that floods waits behind itself, and loses nothing', async () => {
    await open();
    const flood = anchors(1, 200);
    const device = { privateKey: line.agent.options.key as string, certificate: line.agent.options.cert as string };
    const lines = Array.from({ length: 3 }, () => bench.line(device));
    const calls = lines.flatMap((each) => Array.from({ length: 2 }, () => bench.submit(each, ...flood)));
    const results = (await Promise.all(calls)).flat();
    expect(results.every(({ receipt }) => receipt !== null)).toBe(true);
    expect((await bench.checkpoint(line)).size).toBe(200);
  });
});

test('a queue serves its owners in turn, each in its own order', () => {
  const queue = new FairQueue<string>();
  for (const item of ['a1', 'a2', 'a3', 'b1', 'c1', 'c2']) queue.push(item[0] as string, item, 1);
  const taken = Array.from({ length: 6 }, () => queue.take()?.item);
  expect(taken).toEqual(['a1', 'b1', 'c1', 'a2', 'c2', 'a3']);
  expect(queue.isEmpty).toBe(true);
  for (const item of ['a1', 'b1']) queue.push(item[0] as string, item, 1);
  expect(queue.take((owner) => owner !== 'a')?.item).toBe('b1');
  expect(queue.take((owner) => owner !== 'a')).toBeUndefined();
  expect(queue.take()?.item).toBe('a1');
});

test('the pool says of each signature whether it holds, in order, over pages', async () => {
  const key = signingKeyFor('pool');
  const pool = new SignaturePool(2);
  const claims = Array.from({ length: 600 }, (_, at) => {
    const message = bytesFor(`message ${at}`, at % 33);
    const signature = at % 7 === 0 ? new Uint8Array(at % 2 === 0 ? 64 : 3) : sign(key, message);
    return { key: key.publicKey, message, signature };
  });
  expect(await pool.verify('owner', claims)).toEqual(claims.map((_, at) => at % 7 !== 0));
  await pool.close();
});
