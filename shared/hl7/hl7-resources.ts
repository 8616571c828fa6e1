/**
 * What one message says, as FHIR R4 resources: ADT makes the person, the visit and the allergies, ORU the reports and their observations
 * (v2-to-FHIR implementation guide). The message itself goes along as a document, so that nothing that it says is lost.
 */
import type { Hl7Segment } from '@medplum/core';
import { toBase64, utf8 } from '../encoding/bytes.ts';
import { asFailure, Failure } from '../outcome/failure.ts';
import { ALLERGY_CATEGORIES, ENCOUNTER_CLASSES, REPORT_STATUS, SEVERITIES, VISIT_STATUS } from './hl7-codes.ts';
import { concept, identifierOf, type Json, personName, present } from './hl7-datatypes.ts';
import { observationOf } from './hl7-observation.ts';
import { patientOf } from './hl7-patient.ts';
import { component, type FoundMessage, type Hl7Options, momentOf, type PlacedSegment, repetitions } from './hl7-text.ts';

/** A resource that a message makes, or why a part of it makes none; `path` names the segment (`OBX[3]`). */
export type MadeResource =
  | { readonly line: number; readonly path: string; readonly resource: Json }
  | { readonly line: number; readonly path: string; readonly failure: Failure };

/** Each person of a message keeps its lines before the first of them, so that these are not long where the people are many. */
const MOST_PEOPLE = 1_000;
const LONGEST_BEFORE = 65_536;

const KNOWN_EVENTS: ReadonlySet<string> = new Set([...Object.keys(VISIT_STATUS), 'A28', 'A31']);

/** The patient first. What is wrong with one segment does not stop the others; without a patient there is nothing to take in. */
export function resourcesOf(message: FoundMessage, options: Hl7Options): MadeResource[] {
  const [header] = message.segments as [PlacedSegment];
  const kind = component(header.segment, 9, 1);
  const event = component(header.segment, 9, 2);
  const isReport = kind === 'ORU' && event === 'R01';
  if (!isReport && !(kind === 'ADT' && KNOWN_EVENTS.has(event))) return [refused(header, 'MSH', unknownMessage(kind, event))];
  const people = message.segments.filter(({ segment }) => segment.name === 'PID').length;
  if (people === 0) return [refused(header, 'MSH', nobody())];
  if (people > MOST_PEOPLE || (people > 1 && message.text.search(/\rPID/) > LONGEST_BEFORE))
    return [refused(header, 'MSH', tooManyPeople())];
  return new MessageReader(message, event, options).read();
}

class MessageReader {
  readonly #message: FoundMessage;
  readonly #event: string;
  readonly #options: Hl7Options;
  readonly #made: MadeResource[] = [];
  readonly #counts = new Map<string, number>();
  /** The message's segments as they were written, and where each person of it begins. */
  readonly #lines: readonly string[];
  readonly #people: readonly number[];
  /** When the message was made: which of two versions is the newer. */
  #sent = '';
  #patient = '';
  /** The report under way: its resource and what names it. */
  #report: { readonly resource: Json; readonly order: string; readonly taken: string } | undefined;
  #visit: Json | undefined;
  /** Whether the last PID could not be read. */
  #isNobodys = false;
  /** What a note belongs to. */
  #noted: Json | undefined;

  constructor(message: FoundMessage, event: string, options: Hl7Options) {
    this.#message = message;
    this.#event = event;
    this.#options = options;
    this.#lines = message.text.split('\r').slice(0, -1);
    this.#people = message.segments.flatMap(({ segment }, place) => (segment.name === 'PID' ? [place] : []));
  }

