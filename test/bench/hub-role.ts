/** The hub of a run: founds a region, fills its ledger straight through `server/ledger`, and serves it over mutual TLS. */

import { join } from 'node:path';
import { addInvitation } from '../../server/hub/hub.store.ts';
import { openHubDatabase } from '../../server/hub/hub-database.ts';
import { foldPage, openSealed, readsOf, roomInPage } from '../../server/ledger/fold.ts';
import { readHead, writeHead, writePage } from '../../server/ledger/ledger.store.ts';
import { SnapshotFolder } from '../../server/ledger/snapshot-folder.ts';
import { listState, stateRootOf } from '../../server/ledger/state-rows.store.ts';
import type { Database } from '../../server/storage/database.ts';
import { hashParts } from '../../server/vault/hash-parts.ts';
import { randomBytes, sha256, verifySignature } from '../../server/vault/primitives.ts';
import { openCheckpoint } from '../../shared/ledger/checkpoint.ts';
import { STATE_INTERVAL } from '../../shared/ledger/state-interval.ts';
import { HubBench } from '../hub/hub-bench.ts';
import { cosign, everyRule } from '../support/ledger-builder.ts';
import { clinics, desksOf, enrolments, Records, type Rhythm, recordBlocks } from './generated-blocks.ts';
import { playRole } from './role.ts';

const PAGE = 2000;

/** Where a replica finds the hub, and how each side knows the other. */
export interface HubAddress {
  readonly address: string;
  readonly authority: string;
  /** Signed genesis bytes. */
  readonly region: Uint8Array;
  /** Of each desk, in the order of `desksOf`. */
  readonly devices: ReadonlyArray<{ readonly certificate: string; readonly privateKey: string }>;
}

interface HubOrder {
  readonly blocks: number;
  readonly rhythm: Rhythm;
  /** How many desks get a certificate. */
  readonly certified: number;
  /** A snapshot is made at this size, vouched for by every clinic, and the rest comes after it. */
  readonly snapshotAt?: number;
}

let hub: HubBench | undefined;

async function found({ blocks, rhythm, certified, snapshotAt }: HubOrder): Promise<HubAddress> {
  const [founder, ...others] = clinics();
  hub = await HubBench.open({ founder, others });
  const desks = [hub.founder, ...others].flatMap(desksOf);
  await hub.hub.close();
  const database = await openHubDatabase(hub.folder);
  const secrets = desks.slice(0, certified).map((desk) => ({ desk, secret: randomBytes(16) }));
  await database.write(async (transaction) => {
    for (const { desk, secret } of secrets)
      await addInvitation(transaction, sha256(secret), 'device', desk.clinic.chain, Date.now() + 3_600_000);
  });
  const records = recordBlocks(desks, new Records(), rhythm, blocks);
  const enrolled = enrolments(desks);
  await fill(database, enrolled);
  const snapshots = new SnapshotFolder(join(hub.folder, 'tiles'), hub.region.id, hashParts);
  if (snapshotAt) {
    await fill(database, first(records, snapshotAt - enrolled.length));
    await snapshots.write(database.read, snapshotAt);
  }
  await fill(database, records);
  await database.close();
  await hub.restart();
  // A hub writes its static tiles as it goes, not 50,000 blocks at once beside what is measured: closing writes them.
  await hub.restart();
  const devices = [];
  for (const { desk, secret } of secrets) devices.push(await hub.certify(desk.device.key, { secret, chain: desk.clinic.id }));
  const [device] = devices;
  if (snapshotAt && device) {
    const { note } = await hub.checkpoint(hub.line(device));
    const cosigned = note + [hub.founder, ...others].map((clinic) => cosign(clinic, note)).join('');
    await snapshots.vouch(openCheckpoint(hashParts, verifySignature, hub.region.id, hub.hubKey, cosigned));
  }
  return { address: `https://localhost:${hub.port}`, authority: hub.authority, region: hub.region.bytes, devices };
}

function* first<T>(items: Iterator<T>, count: number): Generator<T> {
  for (let at = 0; at < count; at++) {
    const { value, done } = items.next();
    if (done) return;
    yield value;
  }
}

/** Folds blocks onto the ledger while the hub is down: the arithmetic of the sequencer, without asking for signatures again. */
async function fill(database: Database, blocks: Iterable<Uint8Array>): Promise<void> {
  const rows = new Map<string, Uint8Array | undefined>(
    (await listState(database.read, '')).map(({ key, value }) => [key, value]),
  );
  let head = await readHead(database.read, hashParts);
  const store = async (page: readonly Uint8Array[]): Promise<void> => {
    if (!head || page.length === 0) return;
    const opened = page.map((sealed) => ({ sealed, opened: openSealed(hashParts, everyRule, sealed) }));
    const folded = foldPage(hashParts, head, new Map(readsOf(opened).map((key) => [key, rows.get(key)])), opened);
    for (const [key, value] of folded.changes) rows.set(key, value);
    const { size } = folded.head;
    const state = size % STATE_INTERVAL === 0 ? { size, root: stateRootOf(hashParts, rows) } : folded.head.state;
    head = { ...folded.head, state };
    await database.write(async (transaction) => {
      await writePage(transaction, folded);
      await writeHead(transaction, { ...folded.head, state });
    });
  };
  let page: Uint8Array[] = [];
  for (const sealed of blocks) {
    page.push(sealed);
    if (page.length < Math.min(PAGE, roomInPage(head?.size ?? 0))) continue;
    await store(page);
    page = [];
  }
  await store(page);
}

playRole({
  found,
  /** Blocks in the ledger. */
  size: async (): Promise<number> => {
    const database = await openHubDatabase((hub as HubBench).folder);
    const head = await readHead(database.read, hashParts);
    await database.close();
    return head?.size ?? 0;
  },
  close: () => hub?.close(),
});
