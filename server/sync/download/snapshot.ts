/**
 * A new device begins with a snapshot: the state rows at a size whose root the quorum has cosigned, and the tree and effects
 * to go on from. Every row and page is checked before anything is used; what cannot be vouched for is not taken, and the whole
 * ledger is downloaded instead. What is not what it says has caught the hub.
 */
import { equalBytes, toHex, utf8 } from '../../../shared/encoding/bytes.ts';
import type { Checkpoint, Witnessing } from '../../../shared/ledger/checkpoint.ts';
import type { Region, Verify } from '../../../shared/ledger/founding.ts';
import { CompactRange, type Hash, verifyConsistency } from '../../../shared/ledger/merkle.ts';
import { PolicyBook } from '../../../shared/ledger/policy-book.ts';
import { openRows, openSnapshotHead, type SnapshotHead } from '../../../shared/ledger/snapshot.ts';
import { STATE_INTERVAL } from '../../../shared/ledger/state-interval.ts';
import { StateTree } from '../../../shared/ledger/state-tree.ts';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import { type LedgerHead, type LedgerPage, writePage } from '../../ledger/ledger.store.ts';
import { writeState } from '../../ledger/state-rows.store.ts';
import type { Database, Queryable } from '../../storage/database.ts';
import { AUDITED, readSetting } from '../clinic.store.ts';
import type { ClinicLedger } from '../clinic-ledger.ts';
import { writeSetting } from '../clinic-writes.store.ts';
import { caught } from '../evidence/caught.ts';
import type { HubClient } from '../hub-client.ts';
import { proofOf } from './download.ts';
import { clearState, countSnapshotPages, readSnapshotPage, removeSnapshotPages, writeSnapshotPage } from './snapshot.store.ts';

/** Below so many witnesses a hub could show two clinics two ledgers unseen: only one's own clinic is believed then. */
const SPLIT_VIEW_WITNESSES = 4;

/** Settings: the head of the snapshot that is being fetched or was adopted, and, once adopted, the checkpoint that vouched for it. */
const HEAD = 'snapshot-head';
const NOTE = 'snapshot-checkpoint';

/** The snapshot from which this replica began. */
export interface Beginning {
  readonly head: SnapshotHead;
  readonly checkpoint: Checkpoint;
}

interface SnapshotOptions {
  readonly database: Database;
  readonly ledger: ClinicLedger;
  readonly region: Region;
  readonly hash: Hash;
  readonly verify: Verify;
}

/** The snapshot from which the replica in `connection` began; undefined when it has the whole ledger. */
export async function beginningOf(
  connection: Queryable,
  { region, hash, verify }: Pick<SnapshotOptions, 'region' | 'hash' | 'verify'>,
): Promise<Beginning | undefined> {
  const note = await readSetting(connection, NOTE);
  const bytes = await readSetting(connection, HEAD);
  if (!note || !bytes) return undefined;
  const head = openSnapshotHead(bytes);
  const policies = new PolicyBook(region);
  for (const act of head.acts) policies.prove(verify, act);
  return { head, checkpoint: policies.open(hash, verify, note.toString('utf8')) };
}

/**
 * Takes the hub's newest snapshot in the place of the genesis, if there is one that may be believed.
 * @returns the snapshot; undefined when there is none, or none that this clinic's witnesses vouch for.
 * @throws {Failure} `sync.snapshot-poisoned` when the hub is caught; network failures, after which the next call goes on.
 */
export async function beginFromSnapshot(options: SnapshotOptions, hub: HubClient): Promise<Beginning | undefined> {
  const { database, ledger, region, hash, verify } = options;
  const offered = (await hub.ask<{ snapshot: { head: string; checkpoint: string } | null }>('Snapshot')).snapshot;
  if (!offered) return undefined;
  const bytes = Buffer.from(offered.head, 'base64');
  const beginning = poisoned('it does not open', () => {
    const head = openSnapshotHead(bytes);
    const policies = new PolicyBook(region);
    for (const act of head.acts) policies.prove(verify, act);
    const checkpoint = policies.open(hash, verify, offered.checkpoint);
    const witnesses = policies.at(checkpoint.size).witnesses.length;
    return { head, checkpoint, found: policies.witnessing(hash, verify, checkpoint), witnesses };
  });
  if (!isVouchedFor(beginning.found, beginning.witnesses, toHex(ledger.chain))) return undefined;
  await checkTree(options, hub, beginning);
  await fetchPages(database, hub, beginning.head, bytes, hash);
  const adopted = await adopt(options, beginning, bytes, offered.checkpoint);
  return adopted ? beginning : undefined;
}

/** The quorum of a set with split-view defence, or one's own clinic, which has recomputed the state itself. */
function isVouchedFor(found: Witnessing, witnesses: number, ownChain: string): boolean {
  return found.by.includes(ownChain) || (witnesses >= SPLIT_VIEW_WITNESSES && found.witnessed);
}

/** Its tree lies under the checkpoint, which carries the state root of its size. */
async function checkTree({ region, hash }: SnapshotOptions, hub: HubClient, { head, checkpoint }: Beginning): Promise<void> {
  if (!equalBytes(head.region, region.id)) throw poison('it is of another region');
  if (head.size !== checkpoint.state?.size || head.size % STATE_INTERVAL > 0)
    throw poison('no checkpoint carries the root over its rows');
  const range = poisoned('its tree has no such size', () => new CompactRange(hash, head.size, head.nodes));
  const proof = (await proofOf(hub, head.size, checkpoint.size)).map((node) => Buffer.from(node, 'base64'));
  const claim = { oldSize: head.size, newSize: checkpoint.size, oldRoot: range.root(), newRoot: checkpoint.root, proof };
  if (!verifyConsistency(hash, claim)) throw poison('its tree does not lie under the checkpoint');
}

