import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadChecker } from '../../server/fhir/definitions.ts';
import { facet, filterVisits, lineId, searchable, type VisitFilter, visitsOf } from '../../shared/access/access-visits.ts';
import { logAsCsv, logAsFhir } from '../../shared/access/log-export.ts';
import { type AccessLine, accessEntry, decodeSaltedLine, encodeSaltedLine } from '../../shared/sync/access-line.ts';
import { hash } from '../support/ledger-builder.ts';

const MINUTE = 60_000;
const CLINIC = 'aa'.repeat(32);
const OTHER = 'bb'.repeat(32);
const NAMES = new Map([
  [CLINIC, 'Harbour Clinic'],
  [OTHER, 'Hôpital du Lac'],
]);

const line = (at: number, more: Partial<AccessLine> = {}): AccessLine => ({
  chain: CLINIC,
  device: 'dd'.repeat(32),
  sequence: at + 1,
  patient: '01'.repeat(16),
  suite: 2,
  ofPatient: at + 1,
  at: at * MINUTE,
  staff: '11'.repeat(32),
  who: 'Dr. Ada Frey',
  role: 'clinician',
  process: '',
  recipient: '',
  action: 'open',
  purpose: 'TREAT',
  categories: ['clinical'],
  detail: '',
  salt: '00'.repeat(32),
  ...more,
});

const ask = (lines: readonly AccessLine[], filter: VisitFilter): string[] =>
  filterVisits(
    visitsOf(lines).map((visit) => searchable(visit, NAMES)),
    filter,
  ).map(({ id }) => id);

describe('one visit is one line', () => {
  test('what one person does in one chart until a pause belongs together, under an id that stays', () => {
    const morning = [line(0), line(10, { action: 'consents' }), line(35, { categories: ['medication'] })];
    const [visit] = visitsOf(morning);
    expect(visitsOf(morning)).toHaveLength(1);
    expect(visit).toMatchObject({
      first: 0,
      last: 35 * MINUTE,
      actions: ['open', 'consents'],
      categories: ['clinical', 'medication'],
    });
    expect(visit?.id).toBe(visitsOf(morning.slice(0, 1))[0]?.id);
    expect(visitsOf([...morning, line(66)])).toHaveLength(2);
  });

  test('another person, another purpose, a program and break-glass stand apart', () => {
    const lines = [
      line(0),
      line(1, { staff: '22'.repeat(32), who: 'Bo Lund' }),
      line(2, { purpose: 'HPAYMT' }),
      line(3, { process: 'import', action: 'import' }),
      line(4, { action: 'break-glass', purpose: 'ETREAT' }),
      line(5, { purpose: 'ETREAT' }),
    ];
    const visits = visitsOf(lines);
    expect(visits).toHaveLength(6);
    expect(visits.filter(({ byProgram }) => byProgram)).toHaveLength(1);
    expect(visits.filter(({ brokeGlass }) => brokeGlass)).toHaveLength(1);
    expect(visits.map(({ last }) => last)).toEqual(visits.map(({ last }) => last).toSorted((a, b) => b - a));
  });

  test('every line is in exactly one visit, whatever happened', () => {
    const some = fc.record({ at: fc.nat(200), staff: fc.constantFrom('11', '22'), process: fc.constantFrom('', 'import') });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 40 }), (acts) => {
        const lines = acts
          .toSorted((one, other) => one.at - other.at)
          .map(({ at, staff, process }, sequence) => line(at, { sequence, staff: staff.repeat(32), process }));
        const visits = visitsOf(lines);
        expect(visits.flatMap((visit) => visit.lines.map(lineId)).sort()).toEqual(lines.map(lineId).sort());
        expect(new Set(visits.map(({ id }) => id)).size).toBe(visits.length);
        for (const { lines: [newest] = [], lines: all } of visits)
          expect(all.every(({ staff, process }) => staff === newest?.staff && process === newest?.process)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});

test('filters ask by person, clinic, purpose, period, people or programs, break-glass and words', () => {
  const lines = [
    line(0),
    line(100, { chain: OTHER, staff: '22'.repeat(32), who: 'Dr. Zoë Renard', purpose: 'HRESCH' }),
    line(200, { process: 'sharing', recipient: OTHER, action: 'sharing' }),
    line(300, { action: 'break-glass', purpose: 'ETREAT', detail: 'unconscious at the door' }),
  ];
  const [first, second, third, fourth] = lines.map(lineId) as [string, string, string, string];
  expect(ask(lines, {})).toEqual([fourth, third, second, first]);
  expect(ask(lines, { staff: '22'.repeat(32) })).toEqual([second]);
  // A clinic that was given something is meant as well.
  expect(ask(lines, { clinic: OTHER })).toEqual([third, second]);
  expect(ask(lines, { purpose: 'ETREAT' })).toEqual([fourth]);
  expect(ask(lines, { from: 100 * MINUTE, until: 200 * MINUTE })).toEqual([second]);
  expect(ask(lines, { byProgram: true })).toEqual([third]);
  expect(ask(lines, { byProgram: false, purpose: 'TREAT' })).toEqual([first]);
  expect(ask(lines, { brokeGlass: true })).toEqual([fourth]);
  expect(ask(lines, { text: 'zoe lac' })).toEqual([second]);
  expect(ask(lines, { text: 'DOOR' })).toEqual([fourth]);
  expect(facet(visitsOf(lines), ({ staff, who }) => [staff, who]).map(({ name, visits }) => [name, visits])).toEqual([
    ['Dr. Ada Frey', 3],
    ['Dr. Zoë Renard', 1],
  ]);
});

test('a line and its salt come back as they were, and nothing of it can change under its entry', () => {
  const said = line(3, { detail: 'why', recipient: OTHER, categories: ['clinical', 'medication'] });
  expect(decodeSaltedLine(encodeSaltedLine(said))).toEqual(said);
  const entry = accessEntry(hash, said);
  for (const other of [{ who: 'Dr. Eve' }, { at: 0 }, { purpose: 'HRESCH' }, { salt: '01'.repeat(32) }, { ofPatient: 9 }])
    expect(accessEntry(hash, { ...said, ...other })).not.toEqual(entry);
});

test('the table does not run as a formula, and the FHIR events are valid', async () => {
  const lines = [
    line(0, { who: '=HYPERLINK("http://evil")', detail: 'said "no", then left' }),
    line(1, { process: 'sharing', recipient: OTHER, action: 'sharing' }),
    line(2, { action: 'break-glass', purpose: 'ETREAT' }),
  ];
  const csv = logAsCsv(lines, NAMES);
  expect(csv).toContain('"\'=HYPERLINK(""http://evil"")"');
  expect(csv).toContain('"said ""no"", then left"');
  expect(csv.split('\r\n')).toHaveLength(lines.length + 2);
  const bundle = logAsFhir(lines, NAMES, { id: '01'.repeat(16), name: 'Maria Silva' });
  const { entry } = JSON.parse(bundle) as { entry: Array<{ resource: object }> };
  const check = await loadChecker();
  for (const { resource } of entry) expect(check(resource)).toEqual({ errors: [], warnings: [] });
  expect(bundle).toContain('Emergency Override Started');
});
