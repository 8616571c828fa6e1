import { readFileSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { noKeychain } from '../../../server/identity/keychain.ts';
import { BackupBench, countPatients, PASSPHRASE, register, unlock } from '../../workstation/backup-bench.ts';
import { copyFolder } from './captured.ts';
import { logCuts } from './log-cuts.ts';
import { readWal } from './wal-file.ts';

test('10,000 logs of a desk and a hub, cut or zeroed anywhere: the database after a whole number of commits', async () => {
  const report = await logCuts({ rounds: 10_000, seed: 1, say: () => undefined });
  expect(report.failures).toEqual([]);
  expect(report.tried).toBe(10_000);
});

test('a desk whose log lost its end opens, shows what is left, and goes on in a new epoch', async () => {
  const bench = await BackupBench.open();
  onTestFinished(() => bench.close());
  const before = await bench.service('desk', noKeychain);
  await before.entrance.createClinic({ name: 'Harbour', kind: 'clinic', administrator: 'Ana Ferreira', passphrase: PASSPHRASE });
  await register(before, 'Oyelaran', 'Ada');
  await register(before, 'Lindqvist', 'Bo');
  const { next } = before.continuity ?? {};
  copyFolder(bench.path('desk'), bench.path('copy'));
  await bench.lose('desk');

  const log = join(bench.path('copy'), 'clinic.db-wal');
  const { commits, frameSize } = readWal(readFileSync(log));
  const kept = commits.at(-2)?.frames ?? 0;
  truncateSync(log, 32 + kept * frameSize + 100);
  copyFolder(bench.path('copy'), bench.path('desk'));
  rmSync(bench.path('copy'), { recursive: true });
  const after = await bench.service('desk', noKeychain);
  await unlock(after);
  expect(await countPatients(after)).toBe(1);
  expect(after.continuity?.newEpoch?.why).toBe('out-of-step');
  expect(after.continuity?.next.epoch).not.toEqual(next?.epoch);
  await register(after, 'Lindqvist', 'Bo');
  expect(await countPatients(after)).toBe(2);
});
