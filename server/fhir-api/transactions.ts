/** Bundles that programs send (R4 http.html, batch and transaction): a batch entry by entry, a transaction as one commit or not at all. */

import { utf8 } from '../../shared/encoding/bytes.ts';
import { elementsOf, memberAt, rootOf } from '../../shared/fhir/json-cursor.ts';
import { isJsonObject, type JsonObject, readStrictJson } from '../../shared/fhir/strict-json.ts';
import { type FhirAnswer, type FhirRequest, refused } from '../../shared/fhir-api/exchange.ts';
import { type Interaction, interactionOf } from '../../shared/fhir-api/interaction.ts';
import type { ScopeAction } from '../../shared/fhir-api/scopes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { Served } from './program-view.ts';
import {
  conditionOf,
  foundAnswer,
  newId,
  type PlannedWrite,
  planCreate,
  planPatch,
  planUpdate,
  updateOf,
  type WriteParts,
  withoutId,
} from './writes.ts';

export interface BundleEntry {
  readonly fullUrl: string;
  readonly method: string;
  readonly url: string;
  readonly ifMatch: string;
  readonly ifNoneExist: string;
  /** The resource as it was written, '' without one. */
  readonly text: string;
}

interface SentBundle {
  readonly type: 'batch' | 'transaction';
  readonly entries: readonly BundleEntry[];
}

/** Of a transaction fewer than one commit holds; of a batch each entry is a commit of its own, and others are answered in between. */
const MOST_ENTRIES = { batch: 500, transaction: 150 };

/** @throws {Failure} `fhir.json-…` (a key given twice among them), `fhir-api.bundle`, `fhir-api.bundle-too-large`. */
export function readBundle(sent: string): SentBundle {
  const { value, text } = readStrictJson(sent);
  if (!isJsonObject(value) || value.resourceType !== 'Bundle' || (value.type !== 'batch' && value.type !== 'transaction'))
    throw new Failure('fhir-api.bundle', 'A Bundle of the type batch or transaction belongs here.');
  const given = value.entry ?? [];
  if (!Array.isArray(given)) throw new Failure('fhir-api.bundle', 'The entries of a Bundle are a list.');
  const most = MOST_ENTRIES[value.type];
  if (given.length > most)
    throw new Failure(
      'fhir-api.bundle-too-large',
      `A ${value.type} has at most ${most} entries here. Send it in parts, or import it.`,
    );
  const place = memberAt(text, rootOf(text).start, 'entry');
  const slices = place && text[place.start] === '[' ? [...elementsOf(text, place.start)] : [];
  const entries = given.map((entry, at): BundleEntry => {
    const request = isJsonObject(entry) && isJsonObject(entry.request) ? entry.request : undefined;
    const slice = slices[at];
    if (!request || !slice || !isJsonObject(entry))
      throw new Failure('fhir-api.bundle', 'Each entry of this Bundle needs a request.');
    const resource = memberAt(text, slice.start, 'resource');
    return {
      fullUrl: textIn(entry, 'fullUrl'),
      method: textIn(request, 'method'),
      url: textIn(request, 'url'),
      ifMatch: textIn(request, 'ifMatch'),
      ifNoneExist: textIn(request, 'ifNoneExist'),
      text: resource ? text.slice(resource.start, resource.end) : '',
    };
  });
  return { type: value.type, entries };
}

const textIn = (object: JsonObject, name: string): string => {
  const value = object[name];
  return typeof value === 'string' ? value : '';
};

/**
 * The text with each reference by a `urn:uuid` of the Bundle put into the words of this server: `Patient/…` (R4 http.html#trules). An
 * identifier may have that very text as its value, which is no reference.
 */
function resolved(text: string, names: ReadonlyMap<string, string>): string {
  return text.replaceAll(/(?<!"value"\s*:\s*)"(urn:uuid:[0-9A-Za-z-]{1,64})"/g, (whole, name: string) => {
    const address = names.get(name);
    return address === undefined ? whole : JSON.stringify(address);
  });
}

/** An entry as the request that it stands for. */
export function requestOf(entry: BundleEntry, { base, headers }: FhirRequest): FhirRequest {
  const { method, url, ifMatch, ifNoneExist } = entry;
  const [type, text] = method === 'PATCH' ? [JSON_PATCH, patchOf(entry)] : ['application/fhir+json', entry.text];
  const path = url.startsWith(`${base}/`) ? url.slice(base.length + 1) : url;
  const own = { ...headers, 'content-type': type, 'if-match': ifMatch, 'if-none-exist': ifNoneExist };
  return { method, target: `/${path}`, base, headers: own, body: utf8(text) };
}

const JSON_PATCH = 'application/json-patch+json';

