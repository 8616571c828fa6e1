/** What the queue and the schedule ask of the vault. */
import { graphql } from '../../generated/gql.ts';

graphql(`
  fragment VisitParts on Visit {
    id
    revision
    kind
    urgent
    stage
    reason
    start
    end
    arrivedAt
    since
    room
    steps
    undoable
    replannable
    movable
    contested
    clinician {
      id
      name
    }
    patient {
      id
      name
      birthDate
      deceased
    }
  }
`);

export const visitsOfDay = graphql(`
  query VisitsOfDay($day: String!) {
    visits(day: $day) {
      ...VisitParts
    }
  }
`);

export const warningsOfDay = graphql(`
  query WarningsOfDay($day: String!) {
    visitWarnings(day: $day) {
      visit
      warnings
    }
  }
`);

export const visitHistory = graphql(`
  query VisitHistory($visit: ID!) {
    visitHistory(visit: $visit) {
      stage
      by
      at
      back
      planned
    }
  }
`);

export const visitStaff = graphql(`
  query VisitStaff {
    me {
      id
    }
    staffMembers {
      id
      name
      role
      revoked
    }
  }
`);

export const addVisit = graphql(`
  mutation AddVisit($input: AddVisitInput!, $evenSo: Boolean!) {
    addVisit(input: $input, evenSo: $evenSo) {
      visit {
        ...VisitParts
      }
      overlaps {
        ...VisitParts
      }
    }
  }
`);

export const replanVisit = graphql(`
  mutation ReplanVisit($visit: ID!, $revision: String!, $input: ReplanVisitInput!, $evenSo: Boolean!) {
    replanVisit(visit: $visit, revision: $revision, input: $input, evenSo: $evenSo) {
      visit {
        ...VisitParts
      }
      overlaps {
        ...VisitParts
      }
    }
  }
`);

export const moveVisit = graphql(`
  mutation MoveVisit($visit: ID!, $revision: String!, $step: VisitStep!, $room: String) {
    moveVisit(visit: $visit, revision: $revision, step: $step, room: $room) {
      ...VisitParts
    }
  }
`);

export const undoVisitStep = graphql(`
  mutation UndoVisitStep($visit: ID!, $revision: String!) {
    undoVisitStep(visit: $visit, revision: $revision) {
      ...VisitParts
    }
  }
`);
