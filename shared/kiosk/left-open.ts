/**
 * What a kiosk's program cannot close by itself, said at each start: its own doors are closed, the operating system's stay open until
 * somebody closes them (docs/kiosk.md).
 */

/** What was found on the system; what could not be looked at is undefined, and nothing is said about it. */
export interface SystemFindings {
  readonly platform: string;
  readonly isAdministrator?: boolean | undefined;
  /** Groups of the user that let administer. */
  readonly administering?: readonly string[] | undefined;
  /** Linux: alone on the screen (cage); so, but consoles can be switched to; in a desktop, or nobody knows. */
  readonly session?: 'alone' | 'switchable' | 'other' | undefined;
  /** Consoles on which a login prompt waits. */
  readonly prompts?: readonly string[] | undefined;
  /** Where swap goes that is neither encrypted nor in memory. */
  readonly plainSwap?: readonly string[] | undefined;
  readonly magicKeys?: boolean | undefined;
  readonly coreDumps?: boolean | undefined;
  readonly usbStorage?: boolean | undefined;
  readonly automount?: boolean | undefined;
  /** Where there is a queue of printers: whether it keeps the files of jobs that are done; `unknown` where it does not say. */
  readonly keptPrints?: 'kept' | 'not-kept' | 'unknown' | undefined;
  /** Windows: harden.ps1 says that the kiosk's user has no desktop. */
  readonly assignedAccess?: boolean | undefined;
}

/** Sentences for who installs it; none when nothing was found, which is no proof that nothing is open. */
export function leftOpen(found: SystemFindings): string[] {
  const { platform, administering = [], prompts = [], plainSwap = [] } = found;
  const [queue, settings] =
    platform === 'win32'
      ? ['a printer of Windows', 'harden.ps1, or Set-Printer -KeepPrintedJobs $false']
      : ['CUPS', 'cupsctl PreserveJobFiles=No PreserveJobHistory=No'];
  const sentences: ReadonlyArray<readonly [isOpen: boolean | undefined, sentence: string]> = [
    [found.isAdministrator, 'It runs as the system’s administrator. Give it a user of its own.'],
    [administering.length > 0, `Its user is in ${administering.join(', ')}, and may administer the system. Take it out.`],
    [
      found.session === 'other',
      'It is not alone on the screen (no cage was found above it): other windows, consoles and shortcuts of the desktop stay open.',
    ],
    [found.session === 'switchable', 'cage was started with -s: Ctrl+Alt+F2 leads to another console. Leave -s out.'],
    [prompts.length > 0, `A login prompt waits on ${prompts.join(', ')}. Switch it off (NAutoVTs=0 for logind).`],
    [
      plainSwap.length > 0,
      `Memory may be written to ${plainSwap.join(', ')}, which is not known to be encrypted. Switch swap off.`,
    ],
    [found.magicKeys, 'The magic SysRq keys work: they end programs and restart the system. Set kernel.sysrq=0.'],
    [found.coreDumps, 'A crash may write memory to the disk. Set the limit of core files to 0.'],
    [found.usbStorage, 'USB storage is let in. Refuse it (usbguard, or no driver usb-storage).'],
    [found.automount, 'What is plugged in is mounted by itself (udisks2). Switch it off.'],
    [found.keptPrints === 'kept', `${queue} keeps what was printed. Tell it not to (${settings}).`],
    [
      found.keptPrints === 'unknown',
      `It cannot be seen from here whether ${queue} keeps what was printed. See to it (${settings}).`,
    ],
    [
      platform === 'win32' && !found.assignedAccess,
      'Assigned access was not confirmed (CARELEDGER_ASSIGNED_ACCESS=1): Ctrl+Alt+Del, the task bar and other programs stay open.',
    ],
    [platform === 'darwin', 'macOS keeps power, accessibility and recovery keys open. Use a managed single-app profile.'],
  ];
  return sentences.flatMap(([isOpen, sentence]) => (isOpen ? [sentence] : []));
}
