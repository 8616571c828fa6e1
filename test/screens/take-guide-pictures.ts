/**
 * Takes the guides' pictures anew, into docs/pictures: `npm run guide:pictures`, after `npm run build`; with `staff` or
 * `console` behind it those of one guide. Look at each before it is committed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DemoRegion } from '../../server/workstation/demo/region.ts';
import { guideOfConsole } from './guide-pictures.ts';
import { takePictures } from './screen-book.ts';
import { walkFleet } from './walk-fleet.ts';
import { walkGuide } from './walk-guide.ts';
import { startWorkstation } from './workstation-process.ts';

const [asked] = process.argv.slice(2);

if (asked !== 'console') await takePictures('about:blank', walkGuide);
if (asked !== 'staff') {
  const workstation = await startWorkstation();
  const region = new DemoRegion(mkdtempSync(join(tmpdir(), 'careledger-fleet-')));
  try {
    await takePictures('about:blank', (book) =>
      walkFleet(guideOfConsole(book), workstation, region, 'quiet harbour lantern meadow'),
    );
  } finally {
    await region.close();
    await workstation.close();
    rmSync(region.folder, { recursive: true, force: true });
  }
}
