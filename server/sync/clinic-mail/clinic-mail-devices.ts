/**
 * The clinic's devices, from the desk of an administrator: inviting one, seeing what asks to come in, letting it in with the
 * clinic's keys, and revoking it. What stands in the ledger decides; the hub only carries messages that it cannot read.
 */
import { equalBytes, fromHex, toHex } from '../../../shared/encoding/bytes.ts';
import { choice, type Decoded, decode, encode, fixed, struct, text, u64 } from '../../../shared/encoding/codec.ts';
import {
  deviceEnrolledBody,
  deviceMessage,
  deviceRevokedBody,
  staffEnrolledBody,
} from '../../../shared/ledger/enrolment-rules.ts';
import { epochRetiredBody } from '../../../shared/ledger/epoch-rules.ts';
import { headRow, ROLES } from '../../../shared/ledger/rows.ts';
import { deviceKey, headKey, staffKey } from '../../../shared/ledger/rules.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import {
  DEVICE_REQUEST,
  type DeviceRequest,
  decodeDeviceRequest,
  REQUEST_KEY_INFO,
} from '../../../shared/sync/device-joining.ts';
import { readInvitation } from '../../../shared/sync/wire.ts';
import { decodeMessage, messageInfo } from '../../../shared/vault/message.ts';
import { clinicEncryptionKeys } from '../../vault/clinic-keys.ts';
import { hpkeOpen } from '../../vault/hpke.ts';
import { hkdf, hmacSha256, sign } from '../../vault/primitives.ts';
import { type IncomingMessage, messagesTo, waitingMessages } from '../clinic.store.ts';
import type { VaultRow } from '../gateway.ts';
import { arrivedClinicKey, bringBack, signedAnew, staleActs } from '../own-acts/sign-anew.ts';
import { personalAct } from '../vault-context/personal-act.ts';
import { NO_TAG } from '../vault-context/sealed-rows.ts';
import type { VaultContext } from '../vault-context/vault-context.ts';
import { everyRow, rowsOfKeys } from '../vault-context/vault-rows.store.ts';
import { isStillComing, ownClinicKey } from './clinic-key-book.ts';
import type { ClinicMail } from './clinic-mail.ts';
import { sendWelcome } from './clinic-mail-welcome.ts';
import { rollEncryptionKey } from './roll-clinic-keys.ts';

const INVITATION = 'device-invitation';
const REQUEST = 'device-request';
const NOTHING = new Uint8Array(0);

/** What the invitation was made for: nobody becomes a workstation by one for a kiosk. */
const kindOfDevice = choice('workstation', 'kiosk');
/** The key that authenticates the request of whoever holds the invitation, and until when that counts. */
const invitationRow = struct({ key: fixed(32), expires: u64, kind: kindOfDevice });
const requestRow = struct({
  device: fixed(32),
  encryptionKey: fixed(32),
  staff: fixed(32),
  staffName: text(200),
  receivedAt: u64,
  kind: kindOfDevice,
});

/** A device that asks to be let in; it holds a secret that this clinic gave out. Ids in hexadecimal. */
interface WaitingDevice {
  readonly device: string;
  readonly staff: string;
  /** '' for a kiosk: nobody works there. */
  readonly staffName: string;
  readonly kind: 'workstation' | 'kiosk';
  /** Milliseconds. */
  readonly receivedAt: number;
}

export class ClinicDevices {
  readonly #context: VaultContext;
  readonly #mail: ClinicMail;

  constructor(context: VaultContext, mail: ClinicMail) {
    this.#context = context;
    this.#mail = mail;
  }

  /** An invitation's text, good once. @throws {Failure} `devices.kind`, `sync.no-region`, and what the hub refuses. */
  async invite(kind: string): Promise<string> {
    if (kind !== 'workstation' && kind !== 'kiosk')
      throw new Failure('devices.kind', 'So far a further device is a workstation or a kiosk: sensor gateways come later.');
    const { gateway, rows } = this.#context;
    const written = await gateway.inviteDevice(kind);
    const { secret, expires } = readInvitation(written);
    const key = hkdf(secret, NOTHING, REQUEST_KEY_INFO, 32);
    const row = rows.seal(INVITATION, rows.name(INVITATION, key), NO_TAG, encode(invitationRow, { key, expires, kind }));
    await gateway.commit({ rows: [row] });
    return written;
  }

