/** Electron's webContents: one page of Chromium, attached over DevTools. */

import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { BrowserWindowConstructorOptions, WebContentsPrintOptions, WebPreferences } from 'electron';
import { browser, contextOf } from './browser.ts';
import { standIn } from './desktop.ts';
import type { DevToolsSession, ProtocolValue } from './devtools.ts';
import { isolatedWorldScript, mainWorldScript } from './document-scripts.ts';
import type { MessagePortMain } from './message-ports.ts';
import { CancellableEvent, Emulated } from './not-emulated.ts';
import { PreloadLink } from './preload-link.ts';
import { answerRequest } from './requests.ts';
import { fromChromium, originOf, toChromium } from './schemes.ts';
import { type Session, session } from './session.ts';

const WORLD = 'Electron Isolated Context';
const all = new Map<number, WebContents>();
let lastId = 0;

interface MainFrame {
  url: string;
  origin: string;
  parent: null;
  top: MainFrame | null;
  routingId: number;
  isDestroyed(): boolean;
}

type WindowOpenHandler = (details: Record<string, unknown>) => { action: 'allow' | 'deny' };

/** What a window gives its page. */
interface WebContentsOwner {
  close(): void;
  standInPageShown(): void;
}

export class WebContents extends Emulated {
  readonly id = ++lastId;
  readonly session: Session;
  readonly mainFrame: MainFrame;
  readonly #owner: WebContentsOwner;
  readonly #preferences: WebPreferences;
  readonly #attached: Promise<DevToolsSession>;
  #targetId = '';
  #link: PreloadLink | undefined;
  #expected = '';
  /** What Chromium was told last, by its names of permissions. */
  readonly #permissions = new Map<string, boolean>();
  #windowOpen: WindowOpenHandler | undefined;
  #destroyed = false;

