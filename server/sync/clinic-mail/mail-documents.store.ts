/**
 * Which documents the mail of each other desk of the clinic spoke of. When a desk is revoked, those that the ledger does not know tell what
 * only its mail brought.
 */
import type { Queryable, WriteTransaction } from '../../storage/database.ts';
import type { Migration } from '../../storage/migrations.ts';
import type { MailDocuments } from '../gateway.ts';

/** So many are remembered, of all desks together: far more than a desk writes while it cannot send, and a few megabytes. */
const MOST = 50_000;
/** Looked at in one page. */
const PAGE = 500;

export const mailDocumentsMigration: Migration = {
  id: 5030,
  name: 'documents that mail spoke of',
  sql: `
    CREATE TABLE mail_document (sequence INTEGER PRIMARY KEY AUTOINCREMENT, sender BLOB NOT NULL, name BLOB NOT NULL UNIQUE) STRICT;
    CREATE INDEX mail_document_sender ON mail_document (sender, sequence);
    CREATE TRIGGER mail_document_most AFTER INSERT ON mail_document
      BEGIN DELETE FROM mail_document WHERE sequence <= new.sequence - ${MOST}; END;
  `,
};

export async function rememberMailDocuments(transaction: WriteTransaction, { sender, names }: MailDocuments): Promise<void> {
  for (const name of names)
    await transaction.run('INSERT OR IGNORE INTO mail_document (sender, name) VALUES (?, ?)', [sender, name]);
}

/** Whether mail of one of these devices (hexadecimal) spoke of this document (hexadecimal) first. */
export async function spokenOf(connection: Queryable, devices: readonly string[], document: string): Promise<boolean> {
  const found = await connection.all(
    'SELECT 1 FROM mail_document WHERE name = unhex(?) AND sender IN (SELECT unhex(value) FROM json_each(?))',
    [document, JSON.stringify(devices)],
  );
  return found.length > 0;
}

/** A document that the ledger does not have as the newest of its record. Hexadecimal, in small letters. */
export interface UnknownDocument {
  readonly name: string;
  readonly handle: string;
}

/** A page of what mail of these devices (hexadecimal) spoke of. */
interface MailPage {
  /** Those of the page that are here and that the ledger may lack. */
  readonly unknown: readonly UnknownDocument[];
  /** Where the next page begins; undefined behind the last. */
  readonly next: number | undefined;
}

/** @param after 0 for the first page */
export async function unknownOfMail(connection: Queryable, devices: readonly string[], after: number): Promise<MailPage> {
  const senders = JSON.stringify(devices);
  const rows = await connection.all<UnknownDocument & { sequence: number }>(
    `WITH page AS (
       SELECT sequence, name FROM mail_document
       WHERE sequence > ? AND sender IN (SELECT unhex(value) FROM json_each(?)) ORDER BY sequence LIMIT ${PAGE}
     ), here AS (
       SELECT page.sequence, document.name, document.handle, 'record/' || lower(hex(document.handle)) AS compartment
       FROM page LEFT JOIN document ON document.name = page.name
     )
     SELECT sequence, lower(hex(name)) AS name, CASE WHEN handle IS NULL OR EXISTS (
         SELECT 1 FROM state_row
         WHERE key > compartment || '/' AND key < compartment || '0' AND substr(state_row.value, 5, 32) = here.name
       ) THEN '' ELSE lower(hex(handle)) END AS handle
     FROM here ORDER BY sequence`,
    [after, senders],
  );
  return { unknown: rows.filter(({ handle }) => handle !== ''), next: rows.length < PAGE ? undefined : rows.at(-1)?.sequence };
}
