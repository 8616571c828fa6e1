/** The link by which a Patient says who replaces it (http://hl7.org/fhir/R4/patient.html#link), in the exact text of the record. */
import { elementsOf, rootOf, sliceAt } from './json-cursor.ts';
import { withoutMember } from './json-edit.ts';
import { isJsonObject, type JsonObject } from './strict-json.ts';

const linkTo = (patient: string): string => `{"other":{"reference":"Patient/${patient}"},"type":"replaced-by"}`;

/** Logical id of the patient by whom this one is replaced; undefined when by nobody. */
export function replacedBy({ link }: JsonObject): string | undefined {
  const links = Array.isArray(link) ? link.filter(isJsonObject) : [];
  const other = links.find(({ type }) => type === 'replaced-by')?.other;
  const reference = isJsonObject(other) ? other.reference : undefined;
  return typeof reference === 'string' ? /^Patient\/([^/]+)$/.exec(reference)?.[1] : undefined;
}

/** The text of a Patient that nobody replaces, with the link. @param patient logical id of who replaces it */
export function withReplacedBy(text: string, patient: string): string {
  const links = sliceAt(text, 'link');
  const at = (links ?? rootOf(text)).end - 1;
  return `${text.slice(0, at)}${links ? `,${linkTo(patient)}` : `,"link":[${linkTo(patient)}]`}${text.slice(at)}`;
}

/** The text without its links to who replaces it: byte for byte what it was before `withReplacedBy`, other changes kept. */
export function withoutReplacedBy(text: string, patient: string): string {
  for (const added of [`,"link":[${linkTo(patient)}]`, `,${linkTo(patient)}`])
    if (text.includes(added)) return text.replace(added, () => '');
  const links = sliceAt(text, 'link');
  if (!links) return text;
  // Another program has written it anew: what it wrote beside the link stays as it is.
  const kept = [...elementsOf(text, links.start)]
    .map(({ start, end }) => text.slice(start, end))
    .filter((link) => !replaces(link));
  if (kept.length > 0) return `${text.slice(0, links.start)}[${kept.join(',')}]${text.slice(links.end)}`;
  return withoutMember(text, 'link');
}

const replaces = (link: string): boolean => replacedBy({ link: [JSON.parse(link)] }) !== undefined;
