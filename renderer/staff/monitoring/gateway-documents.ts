/** What is asked of gateways: programs beside devices that bring readings. */
import { graphql } from '../../generated/gql.ts';

export const monitoringDesk = graphql(`
  query MonitoringDesk {
    workstation {
      clinic {
        chain
      }
      signedIn {
        role
      }
    }
  }
`);

graphql(`
  fragment ReadingGatewayParts on ReadingGateway {
    key
    name
    enrolledBy
    enrolledAt
    revokedAt
    revokedBy
    newestAt
  }
`);

export const readingGateways = graphql(`
  query ReadingGateways {
    readingGateways {
      ...ReadingGatewayParts
    }
    readingFolder {
      path
      lookedAt
      taken
      refused
      folderProblem {
        code
        message
        details {
          name
          value
        }
      }
      batchProblem {
        code
        message
        details {
          name
          value
        }
      }
    }
  }
`);

export const enrolReadingGateway = graphql(`
  mutation EnrolReadingGateway($name: String!, $key: String!) {
    enrolReadingGateway(name: $name, key: $key) {
      ...ReadingGatewayParts
    }
  }
`);

export const revokeReadingGateway = graphql(`
  mutation RevokeReadingGateway($key: ID!) {
    revokeReadingGateway(key: $key) {
      ...ReadingGatewayParts
    }
  }
`);

export const setReadingFolder = graphql(`
  mutation SetReadingFolder($path: String) {
    setReadingFolder(path: $path) {
      path
    }
  }
`);
