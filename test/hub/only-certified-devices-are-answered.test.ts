import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { buildSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wireSchema } from '../../server/graphql/wire-schemas.ts';
import { STANDING } from '../../server/hub/line/callers.ts';
import { makeAuthority, makeRequest, signPageRequest, signRequest } from '../../server/identity/certificates.ts';
import { HubClient } from '../../server/sync/hub-client.ts';
import { newAgreementKey, randomBytes, sha256, sign } from '../../server/vault/primitives.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { deviceMessage } from '../../shared/ledger/enrolment-rules.ts';
import { HUB_OPERATIONS } from '../../shared/sync/operations.ts';
import { act, signingKeyFor } from '../support/ledger-builder.ts';
import { subscribeToHead } from './head-subscription.ts';
import { HubBench, type Line, testTlsKey } from './hub-bench.ts';

const DAY_MS = 86_400_000;

describe('only devices with a certificate of this hub are answered', () => {
  let bench: HubBench;
  let north: Line;
  /** Milliseconds. */
  let ahead = 0;

  beforeAll(async () => {
    bench = await HubBench.open({ clock: () => Date.now() + ahead });
    north = await bench.join(bench.founder);
  });
  afterAll(() => bench.close());

  test('no certificate, and one of another authority for a device that is enrolled, are refused', async () => {
    const refused = { status: 403, body: { errors: [{ extensions: { code: 'hub.certificate-required' } }] } };
    expect(await bench.line().graphql(HUB_OPERATIONS.Checkpoint)).toMatchObject(refused);
    const privateKey = await testTlsKey();
    const foreign = signRequest(await makeAuthority(), makeRequest(privateKey, bench.founder.desk.id), bench.founder.desk.id);
    expect(await bench.line({ privateKey, certificate: foreign.certificate }).graphql(HUB_OPERATIONS.Checkpoint)).toMatchObject(
      refused,
    );
  });

  test('a line of a TLS before 1.3 is not begun', async () => {
    const begun = (maxVersion: 'TLSv1.2' | 'TLSv1.3'): Promise<string> =>
      new Promise((resolve) => {
        const to = { port: bench.port, host: '127.0.0.1', servername: 'localhost', ca: bench.authority, maxVersion };
        const socket = connect(to, () => {
          resolve(String(socket.getProtocol()));
          socket.destroy();
        });
        socket.on('error', () => resolve('refused'));
      });
    expect(await begun('TLSv1.3')).toBe('TLSv1.3');
    expect(await begun('TLSv1.2')).toBe('refused');
  });

  test('every field of the schema has a standing, and none is named that is not there', () => {
    const schema = buildSchema(wireSchema('hub').join('\n'));
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
    expect(Object.keys(STANDING).sort()).toEqual(roots.flatMap((root) => Object.keys(root?.getFields() ?? {})).sort());
  });

  test('a kiosk is certified for a page on its network, and by that certificate nobody takes it for a device or a hub', async () => {
    const { founder } = bench;
    const kiosk = signingKeyFor('kiosk');
    const device = toHex(kiosk.publicKey);
    const encryptionKey = newAgreementKey().publicKey;
    const clinicSignature = sign(founder.clinicKey, deviceMessage(founder.chain, { device: kiosk.publicKey, encryptionKey }));
    const enrolled = { device: kiosk.publicKey, encryptionKey, kind: 'kiosk', clinicSignature };
    const secret = randomBytes(16);
    await north.ask('InviteDevice', { secretHash: toHex(sha256(secret)), expires: Date.now() + 60_000 });
    const line = await bench.enrol(kiosk, { secret, chain: founder.id });
    const privateKey = await testTlsKey();
    const order = { request: makeRequest(privateKey, device), names: ['kiosk.local', '192.168.7.20'] };
    await expect(line.ask('Certify', order)).rejects.toThrow('hub.not-allowed');
    await bench.submit(north, founder.desk.write(act(founder, 'device.enrolled', enrolled, { signer: founder.administrator })));

    const { certify } = await line.ask<{ certify: { certificate: string } }>('Certify', order);
    const { subjectAltName, ca } = new X509Certificate(certify.certificate);
    expect(subjectAltName).toBe(`DNS:kiosk.local, IP Address:192.168.7.20, URI:urn:careledger:page:${device}`);
    expect(ca).toBe(false);
    // A workstation serves there once its administrator has said so on the ledger, and no longer than that.
    const ofDesk = { ...order, request: makeRequest(privateKey, founder.desk.id) };
    const say = (reach: string) =>
      act(founder, 'facade.reach', { device: founder.desk.key.publicKey, reach }, { signer: founder.administrator });
    await expect(north.ask('Certify', ofDesk)).rejects.toThrow('hub.page-reach');
    await bench.submit(north, founder.desk.write(say('network')));
    await north.ask('Certify', ofDesk);
    await bench.submit(north, founder.desk.write(say('computer')));
    await expect(north.ask('Certify', ofDesk)).rejects.toThrow('hub.page-reach');
    for (const names of [
      ['localhost'],
      ['kiosk.local', 'kiosk.example.org'],
      ['8.8.8.8'],
      ['*.local'],
      ['kiosk.local,DNS:evil.example'],
      Array(9).fill('a.lan'),
    ])
      await expect(line.ask('Certify', { ...order, names }), String(names)).rejects.toThrow('hub.page-names');
    await expect(bench.line({ privateKey, ...certify }).ask('Checkpoint')).rejects.toThrow();

    // A thief of a page's key and of a name that once was the hub's.
    const authority = JSON.parse(await readFile(join(bench.folder, 'hub-keys.json'), 'utf8')).authority;
    const page = signPageRequest(authority, order.request, device, ['localhost']);
    const server = createServer({ key: privateKey, cert: page.certificate }, (_, response) => response.end('{"data":{}}'));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const client = new HubClient(`https://localhost:${(server.address() as AddressInfo).port}`, { authority: bench.authority });
    await expect(client.ask('Checkpoint')).rejects.toMatchObject({ code: 'sync.hub-unreachable' });
    client.close();
    await new Promise((done) => server.close(done));
  });

  test('a kiosk, which anybody may carry away, can destroy nothing of its clinic’s and let nobody in', async () => {
    const { founder } = bench;
    const key = signingKeyFor('another kiosk');
    const encryptionKey = newAgreementKey().publicKey;
    const clinicSignature = sign(founder.clinicKey, deviceMessage(founder.chain, { device: key.publicKey, encryptionKey }));
    const enrolled = { device: key.publicKey, encryptionKey, kind: 'kiosk', clinicSignature };
    await bench.submit(north, founder.desk.write(act(founder, 'device.enrolled', enrolled, { signer: founder.administrator })));
    const secret = randomBytes(16);
    await north.ask('InviteDevice', { secretHash: toHex(sha256(secret)), expires: Date.now() + 60_000 });
    const kiosk = await bench.enrol(key, { secret, chain: founder.id });
    const room = { room: '11'.repeat(32), joinHash: '22'.repeat(32), expires: Date.now() + 60_000 };
    const asked: ReadonlyArray<readonly [keyof typeof HUB_OPERATIONS, object]> = [
      ['InviteDevice', { secretHash: '33'.repeat(32), expires: Date.now() + 60_000 }],
      ['Escrow', {}],
      ['PutEscrow', { entries: [] }],
      ['DeleteEscrow', { backups: [] }],
      ['WithdrawMessages', { ids: [] }],
      ['OpenCallRoom', { room }],
      ['CardCounts', { counts: '', after: 0 }],
      ['PolicyPapers', {}],
      ['OfferToWitness', { offer: '' }],
    ];
    for (const [name, variables] of asked) await expect(kiosk.ask(name, variables), name).rejects.toThrow('hub.not-allowed');
    // What a kiosk stands there for goes on.
    expect(await kiosk.ask('ClinicDocuments', { after: 0, limit: 1 })).toMatchObject({ clinicDocuments: { documents: [] } });
    expect(await north.ask('DeleteEscrow', { backups: [] })).toEqual({ deleteEscrow: 0 });
  });

  test('a device has its own certificate renewed', async () => {
    const { certify } = await north.ask<{ certify: { certificate: string } }>('Certify', {
      request: makeRequest(await testTlsKey(), bench.founder.desk.id),
      names: [],
    });
    const renewed = bench.line({ privateKey: await testTlsKey(), ...certify });
    expect((await renewed.ask<{ caller: { device: string } }>('Caller')).caller.device).toBe(bench.founder.desk.id);
  });

  test('a hub that runs for months shows a new certificate before its own ends, and cuts who holds one that has ended', async () => {
    const shown = (): Promise<string> =>
      new Promise((resolve, reject) => {
        const socket = connect({ host: '127.0.0.1', port: bench.port, ca: bench.authority, servername: 'localhost' }, () => {
          resolve(socket.getPeerCertificate().serialNumber);
          socket.destroy();
        }).on('error', reject);
      });
    const first = await shown();
    const { key, cert } = north.agent.options as { key: string; cert: string };
    const head = await subscribeToHead(bench, { privateKey: key, certificate: cert });
    await head.next();
    ahead = 59 * DAY_MS;
    await bench.hub.lookAtCertificates();
    expect(await shown()).toBe(first);
    ahead = 61 * DAY_MS;
    await bench.hub.lookAtCertificates();
    expect(await shown()).not.toBe(first);
    // Lines that stand go on.
    await north.ask('Checkpoint');
    ahead = 91 * DAY_MS;
    await bench.hub.lookAtCertificates();
    await head.closed;
    ahead = 0;
  });

  test('a revoked device loses its sockets and subscriptions at once, and is refused by name afterwards', async () => {
    const { founder } = bench;
    const key = signingKeyFor('to be revoked');
    const encryptionKey = newAgreementKey().publicKey;
    const clinicSignature = sign(founder.clinicKey, deviceMessage(founder.chain, { device: key.publicKey, encryptionKey }));
    const enrolled = { device: key.publicKey, encryptionKey, kind: 'workstation', clinicSignature };
    await bench.submit(north, founder.desk.write(act(founder, 'device.enrolled', enrolled, { signer: founder.administrator })));
    const secret = randomBytes(16);
    await north.ask('InviteDevice', { secretHash: toHex(sha256(secret)), expires: Date.now() + 60_000 });
    const certificate = await bench.certify(key, { secret, chain: founder.id });
    const desk = bench.line(certificate);
    expect((await desk.ask<{ caller: { admitted: boolean } }>('Caller')).caller.admitted).toBe(true);
    const head = await subscribeToHead(bench, certificate);
    expect((await head.next()).checkpoint).toContain('careledger/');
    const inFlight = desk.http({ headers: { 'content-length': '100' }, body: '{' }).then(
      () => 'answered',
      () => 'cut',
    );
    await bench.submit(
      north,
      founder.desk.write(act(founder, 'device.revoked', { device: key.publicKey }, { signer: founder.administrator })),
    );
    await head.closed;
    expect(await inFlight).toBe('cut');
    expect(await desk.graphql(HUB_OPERATIONS.Checkpoint)).toMatchObject({
      status: 403,
      body: { errors: [{ extensions: { code: 'hub.device-revoked' } }] },
    });
    await expect(subscribeToHead(bench, certificate).then((again) => again.next())).rejects.toThrow();
  });
});
