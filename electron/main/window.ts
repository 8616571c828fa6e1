import { BrowserWindow, type Session } from 'electron';
import { startPage } from './page-scheme.ts';

/** A page that dies this often in one start is not loaded again. */
const MOST_RELOADS = 3;

/** The workstation's one window, on its start page; it is shown when the page has something to show. */
export function openWindow(options: { session: Session; preload: string; packaged: boolean }): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Careledger',
    width: 1280,
    height: 860,
    minWidth: 960,
    minHeight: 640,
    show: false,
    webPreferences: {
      session: options.session,
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: !options.packaged,
    },
  });
  window.once('ready-to-show', () => window.show());
  let reloads = 0;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed() || ++reloads > MOST_RELOADS) return;
    void window.loadURL(startPage);
  });
  void window.loadURL(startPage);
  return window;
}

/** The window comes to the front, wherever it was. */
export function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
