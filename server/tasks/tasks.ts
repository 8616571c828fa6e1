/** Tasks: what somebody is to do about a patient, by when. Each is a FHIR Task in the patient's chart; who may read it sees it. */
import { mayDo } from '../../shared/access/permissions.ts';
import { fromUtf8, toHex } from '../../shared/encoding/bytes.ts';
import { localInstant } from '../../shared/encoding/wall-clock.ts';
import { type FhirResource, isResource } from '../../shared/fhir/fhir-resource.ts';
import { ROLES } from '../../shared/ledger/rows.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import {
  checkedReason,
  checkedWish,
  handTask,
  moveTask,
  readTask,
  type TaskFacts,
  type TaskOwner,
  type TaskPerson,
  type TaskState,
  type TaskWish,
  writeTask,
} from '../../shared/tasks/task-resource.ts';
import {
  type ChartEntry,
  type HeldCover,
  type PatientDirectory,
  type PatientEntry,
  type RecordStore,
  staffId,
  type VaultContext,
} from '../sync/vault-context/vault-context.ts';
import { TaskRows } from './task-rows.ts';
import { tasksResolvers } from './tasks.resolvers.ts';

/** A task as it stands. */
export interface Task {
  /** Record of the FHIR Task. */
  readonly id: string;
  readonly patient: PatientEntry;
  readonly facts: TaskFacts;
  readonly entry: ChartEntry;
  readonly mine: boolean;
  /** The colleague in whose place it is one's own. */
  readonly covered: string | undefined;
  readonly overdue: boolean;
}

/** What the records' domain does for a look at charts that are not open. */
interface ChartLooks {
  /** Leaves an access line, durable, once a session. @throws {Failure} `access.line-not-durable`. */
  trace(patient: string, action: string, detail?: string): Promise<void>;
}

/** Ended tasks stay in sight for so long: to take an end back, and to see what became of what one asked for. */
const SHOWN_AFTER = 7 * 86_400_000;
/** Opened versions that are remembered: they never change. */
const MOST_KEPT = 2_000;

export class Tasks {
  readonly #context: VaultContext;
  readonly #directory: PatientDirectory;
  readonly #records: RecordStore;
  readonly #looks: ChartLooks;
  readonly #rows: TaskRows;
  readonly #opened = new Map<string, FhirResource>();

