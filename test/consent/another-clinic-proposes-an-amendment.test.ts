import { expect, test } from 'vitest';
import { summaryOf } from '../../server/records/chart-view.ts';
import type { StandingProposal } from '../../server/records/conflicts/proposals.ts';
import { fromUtf8, toHex } from '../../shared/encoding/bytes.ts';
import { everyFile } from '../support/every-file.ts';
import type { BenchClinic } from './bench-clinic.ts';
import { RegionBench } from './region-bench.ts';

const allergy = (patient: string, word: string, status = 'active'): string =>
  JSON.stringify({
    resourceType: 'AllergyIntolerance',
    clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: status }] },
    code: { text: word },
    patient: { reference: `Patient/${patient}` },
  });
const observation = (patient: string, word: string, value = word): string =>
  JSON.stringify({
    resourceType: 'Observation',
    status: 'final',
    code: { text: word },
    subject: { reference: `Patient/${patient}` },
    valueString: `value ${value}`,
  });

interface Shared {
  readonly bench: RegionBench;
  readonly a: BenchClinic;
  readonly b: BenchClinic;
  readonly c: BenchClinic;
  readonly patient: string;
  readonly record: string;
}

async function shared(): Promise<Shared> {
  const { bench, clinics } = await RegionBench.found(['A', 'B', 'C']);
  const [a, b, c] = clinics as [BenchClinic, BenchClinic, BenchClinic];
  const patient = await a.register('Canarybird');
  const { record } = await putAt(a, patient, observation(patient, 'clinicalword'));
  for (const other of [b, c]) await a.share({ patient, recipient: other.id, categories: ['clinical'] });
  await bench.sync();
  for (const clinic of [a, b, c]) await clinic.vault.charts.open(patient, 'TREAT');
  return { bench, a, b, c, patient, record };
}

async function putAt(clinic: BenchClinic, patient: string, resource: string, record?: string) {
  const { entry, content } = await clinic.context.fhir.check(resource);
  const { category, summary, fhirId } = entry;
  if (category === null) throw new Error('belongs to nobody');
  return clinic.vault.records.put({ patient, record, category, kind: 'fhir', content, summary, fhirId, reason: 'test' });
}

const propose = ({ vault }: BenchClinic, patient: string, resource: string, record?: string): Promise<StandingProposal> =>
  vault.conflicts.propose(vault.patients.known(patient), { patient, record, basedOn: undefined, resource, reason: 'seen here' });
const standing = async ({ vault }: BenchClinic, patient: string) =>
  (await vault.proposals.of(vault.patients.known(patient))).map(({ state, answer }) => [state, answer?.reason]);
const textOf = async ({ vault }: BenchClinic, patient: string, record: string) => {
  const owner = vault.patients.known(patient);
  return (await vault.records.versions(owner, await vault.records.entry(owner, record))).map(({ content }) => fromUtf8(content));
};
const warnings = async ({ context, vault }: BenchClinic, patient: string) => {
  const open = new Set(await vault.charts.categories(patient));
  const { allergies } = await summaryOf(
    context,
    vault.conflicts,
    vault.patients.known(patient),
    await vault.charts.chart(patient),
    open,
  );
  return allergies.map(({ title, proposedBy }) => [title, proposedBy]);
};

