/**
 * The way to the clinic host: what this device still has to bring there, noted by the same transaction that writes it, and what the host
 * sent. Everything goes both ways, to the host and to the hub, each in its order: whoever reads both has the longer of the two.
 */
import { utf8 } from '../../../shared/encoding/bytes.ts';
import { bulkInsert } from '../../storage/bulk-insert.ts';
import type { Queryable, WriteTransaction } from '../../storage/database.ts';
import type { Migration } from '../../storage/migrations.ts';
import { readSetting } from '../clinic.store.ts';
import { writeSetting } from '../clinic-writes.store.ts';
import { BROUGHT_DOCUMENT } from '../transfer.store.ts';
import { setBehind } from './clinic-blocks.store.ts';

/** Name of the setting that says where the clinic host is: while it is there, what is written is queued for it. */
export const CLINIC_HOST = 'clinic-host';

export const clinicRouteMigration: Migration = {
  id: 1710,
  name: 'the way to the clinic host',
  sql: `
    CREATE TABLE host_queue (sequence INTEGER PRIMARY KEY, kind TEXT NOT NULL, name BLOB NOT NULL) STRICT;
    CREATE INDEX host_queue_name ON host_queue (name);
    CREATE TRIGGER block_for_host AFTER INSERT ON own_block
      WHEN new.learned = 0 AND EXISTS (SELECT 1 FROM setting WHERE name = 'clinic-host')
      BEGIN INSERT INTO host_queue (kind, name) VALUES ('block', new.hash); END;
    CREATE TRIGGER block_back_from_host AFTER DELETE ON own_block
      WHEN old.position IS NULL AND EXISTS (SELECT 1 FROM setting WHERE name = 'clinic-host')
      BEGIN INSERT INTO host_queue (kind, name) VALUES ('taken-back', old.hash); END;
    CREATE TRIGGER document_for_host AFTER INSERT ON document
      WHEN new.block IS NOT NULL AND EXISTS (SELECT 1 FROM setting WHERE name = 'clinic-host')
      BEGIN INSERT INTO host_queue (kind, name) VALUES ('document', new.name); END;
    CREATE TRIGGER message_for_host AFTER INSERT ON outgoing_message
      WHEN EXISTS (SELECT 1 FROM setting WHERE name = 'clinic-host')
      BEGIN INSERT INTO host_queue (kind, name) VALUES ('message', new.id); END;
    CREATE TRIGGER withdrawal_for_host AFTER INSERT ON withdrawn_message
      WHEN EXISTS (SELECT 1 FROM setting WHERE name = 'clinic-host')
      BEGIN INSERT INTO host_queue (kind, name) VALUES ('withdrawal', new.id); END;
    -- From here on "sequence" counts what arrived here by either way, and "hub_sequence" is the hub's number, null until it comes from there.
    ALTER TABLE incoming_message ADD COLUMN hub_sequence INTEGER;
    UPDATE incoming_message SET hub_sequence = sequence;
    CREATE UNIQUE INDEX incoming_message_once ON incoming_message (id, kind, sender_chain, sender_device);
    -- It was taken in and taken back when it came from the clinic host: the hub is told once more, now that it has it.
    CREATE TRIGGER message_came_again AFTER UPDATE OF hub_sequence ON incoming_message WHEN new.handled = 1
      BEGIN UPDATE withdrawn_message SET told = 0 WHERE id = new.id; END;
  `,
};

export type QueueKind = 'block' | 'taken-back' | 'document' | 'message' | 'withdrawal';

export interface QueuedEntry {
  readonly sequence: number;
  readonly name: Buffer;
}

/** The last place in the queue; 0 when nothing is there. */
export async function queueEnd(connection: Queryable): Promise<number> {
  const row = await connection.get<{ end: number | null }>('SELECT max(sequence) AS end FROM host_queue');
  return row?.end ?? 0;
}

export async function queued(connection: Queryable, kind: QueueKind, until: number, limit: number): Promise<QueuedEntry[]> {
  return connection.all('SELECT sequence, name FROM host_queue WHERE kind = ? AND sequence <= ? ORDER BY sequence LIMIT ?', [
    kind,
    until,
    limit,
  ]);
}

