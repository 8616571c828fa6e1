/** Papers have an end, and say so. */
import '../support/quick-passphrases.ts';
import { expect, test } from 'vitest';
import { filedSections } from '../../server/kiosk/filed.ts';
import type { ChartEntry } from '../../server/sync/vault-context/vault-context.ts';
import { atKiosk } from '../care-card/card-at-a-kiosk.ts';
import type { BenchClinic } from '../consent/bench-clinic.ts';
import { RegionBench } from '../consent/region-bench.ts';

const entry = (at: number): ChartEntry =>
  ({
    record: `${at}`,
    title: `Result ${at}`,
    section: 'result',
    status: 'final',
    date: new Date(Date.UTC(2026, 0, 1) + at * 86_400_000).toISOString().slice(0, 10),
  }) as ChartEntry;

test('of a long record the newest lines are listed, and how many older ones are not', () => {
  const [section, ...others] = filedSections(Array.from({ length: 52 }, (_, at) => entry(at)));
  expect(others).toEqual([]);
  expect(section?.lines).toHaveLength(40);
  expect(section?.lines[0]?.text).toBe('Result 51');
  expect(section?.leftOut).toBe(12);
});

test('of a short one nothing is left out, and nothing is said of it', () => {
  expect(filedSections([entry(0), entry(1)])[0]).not.toHaveProperty('leftOut');
});

test('a file that has no room for all records says how many are not in it', async () => {
  const { bench, clinics } = await RegionBench.found(['Home', 'Other']);
  const [home] = clinics as [BenchClinic, BenchClinic];
  const patient = await home.register('Long');
  const note = [{ text: 'x'.repeat(150_000) }];
  for (let at = 0; at < 6; at++) await home.write(patient, 'clinical', `result ${at}`, undefined, { note });
  const card = await home.issueCard(patient);
  for (let round = 0; round < 2; round++) {
    await home.vault.careCards.refresh();
    await home.vault.patientFiles.refresh();
    await bench.sync();
  }
  await atKiosk(home, card, async (_, own) => {
    const { file } = await own.file();
    const kept = JSON.parse(file.export) as { entry: unknown[] };
    expect(file.exportLeftOut).toBeGreaterThan(0);
    const all = (await home.vault.records.entries(home.vault.patients.known(patient))).filter(
      ({ fhirId, resourceType }) => fhirId !== '' || resourceType !== 'Binary',
    );
    expect(kept.entry.length + (file.exportLeftOut ?? 0)).toBe(all.length);
  });
}, 60_000);
