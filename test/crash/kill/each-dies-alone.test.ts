/** Real processes, of which one is killed while the others live: the hub in the middle of an upload, the vault under its device service, the device service over its vault. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { initHub } from '../../../server/hub/commands/administration.ts';
import { freePort } from '../../../server/workstation/demo/free-port.ts';
import { Installation } from '../../../server/workstation/folder/installation.ts';
import { verifyReplica } from '../../../server/workstation/verify/verify-replica.ts';
import { type Role, startRole } from '../../bench/role.ts';
import { type HubProcess, serveInProcess } from '../../hub/hub-process.ts';
import { descendants, isRunning } from '../../support/processes.ts';
import type { DeskState } from './desk-alone.ts';

const PATIENCE_MS = 120_000;
let root: string;
let port: number;
let hub: HubProcess;
let desk: Role;
/** What was said to be saved, and what was asked for when somebody died. */
let acknowledged: string[];

const clinic = (): string => join(root, 'clinic');
const serve = (): Promise<HubProcess> => serveInProcess(join(root, 'hub'), port);
const state = (): Promise<DeskState> => desk.ask<DeskState>('state');

async function openDesk(): Promise<void> {
  desk = startRole(new URL('./desk-alone.ts', import.meta.url).href);
  await desk.ask('open', clinic());
}

async function register(family: string): Promise<void> {
  await desk.ask('register', family);
  acknowledged.push(family);
}

/** The vault's process, the only one below the desk's. */
async function vaultOf(): Promise<number> {
  const [vault] = descendants(await desk.ask<number>('pid'));
  return vault as number;
}

const eventually = (ask: () => unknown) => expect.poll(ask, { timeout: PATIENCE_MS });
const inStep = (): Promise<void> => eventually(state).toMatchObject({ connection: 'UP_TO_DATE', pending: 0 });

/** Each act that was acknowledged is there, and nothing is there twice. */
async function nothingIsLost(): Promise<void> {
  const families = await desk.ask<Record<string, number>>('families');
  expect(acknowledged.filter((family) => !families[family])).toEqual([]);
  expect(Object.entries(families).filter(([, count]) => count > 1)).toEqual([]);
}

beforeEach(async () => {
  acknowledged = [];
  root = mkdtempSync(join(tmpdir(), 'careledger-alone-'));
  port = await freePort();
  const { invitation } = await initHub(join(root, 'hub'), 'Test region', `https://localhost:${port}`);
  hub = await serve();
  await openDesk();
  await desk.ask('found', invitation);
  await inStep();
}, PATIENCE_MS);
afterEach(async () => {
  await desk.end();
  await hub.end('SIGTERM');
  rmSync(root, { recursive: true, force: true });
});

test.runIf(process.platform === 'linux')(
  'whoever dies alone takes nothing with it, and the others go on',
  { timeout: 4 * PATIENCE_MS },
  async () => {
    // The hub, while the desk brings it what was written: the desk never waits for it.
    const writing = (async () => {
      for (let number = 0; number < 8; number++) await register(`Upload${number}`);
    })();
    await eventually(() => acknowledged.length).toBeGreaterThan(1);
    await hub.end('SIGKILL');
    await writing;
    hub = await serve();
    await inStep();
    await nothingIsLost();

    // The vault: the desk is locked by it, its device service lives, and what was saved goes on to the hub without it.
    const vault = await vaultOf();
    await register('Before the vault died');
    const caught = register('While the vault died').catch(() => undefined);
    process.kill(vault, 'SIGKILL');
    await caught;
    await eventually(async () => (await state()).signedIn).toBe(false);
    await inStep();
    await desk.ask('unlock');
    await nothingIsLost();

    // The device service: its vault, which holds open keys, ends with it.
    const orphan = await vaultOf();
    expect(isRunning(orphan)).toBe(true);
    const pid = await desk.ask<number>('pid');
    const dying = register('While the desk died').catch(() => undefined);
    process.kill(pid, 'SIGKILL');
    await dying;
    await eventually(() => isRunning(orphan)).toBe(false);
    await openDesk();
    await desk.ask('unlock');
    await inStep();
    await nothingIsLost();

    const { size } = await state();
    await desk.end();
    const installation = await Installation.open(clinic());
    const { faults, blocks } = await verifyReplica(installation);
    await installation.close();
    expect({ faults, blocks }).toEqual({ faults: [], blocks: size });
  },
);
