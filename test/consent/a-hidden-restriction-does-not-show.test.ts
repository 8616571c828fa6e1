import { expect, test } from 'vitest';
import { Readings } from '../../server/consent/readings.ts';
import type { OpenVault } from '../../server/graphql/domains.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { isJsonObject, type JsonValue } from '../../shared/fhir/strict-json.ts';
import { ClinicDesk, PASSPHRASE } from '../support/clinic-desk.ts';
import { bytesFor, MORNING } from '../support/ledger-builder.ts';
import { byKey } from '../support/second-factor.ts';
import { withoutIds } from '../support/without-ids.ts';

const NURSE = { name: 'Nina Nurse', role: 'nurse' } as const;
const ADMINISTRATOR = { name: 'Dr. Ada Frey', role: 'administrator' } as const;
const register = 'mutation ($input: RegisterPatientInput!) { registerPatient(input: $input, evenSo: true) { patient { id } } }';
const put = 'mutation ($input: PutRecordInput!) { putRecord(input: $input) { id } }';
const open = 'mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }';
const restrict = `mutation ($input: RestrictionInput!, $passphrase: String!) {
  restrict(input: $input, passphrase: $passphrase) { id people roles categories labels recordedBy liftedAt } }`;
const restrictions = 'query ($patient: ID!) { restrictions(patient: $patient) { id liftedAt } }';

const item = 'id section resourceType title code date status value version author recordedAt progress dispute waiting';
const chart = `query ($patient: ID!) { chart(patient: $patient) {
  patient { id name deceased } categories sections { section count } seriesCodes { code }
  problems: items(section: PROBLEM, search: "") { totalCount edges { node { ${item} } } }
  found: items(section: PROBLEM, search: "psych") { totalCount edges { node { id } } }
  other: items(section: OTHER) { totalCount edges { node { id } } }
  consents: items(section: CONSENT) { totalCount edges { node { id } } }
  vitals: items(section: VITAL) { totalCount edges { node { id } } }
  summary { problems { ${item} } allergies { ${item} } medications { ${item} } vitals { ${item} } encounters { ${item} } } } }`;
const record = `query ($patient: ID!, $id: ID!) { record(patient: $patient, id: $id) {
  item { ${item} } undoable resource missingReferences history { version document } } }`;
const others = `query ($patient: ID!) { conflicts { id } proposals(patient: $patient) { id } drafts(patient: $patient) { key }
  consents(patient: $patient) { id } teleNotes(patient: $patient) { id } consentExceptions(patient: $patient) { kind value name }
  patients(search: "canary", first: 5) { totalCount edges { node { id } } } }`;

interface Told {
  readonly desk: ClinicDesk;
  readonly vault: OpenVault;
  readonly patient: string;
  readonly seen: string;
  readonly hidden: readonly string[];
}

