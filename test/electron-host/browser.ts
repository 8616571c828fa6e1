/** The one Chromium behind all windows: starts with the app, and the app ends with it. */
import { app } from './app.ts';
import { type Chromium, launchChromium } from './chromium.ts';
import type { DevTools } from './devtools.ts';
import { session } from './session.ts';
import { switches } from './switches.ts';

const headed = process.env.STANDIN_HEADED === '1';

/** On the next turn, so that the app can set switches and listeners first. */
export const browser: Promise<Chromium> = new Promise((resolve) => setImmediate(resolve)).then(start);

/** DevTools' ids of the browser contexts, one per partition that lives in memory. */
const contexts = new Map<string, Promise<string | undefined>>();

async function start(): Promise<Chromium> {
  const chromium = await launchChromium({ headed, switches: switches.forChromium() });
  const { devTools } = chromium;
  const { product } = await devTools.send('Browser.getVersion');
  Object.assign(process.versions, { chrome: String(product).split('/')[1] });
  await devTools.send('Target.setDiscoverTargets', { discover: true });
  devTools.on('Target.targetCreated', ({ targetInfo }) => {
    // Pop-ups are the app's to decide, in setWindowOpenHandler: Chromium's own is never kept.
    if (targetInfo.openerId && targetInfo.type === 'page') closePopUp(devTools, targetInfo.targetId).catch(() => undefined);
  });
  chromium.process.on('exit', () => app.exit(1));
  process.stderr.write(`\nDevTools listening on ${chromium.endpoint}\n`);
  void session.defaultSession;
  app.standInIsReady();
  return chromium;
}

/**
 * Playwright has every new page wait for its debugger, and the opener, which lies in the same process, waits with it. Closed
 * while it waits, the pop-up would leave the opener waiting for ever: so it is let go first.
 */
async function closePopUp(devTools: DevTools, targetId: string): Promise<void> {
  const { sessionId } = await devTools.send('Target.attachToTarget', { targetId, flatten: true });
  await devTools.send('Runtime.runIfWaitingForDebugger', {}, sessionId);
  await devTools.send('Target.closeTarget', { targetId });
}

/** The browser context of a partition; undefined stands for Chromium's own. Downloads are refused in each. */
export function contextOf(partition: string): Promise<string | undefined> {
  const known = contexts.get(partition);
  if (known) return known;
  const made = makeContext(partition);
  contexts.set(partition, made);
  return made;
}

async function makeContext(partition: string): Promise<string | undefined> {
  const { devTools } = await browser;
  const browserContextId = partition === '' ? undefined : (await devTools.send('Target.createBrowserContext')).browserContextId;
  await devTools.send('Browser.setDownloadBehavior', { behavior: 'deny', browserContextId, eventsEnabled: true });
  return browserContextId;
}
