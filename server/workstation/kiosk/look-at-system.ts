/** Looks at the operating system around a kiosk, without any right that the kiosk has not got. What it cannot see it leaves out. */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { leftOpen, type SystemFindings } from '../../../shared/kiosk/left-open.ts';
import { keepingPrinters, type SystemCommand } from '../../../shared/kiosk/windows-printing.ts';

interface Surroundings {
  readonly platform: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Undefined where the system has no such ids. */
  readonly userId: number | undefined;
  readonly groups: readonly number[];
  readonly pid: number;
  /** Where /proc, /sys and /etc begin. */
  readonly root: string;
  /** Runs a program and gives what it printed. */
  run(command: SystemCommand): Promise<string>;
}

const here = (): Surroundings => ({
  platform: process.platform,
  environment: process.env,
  userId: process.getuid?.(),
  groups: process.getgroups?.() ?? [],
  pid: process.pid,
  root: '/',
  run: async ({ file, args, env }) => (await execute(file, [...args], { env, timeout: PATIENCE, windowsHide: true })).stdout,
});

const execute = promisify(execFile);
/** What does not answer by then is not waited for: somebody may want to check in. */
const PATIENCE = 20_000;

const ADMINISTERING = ['sudo', 'wheel', 'admin', 'docker', 'lxd', 'disk'];

/**
 * Says to who starts the kiosk what the system leaves open; a patient sees nothing of it.
 * @param isElsewhere the page is on another computer's screen, about which nothing can be said from here
 */
export async function sayWhatIsOpen(say: (line: string) => void, isElsewhere = false): Promise<void> {
  const found = await lookAtSystem();
  const open = leftOpen(isElsewhere ? { ...found, session: undefined } : found);
  for (const sentence of open) say(`Kiosk: ${sentence}\n`);
  if (open.length === 0) say('Kiosk: nothing was found open; docs/kiosk.md says what cannot be looked at from here.\n');
}

export async function lookAtSystem(around = here()): Promise<SystemFindings> {
  const { platform, environment, userId } = around;
  const common = {
    platform,
    isAdministrator: userId === undefined ? undefined : userId === 0,
    assignedAccess: environment.CARELEDGER_ASSIGNED_ACCESS === '1',
  };
  if (platform === 'linux') return { ...common, ...(await lookAtLinux(around)) };
  return platform === 'win32' ? { ...common, keptPrints: await keptOnWindows(around) } : common;
}

async function keptOnWindows({ run, environment }: Surroundings): Promise<SystemFindings['keptPrints']> {
  try {
    return (await run(keepingPrinters(environment))).trim() === '' ? 'not-kept' : 'kept';
  } catch {
    return 'unknown';
  }
}

async function lookAtLinux({ root, pid, groups }: Surroundings): Promise<Partial<SystemFindings>> {
  const read = (path: string): Promise<string | undefined> => readFile(join(root, path), 'utf8').catch(() => undefined);
  const list = (path: string): Promise<string[]> => readdir(join(root, path)).catch(() => []);
  const pids = (await list('proc')).filter((name) => /^\d+$/.test(name));
  const commands = await Promise.all(
    pids.map(async (of) => (await read(`proc/${of}/cmdline`))?.split('\0').filter(Boolean) ?? []),
  );
  const runs = (name: string): boolean => commands.some(([program = '']) => basename(program) === name);
  const sysrq = (await read('proc/sys/kernel/sysrq'))?.trim();
  const limit = /^Max core file size\s+(\S+)/m.exec((await read('proc/self/limits')) ?? '')?.[1];
  const loaded = await list('sys/module');
  const refused = await Promise.all((await list('etc/modprobe.d')).map((file) => read(`etc/modprobe.d/${file}`)));
  const isRefused = refused.some((text) => /^\s*install\s+usb[-_]storage\s/m.test(text ?? '')) || runs('usbguard-daemon');
  return {
    administering: namesOf((await read('etc/group')) ?? '', groups).filter((name) => ADMINISTERING.includes(name)),
    session: await sessionOf(pid, read),
    prompts: commands.flatMap(promptOf),
    plainSwap: await plainSwap((await read('proc/swaps')) ?? '', read),
    magicKeys: sysrq === undefined ? undefined : sysrq !== '0',
    coreDumps: limit === undefined ? undefined : limit !== '0',
    usbStorage: loaded.includes('usb_storage') || !isRefused,
    automount: runs('udisksd'),
    keptPrints: runs('cupsd') ? keepsPrints(await read('etc/cups/cupsd.conf')) : undefined,
  };
}

/** Unless it is told otherwise it keeps them for a day; this user may not be let read what it was told. */
function keepsPrints(settings: string | undefined): SystemFindings['keptPrints'] {
  if (settings === undefined) return 'unknown';
  return /^\s*PreserveJobFiles\s+(?:No|Off|False)\b/im.test(settings) ? 'not-kept' : 'kept';
}

type Read = (path: string) => Promise<string | undefined>;

/** Whether cage is among the processes above this one. */
async function sessionOf(pid: number, read: Read): Promise<SystemFindings['session']> {
  for (let at = pid; at > 1; ) {
    const [program = '', ...args] = (await read(`proc/${at}/cmdline`))?.split('\0') ?? [];
    if (basename(program) === 'cage') return args.slice(0, args.indexOf('--')).includes('-s') ? 'switchable' : 'alone';
    // The name of a program, in brackets, may hold anything.
    at = Number(/^\d+ \(.*\) \S (\d+)/s.exec((await read(`proc/${at}/stat`)) ?? '')?.[1] ?? 0);
  }
  return 'other';
}

const promptOf = ([program = '', ...args]: readonly string[]): string[] =>
  /^(?:agetty|mingetty|login)$/.test(basename(program)) ? args.filter((arg) => /^tty\d+$/.test(arg)) : [];

/** Swap on a disk whose encryption cannot be seen: not zram, not a device of dm-crypt. */
async function plainSwap(table: string, read: Read): Promise<string[]> {
  const places = table
    .split('\n')
    .slice(1)
    .flatMap((line) => line.split(/\s/)[0] || []);
  const isPlain = await Promise.all(
    places.map(async (place) => {
      if (/^\/dev\/zram\d+$/.test(place)) return false;
      return !(await read(`sys/block/${basename(place)}/dm/uuid`))?.startsWith('CRYPT-');
    }),
  );
  return places.filter((_, at) => isPlain[at]);
}

/** The names in /etc/group of these group ids. */
function namesOf(table: string, groups: readonly number[]): string[] {
  const rows = table.split('\n').map((line) => line.split(':'));
  return rows.flatMap(([name, , id]) => (name && id && groups.includes(Number(id)) ? [name] : []));
}
