/** What a FHIR resource says, field by field, in words that people read. */
import type { TFunction } from 'i18next';
import { isJsonObject, type JsonObject, type JsonValue, readStrictJson } from '../../../../shared/fhir/strict-json.ts';
import { isInChart } from '../../../../shared/records/attachment.ts';
import type { Format } from '../../../parts/words/use-format.ts';
import { plainTitle } from '../item-title.ts';

interface Field {
  readonly path: string;
  readonly label: string;
  readonly value: string;
}

/** `valueQuantity` → `Value quantity`. */
const spaced = (name: string): string => {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** An element of FHIR in words: those that charts often have in the person's language, others by their name. */
export const elementWord = (t: TFunction, name: string): string =>
  t(`element.${name as 'status'}`, { defaultValue: spaced(name.replace(/^value(?=[A-Z])/, 'value ')) });

/** A type of FHIR in words: those that stand among the other records of charts in the person's language, others by their name. */
export const typeWord = (t: TFunction, type: string): string =>
  t(`resourceType.${type as 'Claim'}`, { defaultValue: spaced(type) });

/** `component[0].valueQuantity.value` → `Component 1 › Value`. */
export function pathWords(t: TFunction, path: string): string {
  const steps = path.split('.').map((step) => {
    const [, name = step, index] = /^(\w+)\[(\d+)\]$/.exec(step) ?? [];
    return { name, place: index === undefined || name === 'coding' ? '' : ` ${Number(index) + 1}` };
  });
  const said = steps.map(({ name, place }) => `${elementWord(t, name)}${place}`);
  // "Value › Value" says it twice.
  return said.filter((word, at) => word !== said[at - 1]).join(' › ');
}

/** Said elsewhere beside the record, or only of use to programs; the exact text has them. */
const LEFT_OUT: ReadonlySet<string> = new Set(['resourceType', 'id', 'meta', 'text.div', 'text.status']);
/** Of a file in the chart, which stands above its record with its name: the sealed pieces that it is kept in. */
const WHERE_FILES_LIE: ReadonlySet<string> = new Set(['extension', 'url']);
/** Whose chart it is stands above it. */
const OWNER: ReadonlySet<string> = new Set(['subject', 'patient', 'beneficiary']);
const ISO_DAY = /^\d{4}-\d\d-\d\d(T\d\d:\d\d.*)?$/;

/** `Encounter/0b7d6dab-79a2-…` → `Encounter 0b7d6dab…`, `urn:uuid:0b7d6dab-79a2-…` → `0b7d6dab…`; another program's address stays as it is. */
function referenceWords(t: TFunction, reference: string): string {
  const [, type = '', id = ''] = /^([A-Z]\w+)\/([\w-]+)$/.exec(reference) ?? [];
  if (type === '') return reference.replace(/^urn:uuid:([0-9a-f]{8})[0-9a-f-]{28}$/i, '$1…');
  const word = elementWord(t, type.charAt(0).toLowerCase() + type.slice(1));
  return `${word} ${id.length > 12 ? `${id.slice(0, 8)}…` : id}`;
}

/** Within a Bundle a reference may be a urn. */
const isPatient = (node: JsonValue): boolean =>
  isJsonObject(node) && typeof node.reference === 'string' && /^(?:Patient\/|urn:uuid:)/.test(node.reference);

/** The place of a code that has words of its own. */
const CODED = /(?:^|\.)(?:status|intent|docStatus)$|Status(?:\.coding\[0\])?\.code$/;

/** Where an attachment holds its bytes as base64, which nobody reads. */
const BYTES = /(?:[aA]ttachment|presentedForm|photo|content)(?:\[\d+\])?\.data$/;

/** A simple value as a person reads it: a date as the language writes it, a state in words, of bytes how many, anything else as it was written. */
export function valueWords(t: TFunction, format: Format, path: string, value: string): string {
  if (BYTES.test(path)) return format.bytes(Math.floor((value.replace(/=+$/, '').length * 3) / 4));
  if (CODED.test(path)) return t(`state.${value as 'active'}`, { defaultValue: value });
  return ISO_DAY.test(value) ? format.recorded(value) : value;
}

/** A concept's own words are left out where one of its codes says the same. */
const repeats = (concept: JsonObject): boolean =>
  Array.isArray(concept.coding) && concept.coding.some((each) => isJsonObject(each) && each.display === concept.text);

/** The words of a CodeableConcept: its own, else those of its first code. */
function conceptWords(concept: JsonValue | undefined): string {
  if (!isJsonObject(concept)) return '';
  if (typeof concept.text === 'string') return concept.text;
  const first = Array.isArray(concept.coding) ? concept.coding[0] : undefined;
  return isJsonObject(first) && typeof first.display === 'string' ? first.display : '';
}

/** What the resource says, with its place; numbers with the digits that were written, and dates as the language writes them. */
export function fieldsOf(t: TFunction, format: Format, resource: string): Field[] {
  const { value, exactNumbers } = readStrictJson(resource, { fhir: false });
  const fields: Field[] = [];
  const code = (word: string): string => t(`state.${word as 'active'}`, { defaultValue: word });

  /** What a person reads of an element whose parts say one thing together: an amount, a coded word, a reference. */
  const together = (node: JsonObject, path: string): string | undefined => {
    const said = (name: string): string => (typeof node[name] === 'string' ? node[name] : '');
    const unit = said('unit') || said('code');
    if (typeof node.value === 'number' && unit !== '')
      return `${said('comparator')}${exactNumbers.get(`${path}.value`) ?? node.value} ${unit}`;
    if (said('reference') !== '') return said('display') || referenceWords(t, said('reference'));
    if (said('system') === '' || said('code') === '') return undefined;
    return said('display') === '' ? code(said('code')) : `${plainTitle(t, said('display'))} (${said('code')})`;
  };
  const plain = (node: string | number | boolean, path: string): string => {
    return typeof node === 'string' ? valueWords(t, format, path, node) : (exactNumbers.get(path) ?? String(node));
  };

  const walk = (node: JsonValue | undefined, path: string, name: string, labels: readonly string[]): void => {
    if (LEFT_OUT.has(path) || node === undefined || node === null) return;
    if (Array.isArray(node)) {
      for (const [index, item] of node.entries()) {
        const part = name === 'component' && isJsonObject(item) ? conceptWords(item.code) : '';
        const place = node.length > 1 ? [...labels, String(index + 1)] : labels;
        walk(item, `${path}[${index}]`, part === '' ? name : 'part', part === '' ? place : [part]);
      }
      return;
    }
    const said = isJsonObject(node) ? together(node, path) : plain(node, path);
    if (said !== undefined) {
      if (!OWNER.has(path) || !isPatient(node)) fields.push({ path, label: labels.join(' › '), value: said });
    } else if (isJsonObject(node))
      for (const [member, item] of Object.entries(node)) {
        if (member === 'text' && repeats(node)) continue;
        if (name === 'part' && member === 'code') continue;
        if (WHERE_FILES_LIE.has(member) && isInChart(node.url)) continue;
        const isSaid = member === 'coding' || (name === 'part' && member.startsWith('value'));
        walk(item, path === '' ? member : `${path}.${member}`, member, isSaid ? labels : [...labels, elementWord(t, member)]);
      }
  };
  walk(value, '', '', []);
  return fields;
}
