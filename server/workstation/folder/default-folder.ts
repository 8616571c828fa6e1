/** Where an installation lives when nobody names a folder: the place that Electron uses too, so that both ways open the same one. */
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Absolute. @param environment of the process; `platform` as `process.platform`. */
export function defaultFolder(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const home = homedir();
  if (platform === 'win32') return join(environment.APPDATA || join(home, 'AppData', 'Roaming'), 'careledger');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'careledger');
  return join(environment.XDG_CONFIG_HOME || join(home, '.config'), 'careledger');
}
