/** What the inbox of late versions asks of the vault. */
import { graphql } from '../../generated/gql.ts';

export const conflictList = graphql(`
  query ConflictList {
    conflicts {
      id
      patient {
        id
        name
        birthDate
      }
      record
      at
      mine
    }
  }
`);

export const conflictNow = graphql(`
  query ConflictNow($patient: ID!, $id: ID!) {
    conflict(patient: $patient, id: $id) {
      id
      record
      title
      resourceType
      whole
      current {
        version
        author
        at
        reason
      }
      late {
        version
        author
        at
        reason
      }
      elements {
        element
        base
        current
        late
        changedBy
        safety
      }
    }
  }
`);

export const settleConflict = graphql(`
  mutation SettleConflict($input: SettleConflictInput!) {
    settleConflict(input: $input) {
      ...ItemParts
    }
  }
`);

export const undoMerge = graphql(`
  mutation UndoMerge($input: UndoMergeInput!) {
    undoMerge(input: $input) {
      ...ItemParts
    }
  }
`);
