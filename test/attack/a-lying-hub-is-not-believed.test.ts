/** Threats L1, L4, L5, L6, L9 and D3 from the desk: a hub under real TLS that sends what no honest hub would. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeAuthority } from '../../server/identity/certificates.ts';
import { fetchMessages } from '../../server/sync/download/fetch-relayed.ts';
import { sendWaiting } from '../../server/sync/transfer.ts';
import { problemOf } from '../../server/sync/vault-context/problem.ts';
import { sign, verifySignature } from '../../server/vault/primitives.ts';
import { concat, fromBase64, toBase64, toHex } from '../../shared/encoding/bytes.ts';
import { written } from '../../shared/encoding/codec.ts';
import { blockHash, blockMessage, openBlock } from '../../shared/ledger/block.ts';
import { CompactRange, leafHash } from '../../shared/ledger/merkle.ts';
import { effectsNext, effectsStart, judgeBlock, openEvents, PageView, writeOutcome } from '../../shared/ledger/rules.ts';
import { asFailure } from '../../shared/outcome/failure.ts';
import { signReceipt } from '../../shared/sync/submission.ts';
import { LIMITS } from '../../shared/sync/wire.ts';
import {
  act,
  bytesFor,
  checkpointOf,
  everyRule,
  foundClinic,
  foundRegion,
  hash,
  MemoryLedger,
  MORNING,
  signingKeyFor,
  type TestClinic,
} from '../support/ledger-builder.ts';
import { BookOfLies } from './book-of-lies.ts';
import { LyingHub, TrustingReplica } from './lying-hub.ts';

const book = new BookOfLies('a hub whose answers are wrong');
let hub: LyingHub;
let replica: TrustingReplica;

beforeEach(async () => {
  hub = await LyingHub.open();
  replica = await TrustingReplica.open(hub);
  hub.write(enrolled(hub.north, 'one'), enrolled(hub.south, 'two'), enrolled(hub.north, 'three'));
}, 30_000);
afterEach(async () => {
  await replica.close();
  await hub.close();
});

const staffEvent = (clinic: TestClinic, label: string) =>
  act(clinic, 'staff.enrolled', { staff: signingKeyFor(label).publicKey, role: 'clinician' }, { signer: clinic.administrator });
const enrolled = (clinic: TestClinic, label: string): Uint8Array => clinic.desk.write(staffEvent(clinic, label));

const catchUp = async (): Promise<string> => {
  const client = hub.client();
  try {
    await replica.replica.catchUp(client);
    return 'believed';
  } catch (error) {
    book.heard(error);
    return String((error as { code?: string }).code);
  } finally {
    client.close();
  }
};

const flipped = (bytes: Uint8Array, at: number): Uint8Array => {
  const copy = bytes.slice();
  copy[at] = (copy[at] as number) ^ 1;
  return copy;
};
const swap = (first: number, second: number): void => {
  const { blocks } = hub;
  [blocks[first], blocks[second]] = [blocks[second] as Uint8Array, blocks[first] as Uint8Array];
};
/** A head over blocks that an accomplice of the hub made up, folded without looking at signatures. */
const headOver = (...blocks: Uint8Array[]) => {
  const ledger = new MemoryLedger(hub.region.region);
  ledger.append(...blocks);
  return ledger.head;
};

