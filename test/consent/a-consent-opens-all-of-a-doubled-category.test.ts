/**
 * A category that desks of one clinic began apart lies in two compartments. What a patient shares, takes back, lets expire, keeps from
 * people of the clinic or has erased is the category: all of it, whenever the second compartment came to light.
 */
import { beforeEach, expect, test } from 'vitest';
import { documentsOf } from '../../server/sync/clinic.store.ts';
import {
  compartmentsOf,
  handlesIn,
  joinedCompartments,
  withoutCompartments,
} from '../../server/sync/vault-context/patient-compartments.ts';
import { personalAct } from '../../server/sync/vault-context/personal-act.ts';
import type { CompartmentName } from '../../server/sync/vault-context/vault-context.ts';
import { consentWithdrawnBody } from '../../shared/consent/consent-rules.ts';
import { fromHex } from '../../shared/encoding/bytes.ts';
import { byKey } from '../support/second-factor.ts';
import { type BenchClinic, PASSPHRASE } from './bench-clinic.ts';
import { RegionBench } from './region-bench.ts';

const HOUR = 3_600_000;

let bench: RegionBench;
let a: BenchClinic;
let b: BenchClinic;
let patient: string;

beforeEach(async () => {
  const { bench: opened, clinics } = await RegionBench.found(['A', 'B']);
  bench = opened;
  [a, b] = clinics as [BenchClinic, BenchClinic];
  patient = await a.register('Canarybird');
  await a.write(patient, 'clinical', 'first');
});

/** What another desk did that did not know of the category, and what its mail then says: the same rows. */
async function begunElsewhere(category: CompartmentName, act: () => Promise<unknown>): Promise<void> {
  const { patients } = a.vault;
  const before = patients.known(patient);
  await patients.applied([{ ...before, ...withoutCompartments(before, new Set(compartmentsOf(before, category))) }]);
  await act();
  const joined = { ...before, ...joinedCompartments(before, patients.known(patient)) };
  expect(compartmentsOf(joined, category)).toHaveLength(2);
  await a.context.gateway.commit({ rows: [patients.row(joined)] });
  await patients.applied([joined]);
}

const secondBegun = () => begunElsewhere('clinical', () => a.write(patient, 'clinical', 'second'));
const share = (change: { ends?: number } = {}) => a.share({ patient, recipient: b.id, categories: ['clinical'], ...change });
const everything = ['Test Canarybird', 'first', 'second'];

async function expectNothingLeft(handles: readonly string[]): Promise<void> {
  expect(b.vault.patients.get(patient)).toBeUndefined();
  for (const handle of handles.map(fromHex)) {
    expect(await documentsOf(b.database.read, handle)).toEqual([]);
    expect(await b.context.keyStore.getKeys('compartment', [handle])).toEqual([]);
  }
}

test('given over a category that lies in two compartments, or given before the second came to light, it opens both; withdrawn, it leaves neither', async () => {
  const early = await share();
  await bench.sync();
  expect(await b.read(patient)).toEqual(['Test Canarybird', 'first']);
  await secondBegun();
  await bench.sync();
  await bench.sync();
  expect(await b.read(patient)).toEqual(everything);
  const handles = handlesIn(b.vault.patients.known(patient));
  expect(handles).toHaveLength(3);

  bench.time += HOUR;
  const late = await a.share({ patient, recipient: b.id, categories: ['clinical'], starts: bench.time });
  expect(late.record.grants.map(({ category }) => category).sort()).toEqual(['clinical', 'clinical', 'identity']);
  await bench.sync();
  await a.withdraw(early.record.id);
  await bench.sync();
  expect(await b.read(patient)).toEqual(everything);
  await a.write(patient, 'clinical', 'third');
  await bench.sync();
  expect(await b.read(patient)).toEqual([...everything, 'third']);

  const ended = await a.withdraw(late.record.id);
  expect(ended.state).toBe('WITHDRAWN');
  await bench.sync();
  await expectNothingLeft(handles);
  expect((await a.vault.consents.list(patient)).map(({ state }) => state)).toEqual(['WITHDRAWN', 'WITHDRAWN']);
});

