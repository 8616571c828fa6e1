/** The device service of a workstation in Electron's utility process. */

import { servePagePort } from '../page/page-port.ts';
import { PageGraphql } from './device-graphql.ts';
import { DeviceService } from './device-service.ts';
import { giveUp, reportIncident, runInShell } from './shell-process.ts';

runInShell(async ({ folder, keychain, startVault, locked, installUpdate }) => {
  const service = await DeviceService.open({ folder, keychain, startVault, installUpdate });
  const graphql = await PageGraphql.open(service, reportIncident);
  tellOfLocking(service, locked).catch(giveUp);
  return {
    servePage: (page) => servePagePort(page, graphql),
    chosen: (paths) => {
      for (const path of paths) graphql.readable.allow(path);
    },
    lock: () => service.entrance.lock(),
    close: () => service.close(),
  };
});

async function tellOfLocking(service: DeviceService, locked: () => void): Promise<void> {
  let before: string | undefined;
  for await (const _ of service.workstationChanged.follow()) {
    const now = service.signedIn?.id;
    // One who takes over from another finds nothing of theirs on the page.
    if (before !== undefined && now !== before) locked();
    before = now;
  }
}
