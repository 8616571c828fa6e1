/** What the shell refuses, judged by the code alone: no window is opened. */
import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WebContents } from 'electron';
import { describe, expect, test } from 'vitest';
import { answerCall, type SenderFrame } from '../../electron/main/answer-shell-calls.ts';
import { CameraGate, type MediaDetails } from '../../electron/main/camera-gate.ts';
import { dataFolder } from '../../electron/main/data-folder.ts';
import { lockDown, refusedSwitch } from '../../electron/main/lockdown.ts';
import { PagePrinter } from '../../electron/main/page-printer.ts';
import { startPage } from '../../electron/main/page-scheme.ts';
import { jobsOf, recallOwnJobs } from '../../electron/main/print-queue.ts';
import { serviceEnvironment } from '../../electron/main/service-environment.ts';
import { startOption } from '../../electron/main/start-option.ts';
import type { SystemCommand } from '../../shared/kiosk/windows-printing.ts';

const sender = {} as WebContents;
const ownFrame = { url: 'careledger://app/index.html', parent: null } as SenderFrame;
const choose = (senderFrame: SenderFrame, ...payloads: unknown[]) =>
  answerCall('chooseFiles', async () => ({ paths: ['/a'] }), { senderFrame, sender }, payloads);

describe('a call', () => {
  test('from our own page with a good request is answered', async () => {
    expect(await choose(ownFrame, { folders: true })).toEqual({ ok: true, value: { paths: ['/a'] } });
  });

  test.each<[string, SenderFrame]>([
    ['a frame that is gone', null],
    ['another site', { url: 'https://app/', parent: null } as SenderFrame],
    ['a page that only looks like ours', { url: 'careledger://app.elsewhere/', parent: null } as SenderFrame],
    ['a frame inside our page', { url: 'careledger://app/', parent: {} } as SenderFrame],
    ['an empty page', { url: 'about:blank', parent: null } as SenderFrame],
  ])('from %s is refused', async (_who, frame) => {
    expect(await choose(frame, {})).toMatchObject({ ok: false, failure: { code: 'shell.unknown-sender' } });
  });

  test.each([
    [[], 'its request is not an object'],
    [[null], 'its request is not an object'],
    [[['folders']], 'its request is not an object'],
    [[{ folders: 'yes' }], '"folders" is neither true nor false'],
    [[{ folders: true, path: '/etc' }], 'it knows no "path"'],
    [[{}, {}], 'it takes one request'],
  ])('with %j is refused by name', async (payloads, why) => {
    const { ok, failure } = (await choose(ownFrame, ...payloads)) as { ok: false; failure: { code: string; message: string } };
    expect(ok).toBe(false);
    expect(failure.code).toBe('shell.bad-call');
    expect(failure.message).toContain('"chooseFiles"');
    expect(failure.message).toContain(why);
  });

  test.each(['../x', 'a/b', '.hidden', '', 'a\0b', 'x'.repeat(121), 7])('a target named %j is refused', async (name) => {
    const outcome = await answerCall('chooseTarget', () => ({}), { senderFrame: ownFrame, sender }, [{ name }]);
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'shell.bad-call' } });
  });

  test.each([
    { title: '', text: 'x' },
    { title: 'x', text: 'x'.repeat(301) },
    { title: 'x' },
    { title: 'x', text: 'x', icon: '/a' },
  ])('for attention in the words %j is refused', async (request) => {
    const outcome = await answerCall('callAttention', () => undefined, { senderFrame: ownFrame, sender }, [request]);
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'shell.bad-call' } });
  });

  test.each([
    { port: 40123, ticket: 'ab'.repeat(15) },
    { port: 80, ticket: 'ab'.repeat(16) },
    { port: '1@elsewhere', ticket: 'ab'.repeat(16) },
    { port: 40123, ticket: `${'ab'.repeat(16)}\n` },
    { port: 40123, ticket: 'ab'.repeat(16), host: 'elsewhere' },
  ])('for the page of a key at %j is refused', async (request) => {
    const outcome = await answerCall('openPasskeyPage', () => undefined, { senderFrame: ownFrame, sender }, [request]);
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'shell.bad-call' } });
  });

  test('that fails inside does not tell the page how', async () => {
    const fail = () => Promise.reject(new Error('ENOENT /home/someone/secret'));
    const outcome = await answerCall('chooseFiles', fail, { senderFrame: ownFrame, sender }, [{}]);
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'internal.unexpected' } });
    expect(JSON.stringify(outcome)).not.toContain('secret');
  });
});