/** A patch comes inside of a Bundle as a Binary (R4 http.html, patch). @throws {Failure} `fhir-api.media-type`. */
function patchOf({ text }: BundleEntry): string {
  const { resourceType, contentType, data } = JSON.parse(text || '{}') as Record<string, unknown>;
  if (resourceType === 'Binary' && contentType === JSON_PATCH && typeof data === 'string')
    return Buffer.from(data, 'base64').toString();
  throw new Failure('fhir-api.media-type', `A patch in a Bundle is a Binary of ${JSON_PATCH}.`);
}

/** Characters of all answers together, behind which a batch reads nothing more: they are held until the last one is there. */
const MOST_ANSWERED = 32 * 1024 * 1024;

/** Each entry by itself: one that is refused refuses no other. */
export async function eachAlone(
  entries: readonly BundleEntry[],
  run: (entry: BundleEntry) => Promise<FhirAnswer>,
): Promise<FhirAnswer[]> {
  const answers: FhirAnswer[] = [];
  let answered = 0;
  for (const entry of entries) {
    try {
      if (answered > MOST_ANSWERED) throw answersTooLong();
      const answer = await run(entry);
      answered += answer.body.length;
      answers.push(answer);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      answers.push(refused(error));
    }
  }
  return answers;
}

const answersTooLong = (): Failure =>
  new Failure(
    'fhir-api.bundle-too-large',
    'The answers before this one are as much as one Bundle holds, so this entry was not done. Send it by itself.',
  );

interface TransactionEdges {
  readonly parts: WriteParts;
  readonly base: string;
  /** The one resource that a query finds. */
  existing(type: string, query: string): Promise<Served | undefined>;
  /** @throws {Failure} `fhir-api.scope`, `fhir-api.type-unknown`. */
  refuse(type: string, action: ScopeAction): void;
  read(entry: BundleEntry): Promise<FhirAnswer>;
  commit(writes: readonly PlannedWrite[]): Promise<readonly FhirAnswer[]>;
}

/** Patients first, so that what is about them knows them; then what is new, then changes, then reads. */
const ORDER = ['create Patient', 'create', 'update', 'patch', 'read', 'search', 'vread', 'history'];

/**
 * Everything is checked before anything is written, reads included: they show what was there before.
 * @throws {Failure} of the first entry that is refused, whose place its sentence names; then nothing was written
 */
export async function runTransaction(entries: readonly BundleEntry[], edges: TransactionEdges): Promise<readonly FhirAnswer[]> {
  const named: Wish[] = [];
  for (const [at, entry] of entries.entries()) named.push(await placed(at, () => wishOf(entry, edges)));
  const names = new Map<string, string>();
  for (const { entry, wish, id } of named) {
    if (wish.kind === 'create') names.set(entry.fullUrl, `${wish.type}/${id}`);
    if (wish.kind === 'update' || wish.kind === 'patch') names.set(entry.fullUrl, `${wish.type}/${wish.id}`);
  }
  names.delete('');
  refuseSameName(entries);
  refuseTwice(named.flatMap(({ wish }) => (wish.kind === 'update' || wish.kind === 'patch' ? [`${wish.type}/${wish.id}`] : [])));
  // What a condition finds is there already: others that refer to it mean that one.
  const answers = new Map<number, FhirAnswer>();
  for (const [at, { entry, wish }] of named.entries()) {
    if (wish.kind !== 'create' || entry.ifNoneExist === '') continue;
    const found = await placed(at, () => edges.existing(wish.type, entry.ifNoneExist));
    if (!found) continue;
    answers.set(at, foundAnswer(found, edges.base));
    names.set(entry.fullUrl, `${wish.type}/${found.id}`);
  }
  const planned = (wish: Written, text: string, id: string, ifMatch: string): Promise<PlannedWrite> => {
    if (wish.kind === 'create') return planCreate(edges.parts, wish.type, text, id);
    const change = { type: wish.type, id: wish.id, ifMatch };
    return wish.kind === 'patch'
      ? planPatch(edges.parts, { ...change, patch: text })
      : planUpdate(edges.parts, { ...change, text });
  };
  const writes: PlannedWrite[] = [];
  const places: number[] = [];
  const inOrder = [...named.entries()].sort(([, one], [, other]) => ORDER.indexOf(one.order) - ORDER.indexOf(other.order));
  for (const [at, { entry, wish, id }] of inOrder) {
    if (answers.has(at)) continue;
    await placed(at, async () => {
      if (wish.kind !== 'create' && wish.kind !== 'update' && wish.kind !== 'patch')
        return answers.set(at, await edges.read(entry));
      const sent = wish.kind === 'patch' ? patchOf(entry) : entry.text;
      const text = await conditional(resolved(sent, names), edges);
      const write = await planned(wish, text, id, entry.ifMatch);
      places.push(at);
      return writes.push(write);
    });
  }
  const done = writes.length > 0 ? await edges.commit(writes) : [];
  for (const [nth, at] of places.entries()) answers.set(at, done[nth] as FhirAnswer);
  return entries.map((_, at) => answers.get(at) as FhirAnswer);
}

