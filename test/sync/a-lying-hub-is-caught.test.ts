import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readHead } from '../../server/ledger/ledger.store.ts';
import { sign } from '../../server/vault/primitives.ts';
import { toBase64, toHex } from '../../shared/encoding/bytes.ts';
import { MAX_BLOCK_BYTES } from '../../shared/ledger/block.ts';
import { deviceMessage } from '../../shared/ledger/enrolment-rules.ts';
import {
  act,
  bytesFor,
  foundClinic,
  foundRegion,
  hash,
  signingKeyFor,
  type TestClinic,
  TestDevice,
} from '../support/ledger-builder.ts';
import { ScriptedHub } from './scripted-hub.ts';
import { recordBlocks, recordEvent, TestDesk } from './test-desk.ts';

let north: TestClinic;
let south: TestClinic;
let east: TestClinic;
let hub: ScriptedHub;
let desk: TestDesk;

beforeEach(async () => {
  north = foundClinic('North');
  south = foundClinic('South');
  east = foundClinic('East');
  hub = await ScriptedHub.open(foundRegion('sync', [north, south, east]));
  desk = await TestDesk.open(north, hub.region.region);
});
afterEach(async () => {
  await desk.close();
  await hub.close();
});

const altered = (block: Uint8Array, at: number): Uint8Array => block.map((byte, index) => (index === at ? byte ^ 1 : byte));
/** Of every event of `recordBlocks`. */
const TYPE = 'record.put';
const storedSize = async (): Promise<number> => (await readHead(desk.database.read, hash))?.size ?? -1;

/** What the replica says of the answers as they are, and that nothing of them stayed. */
async function refusal(): Promise<string> {
  const code = await desk.catchUp(hub);
  expect(await storedSize()).toBe(0);
  expect(desk.replica.size).toBe(0);
  expect(desk.replica.checkpoint).toBeUndefined();
  return code;
}

describe('an honest hub', () => {
  test('is followed to its checkpoint, and further when it grows', async () => {
    hub.take(...recordBlocks(south, 'first', 5));
    expect(await desk.catchUp(hub)).toBe('caught up');
    expect(desk.replica.size).toBe(5);
    hub.take(...recordBlocks(south, 'second', 3));
    expect(await desk.catchUp(hub)).toBe('caught up');
    expect(desk.replica.size).toBe(8);
    await desk.restart();
    expect(desk.replica.checkpoint?.note).toBe(hub.note());
    expect(await desk.catchUp(hub)).toBe('caught up');
    expect(await storedSize()).toBe(8);
  });

  test('may send large blocks a few at a time', async () => {
    hub.take(...recordBlocks(south, 'few', 25));
    hub.lies.Blocks = ({ from, limit, ...rest }) => ({
      blocks: { blocks: hub.page({ from, limit: Math.min(limit, 4), ...rest }) },
    });
    expect(await desk.catchUp(hub)).toBe('caught up');
    expect(desk.replica.size).toBe(25);
  });

  test('leads to the same head whatever its pages are', async () => {
    hub.take(...recordBlocks(south, 'any', 40));
    hub.lies.Blocks = ({ from, limit, ...rest }) => ({
      blocks: { blocks: hub.page({ from, limit: Math.min(limit, 1 + (from % 7)), ...rest }) },
    });
    await desk.catchUp(hub);
    const head = await readHead(desk.database.read, hash);
    expect(toHex(head?.effects ?? bytesFor('none'))).toBe(toHex(hub.head.effects));
    expect(toHex(head?.range.root() ?? bytesFor('none'))).toBe(toHex(hub.head.root));
  });
});

