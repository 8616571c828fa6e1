/** What printing asks of the vault. */
import { graphql } from '../../generated/gql.ts';

export const notePrint = graphql(`
  mutation NotePrint($patient: ID!, $paper: PrintedPaper!) {
    notePrint(patient: $patient, paper: $paper)
  }
`);
