/** The records of one sample patient: visits over the years, with what is found, measured, prescribed and written down. */
import {
  ACUTE,
  ALLERGIES,
  BLOOD_COUNT,
  CHRONIC,
  type ChronicIllness,
  type Coded,
  GENETIC_FINDINGS,
  HEART_RATE,
  HEIGHT,
  type Measure,
  OXYGEN,
  PROCEDURES,
  TEMPERATURE,
  VACCINES,
  WEIGHT,
} from './sample-codes.ts';
import type { SampleRandom } from './sample-random.ts';

export interface SampleChart {
  readonly patientId: string;
  /** Milliseconds since 1970. */
  readonly birth: number;
  readonly now: number;
  readonly encounters: number;
  /** References. */
  readonly practitioners: readonly string[];
  readonly organization: string;
  readonly withGenetics: boolean;
  /** The base64 of a text. */
  readonly note: (text: string) => string;
}

type Draft = Record<string, unknown>;

const DAY = 86_400_000;
const SNOMED = 'http://snomed.info/sct';
const LOINC = 'http://loinc.org';
const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';
const CVX = 'http://hl7.org/fhir/sid/cvx';
const UCUM = 'http://unitsofmeasure.org';
const TERMINOLOGY = 'http://terminology.hl7.org/CodeSystem/';

const concept = (system: string, [code, display]: Coded): Draft => ({ coding: [{ system, code, display }], text: display });
const term = (name: string, code: string): Draft => ({ coding: [{ system: TERMINOLOGY + name, code }] });
const moment = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z');

/** What stays the same while a chart is written. */
interface Writer {
  readonly random: SampleRandom;
  readonly chart: SampleChart;
  readonly subject: Draft;
  readonly illnesses: readonly ChronicIllness[];
  /** Systolic pressure, weight and the other measures of this person, around which each visit varies. */
  readonly own: ReadonlyMap<string, number>;
  readonly systolic: number;
}

/** One visit and what all its records point to. */
interface Visit {
  readonly time: number;
  readonly encounter: Draft;
  /** From 0 at the first visit to 1 at the last: treatment tells over the years. */
  readonly progress: number;
}

export function* sampleChart(random: SampleRandom, chart: SampleChart): Generator<Draft> {
  const illnesses = CHRONIC.filter(() => random.chance(0.33));
  const measures = [HEART_RATE, TEMPERATURE, OXYGEN, WEIGHT, HEIGHT, ...BLOOD_COUNT, ...illnesses.flatMap(({ labs }) => labs)];
  const writer: Writer = {
    random,
    chart,
    subject: { reference: `Patient/${chart.patientId}` },
    illnesses,
    own: new Map(measures.map((measure) => [measure.code, random.around(measure.mean, measure.spread)])),
    systolic: random.between(112, illnesses.some(({ illness }) => illness[0] === '38341003') ? 164 : 138),
  };
  yield* background(writer);
  const years = Math.min((chart.now - chart.birth) / DAY / 365 - 18, Math.max(2, chart.encounters / 4));
  const step = (years * 365 * DAY) / Math.max(1, chart.encounters);
  for (let index = 0; index < chart.encounters; index++) {
    const day = Math.floor((chart.now - years * 365 * DAY + index * step + random.next() * step * 0.8) / DAY);
    const time = day * DAY + random.between(8 * 60, 17 * 60) * 60_000;
    yield* visit(writer, time, chart.encounters === 1 ? 1 : index / (chart.encounters - 1), index);
  }
}

function* background({ random, chart, subject, illnesses }: Writer): Generator<Draft> {
  const adult = chart.birth + 19 * 365 * DAY;
  for (const { illness, medications, sensitivity } of illnesses) {
    const since = adult + random.next() * (chart.now - adult) * 0.7;
    const labels =
      sensitivity === undefined
        ? {}
        : { meta: { security: [{ system: `${TERMINOLOGY}v3-ActCode`, code: sensitivity[0], display: sensitivity[1] }] } };
    const condition = random.uuid();
    yield {
      resourceType: 'Condition',
      id: condition,
      ...labels,
      clinicalStatus: term('condition-clinical', 'active'),
      verificationStatus: term('condition-ver-status', 'confirmed'),
      category: [term('condition-category', 'problem-list-item')],
      code: concept(SNOMED, illness),
      subject,
      onsetDateTime: moment(since).slice(0, random.pick([4, 7, 10])),
      recordedDate: moment(since).slice(0, 10),
    };
    for (const { drug, dosage } of medications) {
      yield {
        resourceType: 'MedicationRequest',
        id: random.uuid(),
        ...labels,
        status: 'active',
        intent: 'order',
        medicationCodeableConcept: concept(RXNORM, drug),
        subject,
        authoredOn: moment(since + random.between(1, 90) * DAY).slice(0, 10),
        requester: { reference: random.pick(chart.practitioners) },
        reasonReference: [{ reference: `Condition/${condition}` }],
        dosageInstruction: [{ text: dosage }],
      };
    }
  }
  yield* allergies(random, subject, adult, chart.now);
  if (chart.withGenetics) yield geneticFinding(random, subject, chart);
}

