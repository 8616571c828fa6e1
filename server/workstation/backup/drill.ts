/** A restore rehearsed for real: into a temporary place, all of it checked, timed, and certified. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toHex } from '../../../shared/encoding/bytes.ts';
import type { DrillReport } from '../../../shared/workstation/drill.ts';
import { noKeychain } from '../../identity/keychain.ts';
import { readProgramVersion } from '../updates/program-version.ts';
import { readHeader } from './backup-files.ts';
import { type BackupKeys, checkClinic, foundingOf } from './open-backup.ts';
import { restoreBackup } from './restore.ts';

/** 45 CFR 164.308(a)(7), as proposed in 2025: systems are back within 72 hours. */
const WITHIN_HOURS = 72;

interface DrillOptions {
  readonly folder: string;
  readonly chain: Uint8Array;
  readonly openedBy: DrillReport['openedBy'];
  readonly ranBy: { readonly name: string; readonly role: string };
  /** Part of what is timed: from passphrase or shares to keys. */
  open(): Promise<BackupKeys>;
  readonly clock: () => number;
}

/** @throws {Failure} as `restoreBackup`; then there is nothing to certify. */
export async function rehearse({ folder, chain, openedBy, ranBy, open, clock }: DrillOptions): Promise<DrillReport> {
  const started = clock();
  const before = performance.now();
  const { header } = await readHeader(folder);
  checkClinic(header, chain);
  const place = await mkdtemp(join(tmpdir(), 'careledger-drill-'));
  try {
    const keys = await open();
    const restored = await restoreBackup({
      from: folder,
      to: join(place, 'restored'),
      keys,
      keychain: noKeychain,
      clock,
      onProgress: () => undefined,
    });
    const { blocks, ownBlocks, signatures, documents, records, vaultRows, keys: count, people } = restored;
    return {
      clinic: foundingOf(header).statement.name,
      chain: toHex(chain),
      device: header.device,
      backup: header.id,
      backupMade: header.made,
      openedBy,
      started,
      seconds: Math.max(1, Math.round(performance.now() - before)) / 1000,
      withinHours: WITHIN_HOURS,
      ...{ blocks, ownBlocks, signatures, documents, records, vaultRows, keys: count, people },
      ranBy: ranBy.name,
      role: ranBy.role,
      program: await readProgramVersion(),
    };
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}
