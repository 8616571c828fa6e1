import { graphql } from '../../generated/gql.ts';

export const fhirFacade = graphql(`
  query FhirFacadeNow {
    fhirFacade {
      port
      address
      problem {
        code
        message
      }
    }
    workstation {
      signedIn {
        role
      }
    }
  }
`);

export const serveFhir = graphql(`
  mutation ServeFhir($port: Int) {
    serveFhir(port: $port) {
      port
      address
      problem {
        code
        message
      }
    }
  }
`);

export const fhirTokens = graphql(`
  query FhirTokens {
    fhirTokens {
      id
      name
      scopes
      purpose
      patient
      staffName
      isOwn
      madeAt
      expiresAt
      revokedAt
    }
  }
`);

export const makeFhirToken = graphql(`
  mutation MakeFhirToken($program: NewFhirToken!) {
    makeFhirToken(program: $program) {
      secret
      token {
        id
      }
    }
  }
`);

export const revokeFhirToken = graphql(`
  mutation RevokeFhirToken($id: ID!) {
    revokeFhirToken(id: $id) {
      id
      revokedAt
    }
  }
`);

export const patientsForToken = graphql(`
  query PatientsForToken($search: String) {
    patients(search: $search, first: 8) {
      edges {
        node {
          id
          name
          birthDate
        }
      }
    }
  }
`);
