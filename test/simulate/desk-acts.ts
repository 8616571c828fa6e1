/** What the people at a simulated desk do: each act as the vault would commit it, with events, documents, rows and messages. */
import type { LocalWrite } from '../../server/sync/gateway.ts';
import { sha256, sign } from '../../server/vault/primitives.ts';
import { attestationMessage } from '../../shared/consent/consent-rules.ts';
import { concat } from '../../shared/encoding/bytes.ts';
import { deviceMessage } from '../../shared/ledger/enrolment-rules.ts';
import type { SignedEvent } from '../../shared/ledger/event.ts';
import type { Region } from '../../shared/ledger/founding.ts';
import type { Policy } from '../../shared/ledger/policy.ts';
import { act, admissionOf, policyActOf, type TestClinic } from '../support/ledger-builder.ts';
import type { Random } from './random.ts';

/** A version of a record as its desk sees it. */
export interface RecordVersion {
  readonly handle: Uint8Array;
  readonly record: Uint8Array;
  readonly version: number;
  readonly document: Uint8Array;
}

const NOTHING = new Uint8Array(0);
const WRAP_BYTES = 65;

export class DeskActs {
  readonly #clinic: TestClinic;
  readonly #random: Random;
  readonly #clock: () => number;

  constructor(clinic: TestClinic, random: Random, clock: () => number) {
    this.#clinic = clinic;
    this.#random = random;
    this.#clock = clock;
  }

  /** A version of a record with its sealed document; without `after`, the first of a new record. */
  put(handle: Uint8Array, after?: RecordVersion): { write: LocalWrite; made: RecordVersion } {
    const sealed = this.#random.bytes(this.#random.between(40, 160));
    const document = sha256(sealed);
    const record = after?.record ?? this.#random.bytes(16);
    const version = (after?.version ?? 0) + 1;
    const body = { record, version, previous: after?.document ?? NOTHING, document };
    const signer = this.#random.chance(0.5) ? this.#clinic.administrator : undefined;
    const { event, signature } = this.#act('record.put', body, { handle, ...(signer && { signer }) });
    return {
      write: {
        events: [{ event, signature, document }],
        documents: [{ name: document, handle, sealed, wrap: this.#random.bytes(WRAP_BYTES) }],
        rows: [{ kind: 'chart', key: document, tag: sha256(handle), sealed: this.#random.bytes(24) }],
      },
      made: { handle, record, version, document },
    };
  }

  /** A grant with the message that carries its key. @param lasts milliseconds, 0 without end. */
  grant(handle: Uint8Array, recipient: Uint8Array, lasts: number): { write: LocalWrite; grant: Uint8Array } {
    const grant = this.#random.bytes(16);
    const message = concat(grant, handle, recipient, this.#random.bytes(32));
    const now = this.#clock();
    const body = {
      grant,
      recipient,
      purpose: 'TREAT',
      starts: now,
      ends: lasts === 0 ? 0 : now + lasts,
      wrap: sha256(message),
      agreement: this.#random.bytes(32),
    };
    const attestation = sign(this.#clinic.clinicKey, attestationMessage(this.#clinic.chain, handle, body));
    return {
      write: {
        events: [this.#signed('consent.granted', { ...body, attestation }, handle)],
        messages: [{ recipientChain: recipient, recipientDevice: NOTHING, kind: 'grant', body: message }],
        rows: [{ kind: 'given-grant', key: grant, tag: handle, sealed: sha256(message) }],
      },
      grant,
    };
  }

  /** @param message id of the message that carries the grant's key. */
  withdraw(handle: Uint8Array, grant: Uint8Array, message: Uint8Array): LocalWrite {
    return {
      events: [this.#signed('consent.withdrawn', { grant }, handle)],
      withdrawMessages: [message],
      rows: [{ kind: 'given-grant', key: grant, tag: handle, sealed: null }],
    };
  }

  /** The end of a compartment; the chart's entries go with it. */
  erase(handle: Uint8Array, documents: readonly Uint8Array[]): LocalWrite {
    return {
      events: [this.#signed('compartment.erased', { ground: 'objection' }, handle)],
      rows: documents.map((document) => ({ kind: 'chart', key: document, tag: sha256(handle), sealed: null })),
    };
  }

  /** What this desk says once it holds nothing of an erased compartment. */
  purged(handle: Uint8Array): LocalWrite {
    return { events: [this.#act('compartment.purged', { count: this.#random.below(1_000_000) }, { handle })] };
  }

  /** A new set of witnesses, which the quorum of the set in force has approved: each of them a founder. */
  policy(region: Region, policy: Policy, approving: readonly TestClinic[], joining: readonly TestClinic[]): LocalWrite {
    const body = policyActOf(region, policy, approving, { joining });
    return { events: [this.#signed('policy.changed', body)] };
  }

  /** A newer version of the rules, which the quorum of the witnesses in force has approved. */
  activate(region: Region, policy: Policy, approving: readonly TestClinic[]): LocalWrite {
    return { events: [this.#signed('rules.activate', policyActOf(region, policy, approving))] };
  }

  /** A kiosk is let in. */
  enrolKiosk(device: Uint8Array): LocalWrite {
    const { chain, clinicKey } = this.#clinic;
    const said = { device, encryptionKey: this.#random.bytes(32) };
    const clinicSignature = sign(clinicKey, deviceMessage(chain, said));
    return { events: [this.#signed('device.enrolled', { ...said, kind: 'kiosk', clinicSignature })] };
  }

  /** A clinic is let in that has asked for it. */
  admit(region: Region, joiner: TestClinic, approving: readonly TestClinic[]): LocalWrite {
    return { events: [this.#signed('chain.admitted', admissionOf(region, joiner, approving))] };
  }

  enrolStaff(staff: Uint8Array): LocalWrite {
    return { events: [this.#signed('staff.enrolled', { staff, role: this.#random.pick(['nurse', 'clinician', 'billing']) })] };
  }

  revokeStaff(staff: Uint8Array): LocalWrite {
    return { events: [this.#signed('staff.revoked', { staff })] };
  }

  anchor(count: number): LocalWrite {
    return { events: [this.#act('access.sealed', { root: this.#random.bytes(32), count }, {})] };
  }

  #signed(type: string, body: unknown, handle: Uint8Array = NOTHING): SignedEvent {
    return this.#act(type, body, { handle, signer: this.#clinic.administrator });
  }

  #act(type: string, body: unknown, options: NonNullable<Parameters<typeof act>[3]>): SignedEvent {
    return act(this.#clinic, type, body, { time: this.#clock(), ...options });
  }
}

/** What a grant's message says, opened as its recipient alone can. */
export function openGrantMessage(body: Uint8Array): {
  grant: Uint8Array;
  handle: Uint8Array;
  recipient: Uint8Array;
  key: Uint8Array;
} {
  return { grant: body.slice(0, 16), handle: body.slice(16, 32), recipient: body.slice(32, 64), key: body.slice(64) };
}
