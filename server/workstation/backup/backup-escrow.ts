/** Keeps the escrow in step with the list of backups: what opens each, for the newest set's officers alone, until it is to die. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fromHex, toBase64 } from '../../../shared/encoding/bytes.ts';
import { asFailure } from '../../../shared/outcome/failure.ts';
import { encodeBackupKeyBoxes } from '../../../shared/vault/recovery.ts';
import { writeFileDurably } from '../../storage/durable-file.ts';
import type { HubClient } from '../../sync/hub-client.ts';
import type { Installation } from '../folder/installation.ts';
import { ESCROW_FILE } from './backup-files.ts';
import type { BackupListFile, KnownBackup, SealedBackupKeys } from './backup-list.ts';

interface EscrowEdges {
  readonly installation: Pick<Installation, 'region'>;
  /** @throws {Failure} `sync.no-region`, `sync.hub-unreachable` and others. */
  askHub<T>(ask: (client: HubClient) => Promise<T>): Promise<T>;
}

/** What cannot be said now, because the hub is away, is said the next time. @throws {Failure} what the hub refuses. */
export async function tellEscrow(list: BackupListFile, edges: EscrowEdges): Promise<void> {
  const { recovery, backups, withdrawn = [] } = await list.read();
  const reader = recovery?.kit?.reader;
  if (!edges.installation.region) return layBeside(list, reader, backups);
  try {
    if (withdrawn.length > 0) {
      await edges.askHub((client) => client.ask('DeleteEscrow', { backups: withdrawn }));
      await list.change(({ withdrawn: now = [], ...rest }) => ({
        ...rest,
        withdrawn: now.filter((id) => !withdrawn.includes(id)),
      }));
    }
    for (const { id, expires, keys, escrowed } of backups) {
      if (!reader || !keys || escrowed === reader) continue;
      const body = toBase64(escrowBody(keys));
      await edges.askHub((client) => client.ask('PutEscrow', { entries: [{ backup: id, expires, reader, body }] }));
      await list.changeBackup(id, { escrowed: reader });
    }
  } catch (error) {
    const { code, retry } = asFailure(error);
    // Not yet admitted, away, or busy.
    if (!retry && !code.startsWith('sync.') && code !== 'hub.not-allowed' && code !== 'vault.device-tier-locked') throw error;
  }
}

/** Without a region there is no hub: the sealed key lies beside the backup, and dies when it is deleted there. */
async function layBeside(list: BackupListFile, reader: string | undefined, backups: readonly KnownBackup[]): Promise<void> {
  for (const { id, folder, keys, escrowed } of backups) {
    if (!reader || !keys || escrowed === reader || !existsSync(folder)) continue;
    await writeFileDurably(join(folder, ESCROW_FILE), escrowBody(keys));
    await list.changeBackup(id, { escrowed: reader });
  }
}

const escrowBody = ({ to, key, store }: SealedBackupKeys): Uint8Array =>
  encodeBackupKeyBoxes({ to: fromHex(to), key: Buffer.from(key, 'base64'), store: Buffer.from(store, 'base64') });
