/** Files behind patients' SMART Health Links: ciphertext whose key no hub has, until its end, the patient's word, or the tenth wrong passcode. */
import { equalBytes, fromHex } from '../../../shared/encoding/bytes.ts';
import type { Queryable, WriteTransaction } from '../../storage/database.ts';
import type { Migration } from '../../storage/migrations.ts';

export const healthLinkMigration: Migration = {
  id: 2900,
  name: 'health links',
  sql: `
    CREATE TABLE health_link (
      link BLOB PRIMARY KEY, chain BLOB NOT NULL, expires INTEGER NOT NULL, passcode BLOB NOT NULL, wrong INTEGER NOT NULL,
      opened INTEGER NOT NULL, last_opened INTEGER NOT NULL, recipient TEXT NOT NULL, body TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX health_link_expires ON health_link (expires);
  `,
};

/** A file that opens once: then it is off the disk, and the row says when and to whom. */
export const oneTimeLinkMigration: Migration = {
  id: 3300,
  name: 'links that open once',
  sql: 'ALTER TABLE health_link ADD COLUMN once INTEGER NOT NULL DEFAULT 0',
};

/** Whose records it shows, and who made it where that was somebody who acts for them: NULL in what was made before, and of a second opinion. */
export const linkOfficeMigration: Migration = {
  id: 5120,
  name: 'health links of who acts for a patient',
  sql: `
    ALTER TABLE health_link ADD COLUMN patient BLOB;
    ALTER TABLE health_link ADD COLUMN guardian BLOB;
    ALTER TABLE health_link ADD COLUMN since INTEGER;
    CREATE INDEX health_link_patient ON health_link (patient) WHERE patient IS NOT NULL;
    CREATE INDEX health_link_guardian ON health_link (guardian) WHERE guardian IS NOT NULL;
  `,
};

/** Compartments of identity, and since when one acts for the other (milliseconds). */
export interface LinkOffice {
  readonly patient: Uint8Array;
  readonly guardian: Uint8Array;
  readonly since: number;
}

interface LinkRow {
  readonly link: Uint8Array;
  readonly chain: Uint8Array;
  /** Milliseconds since 1970. */
  readonly expires: number;
  /** Hash of it; empty for none. */
  readonly passcode: Uint8Array;
  readonly wrong: number;
  readonly opened: number;
  readonly lastOpened: number;
  /** Who opened it last, as they called themselves. */
  readonly recipient: string;
  /** 1 for a file that opens once. */
  readonly once: number;
}

const COLUMNS = 'link, chain, expires, passcode, wrong, opened, last_opened AS "lastOpened", recipient, once';

export function linkOf(from: Queryable, link: Uint8Array, now: number): Promise<LinkRow | undefined> {
  return from.get<LinkRow>(`SELECT ${COLUMNS} FROM health_link WHERE link = ? AND expires > ?`, [link, now]);
}

export async function bodyOfLink(from: Queryable, link: Uint8Array): Promise<string> {
  return (await from.get<{ body: string }>('SELECT body FROM health_link WHERE link = ?', [link]))?.body ?? '';
}

/** Those of one clinic among these ids, in hexadecimal. */
export async function linksOf(from: Queryable, chain: Uint8Array, links: readonly string[], now: number): Promise<LinkRow[]> {
  const rows = await Promise.all(links.map((link) => linkOf(from, fromHex(link), now)));
  return rows.filter((row) => row !== undefined && equalBytes(row.chain, chain)) as LinkRow[];
}

export async function countOfLinks(from: Queryable, chain: Uint8Array): Promise<number> {
  return (await from.get<{ count: number }>('SELECT count(*) AS count FROM health_link WHERE chain = ?', [chain]))?.count ?? 0;
}

/** False when the id is taken. */
export async function writeLink(
  transaction: WriteTransaction,
  row: Pick<LinkRow, 'link' | 'chain' | 'expires' | 'passcode' | 'once'> & {
    readonly [Part in keyof LinkOffice]: LinkOffice[Part] | null;
  },
  body: string,
): Promise<boolean> {
  const written = await transaction.run(
    'INSERT INTO health_link VALUES (?, ?, ?, ?, 0, 0, 0, ?, ?, ?, ?, ?, ?) ON CONFLICT (link) DO NOTHING',
    [row.link, row.chain, row.expires, row.passcode, '', body, row.once, row.patient, row.guardian, row.since],
  );
  return written > 0;
}

/** What opened once is gone; that it did stays until its end. */
export async function emptyLink(transaction: WriteTransaction, link: Uint8Array): Promise<void> {
  await transaction.run('UPDATE health_link SET body = ? WHERE link = ?', ['', link]);
}

export async function countWrong(transaction: WriteTransaction, link: Uint8Array): Promise<void> {
  await transaction.run('UPDATE health_link SET wrong = wrong + 1 WHERE link = ?', [link]);
}

export async function countOpened(transaction: WriteTransaction, link: Uint8Array, at: number, recipient: string): Promise<void> {
  await transaction.run('UPDATE health_link SET opened = opened + 1, last_opened = ?, recipient = ? WHERE link = ?', [
    at,
    recipient,
    link,
  ]);
}

export function deleteLink(transaction: WriteTransaction, link: Uint8Array): Promise<number> {
  return transaction.run('DELETE FROM health_link WHERE link = ?', [link]);
}

export function deleteExpiredLinks(transaction: WriteTransaction, now: number): Promise<number> {
  return transaction.run('DELETE FROM health_link WHERE expires <= ?', [now]);
}

/** Those that somebody has made for another. */
export function officesOfLinks(
  from: Queryable,
  guardian: Uint8Array,
): Promise<Array<LinkOffice & { readonly link: Uint8Array }>> {
  return from.all('SELECT link, patient, guardian, since FROM health_link WHERE guardian = ?', [guardian]);
}

export function deleteLinksAbout(transaction: WriteTransaction, patient: Uint8Array): Promise<number> {
  return transaction.run('DELETE FROM health_link WHERE patient = ?', [patient]);
}