/** The host has these entries. What a message said is not needed any more once the hub has it as well. */
export async function leaveQueue(transaction: WriteTransaction, entries: readonly QueuedEntry[]): Promise<void> {
  const sequences = JSON.stringify(entries.map(({ sequence }) => sequence));
  const names = JSON.stringify(entries.map(({ name }) => name.toString('hex')));
  await transaction.run('DELETE FROM host_queue WHERE sequence IN (SELECT value FROM json_each(?))', [sequences]);
  await transaction.run(
    "UPDATE outgoing_message SET body = x'' WHERE sent = 1 AND id IN (SELECT unhex(value) FROM json_each(?))",
    [names],
  );
}

/** Messages to other clinics do not go to the host. */
export async function dropForeignMail(transaction: WriteTransaction, chain: Uint8Array): Promise<void> {
  await transaction.run(
    `DELETE FROM host_queue WHERE kind = 'message'
       AND name NOT IN (SELECT id FROM outgoing_message WHERE recipient_chain = ?)`,
    [chain],
  );
  await transaction.run("UPDATE outgoing_message SET body = x'' WHERE sent = 1 AND recipient_chain <> ? AND body <> x''", [
    chain,
  ]);
}

const NAMED = 'SELECT unhex(value) AS name FROM json_each(?)';

/** Bytes of this device's blocks, wherever they are by now: those of which nothing is left are left out. */
export async function bytesOfOwnBlocks(
  connection: Queryable,
  names: readonly Uint8Array[],
): Promise<Array<{ hash: Buffer; bytes: Buffer }>> {
  return connection.all(
    `SELECT own_block.hash, coalesce(own_block.bytes, block.bytes) AS bytes FROM own_block
       LEFT JOIN block ON block.position = own_block.position
     WHERE own_block.hash IN (${NAMED}) AND coalesce(own_block.bytes, block.bytes) IS NOT NULL
       AND own_block.hash NOT IN (SELECT hash FROM altered_act) ORDER BY own_block.sequence`,
    [hexList(names)],
  );
}

/** Blocks of the clinic that are here to be brought to a new host. */
export async function bytesOfClinicBlocks(
  connection: Queryable,
  names: readonly Uint8Array[],
): Promise<Array<{ hash: Buffer; bytes: Buffer }>> {
  return connection.all(`SELECT hash, bytes FROM clinic_block WHERE bytes IS NOT NULL AND hash IN (${NAMED}) ORDER BY sequence`, [
    hexList(names),
  ]);
}

export async function documentsNamed(
  connection: Queryable,
  names: readonly Uint8Array[],
): Promise<Array<{ name: Buffer; handle: Buffer; sealed: Buffer; wrap: Buffer }>> {
  return connection.all(`SELECT name, handle, sealed, wrap FROM document WHERE name IN (${NAMED})`, [hexList(names)]);
}

export async function messagesNamed(
  connection: Queryable,
  names: readonly Uint8Array[],
): Promise<Array<{ id: Buffer; recipientChain: Buffer; recipientDevice: Buffer; kind: string; body: Buffer }>> {
  return connection.all(
    `SELECT id, recipient_chain AS recipientChain, recipient_device AS recipientDevice, kind, body
     FROM outgoing_message WHERE body <> x'' AND id IN (${NAMED}) ORDER BY rowid`,
    [hexList(names)],
  );
}

/** Which feed of which host was read how far. */
export interface RouteMark {
  readonly feed: string;
  readonly after: number;
}

const MARK = 'clinic-host-mark';

export async function readRouteMark(connection: Queryable): Promise<RouteMark | undefined> {
  const text = (await readSetting(connection, MARK))?.toString('utf8');
  return text === undefined ? undefined : (JSON.parse(text) as RouteMark);
}

export const writeRouteMark = (transaction: WriteTransaction, mark: RouteMark): Promise<void> =>
  writeSetting(transaction, MARK, utf8(JSON.stringify(mark)));

