import { expect, test } from 'vitest';
import { type BenchClinic, PASSPHRASE } from '../consent/bench-clinic.ts';
import { RegionBench } from '../consent/region-bench.ts';
import { everyFile } from '../support/every-file.ts';
import { MORNING } from '../support/ledger-builder.ts';

const DAY = 86_400_000;

test('a reward is earned and paid by who promised it; the words are for the patient’s clinic alone', async () => {
  const { bench, clinics } = await RegionBench.found(['Institute', 'A', 'B']);
  const [institute, a, b] = clinics as [BenchClinic, BenchClinic, BenchClinic];
  const terms = {
    title: 'Sleep and asthma',
    description: '',
    purposes: ['DUO:0000042'],
    categories: ['clinical'],
    criteria: '',
    reward: '20 euros',
    minimumGroup: 5,
    opens: MORNING,
    expires: MORNING + 10 * DAY,
  };
  const { marketplace } = institute.vault;
  await expect(marketplace.publish(terms, PASSPHRASE, { currency: 'euro', amount: 1 })).rejects.toMatchObject({
    code: 'marketplace.terms',
  });
  const offer = await marketplace.publish(terms, PASSPHRASE, { currency: 'EUR', amount: 2_000 });
  expect(offer.promised).toEqual({ currency: 'EUR', amount: 2_000 });
  await bench.sync();
  const patient = await a.register('Bird');
  await a.share({ patient, recipient: institute.id, categories: ['clinical'], purpose: 'HRESCH' });
  await a.vault.marketplace.join(patient, offer.id, PASSPHRASE);
  await bench.sync();

  const [participant] = await marketplace.participantsOf(offer.id);
  const who = participant?.handle as string;
  await expect(a.vault.marketplace.participantsOf(offer.id)).rejects.toMatchObject({ code: 'marketplace.offer-of-another' });
  const earn = (amount: number, words = 'canary-visit') =>
    marketplace.benefits.earned(offer.id, who, { amount, words }, PASSPHRASE);
  await expect(earn(0)).rejects.toMatchObject({ code: 'marketplace.amount' });
  await expect(earn(500, ' ')).rejects.toMatchObject({ code: 'marketplace.words' });
  await expect(earn(2_001)).rejects.toMatchObject({ code: 'ledger.refused', details: { reason: 'more-than-promised' } });
  await expect(
    marketplace.benefits.earned(offer.id, 'ab'.repeat(16), { amount: 1, words: 'x' }, PASSPHRASE),
  ).rejects.toMatchObject({ code: 'marketplace.not-taking-part' });
  await earn(500);
  const owed = (await marketplace.participantsOf(offer.id))[0]?.benefits[0];
  expect(owed).toMatchObject({ amount: 500, paidAt: undefined, earnedFor: 'canary-visit' });
  await bench.sync();
  expect(await a.vault.marketplace.earnedBy(patient)).toMatchObject([
    { amount: 500, currency: 'EUR', paidAt: undefined, earnedFor: 'canary-visit', paidBy: '' },
  ]);

  const pay = () => marketplace.benefits.paid(offer.id, who, { benefit: owed?.id ?? '', words: 'canary-voucher' }, PASSPHRASE);
  await pay();
  await expect(pay()).rejects.toMatchObject({ code: 'ledger.refused', details: { reason: 'paid-already' } });
  await bench.sync();
  const [shown] = await a.vault.marketplace.participations(patient);
  expect(shown?.benefits).toMatchObject([{ amount: 500, paidAt: bench.time, paidBy: 'canary-voucher' }]);
  await expect(a.vault.marketplace.benefitReceipt(patient, owed?.id ?? '')).rejects.toMatchObject({ code: 'ledger.pending' });

  // Another clinic knows that somebody was paid and not what for; what lay on the way was sealed.
  expect(await b.vault.marketplace.benefits.of([who])).toMatchObject([{ amount: 500, earnedFor: '', paidBy: '' }]);
  for (const each of [institute, a, b]) expect(everyFile(each.folder)).not.toMatch(/canary-(visit|voucher)/);
  expect(bench.messages.map(({ body }) => Buffer.from(body).toString('latin1')).join('')).not.toContain('canary');
});

test('a letter about a benefit is believed from the publisher alone', async () => {
  const { bench, clinics } = await RegionBench.found(['Institute', 'A', 'B']);
  const [institute, a, b] = clinics as [BenchClinic, BenchClinic, BenchClinic];
  const terms = { title: 'T', description: '', purposes: ['DUO:0000042'], categories: ['clinical'], criteria: '', reward: '' };
  const period = { minimumGroup: 5, opens: MORNING, expires: MORNING + DAY };
  const money = { currency: 'EUR', amount: 100 };
  const offer = await institute.vault.marketplace.publish({ ...terms, ...period }, PASSPHRASE, money);
  await bench.sync();
  const patient = await a.register('Bird');
  await a.share({ patient, recipient: institute.id, categories: ['clinical'], purpose: 'HRESCH' });
  await a.vault.marketplace.join(patient, offer.id, PASSPHRASE);
  await bench.sync();
  const who = (await institute.vault.marketplace.participantsOf(offer.id))[0]?.handle as string;
  await institute.vault.marketplace.benefits.earned(offer.id, who, { amount: 100, words: 'true words' }, PASSPHRASE);
  await bench.carry();
  const letter = bench.messages.find(({ kind }) => kind === 'benefit');
  // The same letter, said to be of another clinic: it is dropped, and the true one still counts.
  if (letter) await bench.inject(a, { ...letter, senderChain: b.clinic.chain });
  await bench.sync();
  expect(await a.vault.marketplace.earnedBy(patient)).toMatchObject([{ earnedFor: 'true words' }]);
});
