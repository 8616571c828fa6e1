/** Pictures of the console of a hub administrator, in out/screenshots: `node test/screens/take-fleet-screenshots.ts`, after `npm run build`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DemoRegion } from '../../server/workstation/demo/region.ts';
import { openScreenBook } from './screen-book.ts';
import { walkFleet } from './walk-fleet.ts';

const folder = resolve(import.meta.dirname, '../../out/screenshots');
const region = new DemoRegion(mkdtempSync(join(tmpdir(), 'careledger-fleet-')));
const book = await openScreenBook('about:blank', folder);
try {
  await walkFleet(book, region, 'quiet harbour lantern meadow');
  for (const violation of book.violations) console.error(violation);
  for (const complaint of book.complaints) console.error(complaint);
  process.exitCode = book.violations.length + book.complaints.length > 0 ? 1 : 0;
} catch (error) {
  console.error(error);
  await book.page.screenshot({ path: resolve(folder, 'failed.png') });
  process.exitCode = 1;
} finally {
  await book.close();
  await region.close();
  rmSync(region.folder, { recursive: true, force: true });
}