describe('the printer', () => {
  type Answer = (isPrinted: boolean, reason: string) => void;
  /** A page that notes what it was printed with; the test answers for the system. */
  function pageToPrint() {
    const page = Object.assign(new EventEmitter(), { jobs: [] as Array<{ options: unknown; answer: Answer }> });
    const print = (options: unknown, answer: Answer): void => void page.jobs.push({ options, answer });
    return Object.assign(page, { print }) as typeof page & Pick<WebContents, 'print' | 'once' | 'off'>;
  }
  const refused = (code: string) => ({ code });

  test('that a kiosk was not given prints nothing', async () => {
    const page = pageToPrint();
    const printer = new PagePrinter(undefined);
    expect(printer.isOffered).toBe(false);
    await expect(printer.print(page)).rejects.toMatchObject(refused('shell.no-printer'));
    expect(page.jobs).toEqual([]);
  });

  test('is the one that was named, asked without a dialog, and for one page at a time', async () => {
    const page = pageToPrint();
    const printer = new PagePrinter('Waiting_Room');
    const printed = printer.print(page);
    await expect(printer.print(page)).rejects.toMatchObject(refused('shell.printing-already'));
    expect(page.jobs.map(({ options }) => options)).toEqual([
      { silent: true, deviceName: 'Waiting_Room', usePrinterDefaultPageSize: true },
    ]);
    page.jobs[0]?.answer(true, '');
    await printed;
    const again = printer.print(page);
    page.jobs[1]?.answer(false, 'Invalid deviceName provided');
    await expect(again).rejects.toMatchObject(refused('shell.not-printed'));
    expect(page.listenerCount('destroyed')).toBe(0);
  });

  test('ends with the session, or when it says nothing, and is free for the next person', async () => {
    const printer = new PagePrinter('Waiting_Room', { patience: 1 });
    const left = pageToPrint();
    const cancelled = printer.print(left);
    left.emit('destroyed');
    await expect(cancelled).rejects.toMatchObject(refused('shell.not-printed'));
    await expect(printer.print(pageToPrint())).rejects.toThrow('the printer does not answer');
    const next = pageToPrint();
    const printed = printer.print(next);
    next.jobs[0]?.answer(true, '');
    await printed;
  });

  test('takes back what has not come out after a while, and at the start what an earlier kiosk left', async () => {
    const recalled: string[] = [];
    let told = (): void => undefined;
    const isRecalled = new Promise<void>((resolve) => {
      told = resolve;
    });
    const printer = new PagePrinter('Waiting_Room', { comesOut: 1 }, (name) => {
      recalled.push(name);
      if (recalled.length === 2) told();
    });
    printer.recall();
    expect(recalled).toEqual(['Waiting_Room']);
    const page = pageToPrint();
    const printed = printer.print(page);
    page.jobs[0]?.answer(true, '');
    await printed;
    await isRecalled;
    expect(recalled).toEqual(['Waiting_Room', 'Waiting_Room']);
    new PagePrinter(undefined, {}, (name) => recalled.push(name)).recall();
    expect(recalled).toHaveLength(2);
  });

  test('knows its own jobs in the queue of CUPS', () => {
    const listing = `Waiting_Room-12          careledger-kiosk      1024   Sat Nov 28 23:16:36 2026
Waiting_Room-2-7         careledger-kiosk      1024   Sat Nov 28 23:16:36 2026
Waiting_Room-13          careledger-kiosk      2048   Sat Nov 28 23:16:47 2026
`;
    expect(jobsOf(listing, 'Waiting_Room')).toEqual(['Waiting_Room-12', 'Waiting_Room-13']);
    expect(jobsOf('', 'Waiting_Room')).toEqual([]);
  });

  test('is taken back from CUPS by the numbers of the own jobs, and nothing is ended where there are none', async () => {
    const ran: (readonly string[])[] = [];
    let listing = 'Waiting_Room-12         careledger-kiosk      1024   Sat Nov 28 23:16:36 2026\n';
    const parts = {
      platform: 'linux' as const,
      user: 'careledger-kiosk',
      environment: {},
      run: async ({ file, args }: SystemCommand) => {
        ran.push([file, ...args]);
        return listing;
      },
    };
    await recallOwnJobs('Waiting_Room', parts);
    listing = '';
    await recallOwnJobs('Waiting_Room', parts);
    const listed = ['lpstat', '-u', 'careledger-kiosk'];
    expect(ran).toEqual([listed, ['cancel', '-x', 'Waiting_Room-12'], listed]);
  });

  test('is taken back from the spooler of Windows, and a printer’s name is never a part of what is executed', async () => {
    const ran: SystemCommand[] = [];
    const recall = (printer: string, user = 'careledger-kiosk') =>
      recallOwnJobs(printer, {
        platform: 'win32',
        user,
        environment: { SystemRoot: 'D:\\Windows', PATH: 'C:\\elsewhere' },
        run: async (command) => {
          ran.push(command);
          throw new Error('the spooler does not answer');
        },
      });
    const hostile = `x'; Remove-Item C:\\ -Recurse #"$(calc)`;
    await recall('Waiting Room');
    await recall(hostile, hostile);
    const [plain, other] = ran;
    expect(plain?.file).toBe('D:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe');
    expect(plain?.args.slice(0, -1)).toEqual(['-NoProfile', '-NonInteractive', '-Command']);
    expect(plain?.args.at(-1)).toMatch(
      /Get-PrintJob -PrinterName \$env:\S+ \| Where-Object UserName -EQ \$env:\S+ \| Remove-PrintJob$/,
    );
    expect({ file: other?.file, args: other?.args }).toEqual({ file: plain?.file, args: plain?.args });
    expect(Object.values(plain?.env ?? {})).toEqual(expect.arrayContaining(['Waiting Room', 'careledger-kiosk']));
    expect(Object.values(other?.env ?? {}).filter((value) => value === hostile)).toHaveLength(2);
  });

  test.each([['--kiosk-printer'], ['--kiosk-printer', '--data'], ['--kiosk-printer=']])(
    'of no name is refused: %j',
    (...args) => {
      expect(() => startOption(args, '--kiosk-printer', 'the system’s name of a printer')).toThrow('--kiosk-printer needs');
    },
  );
});

