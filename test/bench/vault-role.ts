/** An unlocked vault of a run: imports, finds patients and opens charts through GraphQL, its databases in a folder of its own. */

import type { ProgramAccess } from '../../server/sync/vault-context/vault-context.ts';
import { patientSummary, searchTerms } from '../../shared/fhir/patient-summary.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';
import { person } from './people.ts';
import { playRole } from './role.ts';

const PATIENTS_IN_COMMIT = 2_000;

/** What the patient list asks for while somebody types. */
const FIND = `query FindPatients($search: String) { patients(search: $search, first: 50) {
  totalCount pageInfo { hasNextPage endCursor }
  edges { cursor node { id name birthDate gender deceased custodianName shared identifiers { value type } } } } }`;

const ITEM =
  'id section resourceType title code codeSystem date status value unit low high detail version author recordedAt progress dispute';
/** What the chart screen asks for when it opens: the first look. */
const OPEN = `mutation OpenChart($patient: ID!) { openChart(patient: $patient, purpose: TREAT) {
  openedAt purpose categories patient { id name birthDate gender deceased phone city identifiers { system value type } }
  summary { allergies { ${ITEM} } problems { ${ITEM} } medications { ${ITEM} } vitals { ${ITEM} } encounters { ${ITEM} } }
  sections { section count } } }`;
const CLOSE = 'mutation CloseChart($patient: ID!) { closeChart(patient: $patient) }';
const VISITS = `query Visits($patient: ID!, $filter: AccessFilter) { accessVisits(patient: $patient, filter: $filter, first: 50) {
  totalCount people { id name visits } edges { node { id who clinic purpose actions categories first last lines { id action at } } } } }`;
const EVERYBODY = 'query Everybody { patients(first: 200) { edges { node { id } } } }';

interface OpenedChart {
  readonly openChart: { readonly sections: ReadonlyArray<{ readonly section: string; readonly count: number }> };
}

let desk: ClinicDesk;

const milliseconds = async (work: () => Promise<unknown>): Promise<number> => {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
};

playRole({
  /** Imports a folder into an empty vault; gives seconds and how many resources went in. */
  async import(folder: string): Promise<{ seconds: number; accepted: number }> {
    desk = new ClinicDesk({ label: 'import' });
    const { request } = await desk.unlock();
    // The thread that judges resources reads HL7's definitions once, when the program starts.
    await request.vault.fhir.check('{"resourceType":"Patient"}');
    let accepted = 0;
    const spent = await milliseconds(async () => {
      const { id } = await request.imports.startPaths([folder]);
      ({ accepted } = await request.imports.settled(id));
    });
    return { seconds: spent / 1000, accepted };
  },
  /** Opens the largest chart `times` times, each a new access line; gives milliseconds of each. */
  async openLargestChart(times: number): Promise<{ encounters: number; opened: number[] }> {
    const { patients } = await desk.ask<{ patients: { edges: Array<{ node: { id: string } }> } }>(EVERYBODY);
    let largest = { patient: '', encounters: -1 };
    for (const { node } of patients.edges) {
      const { openChart } = await desk.ask<OpenedChart>(OPEN, { patient: node.id });
      const encounters = openChart.sections.find(({ section }) => /ENCOUNTER/.test(section))?.count ?? 0;
      if (encounters > largest.encounters) largest = { patient: node.id, encounters };
      await desk.ask(CLOSE, { patient: node.id });
    }
    await desk.lock();
    await desk.unlock();
    const { patient, encounters } = largest;
    const opened: number[] = [];
    for (let time = 0; time < times; time++) {
      opened.push(await milliseconds(() => desk.ask(OPEN, { patient })));
      await desk.ask(CLOSE, { patient });
    }
    return { encounters, opened };
  },
  /** A directory of so many patients; gives seconds from locked to ready for the first search. */
  async fillDirectory(count: number): Promise<number> {
    desk = new ClinicDesk({ label: 'search' });
    const { request } = await desk.unlock();
    for (let from = 0; from < count; from += PATIENTS_IN_COMMIT) {
      const rows = Array.from({ length: Math.min(PATIENTS_IN_COMMIT, count - from) }, (_, at) => {
        const resource = person(from + at);
        return request.patients.row(request.patients.begin(patientSummary(resource), searchTerms(resource)));
      });
      await request.vault.gateway.commit({ rows });
    }
    await desk.lock();
    return (await milliseconds(() => desk.unlock())) / 1000;
  },
  /** Searches as typing does, a letter more each time; gives milliseconds of each. */
  async search(people: number): Promise<number[]> {
    const taken: number[] = [];
    for (let at = 0; at < people; at++) {
      const { name, birthDate, identifier } = person(at * 37) as unknown as {
        name: [{ family: string; given: [string] }];
        birthDate: string;
        identifier: [{ value: string }];
      };
      const [{ family, given }] = name;
      for (const typed of [`${family} ${given[0]}`, birthDate, identifier[0].value])
        for (let end = 1; end <= typed.length; end++)
          taken.push(await milliseconds(() => desk.ask(FIND, { search: typed.slice(0, end) })));
    }
    return taken;
  },
  /** A chart with so many access lines of a few people, programs and clinics. */
  async fillAccessLog(lines: number): Promise<void> {
    // A quarter of an hour from line to line: most are visits of their own.
    let now = Date.UTC(2026, 0, 1);
    desk = new ClinicDesk({ label: 'access', clock: () => (now += 900_000) });
    const { request } = await desk.unlock();
    const resource = person(0);
    const entry = request.patients.begin(patientSummary(resource), searchTerms(resource));
    await request.vault.gateway.commit({ rows: [request.patients.row(entry)] });
    await request.patients.applied([entry]);
    const about = (at: number): ProgramAccess => ({
      patient: entry.id,
      process: at % 5 === 0 ? 'import' : '',
      action: at % 3 === 0 ? 'open' : 'consents',
      purpose: at % 2 === 0 ? 'TREAT' : 'HPAYMT',
      categories: ['clinical', 'medication'],
      detail: `line ${at}`,
    });
    for (let from = 0; from < lines; from += PATIENTS_IN_COMMIT) {
      const some = Array.from({ length: Math.min(PATIENTS_IN_COMMIT, lines - from) }, (_, at) => about(from + at));
      await request.access.noteAlong(some, (along) => request.vault.gateway.commit(along));
    }
  },
  /** Filters that log through GraphQL as typing and choosing do; the first one reads it from the disk. Gives milliseconds of each. */
  async filterAccessLog(times: number): Promise<{ first: number; filtered: number[] }> {
    const { patients } = await desk.ask<{ patients: { edges: Array<{ node: { id: string } }> } }>(EVERYBODY);
    const patient = patients.edges[0]?.node.id;
    const ask = (filter: object): Promise<number> => milliseconds(() => desk.ask(VISITS, { patient, filter }));
    const first = await ask({});
    const filters = [
      { text: 'ada' },
      { text: 'line 9999' },
      { purpose: 'TREAT' },
      { byProgram: true, text: 'import' },
      { from: 0 },
    ];
    const filtered: number[] = [];
    for (let time = 0; time < times; time++) for (const filter of filters) filtered.push(await ask(filter));
    return { first, filtered };
  },
  async remove(): Promise<void> {
    await desk.lock();
    await desk.remove();
  },
});
