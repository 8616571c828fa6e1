/** What has come to an enrolled device, in the order in which it is of use. */
import { closeSenders, openSenders } from '../clinic-mail/closed-senders.store.ts';
import type { HubClient } from '../hub-client.ts';
import type { Transfer } from '../transfer.ts';
import { devicesOfClinic } from '../vault-context/device-standing.ts';
import { fetchClinicDocuments, fetchDocuments, fetchMessages } from './fetch-relayed.ts';

/**
 * Mail first and documents last: what a message speaks of is here when it is opened. Gives how much came.
 * @throws {Failure} network failures; storage failures.
 */
export async function fetchArrived(
  ground: Pick<Transfer, 'database' | 'hash'> & { readonly chain: Uint8Array },
  client: HubClient,
): Promise<number> {
  const { database, chain } = ground;
  const devices = await devicesOfClinic(database.read, chain);
  const messages = await fetchMessages(ground, client);
  const clinic = devices.length > 1 ? await fetchClinicDocuments(ground, client) : 0;
  // The hub has taken nothing of them since the ledger says so, and what it had is here, documents as well.
  const revoked = devices.flatMap((each) => (each.revoked ? [each.device] : []));
  const ending = await openSenders(database.read, revoked);
  if (ending.length > 0) await database.write((transaction) => closeSenders(transaction, ending));
  const documents = await fetchDocuments(ground, client);
  return messages + clinic + documents;
}
