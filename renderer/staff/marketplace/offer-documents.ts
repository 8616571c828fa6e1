/** What the offers ask of the vault. */
import { graphql } from '../../generated/gql.ts';

graphql(`
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
    promised {
      currency
      amount
    }
    progress
  }
`);

graphql(`
  fragment BenefitParts on Benefit {
    id
    amount
    currency
    earnedAt
    paidAt
    earnedFor
    paidBy
  }
`);

graphql(`
  fragment ParticipantParts on Participant {
    id
    since
    active
    benefits {
      ...BenefitParts
    }
  }
`);

export const participantsOf = graphql(`
  query ParticipantsOf($offer: ID!) {
    participants(offer: $offer) {
      ...ParticipantParts
    }
  }
`);

export const recordEarned = graphql(`
  mutation RecordEarned($offer: ID!, $participant: ID!, $amount: Float!, $words: String!, $passphrase: String!) {
    recordEarned(offer: $offer, participant: $participant, amount: $amount, words: $words, passphrase: $passphrase) {
      ...ParticipantParts
    }
  }
`);

export const recordPaid = graphql(`
  mutation RecordPaid($offer: ID!, $participant: ID!, $benefit: ID!, $words: String!, $passphrase: String!) {
    recordPaid(offer: $offer, participant: $participant, benefit: $benefit, words: $words, passphrase: $passphrase) {
      ...ParticipantParts
    }
  }
`);

export const benefitReceipt = graphql(`
  query BenefitReceipt($patient: ID!, $benefit: ID!) {
    benefitReceipt(patient: $patient, benefit: $benefit)
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
      benefits {
        ...BenefitParts
      }
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
      benefits {
        ...BenefitParts
      }
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
      benefits {
        ...BenefitParts
      }
      offer {
        ...OfferParts
      }
    }
  }
`);