describe('blocks', () => {
  const lies: Array<[string, () => void, RegExp]> = [
    ['altered in a bit of an event', () => (hub.blocks[1] = flipped(hub.blocks[1] as Uint8Array, 150)), /^sync\./],
    [
      'altered in a bit of the signature',
      () => (hub.blocks[2] = flipped(hub.blocks[2] as Uint8Array, -1 + (hub.blocks[2] as Uint8Array).length)),
      /^sync\./,
    ],
    ['of one device in another order', () => swap(0, 2), /^sync\.block-invalid$/],
    ['of two devices in another order', () => swap(0, 1), /^sync\.root-mismatch$/],
    ['of a clinic that nobody let in', () => (hub.blocks[1] = enrolled(foundClinic('Nowhere'), 'x')), /^sync\.block-invalid$/],
    ['left out in the middle', () => hub.blocks.splice(1, 1), /^sync\.(blocks-missing|block-invalid|root-mismatch)$/],
    ['left out at the end', () => hub.blocks.pop(), /^sync\.blocks-missing$/],
    ['twice', () => (hub.blocks[2] = hub.blocks[0] as Uint8Array), /^sync\.block-invalid$/],
    [
      'more than asked for',
      () => (hub.lies.Blocks = () => ({ blocks: { blocks: [...hub.blocks, ...hub.blocks].map(toBase64) } })),
      /^sync\./,
    ],
    [
      'that are no base64',
      () => (hub.lies.Blocks = () => ({ blocks: { blocks: ['***', '', 'AA=='] } })),
      /^sync\.block-invalid$/,
    ],
    ['that are no list', () => (hub.lies.Blocks = () => ({ blocks: { blocks: { length: 3 } } })), /./],
    ['that are no texts', () => (hub.lies.Blocks = () => ({ blocks: { blocks: [1, null, {}] } })), /./],
  ];
  test.each(lies)('%s', async (_, lie, code) => {
    const honest = [...hub.blocks];
    lie();
    const answer = await catchUp();
    expect(answer).not.toBe('believed');
    expect(answer).toMatch(code);
    expect(replica.replica.size).toBe(0);
    expect(await replica.stored()).toBe(0);
    // The desk goes on with a hub that tells the truth.
    hub.blocks = honest;
    delete hub.lies.Blocks;
    expect(await catchUp()).toBe('believed');
    expect(replica.replica.size).toBe(3);
  });

  test('that no device has signed, under a checkpoint that fits them', async () => {
    const block = foundClinic('North').desk.seal({ events: [staffEvent(hub.north, 'ghost')] });
    const content = block.subarray(0, -64);
    const forged = concat(content, sign(signingKeyFor('impostor'), blockMessage(content)));
    // Root and effects are what the rules come to, so that nothing but the signature is wrong.
    const opened = openEvents(everyRule, openBlock(forged), blockHash(hash, forged));
    const { rows } = new MemoryLedger(hub.region.region);
    const judgements = judgeBlock(new PageView(new Map(opened.reads.map((key) => [key, rows.get(key)]))), opened);
    const outcome = written((out) => writeOutcome(out, judgements));
    const range = new CompactRange(hash);
    range.append(leafHash(hash, opened.hash));
    hub.head = { size: 1, root: range.root(), effects: effectsNext(hash, effectsStart(hash, hub.region.region.id), outcome) };
    hub.blocks = [forged];
    expect(await catchUp()).toBe('sync.signature-invalid');
    expect(await replica.stored()).toBe(0);
  });
});

describe('checkpoints', () => {
  const forgedNote = (): string => checkpointOf({ ...hub.region, hubKey: signingKeyFor('another hub') }, hub.truth.head).note;
  const foreignNote = (): string => checkpointOf(foundRegion('elsewhere', [hub.north]), hub.truth.head).note;
  const lies: Array<[string, () => void, string]> = [
    [
      'with other effects than the rules have',
      () => (hub.head = { ...hub.truth.head, effects: bytesFor('effects') }),
      'sync.effects-mismatch',
    ],
    ['with another root', () => (hub.head = { ...hub.truth.head, root: bytesFor('root') }), 'sync.root-mismatch'],
    ['larger than what there is', () => (hub.head = { ...hub.truth.head, size: 9 }), 'sync.blocks-missing'],
    [
      'altered after signing',
      () => (hub.lies.Checkpoint = () => ({ checkpoint: hub.note().replace('\n3\n', '\n2\n') })),
      'ledger.checkpoint-forged',
    ],
    ['signed by another key', () => (hub.lies.Checkpoint = () => ({ checkpoint: forgedNote() })), 'ledger.checkpoint-forged'],
    ['of another region', () => (hub.lies.Checkpoint = () => ({ checkpoint: foreignNote() })), 'ledger.checkpoint-foreign'],
    [
      'of a hundred thousand lines',
      () => (hub.lies.Checkpoint = () => ({ checkpoint: hub.note() + '— x AAAA\n'.repeat(100_000) })),
      'ledger.note-malformed',
    ],
    ['that is no text', () => (hub.lies.Checkpoint = () => ({ checkpoint: { toString: 'x' } })), 'internal.unexpected'],
    ['that is not there', () => (hub.lies.Checkpoint = () => ({})), 'internal.unexpected'],
  ];
  test.each(lies)('%s', async (_, lie, code) => {
    lie();
    const answer = await catchUp();
    if (code === 'internal.unexpected') expect(answer).not.toBe('believed');
    else expect(answer).toBe(code);
    expect(replica.replica.checkpoint).toBeUndefined();
    expect(await replica.stored()).toBe(0);
  });

  test('of an earlier size are a rollback', async () => {
    const earlier = headOver(...hub.blocks.slice(0, 2));
    expect(await catchUp()).toBe('believed');
    hub.head = earlier;
    expect(await catchUp()).toBe('sync.rollback');
    expect(replica.replica.size).toBe(3);
  });

  test('of the same size and another root are a split view', async () => {
    expect(await catchUp()).toBe('believed');
    hub.head = { ...hub.truth.head, root: bytesFor('other face') };
    expect(await catchUp()).toBe('sync.split-view');
  });

  test('that go on from another history do not follow', async () => {
    expect(await catchUp()).toBe('believed');
    const before = replica.replica.checkpoint?.note;
    const north = foundClinic('North');
    const south = foundClinic('South');
    const fork = [enrolled(north, 'a'), enrolled(south, 'b'), enrolled(north, 'c'), enrolled(south, 'd')];
    hub.head = headOver(...fork);
    hub.blocks = fork;
    expect(await catchUp()).toMatch(/^sync\.(block-invalid|root-mismatch)$/);
    expect(replica.replica.checkpoint?.note).toBe(before);
    expect(await replica.stored()).toBe(3);
  });
});