  /** Looks at requests that have arrived; what this clinic's invitation does not vouch for, or no longer, is dropped. */
  async receive(): Promise<void> {
    const { reader, gateway, rows, clock, notify } = this.#context;
    for (const message of (await waitingMessages(reader)).filter(({ kind }) => kind === DEVICE_REQUEST)) {
      if (await this.#isTooEarly(message)) continue;
      const found = await this.#invited(message);
      const kept: VaultRow[] = [];
      if (found) {
        const { device, encryptionKey, staff, staffName } = found.request;
        const content = encode(requestRow, { device, encryptionKey, staff, staffName, receivedAt: clock(), kind: found.kind });
        // The invitation goes with the first request that it vouches for, so the same request again finds none.
        kept.push(found.invitation, rows.seal(REQUEST, rows.name(REQUEST, device), NO_TAG, content));
      }
      await gateway.commit({ rows: kept, handledMessages: [message.sequence] });
      if (found) notify({ topics: ['devices'] });
    }
  }

  async waiting(): Promise<WaitingDevice[]> {
    const { reader, rows, gateway } = this.#context;
    const waiting: WaitingDevice[] = [];
    for await (const page of everyRow(reader, REQUEST)) {
      for (const row of page) {
        const { device, staff, staffName, receivedAt, kind } = decode(requestRow, rows.open(REQUEST, row));
        waiting.push({ device: toHex(device), staff: toHex(staff), staffName, receivedAt, kind });
      }
    }
    // Another desk may have let it in meanwhile, this one included.
    const enrolled = await gateway.state(waiting.map(({ device }) => deviceKey(device)));
    return waiting.filter((_, at) => enrolled[at] === undefined).sort((one, other) => one.receivedAt - other.receivedAt);
  }

  /**
   * Enrols the device. A workstation gets the clinic's keys and rows, and the person who waits at it becomes staff; a kiosk gets nothing.
   * @param device hexadecimal
   * @throws {Failure} `devices.not-waiting`, `devices.role`, `devices.known-already`; `ledger.refused`.
   */
  async admit(device: string, role: string): Promise<void> {
    const context = this.#context;
    const request = await this.#request(device);
    const isKiosk = request.kind === 'kiosk';
    const known = ROLES.find((word) => word === role);
    if (!known && !isKiosk) throw new Failure('devices.role', `There is no role "${role}". The roles are ${ROLES.join(', ')}.`);
    const rows = await context.gateway.state([deviceKey(device), ...(isKiosk ? [] : [staffKey(toHex(request.staff))])]);
    if (rows.some((row) => row !== undefined))
      throw new Failure(
        'devices.known-already',
        'This device or this person’s key is in the ledger already. Invite the device anew.',
      );
    const clinicKey = await ownClinicKey(context);
    const enrolled = {
      device: request.device,
      encryptionKey: request.encryptionKey,
      kind: request.kind,
      clinicSignature: sign(clinicKey, deviceMessage(context.chain, request)),
    };
    await this.#mail.alone(async (commit) => {
      if (!isKiosk) await sendWelcome(context, request, commit);
      await commit({
        events: [
          personalAct(context, { type: 'device.enrolled', codec: deviceEnrolledBody, body: enrolled }),
          ...(isKiosk || !known
            ? []
            : [
                personalAct(context, {
                  type: 'staff.enrolled',
                  codec: staffEnrolledBody,
                  body: { staff: request.staff, role: known },
                }),
              ]),
        ],
        rows: [this.#gone(request.device)],
      });
    });
    context.notify({ topics: ['devices', 'staff'] });
  }

