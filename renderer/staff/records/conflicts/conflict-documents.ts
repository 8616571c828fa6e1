/** What the inbox, and proposals between clinics, ask of the vault. */
import { graphql } from '../../../generated/gql.ts';

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
      proposedBy
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
      proposedBy
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

graphql(`
  fragment ProposalParts on Proposal {
    id
    record
    title
    resourceType
    new
    clinic
    ours
    author
    at
    reason
    state
    answer
    answeredBy
    difference {
      path
      before
      after
    }
  }
`);

export const proposalsOf = graphql(`
  query ProposalsOf($patient: ID!) {
    proposals(patient: $patient) {
      ...ProposalParts
    }
  }
`);

export const proposeAmendment = graphql(`
  mutation ProposeAmendment($input: PutRecordInput!) {
    proposeAmendment(input: $input) {
      ...ProposalParts
    }
  }
`);

export const declineProposal = graphql(`
  mutation DeclineProposal($patient: ID!, $id: ID!, $reason: String!) {
    declineProposal(patient: $patient, id: $id, reason: $reason)
  }
`);

export const reopenProposal = graphql(`
  mutation ReopenProposal($patient: ID!, $id: ID!) {
    reopenProposal(patient: $patient, id: $id)
  }
`);
