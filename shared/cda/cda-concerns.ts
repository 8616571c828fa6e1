/** Allergies and problems: what somebody keeps an eye on (C-CDA R2.1, concern acts). */
import { type Json, present } from '../hl7/hl7-datatypes.ts';
import {
  ALLERGY_CATEGORIES,
  CLINICAL_STATUS,
  CONCERN_STATUS,
  CRITICALITIES,
  INTOLERANCES,
  NO_KNOWN_ALLERGY,
  SEVERITIES,
} from './cda-codes.ts';
import { coded, concept, identifiersOf, moment, period } from './cda-datatypes.ts';
import {
  answer,
  attempt,
  codeIn,
  type EntryReading,
  isNegated,
  type Made,
  missing,
  observationsOf,
  related,
} from './cda-entry.ts';
import { at, attribute, plainText, type XmlElement } from './cda-xml.ts';

const SNOMED = 'http://snomed.info/sct';
const STATUS = '33999-4';
const CRITICALITY = '82606-5';
const PROBLEM = '55607006';

export function allergiesOf(entry: XmlElement, reading: EntryReading): Made[] {
  return observationsOf(entry).map((observation) => attempt(observation, () => allergy(observation, entry, reading)));
}

function allergy(observation: XmlElement, entry: XmlElement, reading: EntryReading): Json & { id: string } {
  const kind = codeIn(at(observation, 'value'));
  const category = ALLERGY_CATEGORIES[kind];
  const substance = at(observation, 'participant', 'participantRole', 'playingEntity');
  const named = concept(at(substance, 'code'), reading) ?? present({ text: plainText(at(substance, 'name')) });
  const { start, end } = period(at(observation, 'effectiveTime'), reading);
  const code = isNegated(observation) ? absence(named, category) : named;
  if (!code) throw missing('what the person is allergic to');
  return reading.resource('AllergyIntolerance', observation, {
    identifier: identifiersOf(observation),
    clinicalStatus: coded('allergyintolerance-clinical', clinicalStatus(observation, entry, end)),
    verificationStatus: coded('allergyintolerance-verification', 'confirmed'),
    type: kind === '' ? undefined : INTOLERANCES.has(kind) ? 'intolerance' : 'allergy',
    category: category ? [category] : undefined,
    criticality: CRITICALITIES[codeIn(at(answer(observation, CRITICALITY), 'value'))],
    code,
    onsetDateTime: start,
    recordedDate: moment(at(observation, 'author', 'time'), reading),
    reaction: related(observation, 'observation', 'MFST').flatMap((each) => reactionOf(each, reading)),
  });
}

/** “No known allergy”, or that it is not this one. */
function absence(named: Json | undefined, category: string | undefined): Json {
  if (named) return { text: `No allergy to ${words(named)}` };
  return {
    coding: [{ system: SNOMED, code: NO_KNOWN_ALLERGY[category ?? ''] }],
    text: `No known ${category ?? ''} allergy`.replace('  ', ' '),
  };
}

function words({ text, coding }: Json): string {
  const [first] = (coding ?? []) as Json[];
  return String(text ?? first?.display ?? first?.code);
}

function reactionOf(observation: XmlElement, reading: EntryReading): Json[] {
  const manifestation = concept(at(observation, 'value'), reading);
  if (!manifestation) return [];
  const onset = period(at(observation, 'effectiveTime'), reading).start;
  const severity = SEVERITIES[codeIn(at(answer(observation, 'SEV'), 'value'))];
  return [present({ manifestation: [manifestation], onset, severity }) as Json];
}

/** What the entry says of itself comes first, then that it ended, then what becomes of the concern. */
function clinicalStatus(observation: XmlElement, entry: XmlElement, end: string): string {
  const said = CLINICAL_STATUS[codeIn(at(answer(observation, STATUS), 'value'))];
  const concern = entry === observation ? 'active' : (CONCERN_STATUS[attribute(at(entry, 'statusCode'), 'code')] ?? 'active');
  return said ?? (end !== '' ? 'resolved' : concern);
}

/** @param along what the place of the entry adds: that these are an encounter's diagnoses */
export function problemsOf(entry: XmlElement, reading: EntryReading, along: Json = {}): Made[] {
  return observationsOf(entry).map((observation) => attempt(observation, () => problem(observation, entry, reading, along)));
}

function problem(observation: XmlElement, entry: XmlElement, reading: EntryReading, along: Json): Json & { id: string } {
  const value = at(observation, 'value');
  const named = concept(value, reading);
  if (!named && !isNegated(observation)) throw missing('which problem it is');
  const { start, end } = period(at(observation, 'effectiveTime'), reading);
  const status = clinicalStatus(observation, entry, end);
  const isAnyNegated = isNegated(observation) && (!named || codeIn(value) === PROBLEM);
  const category = coded('condition-category', 'problem-list-item');
  return reading.resource('Condition', observation, {
    identifier: identifiersOf(observation),
    // FHIR's con-4: what has ended is not active.
    clinicalStatus: coded(
      'condition-clinical',
      end !== '' && !/^(?:inactive|remission|resolved)$/.test(status) ? 'resolved' : status,
    ),
    verificationStatus: coded('condition-ver-status', isNegated(observation) && !isAnyNegated ? 'refuted' : 'confirmed'),
    category: [category],
    code: isAnyNegated ? { coding: [{ system: SNOMED, code: '160245001' }], text: 'No current problems or disability' } : named,
    onsetDateTime: start,
    abatementDateTime: end,
    recordedDate: moment(at(observation, 'author', 'time'), reading),
    ...along,
  });
}
