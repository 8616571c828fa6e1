/**
 * Puts versions of records. Those that wait at the same time share one commit, as acts at several screens do; each is still
 * refused alone, and none is acknowledged before it is durable.
 */
import { Failure } from '../../../shared/outcome/failure.ts';
import type { LocalWrite, VaultRow } from '../../sync/gateway.ts';
import {
  type ChartEntry,
  CLINIC_DIRECTORY,
  type CompartmentName,
  type PatientDirectory,
  type PatientEntry,
  type RecordDraft,
  type VaultContext,
} from '../../sync/vault-context/vault-context.ts';
import { sha256 } from '../../vault/primitives.ts';
import type { Charts } from '../charts.ts';
import { unknownRecord } from '../open-charts.ts';
import { idName, type Sources } from '../sources.ts';
import type { ResourceDraft } from './put-resource.ts';
import { compartmentOf } from './record-compartment.ts';
import { type SealedRecord, sealRecord } from './seal-record.ts';

/** Fewer events than a block holds, so that a group is one block. */
const MOST_IN_GROUP = 200;

interface Waiting {
  readonly draft: RecordDraft;
  /** What goes into the same commit; then the act stands alone, since the rules may refuse all of it. */
  readonly along: LocalWrite | undefined;
  readonly owner: PatientEntry | undefined;
  resolve(entry: ChartEntry): void;
  reject(error: unknown): void;
}

interface Prepared {
  readonly waiting: Waiting;
  readonly owner: PatientEntry;
}

type SealedAct = Prepared & { readonly sealed: SealedRecord };

export class PutQueue {
  readonly #context: VaultContext;
  readonly #patients: PatientDirectory;
  readonly #charts: Charts;
  readonly #sources: Sources;
  readonly #waiting: Waiting[] = [];

  constructor(context: VaultContext, patients: PatientDirectory, charts: Charts, sources: Sources) {
    this.#context = context;
    this.#patients = patients;
    this.#charts = charts;
    this.#sources = sources;
  }

