import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  actAtHub,
  hubActs,
  hubStatus,
  offerNewHubKey,
  verifyHub,
  withdrawHubKey,
} from '../../server/hub/commands/fleet-administration.ts';
import { hubCommand } from '../../server/hub/commands/hub-command.ts';
import { HubSamples } from '../../server/hub/fleet/samples.ts';
import { openHubDatabase } from '../../server/hub/hub-database.ts';
import { type SigningKey, sha256, sign, verifySignature } from '../../server/vault/primitives.ts';
import { fromBase64, fromHex, toBase64, toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { type HubAct, nextValue, openAct, signAct, signAsk, signedActCodec } from '../../shared/fleet/administration.ts';
import { type DeviceReport, encodeReport } from '../../shared/sync/device-report.ts';
import type { FleetAnswer } from '../../shared/sync/fleet-answer.ts';
import { act, admissionOf, bytesFor, foundClinic, signingKeyFor } from '../support/ledger-builder.ts';
import { TestDesk } from '../sync/test-desk.ts';
import { HubBench, type Line, sealedDocument } from './hub-bench.ts';

const REPORT: DeviceReport = {
  program: { major: 1, minor: 4, patch: 2 },
  clock: 0,
  size: 3,
  audited: 3,
  witnessed: 2,
  witnessedAt: 0,
  events: 7,
  documents: 1,
  epoch: bytesFor('epoch', 8),
  height: 9,
  problem: 'hub-unreachable',
  alarms: ['frozen'],
  rebaselined: 0,
};

describe('administrators of a hub', () => {
  const south = foundClinic('South');
  const operator = signingKeyFor('hub administrator');
  const colleague = signingKeyFor('second hub administrator');
  const reception = signingKeyFor('reception');
  let bench: HubBench;
  let north: Line;
  let southern: Line;
  let count = 0;

  const anchor = (clinic = bench.founder) => {
    count += 1;
    return clinic.desk.write(act(clinic, 'access.sealed', { root: bytesFor(`root ${count}`), count }));
  };
  const ask = (key: SigningKey, time = Date.now(), region = bench.region.id) =>
    toBase64(signAsk({ region, time, author: key.publicKey }, (message) => sign(key, message)));
  const fleet = async (key = operator) => (await north.ask<{ fleet: FleetAnswer }>('Fleet', { ask: ask(key) })).fleet;
  const newest = async () => {
    const { administratorActs } = await north.ask<{ administratorActs: string[] }>('AdministratorActs', { after: 0 });
    const bytes = fromBase64(administratorActs.at(-1) ?? '');
    return { sequence: openAct(verifySignature, bytes).sequence, hash: sha256(bytes) };
  };
  /** An act as an honest console makes it, with what a test changes of it. */
  const signed = async (
    kind: HubAct['kind'],
    subject: Uint8Array,
    isSet: boolean,
    change: Partial<HubAct> = {},
    key = operator,
  ) => {
    const { sequence, hash } = await newest();
    const honest: HubAct = {
      region: bench.region.id,
      sequence: sequence + 1,
      previous: hash,
      kind,
      subject,
      before: Number(!isSet),
      after: nextValue(kind, isSet, sequence + 1),
      reason: 'fault',
      time: Date.now(),
      author: key.publicKey,
    };
    return toBase64(signAct({ ...honest, ...change }, (message) => sign(key, message)));
  };
  const codeOf = async (doing: Promise<unknown>) =>
    doing.then(
      () => 'done',
      (error: Error) => error.message,
    );

  beforeAll(async () => {
    bench = await HubBench.open();
    const { founder, region } = bench;
    north = await bench.join(founder);
    southern = await bench.join(south);
    const enrolled = (staff: SigningKey, role: string) =>
      act(founder, 'staff.enrolled', { staff: staff.publicKey, role }, { signer: founder.administrator });
    const events = [
      act(founder, 'chain.admitted', admissionOf(region, south, [founder]), { signer: founder.administrator }),
      enrolled(operator, 'hub-administrator'),
      enrolled(colleague, 'hub-administrator'),
      enrolled(reception, 'reception'),
    ];
    const results = await bench.submit(north, ...events.map((event) => founder.desk.write(event)));
    expect(results.map(({ refusal }) => refusal)).toEqual([null, null, null, null]);
    const named = { kind: 'administrator', reason: 'not-said', isSet: true } as const;
    for (const key of [operator, reception]) await actAtHub(bench.folder, { ...named, subject: key.publicKey }, Date.now);
  });
  afterAll(() => bench.close());

  test('what a device reports is seen by who was named at the machine and is a hub administrator in the ledger, and by nobody else', async () => {
    const standing = await southern.ask('Report', { report: toBase64(encodeReport({ ...REPORT, clock: Date.now() + 600_000 })) });
    expect(standing).toEqual({ report: { quarantined: false, rebaseline: 0 } });
    const { devices, clinics, acts } = await fleet();
    expect(clinics.map(({ name }) => name).sort()).toEqual(['Clinic North', 'Clinic South']);
    expect(devices.find(({ device }) => device === south.desk.id)).toMatchObject({
      chain: south.id,
      lastPosition: null,
      report: { version: '1.4.2', size: 3, events: 7, problem: 'hub-unreachable', alarms: ['frozen'], height: 9 },
    });
    expect(devices.find(({ device }) => device === bench.founder.desk.id)).toMatchObject({ lastPosition: 3, report: null });
    // The clinic's invitation, and the two whom the machine has named.
    expect(acts).toHaveLength(3);
    expect(await codeOf(fleet(colleague))).toBe('hub.no-administrator');
    expect(await codeOf(fleet(reception))).toBe('hub.no-administrator');
    expect(await codeOf(fleet(bench.founder.administrator))).toBe('hub.no-administrator');
    expect(await codeOf(north.ask('Fleet', { ask: ask(operator, Date.now() - 3_600_000) }))).toBe('hub.clock');
    expect(await codeOf(north.ask('Fleet', { ask: ask(operator, Date.now(), bytesFor('elsewhere')) }))).toBe('hub.act-forged');
    expect(await codeOf(north.ask('Fleet', { ask: 'AAAA' }))).toBe('encoding.malformed');
  });

  test('how the hub fared is told in numbers, to its administrators alone, and its processes add up', async () => {
    const minute = 60_000;
    const now = Math.floor(Date.now() / 3_600_000) * 3_600_000 + 5 * minute;
    const database = await openHubDatabase(bench.folder);
    const at = (time: number) => new HubSamples({ database, clock: () => time, blocks: () => 7 });
    const [first, second, later] = [at(now), at(now), at(now + minute)];
    for (const ms of [1, 2, 3, 400]) first.answered(ms);
    second.answered(5);
    second.refused();
    await at(now - 25 * 60 * minute).write();
    for (const each of [first, second, later]) await each.write();
    const { minutes, hours } = await later.list();
    await database.close();
    expect(minutes).toMatchObject([
      { start: now, blocks: 7, answered: 5, refused: 1, typical: 5_000, slow: 400_000 },
      { start: now + minute, answered: 0, slow: 0 },
    ]);
    expect(hours.map(({ answered }) => answered)).toEqual([0, 5]);
    expect(minutes.every(({ storage, memory }) => storage > 0 && memory > 0)).toBe(true);

    const { samples } = await north.ask<{ samples: { minutes: object[]; hours: object[] } }>('Samples', { ask: ask(operator) });
    expect(Object.values(samples).flat().length).toBeGreaterThanOrEqual(4);
    for (const sample of Object.values(samples).flat())
      expect(Object.values(sample).every((value) => typeof value === 'number')).toBe(true);
    expect(await codeOf(north.ask('Samples', { ask: ask(reception) }))).toBe('hub.no-administrator');
    expect(await codeOf(north.ask('Samples', { ask: ask(operator, Date.now() - 3_600_000) }))).toBe('hub.clock');
  });

  test('a report can carry no text: bytes that are not its form are refused', async () => {
    const report = encodeReport({ ...REPORT, clock: Date.now() });
    const longer = Buffer.concat([report, Buffer.from('Jane Doe')]);
    expect(await codeOf(southern.ask('Report', { report: toBase64(longer) }))).toBe('encoding.malformed');
    expect(await codeOf(southern.ask('Report', { report: toBase64(Buffer.from('Jane Doe, born 1990')) }))).not.toBe('done');
  });

  test('one clinic is quarantined: nothing of it is taken, others go on, and released it goes on where it was', async () => {
    await north.ask('Administer', { act: await signed('quarantine', south.chain, true) });
    const block = anchor(south);
    const document = sealedDocument('quarantined', bytesFor('compartment', 16));
    expect(await codeOf(bench.submit(southern, block))).toBe('hub.quarantined');
    expect(await codeOf(southern.ask('PutDocuments', { documents: [document.upload] }))).toBe('hub.quarantined');
    expect(await codeOf(southern.ask('WithdrawMessages', { ids: [] }))).toBe('done');
    expect(await codeOf(southern.ask('Blocks', { from: 0, limit: 10 }))).toBe('done');
    expect((await bench.submit(north, anchor()))[0]?.refusal).toBeNull();
    const { report } = await southern.ask<{ report: object }>('Report', {
      report: toBase64(encodeReport({ ...REPORT, clock: Date.now() })),
    });
    expect(report).toEqual({ quarantined: true, rebaseline: 0 });
    await bench.restart();
    [north, southern] = [bench.again(north), bench.again(southern)];
    expect(await codeOf(bench.submit(southern, block))).toBe('hub.quarantined');
    await north.ask('Administer', { act: await signed('quarantine', south.chain, false) });
    expect((await bench.submit(southern, block))[0]?.refusal).toBeNull();
  });

  test('an order to make replicas anew carries its own number, so that it is carried out once', async () => {
    await north.ask('Administer', { act: await signed('rebaseline', south.chain, true, { before: 0 }) });
    const { sequence } = await newest();
    const { report } = await southern.ask<{ report: object }>('Report', { report: toBase64(encodeReport(REPORT)) });
    expect(report).toEqual({ quarantined: false, rebaseline: sequence });
  });

  test('the ring in which a clinic gets updates is an act with old and new value', async () => {
    const move = async (before: number, after: number) =>
      codeOf(north.ask('Administer', { act: await signed('ring', south.chain, after > 0, { before, after }) }));
    expect(await move(0, 3)).toBe('hub.act-unknown');
    expect(await move(0, 1)).toBe('done');
    expect(await move(0, 2)).toBe('hub.act-stale');
    expect(await move(1, 2)).toBe('done');
    const { updates } = await north.ask<{ updates: { rings: object[] } }>('Updates', { ask: ask(operator) });
    expect(updates.rings).toEqual([{ chain: south.id, ring: 2 }]);
    expect(await move(2, 0)).toBe('done');
  });

  test('a device that the hub does not answer any more is cut, also by who acts beside the running hub', async () => {
    const wanted = { kind: 'certificate', subject: fromHex(south.desk.id), reason: 'lost-device' } as const;
    await actAtHub(bench.folder, { ...wanted, isSet: true }, Date.now);
    await expect.poll(() => codeOf(southern.ask('Checkpoint')), { timeout: 10_000 }).toMatch(/hub\.device-cut|socket|ECONN/);
    await actAtHub(bench.folder, { ...wanted, isSet: false }, Date.now);
    await expect.poll(() => codeOf(southern.ask('Checkpoint')), { timeout: 10_000 }).toBe('done');
  });

  test('an invitation is an act: it lets in whoever has its secret, until it is taken back, and is taken back once', async () => {
    const [used, withdrawn] = [bytesFor('used secret', 16), bytesFor('withdrawn secret', 16)];
    const invite = (secret: Uint8Array, change: Partial<HubAct> = {}) =>
      signed('invitation', sha256(secret), true, { before: 0, after: Date.now() + 3_600_000, ...change });
    const administer = async (text: Promise<string>) => codeOf(north.ask('Administer', { act: await text }));
    const takeBack = (secret: Uint8Array, until: number) =>
      administer(signed('invitation', sha256(secret), false, { before: until, reason: 'resolved' }));
    expect(await administer(invite(used, { after: Date.now() + 15 * 86_400_000 }))).toBe('hub.act-unknown');
    expect(await administer(invite(used, { after: Date.now() - 1000 }))).toBe('hub.act-unknown');
    const until = Date.now() + 3_600_000;
    expect(await administer(invite(used, { after: until }))).toBe('done');
    expect(await administer(invite(used, { after: until }))).toBe('hub.act-stale');
    expect(await administer(invite(withdrawn, { after: until }))).toBe('done');
    const [guest, late] = [foundClinic('Guest'), foundClinic('Late')];
    const enrol = (clinic: typeof guest, secret: Uint8Array) =>
      codeOf(bench.enrol(clinic.desk.key, { secret, founding: clinic.founding.bytes }));
    expect(await takeBack(withdrawn, until)).toBe('done');
    expect(await enrol(late, withdrawn)).toBe('hub.invitation-unknown');
    expect(await enrol(guest, used)).toBe('done');
    expect(await takeBack(used, until)).toBe('hub.invitation-used');
  });

  test('what needs the hub’s machine is no person’s act; the offered key is one there, and is taken back', async () => {
    const refused = async (kind: HubAct['kind']) =>
      codeOf(north.ask('Administer', { act: await signed(kind, bytesFor('subject'), true) }));
    expect(await refused('hub-key')).toBe('hub.act-machine');
    expect(await refused('restoration')).toBe('hub.act-machine');
    const { sequence: before } = await newest();
    const offered = await offerNewHubKey(bench.folder, Date.now);
    expect(await offerNewHubKey(bench.folder, Date.now)).toEqual(offered);
    expect(await withdrawHubKey(bench.folder, Date.now)).not.toEqual(offered);
    await expect(withdrawHubKey(bench.folder, Date.now)).rejects.toMatchObject({ code: 'hub.no-offered-key' });
    expect(await hubActs(bench.folder, before)).toMatchObject([
      { kind: 'hub-key', subject: toHex(offered), before: 0, after: 1 },
      { kind: 'hub-key', subject: toHex(offered), before: 1, after: 0 },
    ]);
  });

  test('an act of a kind that only a newer program knows: the hub does not take it, and on the ledger it disturbs nobody', async () => {
    const newer = await signed('newer-200', south.chain, true, { reason: 'newer-99', before: 0, after: 41 });
    expect(await codeOf(north.ask('Administer', { act: newer }))).toBe('hub.act-unknown');
    const { founder, region, authority, port } = bench;
    const body = decode(signedActCodec, fromBase64(newer));
    const [brought] = await bench.submit(north, founder.desk.write(act(founder, 'hub.acted', body, { signer: operator })));
    expect(brought?.refusal).toBeNull();
    const { key, cert } = southern.agent.options as { key: string; cert: string };
    const desk = await TestDesk.open(south, region);
    const device = { privateKey: key, certificate: cert };
    expect(await desk.catchUp({ address: `https://localhost:${port}`, trust: { authority, device } })).toBe('caught up');
    expect(desk.replica.isOutdated).toBe(false);
    await desk.close();
  });

  test('acts that were overtaken, forged, replayed or about nobody change nothing', async () => {
    const { chain } = south;
    const refused = async (text: Promise<string>) => codeOf(north.ask('Administer', { act: await text }));
    expect(await refused(signed('quarantine', chain, true, { sequence: 1 }))).toBe('hub.act-stale');
    expect(await refused(signed('quarantine', chain, true, { previous: bytesFor('other') }))).toBe('hub.act-stale');
    expect(await refused(signed('quarantine', chain, true, { before: 1 }))).toBe('hub.act-stale');
    expect(await refused(signed('quarantine', bytesFor('nobody'), true))).toBe('hub.act-unknown');
    expect(await refused(signed('quarantine', chain, true, { after: 7 }))).toBe('hub.act-unknown');
    expect(await refused(signed('quarantine', chain, true, { time: Date.now() - 86_400_000 }))).toBe('hub.clock');
    expect(await refused(signed('quarantine', chain, true, {}, reception))).toBe('hub.no-administrator');
    expect(await refused(signed('quarantine', chain, true, { author: operator.publicKey }, reception))).toBe('hub.act-forged');
    expect(await refused(signed('administrator', reception.publicKey, true, { region: bytesFor('elsewhere') }))).toBe(
      'hub.act-forged',
    );
    const honest = await signed('quarantine', chain, true);
    const results = await Promise.all([
      codeOf(north.ask('Administer', { act: honest })),
      codeOf(north.ask('Administer', { act: honest })),
    ]);
    expect(results.sort()).toEqual(['done', 'hub.act-stale']);
    await north.ask('Administer', { act: await signed('quarantine', chain, false) });
  });

  test('at the machine each act is told with its old and new value in words', async () => {
    let said = '';
    const out = (text: string): void => {
      said += text;
    };
    const io = { out, err: () => undefined };
    const clinic = ['--data', bench.folder, '--clinic', south.id];
    expect(await hubCommand(['quarantine', ...clinic, '--reason', 'fault'], io)).toBe(0);
    expect(said).toContain(`quarantine of ${south.id}, before: free, now: in quarantine.`);
    expect(await hubCommand(['release', ...clinic], io)).toBe(0);
    expect(await hubCommand(['acts', '--data', bench.folder], io)).toBe(0);
    expect(said).toMatch(new RegExp(`quarantine ${south.id}: in quarantine → free \\(not-said\\), by [0-9a-f]{64}\n`));
    expect(said).toMatch(/invitation [0-9a-f]{64}: none → good until 20\d\d-\S+Z /);
  });

  test('who is named no more sees and does nothing; each act stands in one list that only grows and that verify checks', async () => {
    await actAtHub(
      bench.folder,
      { kind: 'administrator', subject: operator.publicKey, reason: 'resolved', isSet: false },
      Date.now,
    );
    expect(await codeOf(fleet())).toBe('hub.no-administrator');
    const { administratorActs } = await southern.ask<{ administratorActs: string[] }>('AdministratorActs', { after: 0 });
    const acts = administratorActs.map((text) => openAct(verifySignature, fromBase64(text)));
    expect(acts.map(({ sequence }) => sequence)).toEqual(acts.map((_, at) => at + 1));
    const status = await hubStatus(bench.folder, Date.now);
    expect(status).toMatchObject({ name: 'Region under test', administrators: [toHex(reception.publicKey)] });
    expect(await verifyHub(bench.folder, () => undefined)).toMatchObject({ acts: acts.length });
    const database = await openHubDatabase(bench.folder);
    await database.write((transaction) => transaction.run('DELETE FROM hub_act WHERE sequence = 2'));
    await database.close();
    await expect(verifyHub(bench.folder, () => undefined)).rejects.toMatchObject({ code: 'hub.acts-altered' });
  });
});
