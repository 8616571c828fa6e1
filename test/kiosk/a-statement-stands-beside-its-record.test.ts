import { expect, test } from 'vitest';
import { factsOf } from '../../server/consent/readings.ts';
import { layStatement } from '../../server/records/records.ts';
import type { ChartEntry, PatientEntry, VaultContext } from '../../server/sync/vault-context/vault-context.ts';
import { internationalSummary } from '../../shared/fhir/international-summary.ts';
import { Facade } from '../fhir-api/facade.ts';
import { PASSPHRASE } from '../support/clinic-desk.ts';
import { patient } from '../support/fhir-files.ts';
import { MORNING } from '../support/ledger-builder.ts';

const WORDS = 'I never had this: Canarydissent.';
const said = (record: string) => ({
  id: 'ab'.repeat(16),
  patient: '',
  about: 'disagreement' as const,
  line: undefined,
  record,
  words: WORDS,
  by: '',
  openedAt: MORNING,
  answer: undefined,
  isAsAnchored: true,
});
const condition =
  '{"resourceType":"Condition","id":"c1","meta":{"security":[{"code":"PSY"}]},"subject":{"reference":"Patient/p1"},"code":{"text":"Panic"},"onsetDateTime":"2019-04-02"}';
const OPEN = 'mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }';
const ITEMS = `query ($patient: ID!) { chart(patient: $patient) {
  problems: items(section: PROBLEM) { edges { node { id version disagreements { record words } } } }
  notes: items(section: NOTE) { totalCount } } }`;
const FILE = `mutation ($patient: ID!, $record: ID!, $words: String!, $saidBy: String) {
  fileDisagreement(patient: $patient, record: $record, words: $words, saidBy: $saidBy) { id } }`;
const COMPLAINTS = '{ accessComplaints { id about words by isAsAnchored record { section date } } }';
interface Complained {
  readonly accessComplaints: readonly object[];
}
const PUT = 'mutation ($input: PutRecordInput!) { putRecord(input: $input) { id } }';

interface Shown {
  readonly chart: {
    readonly problems: {
      readonly edges: ReadonlyArray<{ readonly node: { id: string; version: number; disagreements: object[] } }>;
    };
    readonly notes: { readonly totalCount: number };
  };
}

test('the words stand at the record through every version, nobody changes them, and what hides the record hides them', async () => {
  const facade = await Facade.open();
  await facade.imports({ 'Patient.ndjson': patient('p1'), 'Condition.ndjson': condition });
  const { desk } = facade;
  const id = [...(await facade.request.patients.find('', 1, undefined)).patients][0]?.patient.id as string;
  const entry = () => facade.request.patients.known(id);
  const [record] = (await facade.request.records.entries(entry())).filter(({ resourceType }) => resourceType === 'Condition');
  const lay = () =>
    layStatement(
      { context: facade.request.vault as VaultContext, records: facade.request.records },
      entry(),
      said(record?.record as string),
      {},
    );
  await lay();
  // Taken in again it is still one.
  await lay();
  await desk.ask(OPEN, { patient: id });
  const shown = async () => (await desk.ask<Shown>(ITEMS, { patient: id })).chart;
  const stands = [{ record: 'ab'.repeat(16), words: WORDS }];
  expect((await shown()).problems.edges[0]?.node).toMatchObject({ version: 1, disagreements: stands });

  const amended = condition.replace('Panic', 'Panic disorder');
  await desk.ask(PUT, { input: { patient: id, record: record?.record, basedOn: 1, resource: amended, reason: 'Named anew' } });
  expect((await shown()).problems.edges[0]?.node).toMatchObject({ version: 2, disagreements: stands });
  const changed = `{"resourceType":"Communication","status":"completed","subject":{"reference":"Patient/p1"},"payload":[{"contentString":"I agree"}]}`;
  await expect(
    desk.ask(PUT, { input: { patient: id, record: 'ab'.repeat(16), basedOn: 1, resource: changed, reason: 'x' } }),
  ).rejects.toMatchObject({ code: 'records.statement-stays' });
  // Nor does anybody else say it in their name: the same text, written by staff, is a message like others.
  const [statement] = await facade.request.records.newest(
    (await facade.request.records.entries(entry())).filter(({ record: each }) => each === 'ab'.repeat(16)),
  );
  const forged = Buffer.from(statement?.content ?? [])
    .toString()
    .replace(WORDS, 'I agree');
  await desk.ask(PUT, { input: { patient: id, resource: forged } });
  expect((await shown()).problems.edges[0]?.node.disagreements).toEqual(stands);

  const token = await facade.token();
  const everything = await facade.ask('/Patient/p1/$everything', token);
  expect(everything.text).toContain(WORDS);
  expect(everything.text).toContain('"reference":"Condition/c1"');

  await desk.ask(
    'mutation ($input: RestrictionInput!, $passphrase: String!) { restrict(input: $input, passphrase: $passphrase) { id } }',
    {
      input: { patient: id, people: [], roles: ['nurse'], categories: [], labels: ['PSY'], verification: 'in-person' },
      passphrase: PASSPHRASE,
    },
  );
  await facade.signIn({ name: 'Nina Nurse', role: 'nurse' });
  await desk.ask(OPEN, { patient: id });
  const asNurse = await shown();
  expect(asNurse.problems.edges).toEqual([]);
  expect(JSON.stringify(asNurse)).not.toContain('Canarydissent');
});

