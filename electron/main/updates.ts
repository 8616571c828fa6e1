/**
 * Puts an update in place. The device service has fetched it from the region's hub and checked the makers' signature; electron-updater reads
 * it from a port of this computer, hashes it again and swaps the program. That swap needs Electron and an installed package: no test here does it.
 */
import type { AppUpdater } from 'electron-updater';
import { Failure } from '../../shared/outcome/failure.ts';

export interface CheckedUpdate {
  readonly address: string;
  readonly version: string;
  /** It takes a newer version back. */
  readonly isOlder: boolean;
}

/** What is used of electron-updater. */
export type Updater = Pick<
  AppUpdater,
  | 'autoDownload'
  | 'autoInstallOnAppQuit'
  | 'allowDowngrade'
  | 'disableWebInstaller'
  | 'setFeedURL'
  | 'checkForUpdates'
  | 'downloadUpdate'
  | 'quitAndInstall'
>;

/** A port of this computer, and a path that nobody can guess. */
const ADDRESS = /^http:\/\/127\.0\.0\.1:[1-9]\d{0,4}\/[0-9a-f]{32}$/;

/** @throws {Failure} `shell.update-elsewhere`, `shell.update-other`; what electron-updater throws. */
export async function installUpdate({ address, version, isOlder }: CheckedUpdate, load: () => Promise<Updater>): Promise<void> {
  if (!ADDRESS.test(address)) throw new Failure('shell.update-elsewhere', 'Updates come from this computer’s own service alone.');
  const updater = await load();
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  updater.allowDowngrade = isOlder;
  updater.disableWebInstaller = true;
  updater.setFeedURL({ provider: 'generic', url: address, useMultipleRangeRequest: false });
  const found = await updater.checkForUpdates();
  if (found?.updateInfo.version !== version)
    throw new Failure(
      'shell.update-other',
      'The update that was found is not the one that was checked. Nothing was installed; it is fetched again.',
    );
  await updater.downloadUpdate();
  updater.quitAndInstall(true, true);
}
