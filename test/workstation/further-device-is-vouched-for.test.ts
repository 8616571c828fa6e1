/** What lets a device into a clinic: the invitation's secret, then the ledger. Neither the hub nor a thief of messages can. */
import { beforeEach, describe, expect, test } from 'vitest';
import { waitingMessages } from '../../server/sync/clinic.store.ts';
import { ClinicMail } from '../../server/sync/clinic-mail/clinic-mail.ts';
import { ClinicDevices } from '../../server/sync/clinic-mail/clinic-mail-devices.ts';
import { settleWelcome, takeWelcome } from '../../server/sync/clinic-mail/clinic-mail-welcome.ts';
import type { DeviceGateway, LocalWrite, OutgoingMessage } from '../../server/sync/gateway.ts';
import { addIncomingMessages } from '../../server/sync/transfer.store.ts';
import type { VaultContext } from '../../server/sync/vault-context/vault-context.ts';
import { hpkeSeal } from '../../server/vault/hpke.ts';
import { agreementKeyFromSecret, hkdf, hmacSha256, sha256 } from '../../server/vault/primitives.ts';
import { enrolmentSecret } from '../../server/workstation/joining/further-device.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import {
  DEVICE_REQUEST,
  DEVICE_WELCOME,
  type DeviceRequest,
  encodeDeviceRequest,
  REQUEST_KEY_INFO,
} from '../../shared/sync/device-joining.ts';
import { writeInvitation } from '../../shared/sync/wire.ts';
import { encodeMessage, messageInfo } from '../../shared/vault/message.ts';
import type { BenchClinic } from '../consent/bench-clinic.ts';
import { RegionBench } from '../consent/region-bench.ts';
import { agreementKeyFor, bytesFor, signingKeyFor } from '../support/ledger-builder.ts';

const NOTHING = new Uint8Array(0);
const HOUR = 3_600_000;

let clinic: BenchClinic;
let neighbour: BenchClinic;
let bench: RegionBench;
let context: VaultContext;
let devices: ClinicDevices;
let sent: OutgoingMessage[];
let secret: Uint8Array;
let sequence: number;

beforeEach(async () => {
  const found = await RegionBench.found(['Harbour', 'Mountain']);
  bench = found.bench;
  [clinic, neighbour] = found.clinics as [BenchClinic, BenchClinic];
  const founder = clinic.clinic;
  secret = bytesFor('invitation', 16);
  sent = [];
  sequence = 0;
  const gateway: DeviceGateway = {
    ...clinic.context.gateway,
    commit: (write: LocalWrite) => {
      sent.push(...(write.messages ?? []));
      return clinic.context.gateway.commit(write);
    },
    identity: async () => ({ ...(await clinic.context.gateway.identity()), founding: founder.founding.bytes }),
    inviteDevice: async () =>
      writeInvitation({
        kind: 'device',
        address: 'https://localhost:7443',
        authority: bytesFor('authority'),
        region: bench.region.region.id,
        chain: founder.chain,
        secret,
        expires: bench.time + HOUR,
      }),
  };
  const { keyStore, reader, chain, device } = clinic.context;
  const mail = await ClinicMail.open({
    keyStore,
    gateway,
    reader,
    chain,
    device,
    agreement: agreementKeyFor('Harbour device encryption'),
  });
  context = { ...clinic.context, gateway: mail.gateway };
  devices = new ClinicDevices(context, mail);
});

const newcomer = (label: string): DeviceRequest => ({
  region: bench.region.region.id,
  chain: clinic.clinic.chain,
  device: signingKeyFor(`${label} device`).publicKey,
  encryptionKey: agreementKeyFor(label).publicKey,
  staff: signingKeyFor(`${label} staff`).publicKey,
  staffName: label,
});

/** A request's message under the key that a secret gives. */
function requestOf(request: DeviceRequest, key: Uint8Array = hkdf(secret, NOTHING, REQUEST_KEY_INFO, 32)): Uint8Array {
  const chain = clinic.clinic.chain;
  const recipientKey = agreementKeyFromSecret(bytesFor('Harbour encryption')).publicKey;
  const plaintext = encodeDeviceRequest(request, (message) => hmacSha256(key, message));
  const to = { recipient: recipientKey, info: messageInfo(DEVICE_REQUEST, chain, chain) };
  const { encapsulated, ciphertext } = hpkeSeal(to, NOTHING, plaintext);
  const parties = { senderChain: new Uint8Array(32), recipientChain: chain, recipientKey };
  return encodeMessage({ suite: 1, kind: DEVICE_REQUEST, ...parties, encapsulated, ciphertext });
}

