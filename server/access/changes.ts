/** The list of administrative changes of this clinic and its region, read from the ledger each time it is asked for. */
import {
  ADMIN_ACTS,
  type AdminAct,
  type AdminChange,
  adminChanges,
  isAdminAct,
  type LedgerAct,
} from '../../shared/access/admin-changes.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { type Block, openBlock } from '../../shared/ledger/block.ts';
import { decodeEvent } from '../../shared/ledger/event.ts';
import { openFounding } from '../../shared/ledger/founding.ts';
import { firstPolicy } from '../../shared/ledger/policy.ts';
import { REGION_KEY, regionRow } from '../../shared/ledger/rows.ts';
import { readVerdicts } from '../ledger/verdicts.store.ts';
import { settingChanges } from '../sync/vault-context/setting-change.ts';
import type { VaultContext } from '../sync/vault-context/vault-context.ts';
import { hashParts } from '../vault/hash-parts.ts';
import { verifySignature } from '../vault/primitives.ts';
import { blocksNaming, waitingBlocksNaming } from './admin-acts.store.ts';

/** What changes a whole region, whichever clinic wrote it down. */
const REGIONS: readonly AdminAct[] = ['policy.changed', 'rules.activate', 'hub.rotated'];

/** Newest first. */
export async function changesOf(context: VaultContext): Promise<AdminChange[]> {
  const { gateway, reader, chain } = context;
  const own = toHex(chain);
  const acts: LedgerAct[] = [];
  const take = (block: Block, position: number | undefined, isAccepted: (at: number) => boolean): void => {
    for (const [at, signed] of block.events.entries()) {
      const { type, body, author, time } = decodeEvent(signed.event);
      const writer = toHex(block.chain);
      if (!isAdminAct(type) || !isAccepted(at) || (writer !== own && !REGIONS.includes(type))) continue;
      acts.push({ type, body, chain: writer, author: toHex(author), at: time, position });
    }
  };
  for (const { position, bytes } of await blocksNaming(reader, chain, ADMIN_ACTS, REGIONS)) {
    const verdicts = (await readVerdicts(reader, position, position + 1)).get(position);
    take(openBlock(bytes).block, position, (at) => (verdicts?.[at]?.verdict ?? 'accepted') === 'accepted');
  }
  for (const { bytes, reasons } of await waitingBlocksNaming(reader, ADMIN_ACTS)) {
    const why = JSON.parse(reasons) as readonly string[];
    take(openBlock(bytes).block, undefined, (at) => !why[at]);
  }
  const [{ founding }, [region]] = await Promise.all([gateway.identity(), gateway.state([REGION_KEY])]);
  const statement = founding && openFounding(hashParts, verifySignature, founding).statement;
  const founder = {
    staff: statement ? toHex(statement.administratorKey) : '',
    device: statement ? toHex(statement.deviceKey) : '',
  };
  const first = region && firstPolicy(decode(regionRow, region).witnesses);
  return adminChanges(acts, first, founder, await settingChanges(context)).reverse();
}
