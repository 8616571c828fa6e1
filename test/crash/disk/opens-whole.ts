/** Whether a data folder opens and everything in it holds together, as its own program finds: undefined, or what does not. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { exportTiles } from '../../../server/hub/commands/administration.ts';
import { openHub } from '../../../server/hub/hub-service.ts';
import { careledgerRules } from '../../../server/rules-registry.ts';
import type { UnlockedKeyStore } from '../../../server/vault/unlocked-key-store.ts';
import { VerifyPool } from '../../../server/vault/verify-pool.ts';
import { Installation } from '../../../server/workstation/folder/installation.ts';
import { deskDiskCheck } from '../../../server/workstation/verify/disk-check.ts';
import { verifyReplica } from '../../../server/workstation/verify/verify-replica.ts';
import { verifyTiles } from '../../../server/workstation/verify/verify-tiles.ts';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';

/** One for all that is opened here: a thread costs more than the signatures of these small ledgers. */
const pool = new VerifyPool(1);

/** @param keyStore without it, what only opens with keys is left alone, as while the desk is locked */
export async function deskFaults(folder: string, keyStore?: UnlockedKeyStore): Promise<string | undefined> {
  try {
    const installation = await Installation.open(folder);
    try {
      return (await verifyReplica(installation, keyStore ? { keyStore, pool } : { pool })).faults[0];
    } finally {
      await installation.close();
    }
  } catch (error) {
    return said(error);
  }
}

/** How many things the check that goes on behind a desk's work finds, without any key; a folder that does not open is found too. */
export async function backgroundFaults(folder: string): Promise<number> {
  try {
    const installation = await Installation.open(folder);
    try {
      const options = { installation, rules: careledgerRules(), clock: Date.now, onChange: () => undefined };
      const found = Object.values(await deskDiskCheck(options).finish());
      return found.reduce((sum, count) => sum + count, 0);
    } finally {
      await installation.close();
    }
  } catch {
    return 1;
  }
}

/** Before these the hub had no ledger yet. */
const NOT_YET = new Set(['hub.not-founded', 'tiles.empty']);

export async function hubFaults(folder: string): Promise<string | undefined> {
  const tiles = join(folder, 'exported');
  try {
    // A hub older than its tiles says so and goes on.
    await (await openHub(folder, { warn: () => undefined })).close();
    await exportTiles(folder, tiles);
    await verifyTiles(tiles, undefined);
    return undefined;
  } catch (error) {
    return error instanceof Failure && NOT_YET.has(error.code) ? undefined : said(error);
  } finally {
    rmSync(tiles, { recursive: true, force: true });
  }
}

const said = (error: unknown): string => {
  const { code, message } = asFailure(error);
  return `${code}: ${message}`;
};
