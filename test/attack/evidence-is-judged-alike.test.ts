/** Threats L4, L5, C1: what needs no stop is alarmed, witnesses and devices are accused too, and an altered file shows nothing. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { judgeEvidence } from '../../server/sync/evidence/judge-evidence.ts';
import { verifySignature } from '../../server/vault/primitives.ts';
import { verify } from '../../server/workstation/commands/verify.ts';
import { fromBase64, toBase64 } from '../../shared/encoding/bytes.ts';
import { type DeviceReport, decodeReport } from '../../shared/sync/device-report.ts';
import { type Evidence, makeEvidence, readEvidence, writeEvidence } from '../../shared/sync/evidence.ts';
import { FROZEN_CONNECTED_MS, FROZEN_OFFLINE_MS } from '../../shared/sync/freeze.ts';
import {
  act,
  bytesFor,
  checkpointOf,
  cosign,
  everyRule,
  foundClinic,
  foundRegion,
  hash,
  MORNING,
  signingKeyFor,
  type TestClinic,
  TestDevice,
  type TestRegion,
} from '../support/ledger-builder.ts';
import { recordBlocks } from '../sync/test-desk.ts';
import { BookOfLies } from './book-of-lies.ts';
import { CaughtDesk, exported } from './caught-desk.ts';
import { History, MaliciousHub } from './malicious-hub.ts';

const tools = { hash, verify: verifySignature, rules: everyRule };
const book = new BookOfLies('what does not stop syncing, and what a witness did');
let north: TestClinic;
let south: TestClinic;
let east: TestClinic;
let region: TestRegion;
let hub: MaliciousHub;
let desk: CaughtDesk;

beforeEach(async () => {
  [north, south, east] = ['North', 'South', 'East'].map((label) => foundClinic(label)) as [TestClinic, TestClinic, TestClinic];
  region = foundRegion('lies', [north, south, east]);
  hub = await MaliciousHub.open(region);
  hub.history.take(...recordBlocks(south, 'south', 3));
  witnessed(MORNING);
  desk = await CaughtDesk.open(hub, north);
  expect(await desk.round()).toBe('synced');
}, 60_000);
afterEach(async () => {
  await desk?.close();
  await hub?.close();
});

/** What the desk tells the hub of itself from here on. */
function reports(): DeviceReport[] {
  const heard: DeviceReport[] = [];
  hub.lies.Report = (said) => {
    heard.push(decodeReport(fromBase64((said as unknown as { report: string }).report)));
    return { report: { quarantined: false, rebaseline: 0 } };
  };
  return heard;
}

/** South and East put their lines under what the hub shows. */
function witnessed(at: number): void {
  const note = checkpointOf(region, hub.history.head).note;
  hub.lines = [south, east].map((clinic) => cosign(clinic, note, Math.floor(at / 1000)));
}
const write = (label: string) =>
  desk.desk.ledger.commit({
    events: [
      act(north, 'staff.enrolled', { staff: signingKeyFor(label).publicKey, role: 'nurse' }, { signer: north.administrator }),
    ],
  });
const pending = async (): Promise<number> => {
  await desk.engine.once().catch(() => undefined);
  return desk.engine.state.pendingEvents;
};

