/**
 * Electron's safeStorage. `--password-store=basic`, or no such switch, is the machine without a keychain; any other value
 * names the keychain that the machine is to have, which here is a key in a file: it proves the app's calls, not secrecy.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from './app.ts';
import { onlyEmulated } from './not-emulated.ts';
import { switches } from './switches.ts';

const MARK = Buffer.from('v10');

function backend(): string {
  if (!app.isReady()) return 'unknown';
  const store = switches.value('password-store');
  return store === '' || store === 'basic' ? 'basic_text' : store.replaceAll('-', '_');
}

function key(): Buffer {
  const file = join(app.getPath('userData'), 'stand-in-keychain');
  try {
    return readFileSync(file);
  } catch {
    const made = randomBytes(32);
    writeFileSync(file, made, { mode: 0o600 });
    return made;
  }
}

function seal(plain: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key(), nonce, { authTagLength: 16 });
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return Buffer.concat([MARK, nonce, cipher.getAuthTag(), sealed]);
}

function open(sealed: Buffer): string {
  if (!sealed.subarray(0, 3).equals(MARK)) throw new Error('Error while decrypting the ciphertext provided to safeStorage.');
  const decipher = createDecipheriv('aes-256-gcm', key(), sealed.subarray(3, 15), { authTagLength: 16 });
  decipher.setAuthTag(sealed.subarray(15, 31));
  return Buffer.concat([decipher.update(sealed.subarray(31)), decipher.final()]).toString('utf8');
}

export const safeStorage = onlyEmulated('safeStorage', {
  isEncryptionAvailable: () => app.isReady(),
  isAsyncEncryptionAvailable: async () => app.isReady(),
  getSelectedStorageBackend: backend,
  encryptString: seal,
  decryptString: open,
  encryptStringAsync: async (plain: string) => seal(plain),
  decryptStringAsync: async (sealed: Buffer) => ({ shouldReEncrypt: false, result: open(sealed) }),
});
