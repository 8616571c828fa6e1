/** How a medicine is to be taken, as FHIR R4 Dosage: dose and UCUM unit, route (SNOMED CT), timing and how long. */
import type { TFunction } from 'i18next';
import { type Decimal, decimalTyped, type ExactObject } from '../exact-json.ts';
import type { ResourceReader } from './form-definition.ts';
import { UCUM } from './vital-signs.ts';

/** Texts, but for what is a switch. `days` is how long, in `span`. */
export interface DosageForm {
  readonly dose: string;
  /** UCUM. */
  readonly unit: string;
  readonly route: string;
  readonly frequency: string;
  readonly asNeeded: boolean;
  readonly days: string;
  readonly span: string;
}

export const noDosage: DosageForm = { dose: '', unit: 'mg', route: 'oral', frequency: '', asNeeded: false, days: '', span: 'd' };

export const doseUnits = [
  'mg',
  'g',
  'ug',
  'mL',
  '[IU]',
  '[drp]',
  '{tablet}',
  '{capsule}',
  '{puff}',
  '{suppository}',
  '{patch}',
  '{application}',
] as const;
type DoseUnit = (typeof doseUnits)[number];

const routes = {
  oral: '26643006',
  sublingual: '37839007',
  subcutaneous: '34206005',
  intramuscular: '78421000',
  intravenous: '47625008',
  inhaled: '447694001',
  nasal: '46713006',
  eye: '54485002',
  ear: '10547007',
  skin: '6064005',
  transdermal: '45890007',
  rectal: '37161004',
  vaginal: '16857009',
} as const;
type RouteName = keyof typeof routes;
export const routeNames = Object.keys(routes) as readonly RouteName[];

interface Frequency {
  /** HL7 v3 GTSAbbreviation, where it has one. */
  readonly code?: string;
  readonly times: number;
  readonly period?: number;
  readonly unit?: 'h' | 'd' | 'wk' | 'mo';
  /** HL7 event timing. */
  readonly when?: string;
}

const frequencies = {
  daily: { code: 'QD', times: 1, period: 1, unit: 'd' },
  twice: { code: 'BID', times: 2, period: 1, unit: 'd' },
  thrice: { code: 'TID', times: 3, period: 1, unit: 'd' },
  fourTimes: { code: 'QID', times: 4, period: 1, unit: 'd' },
  bedtime: { code: 'BED', times: 1, period: 1, unit: 'd', when: 'HS' },
  every4h: { code: 'Q4H', times: 1, period: 4, unit: 'h' },
  every6h: { code: 'Q6H', times: 1, period: 6, unit: 'h' },
  every8h: { code: 'Q8H', times: 1, period: 8, unit: 'h' },
  every12h: { times: 1, period: 12, unit: 'h' },
  everyOtherDay: { code: 'QOD', times: 1, period: 2, unit: 'd' },
  weekly: { code: 'WK', times: 1, period: 1, unit: 'wk' },
  monthly: { code: 'MO', times: 1, period: 1, unit: 'mo' },
  once: { times: 1 },
} as const satisfies Readonly<Record<string, Frequency>>;
type FrequencyName = keyof typeof frequencies;
export const frequencyNames = Object.keys(frequencies) as readonly FrequencyName[];

export const spans = ['d', 'wk', 'mo'] as const;
type Span = (typeof spans)[number];

const isRoute = (name: string): name is RouteName => Object.hasOwn(routes, name);
const isFrequency = (name: string): name is FrequencyName => Object.hasOwn(frequencies, name);
const isDoseUnit = (unit: string): unit is DoseUnit => (doseUnits as readonly string[]).includes(unit);
const isSpan = (span: string): span is Span => (spans as readonly string[]).includes(span);
const isPositive = (typed: string): boolean => Number(decimalTyped(typed)?.literal ?? 0) > 0;

/** A name of `write.prescription.wrong`; undefined when nothing is missing. */
export function wrongDosage({ dose, route, frequency, days }: DosageForm): 'dose' | 'route' | 'frequency' | 'days' | undefined {
  if (!isPositive(dose)) return 'dose';
  if (!isRoute(route)) return 'route';
  if (!isFrequency(frequency)) return 'frequency';
  return days === '' || isPositive(days) ? undefined : 'days';
}

