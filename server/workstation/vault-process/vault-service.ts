/**
 * The vault tier: whatever opens a document lives in this process and dies with it. It answers the device service's verbs
 * (vault-verbs.ts) and, once open, the page's vault schema.
 */
import { join } from 'node:path';
import { fromHex, toHex } from '../../../shared/encoding/bytes.ts';
import { refuseWeakPassphrase } from '../../../shared/identity/passphrase.ts';
import { admissionMessage } from '../../../shared/ledger/enrolment-rules.ts';
import { chainIdOf, encodeFounding, genesisMessage } from '../../../shared/ledger/founding.ts';
import type { Role } from '../../../shared/ledger/rows.ts';
import { staffKey } from '../../../shared/ledger/rules.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { encodeAdmissionRequest } from '../../../shared/sync/wire.ts';
import { type Incident, incidentOf } from '../../graphql/apollo.ts';
import { type DatabaseReader, openReader } from '../../storage/database.ts';
import { ownClinicKey } from '../../sync/clinic-mail/clinic-key-book.ts';
import { ClinicMail } from '../../sync/clinic-mail/clinic-mail.ts';
import { takeWelcome } from '../../sync/clinic-mail/clinic-mail-welcome.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { KeyStore } from '../../vault/key-store.ts';
import { agreementKeyFromSecret, newAgreementKey, newSigningKey, sealingKeyBytes, sign } from '../../vault/primitives.ts';
import { forgetRecoveryKeys } from '../../vault/recovery-key.ts';
import type { UnlockedKeyStore } from '../../vault/unlocked-key-store.ts';
import {
  certifyDrill,
  makeRecovery,
  openBackupKeys,
  proveBackup,
  resealBackups,
  sealForRecovery,
} from '../backup/backup-vault.ts';
import { type DeviceVerbs, gatewayOver } from '../device/device-verbs.ts';
import { countLock, matchFiles } from '../folder/file-pair.ts';
import { beginJoining, sealRequest } from '../joining/further-device-vault.ts';
import { type Port, RemoteCalls } from './remote-calls.ts';
import { roleIn } from './standing.ts';
import { openVaultSession, type VaultSession } from './vault-session.ts';
import type { AdmissionSigning, JoinClinic, NewClinic, OpenVault, SignedIn, VaultVerbs, WithSecrets } from './vault-verbs.ts';

const NO_ID = new Uint8Array(0);

export class VaultService {
  readonly #folder: string;
  readonly #calls: RemoteCalls<DeviceVerbs>;
  readonly #report: (incident: Incident) => void;
  #keyStore: KeyStore | undefined;
  #unlocked: UnlockedKeyStore | undefined;
  #label = '';
  #reader: DatabaseReader | undefined;
  #session: VaultSession | undefined;

