/**
 * The recovery secret: 32 random bytes that exist only while a set of shares is made, and again when enough of them are put together. Three
 * keys are derived from it: the clinic's recovery key, whose secret the live key store keeps as well; a staff key with which an officer
 * gets in as administrator when nobody's passphrase is left; and the key that asks the hub's escrow.
 */
import { combine, split } from 'shamir-secret-sharing';
import { equalBytes } from '../../shared/encoding/bytes.ts';
import { localDay } from '../../shared/encoding/wall-clock.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import {
  checkShare,
  encodeStatement,
  holderCommitment,
  MOST_SHARES,
  openShare,
  openSigned,
  type RecoveryShare,
  type RecoveryStatement,
  recoverySetMessage,
  type SignedStatement,
  valueCommitment,
} from '../../shared/vault/recovery-share.ts';
import { isShareText, readShareText, readTyped } from '../../shared/vault/share-text.ts';
import { RECOVERY_ESCROW_TAG, RECOVERY_KEY_TAG, RECOVERY_STAFF_TAG } from '../../shared/vault/vault-tags.ts';
import { hashParts } from './hash-parts.ts';
import {
  type AgreementKey,
  agreementKeyFromSecret,
  hkdf,
  randomBytes,
  type SigningKey,
  sign,
  signingKeyFromSeed,
  verifySignature,
} from './primitives.ts';

const NO_SALT = new Uint8Array(0);

export interface RecoveryKeys {
  readonly agreement: AgreementKey & { readonly secret: Uint8Array };
  readonly staff: SigningKey & { readonly seed: Uint8Array };
  readonly escrow: SigningKey;
}

export interface RecoverySet {
  readonly keys: RecoveryKeys;
  readonly signed: SignedStatement;
  readonly statement: RecoveryStatement;
  readonly shares: readonly RecoveryShare[];
}

/** The clinic that a backup is of, and its signing keys as the backup names them: statements by others count for nothing. */
interface RecoveringClinic {
  readonly chain: Uint8Array;
  readonly keys: readonly Uint8Array[];
}

function recoveryKeysOf(secret: Uint8Array): RecoveryKeys {
  const derive = (tag: Uint8Array): Uint8Array => hkdf(secret, NO_SALT, tag, 32);
  const agreement = derive(RECOVERY_KEY_TAG);
  const staff = derive(RECOVERY_STAFF_TAG);
  return {
    agreement: { ...agreementKeyFromSecret(agreement), secret: agreement },
    staff: { ...signingKeyFromSeed(staff), seed: staff },
    escrow: signingKeyFromSeed(derive(RECOVERY_ESCROW_TAG)),
  };
}

/**
 * A fresh secret, split among `holders`; each share is checked to give it back before it is handed out.
 * @throws {Failure} `recovery.set-size`, `recovery.holders`.
 */
export async function makeRecoverySet(
  holders: readonly string[],
  threshold: number,
  clinic: { readonly chain: Uint8Array; readonly key: SigningKey; readonly now: number },
): Promise<RecoverySet> {
  checkSize(holders, threshold);
  const secret = randomBytes(32);
  const keys = recoveryKeysOf(secret);
  const values = await split(secret, holders.length, threshold);
  const set = randomBytes(16);
  const statement: RecoveryStatement = {
    set,
    chain: clinic.chain,
    clinicKey: clinic.key.publicKey,
    recoveryKey: keys.agreement.publicKey,
    threshold,
    made: clinic.now,
    shares: values.map((value, at) => ({
      value: valueCommitment(hashParts, set, at + 1, value),
      holder: holderCommitment(hashParts, set, at + 1, value, holders[at] as string),
    })),
  };
  const bytes = encodeStatement(statement);
  const signed = { statement: bytes, signature: sign(clinic.key, recoverySetMessage(bytes)) };
  const shares = values.map((value, at) => ({ signed, statement, index: at + 1, holder: holders[at] as string, value }));
  for (let from = 0; from < shares.length; from++) {
    const some = Array.from({ length: threshold }, (_, step) => shares[(from + step) % shares.length] as RecoveryShare);
    if (!equalBytes((await combineShares(some)).agreement.publicKey, keys.agreement.publicKey))
      throw new Failure(
        'recovery.set-broken',
        'The recovery shares that were made do not fit together. Nothing was changed; try again.',
      );
  }
  secret.fill(0);
  return { keys, signed, statement, shares };
}

