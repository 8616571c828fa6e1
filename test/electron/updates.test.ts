/** What the shell asks of electron-updater; a stand-in answers, since a swap needs Electron and an installed package. */
import { expect, test } from 'vitest';
import { installUpdate, type Updater } from '../../electron/main/updates.ts';

const ADDRESS = `http://127.0.0.1:40123/${'a1'.repeat(16)}`;

function standIn(version: string): { updater: Updater; calls: unknown[] } {
  const calls: unknown[] = [];
  const updater = {
    autoDownload: true,
    autoInstallOnAppQuit: true,
    allowDowngrade: true,
    disableWebInstaller: false,
    setFeedURL: (feed: unknown) => void calls.push(feed),
    checkForUpdates: async () => ({ updateInfo: { version } }),
    downloadUpdate: async () => void calls.push('download'),
    quitAndInstall: () => void calls.push('install'),
  } as unknown as Updater;
  return { updater, calls };
}

test('the checked update is read from this computer alone, and put in place', async () => {
  const { updater, calls } = standIn('1.3.0');
  await installUpdate({ address: ADDRESS, version: '1.3.0', isOlder: false }, async () => updater);
  expect(calls).toEqual([{ provider: 'generic', url: ADDRESS, useMultipleRangeRequest: false }, 'download', 'install']);
  expect(updater).toMatchObject({
    autoDownload: false,
    autoInstallOnAppQuit: false,
    allowDowngrade: false,
    disableWebInstaller: true,
  });
  await installUpdate({ address: ADDRESS, version: '1.3.0', isOlder: true }, async () => updater);
  expect(updater.allowDowngrade).toBe(true);
});

test('no other host, and no other version than the checked one', async () => {
  for (const address of [
    'https://updates.example.org/',
    'http://localhost:1/aa',
    `http://127.0.0.1:40123/../${'a1'.repeat(16)}`,
  ]) {
    const { updater, calls } = standIn('1.3.0');
    const asked = installUpdate({ address, version: '1.3.0', isOlder: false }, async () => updater);
    await expect(asked).rejects.toMatchObject({ code: 'shell.update-elsewhere' });
    expect(calls).toEqual([]);
  }
  const { updater, calls } = standIn('9.0.0');
  const asked = installUpdate({ address: ADDRESS, version: '1.3.0', isOlder: false }, async () => updater);
  await expect(asked).rejects.toMatchObject({ code: 'shell.update-other' });
  expect(calls).not.toContain('install');
});
