/** The clinic's keys and one's own, for the screen and the command line: which count, since when, and how a person renews theirs. */
import { equalBytes, toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { staffKeyMessage, staffRotatedBody } from '../../shared/ledger/rotation-rules.ts';
import { chainRow } from '../../shared/ledger/rows.ts';
import { chainKey } from '../../shared/ledger/rules.ts';
import { EARLIER_KEY_KEPT, earlierKeys, encryptionKeyAge } from '../sync/clinic-mail/roll-clinic-keys.ts';
import type { VaultRow } from '../sync/gateway.ts';
import { waitingForSignature } from '../sync/own-acts/sign-anew.ts';
import { personalAct } from '../sync/vault-context/personal-act.ts';
import type { VaultContext } from '../sync/vault-context/vault-context.ts';
import { heldClinicKeys } from '../vault/clinic-keys.ts';
import { newSigningKey, sign } from '../vault/primitives.ts';

const DAY = 86_400_000;

export interface ClinicKeys {
  /** Hexadecimal. */
  readonly signingKey: string;
  /** Milliseconds; null for the key that the clinic was founded with. */
  readonly signingSince: number | null;
  readonly encryptionKey: string;
  /** Milliseconds; null outside of a region, and while the newest key has not reached this desk. */
  readonly encryptionSince: number | null;
  /** When this desk makes the next encryption key, unless another one has by then. */
  readonly rollsAt: number | null;
  /** Earlier encryption keys that are still kept for what is on its way. */
  readonly earlier: number;
  readonly keptDays: number;
  /** Acts that wait for who signed them. Times in milliseconds. */
  readonly waiting: Array<{ readonly who: string; readonly type: string; readonly at: number }>;
}

/** @param names of staff, by id in hexadecimal */
export async function clinicKeys(context: VaultContext, names: ReadonlyMap<string, string>): Promise<ClinicKeys> {
  const [stored] = await context.gateway.state([chainKey(toHex(context.chain))]);
  const row = decode(chainRow, stored as Uint8Array);
  const signing = await heldClinicKeys(context.keyStore, 'clinic-signing');
  const made = signing.find(({ publicKey }) => equalBytes(publicKey, row.clinicKey))?.made;
  const age = await encryptionKeyAge(context);
  return {
    signingKey: toHex(row.clinicKey),
    signingSince: made || null,
    encryptionKey: toHex(row.encryptionKey),
    encryptionSince: age?.made ?? null,
    rollsAt: age?.rollsAt ?? null,
    earlier: (await earlierKeys(context)).length,
    keptDays: EARLIER_KEY_KEPT / DAY,
    waiting: (await waitingForSignature(context)).map(({ author, type, time }) => {
      const id = toHex(author);
      return { who: names.get(id) ?? id.slice(0, 8), type, at: time };
    }),
  };
}

/**
 * A new key for who is signed in, with their name and role. What the old one signed stays signed; nothing more is taken from it.
 * Who is signed in has to unlock again, with the passphrase that they have. Gives the new staff id.
 * @throws {Failure} as an unlock does when `passphrase` is wrong; `ledger.refused`.
 */
export async function renewOwnKey(
  context: VaultContext,
  passphrase: string,
  nameRow: (id: Uint8Array, name: string) => VaultRow,
): Promise<string> {
  const { keyStore, gateway, staff, chain } = context;
  await keyStore.confirm(passphrase);
  await keyStore.secondFactor.requireShown({ act: 'renew-own-key', about: [] });
  const next = newSigningKey();
  const proof = sign(next, staffKeyMessage(chain, staff.id, next.publicKey));
  const id = await keyStore.addSlot({ label: staff.name, passphrase, signingSeed: next.seed });
  await keyStore.secondFactor.carryTo(id, next.seed);
  try {
    const body = { staff: id, proof };
    const event = personalAct(context, { type: 'staff.rotated', codec: staffRotatedBody, body });
    await gateway.commit({ events: [event], rows: [nameRow(id, staff.name)] });
  } catch (error) {
    await keyStore.removeSlot(id);
    throw error;
  }
  await keyStore.removeSlot(staff.id);
  context.notify({ topics: ['staff'] });
  return toHex(id);
}
