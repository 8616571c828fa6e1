/** What an administrator at the hub's machine does about clinics, devices and administrators, and how the hub stands; beside the running hub. */
import { equalBytes, toHex } from '../../../shared/encoding/bytes.ts';
import { type HubAct, openAct } from '../../../shared/fleet/administration.ts';
import { openGenesis, type Region } from '../../../shared/ledger/founding.ts';
import { PolicyBook } from '../../../shared/ledger/policy-book.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { readActs } from '../../ledger/policy-acts.store.ts';
import type { Database } from '../../storage/database.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { sha256, verifySignature } from '../../vault/primitives.ts';
import { checkLedger, type OnStep } from '../backup/hub-backup.ts';
import { newestRestoration } from '../backup/restoration.store.ts';
import { actsAfter } from '../fleet/administrators.store.ts';
import { Administrators, actAtMachine, type WantedAct } from '../fleet/administrators.ts';
import { hubDiskState } from '../fleet/disk.ts';
import { Fleet } from '../fleet/fleet.ts';
import { heardProcesses } from '../fleet/processes.ts';
import { readGenesis } from '../hub.store.ts';
import { openHubDatabase } from '../hub-database.ts';
import { dropOfferedHubKey, type HubKeys, offerHubKey, readHubKeys } from '../hub-keys.ts';

/** Rows of acts that are read at once. */
const ACTS = 1000;

interface Opened {
  readonly database: Database;
  readonly keys: HubKeys;
  readonly region: Region;
}

async function withRegion<T>(folder: string, use: (opened: Opened) => Promise<T>): Promise<T> {
  const keys = await readHubKeys(folder);
  const database = await openHubDatabase(folder);
  try {
    const genesis = await readGenesis(database.read);
    if (!genesis) throw new Failure('hub.not-founded', 'This hub serves no region yet. Its first clinic has to found one.');
    return await use({ database, keys, region: openGenesis(hashParts, verifySignature, genesis) });
  } finally {
    await database.close();
  }
}

/** @throws {Failure} as `actAtMachine`; `hub.not-initialised`, `hub.not-founded`. */
export function actAtHub(folder: string, wanted: WantedAct, clock: () => number): Promise<HubAct> {
  return withRegion(folder, async ({ database, keys: { hubKey }, region }) =>
    actAtMachine(database, wanted, { region: region.id, hubKey, clock }),
  );
}

/**
 * Offers a new hub key to the region, as an act of the hub's machine. Asked again it is the same key and the same act. Gives its public half.
 * @throws {Failure} `hub.not-initialised`, `hub.recovering`.
 */
export async function offerNewHubKey(folder: string, clock: () => number): Promise<Uint8Array> {
  const { publicKey } = await offerHubKey(folder);
  await actAtHub(folder, { kind: 'hub-key', subject: publicKey, isSet: true, reason: 'maintenance' }, clock).catch(
    unlessCode('hub.act-idle', 'hub.not-founded'),
  );
  return publicKey;
}

/** Takes the offered key back and destroys it. Gives the one that signs on. @throws {Failure} `hub.no-offered-key`, `hub.recovering`. */
export async function withdrawHubKey(folder: string, clock: () => number): Promise<Uint8Array> {
  const { hubKey, nextHubKey } = await readHubKeys(folder);
  if (!nextHubKey) throw new Failure('hub.no-offered-key', 'This hub offers no new key. Nothing was done.');
  const wanted = { kind: 'hub-key', subject: nextHubKey.publicKey, isSet: false, reason: 'maintenance' } as const;
  await actAtHub(folder, wanted, clock).catch(unlessCode('hub.act-idle', 'hub.not-founded'));
  await dropOfferedHubKey(folder, nextHubKey.publicKey);
  return hubKey.publicKey;
}

function unlessCode(...codes: string[]): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof Failure && codes.includes(error.code))) throw error;
  };
}

/** Acts after the sequence `after`, in their order, each with its signature checked. @throws {Failure} as `openAct`; `hub.not-founded`. */
export function hubActs(folder: string, after: number) {
  return withRegion(folder, async ({ database }) => {
    const rows = await actsAfter(database.read, after, ACTS);
    return rows.map(({ bytes }) => {
      const { sequence, kind, subject, before, after: now, reason, time, author } = openAct(verifySignature, bytes);
      return { sequence, kind, subject: toHex(subject), before, after: now, reason, time, by: toHex(author) };
    });
  });
}

/** How the region stands: what the fleet board shows, in numbers. @throws {Failure} `hub.not-initialised`, `hub.not-founded`. */
export function hubStatus(folder: string, clock: () => number) {
  return withRegion(folder, async ({ database, keys, region }) => {
    const administrators = new Administrators({ database, clock, region: () => region.id });
    await administrators.look();
    const policies = new PolicyBook(region);
    for (const act of await readActs(database.read)) policies.apply(act);
    const fleet = new Fleet({ database, administrators, clock });
    const { size, clinics, devices } = await fleet.state();
    return {
      region: toHex(region.id),
      name: region.genesis.name,
      address: keys.address,
      hubKey: toHex(policies.current.activeHubKey),
      blocks: size,
      /** It was restored, and the witness clinics have not confirmed yet what it has. */
      recovering: (await newestRestoration(database.read))?.resumed === null,
      witnesses: policies.current.witnesses.length,
      administrators: administrators.set('administrator'),
      disk: await hubDiskState(database.read),
      processes: await heardProcesses(database.read),
      clinics,
      devices,
    };
  });
}

/**
 * Checks every block, the state and each act of an administrator; while the hub runs, too.
 * @throws {Failure} what does not hold, by name.
 */
export function verifyHub(folder: string, onStep: OnStep): Promise<{ region: string; blocks: number; acts: number }> {
  return withRegion(folder, async ({ database, keys, region }) => {
    const { blocks } = await database.snapshot((connection) => checkLedger(connection, keys, onStep));
    let previous: Uint8Array = new Uint8Array(32);
    let acts = 0;
    for (;;) {
      const rows = await actsAfter(database.read, acts, ACTS);
      for (const { bytes } of rows) {
        const act = openAct(verifySignature, bytes);
        if (act.sequence !== acts + 1 || !equalBytes(act.previous, previous) || !equalBytes(act.region, region.id))
          throw new Failure(
            'hub.acts-altered',
            `The list of administrators’ acts is not whole: number ${acts + 1} does not follow.`,
          );
        previous = sha256(bytes);
        acts += 1;
      }
      if (rows.length < ACTS) return { region: toHex(region.id), blocks, acts };
    }
  });
}