  constructor(context: VaultContext, directory: PatientDirectory, records: RecordStore, looks: ChartLooks) {
    this.#context = context;
    this.#directory = directory;
    this.#records = records;
    this.#looks = looks;
    this.#rows = new TaskRows(context);
    context.hooks.alsoErased.push((patient) => this.#rows.removed(patient));
  }

  /** See tasks.graphql; the lines about the look are durable first. @throws {Failure} `access.line-not-durable`. */
  async list(whose: 'MINE' | 'ALL'): Promise<Task[]> {
    const onlyMine = whose === 'MINE' || !mayDo(this.#context.staff.role, 'chart.read');
    const shown = (await this.#all()).filter(({ mine }) => mine || !onlyMine);
    for (const { patient, covered } of shown) await this.#looks.trace(patient.id, 'tasks', covered);
    return shown.sort(inOrder);
  }

  /** What is open about a patient whose chart is open, and what was ended in the last days. @throws {Failure} `patients.unknown`. */
  async of(id: string): Promise<Task[]> {
    const members = new Set(this.#directory.union(id).map((patient) => patient.id));
    return (await this.#all((patient) => members.has(patient))).sort(inOrder);
  }

  /** How many are open of those that who is signed in may see, whoever they are for. A number is no look at a patient: no line. */
  async openCount(): Promise<number> {
    return (await this.#all()).filter(({ facts }) => facts.state === 'OPEN').length;
  }

  /** Durable when it resolves. @throws {Failure} `patients.unknown`, `tasks.not-ours`, `tasks.wish`; what `RecordStore.put` throws. */
  async add(id: string, wish: TaskWish): Promise<Task> {
    const patient = this.#directory.known(id);
    if (patient.custodian !== toHex(this.#context.chain))
      throw new Failure(
        'tasks.not-ours',
        'Another clinic keeps this patient’s records and alone writes in them. Ask it by a consult.',
      );
    const checked = checkedWish(wish);
    const task = toHex(this.#context.random(16));
    const row = this.#rows.row({ patient: patient.id, task, ended: 0 });
    await this.#put(patient, { id: task, resource: writeTask(task, patient.id, checked, this.#me(), this.#now()), rows: [row] });
    return this.find(task);
  }

  /** @throws {Failure} `tasks.unknown`, `tasks.moved`, `tasks.reason`, `tasks.ended`; what `RecordStore.put` throws. */
  async end(id: string, revision: string, state: 'DONE' | 'DECLINED', reason: string): Promise<Task> {
    const words = checkedReason(state, reason);
    return this.#move(await this.#unmoved(id, revision), state, words);
  }

  /**
   * It is for somebody else from now on. The version says from whom to whom, by whom and why.
   * @throws {Failure} `tasks.unknown`, `tasks.moved`, `tasks.ended`, `tasks.same-hands`, `tasks.wish`; what `RecordStore.put` throws.
   */
  async hand(id: string, revision: string, to: TaskOwner, reason: string): Promise<Task> {
    const task = await this.#unmoved(id, revision);
    const resource = handTask(await this.#newest(task.patient, task.entry), to, reason, this.#me(), this.#now());
    const row = this.#rows.row({ patient: task.patient.id, task: id, ended: 0 });
    const words = readTask(resource).handed?.words;
    await this.#put(task.patient, { id, before: task.entry, resource, rows: [row], reason: words });
    // Not `find`: who handed it on and reads no charts has it before them no longer, and is told what they did.
    return (await this.#read(task.patient.id, id, await this.#context.hooks.covers())) ?? task;
  }

  /** @throws {Failure} `tasks.unknown`, `tasks.moved`; what `RecordStore.put` throws. */
  async reopen(id: string, revision: string): Promise<Task> {
    return this.#move(await this.#unmoved(id, revision), 'OPEN', '');
  }

  /** @throws {Failure} `tasks.unknown`, whether it is not there or not for who is signed in. */
  async find(id: string): Promise<Task> {
    const row = /^[0-9a-f]{32}$/.test(id) ? await this.#rows.find(id) : undefined;
    const task = row && (await this.#read(row.patient, id, await this.#context.hooks.covers()));
    // Who asked for something may see and take back what they asked.
    const isTheirs = task && (task.mine || task.facts.askedBy.id === staffId(this.#context));
    if (task && (isTheirs || mayDo(this.#context.staff.role, 'chart.read'))) return task;
    throw new Failure('tasks.unknown', 'There is no such task here any more. Load the list again.');
  }

  async #all(isWanted: (patient: string) => boolean = () => true): Promise<Task[]> {
    const covers = await this.#context.hooks.covers();
    const tasks: Task[] = [];
    for (const { patient, task } of await this.#rows.since(this.#context.clock() - SHOWN_AFTER)) {
      const found = isWanted(patient) ? await this.#read(patient, task, covers) : undefined;
      if (found) tasks.push(found);
    }
    return tasks;
  }

  async #entry(patient: string, task: string): Promise<ChartEntry | undefined> {
    const known = this.#directory.get(patient);
    return known && (await this.#records.entries(known)).find(({ record }) => record === task);
  }

  /** Undefined where it is not here any more, or its record not open to who reads charts. */
  async #read(id: string, task: string, covers: ReadonlyMap<string, HeldCover>): Promise<Task | undefined> {
    const patient = this.#directory.get(id);
    const entry = await this.#entry(id, task);
    if (!patient || !entry) return undefined;
    const { role } = this.#context.staff;
    if (mayDo(role, 'chart.read') && !(await this.#context.hooks.reading(patient, 'TREAT')).opens(entry)) return undefined;
    const facts = readTask(await this.#newest(patient, entry));
    const isOwn = facts.owner ? facts.owner.id === staffId(this.#context) : facts.role === role;
    const covered = isOwn || !facts.owner ? undefined : covers.get(facts.owner.id)?.name;
    const overdue = facts.state === 'OPEN' && Date.parse(facts.due) < this.#context.clock();
    return { id: task, patient, facts, entry, mine: isOwn || covered !== undefined, covered, overdue };
  }

  async #newest(patient: PatientEntry, entry: ChartEntry): Promise<FhirResource> {
    const kept = this.#opened.get(entry.document);
    if (kept) return kept;
    const [newest] = await this.#records.versions(patient, entry);
    const value: unknown = newest && JSON.parse(fromUtf8(newest.content));
    if (!isResource(value))
      throw new Failure('tasks.unreadable', 'The record of a task is no FHIR resource. Run "careledger verify".');
    for (const oldest of this.#opened.keys()) if (this.#opened.size >= MOST_KEPT) this.#opened.delete(oldest);
    this.#opened.set(entry.document, value);
    return value;
  }

  async #unmoved(id: string, revision: string): Promise<Task> {
    const task = await this.find(id);
    if (task.entry.document === revision) return task;
    throw new Failure('tasks.moved', 'Somebody else has changed this task meanwhile. Nothing was done; look at it as it is now.');
  }

  async #move({ id, patient, entry }: Task, state: TaskState, reason: string): Promise<Task> {
    const before = await this.#newest(patient, entry);
    const row = this.#rows.row({ patient: patient.id, task: id, ended: state === 'OPEN' ? 0 : this.#context.clock() });
    const resource = moveTask(before, state, reason, this.#now());
    await this.#put(patient, { id, before: entry, resource, rows: [row], reason: reason || undefined });
    return this.find(id);
  }

  async #put(patient: PatientEntry, { id, before, resource, rows, reason }: TaskWriting): Promise<void> {
    const { entry, content } = await this.#context.fhir.check(JSON.stringify(resource));
    const place = before ? { record: before.record, basedOn: before.version } : { newId: id };
    const category = entry.category ?? 'clinical';
    const draft = { patient: patient.id, category, ...place, kind: 'fhir', content, summary: entry.summary, fhirId: id, reason };
    await this.#records.put(draft, { rows });
    // On its own: a task is for people to whom nothing of the chart is open, and who hear of no change in it.
    this.#context.notify({ topics: ['tasks'] });
  }

  #now(): string {
    return localInstant(this.#context.clock());
  }

  #me(): TaskPerson {
    return { id: staffId(this.#context), name: this.#context.staff.name };
  }
}

interface TaskWriting {
  readonly id: string;
  readonly before?: ChartEntry;
  readonly resource: FhirResource;
  readonly rows: readonly ReturnType<TaskRows['row']>[];
  /** What the record's history says beside the version. */
  readonly reason?: string | undefined;
}

/** Open ones first, the overdue and urgent before the others, the soonest due first; then what was ended, the newest first. */
function inOrder(one: Task, other: Task): number {
  const isOpen = ({ facts }: Task): boolean => facts.state === 'OPEN';
  if (isOpen(one) !== isOpen(other)) return isOpen(one) ? -1 : 1;
  if (!isOpen(one)) return other.entry.time - one.entry.time;
  return (
    Number(other.overdue) - Number(one.overdue) ||
    Number(other.facts.urgent) - Number(one.facts.urgent) ||
    Date.parse(one.facts.due) - Date.parse(other.facts.due) ||
    (one.id < other.id ? -1 : 1)
  );
}

/** The role that a word names. @throws {Failure} `tasks.wish`. */
export function roleNamed(word: string) {
  const role = ROLES.find((known) => known === word);
  if (role && mayDo(role, 'tasks.read')) return role;
  throw new Failure('tasks.wish', 'Nobody with this role takes tasks. Choose another one.', { details: { field: 'owner' } });
}

/** What the registry of domains needs of this one. */
export const tasksDomain = { name: 'tasks', sdl: 'shared/tasks/tasks.graphql', resolvers: tasksResolvers };
