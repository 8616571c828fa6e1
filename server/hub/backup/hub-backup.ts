/**
 * Backups of a hub, made beside the running hub, and its restore from one (docs/protocol.md, section 23). A backup is a folder:
 *
 *     hub-backup.json   which moment, and the hash of the database; no secret
 *     hub-NNNNN.sealed  the database under a key of this backup alone: server/vault/sealed-files.ts
 *     keys.sealed       that key and hub-keys.json under the backup code: nonce[12] ‖ ciphertext ‖ tag[16], AAD = tag ‖ H(hub-backup.json)
 *
 * The code lies in the hub's folder beside the keys that it protects in backups, and on paper with the administrator. Who deletes
 * keys.sealed of a backup has destroyed all of it.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, stat, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { concat, equalBytes, fromBase64, fromHex, fromUtf8, toBase64, toHex, utf8 } from '../../../shared/encoding/bytes.ts';
import { blockHash } from '../../../shared/ledger/block.ts';
import { openGenesis } from '../../../shared/ledger/founding.ts';
import { CompactRange, leafHash } from '../../../shared/ledger/merkle.ts';
import { PolicyBook } from '../../../shared/ledger/policy-book.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { HUB_BACKUP_TAG } from '../../../shared/vault/vault-tags.ts';
import { readBlocks } from '../../ledger/blocks.store.ts';
import { readHead } from '../../ledger/ledger.store.ts';
import { readActs } from '../../ledger/policy-acts.store.ts';
import { openDataFolder } from '../../storage/data-folder.ts';
import type { ReadConnection } from '../../storage/database.ts';
import { copyDatabase, integrityFaults } from '../../storage/database-copy.ts';
import { syncFolder, writeFileDurably } from '../../storage/durable-file.ts';
import { storageFailure } from '../../storage/faults.ts';
import { openBox, sealBox } from '../../vault/boxes.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { randomBytes, type SealingKey, sealingKey, sha256, verifySignature } from '../../vault/primitives.ts';
import { fingerprint, openFile, readPart, type SealedFile, sealFile } from '../../vault/sealed-files.ts';
import { writeDiskNote } from '../fleet/disk.store.ts';
import { dropCosignatures, readGenesis } from '../hub.store.ts';
import { HUB_DATABASE_FILE as DATABASE, databaseUrl, hasHubDatabase, openHubDatabase } from '../hub-database.ts';
import { HUB_KEYS_FILE, type HubKeys, keysFromFile, readHubKeys } from '../hub-keys.ts';
import { resume } from './recovery.ts';
import { beginRestoration, endRestoration, newestRestoration } from './restoration.store.ts';

const HEADER = 'hub-backup.json';
const KEYS = 'keys.sealed';
const CODE = 'hub-backup-code';
/** In the hub's own folder: the copy before it is sealed. */
const WORK = 'hub-backup-work';
const PAGE = 2000;

