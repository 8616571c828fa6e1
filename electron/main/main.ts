/** The shell: opens the window, holds the keychain, starts the services, brokers ports. It never sees a record. */
import { join } from 'node:path';
import { app, type BrowserWindow, dialog, ipcMain, Menu, powerMonitor, protocol, session, shell } from 'electron';
import { asFailure } from '../../shared/outcome/failure.ts';
import { type LockReason, noticeChannel, portChannel, type ShellNotice, type ShellNotices } from '../shell-calls.ts';
import { answerShellCalls, type ShellHandlers } from './answer-shell-calls.ts';
import { CameraGate } from './camera-gate.ts';
import { dataFolder, shellFolder } from './data-folder.ts';
import { Keychain } from './keychain.ts';
import { lockDown, refusedSwitch } from './lockdown.ts';
import { PagePrinter } from './page-printer.ts';
import { kioskPage, pageScheme, servePages, startPage } from './page-scheme.ts';
import { Services } from './services.ts';
import { startOption } from './start-option.ts';
import { installUpdate } from './updates.ts';
import { bringToFront, callAttention, openWindow, replaceWindow, type WindowOptions } from './window.ts';

const isKiosk = process.argv.includes('--kiosk');
const page = isKiosk ? kioskPage : startPage;

const built = (...path: string[]): string => join(import.meta.dirname, '..', ...path);

// Privileges and denials have to be in place before the app is ready.
protocol.registerSchemesAsPrivileged([pageScheme]);
const camera = new CameraGate();
lockDown(app, page, camera);
begin();

function begin(): void {
  const refused = app.isPackaged ? refusedSwitch((name) => app.commandLine.hasSwitch(name)) : undefined;
  if (refused) {
    refuseToStart(`Careledger does not start with --${refused}.`);
    return;
  }
  try {
    const folder = dataFolder(process.argv, join(app.getPath('appData'), 'careledger'));
    app.setPath('userData', shellFolder(folder));
    const printer = isKiosk ? startOption(process.argv, '--kiosk-printer', 'the system’s name of a printer') : undefined;
    if (app.requestSingleInstanceLock()) void app.whenReady().then(() => run(folder, new PagePrinter(printer)));
    else app.quit();
  } catch (error) {
    refuseToStart(asFailure(error).message);
  }
}

function refuseToStart(message: string): void {
  process.stderr.write(`${message}\n`);
  app.exit(2);
}

function run(folder: string, printer: PagePrinter): void {
  printer.recall();
  const preload = built('preload', 'preload.cjs');
  let partitions = 0;
  // In memory: nothing that a page was given lies on the disk afterwards. Each person at a kiosk gets a partition that nobody had before.
  const newWindowOptions = (): WindowOptions => {
    const pages = session.fromPartition(isKiosk ? `kiosk-${++partitions}` : 'workstation', { cache: false });
    if (isKiosk || partitions++ === 0) servePages(pages, built('renderer'));
    return { session: pages, preload, packaged: app.isPackaged, page, kiosk: isKiosk };
  };
  Menu.setApplicationMenu(menu());

  let window: BrowserWindow | undefined;
  const notify = <Notice extends ShellNotice>(notice: Notice, value: ShellNotices[Notice]): void => {
    if (window && !window.isDestroyed()) window.webContents.send(noticeChannel(notice), value);
  };
  const keychain = new Keychain(folder);
  const services = new Services({
    programs: built('main'),
    kiosk: isKiosk,
    folder,
    keychain,
    onLocked: () => {
      if (window && !window.isDestroyed()) window = replaceWindow(window, newWindowOptions());
    },
    onInstallUpdate: (update) => {
      installUpdate(update, async () => (await import('electron-updater')).default.autoUpdater).catch((error: unknown) => {
        dialog.showErrorBox('The update was not installed', `${asFailure(error).message} Careledger goes on as it is.`);
      });
    },
    onRestarted: () => notify('restarted', {}),
    onGivenUp: () => {
      dialog.showErrorBox('Careledger has to close', 'Its device service does not stay up. Nothing that was saved is lost.');
      app.exit(1);
    },
  });
  services.start();

  answerShellCalls(ipcMain, shellAnswers(services, printer));

  const lock = (reason: LockReason): void => {
    services.lock(reason);
    notify('lock', { reason });
  };
  powerMonitor.on('lock-screen', () => lock('screen-locked'));
  powerMonitor.on('suspend', () => lock('sleep'));
  powerMonitor.on('user-did-resign-active', () => lock('session-left'));

  window = openWindow(newWindowOptions());
  // What the system leaves open, the kiosk's device service says.
  if (isKiosk && !app.isPackaged)
    process.stderr.write('Kiosk: this is a development build: developer tools and switches are not closed by fuses.\n');
  app.on('second-instance', () => {
    if (window && !window.isDestroyed()) bringToFront(window);
  });
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    event.preventDefault();
    void services.stop().then(() => app.exit(0));
  });
}

/** Where the system expects one, so that copying and pasting have their keys. */
function menu(): Menu | null {
  if (process.platform !== 'darwin' || isKiosk) return null;
  return Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }]);
}

/** What a page may ask of the shell. A kiosk's page chooses no file and opens nothing. */
function shellAnswers(services: Services, printer: PagePrinter): ShellHandlers {
  return {
    connect: (_request, sender) => {
      sender.postMessage(portChannel, null, [services.connectPage()]);
    },
    chooseFiles: async ({ folders }) => {
      if (isKiosk) return { paths: [] };
      const { canceled, filePaths } = await dialog.showOpenDialog({
        properties: [folders ? 'openDirectory' : 'openFile', 'multiSelections', 'dontAddToRecent'],
      });
      const paths = canceled ? [] : filePaths;
      services.chosen('read', paths);
      return { paths };
    },
    chooseTarget: async ({ name }) => {
      if (isKiosk) return {};
      const { canceled, filePath } = await dialog.showSaveDialog({
        defaultPath: name,
        properties: ['createDirectory', 'showOverwriteConfirmation', 'dontAddToRecent'],
      });
      if (canceled || !filePath) return {};
      services.chosen('write', [filePath]);
      return { path: filePath };
    },
    useCamera: ({ wanted, sound }, sender) => camera.tell(sender, wanted, sound),
    callAttention: (words, sender) => {
      if (!isKiosk) callAttention(sender, words);
    },
    openPasskeyPage: async ({ port, ticket }) => {
      if (!isKiosk) await shell.openExternal(`http://localhost:${port}/#${ticket}`);
    },
    kioskPrinter: () => ({ offered: printer.isOffered }),
    printPage: (_request, sender) => printer.print(sender),
  };
}
