/** What the consent panel asks: consents and their acts of the vault, the region's clinics of the device service. */
import { graphql } from '../../generated/gql.ts';

graphql(`
  fragment ConsentParts on Consent {
    id
    patient
    recipient
    recipientName
    categories
    exceptions {
      kind
      value
      name
    }
    purpose
    starts
    ends
    state
    verification
    language
    text
    recordedBy
    recordedAt
    confirmedAt
    withdrawnAt
    purges {
      at
    }
    recipientDesks
    progress
    resource
  }
`);

export const consentsOf = graphql(`
  query ConsentsOf($patient: ID!) {
    consents(patient: $patient) {
      ...ConsentParts
    }
  }
`);

export const recipients = graphql(`
  query Recipients {
    clinics {
      chain
      name
      kind
      own
    }
  }
`);

export const consentExceptions = graphql(`
  query ConsentExceptions($patient: ID!) {
    consentExceptions(patient: $patient) {
      kind
      value
      name
    }
  }
`);

export const consentText = graphql(`
  query ConsentTextOf($input: ConsentInput!) {
    consentText(input: $input) {
      language
      text
      hash
      needsCard
    }
  }
`);

export const giveConsent = graphql(`
  mutation GiveConsent($input: ConsentInput!, $textHash: String!, $passphrase: String!, $card: ShownCard) {
    giveConsent(input: $input, textHash: $textHash, passphrase: $passphrase, card: $card) {
      ...ConsentParts
    }
  }
`);

export const withdrawConsent = graphql(`
  mutation WithdrawConsent($id: ID!, $passphrase: String!) {
    withdrawConsent(id: $id, passphrase: $passphrase) {
      ...ConsentParts
    }
  }
`);

export const whoCouldOpen = graphql(`
  query WhoCouldOpen($patient: ID!) {
    whoCouldOpen(patient: $patient) {
      clinicName
      own
      name
      role
      count
      opens {
        purpose
        categories
        reason
        partial
      }
    }
  }
`);

graphql(`
  fragment RestrictionParts on Restriction {
    id
    people
    roles
    categories
    labels
    verification
    recordedBy
    recordedAt
    liftedAt
    progress
  }
`);

export const restrictionsOf = graphql(`
  query RestrictionsOf($patient: ID!) {
    restrictions(patient: $patient) {
      ...RestrictionParts
    }
  }
`);

export const restrict = graphql(`
  mutation Restrict($input: RestrictionInput!, $passphrase: String!) {
    restrict(input: $input, passphrase: $passphrase) {
      ...RestrictionParts
    }
  }
`);

export const liftRestriction = graphql(`
  mutation LiftRestriction($patient: ID!, $id: ID!, $passphrase: String!) {
    liftRestriction(patient: $patient, id: $id, passphrase: $passphrase) {
      ...RestrictionParts
    }
  }
`);

export const colleagues = graphql(`
  query Colleagues {
    staffMembers {
      id
      name
      revoked
    }
  }
`);

export const consentProofOf = graphql(`
  query ConsentProofOf($patient: ID!, $id: ID!) {
    consentProof(patient: $patient, id: $id)
  }
`);