describe('without stopping', () => {
  test('blocks that were acknowledged by one receipt and left out: proven, told once, and sent again', async () => {
    hub.onSubmit = () => undefined;
    await write('withheld');
    await write('withheld with it');
    expect(await desk.round()).toBe('synced');
    const [row, ...further] = await desk.book();
    book.alarm(row);
    expect(row).toMatchObject({ code: 'sync.block-withheld', stops: false, provable: true });
    expect(further).toEqual([]);
    const verdict = await judgeEvidence(tools, readEvidence(row?.file as string));
    expect(verdict).toMatchObject({ kind: 'withheld', accused: [{ who: 'hub' }] });
    expect(verdict.shows).toMatch(/acknowledged block .* at position 3.*newest checkpoint has 3 blocks/);
    hub.onSubmit = (block) => hub.history.take(block);
    expect(await pending()).toBe(0);
    expect(hub.history.blocks.length).toBe(5);
  });

  test('another block at the place that was given away: proven beside the receipt', async () => {
    const [stolen] = recordBlocks(south, 'in its place', 1) as [Uint8Array];
    hub.onSubmit = () => {
      hub.history.take(stolen);
      hub.onSubmit = (block) => hub.history.take(block);
    };
    await write('replaced');
    expect(await desk.round()).toBe('synced');
    const [row] = await desk.book();
    book.alarm(row);
    expect(row).toMatchObject({ code: 'sync.block-withheld', stops: false, provable: true });
    const verdict = await judgeEvidence(tools, readEvidence(row?.file as string));
    expect(verdict).toMatchObject({ kind: 'replaced', accused: [{ who: 'hub' }] });
  });

  test('a hub that will not say how far it is leaves the act pending and no false accusation', async () => {
    hub.onSubmit = () => undefined;
    hub.lies.Newest = () => {
      throw new Error('no');
    };
    await write('silent');
    expect(await desk.round()).toBe('synced');
    expect(await desk.book()).toEqual([]);
  });

  test('a ledger that stands still is an alarm after ten minutes, and over when a witness speaks again', async () => {
    desk.now = MORNING + FROZEN_CONNECTED_MS;
    expect(await desk.round()).toBe('synced');
    expect(desk.engine.state.alarms).toEqual([]);
    desk.now += 1;
    expect(await desk.round()).toBe('synced');
    book.alarm(desk.engine.state.alarms[0]);
    expect(desk.engine.state).toMatchObject({ connection: 'UP_TO_DATE', alarms: [{ code: 'sync.frozen', stops: false }] });
    witnessed(desk.now);
    expect(await desk.round()).toBe('synced');
    expect(desk.engine.state.alarms).toEqual([]);
    expect(await desk.book()).toMatchObject([{ code: 'sync.frozen', resolvedAt: desk.now, resolvedBy: '', provable: false }]);
  });

  test('offline it is one only after a day', async () => {
    await hub.close();
    desk.now = MORNING + FROZEN_OFFLINE_MS + 1;
    desk.engine.start();
    await expect.poll(() => desk.engine.state.alarms.map(({ code }) => code), { timeout: 20_000 }).toEqual(['sync.frozen']);
  });

  test('two blocks of a device at one height reach every clinic; the owner is told that its data was copied', async () => {
    const copied = (clinic: TestClinic, label: string) =>
      recordBlocks(clinic, label, 1, new TestDevice(clinic.chain, clinic.desk.key, bytesFor('one epoch', 8)))[0] as Uint8Array;
    const pairs = [south, north].map((clinic) => [copied(clinic, 'a'), copied(clinic, 'b')]);
    hub.lies.Equivocations = ({ after }) => ({
      equivocations: pairs
        .map((blocks, at) => ({ sequence: at + 1, blocks: blocks.map(toBase64) }))
        .filter(({ sequence }) => sequence > after),
    });
    desk.now += 60_000;
    expect(await desk.round()).toBe('synced');
    const rows = await desk.book();
    for (const row of rows) book.alarm(row);
    expect(rows.map(({ code, about }) => [code, about])).toEqual([
      ['sync.own-equivocation', north.desk.id],
      ['sync.equivocation', south.desk.id],
    ]);
    for (const { file, about } of rows)
      expect((await judgeEvidence(tools, readEvidence(file as string))).accused).toEqual([{ who: 'device', id: about }]);
  });

  test('a hub cannot accuse a device with blocks that it made up', async () => {
    const one = recordBlocks(south, 'one', 1)[0] as Uint8Array;
    const forged = one.with(130, (one[130] as number) ^ 1);
    for (const blocks of [[one, one], [one, forged], [one, hub.history.blocks[0] as Uint8Array], [one], []]) {
      hub.lies.Equivocations = () => ({ equivocations: [{ sequence: 1, blocks: blocks.map(toBase64) }] });
      desk.now += 60_000;
      expect(await desk.round()).toBe('synced');
      expect(await desk.book()).toEqual([]);
    }
  });
});

