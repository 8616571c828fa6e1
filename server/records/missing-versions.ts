/**
 * Versions that a chart has and the ledger lacks: another desk of this clinic wrote them, its mail came, and it was revoked before its act
 * came. The event is made again as it was, out of the sealed document; only a person's signature cannot be.
 */
import { equalBytes, fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { decode, encode } from '../../shared/encoding/codec.ts';
import { encodeEvent, eventMessage } from '../../shared/ledger/event.ts';
import { staffRow } from '../../shared/ledger/rows.ts';
import { staffKey } from '../../shared/ledger/rules.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { conflictKey } from '../../shared/records/conflict-rows.ts';
import { recordKey, recordPutBody, recordRow } from '../../shared/records/record-rules.ts';
import { isSignedKind } from '../../shared/records/signed-kinds.ts';
import type { Envelope } from '../../shared/vault/document.ts';
import { readDocument, readDocuments } from '../sync/clinic.store.ts';
import type { LocalWrite, OutgoingEvent } from '../sync/gateway.ts';
import type { ChartEntry, VaultContext } from '../sync/vault-context.ts';
import { sign } from '../vault/primitives.ts';
import { commitmentOf, openDocument } from '../vault/sealing.ts';

const NOTHING = new Uint8Array(0);

/** A version as its document says it. Ids in hexadecimal. */
interface FoundVersion {
  readonly document: string;
  readonly handle: string;
  readonly envelope: Envelope;
}

/**
 * What brings these versions to the ledger, each behind the one that it follows; empty when it has them all. What does not open here, or
 * stands on something that is not here, is left out.
 * @param entries all versions that a chart lists of its records
 */
export async function missingVersions(
  context: VaultContext,
  entries: readonly ChartEntry[],
): Promise<Pick<LocalWrite, 'events' | 'releaseDocuments'>> {
  const missing = new Map<string, FoundVersion>();
  for (const [record, versions] of Map.groupBy(entries, (entry) => entry.record))
    for (const found of await missingOf(context, record, versions)) missing.set(found.document, found);
  const found = [...missing.values()].sort((one, other) => one.envelope.version - other.envelope.version);
  const standing = await standingAuthors(context, found);
  return {
    events: found.map((version) => eventOf(context, version, standing)),
    // The desk that wrote it may have had no other than this one to bring its document to.
    releaseDocuments: found.map(({ document }) => fromHex(document)),
  };
}

async function missingOf(context: VaultContext, record: string, listed: readonly ChartEntry[]): Promise<FoundVersion[]> {
  const stored = await readDocuments(
    context.reader,
    listed.map(({ document }) => document),
  );
  const handles = [...new Set([...stored.values()].map(({ handle }) => toHex(handle)))];
  const rows = await context.gateway.state(handles.map((handle) => recordKey(handle, record)));
  const newest = rows.flatMap((row) => (row ? [decode(recordRow, row)] : []));
  const open = listed.filter(({ document }) => newest.every((row) => toHex(row.document) !== document));
  if (open.length === 0) return [];
  const passed = new Set<string>();
  for (const { document, version } of newest)
    for await (const found of back(context, record, toHex(document), version)) passed.add(found.document);
  const missing: FoundVersion[] = [];
  for (const { document, version } of open) missing.push(...(await behind(context, record, { document, version }, passed)));
  return missing;
}

/** This version and those before it that the ledger does not know. @param passed documents that it knows */
async function behind(
  context: VaultContext,
  record: string,
  { document, version }: Pick<ChartEntry, 'document' | 'version'>,
  passed: ReadonlySet<string>,
): Promise<FoundVersion[]> {
  const missing: FoundVersion[] = [];
  let ground = version;
  for await (const found of back(context, record, document, version)) {
    const [late] = await context.gateway.state([conflictKey(found.handle, record, found.document)]);
    if (late || passed.has(found.document)) return missing;
    missing.push(found);
    ground = found.envelope.version - 1;
  }
  return ground === 0 ? missing : [];
}

/** A version and those before it, as far as they are here and open. */
async function* back(
  { reader, keyStore }: VaultContext,
  record: string,
  document: string,
  version: number,
): AsyncGenerator<FoundVersion, void, undefined> {
  let name = document;
  for (let at = version; at >= 1; at--) {
    const stored = await readDocument(reader, fromHex(name));
    if (!stored) return;
    await keyStore.loadCompartmentKeys([stored.handle]);
    const envelope = opened({ ...stored, recordId: fromHex(record), version: at }, keyStore.compartmentKeys);
    if (!envelope) return;
    yield { document: name, handle: toHex(stored.handle), envelope };
    name = toHex(envelope.previous);
  }
}

function opened(...document: Parameters<typeof openDocument>): Envelope | undefined {
  try {
    return openDocument(...document);
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

/** Authors (hexadecimal) who still work for the clinic: in the name of others the ledger takes nothing more. */
async function standingAuthors({ gateway }: VaultContext, found: readonly FoundVersion[]): Promise<Set<string>> {
  const authors = [...new Set(found.map(({ envelope }) => toHex(envelope.author)))];
  const rows = await gateway.state(authors.map(staffKey));
  return new Set(authors.filter((_, at) => rows[at] !== undefined && !decode(staffRow, rows[at]).revoked));
}

function eventOf(
  { staff, keyStore, chain }: VaultContext,
  { document, handle, envelope }: FoundVersion,
  standing: ReadonlySet<string>,
): OutgoingEvent {
  const { recordId, version, previous, author, time, kind } = envelope;
  const name = fromHex(document);
  const isOwnNote = isSignedKind(kind) && equalBytes(author, staff.id);
  const event = encodeEvent({
    type: isOwnNote ? 'note.signed' : 'record.put',
    handle: fromHex(handle),
    body: encode(recordPutBody, { record: recordId, version, previous, document: name }),
    author: standing.has(toHex(author)) ? author : staff.id,
    time,
    commitment: commitmentOf(envelope),
  });
  return { event, signature: isOwnNote ? sign(keyStore.signingKey, eventMessage(chain, event)) : NOTHING, document: name };
}
