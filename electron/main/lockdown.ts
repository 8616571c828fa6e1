/** What no page of this program may do, denied for every session and every page that will ever be made. */
import type { App, Session, WebContents } from 'electron';
import type { CameraGate } from './camera-gate.ts';
import { isOwnPage } from './page-scheme.ts';

/** Call before the app is ready: the first session is made then. @param page the only one that may be loaded again */
export function lockDown(app: App, page: string, camera: CameraGate): void {
  app.enableSandbox();
  app.on('session-created', (session) => denyInSession(session, camera));
  app.on('web-contents-created', (_event, contents) => denyInPage(contents, page));
}

/** Permissions but the camera's while a card is asked for, devices, downloads, and every address but our own pages and what they hold in memory. */
function denyInSession(session: Session, camera: CameraGate): void {
  session.setPermissionRequestHandler((contents, permission, answer, details) =>
    answer(permission === 'media' && camera.grants(contents, details)),
  );
  session.setPermissionCheckHandler(
    (contents, permission, _origin, details) => permission === 'media' && camera.allows(contents, details),
  );
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !isOwnRequest(details.url) }));
}

/** Navigation (a dropped file or link navigates, too), pop-ups and embedded pages. A page may only load itself again. */
function denyInPage(contents: WebContents, page: string): void {
  contents.on('will-navigate', (event) => {
    // A kiosk's page says in its query in which language somebody has left.
    if (event.url.split('?')[0] !== page) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

function isOwnRequest(address: string): boolean {
  return isOwnPage(address.startsWith('blob:') ? address.slice('blob:'.length) : address);
}

/** Switches that open a packaged program to whoever starts it. What Node would read is closed by the fuses. */
const REFUSED_SWITCHES = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'disable-web-security',
  'no-sandbox',
  'load-extension',
  'js-flags',
  'renderer-cmd-prefix',
  'utility-cmd-prefix',
  'gpu-launcher',
  'log-net-log',
  'ssl-key-log-file',
  'host-rules',
  'host-resolver-rules',
  'proxy-server',
  'proxy-pac-url',
] as const;

/** The first switch of this start that a packaged program must not be started with. */
export function refusedSwitch(isGiven: (name: string) => boolean): string | undefined {
  return REFUSED_SWITCHES.find(isGiven);
}
