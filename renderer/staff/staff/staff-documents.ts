/** What the staff screen asks of the vault. */
import { graphql } from '../../generated/gql.ts';

export const staffMembers = graphql(`
  query StaffMembers {
    me {
      id
      name
      role
      revoked
      hasSecondFactor
    }
    staffMembers {
      id
      name
      role
      revoked
      hasSecondFactor
    }
  }
`);

export const enrolStaff = graphql(`
  mutation EnrolStaff($input: EnrolStaffInput!) {
    enrolStaff(input: $input) {
      id
      name
      role
      revoked
      hasSecondFactor
    }
  }
`);

export const revokeStaff = graphql(`
  mutation RevokeStaff($staff: ID!) {
    revokeStaff(staff: $staff)
  }
`);

export const renewOwnKey = graphql(`
  mutation RenewOwnKey($passphrase: String!) {
    renewOwnKey(passphrase: $passphrase)
  }
`);

export const changePassphrase = graphql(`
  mutation ChangePassphrase($current: String!, $next: String!) {
    changePassphrase(current: $current, next: $next)
  }
`);

export const offerSecondFactor = graphql(`
  mutation OfferSecondFactor($passphrase: String!) {
    offerSecondFactor(passphrase: $passphrase) {
      uri
      secret
    }
  }
`);

export const enrolSecondFactor = graphql(`
  mutation EnrolSecondFactor($code: String!, $ceremony: ID) {
    enrolSecondFactor(code: $code, ceremony: $ceremony) {
      id
      hasSecondFactor
    }
  }
`);

export const removeSecondFactor = graphql(`
  mutation RemoveSecondFactor($passphrase: String!) {
    removeSecondFactor(passphrase: $passphrase) {
      id
      hasSecondFactor
    }
  }
`);

export const showSecondFactor = graphql(`
  mutation ShowSecondFactor($code: String!, $ceremony: ID!) {
    showSecondFactor(code: $code, ceremony: $ceremony)
  }
`);

export const ownSecondFactor = graphql(`
  query OwnSecondFactor {
    secondFactor {
      hasTimeCode
      passkeys {
        id
        name
        added
        lastUsed
        isSynchronised
      }
    }
  }
`);

export const addPasskey = graphql(`
  mutation AddPasskey($passphrase: String!, $name: String!) {
    addPasskey(passphrase: $passphrase, name: $name)
  }
`);

export const askPasskey = graphql(`
  mutation AskPasskey($ceremony: ID!) {
    askPasskey(ceremony: $ceremony)
  }
`);

export const passkeyDone = graphql(`
  mutation PasskeyDone($ticket: ID!) {
    passkeyDone(ticket: $ticket) {
      id
      hasSecondFactor
    }
  }
`);

export const removePasskey = graphql(`
  mutation RemovePasskey($passphrase: String!, $passkey: ID!) {
    removePasskey(passphrase: $passphrase, passkey: $passkey) {
      id
      hasSecondFactor
    }
  }
`);

export const openPasskeyPage = graphql(`
  mutation OpenPasskeyPage {
    openPasskeyPage
  }
`);
