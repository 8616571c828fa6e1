/** What the device service asks of the vault process: the whole of what they say, in this direction. */

import type { FacadeReach } from '../../../shared/access/facade-rules.ts';
import type { FhirAnswer, FhirRequest } from '../../../shared/fhir-api/exchange.ts';
import type { FoundingStatement } from '../../../shared/ledger/founding.ts';
import type { GraphqlAnswer, GraphqlRequest } from '../../graphql/apollo.ts';
import type { DeviceNotice } from '../../sync/gateway.ts';
import type { PasskeyTask } from '../../vault/passkey-request.ts';
import type { RecoverySeal, SealedBackupKeys } from '../backup/backup-list.ts';
import type { BackupToOpen, DrillSignatures, RecoveryRequest, RecoverySheet } from '../backup/backup-vault.ts';
import type { BackupKeys, BackupReport } from '../backup/open-backup.ts';

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

/** @see shared/access/facade-rules.ts */
export interface SaidReach {
  readonly reach: FacadeReach;
  /** Asked for before programs of the network are answered. */
  readonly passphrase: string;
}

/** A setting of this computer, with its old and its new value. @see shared/ledger/setting-rules.ts */
export interface SaidSetting {
  readonly setting: 'backups' | 'clinic-host';
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** What the device adds to the clinic's founding statement. */
type FoundingDevice = Pick<FoundingStatement, 'kind' | 'name' | 'deviceKey' | 'deviceEncryptionKey' | 'cosignKey'>;

export interface NewClinic extends WithSecrets {
  readonly administrator: string;
  readonly passphrase: string;
  readonly founding: FoundingDevice;
}

export interface OpenVault {
  readonly chain: Uint8Array;
  readonly device: Uint8Array;
  /** The device's X25519 secret: other desks of the clinic seal to it. */
  readonly agreementSecret: Uint8Array;
}

/** What a new machine asks of the clinic that invited it, and for whom. */
export interface JoinClinic extends WithSecrets {
  readonly staffName: string;
  readonly passphrase: string;
  readonly invitationSecret: Uint8Array;
  readonly region: Uint8Array;
  readonly chain: Uint8Array;
  readonly device: Uint8Array;
  readonly encryptionKey: Uint8Array;
}

export interface RequestDevice {
  readonly chain: Uint8Array;
  /** X25519, as the ledger has it. */
  readonly clinicEncryptionKey: Uint8Array;
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
  /** On a new machine: makes the first slot and keeps the request to be let in. */
  readonly joinClinic: (argument: JoinClinic) => Promise<SignedIn>;
  /** The request, sealed to the clinic. */
  readonly requestDevice: (argument: RequestDevice) => Promise<Uint8Array>;
  /** Takes the clinic's keys and rows, once all have arrived; answers the founding bytes. */
  readonly takeWelcome: (argument: OpenVault) => Promise<Uint8Array | undefined>;
  readonly unlock: (argument: WithSecrets & { staff: string; passphrase: string }) => Promise<SignedIn>;
  /** Whether somebody could unlock now, while another person is in; counts like an unlock, and fails like one. */
  readonly prove: (argument: WithSecrets & { staff: string; passphrase: string }) => Promise<void>;
  /** After create or unlock, once clinic.db is there: loads the directory, opens the domains, answers the person's role. */
  readonly open: (argument: OpenVault) => Promise<string>;
  /** `readable`: the files and folders that this request may have imported. */
  readonly execute: (argument: GraphqlRequest & { readonly readable: readonly string[] }) => Promise<GraphqlAnswer>;
  readonly subscribe: (argument: GraphqlRequest) => Promise<AsyncIterableIterator<GraphqlAnswer> | GraphqlAnswer>;
  /** What a program asked of the FHIR façade. */
  readonly fhir: (argument: FhirRequest) => Promise<FhirAnswer>;
  /** An administrator says on the ledger whom this computer answers. @throws {Failure} `vault.passphrase-wrong`, `ledger.refused`. */
  readonly sayFacadeReach: (argument: SaidReach) => Promise<void>;
  /** An administrator says on the ledger that a setting of this computer changes. @throws {Failure} `ledger.refused`. */
  readonly saySetting: (argument: SaidSetting) => Promise<void>;
  /** For the page of a key, once; `origin` is the page's, as its host knows it. */
  readonly passkeyTask: (argument: { ticket: string; origin: string }) => Promise<PasskeyTask>;
  readonly passkeyAnswer: (argument: { answerTo: string; origin: string; response: unknown }) => Promise<void>;
  readonly notice: (argument: DeviceNotice) => Promise<void>;
  /** Seals everything again under a secret that the keychain holds already. */
  readonly replaceSecret: (argument: { secret: Uint8Array }) => Promise<void>;
  /** What opens this key store, sealed to the clinic's recovery key. */
  readonly sealForRecovery: (argument: undefined) => Promise<RecoverySeal>;
  /** A new set of recovery shares; an administrator's act, with the passphrase. */
  readonly makeRecovery: (argument: RecoveryRequest) => Promise<readonly RecoverySheet[]>;
  /** Keys of backups, sealed to the newest recovery key. */
  readonly resealBackups: (argument: ReadonlyArray<{ id: string; keys: SealedBackupKeys }>) => Promise<typeof argument>;
  /** The person's and the clinic's signatures under a drill's report. */
  readonly certifyDrill: (argument: { report: string }) => Promise<DrillSignatures>;
  /** Nothing is sealed to earlier recovery keys any more. */
  readonly forgetRecoveryKeys: (argument: undefined) => Promise<void>;
  /** Opens a backup in a clean place. @throws {Failure} what is wrong with it, by name. */
  readonly proveBackup: (argument: BackupToOpen) => Promise<BackupReport>;
  /** For a restore on this machine; asks for the passphrase again. */
  readonly openBackupKeys: (argument: Omit<BackupToOpen, 'folder'> & { passphrase: string }) => Promise<BackupKeys>;
  /** Seals the access log and drops every key; the process ends after it. */
  readonly lock: (argument: undefined) => Promise<void>;
  /** Signs genesis bytes with the clinic's key (a founder's act). */
  readonly signGenesis: (argument: { genesis: Uint8Array }) => Promise<Uint8Array>;
  /** An encoded admission request, signed by the clinic. */
  readonly requestAdmission: (argument: AdmissionSigning) => Promise<Uint8Array>;
};