function checkSize(holders: readonly string[], threshold: number): void {
  const sensible = Number.isInteger(threshold) && threshold >= 2 && threshold <= holders.length && holders.length <= MOST_SHARES;
  if (!sensible)
    throw new Failure(
      'recovery.set-size',
      `Recovery needs 2 to ${MOST_SHARES} officers, and at least two of them together, at most all.`,
    );
  const called = holders.map((holder) => holder.trim());
  if (
    new Set(called).size !== called.length ||
    called.some((holder) => holder === '' || holder.length > 60 || /\p{Cc}/u.test(holder))
  )
    throw new Failure('recovery.holders', 'Name each officer once, by the name that colleagues know.');
}

/**
 * Reads what officers brought, QR texts and typed lines alike, for one clinic.
 * @param known a statement that the backup itself carries: typed lines are checked by it when no QR text is among them
 * @throws {Failure} `recovery.share-unreadable`, `recovery.share-altered`, `recovery.share-foreign`, `recovery.shares-mixed`,
 * `recovery.share-twice`, `recovery.shares-missing`; each names whose share it is about.
 */
export function readShares(texts: readonly string[], clinic: RecoveringClinic, known: Uint8Array | undefined): RecoveryShare[] {
  const whole = texts.map((text) => (isShareText(text) ? openShare(hashParts, verifySignature, readShareText(text)) : undefined));
  const stated = whole.find((share) => share !== undefined) ?? (known && openSigned(verifySignature, known));
  const shares = texts.map((text, at) => whole[at] ?? typedShare(text, at, stated));
  const [first] = shares;
  if (!first) throw tooFew(0, 0);
  for (const share of shares) {
    const isOurs = clinic.keys.some((key) => equalBytes(key, share.statement.clinicKey));
    if (!isOurs || !equalBytes(share.statement.chain, clinic.chain)) throw foreign(share.holder);
    if (!equalBytes(share.statement.set, first.statement.set)) throw mixed(share, first);
  }
  const doubled = shares.find(({ index }, at) => shares.findIndex((other) => other.index === index) < at);
  if (doubled) throw twice(doubled.holder);
  if (shares.length < first.statement.threshold) throw tooFew(shares.length, first.statement.threshold);
  return shares;
}

function typedShare(text: string, at: number, stated: Pick<RecoveryShare, 'signed' | 'statement'> | undefined): RecoveryShare {
  const { set, index, value } = readTyped(hashParts, text);
  const holder = `sheet ${index} (entry ${at + 1})`;
  if (!stated)
    throw new Failure(
      'recovery.statement-missing',
      'This backup is older than these shares, so typed lines alone cannot be checked. Scan the QR code of at least one of the sheets.',
    );
  if (!equalBytes(stated.statement.set.subarray(0, set.length), set))
    throw new Failure(
      'recovery.shares-mixed',
      `The share of ${holder} is of another set than the others. Use sheets of one set.`,
      { details: { holder } },
    );
  const share = { ...stated, index, holder, value };
  checkShare(hashParts, share);
  return share;
}

/**
 * Puts checked shares together. @throws {Failure} `recovery.shares-do-not-fit`: what comes out is not the secret of their set.
 */
export async function combineShares(shares: readonly RecoveryShare[]): Promise<RecoveryKeys> {
  const [first] = shares;
  if (!first) throw tooFew(0, 0);
  const secret = await combine(shares.slice(0, Math.max(2, first.statement.threshold)).map(({ value }) => value));
  const keys = recoveryKeysOf(secret);
  secret.fill(0);
  if (equalBytes(keys.agreement.publicKey, first.statement.recoveryKey)) return keys;
  throw new Failure(
    'recovery.shares-do-not-fit',
    'These shares do not give the key of their set. Nothing was opened; use other officers’ shares.',
  );
}

function tooFew(have: number, need: number): Failure {
  return new Failure(
    'recovery.shares-missing',
    need === 0
      ? 'No recovery share is here yet.'
      : `${have} of the ${need} recovery shares that are needed are here. Ask another officer.`,
    { details: { have, need } },
  );
}

const foreign = (holder: string): Failure =>
  new Failure(
    'recovery.share-foreign',
    `The recovery share of ${holder} is of another clinic than the backup. Nothing was put together.`,
    { details: { holder } },
  );

const twice = (holder: string): Failure =>
  new Failure('recovery.share-twice', `The recovery share of ${holder} is here twice. Ask another officer.`, {
    details: { holder },
  });

const mixed = (share: RecoveryShare, first: RecoveryShare): Failure =>
  new Failure(
    'recovery.shares-mixed',
    `The share of ${share.holder} is of the set of ${day(share)}, that of ${first.holder} of ${day(first)}. Only shares of one set fit together.`,
    { details: { holder: share.holder } },
  );

const day = ({ statement }: RecoveryShare): string => localDay(statement.made);
