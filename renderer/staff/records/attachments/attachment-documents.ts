/** What files in a chart ask of the vault. */
import { graphql } from '../../../generated/gql.ts';

export const attachmentOf = graphql(`
  query AttachmentOf($patient: ID!, $record: ID!) {
    attachment(patient: $patient, record: $record) {
      id
      name
      type
      size
      pieces
    }
  }
`);

export const attachmentPiece = graphql(`
  query AttachmentPiece($patient: ID!, $record: ID!, $index: Int!) {
    attachmentPiece(patient: $patient, record: $record, index: $index)
  }
`);

export const beginAttachment = graphql(`
  mutation BeginAttachment($input: AttachmentInput!, $title: String!) {
    beginAttachment(input: $input, title: $title) {
      id
      next
      of
    }
  }
`);

export const putAttachmentPiece = graphql(`
  mutation PutAttachmentPiece($input: AttachmentInput!, $index: Int!, $data: String!) {
    putAttachmentPiece(input: $input, index: $index, data: $data) {
      id
      next
      of
    }
  }
`);

export const unfinishedFiles = graphql(`
  query UnfinishedFiles($patient: ID!) {
    unfinishedFiles(patient: $patient) {
      name
      type
      size
      modified
      next
      of
      at
      keptUntil
    }
  }
`);

export const discardAttachment = graphql(`
  mutation DiscardAttachment($input: AttachmentInput!) {
    discardAttachment(input: $input)
  }
`);

export const finishAttachment = graphql(`
  mutation FinishAttachment($input: AttachmentInput!) {
    finishAttachment(input: $input)
  }
`);
