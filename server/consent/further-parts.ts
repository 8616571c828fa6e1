/**
 * A category that desks began before they heard of each other lies in several compartments (`patient-compartments.ts`), and a grant opens
 * one. What a patient shares is the category: the other compartments get parts of their own under the same consent (`settle-doubled.ts`),
 * with names of which every desk of the clinic thinks alike.
 */
import { grantKey } from '../../shared/consent/consent-rules.ts';
import type { ConsentGrant, ConsentRecord } from '../../shared/consent/fhir-consent.ts';
import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { compartmentsOf } from '../sync/vault-context/patient-compartments.ts';
import type { PatientEntry, VaultContext } from '../sync/vault-context/vault-context.ts';
import type { ConsentParts } from './consent-parts.ts';

const idOf = ({ rows }: VaultContext, consent: string, handle: string): string =>
  toHex(rows.name('further-grant', fromHex(consent), fromHex(handle)));

/** Whether this part of a consent was given later, over a further compartment. */
export const isFurther = (context: VaultContext, { id }: Pick<ConsentRecord, 'id'>, { grant, handle }: ConsentGrant): boolean =>
  grant === idOf(context, id, handle);

/** One for each compartment of what the consent shares that none of its parts opens, whether or not the ledger has it. */
export function furtherParts(context: VaultContext, patient: PatientEntry, { id, grants }: ConsentRecord): ConsentGrant[] {
  const opened = new Set(grants.map(({ handle }) => handle));
  const categories = [...new Set(grants.map(({ category }) => category))];
  return categories.flatMap((category) =>
    compartmentsOf(patient, category).flatMap((handle) =>
      opened.has(handle) ? [] : [{ grant: idOf(context, id, handle), category, handle }],
    ),
  );
}

/** The consent with those of them that the ledger has. */
export async function withFurtherParts(
  { context }: Pick<ConsentParts, 'context'>,
  patient: PatientEntry,
  record: ConsentRecord,
): Promise<ConsentRecord> {
  if (!patient.further) return record;
  const further = furtherParts(context, patient, record);
  const rows = await context.gateway.state(further.map(({ grant }) => grantKey(grant)));
  return { ...record, grants: [...record.grants, ...further.filter((_, at) => rows[at] !== undefined)] };
}
