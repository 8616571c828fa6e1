import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readHead } from '../../server/ledger/ledger.store.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { encode, u8 } from '../../shared/encoding/codec.ts';
import { blockHash } from '../../shared/ledger/block.ts';
import { encodeEvent, type SignedEvent } from '../../shared/ledger/event.ts';
import { firstPolicy, type Policy, type PolicyType } from '../../shared/ledger/policy.ts';
import { accepted, type EventRule, Rules } from '../../shared/ledger/rules.ts';
import {
  act,
  bytesFor,
  checkpointOf,
  clinicWitness,
  cosign,
  everyRule,
  foundClinic,
  foundRegion,
  hash,
  MORNING,
  policyActOf,
  signingKeyFor,
  type TestClinic,
} from '../support/ledger-builder.ts';
import { ScriptedHub } from './scripted-hub.ts';
import { recordBlocks, recordEvent, TestDesk } from './test-desk.ts';

let north: TestClinic;
let south: TestClinic;
let hub: ScriptedHub;
let desk: TestDesk;
let first: Policy;
const secondKey = signingKeyFor('sync hub 2');

beforeEach(async () => {
  [north, south] = [foundClinic('North'), foundClinic('South')];
  hub = await ScriptedHub.open(foundRegion('sync', [north, south]));
  desk = await TestDesk.open(north, hub.region.region);
  first = firstPolicy(hub.region.region.genesis.witnesses);
});
afterEach(async () => {
  await desk.close();
  await hub.close();
});

const next = (change: Partial<Policy>, after = first): Policy => ({ ...after, sequence: after.sequence + 1, ...change });
const policyBlock = (type: PolicyType, body: ReturnType<typeof policyActOf>): Uint8Array =>
  south.desk.write(act(south, type, body, { signer: south.administrator }));
const approved = (policy: Policy, hubKey?: typeof secondKey) =>
  policyActOf(hub.region.region, policy, [north, south], hubKey ? { hubKey } : {});
const storedSize = async (): Promise<number> => (await readHead(desk.database.read, hash))?.size ?? -1;

describe('the hub’s key', () => {
  const rotate = (): void => {
    hub.take(policyBlock('hub.rotated', approved(next({ hubKey: secondKey.publicKey }), secondKey)));
    hub.hubKey = secondKey;
  };

  test('is followed to a new one by a replica that was there, and by one that was away', async () => {
    hub.take(...recordBlocks(south, 'before', 3));
    expect(await desk.catchUp(hub)).toBe('caught up');
    rotate();
    expect(await desk.catchUp(hub)).toBe('caught up');
    expect(toHex(desk.replica.policies.current.activeHubKey)).toBe(toHex(secondKey.publicKey));
    hub.take(...recordBlocks(south, 'after', 3));
    expect(await desk.catchUp(hub)).toBe('caught up');
    await desk.restart();
    expect(desk.replica.checkpoint?.size).toBe(7);
    expect(await desk.catchUp(hub)).toBe('caught up');
    const late = await TestDesk.open(foundClinic('North'), hub.region.region);
    expect(await late.catchUp(hub)).toBe('caught up');
    expect(late.replica.size).toBe(7);
    await late.close();
  });

  test('once replaced, signs nothing any more: its thief is caught by who has heard of it and by who has not', async () => {
    rotate();
    hub.take(...recordBlocks(south, 'after', 2));
    hub.hubKey = hub.region.hubKey;
    expect(await desk.catchUp(hub)).toBe('sync.hub-key-replaced');
    expect(await storedSize()).toBe(0);
    hub.hubKey = secondKey;
    expect(await desk.catchUp(hub)).toBe('caught up');
    hub.take(...recordBlocks(south, 'later', 2));
    hub.hubKey = hub.region.hubKey;
    expect(await desk.catchUp(hub)).toMatch(/^ledger\.checkpoint-forged$/);
    expect(desk.replica.size).toBe(3);
  });

  test('is not one that the quorum has not given', async () => {
    hub.take(...recordBlocks(south, 'before', 2));
    expect(await desk.catchUp(hub)).toBe('caught up');
    hub.take(...recordBlocks(south, 'after', 2));
    hub.hubKey = secondKey;
    expect(await desk.catchUp(hub)).toBe('ledger.checkpoint-forged');
    const body = policyActOf(hub.region.region, next({ hubKey: secondKey.publicKey }), [south], { hubKey: secondKey });
    const shown = { position: 2, event: 0, chain: south.id, type: 'hub.rotated' };
    hub.lies.PolicyActs = () => ({
      policyActs: [{ ...shown, body: Buffer.from(encode(everyRule.rule('hub.rotated').body, body)).toString('base64') }],
    });
    expect(await desk.catchUp(hub)).toBe('ledger.policy-unproven');
    expect(desk.replica.size).toBe(2);
  });
});

