/** What breaking the glass asks of the vault. */
import { graphql } from '../../generated/gql.ts';

export const brokenGlass = graphql(`
  query BrokenGlass($patient: ID!) {
    brokenGlass(patient: $patient) {
      use
      ends
      askedOf
      isAnswered
    }
  }
`);

export const breakGlass = graphql(`
  mutation BreakGlass($input: BreakGlassInput!) {
    breakGlass(input: $input) {
      use
      ends
    }
  }
`);

export const endGlass = graphql(`
  mutation EndGlass($patient: ID!) {
    endGlass(patient: $patient)
  }
`);

graphql(`
  fragment GlassUseParts on GlassUse {
    use
    patient
    patientName
    who
    role
    clinic
    isOwn
    reason
    words
    proof
    began
    ends
    categories
    isOverdue
    toldAt
    review {
      verdict
      by
      at
      words
    }
  }
`);

export const glassUses = graphql(`
  query GlassUses {
    glassUses {
      ...GlassUseParts
    }
  }
`);

export const reviewGlass = graphql(`
  mutation ReviewGlass($use: ID!, $verdict: GlassVerdict!, $words: String!) {
    reviewGlass(use: $use, verdict: $verdict, words: $words) {
      ...GlassUseParts
    }
  }
`);

export const noteGlassTold = graphql(`
  mutation NoteGlassTold($use: ID!) {
    noteGlassTold(use: $use) {
      ...GlassUseParts
    }
  }
`);
