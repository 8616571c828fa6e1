/**
 * The FHIR façade: requests of programs, answered through the records that the screens use. Each is decided by the one decision
 * function, for the person who made the program's token and its purpose, and is in the access log before an answer goes out.
 */

import { type FacadeReach, facadeKey, facadeReachBody, facadeRow } from '../../shared/access/facade-rules.ts';
import { mayDo } from '../../shared/access/permissions.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import type { Issue } from '../../shared/fhir/resource-check.ts';
import { capabilityStatement, smartConfiguration } from '../../shared/fhir-api/capabilities.ts';
import { cutDown } from '../../shared/fhir-api/cut-down.ts';
import {
  type FhirAnswer,
  type FhirRequest,
  formOf,
  GO_ON,
  isStrict,
  json,
  parametersIn,
  patchIn,
  placeHeaders,
  refused,
  refuseFormats,
  resourceIn,
  validatedIn,
  versionHeaders,
} from '../../shared/fhir-api/exchange.ts';
import { type Interaction, interactionOf } from '../../shared/fhir-api/interaction.ts';
import { doubtsOf, refusalOf } from '../../shared/fhir-api/outcomes.ts';
import { type ScopeAction, scopesAllow } from '../../shared/fhir-api/scopes.ts';
import { servedTypes } from '../../shared/fhir-api/search-parameters.ts';
import { everythingOf, type Question, questionOf, shapeOf } from '../../shared/fhir-api/search-question.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { Patients } from '../patients/patients.ts';
import type { Attachments, Records } from '../records/records.ts';
import { personalAct } from '../sync/vault-context/personal-act.ts';
import type { AccessGate, ChartEntry, VaultContext } from '../sync/vault-context/vault-context.ts';
import { AccessLines } from './access-lines.ts';
import { historyBundle, responseBundle, searchBundle } from './bundles.ts';
import { answerExport } from './export-answers.ts';
import { ExportWriter } from './export-folder.ts';
import { Exports } from './exports.ts';
import { fhirApiResolvers } from './fhir-api.resolvers.ts';
import { notHere, ProgramView, type Served } from './program-view.ts';
import { everything, type FoundPage, search } from './searches.ts';
import { Tokens } from './tokens.ts';
import { type BundleEntry, eachAlone, readBundle, requestOf, runTransaction } from './transactions.ts';
import {
  conditionOf,
  foundAnswer,
  newId,
  notAllowed,
  type PlannedWrite,
  planCreate,
  planPatch,
  planUpdate,
  updateOf,
  type WriteParts,
  withoutId,
  writeAll,
} from './writes.ts';

interface FhirApiParts {
  readonly context: VaultContext;
  readonly patients: Patients;
  readonly records: Records;
  readonly access: AccessGate;
  readonly attachments: Attachments;
}

const READ = 'fhir-read';
const WRITE = 'fhir-write';

export class FhirApi {
  readonly tokens: Tokens;
  /** Writes exports into folders, on the word of who is signed in. */
  readonly exportWriter: ExportWriter;
  readonly #parts: FhirApiParts;
  readonly #lines: AccessLines;
  readonly #exports: Exports;
  readonly #since: string;

