/**
 * Video visits from a desk: the room at the hub, the patient's link, and the clinic's end of the signals. What a call is made of lies in
 * this process's memory until it ends. The picture and the sound flow between the two browsers; nothing of them comes here.
 */
import { equalBytes, fromHex, toBase64, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { CALL_INVITATION, invitationText } from '../../shared/telemedicine/call-invitation.ts';
import {
  type CallKeys,
  type CallLink,
  callKeys,
  callUrl,
  checkedSdp,
  type GuestSignal,
  guestSignal,
  INSTANCE_BYTES,
  LONGEST_CALL_MS,
  offerMessage,
  openSignal,
  SignalOrder,
  sealSignal,
} from '../../shared/telemedicine/call-signal.ts';
import { ownClinicKey } from '../sync/clinic-mail/clinic-key-book.ts';
import { clinicNames } from '../sync/vault-context/clinic-names.ts';
import type { PatientDirectory, VaultContext } from '../sync/vault-context/vault-context.ts';
import { sha256, sign } from '../vault/primitives.ts';
import { sealDocument } from '../vault/sealing.ts';
import type { TeleConsents } from './tele-consents.ts';

const MOST_CALLS = 4;
const BYE_MS = 2_000;

interface CallRelay {
  readonly urls: string[];
  readonly username: string;
  readonly credential: string;
}

interface OpenCall {
  /** Hexadecimal. */
  readonly id: string;
  readonly link: string;
  /** Their card lets the patient in at a kiosk. */
  readonly kiosk: boolean;
  /** Milliseconds since 1970. */
  readonly expires: number;
  readonly ice: CallRelay[];
}

/** What the patient's page said, and which load of it (hexadecimal). */
type HeardSignal = GuestSignal & { readonly from: string };

interface Call {
  readonly patient: string;
  readonly keys: CallKeys;
  readonly room: string;
  readonly order: SignalOrder;
  sent: number;
  heard: number;
}

export class VideoCalls {
  readonly #context: VaultContext;
  readonly #directory: PatientDirectory;
  readonly #consents: TeleConsents;
  readonly #calls = new Map<string, Call>();

  constructor(context: VaultContext, directory: PatientDirectory, consents: TeleConsents) {
    this.#context = context;
    this.#directory = directory;
    this.#consents = consents;
  }

  /**
   * A room and the one link that lets the patient in.
   * @throws {Failure} `telemedicine.not-ours`, `telemedicine.no-consent`, `call.too-many`, `hub.links-not-offered`, `sync.no-region`, `sync.hub-unreachable`.
   */
  async open(patient: string): Promise<OpenCall> {
    const { gateway, chain, random, clock } = this.#context;
    if (this.#directory.known(patient).custodian !== toHex(chain))
      throw new Failure('telemedicine.not-ours', 'Another clinic keeps these records and alone writes in them.');
    await this.#consents.require(patient);
    if (this.#calls.size >= MOST_CALLS)
      throw new Failure('call.too-many', `At most ${MOST_CALLS} calls are held at one desk. End one first.`);
    const secret = random(32);
    const keys = await callKeys(secret);
    const room = toHex(keys.room);
    const { publicKey } = await ownClinicKey(this.#context);
    const invitation = await this.#invitation(patient, { secret, clinicKey: publicKey });
    const wish = { room, joinHash: toHex(sha256(keys.joinToken)), expires: clock() + LONGEST_CALL_MS, invitation };
    const { openCallRoom: opened } = await gateway.askHubPages<{
      openCallRoom: { address: string; expires: number; ice: CallRelay[] };
    }>('OpenCallRoom', { room: wish });
    const id = toHex(random(16));
    this.#calls.set(id, { patient, keys, room, order: new SignalOrder(), sent: 0, heard: 0 });
    return {
      id,
      link: callUrl(opened.address, { secret, clinicKey: publicKey }),
      kiosk: invitation !== undefined,
      expires: opened.expires,
      ice: opened.ice,
    };
  }

  /** The link for a kiosk, sealed for the box of the patient's card; undefined where they have none. */
  async #invitation(patient: string, link: CallLink): Promise<{ box: string; sealed: string } | undefined> {
    const { keyStore, random, staff, clock } = this.#context;
    const box = this.#directory.known(patient).handles.card;
    if (box === undefined) return undefined;
    const handle = fromHex(box);
    await keyStore.loadCompartmentKeys([handle]);
    const key = keyStore.currentCompartmentKey(handle);
    if (!key) return undefined;
    const record = random(16);
    const [, fragment = ''] = callUrl('', link).split('#');
    const place = { recordId: record, version: 1, previous: new Uint8Array(0), author: staff.id, time: clock(), meta: '' };
    const { sealed, wrap } = sealDocument({ ...place, kind: CALL_INVITATION, content: utf8(fragment) }, handle, key);
    return { box, sealed: invitationText({ record, sealed, wrap }) };
  }

  /** What the patient's page said since, in order; waits a while for it. @throws {Failure} `call.over`, `sync.hub-unreachable`. */
  async hear(patient: string, id: string): Promise<{ readonly joined: boolean; readonly signals: HeardSignal[] }> {
    const call = this.#call(patient, id);
    const { callSignals: answer } = await this.#context.gateway.askHubPages<{
      callSignals: { joined: boolean; signals: Array<{ sequence: number; body: string }> };
    }>('CallSignals', { room: call.room, after: call.heard });
    const signals: HeardSignal[] = [];
    for (const { sequence, body } of answer.signals) {
      call.heard = Math.max(call.heard, sequence);
      const opened = await openSignal(call.keys, 'guest', body);
      const signal = opened && guestSignal(opened.signal);
      if (opened && signal && call.order.takes(opened, signal.kind === 'hello'))
        signals.push({ ...signal, from: toHex(opened.instance) });
    }
    return { joined: answer.joined, signals };
  }

  /**
   * Signs the description of this end with the clinic's key and sends it to the load of the patient's page that said hello last.
   * Gives the offer's number. @throws {Failure} `call.description`, `call.over`.
   */
  async offer(patient: string, id: string, to: string, sdp: string): Promise<number> {
    const call = this.#call(patient, id);
    checkedSdp(sdp);
    const instance = /^[0-9a-f]{16}$/.test(to) ? fromHex(to) : new Uint8Array(INSTANCE_BYTES);
    if (!equalBytes(instance, call.order.instance)) throw over();
    call.sent += 1;
    const place = { instance, counter: call.sent };
    const signature = toBase64(sign(await ownClinicKey(this.#context), offerMessage(call.keys.room, place, sdp)));
    const own = toHex(this.#context.chain);
    const clinic = (await clinicNames(this.#context.gateway, [own])).get(own) ?? '';
    const clinician = this.#context.staff.name;
    await this.#send(call, place, { kind: 'offer', number: place.counter, sdp, signature, clinic, clinician });
    return place.counter;
  }

  /** Tells the patient's page, and ends the room. The call is gone here whatever the hub says. */
  async close(patient: string, id: string): Promise<void> {
    const call = this.#call(patient, id);
    this.#calls.delete(id);
    call.sent += 1;
    await this.#send(call, { instance: call.order.instance, counter: call.sent }, { kind: 'bye' }).catch(() => undefined);
    // The patient's page hears it before the room goes, or finds none and says the same.
    setTimeout(() => void this.#end(call), BYE_MS).unref();
  }

  /** At lock: rooms end, and every key of a call is gone. */
  async closeAll(): Promise<void> {
    const calls = [...this.#calls.entries()];
    this.#calls.clear();
    await Promise.all(calls.map(([, call]) => this.#end(call)));
  }

  async #end({ room }: Call): Promise<void> {
    await this.#context.gateway.askHubPages('CloseCallRoom', { room }).catch(() => undefined);
  }

  async #send(call: Call, place: Parameters<typeof sealSignal>[2], signal: Parameters<typeof sealSignal>[3]): Promise<void> {
    if (place.instance.length !== INSTANCE_BYTES) return;
    const body = await sealSignal(call.keys, 'clinic', place, signal);
    await this.#context.gateway.askHubPages('SendCallSignal', { room: call.room, body });
  }

  #call(patient: string, id: string): Call {
    const call = this.#calls.get(id);
    if (call?.patient === patient) return call;
    throw over();
  }
}

const over = (): Failure => new Failure('call.over', 'This call is over. Begin a new one, and send the patient its link.');