test('a part that was given while the patient ended the others elsewhere ends as well, and nothing is given under what has ended', async () => {
  const { record } = await share();
  await bench.sync();
  await secondBegun();
  await bench.sync();
  await bench.sync();
  const handles = handlesIn(b.vault.patients.known(patient));
  // As at a kiosk that knew of the first parts only.
  const end = record.grants.map(({ grant, handle }) =>
    personalAct(a.context, {
      type: 'consent.withdrawn',
      handle: fromHex(handle),
      codec: consentWithdrawnBody,
      body: { grant: fromHex(grant) },
    }),
  );
  await a.context.gateway.commit({ events: end });
  await bench.sync();
  await bench.sync();
  await expectNothingLeft(handles);
  expect((await a.vault.consents.list(patient)).map(({ state }) => state)).toEqual(['WITHDRAWN']);

  bench.time += HOUR;
  const again = await a.share({ patient, recipient: b.id, categories: ['identity'], starts: bench.time });
  expect(again.record.grants).toHaveLength(1);
  await bench.sync();
  expect(await b.read(patient)).toEqual(['Test Canarybird']);
});

test('its end comes to both compartments in the same minute', async () => {
  await secondBegun();
  const { record } = await share({ ends: bench.time + HOUR });
  expect(record.grants).toHaveLength(3);
  await bench.sync();
  expect(await b.read(patient)).toEqual(everything);
  const handles = handlesIn(b.vault.patients.known(patient));
  bench.time += HOUR;
  await expect(b.vault.charts.open(patient, 'TREAT')).rejects.toMatchObject({ code: 'consent.nothing-open' });
  await b.vault.consents.refresh();
  await expectNothingLeft(handles);
  expect(await b.context.gateway.stateList('access-purged/')).toHaveLength(3);
});

test('an emergency is answered with both compartments', async () => {
  await secondBegun();
  await a.share({ patient, recipient: b.id, categories: ['identity'], purpose: 'HRESCH' });
  await bench.sync();
  const wish = { patient, reason: 'unconscious', words: 'found so', categories: ['identity', 'clinical'] };
  await byKey(b.context.keyStore, () => b.vault.consents.glass.break(wish));
  await b.vault.charts.open(patient, 'ETREAT');
  const listed = async () => (await b.vault.charts.entries(patient)).map(({ title }) => title).sort();
  expect(await listed()).toEqual(['Test Canarybird']);
  await bench.sync();
  await bench.sync();
  expect(await listed()).toEqual(everything);
});

test('what is kept from somebody is kept in both compartments, and rules of either desk hold', async () => {
  const keep = (category: string) =>
    a.vault.consents.restrictions.restrict(
      { patient, people: [], roles: ['nurse'], categories: [category], labels: [], verification: 'in person' },
      PASSPHRASE,
    );
  await secondBegun();
  bench.time += HOUR;
  await keep('clinical');
  await begunElsewhere('consents', () => keep('sensitive'));
  const { restrictions } = a.vault.consents;
  const standing = await restrictions.list(patient);
  expect(standing.flatMap(({ record }) => record.choices.categories).sort()).toEqual(['clinical', 'sensitive']);
  const readAs = async (role: string) => {
    Object.assign(a.context.staff, { role });
    return a.read(patient);
  };
  expect(await readAs('nurse')).toEqual(['Test Canarybird']);
  expect(await readAs('administrator')).toEqual(everything);
  for (const { record } of standing) await restrictions.lift(patient, record.id, PASSPHRASE);
  expect(await readAs('nurse')).toEqual(everything);
});

test('erased, neither clinic has anything of either compartment', async () => {
  await share();
  await secondBegun();
  await bench.sync();
  await bench.sync();
  expect(await b.read(patient)).toEqual(everything);
  const clinical = compartmentsOf(a.vault.patients.known(patient), 'clinical');
  await a.vault.erasures.setRetention('NONE', 0, PASSPHRASE);
  await a.vault.erasures.erase({ patient, ground: 'objection', categories: ['clinical'] }, PASSPHRASE);
  await bench.sync();
  await bench.sync();
  for (const { database, context } of [a, b])
    for (const handle of clinical.map(fromHex)) {
      expect(await documentsOf(database.read, handle)).toEqual([]);
      expect(await context.keyStore.getKeys('compartment', [handle])).toEqual([]);
    }
  expect(await b.read(patient)).toEqual(['Test Canarybird']);
});
