/** Writing as programs ask for it (R4 http.html): create, update and patch, by id and by condition. Planned in `writes.ts`, put here. */

import { type FhirAnswer, type FhirRequest, json, patchIn, placeHeaders, resourceIn } from '../../shared/fhir-api/exchange.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { Patients } from '../patients/patients.ts';
import type { Records } from '../records/records.ts';
import type { ChartEntry, VaultContext } from '../sync/vault-context/vault-context.ts';
import type { AccessLines } from './access-lines.ts';
import type { ProgramView, Served } from './program-view.ts';
import type { ReadInteractions } from './read-interactions.ts';
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
  writeAll,
} from './writes.ts';

const WRITE = 'fhir-write';

interface WritingParts {
  readonly context: VaultContext;
  readonly patients: Patients;
  readonly records: Records;
  readonly lines: AccessLines;
}

export class WriteInteractions {
  readonly #parts: WritingParts;
  readonly #reads: ReadInteractions;

  /** @param reads finds what a condition names */
  constructor(parts: WritingParts, reads: ReadInteractions) {
    this.#parts = parts;
    this.#reads = reads;
  }

  async create(view: ProgramView, type: string, request: FhirRequest): Promise<FhirAnswer> {
    view.refuse(type, 'c');
    const text = resourceIn(request);
    const existing = await this.#reads.one(view, type, request.headers['if-none-exist']);
    if (existing) return foundAnswer(existing, request.base);
    const write = await planCreate(this.partsFor(view), type, text, newId(this.#parts.context));
    return this.#written(view, write, request);
  }

  async update(
    view: ProgramView,
    { type, id }: { readonly type: string; readonly id: string },
    request: FhirRequest,
  ): Promise<FhirAnswer> {
    view.refuse(type, 'u');
    const text = resourceIn(request);
    const write = await planUpdate(this.partsFor(view), { type, id, text, ifMatch: request.headers['if-match'] });
    return this.#written(view, write, request);
  }

  /** Its answer shows the whole resource, so the program has to be one that may read it. */
  async patch(
    view: ProgramView,
    place: { readonly type: string; readonly id: string },
    request: FhirRequest,
  ): Promise<FhirAnswer> {
    view.refuse(place.type, 'r');
    view.refuse(place.type, 'u');
    const change = { ...place, patch: patchIn(request), ifMatch: request.headers['if-match'] };
    return this.#written(view, await planPatch(this.partsFor(view), change), request);
  }

  /** The one resource that fits is updated; what fits none is made (R4 http.html, conditional update). */
  async updateWhere(view: ProgramView, type: string, query: URLSearchParams, request: FhirRequest): Promise<FhirAnswer> {
    view.refuse(type, 'u');
    const text = resourceIn(request);
    const existing = await this.#reads.one(view, type, conditionOf(query));
    if (!existing) view.refuse(type, 'c');
    const write = existing
      ? await planUpdate(this.partsFor(view), { type, ...updateOf(existing, text, request.headers['if-match']) })
      : await planCreate(this.partsFor(view), type, withoutId(text), newId(this.#parts.context));
    return this.#written(view, write, request);
  }

  async patchWhere(view: ProgramView, type: string, query: URLSearchParams, request: FhirRequest): Promise<FhirAnswer> {
    const existing = await this.#reads.one(view, type, conditionOf(query));
    if (!existing) throw new Failure('fhir-api.unknown', `No ${type} fits this condition. Nothing was changed.`);
    return this.patch(view, { type, id: existing.id }, request);
  }

  async #written(view: ProgramView, write: PlannedWrite, request: FhirRequest): Promise<FhirAnswer> {
    const [answer] = await this.commit(view, [write], request);
    return answer as FhirAnswer;
  }

  /** The lines first: what a program wrote without one would be nobody's. */
  async commit(view: ProgramView, writes: readonly PlannedWrite[], { base, headers }: FhirRequest): Promise<FhirAnswer[]> {
    const shown = [...Map.groupBy(writes, ({ patient }) => patient.id).values()].map((each) => ({
      patient: (each[0] as PlannedWrite).patient,
      categories: each.map(({ draft }) => draft.category),
    }));
    const types = [...new Set(writes.map(({ type }) => type))].join(', ');
    await this.#parts.lines.note(view.token, WRITE, `write ${types}`.slice(0, 500), shown);
    const entries = await writeAll(this.#parts.records, writes);
    const found = writes.map(({ patient }, at) => ({ patient, entry: entries[at] as ChartEntry }));
    const served = await view.serve(found);
    return writes.map(({ type, id, isNew }, at) => {
      const { text, entry } = served[at] as Served;
      const { version, time } = entry;
      const isMinimal = /\breturn=minimal\b/.test(headers.prefer);
      return json(isNew ? 201 : 200, isMinimal ? '' : text, placeHeaders(base, { type, id, version, time }));
    });
  }

  /** What a plan of `writes.ts` needs of this program. */
  partsFor(view: ProgramView): WriteParts {
    const { context, patients, records } = this.#parts;
    return { context, patients, records, view, begun: new Map() };
  }
}