  private constructor(parts: FhirApiParts, tokens: Tokens) {
    this.#parts = parts;
    this.tokens = tokens;
    this.#lines = new AccessLines(parts.context, parts.access);
    this.#exports = new Exports({ context: parts.context, patients: parts.patients, lines: this.#lines });
    this.exportWriter = new ExportWriter(parts, this.#exports);
    this.#since = new Date(parts.context.clock()).toISOString();
  }

  static async open(parts: FhirApiParts): Promise<FhirApi> {
    return new FhirApi(parts, await Tokens.open(parts.context, parts.patients));
  }

  /** Ends exports. */
  close(): void {
    this.exportWriter.cancel();
    this.#exports.close();
  }

  /**
   * Says on the ledger, as who is signed in, whom this computer answers. The passphrase is asked for before the network is.
   * @throws {Failure} `vault.passphrase-wrong`, `ledger.refused`.
   */
  async sayReach(reach: FacadeReach, passphrase: string): Promise<void> {
    const { context } = this.#parts;
    const { device } = await context.gateway.identity();
    if (reach === 'network') await context.keyStore.confirm(passphrase);
    const [row] = await context.gateway.state([facadeKey(toHex(device))]);
    if ((row ? decode(facadeRow, row).reach : 'nobody') === reach) return;
    const said = personalAct(context, { type: 'facade.reach', codec: facadeReachBody, body: { device, reach } });
    await context.gateway.commit({ events: [said] });
  }

  /** Never throws a `Failure`: it is answered as an OperationOutcome. */
  async answer(request: FhirRequest): Promise<FhirAnswer> {
    const asked: { program?: string } = {};
    try {
      return { ...(await this.#answered(request, asked)), ...asked };
    } catch (error) {
      if (error instanceof Failure) return { ...refused(error), ...asked };
      throw error;
    }
  }

  async #answered(request: FhirRequest, asked: { program?: string }): Promise<FhirAnswer> {
    const { interaction, query } = interactionOf(request.method, request.target);
    refuseFormats(request.headers.accept, query, interaction.kind === 'export-file');
    if (interaction.kind === 'capabilities')
      return json(200, JSON.stringify(capabilityStatement(request.base, '1', this.#since)));
    if (interaction.kind === 'smart-configuration')
      return json(200, JSON.stringify(smartConfiguration()), { 'content-type': 'application/json' });
    const token = await this.tokens.of(request.headers.authorization, request.from);
    asked.program = token.name;
    const { context, patients, records } = this.#parts;
    const { role } = context.staff;
    if (!mayDo(role, 'chart.read') || (isPatientSearch(interaction) && !mayDo(role, 'patients.find'))) throw notAllowed();
    if (request.isBodyToCome) return GO_ON;
    const view = new ProgramView({ context, patients, records, token });
    return interaction.kind === 'bundle' ? this.#bundle(view, request) : this.#done(view, interaction, query, request);
  }

  #done(
    view: ProgramView,
    interaction: Exclude<Interaction, { kind: Unbundled }>,
    query: URLSearchParams,
    request: FhirRequest,
  ): Promise<FhirAnswer> {
    switch (interaction.kind) {
      case 'read':
        return this.#read(view, interaction.type, interaction.id, query);
      case 'vread':
      case 'history':
        return this.#history(view, interaction, request.base);
      case 'search':
        return this.#search(view, interaction, query, request);
      case 'everything':
        return this.#everything(view, interaction, query, request);
      case 'create':
        return this.#create(view, interaction.type, request);
      case 'update':
        return this.#update(view, interaction, request);
      case 'patch':
        return this.#patch(view, interaction, request);
      case 'update-where':
        return this.#updateWhere(view, interaction.type, query, request);
      case 'patch-where':
        return this.#patchWhere(view, interaction.type, query, request);
      case 'export':
      case 'export-status':
      case 'export-end':
      case 'export-file':
        return answerExport(this.#exports, view, { interaction, query, request });
      case 'validate':
        return this.#validate(interaction.type, request);
    }
  }

  async #read(view: ProgramView, type: string, id: string, query: URLSearchParams): Promise<FhirAnswer> {
    refuseType(view, type, 'r');
    const shape = shapeOf(query);
    const found = await view.find(type, id);
    const [served] = await view.serve([found]);
    if (!served) throw notHere();
    await this.#lines.note(view.token, READ, `read ${type}`, [{ patient: found.patient, categories: [found.entry.category] }]);
    return json(200, cutDown(type, served.text, shape), versionHeaders(served.entry));
  }

  async #history(
    view: ProgramView,
    interaction: Extract<Interaction, { kind: 'vread' | 'history' }>,
    base: string,
  ): Promise<FhirAnswer> {
    const { type, id } = interaction;
    refuseType(view, type, 'r');
    const found = await view.find(type, id);
    const versions = await view.versions(found);
    const one =
      interaction.kind === 'vread' ? versions.find(({ version }) => version.version === interaction.version) : undefined;
    if (interaction.kind === 'vread' && !one)
      throw new Failure('fhir-api.unknown', `There is no version ${interaction.version} of this ${type} here.`);
    await this.#lines.note(view.token, READ, `history ${type}`, [{ patient: found.patient, categories: [found.entry.category] }]);
    return one ? json(200, one.text, versionHeaders(one.version)) : json(200, historyBundle(base, versions));
  }

  async #search(
    view: ProgramView,
    { type, inBody }: Extract<Interaction, { kind: 'search' }>,
    query: URLSearchParams,
    request: FhirRequest,
  ): Promise<FhirAnswer> {
    refuseType(view, type, 's');
    if (inBody) for (const [name, value] of formOf(request)) query.append(name, value);
    const question = questionOf(type, query, isStrict(request));
    this.#refuseChain(view, question);
    const found = await search(view, this.#parts.patients, question);
    await this.#note(view, `search ${type}`, found);
    return json(200, searchBundle(request.base, `${request.base}/${type}`, question, found));
  }

  async #everything(
    view: ProgramView,
    { id, inBody }: Extract<Interaction, { kind: 'everything' }>,
    query: URLSearchParams,
    request: FhirRequest,
  ): Promise<FhirAnswer> {
    refuseType(view, 'Patient', 'r');
    if (inBody) for (const [name, value] of parametersIn(request)) query.append(name, value);
    const question = everythingOf(query, isStrict(request));
    const { patient } = await view.find('Patient', id);
    const found = await everything(view, patient, question);
    await this.#note(view, 'everything', found);
    return json(200, searchBundle(request.base, `${request.base}/Patient/${id}/$everything`, question, found));
  }

  async #create(view: ProgramView, type: string, request: FhirRequest): Promise<FhirAnswer> {
    refuseType(view, type, 'c');
    const text = resourceIn(request);
    const existing = await this.#existing(view, type, request.headers['if-none-exist']);
    if (existing) return foundAnswer(existing, request.base);
    const write = await planCreate(this.#writing(view), type, text, newId(this.#parts.context));
    return this.#written(view, write, request);
  }

  async #update(
    view: ProgramView,
    { type, id }: { readonly type: string; readonly id: string },
    request: FhirRequest,
  ): Promise<FhirAnswer> {
    refuseType(view, type, 'u');
    const text = resourceIn(request);
    const write = await planUpdate(this.#writing(view), { type, id, text, ifMatch: request.headers['if-match'] });
    return this.#written(view, write, request);
  }

  /** Its answer shows the whole resource, so the program has to be one that may read it. */
  async #patch(
    view: ProgramView,
    place: { readonly type: string; readonly id: string },
    request: FhirRequest,
  ): Promise<FhirAnswer> {
    refuseType(view, place.type, 'r');
    refuseType(view, place.type, 'u');
    const change = { ...place, patch: patchIn(request), ifMatch: request.headers['if-match'] };
    return this.#written(view, await planPatch(this.#writing(view), change), request);
  }

  /** The one resource that fits is updated; what fits none is made (R4 http.html, conditional update). */
  async #updateWhere(view: ProgramView, type: string, query: URLSearchParams, request: FhirRequest): Promise<FhirAnswer> {
    refuseType(view, type, 'u');
    const text = resourceIn(request);
    const existing = await this.#existing(view, type, conditionOf(query));
    if (!existing) refuseType(view, type, 'c');
    const write = existing
      ? await planUpdate(this.#writing(view), { type, ...updateOf(existing, text, request.headers['if-match']) })
      : await planCreate(this.#writing(view), type, withoutId(text), newId(this.#parts.context));
    return this.#written(view, write, request);
  }

  async #patchWhere(view: ProgramView, type: string, query: URLSearchParams, request: FhirRequest): Promise<FhirAnswer> {
    const existing = await this.#existing(view, type, conditionOf(query));
    if (!existing) throw new Failure('fhir-api.unknown', `No ${type} fits this condition. Nothing was changed.`);
    return this.#patch(view, { type, id: existing.id }, request);
  }

  /** Judges a resource as a write would, and writes nothing. */
  async #validate(type: string, request: FhirRequest): Promise<FhirAnswer> {
    const text = validatedIn(resourceIn(request));
    let doubts: readonly Issue[] = [];
    try {
      const { entry } = await this.#parts.context.fhir.check(text);
      ({ doubts } = entry);
      if (type !== '' && entry.resourceType !== type) throw new Failure('fhir-api.type-mismatch', `The resource is no ${type}.`);
    } catch (error) {
      if (error instanceof Failure && error.code.startsWith('fhir')) return json(200, JSON.stringify(refusalOf(error)));
      throw error;
    }
    return json(200, JSON.stringify(doubtsOf(doubts)));
  }