/** What a nurse is answered, and how often the desk wrote for it, in a clinic with the parts that are kept from nurses or without. */
async function told(hasParts: boolean): Promise<Told> {
  let time = MORNING;
  const desk = await ClinicDesk.open({ label: 'twin', staff: ADMINISTRATOR, clock: () => time });
  await desk.unlock();
  const person = {
    family: 'Canary',
    given: ['Paula'],
    birthDate: '1980-02-29',
  };
  const { registerPatient } = await desk.ask<{ registerPatient: { patient: { id: string } } }>(register, { input: person });
  const patient = registerPatient.patient.id;
  await desk.ask(open, { patient });
  const hidden: string[] = [];
  const write = async (text: string, more: object, isPart = false): Promise<string> => {
    time += 10;
    if (isPart && !hasParts) return '';
    const subject = { reference: `Patient/${patient}` };
    const resource = JSON.stringify({ resourceType: 'Condition', subject, code: { text }, ...more });
    const { putRecord } = await desk.ask<{ putRecord: { id: string } }>(put, { input: { patient, resource, reason: null } });
    if (isPart) hidden.push(putRecord.id);
    return putRecord.id;
  };
  const label = (code: string) => ({
    meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code }] },
  });
  await write('Asthma', {});
  await write('psychiatric stay', { id: 'stay', ...label('PSY') }, true);
  const shown = await write('Follow-up', { evidence: [{ detail: [{ reference: 'Condition/stay' }] }] });
  await write('genital herpes', label('SEX'), true);
  time += 1_000;
  if (hasParts) {
    const input = {
      patient,
      people: [],
      roles: ['nurse'],
      categories: ['SENSITIVE'],
      labels: ['PSY'],
      verification: 'in person',
    };
    const given = await desk.ask<{ restrict: object }>(restrict, { input, passphrase: PASSPHRASE });
    expect(given.restrict).toMatchObject({
      roles: ['nurse'],
      categories: ['SENSITIVE'],
      recordedBy: ADMINISTRATOR.name,
      liftedAt: null,
    });
  }
  await desk.lock();

  const vault = await desk.unlock(NURSE);
  const commits = desk.commits;
  const answers: JsonValue[] = [];
  const ask = async (query: string, more: object = {}): Promise<void> => {
    answers.push(await desk.ask<JsonValue>(query, { patient, ...more }).catch((error) => `${error.code} ${error.message}`));
  };
  const changes = await desk.follow('subscription { changed { patients records topics } }');
  await ask(open);
  await ask(chart);
  await ask(record, { id: shown });
  await ask(record, { id: hidden[0] ?? 'ab'.repeat(16) });
  await ask('query ($patient: ID!, $id: ID!) { receipt(patient: $patient, record: $id) { json } }', {
    id: hidden[1] ?? 'cd'.repeat(16),
  });
  await ask(put, {
    input: {
      patient,
      record: hidden[0] ?? 'ab'.repeat(16),
      resource: JSON.stringify({ resourceType: 'Condition', subject: { reference: `Patient/${patient}` }, code: { text: 'x' } }),
    },
  });
  await ask(others);
  await ask(restrictions);
  time += 10;
  // What the nurse writes there herself does not vanish from her sight.
  await ask(put, {
    input: {
      patient,
      resource: JSON.stringify({
        resourceType: 'Condition',
        ...label('PSY'),
        subject: { reference: `Patient/${patient}` },
        code: { text: 'low mood' },
      }),
    },
  });
  await ask(chart);
  answers.push((await changes.next()).value as JsonValue);
  await changes.return?.();
  answers.push(desk.commits - commits);
  expect(answers.filter((each) => typeof each === 'string')).toHaveLength(4);
  expect(isJsonObject(answers[1])).toBe(true);
  return { desk, vault, patient, seen: JSON.stringify(answers), hidden };
}

