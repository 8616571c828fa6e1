/** What the device service asks of the vault process: the whole of what they say, in this direction. */
import type { FoundingStatement } from '../../shared/ledger/founding.ts';
import type { GraphqlAnswer, GraphqlRequest } from '../graphql/apollo.ts';
import type { DeviceNotice } from '../sync/gateway.ts';

/** The keychain's secrets, oldest first; none on a machine without a keychain. */
export interface WithSecrets {
  readonly secrets: readonly Uint8Array[];
}

export interface StaffSlot {
  /** Staff id, hexadecimal. */
  readonly id: string;
  readonly name: string;
  /** Milliseconds until the next try is taken. */
  readonly wait: number;
}

export interface SignedIn {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  /** The key of the device tier (32 bytes), lent on machines without a keychain. */
  readonly deviceTierKey: Uint8Array;
}

/** What the device adds to the clinic's founding statement. */
export type FoundingDevice = Pick<FoundingStatement, 'kind' | 'name' | 'deviceKey' | 'deviceEncryptionKey' | 'cosignKey'>;

export interface NewClinic extends WithSecrets {
  readonly administrator: string;
  readonly passphrase: string;
  readonly founding: FoundingDevice;
}

export interface OpenVault {
  readonly chain: Uint8Array;
  readonly device: Uint8Array;
}

export interface AdmissionSigning {
  readonly region: Uint8Array;
  readonly founding: Uint8Array;
  readonly epoch: Uint8Array;
  readonly height: number;
  readonly head: Uint8Array;
}

export type VaultVerbs = {
  readonly slots: (argument: WithSecrets) => Promise<readonly StaffSlot[]>;
  /** Makes keys, first slot and founding statement; answers the founding bytes and who is signed in. */
  readonly createClinic: (argument: NewClinic) => Promise<{ founding: Uint8Array; signedIn: SignedIn }>;
  readonly unlock: (argument: WithSecrets & { staff: string; passphrase: string }) => Promise<SignedIn>;
  /** After create or unlock, once clinic.db is there: loads the directory, opens the domains, answers the person's role. */
  readonly open: (argument: OpenVault) => Promise<string>;
  /** `readable`: the files and folders that this request may have imported. */
  readonly execute: (argument: GraphqlRequest & { readonly readable: readonly string[] }) => Promise<GraphqlAnswer>;
  readonly subscribe: (argument: GraphqlRequest) => Promise<AsyncIterableIterator<GraphqlAnswer> | GraphqlAnswer>;
  readonly notice: (argument: DeviceNotice) => Promise<void>;
  /** Seals the access log and drops every key; the process ends after it. */
  readonly lock: (argument: undefined) => Promise<void>;
  /** Signs genesis bytes with the clinic's key (a founder's act). */
  readonly signGenesis: (argument: { genesis: Uint8Array }) => Promise<Uint8Array>;
  /** An encoded admission request, signed by the clinic. */
  readonly requestAdmission: (argument: AdmissionSigning) => Promise<Uint8Array>;
};
