import { BrowserWindow, Notification, type Rectangle, type Session, type WebContents } from 'electron';

/** A page that dies this often in one start is not loaded again. */
const MOST_RELOADS = 3;

export interface WindowOptions {
  session: Session;
  preload: string;
  packaged: boolean;
  /** The address of the page that it shows. */
  page: string;
  /** The whole screen for patients: nothing around it, nothing in front of it. */
  kiosk: boolean;
}

/** The workstation's one window, on its start page; it is shown when the page has something to show. */
export function openWindow(options: WindowOptions, bounds: Partial<Rectangle> = { width: 1280, height: 860 }): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Careledger',
    ...bounds,
    ...(options.kiosk && { kiosk: true, frame: false, alwaysOnTop: true, minimizable: false, closable: false }),
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
      devTools: !options.packaged && !options.kiosk,
    },
  });
  window.once('ready-to-show', () => window.show());
  if (options.kiosk) void window.webContents.setVisualZoomLevelLimits(1, 1);
  let reloads = 0;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed() || ++reloads > MOST_RELOADS) return;
    void window.loadURL(options.page);
  });
  void window.loadURL(options.page);
  return window;
}

/** A new window in place of one whose page must not live on: what that page held goes with its process. */
export function replaceWindow(old: BrowserWindow, options: WindowOptions): BrowserWindow {
  const window = openWindow(options, old.getBounds());
  if (old.isMaximized()) window.maximize();
  old.destroy();
  return window;
}

/** The window comes to the front, wherever it was. */
export function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/** The system's notice, whose click brings the window, and the window's mark in the bar until somebody looks. */
export function callAttention(page: WebContents, { title, text }: { title: string; text: string }): void {
  const window = BrowserWindow.fromWebContents(page);
  if (!window || window.isFocused()) return;
  window.flashFrame(true);
  if (!Notification.isSupported()) return;
  const notice = new Notification({ title, body: text });
  notice.on('click', () => bringToFront(window));
  notice.show();
}
