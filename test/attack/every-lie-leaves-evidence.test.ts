/**
 * Threats L1, L3, L4, L5, L6, C1: a malicious hub over mutual TLS tells each lie to a desk with the real engine. Each is caught by
 * its name and kept, and where liars have signed what they did, the file is judged by the command line with no data folder.
 */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sign } from '../../server/vault/primitives.ts';
import { verify } from '../../server/workstation/commands/verify.ts';
import { concat, toBase64 } from '../../shared/encoding/bytes.ts';
import { blockMessage } from '../../shared/ledger/block.ts';
import { deviceMessage } from '../../shared/ledger/enrolment-rules.ts';
import {
  act,
  admissionOf,
  bytesFor,
  foundClinic,
  foundRegion,
  MORNING,
  signingKeyFor,
  type TestClinic,
  TestDevice,
  type TestRegion,
} from '../support/ledger-builder.ts';
import { runProgram } from '../support/program-process.ts';
import { recordBlocks, recordEvent } from '../sync/test-desk.ts';
import { BookOfLies } from './book-of-lies.ts';
import { CaughtDesk, exported } from './caught-desk.ts';
import { History, MaliciousHub } from './malicious-hub.ts';

// A state root every eight blocks, so that a hub can lie about one.
vi.mock('../../shared/ledger/state-interval.ts', () => ({ STATE_INTERVAL: 8 }));

const book = new BookOfLies('a hub that lies');
let north: TestClinic;
let south: TestClinic;
let east: TestClinic;
let region: TestRegion;
let hub: MaliciousHub;
let desk: CaughtDesk;
let honest: Uint8Array[];

beforeEach(async () => {
  [north, south, east] = ['North', 'South', 'East'].map((label) => foundClinic(label)) as [TestClinic, TestClinic, TestClinic];
  region = foundRegion('lies', [north, south, east]);
  hub = await MaliciousHub.open(region);
  honest = [...recordBlocks(south, 'south', 3), ...recordBlocks(east, 'east', 2)];
  hub.history.take(...honest);
  desk = await CaughtDesk.open(hub, north);
  expect(await desk.round()).toBe('synced');
}, 60_000);
afterEach(async () => {
  await desk?.close();
  await hub?.close();
});

/** Other blocks by a device whose clinic helps the hub, or that was copied. */
const otherBlocks = (clinic: TestClinic, label: string, count: number): Uint8Array[] =>
  recordBlocks(clinic, label, count, new TestDevice(clinic.chain, clinic.desk.key, bytesFor(`${label} epoch`, 8)));
const staffAct = (clinic: TestClinic, label: string) =>
  act(clinic, 'staff.enrolled', { staff: signingKeyFor(label).publicKey, role: 'nurse' }, { signer: clinic.administrator });
const altered = (bytes: Uint8Array, at: number): Uint8Array => bytes.with(at, (bytes.at(at) as number) ^ 1);
/** `careledger verify FILE`: each kind once in a process of its own that knows nothing else, the rest in this one. */
const judge = async (kind: string, file: string) => {
  const { path, remove } = await exported(file);
  try {
    // The program in a process of its own has the real interval of state roots.
    if (kind === 'state' || judgedApart.has(kind)) return await judgeHere(path);
    judgedApart.add(kind);
    return await runProgram(['verify', path, '--json']);
  } finally {
    await remove();
  }
};
const judgedApart = new Set<string>();
async function judgeHere(path: string) {
  let out = '';
  await verify([path, '--json'], { out: (text) => (out += text), err: () => undefined });
  return { code: 0, out, err: '' };
}

interface Lie {
  readonly name: string;
  readonly tell: () => void;
  readonly code: string;
  /** Of the file; left out where nothing that was signed shows it. */
  readonly kind?: string;
  readonly shows?: RegExp;
}

