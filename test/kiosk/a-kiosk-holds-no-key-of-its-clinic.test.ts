/** A kiosk, its clinic's desk and the hub, with real processes: what it is given when it is let in, and what it answers. */
import { X509Certificate } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { noKeychain } from '../../server/identity/keychain.ts';
import { openDatabase, openReader } from '../../server/storage/database.ts';
import { until } from '../../server/workstation/demo/desk.ts';
import { DeviceKeys } from '../../server/workstation/device/device-keys.ts';
import { DeviceService } from '../../server/workstation/device/device-service.ts';
import { CLINIC_MIGRATIONS } from '../../server/workstation/folder/installation.ts';
import { KioskGraphql } from '../../server/workstation/kiosk/kiosk-graphql.ts';
import { secretInFile } from '../../server/workstation/kiosk/kiosk-keychain.ts';
import { KioskService } from '../../server/workstation/kiosk/kiosk-service.ts';
import { cardCodeGroups } from '../../shared/care-card/card-code.ts';
import { builtSession, builtVault } from '../support/built-processes.ts';
import { bytesOf, ClinicBench } from '../workstation/further-device-bench.ts';

let bench: ClinicBench;
let folder: string;
let kiosk: KioskService;

const openKiosk = (): Promise<KioskService> =>
  KioskService.open({ folder, keychain: noKeychain, startSession: builtSession(folder) });

beforeAll(async () => {
  bench = await ClinicBench.open();
  await bench.first.register('Quillfeather', 'Marisol');
  folder = join(bench.folder, 'kiosk');
  kiosk = await openKiosk();
  expect((await kiosk.state()).state).toBe('NEW');
  const { inviteDevice } = await bench.first.ask<{ inviteDevice: string }>('mutation { inviteDevice(kind: "kiosk") }');
  await kiosk.join(inviteDevice);
}, 90_000);
afterAll(async () => {
  await kiosk.close();
  await bench.close();
});

test('it waits at the door until an administrator lets it in, as what it was invited for', async () => {
  expect((await kiosk.state()).state).toBe('WAITING');
  const requests = async () =>
    (await bench.first.ask<{ deviceRequests: Array<{ device: string; kind: string }> }>('{ deviceRequests { device kind } }'))
      .deviceRequests;
  const request = await until('the request arrives', async () => (await requests())[0]);
  expect(request).toEqual({ device: (await kiosk.state()).device, kind: 'kiosk' });
  await bench.first.ask('mutation ($device: ID!) { admitDevice(device: $device, role: "") }', { device: request.device });
  await until('it is let in', async () => (await kiosk.state()).state === 'READY');
  expect(await kiosk.state()).toMatchObject({ clinic: 'Harbour Clinic', canCheckIn: true });
  expect(await requests()).toEqual([]);
}, 60_000);

test('it opens again by itself, with no key of the clinic and nothing of a patient in its folder', async () => {
  await kiosk.close();
  kiosk = await openKiosk();
  expect((await kiosk.state()).state).toBe('READY');
  expect(readdirSync(folder)).not.toContain('keys.db');
  const bytes = await bytesOf(folder);
  for (const name of ['Quillfeather', 'Marisol', 'Ferreira']) expect(bytes.includes(name)).toBe(false);
});

test('it answers its own two schemas and nothing of a workstation', async () => {
  const graphql = await KioskGraphql.open(kiosk, () => undefined);
  const codeOf = async (tier: 'device' | 'vault' | 'kiosk' | 'patient', query: string) =>
    (await graphql.execute(tier, { query })).errors?.[0]?.extensions?.code;
  expect(await codeOf('device', '{ workstation { state } }')).toBe('host.not-here');
  expect(await codeOf('vault', '{ offers { id } }')).toBe('host.not-here');
  expect(await codeOf('patient', '{ me { name } }')).toBe('patient.no-session');
  expect(await codeOf('kiosk', '{ kiosk { state } }')).toBeUndefined();
  await graphql.stop();
});

test('a card that nobody issued opens nothing, and leaves no process', async () => {
  const code = cardCodeGroups(new Uint8Array(16).fill(7)).join(' ');
  await expect(kiosk.checkIn(code, '493827')).rejects.toMatchObject({ code: 'card.unknown' });
  await expect(kiosk.checkIn(`${code.slice(0, -1)}0`, '493827')).rejects.toMatchObject({ code: 'card.code-unreadable' });
  expect((await kiosk.state()).state).toBe('READY');
});

test('its certificate is renewed by itself before it ends, and it goes on with the new one', async () => {
  await kiosk.close();
  const certificate = async (): Promise<X509Certificate> => {
    const keys = new DeviceKeys(join(folder, 'device.sealed'), secretInFile(folder));
    await keys.open(undefined);
    return new X509Certificate(keys.tier?.secrets.tlsCertificate ?? '');
  };
  const before = await certificate();
  const soon = () => Date.now() + 65 * 86_400_000;
  kiosk = await KioskService.open({ folder, keychain: noKeychain, startSession: builtSession(folder), clock: soon });
  const { serialNumber, subjectAltName } = await until('a new one is here', async () => {
    const now = await certificate();
    return now.serialNumber === before.serialNumber ? undefined : now;
  });
  expect(serialNumber).toMatch(/^[0-9A-F]{32}$/);
  expect(subjectAltName).toBe(before.subjectAltName);
  await kiosk.close();
  kiosk = await openKiosk();
  const blocks = async () => {
    const reader = await openReader(join(folder, 'clinic.db'));
    const [found] = await reader.read.all<{ count: number }>('SELECT count(*) AS count FROM block');
    await reader.close();
    return found?.count ?? 0;
  };
  const known = await blocks();
  await bench.first.register('Newcomer', 'Nia');
  await until('the hub brings it what is new', async () => (await blocks()) > known);
}, 60_000);

test('it looks at its disk behind the work', async () => {
  await kiosk.close();
  const database = await openDatabase({ path: join(folder, 'clinic.db'), migrations: CLINIC_MIGRATIONS, mode: 'bulk' });
  await database.write((transaction) => transaction.run('UPDATE block SET hash = zeroblob(32) WHERE position = 1'));
  await database.close();
  kiosk = await openKiosk();
  expect(await kiosk.diskCheck.finish()).toMatchObject({ BLOCKS: 1 });
}, 90_000);

test('the folder of a kiosk is no workstation’s, and the other way round', async () => {
  await kiosk.close();
  await expect(DeviceService.open({ folder, keychain: noKeychain, startVault: builtVault(folder) })).rejects.toMatchObject({
    code: 'workstation.kiosk',
  });
  kiosk = await openKiosk();
  await bench.first.service.close();
  const theirs = bench.first.folder;
  await expect(
    KioskService.open({ folder: theirs, keychain: noKeychain, startSession: builtSession(theirs) }),
  ).rejects.toMatchObject({ code: 'kiosk.workstation' });
  await bench.first.start();
}, 60_000);
