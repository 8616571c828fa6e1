/** Opens one sealed version of a record. */
import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { readDocument } from '../sync/clinic.store.ts';
import type { OpenedVersion, VaultContext } from '../sync/vault-context.ts';
import { openDocument } from '../vault/sealing.ts';
import { metaOf } from './seal-record.ts';

/** `previous`: the document of the version before it, hexadecimal; undefined for the first. */
export type ChainedVersion = OpenedVersion & { readonly previous: string | undefined };

/**
 * The version `version` of a record, or undefined when its sealed document is not here. Ids in hexadecimal.
 * @throws {Failure} `vault.key-missing`, `vault.document-…` when it does not open as this version of this record.
 */
export async function openVersion(
  { reader, keyStore }: VaultContext,
  record: string,
  document: string,
  version: number,
): Promise<ChainedVersion | undefined> {
  const stored = await readDocument(reader, fromHex(document));
  if (!stored) return undefined;
  // The document says its compartment: two desks that could not hear each other may have begun one each.
  const { handle, sealed, wrap } = stored;
  await keyStore.loadCompartmentKeys([handle]);
  const envelope = openDocument({ handle, recordId: fromHex(record), version, sealed, wrap }, keyStore.compartmentKeys);
  const { authorName, reason, merge, proposedBy, source } = metaOf(envelope);
  const { author, time, kind, content } = envelope;
  const previous = envelope.previous.length > 0 ? toHex(envelope.previous) : undefined;
  const by = { author: toHex(author), authorName, reason, merge, proposedBy, isImported: source !== undefined };
  return { ...by, version, document, time, kind, content, previous };
}
