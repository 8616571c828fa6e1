/** One commit of an undoing: new versions, names that mean earlier ones, people who leave, lines of the access log, the job's state. */
import { fromUtf8, utf8 } from '../../../shared/encoding/bytes.ts';
import { enteredInError } from '../../../shared/fhir/entered-in-error.ts';
import { isResource } from '../../../shared/fhir/fhir-resource.ts';
import { patientSummary, searchTerms } from '../../../shared/fhir/patient-summary.ts';
import type { OutgoingDocument, OutgoingEvent, VaultRow } from '../../sync/gateway.ts';
import {
  type ChartEntry,
  CLINIC_DIRECTORY,
  type CompartmentName,
  type PatientEntry,
  type ProgramAccess,
} from '../../sync/vault-context/vault-context.ts';
import { sha256 } from '../../vault/primitives.ts';
import { describe } from '../describe-content.ts';
import type { NamedSource } from '../sources.ts';
import { demandCorrect } from '../writing/put-resource.ts';
import { compartmentOf } from '../writing/record-compartment.ts';
import { sealRecord } from '../writing/seal-record.ts';
import type { ImportParts } from './import-batch.ts';

/** What an import wrote of one record, from its first version to its last. */
export interface Span {
  readonly record: string;
  readonly first: number;
  readonly last: number;
}

export interface UndoStep {
  readonly patient: string;
  readonly span: Span;
  readonly category: CompartmentName;
  /** The Patient record of somebody who leaves every list. */
  readonly isPersonGone: boolean;
}

export class UndoCommit {
  readonly #parts: ImportParts;
  readonly #names: ReadonlyMap<string, readonly NamedSource[]>;
  readonly #reason: string;
  readonly #changed = new Map<string, PatientEntry>();
  readonly #entries = new Map<string, ChartEntry[]>();
  readonly #events: OutgoingEvent[] = [];
  readonly #documents: OutgoingDocument[] = [];
  readonly #rows: VaultRow[] = [];

  /**
   * @param names by which files named the records, by record
   * @param reason stands in the history of each record
   */
  constructor(parts: ImportParts, names: ReadonlyMap<string, readonly NamedSource[]>, reason: string) {
    this.#parts = parts;
    this.#names = names;
    this.#reason = reason;
  }

  /**
   * Durable when it resolves.
   * @param jobRows the job's state when these steps are done
   * @returns the steps that were carried out: not those of records that somebody has changed since the plan was made
   */
  async carryOut(
    steps: readonly UndoStep[],
    jobRows: (carried: readonly UndoStep[]) => readonly VaultRow[],
  ): Promise<readonly UndoStep[]> {
    const { charts, context, patients, records, access } = this.#parts;
    await demandCorrect(
      charts,
      steps.map(({ patient, category }) => [patients.get(patient), category]),
    );
    const carried: UndoStep[] = [];
    const owners = await this.#owners(steps);
    for (const step of steps) if (await this.#seal(step, owners.get(step.patient) as PatientEntry)) carried.push(step);
    const changed = [...this.#changed.values()];
    const chunks = [...this.#entries].map(
      ([patient, entries]) => [patient, entries, records.charts.appended(patient, entries)] as const,
    );
    await access.noteAlong(this.#accessLines(), ({ rows = [], elsewhere = [] }) =>
      context.gateway.commit({
        events: this.#events,
        documents: this.#documents,
        rows: [
          ...chunks.map(([, , row]) => row),
          ...changed.map((person) => patients.row(person)),
          ...this.#rows,
          ...jobRows(carried),
          ...rows,
        ],
        elsewhere,
      }),
    );
    for (const [patient, entries, row] of chunks) records.charts.applied(patient, entries, [row]);
    if (changed.length > 0) await patients.applied(changed);
    const topics = ['imports', ...(changed.length > 0 ? ['patients'] : [])];
    context.notify({ patients: chunks.map(([patient]) => patient), topics });
    return carried;
  }

  async #owners(steps: readonly UndoStep[]): Promise<ReadonlyMap<string, PatientEntry>> {
    const { patients } = this.#parts;
    const wanted = new Map<PatientEntry, Set<CompartmentName>>();
    for (const [patient, each] of Map.groupBy(steps, (step) => step.patient))
      wanted.set(patients.get(patient) as PatientEntry, new Set(each.map(({ category }) => category)));
    return patients.withCompartments(wanted);
  }

  /** @returns false where somebody was quicker since the plan was made */
  async #seal({ span, isPersonGone }: UndoStep, owner: PatientEntry): Promise<boolean> {
    const { context, records } = this.#parts;
    const before = (await records.charts.open(owner.id)).get(span.record);
    if (before?.version !== span.last) return false;
    const content = await this.#contentOf(owner, before, span);
    const { fhirId, ...summary } = describe('fhir', content);
    const draft = { patient: owner.id, category: before.category, kind: 'fhir', content, summary, fhirId };
    const taken = { ...draft, reason: this.#reason, takesBack: span.first };
    const handle = await compartmentOf(context, owner, before);
    const sealed = sealRecord(context, handle, taken, before, context.clock());
    this.#events.push(sealed.event);
    this.#documents.push(sealed.document);
    this.#entries.set(owner.id, [...(this.#entries.get(owner.id) ?? []), sealed.entry]);
    const hash = span.first === 1 ? undefined : sha256(content);
    this.#rows.push(...(this.#names.get(span.record) ?? []).map((named) => records.sources.renamed(named, hash)));
    if (isPersonGone) this.#changed.set(owner.id, { ...owner, takenBack: true });
    else if (span.record === owner.record) this.#changed.set(owner.id, { ...owner, ...personIn(content) });
    return true;
  }

  #accessLines(): ProgramAccess[] {
    return [...this.#entries].flatMap(([patient, entries]) => {
      if (patient === CLINIC_DIRECTORY) return [];
      const categories = [...new Set(entries.map(({ category }) => category))];
      return [{ patient, process: 'import', action: 'import', purpose: 'HOPERAT', categories, detail: this.#reason }];
    });
  }

  /** What the version that takes `span` back says. */
  async #contentOf(owner: PatientEntry, entry: ChartEntry, { first }: Span): Promise<Uint8Array> {
    const versions = await this.#parts.records.versions(owner, entry);
    const earlier = versions.find(({ version }) => version === first - 1);
    if (earlier) return earlier.content;
    const text = fromUtf8((versions[0] as (typeof versions)[number]).content);
    return utf8(enteredInError(entry.resourceType, text) ?? text);
  }
}

function personIn(content: Uint8Array): Pick<PatientEntry, 'summary' | 'terms'> {
  const resource: unknown = JSON.parse(fromUtf8(content));
  if (!isResource(resource)) throw new Error('A version that was here is no resource.');
  return { summary: patientSummary(resource), terms: searchTerms(resource) };
}
