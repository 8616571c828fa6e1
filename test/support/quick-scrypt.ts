/**
 * A derivation takes half a second of processor and 128 MiB, and the tests of these domains open dozens of desks without being about
 * passphrases. For them scrypt at the program's cost is a hash of passphrase and salt: still another key for another passphrase. All other tests, and
 * every process that a test starts, have the real one; the program's floor stays where it is.
 */
import crypto, { createHash, type ScryptOptions } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { expect } from 'vitest';

const PROGRAM_COST = 2 ** 17;
const DOMAINS = /[\\/]test[\\/](access|consent|fhir-api|erasure|marketplace|patients|records|staff|telemedicine)[\\/]/;

if (DOMAINS.test(expect.getState().testPath ?? '')) {
  const derive = crypto.scrypt;
  const quick = (
    passphrase: Uint8Array,
    salt: Uint8Array,
    length: number,
    options: ScryptOptions,
    done: Parameters<typeof derive>[4],
  ): void => {
    if (options.N === PROGRAM_COST && length <= 32)
      queueMicrotask(() => done(null, createHash('sha256').update(salt).update(passphrase).digest().subarray(0, length)));
    else derive(passphrase, salt, length, options, done);
  };
  crypto.scrypt = quick as typeof derive;
  syncBuiltinESMExports();
}