/** Brings the pages here, each checked against the head; those that an interrupted run fetched are not asked for again. */
async function fetchPages(database: Database, hub: HubClient, head: SnapshotHead, bytes: Uint8Array, hash: Hash): Promise<void> {
  const before = await readSetting(database.read, HEAD);
  if (!before || !equalBytes(before, bytes)) {
    await database.write(async (transaction) => {
      await removeSnapshotPages(transaction);
      await writeSetting(transaction, HEAD, bytes);
    });
  }
  const ask = async (page: number): Promise<Buffer> => {
    const answer = await hub.ask<{ snapshotPage: string }>('SnapshotPage', { size: head.size, page });
    return Buffer.from(String(answer.snapshotPage), 'base64');
  };
  const first = await countSnapshotPages(database.read);
  let next = first < head.pages.length ? ask(first) : undefined;
  for (let page = first; next; page++) {
    const sealed: Buffer = await next;
    // The next one is on its way while this one is hashed and written.
    next = page + 1 < head.pages.length ? ask(page + 1) : undefined;
    next?.catch(() => undefined);
    if (!equalBytes(hash(sealed), head.pages[page] as Uint8Array))
      throw poison(`page ${page} is not the one that its head names`);
    await database.write((transaction) => writeSnapshotPage(transaction, page, sealed));
  }
}

/**
 * Puts rows, tree, effects and policy acts in the place of the genesis's, all or nothing. False when this device has written into the ledger before:
 * then it needs to see its own blocks, and the whole ledger is downloaded.
 */
async function adopt(
  { database, ledger, hash }: SnapshotOptions,
  { head, checkpoint }: Beginning,
  bytes: Uint8Array,
  note: string,
): Promise<boolean> {
  const own = `head/${toHex(ledger.device)}/`;
  let written = false;
  try {
    await ledger.adopt(async (transaction) => {
      await clearState(transaction);
      const tree = new StateTree(hash);
      for (let page = 0; page < head.pages.length; page++) {
        const rows = openRows((await readSnapshotPage(transaction, page)) ?? new Uint8Array(0));
        for (const row of rows) {
          tree.add(row);
          if (row.key.startsWith(own)) throw WRITTEN_BEFORE;
        }
        await writeState(transaction, new Map(rows.map(({ key, value }) => [key, value])));
      }
      if (tree.size !== head.rows || !checkpoint.state || !equalBytes(tree.root(), checkpoint.state.root))
        throw poison('its rows are not those whose root the witnesses signed');
      await writePage(transaction, beginningPage(head, checkpoint, hash));
      await writeSetting(transaction, HEAD, bytes);
      await writeSetting(transaction, NOTE, utf8(note));
      await writeSetting(transaction, AUDITED, utf8(String(head.size)));
    });
    written = true;
  } catch (error) {
    await database.write((transaction) => removeSnapshotPages(transaction));
    if (error !== WRITTEN_BEFORE) throw poisonedBy(error);
  }
  return written;
}

/**
 * The rows of an adopted snapshot, a page at a time, each page as its head names it.
 * @throws {Failure} `ledger.snapshot-altered`.
 */
export async function* snapshotRows(
  connection: Queryable,
  head: SnapshotHead,
  hash: Hash,
): AsyncGenerator<Map<string, Uint8Array>> {
  for (let page = 0; page < head.pages.length; page++) {
    const sealed = (await readSnapshotPage(connection, page)) ?? new Uint8Array(0);
    if (!equalBytes(hash(sealed), head.pages[page] as Uint8Array))
      throw new Failure('ledger.snapshot-altered', 'The snapshot from which this computer began was altered on its disk.');
    yield new Map(openRows(sealed).map(({ key, value }) => [key, value]));
  }
}

/** The head, nodes and acts with which a replica begins that took a snapshot. */
export function beginningPage(head: SnapshotHead, checkpoint: Checkpoint, hash: Hash): LedgerPage {
  const ledgerHead: LedgerHead = {
    size: head.size,
    effects: head.effects,
    range: new CompactRange(hash, head.size, head.nodes),
    state: checkpoint.state,
  };
  return { blocks: [], nodes: placedNodes(head), changes: new Map(), head: ledgerHead, acts: head.acts };
}

/** The roots of the complete subtrees with their places: each is as high as the size has a bit for it. */
function placedNodes({ size, nodes }: SnapshotHead): Array<readonly [level: number, place: number, hash: Uint8Array]> {
  let from = 0;
  return nodes.map((node) => {
    let level = 0;
    for (let width = 1; from + 2 * width <= size; width *= 2) level += 1;
    const place = from / 2 ** level;
    from += 2 ** level;
    return [level, place, node] as const;
  });
}

/** What a hub sent that does not hold; failures of the line, of the disk and those named already stay what they are. */
function poisonedBy(error: unknown): Failure {
  const failure = asFailure(error);
  return /^(?:encoding|ledger)\./.test(failure.code) ? poison(`${failure.message} (${failure.code})`) : failure;
}

function poisoned<T>(why: string, open: () => T): T {
  try {
    return open();
  } catch (error) {
    throw poison(`${why}: ${asFailure(error).message}`);
  }
}

const poison = (why: string): Failure =>
  caught('sync.snapshot-poisoned', `The hub offers a snapshot of the ledger's state that is not what it says: ${why}.`);

const WRITTEN_BEFORE = new Failure('sync.own-block-unknown', 'This device has written into the ledger before.');
