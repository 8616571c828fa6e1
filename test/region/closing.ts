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

/** For so long everybody may take to come to one state, and for so long what was done may be on its way after that. */
const CONVERGENCE_MS = 20 * 60_000;
const ON_ITS_WAY_MS = 10 * 60_000;
const TOLD_EVERY_MS = 60_000;

/** Whatever fails on the way is told and what follows is still done: a run of an hour ends with its figures. */
export async function comeToAnEnd(stage: Stage): Promise<Ending> {
  const { clinics, desks, office, story, console, stray, steady } = stage;
  const everybody = [...desks, office];
  const step = (what: string, work: () => Promise<void>): Promise<void> =>
    work().catch((error: unknown) => story.fault(`${what}: ${asFailure(error).message}`));
  for (const clinic of clinics) await clinic.end();
  await step(`looking at ${steady.name}`, async () => {
    const { lost, doubled, blocks } = await steady.end();
    if (lost + doubled > 0) story.fault(`${lost} blocks that the hub acknowledged are not in its ledger, ${doubled} stand twice`);
    else story.tell(`  each block that ${steady.name} was acknowledged stands in the ledger, and none of its ${blocks} twice`);
  });
  story.tell('everybody stops working; what waits is sent');
  await settled(stage);
  const deadline = Date.now() + ON_ITS_WAY_MS;
  for (const clinic of clinics) await step(`looking at ${clinic.name}`, () => clinic.check(deadline));
  // Their devices are driven from here and report nothing; one has lied.
  await console.quiet([stray.name, steady.name], ON_ITS_WAY_MS);
  await console.end();
  // Whoever locks seals the access log: the last block of each desk.
  for (const desk of everybody) await step(`locking ${desk.name}`, () => desk.device('mutation { lock { state } }'));
  await settled(stage);
  story.tell('every process ends; every folder is verified');
  for (const desk of everybody) await desk.end('SIGTERM');
  for (const hub of stage.hubs) await stage.endHub(hub, 'SIGTERM');
  await step('verifying the hub', async () => void (await stage.hubCommand('verify')));
  const ends: DeskEnd[] = [];
  for (const desk of everybody)
    await step(`verifying ${desk.name}`, async () => void ends.push(await endOf(stage, desk.name, desk.folder)));
  const hub = await openHubDatabase(stage.hubs[0]?.folder ?? '');
  const at = await whereIs(hub.read);
  await hub.close();
  for (const { name, state, blocks } of ends)
    if (state !== at.state || blocks !== at.blocks)
      story.fault(`${name} ended with ${blocks} blocks and state ${state}, the hub with ${at.blocks} and ${at.state}`);
  return { ...at, verified: ends.length + 1, records: ends.reduce((sum, { records }) => sum + records, 0) };
}

/**
 * Nothing waits anywhere, and each replica has what the hub has. A desk that just looks for more is no less in step: on a busy machine
 * there is always one.
 */
async function settled(stage: Stage): Promise<void> {
  const { desks, office, story } = stage;
  const everybody = [...desks, office];
  const tell = async (): Promise<void> => {
    for (const desk of everybody) story.tell(`  ${desk.name}: ${JSON.stringify(await desk.sync().catch(String))}`);
  };
  const begun = Date.now();
  let told = begun;
  const isInStep = async (): Promise<boolean> => {
    const states = await Promise.all(everybody.map((desk) => desk.sync()));
    const size = states[0]?.replicaSize;
    if (states.every(({ pendingEvents, replicaSize }) => pendingEvents === 0 && replicaSize === size))
      return (await stage.ledgerSize()) === size;
    if (Date.now() - told > TOLD_EVERY_MS) {
      told = Date.now();
      await tell();
    }
    return false;
  };
  try {
    await office.until('everybody is in step', isInStep, CONVERGENCE_MS);
    story.tell(`  everybody is in step after ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  } catch (error) {
    await tell();
    story.fault(asFailure(error).message);
  }
}

interface DeskEnd {
  readonly name: string;
  readonly blocks: number;
  readonly state: string;
  readonly records: number;
}

async function whereIs(connection: Queryable): Promise<{ blocks: number; state: string }> {
  const head = await readHead(connection, hashParts);
  return { blocks: head?.size ?? 0, state: toHex(await stateRoot(connection, hashParts)) };
}

async function endOf({ folder: root, story }: Stage, name: string, folder: string): Promise<DeskEnd> {
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