const lies: Lie[] = [
  {
    name: 'a split view: another ledger of the same size',
    tell: () => {
      hub.history = new History(region, [...honest.slice(0, 3), ...otherBlocks(east, 'face', 2)]);
    },
    code: 'sync.split-view',
    kind: 'split-view',
    shows: /two different ledgers of 5 blocks/,
  },
  {
    name: 'a split view: a longer ledger that does not begin with ours',
    tell: () => {
      hub.history = new History(region, [...honest.slice(0, 3), ...otherBlocks(east, 'face', 4)]);
    },
    code: 'sync.split-view',
    kind: 'fork',
    shows: /ledger of 7 blocks that does not begin with the ledger of 5 blocks/,
  },
  {
    name: 'a split view: a shorter ledger that ours does not begin with',
    tell: () => {
      hub.history = new History(region, [honest[0] as Uint8Array, ...otherBlocks(east, 'face', 2)]);
    },
    code: 'sync.split-view',
    kind: 'fork',
  },
  {
    name: 'a rollback: the ledger cut short, and signed as the newest',
    tell: () => {
      hub.history = new History(region, honest.slice(0, 3));
    },
    code: 'sync.rollback',
    kind: 'rollback',
    shows: /shown its own checkpoint of 5 blocks and signed that its newest has 3/,
  },
  {
    name: 'a rollback by a hub that signs nothing more',
    tell: () => {
      hub.history = new History(region, honest.slice(0, 3));
      hub.lies.Newest = () => {
        throw new Error('no');
      };
    },
    code: 'sync.rollback',
  },
  {
    name: 'altered blocks that are not those it signed',
    tell: () => {
      hub.history.take(...recordBlocks(south, 'more', 2));
      hub.lies.Blocks = ({ from }) => ({
        blocks: { blocks: hub.history.blocks.slice(from).map((b) => toBase64(altered(b, 200))) },
      });
    },
    code: 'sync.block-invalid',
  },
  {
    name: 'blocks of one device in another order, signed so',
    tell: () => hub.history.insist(...recordBlocks(south, 'more', 2).reverse()),
    code: 'sync.block-invalid',
    kind: 'block',
    shows: /position 5 may not stand in any ledger.*height-gap/,
  },
  {
    name: 'a block twice, signed so',
    tell: () => hub.history.insist(honest[2] as Uint8Array),
    code: 'sync.block-invalid',
    kind: 'block',
    shows: /block-repeated/,
  },
  {
    name: 'a block of a clinic that nobody admitted',
    tell: () => hub.history.insist(...recordBlocks(foundClinic('Nowhere'), 'foreign', 1)),
    code: 'sync.block-invalid',
    kind: 'block',
    shows: /chain-unknown/,
  },
  {
    name: 'bytes that are no block',
    tell: () => hub.history.insist(new Uint8Array(300).fill(1)),
    code: 'sync.block-invalid',
    kind: 'block',
    shows: /its form is not that of a block/,
  },
  {
    name: 'two blocks of a device at one height, both let in',
    tell: () => {
      const { position } = south.desk;
      const [first] = recordBlocks(south, 'first', 1) as [Uint8Array];
      south.desk.position = position;
      hub.history.take(first).insist(...recordBlocks(south, 'second', 1));
    },
    code: 'sync.block-invalid',
    kind: 'block',
    shows: /ledger\.equivocation/,
  },
  {
    name: 'a block that its device has not signed',
    tell: () => {
      const block = recordBlocks(south, 'ghost', 1)[0] as Uint8Array;
      const content = block.subarray(0, -64);
      hub.history.take(concat(content, sign(signingKeyFor('impostor'), blockMessage(content))));
    },
    code: 'sync.signature-invalid',
    kind: 'block',
    shows: /its device has not signed it/,
  },
  {
    name: 'an act that its author has not signed, found by the audit behind',
    tell: () => {
      const signed = recordEvent(south, 'act');
      hub.history.take(
        south.desk.write({ ...signed, signature: altered(signed.signature, 9) }),
        ...recordBlocks(south, 'after', 1),
      );
    },
    code: 'sync.signature-invalid',
    kind: 'block',
    shows: /event 0 \(record\.put\) is not signed by its author/,
  },
  {
    name: 'a forged enrolment: a device that its clinic has not let in',
    tell: () => {
      const device = signingKeyFor('forged desk').publicKey;
      const encryptionKey = bytesFor('forged encryption');
      const message = deviceMessage(south.chain, { device, encryptionKey });
      const body = { device, encryptionKey, kind: 'workstation', clinicSignature: sign(signingKeyFor('thief'), message) };
      hub.history.take(south.desk.write(act(south, 'device.enrolled', body, { signer: south.administrator })));
    },
    code: 'sync.signature-invalid',
    kind: 'block',
    shows: /signature-invalid/,
  },
  {
    name: 'quorum packing: approvals of clinics that witness nothing',
    tell: () => {
      const joiner = foundClinic('Joiner');
      const accomplices = ['One', 'Two'].map((label) => foundClinic(label));
      const body = admissionOf(region.region, joiner, [south, ...accomplices]);
      hub.history.take(south.desk.write(act(south, 'chain.admitted', body, { signer: south.administrator })));
      hub.head = { ...hub.history.head, effects: bytesFor('as if they counted') };
    },
    code: 'sync.effects-mismatch',
    kind: 'effects',
    shows: /other effects at size 6/,
  },
  {
    name: 'quorum packing: one approval counted as many',
    tell: () => {
      const body = admissionOf(region.region, foundClinic('Joiner'), [south, south, south]);
      hub.history.take(south.desk.write(act(south, 'chain.admitted', body, { signer: south.administrator })));
      // An honest program refuses the admission; this hub signs effects in which it was accepted.
      hub.head = { ...hub.history.head, effects: bytesFor('as if it were accepted') };
    },
    code: 'sync.effects-mismatch',
    kind: 'effects',
    shows: /other effects at size 6/,
  },
  {
    name: 'another state',
    tell: () => {
      hub.history.take(...recordBlocks(south, 'more', 3));
      hub.head = { ...hub.history.head, state: { size: 8, root: bytesFor('another state') } };
    },
    code: 'sync.state-mismatch',
    kind: 'state',
    shows: /other state after 8 blocks/,
  },
];

