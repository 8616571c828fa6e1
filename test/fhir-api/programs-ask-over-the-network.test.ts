/** On the clinic's network a program is answered over TLS alone, with a token that was made for it, and not more than its share. */
import type { IncomingHttpHeaders } from 'node:http';
import { Agent, get } from 'node:https';
import { connect } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { connect as connectTls } from 'node:tls';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { subnetOf } from '../../server/hub/line/subnet.ts';
import { makeAuthority, makeRequest, signPageRequest } from '../../server/identity/certificates.ts';
import { FhirCallers } from '../../server/workstation/fhir-door/fhir-callers.ts';
import { AskerLimits, type FhirCaller, startNetworkHost } from '../../server/workstation/fhir-door/fhir-network.ts';
import { RateLimit } from '../../server/workstation/page/rate-limit.ts';
import { testTlsKey } from '../hub/hub-bench.ts';
import { eventually } from '../support/eventually.ts';
import { Facade } from './facade.ts';

const DEVICE = 'ab'.repeat(32);
let authority: Awaited<ReturnType<typeof makeAuthority>>;
let tlsKey: string;

beforeAll(async () => {
  authority = await makeAuthority();
  tlsKey = await testTlsKey();
});

/** A desk whose façade is on the network as well, and a program there that trusts the region's authority. */
async function onNetwork() {
  const facade = await Facade.open();
  const callers: FhirCaller[] = [];
  const certificate = async (names: readonly string[]) => ({
    privateKey: tlsKey,
    certificate: signPageRequest(authority, makeRequest(tlsKey, DEVICE), DEVICE, names).certificate,
  });
  const host = await startNetworkHost(
    { device: DEVICE, authority: authority.certificate, certificate },
    { listen: '127.0.0.1:0', names: ['desk-1.local'] },
    {
      clock: Date.now,
      answer: (asked) => facade.request.fhirApi.answer(asked),
      asked: (caller) => void callers.push(caller),
      report: (problem) => expect.unreachable(String(problem)),
    },
  );
  const agent = new Agent({ ca: authority.certificate, servername: 'desk-1.local', maxSockets: 4, keepAlive: true });
  onTestFinished(async () => {
    agent.destroy();
    await host.close();
  });
  const [named, address] = host.addresses as [string, string];
  const ask = async (path: string, token: string, headers: Record<string, string> = {}) => {
    const given = token === '' ? headers : { authorization: `Bearer ${token}`, ...headers };
    const { status, headers: said, text } = await fetched(address + path, agent, given);
    const code: string = JSON.parse(text).issue?.[0]?.details?.coding?.[0]?.code ?? '';
    return { status, headers: said, text, code };
  };
  return { facade, ask, named, address, callers, port: Number(new URL(address).port) };
}

function fetched(url: string, agent: Agent, headers: Record<string, string>) {
  return new Promise<{ status: number; headers: IncomingHttpHeaders; text: string }>((resolve, reject) => {
    get(url, { agent, headers }, (answer) => {
      textOf(answer).then((text) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }), reject);
    }).on('error', reject);
  });
}

const PATIENT = { 'p.json': JSON.stringify({ resourceType: 'Patient', id: 'p1', name: [{ family: 'Ferreira' }] }) };

test('a token of the network reads over the network, by consent and in the access log; one of this computer does not', async () => {
  const { facade, ask, named, address, callers } = await onNetwork();
  await facade.imports(PATIENT);
  expect([new URL(named).hostname, new URL(address).hostname]).toEqual(['desk-1.local', '127.0.0.1']);
  const here = await facade.token('user/*.rs');
  const everywhere = await facade.token('user/Patient.r', { network: true, name: 'Lab box' });

  expect((await facade.ask('/Patient/p1', here)).status).toBe(200);
  expect(await ask('/Patient/p1', here)).toMatchObject({ status: 401, code: 'fhir-api.token-here' });
  expect(await ask('/Patient/p1', everywhere)).toMatchObject({ status: 200 });
  expect(await ask('/Patient?family=Ferreira', everywhere)).toMatchObject({ status: 403, code: 'fhir-api.scope' });
  expect(await ask('/Patient/p1', '')).toMatchObject({ status: 401, code: 'fhir-api.no-token' });
  const { text } = await ask('/metadata', '');
  expect(JSON.parse(text).implementation.url).toBe(address);

  expect(callers.map(({ program, refused }) => [program, refused])).toEqual([
    ['', true],
    ['Lab box', false],
    ['Lab box', true],
    ['', true],
    ['', false],
  ]);
  const patient = await facade.patient('Ferreira');
  const lines = (await facade.request.access.linesOf(patient)).filter(({ process }) => process === 'FHIR: Lab box');
  expect(lines.map(({ detail }) => detail)).toEqual(['read Patient, from 127.0.0.1']);
  // Ended, it opens nothing there either.
  const { tokens } = facade.request.fhirApi;
  await tokens.revoke(tokens.list().find(({ name }) => name === 'Lab box')?.id ?? '');
  expect(await ask('/Patient/p1', everywhere)).toMatchObject({ status: 401, code: 'fhir-api.token-unknown' });
});