describe('the camera', () => {
  const page = {} as WebContents;
  const own = { requestingUrl: 'careledger://app/kiosk.html', isMainFrame: true };
  let now = 0;
  const gate = new CameraGate(() => now);
  const grants = (details: MediaDetails, of: object | null = page): boolean =>
    gate.grants(of, { ...own, mediaTypes: ['video'], ...details }) || gate.allows(of, { ...own, mediaType: 'video', ...details });

  test('is granted to the page that wants it, for a reading and no longer', () => {
    expect(grants({})).toBe(false);
    gate.tell(page, true);
    expect(grants({})).toBe(true);
    now += 40_001;
    expect(grants({})).toBe(false);
    gate.tell(page, true);
    gate.tell(page, false);
    expect(grants({})).toBe(false);
  });

  test('comes with sound for a desk or a kiosk that holds a video visit, for no other page', () => {
    gate.tell(page, true, true);
    const both = { mediaTypes: ['audio', 'video'], mediaType: 'audio' };
    expect(grants({ ...both, requestingUrl: 'careledger://app/passkey.html' })).toBe(false);
    for (const place of ['careledger://app/', 'careledger://app/index.html', own.requestingUrl])
      expect(grants({ ...both, requestingUrl: place })).toBe(true);
    now += 40_001;
    expect(grants({ ...both, requestingUrl: 'careledger://app/' })).toBe(false);
  });

  test.each<[string, MediaDetails, object | null]>([
    ['with sound', { mediaTypes: ['video', 'audio'], mediaType: 'audio' }, page],
    ['for sound alone', { mediaTypes: ['audio'], mediaType: 'audio' }, page],
    ['for something that it does not name', { mediaTypes: [], mediaType: 'unknown' }, page],
    ['to a frame inside', { isMainFrame: false }, page],
    ['to another site', { requestingUrl: 'https://app/' }, page],
    ['to another page of ours', {}, {} as WebContents],
    ['to nobody', {}, null],
  ])('is not granted %s', (_, details, of) => {
    gate.tell(page, true);
    expect(grants(details, of)).toBe(false);
  });
});

