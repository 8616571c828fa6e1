import { join } from 'node:path';
import { expect, test } from 'vitest';
import { consentDraft } from '../../server/consent/consent-records.ts';
import { dropGrants } from '../../server/consent/grant-keys.ts';
import { grantsById } from '../../server/consent/grant-rows.ts';
import { openDatabase } from '../../server/storage/database.ts';
import { documentsOf } from '../../server/sync/clinic.store.ts';
import { personalAct } from '../../server/sync/vault-context/personal-act.ts';
import { type SealingKey, sealingKey } from '../../server/vault/primitives.ts';
import { openWrap } from '../../server/vault/sealing.ts';
import { CLINIC_MIGRATIONS } from '../../server/workstation/folder/installation.ts';
import { consentWithdrawnBody } from '../../shared/consent/consent-rules.ts';
import { fromHex } from '../../shared/encoding/bytes.ts';
import { everyFile } from '../support/every-file.ts';
import type { BenchClinic } from './bench-clinic.ts';
import { RegionBench } from './region-bench.ts';

async function shared(change: { ends?: number } = {}) {
  const { bench, clinics } = await RegionBench.found(['A', 'B', 'C']);
  const [a, b, c] = clinics as [BenchClinic, BenchClinic, BenchClinic];
  const patient = await a.register('Canarybird');
  await a.write(patient, 'clinical', 'clinicalword');
  const given = await a.share({ patient, recipient: b.id, categories: ['clinical'], ...change });
  await a.share({ patient, recipient: c.id, categories: ['clinical'] });
  await bench.sync();
  expect(await b.read(patient)).toContain('clinicalword');
  const handles = Object.values(b.vault.patients.known(patient).handles).map(fromHex);
  return { bench, a, b, c, patient, given, handles };
}

/** Whatever of a clinic's keys could be one, of each that it still has: every 32 bytes of every entry of the key store. */
async function keysLeft({ context: { keyStore } }: BenchClinic): Promise<SealingKey[]> {
  const found: Uint8Array[] = [];
  for await (const entries of keyStore.everyKey())
    for (const { value } of entries) for (let at = 0; at + 32 <= value.length; at++) found.push(value.subarray(at, at + 32));
  return found.map(sealingKey);
}

/** How many of the documents in a copied database some of these keys opens. */
async function readable(folder: string, handles: readonly Uint8Array[], keys: readonly SealingKey[]): Promise<number> {
  const database = await openDatabase({
    path: join(folder, 'clinic.db'),
    migrations: CLINIC_MIGRATIONS,
    mode: 'bulk',
  });
  try {
    // The letters in which keys came are empty once they were read, so that no key of the clinic opens them again.
    expect(await database.read.all('SELECT sequence FROM incoming_message WHERE length(body) > 0')).toEqual([]);
    let count = 0;
    for (const handle of handles) {
      for (const { name, wrap } of await documentsOf(database.read, handle)) {
        const opens = keys.some((key) => {
          try {
            return openWrap(wrap, handle, name, () => key) !== undefined;
          } catch {
            return false;
          }
        });
        if (opens) count++;
      }
    }
    return count;
  } finally {
    await database.close();
  }
}

async function expectNothingLeft(b: BenchClinic, patient: string, handles: readonly Uint8Array[]): Promise<void> {
  expect(b.vault.patients.get(patient)).toBeUndefined();
  expect((await b.vault.patients.find('canarybird', 5, undefined)).patients).toHaveLength(0);
  await expect(b.vault.charts.open(patient, 'TREAT')).rejects.toMatchObject({ code: 'patients.unknown' });
  for (const handle of handles) {
    expect(await documentsOf(b.database.read, handle)).toEqual([]);
    expect(await b.context.keyStore.getKeys('compartment', [handle])).toEqual([]);
    expect(b.context.keyStore.currentCompartmentKey(handle)).toBeUndefined();
  }
}

