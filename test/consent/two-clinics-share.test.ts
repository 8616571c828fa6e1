import { randomBytes } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { takeInArrived } from '../../server/consent/arrived-records.ts';
import {
  lineName,
  reconciliationOf,
  reconciliationText,
  signReconciliation,
} from '../../server/records/medications/reconcile-medications.ts';
import { isPurged } from '../../server/sync/clinic-mail/clinic-mail-receiving.ts';
import { NOBODY } from '../../server/sync/vault-context/vault-context.ts';
import { fromHex, toBase64, toHex } from '../../shared/encoding/bytes.ts';
import { ATTACHMENT_PIECE } from '../../shared/records/attachment.ts';
import { everyFile } from '../support/every-file.ts';
import { type BenchClinic, PASSPHRASE } from './bench-clinic.ts';
import { RegionBench } from './region-bench.ts';

async function three(): Promise<{ bench: RegionBench; a: BenchClinic; b: BenchClinic; c: BenchClinic; patient: string }> {
  const { bench, clinics } = await RegionBench.found(['A', 'B', 'C']);
  const [a, b, c] = clinics as [BenchClinic, BenchClinic, BenchClinic];
  const patient = await a.register('Canarybird');
  await a.write(patient, 'clinical', 'clinicalword');
  await a.write(patient, 'medication', 'medicationword');
  await a.write(patient, 'sensitive', 'sensitiveword');
  return { bench, a, b, c, patient };
}

test('the recipient opens exactly what was shared, and nothing before', async () => {
  const { bench, a, b, c, patient } = await three();
  await bench.sync();
  expect(b.vault.patients.get(patient)).toBeUndefined();

  expect((await a.share({ patient, recipient: b.id, categories: ['clinical'] })).state).toBe('ACTIVE');
  await bench.sync();
  expect(await b.read(patient)).toEqual(['Test Canarybird', 'clinicalword']);
  expect(b.vault.patients.known(patient)).toMatchObject({ custodian: a.id, summary: { family: 'Canarybird' } });
  expect((await b.vault.patients.find('canarybird', 5, undefined)).patients).toHaveLength(1);
  expect(Object.keys(b.vault.patients.known(patient).handles).sort()).toEqual(['clinical', 'identity']);
  expect(c.vault.patients.get(patient)).toBeUndefined();

  const sensitive = fromHex(a.vault.patients.known(patient).handles.sensitive as string);
  await b.context.keyStore.loadCompartmentKeys([sensitive]);
  expect(b.context.keyStore.currentCompartmentKey(sensitive)).toBeUndefined();
});

test('what is written later in a shared category arrives, also where there was nothing yet, and amendments replace', async () => {
  const { bench, a, b, patient } = await three();
  await a.share({ patient, recipient: b.id, categories: ['clinical', 'telemedicine'] });
  await bench.sync();
  const later = await a.write(patient, 'clinical', 'laterword');
  await a.write(patient, 'telemedicine', 'teleword');
  await a.write(patient, 'sensitive', 'latersecret');
  await bench.sync();
  expect(await b.read(patient)).toEqual(['Test Canarybird', 'clinicalword', 'laterword', 'teleword']);
  await a.write(patient, 'clinical', 'mendedword', later);
  await bench.sync();
  expect(await b.read(patient)).toEqual(['Test Canarybird', 'clinicalword', 'mendedword', 'teleword']);
});

test('the recipient reads the signed terms, and nothing of what is shared with others', async () => {
  const { bench, a, b, c, patient } = await three();
  const given = await a.share({ patient, recipient: b.id, categories: ['clinical'], language: 'de' });
  await a.share({ patient, recipient: c.id, categories: ['sensitive'] });
  await bench.sync();
  const seen = await b.vault.consents.list(patient);
  expect(seen).toHaveLength(1);
  expect(seen[0]).toMatchObject({ state: 'ACTIVE', record: given.record });
  expect(seen[0]?.record.text).toContain('Klinische Daten');
  expect(await a.vault.consents.list(patient)).toHaveLength(2);
  expect(await b.read(patient)).not.toContain('sensitiveword');
  expect(await c.read(patient)).toEqual(['Test Canarybird', 'sensitiveword']);
});

const SEXUAL = { meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'SEX' }] } };

