/**
 * Versions that a chart has and the ledger lacks: another desk of this clinic wrote them, its mail came, and it was revoked before its act
 * came. The event is made again as it was, out of the sealed document; only a person's signature cannot be.
 */
import { equalBytes, fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { decode, encode } from '../../shared/encoding/codec.ts';
import { encodeEvent } from '../../shared/ledger/event.ts';
import { staffRow } from '../../shared/ledger/rows.ts';
import { staffKey } from '../../shared/ledger/rules.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { conflictKey } from '../../shared/records/conflict-rows.ts';
import { recordKey, recordPutBody, recordRow } from '../../shared/records/record-rules.ts';
import type { Envelope } from '../../shared/vault/document.ts';
import { readDocument, readDocuments } from '../sync/clinic.store.ts';
import type { LocalWrite, OutgoingEvent } from '../sync/gateway.ts';
import type { ChartEntry, MissingVersion, PatientEntry, TakenOver, VaultContext } from '../sync/vault-context/vault-context.ts';
import { commitmentOf, openDocument } from '../vault/sealing.ts';
import type { Charts } from './charts.ts';
import { compartmentOf } from './writing/record-compartment.ts';
import { type SealedRecord, sealRecord } from './writing/seal-record.ts';

const NOTHING = new Uint8Array(0);

/** A version as its document says it. Ids in hexadecimal. */
interface FoundVersion {
  readonly document: string;
  readonly handle: string;
  readonly envelope: Envelope;
}

export type Settling = (missing: readonly MissingVersion[]) => Promise<TakenOver>;

interface WantedVersions {
  /** All versions of each record that the chart lists. */
  readonly listed: ReadonlyArray<readonly ChartEntry[]>;
  /** Of those that may be missing, hexadecimal. */
  readonly documents: ReadonlySet<string>;
  /** As `RecordStore.takeOver`. */
  readonly settle: Settling;
}

/**
 * What brings versions to the ledger, each behind the one that it follows; undefined when it has them all. What does not open here, or
 * stands on something that is not here, is left out.
 */
export async function takeOverVersions(
  context: VaultContext,
  charts: Pick<Charts, 'added'>,
  patient: PatientEntry,
  { listed, documents, settle }: WantedVersions,
): Promise<LocalWrite | undefined> {
  const found = new Map<string, FoundVersion>();
  const newest: MissingVersion[] = [];
  for (const versions of listed) {
    if (!versions.some(({ document }) => documents.has(document))) continue;
    const missing = await missingOf(context, versions, documents);
    for (const version of missing) found.set(version.document, version);
    const [last] = versions.filter(({ document }) => found.has(document)).sort((one, other) => other.version - one.version);
    const opened = last && found.get(last.document);
    if (opened) newest.push({ entry: last, handle: opened.handle, content: opened.envelope.content });
  }
  if (found.size === 0) return undefined;
  const ordered = [...found.values()].sort((one, other) => one.envelope.version - other.envelope.version);
  const standing = await standingAuthors(context, ordered);
  const { events, versions } = await settle(newest);
  const following: SealedRecord[] = [];
  for (const { draft, before } of versions)
    following.push(sealRecord(context, await compartmentOf(context, patient, before ?? draft), draft, before, context.clock()));
  const entries = following.map(({ entry }) => entry);
  return {
    events: [
      ...ordered.map((version) => eventOf(version, standing, context.staff.id)),
      ...following.map(({ event }) => event),
      ...events,
    ],
    documents: following.map(({ document }) => document),
    rows: entries.length > 0 ? await charts.added(patient.id, entries) : [],
    // The desk that wrote it may have had no other than this one to bring its document to.
    releaseDocuments: ordered.map(({ document }) => fromHex(document)),
  };
}

async function missingOf(
  context: VaultContext,
  listed: readonly ChartEntry[],
  documents: ReadonlySet<string>,
): Promise<FoundVersion[]> {
  const record = listed[0]?.record ?? '';
  const stored = await readDocuments(
    context.reader,
    listed.map(({ document }) => document),
  );
  const handles = [...new Set([...stored.values()].map(({ handle }) => toHex(handle)))];
  const rows = await context.gateway.state(handles.map((handle) => recordKey(handle, record)));
  const newest = rows.flatMap((row) => (row ? [decode(recordRow, row)] : []));
  const open = listed.filter(
    ({ document }) => documents.has(document) && newest.every((row) => toHex(row.document) !== document),
  );
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
async function standingAuthors({ gateway, chain }: VaultContext, found: readonly FoundVersion[]): Promise<Set<string>> {
  const authors = [...new Set(found.map(({ envelope }) => toHex(envelope.author)))];
  const rows = await gateway.state(authors.map(staffKey));
  const isOurs = (row: Uint8Array): boolean => {
    const { chain: of, revoked } = decode(staffRow, row);
    return !revoked && equalBytes(of, chain);
  };
  return new Set(authors.filter((_, at) => rows[at] !== undefined && isOurs(rows[at])));
}

/**
 * The event as the desk that wrote it made it, but for a signature: whoever answers for a note signs it again, or it stays unsigned.
 * @param own stands for authors who have left, hexadecimal ids in `standing`
 */
function eventOf({ document, handle, envelope }: FoundVersion, standing: ReadonlySet<string>, own: Uint8Array): OutgoingEvent {
  const { recordId, version, previous, author, time } = envelope;
  const name = fromHex(document);
  const event = encodeEvent({
    type: 'record.put',
    handle: fromHex(handle),
    body: encode(recordPutBody, { record: recordId, version, previous, document: name }),
    author: standing.has(toHex(author)) ? author : own,
    time,
    commitment: commitmentOf(envelope),
  });
  return { event, signature: NOTHING, document: name };
}
