/**
 * Threat D2: an act that waits for the hub is altered on the disk. What its name or signature still tells is put right; the rest is named,
 * kept as evidence, and holds up nothing: the desk opens, asks the ledger first, and signs everything else anew in its order.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listOverlaid } from '../../server/sync/own-acts/pending.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { blockHash, openBlock } from '../../shared/ledger/block.ts';
import { BookOfLies } from '../attack/book-of-lies.ts';
import { CaughtDesk } from '../attack/caught-desk.ts';
import { History, MaliciousHub } from '../attack/malicious-hub.ts';
import { bytesFor, foundClinic, foundRegion, hash, type TestClinic } from '../support/ledger-builder.ts';
import { recordEvent } from './test-desk.ts';

const clinics = ['North', 'South', 'East'].map((label) => foundClinic(label));
const [north] = clinics as [TestClinic];
const region = foundRegion('altered', clinics);
const book = new BookOfLies('a disk that alters what waits');
let hub: MaliciousHub;
let epochs = 0;

beforeAll(async () => {
  hub = await MaliciousHub.open(region);
}, 60_000);
afterAll(() => hub?.close());

const LABELS = ['first', 'second', 'third'];
const actOf = (label: string) => {
  const { event, signature } = recordEvent(north, label);
  return { event, signature };
};

/** A desk in step with its hub, with acts that wait, one each. */
async function waiting(labels = LABELS): Promise<CaughtDesk> {
  hub.history = new History(region);
  delete hub.lies.Submit;
  const desk = await CaughtDesk.open(hub, north);
  desk.desk.nextEpoch = bytesFor(`epoch ${epochs++}`, 8);
  await desk.desk.ledger.commit({ events: [actOf('before')] });
  expect(await desk.round()).toBe('synced');
  for (const label of labels) await desk.desk.ledger.commit({ events: [actOf(label)] });
  return desk;
}

type Column = 'bytes' | 'hash';

/** Turns bytes of the act at `place` of those that wait, as a failing disk does, and starts the program anew. */
async function turnAndRestart(desk: CaughtDesk, place: number, column: Column, at: readonly number[], by = 0x5a): Promise<void> {
  await turn(desk, place, column, at, by);
  desk.desk.nextEpoch = bytesFor(`epoch ${epochs++}`, 8);
  await desk.restart();
}

async function turn({ desk }: CaughtDesk, place: number, column: Column, at: readonly number[], by: number): Promise<void> {
  const row = await desk.database.read.get<{ sequence: number; bytes: Buffer; hash: Buffer }>(
    'SELECT sequence, bytes, hash FROM own_block WHERE position IS NULL ORDER BY sequence LIMIT 1 OFFSET ?',
    [place],
  );
  const value = Buffer.from(row?.[column] as Buffer);
  for (const byte of at) value[byte] = (value[byte] as number) ^ by;
  const sql = `UPDATE own_block SET ${column} = ? WHERE sequence = ?`;
  await desk.database.write((transaction) => transaction.run(sql, [value, row?.sequence as number]));
}

const records = async ({ desk }: CaughtDesk): Promise<number> => (await listOverlaid(desk.database.read, 'record/')).length;
/** Which of these acts the hub's ledger has, in its order, and how often. */
const atHub = (labels: readonly string[]): string[] =>
  hub.history.blocks.flatMap((sealed) =>
    openBlock(sealed).block.events.flatMap(({ event }) =>
      labels.filter((label) => Buffer.from(actOf(label).event).equals(Buffer.from(event))),
    ),
  );
const names = (): string[] => hub.history.blocks.map((sealed) => toHex(blockHash(hash, sealed)));
const TWO = [80, 300];