describe.each(lies)('$name', ({ name, tell, code, kind, shows }) => {
  test('is caught, kept, shown to others, and stays over a restart', async () => {
    tell();
    expect(await desk.round()).toBe(code);
    const [row, ...others] = await desk.book();
    expect(others).toEqual([]);
    book.alarm(row, name);
    expect(row).toMatchObject({ code, stops: true, since: MORNING, provable: kind !== undefined, resolvedAt: null });
    expect(desk.engine.state.alarms).toMatchObject([{ code, stops: true }]);
    if (kind === undefined) expect(row?.file).toBeUndefined();
    else {
      const { code: exit, out, err } = await judge(kind, row?.file as string);
      expect(err).toBe('');
      expect(exit).toBe(0);
      const verdict = JSON.parse(out);
      expect(verdict).toMatchObject({ holds: true, kind, region: { name: 'Region lies' } });
      expect(verdict.accused[0].who).toBe('hub');
      if (shows) expect(verdict.shows).toMatch(shows);
    }
    await desk.restart();
    expect(desk.engine.state).toMatchObject({ connection: 'STOPPED', problem: { code } });
    const asked = hub.asked.length;
    expect(await desk.round()).toBe(code);
    expect(hub.asked.length, 'a hub that was caught is asked nothing').toBe(asked);
    // The desk stays usable: an act is saved, and waits.
    await desk.desk.ledger.commit({ events: [staffAct(north, 'while caught')] });
  }, 60_000);
});

book.isOnThePage();
