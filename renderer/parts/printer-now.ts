import { graphql } from '../generated/gql.ts';

/** Which clinic prints, and who. */
export const printerNow = graphql(`
  query PrinterNow {
    workstation {
      clinic {
        name
      }
      signedIn {
        name
      }
    }
  }
`);
