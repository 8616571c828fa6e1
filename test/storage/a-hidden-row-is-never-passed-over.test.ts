import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../server/storage/database.ts';
import { SealedRows } from '../../server/sync/vault-context/sealed-rows.ts';
import { everyRow, rowsOfTag } from '../../server/sync/vault-context/vault-rows.store.ts';
import { CLINIC_MIGRATIONS } from '../../server/workstation/folder/installation.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import type { Failure } from '../../shared/outcome/failure.ts';
import { temporaryFolder } from './temporary-folder.ts';

const CHART = 'chart';
const rows = new SealedRows(randomBytes(32));

/** Every place of the file that holds the bytes: the row itself, and the two indexes over its tag. */
function placesOf(file: Buffer, wanted: Uint8Array): number[] {
  const places: number[] = [];
  for (let at = file.indexOf(wanted); at !== -1; at = file.indexOf(wanted, at + 1)) places.push(at);
  return places;
}

const TAG = rows.name('chart', randomBytes(16));
const tagged = [0, 1, 2].map(() => randomBytes(16));
const others = [0, 1, 2, 3].map(() => randomBytes(16));
const PAGE = 4_096;

/** Seven rows, three of them of one chart; gives the bytes of the file. */
async function filled(path: string): Promise<Buffer> {
  const database = await openDatabase({ path, migrations: CLINIC_MIGRATIONS, mode: 'desk' });
  for (const key of [...tagged, ...others]) {
    const { tag, sealed } = rows.seal(CHART, key, tagged.includes(key) ? TAG : randomBytes(16), randomBytes(40));
    await database.writeOnce('INSERT INTO vault_row (kind, key, tag, sealed) VALUES (?, ?, ?, ?)', [CHART, key, tag, sealed]);
  }
  await database.close();
  expect(await shown(path)).toBe('3 of 7');
  return readFileSync(path);
}

/** What a reader is shown: how many different rows of the chart, and of all; or the code of the refusal. */
async function shown(path: string): Promise<string> {
  try {
    const database = await openDatabase({ path, migrations: CLINIC_MIGRATIONS, mode: 'desk' });
    try {
      const all = new Set<string>();
      for await (const page of everyRow(database.read, CHART)) for (const row of page) all.add(toHex(rows.open(CHART, row)));
      const chart = await rowsOfTag(database.read, CHART, TAG);
      return `${new Set(chart.map((row) => toHex(rows.open(CHART, row)))).size} of ${all.size}`;
    } finally {
      await database.close();
    }
  } catch (error) {
    return (error as Failure).code;
  }
}

const ALLOWED = ['3 of 7', 'storage.corrupt', 'vault.row-altered'];

const shownWith = (path: string, whole: Buffer, at: number, bits: number): Promise<string> =>
  shownAfter(path, whole, at, Buffer.of((whole[at] as number) ^ bits));

async function shownAfter(path: string, whole: Buffer, at: number, bytes: Buffer): Promise<string> {
  const damaged = Buffer.from(whole);
  bytes.copy(damaged, at);
  writeFileSync(path, damaged);
  const answer = await shown(path);
  expect(ALLOWED, `byte ${at}`).toContain(answer);
  return answer;
}

test('a bit turned over in the tag or key of a row, or in an index over them: the chart is refused or whole, and never without that row', async () => {
  const path = join(temporaryFolder(), 'clinic.db');
  const whole = await filled(path);
  const tags = placesOf(whole, TAG);
  const places = [...tags, ...tagged.flatMap((key) => placesOf(whole, key))];
  // Three rows, each with key and tag in the table and in both indexes.
  expect(places.length).toBeGreaterThanOrEqual(18);
  let refused = 0;
  for (const place of places)
    for (const byte of [0, 15])
      if ((await shownWith(path, whole, place + byte, 0x10)) !== '3 of 7' && tags.includes(place)) refused++;
  // Two of three rows in two indexes at least, two bits each: a row between its neighbours may still be counted.
  expect(refused).toBeGreaterThanOrEqual(8);
});

test('a bit turned over where a page says where its rows lie: refused or whole', { timeout: 120_000 }, async () => {
  const path = join(temporaryFolder(), 'clinic.db');
  const whole = await filled(path);
  const pages = new Set([...tagged, ...others].flatMap((key) => placesOf(whole, key)).map((at) => Math.floor(at / PAGE)));
  // The table and its two indexes.
  expect(pages.size).toBeGreaterThanOrEqual(3);
  let refused = 0;
  for (const page of pages)
    for (let at = page * PAGE; at < page * PAGE + 8 + 2 * 7; at++)
      for (let bit = 0; bit < 8; bit++) if ((await shownWith(path, whole, at, 1 << bit)) !== '3 of 7') refused++;
  expect(refused).toBeGreaterThan(100);
  // One row in the place of another: their number is right.
  for (const page of pages) {
    const places = tagged.concat(others).map((_, at) => page * PAGE + 8 + 2 * at);
    for (const at of places) for (const other of places) await shownAfter(path, whole, at, whole.subarray(other, other + 2));
  }
});