function* allergies(random: SampleRandom, subject: Draft, adult: number, now: number): Generator<Draft> {
  const known = ALLERGIES.filter(() => random.chance(0.2));
  const status = {
    clinicalStatus: term('allergyintolerance-clinical', 'active'),
    verificationStatus: term('allergyintolerance-verification', 'confirmed'),
  };
  for (const { to, category, reaction, severe } of known) {
    yield {
      resourceType: 'AllergyIntolerance',
      id: random.uuid(),
      ...status,
      type: 'allergy',
      category: [category],
      criticality: severe ? 'high' : 'low',
      code: concept(SNOMED, to),
      patient: subject,
      recordedDate: moment(Math.min(now, adult + random.between(0, 3000) * DAY)).slice(0, 10),
      reaction: [{ manifestation: [concept(SNOMED, reaction)], severity: severe ? 'severe' : 'mild' }],
    };
  }
  if (known.length === 0) {
    const nothing: Coded = ['716186003', 'No known allergy'];
    yield { resourceType: 'AllergyIntolerance', id: random.uuid(), ...status, code: concept(SNOMED, nothing), patient: subject };
  }
}

function geneticFinding(random: SampleRandom, subject: Draft, chart: SampleChart): Draft {
  const { gene, finding } = random.pick(GENETIC_FINDINGS);
  return {
    resourceType: 'Observation',
    id: random.uuid(),
    status: 'final',
    category: [term('observation-category', 'laboratory')],
    code: concept(LOINC, ['53040-2', 'Genetic variation’s effect on drug metabolism']),
    subject,
    effectiveDateTime: moment(chart.now - random.between(100, 900) * DAY).slice(0, 10),
    valueCodeableConcept: { text: finding },
    component: [
      {
        code: concept(LOINC, ['48018-6', 'Gene studied [ID]']),
        valueCodeableConcept: { coding: [{ system: 'http://www.genenames.org/geneId', code: gene[0], display: gene[1] }] },
      },
    ],
  };
}

function* visit(writer: Writer, time: number, progress: number, index: number): Generator<Draft> {
  const { random, chart, subject } = writer;
  const id = random.uuid();
  const acute = random.chance(0.3) ? random.pick(ACUTE) : undefined;
  const remote = acute === undefined && random.chance(0.15);
  const practitioner = { reference: random.pick(chart.practitioners) };
  yield {
    resourceType: 'Encounter',
    id,
    status: 'finished',
    class: { system: `${TERMINOLOGY}v3-ActCode`, code: remote ? 'VR' : 'AMB', display: remote ? 'virtual' : 'ambulatory' },
    type: [
      concept(SNOMED, acute === undefined ? ['185349003', 'Encounter for check up'] : ['185347001', 'Encounter for problem']),
    ],
    subject,
    participant: [{ individual: practitioner }],
    period: { start: moment(time), end: moment(time + random.between(10, 45) * 60_000) },
    serviceProvider: { reference: chart.organization },
  };
  const here: Visit = { time, encounter: { reference: `Encounter/${id}` }, progress };
  if (!remote) yield* vitals(writer, here, index === 0);
  if (acute !== undefined) yield* acuteIllness(writer, here, acute, practitioner);
  if (index % 3 === 0) yield* laboratory(writer, here, index % 6 === 0);
  if (random.chance(0.15)) {
    yield {
      resourceType: 'Immunization',
      id: random.uuid(),
      status: 'completed',
      vaccineCode: concept(CVX, random.pick(VACCINES)),
      patient: subject,
      encounter: here.encounter,
      occurrenceDateTime: moment(time),
      primarySource: true,
    };
  }
  if (random.chance(0.12)) {
    yield {
      resourceType: 'Procedure',
      id: random.uuid(),
      status: 'completed',
      code: concept(SNOMED, random.pick(PROCEDURES)),
      subject,
      encounter: here.encounter,
      performedPeriod: { start: moment(time), end: moment(time + 15 * 60_000) },
    };
  }
  if (index % 4 === 1) yield visitNote(writer, here, acute?.illness[1], practitioner);
}

function* acuteIllness(
  { random, chart, subject }: Writer,
  { time, encounter }: Visit,
  acute: (typeof ACUTE)[number],
  requester: Draft,
): Generator<Draft> {
  const condition = random.uuid();
  const over = time + acute.days * DAY;
  const isOver = over < chart.now;
  yield {
    resourceType: 'Condition',
    id: condition,
    clinicalStatus: term('condition-clinical', isOver ? 'resolved' : 'active'),
    verificationStatus: term('condition-ver-status', 'confirmed'),
    category: [term('condition-category', 'encounter-diagnosis')],
    code: concept(SNOMED, acute.illness),
    subject,
    encounter,
    onsetDateTime: moment(time - 2 * DAY).slice(0, 10),
    ...(isOver ? { abatementDateTime: moment(over).slice(0, 10) } : {}),
    recordedDate: moment(time),
  };
  if (acute.drug === undefined) return;
  yield {
    resourceType: 'MedicationRequest',
    id: random.uuid(),
    status: 'completed',
    intent: 'order',
    medicationCodeableConcept: concept(RXNORM, acute.drug),
    subject,
    encounter,
    authoredOn: moment(time),
    requester,
    reasonReference: [{ reference: `Condition/${condition}` }],
    dosageInstruction: [{ text: acute.dosage }],
  };
}

