/** Electron's `app`: start, paths, the single instance and the end. */
import { existsSync, mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { CancellableEvent, Emulated, onlyEmulated } from './not-emulated.ts';
import { announceSecondInstance, type InstanceLock, takeInstanceLock } from './single-instance.ts';
import { switches } from './switches.ts';

/** What the app must know of windows to end; BrowserWindow registers itself here, so that neither imports the other. */
interface ClosableWindow {
  close(): void;
  isDestroyed(): boolean;
}

export const openWindows = new Set<ClosableWindow>();

class App extends Emulated {
  readonly isPackaged = false;
  readonly commandLine = onlyEmulated('app.commandLine', {
    appendSwitch: (name: string, value?: string) => switches.set(name, value),
    hasSwitch: (name: string) => switches.has(name),
    getSwitchValue: (name: string) => switches.value(name),
    removeSwitch: (name: string) => switches.remove(name),
  });
  name = 'Electron';
  readonly #paths = new Map<string, string>();
  readonly #whenReady = Promise.withResolvers<void>();
  #folder = process.cwd();
  #version = '0.0.0';
  #ready = false;
  #lock: InstanceLock | undefined;
  #announced: Promise<void> | undefined;
  #quitting = false;

  constructor() {
    super('app');
  }

  /** Not a part of Electron: the runner says which app this is. */
  standInIsApp(folder: string, manifest: { productName?: string; name?: string; version?: string }): void {
    this.#folder = folder;
    this.name = manifest.productName ?? manifest.name ?? this.name;
    this.#version = manifest.version ?? this.#version;
  }

  /** Not a part of Electron: the browser is there. */
  standInIsReady(): void {
    this.#ready = true;
    this.emit('will-finish-launching');
    this.#whenReady.resolve();
    this.emit('ready', {}, {});
  }

  whenReady(): Promise<void> {
    return this.#whenReady.promise;
  }

  isReady(): boolean {
    return this.#ready;
  }

  getName(): string {
    return this.name;
  }

  setName(name: string): void {
    this.name = name;
  }

  getVersion(): string {
    return this.#version;
  }

  getLocale(): string {
    return 'en-US';
  }

  getAppPath(): string {
    return this.#folder;
  }

  getPath(name: string): string {
    const set = this.#paths.get(name);
    if (set) return set;
    const appData = process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config');
    const userData = switches.value('user-data-dir') || join(appData, this.name);
    const paths: Record<string, string> = {
      home: homedir(),
      temp: tmpdir(),
      appData,
      userData,
      sessionData: userData,
      exe: process.execPath,
    };
    const path = paths[name];
    if (!path) throw new Error(`Failed to get '${name}' path`);
    if (name === 'userData') mkdirSync(path, { recursive: true });
    return path;
  }

  setPath(name: string, path: string): void {
    if (!existsSync(path)) throw new Error(`stand-in: app.setPath needs a folder that is there: ${path}`);
    this.#paths.set(name, path);
  }

  /** Nothing to do: pages of the stand-in never have Node. */
  enableSandbox(): void {}

  setAppUserModelId(): void {}

  focus(): void {}

  requestSingleInstanceLock(data: unknown = {}): boolean {
    const folder = this.getPath('userData');
    this.#lock ??= takeInstanceLock(folder, (second) =>
      this.emit('second-instance', {}, second.argv, second.workingDirectory, second.data),
    );
    if (this.#lock) return true;
    this.#announced = announceSecondInstance(folder, { argv: process.argv, workingDirectory: process.cwd(), data });
    return false;
  }

  hasSingleInstanceLock(): boolean {
    return this.#lock !== undefined;
  }

  releaseSingleInstanceLock(): void {
    this.#lock?.release();
    this.#lock = undefined;
  }

  /** Each of before-quit, a window's close, and will-quit can call the quitting off. */
  quit(): void {
    if (this.#quitting) return;
    this.#quitting = true;
    queueMicrotask(async () => {
      this.#quitting = this.#passes('before-quit') && this.#closeWindows() && this.#passes('will-quit');
      if (!this.#quitting) return;
      await this.#announced;
      this.exit(Number(process.exitCode ?? 0));
    });
  }

  exit(code = 0): void {
    this.emit('quit', {}, code);
    this.releaseSingleInstanceLock();
    process.exit(code);
  }

  #passes(name: string): boolean {
    const event = new CancellableEvent();
    this.emit(name, event);
    return !event.defaultPrevented;
  }

  #closeWindows(): boolean {
    for (const window of [...openWindows]) {
      window.close();
      if (!window.isDestroyed()) return false;
    }
    return true;
  }
}

export const app = new App();

/** A window has gone: the app ends with its last one, unless it has its own mind about that. */
export function windowGone(window: ClosableWindow): void {
  openWindows.delete(window);
  if (openWindows.size > 0) return;
  if (app.listenerCount('window-all-closed') > 0) app.emit('window-all-closed');
  else app.quit();
}
