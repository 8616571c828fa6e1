/** What of a replica no sum covers where it lies: its head, the policy's acts, the checkpoint, and what is not applied. */
import type { Queryable } from '../../storage/database.ts';

/** The same as long as nothing of it changes. */
export async function replicaPrint(connection: Queryable): Promise<string> {
  const row = await connection.get<{ print: string }>(
    `SELECT (SELECT size || hex(effects) || hex(nodes) || state_size || hex(state_root) FROM ledger_head)
       || (SELECT json_group_array(position || ' ' || event || ' ' || chain || type || hex(body)) FROM policy_act)
       || coalesce((SELECT hex(value) FROM setting WHERE name = 'checkpoint'), '')
       || (SELECT count(*) FROM state_row) || ' ' || (SELECT count(*) FROM unapplied_block) AS print`,
  );
  return row?.print ?? '';
}
