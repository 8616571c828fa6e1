/**
 * The FHIR façade: requests of programs, answered through the records that the screens use. Each is decided by the one decision
 * function, for the person who made the program's token and its purpose, and is in the access log before an answer goes out.
 */

import { mayDo } from '../../shared/access/permissions.ts';
import { capabilityStatement } from '../../shared/fhir-api/capabilities.ts';
import { type Interaction, interactionOf } from '../../shared/fhir-api/interaction.ts';
import { refusalOf, statusOf } from '../../shared/fhir-api/outcomes.ts';
import { type ScopeAction, scopesAllow } from '../../shared/fhir-api/scopes.ts';
import { questionOf, servedTypes } from '../../shared/fhir-api/search-parameters.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { Patients } from '../patients/patients.ts';
import type { Records } from '../records/records.ts';
import type { AccessGate, VaultContext } from '../sync/vault-context.ts';
import { AccessLines } from './access-lines.ts';
import { entityTag, historyBundle, searchBundle } from './bundles.ts';
import { fhirApiResolvers } from './fhir-api.resolvers.ts';
import { ProgramView } from './program-view.ts';
import { everything, type FoundPage, search } from './searches.ts';
import { Tokens } from './tokens.ts';

/** A request as the host took it from the wire; nothing of it is believed. */
export interface FhirRequest {
  readonly method: string;
  /** Behind the base: `/Patient/1?_format=json`. */
  readonly target: string;
  /** `http://127.0.0.1:7460/fhir` */
  readonly base: string;
  /** Those that count here, '' when they were not sent. */
  readonly headers: Readonly<Record<FhirHeader, string>>;
  readonly body: Uint8Array;
}

export const FHIR_HEADERS = ['authorization', 'accept', 'content-type', 'prefer'] as const;
export type FhirHeader = (typeof FHIR_HEADERS)[number];

export interface FhirAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text. */
  readonly body: string;
}

export interface FhirApiParts {
  readonly context: VaultContext;
  readonly patients: Patients;
  readonly records: Records;
  readonly access: AccessGate;
}

const READ = 'fhir-read';
const ACCEPTED = /^(?:application\/(?:fhir\+json|json|\*)|\*\/\*)(?:\s*;.*)?$/i;

export class FhirApi {
  readonly tokens: Tokens;
  readonly #parts: FhirApiParts;
  readonly #lines: AccessLines;
  readonly #since: string;

  private constructor(parts: FhirApiParts, tokens: Tokens) {
    this.#parts = parts;
    this.tokens = tokens;
    this.#lines = new AccessLines(parts.context, parts.access);
    this.#since = new Date(parts.context.clock()).toISOString();
  }

  static async open(parts: FhirApiParts): Promise<FhirApi> {
    return new FhirApi(parts, await Tokens.open(parts.context, parts.patients));
  }

  /** Never throws a `Failure`: it is answered as an OperationOutcome. */
  async answer(request: FhirRequest): Promise<FhirAnswer> {
    try {
      return await this.#answered(request);
    } catch (error) {
      if (error instanceof Failure) return refused(error);
      throw error;
    }
  }

