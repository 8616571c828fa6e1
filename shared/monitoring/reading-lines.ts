/** Readings as devices and small programs write them: a line each, JSON or CSV. What cannot be read is named with its line. */
import { type MeasurementName, measurementNames } from './measurements.ts';
import { type BatchReading, END_OF_TIME, READING_VALUE } from './reading-batch.ts';

interface RefusedLine {
  /** From 1. */
  readonly line: number;
  readonly why: string;
}

interface ReadLines {
  readonly readings: readonly BatchReading[];
  readonly refused: readonly RefusedLine[];
}

const CSV_HEADER = 'patient,measurement,value,measured';

/**
 * Lines of `{"patient","measurement","value","measured"}`, or of CSV in that order (a header is passed over). `measured` is ISO 8601
 * with an offset; an empty line is nothing.
 * @param first number of the first line
 */
export function readReadingLines(lines: readonly string[], first: number): ReadLines {
  const readings: BatchReading[] = [];
  const refused: RefusedLine[] = [];
  for (const [at, line] of lines.entries()) {
    const written = line.trim();
    if (written === '' || written.toLowerCase() === CSV_HEADER) continue;
    const reading = readingIn(written);
    if (typeof reading === 'string') refused.push({ line: first + at, why: reading });
    else readings.push(reading);
  }
  return { readings, refused };
}

function readingIn(line: string): BatchReading | string {
  const fields = line.startsWith('{') ? fromJson(line) : line.split(',').map((field) => field.trim());
  if (!fields) return 'is no JSON object.';
  const [patient = '', named = '', value = '', when = ''] = fields;
  const measurement = measurementNames.find((name) => name === named.toUpperCase().replaceAll('-', '_'));
  const measured = /(?:Z|[+-]\d\d:\d\d)$/.test(when) ? Date.parse(when) : Number.NaN;
  if (patient === '' || patient.length > 100) return 'names no patient.';
  if (!measurement) return `names no measurement that is watched: ${known(measurementNames)}.`;
  if (!READING_VALUE.test(value)) return 'has no decimal number as its value.';
  if (!(measured >= 0 && measured < END_OF_TIME)) return 'has no time with an offset, such as 2026-01-05T08:30:00+01:00.';
  return { patient, measurement, value, measured };
}

function fromJson(line: string): string[] | undefined {
  try {
    const { patient, measurement, value, measured } = JSON.parse(line) as Record<string, unknown>;
    return [patient, measurement, value, measured].map((field) => (field === undefined ? '' : String(field)));
  } catch {
    return undefined;
  }
}

const known = (names: readonly MeasurementName[]): string =>
  names.map((name) => name.toLowerCase().replaceAll('_', '-')).join(', ');
