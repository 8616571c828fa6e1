/** A case for a clinician outside of the region: encrypted here, opened once with a code, dead after its end. What its link says. Pure. */
import { concat, fromBase64, toBase64url } from '../encoding/bytes.ts';
import { Failure } from '../outcome/failure.ts';

const PACK_HOURS = [24, 72, 168] as const;

/** What stands in a link after its `#`: id and key, 32 bytes each. */
export interface PackLink {
  readonly link: Uint8Array;
  readonly key: Uint8Array;
}

export const packUrl = (address: string, { link, key }: PackLink): string => `${address}/o/#${toBase64url(concat(link, key))}`;

/** Undefined for what is no link. */
export function readPackLink(fragment: string): PackLink | undefined {
  const text = fragment.replace(/^#/, '');
  // 64 bytes: the last of 86 characters has four bits of nothing.
  if (!/^[\w-]{85}[AQgw]$/.test(text)) return undefined;
  const bytes = fromBase64(`${text.replaceAll('-', '+').replaceAll('_', '/')}==`);
  return { link: bytes.slice(0, 32), key: bytes.slice(32) };
}

/** Whom it is for, in words; it stands across every page that shows the case. @throws {Failure} `pack.recipient`. */
export function checkedRecipient(name: string): string {
  const said = name.trim();
  if (said.length >= 2 && said.length <= 120 && !/[\p{Cc}\p{Cf}]/u.test(said)) return said;
  throw new Failure('pack.recipient', 'Say whom the case is for: name and place, at most 120 characters.');
}

/** @throws {Failure} `pack.hours`. */
export function checkedHours(hours: number): number {
  if (PACK_HOURS.some((known) => known === hours)) return hours;
  throw new Failure('pack.hours', 'A case is open for one, three or seven days.');
}