test('an alarm that was seen says so; after a person answers for it syncing goes on, and a hub that lies again is caught again', async () => {
  const truth = hub.history;
  hub.history = new History(region, truth.blocks.slice(0, 2));
  expect(await desk.round()).toBe('sync.rollback');
  const [row] = await desk.book();
  await desk.engine.acknowledge(row?.id as number, 'ana');
  await desk.engine.acknowledge(row?.id as number, 'ben');
  expect(desk.engine.state.alarms).toMatchObject([{ acknowledgedBy: 'ana', acknowledgedAt: MORNING }]);
  hub.history = truth;
  await desk.engine.resume('ana');
  await expect.poll(() => desk.engine.state.connection, { timeout: 20_000 }).toBe('UP_TO_DATE');
  expect(await desk.book()).toMatchObject([{ code: 'sync.rollback', resolvedBy: 'ana', provable: true }]);
  hub.history = new History(region, truth.blocks.slice(0, 2));
  desk.engine.wake();
  await expect.poll(() => desk.engine.state.connection, { timeout: 20_000 }).toBe('STOPPED');
  expect(await desk.book()).toHaveLength(2);
}, 60_000);

test('a witness that cosigned both faces is accused beside the hub', async () => {
  const other = new History(region, recordBlocks(foundClinic('South'), 'other face', 3));
  const note = checkpointOf(region, other.head).note;
  hub.history = other;
  hub.lines = [south, east].map((clinic) => cosign(clinic, note));
  expect(await desk.round()).toBe('sync.split-view');
  const [row] = await desk.book();
  book.alarm(row);
  const verdict = await judgeEvidence(tools, readEvidence(row?.file as string));
  const witnesses = verdict.accused.filter(({ who }) => who === 'witness').map(({ id }) => id);
  expect(new Set(witnesses)).toEqual(new Set([south.id, east.id]));
  expect(verdict.shows).toMatch(/2 of the witnesses cosigned both/);
});

test('a later line on the same ledger is no second face', async () => {
  witnessed(MORNING + 300_000);
  expect(await desk.round()).toBe('synced');
  expect(await desk.book()).toEqual([]);
});

