/** What opens a backup when the machine that made it is gone: enough recovery shares, and what lies in escrow. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { equalBytes, fromHex, toBase64, toHex } from '../../../shared/encoding/bytes.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { type BackupKeyBoxes, decodeBackupKeyBoxes, escrowFetchMessage } from '../../../shared/vault/recovery.ts';
import { HubClient } from '../../sync/hub-client.ts';
import { sign } from '../../vault/primitives.ts';
import { combineShares, type RecoveryKeys, readShares } from '../../vault/recovery-shares.ts';
import { readPart } from '../../vault/sealed-files.ts';
import { type BackupHeader, ESCROW_FILE, readHeader } from './backup-files.ts';
import { openSealedKeys } from './backup-vault.ts';
import { type BackupKeys, foundingOf } from './open-backup.ts';

interface Recovered {
  readonly keys: BackupKeys;
  readonly officers: RecoveryKeys;
}

/**
 * @param texts QR texts or typed lines, one an officer
 * @throws {Failure} as `readShares` and `combineShares`; `recovery.nothing-in-escrow`, `recovery.set-replaced`, `sync.hub-unreachable`.
 */
export async function recoverKeys(folder: string, texts: readonly string[]): Promise<Recovered> {
  const { header } = await readHeader(folder);
  const { chain, statement } = foundingOf(header);
  const later = [...(header.clinicKey ? [header.clinicKey] : []), ...(header.earlierClinicKeys ?? [])];
  const keys = [statement.clinicKey, ...later.map(fromHex)];
  const shares = readShares(texts, { chain, keys }, header.statement ? Buffer.from(header.statement, 'base64') : undefined);
  const officers = await combineShares(shares);
  const boxes = await fetchBoxes(folder, header, officers);
  if (!equalBytes(boxes.to, officers.agreement.publicKey)) {
    throw new Failure(
      'recovery.set-replaced',
      'These recovery shares were replaced by a newer set, which alone opens this backup now.',
    );
  }
  const sealed = { to: toHex(boxes.to), key: toBase64(boxes.key), store: toBase64(boxes.store) };
  return { keys: openSealedKeys(officers.agreement, header.id, chain, sealed), officers };
}

async function fetchBoxes(folder: string, header: BackupHeader, officers: RecoveryKeys): Promise<BackupKeyBoxes> {
  if (!header.hub) {
    const path = join(folder, ESCROW_FILE);
    if (existsSync(path)) return decodeBackupKeyBoxes(await readPart(folder, ESCROW_FILE));
    throw nothingThere();
  }
  const { address, authority, region } = header.hub;
  const client = new HubClient(address, { authority });
  try {
    const proof = toBase64(sign(officers.escrow, escrowFetchMessage(fromHex(region), fromHex(header.id))));
    const { escrowEntry } = await client.enroll<{ escrowEntry: string | null }>('EscrowEntry', { backup: header.id, proof });
    if (escrowEntry === null) throw nothingThere();
    return decodeBackupKeyBoxes(Buffer.from(escrowEntry, 'base64'));
  } finally {
    client.close();
  }
}

const nothingThere = (): Failure =>
  new Failure(
    'recovery.nothing-in-escrow',
    'Nothing is kept any more that would open this backup with these shares: it has expired, was withdrawn, or the shares were replaced by a newer set. Use a newer backup, or the newest sheets.',
  );
