/** A video visit's room and signals, as a desk, the hub and a patient's page hold them; and what somebody between them tries. */
import { createHmac } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Caller } from '../../server/hub/line/callers.ts';
import { LinkServer } from '../../server/hub/line/link-server.ts';
import { CallPages } from '../../server/hub/patients/call-pages.ts';
import { CallRooms, type RoomWish } from '../../server/hub/patients/call-rooms.ts';
import { TurnServer } from '../../server/hub/patients/turn.ts';
import { newSigningKey, sign } from '../../server/vault/primitives.ts';
import { concat, toBase64, toBase64url, toHex } from '../../shared/encoding/bytes.ts';
import {
  type CallKeys,
  type CallLink,
  callKeys,
  clinicSignal,
  clinicVerifyKey,
  fingerprintOf,
  isSignedOffer,
  LONGEST_CALL_MS,
  MOST_SIGNAL,
  offerMessage,
  openSignal,
  readCallLink,
  SignalOrder,
  sealSignal,
} from '../../shared/telemedicine/call-signal.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';
import { folderOf, patient } from '../support/fhir-files.ts';
import { bytesFor } from '../support/ledger-builder.ts';

const PRINT = Array.from({ length: 32 }, (_, at) => at.toString(16).padStart(2, '0').toUpperCase()).join(':');
const sdp = (print = PRINT): string =>
  ['v=0', `a=fingerprint:sha-256 ${print}`, 'm=audio 9 UDP/TLS/RTP/SAVPF 111', 'm=video 9 UDP/TLS/RTP/SAVPF 96', ''].join('\r\n');
const ours = { chain: 'aa'.repeat(32), device: 'bb'.repeat(32), enrolled: true } satisfies Caller;
const folder = mkdtempSync(join(tmpdir(), 'careledger-call-'));
let time = Date.UTC(2026, 10, 28);
let rooms: CallRooms;
let server: LinkServer;
let address: string;

const newRooms = (): CallRooms => {
  const made = new CallRooms(() => time);
  made.address = () => address;
  return made;
};

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'visit.html'), '<meta content="__STYLE_NONCE__"><script src="./assets/visit-a.js"></script>');
  for (const name of ['visit-a.js', 'index-b.js']) writeFileSync(join(folder, 'assets', name), 'page()');
  const links = { open: async () => undefined, isThere: async () => false, address: '' };
  server = new LinkServer(links, () => time, { answer: (...asked) => new CallPages(rooms, folder).answer(...asked) });
  address = `http://127.0.0.1:${await server.listen(0, '127.0.0.1')}`;
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  rooms = newRooms();
});