test('what a consent leaves out stays closed: by label, by visit, by who wrote, and also under another consent', async () => {
  const { bench, a, b, patient } = await three();
  await a.write(patient, 'sensitive', 'sexualword', undefined, SEXUAL);
  await a.write(patient, 'clinical', 'visitword', undefined, { encounter: { reference: 'urn:uuid:v-1' } });
  await a.write(patient, 'clinical', 'Visit one', undefined, {
    resourceType: 'Encounter',
    id: 'v-1',
    type: [{ text: 'Visit one' }],
  });
  const categories = ['clinical', 'sensitive'];
  const exceptions = [
    { kind: 'label', value: 'SEX' },
    { kind: 'encounter', value: 'Encounter/v-1' },
  ];
  const given = await a.share({ patient, recipient: b.id, categories, exceptions });
  expect(given.record.text).toContain('- Entries marked as: sexual health (SEX)\n');
  expect(given.record.text).toContain('- Entries of the visit: Visit one');
  await bench.sync();
  const open = ['Test Canarybird', 'clinicalword', 'sensitiveword'];
  expect(await b.read(patient)).toEqual(open);
  // A statement of disagreement is as open as the record that it stands beside, there as here.
  await a.disagree(patient, 'visitword', 'The visit was another one.');
  await a.disagree(patient, 'sensitiveword', 'It was not so.');
  open.push('sensitiveword');
  await bench.sync();
  expect(await b.read(patient)).toEqual(open);
  expect((await b.vault.charts.chart(patient)).all().flatMap(({ about }) => about?.words ?? [])).toEqual(['It was not so.']);
  expect((await b.vault.consents.list(patient))[0]?.record.choices).toEqual(given.record.choices);
  await a.share({ patient, recipient: b.id, categories });
  await bench.sync();
  expect(await b.read(patient)).toEqual(open);

  const author = toHex(a.context.staff.id);
  const all = await a.share({ patient, recipient: b.id, categories, exceptions: [{ kind: 'author', value: author }] });
  expect(all.record.text).toContain(`- Entries written by: ${a.context.staff.name} (`);
  await bench.sync();
  expect(await b.read(patient)).toEqual([]);
  await expect(
    a.share({ patient, recipient: b.id, categories, exceptions: [{ kind: 'author', value: 'ab'.repeat(32) }] }),
  ).rejects.toMatchObject({ code: 'consent.exception-unknown' });
});

test('it opens for the purpose of the consent and for no other', async () => {
  const { bench, a, b, patient } = await three();
  await a.share({ patient, recipient: b.id, categories: ['clinical'], purpose: 'HRESCH' });
  await bench.sync();
  await expect(b.vault.charts.open(patient, 'TREAT')).rejects.toMatchObject({ code: 'consent.nothing-open' });
  await expect(b.vault.charts.open(patient, 'everything')).rejects.toMatchObject({ code: 'consent.nothing-open' });
  expect(await b.read(patient, 'HRESCH')).toContain('clinicalword');
});

test('the custodian sees who opened the chart elsewhere, when and why', async () => {
  const { bench, a, b, patient } = await three();
  await a.share({ patient, recipient: b.id, categories: ['clinical'] });
  await bench.sync();
  await b.read(patient);
  bench.time += 60_000;
  await b.read(patient);
  await bench.sync();
  const lines = (await a.vault.access.linesOf(patient)).filter(({ chain }) => chain === b.id);
  expect(lines.map(({ who, purpose, action, at }) => ({ who, purpose, action, at }))).toEqual([
    { who: 'Dr. B', purpose: 'TREAT', action: 'open', at: bench.time },
    { who: 'Dr. B', purpose: 'TREAT', action: 'open', at: bench.time - 60_000 },
  ]);
});

test('one purpose ends and the other goes on over the same records', async () => {
  const { bench, a, b, patient } = await three();
  const treat = await a.share({ patient, recipient: b.id, categories: ['clinical'] });
  await a.share({ patient, recipient: b.id, categories: ['clinical'], purpose: 'HRESCH' });
  await bench.sync();
  await a.withdraw(treat.record.id);
  await a.write(patient, 'clinical', 'laterword');
  await bench.sync();
  await expect(b.vault.charts.open(patient, 'TREAT')).rejects.toMatchObject({ code: 'consent.nothing-open' });
  expect(await b.read(patient, 'HRESCH')).toEqual(['Test Canarybird', 'clinicalword', 'laterword']);
});

test('no file of either clinic says a word of it', async () => {
  const { bench, a, b, patient } = await three();
  await a.share({ patient, recipient: b.id, categories: ['clinical'], verification: 'verificationword' });
  await bench.sync();
  await b.read(patient);
  await bench.sync();
  for (const clinic of [a, b]) {
    const bytes = everyFile(await clinic.copy());
    for (const word of ['Canarybird', 'clinicalword', 'sensitiveword', 'verificationword', 'CONSENT TO SHARE', 'Dr. B'])
      if (word !== 'Dr. B' || clinic === a) expect(bytes).not.toContain(word);
  }
});

