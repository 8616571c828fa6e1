import { graphql } from '../../generated/gql.ts';
import type { AccessVisitsQuery } from '../../generated/graphql.ts';

export const accessVisits = graphql(`
  query AccessVisits($patient: ID!, $filter: AccessFilter, $first: Int = 50, $after: String) {
    accessVisits(patient: $patient, filter: $filter, first: $first, after: $after) {
      edges {
        cursor
        node {
          id
          who
          role
          clinic
          own
          byProgram
          process
          recipient
          brokeGlass
          purpose
          actions
          categories
          first
          last
          lines {
            id
            action
            categories
            detail
            at
            device
            sequence
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      totalCount
      people {
        id
        name
        visits
      }
      clinics {
        id
        name
        visits
      }
      purposes {
        id
        visits
      }
    }
  }
`);

export const accessCompleteness = graphql(`
  query AccessCompleteness($patient: ID!) {
    accessCompleteness(patient: $patient) {
      device
      clinic
      own
      everyLine
      lines
      anchored
      waiting
      missing {
        from
        to
      }
      altered
      complete
    }
  }
`);

export const exportAccessLog = graphql(`
  mutation ExportAccessLog($patient: ID!, $format: AccessExportFormat!, $filter: AccessFilter) {
    exportAccessLog(patient: $patient, format: $format, filter: $filter) {
      fileName
      text
    }
  }
`);

export const whoIsHere = graphql(`
  query WhoIsHere {
    workstation {
      signedIn {
        id
        role
      }
    }
  }
`);

export const accessReceipt = graphql(`
  query AccessReceipt($patient: ID!, $lines: [ID!]) {
    accessReceipt(patient: $patient, lines: $lines) {
      fileName
      json
      lines
      waiting
    }
  }
`);

export const complaintsOf = graphql(`
  query ComplaintsOf($patient: ID!) {
    complaintsOf(patient: $patient) {
      id
      line {
        id
      }
      words
      by
      openedAt
      answer {
        words
        by
        at
      }
    }
  }
`);

export const accessComplaints = graphql(`
  query AccessComplaints {
    accessComplaints {
      id
      about
      patient
      patientName
      record {
        section
        date
      }
      line {
        id
        who
        role
        clinic
        action
        purpose
        at
        detail
      }
      words
      by
      openedAt
      dueAt
      overdue
      answer {
        words
        by
        at
      }
      isAsAnchored
    }
  }
`);

export const adminChanges = graphql(`
  query AdminChanges {
    adminChanges {
      id
      what
      subject
      before
      after
      author
      clinic
      own
      at
      position
    }
    staffMembers {
      id
      name
    }
  }
`);

export const complainOfAccess = graphql(`
  mutation ComplainOfAccess($patient: ID!, $line: ID!, $words: String!) {
    complainOfAccess(patient: $patient, line: $line, words: $words) {
      id
    }
  }
`);

export const answerComplaint = graphql(`
  mutation AnswerComplaint($id: ID!, $words: String!) {
    answerComplaint(id: $id, words: $words) {
      id
      answer {
        words
        by
        at
      }
    }
  }
`);

export type ShownVisits = AccessVisitsQuery['accessVisits'];
export type ShownVisit = ShownVisits['edges'][number]['node'];
