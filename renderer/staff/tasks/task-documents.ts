/** What tasks ask of the vault. */
import { graphql } from '../../generated/gql.ts';

graphql(`
  fragment TaskParts on Task {
    id
    revision
    what
    state
    urgent
    role
    covered
    mine
    due
    overdue
    asked
    askedBy
    about
    by
    at
    reason
    owner {
      id
      name
    }
    handed {
      by
      at
      words
    }
    patient {
      id
      name
      birthDate
    }
  }
`);

export const tasksOf = graphql(`
  query TasksOf($whose: TaskScope!) {
    tasks(whose: $whose) {
      ...TaskParts
    }
  }
`);

export const patientTasks = graphql(`
  query PatientTasks($patient: ID!) {
    patientTasks(patient: $patient) {
      ...TaskParts
    }
  }
`);

export const taskStaff = graphql(`
  query TaskStaff {
    staffMembers {
      id
      name
      role
      revoked
    }
  }
`);

export const addTask = graphql(`
  mutation AddTask($input: AddTaskInput!) {
    addTask(input: $input) {
      ...TaskParts
    }
  }
`);

export const endTask = graphql(`
  mutation EndTask($task: ID!, $revision: String!, $end: TaskEnd!, $reason: String) {
    endTask(task: $task, revision: $revision, end: $end, reason: $reason) {
      ...TaskParts
    }
  }
`);

export const handTask = graphql(`
  mutation HandTask($task: ID!, $revision: String!, $owner: ID, $role: String, $reason: String) {
    handTask(task: $task, revision: $revision, owner: $owner, role: $role, reason: $reason) {
      ...TaskParts
    }
  }
`);

export const reopenTask = graphql(`
  mutation ReopenTask($task: ID!, $revision: String!) {
    reopenTask(task: $task, revision: $revision) {
      ...TaskParts
    }
  }
`);
