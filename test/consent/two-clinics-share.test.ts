import { expect, test } from 'vitest';
import { toHex } from '../../shared/encoding/bytes.ts';
import { MORNING } from '../support/ledger-builder.ts';
import { type BenchClinic, everyFile, PASSPHRASE, RegionBench } from './region-bench.ts';

const code = (name: string) => expect.objectContaining({ code: name });

async function two(): Promise<{ bench: RegionBench; a: BenchClinic; b: BenchClinic; patient: string }> {
  const { bench, clinics } = await RegionBench.found(['A', 'B']);
  const [a, b] = clinics as [BenchClinic, BenchClinic];
  const patient = await a.register('Canarybird');
  await a.write(patient, 'clinical', 'clinicalword');
  await a.write(patient, 'medication', 'medicationword');
  await a.write(patient, 'sensitive', 'sensitiveword');
  return { bench, a, b, patient };
}

test('the recipient opens exactly what was shared, and nothing before', async () => {
  const { bench, a, b, patient } = await two();
  await bench.sync();
  expect(b.vault.patients.get(patient)).toBeUndefined();

  const given = await a.share({ patient, recipient: b.id, categories: ['clinical'] });
  expect(given.state).toBe('ACTIVE');
  await bench.sync();
  expect(await b.read(patient)).toEqual(['Test Canarybird', 'clinicalword']);
  expect(b.vault.patients.known(patient)).toMatchObject({ custodian: a.id, summary: { family: 'Canarybird' } });
  expect((await b.vault.patients.find('canarybird', 5, undefined)).patients).toHaveLength(1);
  expect(Object.keys(b.vault.patients.known(patient).handles).sort()).toEqual(['clinical', 'identity']);

  // What is written later in a shared category arrives; in another it does not.
  await a.write(patient, 'clinical', 'laterword');
  await a.write(patient, 'sensitive', 'latersecret');
  await bench.sync();
  expect(await b.read(patient)).toContain('laterword');
  const copied = everyFile(await b.copy());
  for (const word of ['Canarybird', 'clinicalword', 'laterword', 'sensitiveword']) expect(copied).not.toContain(word);
  const sensitive = a.vault.patients.known(patient).handles.sensitive as string;
  await b.context.keyStore.loadCompartmentKeys([Buffer.from(sensitive, 'hex')]);
  expect(b.context.keyStore.currentCompartmentKey(Buffer.from(sensitive, 'hex'))).toBeUndefined();
});
