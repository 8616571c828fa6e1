/**
 * A file inside of a resource that is longer than a record holds, laid beside it as a file of the chart: sealed in pieces, in the commit of
 * its record, which names them. Everything else of the resource stays as it was written.
 */
import { fromBase64, fromUtf8, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { MAX_RESOURCE_BYTES } from '../../shared/fhir/import-source.ts';
import { inlineFileOf } from '../../shared/fhir/inline-file.ts';
import {
  ATTACHMENT_PIECE,
  attachmentOf,
  fileNameOf,
  fileTypeOf,
  pieceLength,
  piecesOf,
} from '../../shared/records/attachment.ts';
import type { OutgoingDocument } from '../sync/gateway.ts';
import type { VaultContext } from '../sync/vault-context/vault-context.ts';
import { sealPiece } from './attachments.ts';

interface RecordWithFile {
  readonly content: Uint8Array;
  readonly pieces: readonly OutgoingDocument[];
}

/** @param handle of the record's compartment, whose key is loaded @throws {Failure} `vault.key-missing`. */
export function fileApart(
  context: Pick<VaultContext, 'keyStore' | 'staff' | 'clock' | 'random'>,
  handle: Uint8Array,
  resourceType: string,
  content: Uint8Array,
): RecordWithFile {
  if (content.length <= MAX_RESOURCE_BYTES) return { content, pieces: [] };
  const text = fromUtf8(content);
  const inline = inlineFileOf(text, { resourceType });
  if (!inline) return { content, pieces: [] };
  const bytes = fromBase64(inline.data.replaceAll(/\s/g, ''));
  const id = toHex(context.random(16));
  const pieces = Array.from({ length: piecesOf(bytes.length) }, (_, index) => {
    const from = index * ATTACHMENT_PIECE;
    return sealPiece(context, { id, handle, index }, bytes.subarray(from, from + pieceLength(bytes.length, index)));
  });
  const { extension = [], contentType, title, ...others } = inline.attachment;
  const type = fileTypeOf(String(contentType ?? ''));
  const file = { id, name: fileNameOf(String(title ?? ''), type), type, size: bytes.length };
  const { extension: own, ...attachment } = attachmentOf({ ...file, pieces: pieces.map(({ name }) => toHex(name)) });
  const written = JSON.stringify({ ...others, ...attachment, extension: [...own, ...(extension as unknown[])] });
  return { content: utf8(text.slice(0, inline.place.start) + written + text.slice(inline.place.end)), pieces };
}
