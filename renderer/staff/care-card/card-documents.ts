/** What the care-card panel asks of the vault. */
import { graphql } from '../../generated/gql.ts';

export const careCardOf = graphql(`
  query CareCardOf($patient: ID!) {
    careCard(patient: $patient) {
      id
      issuedAt
      opensInRegion
      triesLeft
      progress
    }
    patient(id: $patient) {
      id
      shared
    }
  }
`);

export const issueCareCard = graphql(`
  mutation IssueCareCard($patient: ID!, $pin: String!, $passphrase: String!) {
    issueCareCard(patient: $patient, pin: $pin, passphrase: $passphrase) {
      qr
      groups
      patientName
      clinicName
      card {
        id
        issuedAt
        opensInRegion
      }
    }
  }
`);

export const endCareCard = graphql(`
  mutation EndCareCard($patient: ID!, $passphrase: String!) {
    endCareCard(patient: $patient, passphrase: $passphrase)
  }
`);
