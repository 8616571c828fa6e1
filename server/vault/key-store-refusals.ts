/** Why an opened key store does not do what it is asked, for people to read. */
import { Failure } from '../../shared/outcome/failure.ts';

export function lockedNow(): never {
  throw new Failure('vault.locked', 'The vault is locked. Unlock it with your passphrase.');
}

export function notHere(): Failure {
  return new Failure('vault.no-such-slot', 'This person cannot sign in on this desk, so there is nothing to change.');
}

export function damaged(): never {
  throw new Failure(
    'vault.key-store-damaged',
    'A key in the key file was altered or is of another installation. Restore it from a backup.',
  );
}
