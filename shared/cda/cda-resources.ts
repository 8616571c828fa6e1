/**
 * What a clinical document (CDA R2; its sections and entries as C-CDA R2.1 has them) says, as FHIR R4 resources: the person, what the
 * sections' entries state, and the document itself, byte for byte. A section that makes no record is kept as its words.
 */
import { isBase64, toBase64, utf8 } from '../encoding/bytes.ts';
import { type Json, present } from '../hl7/hl7-datatypes.ts';
import type { MadeResource } from '../hl7/hl7-resources.ts';
import { Failure } from '../outcome/failure.ts';
import { encountersOf, immunizationsOf, medicationsOf, proceduresOf } from './cda-acts.ts';
import { type EntryKind, SECTIONS, TERMINOLOGY } from './cda-codes.ts';
import { allergiesOf, problemsOf } from './cda-concerns.ts';
import { type CdaOptions, codingOf, concept, identifierOf, identifiersOf, moment, namedIn, period } from './cda-datatypes.ts';
import { attempt, type EntryReading, hasHappened, type Made } from './cda-entry.ts';
import { familyOf } from './cda-family.ts';
import { resultsOf, socialHistoryOf, vitalsOf } from './cda-observations.ts';
import { patientOf } from './cda-patient.ts';
import { plannedOf } from './cda-plan.ts';
import { all, at, attribute, elementsIn, plainText, type XmlElement, xmlIn } from './cda-xml.ts';
import { narrativeText, partsById } from './narrative.ts';

const NAMESPACE = 'urn:hl7-org:v3';
const DEEPEST_SECTION = 10;

/** Readers of entries, and the elements that such an entry is. */
const READERS: Readonly<
  Record<Exclude<EntryKind, 'note'>, readonly [RegExp, (entry: XmlElement, reading: EntryReading) => Made[]]>
> = {
  allergy: [/^(?:act|observation)$/, allergiesOf],
  problem: [/^(?:act|observation)$/, problemsOf],
  medication: [/^substanceAdministration$/, medicationsOf],
  immunization: [/^substanceAdministration$/, immunizationsOf],
  result: [/^(?:organizer|observation)$/, resultsOf],
  vital: [/^(?:organizer|observation)$/, vitalsOf],
  encounter: [/^encounter$/, encountersOf],
  // One that is only intended may stand among those that were done.
  procedure: [
    /^(?:procedure|observation|act)$/,
    (entry, reading) => (hasHappened(entry) ? proceduresOf : plannedOf)(entry, reading),
  ],
  social: [/^(?:organizer|observation)$/, socialHistoryOf],
  family: [/^organizer$/, familyOf],
  plan: [/^(?:observation|procedure|act|encounter|substanceAdministration)$/, plannedOf],
};

/**
 * The patient first, then the document, then what it says. What is wrong with one entry does not stop the others.
 * @throws {Failure} as `xmlIn`; `cda.not-cda`, `cda.no-patient`, `cda.several-patients`, `cda.no-patient-id`.
 */
export function cdaResources(bytes: Uint8Array, options: CdaOptions): MadeResource[] {
  const root = xmlIn(bytes);
  if (root.name !== 'ClinicalDocument' || root.namespace !== NAMESPACE) throw notCda(root);
  const roles = all(root, 'recordTarget').flatMap((each) => all(each, 'patientRole'));
  const [role] = roles;
  if (!role)
    throw placed(
      root,
      new Failure('cda.no-patient', 'This document names no patient (recordTarget), so there is nobody to file it under.'),
    );
  if (roles.length > 1)
    throw placed(
      roles[1] as XmlElement,
      new Failure(
        'cda.several-patients',
        'This document is about more than one patient. Nobody is told apart by an import; ask for a document of each.',
      ),
    );
  return new DocumentReader(root, bytes, options).read(role);
}

/** Types whose subject R4 calls `patient`. */
const NAMES_PATIENT: ReadonlySet<string> = new Set(['AllergyIntolerance', 'Immunization', 'FamilyMemberHistory']);

class DocumentReader {
  readonly #root: XmlElement;
  readonly #bytes: Uint8Array;
  readonly #reading: EntryReading;
  readonly #age: string;
  readonly #made: MadeResource[] = [];
  /** What was made under an id, as JSON: two things under one id of the sender are two records. */
  readonly #given = new Map<string, string>();
  #patient = '';
  /** Confidentiality of the section under way, or of the document. */
  #label: Json | undefined;

