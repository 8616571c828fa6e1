/** A dry run of an import: what it would take in, whom it would know and whom it would make. Nothing is written, not even the job. */
import type { PatientSummary } from '../../../shared/fhir/patient-summary.ts';
import type { ReadBatch, ReadEntry } from '../../fhir/fhir-desk.ts';
import type { AlikePatient, PatientDirectory, VaultContext } from '../../sync/vault-context/vault-context.ts';
import type { Records } from '../records.ts';
import { namesOf } from '../sources.ts';
import type { FilesBeside } from './files-beside.ts';
import { BatchCount, type BatchOutcome } from './import-batch.ts';
import { type Place, Placing } from './import-placing.ts';
import type { JobPart } from './import-rows.ts';

/** New people beyond these are counted and not compared with everybody here: the comparison is what a dry run waits for. */
const MOST_COMPARED = 2_000;
const MOST_LISTED = 5_000;

/** Somebody whom the files describe. */
export interface FoundPerson {
  readonly file: string;
  readonly line: number;
  readonly summary: PatientSummary;
  /** Whether an import makes a patient of them; otherwise they are here under the same id. */
  readonly isNew: boolean;
  /** People here who may be the same, the likeliest first. An import merges nobody. */
  readonly alike: readonly AlikePatient[];
}

export class DryRun {
  readonly parts: JobPart[] = [];
  readonly #people = new Map<string, FoundPerson>();
  readonly #context: VaultContext;
  readonly #patients: PatientDirectory;
  readonly #placing: Placing;
  #compared = 0;

  constructor(context: VaultContext, patients: PatientDirectory, records: Records) {
    this.#context = context;
    this.#patients = patients;
    this.#placing = new Placing(context, patients, records);
  }

  /** Those to look at first: new ones who resemble somebody, then new ones, then who is known. */
  get people(): FoundPerson[] {
    const rank = ({ isNew, alike }: FoundPerson): number => (alike.length > 0 ? 0 : isNew ? 1 : 2);
    return [...this.#people.values()].sort((one, other) => rank(one) - rank(other));
  }

  /** How many new people resemble somebody here. */
  get alikeCount(): number {
    return [...this.#people.values()].filter(({ alike }) => alike.length > 0).length;
  }

  /** @param last whether nothing more follows, as for an import */
  async take({ items, bytes }: ReadBatch, last: boolean, beside: FilesBeside): Promise<BatchOutcome> {
    const counted = new BatchCount();
    const read = items.flatMap((item) => (item.kind === 'entry' ? [item] : []));
    const people: (readonly [ReadEntry, Place])[] = [];
    await this.#context.inTurn(async () => {
      for await (const [item, place] of this.#placing.places(read, bytes, last, beside)) {
        counted.add(item, place, (id) => this.#placing.entry(id));
        if (item.person) people.push([item, place]);
      }
    });
    await beside.of(counted.placed, counted.doubts);
    this.#placing.forgetTexts();
    for (const [item, place] of people) await this.#meet(item, place);
    return counted.outcome([]);
  }

  /** Those of these references that would lead nowhere after the import. @param missing those that lead nowhere now */
  unmet(missing: readonly string[]): string[] {
    return missing.filter((reference) => !namesOf(reference).some((name) => this.#placing.named.has(name)));
  }

  async #meet({ file, line, person }: ReadEntry, place: Place): Promise<void> {
    if (!person || place === 'later') return;
    const isPlaced = typeof place === 'object';
    const key = isPlaced ? place.owner : `${file}:${line}`;
    if (this.#people.has(key) || this.#people.size === MOST_LISTED) return;
    const isNew = isPlaced && place.isNewPerson;
    const compares = isNew && this.#compared < MOST_COMPARED;
    if (compares) this.#compared += 1;
    const alike = compares ? await this.#patients.alike(person.summary) : [];
    this.#people.set(key, { file, line, summary: person.summary, isNew, alike });
  }
}
