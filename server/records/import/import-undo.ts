/**
 * Takes a whole import back. Nothing is overwritten: what it added says in a new version that it was entered in error, what it changed gets
 * the version before it again, people whom it made and whom nobody has touched since leave every list. What somebody has changed since
 * stays, and is named. Whether something was done already is read from the records, so an undoing that was cut off goes on by itself.
 */
import { enteredInError } from '../../../shared/fhir/entered-in-error.ts';
import type { VaultRow } from '../../sync/gateway.ts';
import { type ChartEntry, CLINIC_DIRECTORY, type PatientEntry } from '../../sync/vault-context/vault-context.ts';
import type { ImportParts } from './import-batch.ts';
import type { JobPart } from './import-rows.ts';
import { type Span, UndoCommit, type UndoStep } from './import-undo-commit.ts';

/** Records in one commit. */
const STEPS_IN_COMMIT = 500;

type LeftReason = 'AMENDED' | 'PERSON_STAYS' | 'NO_SUCH_STATUS' | 'NOT_HERE';

/** A record of the import that stays as it is. */
export interface LeftRecord {
  /** '' for the clinic's directory. */
  readonly patient: string;
  readonly name: string;
  readonly resourceType: string;
  readonly title: string;
  readonly reason: LeftReason;
}

export interface UndoCount {
  /** Records that say that they were entered in error. */
  readonly marked: number;
  /** Records that say again what they said before. */
  readonly restored: number;
  /** People who leave every list. */
  readonly people: number;
}

export interface UndoPlan extends UndoCount {
  readonly left: readonly LeftRecord[];
  readonly steps: readonly UndoStep[];
}

export class ImportUndo {
  readonly #parts: ImportParts;

  constructor(parts: ImportParts) {
    this.#parts = parts;
  }

  /** What is to be done now. Nothing is written. */
  async plan(parts: readonly JobPart[]): Promise<UndoPlan> {
    const made = new Set(parts.flatMap((part) => part.made ?? []));
    const steps: UndoStep[] = [];
    const left: LeftRecord[] = [];
    for (const [patient, spans] of spansOf(parts)) {
      const owner = this.#parts.patients.get(patient);
      // Erased since, or another clinic's whose grant ended.
      if (!owner || owner.takenBack) continue;
      const planned = await this.#planned(owner, spans, made.has(patient));
      steps.push(...planned.steps);
      left.push(...planned.left);
    }
    return { ...countOf(steps), left, steps };
  }

  /**
   * Does it, in commits of a few hundred records. Durable as far as `told` has been called.
   * Says after each how much was done.
   * @param reason stands in the history of each record
   * @param jobRows the job's state when so much is done; goes into the same commit
   */
  async *carryOut(
    { steps }: UndoPlan,
    reason: string,
    jobRows: (done: UndoCount) => readonly VaultRow[],
  ): AsyncGenerator<UndoCount> {
    const names = await this.#parts.records.sources.namesOfRecords(new Set(steps.map(({ span }) => span.record)));
    const done: UndoStep[] = [];
    for (let from = 0; from < steps.length; from += STEPS_IN_COMMIT) {
      const now = steps.slice(from, from + STEPS_IN_COMMIT);
      const each = await this.#parts.context.inTurn(() =>
        new UndoCommit(this.#parts, names, reason).carryOut(now, (carried) => jobRows(countOf([...done, ...carried]))),
      );
      done.push(...each);
      yield countOf(done);
    }
  }

  async #planned(owner: PatientEntry, spans: readonly Span[], isMade: boolean): Promise<Pick<UndoPlan, 'steps' | 'left'>> {
    const chart = await this.#parts.records.charts.open(owner.id);
    const steps: UndoStep[] = [];
    const left: LeftRecord[] = [];
    const dealtWith = new Set<string>();
    const here = await this.#parts.records.present(spans.flatMap(({ record }) => chart.get(record) ?? []));
    const present = new Set(here.map(({ record }) => record));
    for (const span of spans) {
      const entry = chart.get(span.record);
      if (!entry) continue;
      const leave = (reason: LeftReason): void => void left.push(leftOf(owner, entry, reason));
      if (!present.has(span.record)) leave('NOT_HERE');
      else if (entry.version !== span.last) {
        if (await this.#wasTakenBack(entry, span)) dealtWith.add(span.record);
        else leave('AMENDED');
      } else if (span.first === 1 && enteredInError(entry.resourceType, '{}') === undefined) leave('NO_SUCH_STATUS');
      else {
        dealtWith.add(span.record);
        steps.push({ patient: owner.id, span, category: entry.category, isPersonGone: false });
      }
    }
    const isPersonal = ({ span }: UndoStep): boolean => span.record === owner.record && span.first === 1;
    const own = steps.find(isPersonal);
    if (!own) return { steps, left };
    const others = steps.filter((step) => step !== own);
    const isUntouched = isMade && chart.all().every(({ record }) => dealtWith.has(record)) && this.#standsAlone(owner);
    if (isUntouched) return { steps: [...others, { ...own, isPersonGone: true }], left };
    return { steps: others, left: [...left, leftOf(owner, chart.get(owner.record) as ChartEntry, 'PERSON_STAYS')] };
  }

  #standsAlone({ id, shared }: PatientEntry): boolean {
    return shared.length === 0 && this.#parts.patients.standsFor(id) === id && this.#parts.patients.union(id).length === 1;
  }

  async #wasTakenBack(entry: ChartEntry, { first, last }: Span): Promise<boolean> {
    if (entry.version !== last + 1) return false;
    const [newest] = await this.#parts.records.newest([entry]);
    return newest?.takesBack === first;
  }
}

function countOf(steps: readonly UndoStep[]): UndoCount {
  const marked = steps.filter(({ span }) => span.first === 1).length;
  return { marked, restored: steps.length - marked, people: steps.filter(({ isPersonGone }) => isPersonGone).length };
}

/** What was written of each record, by patient. */
function spansOf(parts: readonly JobPart[]): Map<string, Span[]> {
  const spans = new Map<string, Map<string, Span>>();
  for (const [patient, versions] of parts.flatMap(({ taken }) => Object.entries(taken ?? {}))) {
    const own = spans.get(patient) ?? new Map<string, Span>();
    for (const [record, version] of versions) {
      const known = own.get(record) ?? { first: version, last: version };
      own.set(record, { record, first: Math.min(known.first, version), last: Math.max(known.last, version) });
    }
    spans.set(patient, own);
  }
  return new Map([...spans].map(([patient, own]) => [patient, [...own.values()]]));
}

function leftOf(owner: PatientEntry, { resourceType, title }: ChartEntry, reason: LeftReason): LeftRecord {
  const patient = owner.id === CLINIC_DIRECTORY ? '' : owner.id;
  return { patient, name: owner.summary.fullName, resourceType, title, reason };
}
