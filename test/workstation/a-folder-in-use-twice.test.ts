/** A data folder that was copied and goes on in two places, and one that is put back: real processes, a real hub, the mark on disk. */
import '../support/quick-passphrases.ts';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { breakOf } from '../../server/sync/own-acts/continuity.ts';
import { devicesOf } from '../../server/workstation/device/ledger-view.ts';
import { breakContinuity, FileContinuity } from '../../server/workstation/folder/continuity.ts';
import { stateFolder } from '../../server/workstation/folder/machine.ts';
import { verifyReplica } from '../../server/workstation/verify/verify-replica.ts';
import { bytesFor } from '../support/ledger-builder.ts';
import { ClinicBench, type Desk } from './further-device-bench.ts';

const RETIRE = 'mutation Retire($device: ID!, $epoch: ID!) { retireCopy(device: $device, epoch: $epoch) }';

describe('a folder that is copied while its desk goes on', () => {
  let bench: ClinicBench;
  let first: Desk;
  let copy: Desk;
  let patient: string;

  beforeAll(async () => {
    bench = await ClinicBench.open();
    first = bench.first;
    patient = await first.register('Quillfeather', 'Marisol');
    await first.service.syncOnce();
    await first.service.close();
    await cp(first.folder, join(bench.folder, 'copy'), { recursive: true });
    await first.start();
    copy = await bench.machine('copy');
    await copy.restart();
  }, 120_000);
  afterAll(() => bench.close());

  const device = async (desk: Desk) => (await devicesOf(desk.service)).find(({ own }) => own)!;

  test('the desk stays as it was; the copy knows that it is one', () => {
    expect(first.service.continuity?.newEpoch).toBeUndefined();
    expect(copy.service.continuity?.newEpoch?.why).toBe('unknown-here');
  });

  test('both work on, and the ledger keeps each act once', async () => {
    for (const [desk, value] of [
      [copy, '38.2'],
      [first, '37.1'],
      [copy, '38.3'],
    ] as const) {
      await desk.open(patient);
      await desk.observe(patient, value);
      await desk.service.syncOnce();
    }
    for (const desk of [first, copy]) await desk.service.syncOnce();
    for (const { service } of [first, copy]) {
      expect(service.sync).toMatchObject({ connection: 'UP_TO_DATE', pendingEvents: 0, pendingDocuments: 0 });
      expect((await verifyReplica(service.installation)).faults).toEqual([]);
    }
    expect(first.service.sync?.replicaSize).toBe(copy.service.sync?.replicaSize);
  }, 60_000);

  test('both say that the data is in use twice, and which copy is here', async () => {
    for (const desk of [first, copy]) {
      const { inUseTwice, copies } = await device(desk);
      expect(inUseTwice).toBe(true);
      expect(copies.map(({ state }) => state)).toEqual(['IN_USE', 'IN_USE']);
      expect(copies.filter(({ here }) => here)).toHaveLength(1);
      expect(desk.service.continuity?.isInUseTwice).toBe(true);
    }
  });

  test('an administrator retires the copy: it stops and says why, and the desk goes on', async () => {
    const { id, copies } = await device(first);
    const other = copies.find(({ here }) => !here)!;
    await first.ask(RETIRE, { device: id, epoch: other.epoch });
    await first.service.syncOnce();
    await expect(copy.service.syncOnce()).rejects.toMatchObject({ code: 'sync.epoch-retired' });
    await copy.open(patient).catch(() => undefined);
    await expect(copy.observe(patient, '39.9')).rejects.toMatchObject({ code: 'ledger.epoch-retired' });
    expect(await device(first)).toMatchObject({ inUseTwice: false });
    expect((await device(first)).copies.map(({ state }) => state).sort()).toEqual(['IN_USE', 'RETIRED']);
    await first.observe(patient, '36.6');
    await first.service.syncOnce();
    expect(first.service.sync).toMatchObject({ connection: 'UP_TO_DATE', pendingEvents: 0 });
  }, 60_000);

  test('the retired copy goes on only when an administrator there says so', async () => {
    await copy.service.administrator.letCopyGoOn();
    await copy.open(patient);
    await copy.observe(patient, '40.0');
    await copy.service.syncOnce();
    expect(copy.service.sync).toMatchObject({ connection: 'UP_TO_DATE', pendingEvents: 0 });
    await expect(copy.service.administrator.letCopyGoOn()).rejects.toMatchObject({ code: 'sync.not-retired' });
  }, 60_000);
});

