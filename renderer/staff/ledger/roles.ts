import type { TFunction } from 'i18next';
import { ROLES } from '../../../shared/ledger/rows.ts';

/** Roles that can be given here; what each may do: shared/access/permissions.ts. */
export const roles = ROLES;

/** A role in the person's language; one that this program does not know stands as it is. */
export function roleWord(t: TFunction, role: string): string {
  const known = [...roles, 'guardian' as const].find((name) => name === role);
  return known ? t(`role.${known}`) : role;
}
