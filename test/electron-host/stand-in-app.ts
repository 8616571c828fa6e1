/** Starts an app on the stand-in under Playwright, in folders of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication } from 'playwright-core';
import { ensureChromium } from '../support/ensure-chromium.ts';

export const standInProgram = join(import.meta.dirname, 'electron');

export interface StandInApp extends AsyncDisposable {
  electron: ElectronApplication;
  userData: string;
}

export async function startFixture(switches: string[] = []): Promise<StandInApp> {
  const userData = mkdtempSync(join(tmpdir(), 'stand-in-data-'));
  const electron = await _electron.launch({
    executablePath: standInProgram,
    args: [`--user-data-dir=${userData}`, ...switches, join(import.meta.dirname, 'fixture')],
    env: { ...process.env, CHROMIUM_PATH: ensureChromium() } as Record<string, string>,
  });
  return {
    electron,
    userData,
    async [Symbol.asyncDispose]() {
      await electron.close();
      rmSync(userData, { recursive: true, force: true });
    },
  };
}
