import { expect, test } from 'vitest';
import { MORNING } from '../support/ledger-builder.ts';
import { type BenchClinic, PASSPHRASE } from './bench-clinic.ts';
import { RegionBench } from './region-bench.ts';

test('nothing is signed unless text, passphrase, patient and recipient are the right ones', async () => {
  const { bench, clinics } = await RegionBench.found(['A', 'B']);
  const [a, b] = clinics as [BenchClinic, BenchClinic];
  const patient = await a.register('Canarybird');
  const wish = {
    patient,
    recipient: b.id,
    categories: ['clinical'],
    purpose: 'TREAT',
    starts: MORNING,
    ends: null,
    verification: 'in person',
    language: 'en',
  };
  const { consents } = a.vault;
  const text = await consents.text(wish);
  expect(await consents.text({ ...wish, categories: ['clinical', 'identity'] })).toEqual(text);
  const other = await consents.text({ ...wish, categories: ['clinical', 'sensitive'] });
  expect(other.hash).not.toBe(text.hash);

  const refused: Array<[string, () => Promise<unknown>]> = [
    ['consent.text-changed', () => consents.give(wish, other.hash, PASSPHRASE)],
    ['consent.text-changed', () => consents.give({ ...wish, ends: MORNING + 1 }, text.hash, PASSPHRASE)],
    ['consent.text-changed', () => consents.give(wish, '', PASSPHRASE)],
    ['vault.passphrase-wrong', () => consents.give(wish, text.hash, 'not the passphrase')],
    ['consent.recipient-unknown', () => consents.text({ ...wish, recipient: '00'.repeat(32) })],
    ['consent.recipient-is-custodian', () => consents.text({ ...wish, recipient: a.id })],
    ['patients.unknown', () => consents.text({ ...wish, patient: '00'.repeat(16) })],
    ['consent.unknown', () => consents.withdraw('00'.repeat(16), PASSPHRASE)],
    ['consent.unknown', () => consents.withdraw('nonsense', PASSPHRASE)],
  ];
  for (const [code, act] of refused) await expect(act(), code).rejects.toMatchObject({ code });
  expect(await a.context.gateway.stateList('grant/')).toEqual([]);
  expect(await consents.list(patient)).toEqual([]);

  const given = await consents.give(wish, text.hash, PASSPHRASE);
  expect(given).toMatchObject({ recordedBy: 'Dr. A', record: { text: text.text } });
  await expect(consents.give(wish, text.hash, PASSPHRASE)).rejects.toMatchObject({ code: 'consent.recorded-already' });
  await expect(consents.withdraw(given.record.id, 'not the passphrase')).rejects.toMatchObject({
    code: 'vault.passphrase-wrong',
  });
  expect((await consents.list(patient))[0]?.state).toBe('ACTIVE');

  // Who was given the records cannot give them on.
  await bench.sync();
  await expect(b.vault.consents.text({ ...wish, recipient: a.id })).rejects.toMatchObject({ code: 'consent.not-the-custodian' });
  await expect(b.withdraw(given.record.id)).rejects.toMatchObject({ code: 'consent.unknown' });
});
