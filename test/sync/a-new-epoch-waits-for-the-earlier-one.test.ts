/** A device that went on in a new epoch while blocks of its earlier one wait: what it wrote last never comes to the ledger first. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadState } from '../../server/ledger/state-rows.store.ts';
import { carry } from '../../server/sync/bundle.ts';
import type { SyncEngine } from '../../server/sync/engine.ts';
import type { LocalWrite } from '../../server/sync/gateway.ts';
import { HubClient } from '../../server/sync/hub-client.ts';
import { pendingBlocks } from '../../server/sync/transfer.store.ts';
import { sign } from '../../server/vault/primitives.ts';
import { VerifyPool } from '../../server/vault/verify-pool.ts';
import { attestationMessage, grantKey, grantRow } from '../../shared/consent/consent-rules.ts';
import { equalBytes, fromBase64, toBase64, toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { startEpoch } from '../../shared/ledger/admission.ts';
import { blockHash, openBlock } from '../../shared/ledger/block.ts';
import { epochsKey, epochsRow } from '../../shared/ledger/epochs.ts';
import type { SignedEvent } from '../../shared/ledger/event.ts';
import { type Refusal, type SubmissionAnswer, signReceipt } from '../../shared/sync/submission.ts';
import { HubBench, sealedDocument } from '../hub/hub-bench.ts';
import { act, bytesFor, foundClinic, foundRegion, hash, MORNING, type TestClinic } from '../support/ledger-builder.ts';
import { openEngine } from './desk-engine.ts';
import { ScriptedHub } from './scripted-hub.ts';
import { TestDesk } from './test-desk.ts';

const HANDLE = bytesFor('handle', 16);

let north: TestClinic;
let south: TestClinic;
let bench: HubBench;
let device: { privateKey: string; certificate: string };
let desk: TestDesk;
let pool: VerifyPool;
let engine: SyncEngine;

beforeEach(async () => {
  [north, south] = [foundClinic('North'), foundClinic('South')];
  bench = await HubBench.open({ founder: north, others: [south] });
  device = await bench.certify(north.desk.key, { secret: bench.founderSecret, founding: north.founding.bytes });
  desk = await TestDesk.open(north, bench.region);
  pool = new VerifyPool();
  await start();
  await desk.ledger.commit(record('first'));
  await engine.once();
});
afterEach(async () => {
  await engine.stop();
  await pool.close();
  await desk.close();
  await bench.close();
});

async function start(): Promise<void> {
  engine = await openEngine(desk, {
    hub: { address: `https://localhost:${bench.port}`, trust: { authority: bench.authority, device } },
    pool,
  });
}

/** Power goes, and nothing outside of the folder proves any more that it knows all that was signed. */
async function cutPower(): Promise<void> {
  await engine.stop();
  desk.nextEpoch = bytesFor('later epoch', 8);
  desk.continuity.mark = undefined;
  await desk.restart();
  await start();
}

/** The same device from a copy of its folder, which came to the hub first. */
async function writeFromCopy(...events: SignedEvent[]): Promise<void> {
  const [result] = await bench.submit(bench.line(device), north.desk.write(...events));
  expect(result?.refusal).toBeNull();
}

const documents = new Map<string, ReturnType<typeof sealedDocument>>();
const documentOf = (label: string) => {
  const document = documents.get(label) ?? sealedDocument(label, HANDLE);
  documents.set(label, document);
  return document;
};
const bytesOf = (label: string): LocalWrite => {
  const { name, handle, upload } = documentOf(label);
  return { documents: [{ name, handle, sealed: fromBase64(upload.sealed), wrap: fromBase64(upload.wrap) }] };
};
const put = (label: string): SignedEvent => {
  const body = { record: bytesFor(label, 16), version: 1, previous: new Uint8Array(0), document: documentOf(label).name };
  return act(north, 'record.put', body, { handle: HANDLE, signer: north.administrator });
};
const record = (label: string): LocalWrite => ({
  ...bytesOf(label),
  events: [{ ...put(label), document: documentOf(label).name }],
});

const granted = (label: string): SignedEvent => {
  const grant = bytesFor(label, 16);
  const terms = { grant, recipient: south.chain, agreement: bytesFor('agreement') };
  const body = {
    ...{ ...terms, purpose: 'TREAT', starts: MORNING, ends: 0, wrap: bytesFor('wrap') },
    attestation: sign(north.clinicKey, attestationMessage(north.chain, HANDLE, terms)),
  };
  return act(north, 'consent.granted', body, { handle: HANDLE, signer: north.administrator });
};
const withdrawn = (label: string): SignedEvent =>
  act(north, 'consent.withdrawn', { grant: bytesFor(label, 16) }, { handle: HANDLE, signer: north.administrator });

const give = (label: string) => desk.ledger.commit({ events: [granted(label)] });
const withdraw = (label: string) => desk.ledger.commit({ events: [withdrawn(label)] });

/** What the ledger says of a consent. */
async function standing(label: string): Promise<'given' | 'withdrawn' | undefined> {
  const key = grantKey(toHex(bytesFor(label, 16)));
  const row = (await loadState(desk.database.read, [key])).get(key);
  return row && (decode(grantRow, row).withdrawn ? 'withdrawn' : 'given');
}
const whatFails = (): Promise<string | undefined> =>
  engine.once().then(
    () => undefined,
    (error) => error.code,
  );

