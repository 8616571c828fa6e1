/**
 * New keys of the clinic: its encryption key by itself every week, its signing key when an administrator says so. A new key is
 * durable here before an act names it, and goes to the clinic's other desks with that act. What was sealed to an earlier
 * encryption key opens for some weeks more; then the key is destroyed on each desk, and nobody opens it any more.
 */
import { equalBytes, toHex } from '../../../shared/encoding/bytes.ts';
import { decode } from '../../../shared/encoding/codec.ts';
import { openFounding } from '../../../shared/ledger/founding.ts';
import { clinicKeysMessage, clinicRotatedBody } from '../../../shared/ledger/rotation-rules.ts';
import { chainRow } from '../../../shared/ledger/rows.ts';
import { chainKey } from '../../../shared/ledger/rules.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { clinicKeyEntry, clinicSigningKey, type HeldClinicKey, heldClinicKeys } from '../../vault/clinic-keys.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { newAgreementKey, newSigningKey, sign, verifySignature } from '../../vault/primitives.ts';
import type { LocalWrite, VaultRow } from '../gateway.ts';
import { arrivedClinicKey } from '../own-acts/sign-anew.ts';
import { personalAct } from '../vault-context/personal-act.ts';
import { NO_TAG } from '../vault-context/sealed-rows.ts';
import type { VaultContext } from '../vault-context/vault-context.ts';
import { everyRow, type PackedVaultRow } from '../vault-context/vault-rows.store.ts';
import { encryptionKeysOf, keyRolls } from './clinic-key-book.ts';

const DAY = 86_400_000;
const ENCRYPTION_KEY_LIFE = 7 * DAY;
/** How long an earlier key is kept after the one that replaced it was made: what was sealed to it has to arrive by then. */
export const EARLIER_KEY_KEPT = 56 * DAY;

/** The encryption key that the ledger names, with when the next one is due. */
interface EncryptionKeyAge {
  readonly publicKey: Uint8Array;
  /** Milliseconds. */
  readonly made: number;
  readonly rollsAt: number;
}

/** Undefined for a clinic that is in no region, and while the key in force has not reached this desk. */
export async function encryptionKeyAge(context: VaultContext): Promise<EncryptionKeyAge | undefined> {
  const newest = (await encryptionKeysOf(context.reader, toHex(context.chain)))?.all[0];
  if (!newest) return undefined;
  const held = await heldClinicKeys(context.keyStore, 'clinic-encryption');
  const own = held.find(({ publicKey }) => equalBytes(publicKey, newest));
  if (!own) return undefined;
  const { founding } = await context.gateway.identity();
  const founded = founding ? openFounding(hashParts, verifySignature, founding).statement.time : 0;
  const made = own.made > 0 ? own.made : founded;
  // Desks take turns within a day, so that not all of them make a key at once; only one would count.
  return { publicKey: own.publicKey, made, rollsAt: made + ENCRYPTION_KEY_LIFE + ((context.device[0] ?? 0) * DAY) / 256 };
}

/** The background step: a new encryption key when the present one is a week old. A key from the future is replaced as well. */
export async function rollWhenDue(context: VaultContext): Promise<boolean> {
  await payOwed(context);
  const age = await encryptionKeyAge(context);
  const now = await context.gateway.time();
  if (!age || (now < age.rollsAt && age.made <= now + DAY)) return false;
  await rollEncryptionKey(context);
  return true;
}

/** A new key that has to count, as somebody who knows those before it was shut out; its content is the public key. Of this desk alone. */
const KEY_OWED = 'key-owed';
/** In the place of the public key: there was no signing key yet to make it with. */
const NOT_MADE = new Uint8Array(0);

/** What makes a new key needed, and is done with it or not at all. */
type Because = Pick<LocalWrite, 'events' | 'withdrawMessages' | 'rows'>;

/** Another desk may have made a key at the same time, before which this one did not count: then it is made once more. */
async function payOwed(context: VaultContext): Promise<void> {
  const { reader, gateway, chain, rows } = context;
  const owed: PackedVaultRow[] = [];
  for await (const page of everyRow(reader, KEY_OWED)) owed.push(...page);
  if (owed.length === 0 || !(await arrivedClinicKey(context))) return;
  for (const row of owed) {
    const key = rows.open(KEY_OWED, row);
    const done = { kind: KEY_OWED, key: row.key, tag: NO_TAG, sealed: null };
    const [stored] = await gateway.state([chainKey(toHex(chain))]);
    const counts = (await keyRolls(reader, toHex(chain))).some(({ encryptionKey }) => equalBytes(encryptionKey, key));
    if (counts) await gateway.commit({ rows: [done] });
    else if (stored && !equalBytes(decode(chainRow, stored).encryptionKey, key))
      await rollEncryptionKey(context, { rows: [done] });
  }
}

/**
 * @param because what needs it, in the same commit. It waits for nothing: while the clinic's signing key has not reached this desk, as
 * the one who is shut out may have made it and kept it, the new key follows when it has.
 * @throws {Failure} `sync.no-region`; `ledger.refused`; `vault.clinic-key-missing` where nothing needs it
 */
export function rollEncryptionKey(context: VaultContext, because?: Because): Promise<void> {
  return context.inTurn(() => roll(context, false, because));
}