test('a checkpoint is witnessed by the set that is in force at its size, for a replica that was there', async () => {
  hub.take(...recordBlocks(south, 'before', 2));
  expect(await desk.catchUp(hub)).toBe('caught up');
  const signed = (size: number, ...clinics: TestClinic[]) => {
    const { note } = checkpointOf(hub.region, { ...hub.head, size });
    const cosigned = note + clinics.map((clinic) => cosign(clinic, note)).join('');
    return desk.replica.policies.witnessing(desk.replica.policies.open(cosigned)).witnessed;
  };
  expect([signed(2, north), signed(2, north, south)]).toEqual([false, true]);
  hub.take(policyBlock('policy.changed', approved(next({ witnesses: [clinicWitness(north)] }))));
  expect(await desk.catchUp(hub)).toBe('caught up');
  await desk.restart();
  expect([signed(2, north), signed(3, south), signed(3, north)]).toEqual([false, false, true]);
});

describe('a region whose quorum activates rules version 2', () => {
  /** The one type that a test's second version adds. */
  const greeting: EventRule<number> = {
    type: 'greeting.sent',
    kind: 'fact',
    body: u8,
    personal: 'optional',
    handle: 'none',
    reads: () => [],
    judge: (_, { body }) => accepted([`greeting/${body}`, Uint8Array.of(body)]),
  };
  /** Version 2 judges this type of version 1 otherwise. */
  const stricter: EventRule<unknown> = {
    ...everyRule.rule('access.sealed'),
    judge: () => ({ verdict: 'disputed', reason: 'new-rules' }),
  };
  const secondVersion = new Rules(
    2,
    everyRule.types.filter((type) => type !== stricter.type).map((type) => everyRule.rule(type)),
    [greeting, stricter],
  ).after(everyRule);
  const greet = (number: number, rules = 2): SignedEvent => ({
    event: encodeEvent({
      rules,
      type: 'greeting.sent',
      handle: new Uint8Array(0),
      body: Uint8Array.of(number),
      author: south.desk.key.publicKey,
      time: MORNING,
      commitment: new Uint8Array(0),
    }),
    signature: new Uint8Array(0),
  });
  const activate = (): Uint8Array => policyBlock('rules.activate', approved(next({ rules: 2 })));
  /** Two blocks under version 1, the activation, three under version 2. */
  const newRegion = (): void => {
    hub.take(...recordBlocks(south, 'old', 2));
    hub.rules = everyRule;
    hub.take(activate());
    hub.rules = secondVersion;
    hub.take(south.desk.write(act(south, 'access.sealed', { root: bytesFor('root'), count: 1 })));
    hub.take(south.desk.write(greet(7)), south.desk.write(recordEvent(south, 'written offline under version 1'), greet(8)));
    hub.take(...recordBlocks(south, 'new', 1));
  };
  const update = async (rules: Rules): Promise<void> => {
    desk.rules = rules;
    await desk.restart();
  };

  test('a new program applies all of it in one download, each block by the rules of its place', async () => {
    newRegion();
    await update(secondVersion);
    expect(await desk.catchUp(hub)).toBe('caught up');
    expect(desk.replica.size).toBe(7);
    expect(desk.replica.updateNeeded).toBeUndefined();
    expect(desk.replica.checkpoint?.note).toBe(hub.note());
  });

  test('an old program goes on downloading and proving, applies nothing, and says so; updated, it applies what it has', async () => {
    newRegion();
    expect(await desk.catchUp(hub)).toBe('caught up');
    expect(desk.replica).toMatchObject({ size: 3, updateNeeded: 2, provedSize: 7 });
    expect(desk.replica.checkpoint).toBeUndefined();
    hub.rules = secondVersion;
    hub.take(...recordBlocks(south, 'more', 2));
    await desk.restart();
    expect(await desk.catchUp(hub)).toBe('caught up');
    expect(desk.replica).toMatchObject({ size: 3, updateNeeded: 2, provedSize: 9 });
    hub.asked.length = 0;
    await update(secondVersion);
    expect(await desk.catchUp(hub)).toBe('caught up');
    expect(desk.replica).toMatchObject({ size: 9, updateNeeded: undefined, provedSize: 9 });
    expect(hub.asked).not.toContain('Blocks');
    expect(desk.replica.checkpoint?.note).toBe(hub.note());
  });

  test('what an old program proves without applying is proved: a forged signature, a gap and another root are caught', async () => {
    newRegion();
    const honest = [...hub.blocks];
    const last = honest.at(-1) as Uint8Array;
    const lieWith = (blocks: readonly Uint8Array[]) => {
      hub.lies.Blocks = ({ from, limit }) => ({
        blocks: { blocks: blocks.slice(from, from + limit).map((block) => Buffer.from(block).toString('base64')) },
      });
    };
    lieWith([...honest.slice(0, -1), last.with(-1, (last.at(-1) as number) ^ 1)]);
    expect(await desk.catchUp(hub)).toBe('sync.signature-invalid');
    lieWith([...honest.slice(0, 4), honest[5] as Uint8Array, honest[4] as Uint8Array, last]);
    expect(await desk.catchUp(hub)).toBe('sync.block-invalid');
    const position = { ...south.desk.position, height: 6, previous: blockHash(hash, honest[5] as Uint8Array) };
    south.desk.position = position;
    lieWith([...honest.slice(0, -1), south.desk.write(recordEvent(south, 'another'))]);
    expect(await desk.catchUp(hub)).toBe('sync.root-mismatch');
    delete hub.lies.Blocks;
    expect(await desk.catchUp(hub)).toBe('caught up');
    hub.lies.Checkpoint = () => ({ checkpoint: hub.note({ ...hub.head, size: 4 }) });
    expect(await desk.catchUp(hub)).toBe('sync.rollback');
  });

  test('an act of a type that no version known here has accuses nobody: it is proved and kept, and applied after the update', async () => {
    const withGreetings = new Rules(
      1,
      everyRule.types.map((type) => everyRule.rule(type)),
      [greeting],
    );
    hub.take(...recordBlocks(south, 'before', 3));
    hub.rules = withGreetings;
    hub.take(south.desk.write(greet(7, 1)), ...recordBlocks(south, 'behind', 2));
    expect(await desk.catchUp(hub)).toBe('caught up');
    expect(desk.replica).toMatchObject({ size: 3, isOutdated: true, updateNeeded: undefined, provedSize: 6 });
    expect(desk.replica.checkpoint).toBeUndefined();
    hub.take(...recordBlocks(south, 'more', 1));
    expect(await desk.catchUp(hub)).toBe('caught up');
    await desk.restart();
    expect(await desk.catchUp(hub)).toBe('caught up');
    expect(desk.replica).toMatchObject({ size: 3, isOutdated: true, provedSize: 7 });
    await update(withGreetings);
    expect(await desk.catchUp(hub)).toBe('caught up');
    expect(desk.replica).toMatchObject({ size: 7, isOutdated: false });
    expect(desk.replica.checkpoint?.note).toBe(hub.note());
  });

  test('nor does it as the first block of a region; what is forged behind it has caught the hub all the same', async () => {
    const [last, ...rest] = [greet(1, 1), greet(2, 1)].map((event) => south.desk.write(event)).reverse() as [Uint8Array];
    hub.rules = new Rules(
      1,
      everyRule.types.map((type) => everyRule.rule(type)),
      [greeting],
    );
    hub.take(...rest, last);
    expect(await desk.catchUp(hub)).toBe('caught up');
    expect(desk.replica).toMatchObject({ size: 0, isOutdated: true, provedSize: 2 });
    hub.take(...recordBlocks(south, 'behind', 1));
    hub.lies.Blocks = ({ from, limit }) => ({
      blocks: {
        blocks: hub.page({ from, limit, size: 0, blocks: [] }).map((block) => {
          const bytes = Buffer.from(block, 'base64');
          bytes[bytes.length - 1] = (bytes.at(-1) as number) ^ 1;
          return bytes.toString('base64');
        }),
      },
    });
    expect(await desk.catchUp(hub)).toBe('sync.signature-invalid');
  });

  test('a type or version that is not active yet has caught the hub', async () => {
    hub.rules = secondVersion;
    hub.take(...recordBlocks(south, 'old', 1));
    hub.take(south.desk.write(greet(1)));
    await update(secondVersion);
    expect(await desk.catchUp(hub)).toBe('sync.block-invalid');
    expect(desk.replica.size).toBe(0);
  });

  test('activated by fewer than the quorum it stays what it was', async () => {
    hub.take(policyBlock('rules.activate', policyActOf(hub.region.region, next({ rules: 2 }), [south])));
    expect(await desk.catchUp(hub)).toBe('caught up');
    expect(desk.replica.updateNeeded).toBeUndefined();
  });
});
