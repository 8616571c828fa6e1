/** A desk that catches up in a process of its own, to be killed on its way. */
import { foundClinic, foundRegion } from '../support/ledger-builder.ts';
import { type Place, TestDesk } from './test-desk.ts';

process.on('message', async ({ folder, place }: { folder: string; place: Place }) => {
  const north = foundClinic('North');
  const { region } = foundRegion('sync', [north, foundClinic('South')]);
  const desk = await TestDesk.open(north, region, folder);
  process.send?.(await desk.catchUp(place));
});