describe('receipts and messages', () => {
  const receiptFor = (sealed: Uint8Array, change: object = {}, key = hub.region.hubKey): Uint8Array => {
    const { device, epoch, height } = openBlock(sealed).block;
    const { id } = hub.region.region;
    const receipt = { region: id, device, epoch, height, block: blockHash(hash, sealed), index: 3, time: MORNING };
    return signReceipt({ ...receipt, ...change }, (message) => sign(key, message));
  };
  const transfer = () => ({ database: replica.database, region: hub.region.region, hash, verify: verifySignature });
  const submit = async (answer: (...blocks: Uint8Array[]) => unknown): Promise<string> => {
    hub.lies.Submit = ({ blocks }) => ({ submit: answer(...(blocks as string[]).map(fromBase64)) });
    const client = hub.client();
    try {
      await sendWaiting(transfer(), client);
      return 'believed';
    } catch (error) {
      book.heard(error);
      return String((error as { code?: string }).code);
    } finally {
      client.close();
    }
  };
  const waiting = async (): Promise<number> =>
    (await replica.database.read.get<{ count: number }>('SELECT count(*) AS count FROM own_block WHERE receipt IS NULL'))
      ?.count ?? -1;

  const held = (...receipts: Uint8Array[]) => ({ receipts: receipts.map(toBase64), refusals: [] });

  test('a block is done only with a receipt of this hub, for this block, in this region', async () => {
    const event = staffEvent(hub.west, 'mine');
    await replica.ledger.commit({ events: [event] });
    expect(await submit((block) => held(receiptFor(block, {}, signingKeyFor('nobody'))))).toBe('sync.receipt-forged');
    expect(await submit((block) => held(receiptFor(block, { block: bytesFor('other') })))).toBe('sync.receipt-foreign');
    expect(await submit((block) => held(receiptFor(block, { region: bytesFor('other') })))).toBe('sync.receipt-foreign');
    expect(await submit((block) => held(flipped(receiptFor(block), 60)))).toBe('sync.receipt-forged');
    expect(await submit(() => held())).toBe('sync.hub-answer');
    expect(await submit(() => null)).toBe('sync.hub-answer');
    expect(await submit(() => ({ receipts: 7, refusals: null }))).toBe('sync.hub-answer');
    expect(await submit((block) => held(receiptFor(block), receiptFor(block)))).toBe('sync.hub-answer');
    expect(await submit(() => held(new Uint8Array(5)))).not.toBe('believed');
    expect(await waiting()).toBe(1);
    expect(await submit((block) => held(receiptFor(block)))).toBe('believed');
    expect(await waiting()).toBe(0);
  });

  test('one receipt is for the blocks that its block stands on: what a hub leaves out of a batch stays pending', async () => {
    for (const label of ['one', 'two', 'three']) await replica.ledger.commit({ events: [staffEvent(hub.west, label)] });
    let earlier = new Uint8Array(0);
    const second = (_: Uint8Array, block: Uint8Array) => {
      earlier = Uint8Array.from(receiptFor(block));
      return held(earlier);
    };
    expect(await submit(second)).toBe('sync.hub-answer');
    expect(await waiting()).toBe(1);
    // A true receipt for what stands before it, one for another device's block, one that says another place of the chain.
    expect(await submit(() => held(earlier))).toBe('sync.receipt-foreign');
    expect(await submit(() => held(receiptFor(enrolled(foundClinic('Elsewhere'), 'b'))))).toBe('sync.receipt-foreign');
    expect(await submit((block) => held(receiptFor(block, { height: 9 })))).toBe('sync.receipt-foreign');
    expect(await submit((block) => held(receiptFor(block, { epoch: bytesFor('other', 8) })))).toBe('sync.receipt-foreign');
    expect(await waiting()).toBe(1);
    const refusal = { at: 0, code: 'ledger.height-gap', message: 'no', retry: false };
    expect(await submit(() => ({ receipts: [], refusals: [refusal] }))).toBe('ledger.height-gap');
    // What the hub has signed counts more than what it says beside it.
    expect(await submit((block) => ({ receipts: [toBase64(receiptFor(block))], refusals: [refusal] }))).toBe('believed');
    expect(await waiting()).toBe(0);
  });

  test('a message or document under a wrong name is not taken', async () => {
    const client = hub.client();
    const body = bytesFor('body');
    const message = {
      sequence: 1,
      id: toHex(hash(body)),
      kind: 'grant',
      senderChain: hub.north.id,
      senderDevice: hub.north.desk.id,
      body: toBase64(body),
    };
    for (const wrong of [{ id: toHex(bytesFor('x')) }, { sequence: 0 }, { sequence: -5 }, { body: toBase64(bytesFor('y')) }]) {
      hub.lies.Messages = () => ({ messages: [{ ...message, ...wrong }] });
      await expect(fetchMessages(transfer(), client)).rejects.toMatchObject({ code: 'sync.hub-answer' });
    }
    expect(await replica.database.read.all('SELECT * FROM incoming_message')).toEqual([]);
    client.close();
  });
});

