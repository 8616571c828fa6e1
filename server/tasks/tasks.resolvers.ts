import { Failure } from '../../shared/outcome/failure.ts';
import type { TaskOwner, TaskPerson } from '../../shared/tasks/task-resource.ts';
import type { Patient, Resolvers, Task as ShownTask } from '../graphql/generated/vault.ts';
import type { PatientEntry } from '../sync/vault-context/vault-context.ts';
import { roleNamed, type Task, type Tasks } from './tasks.ts';

interface TasksRequest {
  readonly tasks: Tasks;
  readonly staff: { members(): Promise<ReadonlyArray<TaskPerson & { readonly revoked: boolean }>> };
  /** The patient as the patients domain shows them. */
  readonly showPatient: (patient: PatientEntry) => Promise<Patient>;
}

export const tasksResolvers: Resolvers<TasksRequest> = {
  Query: {
    tasks: async (_, { whose }, request) =>
      Promise.all((await request.tasks.list(whose ?? 'MINE')).map((task) => shown(request, task))),
    patientTasks: async (_, { patient }, request) =>
      Promise.all((await request.tasks.of(patient)).map((task) => shown(request, task))),
  },
  Mutation: {
    addTask: async (_, { input }, request) => {
      const { patient, what, owner, role, due, urgent, about } = input;
      const wish = {
        what,
        ...(await ownerOf(request, owner, role)),
        due,
        urgent: urgent ?? false,
        about: about ?? undefined,
      };
      return shown(request, await request.tasks.add(patient, wish));
    },
    endTask: async (_, { task, revision, end, reason }, request) =>
      shown(request, await request.tasks.end(task, revision, end, reason ?? '')),
    handTask: async (_, { task, revision, owner, role, reason }, request) =>
      shown(request, await request.tasks.hand(task, revision, await ownerOf(request, owner, role), reason ?? '')),
    reopenTask: async (_, { task, revision }, request) => shown(request, await request.tasks.reopen(task, revision)),
  },
};

async function ownerOf(
  request: TasksRequest,
  owner: string | null | undefined,
  role: string | null | undefined,
): Promise<TaskOwner> {
  return { owner: owner ? await colleague(request, owner) : undefined, role: role ? roleNamed(role) : undefined };
}

async function colleague({ staff }: TasksRequest, id: string): Promise<TaskPerson> {
  const found = (await staff.members()).find((member) => member.id === id && !member.revoked);
  if (found) return { id: found.id, name: found.name };
  throw new Failure('tasks.person', 'Nobody works here under this name any more. Choose a colleague from the list.');
}

async function shown({ showPatient }: TasksRequest, task: Task): Promise<ShownTask> {
  const { id, patient, facts, entry, mine, covered, overdue } = task;
  return {
    id,
    revision: entry.document,
    patient: await showPatient(patient),
    what: facts.what,
    state: facts.state,
    urgent: facts.urgent,
    owner: facts.owner ?? null,
    role: facts.role ?? null,
    covered: covered ?? null,
    mine,
    due: facts.due,
    overdue,
    asked: facts.asked,
    askedBy: facts.askedBy.name,
    about: facts.about ?? null,
    by: entry.authorName,
    at: entry.time,
    reason: facts.reason || null,
    handed: facts.handed ?? null,
  };
}
