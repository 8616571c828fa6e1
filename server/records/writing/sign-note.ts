/**
 * Progress notes that a person signs. The words that were read stand in the record as its narrative, so that the ledger's commitment
 * and the signature over it cover them; the note's sections stay as they are, for programs.
 */
import { withMember } from '../../../shared/fhir/json-edit.ts';
import { divOfText } from '../../../shared/fhir/plain-narrative.ts';
import { soapNoteText, soapTexts } from '../../../shared/fhir/soap-note.ts';
import { isJsonObject, readStrictJson } from '../../../shared/fhir/strict-json.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { SIGNED_NOTE } from '../../../shared/records/signed-kinds.ts';
import type { ChartEntry, PatientEntry, VaultContext } from '../../sync/vault-context/vault-context.ts';
import { type PutParts, type PutResource, resourceDraft } from './put-resource.ts';

/** The exact text that signing would cover. @throws {Failure} `records.not-a-note`, `records.no-reason`; `fhir.…` when it is no JSON. */
export function noteText({ staff }: VaultContext, patient: PatientEntry, input: PutResource): string {
  const { value } = readStrictJson(input.resource, { fhir: false });
  const note = isJsonObject(value) ? soapTexts(value) : undefined;
  if (!isJsonObject(value) || !note || Object.values(note).every((text) => text.trim() === ''))
    throw new Failure('records.not-a-note', 'Write something under one of the four headings before you sign.');
  const reason = input.reason?.trim() || undefined;
  if (input.record !== undefined && reason === undefined)
    throw new Failure('records.no-reason', 'Say why the note is amended: the reason is part of what you sign.');
  const { fullName, birthDate } = patient.summary;
  const parties = { patient: patient.id, patientName: fullName, birthDate, signer: staff.name };
  return soapNoteText(note, typeof value.date === 'string' ? value.date : '', parties, reason);
}

/**
 * Signs with the key of who is signed in; durable when it resolves.
 * @throws {Failure} as `noteText` and `resourceDraft`; `vault.passphrase-wrong`; what `RecordStore.put` throws.
 */
export async function signNote(
  parts: PutParts,
  patient: PatientEntry,
  input: PutResource,
  passphrase: string,
): Promise<ChartEntry> {
  const div = divOfText(noteText(parts.vault, patient, input));
  const resource = withMember(input.resource, 'text', JSON.stringify({ status: 'generated', div }));
  const { draft, owner } = await resourceDraft(parts, patient, { ...input, resource }, true);
  await parts.vault.keyStore.confirm(passphrase);
  return parts.records.put({ ...draft, kind: SIGNED_NOTE, event: 'note.signed' }, undefined, owner);
}