describe('answers', () => {
  const said = async (wholeMs?: number): Promise<{ code: string; ms: number }> => {
    const client = hub.client(undefined, wholeMs);
    const start = performance.now();
    const code = await client.ask('Checkpoint').then(
      () => 'believed',
      (error: { code?: string }) => {
        book.heard(error);
        return String(error.code);
      },
    );
    client.close();
    return { code, ms: performance.now() - start };
  };

  test.each([
    ['nothing', ''],
    ['a page', '<html><body>Sign in</body></html>'],
    ['null', 'null'],
    ['a number', '5'],
    ['a list', '[]'],
    ['data that is a text', '{"data":"x"}'],
    ['half of a text', '{"data":{"checkpoint":"'],
    ['nesting without end', '['.repeat(5_000_000)],
    ['a prototype', '{"__proto__":{"data":{"checkpoint":"x"}}}'],
  ])('%s', async (_, body) => {
    hub.raw = (response) => response.end(body);
    expect((await said()).code).toBe('sync.hub-answer');
    expect(({} as { data?: unknown }).data).toBeUndefined();
  });

  test('a refusal brings the few short values that its sentence names, and nothing else', async () => {
    const details = { most: 3, host: 'there', nested: { a: 1 }, 'no name': 'x', long: 'x'.repeat(1_000), trace: 'its own' };
    const errors = [{ message: 'At most 3.', extensions: { code: 'hub.too-many', retry: true, details } }];
    hub.raw = (response) => response.end(JSON.stringify({ errors }));
    const client = hub.client();
    const refusal = await client.ask('Checkpoint').catch(asFailure);
    client.close();
    expect(refusal).toMatchObject({ code: 'hub.too-many', retry: true });
    expect(asFailure(refusal).details).toEqual({ most: 3, host: 'there', trace: expect.not.stringMatching('its own') });
    expect(problemOf(asFailure(refusal)).details).toContainEqual({ name: 'most', value: '3' });
  });

  test('larger than the limit are cut off there', async () => {
    let sent = 0;
    hub.raw = (response) => {
      const chunk = Buffer.alloc(1_048_576, 0x20);
      const more = (): void => {
        if (response.destroyed || sent > 4 * LIMITS.bodyBytes) return void response.end();
        sent += chunk.length;
        response.write(chunk, more);
      };
      more();
    };
    expect((await said()).code).toBe('sync.hub-answer');
    expect(sent).toBeLessThan(2 * LIMITS.bodyBytes);
  });

  test('elsewhere: a redirection is not followed', async () => {
    let asked = 0;
    hub.raw = (response) => {
      asked += 1;
      response.writeHead(302, { location: `${hub.address}/elsewhere` }).end();
    };
    expect((await said()).code).toBe('sync.hub-answer');
    expect(asked).toBe(1);
  });

  test('that stop in the middle, or drip without end', async () => {
    hub.raw = (response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('{');
      setImmediate(() => response.destroy());
    };
    expect((await said()).code).toBe('sync.hub-unreachable');
    hub.raw = (response) => {
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    };
    const { code, ms } = await said(500);
    expect(code).toBe('sync.hub-unreachable');
    expect(ms).toBeLessThan(5_000);
  });

  test('a hub under another authority, or under an older TLS, is nobody', async () => {
    const stranger = hub.client((await makeAuthority()).certificate);
    await expect(stranger.ask('Checkpoint')).rejects.toMatchObject({ code: 'sync.hub-unreachable' });
    stranger.close();
    const old = await LyingHub.open({ maxVersion: 'TLSv1.2' });
    const client = old.client();
    await expect(client.ask('Checkpoint')).rejects.toMatchObject({ code: 'sync.hub-unreachable' });
    client.close();
    await old.close();
  }, 30_000);
});

book.isOnThePage();
