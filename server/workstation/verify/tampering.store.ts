/** What the demonstration of tampering does to its copy of a training clinic's database. Nothing else writes like this. */
import type { Queryable, WriteTransaction } from '../../storage/database.ts';

/** The act in the middle of those that lie here. */
export function middleAct(from: Queryable): Promise<{ sequence: number; bytes: Buffer } | undefined> {
  return from.get(
    `SELECT sequence, bytes FROM own_block WHERE position IS NULL
     ORDER BY sequence LIMIT 1 OFFSET (SELECT count(*) / 2 FROM own_block WHERE position IS NULL)`,
  );
}

export async function overwriteAct(to: WriteTransaction, sequence: number, bytes: Uint8Array, hash?: Uint8Array): Promise<void> {
  await to.run('UPDATE own_block SET bytes = ?2, hash = coalesce(?3, hash) WHERE sequence = ?1', [sequence, bytes, hash ?? null]);
}

export async function dropAct(to: WriteTransaction, sequence: number): Promise<void> {
  await to.run('DELETE FROM own_block WHERE sequence = ?', [sequence]);
}

export async function turnBitOfDocument(to: WriteTransaction): Promise<void> {
  const row = await to.get<{ name: Buffer; sealed: Buffer }>('SELECT name, sealed FROM document ORDER BY name LIMIT 1');
  if (!row) return;
  const sealed = Buffer.from(row.sealed);
  sealed[sealed.length >> 1] = (sealed[sealed.length >> 1] ?? 0) ^ 1;
  await to.run('UPDATE document SET sealed = ?2 WHERE name = ?1', [row.name, sealed]);
}