test('what does not speak TLS 1.3, names another host or comes from a page of the web gets nothing', async () => {
  const { facade, ask, port } = await onNetwork();
  const token = await facade.token('user/*.rs', { network: true });
  expect(await ask('/Patient/p1', token, { host: 'evil.example' })).toMatchObject({ status: 421, code: 'host.misdirected' });
  expect(await ask('/Patient/p1', token, { origin: 'https://evil.example' })).toMatchObject({ status: 403 });
  const said = await new Promise<string>((resolve) => {
    let heard = '';
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`GET /fhir/metadata HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n\r\n`),
    );
    socket.on('data', (bytes) => {
      heard += bytes.toString('latin1');
    });
    socket.on('error', () => undefined).on('close', () => resolve(heard));
  });
  expect(said).not.toContain('HTTP/1.1');
  const older = await new Promise<string>((resolve) => {
    const socket = connectTls({ port, host: '127.0.0.1', ca: authority.certificate, maxVersion: 'TLSv1.2' });
    socket.on('secureConnect', () => resolve('connected')).on('error', () => resolve('refused'));
    onTestFinished(() => void socket.destroy());
  });
  expect(older).toBe('refused');
});

test('who guesses tokens waits; the desk itself does not', async () => {
  const { facade, ask } = await onNetwork();
  const own = await facade.token('user/*.rs');
  const wrong = `careledger-fhir-${'A'.repeat(43)}`;
  const answers = await Promise.all(Array.from({ length: 40 }, () => ask('/Patient/p1', wrong)));
  const throttled = answers.filter(({ status }) => status === 429);
  expect(throttled.length).toBeGreaterThan(0);
  expect(throttled[0]).toMatchObject({ code: 'fhir-api.too-many' });
  expect(Number(throttled[0]?.headers['retry-after'])).toBeGreaterThan(0);
  expect((await facade.ask('/Patient/nobody', own)).status).toBe(404);
});

describe('how much one asker may ask', () => {
  test('so much at once, then so much a second; others have their own', () => {
    let now = 0;
    const limit = new RateLimit({ perSecond: 10, atOnce: 3 }, () => now);
    expect([1, 2, 3, 4].map(() => limit.take('a'))).toEqual([true, true, true, false]);
    expect(limit.take('b')).toBe(true);
    expect(limit.wait('a')).toBe(100);
    now = 100;
    expect([limit.take('a'), limit.take('a')]).toEqual([true, false]);
    now = 100_000;
    expect([1, 2, 3, 4].map(() => limit.take('a'))).toEqual([true, true, true, false]);
  });

  test('what costs more is paid for later', () => {
    let now = 0;
    const limit = new RateLimit({ perSecond: 10, atOnce: 3 }, () => now);
    expect(limit.take('a', 13)).toBe(true);
    expect(limit.wait('a')).toBe(1100);
    now = 1_000;
    expect(limit.take('a')).toBe(false);
    now = 1_100;
    expect(limit.take('a')).toBe(true);
  });
});

describe('addresses of IPv6', () => {
  test('what one computer can give itself is one /64; IPv4, and addresses of the link alone, are each their own', () => {
    expect(subnetOf('2001:db8:0:1:aaaa:bbbb:cccc:1')).toBe('2001:db8:0:1::/64');
    expect(subnetOf('2001:0db8:0000:0001::7')).toBe('2001:db8:0:1::/64');
    expect(subnetOf('2001:db8::7')).toBe('2001:db8:0:0::/64');
    expect(subnetOf('fd00:1:2:3::9')).toBe('fd00:1:2:3::/64');
    for (const alone of ['192.168.1.20', 'fe80::1%eth0', 'FE80::2', 'nonsense']) expect(subnetOf(alone)).toBeUndefined();
  });

  test('who takes a new address for each request is stopped, and no others are', () => {
    const limits = new AskerLimits(() => 0);
    let asked = 0;
    const hopping = (): void => {
      for (; asked < 10_000; asked++) limits.admit(`2001:db8:0:1::${asked.toString(16)}`);
    };
    expect(hopping).toThrow(expect.objectContaining({ code: 'fhir-api.too-many' }));
    expect(asked).toBe(1_600);
    limits.admit('2001:db8:0:2::1');
    limits.admit('192.168.1.20');
  });
});

test('who asked is shown while it runs, is on the disk soon after, and is there again after a crash', async () => {
  const disk: { text?: string; writes: number } = { writes: 0 };
  const shelf = {
    text: async () => disk.text,
    remember: async (text: string) => {
      disk.text = text;
      disk.writes += 1;
    },
  };
  const callers = new FhirCallers(shelf, 1);
  const asks = (program: string, at: number) => callers.note({ address: '10.0.0.7', program, at, refused: false });
  await Promise.all([asks('Lab box', 1), asks('Pump', 2), asks('Lab box', 3)]);
  const shown = (await callers.list()).map(({ program, at }) => [program, at]);
  expect(shown).toEqual([
    ['Lab box', 3],
    ['Pump', 2],
  ]);
  await eventually(() => disk.writes).toBe(1);
  expect((await new FhirCallers(shelf).list()).map(({ program, at }) => [program, at])).toEqual(shown);
  await callers.write();
  expect(disk.writes).toBe(1);
});