describe('a file of evidence', () => {
  const files = async (): Promise<string[]> => {
    const genesis = toBase64(region.region.bytes);
    const { history } = hub;
    const other = new History(region, recordBlocks(foundClinic('South'), 'other', 3));
    const notes = [history, other].map(({ head }) => checkpointOf(region, head).note).sort();
    hub.history = new History(region, history.blocks.slice(0, 2));
    await desk.round();
    const [rollback] = await desk.book();
    const wrong = { ...history.head, effects: bytesFor('wrong') };
    const effects = makeEvidence('effects', {
      genesis,
      checkpoint: checkpointOf(region, wrong).note,
      from: 0,
      blocks: history.blocks.map(toBase64),
    });
    const pair = ['a', 'b'].map((label) =>
      recordBlocks(south, label, 1, new TestDevice(south.chain, south.desk.key, bytesFor('one epoch', 8))),
    );
    const blocks = pair.flat().map(toBase64);
    const equivocation = [blocks, blocks.toReversed()].map((each) =>
      makeEvidence('equivocation', { blocks: each as [string, string] }),
    );
    const split = makeEvidence('split-view', { genesis, checkpoints: notes as [string, string] });
    return [split, effects, ...equivocation].map(writeEvidence).concat(rollback?.file as string);
  };

  test('shows nothing any more when any byte of it is another, whatever the kind', async () => {
    const holding: string[] = [];
    for (const file of await files()) {
      const holds = await judgeEvidence(tools, readEvidence(file)).then(
        () => true,
        () => false,
      );
      if (holds) holding.push(file);
    }
    // Of the two orders of two blocks exactly one is evidence.
    expect(holding).toHaveLength(4);
    const positions = fc.tuple(fc.constantFrom(...holding), fc.nat(), fc.integer({ min: 1, max: 255 }));
    await fc.assert(
      fc.asyncProperty(positions, async ([file, at, change]) => {
        const bytes = Buffer.from(file);
        const place = at % bytes.length;
        bytes[place] = (bytes[place] as number) ^ change;
        const text = bytes.toString('utf8');
        await expect((async () => judgeEvidence(tools, readEvidence(text)))()).rejects.toMatchObject({
          code: expect.any(String),
        });
      }),
      { numRuns: 600 },
    );
  }, 120_000);

  test('has one text: other spaces, orders, fields or kinds are refused by name', async () => {
    const [file] = (await files()) as [string];
    const value = JSON.parse(file) as Evidence;
    const reordered = Object.fromEntries(Object.entries(value).reverse());
    const texts = [
      JSON.stringify(value),
      `${file} `,
      `${JSON.stringify(reordered, null, 1)}\n`,
      `${JSON.stringify({ ...value, more: 1 }, null, 1)}\n`,
      file.replace('"split-view"', '"__proto__"'),
      file.replace('"split-view"', '"unheard-of"'),
      file.slice(0, -10),
      'null',
      '[]',
      '',
    ];
    for (const text of texts) expect(() => readEvidence(text)).toThrow(expect.objectContaining({ code: 'evidence.malformed' }));
    expect(readEvidence(file)).toEqual(value);
  });

  test('about an honest hub shows no lie', async () => {
    const genesis = toBase64(region.region.bytes);
    const checkpoint = checkpointOf(region, hub.history.head).note;
    const blocks = hub.history.blocks.map(toBase64);
    const honest: Evidence[] = [
      makeEvidence('split-view', { genesis, checkpoints: [checkpoint, checkpoint] }),
      makeEvidence('effects', { genesis, checkpoint, from: 0, blocks }),
      makeEvidence('effects', { genesis, checkpoint, from: 0, blocks: blocks.slice(1) }),
      makeEvidence('state', { genesis, checkpoint, from: 0, blocks }),
    ];
    for (const evidence of honest)
      await expect(judgeEvidence(tools, evidence)).rejects.toMatchObject({ code: 'evidence.shows-nothing' });
  });

  test('that rests on blocks of the ledger is judged beside a replica, and says so without one', async () => {
    const wrong = new History(region, hub.history.blocks).take(...recordBlocks(south, 'more', 1));
    const evidence = makeEvidence('effects', {
      genesis: toBase64(region.region.bytes),
      checkpoint: checkpointOf(region, { ...wrong.head, effects: bytesFor('wrong') }).note,
      from: 3,
      blocks: [toBase64(wrong.blocks[3] as Uint8Array)],
    });
    await expect(judgeEvidence(tools, evidence)).rejects.toMatchObject({ code: 'evidence.needs-replica' });
    const replica = async (from: number, limit: number) => hub.history.blocks.slice(from, from + limit);
    expect(await judgeEvidence(tools, evidence, replica)).toMatchObject({ kind: 'effects' });
    const elsewhere = new History(region, recordBlocks(foundClinic('South'), 'elsewhere', 3));
    await expect(judgeEvidence(tools, evidence, async (from) => elsewhere.blocks.slice(from))).rejects.toMatchObject({
      code: expect.stringMatching(/^evidence\.(?:replica-elsewhere|shows-nothing)$/),
    });
  });

  test('is told to a person in words by the command line', async () => {
    const [file] = (await files()) as [string];
    const { path, remove } = await exported(file);
    let out = '';
    await verify([path], { out: (text) => (out += text), err: () => undefined });
    expect(out).toContain('This evidence holds. The hub signed two different ledgers of 3 blocks.');
    expect(out).toContain(`It accuses the hub with the key ${Buffer.from(region.hubKey.publicKey).toString('hex')}.`);
    expect(out).toContain('Compare the region id');
    await remove();
  });
});

test('a desk that has stopped goes on telling its hub so, a new start included, for an honest one to hear; what was seen and stops nothing is told no longer', async () => {
  const blocks = ['a', 'b'].map(
    (label) =>
      recordBlocks(south, label, 1, new TestDevice(south.chain, south.desk.key, bytesFor('one epoch', 8)))[0] as Uint8Array,
  );
  const heard = reports();
  hub.lies.Equivocations = () => ({ equivocations: [{ sequence: 1, blocks: blocks.map(toBase64) }] });
  desk.now += 60_000;
  expect(await desk.round()).toBe('synced');
  expect(heard.at(-1)?.alarms).toEqual(['equivocation']);
  const [row] = await desk.book();
  await desk.engine.acknowledge(row?.id as number, 'ana');
  expect(await desk.round()).toBe('synced');
  expect(heard.at(-1)?.alarms).toEqual([]);

  const truth = hub.history;
  hub.history = new History(region, truth.blocks.slice(0, 2));
  expect(await desk.round()).toBe('sync.rollback');
  hub.history = truth;
  await desk.restart();
  const honest = reports();
  const asked = hub.asked.length;
  desk.engine.start();
  await expect.poll(() => honest.at(-1), { timeout: 60_000 }).toMatchObject({ problem: 'caught', alarms: ['rollback'] });
  expect(new Set(hub.asked.slice(asked).map(({ operation }) => operation))).toEqual(new Set(['Report']));
});

book.isOnThePage();