test('a withdrawal that was written after a power cut waits with the consent that it ends, until the hub takes that', async () => {
  // Its document comes to the hub later, as that of an act which is written while a round sends.
  await desk.ledger.commit({ events: [put('late'), granted('consent')] });
  await cutPower();
  await withdraw('consent');
  expect(await whatFails()).toBe('hub.document-missing');
  expect(engine.state).toMatchObject({ hubSize: 1, pendingEvents: 3 });
  await desk.ledger.commit(bytesOf('late'));
  await engine.once();
  expect(engine.state).toMatchObject({ connection: 'UP_TO_DATE', replicaSize: 3, pendingEvents: 0, problem: undefined });
  expect(await standing('consent')).toBe('withdrawn');
  // The earlier epoch has not grown beside the later one, so nobody is told of a copy.
  expect(desk.ledger.isInUseTwice).toBe(false);
});

test('so it is with what another computer of the clinic carries to the hub', async () => {
  await desk.ledger.commit({ events: [put('late'), granted('consent')] });
  await cutPower();
  await withdraw('consent');
  const waiting = await pendingBlocks(desk.database.read, 10, 1_000_000);
  const content = { checkpoint: '', from: 0, blocks: [], pending: waiting.map(({ bytes }) => bytes) };
  const hub = new HubClient(`https://localhost:${bench.port}`, { authority: bench.authority, device });
  await expect(carry(hub, { ...content, documents: [] })).rejects.toMatchObject({ code: 'hub.document-missing' });
  await engine.once().catch(() => undefined);
  expect(engine.state.hubSize).toBe(1);
  const documents = (bytesOf('late').documents ?? []).map(({ handle, sealed, wrap }) => ({ handle, sealed, wrap }));
  expect(await carry(hub, { ...content, documents })).toBe(2);
  await engine.once();
  expect(await standing('consent')).toBe('withdrawn');
  hub.close();
});

test('what the hub refuses for good of an earlier epoch holds up no later one, and is still named', async () => {
  await engine.stop();
  await desk.close();
  const hub = await ScriptedHub.open(foundRegion('sync', [north, south]));
  const refused = north.desk.position.epoch;
  hub.lies.Messages = () => ({ messages: [] });
  hub.lies.Submit = ({ blocks }) => ({ submit: answered(hub, blocks, refused) });
  desk = await TestDesk.open(north, hub.region.region);
  engine = await openEngine(desk, { hub, pool });
  await desk.ledger.commit({ events: [put('never taken')] });
  await engine.stop();
  desk.nextEpoch = bytesFor('later epoch', 8);
  desk.continuity.mark = undefined;
  await desk.restart();
  engine = await openEngine(desk, { hub, pool });
  await desk.ledger.commit({ events: [put('after')] });
  for (let round = 0; round < 2; round++) {
    expect(await whatFails()).toBe('hub.argument');
    expect(hub.blocks).toHaveLength(1);
  }
  expect(engine.state.pendingEvents).toBe(1);
  await hub.close();
});

/** Takes blocks, but none of one epoch, for good. */
function answered(hub: ScriptedHub, blocks: readonly string[], refused: Uint8Array): SubmissionAnswer {
  const receipts: string[] = [];
  const refusals: Refusal[] = [];
  for (const [at, text] of blocks.entries()) {
    const sealed = fromBase64(text);
    const { device: author, epoch, height } = openBlock(sealed).block;
    if (equalBytes(epoch, refused)) {
      refusals.push({ at, code: 'hub.argument', message: 'Never.', retry: false });
      continue;
    }
    const place = { region: hub.region.region.id, block: blockHash(hash, sealed), index: hub.blocks.length, time: MORNING };
    hub.take(sealed);
    receipts.push(
      toBase64(signReceipt({ device: author, epoch, height, ...place }, (message) => sign(hub.region.hubKey, message))),
    );
  }
  return { receipts, refusals };
}

test('acts of an earlier epoch that an administrator has retired go into the newest one, before those that stand on them', async () => {
  const { epoch, previous: head } = desk.ledger.next;
  await give('consent');
  await cutPower();
  await withdraw('consent');
  north.desk.position = startEpoch(bytesFor('copy', 8), head);
  const retired = { device: north.desk.key.publicKey, epoch, height: 0, head };
  await writeFromCopy(act(north, 'epoch.retired', retired, { signer: north.administrator }));
  desk.nextEpoch = bytesFor('newest epoch', 8);
  await engine.once();
  expect(engine.state).toMatchObject({ connection: 'UP_TO_DATE', pendingEvents: 0, problem: undefined });
  const key = epochsKey(north.desk.id);
  const row = (await loadState(desk.database.read, [key])).get(key) as Uint8Array;
  expect(decode(epochsRow, row).retired).toEqual([{ epoch, height: 0 }]);
  expect(await standing('consent')).toBe('withdrawn');
});

test('acts whose heights a copy has taken move on with those that stand on them', async () => {
  const { epoch, height, previous } = desk.ledger.next;
  await give('consent');
  await cutPower();
  await withdraw('consent');
  north.desk.position = { epoch, height, previous };
  await writeFromCopy(granted('of the copy'));
  desk.nextEpoch = bytesFor('newest epoch', 8);
  await engine.once();
  expect(engine.state).toMatchObject({ connection: 'UP_TO_DATE', pendingEvents: 0, problem: undefined });
  expect([await standing('of the copy'), await standing('consent')]).toEqual(['given', 'withdrawn']);
});
