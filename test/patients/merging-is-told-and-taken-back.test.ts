/** Patients who are one: merges and their undoing, in any order and of any desks, come to the same, and nothing of a record is lost. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { replacedBy, withoutReplacedBy, withReplacedBy } from '../../shared/fhir/patient-link.ts';
import { patientSummary } from '../../shared/fhir/patient-summary.ts';
import { matchScore } from '../../shared/patients/match-score.ts';
import { standsFor, unionOf } from '../../shared/patients/merged-patients.ts';
import { samplePatients } from '../../shared/patients/sample-patients.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';
import { hasSharedData, sharedText } from '../support/shared-data.ts';

const people = ['a', 'b', 'c', 'd', 'e', 'f'];
const person = fc.constantFrom(...people);
/** Who says to be replaced by whom; each desk may have said anything. */
const links = fc.dictionary(person, person).map((said) => new Map(Object.entries(said).filter(([one, other]) => one !== other)));
type Links = ReadonlyMap<string, string>;

const union = (said: Links, one: string): string[] =>
  unionOf(
    one,
    (each) => said.get(each),
    (each) => people.filter((other) => said.get(other) === each),
  );
const standing = (said: Links, one: string): string => standsFor(one, (each) => said.get(each));
/** Everybody's chart, as it is shown. */
const charts = (said: Links): string[] => people.map((one) => union(said, one).toSorted().join());

describe('who is one', () => {
  test('each person is in the one chart of who stands for them, whatever desks have said', () => {
    fc.assert(
      fc.property(links, (said) => {
        for (const one of people) {
          const holder = standing(said, one);
          expect(standing(said, holder)).toBe(holder);
          expect(union(said, holder)).toContain(one);
          const whole = people.filter((other) => standing(said, other) === other && union(said, other).includes(one));
          expect(whole).toEqual([holder]);
        }
      }),
    );
  });

  test('a merge that is taken back leaves every chart as it was, whatever was merged meanwhile elsewhere', () => {
    fc.assert(
      fc.property(links, person, person, (said, one, other) => {
        fc.pre(one !== other && standing(said, one) === one && standing(said, other) === other);
        const merged = new Map(said).set(other, one);
        expect(union(merged, one).toSorted()).toEqual([...union(said, one), ...union(said, other)].toSorted());
        const back = new Map(merged);
        back.delete(other);
        expect(charts(back)).toEqual(charts(said));
      }),
    );
  });
});

describe('the record of who is replaced', () => {
  const name = fc.string({ minLength: 1, maxLength: 8 }).filter((word) => word !== 'link' && word !== '__proto__');
  const link = fc.record({
    other: fc.record({ reference: fc.constantFrom('Patient/x', 'RelatedPerson/y') }),
    type: fc.constant('seealso'),
  });
  const members = fc.dictionary(name, fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true })), { maxKeys: 5 });

  test('is byte for byte what it was when the merge is taken back', () => {
    fc.assert(
      fc.property(
        members,
        fc.option(fc.array(link, { minLength: 1, maxLength: 2 }), { nil: undefined }),
        fc.constantFrom(0, 2),
        (rest, own, indent) => {
          const before = JSON.stringify({ resourceType: 'Patient', ...(own ? { link: own } : {}), ...rest }, null, indent);
          const merged = withReplacedBy(before, 'f00d');
          expect(replacedBy(JSON.parse(merged))).toBe('f00d');
          expect(JSON.parse(merged).link.slice(0, own?.length ?? 0)).toEqual(own ?? []);
          expect(withoutReplacedBy(merged, 'f00d')).toBe(before);
          // Another program has written it anew in its own way.
          const anew = JSON.stringify({ ...JSON.parse(merged), gender: 'female' }, null, 3);
          expect(JSON.parse(withoutReplacedBy(anew, 'f00d'))).toEqual({ ...JSON.parse(before), gender: 'female' });
        },
      ),
    );
  });
});

const REGISTER = `mutation ($input: RegisterPatientInput!) { registerPatient(input: $input, evenSo: true) { patient { id } } }`;
const OPEN = 'mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }';
const PUT = 'mutation ($input: PutRecordInput!) { putRecord(input: $input) { id } }';
const MERGE =
  'mutation ($patient: ID!, $other: ID!) { mergePatients(patient: $patient, other: $other, reason: "One passport") { merged { id } } }';
