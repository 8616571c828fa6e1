/** Ends what the custodian holds of grants whose compartments are erased: the ledger ends the grants themselves. */
import type { GrantRow } from '../../shared/consent/consent-rules.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import type { LocalWrite } from '../sync/gateway.ts';
import type { ConsentParts } from './consent-parts.ts';
import { dropGrants } from './grant-keys.ts';
import { grantsAs } from './grant-rows.ts';
import { sentMessages } from './key-epochs.ts';

export interface EndedGrants {
  /** By id in hexadecimal; those that had ended before are among them. */
  readonly grants: ReadonlyMap<string, GrantRow>;
  /** For the commit that ends them: the hub is to destroy the messages with their keys. */
  readonly write: Pick<LocalWrite, 'rows' | 'withdrawMessages'>;
  /** After the commit: their keys leave this desk. May be done again. */
  forget(): Promise<void>;
}

/** @param handles hexadecimal */
export async function endGrants(parts: ConsentParts, handles: ReadonlySet<string>): Promise<EndedGrants> {
  const { gateway, chain, keyStore } = parts.context;
  const all = await grantsAs(gateway, 'custodian', chain);
  const grants = new Map([...all].filter(([, { handle }]) => handles.has(toHex(handle))));
  const { ids, rows } = await sentMessages(parts, grants.keys());
  return { grants, write: { rows, withdrawMessages: ids }, forget: () => dropGrants(keyStore, [...grants.keys()]) };
}
