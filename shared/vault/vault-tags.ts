/**
 * The domain tags of the vault: what stands in front of everything it hashes, signs, derives or binds as associated
 * data, so that bytes of one purpose never pass for another. Together in one file, so that a double is seen.
 */
import { utf8 } from '../encoding/bytes.ts';

const tag = (purpose: string): Uint8Array => utf8(`careledger/v1/${purpose}\n`);

export const DOCUMENT_TAG = tag('document');
export const WRAP_TAG = tag('wrap');
export const COMMITMENT_TAG = tag('commitment');
export const SLOT_INNER_TAG = tag('slot-inner');
export const SLOT_OUTER_TAG = tag('slot-outer');
export const SLOT_LABEL_TAG = tag('slot-label');
/** Derives what seals a person's second factor from their signing seed; also in front of its associated data. */
export const SECOND_FACTOR_TAG = tag('second-factor');
/** In front of what a second factor is asked for; of what seals a passkey, and of the challenge that it signs. */
export const CEREMONY_TAG = tag('ceremony');
export const PASSKEY_TAG = tag('passkey');
export const PASSKEY_CHALLENGE_TAG = tag('passkey-challenge');
/** In front of what a passkey knows its person by. */
export const PASSKEY_USER_TAG = tag('passkey-user');
export const KEY_STORE_TAG = tag('key-store');
export const KEY_ENTRY_TAG = tag('key-entry');
export const KEYCHAIN_SECRET_TAG = tag('keychain-secret');
export const DEVICE_TIER_TAG = tag('device-tier');
export const BACKUP_LIST_TAG = tag('backup-list');
export const BACKUP_SEGMENT_TAG = tag('backup-segment');
export const BACKUP_CONTENTS_TAG = tag('backup-contents');
export const HUB_BACKUP_TAG = tag('hub-backup');
/** HPKE `info` of what is sealed to the clinic's recovery key. */
export const RECOVERY_BACKUP_TAG = tag('recovery/backup');
export const RECOVERY_STORE_TAG = tag('recovery/store');
export const RECOVERY_SET_TAG = tag('recovery-set');
export const RECOVERY_SHARE_TAG = tag('recovery-share');
export const RECOVERY_HOLDER_TAG = tag('recovery-holder');
export const RECOVERY_LINE_TAG = tag('recovery-line');
/** What is derived from the secret that the shares give. */
export const RECOVERY_KEY_TAG = tag('recovery-key');
export const RECOVERY_STAFF_TAG = tag('recovery-staff');
export const RECOVERY_ESCROW_TAG = tag('recovery-escrow');
/** Signed by person and clinic under the certificate of a restore drill. */
export const DRILL_TAG = tag('drill');
/** The same under the manifest of an export. */
export const EXPORT_TAG = tag('export');
/** Signed by who fetches from the escrow. */
export const ESCROW_FETCH_TAG = tag('escrow-fetch');

/** HPKE `info` begins with this: each kind of message has its own. */
export const messageTag = (kind: string): Uint8Array => tag(`message/${kind}`);
