/** A kiosk says at its start what it found open; on a made-up Linux each opening is made and closed again, the last ones by harden.sh. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { lookAtSystem } from '../../server/workstation/kiosk/look-at-system.ts';
import { leftOpen } from '../../shared/kiosk/left-open.ts';

const root = mkdtempSync(join(tmpdir(), 'careledger-linux-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const put = (path: string, text: string): void => {
  mkdirSync(join(root, dirname(path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const running = (pid: number, parent: number, ...command: string[]): void => {
  put(`proc/${pid}/cmdline`, `${command.join('\0')}\0`);
  put(`proc/${pid}/stat`, `${pid} (a (strange) name) S ${parent} 1 1`);
};
const nothingRuns = (): Promise<string> => Promise.reject(new Error('there is no such program'));
const around = { platform: 'linux', environment: {}, userId: 1_001, groups: [1_001], pid: 40, root, run: nothingRuns };
const found = async (change: object = {}): Promise<string[]> => leftOpen(await lookAtSystem({ ...around, ...change }));

const script = resolve(import.meta.dirname, '../../electron/kiosk-hardening/linux/harden.sh');
const harden = (verb: string): string => execFileSync('bash', [script, verb, '--root', root], { encoding: 'utf8' });

const locked = (): void => {
  running(40, 30, '/usr/bin/node', 'careledger.ts');
  running(30, 20, '/opt/Careledger/careledger', '--kiosk', '-s');
  running(20, 1, '/usr/bin/cage', '--', '/opt/Careledger/careledger', '--kiosk', '-s');
  put('proc/sys/kernel/sysrq', '0\n');
  put('proc/self/limits', 'Limit\nMax core file size          0          0          bytes\n');
  put('proc/swaps', 'Filename Type Size Used Priority\n/dev/zram0 partition 1 0 100\n/dev/dm-1 partition 1 0 -2\n');
  put('sys/block/dm-1/dm/uuid', 'CRYPT-PLAIN-swap\n');
  put('etc/group', 'sudo:x:27:\ncareledger-kiosk:x:1001:\n');
  put('etc/modprobe.d/usb.conf', 'install usb-storage /bin/false\n');
};

test('nothing is said of a system that is closed, and each opening has a sentence of its own', async () => {
  locked();
  expect(await found()).toEqual([]);
  const openings: ReadonlyArray<readonly [string, () => void, RegExp]> = [
    ['a desktop', () => running(30, 1, 'gnome-shell'), /not alone on the screen/],
    ['consoles', () => running(20, 1, '/usr/bin/cage', '-s', '--', 'careledger'), /cage was started with -s/],
    ['a login prompt', () => running(50, 1, '/sbin/agetty', '--noclear', 'tty2', 'linux'), /login prompt waits on tty2/],
    ['plain swap', () => put('sys/block/dm-1/dm/uuid', 'LVM-x\n'), /written to \/dev\/dm-1/],
    ['magic keys', () => put('proc/sys/kernel/sysrq', '438\n'), /SysRq/],
    ['core dumps', () => put('proc/self/limits', 'Max core file size          unlimited  unlimited  bytes\n'), /crash/],
    ['USB storage', () => put('etc/modprobe.d/usb.conf', '# install usb-storage /bin/false\n'), /USB storage/],
    ['a driver that is there', () => put('sys/module/usb_storage/refcnt', '0\n'), /USB storage/],
    [
      'prints that are kept',
      () => {
        running(70, 1, '/usr/sbin/cupsd', '-l');
        put('etc/cups/cupsd.conf', 'LogLevel warn\n# PreserveJobFiles No\n');
      },
      /CUPS keeps what was printed/,
    ],
    ['mounting by itself', () => running(60, 1, '/usr/libexec/udisks2/udisksd'), /mounted by itself/],
  ];
  for (const [name, open, sentence] of openings) {
    open();
    expect(await found(), name).toEqual([expect.stringMatching(sentence)]);
    rmSync(root, { recursive: true });
    locked();
  }
  // As most distributions deliver it, only its administrators read its settings.
  running(70, 1, '/usr/sbin/cupsd', '-l');
  expect(await found()).toEqual([expect.stringContaining('cannot be seen from here whether CUPS keeps')]);
  put('etc/cups/cupsd.conf', 'PreserveJobFiles no\n');
  expect(await found()).toEqual([]);
  expect(await found({ userId: 0, groups: [27] })).toHaveLength(2);
});

test('on Windows and macOS it says what it cannot close', async () => {
  const windows = { platform: 'win32', userId: undefined, run: async () => '\r\n' };
  expect(await found(windows)).toEqual([expect.stringContaining('Ctrl+Alt+Del')]);
  const hardened = { ...windows, environment: { CARELEDGER_ASSIGNED_ACCESS: '1' } };
  expect(await found(hardened)).toEqual([]);
  const keeping = { ...hardened, run: async () => 'Waiting Room\r\n' };
  expect(await found(keeping)).toEqual([expect.stringContaining('a printer of Windows keeps what was printed')]);
  expect(await found({ ...hardened, run: nothingRuns })).toEqual([expect.stringContaining('cannot be seen from here')]);
  expect(await found({ platform: 'darwin' })).toHaveLength(1);
});

test('what harden.sh writes closes USB storage, and what it undoes was its own', async () => {
  locked();
  rmSync(join(root, 'etc/modprobe.d'), { recursive: true });
  // Somebody else has masked this one.
  put('etc/systemd/system/swap.target', '# ours\n');
  const before = readdirSync(root, { recursive: true }).filter((path) => !existsSync(join(root, String(path), '.')));
  expect(await found()).toEqual([expect.stringContaining('USB storage')]);
  harden('apply');
  expect(await found()).toEqual([]);
  expect(readlinkSync(join(root, 'etc/systemd/system/udisks2.service'))).toBe('/dev/null');
  const unit = readFileSync(join(root, 'etc/systemd/system/careledger-kiosk.service'), 'utf8');
  expect(unit).toMatch(
    /^ExecStart=\/usr\/bin\/cage -- \/opt\/Careledger\/careledger --kiosk --data \/var\/lib\/careledger-kiosk$/m,
  );
  expect(unit).not.toMatch(/@[A-Z]+@/);
  harden('undo');
  const after = readdirSync(root, { recursive: true }).filter((path) => !existsSync(join(root, String(path), '.')));
  expect(after.toSorted()).toEqual(before.toSorted());
  expect(readFileSync(join(root, 'etc/systemd/system/swap.target'), 'utf8')).toBe('# ours\n');
});
