/** What who is signed in shows beside the passphrase before a ceremony, on this desk: a code by time, and keys (FIDO2, passkeys). */
import { toHex } from '../../shared/encoding/bytes.ts';
import type { Ceremony } from '../../shared/vault/ceremony.ts';
import { authenticatorUri, base32 } from '../../shared/vault/time-code.ts';
import { clinicNames } from '../sync/vault-context/clinic-names.ts';
import type { VaultContext } from '../sync/vault-context/vault-context.ts';
import type { Passkey } from '../vault/passkeys.ts';
import type { Colleague } from './people.ts';

/** For an authenticator: as a QR code, and for typing. */
interface SecondFactorOffer {
  readonly uri: string;
  readonly secret: string;
}

interface OwnSecondFactor {
  readonly hasTimeCode: boolean;
  readonly passkeys: Passkey[];
}

export class SecondFactors {
  readonly #context: VaultContext;
  readonly #me: () => Promise<Colleague>;

  /** @param me who is signed in, as colleagues see them */
  constructor(context: VaultContext, me: () => Promise<Colleague>) {
    this.#context = context;
    this.#me = me;
  }

  /**
   * What an authenticator reads; nothing is kept yet.
   * @throws {Failure} as an unlock does when `passphrase` is wrong; `vault.code-needed` who has a key; `vault.second-factor-there`.
   */
  async offer(passphrase: string): Promise<SecondFactorOffer> {
    const { keyStore, gateway, chain, staff } = this.#context;
    await keyStore.confirm(passphrase);
    await this.#furtherFactor('set-up-time-code');
    const secret = await keyStore.secondFactor.offer();
    const clinic = (await clinicNames(gateway, [toHex(chain)])).get(toHex(chain)) ?? '';
    return { uri: authenticatorUri(`Careledger ${clinic}`, staff.name, secret), secret: base32(secret) };
  }

  /** See `SecondFactor.enrol`. @throws {Failure} as it does. */
  async enrol(code: string, ceremony?: string): Promise<Colleague> {
    await this.#context.keyStore.secondFactor.enrol(code, ceremony);
    return this.#changed();
  }

  /** Takes the time code away. @throws {Failure} as an unlock does when `passphrase` is wrong; `vault.code-needed`. */
  async remove(passphrase: string): Promise<Colleague> {
    const { keyStore } = this.#context;
    await keyStore.confirm(passphrase);
    await this.#ceremony('remove-time-code');
    await keyStore.secondFactor.remove();
    return this.#changed();
  }

  /** Takes a code for a ceremony that was refused for want of a proof. @throws {Failure} as `SecondFactor.show` does. */
  show(code: string, ceremony: string): Promise<void> {
    return this.#context.keyStore.secondFactor.show(code, ceremony);
  }

  /** What who is signed in has on this desk. */
  async own(): Promise<OwnSecondFactor> {
    const { secondFactor } = this.#context.keyStore;
    return { hasTimeCode: await secondFactor.hasTimeCode(), passkeys: await secondFactor.passkeys.list() };
  }

  /**
   * Asks for a new key, in a page of its own; gives the page's ticket.
   * @throws {Failure} as an unlock does when `passphrase` is wrong; `vault.code-needed`; `vault.passkey-name`, `vault.passkeys-many`.
   */
  async addPasskey(passphrase: string, name: string): Promise<string> {
    const { keyStore, staff } = this.#context;
    await keyStore.secondFactor.passkeys.refuseNew(name);
    await keyStore.confirm(passphrase);
    await this.#furtherFactor('add-passkey', name);
    return keyStore.secondFactor.askNewKey({ name, person: staff.name });
  }

  /** Asks a key to confirm a ceremony, in a page of its own; gives the page's ticket. @throws {Failure} `vault.ceremony-unknown`. */
  askPasskey(ceremony: string): string {
    return this.#context.keyStore.secondFactor.askKey(ceremony);
  }

  /** Waits for what was asked of a key. @throws {Failure} why it was not done. */
  async passkeyDone(ticket: string): Promise<Colleague> {
    await this.#context.keyStore.secondFactor.requests.done(ticket);
    return this.#changed();
  }

  /** @throws {Failure} as an unlock does when `passphrase` is wrong; `vault.code-needed`, `vault.no-such-passkey`. */
  async removePasskey(passphrase: string, id: string): Promise<Colleague> {
    const { keyStore } = this.#context;
    await keyStore.confirm(passphrase);
    await this.#ceremony('remove-passkey', id);
    await keyStore.secondFactor.passkeys.remove(id);
    return this.#changed();
  }

  /** The first on a desk stands on the passphrase alone, a further one on what is there. */
  async #furtherFactor(act: Ceremony['act'], ...about: string[]): Promise<void> {
    if (await this.#context.keyStore.secondFactor.isEnrolled()) await this.#ceremony(act, ...about);
  }

  async #ceremony(act: Ceremony['act'], ...about: string[]): Promise<void> {
    await this.#context.keyStore.secondFactor.requireShown({ act, about });
  }

  #changed(): Promise<Colleague> {
    this.#context.notify({ topics: ['staff'] });
    return this.#me();
  }
}