const WRITING: ReadonlySet<string> = new Set(['create', 'update', 'update-where', 'patch', 'patch-where']);

type Written = Extract<Interaction, { readonly kind: 'create' | 'update' | 'patch' }>;

interface Wish {
  readonly entry: BundleEntry;
  readonly wish: Interaction;
  /** For what is new. */
  readonly id: string;
  readonly order: string;
}

async function wishOf(entry: BundleEntry, edges: TransactionEdges): Promise<Wish> {
  const { parts, base, refuse } = edges;
  const path = entry.url.startsWith(`${base}/`) ? entry.url.slice(base.length + 1) : entry.url;
  const { interaction: wish, query } = interactionOf(entry.method, `/${path}`);
  if (WRITING.has(wish.kind) && entry.text === '')
    throw new Failure('fhir-api.bundle', 'There is no resource in it. Nothing was saved.');
  if (wish.kind === 'create') refuse(wish.type, 'c');
  if (wish.kind === 'patch') refuse(wish.type, 'r');
  if (wish.kind === 'update' || wish.kind === 'patch') refuse(wish.type, 'u');
  if (wish.kind === 'update-where') return conditionalUpdate(entry, wish.type, conditionOf(query), edges);
  const order = wish.kind === 'create' && wish.type === 'Patient' ? 'create Patient' : wish.kind;
  if (!ORDER.includes(order) || (wish.kind === 'search' && wish.inBody))
    throw new Failure(
      'fhir-api.bundle',
      'A transaction creates, updates, patches, reads and searches; other things are asked by themselves.',
    );
  return { entry, wish, id: newId(parts.context), order };
}

/** What a condition finds is updated; what it does not find is made. */
async function conditionalUpdate(
  entry: BundleEntry,
  type: string,
  condition: string,
  { parts, refuse, existing }: TransactionEdges,
): Promise<Wish> {
  refuse(type, 'u');
  const found = await existing(type, condition);
  if (found) {
    const { id, ...change } = updateOf(found, entry.text, entry.ifMatch);
    return { entry: { ...entry, ...change }, wish: { kind: 'update', type, id }, id: '', order: 'update' };
  }
  refuse(type, 'c');
  const order = type === 'Patient' ? 'create Patient' : 'create';
  const made = { ...entry, text: withoutId(entry.text), ifNoneExist: '' };
  return { entry: made, wish: { kind: 'create', type }, id: newId(parts.context), order };
}

/** R4, invariant bdl-7: a reference to it would mean either. */
function refuseSameName(entries: readonly BundleEntry[]): void {
  const names = entries.map(({ fullUrl }) => fullUrl).filter((name) => name !== '');
  if (new Set(names).size < names.length)
    throw new Failure('fhir-api.bundle', 'Two entries of this Bundle have the same fullUrl. Nothing was saved.');
}

function refuseTwice(names: readonly string[]): void {
  if (new Set(names).size < names.length)
    throw new Failure('fhir-api.bundle', 'A transaction changes each resource once. Nothing was saved.');
}

/** References by a condition, `Patient?identifier=123`, put into the words of this server. */
async function conditional(text: string, { existing }: TransactionEdges): Promise<string> {
  const conditions = new Set(
    [...text.matchAll(/"reference"\s*:\s*"([A-Z][A-Za-z]{1,63}\?[^"\\]{1,500})"/g)].map(([, query]) => query as string),
  );
  let made = text;
  for (const condition of conditions) {
    const type = condition.slice(0, condition.indexOf('?'));
    const found = await existing(type, condition);
    if (!found) throw new Failure('fhir-api.none', `No ${type} fits the condition in a reference. Nothing was saved.`);
    made = made.replaceAll(`"${condition}"`, JSON.stringify(`${type}/${found.id}`));
  }
  return made;
}

/** A refusal that says in which entry it is. */
function placed<T>(at: number, act: () => T): T {
  const say = (error: unknown): never => {
    if (!(error instanceof Failure)) throw error;
    const { code, retry, details } = error;
    throw new Failure(code, `Entry ${at + 1}: ${error.message}`, { retry, details: { ...details }, cause: error });
  };
  try {
    const done = act();
    return done instanceof Promise ? (done.catch(say) as T) : done;
  } catch (error) {
    return say(error);
  }
}
