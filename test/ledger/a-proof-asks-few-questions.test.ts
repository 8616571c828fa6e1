/** Proofs out of a replica's database: what they show, how few questions they cost, and what they say where rows are missing. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writePage } from '../../server/ledger/ledger.store.ts';
import { NODE_STEP, nodeSource } from '../../server/ledger/tree-nodes.store.ts';
import { type Database, openDatabase, type Queryable } from '../../server/storage/database.ts';
import { hashParts as hash } from '../../server/vault/hash-parts.ts';
import { CLINIC_MIGRATIONS } from '../../server/workstation/folder/installation.ts';
import { utf8 } from '../../shared/encoding/bytes.ts';
import {
  CompactRange,
  consistencyProof,
  inclusionProof,
  leafHash,
  verifyConsistency,
  verifyInclusion,
} from '../../shared/ledger/merkle.ts';

/** One kept node of level 16, some of level 8, and a right edge of every height. */
const SIZE = 65_536 + 3 * 256 + 187;
const PLACES = [0, 1, 255, 256, 40_000, 65_535, 65_536, 66_303, SIZE - 2, SIZE - 1];
const nameOf = (position: number): Uint8Array => hash(utf8(`block ${position}`));

let database: Database;
const range = new CompactRange(hash);
const roots = new Map<number, Uint8Array>();

beforeAll(async () => {
  database = await openDatabase({ path: '', mode: 'memory', migrations: CLINIC_MIGRATIONS });
  const nodes: Array<readonly [number, number, Uint8Array]> = [];
  const blocks = Array.from({ length: SIZE }, (_, position) => {
    if (PLACES.includes(position)) roots.set(position, range.root());
    const name = nameOf(position);
    range.append(leafHash(hash, name), (level, place, node) => {
      if (level > 0 && level % NODE_STEP === 0) nodes.push([level, place, node]);
    });
    return { position, hash: name, bytes: new Uint8Array(1) };
  });
  const head = { size: SIZE, effects: new Uint8Array(32), range };
  await database.write((transaction) => writePage(transaction, { blocks, nodes, changes: new Map(), head }));
}, 120_000);
afterAll(() => database.close());

/** Asks the database, and counts. */
function counted(): Queryable & { asked: number } {
  const { read } = database;
  return {
    asked: 0,
    dialect: read.dialect,
    all(sql, parameters) {
      this.asked += 1;
      return read.all(sql, parameters);
    },
    get(sql, parameters) {
      this.asked += 1;
      return read.get(sql, parameters);
    },
  };
}

test.each(PLACES)(
  'block %i is proved, and every later tree to extend the one before it, in at most six questions each',
  async (index) => {
    const root = range.root();
    const inclusion = counted();
    const proof = await inclusionProof(hash, index, SIZE, nodeSource(inclusion, hash));
    expect(verifyInclusion(hash, { leaf: leafHash(hash, nameOf(index)), index, size: SIZE, root, proof })).toBe(true);
    const consistency = counted();
    const extends_ = await consistencyProof(hash, index, SIZE, nodeSource(consistency, hash));
    const claim = { oldSize: index, newSize: SIZE, oldRoot: roots.get(index) as Uint8Array, newRoot: root, proof: extends_ };
    expect(verifyConsistency(hash, claim)).toBe(index > 0);
    expect(Math.max(inclusion.asked, consistency.asked)).toBeLessThanOrEqual(6);
  },
);

test('of a block that is missing, or a node, nothing is made up', async () => {
  const without = async (sql: string, index: number): Promise<void> => {
    await expect(
      database.write(async (transaction) => {
        await transaction.run(sql);
        await inclusionProof(hash, index, SIZE, nodeSource(transaction, hash));
      }),
    ).rejects.toMatchObject({ code: 'ledger.node-missing' });
  };
  await without('DELETE FROM block WHERE position = 40001', 40_000);
  await without('DELETE FROM block WHERE position = 40000 - 40000 % 256', 40_000);
  await without('DELETE FROM tree_node WHERE level = 8 AND place = 7', 40_000);
  await without('DELETE FROM tree_node WHERE level = 16', 66_000);
});
