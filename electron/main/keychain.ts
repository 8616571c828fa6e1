/** The operating system's keychain: seals one text of this installation into `keychain.sealed` in its data folder. */
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { safeStorage } from 'electron';
import { Failure } from '../../shared/outcome/failure.ts';
import { Turns } from '../../shared/outcome/turns.ts';
import type { KeychainRequest, KeychainState } from '../service-messages.ts';

export class Keychain {
  readonly #folder: string;
  readonly #file: string;
  readonly #turns = new Turns();

  constructor(folder: string) {
    this.#folder = folder;
    this.#file = join(folder, 'keychain.sealed');
  }

  /** One request after the other, so that none meets another's half-written file. Never rejects. */
  answer(request: KeychainRequest): Promise<KeychainState> {
    return this.#turns.take(() => this.#answer(request));
  }

  async #answer(request: KeychainRequest): Promise<KeychainState> {
    const backend = process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : process.platform;
    // A keychain with a fixed password protects nothing: it counts as none.
    const fixed = backend === 'basic_text' || backend === 'unknown';
    if (fixed || !(await safeStorage.isAsyncEncryptionAvailable().catch(() => false))) return { available: false, backend };
    try {
      if (request.action === 'get') return { available: true, backend, value: await this.#read() };
      await this.#write(request.value);
      return { available: true, backend, value: request.value };
    } catch (cause) {
      const { code, message, retry } = cause instanceof Failure ? cause : unusable(cause);
      return { available: true, backend, failure: { code, message, retry } };
    }
  }

  async #read(): Promise<string | null> {
    const sealed = await readFile(this.#file).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (sealed === null) return null;
    const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(sealed);
    if (shouldReEncrypt) await this.#write(result);
    return result;
  }

  /** The old text stays until the new one is durable and has been opened again: losing it loses the vault. */
  async #write(text: string): Promise<void> {
    const sealed = await safeStorage.encryptStringAsync(text);
    if ((await safeStorage.decryptStringAsync(sealed)).result !== text) throw unusable(undefined);
    const fresh = `${this.#file}.new`;
    const file = await open(fresh, 'w', 0o600);
    try {
      await file.writeFile(sealed);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(fresh, this.#file);
    await syncFolder(this.#folder);
  }
}

/** Makes a rename in the folder durable; Windows offers no such call, and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function unusable(cause: unknown): Failure {
  const advice = 'Unlock the keychain of this computer for this user, then start Careledger again.';
  return new Failure('keychain.unusable', `The keychain of this computer did not open or keep what it was given. ${advice}`, {
    retry: true,
    cause,
  });
}
