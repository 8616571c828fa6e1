/**
 * A derivation takes half a second of processor and 128 MiB, and the tests of domains open dozens of desks without being about
 * passphrases. For them scrypt at the program's cost is a hash of passphrase and salt: still another key for another passphrase. All other tests, and
 * every process that a test starts without `quick-passphrases.ts`, have the real one; the program's floor stays where it is.
 */
import crypto, { createHash, type ScryptOptions } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

const PROGRAM_COST = 2 ** 17;
const derive = crypto.scrypt;

function quickScrypt(
  passphrase: Uint8Array,
  salt: Uint8Array,
  length: number,
  options: ScryptOptions,
  done: Parameters<typeof derive>[4],
): void {
  if (options.N === PROGRAM_COST && length <= 32)
    queueMicrotask(() => done(null, createHash('sha256').update(salt).update(passphrase).digest().subarray(0, length)));
  else derive(passphrase, salt, length, options, done);
}

// Files that share a process each come through here.
if (derive.name !== quickScrypt.name) {
  crypto.scrypt = quickScrypt as typeof derive;
  syncBuiltinESMExports();
}