describe('a hub that sends other blocks than it signed', () => {
  beforeEach(() => hub.take(...recordBlocks(south, 'block', 6), ...recordBlocks(east, 'block', 6)));

  const sending = (change: (page: string[]) => string[]): Promise<string> => {
    hub.lies.Blocks = (variables) => ({ blocks: { blocks: change(hub.page(variables)) } });
    return refusal();
  };

  test('is caught at a byte of a block, wherever it is', async () => {
    const block = hub.blocks[5] as Uint8Array;
    const type = Buffer.from(block).indexOf(TYPE);
    for (let at = 0; at < block.length; at += 7) {
      if (at >= type && at < type + TYPE.length) continue;
      const code = await sending((page) => page.map((text, place) => (place === 5 ? toBase64(altered(block, at)) : text)));
      expect(code, `byte ${at}`).toMatch(/^sync\.(?:block-invalid|root-mismatch|effects-mismatch)$/);
    }
  });

  test('is caught at a byte of a type, which might be of a newer program: what came before stays, and then the block as it is', async () => {
    const block = hub.blocks[5] as Uint8Array;
    const other = toBase64(altered(block, Buffer.from(block).indexOf(TYPE)));
    hub.lies.Blocks = (variables) => {
      const page = hub.page(variables);
      return { blocks: { blocks: page.map((text) => (text === toBase64(block) ? other : text)) } };
    };
    expect(await desk.catchUp(hub)).toBe('sync.signature-invalid');
    expect([await storedSize(), desk.replica.size, desk.replica.checkpoint]).toEqual([5, 5, undefined]);
    delete hub.lies.Blocks;
    expect(await desk.catchUp(hub)).toBe('caught up');
    expect([desk.replica.size, desk.replica.isOutdated]).toEqual([hub.blocks.length, false]);
  });

  test('is caught when two blocks changed places', async () => {
    expect(await sending(([a, b, ...rest]) => [b as string, a as string, ...rest])).toBe('sync.block-invalid');
    // Of different devices: each chain still holds, the order does not.
    const swapped = (page: string[]): string[] => [...page.slice(0, 5), page[6] as string, page[5] as string, ...page.slice(7)];
    expect(await sending(swapped)).toBe('sync.root-mismatch');
  });

  test('is caught when a block is missing or comes twice', async () => {
    expect(await sending((page) => page.toSpliced(3, 1))).toBe('sync.block-invalid');
    expect(await sending((page) => page.toSpliced(3, 0, page[2] as string))).toBe('sync.blocks-missing');
    expect(await sending((page) => page.toSpliced(3, 1, page[2] as string))).toBe('sync.block-invalid');
    expect(await sending(() => [])).toBe('sync.blocks-missing');
  });

  test('is caught when a block is of a device that no clinic has enrolled', async () => {
    const stranger = new TestDevice(south.chain, signingKeyFor('stranger'), bytesFor('stranger', 8));
    const [block] = recordBlocks(south, 'strange', 1, stranger);
    expect(await sending((page) => [...page.slice(0, -1), toBase64(block as Uint8Array)])).toBe('sync.block-invalid');
  });

  test('is caught when a block is too large to be one', async () => {
    expect(await sending((page) => [toBase64(new Uint8Array(MAX_BLOCK_BYTES + 1)), ...page.slice(1)])).toBe('sync.block-invalid');
  });
});

describe('a hub that signs what is not so', () => {
  beforeEach(() => hub.take(...recordBlocks(south, 'block', 6)));

  test('is caught at a wrong root', async () => {
    hub.lies.Checkpoint = () => ({ checkpoint: hub.note({ ...hub.head, root: bytesFor('another root') }) });
    expect(await refusal()).toBe('sync.root-mismatch');
  });

  test('is caught at a wrong root in the middle of a long download', async () => {
    hub.lies.Blocks = (variables) => ({ blocks: { blocks: hub.page({ ...variables, limit: 2 }) } });
    hub.lies.ConsistencyProof = async (variables) => {
      const [first = '', ...rest] = await hub.proof(variables);
      return { consistencyProof: [toBase64(bytesFor(first)), ...rest] };
    };
    expect(await refusal()).toBe('sync.root-mismatch');
  });

  test('is caught at effects that the rules do not come to', async () => {
    hub.lies.Checkpoint = () => ({ checkpoint: hub.note({ ...hub.head, effects: bytesFor('other effects') }) });
    expect(await refusal()).toBe('sync.effects-mismatch');
  });

  test('is not believed without the signature of the key that the genesis names', async () => {
    hub.lies.Checkpoint = () => ({
      checkpoint: hub.note().replace(/[A-Za-z0-9](?=[^\n]{8}\n$)/, (sign) => (sign === 'A' ? 'B' : 'A')),
    });
    expect(await refusal()).toMatch(/^ledger\./);
    const foreign = await ScriptedHub.open(foundRegion('elsewhere', [south]));
    expect(await desk.catchUp(foreign)).toBe('ledger.checkpoint-foreign');
    await foreign.close();
  });

  test('is caught showing less than it showed before', async () => {
    expect(await desk.catchUp(hub)).toBe('caught up');
    hub.lies.Checkpoint = async () => ({
      checkpoint: hub.note({ size: 4, root: await hub.rootAt(4), effects: bytesFor('old effects') }),
    });
    expect(await desk.catchUp(hub)).toBe('sync.rollback');
    expect(await storedSize()).toBe(6);
  });

  test('is caught showing two ledgers of one size', async () => {
    expect(await desk.catchUp(hub)).toBe('caught up');
    hub.lies.Checkpoint = () => ({ checkpoint: hub.note({ ...hub.head, root: bytesFor('the other face') }) });
    expect(await desk.catchUp(hub)).toBe('sync.split-view');
    hub.lies.Checkpoint = () => ({ checkpoint: hub.note({ ...hub.head, effects: bytesFor('the other face') }) });
    expect(await desk.catchUp(hub)).toBe('sync.split-view');
  });

  test('is caught when a longer ledger is not the old one continued', async () => {
    expect(await desk.catchUp(hub)).toBe('caught up');
    const otherSouth = foundClinic('South');
    const other = await ScriptedHub.open(hub.region);
    other.take(...recordBlocks(otherSouth, 'other history', 9));
    expect(await desk.catchUp(other)).toBe('sync.block-invalid');
    expect(await storedSize()).toBe(6);
    await other.close();
  });
});

