/** Bundles, written around the texts of resources: these go out as they are, none is read and written again. */

import { cutDown } from '../../shared/fhir-api/cut-down.ts';
import { entityTag, type FhirAnswer } from '../../shared/fhir-api/exchange.ts';
import { outcomeOf } from '../../shared/fhir-api/outcomes.ts';
import { CURSOR, type Question } from '../../shared/fhir-api/search-question.ts';
import { counted } from '../../shared/outcome/counted.ts';
import type { OpenedVersion } from '../sync/vault-context/vault-context.ts';
import type { Served } from './program-view.ts';
import type { FoundPage } from './searches.ts';

/** @param address of the search, without its query */
export function searchBundle(base: string, address: string, question: Question, found: FoundPage): string {
  const entryOf = ({ entry, id, text }: Served, mode: 'match' | 'include', shape: Question): string =>
    `{"fullUrl":${quoted(`${base}/${entry.resourceType}/${id}`)},"resource":${cutDown(entry.resourceType, text, shape)},"search":{"mode":"${mode}"}}`;
  const entries = [
    ...found.served.map((each) => entryOf(each, 'match', question)),
    // Elements are asked for of what is found alone.
    ...found.included.map((each) => entryOf(each, 'include', { ...question, elements: undefined })),
  ];
  const notes = notesOf(question, found.missing);
  if (notes.length > 0) entries.push(`{"resource":${JSON.stringify(outcomeOf(...notes))},"search":{"mode":"outcome"}}`);
  const link = [
    { relation: 'self', url: linkOf(address, question, question.cursor) },
    ...(found.next === undefined ? [] : [{ relation: 'next', url: linkOf(address, question, found.next) }]),
  ];
  const total = found.total === undefined ? '' : `"total":${found.total},`;
  return `{"resourceType":"Bundle","type":"searchset",${total}"link":${JSON.stringify(link)}${entriesOf(entries)}}`;
}

/** The newest version first. */
export function historyBundle(base: string, versions: ReadonlyArray<Served & { readonly version: OpenedVersion }>): string {
  const entries = versions.map(({ entry, id, text, version }) => {
    const address = `${entry.resourceType}/${id}`;
    const request = { method: version.version === 1 ? 'POST' : 'PUT', url: version.version === 1 ? entry.resourceType : address };
    const response = {
      status: version.version === 1 ? '201' : '200',
      etag: entityTag(version.version),
      lastModified: new Date(version.time).toISOString(),
    };
    return `{"fullUrl":${quoted(`${base}/${address}`)},"resource":${text},"request":${JSON.stringify(request)},"response":${JSON.stringify(response)}}`;
  });
  return `{"resourceType":"Bundle","type":"history","total":${versions.length}${entriesOf(entries)}}`;
}

/** What became of each entry of a Bundle that was sent, in its order. */
export function responseBundle(type: 'batch' | 'transaction', answers: readonly FhirAnswer[]): string {
  const entries = answers.map(({ status, headers, body }) => {
    const response = {
      status: String(status),
      ...(headers.location === undefined ? {} : { location: headers.location }),
      ...(headers.etag === undefined ? {} : { etag: headers.etag }),
      ...(headers['last-modified'] === undefined ? {} : { lastModified: new Date(headers['last-modified']).toISOString() }),
    };
    if (status < 400) return `{${body === '' ? '' : `"resource":${body},`}"response":${JSON.stringify(response)}}`;
    return `{"response":${JSON.stringify(response).slice(0, -1)},"outcome":${body}}}`;
  });
  return `{"resourceType":"Bundle","type":"${type}-response"${entriesOf(entries)}}`;
}

const quoted = (text: string): string => JSON.stringify(text);

/** FHIR knows no empty lists. */
const entriesOf = (entries: readonly string[]): string => (entries.length > 0 ? `,"entry":[${entries.join(',')}]` : '');

function linkOf(address: string, { understood }: Question, cursor: string | undefined): string {
  const query = new URLSearchParams([...understood.map(([name, value]) => [name, value]), ...(cursor ? [[CURSOR, cursor]] : [])]);
  return query.size > 0 ? `${address}?${query}` : address;
}

function notesOf({ ignored }: Question, missing: number): Parameters<typeof outcomeOf> {
  const notes: Parameters<typeof outcomeOf> = [];
  if (ignored.length > 0)
    notes.push({
      severity: 'warning',
      code: 'not-supported',
      diagnostics: `These search parameters are not known here and were not used: ${ignored.join(', ')}.`,
    });
  if (missing > 0)
    notes.push({
      severity: 'warning',
      code: 'incomplete',
      diagnostics: `Of ${counted(missing, 'record')} that this clinic knows the sealed documents are not on this computer. Sync, then ask again.`,
    });
  return notes;
}
