/**
 * Rules version 2: who carries off a kiosk has its keys, and writes blocks that no signature gives away. What no person signs counts only
 * from a desk then; until the quorum activates that version, and for programs that do not know it, everything is as it was.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Replay } from '../../server/ledger/replay.ts';
import { loadState } from '../../server/ledger/state-rows.store.ts';
import { careledgerRules } from '../../server/rules-registry.ts';
import { judgeEvidence } from '../../server/sync/evidence/judge-evidence.ts';
import { sign, verifySignature } from '../../server/vault/primitives.ts';
import { toBase64 } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { PATIENT_ACTS } from '../../shared/kiosk/patient-act-rules.ts';
import { blockHash, openBlock } from '../../shared/ledger/block.ts';
import { deviceMessage } from '../../shared/ledger/enrolment-rules.ts';
import type { SignedEvent } from '../../shared/ledger/event.ts';
import { firstPolicy } from '../../shared/ledger/policy.ts';
import { deviceRow } from '../../shared/ledger/rows.ts';
import { openEvents } from '../../shared/ledger/rules.ts';
import { recordKey, recordRow } from '../../shared/records/record-rules.ts';
import { makeEvidence } from '../../shared/sync/evidence.ts';
import {
  act,
  agreementKeyFor,
  bytesFor,
  checkpointOf,
  everyRule,
  foundClinic,
  foundRegion,
  hash,
  MemoryLedger,
  policyActOf,
  signingKeyFor,
  type TestClinic,
  TestDevice,
} from '../support/ledger-builder.ts';
import { ScriptedHub } from './scripted-hub.ts';
import { TestDesk } from './test-desk.ts';

const allRules = careledgerRules();
const second = allRules.at(2);
const handle = bytesFor('a chart', 16);
const record = bytesFor('a record', 16);
let north: TestClinic;
let south: TestClinic;
let kiosk: TestDevice;

beforeEach(() => {
  [north, south] = [foundClinic('North'), foundClinic('South')];
  kiosk = new TestDevice(south.chain, signingKeyFor('a kiosk'), bytesFor('epoch of a kiosk', 8));
});

function enrolled(device: TestDevice, kind: 'kiosk' | 'gateway' | 'workstation'): SignedEvent {
  const asked = { device: device.key.publicKey, encryptionKey: agreementKeyFor(kind).publicKey };
  const clinicSignature = sign(south.clinicKey, deviceMessage(south.chain, asked));
  return act(south, 'device.enrolled', { ...asked, kind, clinicSignature }, { signer: south.administrator });
}

/** Version `version` of the record, as `by` writes it. */
function put(version: number, by: { author: Uint8Array } | { signer: TestClinic['administrator'] }): SignedEvent {
  const previous = version === 1 ? new Uint8Array(0) : bytesFor(`document ${version - 1}`);
  return act(south, 'record.put', { record, version, previous, document: bytesFor(`document ${version}`) }, { handle, ...by });
}
const byDesk = () => ({ author: south.desk.key.publicKey });
const byKiosk = () => ({ author: kiosk.key.publicKey });