interface Header {
  readonly careledger: 'hub-backup/1';
  /** 32 hexadecimal digits. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly made: number;
  readonly database: SealedFile;
}

/** What the code opens. */
interface Secrets {
  /** Of the database in this backup. */
  readonly key: SealingKey;
  /** The hub's key file. */
  readonly keys: Uint8Array;
}

/** Hears which step is under way and how many bytes of it are done. */
export type OnStep = (step: 'copying' | 'sealing' | 'opening' | 'checking', done: number, total: number) => void;

const silently: OnStep = () => undefined;

interface HubBackup {
  readonly folder: string;
  /** Milliseconds since 1970. */
  readonly made: number;
  /** Hexadecimal; undefined before a region was founded. */
  readonly region: string | undefined;
  /** Blocks of its ledger. */
  readonly blocks: number;
}

/** The code that opens the keys in this hub's backups, made at the first call. Whether it was made now. */
export async function backupCode(data: string): Promise<{ code: string; isNew: boolean }> {
  const path = join(data, CODE);
  if (existsSync(path)) return { code: (await readFile(path, 'utf8')).trim(), isNew: false };
  const digits = toHex(randomBytes(32));
  const code = (digits.match(/.{4}/g) as string[]).join('-');
  await writeFileDurably(path, utf8(`${code}\n`));
  return { code, isNew: true };
}

/**
 * Copies the hub in `data`, which may be running, into a new folder in `destination`, and opens the copy in a clean place.
 * @throws {Failure} `hub.not-initialised`, `hub.database-elsewhere`, `backup.no-space`, `backup.not-whole`, storage failures: then nothing is left of it.
 */
export async function backUpHub(
  data: string,
  destination: string,
  now: number,
  onStep: OnStep = silently,
): Promise<HubBackup & { isFirst: boolean }> {
  await readHubKeys(data);
  if (await databaseUrl(data)) throw KEPT_ELSEWHERE;
  const { code, isNew } = await backupCode(data);
  const key = keyOf(code);
  await mkdir(destination, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw storageFailure(error, { path: destination });
  });
  await checkSpace(data, destination);
  const folder = join(destination, `careledger-hub-${new Date(now).toISOString().slice(0, 19).replaceAll(':', '')}`);
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { mode: 0o700 });
  const work = join(data, WORK);
  // A backup that was killed has left its copy.
  await rm(work, { recursive: true, force: true });
  await mkdir(work, { mode: 0o700 });
  try {
    onStep('copying', 0, 1);
    await copyDatabase(join(data, DATABASE), join(work, DATABASE));
    // After the database: the key that its region has given the hub is in the file, signing or offered.
    const keys = await readFile(join(data, HUB_KEYS_FILE));
    await sealBackup(join(work, DATABASE), partial, { code: key, keys, now }, onStep);
    const found = await checkHubBackup(partial, key, onStep);
    await rename(partial, folder);
    await syncFolder(destination);
    return { ...found, folder, isFirst: isNew };
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw storageFailure(error, { path: folder });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function sealBackup(
  copy: string,
  folder: string,
  { code, keys, now }: { code: SealingKey; keys: Uint8Array; now: number },
  onStep: OnStep,
): Promise<void> {
  const database = await fingerprint(copy, DATABASE);
  const header: Header = { careledger: 'hub-backup/1', id: toHex(randomBytes(16)), made: now, database };
  const own = randomBytes(32);
  const file = { id: header.id, name: DATABASE, path: copy, bytes: database.bytes };
  await sealFile(folder, file, sealingKey(own), counting('sealing', database.bytes, onStep));
  const bytes = utf8(`${JSON.stringify(header, null, 1)}\n`);
  await writeFileDurably(join(folder, HEADER), bytes);
  const secrets = utf8(JSON.stringify({ key: toBase64(own), keys: toBase64(keys) }));
  await writeFileDurably(join(folder, KEYS), sealBox(code, contextOf(bytes), secrets));
}

function counting(step: Parameters<OnStep>[0], total: number, onStep: OnStep): (bytes: number) => void {
  let done = 0;
  onStep(step, 0, total);
  return (bytes) => {
    done += bytes;
    onStep(step, done, total);
  };
}

/**
 * Makes the hub of a backup in the empty folder `data`. It knows that it was restored: what it does then, `Recovery` says.
 * @throws {Failure} `hub.exists`, `backup.none`, `backup.file-altered` (also with a wrong code), `backup.not-whole`.
 */
export async function restoreHub(
  from: string,
  data: string,
  code: string,
  now: number,
  onStep: OnStep = silently,
): Promise<HubBackup> {
  const key = keyOf(code);
  const found = await checkHubBackup(from, key, onStep);
  const lock = await openDataFolder(data);
  try {
    if (existsSync(join(data, HUB_KEYS_FILE)) || hasHubDatabase(data))
      throw new Failure('hub.exists', 'This data folder holds a hub already. Restore into an empty folder.');
    const { keys } = await openDatabase(from, key, join(data, DATABASE), onStep);
    await announce(data, now);
    await writeFileDurably(join(data, CODE), utf8(`${code.trim()}\n`));
    // The keys last: without them there is no hub that could be started.
    await writeFileDurably(join(data, HUB_KEYS_FILE), keys);
    return found;
  } finally {
    await lock.close();
  }
}

/** Says of a folder that was put back in another way that it is an older state. @throws {Failure} `storage.folder-in-use`, `hub.not-initialised`. */
export async function announceRestored(data: string, now: number): Promise<number> {
  if (!hasHubDatabase(data))
    throw new Failure('hub.not-initialised', 'There is no hub in this data folder. Name a backup with --from.');
  const lock = await openDataFolder(data);
  try {
    return await announce(data, now);
  } finally {
    await lock.close();
  }
}

async function announce(data: string, now: number): Promise<number> {
  const database = await openHubDatabase(data);
  try {
    const size = (await readHead(database.read, hashParts))?.size ?? 0;
    await database.write(async (transaction) => {
      await beginRestoration(transaction, now, size);
      await dropCosignatures(transaction, size);
      // What was found on the old disk was of the old disk.
      await writeDiskNote(transaction, '');
    });
    return size;
  } finally {
    await database.close();
  }
}

/**
 * Has a restored hub order again without waiting any longer for what it lost; also while it runs. Gives the size it goes on from.
 * @param now milliseconds since 1970
 * @throws {Failure} `hub.not-initialised`, `hub.not-recovering`.
 */
export async function goOnWithout(data: string, now: number): Promise<number> {
  const { hubKey } = await readHubKeys(data);
  const database = await openHubDatabase(data);
  try {
    const row = await newestRestoration(database.read);
    if (!row || row.resumed !== null)
      throw new Failure('hub.not-recovering', 'This hub does not wait for anything. Nothing was changed.');
    const genesis = await readGenesis(database.read);
    return await database.write(async (transaction) => {
      const size = (await readHead(transaction, hashParts))?.size ?? 0;
      const region = genesis && openGenesis(hashParts, verifySignature, genesis).id;
      if (region) await resume(transaction, row, size, { region, hubKey, clock: () => now });
      else await endRestoration(transaction, row.began, size);
      return size;
    });
  } finally {
    await database.close();
  }
}

/** Opens a backup in a fresh temporary folder and looks at all of it. @throws {Failure} what is wrong with it, by name. */
async function checkHubBackup(folder: string, key: SealingKey, onStep: OnStep): Promise<HubBackup> {
  const place = await mkdtemp(join(tmpdir(), 'careledger-hub-check-'));
  try {
    const { header, keys } = await openDatabase(folder, key, join(place, DATABASE), onStep);
    const database = await openHubDatabase(place);
    try {
      const found = await checkLedger(database.read, keysFromFile(fromUtf8(keys)), onStep);
      return { folder, made: header.made, ...found };
    } finally {
      await database.close();
    }
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

/** Writes the database of a backup to `path`. @throws {Failure} `backup.*`: what is wrong with it. */
async function openDatabase(
  folder: string,
  code: SealingKey,
  path: string,
  onStep: OnStep,
): Promise<{ header: Header; keys: Uint8Array }> {
  const header = await readHeader(folder);
  const { key, keys } = await openSecrets(folder, code);
  await openFile(folder, { id: header.id, ...header.database, path }, key, counting('opening', header.database.bytes, onStep));
  return { header, keys };
}

/** @throws {Failure} what does not hold, by name. */
export async function checkLedger(
  read: ReadConnection,
  keys: HubKeys,
  onStep: OnStep,
): Promise<Pick<HubBackup, 'region' | 'blocks'>> {
  const [damage] = await integrityFaults(read);
  if (damage) throw notWhole(damage);
  const genesis = await readGenesis(read);
  const head = await readHead(read, hashParts);
  if (!genesis) return { region: undefined, blocks: 0 };
  if (!head) throw notWhole('the ledger is missing');
  const region = openGenesis(hashParts, verifySignature, genesis);
  const policies = new PolicyBook(region);
  for (const act of await readActs(read)) policies.apply(act);
  const { activeHubKey } = policies.current;
  const holds = [keys.hubKey, keys.nextHubKey].some((each) => each && equalBytes(each.publicKey, activeHubKey));
  if (!holds) throw notWhole('the key that the region has given this hub is not in it');
  const range = new CompactRange(hashParts);
  while (range.size < head.size) {
    const blocks = await readBlocks(read, range.size, PAGE);
    if (blocks[0]?.position !== range.size) throw notWhole(`the block at position ${range.size} is missing`);
    for (const { bytes } of blocks) range.append(leafHash(hashParts, blockHash(hashParts, bytes)));
    onStep('checking', range.size, head.size);
  }
  if (!equalBytes(range.root(), head.range.root())) throw notWhole('its blocks are not those of its ledger');
  return { region: toHex(region.id), blocks: head.size };
}

async function readHeader(folder: string): Promise<Header> {
  const path = join(folder, HEADER);
  if (!existsSync(path))
    throw new Failure('backup.none', `There is no backup of a hub in ${folder}. Name the folder that holds ${HEADER}.`);
  try {
    const header = JSON.parse(fromUtf8(await readPart(folder, HEADER))) as Header;
    const isForm =
      header.careledger === 'hub-backup/1' &&
      Number.isSafeInteger(header.made) &&
      /^[0-9a-f]{32}$/.test(header.id) &&
      header.database.name === DATABASE &&
      Number.isSafeInteger(header.database.bytes);
    if (isForm) return header;
  } catch {
    // Named below.
  }
  throw altered(HEADER);
}

async function openSecrets(folder: string, code: SealingKey): Promise<Secrets> {
  const [header, sealed] = await Promise.all([readPart(folder, HEADER), readPart(folder, KEYS)]);
  const opened = openBox(code, contextOf(header), sealed);
  if (opened) {
    const { key, keys } = JSON.parse(fromUtf8(opened)) as { key: string; keys: string };
    return { key: sealingKey(fromBase64(key)), keys: fromBase64(keys) };
  }
  throw new Failure(
    'backup.file-altered',
    `This backup does not open: the code is another hub's, or ${HEADER} or ${KEYS} was altered. Nothing of it was used.`,
  );
}

/** @throws {Failure} `backup.code-malformed`. */
function keyOf(code: string): SealingKey {
  const digits = code.replaceAll(/[\s-]/g, '').toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(digits))
    throw new Failure('backup.code-malformed', 'A backup code has 16 groups of 4 digits and letters from a to f. Copy it again.');
  return sealingKey(fromHex(digits));
}

const contextOf = (header: Uint8Array): Uint8Array => concat(HUB_BACKUP_TAG, sha256(header));

/** The copy in the hub's folder, sealed there, and once more in the system's place for temporary files while it is checked. */
async function checkSpace(data: string, destination: string): Promise<void> {
  const { size } = await stat(join(data, DATABASE)).catch(() => {
    throw new Failure('hub.not-initialised', 'There is no hub in this data folder. Make one with "hub init".');
  });
  for (const place of [destination, data, tmpdir()]) {
    const { bavail, bsize } = await statfs(place);
    if (bavail * bsize < 1.1 * size)
      throw new Failure(
        'backup.no-space',
        `There is not enough room in ${place}: a backup needs ${Math.ceil((1.1 * size) / 2 ** 20)} MiB. Earlier backups are as they were.`,
        { retry: true },
      );
  }
}

const KEPT_ELSEWHERE = new Failure(
  'hub.database-elsewhere',
  'This hub keeps its ledger in PostgreSQL, which has its own backups (pg_basebackup, or pg_dump while it runs). Keep hub-keys.json of this folder with them; after a restore say so with "hub restore --data DIR" before the hub starts.',
);
const altered = (file: string): Failure =>
  new Failure('backup.file-altered', `The file ${file} of this backup was altered or cut short. Nothing of it was used.`);
const notWhole = (why: string): Failure =>
  new Failure('backup.not-whole', `This backup is not whole: ${why}. Nothing of it was used; take another one.`);
