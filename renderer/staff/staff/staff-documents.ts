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
  mutation EnrolSecondFactor($code: String!) {
    enrolSecondFactor(code: $code) {
      id
      hasSecondFactor
    }
  }
`);

export const removeSecondFactor = graphql(`
  mutation RemoveSecondFactor($passphrase: String!, $code: String!) {
    removeSecondFactor(passphrase: $passphrase, code: $code) {
      id
      hasSecondFactor
    }
  }
`);

export const showSecondFactor = graphql(`
  mutation ShowSecondFactor($code: String!) {
    showSecondFactor(code: $code)
  }
`);