  /** As `RecordStore.put`. */
  put(draft: RecordDraft, along: LocalWrite | undefined, owner: PatientEntry | undefined): Promise<ChartEntry> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ draft, along, owner, resolve, reject });
      if (this.#waiting.length === 1) this.#schedule();
    });
  }

  /** As `Records.putAll`. */
  async putAll(puts: readonly ResourceDraft[]): Promise<readonly ChartEntry[]> {
    if (puts.length > MOST_IN_GROUP)
      throw new Failure(
        'records.too-many-at-once',
        `At most ${MOST_IN_GROUP} versions are written at once. Write them in parts.`,
      );
    const asked = puts.map(({ draft, owner }) => ({ draft, owner, along: undefined, ...Promise.withResolvers<ChartEntry>() }));
    const done = Promise.all(asked.map(({ promise }) => promise));
    await this.#context
      .inTurn(() => this.#commit(asked, true))
      .catch((error: unknown) => {
        for (const { reject } of asked) reject(error);
      });
    return done;
  }

  #schedule(): void {
    void this.#context.inTurn(async () => {
      const group = this.#next();
      if (this.#waiting.length > 0) this.#schedule();
      try {
        await this.#commit(group);
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    });
  }

  /** The acts in front that may share a commit, or the one that may not. */
  #next(): Waiting[] {
    const alone = this.#waiting.findIndex(({ along, owner }) => along !== undefined || owner !== undefined);
    const together = alone < 0 ? this.#waiting.length : Math.max(alone, 1);
    return this.#waiting.splice(0, Math.min(together, MOST_IN_GROUP));
  }

  /** @param together one that is refused refuses all */
  async #commit(group: readonly Waiting[], together = false): Promise<void> {
    const prepared = await this.#prepare(group);
    const people = new Map(prepared.map(({ owner }) => [owner.id, owner]));
    const newest = new Map<string, SealedRecord>();
    const acts: SealedAct[] = [];
    for (const each of prepared) {
      const sealed = await this.#seal(each, people, newest);
      if (sealed) acts.push({ ...each, sealed });
    }
    if (acts.length === 0 || (together && acts.length < group.length)) {
      for (const { reject } of group) reject(new Failure('records.none-written', 'Nothing was saved.'));
      return;
    }
    const entries = Map.groupBy(acts, ({ owner }) => owner.id);
    const chunks = new Map<string, VaultRow[]>();
    for (const [patient, own] of entries) {
      chunks.set(
        patient,
        await this.#charts.added(
          patient,
          own.map(({ sealed }) => sealed.entry),
        ),
      );
    }
    const changed = [...people.values()].filter((person) => person !== this.#patients.get(person.id));
    const named = acts.flatMap((act) => (act.waiting.draft.fhirId === '' ? [] : [this.#named(act)]));
    const [along = {}] = acts.map(({ waiting }) => waiting.along);
    await this.#context.gateway.commit({
      ...along,
      events: [...acts.map(({ sealed }) => sealed.event), ...(along.events ?? [])],
      documents: [...acts.map(({ sealed }) => sealed.document), ...(along.documents ?? [])],
      rows: [
        ...[...chunks.values()].flat(),
        ...named,
        ...changed.map((person) => this.#patients.row(person)),
        ...(along.rows ?? []),
      ],
    });
    for (const [patient, own] of entries) {
      this.#charts.applied(
        patient,
        own.map(({ sealed }) => sealed.entry),
        chunks.get(patient) ?? [],
      );
    }
    if (changed.length > 0) await this.#patients.applied(changed);
    this.#context.notify({ patients: [...entries.keys()], records: acts.map(({ sealed }) => sealed.entry.record) });
    for (const { waiting, sealed } of acts) waiting.resolve(sealed.entry);
  }

  /** Whose each record is, with a compartment to write in. */
  async #prepare(group: readonly Waiting[]): Promise<Prepared[]> {
    const wanted = new Map<PatientEntry, Set<CompartmentName>>();
    const known: Prepared[] = [];
    for (const waiting of group) {
      const { draft } = waiting;
      try {
        const owner = waiting.owner ?? this.#owner(draft.patient);
        const chart = await this.#charts.open(owner.id);
        const category = (draft.record === undefined ? undefined : chart.get(draft.record)?.category) ?? draft.category;
        wanted.set(owner, (wanted.get(owner) ?? new Set()).add(category));
        known.push({ waiting, owner });
      } catch (error) {
        waiting.reject(error);
      }
    }
    const ready = await this.#patients.withCompartments(wanted);
    return known.map(({ waiting, owner }) => ({ waiting, owner: ready.get(owner.id) ?? owner }));
  }

  /** @param newest what this group has made of records so far */
  async #seal(
    { waiting, owner }: Prepared,
    people: Map<string, PatientEntry>,
    newest: Map<string, SealedRecord>,
  ): Promise<SealedRecord | undefined> {
    const { draft, reject } = waiting;
    const earlier = draft.record === undefined ? undefined : newest.get(draft.record);
    const before =
      draft.record === undefined ? undefined : (earlier?.entry ?? (await this.#charts.open(owner.id)).get(draft.record));
    if (draft.record !== undefined && !before) reject(unknownRecord());
    else if (before && draft.basedOn !== undefined && draft.basedOn !== before.version) reject(versionConflict(before.version));
    else {
      const handle = earlier?.document.handle ?? (await compartmentOf(this.#context, owner, before ?? draft));
      const sealed = sealRecord(this.#context, handle, draft, before, this.#context.clock());
      const { record } = sealed.entry;
      newest.set(record, sealed);
      const isPerson = draft.summary.resourceType === 'Patient' && owner.id !== CLINIC_DIRECTORY;
      if (isPerson && owner.record !== record) people.set(owner.id, { ...owner, record });
      return sealed;
    }
    return undefined;
  }

  /** So that references lead to it, and an import that brings it again knows it. */
  #named({ waiting, owner, sealed }: SealedAct): VaultRow {
    const { summary, fhirId, content } = waiting.draft;
    const isPatient = summary.resourceType === 'Patient';
    const source = { record: sealed.entry.record, patient: owner.id, isPatient, contentHash: sha256(content) };
    return this.#sources.row(idName(summary.resourceType, fhirId), source);
  }

  #owner(patient: string): PatientEntry {
    return patient === CLINIC_DIRECTORY ? (this.#patients.get(patient) as PatientEntry) : this.#patients.known(patient);
  }
}

function versionConflict(current: number): Failure {
  return new Failure(
    'records.version-conflict',
    'Somebody else has changed this record since you opened it. Look at the new version and make your change again.',
    { details: { current } },
  );
}