describe('by the rules alone', () => {
  let ledger: MemoryLedger;
  beforeEach(() => {
    ledger = new MemoryLedger(foundRegion('kiosks', [north, south]).region, second);
    ledger.judge(south.desk, enrolled(kiosk, 'kiosk'));
    expect(ledger.judge(south.desk, put(1, byDesk()))).toBe('accepted');
  });

  const forgeries: Array<[string, () => SignedEvent]> = [
    ['a version of a record, in its own name', () => put(2, byKiosk())],
    ['a version of a record, in the name of somebody who works there', () => put(2, { author: south.administrator.publicKey })],
    [
      'a merge',
      () => {
        const version = { record, version: 2, previous: bytesFor('document 1'), document: bytesFor('document 2') };
        return act(south, 'record.merged', { ...version, settles: [bytesFor('late')], reopens: false }, { handle, ...byKiosk() });
      },
    ],
    ['that a chart was destroyed here', () => act(south, 'compartment.purged', { count: 3 }, { handle, ...byKiosk() })],
    [
      'that what was shared was destroyed here',
      () => act(south, 'access.purged', { grant: bytesFor('grant', 16), count: 3 }, { handle, ...byKiosk() }),
    ],
    ['an access log', () => act(south, 'access.sealed', { root: bytesFor('root'), count: 3 }, byKiosk())],
    [
      'the checkpoint of another region',
      () => act(south, 'region.anchored', { region: bytesFor('region'), checkpoint: 'careledger/…' }, byKiosk()),
    ],
  ];
  test.each(forgeries)('a stolen kiosk writes %s: it stands in the ledger as disputed and changes nothing', (_, forged) => {
    const before = new Map(ledger.rows);
    expect(ledger.judge(kiosk, forged())).toBe('disputed: not-a-desk');
    const changed = [...ledger.rows].filter(([key, value]) => before.get(key) !== value).map(([key]) => key.split('/')[0]);
    expect(new Set(changed)).toEqual(new Set(['head', 'epochs']));
    expect(ledger.judge(south.desk, put(2, byDesk()))).toBe('accepted');
  });

  test('nor does it begin a chart, give what a patient asked for, or answer an emergency', () => {
    const begun = bytesFor('another chart', 16);
    const body = { record, version: 1, previous: new Uint8Array(0), document: bytesFor('document') };
    expect(ledger.judge(kiosk, act(south, 'record.put', body, { handle: begun, ...byKiosk() }))).toBe('disputed: not-a-desk');
    expect(ledger.judge(south.desk, act(south, 'record.put', body, { handle: begun }))).toBe('accepted');
    const given = { grant: bytesFor('grant', 16), asked: bytesFor('grant', 16), wrap: bytesFor('wrap') };
    expect(ledger.judge(kiosk, act(south, 'consent.given', given, { handle, ...byKiosk() }))).toBe('refused: not-a-desk');
    const { asked: _, ...answer } = { ...given, use: bytesFor('use', 16), attestation: new Uint8Array(64) };
    expect(ledger.judge(kiosk, act(south, 'glass.answered', answer, { handle, ...byKiosk() }))).toBe('refused: not-a-desk');
  });

  test('a gateway writes no more than a kiosk', () => {
    const gateway = new TestDevice(south.chain, signingKeyFor('a gateway'), bytesFor('epoch of a gateway', 8));
    ledger.judge(south.desk, enrolled(gateway, 'gateway'));
    expect(ledger.judge(gateway, put(2, { author: gateway.key.publicKey }))).toBe('disputed: not-a-desk');
  });

  test('what a patient does at a kiosk goes on, and so does what a person signs, on whatever device', () => {
    const asked = { complaint: bytesFor('complaint', 16), content: bytesFor('content') };
    expect(ledger.judge(kiosk, act(south, 'complaint.opened', asked, byKiosk()))).toBe('accepted');
    expect(ledger.judge(kiosk, put(2, { signer: south.administrator }))).toBe('accepted');
    const stranger = { signer: north.administrator };
    expect(ledger.judge(kiosk, put(3, stranger))).toBe('disputed: author-of-another-clinic');
  });

  test('every type that no person has to sign is either what a patient does there or a desk’s alone; all others are as they were', () => {
    const view = (kind: 'kiosk' | 'gateway' | 'workstation') => ({
      get: (key: string) =>
        key.startsWith('device/')
          ? ledger.rows.get(kind === 'kiosk' ? `device/${kiosk.id}` : `device/${south.desk.id}`)
          : undefined,
    });
    const writer = (device: TestDevice) => ({ chain: south.id, device: device.id, time: 0 });
    const first = allRules.at(1);
    expect(second.types).toEqual(first.types);
    const desksAlone = second.types.filter((type) => second.rule(type) !== first.rule(type));
    for (const type of second.types) {
      const { personal } = first.rule(type);
      const isPatients = (PATIENT_ACTS as readonly string[]).includes(type);
      expect(desksAlone.includes(type), type).toBe(personal === 'optional' && !isPatients);
      expect({ ...second.rule(type), judge: 0 }).toEqual({ ...first.rule(type), judge: 0 });
    }
    expect(decode(deviceRow, ledger.rows.get(`device/${kiosk.id}`) as Uint8Array).kind).toBe('kiosk');
    for (const type of desksAlone) {
      const typed = { signed: false, author: kiosk.id, handle: '' } as never;
      expect(second.rule(type).judge(view('kiosk'), typed, writer(kiosk))).toMatchObject({ reason: 'not-a-desk' });
    }
  });
});

