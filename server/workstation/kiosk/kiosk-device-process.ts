/** The device service of a kiosk in Electron's utility process. */

import { giveUp, reportIncident, runInShell } from '../device/shell-process.ts';
import { servePagePort } from '../page/page-port.ts';
import { KioskGraphql } from './kiosk-graphql.ts';
import { KioskService } from './kiosk-service.ts';
import { sayWhatIsOpen } from './look-at-system.ts';

runInShell(async ({ folder, keychain, startVault, locked }) => {
  const service = await KioskService.open({ folder, keychain, startSession: startVault });
  const graphql = await KioskGraphql.open(service, reportIncident);
  tellOfEnds(service, locked).catch(giveUp);
  void sayWhatIsOpen((line) => process.stderr.write(line)).catch(giveUp);
  return {
    servePage: (page) => {
      // A page that is gone, by a crash or a plug, leaves nobody's session behind.
      page.onClose(() => void service.endSession());
      servePagePort(page, graphql);
    },
    // Nobody chooses files at a kiosk.
    chosen: () => undefined,
    lock: () => service.endSession(),
    close: () => service.close(),
  };
});

/** What a page showed of a patient goes with its process. */
async function tellOfEnds(service: KioskService, locked: () => void): Promise<void> {
  let wasOpen = false;
  for await (const _ of service.changed.follow()) {
    const isOpen = (await service.state()).state === 'OPEN';
    if (wasOpen && !isOpen) locked();
    wasOpen = isOpen;
  }
}
