/** What an administrator does beside the running hub: make it, invite, and write its ledger as static files. All work on the data folder. */

import { toHex } from '../../../shared/encoding/bytes.ts';
import type { ActReason } from '../../../shared/fleet/administration.ts';
import { signCheckpoint } from '../../../shared/ledger/checkpoint.ts';
import { openGenesis } from '../../../shared/ledger/founding.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { LONGEST_INVITATION_MS, writeInvitation } from '../../../shared/sync/wire.ts';
import { fingerprintOfPem } from '../../identity/certificates.ts';
import { readHead } from '../../ledger/ledger.store.ts';
import { TileFolder, type WrittenTiles } from '../../ledger/tile-folder.ts';
import { openDataFolder } from '../../storage/data-folder.ts';
import type { Database } from '../../storage/database.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { randomBytes, sha256, sign, verifySignature } from '../../vault/primitives.ts';
import { actAtMachine } from '../fleet/administrators.ts';
import { addInvitation, readCosignatures, readGenesis } from '../hub.store.ts';
import { keepDatabaseUrl, openHubDatabase } from '../hub-database.ts';
import { createHubKeys, type HubKeys, hostOf, readHubKeys } from '../hub-keys.ts';

const SECRET_BYTES = 16;
const NO_CHAIN = new Uint8Array(32);

export interface InvitationPaper {
  /** What `readInvitation` takes. */
  readonly invitation: string;
  readonly kind: 'found' | 'clinic';
  /** SHA-256 of its secret, hexadecimal: with it an invitation is taken back. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/**
 * Makes a hub in an empty data folder and the invitation with which its first clinic founds the region.
 * @param database URL of a PostgreSQL database, which is empty; left out, a file in the folder
 * @throws {Failure} `hub.exists`, `hub.address-malformed`, `hub.database-*`, `storage.*`.
 */
export async function initHub(folder: string, name: string, address: string, database?: string): Promise<InvitationPaper> {
  // Before anything is written: what was named wrongly leaves nothing behind.
  hostOf(address);
  const lock = await openDataFolder(folder);
  try {
    if (database !== undefined) await keepDatabaseUrl(folder, database);
    // Before there are keys: where the database does not open, there is no hub yet.
    await withDatabase(folder, async () => undefined);
    const keys = await createHubKeys(folder, name, address);
    const tools = { reason: 'not-said', clock: Date.now } as const;
    return await withDatabase(folder, (database) => invite(database, keys, 'found', Date.now() + LONGEST_INVITATION_MS, tools));
  } finally {
    await lock.close();
  }
}

/**
 * Makes an invitation for one more clinic, which is an act of the hub's machine, or another one for the founder; while the hub runs, too.
 * @throws {Failure} `hub.not-initialised`, `hub.founded-already`, `hub.not-founded`; as `actAtMachine`.
 */
export async function inviteToHub(
  folder: string,
  kind: 'found' | 'clinic',
  expires: number,
  reason: ActReason = 'not-said',
  clock: () => number = Date.now,
): Promise<InvitationPaper> {
  const keys = await readHubKeys(folder);
  return withDatabase(folder, (database) => invite(database, keys, kind, expires, { reason, clock }));
}

/** How a witness from outside finds the hub and knows the region: texts for a command line. @throws {Failure} `hub.not-founded`. */
export async function witnessPlace(folder: string): Promise<{ hub: string; region: string; authority: string }> {
  const keys = await readHubKeys(folder);
  const genesis = await withDatabase(folder, (database) => readGenesis(database.read));
  if (!genesis) throw new Failure('hub.not-founded', 'This hub serves no region yet. Its first clinic has to found one.');
  const { id } = openGenesis(hashParts, verifySignature, genesis);
  return { hub: keys.address, region: toHex(id), authority: toHex(fingerprintOfPem(keys.authority.certificate)) };
}

async function withDatabase<T>(folder: string, use: (database: Database) => Promise<T>): Promise<T> {
  const database = await openHubDatabase(folder);
  try {
    return await use(database);
  } finally {
    await database.close();
  }
}

async function invite(
  database: Database,
  keys: HubKeys,
  kind: 'found' | 'clinic',
  expires: number,
  { reason, clock }: { readonly reason: ActReason; readonly clock: () => number },
): Promise<InvitationPaper> {
  const secret = randomBytes(SECRET_BYTES);
  const subject = sha256(secret);
  const genesis = await readGenesis(database.read);
  if (kind === 'found' && genesis)
    throw new Failure('hub.founded-already', 'This hub serves a region already. Invite a clinic to join it instead.');
  if (kind === 'clinic' && !genesis)
    throw new Failure('hub.not-founded', 'This hub serves no region yet. Invite its founder first ("hub invite --found").');
  const region = genesis ? openGenesis(hashParts, verifySignature, genesis).id : sha256(keys.hubKey.publicKey);
  if (genesis)
    await actAtMachine(
      database,
      { kind: 'invitation', subject, isSet: true, figure: expires, reason },
      { region, hubKey: keys.hubKey, clock },
    );
  // Before there is a region there is no list of acts to stand in.
  else await database.write((transaction) => addInvitation(transaction, subject, kind, null, expires));
  const authority = fingerprintOfPem(keys.authority.certificate);
  return {
    invitation: writeInvitation({ kind, address: keys.address, authority, region, chain: NO_CHAIN, secret, expires }),
    kind,
    id: toHex(subject),
    expires,
  };
}

/**
 * Writes the ledger of the hub in `data` as static tiles to the folder `to`, or brings it up to date; while the hub runs, too.
 * @throws {Failure} `hub.not-initialised`, `hub.not-founded`, `tiles.*`, storage failures.
 */
export async function exportTiles(data: string, to: string): Promise<WrittenTiles> {
  const { hubKey } = await readHubKeys(data);
  return withDatabase(data, async ({ read }) => {
    const genesis = await readGenesis(read);
    const head = await readHead(read, hashParts);
    if (!genesis || !head) throw new Failure('hub.not-founded', 'This hub serves no region yet, so it has no ledger to write.');
    const region = openGenesis(hashParts, verifySignature, genesis);
    const { note } = signCheckpoint(hashParts, region.id, { ...head, root: head.range.root() }, hubKey.publicKey, (message) =>
      sign(hubKey, message),
    );
    const lines = (await readCosignatures(read, head.size)).map(({ line }) => line);
    const folder = await TileFolder.open({ folder: to, region, connection: read, hash: hashParts, verify: verifySignature });
    return await folder.write(note + lines.join(''));
  });
}
