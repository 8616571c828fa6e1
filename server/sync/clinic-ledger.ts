/**
 * The clinic's ledger on this device: takes acts from the vault and pages from the hub, and writes each in one durable
 * transaction. It alone writes clinic.db.
 */
import { toHex } from '../../shared/encoding/bytes.ts';
import type { ChainPosition } from '../../shared/ledger/admission.ts';
import { foundingRows } from '../../shared/ledger/enrolment-rules.ts';
import type { Founding } from '../../shared/ledger/founding.ts';
import type { Hash } from '../../shared/ledger/merkle.ts';
import { type Judgement, type Rules, chainKey } from '../../shared/ledger/rules.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { type FoldedPage, openSealed } from '../ledger/fold.ts';
import { type LedgerPage, loadState, stateRoot, writeHead, writePage } from '../ledger/ledger.store.ts';
import { bulkInsert } from '../storage/bulk-insert.ts';
import { checkpointAfterErasure, type Database, type WriteTransaction } from '../storage/database.ts';
import { STATE_INTERVAL } from '../../shared/ledger/checkpoint.ts';
import type { LocalVerdict, LocalWrite } from './gateway.ts';
import { type BlockAuthor, type SealedBlock, firstPosition, following, judgePending, loadOverlaid, portion, sealBlock } from './pending.ts';

export interface ClinicLedgerOptions {
  readonly database: Database;
  readonly hash: Hash;
  readonly rules: Rules;
  readonly author: BlockAuthor;
  /** This clinic's founding: its rows stand under what is pending until the region has admitted the clinic. */
  readonly founding: Founding;
  /** 64 random bits for a new epoch. */
  readonly epoch: () => Uint8Array;
  readonly clock: () => number;
}

const VAULT_COLUMNS = [
  { name: 'kind', kind: 'text' },
  { name: 'key', kind: 'blob' },
  { name: 'tag', kind: 'blob' },
  { name: 'sealed', kind: 'blob' },
] as const;
const DOCUMENT_COLUMNS = [
  { name: 'name', kind: 'blob' },
  { name: 'handle', kind: 'blob' },
  { name: 'sealed', kind: 'blob' },
  { name: 'wrap', kind: 'blob' },
  { name: 'block', kind: 'blob', nullable: true },
  { name: 'event', kind: 'integer', nullable: true },
] as const;
const PENDING_COLUMNS = [
  { name: 'key', kind: 'text' },
  { name: 'value', kind: 'blob', nullable: true },
] as const;
const MESSAGE_COLUMNS = [
  { name: 'id', kind: 'blob' },
  { name: 'recipient_chain', kind: 'blob' },
  { name: 'recipient_device', kind: 'blob' },
  { name: 'kind', kind: 'text' },
  { name: 'body', kind: 'blob' },
] as const;

export class ClinicLedger {
  readonly #options: ClinicLedgerOptions;
  #next: ChainPosition;
  /** Acts and pages take turns: an act is judged over what the last one left. */
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(options: ClinicLedgerOptions, next: ChainPosition) {
    this.#options = options;
    this.#next = next;
  }

  static async open(options: ClinicLedgerOptions): Promise<ClinicLedger> {
    const last = await options.database.read.get<{ epoch: Buffer; height: number; hash: Buffer }>(
      'SELECT epoch, height, hash FROM own_block ORDER BY sequence DESC LIMIT 1',
    );
    const next = last ? following({ epoch: last.epoch, height: last.height, previous: last.hash }, last.hash) : firstPosition(options.epoch());
    const ledger = new ClinicLedger(options, next);
    await ledger.#inTurn(() => options.database.write((transaction) => ledger.#layPending(transaction)));
    return ledger;
  }

  /** As `DeviceGateway.commit`. */
  commit(write: LocalWrite): Promise<readonly LocalVerdict[]> {
    return this.#inTurn(() => this.#commit(write));
  }

  /** Where this device's chain stands. */
  get next(): ChainPosition {
    return this.#next;
  }

