/** What a desk brings to the hub for another one of its clinic: block after block, however often the hub says that it takes one later. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HubClient } from '../../server/sync/hub-client.ts';
import { pendingBlocks } from '../../server/sync/transfer.store.ts';
import { sendWaiting } from '../../server/sync/transfer.ts';
import { sign, verifySignature as verify } from '../../server/vault/primitives.ts';
import { equalBytes, fromBase64, toBase64, toHex } from '../../shared/encoding/bytes.ts';
import { startEpoch } from '../../shared/ledger/admission.ts';
import { blockHash, openBlock } from '../../shared/ledger/block.ts';
import { type Refusal, type SubmissionAnswer, signReceipt } from '../../shared/sync/submission.ts';
import {
  bytesFor,
  foundClinic,
  foundRegion,
  hash,
  MORNING,
  signingKeyFor,
  type TestClinic,
  TestDevice,
} from '../support/ledger-builder.ts';
import { ScriptedHub } from './scripted-hub.ts';
import { recordBlocks, recordEvent, TestDesk } from './test-desk.ts';

let north: TestClinic;
let hub: ScriptedHub;
let desk: TestDesk;
let client: HubClient;
let submitted: string[];

beforeEach(async () => {
  north = foundClinic('North');
  hub = await ScriptedHub.open(foundRegion('sync', [north]));
  desk = await TestDesk.open(north, hub.region.region);
  client = new HubClient(hub.address, hub.trust);
  submitted = [];
});
afterEach(async () => {
  client.close();
  await desk.close();
  await hub.close();
});

/** As a hub judges it: the first block it takes later, those behind it in its epoch have a gap before them, and the next epoch has none. */
function answered(blocks: readonly string[], later?: Uint8Array, why = 'hub.keys-changing'): SubmissionAnswer {
  const receipts: string[] = [];
  const refusals: Refusal[] = [];
  for (const [at, text] of blocks.entries()) {
    const sealed = fromBase64(text);
    const { device, epoch, height } = openBlock(sealed).block;
    if (later && equalBytes(epoch, later)) {
      const isFirst = height === 0;
      refusals.push({ at, code: isFirst ? why : 'ledger.height-gap', message: 'Not now.', retry: isFirst });
      continue;
    }
    submitted.push(toHex(blockHash(hash, sealed)));
    const place = { region: hub.region.region.id, block: blockHash(hash, sealed), index: submitted.length - 1, time: MORNING };
    receipts.push(toBase64(signReceipt({ device, epoch, height, ...place }, (message) => sign(hub.region.hubKey, message))));
  }
  return { receipts, refusals };
}

/** An act of this desk; gives the names of its blocks, hexadecimal. */
async function written(): Promise<string[]> {
  await desk.ledger.commit({ events: [recordEvent(north, 'own')] });
  return (await pendingBlocks(desk.database.read, 10, 1_000_000)).map(({ hash: name }) => toHex(name));
}

test('a block that the hub takes later holds back what its desk wrote behind it, in this epoch and the next, and what was written here since', async () => {
  const other = new TestDevice(north.chain, signingKeyFor('other desk'), bytesFor('other epoch', 8));
  const earlier = recordBlocks(north, 'earlier', 2, other);
  const { epoch, previous } = other.position;
  other.position = startEpoch(bytesFor('later epoch', 8), previous);
  const blocks = [...earlier, ...recordBlocks(north, 'later', 1, other)];
  const brought = blocks.map((bytes, at) => ({ sequence: at + 1, opened: desk.ledger.open(bytes), bytes, documents: [] }));
  await desk.ledger.takeClinicBlocks(brought, [], async () => undefined);
  const { database } = desk;
  const transfer = { database, region: hub.region.region, hash, verify, forwards: () => MORNING + 60_000 };
  const own = await written();
  hub.lies.Submit = (asked) => ({ submit: answered(asked.blocks, epoch) });
  await expect(sendWaiting(transfer, client)).rejects.toMatchObject({ code: 'hub.keys-changing', retry: true });
  expect(submitted).toEqual([]);
  hub.lies.Submit = (asked) => ({ submit: answered(asked.blocks) });
  await sendWaiting(transfer, client);
  expect(submitted).toEqual([...blocks.map((sealed) => toHex(blockHash(hash, sealed))), ...own]);
});

test('what was written here does not wait for a document that only another desk has, as that one may never come back', async () => {
  const other = new TestDevice(north.chain, signingKeyFor('other desk'), bytesFor('other epoch', 8));
  const { epoch } = other.position;
  const blocks = recordBlocks(north, 'earlier', 1, other);
  const brought = blocks.map((bytes) => ({ sequence: 1, opened: desk.ledger.open(bytes), bytes, documents: [] }));
  await desk.ledger.takeClinicBlocks(brought, [], async () => undefined);
  const own = await written();
  hub.lies.Submit = (asked) => ({ submit: answered(asked.blocks, epoch, 'hub.document-missing') });
  await sendWaiting({ database: desk.database, region: hub.region.region, hash, verify }, client);
  expect(submitted).toEqual(own);
});