  constructor(root: XmlElement, bytes: Uint8Array, options: CdaOptions) {
    this.#root = root;
    this.#bytes = bytes;
    this.#age = this.#ageOf(options);
    this.#label = labelOf(root);
    this.#reading = {
      ...options,
      parts: partsById(root),
      resource: (type, element, fields) => this.#resource(type, element, fields),
    };
  }

  read(role: XmlElement): MadeResource[] {
    const { resource, key } = patientOf(role, this.#reading);
    this.#patient = this.#reading.name(`patient ${key}`);
    this.#put(attempt(role, () => this.#signed('Patient', this.#patient, resource)));
    this.#put(attempt(this.#root, () => this.#original()));
    const body = at(this.#root, 'component', 'structuredBody');
    for (const component of all(body, 'component')) for (const section of all(component, 'section')) this.#section(section, 1);
    const unstructured = at(this.#root, 'component', 'nonXMLBody', 'text');
    if (unstructured) this.#put(attempt(unstructured, () => this.#file(unstructured, this.#documentFacts())));
    return this.#made;
  }

  #section(section: XmlElement, depth: number): void {
    const outer = this.#label;
    this.#label = labelOf(section) ?? outer;
    const kind = SECTIONS[attribute(at(section, 'code'), 'code')];
    const before = this.#made.length;
    const refusedBefore = this.#made.filter((each) => 'failure' in each).length;
    for (const entry of all(section, 'entry')) for (const statement of elementsIn(entry)) this.#statement(statement, kind);
    const refused = this.#made.filter((each) => 'failure' in each).length - refusedBefore;
    const taken = this.#made.length - before - refused;
    if (taken === 0 || refused > 0) this.#narrative(section);
    for (const component of all(section, 'component'))
      for (const inner of all(component, 'section')) {
        if (depth < DEEPEST_SECTION) this.#section(inner, depth + 1);
        else this.#put({ element: inner, failure: new Failure('cda.too-deep', 'Sections lie inside each other too deep.') });
      }
    this.#label = outer;
  }

  #statement(statement: XmlElement, kind: EntryKind | undefined): void {
    if (attribute(statement, 'nullFlavor') !== '') return;
    if (kind === 'note') {
      const text = at(statement, 'text');
      // A note that refers to the section's words is those words.
      if (text && attribute(text, 'representation') === 'B64')
        this.#put(attempt(statement, () => this.#file(text, this.#noteFacts(statement))));
      return;
    }
    const [elements, read] = (kind && READERS[kind]) ?? [];
    if (read && elements?.test(statement.name)) for (const made of read(statement, this.#reading)) this.#put(made);
    else this.#put({ element: statement, failure: unknownEntry(statement) });
  }

  /** A section's words, as a document. */
  #narrative(section: XmlElement): void {
    const text = at(section, 'text');
    const words = text ? narrativeText(text) : '';
    if (words === '') return;
    this.#put(
      attempt(section, () =>
        this.#reading.resource('DocumentReference', section, {
          ...this.#documentFacts(),
          type: concept(at(section, 'code'), this.#reading) ?? present({ text: plainText(at(section, 'title')) }),
          description: plainText(at(section, 'title')),
          content: [
            {
              attachment: {
                contentType: 'text/plain; charset=utf-8',
                data: toBase64(utf8(words)),
                title: plainText(at(section, 'title')),
              },
            },
          ],
        }),
      ),
    );
  }

  /** The document as it was sent. */
  #original(): Json & { id: string } {
    const identifier = at(this.#root, 'id');
    const data = toBase64(this.#bytes);
    const title = plainText(at(this.#root, 'title'));
    return this.#signed('DocumentReference', this.#reading.name(`document ${this.#patient} ${data}`), {
      masterIdentifier: identifier && identifierOf(identifier),
      ...this.#documentFacts(),
      type: concept(at(this.#root, 'code'), this.#reading),
      description: title,
      subject: this.#subject,
      content: [{ attachment: { contentType: 'application/xml', data, title: title || 'CDA' } }],
    });
  }

  /** Who wrote the document when. */
  #documentFacts(): Json {
    const custodian = namedIn(at(this.#root, 'custodian', 'assignedCustodian'));
    const service = period(at(this.#root, 'documentationOf', 'serviceEvent', 'effectiveTime'), this.#reading);
    return {
      status: 'current',
      date: this.#age,
      author: all(this.#root, 'author').flatMap((each) => namedIn(at(each, 'assignedAuthor')) ?? []),
      custodian,
      context: present({ period: present(service) }),
    };
  }

  #noteFacts(note: XmlElement): Json {
    const time = moment(at(note, 'author', 'time'), this.#reading) || moment(at(note, 'effectiveTime'), this.#reading);
    return {
      identifier: identifiersOf(note),
      status: 'current',
      type: concept(at(note, 'code'), this.#reading),
      date: isInstant(time) ? time : this.#age,
      author: all(note, 'author').flatMap((each) => namedIn(at(each, 'assignedAuthor')) ?? []),
    };
  }

  /** A file inside the document, in base64. @throws {Failure} `cda.base64`. */
  #file(text: XmlElement, facts: Json): Json & { id: string } {
    const isBinary = attribute(text, 'representation') === 'B64';
    const data = isBinary ? plainText(text).replaceAll(/\s/g, '') : toBase64(utf8(narrativeText(text)));
    if (!isBase64(data) || data === '')
      throw new Failure('cda.base64', 'The file in here is no base64, or there is none. The document itself is kept.');
    const contentType = isBinary ? attribute(text, 'mediaType') || 'application/octet-stream' : 'text/plain; charset=utf-8';
    return this.#reading.resource('DocumentReference', text, {
      type: concept(at(this.#root, 'code'), this.#reading),
      description: plainText(at(this.#root, 'title')),
      ...facts,
      content: [{ attachment: { contentType, data } }],
    });
  }

  #resource(type: string, element: XmlElement, fields: Json): Json & { id: string } {
    const whose = NAMES_PATIENT.has(type) ? { patient: this.#subject } : { subject: this.#subject };
    const said = present({ ...fields, ...whose }) as Json;
    const written = JSON.stringify(said);
    const [own] = all(element, 'id').flatMap((each) => identifierOf(each) ?? []);
    const name = own ? `${type} ${this.#patient} ${own.system} ${own.value}` : `${type} ${this.#patient} ${written}`;
    for (let again = 0; ; again++) {
      const id = this.#reading.name(again === 0 ? name : `${name} ${again}`);
      const before = this.#given.get(`${type} ${id}`);
      if (before !== undefined && before !== written) continue;
      this.#given.set(`${type} ${id}`, written);
      return this.#signed(type, id, said);
    }
  }

  #signed(resourceType: string, id: string, fields: Json): Json & { id: string } {
    const meta = present({ lastUpdated: this.#age, security: this.#label ? [this.#label] : undefined });
    return { ...(present({ resourceType, id, meta, ...fields }) as Json), id };
  }

  get #subject(): Json {
    return { reference: `Patient/${this.#patient}` };
  }

  /** When the document was made: which of two versions is the newer; '' where no moment is said. */
  #ageOf(options: CdaOptions): string {
    const said = moment(at(this.#root, 'effectiveTime'), options);
    return isInstant(said) ? said : '';
  }

  #put(made: Made): void {
    const { line, path } = made.element;
    if ('failure' in made) this.#made.push({ line, path, failure: made.failure });
    else this.#made.push({ line, path, resource: made.resource });
  }
}

const isInstant = (said: string): boolean => said.length > 10;

/** Only what is more than normally confidential marks a record. */
function labelOf(element: XmlElement): Json | undefined {
  const code = attribute(at(element, 'confidentialityCode'), 'code');
  return code === 'R' || code === 'V'
    ? { ...codingOf(at(element, 'confidentialityCode')), system: `${TERMINOLOGY}v3-Confidentiality` }
    : undefined;
}

function placed(element: XmlElement, failure: Failure): Failure {
  return new Failure(failure.code, failure.message, { details: { line: element.line } });
}

function notCda(root: XmlElement): Failure {
  const isFhir = root.namespace === 'http://hl7.org/fhir';
  return new Failure(
    'cda.not-cda',
    isFhir
      ? 'This is FHIR in XML, which is not read. Export it as JSON.'
      : `This XML file (${root.name.slice(0, 40)}) is no clinical document: CDA begins with ClinicalDocument.`,
    { details: { line: root.line } },
  );
}

function unknownEntry(statement: XmlElement): Failure {
  const said = attribute(at(statement, 'code'), 'displayName') || attribute(at(statement, 'code'), 'code') || statement.name;
  return new Failure(
    'cda.entry-kind',
    `An entry of this kind (${said.slice(0, 80)}) makes no record here. The words of its section and the document itself are kept.`,
  );
}