  /**
   * Writes a page that was folded and checked, moves this device's blocks in it out of what is pending, and lays what is
   * still pending anew over the state when the page changed it. One transaction.
   */
  apply(page: FoldedPage | LedgerPage, settings: ReadonlyArray<readonly [name: string, value: Uint8Array]>): Promise<void> {
    return this.#inTurn(() =>
      this.#options.database.write(async (transaction) => {
        await writePage(transaction, page);
        if (page.head.size > 0 && page.head.size % STATE_INTERVAL === 0) {
          await writeHead(transaction, { ...page.head, state: { size: page.head.size, root: await stateRoot(transaction, this.#options.hash) } });
        }
        for (const setting of settings) await writeSetting(transaction, ...setting);
        await this.#settleOwn(transaction, page);
        await this.#layPending(transaction);
      }),
    );
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(act);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #commit(write: LocalWrite): Promise<readonly LocalVerdict[]> {
    const { database } = this.#options;
    const blocks = this.#seal(write);
    const keys = [...new Set(blocks.flatMap(({ opened }) => opened.reads))];
    const rows = keys.length > 0 ? await loadOverlaid(database.read, keys) : new Map<string, Uint8Array | undefined>();
    const opened = blocks.map((block) => block.opened);
    const { judgements, changes } = judgePending(this.#options.hash, rows, opened);
    for (const judgement of judgements.flat()) refuseRights(judgement);
    await database.write(
      async (transaction) => {
        await writeOwnBlocks(transaction, blocks, judgements);
        await writePendingRows(transaction, changes);
        await writeCargo(transaction, write, placesOf(write, blocks), this.#options.hash);
      },
      { group: true },
    );
    const last = blocks.at(-1);
    if (last) this.#next = following({ ...this.#next, height: last.opened.block.height }, last.opened.hash);
    if (write.forgetHandles?.length) await checkpointAfterErasure(database);
    return judgements.flat().map(({ verdict, reason }) => ({ verdict: verdict === 'disputed' ? 'disputed' : 'accepted', reason }));
  }

  #seal(write: LocalWrite): SealedBlock[] {
    const { hash, rules, author, clock } = this.#options;
    let at = this.#next;
    return portion(write.events ?? []).map((events) => {
      const block = sealBlock(hash, rules, author, at, clock(), events);
      at = following(at, block.opened.hash);
      return block;
    });
  }

  async #settleOwn(transaction: WriteTransaction, page: FoldedPage | LedgerPage): Promise<void> {
    const device = toHex(this.#options.author.device);
    for (const block of page.blocks) {
      if (!('opened' in block) || block.opened.writer.device !== device) continue;
      const reasons = JSON.stringify(block.outcome.judgements.map((judgement) => judgement.reason ?? ''));
      const settled = await transaction.run('UPDATE own_block SET position = ?, reasons = ?, bytes = NULL WHERE hash = ?', [block.position, reasons, block.hash]);
      // A block of ours that we do not know: a clone of this folder, or a copy restored from the past, has written it.
      if (settled === 0) throw new Failure('sync.own-block-unknown', 'The ledger holds a block of this device that this data folder does not know: the folder was restored from a copy, or runs on two machines. Stop here and ask your administrator.');
    }
  }

  /** Judges this device's pending blocks again and writes what they change over the state. */
  async #layPending(transaction: WriteTransaction): Promise<void> {
    const { hash, rules, founding } = this.#options;
    const base = new Map<string, Uint8Array | undefined>(
      (await loadState(transaction, [chainKey(toHex(founding.chain))])).get(chainKey(toHex(founding.chain))) ? [] : foundingRows(founding),
    );
    const stored = await transaction.all<{ hash: Buffer; bytes: Buffer }>('SELECT hash, bytes FROM own_block WHERE position IS NULL ORDER BY sequence');
    const opened = stored.map(({ hash: name, bytes }) => openSealed(hash, rules, bytes, name));
    const rows = await loadState(transaction, [...new Set(opened.flatMap((block) => block.reads))]);
    for (const [key, value] of base) rows.set(key, value);
    const { judgements, changes } = judgePending(hash, rows, opened);
    await transaction.run('DELETE FROM pending_row');
    await writePendingRows(transaction, new Map([...base, ...changes]));
    for (const [at, { hash: name }] of stored.entries()) {
      await transaction.run('UPDATE own_block SET reasons = ? WHERE hash = ?', [reasonsOf(judgements[at] ?? []), name]);
    }
  }
}

function refuseRights(judgement: Judgement): void {
  if (judgement.verdict !== 'refused') return;
  throw new Failure('ledger.refused', `The rules of the ledger refuse this: ${judgement.reason ?? 'no reason given'}.`, { details: { reason: judgement.reason ?? '' } });
}

const reasonsOf = (judgements: readonly Judgement[]): string => JSON.stringify(judgements.map((judgement) => judgement.reason ?? ''));

/** Which block and event each document of a write belongs to, by hexadecimal name. */
function placesOf(write: LocalWrite, blocks: readonly SealedBlock[]): Map<string, { block: Uint8Array; event: number }> {
  const places = new Map<string, { block: Uint8Array; event: number }>();
  let block = 0;
  let event = 0;
  for (const { document } of write.events ?? []) {
    if (event === blocks[block]?.opened.events.length) {
      block += 1;
      event = 0;
    }
    if (document) places.set(toHex(document), { block: (blocks[block] as SealedBlock).opened.hash, event });
    event += 1;
  }
  return places;
}

async function writeOwnBlocks(transaction: WriteTransaction, blocks: readonly SealedBlock[], judgements: ReadonlyArray<readonly Judgement[]>): Promise<void> {
  for (const [at, { sealed, opened }] of blocks.entries()) {
    await transaction.run('INSERT INTO own_block (hash, epoch, height, bytes, reasons) VALUES (?, ?, ?, ?, ?)', [
      opened.hash,
      opened.block.epoch,
      opened.block.height,
      sealed,
      reasonsOf(judgements[at] ?? []),
    ]);
  }
}

async function writePendingRows(transaction: WriteTransaction, changes: ReadonlyMap<string, Uint8Array | undefined>): Promise<void> {
  if (changes.size === 0) return;
  const rows = [...changes].map(([key, value]) => [key, value ?? null] as const);
  await bulkInsert(transaction, 'pending_row', PENDING_COLUMNS, rows, { key: ['key'], action: 'update' });
}

async function writeCargo(transaction: WriteTransaction, write: LocalWrite, places: ReadonlyMap<string, { block: Uint8Array; event: number }>, hash: Hash): Promise<void> {
  if (write.documents?.length) {
    const rows = write.documents.map((document) => {
      const place = places.get(toHex(document.name));
      return [document.name, document.handle, document.sealed, document.wrap, place?.block ?? null, place?.event ?? null] as const;
    });
    await bulkInsert(transaction, 'document', DOCUMENT_COLUMNS, rows);
  }
  if (write.rows?.length) await writeVaultRows(transaction, write.rows);
  if (write.messages?.length) {
    const rows = write.messages.map((message) => [hash(message.body), message.recipientChain, message.recipientDevice, message.kind, message.body] as const);
    await bulkInsert(transaction, 'outgoing_message', MESSAGE_COLUMNS, rows, { key: ['id'], action: 'ignore' });
  }
  for (const id of write.withdrawMessages ?? []) {
    await transaction.run('DELETE FROM outgoing_message WHERE id = ?', [id]);
    await transaction.run('INSERT OR IGNORE INTO withdrawn_message (id) VALUES (?)', [id]);
  }
  for (const sequence of write.handledMessages ?? []) {
    await transaction.run("UPDATE incoming_message SET handled = 1, body = x'' WHERE sequence = ?", [sequence]);
  }
  for (const handle of write.forgetHandles ?? []) {
    await transaction.run('DELETE FROM document WHERE handle = ? AND block IS NULL', [handle]);
    await transaction.run('DELETE FROM followed_handle WHERE handle = ?', [handle]);
  }
  for (const handle of write.followHandles ?? []) await transaction.run('INSERT OR IGNORE INTO followed_handle (handle) VALUES (?)', [handle]);
}

async function writeVaultRows(transaction: WriteTransaction, rows: NonNullable<LocalWrite['rows']>): Promise<void> {
  const puts = rows.flatMap((row) => (row.sealed ? [[row.kind, row.key, row.tag, row.sealed] as const] : []));
  if (puts.length > 0) await bulkInsert(transaction, 'vault_row', VAULT_COLUMNS, puts, { key: ['kind', 'key'], action: 'update' });
  for (const row of rows) {
    if (!row.sealed) await transaction.run('DELETE FROM vault_row WHERE kind = ? AND key = ?', [row.kind, row.key]);
  }
}

export async function writeSetting(transaction: WriteTransaction, name: string, value: Uint8Array): Promise<void> {
  await transaction.run('INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value', [name, value]);
}