const UNMERGE =
  'mutation ($patient: ID!, $other: ID!) { unmergePatients(patient: $patient, other: $other, reason: "Two after all") { merged { id } } }';
const CHART = `query ($patient: ID!) { chart(patient: $patient) { merged { id } summary { allergies { title } problems { title } } sections { section count } } }`;
const RECORD = 'query ($patient: ID!, $id: ID!) { record(patient: $patient, id: $id) { resource history { version reason } } }';

describe('at a desk', () => {
  async function twoPatients() {
    const desk = await ClinicDesk.open();
    const vault = await desk.unlock();
    const register = async (family: string): Promise<string> => {
      const input = { family, given: ['Lena'], birthDate: '1980-05-17' };
      return (await desk.ask<{ registerPatient: { patient: { id: string } } }>(REGISTER, { input })).registerPatient.patient.id;
    };
    const [lena, maria] = [await register('Morgenstern'), await register('Morgan')];
    const put = async (patient: string, resource: object, record?: string, basedOn?: number): Promise<string> => {
      const input = { patient, record, basedOn, resource: JSON.stringify(resource), ...(record ? { reason: 'More' } : {}) };
      return (await desk.ask<{ putRecord: { id: string } }>(PUT, { input })).putRecord.id;
    };
    const allergy = (patient: string, text: string) => ({
      resourceType: 'AllergyIntolerance',
      clinicalStatus: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }],
      },
      patient: { reference: `Patient/${patient}` },
      code: { text },
    });
    await desk.ask(OPEN, { patient: lena });
    await desk.ask(OPEN, { patient: maria });
    await put(lena, allergy(lena, 'Latex'));
    const penicillin = await put(maria, allergy(maria, 'Penicillin'));
    await desk.ask('mutation ($patient: ID!) { closeChart(patient: $patient) }', { patient: maria });
    return { desk, vault, lena, maria, put, allergy, penicillin };
  }
  const titles = async (desk: ClinicDesk, patient: string): Promise<string[]> => {
    const { chart } = await desk.ask<{ chart: { summary: { allergies: { title: string }[] } } }>(CHART, { patient });
    return chart.summary.allergies.map(({ title }) => title).sort();
  };

  test('a merged chart shows and warns of both, writes into each, and is two again byte for byte', async () => {
    const { desk, vault, lena, maria, put, allergy, penicillin } = await twoPatients();
    const identity = vault.request.patients.known(maria).record;
    await desk.ask(OPEN, { patient: maria });
    const before = await desk.ask<{ record: { resource: string } }>(RECORD, { patient: maria, id: identity });
    const alone = await desk.ask(CHART, { patient: maria });
    expect(await desk.ask(MERGE, { patient: lena, other: maria })).toEqual({ mergePatients: { merged: [{ id: maria }] } });
    expect(await titles(desk, lena)).toEqual(['Latex', 'Penicillin']);
    expect(await titles(desk, maria)).toEqual(['Penicillin']);

    // A record of the other is amended where it stands; a new one is written for who stands for both.
    await put(lena, allergy(maria, 'Penicillin V'), penicillin, 1);
    await put(lena, allergy(lena, 'Nickel'));
    expect(await titles(desk, lena)).toEqual(['Latex', 'Nickel', 'Penicillin V']);
    expect(await titles(desk, maria)).toEqual(['Penicillin V']);
    const found = `query { patients(search: "morgan") { edges { node { id mergedInto } } } }`;
    expect(await desk.ask(found)).toEqual({ patients: { edges: [{ node: { id: maria, mergedInto: lena } }] } });

    // It is so after the next unlock, and the other's log has the line of each look.
    await desk.lock();
    await desk.unlock();
    await desk.ask(OPEN, { patient: lena });
    expect(await titles(desk, lena)).toEqual(['Latex', 'Nickel', 'Penicillin V']);
    const log = 'query ($patient: ID!) { accessLog(patient: $patient) { edges { node { action } } } }';
    const { accessLog } = await desk.ask<{ accessLog: { edges: { node: { action: string } }[] } }>(log, { patient: maria });
    expect(accessLog.edges.filter(({ node }) => node.action === 'open').length).toBeGreaterThanOrEqual(4);

    await desk.ask(UNMERGE, { patient: lena, other: maria });
    expect([await titles(desk, lena), await titles(desk, maria)]).toEqual([['Latex', 'Nickel'], ['Penicillin V']]);
    const after = await desk.ask<{ record: { resource: string; history: object[] } }>(RECORD, { patient: maria, id: identity });
    expect(after.record.resource).toBe(before.record.resource);
    expect(after.record.history).toMatchObject([{ reason: 'Two after all' }, { reason: 'One passport' }, { reason: null }]);
    expect(await desk.ask(CHART, { patient: maria })).toMatchObject({
      chart: { merged: [], sections: (alone as { chart: { sections: object[] } }).chart.sections },
    });
    expect(await desk.ask(found)).toMatchObject({ patients: { edges: [{ node: { mergedInto: null } }] } });
  });

  test('nobody is merged with themselves, twice, without a reason, or by who may not write', async () => {
    const { desk, vault, lena, maria } = await twoPatients();
    const merge = (patient: string, other: string) => desk.ask(MERGE, { patient, other });
    await expect(merge(lena, lena)).rejects.toMatchObject({ code: 'patients.merge-itself' });
    await expect(merge(maria, lena)).rejects.toMatchObject({ code: 'access.chart-not-open' });
    await expect(desk.ask(MERGE.replace('One passport', ' '), { patient: lena, other: maria })).rejects.toMatchObject({
      code: 'patients.merge-reason',
    });
    await expect(desk.ask(UNMERGE, { patient: lena, other: maria })).rejects.toMatchObject({ code: 'patients.not-merged' });
    await merge(lena, maria);
    await expect(merge(lena, maria)).rejects.toMatchObject({ code: 'patients.merged-already' });
    (vault.request.vault.staff as { role: string }).role = 'reception';
    await expect(desk.ask(UNMERGE, { patient: lena, other: maria })).rejects.toMatchObject({ code: 'access.not-allowed' });
  });
});

