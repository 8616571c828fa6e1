/** Looks at the operating system around a kiosk, without any right that the kiosk has not got. What it cannot see it leaves out. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { leftOpen, type SystemFindings } from '../../../shared/kiosk/left-open.ts';

interface Surroundings {
  readonly platform: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Undefined where the system has no such ids. */
  readonly userId: number | undefined;
  readonly groups: readonly number[];
  readonly pid: number;
  /** Where /proc, /sys and /etc begin. */
  readonly root: string;
}

const here = (): Surroundings => ({
  platform: process.platform,
  environment: process.env,
  userId: process.getuid?.(),
  groups: process.getgroups?.() ?? [],
  pid: process.pid,
  root: '/',
});

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
  return platform === 'linux' ? { ...common, ...(await lookAtLinux(around)) } : common;
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

/** Unless it is told otherwise it keeps them for a day; where this user may not read what it was told nothing is known. */
const keepsPrints = (settings: string | undefined): boolean | undefined =>
  settings === undefined ? undefined : !/^\s*PreserveJobFiles\s+(?:No|Off|False)\b/im.test(settings);

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
