/** One device of a run: an empty replica on disk that catches up with a hub, and then checks every signature behind it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { careledgerRules } from '../../server/rules-registry.ts';
import { type Database, openDatabase } from '../../server/storage/database.ts';
import { audit } from '../../server/sync/audit.ts';
import { ClinicLedger } from '../../server/sync/clinic-ledger.ts';
import { HubClient } from '../../server/sync/hub-client.ts';
import { Replica } from '../../server/sync/replica.ts';
import { hashParts as hash } from '../../server/vault/hash-parts.ts';
import { randomBytes, sign, verifySignature as verify } from '../../server/vault/primitives.ts';
import { VerifyPool } from '../../server/vault/verify-pool.ts';
import { CLINIC_MIGRATIONS } from '../../server/workstation/installation.ts';
import { openGenesis } from '../../shared/ledger/founding.ts';
import { MemoryContinuity } from '../support/memory-continuity.ts';
import { clinics, desksOf } from './generated-blocks.ts';
import type { HubAddress } from './hub-role.ts';
import { playRole } from './role.ts';

const rules = careledgerRules();
let folder: string;
let database: Database;
let replica: Replica;
let client: HubClient;
let pool: VerifyPool;

playRole({
  /** Everything that a device has when it has just joined. */
  async open(hub: HubAddress): Promise<void> {
    folder = await mkdtemp(join(tmpdir(), 'careledger-bench-replica-'));
    database = await openDatabase({
      path: join(folder, 'clinic.db'),
      mode: 'bulk',
      migrations: CLINIC_MIGRATIONS,
    });
    const clinic = clinics()[0];
    const [desk] = clinic ? desksOf(clinic) : [];
    if (!clinic || !desk) throw new Error('there is no clinic');
    const { chain } = clinic;
    const ledger = await ClinicLedger.open({
      database,
      hash,
      rules,
      founding: clinic.founding,
      author: { chain, device: randomBytes(32), sign: (message) => sign(desk.device.key, message) },
      epoch: () => randomBytes(8),
      continuity: new MemoryContinuity(),
      clock: Date.now,
    });
    replica = await Replica.open({ database, ledger, region: openGenesis(hash, verify, hub.region), hash, verify, rules });
    client = new HubClient(hub.address, { authority: hub.authority, device: hub.devices[0] });
    pool = new VerifyPool();
    // Threads load their modules before anything is timed.
    await Promise.all([pool.verify([]), pool.verify([])]);
  },
  /** Seconds. */
  async catchUp(): Promise<number> {
    const begin = performance.now();
    await replica.catchUp(client);
    return (performance.now() - begin) / 1000;
  },
  async audit(): Promise<number> {
    const begin = performance.now();
    await audit({ database, pool }, replica.size);
    return (performance.now() - begin) / 1000;
  },
  async close(): Promise<void> {
    client.close();
    await pool.close();
    await database.close();
    await rm(folder, { recursive: true, force: true });
  },
});
