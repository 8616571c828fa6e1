/** What the care-card panel asks of the vault. */
import { graphql } from '../../generated/gql.ts';

export const careCardOf = graphql(`
  query CareCardOf($patient: ID!) {
    careCard(patient: $patient) {
      id
      issuedAt
      opensInRegion
      hasEmergency
      triesLeft
      progress
    }
    patient(id: $patient) {
      id
      shared
      deceased
    }
  }
`);

export const issueCareCard = graphql(`
  mutation IssueCareCard($patient: ID!, $pin: String!, $passphrase: String!, $emergency: Boolean!) {
    issueCareCard(patient: $patient, pin: $pin, passphrase: $passphrase, emergency: $emergency) {
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

export const showCareCard = graphql(`
  mutation ShowCareCard($card: ShownCard!) {
    showCareCard(card: $card) {
      card
      name
      birthDate
      clinicName
      categories
    }
  }
`);

export const cardShareText = graphql(`
  query CardShareText($share: CardShareInput!) {
    cardShareText(share: $share) {
      text
      hash
    }
  }
`);

export const shareByCard = graphql(`
  mutation ShareByCard($share: CardShareInput!, $textHash: String!, $card: ShownCard!, $passphrase: String!) {
    shareByCard(share: $share, textHash: $textHash, card: $card, passphrase: $passphrase)
  }
`);

export const openCardEmergency = graphql(`
  mutation OpenCardEmergency($code: String!) {
    openCardEmergency(code: $code) {
      name
      birthDate
      sections {
        name
        lines {
          text
          date
          disagreements
        }
      }
    }
  }
`);

export const cardDesk = graphql(`
  query CardDesk {
    workstation {
      signedIn {
        role
      }
    }
  }
`);
