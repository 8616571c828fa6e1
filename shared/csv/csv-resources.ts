/** The rows of a table as FHIR R4, by a mapping: the person whom a row describes, and what it says about them. A row is taken whole or refused. */
import { asFailure, Failure } from '../outcome/failure.ts';
import { dateIn, genderIn, numberIn, short } from './csv-cells.ts';
import { type CsvMapping, PERSON_FIELDS } from './csv-mapping.ts';
import { type CsvRow, tableIn } from './csv-table.ts';

type Json = Record<string, unknown>;

/** A resource that a row makes, or why it makes none; `path` names the column. */
type CsvMade =
  | { readonly line: number; readonly path: string; readonly resource: Json }
  | { readonly line: number; readonly path: string; readonly failure: Failure };

export interface CsvOptions {
  /** Offset from UTC, `+01:00`, of a moment that says none. */
  readonly zone: (local: string) => string;
  /** A logical id, the same for the same text: up to 64 letters and digits. */
  readonly name: (text: string) => string;
  /** Whether this is a code of UCUM. */
  readonly knowsUnit: (unit: string) => boolean;
}

/** @throws {Failure} as `tableIn`; `csv.no-column` when the mapping names a column that is not there; `csv.no-rows`. */
export function* csvResources(bytes: Uint8Array, mapping: CsvMapping, options: CsvOptions): Generator<CsvMade> {
  const { columns, rows } = tableIn(bytes, mapping);
  const reader = new RowReader(columns, mapping, options);
  if (rows.length === 0)
    throw new Failure(
      'csv.no-rows',
      'This table has a header and no row beneath it, so there is nothing to take in. Export it again.',
    );
  for (const row of rows) {
    if ('failure' in row) yield { line: row.line, path: '', failure: row.failure };
    else yield* reader.read(row);
  }
}

class RowReader {
  readonly #columns: readonly string[];
  readonly #mapping: CsvMapping;
  readonly #options: CsvOptions;
  readonly #places: ReadonlyMap<string, number>;
  readonly #describesPeople: boolean;
  /** How often the same was said of the same person at the same time. */
  readonly #again = new Map<string, number>();
  #cells: readonly string[] = [];
  /** The field under way, for whoever has to say where it went wrong. */
  #field = '';

  constructor(columns: readonly string[], mapping: CsvMapping, options: CsvOptions) {
    this.#columns = columns;
    this.#mapping = mapping;
    this.#options = options;
    const places = Object.entries(mapping.fields).flatMap(([field, source]): [string, number][] => {
      if ('text' in source) return [];
      const place = columns.indexOf(source.column);
      if (place < 0) throw noColumn(source.column, columns);
      return [[field, place]];
    });
    this.#places = new Map(places);
    this.#describesPeople = PERSON_FIELDS.some((field) => mapping.fields[field]);
  }

  *read({ line, cells }: CsvRow): Generator<CsvMade> {
    this.#field = '';
    this.#cells = cells;
    try {
      if (cells.length !== this.#columns.length) throw wrongLength(cells.length, this.#columns.length);
      const made = this.#resources().map((resource) => ({ line, path: '', resource }));
      yield* made;
    } catch (error) {
      const place = this.#places.get(this.#field);
      const path = place === undefined ? '' : `column “${short(this.#columns[place] ?? '')}”`;
      yield { line, path, failure: asFailure(error) };
    }
  }

  #resources(): Json[] {
    const number = this.#required('patient');
    const person = this.#describesPeople ? [this.#person(number)] : [];
    switch (this.#mapping.resource) {
      case 'Patient':
        return person;
      case 'Observation':
        return [...person, this.#observation(number)];
      case 'Condition':
        return [...person, this.#condition(number)];
      case 'AllergyIntolerance':
        return [...person, this.#allergy(number)];
    }
  }

  #person(number: string): Json {
    const { system } = this.#mapping;
    const given = this.#text('given');
    const line = this.#text('street');
    const address = present({
      line: line ? [line] : undefined,
      postalCode: this.#text('postalCode'),
      city: this.#text('city'),
      country: this.#text('country'),
    });
    const phone = this.#text('phone');
    return present({
      resourceType: 'Patient',
      id: this.#patientId(number),
      identifier: [{ system, value: number }],
      name: [present({ family: this.#required('family'), given: given ? given.split(/\s+/) : undefined })],
      telecom: phone ? [{ system: 'phone', value: phone }] : undefined,
      gender: this.#read('gender', genderIn),
      birthDate: this.#read('birthDate', (cell) => this.#date(cell)?.slice(0, 10)),
      address: Object.keys(address).length > 0 ? [address] : undefined,
    });
  }

  #observation(number: string): Json {
    const { decimal } = this.#mapping;
    const written = this.#required('value');
    const unit = this.#read('unit', (cell) => this.#unit(cell));
    this.#field = 'value';
    const value = numberIn(written, decimal);
    if (!value && unit) throw notANumber(written, decimal);
    const units = unit ? { unit, system: 'http://unitsofmeasure.org', code: unit } : {};
    const bound = (field: string): Json | undefined => this.#read(field, (cell) => ({ ...this.#number(cell), ...units }));
    const range = present({ low: bound('low'), high: bound('high') });
    const { low, high } = range as Record<string, { value?: unknown } | undefined>;
    if (low && high && Number(JSON.stringify(low.value)) > Number(JSON.stringify(high.value))) throw rangeReversed();
    const category = this.#text('category');
    const date = this.#read('date', (cell) => this.#date(cell));
    return present({
      resourceType: 'Observation',
      id: this.#id(number, date),
      status: 'final',
      category: category
        ? [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: category }] }]
        : undefined,
      code: this.#concept(),
      subject: this.#subject(number),
      effectiveDateTime: date,
      valueQuantity: value ? present({ value: value.value, comparator: value.comparator, ...units }) : undefined,
      valueString: value ? undefined : written,
      referenceRange: Object.keys(range).length > 0 ? [range] : undefined,
      note: this.#note(),
    });
  }

  #condition(number: string): Json {
    const date = this.#read('date', (cell) => this.#date(cell));
    return present({
      resourceType: 'Condition',
      id: this.#id(number, date),
      clinicalStatus: coded('condition-clinical', this.#text('clinicalStatus')?.toLowerCase() ?? 'active'),
      code: this.#concept(),
      subject: this.#subject(number),
      onsetDateTime: date,
      note: this.#note(),
    });
  }

  #allergy(number: string): Json {
    const date = this.#read('date', (cell) => this.#date(cell));
    const reaction = this.#text('reaction');
    return present({
      resourceType: 'AllergyIntolerance',
      id: this.#id(number, date),
      clinicalStatus: coded('allergyintolerance-clinical', 'active'),
      verificationStatus: coded('allergyintolerance-verification', 'unconfirmed'),
      criticality: this.#text('criticality')?.toLowerCase(),
      code: this.#concept(),
      patient: this.#subject(number),
      onsetDateTime: date,
      reaction: reaction ? [{ manifestation: [{ text: reaction }] }] : undefined,
      note: this.#note(),
    });
  }

