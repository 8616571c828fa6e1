/** What the part about guardians asks of the vault. */
import { graphql } from '../../generated/gql.ts';

export const guardiansOf = graphql(`
  query GuardiansOf($patient: ID!) {
    guardians(patient: $patient) {
      ...GuardianParts
    }
    wards(patient: $patient) {
      ...GuardianParts
    }
    guardianAges {
      majority
      privateFrom
    }
    patient(id: $patient) {
      id
      deceased
    }
  }
  fragment GuardianParts on Guardian {
    patient
    patientName
    guardian
    guardianName
    relationship
    state
    mayConsent
    mayComplain
    starts
    ends
    endedAt
    signedByPatient
    evidence
    text
  }
`);

export const guardianText = graphql(`
  query GuardianText($input: GuardianInput!) {
    guardianText(input: $input) {
      text
      hash
      ends
      needsCard
      isChild
    }
  }
`);

export const nameGuardian = graphql(`
  mutation NameGuardian($input: GuardianInput!, $textHash: ID!, $passphrase: String!, $card: ShownCard) {
    nameGuardian(input: $input, textHash: $textHash, passphrase: $passphrase, card: $card) {
      guardian
    }
  }
`);

export const endGuardian = graphql(`
  mutation EndGuardian($patient: ID!, $guardian: ID!, $passphrase: String!) {
    endGuardian(patient: $patient, guardian: $guardian, passphrase: $passphrase) {
      guardian
    }
  }
`);

export const setGuardianAges = graphql(`
  mutation SetGuardianAges($majority: Int!, $privateFrom: Int!, $passphrase: String!) {
    setGuardianAges(majority: $majority, privateFrom: $privateFrom, passphrase: $passphrase) {
      majority
      privateFrom
    }
  }
`);
