/** That a patient has died, and that this was a mistake: an amendment of the Patient record, with its reason, as any other is. */
import { dayHere, localDay } from '../../shared/encoding/wall-clock.ts';
import { withDeath, withoutDeath } from '../../shared/fhir/patient-death.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { PatientDirectory, VaultContext } from '../sync/vault-context/vault-context.ts';
import type { OpenCharts } from './open-charts.ts';
import type { Records } from './records.ts';
import { amendPatient } from './writing/amend-patient.ts';
import { notOurs } from './writing/put-resource.ts';

interface DeathParts {
  readonly vault: VaultContext;
  readonly patients: PatientDirectory;
  readonly records: Records;
  readonly charts: OpenCharts;
}

interface DeathWish {
  readonly patient: string;
  /** False: they are alive, and what was recorded was a mistake. */
  readonly died: boolean;
  /** FHIR date or dateTime, as exact as it is known; '' where nobody knows when. */
  readonly at: string;
  readonly reason: string;
}

/** A year, a month, a day, or a moment with its offset: http://hl7.org/fhir/R4/datatypes.html#dateTime */
const DATE = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?)?)?$/;

/**
 * Of the patient whose chart is open.
 * @throws {Failure} `patients.unknown`, `records.not-ours`, `records.death-date`, `records.death-reason`; as `amendPatient`.
 */
export async function recordDeath(parts: DeathParts, { patient, died, at, reason }: DeathWish): Promise<void> {
  const entry = parts.patients.known(patient);
  if (!parts.charts.keeps(entry)) throw notOurs();
  const why = reason.trim();
  if (why === '')
    throw new Failure('records.death-reason', 'Say how this is known: it stands in the history of the patient’s record.');
  if (died) mustBePossible(at, entry.summary.birthDate, parts.vault.clock());
  await amendPatient(parts, entry, why, (text) => (died ? withDeath(text, at) : withoutDeath(text)));
}

/** Not after today, not before birth, as exact as either is written. */
function mustBePossible(at: string, birthDate: string, now: number): void {
  if (at === '') return;
  const day = dayHere(at);
  const isReal = DATE.test(at) && !Number.isNaN(Date.parse(at));
  if (isReal && !isBefore(localDay(now), day) && !isBefore(day, birthDate)) return;
  throw new Failure(
    'records.death-date',
    'This cannot be the day of death: it is no date, in the future, or before the birth. Write it as exactly as it is known.',
  );
}

function isBefore(one: string, other: string): boolean {
  const length = Math.min(one.length, other.length);
  return one.slice(0, length) < other.slice(0, length);
}
