/** The ledger of a test clinic's desk, in a folder of its own, as the program opens it. */
import { join } from 'node:path';
import { type Database, openDatabase } from '../../server/storage/database.ts';
import { ClinicLedger } from '../../server/sync/clinic-ledger.ts';
import { sign } from '../../server/vault/primitives.ts';
import { CLINIC_MIGRATIONS } from '../../server/workstation/folder/installation.ts';
import { everyRule, hash, type TestClinic } from './ledger-builder.ts';
import { MemoryContinuity } from './memory-continuity.ts';

interface Opening {
  readonly folder: string;
  readonly clinic: TestClinic;
  readonly epoch: () => Uint8Array;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

export async function openClinicLedger(
  opening: Opening,
): Promise<{ readonly database: Database; readonly ledger: ClinicLedger }> {
  const { folder, clinic, epoch, clock } = opening;
  const database = await openDatabase({ path: join(folder, 'clinic.db'), migrations: CLINIC_MIGRATIONS, mode: 'bulk' });
  const ledger = await ClinicLedger.open({
    database,
    hash,
    rules: everyRule,
    author: { chain: clinic.chain, device: clinic.desk.key.publicKey, sign: (message) => sign(clinic.desk.key, message) },
    founding: clinic.founding,
    epoch,
    continuity: new MemoryContinuity(),
    clock,
  });
  return { database, ledger };
}
