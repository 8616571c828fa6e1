/**
 * The acts for which a second factor is asked. What is shown counts for one of them alone: its hash stands in the challenge that a
 * key signs, and the desk and the page of the key show the same check number of it.
 *
 *     ceremony hash = SHA-256(tag 'ceremony' ‖ ceremony)
 */
import { choice, type Decoded, encode, list, struct, text } from '../encoding/codec.ts';
import { CEREMONY_TAG } from './vault-tags.ts';

export const CEREMONIES = [
  'break-glass',
  'revoke-staff',
  'revoke-device',
  'roll-clinic-keys',
  'renew-own-key',
  'make-recovery',
  'approve-admission',
  'propose-witnesses',
  'propose-hub-key',
  'propose-rules',
  'approve-policy',
  'administer-hub',
  'set-up-time-code',
  'remove-time-code',
  'add-passkey',
  'remove-passkey',
] as const;

const ceremony = struct({ act: choice(...CEREMONIES), about: list(text(10_000), 1_000) });

/** `about`: all that was decided in it (ids, words), in the order of the act's own arguments. */
export type Ceremony = Decoded<typeof ceremony>;

/** What its hash is over. */
export const ceremonyParts = (wanted: Ceremony): [tag: Uint8Array, bytes: Uint8Array] => [CEREMONY_TAG, encode(ceremony, wanted)];

/** Eight digits that a person can compare, of a hash in hexadecimal. */
export const checkNumber = (hash: string): string => `${hash.slice(0, 4)}-${hash.slice(4, 8)}`.toUpperCase();