test('withdrawn: chart, directory, search, documents and keys are gone at the next sync', async () => {
  const { bench, a, b, patient, given, handles } = await shared();
  const copied = await b.copy();
  expect(await readable(copied, handles, await keysLeft(b))).toBeGreaterThan(0);

  const withdrawn = await a.withdraw(given.record.id);
  expect(withdrawn).toMatchObject({ state: 'WITHDRAWN', record: { withdrawnAt: bench.time } });
  expect(JSON.parse(withdrawn.resource)).toMatchObject({ status: 'inactive' });
  await bench.sync();
  await expectNothingLeft(b, patient, handles);

  // The files as they were before are of no use with any key that the clinic still has, and today's say nothing.
  const keys = await keysLeft(b);
  expect(keys.length).toBeGreaterThan(0);
  expect(await readable(copied, handles, keys)).toBe(0);
  const bytes = everyFile(await b.copy());
  for (const word of ['Canarybird', 'clinicalword']) expect(bytes).not.toContain(word);
  expect(await a.vault.consents.list(patient)).toHaveLength(2);
  expect(await b.vault.access.linesOf(patient)).not.toHaveLength(0);

  // Given anew, what was there before opens again, in the same session too.
  bench.time += 60_000;
  await a.share({ patient, recipient: b.id, categories: ['clinical'], starts: bench.time });
  await bench.sync();
  await bench.sync();
  expect(await b.read(patient)).toContain('clinicalword');
});

test('what another desk has ended on the ledger is not ended again, though the record of it has not arrived', async () => {
  const { bench, a, given } = await shared();
  const ended = given.record.grants.map(({ grant, handle }) =>
    personalAct(a.context, {
      type: 'consent.withdrawn',
      handle: fromHex(handle),
      codec: consentWithdrawnBody,
      body: { grant: fromHex(grant) },
    }),
  );
  // While the passphrase is asked for is the latest moment at which it can happen.
  const { keyStore } = a.context;
  const confirm = keyStore.confirm.bind(keyStore);
  keyStore.confirm = async (passphrase) => {
    await confirm(passphrase);
    await a.context.gateway.commit({ events: ended });
  };
  await expect(a.withdraw(given.record.id)).rejects.toMatchObject({ code: 'consent.withdrawn-already' });
  keyStore.confirm = () => Promise.reject(new Error('nobody is asked for a passphrase'));
  await expect(a.withdraw(given.record.id)).rejects.toMatchObject({ code: 'consent.withdrawn-already' });
  const [listed] = (await a.vault.consents.list(given.record.choices.patient)).filter(
    ({ record }) => record.id === given.record.id,
  );
  expect(listed).toMatchObject({ state: 'WITHDRAWN', record: { withdrawnAt: undefined } });
  keyStore.confirm = confirm;
  await bench.sync();
});

test('a withdrawal that the ledger refused, as another desk’s grant came behind it, is said once more', async () => {
  const { bench, a, b, patient, given } = await shared();
  const { keyStore } = a.context;
  const entry = (await a.vault.records.entries(a.vault.patients.known(patient))).find(({ fhirId }) => fhirId === given.record.id);
  // What a refused withdrawal leaves: the record that says so, no key of the grants, and the grants as they were.
  await a.vault.records.put(consentDraft({ ...given.record, withdrawnAt: bench.time }, entry));
  await dropGrants(
    keyStore,
    given.record.grants.map(({ grant }) => grant),
  );
  await bench.sync();
  expect(b.vault.patients.get(patient)).toBeUndefined();
  const rows = await grantsById(
    b.context.gateway,
    given.record.grants.map(({ grant }) => grant),
  );
  expect([...rows.values()].map(({ withdrawn }) => withdrawn)).toEqual(given.record.grants.map(() => true));
});

test('from the withdrawal on a new key seals what is written; who stays in gets it, who left does not', async () => {
  const { bench, a, b, c, patient, given } = await shared();
  // A clinic that would not purge: its keys as they were.
  const hoarded = await keysLeft(b);
  await a.withdraw(given.record.id);
  await a.write(patient, 'clinical', 'afterword');
  await bench.sync();
  expect(await c.read(patient)).toEqual(['Test Canarybird', 'afterword', 'clinicalword']);
  const clinical = fromHex(a.vault.patients.known(patient).handles.clinical as string);
  const all = await documentsOf(a.database.read, clinical);
  expect(all).toHaveLength(2);
  expect(await readable(await a.copy(), [clinical], hoarded)).toBe(1);
});