describe('how likely two are one', () => {
  const lena = {
    ...patientSummary({ resourceType: 'Patient' } as never),
    family: 'Morgenstern',
    given: ['Lena'],
    birthDate: '1980-05-17',
    gender: 'female',
    city: 'Bern',
    phone: '+41 31 555 01 23',
  };
  const likely = (change: Partial<typeof lena>): number => matchScore(lena, { ...lena, ...change }).probability;

  test('a slip of the pen, a new name or a new town does not hide a person; a twin or a namesake is none', () => {
    for (const change of [
      { family: 'Morgenstren' },
      { family: 'Keller' },
      { city: 'Thun', phone: '' },
      { birthDate: '1980-05-71' },
    ])
      expect([change, likely(change) > 0.9]).toEqual([change, true]);
    expect(likely({ given: ['Anna'] })).toBeLessThan(0.1);
    expect(likely({ birthDate: '1951-11-02', city: 'Genf', phone: '' })).toBeLessThan(0.1);
    expect(matchScore(lena, { ...lena, given: ['Anna'] }).evidence).toContainEqual({
      field: 'given',
      agreement: 'different',
      weight: expect.closeTo(-8.94, 1),
    });
  });

  const lines = hasSharedData ? sharedText('fhir/synthea-10/Patient.000.ndjson').trim().split('\n') : [];
  const own = [...samplePatients({ seed: 5, patients: 60, encountersPerPatient: 0, referenceDate: '2026-11-01' })];
  const sampled = own.filter(({ resourceType }) => resourceType === 'Patient').map(({ text }) => text);

  test.each([
    ['synthea-10', lines],
    ['our own samples', sampled],
  ])('of the people in %s no two are taken for one who have different names', (_, texts) => {
    const summaries = texts.map((text) => patientSummary(JSON.parse(text)));
    const pairs = summaries.flatMap((one, at) => summaries.slice(at + 1).map((other) => [one, other] as const));
    const likely = pairs.filter(([one, other]) => matchScore(one, other).probability > 0.5);
    // Our own samples have namesakes of one birthday on purpose: they are to be looked at.
    expect(likely.filter(([one, other]) => one.fullName !== other.fullName)).toEqual([]);
    // Even with the same birth date, sex and town, nothing but their names to tell them apart.
    for (const [one, other] of pairs) {
      const alike = { birthDate: one.birthDate, gender: one.gender, city: one.city };
      const isNamesake = one.given[0] === other.given[0] || one.family === other.family;
      if (!isNamesake) expect(matchScore(one, { ...other, ...alike }).probability).toBeLessThan(0.5);
    }
  });
});
