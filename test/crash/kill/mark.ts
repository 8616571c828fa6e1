/** Whether the mark that the machine keeps of a folder goes with it. */
import { join } from 'node:path';
import { openReader, type Queryable } from '../../../server/storage/database.ts';
import { lastWritten } from '../../../server/sync/own-acts/continuity.store.ts';
import { breakOf } from '../../../server/sync/own-acts/continuity.ts';
import { FileContinuity } from '../../../server/workstation/folder/continuity.ts';
import { equalBytes } from '../../../shared/encoding/bytes.ts';
import type { Witness } from './lives.ts';

/** What may have been signed is never ahead of the mark. Where there is none the device goes on in a new epoch, which is safe. */
export async function lookAtMark(folder: string, witness: Witness): Promise<void> {
  const reader = await openReader(join(folder, 'clinic.db'));
  const continuity = await FileContinuity.of(folder);
  try {
    const [last, mark] = [await lastWritten(reader.read), await continuity.last()];
    if (!last || !mark) return;
    const why = breakOf(mark.device, last, mark);
    // A mark of an epoch in which nothing is written yet is ahead, whatever the heights say.
    const isLater = !equalBytes(mark.epoch, last.epoch) && !(await hasWrittenIn(reader.read, mark.epoch));
    if (why && !isLater && mark.height <= last.height)
      witness.fault('the mark is never behind', `the folder has block ${last.height}, the mark says ${mark.height} (${why})`);
  } finally {
    await reader.close();
    await continuity.close();
  }
}

async function hasWrittenIn(connection: Queryable, epoch: Uint8Array): Promise<boolean> {
  return (await connection.get('SELECT 1 FROM own_block WHERE epoch = ? LIMIT 1', [epoch])) !== undefined;
}