  constructor(owner: WebContentsOwner, options: BrowserWindowConstructorOptions) {
    super('webContents');
    this.#owner = owner;
    this.#preferences = options.webPreferences ?? {};
    const { contextIsolation, nodeIntegration, partition } = this.#preferences;
    if (contextIsolation === false || nodeIntegration) throw new Error('stand-in: only isolated pages without Node are emulated');
    this.session = (this.#preferences.session as unknown as Session | undefined) ?? session.fromPartition(partition ?? '');
    this.mainFrame = { url: '', origin: 'null', parent: null, top: null, routingId: 1, isDestroyed: () => this.#destroyed };
    this.mainFrame.top = this.mainFrame;
    all.set(this.id, this);
    this.#attached = this.#attach(options);
    this.#attached.catch((error) => {
      if (!this.#destroyed) console.error('stand-in: a page could not be opened', error);
    });
  }

  static of(targetId: string): WebContents | undefined {
    return [...all.values()].find((contents) => contents.#targetId === targetId);
  }

  async loadURL(url: string): Promise<void> {
    const page = await this.#attached;
    await this.#setPermissions(url);
    this.#expected = toChromium(url);
    const loaded = new Promise<void>((resolve) => this.once('did-finish-load', () => resolve()));
    const { errorText } = await page.send('Page.navigate', { url: this.#expected });
    if (errorText) {
      this.emit('did-fail-load', {}, -2, errorText, url, true);
      throw Object.assign(new Error(`${errorText} (-2) loading '${url}'`), { code: errorText, url });
    }
    await loaded;
  }

  send(channel: string, ...args: unknown[]): void {
    this.#assertAlive();
    this.#link?.send(channel, args);
  }

  /** To the preload's `ipcRenderer.on(channel, (event) => event.ports)`. */
  postMessage(channel: string, message: unknown, transfer: MessagePortMain[] = []): void {
    this.#assertAlive();
    this.#link?.send(channel, [message], transfer);
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#windowOpen = handler;
  }

  async executeJavaScript(code: string): Promise<unknown> {
    const page = await this.#attached;
    const { result, exceptionDetails } = await page.send('Runtime.evaluate', {
      expression: code,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** A PDF by Chromium, in the page's print style, for the test to read in `standIn.asked`: there is no printer, queue or driver. */
  print(options: WebContentsPrintOptions = {}, callback?: (success: boolean, failureReason: string) => void): void {
    this.#attached
      .then((page) => page.send('Page.printToPDF', { preferCSSPageSize: true }))
      .then(
        ({ data }) => {
          standIn.asked.push({ name: 'print', options: { ...options, pdf: data } });
          callback?.(true, '');
        },
        (error: Error) => callback?.(false, error.message),
      );
  }

  getURL(): string {
    return this.mainFrame.url;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  getLastWebPreferences(): WebPreferences {
    return this.#preferences;
  }

  reload(): void {
    this.#attached.then((page) => page.send('Page.reload')).catch(() => undefined);
  }

  focus(): void {}

  async setVisualZoomLevelLimits(): Promise<void> {}

  close(): void {
    this.#owner.close();
  }

  /** Not a part of Electron: the window closes, or Chromium has closed the page already. */
  async standInDestroy(): Promise<void> {
    if (this.#destroyed) return;
    this.#destroyed = true;
    all.delete(this.id);
    this.#link?.close();
    this.emit('destroyed');
    const { devTools } = await browser;
    await this.#attached.catch(() => undefined);
    await devTools.send('Target.closeTarget', { targetId: this.#targetId }).catch(() => undefined);
  }

  #assertAlive(): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed');
  }

  async #attach({ width = 800, height = 600 }: BrowserWindowConstructorOptions): Promise<DevToolsSession> {
    const { devTools } = await browser;
    const browserContextId = await contextOf(this.session.partition);
    const { targetId } = await devTools.send('Target.createTarget', {
      url: 'about:blank',
      newWindow: true,
      width,
      height,
      browserContextId,
    });
    this.#targetId = targetId;
    const { sessionId } = await devTools.send('Target.attachToTarget', { targetId, flatten: true });
    const page = devTools.session(sessionId);
    devTools.on('Target.targetDestroyed', (event) => {
      if (event.targetId === targetId) this.#owner.close();
    });
    devTools.on('Browser.downloadWillBegin', (event) => {
      if (event.frameId === targetId) this.#downloadBegins(event);
    });
    this.#listen(page);
    const binding = `b${randomBytes(12).toString('hex')}`;
    this.#linkPreload(page, binding);
    await Promise.all([
      page.send('Page.enable'),
      page.send('Runtime.enable'),
      page.send('Inspector.enable'),
      page.send('Fetch.enable', { patterns: [{ urlPattern: '*', requestStage: 'Request' }] }),
      page.send('Runtime.addBinding', { name: binding, executionContextName: WORLD }),
    ]);
    await this.#addScripts(page, binding);
    return page;
  }

  #listen(page: DevToolsSession): void {
    page.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId) return;
      this.#moveTo(frame.url);
      this.emit('did-navigate', {}, this.getURL(), 200, '');
    });
    page.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId !== this.#targetId) return;
      this.#moveTo(url);
      this.emit('did-navigate-in-page', {}, this.getURL(), true);
    });
    page.on('Page.domContentEventFired', () => this.emit('dom-ready', {}));
    page.on('Page.loadEventFired', () => {
      this.emit('did-finish-load', {});
      this.#owner.standInPageShown();
    });
    page.on('Page.windowOpen', (event) => this.#opens(event));
    page.on('Inspector.targetCrashed', () => this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }));
    page.on('Fetch.requestPaused', (event) => {
      const handled = answerRequest(page, this, event, () => this.#mayNavigate(event));
      handled.catch((error) => {
        if (!this.#destroyed) console.error('stand-in: a request could not be answered', error);
      });
    });
  }

  /** Each new top document has a new isolated world, and with it a new link; the old document's ports close. */
  #linkPreload(page: DevToolsSession, binding: string): void {
    page.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name !== WORLD || context.auxData?.frameId !== this.#targetId) return;
      this.#link?.close();
      this.#link = new PreloadLink(page, context.id, this);
    });
    page.on('Runtime.executionContextsCleared', () => {
      this.#link?.close();
      this.#link = undefined;
    });
    page.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === binding && this.#link && this.#link.world === executionContextId) this.#link.receive(payload);
    });
  }

  async #addScripts(page: DevToolsSession, binding: string): Promise<void> {
    if (!this.#preferences.preload) return;
    const secret = `s${randomBytes(12).toString('hex')}`;
    const { platform, arch, versions } = process;
    const source = isolatedWorldScript({
      secret,
      binding,
      source: readFileSync(this.#preferences.preload, 'utf8'),
      process: { platform, arch, versions: { ...versions }, argv: this.#preferences.additionalArguments ?? [] },
    });
    await page.send('Page.addScriptToEvaluateOnNewDocument', { source, worldName: WORLD });
    await page.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldScript(secret) });
  }

  /** DevTools reports no permission prompts, so the app is asked before each load and after each call of a page, once for each permission. */
  standInAskPermissions(): Promise<void> {
    return this.#setPermissions(this.mainFrame.url);
  }

  async #setPermissions(url: string): Promise<void> {
    const { devTools } = await browser;
    const browserContextId = await contextOf(this.session.partition);
    for (const [name, granted] of await this.session.standInPermissions(this, url, originOf(url))) {
      if (this.#permissions.get(name) === granted) continue;
      this.#permissions.set(name, granted);
      const setting = granted ? 'granted' : 'denied';
      await devTools.send('Browser.setPermission', { permission: { name }, setting, browserContextId });
    }
  }

  #moveTo(url: string): void {
    this.mainFrame.url = fromChromium(url);
    this.mainFrame.origin = originOf(this.mainFrame.url);
  }

  /** Asked for each document request of the top frame that `loadURL` did not start. */
  #mayNavigate({ resourceType, frameId, request }: ProtocolValue): boolean {
    if (resourceType !== 'Document' || frameId !== this.#targetId || request.url === this.#expected) return true;
    const url = fromChromium(request.url);
    const event = Object.assign(new CancellableEvent(), { url, isMainFrame: true, isSameDocument: false, frame: this.mainFrame });
    this.emit('will-navigate', event, url);
    return !event.defaultPrevented;
  }

  #opens({ url, windowName, windowFeatures }: ProtocolValue): void {
    const details = {
      url: fromChromium(url),
      frameName: windowName,
      features: windowFeatures.join(','),
      disposition: 'new-window',
    };
    const verdict = this.#windowOpen?.(details);
    if (verdict?.action !== 'deny') throw new Error('stand-in: windows that a page opens are not emulated');
  }

  #downloadBegins({ url, suggestedFilename }: ProtocolValue): void {
    const event = new CancellableEvent();
    this.session.emit('will-download', event, { getURL: () => fromChromium(url), getFilename: () => suggestedFilename }, this);
    if (!event.defaultPrevented) throw new Error('stand-in: downloads are not emulated');
  }
}

export const webContents = {
  getAllWebContents: (): WebContents[] => [...all.values()],
  fromId: (id: number): WebContents | undefined => all.get(id),
  fromDevToolsTargetId: (targetId: string): WebContents | undefined => WebContents.of(targetId),
};
