/** Who knocks at a clinic host without being of the clinic, or no more, or with something that is nothing, over real TLS. */
import '../support/quick-passphrases.ts';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type KeyAndCertificate,
  makeAuthority,
  makeRequest,
  newTlsKey,
  signRequest,
} from '../../server/identity/certificates.ts';
import { openSealed } from '../../server/ledger/fold.ts';
import { careledgerRules } from '../../server/rules-registry.ts';
import { type Database, openDatabase } from '../../server/storage/database.ts';
import type { ClinicLedger } from '../../server/sync/clinic-ledger.ts';
import { putPendingRows } from '../../server/sync/clinic-writes.store.ts';
import { HubClient } from '../../server/sync/hub-client.ts';
import { hashParts } from '../../server/vault/hash-parts.ts';
import { ClinicHost } from '../../server/workstation/clinic-host/clinic-host.ts';
import { ClinicRelay } from '../../server/workstation/clinic-host/relay.ts';
import { CLINIC_MIGRATIONS } from '../../server/workstation/folder/installation.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { encode } from '../../shared/encoding/codec.ts';
import { type DeviceRow, deviceRow } from '../../shared/ledger/rows.ts';
import { deviceKey } from '../../shared/ledger/rules.ts';
import type { Failure } from '../../shared/outcome/failure.ts';
import type { SubmissionAnswer } from '../../shared/sync/submission.ts';

const OURS = new Uint8Array(32).fill(1);
const THEIRS = new Uint8Array(32).fill(2);
const ids = {
  host: 'a1'.repeat(32),
  desk: 'a2'.repeat(32),
  kiosk: 'a3'.repeat(32),
  foreign: 'b1'.repeat(32),
  unknown: 'c1'.repeat(32),
};

