/** Reading as programs ask for it (R4 http.html): read, vread, history, search, $everything, $summary. Each is in the patients' access logs before its answer. */

import { mayDo } from '../../shared/access/permissions.ts';
import { cutDown } from '../../shared/fhir-api/cut-down.ts';
import {
  type FhirAnswer,
  type FhirRequest,
  formOf,
  isStrict,
  json,
  parametersIn,
  versionHeaders,
} from '../../shared/fhir-api/exchange.ts';
import type { Interaction } from '../../shared/fhir-api/interaction.ts';
import { everythingOf, type Question, questionOf, shapeOf } from '../../shared/fhir-api/search-question.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { Patients } from '../patients/patients.ts';
import type { VaultContext } from '../sync/vault-context/vault-context.ts';
import type { AccessLines } from './access-lines.ts';
import { historyBundle, searchBundle } from './bundles.ts';
import { patientSummary } from './patient-summary.ts';
import { notHere, type ProgramView, type Served } from './program-view.ts';
import { everything, type FoundPage, NOTHING, search } from './searches.ts';
import { notAllowed } from './writes.ts';

const READ = 'fhir-read';

/** What asks for one patient's chart. */
type OfChart = Extract<Interaction, { kind: 'everything' | 'summary' }>;

interface ReadParts {
  readonly context: VaultContext;
  readonly patients: Patients;
  readonly lines: AccessLines;
}

export class ReadInteractions {
  readonly #context: VaultContext;
  readonly #patients: Patients;
  readonly #lines: AccessLines;

  constructor({ context, patients, lines }: ReadParts) {
    this.#context = context;
    this.#patients = patients;
    this.#lines = lines;
  }

  async read(view: ProgramView, type: string, id: string, query: URLSearchParams): Promise<FhirAnswer> {
    view.refuse(type, 'r');
    const shape = shapeOf(query);
    const found = await view.find(type, id);
    const [served] = await view.serve([found]);
    if (!served) throw notHere();
    await this.#lines.note(view.token, READ, `read ${type}`, [{ patient: found.patient, categories: [found.entry.category] }]);
    return json(200, cutDown(type, served.text, shape), versionHeaders(served.entry));
  }

  async history(
    view: ProgramView,
    interaction: Extract<Interaction, { kind: 'vread' | 'history' }>,
    base: string,
  ): Promise<FhirAnswer> {
    const { type, id } = interaction;
    view.refuse(type, 'r');
    const found = await view.find(type, id);
    const versions = await view.versions(found);
    const one =
      interaction.kind === 'vread' ? versions.find(({ version }) => version.version === interaction.version) : undefined;
    if (interaction.kind === 'vread' && !one)
      throw new Failure('fhir-api.unknown', `There is no version ${interaction.version} of this ${type} here.`);
    await this.#lines.note(view.token, READ, `history ${type}`, [{ patient: found.patient, categories: [found.entry.category] }]);
    return one ? json(200, one.text, versionHeaders(one.version)) : json(200, historyBundle(base, versions));
  }

  async search(
    view: ProgramView,
    { type, inBody }: Extract<Interaction, { kind: 'search' }>,
    query: URLSearchParams,
    request: FhirRequest,
  ): Promise<FhirAnswer> {
    view.refuse(type, 's');
    if (inBody) for (const [name, value] of formOf(request)) query.append(name, value);
    const question = questionOf(type, query, isStrict(request));
    this.#refuseChain(view, question);
    const found = await search(view, this.#patients, question);
    await this.#note(view, `search ${type}`, found);
    return json(200, searchBundle(request.base, `${request.base}/${type}`, question, found));
  }

  async everything(
    view: ProgramView,
    { id, inBody }: OfChart,
    query: URLSearchParams,
    request: FhirRequest,
  ): Promise<FhirAnswer> {
    view.refuse('Patient', 'r');
    if (inBody) for (const [name, value] of parametersIn(request)) query.append(name, value);
    const question = everythingOf(query, isStrict(request));
    const { patient } = await view.find('Patient', id);
    const found = await everything(view, patient, question);
    await this.#note(view, 'everything', found);
    return json(200, searchBundle(request.base, `${request.base}/Patient/${id}/$everything`, question, found));
  }

  async summary(view: ProgramView, { id, inBody }: OfChart, query: URLSearchParams, request: FhirRequest): Promise<FhirAnswer> {
    view.refuse('Patient', 'r');
    if (inBody) for (const [name, value] of parametersIn(request)) query.append(name, value);
    const { text, served } = await patientSummary(this.#context, view, { id, query });
    await this.#note(view, 'summary', { ...NOTHING, served });
    return json(200, text);
  }

  /** The one resource that a query finds, in the patient's access log already. @throws {Failure} `fhir-api.several`. */
  async one(view: ProgramView, type: string, query: string): Promise<Served | undefined> {
    if (query === '') return undefined;
    view.refuse(type, 's');
    const question = questionOf(type, new URLSearchParams(query.replace(/^.*\?/, '')), true);
    if (question.filters.length === 0 && !question.ids)
      throw new Failure('fhir-api.parameter-malformed', 'A condition has to name what is looked for, such as an identifier.');
    this.#refuseChain(view, question);
    const found = await search(view, this.#patients, { ...question, count: 2 });
    if (found.served.length > 1)
      throw new Failure('fhir-api.several', 'Several resources fit this condition. Name the one that is meant.');
    await this.#note(view, `search ${type}`, found);
    return found.served[0];
  }

  /** Who names patients, or others, by what is said of them searches for them. @throws {Failure} `fhir-api.scope`, as `notAllowed`. */
  #refuseChain(view: ProgramView, { whose, chains, reverseChains }: Question): void {
    for (const { source } of reverseChains) view.refuse(source, 's');
    for (const { targets } of chains) for (const type of targets.keys()) view.refuse(type, 's');
    if (!whose) return;
    view.refuse('Patient', 's');
    if (!mayDo(this.#context.staff.role, 'patients.find')) throw notAllowed();
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
