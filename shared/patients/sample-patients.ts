/**
 * Realistic FHIR R4 records that belong to the project: for "try with sample patients", the demo, the tests and the bench.
 * The same options give the same bytes; no clock and no chance of the machine is used.
 */
import { toBase64, utf8 } from '../encoding/bytes.ts';
import { type SampleChart, sampleChart } from './sample-chart.ts';
import { CULTURES, type Culture } from './sample-names.ts';
import { type SampleRandom, sampleRandom } from './sample-random.ts';

export interface SampleOptions {
  /** Any whole number; another seed gives other people. */
  readonly seed: number;
  readonly patients: number;
  readonly encountersPerPatient: number;
  /** YYYY-MM-DD: the day on which the records end. */
  readonly referenceDate: string;
  /** Gives the first patient 708 encounters, the size of the largest chart in the bench. */
  readonly largestChart?: boolean;
}

export interface SampleResource {
  readonly resourceType: string;
  readonly id: string;
  /** Id of the Patient it belongs to, '' for the clinic's directory. */
  readonly patientId: string;
  /** One JSON text; numbers keep the digits they were measured with. */
  readonly text: string;
}

/** Encounters of the largest chart. */
export const LARGEST_CHART = 708;

const MRN = 'urn:oid:2.999.11.1';
const NATIONAL = 'urn:oid:2.999.11.2';
const DAY = 86_400_000;

interface Person {
  readonly culture: Culture;
  readonly gender: 'female' | 'male';
  readonly family: number;
  readonly given: readonly number[];
  readonly birthDate: string;
}

/**
 * The clinic's directory, then each patient followed by their records in order of time. With three patients or more the
 * second and the third have the same name and birth date and are different people.
 */
export function* samplePatients(options: SampleOptions): Generator<SampleResource> {
  const random = sampleRandom(options.seed);
  const now = Date.parse(`${options.referenceDate}T00:00:00Z`);
  const directory = clinicDirectory(random);
  for (const resource of directory) yield toResource(resource, '');
  let twin: Person | undefined;
  for (let index = 0; index < options.patients; index++) {
    const isLargest = index === 0 && options.largestChart === true;
    const person = index === 2 && twin !== undefined ? twin : somebody(random, now, isLargest ? 72 : 19);
    if (index === 1) twin = person;
    const patient = patientResource(random, person, index);
    const id = patient.id as string;
    yield toResource(patient, id);
    const chart: SampleChart = {
      patientId: id,
      birth: Date.parse(`${person.birthDate}T00:00:00Z`),
      now,
      encounters: isLargest ? LARGEST_CHART : options.encountersPerPatient,
      practitioners: directory.slice(1).map((practitioner) => `Practitioner/${practitioner.id as string}`),
      organization: `Organization/${directory[0]?.id as string}`,
      withGenetics: index % 3 === 0,
      note: (text) => toBase64(utf8(text)),
    };
    for (const resource of sampleChart(random, chart)) yield toResource(resource, id);
  }
}

type Draft = Record<string, unknown>;

/** JSON has one kind of number; drafts mark those whose digits matter as texts that begin so, and lose the quotes here. */
function toResource(draft: Draft, patientId: string): SampleResource {
  const text = JSON.stringify(draft).replace(/"decimal:(-?[0-9]+(?:\.[0-9]+)?)"/g, '$1');
  return { resourceType: draft.resourceType as string, id: draft.id as string, patientId, text };
}

function clinicDirectory(random: SampleRandom): Draft[] {
  const doctors = [
    { family: 'Okafor', given: ['Ngozi'], prefix: ['Dr.'] },
    { family: 'Lindström', given: ['Åsa'], prefix: ['Dr.'] },
    { family: 'Moreau', given: ['Étienne'] },
  ];
  return [
    { resourceType: 'Organization', id: random.uuid(), active: true, name: 'Lakeside Family Clinic' },
    ...doctors.map((name) => ({ resourceType: 'Practitioner', id: random.uuid(), active: true, name: [name] })),
  ];
}

function somebody(random: SampleRandom, now: number, leastAge: number): Person {
  const culture = random.pick(CULTURES);
  const gender = random.chance(0.52) ? 'female' : 'male';
  const given = [random.between(0, culture[gender].length - 1)];
  if (culture.latin === undefined && random.chance(0.3)) given.push((given[0] as number) === 0 ? 1 : 0);
  const birthDate = new Date(now - random.between(leastAge * 365, 91 * 365) * DAY).toISOString().slice(0, 10);
  return { culture, gender, family: random.between(0, culture.family.length - 1), given, birthDate };
}

function patientResource(random: SampleRandom, person: Person, index: number): Draft {
  const { culture, gender } = person;
  const nameIn = (names: Pick<Culture, 'family' | 'female' | 'male'>, use: string): Draft => ({
    use,
    family: plain(names.family[person.family] as string),
    given: person.given.map((place) => plain(names[gender][place] as string)),
  });
  const [city, postalCode] = random.pick(culture.cities);
  const phone = `+${random.between(20, 98)} ${random.between(100, 999)} 555 ${String(random.between(0, 9999)).padStart(4, '0')}`;
  return {
    resourceType: 'Patient',
    id: random.uuid(),
    identifier: [
      {
        use: 'usual',
        type: {
          coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }],
          text: 'Medical record number',
        },
        system: MRN,
        value: `M${String(100_000 + index * 7 + random.between(0, 6))}`,
      },
      { system: NATIONAL, value: `${random.between(100, 999)}-${random.between(10, 99)}-${random.between(1000, 9999)}` },
    ],
    active: true,
    name:
      culture.latin === undefined ? [nameIn(culture, 'official')] : [nameIn(culture, 'official'), nameIn(culture.latin, 'usual')],
    telecom: [{ system: 'phone', value: phone, use: 'mobile' }],
    gender,
    birthDate: person.birthDate,
    address: [
      {
        use: 'home',
        line: [`${plain(random.pick(culture.streets))} ${random.between(1, 180)}`],
        city,
        postalCode,
        country: culture.country,
      },
    ],
    communication: [{ language: { coding: [{ system: 'urn:ietf:bcp:47', code: culture.language }] }, preferred: true }],
  };
}

/** The tables write a name of two words with an underscore. */
function plain(name: string): string {
  return name.replaceAll('_', ' ');
}
