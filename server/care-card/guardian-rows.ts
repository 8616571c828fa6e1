/** What this clinic knows of who acts for whom, beside what the ledger says: sealed rows, by the patient acted for. */
import { type CardRow, cardKey, cardRow, patientCardKey, patientCardRow } from '../../shared/care-card/card-rules.ts';
import { guardianKey, guardianRow, isGuardianNow, type Ward } from '../../shared/care-card/guardian-rules.ts';
import { fromHex, fromUtf8, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import type { VaultRow } from '../sync/gateway.ts';
import type { PatientDirectory, PatientEntry, VaultContext } from '../sync/vault-context/vault-context.ts';
import { everyRow, rowsOfTag } from '../sync/vault-context/vault-rows.store.ts';

const ROW = 'guardian';

interface GuardianParts {
  readonly context: VaultContext;
  readonly directory: Pick<PatientDirectory, 'get'>;
}

/** Ids and hashes in hexadecimal. */
export interface KnownGuardian {
  readonly patient: string;
  readonly guardian: string;
  /** The guardian's card at present. */
  readonly card: string;
  readonly relationship: string;
  readonly evidence: string;
  readonly text: string;
  /** The patient was a child when it was signed: it ends when they come of age. */
  readonly isChild: boolean;
  /** The FHIR RelatedPerson in the patient's chart. */
  readonly record: string;
  /** Keys have begun anew since it is over. */
  readonly isSettled: boolean;
}

/** With the ledger's word. */
export interface StandingGuardian {
  readonly known: KnownGuardian;
  readonly ward: Ward;
}

/** To be committed with the act it says more of. */
export function guardianVaultRow({ rows }: VaultContext, known: KnownGuardian): VaultRow {
  const [patient, guardian] = [fromHex(known.patient), fromHex(known.guardian)];
  return rows.seal(ROW, rows.name(ROW, patient, guardian), tagOf(rows, patient), utf8(JSON.stringify(known)));
}

/** Rows that forget them; for an erasure of either. */
export async function forgettingGuardians(context: VaultContext, patient: string): Promise<VaultRow[]> {
  const { rows } = context;
  const concerned = (await everyGuardian(context)).filter((known) => known.patient === patient || known.guardian === patient);
  return concerned.map((known) => ({
    kind: ROW,
    key: rows.name(ROW, fromHex(known.patient), fromHex(known.guardian)),
    tag: tagOf(rows, fromHex(known.patient)),
    sealed: null,
  }));
}

export async function guardiansOf({ context, directory }: GuardianParts, { id }: PatientEntry): Promise<StandingGuardian[]> {
  const found = await rowsOfTag(context.reader, ROW, tagOf(context.rows, fromHex(id)));
  const known = found.map((row) => JSON.parse(fromUtf8(context.rows.open(ROW, row))) as KnownGuardian);
  return standing({ context, directory }, known);
}

export async function everyGuardian({ reader, rows }: VaultContext): Promise<KnownGuardian[]> {
  const found: KnownGuardian[] = [];
  for await (const page of everyRow(reader, ROW))
    for (const row of page) found.push(JSON.parse(fromUtf8(rows.open(ROW, row))) as KnownGuardian);
  return found;
}

/** How they stand on the ledger: under the card that the guardian has now, where another desk has moved them there, or the one that the row names. */
export async function standing(
  { context, directory }: GuardianParts,
  guardians: readonly KnownGuardian[],
): Promise<StandingGuardian[]> {
  const found: StandingGuardian[] = [];
  for (const known of guardians) {
    const identity = directory.get(known.patient)?.handles.identity;
    const guardian = directory.get(known.guardian);
    const living = guardian && (await livingCardOf(context, guardian));
    for (const card of [...(living ? [toHex(living.card)] : []), known.card]) {
      const [row] = await context.gateway.state([guardianKey(card)]);
      const wards = row ? decode(guardianRow, row).wards : [];
      const ward = wards.find(({ handle }) => identity !== undefined && toHex(handle) === identity);
      if (ward) {
        found.push({ known: { ...known, card }, ward });
        break;
      }
    }
  }
  return found;
}

/** Whether somebody acts for this patient now: then their box is kept current, with or without a card of their own. */
export async function hasGuardian(parts: GuardianParts, patient: PatientEntry): Promise<boolean> {
  const time = await parts.context.gateway.time();
  return (await guardiansOf(parts, patient)).some(({ ward }) => isGuardianNow(ward, time));
}

/** The patient's living card, as the ledger has it here. */
export async function livingCardOf({ gateway }: VaultContext, { handles }: PatientEntry): Promise<CardRow | undefined> {
  if (!handles.identity) return undefined;
  const [living] = await gateway.state([patientCardKey(handles.identity)]);
  const [row] = living ? await gateway.state([cardKey(toHex(decode(patientCardRow, living).card))]) : [];
  return row && decode(cardRow, row);
}

const tagOf = (rows: VaultContext['rows'], patient: Uint8Array): Uint8Array => rows.name('guardians-of', patient);
