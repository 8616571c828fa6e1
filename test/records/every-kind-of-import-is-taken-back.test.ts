/** Whatever kind of file an import reads: it is looked at first, goes in once, is reported with what was refused, and is taken back as a whole. */
import { expect, test } from 'vitest';
import type { CsvMapping } from '../../shared/csv/csv-mapping.ts';
import { ALLERGIES, sampleCcd, VITALS } from '../cda/sample-ccd.ts';
import { ADT, ORU } from '../hl7/example-messages.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';
import { folderOf, patient, weight } from '../support/fhir-files.ts';

interface Kind {
  readonly files: Readonly<Record<string, string>>;
  /** The file that cannot be read. */
  readonly bad: string;
  readonly csv?: CsvMapping;
}

const PEOPLE: CsvMapping = {
  name: 'People',
  resource: 'Patient',
  delimiter: ';',
  dateFormat: 'DD.MM.YYYY',
  decimal: ',',
  system: 'https://harbour.example/patients',
  fields: { patient: { column: 'Nr' }, family: { column: 'Name' }, birthDate: { column: 'Geb' } },
};
const KINDS: Readonly<Record<string, Kind>> = {
  FHIR: {
    files: {
      'Patient.ndjson': patient('p1'),
      'w.ndjson': weight('w1', 'Patient/p1', '80.10'),
      'bad.ndjson': '{"resourceType":"Obs',
    },
    bad: 'bad.ndjson',
  },
  'C-CDA': {
    files: { 'ccd.xml': sampleCcd({ sections: [ALLERGIES, VITALS] }), 'bad.xml': '<ClinicalDocument xmlns="urn:' },
    bad: 'bad.xml',
  },
  CSV: { files: { 'people.csv': 'Nr;Name;Geb\n17;Frey;17.05.1980\n', 'bad.csv': 'Foo\n1\n' }, bad: 'bad.csv', csv: PEOPLE },
  ORU: { files: { 'lab.hl7': ORU, 'bad.hl7': 'PID|1||x' }, bad: 'bad.hl7' },
  ADT: { files: { 'adt.hl7': ADT, 'bad.hl7': 'PID|1||x' }, bad: 'bad.hl7' },
};

test.each(Object.entries(KINDS))(
  '%s is looked at first, goes in once, names what it refused, and is taken back whole',
  async (_, { files, bad, csv }) => {
    const { request } = await (await ClinicDesk.open({ staff: { role: 'administrator' } })).unlock();
    const { imports } = request;
    const run = async (dryRun: boolean) => {
      const { id } = await imports.startPaths([folderOf(files)], { dryRun, csv });
      const { state, accepted, alreadyPresent, refusedCount, patients } = await imports.settled(id);
      return { id, figures: { state, accepted, alreadyPresent, refusedCount, patients }, refused: await imports.refused(id, 9) };
    };
    const people = async (): Promise<number> => (await request.patients.find('', 9, undefined)).patients.length;

    const looked = await run(true);
    expect(looked.figures).toMatchObject({ state: 'DONE', alreadyPresent: 0, refusedCount: 1, patients: 1 });
    expect(imports.people(looked.id, 9)).toMatchObject([{ summary: { fullName: expect.stringMatching(/./) } }]);
    expect(await people()).toBe(0);

    const done = await run(false);
    expect(done.figures).toEqual(looked.figures);
    expect(done.refused).toMatchObject([{ file: bad, line: expect.any(Number), message: expect.stringMatching(/\w{3}/) }]);
    expect(await people()).toBe(1);

    const again = await run(false);
    expect(again.figures).toMatchObject({ accepted: 0, alreadyPresent: done.figures.accepted, patients: 0 });

    await imports.takeBack(done.id, 'Of another clinic');
    expect(await imports.settled(done.id)).toMatchObject({ state: 'TAKEN_BACK', undo: { people: 1 } });
    expect(await people()).toBe(0);
    // What names somebody who left the directory can only come again with them.
    expect((await run(false)).figures).toMatchObject({ patients: 1 });
  },
  60_000,
);
