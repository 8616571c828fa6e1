import { graphql } from '../../generated/gql.ts';

graphql(`
  fragment FacadeParts on FhirFacade {
    port
    address
    problem {
      code
      details {
        name
        value
      }
      message
    }
    network {
      listen
      names
      addresses
      authority
      fingerprint
    }
    callers {
      address
      program
      at
      refused
    }
  }
`);

export const fhirFacade = graphql(`
  query FhirFacadeNow {
    fhirFacade {
      ...FacadeParts
    }
    workstation {
      signedIn {
        role
      }
    }
  }
`);

export const serveFhir = graphql(`
  mutation ServeFhir($port: Int, $network: FhirNetworkInput) {
    serveFhir(port: $port, network: $network) {
      ...FacadeParts
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
      network
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

export const exportProgress = graphql(`
  query ExportProgress {
    exportProgress {
      patients
      patientsOf
      resources
      resourcesOf
      bytes
    }
  }
`);

export const cancelExport = graphql(`
  mutation CancelExport {
    cancelExport
  }
`);

export const exportRecords = graphql(`
  mutation ExportRecords($folder: String!, $patient: ID, $passphrase: String!) {
    exportRecords(folder: $folder, patient: $patient, passphrase: $passphrase) {
      path
      files
      bytes
      resources
      missing
    }
  }
`);
