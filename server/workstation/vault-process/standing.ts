/** Whether who is signed in may go on: what the ledger says of them now, which a session that is open does not outlive. */
import { decode } from '../../../shared/encoding/codec.ts';
import { type Role, staffRow } from '../../../shared/ledger/rows.ts';
import { Failure } from '../../../shared/outcome/failure.ts';

/**
 * The role that the ledger gives somebody. @param row of their key, `staff/<id>`; undefined when the ledger has none
 * @throws {Failure} `vault.staff-revoked`.
 */
export function roleIn(row: Uint8Array | undefined): Role {
  const staff = row && decode(staffRow, row);
  if (!staff || staff.revoked)
    throw new Failure('vault.staff-revoked', "This person no longer works with this clinic's records. Ask an administrator.");
  return staff.role;
}

/** @param now what the ledger says @param then what it said at the unlock @throws {Failure} `vault.role-changed`. */
export function refuseOtherRole(now: string, then: string): void {
  if (now === then) return;
  throw new Failure('vault.role-changed', 'Your role at this clinic has changed. Lock the workstation and unlock it again.');
}
