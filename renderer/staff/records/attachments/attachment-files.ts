/** Files between the page and the vault, one piece at a time: a large one needs no more memory than a small one. */
import type { ApolloClient } from '@apollo/client';
import { fromBase64 } from '../../../../shared/encoding/bytes.ts';
import { ATTACHMENT_PIECE } from '../../../../shared/records/attachment.ts';
import type { AttachmentInput, AttachmentOfQuery } from '../../../generated/graphql.ts';
import { base64Of } from '../../../parts/base64.ts';
import { attachmentPiece, beginAttachment, finishAttachment, putAttachmentPiece } from './attachment-documents.ts';

type AttachmentFacts = NonNullable<AttachmentOfQuery['attachment']>;

/** Brings a file, from where it stopped the last time. Gives the id of its record. @throws the refusal; what came stays. */
export async function attachFile(
  client: ApolloClient,
  patient: string,
  file: File,
  onProgress: (share: number) => void,
): Promise<string> {
  const { name, size, lastModified: modified } = file;
  const input: AttachmentInput = { patient, name, type: file.type || 'application/octet-stream', size, modified };
  const begun = await client.mutate({ mutation: beginAttachment, variables: { input, title: name } });
  const of = begun.data?.beginAttachment.of ?? 1;
  let next = begun.data?.beginAttachment.next ?? 0;
  while (next < of) {
    onProgress(next / of);
    const data = await base64Of(file.slice(next * ATTACHMENT_PIECE, (next + 1) * ATTACHMENT_PIECE));
    const put = await client.mutate({
      mutation: putAttachmentPiece,
      variables: { input, index: next, data },
      // A cache keeps what was sent as a part of the answer's name.
      fetchPolicy: 'no-cache',
    });
    next = put.data?.putAttachmentPiece.next ?? next + 1;
  }
  onProgress(1);
  const { data } = await client.mutate({ mutation: finishAttachment, variables: { input } });
  return data?.finishAttachment ?? '';
}

/** The whole file, in the browser's own keeping. @throws the refusal */
export async function readFile(
  client: ApolloClient,
  place: { readonly patient: string; readonly record: string },
  { type, pieces }: AttachmentFacts,
  onProgress: (share: number) => void,
): Promise<Blob> {
  const parts: Blob[] = [];
  for (let index = 0; index < pieces; index += 1) {
    onProgress(index / pieces);
    const { data } = await client.query({ query: attachmentPiece, variables: { ...place, index }, fetchPolicy: 'no-cache' });
    parts.push(new Blob([fromBase64(data?.attachmentPiece ?? '').slice()]));
  }
  onProgress(1);
  return new Blob(parts, { type });
}

/** Hands the file to the person under its own name. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken its own hold of the bytes by the next task.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
