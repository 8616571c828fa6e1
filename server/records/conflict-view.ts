/** Conflicts in the words of the schema. */
import { equalBytes } from '../../shared/encoding/bytes.ts';
import type { ChangedBy, Conflict, ConflictDetail, ConflictSide, Patient } from '../graphql/generated/vault.ts';
import type { OpenedVersion, PatientEntry, VaultContext } from '../sync/vault-context.ts';
import type { Conflicts, OpenedConflict } from './conflicts.ts';

interface ConflictRequest {
  readonly vault: VaultContext;
  readonly conflicts: Conflicts;
  readonly showPatient: (patient: PatientEntry) => Promise<Patient>;
}

/** What waits, without its words: those are shown with the chart open. */
export async function listConflicts({ vault, conflicts, showPatient }: ConflictRequest): Promise<Conflict[]> {
  return Promise.all(
    conflicts.waiting.map(async ({ document, patient, record, row }) => ({
      id: document,
      patient: await showPatient(patient),
      record,
      at: row.time,
      mine: equalBytes(row.author, vault.staff.id),
    })),
  );
}

export function conflictDetail({ waiting, entry, current, late, differences, isWhole }: OpenedConflict): ConflictDetail {
  return {
    id: waiting.document,
    record: waiting.record,
    title: entry.title,
    resourceType: entry.resourceType,
    current: sideOf(current),
    late: sideOf(late),
    elements: differences.map(({ element, base, current: ours, late: theirs, changedBy, safety }) => ({
      element,
      base: base ?? null,
      current: ours ?? null,
      late: theirs ?? null,
      changedBy: changedBy.toUpperCase() as ChangedBy,
      safety,
    })),
    whole: isWhole,
  };
}

const sideOf = ({ version, authorName, time, reason }: OpenedVersion): ConflictSide => {
  return { version, author: authorName, at: time, reason: reason ?? null };
};