  async #bundle(view: ProgramView, request: FhirRequest): Promise<FhirAnswer> {
    const sent = readBundle(resourceIn(request));
    const answers =
      sent.type === 'batch'
        ? await eachAlone(sent.entries, (entry) => this.#entry(view, entry, request))
        : await runTransaction(sent.entries, {
            parts: this.#writing(view),
            base: request.base,
            existing: (type, query) => this.#existing(view, type, query),
            refuse: (type, action) => refuseType(view, type, action),
            read: (entry) => this.#entry(view, entry, request),
            commit: (writes) => this.#commit(view, writes, request),
          });
    return json(200, responseBundle(sent.type, answers));
  }

  #entry(view: ProgramView, entry: BundleEntry, request: FhirRequest): Promise<FhirAnswer> {
    const asked = requestOf(entry, request);
    const { interaction, query } = interactionOf(asked.method, asked.target);
    if (isUnbundled(interaction) || interaction.kind.startsWith('export'))
      throw new Failure('fhir-api.bundle', 'Neither a Bundle nor an export is asked for inside of a Bundle.');
    if (isPatientSearch(interaction) && !mayDo(this.#parts.context.staff.role, 'patients.find')) throw notAllowed();
    return this.#done(view, interaction, query, asked);
  }

  /** The one resource that a query finds, in the patient's access log already. @throws {Failure} `fhir-api.several`. */
  async #existing(view: ProgramView, type: string, query: string): Promise<Served | undefined> {
    if (query === '') return undefined;
    refuseType(view, type, 's');
    const question = questionOf(type, new URLSearchParams(query.replace(/^.*\?/, '')), true);
    if (question.filters.length === 0 && !question.ids)
      throw new Failure('fhir-api.parameter-malformed', 'A condition has to name what is looked for, such as an identifier.');
    this.#refuseChain(view, question);
    const found = await search(view, this.#parts.patients, { ...question, count: 2 });
    if (found.served.length > 1)
      throw new Failure('fhir-api.several', 'Several resources fit this condition. Name the one that is meant.');
    await this.#note(view, `search ${type}`, found);
    return found.served[0];
  }

  async #written(view: ProgramView, write: PlannedWrite, request: FhirRequest): Promise<FhirAnswer> {
    const [answer] = await this.#commit(view, [write], request);
    return answer as FhirAnswer;
  }

