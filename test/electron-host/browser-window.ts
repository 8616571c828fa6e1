/** Electron's BrowserWindow: headless windows have a size, a title and a state, but no screen. */
import type { BrowserWindowConstructorOptions } from 'electron';
import { app, openWindows, windowGone } from './app.ts';
import { CancellableEvent, Emulated } from './not-emulated.ts';
import { WebContents } from './web-contents.ts';

const windows = new Set<BrowserWindow>();

export class BrowserWindow extends Emulated {
  readonly id: number;
  readonly webContents: WebContents;
  readonly #options: BrowserWindowConstructorOptions;
  readonly #bounds: { x: number; y: number; width: number; height: number };
  #title: string;
  #visible: boolean;
  #minimized = false;
  #maximized = false;
  #destroyed = false;
  #shown = false;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super('BrowserWindow');
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    this.#options = options;
    this.#title = options.title ?? app.name;
    this.#visible = options.show !== false;
    this.#bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 800, height: options.height ?? 600 };
    this.webContents = new WebContents(this, options);
    this.id = this.webContents.id;
    windows.add(this);
    openWindows.add(this);
    app.emit('browser-window-created', {}, this);
    app.emit('web-contents-created', {}, this.webContents);
  }

  static getAllWindows(): BrowserWindow[] {
    return [...windows];
  }

  static getFocusedWindow(): BrowserWindow | null {
    return [...windows][0] ?? null;
  }

  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return [...windows].find((window) => window.webContents === contents) ?? null;
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  close(): void {
    if (this.#destroyed) return;
    const event = new CancellableEvent();
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    windows.delete(this);
    void this.webContents.standInDestroy();
    this.emit('closed');
    windowGone(this);
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  show(): void {
    this.#visible = true;
    this.emit('show');
  }

  hide(): void {
    this.#visible = false;
    this.emit('hide');
  }

  isVisible(): boolean {
    return this.#visible;
  }

  focus(): void {
    this.emit('focus');
  }

  isFocused(): boolean {
    return [...windows][0] === this;
  }

  minimize(): void {
    this.#minimized = true;
    this.emit('minimize');
  }

  isMinimized(): boolean {
    return this.#minimized;
  }

  restore(): void {
    this.#minimized = false;
    this.emit('restore');
  }

  maximize(): void {
    this.#maximized = true;
    this.emit('maximize');
  }

  isMaximized(): boolean {
    return this.#maximized;
  }

  isKiosk(): boolean {
    return this.#options.kiosk === true;
  }

  getBounds(): { x: number; y: number; width: number; height: number } {
    return { ...this.#bounds };
  }

  getTitle(): string {
    return this.#title;
  }

  setTitle(title: string): void {
    this.#title = title;
  }

  setMenu(): void {}

  removeMenu(): void {}

  setContentProtection(): void {}

  /** Not a part of Electron: the page has loaded. */
  standInPageShown(): void {
    if (this.#shown) return;
    this.#shown = true;
    this.emit('ready-to-show', {});
  }
}
