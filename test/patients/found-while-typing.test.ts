import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Indexed, PatientIndex } from '../../server/patients/patient-index.ts';
import { birthDateWord, searchTermsOf } from '../../shared/patients/search-words.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';
import { folderOf, patient } from '../support/fhir-files.ts';

const PATIENTS = `query ($search: String, $first: Int, $after: String) { patients(search: $search, first: $first, after: $after) {
  totalCount pageInfo { hasNextPage endCursor } edges { node { name birthDate identifiers { value } custodianName shared } } } }`;

interface Answer {
  patients: {
    totalCount: number;
    pageInfo: { hasNextPage: boolean; endCursor: string };
    edges: Array<{ node: { name: string } }>;
  };
}

async function desk() {
  const opened = await ClinicDesk.open();
  const { request } = await opened.unlock();
  const people = [
    patient('p1', { identifier: [{ system: 'urn:oid:2.999.1', value: '756.1234-99' }] }),
    patient('p2', { name: [{ family: "O'Brien", given: ['Zoë', 'Mae'] }], birthDate: '1980-05-18' }),
    patient('p3', { name: [{ text: '山田太郎', family: '山田', given: ['太郎'] }], birthDate: '1971-05' }),
    patient('p4', { name: [{ family: 'Ångström', given: ['Jörg'] }], birthDate: '1944' }),
    patient('p5', { name: [{ family: 'नायर', given: ['प्रिया'] }], birthDate: '2001-12-01' }),
  ];
  const { id } = await request.imports.startPaths([folderOf({ 'Patient.ndjson': people.join('\n') })]);
  await request.imports.settled(id);
  const find = async (search: string): Promise<string[]> => {
    const { patients } = await opened.ask<Answer>(PATIENTS, { search });
    expect(patients.totalCount).toBe(patients.edges.length);
    return patients.edges.map(({ node }) => node.name);
  };
  return { opened, find };
}

test('by the beginning of any name, without accents, with a birth date in any spelling, by identifier', async () => {
  const { find } = await desk();
  const lena = ['Lena Morgenstern'];
  for (const typed of [
    'm',
    'morg',
    'LENA m',
    'morgenstern, lena',
    '1980-05-17',
    '17.05.1980',
    '17.5.1980',
    '05/17/1980',
    '19800517',
    'lena 1980',
  ]) {
    expect([typed, await find(typed)]).toEqual([typed, expect.arrayContaining(lena)]);
  }
  for (const typed of ['756.1234-99', '756123', '75612349', '17.05.1980', 'lena 1980-05']) {
    expect([typed, await find(typed)]).toEqual([typed, lena]);
  }
  expect(await find("o'br")).toEqual(["Zoë Mae O'Brien"]);
  expect(await find('zoe')).toEqual(["Zoë Mae O'Brien"]);
  expect(await find('山田')).toEqual(['山田太郎']);
  expect(await find('angst jo')).toEqual(['Jörg Ångström']);
  expect(await find('प्रि')).toHaveLength(1);
  expect(await find('1944')).toEqual(['Jörg Ångström']);
  expect(await find('1980-05')).toHaveLength(2);
});

test('what looks like search syntax is only looked for', async () => {
  const { find } = await desk();
  for (const typed of ['"', '*', 'lena" OR "zoe', 'words: m', 'NEAR(lena zoe)', '-', 'a*b', "'; DROP TABLE patient_word; --"]) {
    await expect(find(typed)).resolves.toBeInstanceOf(Array);
  }
  expect(await find('lena OR zoe')).toEqual([]);
});

test('all patients in the order of names, page by page', async () => {
  const { opened } = await desk();
  const names: string[] = [];
  let after: string | null = null;
  for (;;) {
    const { patients }: Answer = await opened.ask<Answer>(PATIENTS, { search: '', first: 2, after });
    expect(patients.totalCount).toBe(5);
    names.push(...patients.edges.map(({ node }) => node.name));
    if (!patients.pageInfo.hasNextPage) break;
    after = patients.pageInfo.endCursor;
  }
  expect(names).toEqual(['Jörg Ångström', 'Lena Morgenstern', "Zoë Mae O'Brien", 'प्रिया नायर', '山田太郎']);
});

