/** A patient joins their video visit at a kiosk: card and PIN open the invitation that the desk has sealed, and nobody else's card does. */
import { expect, test } from 'vitest';
import type { Caller } from '../../server/hub/line/callers.ts';
import { CallRooms, type RoomWish } from '../../server/hub/patients/call-rooms.ts';
import type { OwnRecordsParts } from '../../server/workstation/kiosk/own-records.ts';
import { toBase64url, toHex } from '../../shared/encoding/bytes.ts';
import { callKeys, clinicSignal, openSignal, readCallLink, sealSignal } from '../../shared/telemedicine/call-signal.ts';
import { atKiosk } from '../care-card/card-at-a-kiosk.ts';
import type { BenchClinic } from '../consent/bench-clinic.ts';
import { RegionBench } from '../consent/region-bench.ts';

const PRINT = Array.from({ length: 32 }, () => 'AB').join(':');
const SDP = ['v=0', `a=fingerprint:sha-256 ${PRINT}`, 'm=audio 9 UDP/TLS/RTP/SAVPF 111', ''].join('\r\n');

test('the holder of the card is let in once, hears the clinic’s signed offer, and nobody else finds the invitation', async () => {
  const { bench, clinics } = await RegionBench.found(['Home', 'Other']);
  const [home, other] = clinics as [BenchClinic, BenchClinic];
  const rooms = new CallRooms(() => bench.time);
  rooms.address = () => 'https://links.invalid';
  const callerOf = ({ clinic }: BenchClinic, device = '01'): Caller => ({
    chain: toHex(clinic.chain),
    device: device.repeat(32),
    enrolled: true,
  });
  (home.context.gateway as { askHubPages: unknown }).askHubPages = async (
    operation: string,
    { room, body, after }: Record<string, unknown>,
  ) => {
    if (operation === 'OpenCallRoom') return { openCallRoom: rooms.open(callerOf(home), room as RoomWish) };
    if (operation === 'SendCallSignal')
      return { sendCallSignal: rooms.sendToGuest(callerOf(home), room as string, body as string) };
    return { callSignals: await rooms.signalsForClinic(callerOf(home), room as string, after as number, 0) };
  };
  const bytes = (text: unknown): Uint8Array => Buffer.from(String(text), 'base64url');
  /** What the hub answers to a kiosk of this clinic. */
  const asKiosk =
    (clinic: BenchClinic): OwnRecordsParts['askCalls'] =>
    async ({ operation, variables }) => {
      const { room, token, seat, body, after, box } = variables as Record<string, string>;
      if (operation === 'CallInvitation') return { callInvitation: rooms.invitation(callerOf(clinic, '02'), String(box)) };
      if (operation === 'JoinCall') return { joinCall: rooms.join(String(room), bytes(token)) };
      if (operation === 'SendGuestSignal') return { sent: rooms.sendToClinic(String(room), bytes(seat), String(body)) };
      return { guestSignals: { signals: await rooms.signalsForGuest(String(room), bytes(seat), Number(after), 0) } };
    };
  const [ada, bo] = [await home.register('Ada'), await home.register('Bo')];
  const [adas, bos] = [await home.issueCard(ada), await home.issueCard(bo)];
  await home.vault.careCards.refresh();
  await home.vault.patientFiles.refresh();
  await bench.sync();
  const { videoCalls, teleConsents, charts } = home.vault;
  await charts.open(ada, 'TREAT');
  await expect(videoCalls.open(ada)).rejects.toMatchObject({ code: 'telemedicine.no-consent' });
  await teleConsents.record(ada, true, 'spoken');
  const call = await videoCalls.open(ada);
  expect(call.kiosk).toBe(true);

  const waitingFor = (card: typeof adas, at = home) =>
    atKiosk(home, card, async (_, own) => own.calls.waiting(), { askCalls: asKiosk(at) });
  expect(await waitingFor(bos)).toBeUndefined();
  expect(await waitingFor(adas, other)).toBeUndefined();
  const fragment = await waitingFor(adas);
  expect(call.link.endsWith(`#${fragment}`)).toBe(true);
  // The hub hands Ada's invitation to Bo: his card does not open it.
  const box = home.vault.patients.known(ada).handles.card as string;
  const swapped: OwnRecordsParts['askCalls'] = async () => ({ callInvitation: rooms.invitation(callerOf(home), box) });
  expect(await atKiosk(home, bos, async (_, own) => own.calls.waiting(), { askCalls: swapped })).toBeUndefined();

  const link = readCallLink(String(fragment));
  if (!link) throw new Error('no link');
  const keys = await callKeys(link.secret);
  const room = toHex(keys.room);
  const instance = new Uint8Array(8).fill(3);
  await atKiosk(
    home,
    adas,
    async (_, { calls }) => {
      const { seat } = await calls.join(room, toBase64url(keys.joinToken));
      await calls.say(room, seat, await sealSignal(keys, 'guest', { instance, counter: 1 }, { kind: 'hello' }));
      const heard = await videoCalls.hear(ada, call.id);
      expect(heard).toMatchObject({ joined: true, signals: [{ kind: 'hello', from: toHex(instance) }] });
      await videoCalls.offer(ada, call.id, toHex(instance), SDP);
      const [signal] = await calls.hear(room, seat, 0);
      const opened = await openSignal(keys, 'clinic', String(signal?.body));
      expect(clinicSignal(opened?.signal)).toMatchObject({ kind: 'offer', sdp: SDP, clinician: 'Dr. Home' });
      expect(await calls.waiting()).toBeUndefined();
      await expect(calls.join(room, toBase64url(keys.joinToken))).rejects.toMatchObject({ code: 'call.used' });
    },
    { askCalls: asKiosk(home) },
  );
}, 60_000);