  /** @param port to the device service. */
  constructor(folder: string, port: Port, report: (incident: Incident) => void) {
    this.#folder = folder;
    this.#report = report;
    const verbs: VaultVerbs = {
      slots: (argument) => this.#slots(argument),
      createClinic: (argument) => this.#createClinic(argument),
      joinClinic: (argument) => this.#joinClinic(argument),
      requestDevice: (argument) => sealRequest(this.#unlockedStore(), argument),
      takeWelcome: (argument) => this.#takeWelcome(argument),
      unlock: (argument) => this.#unlock(argument),
      prove: async ({ staff, passphrase, secrets }) =>
        (await (await this.#keys()).unlock(fromHex(staff), passphrase, secrets)).lock(),
      open: (argument) => this.#open(argument).catch((error: unknown) => this.#refuse(error)),
      execute: ({ readable, ...request }) => this.#opened().execute(request, readable),
      subscribe: (request) => this.#opened().subscribe(request),
      fhir: (request) => this.#opened().fhir(request),
      sayFacadeReach: (said) => this.#opened().sayFacadeReach(said),
      saySetting: (said) => this.#opened().saySetting(said),
      passkeyTask: async ({ ticket, origin }) => this.#unlockedStore().secondFactor.requests.take(ticket, origin),
      passkeyAnswer: async ({ answerTo, origin, response }) =>
        this.#unlockedStore().secondFactor.requests.answer(answerTo, origin, response),
      notice: (notice) => this.#opened().notice(notice),
      replaceSecret: ({ secret }) => this.#unlockedStore().replaceSecret(secret),
      lock: () => this.#lock(),
      signGenesis: async ({ genesis }) => sign(await ownClinicKey(this.#opened().context), genesisMessage(genesis)),
      requestAdmission: (argument) => this.#requestAdmission(argument),
      sealForRecovery: async () => sealForRecovery(this.#opened().context),
      makeRecovery: async (request) => makeRecovery(this.#opened(), request),
      resealBackups: async (backups) => resealBackups(this.#opened().context, backups),
      certifyDrill: async ({ report }) => certifyDrill(this.#opened().context, report),
      forgetRecoveryKeys: () => forgetRecoveryKeys(this.#unlockedStore()),
      proveBackup: (backup) => proveBackup(this.#unlockedStore(), backup),
      openBackupKeys: async ({ passphrase, ...backup }) => {
        await this.#unlockedStore().confirm(passphrase);
        return openBackupKeys(this.#unlockedStore(), backup);
      },
    };
    this.#calls = new RemoteCalls<DeviceVerbs>(port, verbs, (verb, error) => report(incidentOf(verb, error)));
  }

  async #keys(): Promise<KeyStore> {
    this.#keyStore ??= await KeyStore.open(join(this.#folder, 'keys.db'));
    return this.#keyStore;
  }

  async #slots({ secrets }: WithSecrets): Promise<Array<{ id: string; name: string; wait: number }>> {
    const slots = await (await this.#keys()).slots(secrets);
    return slots.map(({ staff, label, wait }) => ({ id: toHex(staff), name: label, wait }));
  }

  async #createClinic({
    secrets,
    administrator,
    passphrase,
    founding,
  }: NewClinic): Promise<{ founding: Uint8Array; signedIn: SignedIn }> {
    refuseWeakPassphrase(passphrase, [administrator, founding.name]);
    const keyStore = await this.#keys();
    const clinic = newSigningKey();
    const encryption = newAgreementKey();
    const unlocked = await keyStore.create({ label: administrator, passphrase }, secrets);
    await unlocked.putKeys([
      { kind: 'clinic-signing', id: NO_ID, epoch: 0, value: clinic.seed },
      { kind: 'clinic-encryption', id: NO_ID, epoch: 0, value: encryption.secret },
    ]);
    const statement = {
      ...founding,
      clinicKey: clinic.publicKey,
      encryptionKey: encryption.publicKey,
      administratorKey: unlocked.staff,
      time: Date.now(),
      random: crypto.getRandomValues(new Uint8Array(16)),
    };
    const bytes = encodeFounding(statement, (message) => sign(clinic, message));
    this.#unlocked = unlocked;
    this.#label = administrator;
    return { founding: bytes, signedIn: this.#signedIn(unlocked, 'administrator') };
  }

  async #joinClinic(joining: JoinClinic): Promise<SignedIn> {
    refuseWeakPassphrase(joining.passphrase, [joining.staffName]);
    const unlocked = await beginJoining(await this.#keys(), joining);
    this.#unlocked = unlocked;
    this.#label = joining.staffName;
    return this.#signedIn(unlocked, '');
  }

  async #takeWelcome({ agreementSecret, ...told }: OpenVault): Promise<Uint8Array | undefined> {
    const keyStore = this.#unlockedStore();
    const reader = await openReader(join(this.#folder, 'clinic.db'));
    try {
      const agreement = agreementKeyFromSecret(agreementSecret);
      const newcomer = { keyStore, gateway: gatewayOver(this.#calls), reader: reader.read, agreement, ...told };
      const founding = await takeWelcome(newcomer);
      if (founding) await keyStore.destroyKeys('joining', [NO_ID]);
      return founding;
    } finally {
      await reader.close();
    }
  }

  async #unlock({ staff, passphrase, secrets }: WithSecrets & { staff: string; passphrase: string }): Promise<SignedIn> {
    const keyStore = await this.#keys();
    const unlocked = await keyStore.unlock(fromHex(staff), passphrase, secrets);
    this.#label = (await this.#slots({ secrets })).find(({ id }) => id === staff)?.name ?? '';
    this.#unlocked = unlocked;
    return this.#signedIn(unlocked, '');
  }

  #signedIn(unlocked: UnlockedKeyStore, role: string): SignedIn {
    return { id: toHex(unlocked.staff), name: this.#label, role, deviceTierKey: sealingKeyBytes(unlocked.deviceTierKey()) };
  }

  async #open({ chain, device, agreementSecret }: OpenVault): Promise<string> {
    const keyStore = this.#unlockedStore();
    this.#reader = await openReader(join(this.#folder, 'clinic.db'));
    const gateway = gatewayOver(this.#calls);
    await matchFiles({ keyStore, gateway, reader: this.#reader.read });
    const role = await this.#role(keyStore);
    const staff = { name: this.#label, role };
    const reader = this.#reader.read;
    const agreement = agreementKeyFromSecret(agreementSecret);
    const mail = await ClinicMail.open({ keyStore, gateway, reader, chain, device, agreement });
    this.#session = await openVaultSession(
      { keyStore, gateway: mail.gateway, reader, chain, device, staff },
      {
        mail,
        report: this.#report,
        role: () => this.#role(keyStore),
        renewSecret: () => this.#calls.call('renewSecret', undefined),
        tellWaiting: (waiting) => this.#calls.call('tellWaiting', waiting),
      },
    );
    return role;
  }

  /** What the ledger says this person is; somebody whom it has revoked or never enrolled may not come in. */
  async #role(keyStore: UnlockedKeyStore): Promise<Role> {
    const [row] = await gatewayOver(this.#calls).state([staffKey(toHex(keyStore.staff))]);
    return roleIn(row);
  }

  /** Who is not let in leaves no key in this process. */
  async #refuse(error: unknown): Promise<never> {
    await this.#lock();
    throw error;
  }

  async #lock(): Promise<void> {
    if (this.#session) {
      await this.#session.close().catch(() => undefined);
      const { keyStore, reader } = this.#session.context;
      await countLock({ keyStore, gateway: gatewayOver(this.#calls), reader }).catch(() => undefined);
    }
    this.#session = undefined;
    this.#unlocked?.lock();
    this.#unlocked = undefined;
    await this.#reader?.close();
    await this.#keyStore?.close();
    this.#keyStore = undefined;
  }

  async #requestAdmission({ region, founding, epoch, height, head }: AdmissionSigning): Promise<Uint8Array> {
    const chain = chainIdOf(hashParts, founding);
    const clinicSignature = sign(await ownClinicKey(this.#opened().context), admissionMessage({ region, head }, chain));
    return encodeAdmissionRequest({ founding, region, epoch, height, head, clinicSignature });
  }

  #unlockedStore(): UnlockedKeyStore {
    if (!this.#unlocked) throw new Failure('vault.locked', 'The workstation is locked. Unlock it and try again.');
    return this.#unlocked;
  }

  #opened(): VaultSession {
    if (!this.#session) throw new Failure('vault.locked', 'The workstation is locked. Unlock it and try again.');
    return this.#session;
  }
}