test('who is kept from parts of a record is answered byte for byte as if they did not exist', async () => {
  const [kept, twin] = [await told(true), await told(false)];
  expect(withoutIds(kept.seen)).toBe(withoutIds(twin.seen));
  for (const id of kept.hidden) expect(kept.seen).not.toContain(id);
  expect(kept.seen).toContain('low mood');

  // A change that touches only what is kept from her is not heard.
  const { desk, vault, patient } = kept;
  const change = { patients: [patient], records: [kept.hidden[0] as string] };
  expect(await vault.request.charts.heard(change)).toEqual({});
  expect(await vault.request.charts.heard({ ...change, topics: ['import'], patients: [...change.patients, 'other'] })).toEqual({
    patients: ['other'],
    records: [],
    topics: ['import'],
  });

  // An emergency that is logged as one opens them; who recorded the restriction sees it, and lifting it opens them for good.
  const wish = { patient, reason: 'life-threat', words: 'found on the street', categories: [] };
  await byKey(desk.keyStore, () => vault.request.consents.glass.break(wish));
  await vault.request.charts.open(patient, 'ETREAT');
  const titles = async () => (await vault.request.charts.chart(patient)).all().map(({ title }) => title);
  expect(await titles()).toEqual(expect.arrayContaining(['psychiatric stay', 'genital herpes']));
  await desk.lock();
  await desk.unlock(ADMINISTRATOR);
  const { restrictions: listed } = await desk.ask<{ restrictions: { id: string }[] }>(restrictions, { patient });
  expect(listed).toHaveLength(1);
  const { accessLog } = await desk.ask<{ accessLog: { edges: { node: { action: string } }[] } }>(
    'query ($patient: ID!) { accessLog(patient: $patient) { edges { node { action } } } }',
    { patient },
  );
  // Nothing in the log says that somebody looked at restrictions.
  expect(new Set(accessLog.edges.map(({ node }) => node.action))).toEqual(
    new Set(['open', 'consents', 'break-glass', 'access-log']),
  );
  const readers =
    'query ($patient: ID!) { whoCouldOpen(patient: $patient) { name role own opens { purpose categories reason partial } } }';
  const { whoCouldOpen } = await desk.ask<{ whoCouldOpen: object[] }>(readers, { patient });
  expect(whoCouldOpen).toHaveLength(1);
  const lift = () =>
    desk.ask(
      'mutation ($patient: ID!, $id: ID!, $passphrase: String!) { liftRestriction(patient: $patient, id: $id, passphrase: $passphrase) { liftedAt } }',
      { patient, id: listed[0]?.id, passphrase: PASSPHRASE },
    );
  await lift();
  await expect(lift()).rejects.toMatchObject({ code: 'consent.restriction-unknown' });
  await desk.lock();
  const after = await desk.unlock(NURSE);
  await after.request.charts.open(patient, 'TREAT');
  expect((await after.request.charts.chart(patient)).all().map(({ title }) => title)).toContain('psychiatric stay');
}, 120_000);

test('nobody restricts what they themselves read, and a wish that is not whole is refused', async () => {
  const desk = await ClinicDesk.open({ staff: ADMINISTRATOR, clock: () => MORNING });
  await desk.unlock();
  const person = {
    family: 'Canary',
    given: ['Paula'],
    birthDate: '1980-02-29',
  };
  const { registerPatient } = await desk.ask<{ registerPatient: { patient: { id: string } } }>(register, { input: person });
  const whole = {
    patient: registerPatient.patient.id,
    people: [],
    roles: ['nurse'],
    categories: ['SENSITIVE'],
    labels: [],
    verification: 'by phone',
  };
  for (const [code, change] of [
    ['consent.restricts-yourself', { roles: ['administrator'] }],
    ['consent.restriction-incomplete', { roles: [] }],
    ['consent.restriction-incomplete', { roles: ['everybody'] }],
    ['consent.restriction-incomplete', { categories: ['IDENTITY'] }],
    ['consent.restriction-incomplete', { labels: ['XYZ'] }],
    ['consent.restriction-incomplete', { verification: ' ' }],
  ] as const)
    await expect(desk.ask(restrict, { input: { ...whole, ...change }, passphrase: PASSPHRASE })).rejects.toMatchObject({ code });
  await expect(desk.ask(restrict, { input: whole, passphrase: 'not the passphrase' })).rejects.toMatchObject({
    code: 'vault.passphrase-wrong',
  });
}, 60_000);

test('what one role may read is not answered to another who comes after', async () => {
  const chain = bytesFor('a clinic');
  const staff: { id: Uint8Array; role: string } = { id: bytesFor('a person'), role: 'clinician' };
  const context = { chain, staff, gateway: { time: async () => MORNING } };
  const readings = new Readings({ context } as never, { inForce: async () => [] } as never);
  const patient = { id: 'aa', custodian: toHex(chain), handles: {}, shared: [] } as never;
  expect((await readings.of(patient, 'TREAT')).categories).toContain('clinical');
  staff.role = 'reception';
  expect((await readings.of(patient, 'TREAT')).categories).not.toContain('clinical');
});
