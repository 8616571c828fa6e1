/** Two desks of one clinic and its host on one of them, with real processes, while the hub is stopped and started again. */
import '../support/quick-passphrases.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readHead } from '../../server/ledger/ledger.store.ts';
import { hashParts } from '../../server/vault/hash-parts.ts';
import { until } from '../../server/workstation/demo/desk.ts';
import { verifyReplica } from '../../server/workstation/verify/verify-replica.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { ClinicBench, type Desk, PASSPHRASE } from './further-device-bench.ts';

/** What a person may wait for, and what a machine that does six things at once may take. */
const IN_TIME = 20_000;

describe('a clinic whose hub is away', () => {
  let bench: ClinicBench;
  let host: Desk;
  let second: Desk;
  let other: string;
  let patient: string;

  const observations = async (desk: Desk): Promise<number> => (await desk.open(patient)).RESULT ?? 0;
  const progress = async (desk: Desk, id: string): Promise<string> => {
    const { record } = await desk.ask<{ record: { item: { progress: string } } }>(
      'query Read($patient: ID!, $id: ID!) { record(patient: $patient, id: $id) { item { progress } } }',
      { patient, id },
    );
    return record.item.progress;
  };
  const opens = (desk: Desk, id: string): Promise<string> =>
    until(
      'it opens',
      async () => {
        await desk.open(patient);
        return desk.read(patient, id).catch(() => undefined);
      },
      IN_TIME,
    );
  const follows = (desk: Desk) => until('it follows', async () => desk.service.clinicHost?.route?.connected === true);
  const hearsTheHub = (desk: Desk) =>
    until('the hub has it all', async () => {
      const { connection, pendingEvents, pendingDocuments } = desk.service.sync ?? {};
      return connection === 'UP_TO_DATE' && pendingEvents === 0 && pendingDocuments === 0;
    });
  const consents = async (desk: Desk): Promise<string[]> => {
    const answer = await desk.ask<{ consents: Array<{ id: string; state: string }> }>(
      'query Consents($patient: ID!) { consents(patient: $patient) { id state } }',
      { patient },
    );
    return answer.consents.map(({ id, state }) => `${id} ${state}`);
  };
  const grant = async (desk: Desk): Promise<string> => {
    const input = {
      patient,
      recipient: other,
      categories: ['CLINICAL'],
      purpose: 'TREAT',
      starts: Date.now() - 1000,
      ends: Date.now() + 86_400_000,
      verification: 'in-person',
      language: 'en',
    };
    const { consentText } = await desk.ask<{ consentText: { hash: string } }>(
      'query Text($input: ConsentInput!) { consentText(input: $input) { hash } }',
      { input },
    );
    const { giveConsent } = await desk.ask<{ giveConsent: { id: string } }>(
      'mutation Grant($input: ConsentInput!, $textHash: String!, $passphrase: String!) { giveConsent(input: $input, textHash: $textHash, passphrase: $passphrase) { id } }',
      { input, textHash: consentText.hash, passphrase: PASSPHRASE },
    );
    return giveConsent.id;
  };
  const withdraw = (desk: Desk, id: string) =>
    desk.ask(
      'mutation Withdraw($id: ID!, $passphrase: String!) { withdrawConsent(id: $id, passphrase: $passphrase) { state } }',
      {
        id,
        passphrase: PASSPHRASE,
      },
    );

  beforeAll(async () => {
    bench = await ClinicBench.open();
    host = bench.first;
    const neighbour = await bench.machine('neighbour');
    await neighbour.service.entrance.createClinic({
      name: 'Hill',
      kind: 'clinic',
      administrator: 'Noor Hadid',
      passphrase: PASSPHRASE,
    });
    await neighbour.service.entrance.joinRegion(await bench.inviteClinic());
    await until('the request arrives', async () => neighbour.service.sync?.connection === 'ADMISSION_PENDING');
    other = toHex(neighbour.service.installation.founding?.chain ?? new Uint8Array());
    await host.ask('mutation Approve($chain: ID!) { approveAdmission(chain: $chain) }', { chain: other });
    patient = await host.register('Quillfeather', 'Marisol');
    second = await bench.desk('second', 'Bo Lindqvist');
    await host.service.administrator.serveClinic('127.0.0.1:0');
    // Nobody tells the second desk where the host is: it hears it by sealed mail.
    await follows(second);
    await hearsTheHub(host);
    await bench.stopHub();
  }, 120_000);
  afterAll(() => bench.close(), 60_000);

  test('what one desk writes is in the chart of the other, and nobody says that the hub has it', async () => {
    await second.open(patient);
    const record = await second.observe(patient, '38.25');
    const began = performance.now();
    expect(await opens(host, record)).toContain('"value":38.25');
    const back = performance.now();
    expect(await progress(host, record)).toBe('SAVED');
    const reply = await host.observe(patient, '39.5');
    const again = performance.now();
    expect(await opens(second, reply)).toContain('"value":39.5');
    process.stdout.write(
      `second → host ${Math.round(back - began)} ms, host → second ${Math.round(performance.now() - again)} ms\n`,
    );
  }, 60_000);

  test('the queue is one: who is added at one desk is checked in at the other', async () => {
    const shown = async (desk: Desk, id: string): Promise<{ revision: string; stage: string } | undefined> => {
      const day = new Date();
      const text = [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
      const DAY = 'query Day($day: String!) { visits(day: $day) { id revision stage } }';
      const { visits } = await desk.ask<{ visits: Array<{ id: string; revision: string; stage: string }> }>(DAY, { day: text });
      return visits.find((visit) => visit.id === id);
    };
    const ADD = 'mutation Add($patient: ID!) { addVisit(input: { patient: $patient, kind: WALK_IN }) { visit { id } } }';
    const { addVisit } = await second.ask<{ addVisit: { visit: { id: string } } }>(ADD, { patient });
    const { id } = addVisit.visit;
    const { revision } = await until('the host shows it', () => shown(host, id), IN_TIME);
    const MOVE =
      'mutation Move($visit: ID!, $revision: String!) { moveVisit(visit: $visit, revision: $revision, step: CHECK_IN) { stage } }';
    await host.ask(MOVE, { visit: id, revision });
    await until('the other shows it', async () => (await shown(second, id))?.stage === 'WAITING', IN_TIME);
    await expect(second.ask(MOVE, { visit: id, revision })).rejects.toThrow(/moved this visit meanwhile/);
  }, 60_000);

  test('a consent that one withdraws has ended at the other, and cannot be withdrawn twice', async () => {
    const consent = await grant(host);
    await until('it is there', async () => (await consents(second)).includes(`${consent} ACTIVE`), IN_TIME);
    await withdraw(second, consent);
    const began = performance.now();
    await until('it has ended', async () => (await consents(host)).includes(`${consent} WITHDRAWN`), IN_TIME);
    process.stdout.write(`withdrawal ${Math.round(performance.now() - began)} ms\n`);
    await expect(withdraw(host, consent)).rejects.toThrow(/withdrawn already/);
  }, 60_000);

  test('what lies here holds when it is verified, while it waits', async () => {
    for (const { service } of [host, second]) expect((await verifyReplica(service.installation)).faults).toEqual([]);
  });

  test('when the host dies, what it wrote comes to the hub by the other desk, before what stands on it', async () => {
    await host.service.close();
    await bench.startHub();
    await hearsTheHub(second);
    // The grant came before its withdrawal, or the ledger would have refused the withdrawal.
    expect((await consents(second)).every((line) => line.endsWith('WITHDRAWN'))).toBe(true);
    await host.start();
    await hearsTheHub(host);
    second.service.syncNow();
    await follows(second);
  }, 90_000);

  test('nothing is lost or doubled, and both come to the same state', async () => {
    await hearsTheHub(second);
    const readHeads = () =>
      Promise.all([host, second].map(({ service }) => readHead(service.installation.database.read, hashParts)));
    // What one hears may be answered by an act of its own, which the other has to hear again.
    const heads = await until('both are at one place', async () => {
      for (const { service } of [host, second]) await service.syncOnce();
      const [one, other] = await readHeads();
      return one?.size === other?.size && [one, other];
    });
    expect(toHex(heads[0]?.effects ?? new Uint8Array())).toBe(toHex(heads[1]?.effects ?? new Uint8Array([1])));
    for (const desk of [host, second]) {
      expect(await observations(desk)).toBe(2);
      const { installation } = desk.service;
      expect((await verifyReplica(installation)).faults).toEqual([]);
      await until('nothing waits', async () => {
        await desk.service.syncOnce();
        const left = await installation.database.read.get<{ waiting: number }>(
          'SELECT (SELECT count(*) FROM clinic_block) + (SELECT count(*) FROM pending_row) AS waiting',
        );
        return left?.waiting === 0;
      });
    }
  }, 60_000);

  test('a desk that is let in later hears of the host as well', async () => {
    const third = await bench.desk('third', 'Chidi Okafor');
    await follows(third);
  }, 60_000);

  test('a device that is revoked while the hub is away is cut off at once', async () => {
    await bench.apart(async () => {
      await follows(second);
      await host.ask('mutation Revoke($device: ID!) { revokeDevice(device: $device) }', { device: second.service.deviceId });
      second.service.syncNow();
      await until('it is refused', async () => second.service.clinicHost?.problem?.code === 'hub.device-revoked', IN_TIME);
      await host.open(patient);
      await host.observe(patient, '36.5');
      await second.open(patient).catch(() => undefined);
      expect(await observations(second).catch(() => 2)).toBe(2);
    });
  }, 90_000);
});