/** A unit as people read it. */
export const doseUnitText = (unit: string, t: TFunction): string =>
  isDoseUnit(unit) ? t(`write.prescription.unit.${unit}`) : unit;

/** `500 mg by mouth, three times a day, for 7 days`. */
export function dosageText(form: DosageForm, t: TFunction): string {
  const { dose, unit, route, frequency, asNeeded, days, span } = form;
  if (wrongDosage(form) || !isRoute(route) || !isFrequency(frequency)) return '';
  const parts = [
    `${decimalTyped(dose)?.literal} ${doseUnitText(unit, t)} ${t(`write.prescription.by.${route}`)}`,
    t(`write.prescription.frequency.${frequency}`),
    asNeeded ? t('write.prescription.whenNeeded') : '',
    days !== '' && isSpan(span) ? t(`write.prescription.for.${span}`, { count: Number(decimalTyped(days)?.literal) }) : '',
  ];
  return parts.filter(Boolean).join(', ');
}

/** `wrongDosage` has let it through. */
export function writeDosage(form: DosageForm, t: TFunction): ExactObject {
  const { route, frequency, asNeeded, dose, unit } = form;
  const code = isRoute(route) ? routes[route] : '';
  return {
    text: dosageText(form, t),
    timing: isFrequency(frequency) ? timing(frequencies[frequency], form) : undefined,
    asNeededBoolean: asNeeded || undefined,
    route: {
      coding: [{ system: 'http://snomed.info/sct', code }],
      text: isRoute(route) ? t(`write.prescription.route.${route}`) : '',
    },
    doseAndRate: [
      { doseQuantity: { value: decimalTyped(dose) as Decimal, unit: doseUnitText(unit, t), system: UCUM, code: unit } },
    ],
  };
}

const whole = (value: number): Decimal => decimalTyped(String(value)) as Decimal;

function timing({ code, times, period, unit, when }: Frequency, { days, span }: DosageForm): ExactObject {
  const bounds = decimalTyped(days);
  return {
    repeat: {
      boundsDuration: bounds ? { value: bounds, system: UCUM, code: span, unit: span } : undefined,
      ...(period === undefined ? { count: whole(times) } : { frequency: whole(times), period: whole(period), periodUnit: unit }),
      when: when === undefined ? undefined : [when],
    },
    code:
      code === undefined ? undefined : { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation', code }] },
  };
}

/** What a record's first dosage says; without `frequency` where it says it in another way than this form does. */
export function readDosage(reader: ResourceReader): DosageForm {
  const at = (path: string): string => reader.text(`dosageInstruction[0].${path}`);
  const route = routeNames.find((name) => routes[name] === at('route.coding[0].code')) ?? '';
  const frequency = frequencyNames.find((name) => isThat(frequencies[name], at)) ?? '';
  const dose = at('doseAndRate[0].doseQuantity.value');
  const isOurs = dose !== '' && route !== '' && frequency !== '' && !reader.has('dosageInstruction[1]');
  return {
    dose: isOurs ? dose : '',
    unit: at('doseAndRate[0].doseQuantity.code') || noDosage.unit,
    route,
    frequency: isOurs ? frequency : '',
    asNeeded: reader.has('dosageInstruction[0].asNeededBoolean'),
    days: at('timing.repeat.boundsDuration.value'),
    span: at('timing.repeat.boundsDuration.code') || noDosage.span,
  };
}

function isThat({ times, period, unit, when }: Frequency, at: (path: string) => string): boolean {
  const repeat = (name: string): string => at(`timing.repeat.${name}`);
  if (period === undefined) return repeat('count') === String(times) && repeat('period') === '';
  const isSameTime =
    repeat('frequency') === String(times) && repeat('period') === String(period) && repeat('periodUnit') === unit;
  return isSameTime && repeat('when[0]') === (when ?? '');
}