/**
 * A new signing key, and a new encryption key with it. Ask for the passphrase before.
 * @throws {Failure} `sync.no-region`; `ledger.refused` unless an administrator is signed in.
 */
export function rollClinicKeys(context: VaultContext): Promise<void> {
  return context.inTurn(() => roll(context, true));
}

const owedRow = ({ rows }: VaultContext, publicKey: Uint8Array): VaultRow =>
  rows.seal(KEY_OWED, rows.name(KEY_OWED, publicKey), NO_TAG, publicKey);

async function roll(context: VaultContext, isSigningKeyNew: boolean, because?: Because): Promise<void> {
  const { keyStore, gateway, chain } = context;
  if (!(await encryptionKeysOf(context.reader, toHex(chain))))
    throw new Failure(
      'sync.no-region',
      'Keys change by an act of the region’s ledger, and this clinic is in no region yet. Join one first.',
    );
  const [stored] = await gateway.state([chainKey(toHex(chain))]);
  const row = decode(chainRow, stored as Uint8Array);
  const made = await gateway.time();
  const old = because ? await arrivedClinicKey(context) : await clinicSigningKey(keyStore, row.clinicKey);
  if (!old) {
    await gateway.commit({ ...because, rows: [...(because?.rows ?? []), owedRow(context, NOT_MADE)] });
    return;
  }
  const signing = isSigningKeyNew ? newSigningKey() : undefined;
  const encryption = newAgreementKey();
  const keys = {
    previousClinicKey: row.clinicKey,
    previousEncryptionKey: row.encryptionKey,
    clinicKey: signing?.publicKey ?? row.clinicKey,
    encryptionKey: encryption.publicKey,
  };
  const message = clinicKeysMessage(chain, keys);
  const body = { ...keys, clinicSignature: sign(old, message), proof: sign(signing ?? old, message) };
  const entries = [
    clinicKeyEntry('clinic-encryption', encryption.secret, encryption.publicKey, made),
    ...(signing ? [clinicKeyEntry('clinic-signing', signing.seed, signing.publicKey, made)] : []),
  ];
  await keyStore.putKeys(entries);
  try {
    const rotated = personalAct(context, { type: 'clinic.rotated', codec: clinicRotatedBody, body });
    const owed = because ? [owedRow(context, encryption.publicKey)] : [];
    await gateway.commit({
      ...because,
      events: [...(because?.events ?? []), rotated],
      rows: [...(because?.rows ?? []), ...owed],
    });
  } catch (error) {
    for (const { kind, id } of entries) await keyStore.destroyKeys(kind, [id]);
    throw error;
  }
  context.notify({ topics: ['devices'] });
}

/**
 * Destroys what nothing needs any more: a signing key once the quorum has witnessed its successor, an encryption key some weeks
 * after its successor was made, keys that never came to count as well. By witnessed time: a wrong clock here destroys nothing.
 * Gives how many there were; older copies of the key file die with them.
 */
export async function destroyEarlierKeys(context: VaultContext): Promise<number> {
  const { keyStore, gateway, reader, chain } = context;
  const time = await gateway.witnessedTime();
  const inForce = await encryptionKeysOf(reader, toHex(chain));
  const [stored] = await gateway.state([chainKey(toHex(chain))]);
  if (!inForce || !stored || time === 0) return 0;
  const row = decode(chainRow, stored);
  const rolls = await keyRolls(reader, toHex(chain));
  const settled = rolls.filter(({ isWitnessed }) => isWitnessed);
  const signing = await heldClinicKeys(keyStore, 'clinic-signing');
  const replaced = settled.map(({ previousClinicKey }) => previousClinicKey);
  const known = rolls.flatMap((each) => [each.clinicKey, each.previousClinicKey]);
  const deadSigning = signing.filter(({ publicKey, made }) => {
    if (equalBytes(publicKey, row.clinicKey)) return false;
    return isAmong(replaced, publicKey) || (!isAmong(known, publicKey) && made > 0 && made + EARLIER_KEY_KEPT <= time);
  });
  const kept = [row.encryptionKey, inForce.inForce, inForce.all[0] as Uint8Array];
  const encryption = await heldClinicKeys(keyStore, 'clinic-encryption');
  const deadEncryption = encryption.filter((key, at) => {
    if (isAmong(kept, key.publicKey)) return false;
    const successor = encryption.slice(at + 1).find(({ publicKey }) => isAmong(inForce.all, publicKey));
    return (successor ?? key).made + EARLIER_KEY_KEPT <= time;
  });
  for (const dead of [...deadSigning, ...deadEncryption]) await keyStore.destroyKeys(dead.entry.kind, [dead.entry.id]);
  const count = deadSigning.length + deadEncryption.length;
  if (count > 0) await context.hooks.keysDestroyed();
  return count;
}

/** How many encryption keys this desk holds beside the one that the ledger names. */
export async function earlierKeys(context: VaultContext): Promise<readonly HeldClinicKey[]> {
  const keys = await encryptionKeysOf(context.reader, toHex(context.chain));
  const held = await heldClinicKeys(context.keyStore, 'clinic-encryption');
  return held.filter(({ publicKey }) => keys !== undefined && !equalBytes(publicKey, keys.inForce));
}

const isAmong = (keys: readonly Uint8Array[], key: Uint8Array): boolean => keys.some((each) => equalBytes(each, key));