describe('a clinic host', () => {
  const folder = mkdtempSync(join(tmpdir(), 'careledger-host-'));
  let database: Database;
  let host: ClinicHost;
  let address: string;
  let authority: KeyAndCertificate;
  let key: string;
  let slow: Promise<number>;

  const row = (chain: Uint8Array, revoked = false, kind: DeviceRow['kind'] = 'workstation'): Uint8Array =>
    encode(deviceRow, { chain, kind, encryptionKey: new Uint8Array(32), revoked });
  const certificateOf = (device: string, by = authority): string => signRequest(by, makeRequest(key, device), device).certificate;
  const client = (device: string, standsThere: (id: string) => boolean = (id) => id === ids.host, by = authority): HubClient =>
    new HubClient(address, {
      authority: authority.certificate,
      device: { certificate: certificateOf(device, by), privateKey: key },
      standsThere,
    });
  const setDevices = (rows: Record<string, Uint8Array>): Promise<void> =>
    database.write((transaction) =>
      putPendingRows(transaction, new Map(Object.entries(rows).map(([id, value]) => [deviceKey(id), value]))),
    );

  beforeAll(async () => {
    database = await openDatabase({ path: join(folder, 'clinic.db'), migrations: CLINIC_MIGRATIONS, mode: 'bulk' });
    authority = await makeAuthority();
    key = await newTlsKey();
    await setDevices({
      [ids.host]: row(OURS),
      [ids.desk]: row(OURS),
      [ids.kiosk]: row(OURS, false, 'kiosk'),
      [ids.foreign]: row(THEIRS),
    });
    const rules = careledgerRules();
    const ledger = { chain: OURS, open: (sealed: Uint8Array) => openSealed(hashParts, rules, sealed) } as unknown as ClinicLedger;
    host = await ClinicHost.open({
      relay: new ClinicRelay({ database, ledger, clock: Date.now }),
      database,
      feed: 'feed',
      device: ids.host,
      card: { answer: async () => '', opened: async () => true },
      ledger: () => ({ note: '', size: 0 }),
      listen: '127.0.0.1:0',
      credentials: { privateKey: key, certificate: certificateOf(ids.host), authority: authority.certificate },
      report: () => undefined,
    });
    address = host.addresses[0] as string;
    // Says that a request comes and never sends it: how long until the host hangs up.
    slow = new Promise((resolve) => {
      const began = Date.now();
      const { hostname, port } = new URL(address);
      const socket = connect({
        host: hostname,
        port: Number(port),
        key,
        cert: certificateOf(ids.kiosk),
        ca: authority.certificate,
        checkServerIdentity: () => undefined,
      });
      socket.on('secureConnect', () => socket.write('POST /graphql HTTP/1.1\r\nHost: clinic-host.invalid\r\n'));
      socket.on('error', () => undefined);
      socket.resume();
      socket.on('close', () => resolve(Date.now() - began));
    });
  }, 60_000);
  afterAll(async () => {
    await host.close();
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  test('answers a device of its clinic, and keeps mail between its devices for the one it is for', async () => {
    const desk = client(ids.desk);
    expect(await desk.askHost('ClinicHost')).toMatchObject({ clinicHost: { feed: 'feed', device: ids.host } });
    const body = randomBytes(40).toString('base64');
    const message = { recipientChain: toHex(OURS), recipientDevice: ids.kiosk, kind: 'clinic-update', body };
    await desk.askHost('SendMessages', { messages: [message] });
    const arrivals = (of: HubClient) =>
      of.askHost<{ arrivals: { arrivals: Array<{ bytes: string }> } }>('Arrivals', { after: 0, limit: 10 });
    expect((await arrivals(client(ids.kiosk))).arrivals.arrivals.map(({ bytes }) => bytes)).toEqual([body]);
    expect((await arrivals(client(ids.host))).arrivals.arrivals).toEqual([]);
    // A kiosk stands where anybody can carry it away, and takes nobody's mail away.
    const named = { ids: [toHex(hashParts(Buffer.from(body, 'base64')))] };
    await expect(client(ids.kiosk).askHost('WithdrawMessages', named)).rejects.toMatchObject({ code: 'hub.not-allowed' });
    expect((await arrivals(client(ids.kiosk))).arrivals.arrivals).toHaveLength(1);
    expect(await desk.askHost('WithdrawMessages', named)).toEqual({ withdrawMessages: 1 });
  });

  test.each([
    ['a device of another clinic', ids.foreign, 'clinic-host.not-ours'],
    ['a device that nobody has enrolled', ids.unknown, 'clinic-host.not-ours'],
  ])('refuses %s by name', async (_, device, code) => {
    await expect(client(device).askHost('ClinicHost')).rejects.toMatchObject({ code });
  });

  test('shakes hands with nobody without a certificate of the authority of the region', async () => {
    const other = await makeAuthority();
    await expect(client(ids.desk, () => true, other).askHost('ClinicHost')).rejects.toMatchObject({
      code: 'sync.hub-unreachable',
    });
    const bare = new HubClient(address, { authority: authority.certificate, standsThere: () => true });
    await expect(bare.askHost('ClinicHost')).rejects.toMatchObject({ code: 'sync.hub-unreachable' });
  });

  test('is not believed by a desk when another device stands there, nor when a certificate of a device stands for a hub', async () => {
    await expect(client(ids.desk, () => false).askHost('ClinicHost')).rejects.toMatchObject({ code: 'sync.hub-unreachable' });
    const asHub = new HubClient(address, {
      authority: authority.certificate,
      device: { certificate: certificateOf(ids.desk), privateKey: key },
    });
    await expect(asHub.ask('Checkpoint')).rejects.toMatchObject({ code: 'sync.hub-unreachable' });
  });

  test('cuts the line of a device at once when its clinic revokes it', async () => {
    const desk = client(ids.desk);
    await desk.askHost('ClinicHost');
    await setDevices({ [ids.desk]: row(OURS, true) });
    await host.look();
    // The cut line is seen only when something is sent over it; a new one is refused by name.
    const told = await desk.askHost('ClinicHost').catch((failure: Failure) => failure.code);
    expect(['sync.hub-unreachable', 'hub.device-revoked']).toContain(told);
    await expect(desk.askHost('ClinicHost')).rejects.toMatchObject({ code: 'hub.device-revoked' });
    await setDevices({ [ids.desk]: row(OURS) });
  });

  test('takes no block that is none, no mail to another clinic, and no operation but its own', async () => {
    const desk = client(ids.desk);
    const { submit } = await desk.askHost<{ submit: SubmissionAnswer }>('Submit', {
      blocks: [randomBytes(300).toString('base64')],
    });
    expect(submit.receipts).toEqual([]);
    expect(submit.refusals[0]?.code).toMatch(/^(?:encoding|ledger)\./);
    const message = { recipientChain: toHex(THEIRS), recipientDevice: '', kind: 'grant', body: 'AAAA' };
    await expect(desk.askHost('SendMessages', { messages: [message] })).rejects.toMatchObject({ code: 'clinic-host.not-ours' });
    await expect(desk.ask('Region')).rejects.toMatchObject({ code: 'graphql.operation-unknown' });
    await expect(desk.askHost('Arrivals', { after: -1, limit: 10 })).rejects.toMatchObject({ code: 'hub.argument' });
  });

  test('is reached under no name that a page of a browser could have', async () => {
    const url = new URL(address);
    const status = await new Promise((resolve, reject) => {
      const asked = request(
        {
          host: url.hostname,
          port: url.port,
          path: '/graphql',
          method: 'POST',
          key,
          cert: certificateOf(ids.desk),
          ca: authority.certificate,
          checkServerIdentity: () => undefined,
          headers: { 'content-type': 'application/json', host: url.host },
        },
        ({ statusCode }) => resolve(statusCode),
      );
      asked.on('error', reject);
      asked.end('{}');
    });
    expect(status).toBe(421);
  });

  test('hangs up on who begins a request and does not send it', async () => {
    expect(await slow).toBeLessThan(40_000);
  }, 60_000);
});
