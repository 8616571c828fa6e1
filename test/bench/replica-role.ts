/** One device of a run: an empty replica on disk that catches up with a hub, and then checks every signature behind it. */
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBlocks } from '../../server/ledger/blocks.store.ts';
import { nodeSource } from '../../server/ledger/tree-nodes.store.ts';
import { careledgerRules } from '../../server/rules-registry.ts';
import { type Database, openDatabase } from '../../server/storage/database.ts';
import { ClinicLedger } from '../../server/sync/clinic-ledger.ts';
import { audit } from '../../server/sync/download/audit.ts';
import { HubClient } from '../../server/sync/hub-client.ts';
import { Replica } from '../../server/sync/replica.ts';
import { hashParts as hash } from '../../server/vault/hash-parts.ts';
import { randomBytes, sign, verifySignature as verify } from '../../server/vault/primitives.ts';
import { VerifyPool } from '../../server/vault/verify-pool.ts';
import { CLINIC_MIGRATIONS, type Installation } from '../../server/workstation/folder/installation.ts';
import { verifyReplica } from '../../server/workstation/verify/verify-replica.ts';
import { openGenesis, type Region } from '../../shared/ledger/founding.ts';
import { inclusionProof, leafHash, verifyInclusion } from '../../shared/ledger/merkle.ts';
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
let region: Region;

playRole({
  /** Everything that a device has when it has just joined. */
  async open(hub: HubAddress): Promise<void> {
    folder = await mkdtemp(join(tmpdir(), 'careledger-bench-replica-'));
    database = await openDatabase({
      path: join(folder, 'clinic.db'),
      mode: 'replica',
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
    region = openGenesis(hash, verify, hub.region);
    replica = await Replica.open({ database, ledger, region, hash, verify, rules });
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
  /** Signatures a second of a check of the whole replica from its genesis on. */
  async verify(): Promise<number> {
    const begin = performance.now();
    const { signatures, faults } = await verifyReplica({ database, region } as Installation);
    if (faults.length > 0) throw new Error(faults.join('; '));
    return signatures / ((performance.now() - begin) / 1000);
  },
  /** Milliseconds for each of `count` inclusion proofs, made from the database and checked. */
  async proofs(count: number): Promise<number[]> {
    const checkpoint = replica.checkpoint;
    if (!checkpoint) throw new Error('there is no checkpoint');
    const { size, root } = checkpoint;
    const times: number[] = [];
    for (let at = 0; at < count; at++) {
      const index = replica.historyFrom + Math.floor(((size - replica.historyFrom) * at) / count);
      const begin = performance.now();
      const [block] = await readBlocks(database.read, index, 1);
      const proof = await inclusionProof(hash, index, size, nodeSource(database.read, hash));
      const leaf = leafHash(hash, block?.hash as Uint8Array);
      if (!verifyInclusion(hash, { leaf, index, size, root, proof })) throw new Error(`the block at ${index} is not proved`);
      times.push(performance.now() - begin);
    }
    return times;
  },
  /** Where the replica begins, and bytes of its database. */
  async extent(): Promise<{ historyFrom: number; size: number; disk: number }> {
    const files = await readdir(folder);
    const sizes = await Promise.all(files.map(async (file) => (await stat(join(folder, file))).size));
    return { historyFrom: replica.historyFrom, size: replica.size, disk: sizes.reduce((sum, each) => sum + each, 0) };
  },
  async close(): Promise<void> {
    client.close();
    await pool.close();
    await database.close();
    await rm(folder, { recursive: true, force: true });
  },
});
