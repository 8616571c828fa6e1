/** What the offers ask of the vault. */
import { graphql } from '../../generated/gql.ts';

export const OfferParts = graphql(`
  fragment OfferParts on Offer {
    id
    title
    description
    publisher
    publisherName
    own
    purposes
    categories
    criteria
    reward
    minimumGroup
    opens
    expires
    state
    participants
    progress
  }
`);

export const offersNow = graphql(`
  query OffersNow {
    offers {
      ...OfferParts
    }
  }
`);

export const participationsOf = graphql(`
  query ParticipationsOf($patient: ID!) {
    participations(patient: $patient) {
      patient
      active
      since
      progress
      offer {
        ...OfferParts
      }
    }
  }
`);

export const publishOffer = graphql(`
  mutation PublishOffer($input: OfferInput!, $passphrase: String!) {
    publishOffer(input: $input, passphrase: $passphrase) {
      ...OfferParts
    }
  }
`);

export const withdrawOffer = graphql(`
  mutation WithdrawOffer($id: ID!, $passphrase: String!) {
    withdrawOffer(id: $id, passphrase: $passphrase) {
      ...OfferParts
    }
  }
`);

export const joinOffer = graphql(`
  mutation JoinOffer($patient: ID!, $offer: ID!, $passphrase: String!) {
    joinOffer(patient: $patient, offer: $offer, passphrase: $passphrase) {
      patient
      active
      since
      progress
      offer {
        ...OfferParts
      }
    }
  }
`);

export const leaveOffer = graphql(`
  mutation LeaveOffer($patient: ID!, $offer: ID!, $passphrase: String!) {
    leaveOffer(patient: $patient, offer: $offer, passphrase: $passphrase) {
      patient
      active
      since
      progress
      offer {
        ...OfferParts
      }
    }
  }
`);