const post = (path: string, body: object, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${address}/v/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const codeOf = async (response: Response): Promise<unknown> => ((await response.json()) as { code: unknown }).code;

interface DeskCall {
  readonly link: CallLink;
  readonly keys: CallKeys;
  readonly id: string;
  ask<Data>(query: string, more?: object): Promise<Data>;
}

/** A desk with one patient, who agreed unless told otherwise, and a call to them. */
async function callFromDesk(agreed = true): Promise<DeskCall> {
  const desk = await ClinicDesk.open({
    clock: () => time,
    askHubPages: async (operation, { room, body, after }) => {
      if (operation === 'OpenCallRoom') return { openCallRoom: rooms.open(ours, room as RoomWish) };
      if (operation === 'CallSignals')
        return { callSignals: await rooms.signalsForClinic(ours, room as string, after as number, 0) };
      if (operation === 'SendCallSignal') return { sendCallSignal: rooms.sendToGuest(ours, room as string, body as string) };
      return { closeCallRoom: rooms.close(ours, room as string) };
    },
  });
  const { request } = await desk.unlock();
  // The clinic's key, as its founding has it.
  const value = bytesFor(`${desk.clinic.label} clinic`);
  await request.vault.keyStore.putKeys([{ kind: 'clinic-signing', id: new Uint8Array(0), epoch: 0, value }]);
  const { id: job } = await request.imports.startPaths([folderOf({ 'Patient.ndjson': patient('p1') })]);
  await request.imports.settled(job);
  const person = (await request.patients.find('', 1, undefined)).patients[0]!.patient.id;
  await desk.ask(`mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }`, { patient: person });
  if (agreed) await desk.ask(CONSENT, { patient: person, given: true });
  const { openCall } = await desk.ask<{ openCall: { id: string; link: string } }>(
    `mutation ($patient: ID!) { openCall(patient: $patient) { id link } }`,
    { patient: person },
  );
  const link = readCallLink(new URL(openCall.link).hash) as CallLink;
  return {
    link,
    keys: await callKeys(link.secret),
    id: openCall.id,
    ask: (query, more) => desk.ask(query, { patient: person, call: openCall.id, ...more }),
  };
}

const CONSENT = `mutation ($patient: ID!, $given: Boolean!) { recordTeleConsent(patient: $patient, given: $given, way: SPOKEN) { holds } }`;
const HEAR = `mutation ($patient: ID!, $call: ID!) { hearCall(patient: $patient, call: $call) { joined signals { kind from offer sdp } } }`;
const OFFER = `mutation ($patient: ID!, $call: ID!, $to: String!, $sdp: String!) { offerCall(patient: $patient, call: $call, to: $to, sdp: $sdp) }`;
const instance = new Uint8Array(8).fill(7);

/** The patient's page takes its seat and says hello. */
async function guestIn({ keys }: Pick<DeskCall, 'keys'>): Promise<{ room: string; seat: string }> {
  const room = toHex(keys.room);
  const joined = await post('join', { room, token: toBase64url(keys.joinToken) });
  expect(joined.status).toBe(200);
  const { seat } = (await joined.json()) as { seat: string };
  const body = await sealSignal(keys, 'guest', { instance, counter: 1 }, { kind: 'hello' });
  expect((await post('send', { room, seat, body })).status).toBe(200);
  return { room, seat };
}

test('without the patient’s consent there is no room; with it both ends hear each other, and the clinic’s word is signed', async () => {
  await expect(callFromDesk(false)).rejects.toMatchObject({ code: 'telemedicine.no-consent' });
  expect(rooms.state.rooms).toBe(0);
  const call = await callFromDesk();
  const { room, seat } = await guestIn(call);
  const from = toHex(instance);
  expect(await call.ask(HEAR)).toEqual({
    hearCall: { joined: true, signals: [{ kind: 'HELLO', from, offer: null, sdp: null }] },
  });
  expect(await call.ask(OFFER, { to: from, sdp: sdp() })).toEqual({ offerCall: 1 });
  const { signals } = (await (await post('signals', { room, seat, after: 0 })).json()) as { signals: Array<{ body: string }> };
  const opened = (await openSignal(call.keys, 'clinic', signals[0]!.body))!;
  const offer = clinicSignal(opened.signal) as { kind: 'offer'; clinician: string } & Parameters<typeof isSignedOffer>[3];
  expect(offer.clinician).toBe('Dr. Ada Frey');
  const key = await clinicVerifyKey(call.link.clinicKey);
  expect(await isSignedOffer(key, call.keys.room, opened, offer)).toBe(true);
  // The hub, or whoever holds the link's secret beside it, puts a certificate of their own in place.
  const foreign = { ...offer, sdp: sdp(PRINT.replace('00', 'FF')) };
  expect(await isSignedOffer(key, call.keys.room, opened, foreign)).toBe(false);
  const mallory = newSigningKey();
  const signature = toBase64(sign(mallory, offerMessage(call.keys.room, opened, foreign.sdp)));
  expect(await isSignedOffer(key, call.keys.room, opened, { ...foreign, signature })).toBe(false);
  // The right signature, in another room, to another load of the page, or once more.
  expect(await isSignedOffer(key, new Uint8Array(32), opened, offer)).toBe(false);
  expect(await isSignedOffer(key, call.keys.room, { ...opened, instance: new Uint8Array(8) }, offer)).toBe(false);
  expect(await isSignedOffer(key, call.keys.room, { ...opened, counter: 2 }, { ...offer, number: 2 })).toBe(false);
});

test('what the hub hands on it cannot read, and what is not sealed by the other end is not heard', async () => {
  const call = await callFromDesk();
  const { room, seat } = await guestIn(call);
  await call.ask(HEAR);
  const { keys } = call;
  const other = await callKeys(new Uint8Array(32));
  const answer = { kind: 'answer', offer: 1, sdp: sdp() } as const;
  const sealed = await sealSignal(keys, 'guest', { instance, counter: 2 }, answer);
  expect(Buffer.from(sealed, 'base64').includes('fingerprint')).toBe(false);
  const forged = [
    await sealSignal(other, 'guest', { instance, counter: 3 }, answer),
    // Under the clinic's own direction, reflected.
    await sealSignal(keys, 'clinic', { instance, counter: 3 }, { kind: 'bye' }),
    // Altered by one bit.
    toBase64(Buffer.from(sealed, 'base64').map((byte, at) => (at === 40 ? byte ^ 1 : byte))),
    // A place that was taken, and another page that did not begin with hello.
    await sealSignal(keys, 'guest', { instance, counter: 1 }, answer),
    await sealSignal(keys, 'guest', { instance: new Uint8Array(8), counter: 9 }, answer),
  ];
  for (const body of [...forged, sealed]) expect((await post('send', { room, seat, body })).status).toBe(200);
  const { hearCall } = await call.ask<{ hearCall: { signals: unknown[] } }>(HEAR);
  expect(hearCall.signals).toEqual([{ kind: 'ANSWER', from: toHex(instance), offer: 1, sdp: sdp() }]);
});

test('the link lets one person in, once; the browser that has the seat comes back to it', async () => {
  const call = await callFromDesk();
  const { room, seat } = await guestIn(call);
  const token = toBase64url(call.keys.joinToken);
  const again = await post('join', { room, token });
  expect([again.status, await codeOf(again)]).toEqual([409, 'call.used']);
  const back = await post('join', { room, token }, { cookie: `seat=${seat}` });
  expect([back.status, ((await back.json()) as { seat: string }).seat]).toEqual([200, seat]);
  expect(back.headers.get('set-cookie')).toMatch(/; Secure; HttpOnly; SameSite=Strict$/);
  // A wrong token, a wrong seat and a wrong room are one answer.
  for (const [path, body] of [
    ['join', { room, token: toBase64url(new Uint8Array(32)) }],
    ['signals', { room, seat: toBase64url(new Uint8Array(32)), after: 0 }],
    ['signals', { room: '00'.repeat(32), seat, after: 0 }],
    ['send', { room: 'not a room', seat, body: 'AAAA' }],
  ] as const) {
    const refused = await post(path, body);
    expect([refused.status, await codeOf(refused)]).toEqual([404, 'call.over']);
  }
});

test('a room is over at its time, when the clinic goes, and when it hangs up; then nothing of it is left', async () => {
  const over = async (end: (call: DeskCall, room: string) => unknown): Promise<void> => {
    const call = await callFromDesk();
    const { room, seat } = await guestIn(call);
    await end(call, room);
    const refused = await post('signals', { room, seat, after: 0 });
    expect([refused.status, await codeOf(refused)]).toEqual([404, 'call.over']);
    rooms.expire();
    expect(rooms.state).toEqual({ rooms: 0, held: 0 });
  };
  await over(() => {
    time += LONGEST_CALL_MS + 1;
  });
  await over(() => {
    time += 91_000;
  });
  await over((_, room) => rooms.close(ours, room));
  const call = await callFromDesk();
  const elsewhere = { ...ours, device: 'cc'.repeat(32) };
  expect(rooms.close(elsewhere, toHex(call.keys.room))).toBe(false);
  expect(() => rooms.sendToGuest(elsewhere, toHex(call.keys.room), 'AAAA')).toThrow(/over/);
  expect(() =>
    rooms.open(ours, { room: 'ab'.repeat(32), joinHash: '00'.repeat(32), expires: time + LONGEST_CALL_MS + 1 }),
  ).toThrow(/expires/);
});

test('signals are bounded in size, in number and in time', async () => {
  const call = await callFromDesk();
  const { room, seat } = await guestIn(call);
  await call.ask(HEAR);
  const large = await post('send', { room, seat, body: 'A'.repeat(MOST_SIGNAL + 4) });
  expect([large.status, await codeOf(large)]).toEqual([413, 'call.too-large']);
  expect((await post('send', { room, seat, body: 'A'.repeat(MOST_SIGNAL + 2_000) })).status).toBe(413);
  expect((await post('send', { room, seat, body: 'no base64!' })).status).toBe(413);
  const sent = await Promise.all(Array.from({ length: 20 }, () => post('send', { room, seat, body: 'AAAA' })));
  const taken = sent.filter(({ status }) => status === 200).length;
  // The hello still waits: the desk has not said that it has it.
  expect(taken).toBe(7);
  expect(sent.filter(({ status }) => status === 429)).toHaveLength(20 - taken);
  await call.ask(HEAR);
  await call.ask(HEAR);
  // The burst is used up; a second later there is one more.
  const burst = await Promise.all(Array.from({ length: 8 }, () => post('send', { room, seat, body: 'AAAA' })));
  expect(burst.filter(({ status }) => status === 200).length).toBeLessThan(8);
});

test('the page is served with its own files, under a policy of its own, to nobody’s scripts', async () => {
  const page = await fetch(`${address}/v/`);
  expect(page.headers.get('permissions-policy')).toContain('camera=(self), microphone=(self)');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await page.text()).not.toContain('__STYLE_NONCE__');
  expect((await fetch(`${address}/v/assets/visit-a.js`)).status).toBe(200);
  for (const path of ['v/assets/index-b.js', 'v/assets/..%2fvisit.html', 'v/index.html', 'assets/visit-a.js'])
    expect((await fetch(`${address}/${path}`)).status).toBe(404);
  expect((await post('join', {}, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await post('join', {}, { 'content-type': 'text/plain' })).status).toBe(405);
  expect((await fetch(`${address}/v/join`)).status).toBe(405);
});

test('the TURN server’s credentials end with the call, as coturn reads them', async () => {
  const secret = 'a secret of at least twenty-four characters';
  rooms.turn = new TurnServer('turn:turn.example.org:3478?transport=udp, turns:turn.example.org:5349', secret);
  onTestFinished(() => {
    rooms.turn = undefined;
  });
  const { ice, expires } = rooms.open(ours, { room: 'ab'.repeat(32), joinHash: '00'.repeat(32), expires: time + 60_000 });
  const [relay] = ice;
  expect(relay?.username).toBe(`${Math.floor(expires / 1000)}:${'ab'.repeat(8)}`);
  expect(relay?.credential).toBe(createHmac('sha1', secret).update(relay!.username).digest('base64'));
  for (const wrong of ['stun:stun.elsewhere.example', 'https://turn.example.org', 'turn:a b', ''])
    expect(() => new TurnServer(wrong, secret)).toThrow(/TURN server/);
  expect(() => new TurnServer('turn:turn.example.org', 'short')).toThrow(/24/);
});

test('a description with no certificate, two of them, or anything but encrypted sound and pictures is none', () => {
  expect(fingerprintOf(sdp())).toBe(PRINT.replaceAll(':', '').toLowerCase());
  for (const wrong of [
    '',
    sdp().replace('sha-256', 'sha-1'),
    sdp(`${PRINT}\r\na=fingerprint:sha-256 ${PRINT.replace('00', 'FF')}`),
    sdp().replaceAll('UDP/TLS/RTP/SAVPF', 'RTP/AVP'),
    sdp().replace('m=video', 'm=application'),
    `${sdp()}${'a=x\r\n'.repeat(3_000)}`,
  ])
    expect(fingerprintOf(wrong)).toBeUndefined();
  expect(readCallLink(`#${toBase64url(concat(new Uint8Array(32), new Uint8Array(31)))}`)).toBeUndefined();
  const order = new SignalOrder();
  expect(order.takes({ instance, counter: 1 }, false)).toBe(false);
  expect(order.takes({ instance, counter: 1 }, true)).toBe(true);
  expect(order.takes({ instance, counter: 1 }, true)).toBe(false);
});
