/** Threats C3, K3, K10, L5: what a hub, or a clinic with changed code, can do to records that were shared. */
import '../support/quick-passphrases.ts';
import { beforeEach, expect, test } from 'vitest';
import { itemsOf } from '../../server/records/chart-view.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import type { BenchClinic } from '../consent/bench-clinic.ts';
import { RegionBench } from '../consent/region-bench.ts';

let bench: RegionBench;
let a: BenchClinic;
let b: BenchClinic;
let patient: string;

beforeEach(async () => {
  const found = await RegionBench.found(['A', 'B', 'C']);
  ({ bench } = found);
  [a, b] = found.clinics as [BenchClinic, BenchClinic];
  patient = await a.register('Canarybird');
});

const newest = async (clinic: BenchClinic, title: string) => {
  const entry = (await clinic.vault.charts.chart(patient)).all().find((each) => each.title === title);
  if (!entry) return undefined;
  const [item] = await itemsOf(
    clinic.context,
    clinic.vault.conflicts,
    clinic.vault.patients.known(patient),
    await clinic.vault.charts.chart(patient),
    [entry],
  );
  return item;
};

test('a newer version that the hub holds back makes the older one read so, until it comes', async () => {
  const record = await a.write(patient, 'clinical', 'oldword');
  await a.share({ patient, recipient: b.id, categories: ['clinical'] });
  await bench.sync();
  expect(await b.read(patient)).toContain('oldword');
  expect(await newest(b, 'oldword')).toMatchObject({ version: 1, dispute: null });

  await a.write(patient, 'clinical', 'newword', record);
  const entries = await a.vault.records.entries(a.vault.patients.known(patient));
  const held = Buffer.from(entries.find(({ title }) => title === 'newword')?.document ?? '', 'hex');
  // The ledger arrives whole; the document does not.
  await bench.carry();
  await b.database.writeOnce('DELETE FROM document WHERE name = ?', [held]);
  await b.vault.consents.refresh();
  expect(await b.read(patient)).toContain('oldword');
  expect(await newest(b, 'oldword')).toMatchObject({ version: 1, dispute: 'newer-version-not-here' });
  // Nobody else is told so: at the clinic that keeps them both versions are there.
  await a.read(patient);
  expect(await newest(a, 'newword')).toMatchObject({ version: 2, dispute: null });

  await bench.sync();
  expect(await b.read(patient)).toContain('newword');
  expect(await newest(b, 'newword')).toMatchObject({ version: 2, dispute: null });
});

test('two documents of one compartment under each other’s names open as neither', async () => {
  await a.write(patient, 'clinical', 'firstword');
  await a.write(patient, 'clinical', 'secondword');
  await a.share({ patient, recipient: b.id, categories: ['clinical'] });
  await bench.carry();
  await b.vault.consents.refresh();
  await bench.carry();
  const handle = Object.entries(a.vault.patients.known(patient).handles).find(([name]) => name === 'clinical')?.[1] ?? '';
  const rows = await b.database.read.all<{ name: Buffer; sealed: Buffer; wrap: Buffer }>(
    'SELECT name, sealed, wrap FROM document WHERE lower(hex(handle)) = ?',
    [handle],
  );
  expect(rows).toHaveLength(2);
  const [one, other] = rows as [(typeof rows)[0], (typeof rows)[0]];
  const put = 'UPDATE document SET sealed = ?, wrap = ? WHERE name = ?';
  await b.database.writeOnce(put, [other.sealed, other.wrap, one.name]);
  await b.database.writeOnce(put, [one.sealed, one.wrap, other.name]);
  await b.vault.consents.refresh();
  expect(await b.read(patient)).toEqual(['Test Canarybird']);
});

test.each(['sealed', 'wrap'] as const)('what arrives with an altered %s opens as nothing', async (part) => {
  await a.write(patient, 'clinical', 'truthword');
  await a.share({ patient, recipient: b.id, categories: ['clinical'] });
  await bench.carry();
  await b.vault.consents.refresh();
  await bench.carry();
  const rows = await b.database.read.all<{ name: Buffer; sealed: Buffer; wrap: Buffer }>(
    'SELECT name, sealed, wrap FROM document',
  );
  expect(rows.length).toBeGreaterThan(1);
  for (const { name, ...parts } of rows) {
    const altered = Buffer.from(parts[part]);
    altered[altered.length - 1] = (altered.at(-1) as number) ^ 1;
    await b.database.writeOnce(`UPDATE document SET ${part} = ? WHERE name = ?`, [altered, name]);
  }
  await b.vault.consents.refresh();
  expect(await b.read(patient)).toEqual([]);
});

test('what a grant opened closes the moment it is over, in a chart that stays open', async () => {
  await a.write(patient, 'clinical', 'timeword');
  const ends = bench.time + 60_000;
  await a.share({ patient, recipient: b.id, categories: ['clinical'], ends });
  await bench.sync();
  expect(await b.read(patient)).toContain('timeword');
  bench.time = ends;
  await expect(b.vault.charts.chart(patient)).rejects.toMatchObject({ code: 'consent.nothing-open' });
  await expect(b.vault.teleNotes.list(patient)).rejects.toMatchObject({ code: 'consent.nothing-open' });
  await b.vault.consents.refresh();
  bench.time = ends - 30_000;
  await b.vault.consents.refresh();
  // The clock is back before the end, and the keys do not come back with it.
  expect(b.vault.patients.get(patient)).toBeUndefined();
  for (const handle of Object.values(a.vault.patients.known(patient).handles))
    expect(await b.context.keyStore.getKeys('compartment', [Buffer.from(handle, 'hex')])).toEqual([]);
});

test('a recipient writes nothing into what was shared with it, whatever its own program says', async () => {
  await a.write(patient, 'clinical', 'theirword');
  await a.share({ patient, recipient: b.id, categories: ['clinical'] });
  await bench.sync();
  await b.read(patient);
  const record = (await b.vault.charts.chart(patient)).all().find(({ title }) => title === 'theirword')?.record as string;
  // Past every check of the resolvers: straight into the store that they use.
  await b.write(patient, 'clinical', 'forgedword', record).catch(() => undefined);
  await bench.sync();
  await a.read(patient);
  expect((await a.vault.charts.chart(patient)).all().map(({ title }) => title)).not.toContain('forgedword');
  const custodians = (await a.context.gateway.stateList('compartment/')).map(({ value }) => toHex(value).slice(0, 64));
  expect(new Set(custodians)).toEqual(new Set([a.id]));
});