test('it waits in the inbox of who keeps the record, is taken over element by element, and both sides see whose it was', async () => {
  const { bench, a, b, c, patient, record } = await shared();
  const { proposal } = await propose(b, patient, observation(patient, 'clinicalword', 'betterword'), record);
  expect(await standing(b, patient)).toEqual([['WAITING', undefined]]);
  expect(b.vault.conflicts.waiting).toEqual([]);
  await bench.sync();
  expect(a.vault.conflicts.waiting.map(({ document, from }) => [document, from])).toEqual([[proposal.document, b.id]]);
  expect(c.vault.conflicts.waiting).toEqual([]);
  expect(await standing(c, patient)).toEqual([]);

  const opened = await a.vault.conflicts.open(patient, proposal.document);
  expect(opened.differences.map(({ element, changedBy }) => [element, changedBy])).toEqual([['value[x]', 'late']]);
  expect(opened.late).toMatchObject({ authorName: 'Dr. B', reason: 'seen here' });
  const settle = (fromLate: string[]) =>
    a.vault.conflicts.settle({ patient, conflict: proposal.document, basedOn: 1, fromLate, reason: 'they are right' });
  await expect(settle([])).rejects.toMatchObject({ code: 'records.take-or-decline' });
  expect(await settle(['value[x]'])).toMatchObject({ record, version: 2, authorName: 'Dr. A' });
  await bench.sync();
  expect(await standing(b, patient)).toEqual([['TAKEN', undefined]]);
  expect((await textOf(b, patient, record))[0]).toContain('betterword');
  expect((await textOf(c, patient, record))[0]).toContain('betterword');
  const owner = b.vault.patients.known(patient);
  const [newest] = await b.vault.records.versions(owner, await b.vault.records.entry(owner, record));
  expect(newest?.proposedBy).toMatchObject({ clinic: b.id, authorName: 'Dr. B', author: toHex(b.context.staff.id) });
  // What has been decided does not stay at the hub.
  expect(bench.messages.filter(({ kind }) => kind === 'amendment')).toEqual([]);

  await a.vault.conflicts.undo(patient, record, 'ask again');
  await bench.sync();
  expect(await standing(b, patient)).toEqual([['WAITING', undefined]]);
  expect(a.vault.conflicts.waiting).toHaveLength(1);
});

test('it is declined with a reason that the other clinic reads and nobody else, and waits again when that is taken back', async () => {
  const { bench, a, b, c, patient, record } = await shared();
  const { proposal } = await propose(b, patient, observation(patient, 'clinicalword', 'otherword'), record);
  await bench.sync();
  await expect(a.vault.conflicts.decline(patient, proposal.document, ' ')).rejects.toMatchObject({
    code: 'records.reason-missing',
  });
  await a.vault.conflicts.decline(patient, proposal.document, 'measured on the wrong arm');
  await bench.sync();
  expect(a.vault.conflicts.waiting).toEqual([]);
  expect(await standing(b, patient)).toEqual([['DECLINED', 'measured on the wrong arm']]);
  expect(await textOf(a, patient, record)).toHaveLength(1);
  for (const clinic of [a, b, c]) {
    const bytes = everyFile(await clinic.copy());
    for (const word of ['otherword', 'wrong arm', 'seen here']) expect(bytes).not.toContain(word);
  }
  await a.vault.conflicts.reopen(patient, proposal.document);
  await bench.sync();
  expect(await standing(b, patient)).toEqual([['WAITING', undefined]]);
  expect(a.vault.conflicts.waiting).toHaveLength(1);
});

test('a proposed allergy warns at once where the records are kept, and is in the chart only when somebody takes it over', async () => {
  const { bench, a, b, c, patient } = await shared();
  const { proposal } = await propose(b, patient, allergy(patient, 'Penicillin'));
  expect(await warnings(b, patient)).toEqual([['Penicillin', 'Clinic B']]);
  await bench.sync();
  expect(await warnings(a, patient)).toEqual([['Penicillin', 'Clinic B']]);
  expect(await warnings(c, patient)).toEqual([]);
  expect((await a.vault.charts.chart(patient)).get(proposal.record)).toBeUndefined();
  const { current, isWhole, differences } = await a.vault.conflicts.open(patient, proposal.document);
  expect([current, isWhole]).toEqual([undefined, true]);
  expect(differences.every(({ safety }) => safety)).toBe(true);
  const fromLate = differences.map(({ element }) => element);
  await a.vault.conflicts.settle({ patient, conflict: proposal.document, basedOn: 0, fromLate, reason: 'as they say' });
  await bench.sync();
  for (const clinic of [a, b, c]) expect(await warnings(clinic, patient)).toEqual([['Penicillin', null]]);
});

