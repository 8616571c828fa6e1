/** What printing asks of the vault. */
import { graphql } from '../../../generated/gql.ts';

/** What stands on the summary and among the results, the newest first. */
export const printedSections = graphql(`
  query PrintedSections($patient: ID!, $results: Int!) {
    chart(patient: $patient) {
      patient {
        id
      }
      immunizations: items(section: IMMUNIZATION, first: 100) {
        ...PrintedItems
      }
      procedures: items(section: PROCEDURE, first: 40) {
        ...PrintedItems
      }
      results: items(section: RESULT, first: $results) {
        ...PrintedItems
      }
    }
  }
`);

graphql(`
  fragment PrintedItems on ChartItemConnection {
    edges {
      node {
        ...ItemParts
      }
    }
    totalCount
  }
`);

export const notePrint = graphql(`
  mutation NotePrint($patient: ID!, $paper: PrintedPaper!) {
    notePrint(patient: $patient, paper: $paper)
  }
`);
