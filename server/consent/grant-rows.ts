/** What the ledger says of grants and clinics, read for the side that this clinic is on. */
import { carriedKey } from '../../shared/consent/card-visit-rules.ts';
import { confirmedKey, confirmedRow, GRANTS, type GrantRow, grantKey, grantRow } from '../../shared/consent/consent-rules.ts';
import { type ConsentOnLedger, isEndedOnLedger } from '../../shared/consent/consent-state.ts';
import type { ConsentRecord } from '../../shared/consent/fhir-consent.ts';
import { glassGrantKey, glassGrantRow } from '../../shared/consent/glass-rules.ts';
import { equalBytes, toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { type ChainRow, chainRow } from '../../shared/ledger/rows.ts';
import { chainKey } from '../../shared/ledger/rules.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { encryptionKeysOf } from '../sync/clinic-mail/clinic-key-book.ts';
import { erasedAmong } from '../sync/clinic-mail/erased-patients.ts';
import type { DeviceGateway } from '../sync/gateway.ts';
import type { ConsentParts } from './consent-parts.ts';

/** Grants by id in hexadecimal in which this clinic has the part named. */
export async function grantsAs(
  gateway: DeviceGateway,
  part: 'custodian' | 'recipient',
  chain: Uint8Array,
): Promise<Map<string, GrantRow>> {
  const rows = await gateway.stateList(GRANTS);
  const grants = rows.map(({ key, value }) => [key.slice(GRANTS.length), decode(grantRow, value)] as const);
  return asTheyStand(gateway, new Map(grants.filter(([, grant]) => equalBytes(grant[part], chain))));
}

/** Grants by id in hexadecimal; those that the ledger does not have are left out. */
export async function grantsById(gateway: DeviceGateway, ids: readonly string[]): Promise<Map<string, GrantRow>> {
  const rows = await gateway.state(ids.map(grantKey));
  const grants = ids.flatMap((id, at): [string, GrantRow][] => {
    const row = rows[at];
    return row ? [[id, decode(grantRow, row)]] : [];
  });
  return asTheyStand(gateway, new Map(grants));
}

/** How a consent stands: the ledger also knows what the record does not say yet. */
export async function onLedger(
  gateway: DeviceGateway,
  { withdrawnAt, grants }: Pick<ConsentRecord, 'withdrawnAt' | 'grants'>,
): Promise<ConsentOnLedger> {
  const ids = grants.map(({ grant }) => grant);
  const rows = await grantsById(gateway, ids);
  return { isEnded: withdrawnAt !== undefined || isEndedOnLedger([...rows.values()]), isWhole: rows.size === grants.length };
}

/** Which of these grants answer a broken glass, of this use or of any. Ids in hexadecimal. */
export async function glassGrantsAmong(gateway: DeviceGateway, ids: readonly string[], use?: string): Promise<Set<string>> {
  const rows = await gateway.state(ids.map(glassGrantKey));
  const uses = rows.map((row) => row && toHex(decode(glassGrantRow, row).use));
  return new Set(ids.filter((_, at) => uses[at] !== undefined && (use === undefined || uses[at] === use)));
}

/** When the patient's own signature confirmed the consent of these grants, milliseconds. */
export async function confirmedAt(gateway: DeviceGateway, ids: readonly string[]): Promise<number | undefined> {
  const row = (await gateway.state(ids.map(confirmedKey))).find((value) => value !== undefined);
  return row && decode(confirmedRow, row).time;
}

/** Whether the patient gave these grants away from home, with their card. */
export async function isCarried(gateway: DeviceGateway, ids: readonly string[]): Promise<boolean> {
  return (await gateway.state(ids.map(carriedKey))).some((row) => row !== undefined);
}

/** A grant ends with its compartment, though its own row does not say so. */
async function asTheyStand(gateway: DeviceGateway, grants: ReadonlyMap<string, GrantRow>): Promise<Map<string, GrantRow>> {
  const handles = new Set([...grants.values()].map(({ handle }) => toHex(handle)));
  const erased = await erasedAmong(gateway, [...handles]);
  return new Map([...grants].map(([id, grant]) => [id, erased.has(toHex(grant.handle)) ? { ...grant, withdrawn: true } : grant]));
}

/** The X25519 key that a message to a clinic is sealed to. @param chain hexadecimal @throws {Failure} `consent.recipient-unknown`. */
export async function sealingKeyOf({ context }: Pick<ConsentParts, 'context'>, chain: string): Promise<Uint8Array> {
  const keys = await encryptionKeysOf(context.reader, chain);
  if (keys) return keys.inForce;
  throw new Failure('consent.recipient-unknown', 'The region has no such clinic. Sync, then choose the recipient again.');
}

/** The X25519 keys by which what a clinic sent opens, newest first; none while the region has not admitted it. @param chain hexadecimal */
export async function senderKeysOf({ context }: Pick<ConsentParts, 'context'>, chain: string): Promise<readonly Uint8Array[]> {
  return (await encryptionKeysOf(context.reader, chain))?.all ?? [];
}

/** A clinic that the ledger has admitted, by chain id in hexadecimal. */
export async function admittedClinic(gateway: DeviceGateway, chain: string): Promise<ChainRow | undefined> {
  const [row] = await gateway.state([chainKey(chain)]);
  return row === undefined ? undefined : decode(chainRow, row);
}
