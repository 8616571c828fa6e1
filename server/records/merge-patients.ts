/**
 * Merging patients who are one, and taking it back: an amendment of the Patient record of who is replaced, as any other amendment is.
 * It has a reason, an author and a place in the ledger, reaches the other desks as records do, and where two desks did otherwise it
 * waits in the inbox. Nothing else is touched: each record stays in the compartment that it was written in, under the consents that
 * hold there.
 */
import { withoutReplacedBy, withReplacedBy } from '../../shared/fhir/patient-link.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { PatientDirectory, VaultContext } from '../sync/vault-context/vault-context.ts';
import type { OpenCharts } from './open-charts.ts';
import type { Records } from './records.ts';
import { amendPatient } from './writing/amend-patient.ts';

interface MergeParts {
  readonly vault: VaultContext;
  readonly patients: PatientDirectory;
  readonly records: Records;
  readonly charts: OpenCharts;
}

/**
 * The open chart of `patient` shows the records of `other` as well from now on. Opens the other's chart, with its access line.
 * @throws {Failure} `access.chart-not-open`, `patients.unknown`, `patients.merge-reason`, `patients.merge-itself`,
 * `patients.merged-already`, `patients.merge-not-ours`; what opening the chart and `putResource` throw.
 */
export async function mergePatients(parts: MergeParts, patient: string, other: string, reason: string): Promise<void> {
  const { patients, charts } = parts;
  const { purpose } = charts.get(patient);
  const [into, replaced] = [patients.known(patient), patients.known(other)];
  if (into.id === replaced.id) throw new Failure('patients.merge-itself', 'These are one patient already. Choose another one.');
  if (!charts.keeps(into) || !charts.keeps(replaced)) throw notOurs();
  if (patients.standsFor(replaced.id) !== replaced.id) throw mergedAlready();
  if (patients.standsFor(into.id) !== into.id) throw mergedAlready();
  await charts.open(replaced.id, purpose);
  await amendPatient(parts, replaced, said(reason), (text) => withReplacedBy(text, into.id));
}

/**
 * Takes a merge back: each chart shows its own records again, and the Patient record says what it said before.
 * @throws {Failure} `access.chart-not-open`, `patients.unknown`, `patients.merge-reason`, `patients.not-merged`; as `putResource`.
 */
export async function unmergePatients(parts: MergeParts, patient: string, other: string, reason: string): Promise<void> {
  const { patients, charts } = parts;
  const member = charts.members(patient).find(({ id }) => id === other && id !== patient);
  const replacing = member?.summary.replacedBy;
  if (!member || replacing === undefined)
    throw new Failure('patients.not-merged', 'This chart does not show that patient’s records. Open it anew and look again.');
  await amendPatient(parts, patients.known(member.id), said(reason), (text) => withoutReplacedBy(text, replacing));
}

function said(reason: string): string {
  if (reason.trim() !== '') return reason.trim();
  throw new Failure('patients.merge-reason', 'Say why: it stands in the history of the patient’s record.');
}

function notOurs(): Failure {
  return new Failure(
    'patients.merge-not-ours',
    'Another clinic keeps the records of one of them. Only the clinic that keeps both can say that they are one.',
  );
}

function mergedAlready(): Failure {
  return new Failure(
    'patients.merged-already',
    'One of them was merged with somebody else already. Open the chart that shows them now, or take that merge back first.',
  );
}