/** What the hub hands to the clinic: a message, and which device it says has sent it. */
async function receive(body: Uint8Array, senderDevice: Uint8Array): Promise<void> {
  const message = { sequence: ++sequence, id: sha256(body), kind: DEVICE_REQUEST, senderChain: NOTHING, senderDevice, body };
  await clinic.database.write((transaction) => addIncomingMessages(transaction, [message]));
  await devices.receive();
}

const names = async (): Promise<string[]> => (await devices.waiting()).map(({ staffName }) => staffName);

describe('a request to be let in', () => {
  test('counts with the secret of an invitation of this clinic, once', async () => {
    await devices.invite('workstation');
    const request = newcomer('Bo');
    const body = requestOf(request);
    await receive(body, request.device);
    expect(await names()).toEqual(['Bo']);
    await devices.refuse(toHex(request.device));
    await receive(body, request.device);
    await receive(requestOf(request), request.device);
    expect(await names()).toEqual([]);
  });

  test('does not count from the hub, which sees only what the secret gives for a certificate', async () => {
    await devices.invite('workstation');
    const request = newcomer('Mallory');
    await receive(requestOf(request, enrolmentSecret(secret)), request.device);
    await receive(requestOf(request, hkdf(enrolmentSecret(secret), NOTHING, REQUEST_KEY_INFO, 32)), request.device);
    expect(await names()).toEqual([]);
  });

  test('does not count with no invitation, after it has expired, from another device, or for another clinic', async () => {
    const request = newcomer('Bo');
    await receive(requestOf(request), request.device);
    await devices.invite('workstation');
    await receive(requestOf(request), newcomer('Mallory').device);
    const elsewhere = { ...request, chain: bytesFor('another chain') };
    await receive(requestOf(elsewhere), request.device);
    await receive(requestOf({ ...request, region: bytesFor('another region') }), request.device);
    bench.time += 2 * HOUR;
    await receive(requestOf(request), request.device);
    expect(await names()).toEqual([]);
    expect(await waitingMessages(context.reader)).toEqual([]);
  });

  test('nonsense is dropped and keeps nobody else waiting', async () => {
    await devices.invite('workstation');
    const request = newcomer('Bo');
    await receive(bytesFor('nonsense'), request.device);
    await receive(requestOf(request), request.device);
    expect(await names()).toEqual(['Bo']);
  });
});

describe('a welcome', () => {
  test('enrols device and person, and opens for that device alone', async () => {
    await devices.invite('workstation');
    const request = newcomer('Bo');
    await receive(requestOf(request), request.device);
    await devices.admit(toHex(request.device), 'nurse');
    const [device, staff] = await context.gateway.state([`device/${toHex(request.device)}`, `staff/${toHex(request.staff)}`]);
    expect(device && staff).toBeDefined();
    const welcome = sent.filter(({ kind }) => kind === DEVICE_WELCOME);
    expect(welcome.length).toBeGreaterThan(0);

    await neighbour.database.write((transaction) =>
      addIncomingMessages(
        transaction,
        welcome.map(({ body, kind }, at) => {
          return { sequence: at + 1, id: sha256(body), kind, senderChain: clinic.clinic.chain, senderDevice: NOTHING, body };
        }),
      ),
    );
    const { keyStore, gateway, reader } = neighbour.context;
    const taking = { keyStore, gateway, reader, chain: clinic.clinic.chain };
    const thieving = { ...taking, device: request.device, agreement: agreementKeyFor('Thief') };
    expect(await takeWelcome(thieving)).toBeUndefined();
    // Under another device's name not even the right key opens it.
    expect(await takeWelcome({ ...taking, device: newcomer('Thief').device, agreement: agreementKeyFor('Bo') })).toBeUndefined();
    // Nor is it a welcome of any other clinic.
    const forged = { ...taking, chain: bytesFor('Mallory') };
    expect(await takeWelcome({ ...forged, device: request.device, agreement: agreementKeyFor('Bo') })).toBeUndefined();
    const welcomed = { ...taking, device: request.device, agreement: agreementKeyFor('Bo') };
    expect(await takeWelcome(welcomed)).toEqual(clinic.clinic.founding.bytes);
    // Killed before it kept the founding statement, it finds the welcome again; once it is in, the welcome goes.
    expect(await takeWelcome(welcomed)).toEqual(clinic.clinic.founding.bytes);
    await settleWelcome(neighbour.context);
    expect(await waitingMessages(reader)).toEqual([]);
  });
});