  read(): MadeResource[] {
    for (const placed of this.#message.segments) {
      const { name } = placed.segment;
      const count = (this.#counts.get(name) ?? 0) + 1;
      this.#counts.set(name, count);
      // Without knowing whose they are, the segments that follow are nobody's.
      if (this.#isNobodys && name !== 'PID') continue;
      const path = count > 1 || name === 'OBX' || name === 'OBR' ? `${name}[${count}]` : name;
      try {
        const resource = this.#segment(placed.segment);
        if (resource) this.#made.push({ line: placed.line, path, resource });
        if (name === 'PID') this.#made.push({ line: this.#message.line, path: 'MSH', resource: this.#original(count) });
      } catch (error) {
        this.#made.push(refused(placed, path, asFailure(error)));
        if (name === 'MSH') return this.#made;
        if (name === 'PID') this.#isNobodys = true;
      }
    }
    return this.#made;
  }

  #segment(segment: Hl7Segment): Json | undefined {
    switch (segment.name) {
      case 'MSH':
        this.#sent = momentOf(component(segment, 7), this.#options.zone);
        return undefined;
      case 'PID':
        return this.#person(segment);
      case 'PV1':
        return this.#visitOf(segment);
      case 'AL1':
        return this.#allergy(segment);
      case 'OBR':
        return this.#reportOf(segment);
      case 'OBX':
        return this.#observation(segment);
      case 'NTE':
        this.#note(segment);
        return undefined;
      default:
        return undefined;
    }
  }

  #person(segment: Hl7Segment): Json {
    const { resource, key } = patientOf(segment, this.#options);
    this.#patient = this.#options.name(`patient ${key}`);
    // Of a message about several people: what was said of the one before is not said of this one.
    this.#isNobodys = false;
    this.#report = undefined;
    this.#visit = undefined;
    this.#noted = undefined;
    return this.#signed('Patient', this.#patient, resource);
  }

  /** The message as it was sent; where it is about several people, its header and what it says of the one whose PID is the `nth` of them. */
  #original(nth: number): Json {
    const header = this.#message.segments[0]?.segment as Hl7Segment;
    const people = this.#people;
    const lines = this.#lines;
    const own = lines.slice(people[nth - 1], people[nth]);
    const said = people.length > 1 ? `${[...lines.slice(0, people[0]), ...own].join('\r')}\r` : this.#message.text;
    const id = this.#options.name(`message ${component(header, 3)} ${component(header, 10)} ${said}`);
    const title = [component(header, 9, 1), component(header, 9, 2)].join(' ');
    return this.#signed('DocumentReference', id, {
      status: 'current',
      type: { text: `HL7 v2 ${title}` },
      subject: this.#subject,
      date: isInstant(this.#sent) ? this.#sent : undefined,
      content: [{ attachment: { contentType: 'text/plain', data: toBase64(utf8(said)), title: `${component(header, 10)}.hl7` } }],
    });
  }

  #visitOf(segment: Hl7Segment): Json | undefined {
    const number = identifierOf(segment, 19);
    const status = VISIT_STATUS[this.#event];
    if (!number?.value) return undefined;
    const id = this.#options.name(`visit ${this.#patient} ${number.value}`);
    const letter = component(segment, 2);
    const ended = momentOf(component(segment, 45), this.#options.zone);
    this.#visit = { reference: `Encounter/${id}` };
    // A report names the visit that it belongs to; what the visit is, ADT says.
    if (status === undefined) return undefined;
    const attending = personName(segment, 7, 2);
    const place = [1, 2, 3].map((part) => component(segment, 3, part)).filter(Boolean);
    return this.#signed('Encounter', id, {
      identifier: [number],
      status: ended ? 'finished' : status,
      class: ENCOUNTER_CLASSES[letter]
        ? { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: ENCOUNTER_CLASSES[letter] }
        : { system: 'http://terminology.hl7.org/CodeSystem/v2-0004', code: letter || 'N' },
      subject: this.#subject,
      period: present({ start: momentOf(component(segment, 44), this.#options.zone), end: ended }),
      participant: attending ? [{ individual: { display: attending.text } }] : undefined,
      location: place.length > 0 ? [{ location: { display: place.join(' ') } }] : undefined,
    });
  }

  #allergy(segment: Hl7Segment): Json {
    const code = concept(segment, 3);
    if (!code) throw new Failure('hl7.field-missing', 'AL1-3 does not say what the person is allergic to.');
    const manifestation = Array.from({ length: repetitions(segment, 5) }, (_, at) => ({ text: component(segment, 5, 1, at) }));
    const category = ALLERGY_CATEGORIES[component(segment, 2)];
    const id = this.#options.name(`allergy ${this.#patient} ${component(segment, 3)} ${component(segment, 3, 2)}`);
    return this.#signed('AllergyIntolerance', id, {
      clinicalStatus: coded('http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', 'active'),
      verificationStatus: coded('http://terminology.hl7.org/CodeSystem/allergyintolerance-verification', 'unconfirmed'),
      category: category ? [category] : undefined,
      code,
      patient: this.#subject,
      onsetDateTime: momentOf(component(segment, 6), this.#options.zone),
      reaction:
        manifestation.length > 0 ? [present({ manifestation, severity: SEVERITIES[component(segment, 4)] }) as Json] : undefined,
    });
  }

  #reportOf(segment: Hl7Segment): Json {
    const code = concept(segment, 4);
    if (!code) throw new Failure('hl7.field-missing', 'OBR-4 does not say what was asked for.');
    const identifier = [identifierOf(segment, 3), identifierOf(segment, 2)].filter((each) => each !== undefined);
    const order = `${identifier.map(({ value }) => value).join(' ')} ${component(segment, 4)} ${component(segment, 4, 2)}`;
    const taken = momentOf(component(segment, 7), this.#options.zone);
    const issued = momentOf(component(segment, 22), this.#options.zone);
    const section = component(segment, 24);
    const resource = this.#signed('DiagnosticReport', this.#options.name(`report ${this.#patient} ${order}`), {
      identifier: identifier.length > 0 ? identifier : undefined,
      status: REPORT_STATUS[component(segment, 25)] ?? 'unknown',
      category: section ? [coded('http://terminology.hl7.org/CodeSystem/v2-0074', section)] : undefined,
      code,
      subject: this.#subject,
      encounter: this.#visit,
      effectiveDateTime: taken,
      issued: isInstant(issued) ? issued : undefined,
    });
    this.#report = { resource, order, taken };
    this.#noted = undefined;
    return resource;
  }

  #observation(segment: Hl7Segment): Json {
    const report = this.#report;
    // Measures that an ADT message tells along belong to no order.
    const order = report?.order ?? `${this.#event} ${this.#sent}`;
    const place = `${order} ${component(segment, 3)} ${component(segment, 3, 2)} ${component(segment, 4)}`;
    const again = (this.#counts.get(place) ?? 0) + 1;
    this.#counts.set(place, again);
    const id = this.#options.name(`observation ${this.#patient} ${place} ${again}`);
    const resource = this.#signed('Observation', id, {
      ...observationOf(segment, this.#options, report?.taken ?? ''),
      subject: this.#subject,
      encounter: this.#visit,
    });
    if (report) append(report.resource, 'result', { reference: `Observation/${id}` });
    this.#noted = resource;
    return resource;
  }

  #note(segment: Hl7Segment): void {
    const text = Array.from({ length: repetitions(segment, 3) }, (_, at) => component(segment, 3, 1, at)).join('\n');
    if (text === '') return;
    if (this.#noted) append(this.#noted, 'note', { text });
    else if (this.#report) {
      const { resource } = this.#report;
      resource.conclusion = resource.conclusion ? `${resource.conclusion}\n${text}` : text;
    }
  }

  get #subject(): Json {
    return { reference: `Patient/${this.#patient}` };
  }

  #signed(resourceType: string, id: string, fields: Json): Json {
    const meta = isInstant(this.#sent) ? { lastUpdated: this.#sent } : undefined;
    return present({ resourceType, id, meta, ...fields }) as Json;
  }
}

