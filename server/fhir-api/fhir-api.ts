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
import {
  type FhirAnswer,
  type FhirRequest,
  GO_ON,
  json,
  refused,
  refuseFormats,
  resourceIn,
  validatedIn,
} from '../../shared/fhir-api/exchange.ts';
import { type Interaction, interactionOf } from '../../shared/fhir-api/interaction.ts';
import { doubtsOf, refusalOf } from '../../shared/fhir-api/outcomes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { Patients } from '../patients/patients.ts';
import type { Attachments, Records } from '../records/records.ts';
import { personalAct } from '../sync/vault-context/personal-act.ts';
import type { AccessGate, VaultContext } from '../sync/vault-context/vault-context.ts';
import { AccessLines } from './access-lines.ts';
import { responseBundle } from './bundles.ts';
import { answerExport } from './export-answers.ts';
import { ExportWriter } from './export-folder.ts';
import { Exports } from './exports.ts';
import { fhirApiResolvers } from './fhir-api.resolvers.ts';
import { ProgramView } from './program-view.ts';
import { ReadInteractions } from './read-interactions.ts';
import { Tokens } from './tokens.ts';
import { type BundleEntry, eachAlone, readBundle, requestOf, runTransaction } from './transactions.ts';
import { WriteInteractions } from './write-interactions.ts';
import { notAllowed } from './writes.ts';

interface FhirApiParts {
  readonly context: VaultContext;
  readonly patients: Patients;
  readonly records: Records;
  readonly access: AccessGate;
  readonly attachments: Attachments;
}

export class FhirApi {
  readonly tokens: Tokens;
  /** Writes exports into folders, on the word of who is signed in. */
  readonly exportWriter: ExportWriter;
  readonly #parts: FhirApiParts;
  readonly #reads: ReadInteractions;
  readonly #writes: WriteInteractions;
  readonly #exports: Exports;
  readonly #since: string;

  private constructor(parts: FhirApiParts, tokens: Tokens) {
    this.#parts = parts;
    this.tokens = tokens;
    const lines = new AccessLines(parts.context, parts.access);
    this.#reads = new ReadInteractions({ ...parts, lines });
    this.#writes = new WriteInteractions({ ...parts, lines }, this.#reads);
    this.#exports = new Exports({ context: parts.context, patients: parts.patients, lines });
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
    const [reads, writes] = [this.#reads, this.#writes];
    switch (interaction.kind) {
      case 'read':
        return reads.read(view, interaction.type, interaction.id, query);
      case 'vread':
      case 'history':
        return reads.history(view, interaction, request.base);
      case 'search':
        return reads.search(view, interaction, query, request);
      case 'everything':
        return reads.everything(view, interaction, query, request);
      case 'summary':
        return reads.summary(view, interaction, query, request);
      case 'create':
        return writes.create(view, interaction.type, request);
      case 'update':
        return writes.update(view, interaction, request);
      case 'patch':
        return writes.patch(view, interaction, request);
      case 'update-where':
        return writes.updateWhere(view, interaction.type, query, request);
      case 'patch-where':
        return writes.patchWhere(view, interaction.type, query, request);
      case 'export':
      case 'export-status':
      case 'export-end':
      case 'export-file':
        return answerExport(this.#exports, view, { interaction, query, request });
      case 'validate':
        return this.#validate(interaction.type, request);
    }
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
            parts: this.#writes.partsFor(view),
            base: request.base,
            existing: (type, query) => this.#reads.one(view, type, query),
            refuse: (type, action) => view.refuse(type, action),
            read: (entry) => this.#entry(view, entry, request),
            commit: (writes) => this.#writes.commit(view, writes, request),
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
}

/** What is answered by itself alone. */
type Unbundled = 'capabilities' | 'smart-configuration' | 'bundle';
const isUnbundled = (interaction: Interaction): interaction is Extract<Interaction, { kind: Unbundled }> =>
  ['capabilities', 'smart-configuration', 'bundle'].includes(interaction.kind);

const isPatientSearch = (interaction: Interaction): boolean => interaction.kind === 'search' && interaction.type === 'Patient';

/** What the registry of domains needs of this one. */
export const fhirApiDomain = { name: 'fhir-api', sdl: 'shared/fhir-api/fhir-api.graphql', resolvers: fhirApiResolvers };
