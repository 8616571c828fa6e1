import { expect, test } from 'vitest';
import { type BenchClinic, PASSPHRASE } from './bench-clinic.ts';
import { RegionBench } from './region-bench.ts';

test('a clinic with a grant is told of each card that home binds, replaces or ends, until somebody there has noted it; others are not', async () => {
  const { bench, clinics } = await RegionBench.found(['Home', 'Reader', 'Stranger']);
  const [home, reader, stranger] = clinics as [BenchClinic, BenchClinic, BenchClinic];
  const patient = await home.register('Birch');
  const wish = { patient, recipient: reader.id, categories: ['clinical'] };
  const given = await home.share(wish);
  await bench.sync();
  const told = () => reader.vault.consents.cardNews();
  expect(await told()).toEqual([]);

  await home.issueCard(patient);
  await bench.sync();
  const [bound] = await told();
  expect(bound).toMatchObject({ patient, patientName: 'Test Birch', clinicName: 'Clinic Home', change: 'BOUND', at: bench.time });
  await reader.vault.consents.noteCardNews(bound!.id);
  expect(await told()).toEqual([]);

  bench.time += 3_600_000;
  await home.issueCard(patient);
  await bench.sync();
  const [replaced] = await told();
  expect(replaced).toMatchObject({ patient, change: 'BOUND', at: bench.time });
  await expect(reader.vault.consents.noteCardNews(bound!.id)).rejects.toMatchObject({ code: 'card.no-news' });
  await reader.vault.consents.noteCardNews(replaced!.id);

  // Who is shared anew is met anew, with the card that they have then.
  await home.withdraw(given.record.id);
  await bench.sync();
  await home.share({ ...wish, starts: bench.time });
  await bench.sync();
  expect(await told()).toEqual([]);
  await home.vault.careCards.end(patient, PASSPHRASE);
  await bench.sync();
  const [ended] = await told();
  expect(ended).toMatchObject({ patient, change: 'ENDED', at: bench.time });
  await reader.vault.consents.noteCardNews(ended!.id);

  // Given and ended again before anybody of that clinic looked; and seen, noted, and ended.
  for (const isSeen of [false, true]) {
    bench.time += 3_600_000;
    await home.issueCard(patient);
    if (isSeen) {
      await bench.sync();
      await reader.vault.consents.noteCardNews((await told())[0]!.id);
    }
    await home.vault.careCards.end(patient, PASSPHRASE);
    await bench.sync();
    const [passed] = await told();
    expect(passed).toMatchObject({ patient, change: isSeen ? 'ENDED' : 'BOUND_AND_ENDED', at: bench.time });
    await reader.vault.consents.noteCardNews(passed!.id);
    expect(await told()).toEqual([]);
  }
  for (const other of [home, stranger]) expect(await other.vault.consents.cardNews()).toEqual([]);
});
