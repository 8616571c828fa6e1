/** The host tells its clinic's devices where it is, by mail from device to device: no broadcast, nothing that another clinic can read. */
import { equalBytes, fromHex, toHex } from '../../../shared/encoding/bytes.ts';
import { decode } from '../../../shared/encoding/codec.ts';
import { type DeviceRow, deviceRow } from '../../../shared/ledger/rows.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import {
  announcementContext,
  CLINIC_HOST_MAIL,
  type ClinicHostAnnouncement,
  decodeAnnouncement,
  encodeAnnouncement,
} from '../../../shared/sync/clinic-host.ts';
import type { Queryable } from '../../storage/database.ts';
import { type IncomingMessage, waitingMessages } from '../../sync/clinic.store.ts';
import type { OutgoingMessage } from '../../sync/gateway.ts';
import { listOverlaid } from '../../sync/own-acts/pending.ts';
import { openMessage, sealMessage } from '../../vault/messages.ts';
import type { AgreementKey } from '../../vault/primitives.ts';

export interface ThisDevice {
  readonly chain: Uint8Array;
  readonly device: Uint8Array;
  readonly agreement: AgreementKey;
}

/** Devices of a clinic that are enrolled and not revoked, by id in hexadecimal, what waits for the hub included. */
export async function devicesOfClinic(connection: Queryable, chain: Uint8Array): Promise<Map<string, DeviceRow>> {
  const rows = (await listOverlaid(connection, 'device/')).map(({ key, value }) => {
    return [key.slice('device/'.length), decode(deviceRow, value)] as const;
  });
  return new Map(rows.filter(([, row]) => !row.revoked && equalBytes(row.chain, chain)));
}

/** The announcement as mail to each other device of the clinic that was not told yet; `devices` are all of them. */
export async function announce(
  connection: Queryable,
  { chain, device, agreement }: ThisDevice,
  announcement: ClinicHostAnnouncement,
  told: ReadonlySet<string>,
): Promise<{ messages: OutgoingMessage[]; devices: string[] }> {
  const others = [...(await devicesOfClinic(connection, chain))].filter(([id]) => id !== toHex(device));
  const untold = others.filter(([id]) => !told.has(id));
  const messages = untold.map(([id, row]) => {
    const recipient = fromHex(id);
    const parties = {
      kind: CLINIC_HOST_MAIL,
      senderChain: chain,
      recipientChain: chain,
      context: announcementContext(device, recipient),
    };
    return {
      recipientChain: chain,
      recipientDevice: recipient,
      kind: CLINIC_HOST_MAIL,
      body: sealMessage(parties, agreement, row.encryptionKey, encodeAnnouncement(announcement)),
    };
  });
  return { messages, devices: others.map(([id]) => id) };
}

/** What has arrived: the newest announcement that holds, if any, and the messages that are dealt with. */
export async function readAnnouncements(
  connection: Queryable,
  own: ThisDevice,
): Promise<{ newest: ClinicHostAnnouncement | undefined; handled: number[] }> {
  const waiting = (await waitingMessages(connection)).filter(({ kind }) => kind === CLINIC_HOST_MAIL);
  if (waiting.length === 0) return { newest: undefined, handled: [] };
  const devices = await devicesOfClinic(connection, own.chain);
  const told = waiting.flatMap((message) => opened(message, own, devices.get(toHex(message.senderDevice))));
  const [newest] = told.sort((a, b) => b.time - a.time);
  return { newest, handled: waiting.map(({ sequence }) => sequence) };
}

function opened(message: IncomingMessage, own: ThisDevice, sender: DeviceRow | undefined): ClinicHostAnnouncement[] {
  // A kiosk serves nobody.
  if (sender?.kind !== 'workstation') return [];
  const { chain, device, agreement } = own;
  const parties = {
    kind: CLINIC_HOST_MAIL,
    senderChain: chain,
    recipientChain: chain,
    context: announcementContext(message.senderDevice, device),
  };
  const ownKey = (key: Uint8Array) => (equalBytes(key, agreement.publicKey) ? agreement : undefined);
  try {
    return [decodeAnnouncement(openMessage(message.body, parties, sender.encryptionKey, ownKey))];
  } catch (error) {
    if (error instanceof Failure) return [];
    throw error;
  }
}
