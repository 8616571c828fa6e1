/** Opens sealed versions of records. */
import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { readDocuments } from '../sync/clinic.store.ts';
import type { OpenedVersion, VaultContext } from '../sync/vault-context/vault-context.ts';
import { openDocument } from '../vault/sealing.ts';
import { metaOf } from './writing/seal-record.ts';

/** `previous`: the document of the version before it, hexadecimal; undefined for the first. */
export type ChainedVersion = OpenedVersion & { readonly previous: string | undefined };

/** Documents that are read at once. */
const PAGE = 200;

/** Which version of which record lies in which document; ids in hexadecimal. */
interface VersionPlace {
  readonly record: string;
  readonly document: string;
  readonly version: number;
}

/**
 * The version `version` of a record, or undefined when its sealed document is not here. Ids in hexadecimal.
 * @throws {Failure} `vault.key-missing`, `vault.document-…` when it does not open as this version of this record.
 */
export async function openVersion(
  context: VaultContext,
  record: string,
  document: string,
  version: number,
): Promise<ChainedVersion | undefined> {
  return (await openVersions(context, [{ record, document, version }]))[0];
}

/** The same for many, in their order: one question for the documents of a page and one for their keys. @throws as `openVersion`. */
export async function openVersions(
  context: VaultContext,
  places: readonly VersionPlace[],
): Promise<Array<ChainedVersion | undefined>> {
  const opened: Array<ChainedVersion | undefined> = [];
  for (let at = 0; at < places.length; at += PAGE) opened.push(...(await openPage(context, places.slice(at, at + PAGE))));
  return opened;
}

async function openPage(
  { reader, keyStore }: VaultContext,
  places: readonly VersionPlace[],
): Promise<Array<ChainedVersion | undefined>> {
  const names = places.map(({ document }) => document);
  const stored = await readDocuments(reader, names);
  // The document says its compartment: two desks that could not hear each other may have begun one each.
  await keyStore.loadCompartmentKeys([...stored.values()].map(({ handle }) => handle));
  return places.map(({ record, document, version }) => {
    const found = stored.get(document);
    if (!found) return undefined;
    const envelope = openDocument({ ...found, recordId: fromHex(record), version }, keyStore.compartmentKeys);
    const { authorName, reason, merge, proposedBy, source, takesBack } = metaOf(envelope);
    const { author, time, kind, content } = envelope;
    const previous = envelope.previous.length > 0 ? toHex(envelope.previous) : undefined;
    const by = {
      author: toHex(author),
      authorName,
      reason,
      merge,
      proposedBy,
      isImported: source !== undefined,
      file: source?.file,
      takesBack,
    };
    return { ...by, version, document, time, kind, content, previous };
  });
}
