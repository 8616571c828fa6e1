/** What the ceremonies of the region ask: the policy in force, and what is proposed. */
import { graphql } from '../../generated/gql.ts';

export const regionPolicy = graphql(`
  query RegionPolicy {
    regionPolicy {
      sequence
      rules
      newestRules
      hubKey
      offeredHubKey
      witnesses {
        id
        isOutside
        name
        cosignKey
        cosignedAt
        isOwn
      }
      approvalsNeeded
      isWitness
      hasOffered
      offers {
        chain
        name
        cosignKey
      }
      proposals {
        id
        type
        witnesses {
          id
          isOutside
          name
          cosignKey
          cosignedAt
          isOwn
        }
        rules
        hubKey
        approvedBy
        isApprovedHere
      }
    }
  }
`);

export const offerToWitness = graphql(`
  mutation OfferToWitness {
    offerToWitness
  }
`);

export const proposeWitnesses = graphql(`
  mutation ProposeWitnesses($witnesses: [WitnessInput!]!) {
    proposeWitnesses(witnesses: $witnesses)
  }
`);

export const proposeHubKey = graphql(`
  mutation ProposeHubKey {
    proposeHubKey
  }
`);

export const proposeRules = graphql(`
  mutation ProposeRules {
    proposeRules
  }
`);

export const approvePolicy = graphql(`
  mutation ApprovePolicy($id: ID!) {
    approvePolicy(id: $id)
  }
`);
