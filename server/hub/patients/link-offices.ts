/**
 * SMART Health Links end with what they stand on: who made one for somebody acts for them no longer, or the records are erased. Judged where
 * the ledger's blocks are stored, in their transaction, so that no link outlives the word that ends it.
 */
import { cardKey, cardRow, patientCardKey, patientCardRow } from '../../../shared/care-card/card-rules.ts';
import { GUARDIANS, guardianKey, guardianRow, type Ward } from '../../../shared/care-card/guardian-rules.ts';
import { equalBytes, fromHex, toHex } from '../../../shared/encoding/bytes.ts';
import { type Codec, decode } from '../../../shared/encoding/codec.ts';
import { erasedIn } from '../../../shared/ledger/rows.ts';
import { loadState } from '../../ledger/state-rows.store.ts';
import type { Queryable, WriteTransaction } from '../../storage/database.ts';
import { deleteLink, deleteLinksAbout, type LinkOffice, officesOfLinks } from './health-links.store.ts';

type Changes = ReadonlyMap<string, Uint8Array | undefined>;

/** Whether these changes may end a link: then what is deleted has to leave the disk too. */
export const mayEndLinks = (changes: Changes): boolean =>
  erasedIn(changes).length > 0 || [...changes.keys()].some((key) => key.startsWith(GUARDIANS));

/** After the changes are written, in their transaction. */
export async function endLinksOf(transaction: WriteTransaction, changes: Changes): Promise<void> {
  for (const handle of erasedIn(changes)) await deleteLinksAbout(transaction, fromHex(handle));
  for (const [key, value] of changes) {
    if (!value || !key.startsWith(GUARDIANS)) continue;
    const card = await rowOf(transaction, cardKey(key.slice(GUARDIANS.length)), cardRow);
    if (!card) continue;
    const changed = decode(guardianRow, value).wards;
    // A guardian with a new card goes on under it: there the same office stands.
    const wards = [...changed, ...(await wardsUnderLivingCard(transaction, card.handle))];
    for (const { link, ...office } of await officesOfLinks(transaction, card.handle)) {
      const isConcerned = changed.some(({ handle }) => equalBytes(handle, office.patient));
      if (isConcerned && !wards.some((ward) => isOffice(ward, office))) await deleteLink(transaction, link);
    }
  }
}

/** A kiosk may not have heard of an end yet, nor the hub of a naming: only what it knows to be over is over. */
export async function isOfficeOver(connection: Queryable, office: LinkOffice): Promise<boolean> {
  const wards = await wardsUnderLivingCard(connection, office.guardian);
  const ward = wards.find(({ handle }) => equalBytes(handle, office.patient));
  return ward !== undefined && !isOffice(ward, office);
}

/** The same one: who was named again later acts under another. When it ends by itself the link does too, by its own time. */
const isOffice = ({ handle, starts, ended }: Ward, { patient, since }: LinkOffice): boolean =>
  ended === 0 && starts === since && equalBytes(handle, patient);

async function wardsUnderLivingCard(connection: Queryable, guardian: Uint8Array): Promise<readonly Ward[]> {
  const living = await rowOf(connection, patientCardKey(toHex(guardian)), patientCardRow);
  return (living && (await rowOf(connection, guardianKey(toHex(living.card)), guardianRow))?.wards) ?? [];
}

async function rowOf<T>(connection: Queryable, key: string, codec: Codec<T>): Promise<T | undefined> {
  const stored = (await loadState(connection, [key])).get(key);
  return stored && decode(codec, stored);
}
