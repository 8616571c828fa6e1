import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../server/storage/database.ts';
import { SealedRows } from '../../server/sync/sealed-rows.ts';
import { everyRow, rowsOfTag } from '../../server/sync/vault-rows.store.ts';
import { CLINIC_MIGRATIONS } from '../../server/workstation/installation.ts';
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

async function open(path: string) {
  return openDatabase({ path, migrations: CLINIC_MIGRATIONS, mode: 'desk' });
}

test('a bit turned over in the tag or key of a row, or in an index over them: the chart is refused or whole, and never without that row', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'clinic.db');
  const tag = rows.name('chart', randomBytes(16));
  const database = await open(path);
  const keys = [0, 1, 2].map(() => randomBytes(16));
  const others = [0, 1, 2, 3].map(() => randomBytes(16));
  for (const key of [...keys, ...others]) {
    const row = rows.seal(CHART, key, keys.includes(key) ? tag : randomBytes(16), randomBytes(40));
    await database.writeOnce('INSERT INTO vault_row (kind, key, tag, sealed) VALUES (?, ?, ?, ?)', [
      CHART,
      key,
      row.tag,
      row.sealed,
    ]);
  }
  expect(await chart(database)).toBe(3);
  await database.close();
  const whole = readFileSync(path);
  const tags = placesOf(whole, tag);
  const places = [...tags, ...keys.flatMap((key) => placesOf(whole, key))];
  // Three rows, each with key and tag in the table and in both indexes.
  expect(places.length).toBeGreaterThanOrEqual(18);

  let refused = 0;
  for (const place of places) {
    for (const byte of [0, 15]) {
      const damaged = Buffer.from(whole);
      damaged[place + byte] = (damaged[place + byte] as number) ^ 0x10;
      writeFileSync(path, damaged);
      const again = await open(path);
      const shown = await chart(again).catch(({ code }: Failure) => code);
      expect([3, 'storage.corrupt', 'vault.row-altered'], `byte ${place + byte}`).toContain(shown);
      if (shown !== 3 && tags.includes(place)) refused++;
      await again.close();
    }
  }
  // Two of three rows in two indexes at least, two bits each: a row between its neighbours may still be counted.
  expect(refused).toBeGreaterThanOrEqual(8);

  async function chart({ read }: Awaited<ReturnType<typeof open>>): Promise<number> {
    for await (const page of everyRow(read, CHART)) expect(page.length).toBeGreaterThan(0);
    const found = await rowsOfTag(read, CHART, tag);
    return found.map((row) => rows.open(CHART, row)).length;
  }
});