describe('in a region', () => {
  let hub: ScriptedHub;
  let desk: TestDesk;
  beforeEach(async () => {
    hub = await ScriptedHub.open(foundRegion('kiosks', [north, south]));
    desk = await TestDesk.open(north, hub.region.region);
  });
  afterEach(async () => {
    await desk.close();
    await hub.close();
  });

  const activated = (): Uint8Array => {
    const first = firstPolicy(hub.region.region.genesis.witnesses);
    const body = policyActOf(hub.region.region, { ...first, sequence: 1, rules: 2 }, [north, south]);
    return south.desk.write(act(south, 'rules.activate', body, { signer: south.administrator }));
  };
  const newest = async (): Promise<number | undefined> => {
    const key = recordKey(Buffer.from(handle).toString('hex'), Buffer.from(record).toString('hex'));
    const row = (await loadState(desk.database.read, [key])).get(key);
    return row && decode(recordRow, row).version;
  };
  /** A forgery before the second version is in force, one after, and the desk that goes on from the first. */
  function history(): void {
    hub.take(south.desk.write(enrolled(kiosk, 'kiosk')), south.desk.write(put(1, byDesk())), kiosk.write(put(2, byKiosk())));
    hub.take(activated());
    hub.rules = second;
    hub.take(kiosk.write(put(3, byKiosk())), south.desk.write(put(3, byDesk())), kiosk.write(put(4, byKiosk())));
  }
  const update = async (): Promise<void> => {
    desk.rules = allRules;
    await desk.restart();
  };

  test('a program that knows the version judges what came before by the old rules and what comes after by the new ones', async () => {
    history();
    await update();
    expect(await desk.catchUp(hub)).toBe('caught up');
    expect(desk.replica).toMatchObject({ size: 7, updateNeeded: undefined });
    expect(await newest()).toBe(3);
  });

  test('while it is not in force the new program and the old one come to the same', async () => {
    hub.take(south.desk.write(enrolled(kiosk, 'kiosk')), kiosk.write(put(1, byKiosk())));
    expect(await desk.catchUp(hub)).toBe('caught up');
    const before = desk.replica.checkpoint?.note;
    await update();
    hub.take(kiosk.write(put(2, byKiosk())));
    expect(await desk.catchUp(hub)).toBe('caught up');
    expect(before).toBeDefined();
    expect(await newest()).toBe(2);
  });

  test('an old program proves on, applies nothing behind the activation and says so; updated, it applies what it has', async () => {
    history();
    expect(await desk.catchUp(hub)).toBe('caught up');
    expect(desk.replica).toMatchObject({ size: 4, updateNeeded: 2, provedSize: 7 });
    expect(await newest()).toBe(2);
    await update();
    expect(await desk.catchUp(hub)).toBe('caught up');
    expect(desk.replica).toMatchObject({ size: 7, updateNeeded: undefined });
    expect(await newest()).toBe(3);
  });

  test('a hub that takes a kiosk’s word for a desk’s is caught at its effects', async () => {
    hub.take(south.desk.write(enrolled(kiosk, 'kiosk')), south.desk.write(put(1, byDesk())), activated());
    // Still by the first version, which the quorum has replaced.
    hub.take(kiosk.write(put(2, byKiosk())));
    await update();
    expect(await desk.catchUp(hub)).toBe('sync.effects-mismatch');
  });

  test('evidence is judged by the rules of its place: an honest hub is no liar by rules that its region never had, or had not yet', async () => {
    history();
    const replay = Replay.fromGenesis({ hash, verify: verifySignature, rules: allRules }, hub.region.region);
    for (const block of hub.blocks) await replay.add(block);
    expect(Buffer.from(replay.head.effects)).toEqual(Buffer.from(hub.head.effects));
    const evidence = makeEvidence('effects', {
      genesis: toBase64(hub.region.region.bytes),
      checkpoint: checkpointOf(hub.region, hub.head).note,
      from: 0,
      blocks: hub.blocks.map(toBase64),
    });
    const judged = judgeEvidence({ hash, verify: verifySignature, rules: allRules }, evidence).catch((error) => error.code);
    expect(await judged).toBe('evidence.shows-nothing');
    const old = judgeEvidence({ hash, verify: verifySignature, rules: everyRule }, evidence).catch((error) => error.code);
    expect(await old).toBe('evidence.newer-rules');
  });
});

test('a block that was opened under the old rules is opened again under the new ones', () => {
  const sealed = south.desk.write(put(1, byDesk()));
  const opened = [1, 2].map((version) => openEvents(allRules.at(version), openBlock(sealed), blockHash(hash, sealed)));
  expect(opened.map(({ rules }) => rules)).toEqual([1, 2]);
});