test('a patient without a card hands it in on paper: a desk puts it beside the record, the privacy officer has it, and it says who wrote it down', async () => {
  const facade = await Facade.open();
  await facade.imports({ 'Patient.ndjson': patient('p1'), 'Condition.ndjson': condition });
  const { desk } = facade;
  const id = [...(await facade.request.patients.find('', 1, undefined)).patients][0]?.patient.id as string;
  await desk.ask(OPEN, { patient: id });
  const shown = async () => (await desk.ask<Shown>(ITEMS, { patient: id })).chart.problems.edges[0]?.node;
  const record = (await shown())?.id as string;
  const file = (asked: object) => desk.ask(FILE, { patient: id, record, words: WORDS, ...asked });

  await expect(file({ words: ' ' })).rejects.toMatchObject({ code: 'access.no-words' });
  await expect(file({ saidBy: 'two\nlines' })).rejects.toMatchObject({ code: 'records.says-who' });
  await expect(file({ record: 'ab'.repeat(16) })).rejects.toMatchObject({ code: 'records.unknown' });
  expect((await shown())?.disagreements).toEqual([]);
  const before = (await desk.ask<Complained>(COMPLAINTS)).accessComplaints;
  expect(before).toEqual([]);

  await file({ saidBy: 'Their daughter' });
  const [said] = ((await shown())?.disagreements ?? []) as Array<{ record: string; words: string }>;
  expect(said?.words).toBe(WORDS);
  const { accessComplaints } = await desk.ask<Complained>(COMPLAINTS);
  const writer = facade.request.vault.staff.name;
  const disputed = { section: 'PROBLEM', date: '2019-04-02' };
  expect(accessComplaints).toEqual([
    { id: said?.record, about: 'DISAGREEMENT', words: WORDS, by: writer, isAsAnchored: true, record: disputed },
  ]);
  const everything = await facade.ask('/Patient/p1/$everything', await facade.token());
  expect(everything.text).toContain('"display":"Their daughter"');
  expect(everything.text).toContain(`"authorString":${JSON.stringify(writer)}`);
  // No statement stands beside another one.
  await expect(file({ record: said?.record })).rejects.toMatchObject({ code: 'records.statement-about' });

  const RESTRICT =
    'mutation ($input: RestrictionInput!, $passphrase: String!) { restrict(input: $input, passphrase: $passphrase) { id } }';
  const hidden = { people: [], roles: ['nurse', 'administrator'], categories: [], labels: ['PSY'] };
  await facade.signIn({ name: 'Pia Privacy', role: 'privacy-officer' });
  await desk.ask(RESTRICT, { input: { patient: id, ...hidden, verification: 'in-person' }, passphrase: PASSPHRASE });
  // Who answers for the clinic is told where the record stands; who reads charts, and is kept from it, not even that.
  expect((await desk.ask<Complained>(COMPLAINTS)).accessComplaints).toMatchObject([{ record: disputed }]);
  await facade.signIn({ name: 'Ada Frey', role: 'administrator' });
  expect((await desk.ask<Complained>(COMPLAINTS)).accessComplaints).toMatchObject([{ record: null }]);
  await facade.signIn({ name: 'Nina Nurse', role: 'nurse' });
  await desk.ask(OPEN, { patient: id });
  // Who is kept from a record learns nothing of it by disputing it.
  await expect(file({})).rejects.toMatchObject({ code: 'records.unknown' });
});

test('the International Patient Summary has them at the record, and as a part of its own', () => {
  const json = '{"resourceType":"Communication"}';
  const problem = { section: 'problem', resourceType: 'Condition', id: 'c1', title: 'Panic', json: '{}' };
  const bundle = JSON.parse(
    internationalSummary({ id: '0'.repeat(32), time: 0, clinic: 'A', patient: { id: 'p', json: '{}' } }, [
      { ...problem, disagreements: [{ id: 's1', words: WORDS, json }] },
    ]),
  ) as { entry: Array<{ fullUrl: string; resource: { section?: Array<{ title: string; text: { div: string } }> } }> };
  const sections = bundle.entry[0]?.resource.section ?? [];
  expect(sections[0]?.text.div).toContain(`Panic – Patient disagrees: ${WORDS}`);
  expect(sections.at(-1)).toMatchObject({ entry: [{ reference: 'Communication/s1' }] });
  expect(bundle.entry.at(-1)?.fullUrl).toMatch(/Communication\/s1$/);
});

test('whoever is kept from a record by its author or its time is kept from what is said against it, whoever laid it there and when', () => {
  const about = { record: 'aa'.repeat(16), author: 'bb'.repeat(32), written: MORNING - 5, date: '2025-12-01', words: WORDS };
  const laid = {
    record: 'cc'.repeat(16),
    author: 'dd'.repeat(32),
    time: MORNING,
    date: '2026-01-05',
    resourceType: 'Communication',
  };
  const facts = factsOf({ custodian: 'ee'.repeat(32) } as PatientEntry, { ...laid, about } as ChartEntry);
  expect(facts).toMatchObject({
    record: about.record,
    author: about.author,
    written: about.written,
    happened: Date.UTC(2025, 11, 1),
  });
});
