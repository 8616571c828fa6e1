/** The device's own keys: sealed under the keychain's secret, or on a machine without one under what an unlock lends. */
import { Failure } from '../../../shared/outcome/failure.ts';
import {
  type DeviceSecrets,
  type DeviceTierKeys,
  type DeviceTierLock,
  deviceTierLayer,
  readDeviceTier,
  writeDeviceTier,
} from '../../vault/device-tier.ts';
import {
  type KeychainSecrets,
  keychainSecrets,
  type SecretPlace,
  settleSecret,
  stageSecret,
} from '../../vault/keychain-secrets.ts';
import { type SealingKey, type SigningKey, sealingKey, signingKeyFromSeed } from '../../vault/primitives.ts';
import type { SignedIn } from '../vault-process/vault-verbs.ts';

/** The keys, once they are open. */
interface DeviceTier {
  readonly secrets: DeviceSecrets;
  readonly signing: SigningKey;
}

export class DeviceKeys {
  readonly #file: string;
  readonly #keychain: SecretPlace;
  #tier: DeviceTier | undefined;
  /** On a machine without a keychain: what the first unlock lent. */
  #half: SealingKey | undefined;

  /** @param file `device.sealed` of the installation. */
  constructor(file: string, keychain: SecretPlace) {
    this.#file = file;
    this.#keychain = keychain;
  }

  get hasKeychain(): boolean {
    return this.#keychain.available;
  }

  get tier(): DeviceTier | undefined {
    return this.#tier;
  }

  /** The keychain's secrets; made, where there is none yet, when `create` allows it. */
  secrets(create: boolean): Promise<KeychainSecrets> {
    return keychainSecrets(this.#keychain, create);
  }

  /** Opens the keys when that is possible now: without a keychain only with who is signed in. */
  async open(signedIn: SignedIn | undefined): Promise<void> {
    if (this.#tier) return;
    const layer = await deviceTierLayer(this.#file);
    if (layer === undefined || (layer === 'half' && !signedIn)) return;
    if (signedIn) this.#half = sealingKey(signedIn.deviceTierKey);
    const secrets = await readDeviceTier(this.#file, await this.opening());
    this.#tier = { secrets, signing: signingKeyFromSeed(secrets.signingSeed) };
  }

  /** Seals these keys durably and uses them from then on. @throws {Failure} `vault.locked` without keychain and sign-in. */
  async keep(device: DeviceSecrets, signedIn: SignedIn | undefined): Promise<void> {
    if (signedIn) this.#half = sealingKey(signedIn.deviceTierKey);
    await writeDeviceTier(this.#file, device, await this.lock());
    this.#tier = { secrets: device, signing: signingKeyFromSeed(device.signingSeed) };
  }

  /** What opens a file of the device tier now. */
  async opening(): Promise<DeviceTierKeys> {
    return { secrets: await this.secrets(false), ...(this.#half && { half: this.#half }) };
  }

  /** What a file of the device tier is sealed under now. @throws {Failure} `vault.locked` without keychain and sign-in. */
  async lock(): Promise<DeviceTierLock> {
    const keychain = (await this.secrets(false)).at(-1);
    if (keychain) return { keychain };
    if (this.#half) return { half: this.#half };
    throw new Failure('vault.locked', 'Unlock first: without a keychain the device keys are sealed under your passphrase.');
  }

  /**
   * Puts a new secret into the keychain, step by step, so that no crash parts it from what it seals (keychain-secrets.ts).
   * @param reseal seals everything else again under the new secret.
   */
  async renewSecret(reseal: (secret: Uint8Array) => Promise<void>): Promise<void> {
    if (!this.#keychain.available || !this.#tier) return;
    const next = await stageSecret(this.#keychain);
    await writeDeviceTier(this.#file, this.#tier.secrets, { keychain: next });
    await reseal(next);
    await settleSecret(this.#keychain, next);
  }
}
