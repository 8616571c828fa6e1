/** What goes wrong at the door: each message says, as a clinic would read it, what happened and what to do. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runProgram } from '../support/program-process.ts';
import type { ClinicAtWork } from './clinic-at-work.ts';
import { type HubAtWork, Stage } from './stage.ts';

const stage = new Stage();
let clinic: ClinicAtWork;
let hub: HubAtWork;

beforeAll(async () => {
  [clinic, hub] = await Promise.all([stage.clinic('Harbour Clinic'), stage.hub()]);
  await clinic.create();
});
afterAll(() => stage[Symbol.asyncDispose]());

/** What `serve` says on a folder on which it does not start. */
async function refusalOn(folder: string): Promise<string> {
  const { code, err } = await runProgram(['serve', '--data', folder]);
  expect(code, err).toBe(1);
  return err;
}

/** What the screen says to an invitation. */
async function refusalOf(invitation: string): Promise<string> {
  await clinic.goTo('Patients');
  await clinic.joinRegion(invitation);
  await clinic.alert.getByText('This was not done').waitFor();
  return (await clinic.alert.textContent()) ?? '';
}

describe('given a data folder, when the program cannot take it, then it says why and changes nothing', () => {
  test('because another instance has it', async () => {
    const said = await refusalOn(clinic.folder);
    expect(said).toContain(`already running on the data folder ${clinic.folder} (process ${clinic.pid})`);
    expect(said).toContain('Use the window that is open');
  });

  test('because a newer program wrote it', async () => {
    const newer = stage.place('newer');
    await clinic.end();
    cpSync(clinic.folder, newer, { recursive: true });
    const database = new DatabaseSync(join(newer, 'clinic.db'));
    database.exec("INSERT INTO schema_migration (id, name, checksum, program) VALUES (90000, 'later', 'x', '9.1.0')");
    database.close();
    await clinic.start();
    await clinic.unlock();
    expect(await refusalOn(newer)).toContain('written by a newer Careledger. Nothing was changed; use version 9.1.0 or later');
  });

  test('because it is somebody else’s', async () => {
    const foreign = stage.place('letters');
    mkdirSync(foreign);
    writeFileSync(join(foreign, 'letter.txt'), 'Dear Ana');
    expect(await refusalOn(foreign)).toContain('is not a Careledger data folder: it holds other files');
  });
});

test('given a hub without a region, when it is to invite a clinic, then it says that the first one has to found it', async () => {
  await expect(hub.invite()).rejects.toThrow(/found/);
});

describe('given an invitation, when it cannot be used, then the screen says why', () => {
  test('because it is no invitation', async () => {
    expect(await refusalOf('careledger please')).toMatch(/invitation/i);
    await clinic.look('invitation-refused');
  });

  test('because it was used already', async () => {
    const other = await stage.clinic('Mountain Practice');
    await other.create('Bo Berg');
    await other.joinRegion(hub.founding);
    await other.syncSays(/^Up to date$/);
    expect(await refusalOf(hub.founding)).toMatch(/used|founded/);
  });

  test('because a character was lost', async () => {
    const invitation = await hub.invite();
    expect(await refusalOf(invitation.slice(0, -3))).toMatch(/invitation/i);
  });

  test('because another hub answers at its address', async () => {
    const invitation = await hub.invite();
    await hub.end();
    const impostor = await stage.hub({}, 'impostor', hub.address);
    expect(await refusalOf(invitation)).toContain(
      'This is not the hub that the invitation names: its authority has another fingerprint.',
    );
    await impostor.end();
    await hub.start();
  });

  test('because the hub does not answer', async () => {
    const invitation = await hub.invite();
    await hub.end();
    expect(await refusalOf(invitation)).toMatch(/cannot be reached/);
    await hub.start();
  });

  test('and a good one is taken after all of these', async () => {
    await clinic.goTo('Patients');
    await clinic.joinRegion(await hub.invite());
    await clinic.syncSays(/^Waiting for admission/);
  });
});