  /** The lines first: what a program wrote without one would be nobody's. */
  async #commit(view: ProgramView, writes: readonly PlannedWrite[], { base, headers }: FhirRequest): Promise<FhirAnswer[]> {
    const shown = [...Map.groupBy(writes, ({ patient }) => patient.id).values()].map((each) => ({
      patient: (each[0] as PlannedWrite).patient,
      categories: each.map(({ draft }) => draft.category),
    }));
    const types = [...new Set(writes.map(({ type }) => type))].join(', ');
    await this.#lines.note(view.token, WRITE, `write ${types}`.slice(0, 500), shown);
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

  #writing(view: ProgramView): WriteParts {
    const { context, patients, records } = this.#parts;
    return { context, patients, records, view, begun: new Map() };
  }

  /** Who names patients, or others, by what is said of them searches for them. @throws {Failure} `fhir-api.scope`, as `notAllowed`. */
  #refuseChain(view: ProgramView, { whose, chains, reverseChains }: Question): void {
    for (const { source } of reverseChains) refuseType(view, source, 's');
    for (const { targets } of chains) for (const type of targets.keys()) refuseType(view, type, 's');
    if (!whose) return;
    refuseType(view, 'Patient', 's');
    if (!mayDo(this.#parts.context.staff.role, 'patients.find')) throw notAllowed();
  }

  /** Whose records are in an answer, and the charts that were searched, even when nothing was found in them. */
  async #note(view: ProgramView, detail: string, { served, included, searched }: FoundPage): Promise<void> {
    const shown = [...Map.groupBy([...served, ...included], ({ patient }) => patient)].map(([patient, each]) => ({
      patient,
      categories: each.map(({ entry }) => entry.category as string),
    }));
    const met = new Set(shown.map(({ patient }) => patient));
    for (const patient of searched) if (!met.has(patient)) shown.push({ patient, categories: [] });
    await this.#lines.note(view.token, READ, detail, shown);
  }
}

/** What is answered by itself alone. */
type Unbundled = 'capabilities' | 'smart-configuration' | 'bundle';
const isUnbundled = (interaction: Interaction): interaction is Extract<Interaction, { kind: Unbundled }> =>
  ['capabilities', 'smart-configuration', 'bundle'].includes(interaction.kind);

const isPatientSearch = (interaction: Interaction): boolean => interaction.kind === 'search' && interaction.type === 'Patient';

/** @throws {Failure} `fhir-api.type-unknown`, `fhir-api.scope`. */
function refuseType(view: ProgramView, type: string, action: ScopeAction): void {
  if (!servedTypes.includes(type))
    throw new Failure(
      'fhir-api.type-unknown',
      'There are no resources of this type here. The CapabilityStatement (/metadata) lists them.',
    );
  if (!scopesAllow(view.token.scopes, type, action))
    throw new Failure('fhir-api.scope', `The scopes of this token do not let the program do this with ${type}.`);
}

/** What the registry of domains needs of this one. */
export const fhirApiDomain = { name: 'fhir-api', sdl: 'shared/fhir-api/fhir-api.graphql', resolvers: fhirApiResolvers };