/** A host that has nothing yet: all that waits here goes there, other devices' blocks too, and its feed is read from the beginning. */
export async function beginFeed(transaction: WriteTransaction, feed: string): Promise<void> {
  await transaction.run('DELETE FROM host_queue');
  await transaction.run(`INSERT INTO host_queue (kind, name)
    SELECT 'document', name FROM document WHERE uploaded = 0 UNION ALL SELECT 'document', name FROM clinic_block_document`);
  await transaction.run(
    `INSERT INTO host_queue (kind, name) SELECT 'block', hash FROM clinic_block WHERE bytes IS NOT NULL ORDER BY sequence`,
  );
  await transaction.run(
    `INSERT INTO host_queue (kind, name) SELECT 'block', hash FROM own_block WHERE position IS NULL ORDER BY sequence`,
  );
  await transaction.run(
    `INSERT INTO host_queue (kind, name) SELECT 'message', id FROM outgoing_message WHERE body <> x'' ORDER BY outgoing_message.rowid`,
  );
  await setBehind(transaction);
  await writeRouteMark(transaction, { feed, after: 0 });
}

/** Nothing waits for a host any more. */
export async function leaveHost(transaction: WriteTransaction): Promise<void> {
  await transaction.run('DELETE FROM host_queue');
  await transaction.run("UPDATE outgoing_message SET body = x'' WHERE sent = 1 AND body <> x''");
  await transaction.run('DELETE FROM setting WHERE name IN (?, ?)', [CLINIC_HOST, MARK]);
}

interface HostMessage {
  readonly id: Uint8Array;
  readonly kind: string;
  readonly senderDevice: Uint8Array;
  readonly body: Uint8Array;
}

/** Mail between the clinic's own devices, unless it is here already. Gives how much of it was new. */
export async function addHostMessages(
  transaction: WriteTransaction,
  chain: Uint8Array,
  messages: readonly HostMessage[],
): Promise<number> {
  let fresh = 0;
  for (const { id, kind, senderDevice, body } of messages)
    fresh += await transaction.run(
      'INSERT OR IGNORE INTO incoming_message (id, kind, sender_chain, sender_device, body) VALUES (?, ?, ?, ?, ?)',
      [id, kind, chain, senderDevice, body],
    );
  return fresh;
}

/** Value of `uploaded`: no need to bring it to the hub, and not heard from it yet. */
const BY_HOST = 2;

/** The hub has these documents: what it says of their places and wrapped keys replaces a clinic host's word. */
export async function confirmDocuments(transaction: WriteTransaction, documents: readonly HostDocument[]): Promise<void> {
  const named = new Map(documents.map((document) => [Buffer.from(document.name).toString('hex'), document]));
  const byHost = await transaction.all<{ name: Buffer }>(
    `SELECT name FROM document WHERE uploaded = ${BY_HOST} AND name IN (SELECT unhex(value) FROM json_each(?))`,
    [JSON.stringify([...named.keys()])],
  );
  for (const { name } of byHost) {
    const { handle, wrap } = named.get(name.toString('hex')) as HostDocument;
    await transaction.run('UPDATE document SET handle = ?, wrap = ?, uploaded = 1 WHERE name = ?', [handle, wrap, name]);
  }
}

interface HostDocument {
  readonly name: Uint8Array;
  readonly handle: Uint8Array;
  readonly sealed: Uint8Array;
  readonly wrap: Uint8Array;
}

/**
 * Documents of the clinic's other devices: they bring them to the hub themselves. Their names vouch for the sealed bytes alone: place and
 * wrapped key are the host's word until the hub has confirmed them (`confirmDocuments`).
 */
export async function addHostDocuments(transaction: WriteTransaction, documents: readonly HostDocument[]): Promise<void> {
  const rows = documents.map(({ name, handle, sealed, wrap }) => [name, handle, sealed, wrap, BY_HOST] as const);
  await bulkInsert(transaction, 'document', BROUGHT_DOCUMENT, rows, { key: ['name'], action: 'ignore' });
}

const hexList = (names: readonly Uint8Array[]): string => JSON.stringify(names.map((name) => Buffer.from(name).toString('hex')));
