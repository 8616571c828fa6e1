/** What belongs to no domain alone: what changed under a screen, and receipts of a record's place in the ledger. */
import { fromHex, toBase64 } from '../../shared/encoding/bytes.ts';
import type { Receipt } from '../../shared/ledger/receipt.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { readDocument } from '../sync/clinic.store.ts';
import type { Following, Topic } from '../sync/vault-context/topic.ts';
import type { VaultChange } from '../sync/vault-context/vault-context.ts';
import { sha256 } from '../vault/primitives.ts';
import { openDocument } from '../vault/sealing.ts';
import type { VaultRequest } from './domains.ts';

/** Everything that changed since a page last looked, in one. */
export const mergeChanges = (older: VaultChange, newer: VaultChange): VaultChange => ({
  patients: [...new Set([...(older.patients ?? []), ...(newer.patients ?? [])])],
  records: [...new Set([...(older.records ?? []), ...(newer.records ?? [])])],
  topics: [...new Set([...(older.topics ?? []), ...(newer.topics ?? [])])],
});

interface ReceiptArguments {
  readonly patient: string;
  readonly record: string;
  readonly version?: number | null;
}

/** A receipt with the opening of its commitment: who holds the record can show that it is the one. */
async function receiptOf({ patient, record, version }: ReceiptArguments, request: VaultRequest) {
  const { vault, charts, records } = request;
  const entry = await charts.entry(patient, record);
  const wanted = version ?? entry.version;
  const found = (await records.versions(request.patients.known(patient), entry)).find((each) => each.version === wanted);
  if (!found) throw new Failure('records.version-unknown', `There is no version ${wanted} of this record here.`);
  const name = fromHex(found.document);
  const json = await vault.gateway.receipt(name);
  const row = await readDocument(vault.reader, name);
  if (!row) throw new Failure('records.document-missing', 'The sealed document is missing here. Run "careledger verify".');
  const place = { sealed: row.sealed, wrap: row.wrap, handle: row.handle, recordId: fromHex(record), version: wanted };
  const envelope = openDocument(place, vault.keyStore.compartmentKeys);
  const opening = { salt: toBase64(envelope.salt), contentHash: toBase64(sha256(envelope.content)) };
  const receipt: Receipt = { ...(JSON.parse(json) as Receipt), opening };
  return {
    json: JSON.stringify(receipt, null, 1),
    fileName: `receipt-${record.slice(0, 8)}-v${wanted}.json`,
    witnessed: await vault.gateway.isWitnessed(name),
  };
}

/** The changes that who is signed in may hear of. */
function heard(changes: Following<VaultChange>, charts: VaultRequest['charts']): AsyncIterableIterator<VaultChange> {
  return {
    async next() {
      for (;;) {
        const next = await changes.next();
        if (next.done) return next;
        const value = await charts.heard(next.value);
        if (Object.values(value).some((list) => list.length > 0)) return { done: false, value };
      }
    },
    return: () => changes.return(),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** @param changes what the vault's acts publish. */
export const deskResolvers = (changes: Topic<VaultChange>): object => ({
  Query: { receipt: (_: unknown, given: ReceiptArguments, request: VaultRequest) => receiptOf(given, request) },
  Subscription: {
    changed: {
      subscribe: (_: unknown, __: unknown, { charts }: VaultRequest) => heard(changes.follow(), charts),
      resolve: (change: VaultChange) => ({
        patients: change.patients ?? [],
        records: change.records ?? [],
        topics: change.topics ?? [],
      }),
    },
  },
});