test('the desk opens, names the act, and everything else reaches the ledger in its order, in a new epoch', async () => {
  const desk = await waiting();
  const before = await records(desk);
  await turnAndRestart(desk, 1, 'bytes', TWO);
  expect(await records(desk)).toBe(before - 1);
  book.alarm((await desk.book())[0]);
  expect(await desk.book()).toMatchObject([
    { code: 'storage.act-altered', stops: false, message: expect.stringMatching(/written here at \S+Z \(.+\) was altered/) },
  ]);
  await desk.desk.ledger.commit({ events: [actOf('fourth')] });
  expect(await desk.round()).toBe('synced');
  expect(atHub([...LABELS, 'fourth'])).toEqual(['first', 'third', 'fourth']);
  expect(await desk.desk.database.read.get('SELECT count(*) AS count, max(length(bytes)) > 0 AS kept FROM altered_act')).toEqual({
    count: 1,
    kept: 1,
  });
  expect(desk.desk.ledger.newEpoch).toMatchObject({ why: 'act-altered' });
  await desk.desk.ledger.commit({ events: [actOf('fifth')] });
  expect(await desk.round()).toBe('synced');
  expect(atHub(['fifth'])).toEqual(['fifth']);
  expect(await desk.book()).toMatchObject([{ code: 'storage.act-altered', resolvedAt: null }]);
  await desk.close();
});

test('an act that the hub had taken comes back from the ledger, and nothing is signed twice', async () => {
  const desk = await waiting();
  // The hub takes them, and its answer never comes.
  hub.lies.Submit = ({ blocks }) => {
    for (const text of blocks) hub.history.take(Buffer.from(text, 'base64'));
    throw new Error('the line went dead');
  };
  expect(await desk.round()).not.toBe('synced');
  delete hub.lies.Submit;
  await turnAndRestart(desk, 1, 'bytes', TWO);
  expect(await desk.round()).toBe('synced');
  expect(atHub(LABELS)).toEqual(LABELS);
  expect(await desk.book()).toMatchObject([{ code: 'storage.act-altered', resolvedBy: '' }]);
  expect(await desk.desk.database.read.all('SELECT hash FROM altered_act')).toEqual([]);
  await desk.close();
});

test.for([
  ['a byte of it', 'bytes', [300]],
  ['a bit of its form', 'bytes', [1]],
  ['its name', 'hash', [3, 9]],
] as const)('%s: it is put right, and the hub gets what was signed', async ([, column, at]) => {
  const desk = await waiting();
  await turnAndRestart(desk, 1, column, at, column === 'bytes' && at[0] === 1 ? 1 : 0x5a);
  expect(await desk.book()).toMatchObject([{ code: 'storage.act-mended', stops: false }]);
  book.alarm((await desk.book())[0]);
  expect(await desk.round()).toBe('synced');
  expect(atHub(LABELS)).toEqual(LABELS);
  expect(desk.desk.ledger.newEpoch).toBeUndefined();
  await desk.close();
});

test('a bit of one act in a block of many, as of an import: all of them reach the hub as they were signed', async () => {
  const many = Array.from({ length: 80 }, (_, at) => `imported ${at}`);
  const desk = await waiting([]);
  await desk.desk.ledger.commit({ events: many.map(actOf) });
  const { length } = (await desk.desk.database.read.get<{ length: number }>(
    'SELECT length(bytes) AS length FROM own_block WHERE position IS NULL',
  )) ?? { length: 0 };
  expect(length).toBeGreaterThan(12_000);
  await turnAndRestart(desk, 0, 'bytes', [length >> 1], 4);
  expect(await desk.book()).toMatchObject([{ code: 'storage.act-mended', stops: false }]);
  expect(await desk.round()).toBe('synced');
  expect(atHub(many)).toEqual(many);
  await desk.close();
});

test('the only act that waits: the next one begins a new epoch, also after a start in between', async () => {
  const desk = await waiting(['alone']);
  await turnAndRestart(desk, 0, 'bytes', TWO);
  expect(await desk.round()).toBe('synced');
  await desk.restart();
  expect(desk.desk.ledger.newEpoch).toMatchObject({ why: 'act-altered' });
  await desk.desk.ledger.commit({ events: [actOf('next')] });
  expect(await desk.round()).toBe('synced');
  expect(atHub(['alone', 'next'])).toEqual(['next']);
  await desk.close();
});

test('altered while the desk runs: found at sending, and the same round goes on without it', async () => {
  const desk = await waiting();
  desk.desk.nextEpoch = bytesFor(`epoch ${epochs++}`, 8);
  await turn(desk, 0, 'bytes', TWO, 0x5a);
  expect(await desk.round()).toBe('synced');
  expect(atHub(LABELS)).toEqual(['second', 'third']);
  expect(names()).toHaveLength(new Set(names()).size);
  await desk.close();
});

book.isOnThePage();