test('a look at consents of which nothing has changed opens no key of a grant, however many stand', async () => {
  const { bench, a, patient, given } = await shared();
  const { keyStore } = a.context;
  const getKeys = keyStore.getKeys.bind(keyStore);
  let opened = 0;
  keyStore.getKeys = async (kind, ids) => {
    const keys = await getKeys(kind, ids);
    if (kind === 'grant' || kind === 'compartment') opened += keys.length;
    return keys;
  };
  await a.vault.consents.refresh();
  opened = 0;
  await a.vault.consents.refresh();
  expect(opened).toBe(0);
  // What has changed is looked at: who stays in gets the new key.
  await a.withdraw(given.record.id);
  await bench.sync();
  opened = 0;
  await a.vault.consents.refresh();
  await a.vault.consents.refresh();
  expect(opened).toBe(0);
  expect(await a.vault.consents.list(patient)).toHaveLength(2);
});

test('the hub is told to destroy the messages that carried keys', async () => {
  const { bench, a, b, given } = await shared();
  const before = bench.messages.filter(({ to }) => to === b.id).length;
  expect(before).toBe(2);
  await a.withdraw(given.record.id);
  await bench.carry();
  expect(bench.messages.filter(({ to }) => to === b.id)).toHaveLength(0);
});

test('withdrawn before it ever arrived, it opens nothing', async () => {
  const { bench, clinics } = await RegionBench.found(['A', 'B']);
  const [a, b] = clinics as [BenchClinic, BenchClinic];
  const patient = await a.register('Canarybird');
  const given = await a.share({ patient, recipient: b.id, categories: ['clinical'] });
  await a.withdraw(given.record.id);
  await bench.sync();
  expect(b.vault.patients.get(patient)).toBeUndefined();
  await expect(a.withdraw(given.record.id)).rejects.toMatchObject({ code: 'consent.withdrawn-already' });
});

test('expired: reading ends with the minute, the keys with the next look', async () => {
  const { bench, a, b, patient, given, handles } = await shared({ ends: Date.UTC(2026, 0, 5, 9) });
  bench.time = Date.UTC(2026, 0, 5, 9) - 1;
  await bench.sync();
  expect(await b.read(patient)).toContain('clinicalword');
  const copied = await b.copy();
  expect(await readable(copied, handles, await keysLeft(b))).toBeGreaterThan(0);
  bench.time += 1;
  await expect(b.vault.charts.open(patient, 'TREAT')).rejects.toMatchObject({ code: 'consent.nothing-open' });
  await b.vault.consents.refresh();
  expect(await b.context.gateway.stateList('access-purged/')).toHaveLength(2);
  await expectNothingLeft(b, patient, handles);
  // The database as it was copied before opens to no key that the clinic still has.
  const keys = await keysLeft(b);
  expect(keys.length).toBeGreaterThan(0);
  expect(await readable(copied, handles, keys)).toBe(0);
  const [latest] = (await a.vault.consents.list(patient)).filter(({ record }) => record.id === given.record.id);
  expect(latest?.state).toBe('EXPIRED');
  // The custodian moves on to another epoch for it as well.
  const clinical = fromHex(a.vault.patients.known(patient).handles.clinical as string);
  const epoch = a.context.keyStore.currentCompartmentKey(clinical)?.epoch as number;
  await a.vault.consents.refresh();
  const next = a.context.keyStore.currentCompartmentKey(clinical)?.epoch as number;
  expect(next).toBeGreaterThan(epoch);
  await a.vault.consents.refresh();
  expect(a.context.keyStore.currentCompartmentKey(clinical)?.epoch).toBe(next);
});

test('a period that begins later opens then', async () => {
  const { bench, clinics } = await RegionBench.found(['A', 'B']);
  const [a, b] = clinics as [BenchClinic, BenchClinic];
  const patient = await a.register('Canarybird');
  const given = await a.share({ patient, recipient: b.id, categories: ['clinical'], starts: bench.time + 1000 });
  expect(given.state).toBe('FUTURE');
  await bench.sync();
  expect(b.vault.patients.get(patient)).toBeUndefined();
  bench.time += 1000;
  await bench.sync();
  expect(await b.read(patient)).toEqual(['Test Canarybird']);
});

test('a purge that was cut off is done again', async () => {
  const { bench, a, b, patient, given, handles } = await shared();
  await a.withdraw(given.record.id);
  await bench.carry();
  const commit = b.context.gateway.commit;
  b.context.gateway.commit = () => Promise.reject(new Error('power cut'));
  await expect(b.vault.consents.refresh()).rejects.toThrow('power cut');
  b.context.gateway.commit = commit;
  await b.vault.consents.refresh();
  await expectNothingLeft(b, patient, handles);
});
