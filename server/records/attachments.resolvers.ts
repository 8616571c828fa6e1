import type { Resolvers } from '../graphql/generated/vault.ts';
import { KEPT_DAYS } from './attachments.ts';
import type { RecordsRequest } from './records-request.ts';

export const attachmentsResolvers: Resolvers<RecordsRequest> = {
  Query: {
    attachment: async (_, { patient, record }, { attachments }) => {
      const found = await attachments.of(patient, record);
      return found ? { ...found, pieces: found.pieces.length } : null;
    },
    attachmentPiece: (_, { patient, record, index }, { attachments }) => attachments.piece(patient, record, index),
    unfinishedFiles: (_, { patient }, { attachments }) => attachments.unfinished(patient),
    unfinishedFileStore: async (_, __, { attachments }) => ({ ...(await attachments.store()), keptDays: KEPT_DAYS }),
  },
  Mutation: {
    beginAttachment: (_, { input, title }, { attachments }) => attachments.begin(input, title),
    putAttachmentPiece: (_, { input, index, data }, { attachments }) => attachments.put(input, index, data),
    finishAttachment: async (_, { input }, { attachments }) => (await attachments.finish(input)).record,
    discardAttachment: async (_, { input }, { attachments }) => {
      await attachments.discard(input);
      return true;
    },
  },
};