  async #answered(request: FhirRequest): Promise<FhirAnswer> {
    const { interaction, query } = interactionOf(request.method, request.target);
    refuseFormats(request.headers.accept, query);
    if (interaction.kind === 'capabilities')
      return json(200, JSON.stringify(capabilityStatement(request.base, '1', this.#since)));
    const token = await this.tokens.of(request.headers.authorization);
    const { context, patients, records } = this.#parts;
    const { role } = context.staff;
    if (!mayDo(role, 'chart.read') || (isPatientSearch(interaction) && !mayDo(role, 'patients.find'))) throw notAllowed();
    const view = new ProgramView({ context, patients, records, token });
    switch (interaction.kind) {
      case 'read':
        return this.#read(view, interaction.type, interaction.id);
      case 'vread':
      case 'history':
        return this.#history(view, interaction, request.base);
      case 'search':
        return this.#search(view, interaction, query, request);
      case 'everything':
        return this.#everything(view, interaction.id, query, request);
    }
  }

  async #read(view: ProgramView, type: string, id: string): Promise<FhirAnswer> {
    refuseType(view, type, 'r');
    const found = await view.find(type, id);
    const [served] = await view.serve([found]);
    if (!served) throw notHere();
    await this.#lines.note(view.token, READ, `read ${type}`, [{ patient: found.patient, entries: [found.entry] }]);
    return json(200, served.text, versionHeaders(served.entry));
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
    await this.#lines.note(view.token, READ, `history ${type}`, [{ patient: found.patient, entries: [found.entry] }]);
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
    const found = await search(view, this.#parts.patients, question);
    await this.#note(view, `search ${type}`, found);
    return json(200, searchBundle(request.base, `${request.base}/${type}`, question, found));
  }

  async #everything(view: ProgramView, id: string, query: URLSearchParams, request: FhirRequest): Promise<FhirAnswer> {
    refuseType(view, 'Patient', 'r');
    const question = questionOf('Patient', query, isStrict(request));
    const { patient } = await view.find('Patient', id);
    const found = await everything(view, patient, question);
    await this.#note(view, 'everything', found);
    return json(200, searchBundle(request.base, `${request.base}/Patient/${id}/$everything`, question, found));
  }

  /** Whose records are in an answer, and the chart that was searched, even when nothing was found in it. */
  async #note(view: ProgramView, detail: string, { served, patient: searched }: FoundPage): Promise<void> {
    const shown = [...Map.groupBy(served, ({ patient }) => patient)].map(([patient, each]) => ({
      patient,
      entries: each.map(({ entry }) => entry),
    }));
    if (searched && shown.length === 0) shown.push({ patient: searched, entries: [] });
    await this.#lines.note(view.token, READ, detail, shown);
  }
}

const isPatientSearch = (interaction: Interaction): boolean => interaction.kind === 'search' && interaction.type === 'Patient';
const isStrict = ({ headers }: FhirRequest): boolean => /\bhandling=strict\b/.test(headers.prefer);

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

/** @throws {Failure} `fhir-api.not-acceptable`. */
function refuseFormats(accept: string, query: URLSearchParams): void {
  const format = query.get('_format') ?? 'json';
  const named = format === 'json' || ACCEPTED.test(format.replace(' ', '+'));
  if (named && (accept === '' || accept.split(',').some((each) => ACCEPTED.test(each.trim())))) return;
  throw new Failure('fhir-api.not-acceptable', 'Answers are given as application/fhir+json only.');
}

/** Parameters of a search by POST. @throws {Failure} `fhir-api.media-type`, `fhir-api.parameter-malformed`. */
function formOf({ headers, body }: FhirRequest): URLSearchParams {
  if (body.length === 0) return new URLSearchParams();
  if (!/^application\/x-www-form-urlencoded(?:\s*;.*)?$/i.test(headers['content-type']))
    throw new Failure('fhir-api.media-type', 'A search by POST has its parameters as application/x-www-form-urlencoded.');
  return new URLSearchParams(Buffer.from(body).toString('utf8'));
}

const versionHeaders = ({ version, time }: { readonly version: number; readonly time: number }): Record<string, string> => ({
  etag: entityTag(version),
  'last-modified': new Date(time).toUTCString(),
});

const json = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): FhirAnswer => ({
  status,
  headers,
  body,
});

/** A refusal as it is answered. */
export function refused(failure: Failure): FhirAnswer {
  const status = statusOf(failure);
  return json(
    status,
    JSON.stringify(refusalOf(failure)),
    status === 401 ? { 'www-authenticate': 'Bearer realm="Careledger"' } : {},
  );
}

const notHere = (): Failure =>
  new Failure(
    'records.document-missing',
    'The record is listed, but its sealed document is not on this computer. Sync, or restore it from a backup.',
  );

const notAllowed = (): Failure =>
  new Failure('access.not-allowed', 'The role of the person behind this token does not allow this.');

/** What the registry of domains needs of this one. */
export const fhirApiDomain = { name: 'fhir-api', sdl: 'shared/fhir-api/fhir-api.graphql', resolvers: fhirApiResolvers };
