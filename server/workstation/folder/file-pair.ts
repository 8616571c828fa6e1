/**
 * Whether keys.db and clinic.db are of one time. Each unlock and each lock counts in both files, under keys of the vault, so that a
 * file that was put back beside a newer one shows: keys that are too old would leave what was written since unreadable, and a person
 * might take it for lost.
 *
 * The count goes into keys.db as begun, into clinic.db, and into keys.db as done: after a crash in between, either is right.
 */
import { decode, encode, struct, u64 } from '../../../shared/encoding/codec.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import type { Queryable } from '../../storage/database.ts';
import type { DeviceGateway } from '../../sync/gateway.ts';
import { NO_TAG, SealedRows } from '../../sync/vault-context/sealed-rows.ts';
import { everyRow } from '../../sync/vault-context/vault-rows.store.ts';
import type { UnlockedKeyStore } from '../../vault/unlocked-key-store.ts';

const KIND = 'file-pair';
const NO_ID = new Uint8Array(0);
const inKeys = struct({ done: u64, begun: u64 });
const inClinic = struct({ count: u64 });

interface PairedFiles {
  readonly keyStore: UnlockedKeyStore;
  readonly gateway: Pick<DeviceGateway, 'commit'>;
  readonly reader: Queryable;
}

/**
 * Looks at both files before anything is opened with them, and counts on.
 * @throws {Failure} `vault.keys-older`, each time, and nothing was changed; `vault.database-older`, once: who then unlocks again goes on.
 */
export async function matchFiles(files: PairedFiles): Promise<void> {
  const { count, isForeign } = await countInClinic(files);
  const counted = await countInKeys(files);
  if (isForeign || count > counted.begun) throw KEYS_OLDER;
  await countOn(files, Math.max(count, counted.begun) + 1);
  if (count < counted.done) throw DATABASE_OLDER;
}

/** Counts on as the vault is locked: an older copy of either file from before is then older. */
export async function countLock(files: PairedFiles): Promise<void> {
  await countOn(files, (await countInKeys(files)).begun + 1);
}

async function countOn({ keyStore, gateway }: PairedFiles, next: number): Promise<void> {
  const directory = await keyStore.getKey('directory');
  // Before the first unlock has ended there is nothing that could be older.
  if (!directory) return;
  const { done } = await countInKeys({ keyStore });
  const rows = new SealedRows(directory);
  const keep = (counted: { done: number; begun: number }): Promise<void> =>
    keyStore.putKeys([{ kind: KIND, id: NO_ID, epoch: 0, value: encode(inKeys, counted) }]);
  await keep({ done, begun: next });
  await gateway.commit({ rows: [rows.seal(KIND, rows.name(KIND), NO_TAG, encode(inClinic, { count: next }))] });
  await keep({ done: next, begun: next });
}

async function countInKeys({ keyStore }: Pick<PairedFiles, 'keyStore'>): Promise<{ done: number; begun: number }> {
  const value = await keyStore.getKey(KIND);
  return value ? decode(inKeys, value) : { done: 0, begun: 0 };
}

/** `isForeign`: there is a row, and these keys do not open it. */
async function countInClinic({ keyStore, reader }: PairedFiles): Promise<{ count: number; isForeign: boolean }> {
  const directory = await keyStore.getKey('directory');
  for await (const [row] of everyRow(reader, KIND)) {
    if (!row) break;
    try {
      if (directory) return { count: decode(inClinic, new SealedRows(directory).open(KIND, row)).count, isForeign: false };
    } catch {
      // Under another directory key, or altered.
    }
    return { count: 0, isForeign: true };
  }
  return { count: 0, isForeign: false };
}

const KEYS_OLDER = new Failure(
  'vault.keys-older',
  "The key file keys.db is older than this clinic's database: an earlier copy was put back, and keys made since are missing from it. Nothing was opened or changed. Put the newer keys.db back; if there is none, restore both files from the newest backup.",
);
const DATABASE_OLDER = new Failure(
  'vault.database-older',
  "This clinic's database clinic.db is older than its keys: an earlier copy was put back. Nothing was changed and no key was lost. If a newer clinic.db exists, close the program and put it back. Otherwise unlock again to go on: what the region's ledger and your other desks hold comes back by itself.",
);
