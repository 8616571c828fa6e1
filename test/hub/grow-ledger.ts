/**
 * Makes the ledger of a hub that is not running longer, as if so many blocks had come before: rows of the right size in every table, and a
 * head that knows its tree by complete subtrees alone. Nothing of it would pass a check; what comes behind is judged and stored as ever.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openHubDatabase } from '../../server/hub/hub-database.ts';
import { readHead, writePage } from '../../server/ledger/ledger.store.ts';
import { randomBytes } from '../../server/vault/primitives.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { CompactRange } from '../../shared/ledger/merkle.ts';
import { offerKey } from '../../shared/marketplace/offer-rules.ts';
import { hash } from '../support/ledger-builder.ts';

const PAGE = 10_000;
const BLOCK_BYTES = 600;
const ROW_BYTES = 100;

export async function growLedger(folder: string, size: number): Promise<void> {
  const database = await openHubDatabase(folder);
  let head = await readHead(database.read, hash);
  while (head && head.size < size) {
    const from = head.size;
    const count = Math.min(PAGE, size - from);
    const bytes = randomBytes(BLOCK_BYTES);
    const blocks = Array.from({ length: count }, (_, at) => ({ position: from + at, hash: randomBytes(32), bytes }));
    // Keys of the kind that the blocks behind bring: theirs fall in between, on pages all over the table.
    const changes = new Map(blocks.map(({ hash }) => [offerKey(toHex(hash.subarray(0, 16))), randomBytes(ROW_BYTES)]));
    const end = from + count;
    const subtrees = end.toString(2).replaceAll('0', '').length;
    head = {
      size: end,
      effects: randomBytes(32),
      range: new CompactRange(
        hash,
        end,
        Array.from({ length: subtrees }, () => randomBytes(32)),
      ),
    };
    const page = { blocks, nodes: [], changes, head };
    await database.write((transaction) => writePage(transaction, page));
  }
  await database.close();
  // Tiles of what was never there cannot be written: a folder that is not ours keeps the hub from trying.
  await rm(join(folder, 'tiles'), { recursive: true, force: true });
  await mkdir(join(folder, 'tiles'));
  await writeFile(join(folder, 'tiles', 'not-ours'), '');
}
