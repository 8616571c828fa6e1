/**
 * The text of a resource as it is served: byte for byte what its author wrote, except `id`, `meta.versionId` and `meta.lastUpdated`,
 * which a FHIR server says itself (R4 resource.html). Numbers keep their digits, unknown elements stay.
 */
import { membersOf, type Slice } from '../fhir/json-cursor.ts';

interface ServedAs {
  readonly id: string;
  readonly version: number;
  /** Milliseconds since 1970. */
  readonly time: number;
}

/** The text of a resource with this id in the place of its own. @param text that the strict reader has accepted */
export function withId(text: string, id: string): string {
  const members = new Map([...membersOf(text, text.indexOf('{'))].map((member) => [member.name, member]));
  const given = JSON.stringify(id);
  const own = members.get('id');
  if (own) return edited(text, [{ start: own.start, end: own.end, text: given }]);
  const after = members.get('resourceType');
  return after ? edited(text, [{ start: after.end, end: after.end, text: `,"id":${given}` }]) : text;
}

interface Edit extends Slice {
  readonly text: string;
}

/** @param text a resource that the strict reader has accepted */
export function servedText(text: string, { id, version, time }: ServedAs): string {
  const start = text.indexOf('{');
  const meta = { versionId: JSON.stringify(String(version)), lastUpdated: JSON.stringify(new Date(time).toISOString()) };
  const edits: Edit[] = [];
  const given = JSON.stringify(id);
  const members = new Map([...membersOf(text, start)].map((member) => [member.name, member]));
  const ownId = members.get('id');
  const ownMeta = members.get('meta');
  if (ownId) edits.push({ start: ownId.start, end: ownId.end, text: given });
  if (ownMeta && text[ownMeta.start] === '{') edits.push(...membersSet(text, ownMeta.start, meta));
  const added = [
    ...(ownId ? [] : [`"id":${given}`]),
    ...(ownMeta ? [] : [`"meta":{"versionId":${meta.versionId},"lastUpdated":${meta.lastUpdated}}`]),
  ];
  // After the resource type, where people look for them; a resource always says its type.
  const after = members.get('resourceType') as Slice;
  if (added.length > 0) edits.push({ start: after.end, end: after.end, text: `,${added.join(',')}` });
  return edited(text, edits);
}

/** Edits that give members of the object at `start` these values (JSON), those that are not there yet in front. */
function membersSet(text: string, start: number, values: Readonly<Record<string, string>>): Edit[] {
  const members = new Map([...membersOf(text, start)].map((member) => [member.name, member]));
  const added: string[] = [];
  const edits = Object.entries(values).flatMap(([name, value]): Edit[] => {
    const member = members.get(name);
    if (member) return [{ start: member.start, end: member.end, text: value }];
    added.push(`${JSON.stringify(name)}:${value}`);
    return [];
  });
  if (added.length === 0) return edits;
  return [...edits, { start: start + 1, end: start + 1, text: `${added.join(',')}${members.size > 0 ? ',' : ''}` }];
}

function edited(text: string, edits: readonly Edit[]): string {
  let made = '';
  let at = 0;
  for (const edit of [...edits].sort((one, other) => one.start - other.start)) {
    made += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return made + text.slice(at);
}

/** How the desk's screens name a patient, or a record of a chart: by the vault's own id, 32 hexadecimal digits. */
const OWN_REFERENCE = /("reference"\s*:\s*")([A-Z][A-Za-z]{1,63}\/[0-9a-f]{32})(?=")/g;
/** What has no id of its own is served under its patient's and its record's. */
const MADE_REFERENCE = /("reference"\s*:\s*"([A-Z][A-Za-z]{1,63})\/)([0-9a-f]{32})([0-9a-f]{32})(?=")/g;

/** References of a resource by ids of the vault: `Patient/…` with 32 hexadecimal digits, each once. */
export const ownReferencesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(OWN_REFERENCE)].map(([, , name]) => name as string)),
];

/** The text with these references in other words. @param words by what is written: `Patient/123` */
export const withReferences = (text: string, words: ReadonlyMap<string, string>): string =>
  text.replaceAll(OWN_REFERENCE, (whole, before: string, name: string) => {
    const other = words.get(name);
    return other === undefined ? whole : before + other;
  });

/** The other way round, for what a program sends about a patient: what is named by an id that was made for serving is named as the desk names it. */
export const withOwnReferences = (text: string, patient: string): string =>
  text.replaceAll(MADE_REFERENCE, (whole, before: string, type: string, whose: string, record: string) =>
    whose === patient ? before + (type === 'Patient' ? patient : record) : whole,
  );
