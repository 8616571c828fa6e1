/** Makes a version of a record: the sealed document, the event that the ledger gets, and the entry that the chart shows. */
import { fromHex, toHex } from '../../../shared/encoding/bytes.ts';
import { encode } from '../../../shared/encoding/codec.ts';
import { encodeEvent, eventMessage } from '../../../shared/ledger/event.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { recordMergedBody } from '../../../shared/records/merge-rules.ts';
import { recordPutBody } from '../../../shared/records/record-rules.ts';
import type { Envelope } from '../../../shared/vault/document.ts';
import type { OutgoingDocument, OutgoingEvent } from '../../sync/gateway.ts';
import type { ChartEntry, MergeKind, ProposedBy, RecordDraft, VaultContext } from '../../sync/vault-context/vault-context.ts';
import { sign } from '../../vault/primitives.ts';
import { sealDocument } from '../../vault/sealing.ts';

const NOTHING = new Uint8Array(0);

/** What the envelope says beside the content; the sealed document's `meta`. */
export interface RecordMeta {
  readonly resourceType: string;
  readonly authorName: string;
  /** Why this version was written. */
  readonly reason?: string;
  /** What this version does with late ones, when it is a merge. */
  readonly merge?: MergeKind;
  /** Whose proposal this version takes over. */
  readonly proposedBy?: ProposedBy;
  /** Where an import found it. */
  readonly source?: { readonly file: string; readonly line: number };
  /** The first version that this one takes back, with those after it: an import that was undone. */
  readonly takesBack?: number;
}

export interface SealedRecord {
  readonly document: OutgoingDocument;
  readonly event: OutgoingEvent;
  readonly entry: ChartEntry;
}

/**
 * @param handle of the compartment, whose key is loaded; see `compartmentOf`
 * @param before the chart's entry of the version before, when there is one
 */
export function sealRecord(
  context: VaultContext,
  handle: Uint8Array,
  draft: RecordDraft & Pick<RecordMeta, 'source' | 'takesBack'>,
  before: ChartEntry | undefined,
  time: number,
): SealedRecord {
  const { keyStore, staff, chain } = context;
  const category = before?.category ?? draft.category;
  const key = keyStore.currentCompartmentKey(handle);
  if (!key) throw noKey();
  const known = before?.record ?? draft.newId;
  const record = known === undefined ? context.random(16) : fromHex(known);
  const version = (before?.version ?? 0) + 1;
  const previous = before ? fromHex(before.document) : NOTHING;
  const meta: RecordMeta = {
    resourceType: draft.summary.resourceType,
    authorName: staff.name,
    ...(draft.reason ? { reason: draft.reason } : {}),
    ...(draft.merge ? { merge: draft.merge.reopens ? 'reopened' : 'settled' } : {}),
    ...(draft.proposedBy ? { proposedBy: draft.proposedBy } : {}),
    ...(draft.source ? { source: draft.source } : {}),
    ...(draft.takesBack ? { takesBack: draft.takesBack } : {}),
  };
  const envelope = {
    kind: draft.kind,
    recordId: record,
    version,
    previous,
    author: staff.id,
    time,
    meta: JSON.stringify(meta),
    content: draft.content,
  };
  const { name, sealed, wrap, commitment } = sealDocument(envelope, handle, key);
  const type = draft.merge ? 'record.merged' : (draft.event ?? 'record.put');
  const put = { record, version, previous, document: name };
  const body = draft.merge
    ? encode(recordMergedBody, { ...put, settles: draft.merge.settles.map(fromHex), reopens: draft.merge.reopens })
    : encode(recordPutBody, put);
  const event = encodeEvent({ type, handle, body, author: staff.id, time, commitment });
  const signature = type === 'note.signed' ? sign(keyStore.signingKey, eventMessage(chain, event)) : NOTHING;
  return {
    document: { name, handle, sealed, wrap },
    event: { event, signature, document: name },
    entry: {
      ...draft.summary,
      record: toHex(record),
      category,
      document: toHex(name),
      version,
      author: toHex(staff.id),
      authorName: staff.name,
      time,
      kind: draft.kind,
      fhirId: draft.fhirId,
    },
  };
}

/** The meta of an opened envelope; written by clinics, so nothing in it is taken for granted. */
export function metaOf(envelope: Envelope): RecordMeta {
  let meta: Partial<RecordMeta> = {};
  try {
    meta = JSON.parse(envelope.meta) as Partial<RecordMeta>;
  } catch {
    // Only words beside the content are lost: the record itself is shown.
  }
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return {
    resourceType: text(meta?.resourceType),
    authorName: text(meta?.authorName),
    ...(text(meta?.reason) === '' ? {} : { reason: text(meta.reason) }),
    ...(meta?.merge === 'settled' || meta?.merge === 'reopened' ? { merge: meta.merge } : {}),
    ...(typeof meta?.source?.file === 'string' && typeof meta.source.line === 'number' ? { source: meta.source } : {}),
    ...(typeof meta?.takesBack === 'number' ? { takesBack: meta.takesBack } : {}),
    ...(isProposedBy(meta?.proposedBy) ? { proposedBy: meta.proposedBy } : {}),
  };
}

const isProposedBy = (value: Partial<ProposedBy> | undefined): value is ProposedBy =>
  typeof value?.clinic === 'string' &&
  typeof value.author === 'string' &&
  typeof value.authorName === 'string' &&
  typeof value.time === 'number';

function noKey(): Failure {
  return new Failure(
    'vault.key-missing',
    'This clinic holds no key to write in this part of the chart. Another clinic keeps it; ask that clinic.',
  );
}