  /**
   * Devices that who is signed in let in with a key that the clinic has replaced before the region heard of it: signed anew, and
   * welcomed anew, so that they get the new key as well.
   */
  async admitAnew(): Promise<void> {
    const context = this.#context;
    const acts = await staleActs(context, 'device.enrolled', deviceEnrolledBody);
    const key = acts.length > 0 && (await arrivedClinicKey(context));
    if (!key) return;
    for (const act of acts) {
      const clinicSignature = sign(key, deviceMessage(context.chain, act.body));
      const event = signedAnew(context, act, deviceEnrolledBody, { ...act.body, clinicSignature });
      await this.#mail.alone(async (commit) => {
        if (act.body.kind === 'workstation') await sendWelcome(context, act.body, commit);
        await bringBack({ gateway: { ...context.gateway, commit } }, act.sequence, event);
      });
    }
  }

  /** @throws {Failure} `devices.not-waiting`. */
  async refuse(device: string): Promise<void> {
    const { device: id } = await this.#request(device);
    await this.#context.gateway.commit({ rows: [this.#gone(id)] });
    this.#context.notify({ topics: ['devices'] });
  }

  /**
   * The hub and every replica take nothing more from the device, and nothing more is sealed to it.
   * @throws {Failure} `devices.not-yourself`; `ledger.refused` for a device of another clinic.
   */
  async revoke(device: string): Promise<void> {
    const context = this.#context;
    if (!/^[0-9a-f]{64}$/.test(device) || device === toHex(context.device))
      throw new Failure('devices.not-yourself', 'Revoke this device from another desk of the clinic.');
    await context.keyStore.secondFactor.requireShown({ act: 'revoke-device', about: [device] });
    await this.shutOut(fromHex(device));
  }

  /** The same where nobody is asked for a second factor. */
  async shutOut(id: Uint8Array): Promise<void> {
    const context = this.#context;
    const event = personalAct(context, { type: 'device.revoked', codec: deviceRevokedBody, body: { device: id } });
    const withdrawMessages = await messagesTo(context.reader, id);
    // It knows the key that others seal to.
    await this.#mail.without(id, () => rollEncryptionKey(context, { events: [event], withdrawMessages }));
    context.notify({ topics: ['devices'] });
  }

  /**
   * Of two copies of a device's data that are in use at once, one ends: nothing more of its epoch enters the ledger.
   * @throws {Failure} `devices.copy-unknown`; `ledger.refused`.
   */
  async retire(device: string, epoch: string): Promise<void> {
    const context = this.#context;
    const isId = /^[0-9a-f]{64}$/.test(device) && /^[0-9a-f]{16}$/.test(epoch);
    const copy = { device: fromHex(isId ? device : ''), epoch: fromHex(isId ? epoch : '') };
    const [row] = isId ? await context.gateway.state([headKey(device, copy)]) : [];
    if (!row) throw new Failure('devices.copy-unknown', 'The region has nothing of such a copy. Load the list of devices again.');
    const { height, hash: head } = decode(headRow, row);
    const event = personalAct(context, { type: 'epoch.retired', codec: epochRetiredBody, body: { ...copy, height, head } });
    await context.gateway.commit({ events: [event] });
    context.notify({ topics: ['devices'] });
  }

  #gone(device: Uint8Array): VaultRow {
    return { kind: REQUEST, key: this.#context.rows.name(REQUEST, device), tag: NO_TAG, sealed: null };
  }

  async #request(device: string): Promise<Decoded<typeof requestRow>> {
    const { reader, rows } = this.#context;
    const name = /^[0-9a-f]{64}$/.test(device) ? [rows.name(REQUEST, fromHex(device))] : [];
    const [row] = await rowsOfKeys(reader, REQUEST, name);
    if (row) return decode(requestRow, rows.open(REQUEST, row));
    throw new Failure('devices.not-waiting', 'No device of this name waits to be let in. Load the list again.');
  }

  /** The request in a message with the row that removes the invitation behind it; undefined when none stands behind it. */
  async #invited(
    message: IncomingMessage,
  ): Promise<{ request: DeviceRequest; kind: WaitingDevice['kind']; invitation: VaultRow } | undefined> {
    const { chain, reader, rows, clock, gateway } = this.#context;
    const { region } = await gateway.identity();
    const opened = await this.#opened(message);
    if (!opened || !region) return undefined;
    const { request, authenticated, mac } = opened;
    const named = equalBytes(request.chain, chain) && equalBytes(request.region, region);
    if (!named || !equalBytes(request.device, message.senderDevice)) return undefined;
    for await (const page of everyRow(reader, INVITATION)) {
      for (const row of page) {
        const { key, expires, kind } = decode(invitationRow, rows.open(INVITATION, row));
        if (expires <= clock() || !equalBytes(hmacSha256(key, authenticated), mac)) continue;
        return { request, kind, invitation: { kind: INVITATION, key: row.key.slice(), tag: NO_TAG, sealed: null } };
      }
    }
    return undefined;
  }

  /** Sealed to a key of this clinic that another desk has made, and that is still on its way to this one. */
  async #isTooEarly({ body }: IncomingMessage): Promise<boolean> {
    try {
      return await isStillComing(this.#context, decodeMessage(body).recipientKey);
    } catch (error) {
      if (error instanceof Failure) return false;
      throw error;
    }
  }

  async #opened({ body }: IncomingMessage): Promise<ReturnType<typeof decodeDeviceRequest> | undefined> {
    const { keyStore, chain } = this.#context;
    try {
      const { kind, recipientKey, encapsulated, ciphertext } = decodeMessage(body);
      const recipient = (await clinicEncryptionKeys(keyStore))(recipientKey);
      if (kind !== DEVICE_REQUEST || !recipient) return undefined;
      return decodeDeviceRequest(
        hpkeOpen({ recipient, info: messageInfo(kind, chain, chain) }, encapsulated, NOTHING, ciphertext),
      );
    } catch (error) {
      // Anybody whom the hub lets in can write nonsense to a clinic.
      if (error instanceof Failure) return undefined;
      throw error;
    }
  }
}
