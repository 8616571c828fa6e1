/** What an opened card leads to: the patient's list of keys and who they are, read from clinic.db alone. */
import { CARD_HOLDER_KIND, type CardHolder, cardHolderRecord, decodeCardHolder } from '../../shared/care-card/card-holder.ts';
import type { CardRow } from '../../shared/care-card/card-rules.ts';
import {
  decodePatientKeys,
  PATIENT_KEYS_KIND,
  type PatientKeyList,
  patientKeysRecord,
} from '../../shared/care-card/patient-keys.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { decode, fixed, struct, u32 } from '../../shared/encoding/codec.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { Queryable } from '../storage/database.ts';
import { readDocument } from '../sync/clinic.store.ts';
import { loadOverlaid } from '../sync/own-acts/pending.ts';
import { sealingKey, sha256 } from '../vault/primitives.ts';
import { type CompartmentKeys, openDocument } from '../vault/sealing.ts';

/** The value of a row `record/<handle>/<record>`, as the rules of records write it; care cards stand below that domain. */
const newestVersion = struct({ version: u32, document: fixed(32) });

type Box = Pick<CardRow, 'box' | 'boxEpoch' | 'handle'>;

/**
 * @param boxKey of `openCard`
 * @throws {Failure} `card.keys-missing` where this device has not fetched the record yet; `vault.not-this-document`.
 */
export async function patientKeyList(connection: Queryable, row: Box, boxKey: Uint8Array): Promise<PatientKeyList> {
  const record = { id: patientKeysRecord(sha256, row.handle), kind: PATIENT_KEYS_KIND };
  return decodePatientKeys(await contentInBox(connection, row, keysOfList([], row, boxKey), record));
}

/** For `openDocument`: every key of the box that the card leads to; of its earlier keys those whose list has arrived here. */
export async function keysOfBox(connection: Queryable, row: Box, boxKey: Uint8Array): Promise<CompartmentKeys> {
  const list = await patientKeyList(connection, row, boxKey).catch((error: unknown) => {
    // Not here yet, or of an epoch that the row does not name yet.
    if (error instanceof Failure && ['card.keys-missing', 'vault.key-missing'].includes(error.code)) return [];
    throw error;
  });
  return keysOfList(list, row, boxKey);
}

/** Who holds the card. @throws {Failure} as `patientKeyList`. */
export async function cardHolderOf(connection: Queryable, row: Box, boxKey: Uint8Array): Promise<CardHolder> {
  const record = { id: cardHolderRecord(sha256, row.handle), kind: CARD_HOLDER_KIND };
  return decodeCardHolder(await contentInBox(connection, row, await keysOfBox(connection, row, boxKey), record));
}

/** The newest version of a record of a box. @throws {Failure} as `patientKeyList`. */
export async function contentInBox(
  connection: Queryable,
  row: Pick<CardRow, 'box'>,
  keys: CompartmentKeys,
  record: { readonly id: Uint8Array; readonly kind: string },
): Promise<Uint8Array> {
  const name = `record/${toHex(row.box)}/${toHex(record.id)}`;
  const stands = (await loadOverlaid(connection, [name])).get(name);
  const newest = stands && decode(newestVersion, stands);
  const document = newest && (await readDocument(connection, newest.document));
  if (!newest || !document) throw keysMissing();
  const place = { ...document, handle: row.box, recordId: record.id, version: newest.version };
  const { kind, content } = openDocument(place, keys);
  if (kind !== record.kind) throw keysMissing();
  return content;
}

/** For `openDocument`: the keys of a list, and that of the box. */
export function keysOfList(list: PatientKeyList, row: Pick<CardRow, 'box' | 'boxEpoch'>, boxKey: Uint8Array): CompartmentKeys {
  const place = (handle: Uint8Array, epoch: number): string => `${toHex(handle)}/${epoch}`;
  const keys = new Map(list.map(({ handle, epoch, key }) => [place(handle, epoch), sealingKey(key)]));
  keys.set(place(row.box, row.boxEpoch), sealingKey(boxKey));
  return (handle, epoch) => keys.get(place(handle, epoch));
}

const keysMissing = (): Failure =>
  new Failure(
    'card.keys-missing',
    'What this card opens has not arrived on this computer yet. Wait until it has synced, then try again.',
    { retry: true },
  );