describe('a folder that is put back to an earlier state', () => {
  let bench: ClinicBench;
  beforeAll(async () => {
    bench = await ClinicBench.open();
  }, 120_000);
  afterAll(() => bench.close());

  test('takes back from the ledger what it had brought there, and nothing is doubled', async () => {
    const { first } = bench;
    const patient = await first.register('Brambleworth', 'Tobias');
    await first.service.syncOnce();
    await first.service.close();
    await cp(first.folder, join(bench.folder, 'backup'), { recursive: true });
    await first.start();
    await first.open(patient);
    await first.observe(patient, '37.5');
    await first.service.syncOnce();
    const size = first.service.sync?.replicaSize ?? 0;
    await first.service.close();
    await rm(first.folder, { recursive: true });
    await cp(join(bench.folder, 'backup'), first.folder, { recursive: true });
    await first.start();
    expect(first.service.continuity?.newEpoch?.why).toBe('out-of-step');
    await first.open(patient);
    await first.observe(patient, '38.5');
    await first.service.syncOnce();
    expect(first.service.sync).toMatchObject({ connection: 'UP_TO_DATE', pendingEvents: 0 });
    expect(first.service.sync?.replicaSize).toBeGreaterThan(size);
    expect((await verifyReplica(first.service.installation)).faults).toEqual([]);
    // Not a clone: only one goes on.
    expect((await devicesOf(first.service))[0]).toMatchObject({ inUseTwice: false });
  }, 120_000);
});

describe('the mark', () => {
  const mark = (height: number) => ({ device: bytesFor('device'), epoch: bytesFor('epoch', 8), height });

  test('is of one folder, moved in place, and gone when somebody says so', async () => {
    const [one, other] = await Promise.all(['one', 'other'].map(() => mkdtemp(join(tmpdir(), 'careledger-mark-'))));
    const continuity = await FileContinuity.of(one as string);
    expect(await continuity.last()).toBeUndefined();
    for (const height of [0, 1, 4_294_967_296]) {
      await continuity.advance(mark(height));
      expect(await continuity.last()).toEqual({ ...mark(height), isNewest: true });
    }
    expect(await (await FileContinuity.of(other as string)).last()).toBeUndefined();
    await continuity.close();
    expect(await (await FileContinuity.of(one as string)).last()).toEqual({ ...mark(4_294_967_296), isNewest: true });
    await breakContinuity(one as string);
    expect(await (await FileContinuity.of(one as string)).last()).toBeUndefined();
  });

  test('says so when the machine stopped before the program had closed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'careledger-mark-'));
    const inRun = (run: string): Promise<FileContinuity> => FileContinuity.of(folder, run);
    const [written, device] = [mark(7), bytesFor('device')];
    const before = await inRun('first');
    await before.advance(mark(6));
    await before.advance(written);
    // The process died, the machine ran on: what it wrote is there.
    expect(breakOf(device, written, await (await inRun('first')).last())).toBeUndefined();
    // The machine stopped: the disk may have kept an older mark.
    expect(breakOf(device, written, await (await inRun('second')).last())).toBe('machine-stopped');
    expect(breakOf(device, mark(6), await (await inRun('second')).last())).toBe('out-of-step');
    await before.close();
    expect(breakOf(device, written, await (await inRun('second')).last())).toBeUndefined();
    // Where runs have no name, each mark is on the disk before its block is.
    const unnamed = await inRun('');
    await unnamed.advance(mark(8));
    expect(breakOf(device, mark(8), await (await inRun('third')).last())).toBeUndefined();
    await unnamed.close();
  });

  test('that is torn or altered proves nothing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'careledger-mark-'));
    const before = new Set(await readdir(join(stateFolder(), 'marks')).catch(() => []));
    const continuity = await FileContinuity.of(folder);
    await continuity.advance(mark(7));
    const name = (await readdir(join(stateFolder(), 'marks'))).find((each) => !before.has(each)) as string;
    const file = join(stateFolder(), 'marks', name);
    const text = await readFile(file, 'utf8');
    for (const torn of [text.slice(0, -9), text.replace('0000007', '0000006'), '', `${text}x`]) {
      await writeFile(file, torn);
      expect(await continuity.last()).toBeUndefined();
    }
    await continuity.close();
  });

  test('lies where the system keeps state that does not roam, never with the data', () => {
    expect(stateFolder({ CARELEDGER_STATE: '/else' }, 'linux')).toBe('/else');
    expect(stateFolder({ XDG_STATE_HOME: '/state' }, 'linux')).toBe(join('/state', 'careledger'));
    expect(stateFolder({ LOCALAPPDATA: '/local', APPDATA: '/roaming' }, 'win32')).toBe(join('/local', 'careledger-state'));
    expect(stateFolder({}, 'darwin')).toMatch(/careledger-state$/);
  });
});
