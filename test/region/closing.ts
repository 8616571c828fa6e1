/** The end of the story: everybody comes to one state, nothing that was acknowledged is lost or doubled, and every folder is verified. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openHubDatabase } from '../../server/hub/hub-database.ts';
import { readHead } from '../../server/ledger/ledger.store.ts';
import { stateRoot } from '../../server/ledger/state-rows.store.ts';
import { openReader, type Queryable } from '../../server/storage/database.ts';
import { hashParts } from '../../server/vault/hash-parts.ts';
import { runProgram } from '../../server/workstation/demo/desk.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { asFailure } from '../../shared/outcome/failure.ts';
import { PASSPHRASE } from './clinic-desk.ts';
import type { Stage } from './stage.ts';

export interface Ending {
  readonly blocks: number;
  readonly state: string;
  readonly verified: number;
  readonly records: number;
}

export async function comeToAnEnd(stage: Stage): Promise<Ending> {
  const { clinics, desks, office, story, console } = stage;
  for (const clinic of clinics) await clinic.end();
  story.tell('everybody stops working; what waits is sent');
  await settled(stage);
  for (const clinic of clinics) await clinic.check();
  for (const { clinic } of [...desks, office])
    for (const need of ['ALARM', 'WAITING', 'PROBLEM', 'FAR_BEHIND', 'OLD_VERSION', 'CLOCK']) await console.quiet(need, clinic);
  await console.end();
  // Whoever locks seals the access log: the last block of each desk.
  for (const desk of [...desks, office]) await desk.device('mutation { lock { state } }');
  await settled(stage);
  story.tell('every process ends; every folder is verified');
  for (const desk of [...desks, office]) await desk.end('SIGTERM');
  for (const hub of stage.hubs) await stage.endHub(hub, 'SIGTERM');
  await stage.hubCommand('verify').catch((error: unknown) => story.fault(`the hub: ${asFailure(error).message}`));
  const ends = await Promise.all([...desks, office].map((desk) => endOf(stage, desk.name, desk.folder)));
  const hub = await openHubDatabase(stage.hubs[0]?.folder ?? '');
  const at = await whereIs(hub.read);
  await hub.close();
  for (const { name, state, blocks } of ends)
    if (state !== at.state || blocks !== at.blocks)
      story.fault(`${name} ended with ${blocks} blocks and state ${state}, the hub with ${at.blocks} and ${at.state}`);
  return { ...at, verified: ends.length + 1, records: ends.reduce((sum, { records }) => sum + records, 0) };
}

/** Nothing waits anywhere, and all replicas are of one size. */
async function settled({ desks, office, story }: Stage): Promise<void> {
  await office
    .until('everybody is in step', async () => {
      const states = await Promise.all([...desks, office].map((desk) => desk.sync()));
      const [first] = states;
      return states.every(
        ({ connection, pendingEvents, replicaSize }) =>
          connection === 'UP_TO_DATE' && pendingEvents === 0 && replicaSize === first?.replicaSize,
      );
    })
    .catch(async (error: unknown) => {
      for (const desk of [...desks, office]) story.tell(`  ${desk.name}: ${JSON.stringify(await desk.sync().catch(String))}`);
      story.fault(asFailure(error).message);
    });
}

async function whereIs(connection: Queryable): Promise<{ blocks: number; state: string }> {
  const head = await readHead(connection, hashParts);
  return { blocks: head?.size ?? 0, state: toHex(await stateRoot(connection, hashParts)) };
}

async function endOf({ folder: root, story }: Stage, name: string, folder: string) {
  const file = join(root, 'passphrase');
  writeFileSync(file, PASSPHRASE);
  const { code, out, err } = await runProgram(['verify', '--data', folder, '--passphrase-file', file, '--json']);
  if (code !== 0) story.fault(`${name} is damaged: ${err} ${out.slice(0, 2_000)}`);
  const { sealed } = JSON.parse(out || '{}') as { sealed?: { records: number } };
  const reader = await openReader(join(folder, 'clinic.db'));
  const at = await whereIs(reader.read);
  await reader.close();
  return { name, ...at, records: sealed?.records ?? 0 };
}