function* vitals(writer: Writer, here: Visit, first: boolean): Generator<Draft> {
  const { random, subject } = writer;
  const upper = Math.round(random.around(writer.systolic - 14 * here.progress, 5));
  const pressure = (code: string, display: string, value: number): Draft => ({
    code: concept(LOINC, [code, display]),
    valueQuantity: { value: `decimal:${value}`, unit: 'mmHg', system: UCUM, code: 'mm[Hg]' },
  });
  yield {
    resourceType: 'Observation',
    id: random.uuid(),
    status: 'final',
    category: [term('observation-category', 'vital-signs')],
    code: concept(LOINC, ['85354-9', 'Blood pressure panel with all children optional']),
    subject,
    encounter: here.encounter,
    effectiveDateTime: moment(here.time),
    component: [
      pressure('8480-6', 'Systolic blood pressure', upper),
      pressure('8462-4', 'Diastolic blood pressure', Math.round(upper * 0.6 + random.between(2, 12))),
    ],
  };
  yield observation(writer, here, HEART_RATE, 'vital-signs');
  yield observation(writer, here, WEIGHT, 'vital-signs');
  if (first) yield observation(writer, here, HEIGHT, 'vital-signs');
  if (random.chance(0.4)) yield observation(writer, here, random.pick([TEMPERATURE, OXYGEN]), 'vital-signs');
}

function* laboratory(writer: Writer, here: Visit, counts: boolean): Generator<Draft> {
  const measures = [...new Set([...writer.illnesses.flatMap(({ labs }) => labs), ...(counts ? BLOOD_COUNT : [])])];
  if (measures.length === 0) return;
  const results: Draft[] = [];
  for (const measure of measures) {
    const result = observation(writer, here, measure, 'laboratory');
    results.push({ reference: `Observation/${result.id as string}` });
    yield result;
  }
  yield {
    resourceType: 'DiagnosticReport',
    id: writer.random.uuid(),
    status: 'final',
    category: [{ coding: [{ system: `${TERMINOLOGY}v2-0074`, code: 'LAB', display: 'Laboratory' }] }],
    code: concept(LOINC, ['11502-2', 'Laboratory report']),
    subject: writer.subject,
    encounter: here.encounter,
    effectiveDateTime: moment(here.time),
    issued: moment(here.time + DAY),
    result: results,
  };
}

function observation({ random, subject, own }: Writer, here: Visit, measure: Measure, category: string): Draft {
  const base = own.get(measure.code) ?? measure.mean;
  const drift = measure.high === undefined ? 0 : -0.12 * here.progress * measure.mean;
  const most = measure.ucum === '%' ? 100 : Number.POSITIVE_INFINITY;
  const value = Math.min(most, Math.max(measure.mean / 5, base + drift + random.around(0, measure.spread / 4)));
  const quantity = (literal: string): Draft => ({
    value: `decimal:${literal}`,
    unit: measure.unit,
    system: UCUM,
    code: measure.ucum,
  });
  const range = {
    ...(measure.low === undefined ? {} : { low: quantity(measure.low) }),
    ...(measure.high === undefined ? {} : { high: quantity(measure.high) }),
  };
  return {
    resourceType: 'Observation',
    id: random.uuid(),
    status: 'final',
    category: [term('observation-category', category)],
    code: concept(LOINC, [measure.code, measure.display]),
    subject,
    encounter: here.encounter,
    effectiveDateTime: moment(here.time),
    valueQuantity: quantity(value.toFixed(measure.digits)),
    ...(Object.keys(range).length === 0 ? {} : { referenceRange: [range] }),
  };
}

function visitNote({ random, chart, subject, illnesses }: Writer, here: Visit, reason: string | undefined, author: Draft): Draft {
  const lines = [
    `Visit of ${moment(here.time).slice(0, 10)}`,
    `Reason: ${reason ?? 'check-up'}.`,
    `Known: ${illnesses.map(({ illness }) => illness[1]).join(', ') || 'nothing chronic'}.`,
    'Plan: continue as before, come back if it does not improve.',
  ];
  return {
    resourceType: 'DocumentReference',
    id: random.uuid(),
    status: 'current',
    type: concept(LOINC, ['11506-3', 'Progress note']),
    subject,
    date: moment(here.time),
    author: [author],
    content: [
      { attachment: { contentType: 'text/plain; charset=utf-8', data: chart.note(lines.join('\n')), title: 'Progress note' } },
    ],
    context: { encounter: [here.encounter], period: { start: moment(here.time) } },
  };
}