/** A file of two pieces in a chart, and its record. */
async function attach({ vault: { attachments, charts } }: BenchClinic, patient: string, name: string) {
  const content = randomBytes(ATTACHMENT_PIECE + 500);
  const file = { patient, name, type: 'application/pdf', size: content.length, modified: 1 };
  await charts.open(patient, 'TREAT');
  await attachments.begin(file, name);
  await attachments.put(file, 0, toBase64(content.subarray(0, ATTACHMENT_PIECE)));
  await attachments.put(file, 1, toBase64(content.subarray(ATTACHMENT_PIECE)));
  const { record } = await attachments.finish(file);
  return { record, pieces: [content.subarray(0, ATTACHMENT_PIECE), content.subarray(ATTACHMENT_PIECE)].map(toBase64) };
}

test('files of a shared category open where the consent opens it, of every key epoch, and are gone with it', async () => {
  const { bench, a, b, c, patient } = await three();
  const before = await attach(a, patient, 'before.pdf');
  // Somebody else had it for a while: what was attached before lies under an earlier key than what came after.
  const earlier = await a.share({ patient, recipient: c.id, categories: ['clinical'] });
  await bench.sync();
  await a.withdraw(earlier.record.id);
  await bench.sync();
  const after = await attach(a, patient, 'after.pdf');
  const { record: consent } = await a.share({ patient, recipient: b.id, categories: ['clinical'] });
  await a.share({ patient, recipient: c.id, categories: ['medication'] });
  await bench.sync();

  await b.vault.charts.open(patient, 'TREAT');
  for (const { record, pieces } of [before, after]) {
    const found = await b.vault.attachments.of(patient, record);
    expect(found).toMatchObject({ type: 'application/pdf', size: ATTACHMENT_PIECE + 500 });
    expect(await Promise.all([0, 1].map((index) => b.vault.attachments.piece(patient, record, index)))).toEqual(pieces);
  }
  // They are read there; nothing is attached to another clinic's chart.
  const file = { patient, name: 'x.pdf', type: 'application/pdf', size: 1, modified: 1 };
  await expect(b.vault.attachments.begin(file, 'x')).rejects.toThrow();
  // Another category opens none of them.
  await c.vault.charts.open(patient, 'TREAT');
  await expect(c.vault.attachments.of(patient, after.record)).rejects.toMatchObject({ code: 'records.unknown' });
  const sealed = async ({ database }: BenchClinic): Promise<number> =>
    (await database.read.all('SELECT name FROM document WHERE length(sealed) > 700000', [])).length;
  expect([await sealed(b), await sealed(c)]).toEqual([2, 0]);

  await a.withdraw(consent.id);
  await bench.sync();
  expect(await sealed(b)).toBe(0);
  await expect(b.vault.attachments.piece(patient, after.record, 0)).rejects.toThrow();
  expect(await a.vault.attachments.piece(patient, after.record, 0)).toBe(after.pieces[0]);
});

test('a name whose record another desk charted before its document was here is read once the document is', async () => {
  const { bench, a, b, patient } = await three();
  await a.share({ patient, recipient: b.id, categories: ['clinical'] });
  await bench.sync();
  const { context, vault } = b;
  // As that desk's update leaves it: the chart has the record, and the directory nobody's name.
  const nameless = { ...vault.patients.known(patient), summary: NOBODY, terms: '' };
  await context.gateway.commit({ rows: [vault.patients.row(nameless)] });
  await vault.patients.applied([nameless]);
  expect((await vault.patients.find('canarybird', 5, undefined)).patients).toEqual([]);
  const chart = await b.read(patient);
  await takeInArrived({ context, directory: vault.patients, records: vault.records, accessLog: vault.access }, new Set());
  expect((await vault.patients.find('canarybird', 5, undefined)).patients).toHaveLength(1);
  expect(await b.read(patient)).toEqual(chart);
});

