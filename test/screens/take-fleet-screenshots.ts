/** Pictures of the console of a hub administrator, in out/screenshots: `node test/screens/take-fleet-screenshots.ts`, after `npm run build`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DemoRegion } from '../../server/workstation/demo/region.ts';
import { takePictures } from './screen-book.ts';
import { walkFleet } from './walk-fleet.ts';
import { startWorkstation } from './workstation-process.ts';

const workstation = await startWorkstation();
const region = new DemoRegion(mkdtempSync(join(tmpdir(), 'careledger-fleet-')));
try {
  await takePictures('about:blank', (book) => walkFleet(book, workstation, region, 'quiet harbour lantern meadow'));
} finally {
  await region.close();
  await workstation.close();
  rmSync(region.folder, { recursive: true, force: true });
}