describe('the index', () => {
  const words = fc.constantFrom('ada', 'adam', 'bo', 'bob', 'li', 'lin', 'zed');
  const person = fc.record({ id: fc.integer({ min: 0, max: 30 }).map(String), sortName: words, words });
  const known = fc.uniqueArray(person, { maxLength: 12, selector: ({ id }) => id });
  const act = fc.oneof(
    fc.record({ kind: fc.constant('put' as const), people: fc.uniqueArray(person, { maxLength: 5, selector: ({ id }) => id }) }),
    fc.record({ kind: fc.constant('remove' as const), people: fc.array(person, { maxLength: 3 }) }),
  );

  test('answers as a plain list would, whatever is added, renamed and removed', async () => {
    await fc.assert(
      fc.asyncProperty(known, fc.array(act, { maxLength: 12 }), words, async (there, acts, question) => {
        const twin = new Map<string, Indexed>(there.map((each) => [each.id, each]));
        const index = await PatientIndex.open([...there], (id) => twin.get(id));
        const typed = question.slice(0, 2);
        const plain = () => [...twin.values()].filter((each) => each.words.startsWith(typed)).map(({ id }) => id);
        for (const { kind, people } of acts) {
          for (const each of people) kind === 'put' ? twin.set(each.id, each) : twin.delete(each.id);
          if (kind === 'put') await index.put(people);
          else await index.remove(people.map(({ id }) => id));
          expect(await index.count(typed)).toBe(plain().length);
        }
        const { hits } = await index.find(typed, 0, 100);
        expect(hits.map(({ id }) => id).sort()).toEqual(plain().sort());
        const named = hits.map(({ id }) => twin.get(id)?.sortName as string);
        expect(named).toEqual([...named].sort());
        const paged: unknown[] = [];
        for (let page = await index.find(typed, 0, 2); ; page = await index.find(typed, page.hits.at(-1)?.place ?? 0, 2)) {
          paged.push(...page.hits);
          if (!page.more) break;
        }
        expect(paged).toEqual(hits);
        await index.close();
      }),
      { numRuns: 40 },
    );
  });

  test('keeps its order when hundreds of names crowd between two', async () => {
    const people = new Map<string, Indexed>();
    const index = await PatientIndex.open([], (id) => people.get(id));
    // Each new name falls just before the last one: the room between neighbours runs out again and again.
    for (let at = 0; at < 60; at++) {
      const each = { id: String(at), sortName: `m${'a'.repeat(at)}`, words: 'm' };
      people.set(each.id, each);
      await index.put([each]);
      const before = { id: `b${at}`, sortName: `m${'a'.repeat(at)}0`, words: 'm' };
      people.set(before.id, before);
      await index.put([before]);
    }
    const { hits } = await index.find('m', 0, 200);
    const named = hits.map(({ id }) => people.get(id)?.sortName as string);
    expect(named).toHaveLength(120);
    expect(named).toEqual([...named].sort());
    await index.close();
  });
});

test('reading a question never fails and makes only plain words', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (typed) => {
      for (const beginning of searchTermsOf(typed).flat()) expect(beginning).toMatch(/^[\p{L}\p{N}\p{Co}]+$/u);
    }),
  );
});

test('a birth date is found under each of its beginnings', () => {
  const word = birthDateWord('1980-05-17');
  for (const typed of [
    '1980',
    '1980-05',
    '1980-5',
    '1980-05-1',
    '1980-05-17',
    '17.05.1980',
    '17/05/1980',
    '05/17/1980',
    '19800517',
  ]) {
    expect([typed, searchTermsOf(typed).every((term) => term.some((beginning) => word.startsWith(beginning)))]).toEqual([
      typed,
      true,
    ]);
  }
  for (const typed of ['1981', '18.05.1980', '1980-06']) {
    expect([typed, searchTermsOf(typed).every((term) => term.some((beginning) => word.startsWith(beginning)))]).toEqual([
      typed,
      false,
    ]);
  }
});
