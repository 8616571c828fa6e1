/**
 * What a kiosk's window cannot hold by itself, said at each start: Electron closes its own doors, the operating system's stay open until
 * somebody closes them (docs/kiosk.md).
 */

export interface KioskSurroundings {
  readonly platform: NodeJS.Platform;
  readonly environment: NodeJS.ProcessEnv;
  /** Undefined where the system has no such ids. */
  readonly userId: number | undefined;
  readonly packaged: boolean;
}

/** Sentences for who installs it; none when nothing was found, which is no proof that nothing is open. */
export function leftOpen({ platform, environment, userId, packaged }: KioskSurroundings): string[] {
  const open: string[] = [];
  if (!packaged) open.push('This is a development build: developer tools and switches are not closed by fuses.');
  if (userId === 0) open.push('It runs as the system’s administrator. Give it a user of its own.');
  if (platform === 'linux' && !/cage|kiosk/i.test(environment.XDG_CURRENT_DESKTOP ?? environment.XDG_SESSION_DESKTOP ?? ''))
    open.push('No single-window session (cage) was found: other windows, consoles and shortcuts of the desktop stay open.');
  if (platform === 'win32' && environment.CARELEDGER_ASSIGNED_ACCESS !== '1')
    open.push(
      'Assigned access was not confirmed (CARELEDGER_ASSIGNED_ACCESS=1): Ctrl+Alt+Del, the task bar and other programs stay open.',
    );
  if (platform === 'darwin')
    open.push('macOS keeps power, accessibility and recovery keys open. Use a managed single-app profile.');
  return open;
}
