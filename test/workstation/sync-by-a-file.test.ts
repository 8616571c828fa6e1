/** Two desks of one clinic and a stick between them. */
import '../support/quick-passphrases.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { until } from '../../server/workstation/demo/desk.ts';
import { exportBundle, importBundle } from '../../server/workstation/device/bundle-files.ts';
import { verifyReplica } from '../../server/workstation/verify/verify-replica.ts';
import { ClinicBench, type Desk } from './further-device-bench.ts';

describe('sync by a file', () => {
  let bench: ClinicBench;
  let first: Desk;
  let second: Desk;
  beforeAll(async () => {
    bench = await ClinicBench.open();
    first = bench.first;
    second = await bench.desk('second', 'Bo Lindqvist');
    await first.service.syncOnce();
    await second.service.syncOnce();
  }, 90_000);
  afterAll(() => bench.close());

  const sizeOf = ({ service }: Desk): number => service.sync?.replicaSize ?? 0;
  const verdict = (desk: Desk, bytes: Uint8Array): Promise<string> =>
    desk.service.readBundle(bytes).then(
      () => 'taken',
      (error: { code: string }) => error.code,
    );

  test('what a desk without a line wrote reaches the hub by another desk, and comes home the same way', async () => {
    const before = sizeOf(second);
    const out = await bench.apart(async () => {
      await second.register('Quillfeather', 'Marisol');
      expect(second.service.sync?.pendingEvents).toBeGreaterThan(0);
      const written = await second.service.writeBundle(before);
      // The second desk stays away from here on: its process ends.
      await second.service.close();
      return written;
    });
    expect(out.pending).toBeGreaterThan(0);
    const read = await until('the first desk is in step', () => first.service.readBundle(out.bytes).catch(() => undefined));
    expect(read.carried).toBe(out.pending);
    // Twice is once.
    expect(await first.service.readBundle(out.bytes)).toMatchObject({ blocks: 0, carried: out.pending });
    await first.service.syncOnce();
    const home = await first.service.writeBundle(before);
    expect(home.size).toBeGreaterThan(before);

    await bench.apart(async () => {
      await second.start();
      expect(second.service.sync?.pendingEvents).toBeGreaterThan(0);
      expect(await second.service.readBundle(home.bytes)).toMatchObject({ size: home.size, carried: 0 });
      // What it wrote has its place now, and waits no longer.
      expect(second.service.sync?.pendingEvents).toBe(0);
      expect(await second.service.readBundle(home.bytes)).toMatchObject({ blocks: 0, size: home.size });
      expect((await verifyReplica(second.service.installation)).faults).toEqual([]);
    });
  }, 240_000);

  test('out of order: a gap says what is missing, an older one changes nothing', async () => {
    const start = sizeOf(second);
    await second.service.close();
    await first.register('Brambleworth', 'Tobias');
    await first.service.syncOnce();
    const one = await first.service.writeBundle(start);
    await first.register('Thistlewood', 'Ada');
    await first.service.syncOnce();
    const two = await first.service.writeBundle(one.size);
    expect(two.from).toBeGreaterThan(start);
    await bench.apart(async () => {
      await second.start();
      expect(await verdict(second, two.bytes)).toBe('bundle.gap');
      expect(sizeOf(second)).toBeLessThan(two.from);
      expect(await verdict(second, one.bytes)).toBe('taken');
      expect(await verdict(second, two.bytes)).toBe('taken');
      expect(await verdict(second, one.bytes)).toBe('taken');
      expect(sizeOf(second)).toBe(two.size);
    });
  }, 180_000);

  test('altered anywhere, cut short, for another clinic or of nobody known: refused whole, by name', async () => {
    const { bytes } = await first.service.writeBundle(0);
    const size = sizeOf(second);
    for (const at of [0, 5, 60, 140, 400, Math.floor(bytes.length / 2), bytes.length - 1]) {
      const altered = Uint8Array.from(bytes);
      altered[at] = (altered[at] as number) ^ 1;
      expect(await verdict(second, altered), `byte ${at}`).toMatch(/^bundle\.(?:altered|version)$/);
    }
    expect(await verdict(second, bytes.subarray(0, bytes.length - 70))).toBe('bundle.altered');
    expect(await verdict(second, new Uint8Array(0))).toBe('bundle.altered');
    // A file of text, as it may lie on a stick.
    expect(await verdict(second, Buffer.from('Dear colleague, '.repeat(40)))).toBe('bundle.altered');
    await expect(first.service.writeBundle(0, new Uint8Array(32))).rejects.toMatchObject({ code: 'bundle.recipient-unknown' });
    expect(sizeOf(second)).toBe(size);
    // Nothing of the ledger stands readable in the file.
    expect(Buffer.from(bytes).includes(Buffer.from('record.put'))).toBe(false);
  }, 180_000);

  test('as files: written where a person says, read from there, and what cannot be is said by name', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'careledger-stick-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const written = await exportBundle(first.service, folder, 0, undefined);
    expect(written.path).toBe(join(folder, `careledger-0-${written.size}.bundle`));
    expect(await importBundle(second.service, written.path)).toMatchObject({ size: sizeOf(second) });
    await expect(importBundle(second.service, join(folder, 'nothing'))).rejects.toMatchObject({ code: 'bundle.file' });
    await expect(exportBundle(first.service, join(folder, 'no', 'folder'), 0, undefined)).rejects.toMatchObject({
      code: 'bundle.folder',
    });
    await expect(exportBundle(first.service, folder, 1e9, undefined)).rejects.toMatchObject({ code: 'bundle.nothing-after' });
    await expect(exportBundle(first.service, folder, 0.5, undefined)).rejects.toMatchObject({ code: 'bundle.after' });
  }, 180_000);
});