/** What a locked-down session answers to a page: asked for something, looking whether it has it, and choosing a device. */
function lockedSession(camera: CameraGate) {
  const answers = new Map<string, (...asked: unknown[]) => unknown>();
  const keep = (name: string) => (handler: (...asked: unknown[]) => unknown) => void answers.set(name, handler);
  const session = {
    on: () => undefined,
    setPermissionRequestHandler: keep('request'),
    setPermissionCheckHandler: keep('check'),
    setDevicePermissionHandler: keep('device'),
    setSpellCheckerEnabled: () => undefined,
    webRequest: { onBeforeRequest: () => undefined },
  };
  const app = new EventEmitter();
  lockDown(Object.assign(app, { enableSandbox: () => undefined }) as never, startPage, camera);
  app.emit('session-created', session);
  return {
    asked: (page: object, permission: string, details: MediaDetails) =>
      new Promise((resolve) => answers.get('request')?.(page, permission, resolve, details)),
    looks: (page: object, permission: string, details: MediaDetails) =>
      answers.get('check')?.(page, permission, 'careledger://app', details),
    device: () => answers.get('device')?.({ deviceType: 'usb' }),
  };
}

test('a permission is denied to who asks and to who looks, each by itself, but for the camera while it is wanted', async () => {
  const camera = new CameraGate(() => 0);
  const { asked, looks, device } = lockedSession(camera);
  const page = {} as WebContents;
  const own = { requestingUrl: 'careledger://app/kiosk.html', isMainFrame: true, mediaTypes: ['video'], mediaType: 'video' };
  const permissions = ['geolocation', 'notifications', 'midi', 'clipboard-read', 'display-capture', 'openExternal', 'usb', 'new'];
  camera.tell(page, true);
  for (const permission of permissions)
    expect([permission, await asked(page, permission, own), looks(page, permission, own)]).toEqual([permission, false, false]);
  expect([await asked(page, 'media', own), looks(page, 'media', own), device()]).toEqual([true, true, false]);
  camera.tell(page, false);
  expect([await asked(page, 'media', own), looks(page, 'media', own)]).toEqual([false, false]);
});

describe('a start', () => {
  test('with a switch that opens the program is refused in a package', () => {
    expect(refusedSwitch((name) => name === 'remote-debugging-port')).toBe('remote-debugging-port');
    expect(refusedSwitch((name) => name === 'no-sandbox')).toBe('no-sandbox');
    expect(refusedSwitch((name) => name === 'renderer-cmd-prefix')).toBe('renderer-cmd-prefix');
    expect(refusedSwitch((name) => name === 'ssl-key-log-file')).toBe('ssl-key-log-file');
    expect(refusedSwitch(() => false)).toBeUndefined();
  });

  test('gives the services no variable that changes what Node does', () => {
    const given = { PATH: '/bin', NODE_OPTIONS: '--require x', ELECTRON_RUN_AS_NODE: '1', CARELEDGER_DATA: '/d' };
    expect(serviceEnvironment(given)).toEqual({ PATH: '/bin', CARELEDGER_DATA: '/d' });
  });

  test('takes its folder from --data, and keeps it to its owner', () => {
    const parent = mkdtempSync(join(tmpdir(), 'data-folder-'));
    expect(dataFolder(['electron', '.', '--data', join(parent, 'one')], '/never')).toBe(join(parent, 'one'));
    expect(dataFolder([`--data=${join(parent, 'two')}`], '/never')).toBe(join(parent, 'two'));
    expect(dataFolder(['electron'], join(parent, 'three'))).toBe(join(parent, 'three'));
    if (process.platform !== 'win32') expect(statSync(join(parent, 'one')).mode & 0o777).toBe(0o700);
    expect(() => dataFolder(['--data'], '/never')).toThrow('needs the name of a folder');
    expect(() => dataFolder(['--data', '--host'], '/never')).toThrow('needs the name of a folder');
    rmSync(parent, { recursive: true });
  });
});