  /** By its own number where the table has one, else by what it says; the same said twice is two records. */
  #id(patient: string, date: string | undefined): string {
    const { resource, system } = this.#mapping;
    const number = this.#text('number');
    if (number) return this.#options.name(`csv ${resource} ${system} number ${number}`);
    const said = [this.#text('codeSystem'), this.#text('code') ?? this.#text('display'), date].join(' ');
    const place = `csv ${resource} ${system} ${patient} ${said}`;
    const again = (this.#again.get(place) ?? 0) + 1;
    this.#again.set(place, again);
    return this.#options.name(`${place} ${again}`);
  }

  #concept(): Json {
    const code = this.#text('code');
    const display = this.#text('display');
    if (!code && !display) {
      this.#field = this.#places.has('code') ? 'code' : 'display';
      throw new Failure('csv.empty', 'The row does not say what it is about: neither code nor words.');
    }
    const coding = code ? [present({ system: this.#text('codeSystem'), code, display })] : undefined;
    return present({ coding, text: display });
  }

  /** People whom the table does not describe are known by their record number. */
  #subject(number: string): Json {
    if (this.#describesPeople) return { reference: `Patient/${this.#patientId(number)}` };
    return { reference: `Patient?identifier=${encodeURIComponent(`${this.#mapping.system}|${number}`)}` };
  }

  #patientId(number: string): string {
    return this.#options.name(`csv patient ${this.#mapping.system} ${number}`);
  }

  #note(): Json[] | undefined {
    const text = this.#text('note');
    return text ? [{ text }] : undefined;
  }

  #unit(cell: string): string {
    if (this.#options.knowsUnit(cell)) return cell;
    throw new Failure('csv.unit', `“${short(cell)}” is no unit of UCUM. Write it as UCUM does: mg/dL, mmol/L, 10*9/L, [lb_av].`);
  }

  #number(cell: string): Json {
    const { decimal } = this.#mapping;
    const found = numberIn(cell, decimal);
    if (!found || found.comparator) throw notANumber(cell, decimal);
    return { value: found.value };
  }

  #date(cell: string): string {
    return dateIn(cell, this.#mapping.dateFormat, this.#options.zone);
  }

  /** The field, read; undefined when it is empty or not mapped. */
  #read<T>(field: string, read: (cell: string) => T): T | undefined {
    const cell = this.#text(field);
    this.#field = field;
    return cell === undefined ? undefined : read(cell);
  }

  #required(field: string): string {
    const text = this.#text(field);
    this.#field = field;
    if (text !== undefined) return text;
    throw new Failure('csv.empty', 'This cell is empty, and the row means nothing without it.');
  }

  #text(field: string): string | undefined {
    const source = this.#mapping.fields[field];
    if (!source) return undefined;
    const text = 'text' in source ? source.text : this.#cells[this.#places.get(field) ?? -1];
    return text === '' ? undefined : text;
  }
}

const coded = (system: string, code: string): Json => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }],
});

const present = (fields: Json): Json => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

function noColumn(column: string, columns: readonly string[]): Failure {
  const there = columns.slice(0, 20).map(short).join(', ');
  return new Failure('csv.no-column', `The mapping names a column “${short(column)}”, which is not there. There are: ${there}.`);
}

function wrongLength(cells: number, columns: number): Failure {
  return new Failure(
    'csv.row-length',
    `This row has ${cells} cells, the header ${columns}. Look for a delimiter inside a cell without quotes.`,
  );
}

function rangeReversed(): Failure {
  return new Failure(
    'csv.range',
    'The lower bound is above the upper one. Change the cells, or which columns they are in the mapping.',
  );
}

function notANumber(cell: string, decimal: string): Failure {
  const form = decimal === ',' ? '12,5' : '12.5';
  return new Failure(
    'csv.number',
    `“${short(cell)}” is no number written like ${form}. Change the cell, or the decimal mark in the mapping.`,
  );
}