test('an older proposal takes no warning away', async () => {
  const { bench, a, b, patient } = await shared();
  const { record } = await putAt(a, patient, allergy(patient, 'Latex', 'active'));
  await bench.sync();
  await propose(b, patient, allergy(patient, 'Latex', 'resolved'), record);
  await bench.sync();
  expect(await warnings(a, patient)).toEqual([['Latex', null]]);
  const second = await putAt(a, patient, allergy(patient, 'Nuts', 'resolved'));
  await bench.sync();
  await propose(b, patient, allergy(patient, 'Nuts', 'active'), second.record);
  await bench.sync();
  expect((await warnings(a, patient)).sort()).toEqual([
    ['Latex', null],
    ['Nuts', 'Clinic B'],
  ]);
});

test('both are away: what each wrote meanwhile is there afterwards, the proposal against the newest version', async () => {
  const { bench, a, b, patient, record } = await shared();
  await propose(b, patient, observation(patient, 'clinicalword', 'theirs'), record);
  await putAt(a, patient, observation(patient, 'clinicalword', 'ours'), record);
  await bench.sync();
  const [waiting] = a.vault.conflicts.waiting;
  const opened = await a.vault.conflicts.open(patient, waiting?.document ?? '');
  expect(opened.differences).toMatchObject([
    { element: 'value[x]', changedBy: 'both', current: expect.stringContaining('ours'), late: expect.stringContaining('theirs') },
  ]);
  expect(opened.current?.version).toBe(2);
});

test('who may not propose is told so before anything is written', async () => {
  const { bench, a, b, c, patient, record } = await shared();
  await expect(propose(a, patient, observation(patient, 'own'), record)).rejects.toMatchObject({ code: 'records.ours' });
  const medication = `{"resourceType":"MedicationStatement","status":"active","medicationCodeableConcept":{"text":"x"},"subject":{"reference":"Patient/${patient}"}}`;
  await expect(propose(b, patient, medication)).rejects.toMatchObject({ code: 'records.not-shared' });
  await expect(propose(b, patient, observation('somebody-else', 'x'), record)).rejects.toMatchObject({
    code: 'records.other-patient',
  });
  const research = await a.share({ patient, recipient: c.id, categories: ['clinical'], purpose: 'HRESCH' });
  expect(research.state).toBe('ACTIVE');
  await bench.sync();
  await c.vault.charts.open(patient, 'HRESCH');
  await expect(propose(c, patient, observation(patient, 'x'), record)).rejects.toMatchObject({
    code: 'records.purpose-not-treatment',
  });
});

test('when the consent ends, what was proposed leaves the desk that proposed it; a proposal that comes after it counts for nothing', async () => {
  const { bench, a, b, patient, record } = await shared();
  await propose(b, patient, observation(patient, 'clinicalword', 'first'), record);
  await bench.sync();
  const consents = await a.vault.consents.list(patient);
  const ours = consents.find(({ record: each }) => each.choices.recipient === b.id);
  // B does not know yet that the consent is withdrawn.
  await a.withdraw(ours?.record.id ?? '');
  await propose(b, patient, observation(patient, 'clinicalword', 'second'), record);
  await bench.sync();
  await bench.sync();
  expect(b.vault.patients.get(patient)).toBeUndefined();
  expect(await b.database.read.all("SELECT 1 FROM vault_row WHERE kind LIKE 'proposal%'")).toEqual([]);
  expect(a.vault.conflicts.waiting.map(({ row }) => row.version)).toEqual([2]);
});

test('a letter that no event names, or of another clinic, is not opened', async () => {
  const { bench, a, b, c, patient, record } = await shared();
  await propose(b, patient, observation(patient, 'clinicalword', 'theirs'), record);
  await bench.carry();
  const [letter] = bench.messages.filter(({ kind }) => kind === 'amendment');
  if (!letter) throw new Error('no letter');
  await bench.inject(a, { kind: 'amendment', senderChain: c.clinic.chain, senderDevice: c.ledger.device, body: letter.body });
  const altered = Uint8Array.from(letter.body);
  altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1;
  await bench.inject(a, { kind: 'amendment', senderChain: b.clinic.chain, senderDevice: b.ledger.device, body: altered });
  await a.vault.conflicts.look();
  expect(await standing(a, patient)).toEqual([['WAITING', undefined]]);
});