/** In place: a report names as many results as a sender likes. */
function append(resource: Json, name: string, item: Json): void {
  const items = (resource[name] ?? []) as Json[];
  items.push(item);
  resource[name] = items;
}

const coded = (system: string, code: string): Json => ({ coding: [{ system, code }] });
const isInstant = (moment: string): boolean => moment.length > 10;

const refused = ({ line }: PlacedSegment, path: string, failure: Failure): MadeResource => ({ line, path, failure });

function unknownMessage(kind: string, event: string): Failure {
  return new Failure(
    'hl7.message-type',
    kind === 'ADT' && /^A(?:1[78]|3[0-9]|4[0-9]|24|37)$/.test(event)
      ? `${kind}^${event} links or merges people. Nobody is merged by an import; compare the two charts.`
      : `A message of type ${kind || '(none)'}^${event} is not taken in: only ADT about people and visits, and ORU^R01.`,
  );
}

function tooManyPeople(): Failure {
  return new Failure(
    'hl7.too-many-people',
    `This message is about more than ${MOST_PEOPLE} people, or says more than 64 KiB before it names the first of several. Have its sender write a message for each of them.`,
    { details: { most: MOST_PEOPLE } },
  );
}

function nobody(): Failure {
  return new Failure('hl7.no-patient', 'This message names no patient (PID), so there is nobody to file it under.');
}