test('a patient who was purged does not come back with a row that another desk wrote before; with a new consent they do', async () => {
  const { bench, a, b, patient } = await three();
  const consent = await a.share({ patient, recipient: b.id, categories: ['clinical'] });
  await bench.sync();
  const { consents, patients } = b.vault;
  const parts = { directory: patients, areOver: (grants: readonly string[]) => consents.areOver(grants) };
  const theirs = patients.known(patient);
  expect(await isPurged(parts, theirs)).toBe(false);
  await a.withdraw(consent.record.id);
  await bench.sync();
  expect(patients.get(patient)).toBeUndefined();
  expect(await isPurged(parts, theirs)).toBe(true);
  // One that the ledger does not name here yet may be new; who is of this clinic has no consent to end.
  expect(await isPurged(parts, { ...theirs, shared: [...theirs.shared, toHex(randomBytes(16))] })).toBe(false);
  expect(await isPurged(parts, { ...theirs, shared: [] })).toBe(false);
  await a.share({ patient, recipient: b.id, categories: ['clinical'], purpose: 'HRESCH' });
  await bench.sync();
  const again = patients.known(patient);
  await patients.forgotten([patient]);
  expect(await isPurged(parts, { ...again, shared: [...theirs.shared, ...again.shared] })).toBe(false);
});

test('what a clock that is ahead says has ended waits, and opens once the clock is right', async () => {
  const { bench, a, b, patient } = await three();
  await a.share({ patient, recipient: b.id, categories: ['clinical'], ends: bench.time + 3_600_000 });
  const ahead = vi.spyOn(b.context.gateway, 'time').mockImplementation(async () => bench.time + 86_400_000);
  await bench.sync();
  expect(b.vault.patients.get(patient)).toBeUndefined();
  ahead.mockRestore();
  await bench.sync();
  expect(await b.read(patient)).toEqual(['Test Canarybird', 'clinicalword']);
});

test('a clinician reconciles with the list of the clinic that shares it: it is named, one is taken over here, nothing is written there', async () => {
  const { bench, clinics } = await RegionBench.found(['A', 'B']);
  const [a, b] = clinics as [BenchClinic, BenchClinic];
  const theirs = await a.register('Canarybird');
  const mine = await b.register('Canarybird');
  const order = (text: string) => ({ resourceType: 'MedicationRequest', intent: 'order', medicationCodeableConcept: { text } });
  const onOrder = (text: string) => ({ ...order(text), status: 'active', code: undefined, valueString: undefined });
  await a.write(theirs, 'medication', '', undefined, onOrder('Metformin 500 MG'));
  await a.write(theirs, 'medication', '', undefined, onOrder('Ramipril 5 MG'));
  await b.write(mine, 'medication', '', undefined, onOrder('Ramipril 5 MG'));
  const { charts, patients, records } = b.vault;
  const parts = { vault: b.context, charts, patients, records };
  await charts.open(mine, 'TREAT');
  await expect(reconciliationOf(parts, mine, theirs)).rejects.toMatchObject({
    code: expect.stringMatching(/^(patients|access)\./),
  });

  await a.share({ patient: theirs, recipient: b.id, categories: ['medication'] });
  await bench.sync();
  // Shared is not yet looked at: only an opened chart leaves its line there.
  await expect(reconciliationOf(parts, mine, theirs)).rejects.toMatchObject({ code: 'access.chart-not-open' });
  await charts.open(theirs, 'TREAT');
  const { lines } = await reconciliationOf(parts, mine, theirs);
  const seen = lines.map(({ chart, came }) => [
    chart.map(({ title }) => title),
    came.map(({ title, origin, from }) => [title, origin, from]),
  ]);
  expect(seen).toEqual([
    [[], [['Metformin 500 MG', 'CLINIC', 'Clinic A']]],
    [['Ramipril 5 MG'], [['Ramipril 5 MG', 'CLINIC', 'Clinic A']]],
  ]);

  const decisions = lines.map((line, at) => ({
    line: lineName(line),
    decision: at === 0 ? ('TAKE_OVER' as const) : ('KEEP' as const),
  }));
  const wanted = { patient: mine, other: theirs, at: '2026-11-28T18:00:00+01:00', decisions };
  expect(await reconciliationText(parts, wanted)).toContain('Taken over:\n  Metformin 500 MG (Clinic A)\n');
  const written = await signReconciliation(parts, wanted, PASSPHRASE);
  expect(written.map(({ resourceType }) => resourceType).sort()).toEqual(['List', 'MedicationStatement']);
  await bench.sync();
  // Nothing of it is a record of the clinic that shared, and nothing there is amended.
  await a.vault.charts.open(theirs, 'TREAT');
  const there = (await a.vault.charts.chart(theirs)).sections.get('medication') ?? [];
  expect(there.map(({ title, version }) => [title, version]).sort()).toEqual([
    ['Metformin 500 MG', 1],
    ['Ramipril 5 MG', 1],
  ]);
});
