import { graphql } from '../../generated/gql.ts';

export const erasurePlan = graphql(`
  query ErasurePlan($patient: ID!) {
    erasurePlan(patient: $patient) {
      patient
      name
      compartments {
        handle
        category
        documents
      }
      clinics
      desks
      retained {
        ground
        article
        basis
        until
      }
      retentionSet
    }
    holds(patient: $patient) {
      ...HoldParts
    }
  }

  fragment HoldParts on Hold {
    id
    ground
    article
    reason
    placedBy
    placedAt
    liftedBy
    liftedAt
  }
`);

export const erasures = graphql(`
  query Erasures {
    erasures {
      ...ErasureParts
    }
    retention {
      ...RetentionParts
    }
  }

  fragment ErasureParts on Erasure {
    id
    whole
    ground
    at
    by
    state
    compartments {
      handle
      category
      documents
    }
    confirmations {
      party
      device
      clinic
      here
      at
      count
    }
    retained {
      ground
      article
      basis
      until
    }
    lastBackupDies
  }

  fragment RetentionParts on Retention {
    jurisdiction
    years
    setBy
    setAt
    rules {
      jurisdiction
      years
      basis
    }
  }
`);

export const erase = graphql(`
  mutation Erase($input: ErasureInput!, $passphrase: String!) {
    erase(input: $input, passphrase: $passphrase) {
      ...ErasureParts
    }
  }
`);

export const setRetention = graphql(`
  mutation SetRetention($jurisdiction: String!, $years: Int!, $passphrase: String!) {
    setRetention(jurisdiction: $jurisdiction, years: $years, passphrase: $passphrase) {
      ...RetentionParts
    }
  }
`);

export const placeHold = graphql(`
  mutation PlaceHold($patient: ID!, $ground: RetentionGround!, $reason: String!, $passphrase: String!) {
    placeHold(patient: $patient, ground: $ground, reason: $reason, passphrase: $passphrase) {
      ...HoldParts
    }
  }
`);

export const liftHold = graphql(`
  mutation LiftHold($id: ID!, $passphrase: String!) {
    liftHold(id: $id, passphrase: $passphrase) {
      ...HoldParts
    }
  }
`);

export const erasureCertificate = graphql(`
  query ErasureCertificate($id: ID!) {
    erasureCertificate(id: $id)
  }
`);
