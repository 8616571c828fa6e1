/** What cover asks of the vault. */
import { graphql } from '../../generated/gql.ts';

graphql(`
  fragment CoverParts on Cover {
    id
    from
    until
    state
    byMe
    endable
    covered {
      id
      name
    }
    covering {
      id
      name
    }
  }
`);

export const covers = graphql(`
  query Covers($past: Boolean!) {
    covers(past: $past) {
      ...CoverParts
    }
  }
`);

export const nameCover = graphql(`
  mutation NameCover($input: CoverInput!) {
    nameCover(input: $input) {
      ...CoverParts
    }
  }
`);

export const withdrawCover = graphql(`
  mutation WithdrawCover($cover: ID!) {
    withdrawCover(cover: $cover) {
      ...CoverParts
    }
  }
`);