describe('signatures before the audit', () => {
  const forged = (block: Uint8Array): Uint8Array => altered(block, block.length - 1);

  test("a device's newest block must be signed by it", async () => {
    const blocks = recordBlocks(south, 'block', 6);
    hub.take(...blocks.slice(0, 5), forged(blocks[5] as Uint8Array));
    expect(await refusal()).toBe('sync.signature-invalid');
  });

  test('each epoch of a device has a newest block of its own', async () => {
    const [block] = recordBlocks(south, 'old epoch', 1);
    const again = new TestDevice(south.chain, south.desk.key, bytesFor('second epoch', 8));
    hub.take(forged(block as Uint8Array), ...recordBlocks(south, 'new epoch', 2, again));
    expect(await refusal()).toBe('sync.signature-invalid');
  });

  test('a newest block is vouched for although the download was cut short behind it', async () => {
    const [block] = recordBlocks(south, 'cut', 1);
    hub.take(forged(block as Uint8Array), ...recordBlocks(east, 'cut', 9));
    hub.lies.Blocks = (variables) => (variables.from >= 6 ? null : { blocks: { blocks: hub.page({ ...variables, limit: 3 }) } });
    expect(await desk.catchUp(hub)).not.toBe('caught up');
    expect(await storedSize()).toBe(6);
    await desk.restart();
    delete hub.lies.Blocks;
    expect(await desk.catchUp(hub)).toBe('sync.signature-invalid');
    expect(desk.replica.checkpoint).toBeUndefined();
  });

  test('what was downloaded before it was cut short cannot be taken back', async () => {
    hub.take(...recordBlocks(south, 'cut', 9));
    hub.lies.Blocks = (variables) => (variables.from >= 6 ? null : { blocks: { blocks: hub.page({ ...variables, limit: 3 }) } });
    await desk.catchUp(hub);
    hub.lies.Checkpoint = async () => ({
      checkpoint: hub.note({ size: 4, root: await hub.rootAt(4), effects: bytesFor('old effects') }),
    });
    expect(await desk.catchUp(hub)).toBe('sync.rollback');
  });

  test('an act that releases keys must be signed by who does it', async () => {
    const device = signingKeyFor('another desk').publicKey;
    const encryptionKey = bytesFor('another desk encryption');
    const clinicSignature = sign(south.clinicKey, deviceMessage(south.chain, { device, encryptionKey }));
    const body = { device, encryptionKey, kind: 'workstation', clinicSignature };
    const honest = act(south, 'device.enrolled', body, { signer: south.administrator });
    const unsigned = { ...honest, signature: altered(honest.signature, 3) };
    const byNobody = act(
      south,
      'device.enrolled',
      { ...body, clinicSignature: altered(clinicSignature, 3) },
      { signer: south.administrator },
    );
    for (const event of [unsigned, byNobody]) {
      const lying = await ScriptedHub.open(hub.region);
      const writer = new TestDevice(south.chain, south.desk.key, bytesFor('enrolling', 8));
      lying.take(writer.write(event), writer.write(recordEvent(south, 'after it')));
      expect(await desk.catchUp(lying)).toBe('sync.signature-invalid');
      expect(await storedSize()).toBe(0);
      await lying.close();
    }
  });
});
