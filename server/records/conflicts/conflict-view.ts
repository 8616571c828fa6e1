/** Conflicts and proposals in the words of the schema. */
import { equalBytes, fromUtf8, toHex, utf8 } from '../../../shared/encoding/bytes.ts';
import { differenceOf } from '../../../shared/records/difference.ts';
import type { ChangedBy, Conflict, ConflictDetail, ConflictSide, Patient, Proposal } from '../../graphql/generated/vault.ts';
import { clinicNames } from '../../sync/vault-context/clinic-names.ts';
import type { OpenedVersion, PatientEntry, VaultContext } from '../../sync/vault-context/vault-context.ts';
import { describe } from '../describe-content.ts';
import type { OpenCharts } from '../open-charts.ts';
import type { Records } from '../records.ts';
import type { Conflicts, OpenedConflict } from './conflicts.ts';
import type { Proposals, StandingProposal } from './proposals.ts';

interface ConflictRequest {
  readonly vault: VaultContext;
  readonly conflicts: Conflicts;
  readonly showPatient: (patient: PatientEntry) => Promise<Patient>;
}

/** What waits, without its words: those are shown with the chart open. */
export async function listConflicts({ vault, conflicts, showPatient }: ConflictRequest): Promise<Conflict[]> {
  const waiting = await conflicts.listed();
  const names = await clinicNames(
    vault.gateway,
    waiting.map(({ from }) => from),
  );
  return Promise.all(
    waiting.map(async ({ document, patient, record, row, isProposal, from }) => ({
      id: document,
      patient: await showPatient(patient),
      record,
      at: row.time,
      mine: equalBytes(row.author, vault.staff.id),
      proposedBy: isProposal ? (names.get(from) ?? from) : null,
    })),
  );
}

export async function conflictDetail(
  { gateway }: VaultContext,
  { waiting, title, resourceType, current, late, differences, isWhole }: OpenedConflict,
): Promise<ConflictDetail> {
  const { document, record, isProposal, from } = waiting;
  return {
    id: document,
    record,
    title,
    resourceType,
    current: current ? sideOf(current) : null,
    late: sideOf(late),
    proposedBy: isProposal ? ((await clinicNames(gateway, [from])).get(from) ?? from) : null,
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

/** A patient's proposals with what each would change in the record as it is here now. */
export async function listProposals(request: ProposalRequest, patient: PatientEntry): Promise<Proposal[]> {
  return Promise.all((await request.proposals.of(patient)).map((each) => proposalNow(request, patient, each)));
}

export async function proposalNow(
  { vault, charts, records }: ProposalRequest,
  patient: PatientEntry,
  { proposal, state, answer }: StandingProposal,
): Promise<Proposal> {
  const { document, record, kind, clinic, authorName, time, reason, content, previous } = proposal;
  const entry = (await charts.chart(patient.id)).get(record);
  const [newest] = entry ? await records.versions(patient, entry) : [];
  const { title, resourceType } = describe(kind, utf8(content));
  const difference = differenceOf(newest ? fromUtf8(newest.content) : '{}', content);
  return {
    id: document,
    record,
    title,
    resourceType,
    new: previous === undefined,
    clinic: (await clinicNames(vault.gateway, [clinic])).get(clinic) ?? clinic,
    ours: clinic === toHex(vault.chain),
    author: authorName,
    at: time,
    reason: reason ?? null,
    state,
    answer: answer?.reason ?? null,
    answeredBy: answer?.by ?? null,
    difference: difference.map(({ path, before, after }) => ({ path, before: before ?? null, after: after ?? null })),
  };
}

interface ProposalRequest {
  readonly vault: VaultContext;
  readonly charts: OpenCharts;
  readonly proposals: Proposals;
  readonly records: Records;
}
