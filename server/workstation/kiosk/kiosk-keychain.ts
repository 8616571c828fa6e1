/**
 * Where a kiosk without a keychain keeps the secret of its device keys: nobody unlocks it in the morning, so the secret lies in a file beside
 * them that only the system's user of the kiosk can read. It opens this device's keys and nothing of a patient.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileDurably } from '../../storage/durable-file.ts';
import type { SecretPlace } from '../../vault/keychain-secrets.ts';

export function secretInFile(folder: string): SecretPlace {
  const path = join(folder, 'kiosk.secret');
  return {
    available: true,
    async get() {
      try {
        return await readFile(path);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    set: (secret) => writeFileDurably(path, secret),
  };
}
