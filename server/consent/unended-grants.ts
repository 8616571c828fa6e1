/**
 * Grants that stand in the ledger though their consent was taken back at this desk: the withdrawal came to the ledger before what it ends,
 * which another desk had written and was still to send, and was refused. It is said once more, as everybody here was told that it is over.
 */
import { consentWithdrawnBody, type GrantRow } from '../../shared/consent/consent-rules.ts';
import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { personalAct } from '../sync/vault-context/personal-act.ts';
import type { ConsentParts } from './consent-parts.ts';
import { consentsOf } from './consent-records.ts';

/**
 * @param rows the ledger's grants of this clinic
 * @param known ids of grants that need not be looked at again in this session
 */
export async function endUnended(parts: ConsentParts, rows: ReadonlyMap<string, GrantRow>, known: Set<string>): Promise<void> {
  const { context, directory } = parts;
  const { gateway, keyStore, chain } = context;
  const standing = new Map([...rows].filter(([, { withdrawn }]) => !withdrawn));
  // Whoever takes a consent back drops what is held of its grants: whether there is something is asked, and none of it opened.
  const held = await keyStore.epochsOf('grant', [...standing.keys()].map(fromHex));
  const open = new Map([...standing].filter(([id]) => !held.has(id) && !known.has(id)));
  if (open.size === 0) return;
  const handles = new Set([...open.values()].map(({ handle }) => toHex(handle)));
  for (const patient of directory.holding(handles)) {
    if (patient.custodian !== toHex(chain)) continue;
    const ended = (await consentsOf(parts, patient)).filter(({ record }) => record.withdrawnAt !== undefined);
    const grants = ended.flatMap(({ record }) => record.grants.filter(({ grant }) => open.has(grant)));
    if (grants.length === 0) continue;
    await gateway.commit({
      events: grants.map(({ grant, handle }) =>
        personalAct(context, {
          type: 'consent.withdrawn',
          handle: fromHex(handle),
          codec: consentWithdrawnBody,
          body: { grant: fromHex(grant) },
        }),
      ),
    });
    context.notify({ patients: [patient.id], topics: ['consents'] });
  }
  for (const id of open.keys()) known.add(id);
}
